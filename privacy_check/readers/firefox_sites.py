"""Reads what sites may do in the browsers of the Firefox family, from their profiles.

Policies of an organisation count too: what they grant never reaches the profile. Sources: Firefox's
extensions/permissions, browser/components/enterprisepolicies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import sqlite
from privacy_check.readers.browsers import ALL, BLOCKED, NONE, Grants, combined
from privacy_check.readers.firefox_homes import (
    UNKNOWN,
    Home,
    entry,
    must_not_be_for_everybody,
    policies,
)
from privacy_check.readers.firefox_prefs import preference
from privacy_check.readers.raw import Found, near_miss
from privacy_check.record import record

_TYPES = {
    "camera": "camera",
    "microphone": "microphone",
    "notifications": "desktop-notification",
    "location": "geo",
}
_POLICY_NAMES = {
    "camera": "Camera",
    "microphone": "Microphone",
    "notifications": "Notifications",
    "location": "Location",
}
_NEVER_ASKS = {
    "camera": "media.navigator.permission.disabled",
    "microphone": "media.navigator.permission.disabled",
    "notifications": "notification.prompt.testing",
    "location": "geo.prompt.testing",
}
"""Settings for tests: every site is then let in without a question."""

_COLUMNS = ("origin", "type", "permission", "expireType", "expireTime")
_ALLOW, _BLOCK, _PROMPT = 1, 2, 3
_DEFAULTS = {"0": NONE, str(_ALLOW): ALL, str(_BLOCK): BLOCKED, str(_PROMPT): NONE}
_FOR_A_TIME = 2


@record
class Row:
    """A stored permission: whose, of what kind, which number, and until when."""

    origin: str
    kind: str
    number: int
    expires: int
    until: int


def read(permission: str, window: Window, homes: tuple[Home, ...]) -> Found:
    """Return `none`, `some-sites`, `all-sites` or `blocked` over all profiles and policies."""
    return combined(_sources(permission, window, homes))


def _sources(
    permission: str, window: Window, homes: tuple[Home, ...]
) -> Iterator[Callable[[], list[Grants]]]:
    for home in homes:
        if home.unseen:
            yield partial(_unseen, home.unseen)
        for profile in home.profiles:
            yield partial(_of_profile, window, home, profile, permission)
    if any(home.profiles for home in homes):
        yield partial(_of_policies, window, permission)
        yield partial(_of_the_system, window, permission)


def _unseen(reason: str) -> list[Grants]:
    raise UnseenError(reason)


def _names(permission: str) -> tuple[str, str]:
    """Return the preferences that speak of all sites: the default, and the one for tests."""
    return f"permissions.default.{_TYPES[permission]}", _NEVER_ASKS[permission]


def _of_profile(window: Window, home: Home, folder: str, permission: str) -> list[Grants]:
    path = f"{folder}/permissions.sqlite"
    rows, certain = window.once(("firefox rows", window.place(path)), lambda: _rows(window, path))
    sites = _allowed_sites(rows, _TYPES[permission], window.machine.now())
    default = NONE if sites else _default(window, folder, permission)
    if not sites and default != ALL and not certain:
        message = "the browser has changes that are not saved yet"
        raise UnseenError(message)
    as_of = window.file(path).modified
    return [
        Grants(browser=home.browser, where=home.root, as_of=as_of, default=default, sites=sites)
    ]


def _rows(window: Window, path: str) -> tuple[tuple[Row, ...], bool]:
    """Return all stored permissions, and whether no other can be waiting to be saved."""
    try:
        found, certain = sqlite.rows(window, path, "moz_perms", _COLUMNS)
    except MissingError:
        message = "a profile of the browser has no list of permissions"
        raise UnseenError(message) from None
    return tuple(_row(row) for row in found), certain


def _row(row: tuple[object, ...]) -> Row:
    match row:
        case (str(origin), str(name), int(number), int(expires), int(until)):
            kind = name.partition("^")[0]
            return Row(origin=origin, kind=kind, number=number, expires=expires, until=until)
        case _:
            raise UnseenError(UNKNOWN)


def _allowed_sites(rows: tuple[Row, ...], kind: str, now: dt.datetime) -> tuple[str, ...]:
    """Return the sites with a standing grant."""
    sites = []
    for row in rows:
        if row.kind != kind:
            _must_be_another(row.kind, kind)
        elif row.number not in (0, _ALLOW, _BLOCK, _PROMPT):
            raise UnseenError(UNKNOWN)
        elif row.number == _ALLOW and not _is_over(row, now):
            sites.append(_host(row.origin))
    return tuple(sites)


def _is_over(row: Row, now: dt.datetime) -> bool:
    return row.expires == _FOR_A_TIME and row.until <= now.timestamp() * 1000


def _must_be_another(name: str, kind: str) -> None:
    """Refuse a permission name that may be what is left of the wanted one."""
    cut = not name or kind.startswith(name) or name.startswith(kind)
    if cut or not name.isprintable() or near_miss(kind, (name,)):
        raise UnseenError(UNKNOWN)


def _host(origin: str) -> str:
    return origin.partition("^")[0].rpartition("://")[2] or origin


def _default(window: Window, folder: str, permission: str) -> str:
    """Return what the browser does with sites that are not named."""
    name, never_asks = _names(permission)
    if preference(window, folder, never_asks) == "true":
        return ALL
    number = preference(window, folder, name)
    if number is None:
        return NONE
    if number not in _DEFAULTS:
        raise UnseenError(UNKNOWN)
    return _DEFAULTS[number]


def _of_policies(window: Window, permission: str) -> list[Grants]:
    """Return what the organisation's policies grant; nothing when there are none."""
    found = [_of_policy(window, path, document, permission) for path, document in policies(window)]
    return [grants for grants in found if grants.word != NONE]


def _of_policy(window: Window, path: str, document: object, permission: str) -> Grants:
    fields = entry(document, ("policies", "Permissions", _POLICY_NAMES[permission]))
    allowed = fields.get("Allow", [])
    if not isinstance(allowed, list) or near_miss("Allow", fields):
        raise UnseenError(UNKNOWN)
    return Grants(
        browser="Firefox",
        where=path,
        as_of=window.file(path).modified,
        default=_default_of_policy(entry(document, ("policies", "Preferences")), permission),
        sites=tuple(_host(str(origin)) for origin in allowed),
        locked=True,
    )


def _default_of_policy(preferences: dict[str, object], permission: str) -> str:
    """Return what a policy's own preferences say of all sites; here only a grant counts."""
    for name in _names(permission):
        fields = preferences.get(name)
        value = fields.get("Value") if isinstance(fields, dict) else fields
        if value in (_ALLOW, True):
            return ALL
        if not isinstance(value, int | None):
            raise UnseenError(UNKNOWN)
    return NONE


def _of_the_system(window: Window, permission: str) -> list[Grants]:
    """Refuse to call anything not granted where preferences for everybody speak of it."""
    must_not_be_for_everybody(window, _names(permission))
    return []
