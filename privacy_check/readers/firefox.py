"""Reads what sites may do in the browsers of the Firefox family, from their profiles.

Profiles are the listed ones and any folder beside them that looks like one. Policies of an
organisation count too: what they grant never reaches the profile. Sources: Firefox's
extensions/permissions, browser/components/enterprisepolicies, toolkit/profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import sqlite
from privacy_check.readers.browsers import ALL, BLOCKED, NONE, Grants, combined
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.raw import Found, Look, near_miss
from privacy_check.readers.textfiles import parse as parse_sections
from privacy_check.rulebook.reads import Firefox

_FLATPAK = "~/.var/app"
BROWSERS = {
    "Firefox": (
        "~/.mozilla/firefox",
        "~/.config/mozilla/firefox",
        f"{_FLATPAK}/org.mozilla.firefox/.mozilla/firefox",
        f"{_FLATPAK}/org.mozilla.firefox/config/mozilla/firefox",
        "~/snap/firefox/common/.mozilla/firefox",
        "~/snap/firefox/common/.config/mozilla/firefox",
    ),
    "LibreWolf": (
        "~/.librewolf",
        "~/.config/librewolf/librewolf",
        f"{_FLATPAK}/io.gitlab.librewolf-community/.librewolf",
    ),
    "Waterfox": ("~/.waterfox", f"{_FLATPAK}/net.waterfox.waterfox/.waterfox"),
    "Zen": ("~/.zen", "~/.config/zen", f"{_FLATPAK}/app.zen_browser.zen/.zen"),
    "Floorp": ("~/.floorp", f"{_FLATPAK}/one.ablaze.floorp/.floorp"),
}
"""The folders that hold each browser's profiles: as a system package, a Flatpak, a snap."""

_SYSTEM_CONFIG = (
    "flatpak/extension/org.mozilla.firefox.systemconfig/*/stable/policies/policies.json"
)
POLICIES = (
    "/etc/firefox/policies/policies.json",
    "/usr/lib/firefox-esr/distribution/policies.json",
    "/usr/lib/firefox/distribution/policies.json",
    "/usr/lib64/firefox/distribution/policies.json",
    "/opt/firefox/distribution/policies.json",
    f"/var/lib/{_SYSTEM_CONFIG}",
    f"~/.local/share/{_SYSTEM_CONFIG}",
)
"""Where an organisation's policies may lie, over all ways of installing Firefox."""

SYSTEM_PREFS = (
    "/etc/firefox/pref/*.js",
    "/etc/firefox/defaults/pref/*.js",
    "/etc/firefox-esr/*.js",
    "/usr/lib/firefox*/mozilla.cfg",
    "/usr/lib64/firefox/mozilla.cfg",
    "/opt/firefox/mozilla.cfg",
)
"""Files in which a distribution or an organisation sets preferences for everybody."""

_TYPES = {
    "camera": "camera",
    "microphone": "microphone",
    "notifications": "desktop-notification",
}
_POLICY_NAMES = {
    "camera": "Camera",
    "microphone": "Microphone",
    "notifications": "Notifications",
}
_ALLOW, _BLOCK, _PROMPT = 1, 2, 3
_DEFAULTS = {0: NONE, _ALLOW: ALL, _BLOCK: BLOCKED, _PROMPT: NONE}
_FOR_A_TIME = 2
_PREF = re.compile(r'user_pref\("((?:[^"\\]|\\.)+)", (true|false|-?\d+|"(?:[^"\\]|\\.)*")\);')
_NEVER_ASKS = "media.navigator.permission.disabled"
"""A setting for tests: every site then gets camera and microphone without a question."""

_UNKNOWN = "the browser's profile has a form that we do not know"


def read(wanted: Firefox, look: Look) -> Found:
    """Return `none`, `some-sites`, `all-sites` or `blocked` over all profiles and policies."""
    return combined(_sources(look.window, wanted.permission))


def _sources(window: Window, permission: str) -> Iterator[Callable[[], list[Grants]]]:
    used = False
    for browser, roots in BROWSERS.items():
        for root in roots:
            try:
                profiles = list(_profiles(window, root))
            except UnseenError as error:
                yield partial(_raise, error)
                continue
            for profile in profiles:
                used = True
                yield partial(_of_profile, window, browser, root, profile, permission)
    if used:
        yield partial(_of_policies, window, permission)
        yield partial(_of_the_system, window, permission)


def _raise(error: UnseenError) -> list[Grants]:
    raise error


def _profiles(window: Window, root: str) -> Iterator[str]:
    """Yield the profile folders that have been used."""
    try:
        folders = [f"{root}/{name}" for name in window.folders(root)]
    except MissingError:
        return
    for folder in sorted({*folders, *_listed_profiles(window, root)}):
        if any(window.exists(f"{folder}/{name}") for name in ("prefs.js", "permissions.sqlite")):
            yield folder


def _listed_profiles(window: Window, root: str) -> Iterator[str]:
    try:
        sections = parse_sections(window.text(f"{root}/profiles.ini"))
    except MissingError:
        return
    if not sections.values:
        message = "the browser's list of profiles is empty"
        raise UnseenError(message)
    for values in sections.values.values():
        path = values.get("Path", "")
        if path:
            yield path if path.startswith("/") else f"{root}/{path}"


def _of_profile(
    window: Window, browser: str, root: str, folder: str, permission: str
) -> list[Grants]:
    path = f"{folder}/permissions.sqlite"
    try:
        sites, certain = _allowed_sites(window, path, _TYPES[permission])
        as_of = window.file(path).modified
    except MissingError:
        message = "a profile of the browser has no list of permissions"
        raise UnseenError(message) from None
    default = NONE if sites else _default(window, folder, _TYPES[permission])
    if not sites and default != ALL and not certain:
        message = "the browser has changes that are not saved yet"
        raise UnseenError(message)
    return [Grants(browser=browser, where=root, as_of=as_of, default=default, sites=sites)]


def _allowed_sites(window: Window, path: str, kind: str) -> tuple[tuple[str, ...], bool]:
    """Return the sites with a standing grant, and whether no other can be waiting."""
    columns = ("origin", "type", "permission", "expireType", "expireTime")
    found, certain = sqlite.rows(window, path, "moz_perms", columns)
    now = window.machine.now().timestamp() * 1000
    sites = []
    for row in found:
        match row:
            case (str(origin), str(name), int(permission), int(expires), int(until)):
                base = name.partition("^")[0]
            case _:
                raise UnseenError(_UNKNOWN)
        if base != kind:
            _must_be_another(base, kind)
        elif permission not in (0, _ALLOW, _BLOCK, _PROMPT):
            raise UnseenError(_UNKNOWN)
        elif permission == _ALLOW and not (expires == _FOR_A_TIME and until <= now):
            sites.append(_host(origin))
    return tuple(sites), certain


def _must_be_another(name: str, kind: str) -> None:
    """Refuse a permission name that may be what is left of the wanted one."""
    cut = not name or kind.startswith(name) or name.startswith(kind)
    if cut or not name.isprintable() or near_miss(kind, (name,)):
        raise UnseenError(_UNKNOWN)


def _host(origin: str) -> str:
    return origin.partition("^")[0].rpartition("://")[2] or origin


def _default(window: Window, folder: str, kind: str) -> str:
    """Return what the browser does with sites that are not named."""
    name = f"permissions.default.{kind}"
    saved = _saved_prefs(window, f"{folder}/prefs.js")
    own = _own_prefs(window, f"{folder}/user.js", (name, _NEVER_ASKS))
    if kind != "desktop-notification" and own.get(_NEVER_ASKS, saved.get(_NEVER_ASKS)) == "true":
        return ALL
    number = own.get(name, saved.get(name))
    if number is None:
        if near_miss(name, saved) or near_miss(_NEVER_ASKS, saved):
            raise UnseenError(_UNKNOWN)
        # The browser saves its settings in alphabetical order: one behind the wanted place shows
        # that the file was not cut before it.
        if not any(other > name for other in saved):
            message = "the browser's settings look cut off"
            raise UnseenError(message)
        return NONE
    if not number.isdecimal() or int(number) not in _DEFAULTS:
        raise UnseenError(_UNKNOWN)
    return _DEFAULTS[int(number)]


def _saved_prefs(window: Window, path: str) -> dict[str, str]:
    """Return the settings that the browser saved, name to value as written."""
    try:
        text = window.text(path)
    except MissingError:
        message = "a profile of the browser has no settings file"
        raise UnseenError(message) from None
    found: dict[str, str] = {}
    if not text.endswith("\n"):
        message = "the browser's settings are cut in the middle of a line"
        raise UnseenError(message)
    for line in text.splitlines():
        match = _PREF.fullmatch(line)
        if match:
            found[match[1]] = match[2]
        elif line.strip() and not line.lstrip().startswith(("//", "#", "/*", "*")):
            raise UnseenError(_UNKNOWN)
    return found


def _own_prefs(window: Window, path: str, wanted: tuple[str, ...]) -> dict[str, str]:
    """Return the settings that the person wrote by hand, which win at every start.

    Raises:
        UnseenError: When a wanted name stands in a line that is neither a setting nor a comment.
    """
    try:
        text = window.text(path)
    except MissingError:
        return {}
    found: dict[str, str] = {}
    for raw in re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL).splitlines():
        line = raw.strip()
        match = _PREF.match(line)
        rest = line[match.end() :].lstrip() if match else line
        if match:
            found[match[1]] = match[2]
        if not rest.startswith(("//", "#")) and any(name in rest for name in wanted):
            raise UnseenError(_UNKNOWN)
    return found


def _of_policies(window: Window, permission: str) -> list[Grants]:
    """Return what the organisation's policies grant; nothing when there are none."""
    paths = [path for pattern in POLICIES for path in window.matches(pattern)]
    return [
        grants for path in paths if (grants := _of_policy(window, path, permission)).word != NONE
    ]


def _of_policy(window: Window, path: str, permission: str) -> Grants:
    document = parse(window, path)
    entry = _entry(document, ("policies", "Permissions", _POLICY_NAMES[permission]))
    allowed = entry.get("Allow", [])
    if not isinstance(allowed, list):
        raise UnseenError(_UNKNOWN)
    return Grants(
        browser="Firefox",
        where=path,
        as_of=window.file(path).modified,
        default=_default_of_policy(_entry(document, ("policies", "Preferences")), permission),
        sites=tuple(_host(str(origin)) for origin in allowed),
        locked=True,
    )


def _default_of_policy(preferences: dict[str, object], permission: str) -> str:
    """Return what a policy's own preferences say of all sites; here only a grant counts."""
    for name in (f"permissions.default.{_TYPES[permission]}", _NEVER_ASKS):
        entry = preferences.get(name)
        value = entry.get("Value") if isinstance(entry, dict) else entry
        if name == _NEVER_ASKS and permission == "notifications":
            continue
        if value in (_ALLOW, True):
            return ALL
    return NONE


def _entry(document: object, keys: tuple[str, ...]) -> dict[str, object]:
    """Return a nested table, empty where a step is not there."""
    for key in keys:
        if not isinstance(document, dict):
            raise UnseenError(_UNKNOWN)
        document = document.get(key, {})
    if not isinstance(document, dict):
        raise UnseenError(_UNKNOWN)
    return document


def _of_the_system(window: Window, permission: str) -> list[Grants]:
    """Refuse to call anything not granted where preferences for everybody speak of it."""
    wanted = (f"permissions.default.{_TYPES[permission]}", _NEVER_ASKS)
    for path in (path for pattern in SYSTEM_PREFS for path in window.matches(pattern)):
        lines = (line.strip() for line in window.text(path).splitlines())
        said = [line for line in lines if not line.startswith(("//", "#", "*", "/*"))]
        if any(name in line for name in wanted for line in said):
            message = "preferences for all accounts of this computer speak of it"
            raise UnseenError(message)
    return []
