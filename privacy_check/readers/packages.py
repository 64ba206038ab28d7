"""Finds apps among the Debian packages that dpkg has installed.

A package of an app's name may be another program, so its own home page or one of its files has to
say that it is the app's. A list of packages that is damaged, cut or being changed still shows what
it shows, but no app is called absent by it. Sources: dpkg's lib/dpkg/dump.c and parse.c, and
deb-control(5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.app_notes import Notes
from privacy_check.readers.raw import near_miss
from privacy_check.record import record
from privacy_check.rulebook.catalogue import App, Package

_STATUS = "/var/lib/dpkg/status"
_FILES = "/var/lib/dpkg/info"
_CHANGES = "/var/lib/dpkg/updates"
_MARK = ".list"

_NO_LINE = re.compile(r"^(?![ \t]|[!-9;-~]+:|$)", re.MULTILINE)
"""The start of a line that is neither a field, nor the rest of one, nor empty."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]*")
_ARCHITECTURE = re.compile(r"[a-z0-9-]+")
_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)

_WISHES = ("install", "hold", "deinstall", "purge", "unknown")
_FLAGS = ("ok", "reinstreq")
_INSTALLED = ("installed", "triggers-pending", "triggers-awaited")
_UNFINISHED = ("half-configured", "half-installed", "unpacked")
_GONE = ("config-files", "not-installed")


@record
class _Stanza:
    """What the list of packages says of one of them."""

    name: str
    fields: dict[str, str]

    @property
    def state(self) -> str:
        """Return whether it is there: `installed`, `gone`, or `unfinished` for what may be."""
        _, flag, state = self.fields["Status"].split(" ")
        if state in _GONE:
            return "gone"
        return "installed" if state in _INSTALLED and flag == "ok" else "unfinished"


def look(apps: Sequence[App], window: Window) -> Notes:
    """Return the apps among the installed packages."""
    notes = Notes("Debian packages")
    try:
        text = window.file(_STATUS).data.decode("utf-8", "replace")
    except MissingError:
        if any(name.endswith(_MARK) for name in _listed(window, notes)):
            notes.fail("the list of packages is gone")
        return notes
    except UnseenError as error:
        notes.fail(error)
        return notes
    wanted = _wanted(apps)
    stanzas, sound = _stanzas(text, frozenset(wanted))
    seen = frozenset(stanza.name for stanza in stanzas)
    if not sound or _has_lost_one(wanted, seen, window, notes):
        notes.fail("the list of packages is damaged")
    _must_be_settled(window, notes)
    for stanza in stanzas:
        for package, app in wanted[stanza.name]:
            _judge(stanza, package, app, window, notes)
    if not notes.unread:
        notes.answered(system=True)
    return notes


def _wanted(apps: Sequence[App]) -> dict[str, list[tuple[Package, str]]]:
    """Return what is looked for, by the package's name, each with its app."""
    found: dict[str, list[tuple[Package, str]]] = {}
    for app in apps:
        for package in app.linux.packages:
            found.setdefault(package.name, []).append((package, app.id))
    return found


def _stanzas(text: str, wanted: frozenset[str]) -> tuple[list[_Stanza], bool]:
    """Return what is said of the wanted packages, and whether the whole list is sound."""
    sound = text.endswith("\n\n") and not _NO_LINE.search(text) and not _CONTROL.search(text)
    found = []
    for part in text.split("\n\n"):
        if not part.strip("\n"):
            continue
        first, _, rest = part.lstrip("\n").partition("\n")
        name = first.removeprefix("Package: ")
        sound &= name != first and bool(_NAME.fullmatch(name))
        sound &= "\nPackage:" not in part and part.count("\nStatus: ") == 1
        if name in wanted and (stanza := _stanza(name, rest)) is not None:
            found.append(stanza)
        elif name in wanted:
            sound = False
    return found, sound


def _stanza(name: str, text: str) -> _Stanza | None:
    """Return the fields of a package's stanza, nothing where they make no sense."""
    fields: dict[str, str] = {}
    for line in text.split("\n"):
        if line.startswith((" ", "\t")):
            continue  # the rest of a field of several lines, of which none is needed
        key, colon, value = line.partition(":")
        if key in fields or (line and not colon):
            return None
        fields[key] = value.strip()
    words = fields.get("Status", "").split(" ")
    known = (_WISHES, _FLAGS, (*_INSTALLED, *_UNFINISHED, *_GONE))
    if len(words) != 3 or any(word not in part for word, part in zip(words, known, strict=True)):
        return None
    return _Stanza(name=name, fields=fields)


def _judge(stanza: _Stanza, package: Package, app: str, window: Window, notes: Notes) -> None:
    """Note whether a package of an app's name is the app, is another program, or may be either."""
    if stanza.state == "gone":
        return
    whose = f"a package has the name {stanza.name}, and "
    if stanza.state == "unfinished":
        notes.doubt([app], f"{whose}its installation was not finished")
        return
    try:
        is_it = _is_the_app(stanza, package, window)
    except UnseenError as error:
        notes.doubt([app], f"{whose}whose it is cannot be seen: {error}")
        return
    if is_it:
        where = f"Debian package {stanza.name}"
        notes.add([app], "package", where, stanza.fields.get("Version", ""))


def _is_the_app(stanza: _Stanza, package: Package, window: Window) -> bool:
    """Say whether a package's home page or files are those of the app.

    Raises:
        UnseenError: When neither says so, and not all that could have was there to look at.
    """
    home = stanza.fields.get("Homepage", "")
    if any(_is_home(home, wanted) for wanted in package.homes):
        return True
    if package.files and _has_one(_files_of(stanza, window), package.files):
        return True
    if any(near_miss(wanted, [_plain(home)]) for wanted in package.homes):
        message = "its home page is nearly the wanted one, so it looks damaged"
        raise UnseenError(message)
    if not package.files and not (home and package.homes):
        message = "it names no home page"
        raise UnseenError(message)
    return False


def _is_home(address: str, wanted: str) -> bool:
    """Say whether an address is the wanted page, or below it."""
    host, _, path = _plain(address).partition("/")
    wanted_host, _, wanted_path = wanted.partition("/")
    below = f"{path}/".startswith(f"{wanted_path}/") if wanted_path else True
    return host.lower() == wanted_host and below


def _plain(address: str) -> str:
    """Return a web address without its scheme, `www.` and slash at the end."""
    return _SCHEME.sub("", address).rstrip("/")


def _files_of(stanza: _Stanza, window: Window) -> list[str]:
    """Return the paths that a package has installed.

    Raises:
        UnseenError: When its list is not there, or not whole.
    """
    architecture = stanza.fields.get("Architecture", "")
    names = [stanza.name]
    if _ARCHITECTURE.fullmatch(architecture):
        names.insert(0, f"{stanza.name}:{architecture}")
    for name in names:
        try:
            data = window.file(f"{_FILES}/{name}{_MARK}").data
        except MissingError:
            continue
        return data.decode("utf-8", "surrogateescape").split("\n")
    message = "its list of files is not there"
    raise UnseenError(message)


def _has_one(lines: list[str], wanted: tuple[str, ...]) -> bool:
    """Say whether a list of files names one of the wanted ones.

    Raises:
        UnseenError: When it does not, and is damaged.
    """
    *paths, end = lines
    if any(path in wanted for path in paths):
        return True
    whole = bool(paths) and not end and all(path.startswith("/") for path in paths)
    if not whole or any(near_miss(name, paths) for name in wanted):
        message = "its list of files is damaged"
        raise UnseenError(message)
    return False


def _must_be_settled(window: Window, notes: Notes) -> None:
    """Note that the list is not the last word while changes to it wait in files of their own."""
    try:
        waiting = any(name.isdecimal() for name in window.names(_CHANGES))
    except MissingError:
        return
    except UnseenError as error:
        notes.fail(error)
        return
    if waiting:
        notes.fail("a change of the installed packages was not finished")


def _has_lost_one(
    wanted: Iterable[str], seen: frozenset[str], window: Window, notes: Notes
) -> bool:
    """Say whether the list lacks a wanted package whose list of files dpkg still holds."""
    names = _listed(window, notes)
    held = {name.removesuffix(_MARK).partition(":")[0] for name in names if name.endswith(_MARK)}
    return any(name in held and name not in seen for name in wanted)


def _listed(window: Window, notes: Notes) -> tuple[str, ...]:
    try:
        return window.names(_FILES)
    except MissingError:
        return ()
    except UnseenError as error:
        notes.fail(error)
        return ()
