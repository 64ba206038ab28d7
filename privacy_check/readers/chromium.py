"""Reads what sites may do in the browsers of the Chromium family, from their saved preferences.

Profiles are found by what is on disk, whether or not the browser's own index lists them. Policies
of an organisation count too: they grant without a trace in the preferences. Sources: Chromium's
docs/user_data_dir.md, components/content_settings, components/policy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.browsers import ALL, BLOCKED, NONE, SOME, Grants, combined
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.raw import Found, Look, near_miss
from privacy_check.rulebook.reads import Chromium

_FLATPAK = "~/.var/app"
BROWSERS = {
    "Chromium": (
        "~/.config/chromium",
        f"{_FLATPAK}/org.chromium.Chromium/config/chromium",
        f"{_FLATPAK}/io.github.ungoogled_software.ungoogled_chromium/config/chromium",
        f"{_FLATPAK}/com.github.Eloston.UngoogledChromium/config/chromium",
        "~/snap/chromium/common/chromium",
    ),
    "Chrome": (
        "~/.config/google-chrome",
        "~/.config/google-chrome-beta",
        "~/.config/google-chrome-unstable",
        "~/.config/google-chrome-canary",
        "~/.config/google-chrome-for-testing",
        f"{_FLATPAK}/com.google.Chrome/config/google-chrome",
        f"{_FLATPAK}/com.google.ChromeDev/config/google-chrome-unstable",
    ),
    "Brave": (
        "~/.config/BraveSoftware/Brave-Browser",
        "~/.config/BraveSoftware/Brave-Browser-Beta",
        "~/.config/BraveSoftware/Brave-Browser-Nightly",
        "~/.config/BraveSoftware/Brave-Origin",
        f"{_FLATPAK}/com.brave.Browser/config/BraveSoftware/Brave-Browser",
        "~/snap/brave/current/.config/BraveSoftware/Brave-Browser",
    ),
    "Edge": (
        "~/.config/microsoft-edge",
        "~/.config/microsoft-edge-beta",
        "~/.config/microsoft-edge-dev",
        f"{_FLATPAK}/com.microsoft.Edge/config/microsoft-edge",
        f"{_FLATPAK}/com.microsoft.EdgeDev/config/microsoft-edge-dev",
    ),
    "Vivaldi": (
        "~/.config/vivaldi",
        "~/.config/vivaldi-snapshot",
        f"{_FLATPAK}/com.vivaldi.Vivaldi/config/vivaldi",
        "~/snap/vivaldi/current/.config/vivaldi",
    ),
    "Opera": (
        "~/.config/opera",
        "~/.config/opera-beta",
        "~/.config/opera-developer",
        f"{_FLATPAK}/com.opera.Opera/config/opera",
        "~/snap/opera/current/.config/opera",
    ),
    "Yandex Browser": ("~/.config/yandex-browser", "~/.config/yandex-browser-beta"),
    "Thorium": ("~/.config/thorium",),
    "Whale": ("~/.config/naver-whale",),
}
"""The folders that hold each browser's profiles: as a system package, a Flatpak, a snap."""

POLICIES = {
    "Chromium": ("/etc/chromium/policies", "/etc/chromium-browser/policies"),
    "Chrome": ("/etc/opt/chrome/policies",),
    "Brave": ("/etc/brave/policies",),
    "Edge": ("/etc/opt/edge/policies",),
    "Vivaldi": ("/etc/opt/vivaldi/policies", "/etc/vivaldi/policies"),
    "Opera": ("/etc/opt/opera/policies", "/etc/opera/policies"),
}

_KEYS = {
    "camera": "media_stream_camera",
    "microphone": "media_stream_mic",
    "notifications": "notifications",
}
_POLICY_LISTS = {
    "camera": "VideoCaptureAllowedUrls",
    "microphone": "AudioCaptureAllowedUrls",
    "notifications": "NotificationsAllowedForUrls",
}
_LEVELS = ("managed", "recommended")
_POLICY_DEFAULTS = {"notifications": "DefaultNotificationsSetting"}
_DEFAULT_VALUES = "default_content_setting_values"
_NO_PROFILES = ("Guest Profile", "System Profile")
_ALLOW, _BLOCK, _ASK, _SESSION = 1, 2, 3, 4
_DEFAULTS = {_ALLOW: ALL, _BLOCK: BLOCKED, _ASK: NONE, 0: NONE}
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_UNKNOWN = "the browser's preferences have a form that we do not know"


def read(wanted: Chromium, look: Look) -> Found:
    """Return `none`, `some-sites`, `all-sites` or `blocked` over all profiles and policies."""
    return combined(_sources(look.window, wanted.permission))


def _sources(window: Window, permission: str) -> Iterator[Callable[[], list[Grants]]]:
    for browser, roots in BROWSERS.items():
        for root in roots:
            yield partial(_of_root, window, browser, root, permission)
    for root in _chosen_roots(window):
        yield partial(_of_root, window, "Chromium", root, permission)


def _chosen_roots(window: Window) -> Iterator[str]:
    """Yield the folders that the session's own variables name."""
    base = window.machine.environment("CHROME_CONFIG_HOME")
    whole = window.machine.environment("CHROME_USER_DATA_DIR")
    if base.startswith("/"):
        yield from (f"{base}/{name}" for name in ("chromium", "google-chrome"))
    if whole.startswith("/"):
        yield whole


def _of_root(window: Window, browser: str, root: str, permission: str) -> list[Grants]:
    """Return the grants of all profiles below a folder, and of the policies for that browser."""
    profiles = list(_profiles(window, root))
    sources = [partial(_of_profile, window, browser, root, at, permission) for at in profiles]
    if not profiles:
        return []
    policies = partial(_of_policies, window, browser, permission)
    return _all_or_wide([*sources, policies, partial(_no_cloud_policy, window, root, profiles)])


def _no_cloud_policy(window: Window, root: str, profiles: list[str]) -> None:
    """Refuse to call anything not granted where policies come from a server."""
    signs = [f"{root}/Policy/Machine Level User Cloud Policy"]
    signs += [f"{profile}/Policy/User Policy" for profile in profiles]
    if any(window.exists(path) for path in signs):
        message = "an organisation manages this browser from a server"
        raise UnseenError(message)


def _all_or_wide(sources: list[Callable[[], Grants | None]]) -> list[Grants]:
    """Return what the sources say; one that cannot be read hides nothing wide in the others."""
    found: list[Grants] = []
    unread: UnseenError | None = None
    for source in sources:
        try:
            grants = source()
        except UnseenError as error:
            unread = error
            continue
        if grants is not None:
            found.append(grants)
    if unread is not None and not any(grants.word in (ALL, SOME) for grants in found):
        raise UnseenError(str(unread)) from None
    return found


def _profiles(window: Window, root: str) -> Iterator[str]:
    try:
        folders = window.folders(root)
    except MissingError:
        return
    if window.exists(f"{root}/Preferences"):
        yield root
    named = _named_profiles(window, root)
    for name in folders:
        if name not in _NO_PROFILES and (
            name in named or window.exists(f"{root}/{name}/Preferences")
        ):
            yield f"{root}/{name}"


def _named_profiles(window: Window, root: str) -> tuple[str, ...]:
    """Return the profiles that the browser's index lists; without an index, none."""
    try:
        state = parse(window, f"{root}/Local State")
    except UnseenError:
        return ()
    profile = state.get("profile") if isinstance(state, dict) else None
    listed = profile.get("info_cache") if isinstance(profile, dict) else None
    return tuple(listed) if isinstance(listed, dict) else ()


def _of_profile(window: Window, browser: str, root: str, folder: str, permission: str) -> Grants:
    path = f"{folder}/Preferences"
    try:
        document = parse(window, path)
    except MissingError:
        message = "a profile of the browser has no preferences"
        raise UnseenError(message) from None
    profile = _table(_table(document, ""), "profile")
    key = _KEYS[permission]
    exceptions = _table(_table(profile, "content_settings"), "exceptions")
    now = window.machine.now()
    allowed = [pattern for pattern, row in _table(exceptions, key).items() if _allows(row, now)]
    default = _default(profile, key)
    return Grants(
        browser=browser,
        where=root,
        as_of=window.file(path).modified,
        default=ALL if any(_is_everywhere(pattern) for pattern in allowed) else default,
        sites=tuple(_site(pattern) for pattern in allowed if not _is_everywhere(pattern)),
    )


def _table(value: object, key: str) -> dict[str, object]:
    found = value.get(key) if key and isinstance(value, dict) else value
    if not isinstance(found, dict):
        raise UnseenError(_UNKNOWN)
    return found


def _default(profile: dict[str, object], key: str) -> str:
    """Return what the browser does with sites that are not named; without an entry it asks."""
    values = profile.get(_DEFAULT_VALUES, {})
    if (
        not isinstance(values, dict)
        or near_miss(key, values)
        or near_miss(_DEFAULT_VALUES, profile)
    ):
        raise UnseenError(_UNKNOWN)
    number = values.get(key, _ASK)
    if isinstance(number, bool) or number not in _DEFAULTS:
        raise UnseenError(_UNKNOWN)
    return _DEFAULTS[number]


def _allows(row: object, now: dt.datetime) -> bool:
    """Say whether a stored exception lets a site in.

    Raises:
        UnseenError: When it holds a number whose meaning we do not know.
    """
    setting = row.get("setting") if isinstance(row, dict) else None
    if isinstance(setting, bool) or setting not in (_ALLOW, _BLOCK, _ASK, _SESSION):
        raise UnseenError(_UNKNOWN)
    return setting in (_ALLOW, _SESSION) and isinstance(row, dict) and not _is_over(row, now)


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
    first = pattern.split(",", maxsplit=1)[0].rpartition("://")[2]
    return first.removeprefix("[*.]").split(":")[0] or first


def _of_policies(window: Window, browser: str, permission: str) -> Grants | None:
    """Return what the organisation's policies grant; nothing when there are none."""
    sites: list[str] = []
    default = ""
    bases = POLICIES.get(browser, ())
    levels = [f"{base}/{level}" for base in bases for level in _LEVELS]
    paths = [path for level in levels for path in _files_in(window, level)]
    for path in paths:
        policy = _policy(window, path)
        listed = policy.get(_POLICY_LISTS[permission], [])
        number = policy.get(_POLICY_DEFAULTS.get(permission, ""), None)
        if not isinstance(listed, list):
            raise UnseenError(_UNKNOWN)
        sites += [_site(str(pattern)) for pattern in listed]
        default = ALL if number == _ALLOW else default
    if not sites and not default:
        return None
    return Grants(
        browser=browser,
        where=bases[0],
        as_of=window.machine.now(),
        default=default or NONE,
        sites=tuple(sites),
        locked=True,
    )


def _files_in(window: Window, folder: str) -> Iterator[str]:
    """Yield the files of a folder: Chromium reads them all, whatever their ending."""
    try:
        folders = window.folders(folder)
        names = window.names(folder)
    except MissingError:
        return
    yield from (f"{folder}/{name}" for name in names if name not in folders)


def _policy(window: Window, path: str) -> dict[str, object]:
    try:
        return _table(parse(window, path), "")
    except UnseenError as error:
        message = f"a file in {path.rpartition('/')[0]} cannot be followed ({error})"
        raise UnseenError(message) from None
