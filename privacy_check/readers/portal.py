"""Reads the permission store of the desktop's portals: what apps were granted for good.

Each table is one GVDB file with two tables inside: `main` holds, for each entry, data and what
every app was granted; `apps` names for each app the entries that tell it something. Both must
agree (flatpak/xdg-desktop-portal : document-portal/permission-db.c). Only counts leave this module.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.gvdb import DamagedError, root_table
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.record import record
from privacy_check.rulebook.reads import Portal

_FOLDER = "~/.local/share/flatpak/db"
_SERVICE = "dbus-1/services/org.freedesktop.impl.portal.PermissionStore.service"
_ENTRY = "(va{sas})"
_ACCURACIES = ("COUNTRY", "CITY", "NEIGHBORHOOD", "STREET", "EXACT")


@record
class _Place:
    """An entry of a table; without one, each entry of the table is a grant of its own."""

    table: str
    entry: str = ""


@record
class _Table:
    """What a table holds: for each entry, what every app was told."""

    entries: Mapping[str, Mapping[str, tuple[str, ...]]]
    modified: dt.datetime


_PLACES = {
    "camera": (_Place(table="devices", entry="camera"),),
    "microphone": (_Place(table="devices", entry="microphone"),),
    "screenshot": (_Place(table="screenshot", entry="screenshot"),),
    "background": (_Place(table="background", entry="background"),),
    "location": (_Place(table="location", entry="location"),),
    "screencast": (
        _Place(table="screencast"),
        _Place(table="kde-authorized", entry="remote-desktop"),
    ),
    "remote-desktop": (
        _Place(table="remote-desktop"),
        _Place(table="kde-authorized", entry="remote-desktop"),
    ),
}
"""Where each permission stands. In `screencast` and `remote-desktop` the entries are tokens that
let an app start again without a question; `kde-authorized` is Plasma's own list of apps that
neither have to ask for control nor, within it, for the screen."""


def read(wanted: Portal, look: Look) -> Found | Absent:
    """Return `granted` with the number of apps, or `none`."""
    window = look.window
    places = _PLACES[wanted.permission]
    where = f"{_FOLDER}/{places[0].table}"
    tables: list[_Table] = []
    apps: set[str] = set()
    unread: UnseenError | None = None
    for place in places:
        try:
            table = _table(window, place.table)
            tables.append(table)
        except MissingError:
            continue  # nothing was ever decided there
        except UnseenError as error:
            unread = error
            continue
        granted, unclear = _granted(place, table)
        apps |= granted
        unread = unread or unclear
    if unread is not None and not apps:
        raise unread
    if not tables:
        return _nothing_decided(window, where)
    return Found(
        raw="granted" if apps else "none",
        where=where,
        as_of=max(table.modified for table in tables),
        count=len(apps),
    )


def _nothing_decided(window: Window, where: str) -> Absent:
    """Return that no table is there, which means: no app was granted anything yet."""
    services = (f"{folder}/{_SERVICE}" for folder in window.data_folders())
    if not window.exists(_FOLDER) and not any(window.exists(path) for path in services):
        message = "this computer has no permission store for apps"
        raise MissingError(message)
    return Absent(where=where, as_of=window.machine.now())


def _table(window: Window, name: str) -> _Table:
    path = f"{_FOLDER}/{name}"
    return window.once(("permission table", path), lambda: _parsed(window, path))


def _parsed(window: Window, path: str) -> _Table:
    file = window.file(path)
    root = root_table(file.data)
    main, apps = root.table("main"), root.table("apps")
    if main is None or apps is None:
        message = "it has a form that we do not know"
        raise UnseenError(message)
    entries: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in main.names():
        if main.kind(name) != _ENTRY:
            message = "it has a form that we do not know"
            raise UnseenError(message)
        entries[name] = _apps(main.value(name))
    stored = {(app, entry) for entry, told in entries.items() for app in told if told[app]}
    listed = {(app, entry) for app in apps.names() for entry in _texts(apps.value(app))}
    if stored != listed:
        message = "it is damaged: its parts do not fit together"
        raise DamagedError(message)
    return _Table(entries=entries, modified=file.modified)


def _apps(value: object) -> dict[str, tuple[str, ...]]:
    """Return what each app was told, from the value of an entry."""
    told = value[1] if isinstance(value, tuple) else ()
    return {str(app): _texts(texts) for app, texts in told}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _granted(place: _Place, table: _Table) -> tuple[set[str], UnseenError | None]:
    """Return the apps that were granted it, and what could not be understood."""
    if not place.entry:
        return {app for told in table.entries.values() for app in told}, None
    granted = set()
    unclear: UnseenError | None = None
    for app, texts in table.entries.get(place.entry, {}).items():
        verdict = _location(texts) if place.entry == "location" else _answer(texts)
        if verdict is None:
            unclear = UnseenError("what it holds for an app has a form that we do not know")
        elif verdict:
            granted.add(app)
    return granted, unclear


def _answer(texts: tuple[str, ...]) -> bool | None:
    """Say whether an answer is yes; Plasma stores an empty one for "ask once"."""
    if len(texts) > 1:
        return None
    return {"yes": True, "no": False, "ask": False, "": False}.get("".join(texts))


def _location(texts: tuple[str, ...]) -> bool | None:
    """Say whether a place may be told: an accuracy, then the time of the last use."""
    if len(texts) != 2 or not texts[1].isdecimal():
        return None
    return False if texts[0] == "NONE" else True if texts[0] in _ACCURACIES else None
