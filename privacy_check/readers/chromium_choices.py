"""Reads three choices of the Chromium family: an account, staying on after closing, downloads.

Only what is known of a browser is said: an absent choice means the default that was looked up for
Chromium, so other browsers with defaults of their own are left open. Sources: Chromium's
components/signin, chrome/browser/background, components/download; Brave's components/brave_sync.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.browsers import Said, told
from privacy_check.readers.chromium_homes import (
    UNKNOWN,
    Home,
    must_not_be_managed_from_afar,
    policies,
    preferences,
    table,
)
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.raw import Found, near_miss

_PLAIN = ("Chromium", "Chrome")
"""The browsers whose defaults are those of Chromium itself."""

_BRAVE = "Brave"
_SIGNED_IN = ("account_id", "username")
"""What names the account, in newer and in older versions."""

_MANAGED, _RECOMMENDED = "managed", "recommended"
_FOLDER = "DownloadDirectory"


def read(choice: str, window: Window, homes: tuple[Home, ...]) -> Found:
    """Return `on` or `off` for sync and background, `automatic` or `asks` for downloads."""
    return told(_sources(choice, window, homes))


def _sources(
    choice: str, window: Window, homes: tuple[Home, ...]
) -> Iterator[Callable[[], list[Said]]]:
    for home in homes:
        if home.unseen:
            yield partial(_unseen, home.unseen)
            continue
        if choice != "sync":
            yield partial(_visible, window, home)
        if choice == "background":
            yield partial(_background, window, home)
        for profile in home.profiles:
            if choice == "sync":
                yield partial(_sync, window, home, profile)
            elif choice == "downloads":
                yield partial(_downloads, window, home, profile)


def _unseen(reason: str) -> list[Said]:
    raise UnseenError(reason)


def _visible(window: Window, home: Home) -> list[Said]:
    must_not_be_managed_from_afar(window, home)
    return []


def _sync(window: Window, home: Home, profile: str) -> list[Said]:
    """Say whether a profile is signed in to an account of its maker, or to Brave's own sync."""
    document = preferences(window, profile)
    signed_in = any(_text(document, ("google", "services", key)) for key in _SIGNED_IN)
    if home.browser == _BRAVE:
        signed_in = signed_in or bool(_text(document, ("brave_sync_v2", "seed")))
    elif not signed_in and home.browser not in _PLAIN:
        message = f"how {home.browser} keeps its account is not known to us"
        raise UnseenError(message)
    if not signed_in and (table(document).get("account_info") or _has_synced(document)):
        message = "the browser knows an account, and whether it syncs with it is not known"
        raise UnseenError(message)
    return [_said(window, home, f"{profile}/Preferences", ("on", "off"), first=signed_in)]


def _has_synced(document: object) -> bool:
    """Say whether sync was set up at some time."""
    sync = table(document).get("sync")
    return isinstance(sync, dict) and sync.get("has_setup_completed") not in (None, False)


def _text(document: object, keys: tuple[str, ...]) -> str:
    """Return a text below some keys, empty when it is not there."""
    for key in keys:
        fields = table(document)
        if key not in fields:
            if near_miss(key, fields):
                raise UnseenError(UNKNOWN)
            return ""
        document = fields[key]
    if not isinstance(document, str):
        raise UnseenError(UNKNOWN)
    return document


def _background(window: Window, home: Home) -> list[Said]:
    path = f"{home.root}/Local State"
    try:
        state = table(parse(window, path))
    except MissingError:
        message = "the browser has no settings that hold for all its profiles"
        raise UnseenError(message) from None
    table(state, "profile")
    stored = _flag(state, ("background_mode", "enabled"))
    stays, locked = _chosen(window, home, "BackgroundModeEnabled", stored=stored, default=True)
    return [_said(window, home, path, ("on", "off"), first=stays, locked=locked)]


def _downloads(window: Window, home: Home, profile: str) -> list[Said]:
    stored = _flag(preferences(window, profile), ("download", "prompt_for_download"))
    policy = "PromptForDownloadLocation"
    asks, locked = _chosen(window, home, policy, stored=stored, default=False)
    if _has_one_folder(window, home.browser):
        asks, locked = False, True
    path = f"{profile}/Preferences"
    return [_said(window, home, path, ("automatic", "asks"), first=not asks, locked=locked)]


def _has_one_folder(window: Window, browser: str) -> bool:
    """Say whether an organisation named the folder for all files: then nobody is asked."""
    found = False
    for policy in policies(window, browser, _MANAGED):
        _must_not_be_near(_FOLDER, policy)
        found |= _FOLDER in policy
    return found


def _must_not_be_near(name: str, names: object) -> None:
    if near_miss(name, names):
        raise UnseenError(UNKNOWN)


def _flag(document: dict[str, object], keys: tuple[str, str]) -> bool | None:
    """Return a stored yes or no, nothing when the browser never stored one."""
    found: object = document
    for key in keys:
        fields = table(found)
        if key not in fields:
            if near_miss(key, fields):
                raise UnseenError(UNKNOWN)
            return None
        found = fields[key]
    if not isinstance(found, bool):
        raise UnseenError(UNKNOWN)
    return found


def _chosen(
    window: Window, home: Home, policy: str, *, stored: bool | None, default: bool
) -> tuple[bool, bool]:
    """Return what holds, and whether it is fixed: by policy, by choice, by advice, by default."""
    fixed = _by_policy(window, home.browser, policy, _MANAGED)
    if fixed is not None:
        return fixed, True
    if stored is not None:
        return stored, False
    advised = _by_policy(window, home.browser, policy, _RECOMMENDED)
    if advised is not None:
        return advised, False
    if home.browser not in _PLAIN:
        message = f"it is not set, and the default of {home.browser} is not known to us"
        raise UnseenError(message)
    return default, False


def _by_policy(window: Window, browser: str, name: str, level: str) -> bool | None:
    values = {policy[name] for policy in policies(window, browser, level) if name in policy}
    if not values:
        return None
    if len(values) > 1 or not all(isinstance(value, bool) for value in values):
        raise UnseenError(UNKNOWN)
    return values == {True}


def _said(
    window: Window,
    home: Home,
    path: str,
    words: tuple[str, str],
    *,
    first: bool,
    locked: bool = False,
) -> Said:
    return Said(
        browser=home.browser,
        where=home.root,
        as_of=window.file(path).modified,
        word=words[0] if first else words[1],
        tells=first,
        locked=locked,
    )
