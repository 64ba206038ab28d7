"""Reads what sites may do in the browsers of the Chromium family, from their saved preferences.

Policies of an organisation count too: they grant without a trace in the preferences. Source:
Chromium's components/content_settings, components/policy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.browsers import ALL, BLOCKED, NONE, Grants, combined
from privacy_check.readers.chromium_homes import (
    POLICIES,
    UNKNOWN,
    Home,
    must_not_be_managed_from_afar,
    policies,
    preferences,
    table,
)
from privacy_check.readers.raw import Found, near_miss

_KEYS = {
    "camera": "media_stream_camera",
    "microphone": "media_stream_mic",
    "notifications": "notifications",
    "location": "geolocation",
    "clipboard": "clipboard",
}
_NEWER_KEYS = {"location": "geolocation_with_options"}
"""Names that only newer versions know beside the older one."""

_POLICY_LISTS = {
    "camera": ("VideoCaptureAllowedUrls",),
    "microphone": ("AudioCaptureAllowedUrls",),
    "notifications": ("NotificationsAllowedForUrls",),
    "location": ("PreciseGeolocationAllowedForUrls", "GeolocationAllowedForUrls"),
    "clipboard": ("ClipboardAllowedForUrls",),
}
"""The lists of allowed sites; that for the place had another name while it was being made."""

_POLICY_DEFAULTS = {
    "notifications": "DefaultNotificationsSetting",
    "location": "DefaultGeolocationSetting",
    "clipboard": "DefaultClipboardSetting",
}
_DEFAULT_VALUES = "default_content_setting_values"
_ALLOW, _BLOCK, _ASK, _SESSION = 1, 2, 3, 4
_DEFAULTS = {_ALLOW: ALL, _BLOCK: BLOCKED, _ASK: NONE, 0: NONE}
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def read(permission: str, window: Window, homes: tuple[Home, ...]) -> Found:
    """Return `none`, `some-sites`, `all-sites` or `blocked` over all profiles and policies."""
    return combined(_sources(permission, window, homes))


def _sources(
    permission: str, window: Window, homes: tuple[Home, ...]
) -> Iterator[Callable[[], list[Grants]]]:
    for home in homes:
        yield partial(_visible, window, home)
        for profile in home.profiles:
            yield partial(_of_profile, window, home, profile, permission)
    for browser in sorted({home.browser for home in homes if home.profiles}):
        yield partial(_of_policies, window, browser, permission)


def _visible(window: Window, home: Home) -> list[Grants]:
    """Refuse to call anything not granted where not all can be seen from here."""
    if home.unseen:
        raise UnseenError(home.unseen)
    must_not_be_managed_from_afar(window, home)
    return []


def _of_profile(window: Window, home: Home, folder: str, permission: str) -> list[Grants]:
    profile = table(preferences(window, folder), "profile")
    exceptions = table(table(profile, "content_settings"), "exceptions")
    now = window.machine.now()
    rows = [
        row
        for key in _keys(permission, exceptions)
        for row in table(exceptions, key).items()
        if _allows(row[1], now)
    ]
    everywhere = any(_is_everywhere(pattern) for pattern, _ in rows)
    return [
        Grants(
            browser=home.browser,
            where=home.root,
            as_of=window.file(f"{folder}/Preferences").modified,
            default=ALL if everywhere else _default(profile, permission),
            sites=tuple(_site(pattern) for pattern, _ in rows if not _is_everywhere(pattern)),
        )
    ]


def _keys(permission: str, names: dict[str, object]) -> tuple[str, ...]:
    """Return the names under which a permission is kept here: the usual one, and a newer one."""
    newer = _NEWER_KEYS.get(permission)
    if newer is None:
        return (_KEYS[permission],)
    if newer in names:
        return (_KEYS[permission], newer)
    if near_miss(newer, names):
        raise UnseenError(UNKNOWN)
    return (_KEYS[permission],)


def _default(profile: dict[str, object], permission: str) -> str:
    """Return what the browser does with sites that are not named; without an entry it asks."""
    values = profile.get(_DEFAULT_VALUES, {})
    if not isinstance(values, dict) or near_miss(_DEFAULT_VALUES, profile):
        raise UnseenError(UNKNOWN)
    words = {_default_for(key, values) for key in _keys(permission, values)}
    return next(word for word in (ALL, NONE, BLOCKED) if word in words)


def _is_setting(value: object) -> bool:
    """Say whether a policy's value is a number that the browser knows there."""
    return type(value) is int and value in _DEFAULTS


def _default_for(key: str, values: dict[str, object]) -> str:
    if near_miss(key, values):
        raise UnseenError(UNKNOWN)
    words = {_DEFAULTS.get(number) for number in _numbers(values.get(key, _ASK))}
    if None in words:
        raise UnseenError(UNKNOWN)
    return next(word for word in (ALL, NONE, BLOCKED) if word in words)


def _numbers(setting: object) -> tuple[int, ...]:
    """Return the numbers of a stored setting: one, or one for each of its options."""
    numbers = tuple(setting.values()) if isinstance(setting, dict) else (setting,)
    if not numbers or any(type(number) is not int for number in numbers):
        raise UnseenError(UNKNOWN)
    return numbers


def _allows(row: object, now: dt.datetime) -> bool:
    """Say whether a stored exception lets a site in.

    Raises:
        UnseenError: When it holds a number whose meaning we do not know.
    """
    fields = table(row)
    numbers = _numbers(fields.get("setting"))
    if any(number not in (_ALLOW, _BLOCK, _ASK, _SESSION) for number in numbers):
        raise UnseenError(UNKNOWN)
    return any(number in (_ALLOW, _SESSION) for number in numbers) and not _is_over(fields, now)


def _is_over(row: dict[str, object], now: dt.datetime) -> bool:
    """Say whether an exception has ended: microseconds since 1601 as text, 0 for never."""
    text = str(row.get("expiration", "0"))
    if not text.isdecimal() or text == "0":
        return False
    try:
        return _EPOCH + dt.timedelta(microseconds=int(text)) <= now
    except OverflowError:
        return False


def _is_everywhere(pattern: str) -> bool:
    first = pattern.split(",", maxsplit=1)[0].removeprefix("https://").removeprefix("http://")
    return first.split(":")[0] == "*"


def _site(pattern: str) -> str:
    """Return the host of a pattern like `https://meet.example:443,*`."""
    first = pattern.split(",", maxsplit=1)[0].rpartition("://")[2].rstrip("/")
    if first.startswith("[") and not first.startswith("[*.]"):
        return first.partition("]")[0] + "]"  # an address in numbers, with colons
    return first.removeprefix("[*.]").split(":")[0] or first


def _of_policies(window: Window, browser: str, permission: str) -> list[Grants]:
    """Return what the organisation's policies grant; nothing when there are none."""
    patterns: list[str] = []
    default = NONE
    for policy in policies(window, browser):
        for name in _POLICY_LISTS[permission]:
            listed = policy.get(name, [])
            if not isinstance(listed, list) or near_miss(name, policy):
                raise UnseenError(UNKNOWN)
            patterns += [str(pattern) for pattern in listed]
        name = _POLICY_DEFAULTS.get(permission, "")
        if near_miss(name, policy) or not _is_setting(policy.get(name, _ASK)):
            raise UnseenError(UNKNOWN)
        if policy.get(name) == _ALLOW:
            default = ALL
    if any(_is_everywhere(pattern) for pattern in patterns):
        default = ALL
    if not patterns and default == NONE:
        return []
    return [
        Grants(
            browser=browser,
            where=POLICIES[browser][0],
            as_of=window.machine.now(),
            default=default,
            sites=tuple(_site(pattern) for pattern in patterns if not _is_everywhere(pattern)),
            locked=True,
        )
    ]
