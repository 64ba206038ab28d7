"""Looks whether installed Flatpak apps reach something without asking.

An app's metadata say what it may reach; overrides of the system and of the person are laid over
them, each for all apps and for one, in flatpak's own order. A leading `!` takes away. An app of the
person's own installation takes no overrides of the system (flatpak/flatpak : common/flatpak-dir.c).
Only counts leave this module.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.mounts import is_inside
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.readers.textfiles import NOT_IN_FILE, Sections, looks_lost, parse
from privacy_check.record import record
from privacy_check.rulebook.reads import Flatpak

_SYSTEM = "/var/lib/flatpak"
_OWN = "~/.local/share/flatpak"
_MORE = "/etc/flatpak/installations.d/*.conf"
_APP_ID = re.compile(r"[A-Za-z_][\w-]*(\.[\w-]+)+")
_DEVICES = ("dri", "all", "kvm", "shm", "input", "usb")
_SOCKETS = (
    *("x11", "wayland", "pulseaudio", "session-bus", "system-bus", "fallback-x11", "ssh-auth"),
    *("pcsc", "cups", "gpg-agent", "inherit-wayland-socket"),
)
_PLACES = ("home", "host", "host-etc", "host-os", "host-root", "host-reset")
_ALL_FILES = ("home", "host", "host-root")
_CONTEXT = "Context"
_POLICY = "Session Bus Policy"
_OUTSIDE = ("org.freedesktop.Flatpak", "org.freedesktop.Flatpak.*", "org.freedesktop.*", "org.*")
"""Names on the bus that let an app start programs outside its sandbox; `.*` takes in the name
before it."""


@record
class _Layer:
    """A file that gives or takes access."""

    text: str
    sections: Sections

    def words(self, key: str) -> tuple[str, ...]:
        """Return the words of a list in the context."""
        value = self.sections.get(_CONTEXT, key) or ""
        if "\\" in value:
            raise UnseenError(_UNKNOWN)
        return tuple(word.strip() for word in value.split(";") if word.strip())

    def is_whole(self, section: str, key: str) -> bool:
        """Say whether an absent key cannot have been lost with the end of the file.

        Its section has to be there, with another one behind it.

        Raises:
            UnseenError: When the key seems to have been there.
        """
        if self.sections.get(section, key) is not None:
            return True
        if looks_lost(section, key, self.text):
            message = "an app's permissions look damaged"
            raise UnseenError(message)
        order = list(self.sections.values)
        return section in order[:-1]


_UNKNOWN = "an app's permissions have a form that we do not know"


def read(wanted: Flatpak, look: Look) -> Found | Absent:
    """Return `open` with the number of apps that reach it, or `closed`."""
    window = look.window
    apps = [(base, app) for base in (_SYSTEM, _OWN) for app in _installed(window, base)]
    reaching: set[str] = set()
    unread: UnseenError | None = None
    sure = True
    for base, app in apps:
        try:
            for layers in _variants(window, base, app):
                sure &= all(_is_whole(layer, wanted.access) for layer in layers)
                if _reaches(wanted.access, layers, window):
                    reaching.add(app)
        except UnseenError as error:
            unread = UnseenError(str(error))
    if not reaching:
        _must_be_all(window, apps, unread)
    now = window.machine.now()
    if reaching or sure:
        raw = "open" if reaching else "closed"
        count = len(reaching) if reaching else len({app for _, app in apps})
        return Found(raw=raw, where="installed Flatpak apps", as_of=now, count=count)
    return Absent(where="installed Flatpak apps", as_of=now, sure=False, note=NOT_IN_FILE)


def _must_be_all(window: Window, apps: list[tuple[str, str]], unread: UnseenError | None) -> None:
    """Refuse to call it closed when not every app was seen and understood."""
    if unread is not None:
        raise unread
    own = window.machine.environment("FLATPAK_USER_DIR")
    elsewhere = own not in ("", window.place(_OWN))
    if elsewhere or window.machine.environment("FLATPAK_SYSTEM_DIR") or window.matches(_MORE):
        message = "Flatpak apps are kept in a further place, which is not read"
        raise UnseenError(message)
    if not apps:
        message = "no Flatpak app is installed"
        raise MissingError(message)


def _installed(window: Window, base: str) -> tuple[str, ...]:
    try:
        return window.folders(f"{base}/app")
    except MissingError:
        return ()


def _variants(window: Window, base: str, app: str) -> Iterator[tuple[_Layer, ...]]:
    """Yield the layers of each installed branch of an app."""
    if not _APP_ID.fullmatch(app):
        raise UnseenError(_UNKNOWN)
    paths = window.matches(f"{base}/app/{app}/*/*/active/metadata")
    if not paths and window.names(f"{base}/app/{app}"):
        message = "the permissions of an installed app are not there"
        raise UnseenError(message)
    bases = (_SYSTEM, _OWN) if base == _SYSTEM else (_OWN,)
    over = [f"{place}/overrides/{name}" for place in bases for name in ("global", app)]
    for path in paths:
        own = _layer(window, path)
        if own.sections.get("Application", "name") != app:
            raise UnseenError(_UNKNOWN)
        yield (own, *(_layer(window, item) for item in over if window.exists(item)))


def _layer(window: Window, path: str) -> _Layer:
    def make() -> _Layer:
        text = window.text(path)
        return _Layer(text=text, sections=parse(text, comments="#"))

    return window.once(("flatpak layer", path), make)


def _is_whole(layer: _Layer, access: str) -> bool:
    if access == "bus":
        return layer.is_whole(_CONTEXT, "sockets") and layer.is_whole(_POLICY, _OUTSIDE[0])
    return layer.is_whole(_CONTEXT, {"devices": "devices", "files": "filesystems"}[access])


def _reaches(access: str, layers: tuple[_Layer, ...], window: Window) -> bool:
    match access:
        case "devices":
            return _allowed(layers, "devices", "all", _DEVICES)
        case "files":
            return _all_files(layers, window)
        case _:
            return _allowed(layers, "sockets", "session-bus", _SOCKETS) or _outside(layers)


def _allowed(layers: tuple[_Layer, ...], key: str, name: str, known: tuple[str, ...]) -> bool:
    """Say what the last word about a permission is."""
    allowed = depends = False
    for layer in layers:
        for word in layer.words(key):
            plain = word.removeprefix("!")
            if plain.startswith("if:"):
                depends |= plain.split(":")[1] == name
            elif plain not in known:
                raise UnseenError(_UNKNOWN)
            elif plain == name:
                allowed, depends = not word.startswith("!"), False
    if depends:
        message = "what an app may reach depends on conditions"
        raise UnseenError(message)
    return allowed


def _all_files(layers: tuple[_Layer, ...], window: Window) -> bool:
    granted: dict[str, bool] = {}
    for layer in layers:
        words = layer.words("filesystems")
        if any(word in ("!host:reset", "!host-reset") for word in words):
            granted.clear()
        for word in words:
            name = word.removeprefix("!").partition(":")[0]
            granted[_place(name)] = not word.startswith("!")
    reached = [name for name, given in granted.items() if given]
    real = window.machine.real
    home = real(window.machine.home.rstrip("/"))
    return any(
        name in _ALL_FILES or (name.startswith("/") and is_inside(home, real(name)))
        for name in reached
    )


def _place(name: str) -> str:
    """Return a file system's usual name.

    Raises:
        UnseenError: When it is none that flatpak knows.
    """
    if name in _PLACES:
        return name
    if name.startswith("/"):
        return posixpath.normpath(f"/{name.lstrip('/')}")
    if name != "~" and not name.startswith(("~/", "home/", "xdg-")):
        raise UnseenError(_UNKNOWN)
    plain = posixpath.normpath(name)
    return "home" if plain in ("~", "home", ".", "..") or plain.startswith("../") else plain


def _outside(layers: tuple[_Layer, ...]) -> bool:
    policies = [layer.sections.values.get(_POLICY, {}) for layer in layers]
    last = {name: value for policy in policies for name, value in policy.items()}
    return any(last.get(name) in ("talk", "own") for name in _OUTSIDE)
