"""Counts added extensions of the Firefox family that can read every site.

Only extensions that are switched on count, never the browser's own parts or themes. Their names
stay here. Sources: Firefox's toolkit/mozapps/extensions/internal/XPIDatabase.sys.mjs and
toolkit/components/extensions/ExtensionPermissions.sys.mjs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.browsers import Said, told
from privacy_check.readers.extensions import counted, number, reach_every_site, texts
from privacy_check.readers.firefox_homes import UNKNOWN, Home
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.raw import Found, near_miss

_BUILT_IN = (
    "app-builtin",
    "app-builtin-addons",
    "app-system-addons",
    "app-system-defaults",
    "app-system-profile",
)
"""Where the browser keeps its own parts."""

_NO_EXTENSIONS = ("theme", "locale", "dictionary", "sitepermission", "mlmodel")


def read(window: Window, homes: tuple[Home, ...]) -> Found:
    """Return `some` or `none` over all profiles, with the number of extensions."""
    return told(_sources(window, homes))


def _sources(window: Window, homes: tuple[Home, ...]) -> Iterator[Callable[[], list[Said]]]:
    for home in homes:
        if home.unseen:
            yield partial(_unseen, home.unseen)
        for profile in home.profiles:
            yield partial(_of_profile, window, home, profile)


def _unseen(reason: str) -> list[Said]:
    raise UnseenError(reason)


def _of_profile(window: Window, home: Home, profile: str) -> list[Said]:
    path = f"{profile}/extensions.json"
    try:
        document = parse(window, path)
    except MissingError:
        message = "a profile of the browser has no list of extensions"
        raise UnseenError(message) from None
    addons = document.get("addons") if isinstance(document, dict) else None
    if not isinstance(addons, list) or not addons:
        raise UnseenError(UNKNOWN)
    found = number(partial(_is_wide, window, profile, addon) for addon in addons)
    return [counted(home.browser, home.root, window.file(path).modified, found)]


def _is_wide(window: Window, profile: str, addon: object) -> bool:
    """Say whether an entry is an added extension that is switched on and can read every site."""
    if not isinstance(addon, dict):
        raise UnseenError(UNKNOWN)
    match addon:
        case {"id": str(), "type": str(kind), "location": str(location), "active": bool(active)}:
            added = active and kind not in _NO_EXTENSIONS and location not in _BUILT_IN
            return added and _reads_every_site(window, profile, addon)
        case _:
            raise UnseenError(UNKNOWN)


def _reads_every_site(window: Window, profile: str, addon: dict[str, object]) -> bool:
    required = _origins(addon.get("userPermissions"))
    if reach_every_site(required):
        return True
    wished = [*_origins(addon.get("optionalPermissions")), *_asked(addon)]
    if not reach_every_site(wished):
        return False
    granted = _granted(window, profile, str(addon["id"]))
    return reach_every_site(granted)


def _asked(addon: dict[str, object]) -> list[str]:
    """Return what newer extensions ask for, and a person may take back; older profiles lack it."""
    if addon.get("requestedPermissions") is None:
        return []
    return _origins(addon["requestedPermissions"])


def _granted(window: Window, profile: str, name: str) -> list[str]:
    """Return the sites that were granted to an extension beyond what it needs.

    Raises:
        UnseenError: When the grants are kept where we cannot read them.
    """
    if window.exists(f"{profile}/extension-store-permissions"):
        message = "the browser keeps what extensions may do in a form that we cannot read"
        raise UnseenError(message)
    try:
        document = parse(window, f"{profile}/extension-preferences.json")
    except MissingError:
        message = "the list of what extensions may do is not there"
        raise UnseenError(message) from None
    if not isinstance(document, dict) or near_miss(name, document):
        raise UnseenError(UNKNOWN)
    return _origins(document[name]) if name in document else []


def _origins(permissions: object) -> list[str]:
    if not isinstance(permissions, dict) or "origins" not in permissions:
        raise UnseenError(UNKNOWN)
    return texts(permissions["origins"])
