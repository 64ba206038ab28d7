"""Decides whether a variant is of interest here: which desktop, which notification program.

What the running session says comes first. Where nothing says it (a copy of files, a login over
the network) every desktop that left files is taken, and marked as guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.machine.interface import BusQuestion, NoBusError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.dconf import stored_keys
from privacy_check.reading import NotApplicable, Unreadable
from privacy_check.record import record
from privacy_check.rulebook.records import Applies

_DESKTOPS = {
    "gnome": "gnome",
    "kde": "plasma",
    "xfce": "xfce",
    "x-cinnamon": "cinnamon",
    "cinnamon": "cinnamon",
    "mate": "mate",
    "sway": "sway",
    "hyprland": "hyprland",
}
"""Words of XDG_CURRENT_DESKTOP in lower case, and our name for the desktop."""

_FLAVOURS = ("ubuntu", "pop", "zorin", "gnome-classic")
"""Words that stand before the desktop's own and change nothing we read."""

_KEYS = {
    "gnome": (
        *("/org/gnome/control-center/", "/org/gnome/desktop/", "/org/gnome/mutter/"),
        *("/org/gnome/settings-daemon/", "/org/gnome/shell/", "/org/gnome/system/"),
    ),
    "cinnamon": ("/org/cinnamon/",),
    "mate": (
        *("/org/mate/desktop/", "/org/mate/marco/", "/org/mate/notification-daemon/"),
        *("/org/mate/panel/", "/org/mate/power-manager/", "/org/mate/screensaver/"),
    ),
}
"""Desktops that leave keys in dconf, and where; single programs of theirs run on any desktop."""

_OF_ANY_DESKTOP = "/org/gnome/desktop/interface/"
"""What programs made with GTK write on every desktop."""

_FILES = {
    "plasma": (
        "~/.config/plasmanotifyrc",
        "~/.config/plasmashellrc",
        "~/.config/plasma-org.kde.plasma.desktop-appletsrc",
        "~/.config/kscreenlockerrc",
        "~/.config/kwinrc",
    ),
    "xfce": ("~/.config/xfce4",),
    "sway": ("~/.config/sway",),
    "hyprland": ("~/.config/hypr",),
}
"""Desktops that leave files, and which."""

_OTHER_DESKTOPS = (
    *("~/.xinitrc", "~/.xsession", "~/.config/awesome", "~/.config/bspwm", "~/.config/i3"),
    *("~/.config/labwc", "~/.config/lxqt", "~/.config/niri", "~/.config/openbox"),
    *("~/.config/qtile", "~/.config/river", "~/.config/wayfire.ini", "~/.config/budgie-desktop"),
)
"""Signs of desktops that we know by nothing else."""

_SERVERS = {
    "gnome-shell": "gnome-shell",
    "plasma": "plasma",
    "xfce notify daemon": "xfce4-notifyd",
    "cinnamon": "cinnamon",
    "notification daemon": "mate-notification-daemon",
    "dunst": "dunst",
    "mako": "mako",
    "swaynotificationcenter": "swaync",
}
"""Names that notification programs give themselves on the bus, in lower case."""

_SERVER_OF = {
    "gnome": "gnome-shell",
    "plasma": "plasma",
    "xfce": "xfce4-notifyd",
    "cinnamon": "cinnamon",
    "mate": "mate-notification-daemon",
}
"""The notification program that a desktop brings with it."""

_SERVER_FILES = {
    "dunst": ("~/.config/dunst",),
    "mako": ("~/.config/mako", "~/.mako"),
    "swaync": ("~/.config/swaync",),
}
"""Notification programs of their own, and the files they are set up with."""

_WHO_NOTIFIES = BusQuestion(
    bus="session",
    name="org.freedesktop.Notifications",
    path="/org/freedesktop/Notifications",
    interface="org.freedesktop.Notifications",
    member="GetServerInformation",
)


@record
class Guess:
    """The variant applies, but only files say so, not the session.

    In a copy of files that is all there can be. On a running computer another desktop may be the
    one that runs, so that even a value found there is not certain: `weakens`. Where no session
    runs at all, the one desktop that was ever set up is meant.
    """

    reason: str
    weakens: bool


Verdict = None | Guess | NotApplicable | Unreadable
"""`None` stands for: it applies."""


def applies(wanted: Applies, window: Window) -> Verdict:
    """Return whether all conditions hold; the first that does not decides."""
    stops: list[Verdict] = []
    guesses: list[Verdict] = []
    for verdict in _verdicts(wanted, window):
        if isinstance(verdict, NotApplicable):
            return verdict  # nothing else need be looked at
        if verdict is not None:
            (stops if isinstance(verdict, Unreadable) else guesses).append(verdict)
    return next(iter([*stops, *guesses]), None)


def _verdicts(wanted: Applies, window: Window) -> Iterator[Verdict]:
    if wanted.desktop:
        yield _desktop(wanted.desktop, window)
    if wanted.notification_server:
        yield _server(wanted.notification_server, window)
    if wanted.path:
        yield _path(wanted.path, window)
    if wanted.bus is not None:
        yield _bus(window, wanted=wanted.bus)


def _desktop(wanted: tuple[str, ...], window: Window) -> Verdict:
    current = _current_desktop(window)
    if current.name in wanted:
        return _like(current) if current.relative else None
    if current.name:
        return _other_desktop(current)
    return _by_files(wanted, window)


@record
class _Current:
    """The running desktop by our name, or its own for one we do not know; empty if unsaid.

    `relative` names one that we do not know but that calls itself a kind of a known one.
    """

    name: str = ""
    relative: str = ""


def _current_desktop(window: Window) -> _Current:
    return window.once("current desktop", lambda: _named_desktop(window))


def _named_desktop(window: Window) -> _Current:
    said = window.machine.environment("XDG_CURRENT_DESKTOP").lower().split(":")
    names = [word for word in said if word and word not in _FLAVOURS]
    if not names:
        return _Current()
    known = next((word for word in names if word in _DESKTOPS), "")
    relative = names[0] if known != names[0] else ""
    return _Current(name=_DESKTOPS.get(known, names[0]), relative=relative if known else "")


def _other_desktop(current: _Current) -> NotApplicable:
    known = current.name in _DESKTOPS.values()
    return NotApplicable(reason=f"the desktop here is {current.name if known else 'another one'}")


def _like(current: _Current) -> Guess:
    reason = f"this desktop is a relative of {current.name}, and may keep this elsewhere"
    return Guess(reason=reason, weakens=True)


def _by_files(wanted: tuple[str, ...], window: Window) -> Verdict:
    """Take a desktop that left files, when nothing says which one runs."""
    try:
        if any(_left_files(desktop, window) for desktop in wanted):
            reason = "its files are here, but which desktop runs is not known"
            return Guess(reason=reason, weakens=_may_be_another(window))
    except UnseenError as error:
        return Unreadable(reason=str(error))
    return NotApplicable(reason="this desktop left no settings here")


def _may_be_another(window: Window) -> bool:
    """Say whether another desktop than one that left files may be the one in use."""
    machine = window.machine
    if not machine.live:
        return False
    if machine.environment("DISPLAY") or machine.environment("WAYLAND_DISPLAY"):
        return True
    if _bus(window, wanted=False) is not None:
        return True
    ours = [desktop for desktop in (*_KEYS, *_FILES) if _left_files(desktop, window)]
    return len(ours) > 1 or any(window.exists(path) for path in _OTHER_DESKTOPS)


def _left_files(desktop: str, window: Window) -> bool:
    if desktop in _KEYS:
        own = (key for key in stored_keys(window) if not key.startswith(_OF_ANY_DESKTOP))
        return any(key.startswith(_KEYS[desktop]) for key in own)
    return any(window.exists(path) for path in _FILES.get(desktop, ()))


def _server(wanted: tuple[str, ...], window: Window) -> Verdict:
    server = _answering_server(window)
    if server in wanted:
        return None
    if server:
        return NotApplicable(reason=f"notifications here are shown by {server}")
    current = _current_desktop(window)
    if current.name in _SERVER_OF:
        if _SERVER_OF[current.name] in wanted:
            return _like(current) if current.relative else None
        return _other_desktop(current)
    return _server_by_files(wanted, current.name, window)


def _server_by_files(wanted: tuple[str, ...], current: str, window: Window) -> Verdict:
    desktops = () if current else tuple(d for d, s in _SERVER_OF.items() if s in wanted)
    try:
        if any(window.exists(path) for name in wanted for path in _SERVER_FILES.get(name, ())):
            reason = "it is set up here, but whether it runs is not known"
            return Guess(reason=reason, weakens=window.machine.live)
    except UnseenError as error:
        return Unreadable(reason=str(error))
    return (
        _by_files(desktops, window) if desktops else NotApplicable(reason="it is not set up here")
    )


def _answering_server(window: Window) -> str:
    """Return our name of the notification program that runs, its own for an unknown one."""
    try:
        body = window.ask(_WHO_NOTIFIES)
    except UnseenError:
        return ""
    name = str(body[0]) if body else ""
    return _SERVERS.get(name.lower(), "another program")


def _path(wanted: tuple[str, ...], window: Window) -> Verdict:
    try:
        if any(window.exists(path) for path in wanted):
            return None
    except UnseenError as error:
        return Unreadable(reason=str(error))
    return NotApplicable(reason="it is not on this computer")


def _bus(window: Window, *, wanted: bool) -> Verdict:
    try:
        window.ask(_WHO_NOTIFIES)
        reachable = True
    except NoBusError:
        reachable = False
    except UnseenError:
        reachable = True
    if reachable == wanted:
        return None
    reason = "the running desktop is asked instead" if reachable else "the desktop cannot be asked"
    return NotApplicable(reason=reason)
