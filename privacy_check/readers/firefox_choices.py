"""Reads two choices of the Firefox family: an account that syncs, and how downloads are saved.

Sources: Firefox's services/sync/modules/UIState.sys.mjs, browser/app/profile/firefox.js,
browser/components/enterprisepolicies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.browsers import Said, told
from privacy_check.readers.firefox_homes import (
    UNKNOWN,
    Home,
    entry,
    must_not_be_for_everybody,
    policies,
)
from privacy_check.readers.firefox_prefs import preference
from privacy_check.readers.raw import Found

_ACCOUNT = "services.sync.username"
_SAVES_ITSELF = "browser.download.useDownloadDir"
_POLICY = "PromptForDownloadLocation"
_PLAIN = "Firefox"


def read(choice: str, window: Window, homes: tuple[Home, ...]) -> Found:
    """Return `on` or `off` for sync, `automatic` or `asks` for downloads."""
    return told(_sources(choice, window, homes))


def _sources(
    choice: str, window: Window, homes: tuple[Home, ...]
) -> Iterator[Callable[[], list[Said]]]:
    of_profile = _sync if choice == "sync" else _downloads
    for home in homes:
        if home.unseen:
            yield partial(_unseen, home.unseen)
        for profile in home.profiles:
            yield partial(of_profile, window, home, profile)


def _unseen(reason: str) -> list[Said]:
    raise UnseenError(reason)


def _sync(window: Window, home: Home, profile: str) -> list[Said]:
    """Say whether a profile is signed in to an account with which it syncs."""
    value = preference(window, profile, _ACCOUNT)
    if value is not None and not value.startswith('"'):
        raise UnseenError(UNKNOWN)
    signed_in = value not in (None, '""')
    if not signed_in:
        must_not_be_for_everybody(window, (_ACCOUNT,))
    return [_said(window, home, profile, "on" if signed_in else "off", tells=signed_in)]


def _downloads(window: Window, home: Home, profile: str) -> list[Said]:
    """Say whether files are saved without a question; a policy wins over the profile."""
    must_not_be_for_everybody(window, (_SAVES_ITSELF,))
    asks = _asks_by_policy(window)
    saves = _saves_itself(window, home, profile) if asks is None else not asks
    word = "automatic" if saves else "asks"
    return [_said(window, home, profile, word, tells=saves, locked=asks is not None)]


def _asks_by_policy(window: Window) -> bool | None:
    """Return what an organisation decided about downloads, nothing when it did not."""
    found = set()
    for _, document in policies(window):
        if _SAVES_ITSELF in entry(document, ("policies", "Preferences")):
            message = "an organisation's policy speaks of it"
            raise UnseenError(message)
        found.add(entry(document, ("policies",)).get(_POLICY))
    match found - {None}:
        case known if not known:
            return None
        case known if known in ({True}, {False}):
            return True in known
        case _:
            raise UnseenError(UNKNOWN)


def _saves_itself(window: Window, home: Home, profile: str) -> bool:
    value = preference(window, profile, _SAVES_ITSELF)
    if value is None and home.browser != _PLAIN:
        message = f"it is not set, and the default of {home.browser} is not known to us"
        raise UnseenError(message)
    if value not in (None, "true", "false"):
        raise UnseenError(UNKNOWN)
    return value != "false"


def _said(
    window: Window, home: Home, profile: str, word: str, *, tells: bool, locked: bool = False
) -> Said:
    return Said(
        browser=home.browser,
        where=home.root,
        as_of=window.file(f"{profile}/prefs.js").modified,
        word=word,
        tells=tells,
        locked=locked,
    )
