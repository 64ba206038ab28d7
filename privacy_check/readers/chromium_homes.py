"""Finds the profiles of the Chromium family, their preferences, and policies for them.

Profiles are found by what is on disk, whether or not the browser's own index lists them. Sources:
Chromium's docs/user_data_dir.md, components/policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.jsonfile import parse
from privacy_check.record import record

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

_CHROME_KINDS = ("", "-beta", "-unstable", "-canary", "-for-testing")
_LEVELS = ("managed", "recommended")
_NO_PROFILES = ("Guest Profile", "System Profile")
UNKNOWN = "the browser's preferences have a form that we do not know"


@record
class Home:
    """A folder of one browser with the profiles that were used; `unseen` says why none is known."""

    browser: str
    root: str
    profiles: tuple[str, ...] = ()
    unseen: str = ""


def used(window: Window) -> tuple[Home, ...]:
    """Return the folders that hold profiles, or that cannot be looked into."""
    return window.once("chromium homes", lambda: tuple(_used(window)))


def _used(window: Window) -> Iterator[Home]:
    known = set()
    places = [(browser, root) for browser, roots in BROWSERS.items() for root in roots]
    for browser, root in (*places, *_chosen_roots(window)):
        try:
            place = window.place(root)
            profiles = () if place in known else tuple(_profiles(window, root))
        except UnseenError as error:
            yield Home(browser=browser, root=root, unseen=str(error))
            continue
        known.add(place)
        if profiles:
            yield Home(browser=browser, root=root, profiles=profiles)


def _chosen_roots(window: Window) -> Iterator[tuple[str, str]]:
    """Yield the folders that the session's own variables name, each with its browser."""
    base = window.machine.environment("CHROME_CONFIG_HOME")
    whole = window.machine.environment("CHROME_USER_DATA_DIR")
    if base.startswith("/"):
        yield "Chromium", f"{base}/chromium"
        yield from (("Chrome", f"{base}/google-chrome{kind}") for kind in _CHROME_KINDS)
    if whole.startswith("/"):
        yield "Chromium", whole


def _profiles(window: Window, root: str) -> Iterator[str]:
    try:
        folders = window.folders(root)
    except MissingError:
        return
    if window.exists(f"{root}/Preferences"):
        yield root
    named = _named_profiles(window, root)
    # A listed profile that is a link to a place that is not there now cannot be called empty.
    links = [name for name in window.names(root) if name in named and name not in folders]
    for name in sorted({*folders, *links}):
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


def preferences(window: Window, profile: str) -> dict[str, object]:
    """Return a profile's saved preferences.

    Raises:
        UnseenError: When they are not there, or are not those of a browser.
    """
    try:
        document = parse(window, f"{profile}/Preferences")
    except MissingError:
        message = "a profile of the browser has no preferences"
        raise UnseenError(message) from None
    found = table(document)
    table(table(found, "profile"), "content_settings")
    return found


def table(value: object, key: str = "") -> dict[str, object]:
    """Return a table, or the table below a key of it.

    Raises:
        UnseenError: When there is no such table.
    """
    found = value.get(key) if key and isinstance(value, dict) else value
    if not isinstance(found, dict):
        raise UnseenError(UNKNOWN)
    return found


def policies(window: Window, browser: str, level: str = "") -> Iterator[dict[str, object]]:
    """Yield the policies of an organisation for a browser, file by file."""
    levels = (level,) if level else _LEVELS
    folders = [f"{base}/{name}" for base in POLICIES.get(browser, ()) for name in levels]
    for folder in folders:
        for path in _files_in(window, folder):
            yield _policy(window, path)


def must_not_be_managed_from_afar(window: Window, home: Home) -> None:
    """Refuse a browser with policies from a server, which are kept in a form of their own.

    Raises:
        UnseenError: When there are some.
    """
    signs = [f"{home.root}/Policy/Machine Level User Cloud Policy"]
    signs += [f"{profile}/Policy/User Policy" for profile in home.profiles]
    if any(window.exists(path) for path in signs):
        message = "an organisation manages this browser from a server"
        raise UnseenError(message)


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
        return table(parse(window, path))
    except UnseenError as error:
        message = f"a file in {path.rpartition('/')[0]} cannot be followed ({error})"
        raise UnseenError(message) from None
