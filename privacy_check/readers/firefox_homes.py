"""Finds the profiles of the Firefox family, and what policies and systems say to all of them.

Profiles are the listed ones and any folder beside them that looks like one. Sources: Firefox's
toolkit/profile, browser/components/enterprisepolicies.
"""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.raw import near_miss
from privacy_check.readers.textfiles import parse as parse_sections
from privacy_check.record import record

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
        f"{_FLATPAK}/io.gitlab.librewolf-community/config/librewolf/librewolf",
    ),
    "Waterfox": (
        "~/.waterfox",
        "~/.config/waterfox",
        f"{_FLATPAK}/net.waterfox.waterfox/.waterfox",
        f"{_FLATPAK}/net.waterfox.waterfox/config/waterfox",
    ),
    "Zen": (
        "~/.zen",
        "~/.config/zen",
        f"{_FLATPAK}/app.zen_browser.zen/.zen",
        f"{_FLATPAK}/app.zen_browser.zen/config/zen",
    ),
    "Floorp": (
        "~/.floorp",
        "~/.config/floorp",
        f"{_FLATPAK}/one.ablaze.floorp/.floorp",
        f"{_FLATPAK}/one.ablaze.floorp/config/floorp",
    ),
}
"""The folders that hold each browser's profiles: as a system package, a Flatpak, a snap.

Newer versions may use the folder for settings; where it is not there, nothing is lost.
"""

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
    "/usr/lib/firefox*/*.cfg",
    "/usr/lib/firefox*/defaults/pref/*.js",
    "/usr/lib64/firefox*/*.cfg",
    "/usr/lib64/firefox*/defaults/pref/*.js",
    "/opt/firefox*/*.cfg",
    "/opt/firefox*/defaults/pref/*.js",
)
"""Files in which a distribution or an organisation sets preferences for everybody.

The one with settings of an organisation has the name that a file below `defaults` gives it.
"""

_NAMES_A_FILE, _OBSCURED = "general.config.filename", "general.config.obscure_value"
"""What names the organisation's file; its letters are moved on unless the other is 0."""

UNKNOWN = "the browser's profile has a form that we do not know"


@record
class Home:
    """A folder of one browser with the profiles that were used; `unseen` says why none is known."""

    browser: str
    root: str
    profiles: tuple[str, ...] = ()
    unseen: str = ""


def used(window: Window) -> tuple[Home, ...]:
    """Return the folders that hold profiles, or that cannot be looked into."""
    return window.once("firefox homes", lambda: tuple(_used(window)))


def _used(window: Window) -> Iterator[Home]:
    for browser, roots in BROWSERS.items():
        for root in roots:
            try:
                profiles = tuple(_profiles(window, root))
            except UnseenError as error:
                yield Home(browser=browser, root=root, unseen=str(error))
                continue
            if profiles:
                yield Home(browser=browser, root=root, profiles=profiles)


def _profiles(window: Window, root: str) -> Iterator[str]:
    """Yield the profile folders that have been used.

    A listed one that is not there now, perhaps on another disk, cannot be called empty.
    """
    try:
        folders = [f"{root}/{name}" for name in window.folders(root)]
    except MissingError:
        return
    listed = set(_listed_profiles(window, root))
    beside = {f"{root}/{name}" for name in window.names(root)}
    for folder in sorted({*folders, *listed}):
        used = any(window.exists(f"{folder}/{name}") for name in ("prefs.js", "permissions.sqlite"))
        away = folder in listed and (folder in beside or not folder.startswith(root))
        if used or (away and not window.exists(folder)):
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


def policies(window: Window) -> Iterator[tuple[str, object]]:
    """Yield the path and the content of each policy file of an organisation."""
    for path in (path for pattern in POLICIES for path in window.matches(pattern)):
        yield path, parse(window, path)


def entry(document: object, keys: tuple[str, ...]) -> dict[str, object]:
    """Return a nested table, empty where a step is not there."""
    for key in keys:
        if not isinstance(document, dict) or near_miss(key, document):
            raise UnseenError(UNKNOWN)
        document = document.get(key, {})
    if not isinstance(document, dict):
        raise UnseenError(UNKNOWN)
    return document


def must_not_be_for_everybody(window: Window, names: tuple[str, ...]) -> None:
    """Refuse to go by a profile where preferences for everybody speak of the same.

    Raises:
        UnseenError: When they do.
    """
    said = window.once("firefox for everybody", lambda: tuple(_said_to_everybody(window)))
    if any(name in line for name in names for line in said):
        message = "preferences for all accounts of this computer speak of it"
        raise UnseenError(message)
    plain = any(_OBSCURED in line and line.replace(" ", "").endswith(",0);") for line in said)
    if any(_NAMES_A_FILE in line for line in said) and not plain:
        message = "preferences for all accounts of this computer are written in a code"
        raise UnseenError(message)


def _said_to_everybody(window: Window) -> Iterator[str]:
    for path in (path for pattern in SYSTEM_PREFS for path in window.matches(pattern)):
        for line in window.text(path).splitlines():
            if not line.strip().startswith(("//", "#", "*", "/*")):
                yield line.rstrip()
