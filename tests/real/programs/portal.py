"""Real tables of the permission store, written by xdg-permission-store when it is asked to."""

from collections.abc import Iterable
from pathlib import Path

from .home import wait_until
from .session_bus import running

NEEDS = ("dbus-daemon", "gdbus")
PROGRAM = Path("/usr/libexec/xdg-permission-store")
FOLDER = Path(".local/share/flatpak/db")
NAME = "org.freedesktop.impl.portal.PermissionStore"
OBJECT = "/org/freedesktop/impl/portal/PermissionStore"

Grant = tuple[str, str, list[str]]
"""An entry of a table, an app, and what the app is told."""


def table(home: Path, name: str, grants: Iterable[Grant], *, removed: Iterable[str] = ()) -> Path:
    """Set what apps are told in one table, take whole entries back, and give the file.

    Args:
        home: The home folder.
        name: The table, such as ``devices``.
        grants: What is set, in order.
        removed: Entries that are deleted again afterwards.
    """
    with running(home, services=[NAME]) as bus:
        for entry, app, told in grants:
            texts = f"[{', '.join(repr(text) for text in told)}]"
            method = f"{NAME}.SetPermission"
            bus.call(NAME, OBJECT, method, name, "true", entry, app, texts)
        for entry in removed:
            bus.call(NAME, OBJECT, f"{NAME}.Delete", name, entry)
    return _saved(home, name)


def tokens(home: Path, name: str, grants: Iterable[tuple[str, str]]) -> Path:
    """Keep restore tokens in a table, each with its app, as the portal does; give the file."""
    with running(home, services=[NAME]) as bus:
        for token, app in grants:
            told, data = f"{{'{app}': ['yes']}}", "<('GNOME', uint32 1, <'a screen'>)>"
            bus.call(NAME, OBJECT, f"{NAME}.Set", name, "true", token, told, data)
    return _saved(home, name)


def _saved(home: Path, name: str) -> Path:
    file = home / FOLDER / name
    wait_until(name, file.exists, seconds=10)
    return file
