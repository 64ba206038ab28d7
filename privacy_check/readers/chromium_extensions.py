"""Counts added extensions of the Chromium family that can record, or that can read every site.

Only extensions that are switched on count, never the browser's own parts. Their names stay here.
Sources: Chromium's extensions/browser/extension_prefs.cc, extensions/common/mojom/manifest.mojom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.browsers import Said, told
from privacy_check.readers.chromium_homes import UNKNOWN, Home, preferences, table
from privacy_check.readers.extensions import (
    CAPTURE,
    Number,
    counted,
    number,
    reach_every_site,
    texts,
)
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.raw import Found, near_miss

_RECORDING = (
    "audioCapture",
    "debugger",
    "desktopCapture",
    "pageCapture",
    "tabCapture",
    "videoCapture",
)
_LOCATIONS = range(1, 11)
_BUILT_IN = (5, 10)
_BY_POLICY = (7, 9)
"""Where an extension came from: the browser's own parts; what an organisation installs."""

_REMOVED = 2


def read(kind: str, window: Window, homes: tuple[Home, ...]) -> Found:
    """Return `some` or `none` over all profiles, with the number of extensions."""
    return told(_sources(kind, window, homes))


def _sources(
    kind: str, window: Window, homes: tuple[Home, ...]
) -> Iterator[Callable[[], list[Said]]]:
    for home in homes:
        if home.unseen:
            yield partial(_unseen, home.unseen)
        for profile in home.profiles:
            yield partial(_of_profile, kind, window, home, profile)


def _unseen(reason: str) -> list[Said]:
    raise UnseenError(reason)


def _of_profile(kind: str, window: Window, home: Home, profile: str) -> list[Said]:
    recording, wide = window.once(
        ("chromium extensions", window.place(profile)), lambda: _numbers(window, profile)
    )
    as_of = window.file(f"{profile}/Preferences").modified
    return [counted(home.browser, home.root, as_of, recording if kind == CAPTURE else wide)]


def _numbers(window: Window, profile: str) -> tuple[Number, Number]:
    """Return how many extensions of a profile can record, and how many can read every site."""
    tables = [_listed(preferences(window, profile)), _listed(_guarded(window, profile))]
    if tables == [None, None]:
        raise UnseenError(UNKNOWN)
    entries = [entry for listed in tables for entry in (listed or {}).values()]
    return (
        number(partial(_records, entry) for entry in entries),
        number(partial(_reads_every_site, entry) for entry in entries),
    )


def _guarded(window: Window, profile: str) -> dict[str, object]:
    """Return the preferences that some versions keep apart, empty when there are none."""
    try:
        return table(parse(window, f"{profile}/Secure Preferences"))
    except MissingError:
        return {}


def _listed(document: dict[str, object]) -> dict[str, object] | None:
    """Return the extensions that a file lists; nothing when it has no such list."""
    if "extensions" not in document:
        _must_not_be_near("extensions", document)
        return None
    extensions = table(document, "extensions")
    if "settings" not in extensions:
        _must_not_be_near("settings", extensions)
        return None
    return table(extensions, "settings")


def _must_not_be_near(name: str, names: object) -> None:
    if near_miss(name, names):
        raise UnseenError(UNKNOWN)


def _is_on(entry: dict[str, object]) -> bool:
    """Say whether an entry is an added extension that is switched on.

    An entry without a place of origin is only what is left of one: the browser ignores it too.
    """
    location = entry.get("location")
    if "location" not in entry:
        _must_not_be_near("location", entry)
        return False
    if type(location) is not int or location not in _LOCATIONS:
        raise UnseenError(UNKNOWN)
    if location in _BUILT_IN or entry.get("state") == _REMOVED:
        return False
    reasons = entry.get("disable_reasons", 0)
    numbers = reasons if isinstance(reasons, list) else [reasons]
    if any(type(number) is not int for number in numbers):
        raise UnseenError(UNKNOWN)
    if "disable_reasons" not in entry:
        _must_not_be_near("disable_reasons", entry)
    return not any(numbers)


def _records(entry: object) -> bool:
    """Say whether an entry is an extension that can record."""
    fields = table(entry)
    if not _is_on(fields):
        return False
    names: list[str] = []
    listed = table(fields, "active_permissions").get("api")
    if not isinstance(listed, list):
        raise UnseenError(UNKNOWN)
    for item in listed:
        # A permission with details stands in a table of its own, under its name.
        names += texts(list(item) if isinstance(item, dict) else [item])
    if any(name in _RECORDING for name in names):
        return True
    for name in _RECORDING:
        _must_not_be_near(name, names)
    return False


def _reads_every_site(entry: object) -> bool:
    """Say whether an entry is an extension that can read every site."""
    fields = table(entry)
    return _is_on(fields) and reach_every_site(_hosts(fields))


def _hosts(entry: dict[str, object]) -> list[str]:
    """Return the sites that an extension may read now.

    A person may hold its sites back; the list of what it wants then stays as it is, and what it
    got stands elsewhere. What an organisation installs cannot be held back.
    """
    held_back = entry.get("withholding_permissions", False)
    if not isinstance(held_back, bool):
        raise UnseenError(UNKNOWN)
    kind = "active_permissions"
    if held_back and entry.get("location") not in _BY_POLICY:
        kind = "runtime_granted_permissions"
        if kind not in entry:
            _must_not_be_near(kind, entry)
            return []
    permissions = table(entry, kind)
    found: list[str] = []
    for name in ("explicit_host", "scriptable_host"):
        if name not in permissions:
            _must_not_be_near(name, permissions)
        found += texts(permissions.get(name, []))
    return found
