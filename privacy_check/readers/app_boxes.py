"""Finds apps that are installed as Flatpak apps or snaps.

What a removed app leaves behind, a folder without a deployment or the person's own files, does not
count. Sources: flatpak/flatpak : common/flatpak-dir.c; snapcore/snapd : dirs/dirs.go, snap/info.go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.app_notes import Notes, named
from privacy_check.readers.textfiles import parse
from privacy_check.rulebook.catalogue import App

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FLATPAKS = ("/var/lib/flatpak", "~/.local/share/flatpak")
_MORE_FLATPAKS = "/etc/flatpak/installations.d/*.conf"
_ABOUT = ("metainfo/{}.metainfo.xml", "metainfo/{}.appdata.xml", "appdata/{}.appdata.xml")
_LONGEST_ABOUT = 2 * 1024 * 1024
"""Characters; a longer description of an app is not read, and its version stays unknown."""

_SNAPS = ("/snap", "/var/lib/snapd/snap")
_KEPT_SNAPS = "/var/lib/snapd/snaps"
_PLAIN = re.compile(r"'([^']*)'|\"([^\"\\]*)\"|([^\s'\"#][^#]*?)")
"""A plain YAML value on one line: in quotes, or without."""


def flatpaks(apps: Sequence[App], window: Window) -> Notes:
    """Return the apps that are deployed as Flatpak apps."""
    notes = Notes("Flatpak apps")
    for base in FLATPAKS:
        try:
            here = frozenset(window.folders(f"{base}/app"))
        except MissingError:
            continue
        except UnseenError as error:
            notes.fail(error)
            continue
        notes.answered(system=base == FLATPAKS[0])
        for app, ids in named(apps, "flatpaks"):
            if app in here:
                _note_flatpak(app, ids, base, window, notes)
    _note_more_flatpaks(window, notes)
    return notes


def _note_flatpak(app: str, ids: list[str], base: str, window: Window, notes: Notes) -> None:
    try:
        for folder in deployed(app, base, window):
            name = parse(window.text(f"{folder}/metadata"), comments="#").get("Application", "name")
            if name == app:
                notes.add(ids, "flatpak", f"Flatpak app {app}", _version_in(folder, app, window))
            else:
                notes.doubt(ids, f"the Flatpak app {app} gives itself another name")
    except UnseenError as error:
        notes.doubt(ids, f"the Flatpak app {app} cannot be seen: {error}")


def deployed(app: str, base: str, window: Window) -> Iterator[str]:
    """Yield the folder of each branch of a Flatpak app that is deployed."""
    yield from window.matches(f"{base}/app/{app}/*/*/active")


def _note_more_flatpaks(window: Window, notes: Notes) -> None:
    """Note that Flatpak keeps apps in places that are not looked at."""
    try:
        own = window.machine.environment("FLATPAK_USER_DIR")
        elsewhere = own not in ("", window.place(FLATPAKS[1])) or window.matches(_MORE_FLATPAKS)
    except UnseenError as error:
        notes.fail(error)
        return
    if elsewhere or window.machine.environment("FLATPAK_SYSTEM_DIR"):
        notes.fail("some are kept in a further place, which is not read")


def _version_in(folder: str, app: str, window: Window) -> str:
    """Return the first version in an app's own description, empty where none can be read."""
    for name in _ABOUT:
        try:
            text = window.text(f"{folder}/files/share/{name.format(app)}")
        except UnseenError:
            continue
        return _first_release(text)
    return ""


def _first_release(text: str) -> str:
    """Return the first version in an AppStream description.

    Whoever wrote it may have meant harm: one that declares entities, or is very long, is not read.
    """
    if len(text) > _LONGEST_ABOUT or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return ""
    root = _parsed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    release = root.find("releases/release") if root is not None else None
    return release.get("version", "") if release is not None else ""


def _parsed(text: str) -> Element | None:
    from xml.etree import ElementTree  # slow to import, needed for an installed app only

    try:
        return ElementTree.fromstring(text)  # noqa: S314 - a file that declares entities was refused
    except (ElementTree.ParseError, ValueError):
        return None


def snaps(apps: Sequence[App], window: Window) -> Notes:
    """Return the apps that are there as snaps."""
    notes = Notes("snap apps")
    for base in _SNAPS:
        try:
            window.names(base)
        except MissingError:
            continue
        except UnseenError as error:
            notes.fail(error)
            continue
        notes.answered(system=True)
        for snap, ids in named(apps, "snaps"):
            _note_snap(snap, ids, f"{base}/{snap}/current", window, notes)
    _note_sleeping(apps, window, notes)
    return notes


def _note_snap(snap: str, ids: list[str], folder: str, window: Window, notes: Notes) -> None:
    where = f"snap {snap}"
    try:
        if not window.exists(folder):
            return
        text = window.text(f"{folder}/meta/snap.yaml")
    except UnseenError as error:
        notes.doubt(ids, f"the {where} cannot be seen: {error}")
        return
    if _key(text, "name") == snap:
        notes.add(ids, "snap", where, _key(text, "version"))
    else:
        notes.doubt(ids, f"the {where} does not give its own name")


def _note_sleeping(apps: Sequence[App], window: Window, notes: Notes) -> None:
    """Note snaps that are kept here, but switched off, or not opened in a copy of files."""
    try:
        kept = window.names(_KEPT_SNAPS)
    except MissingError:
        return
    except UnseenError as error:
        notes.fail(error)
        return
    for snap, ids in named(apps, "snaps"):
        if any(fnmatchcase(name, f"{snap}_*.snap") for name in kept):
            notes.doubt(
                ids, f"the snap {snap} is kept here, and whether it is switched on is not seen"
            )


def _key(text: str, key: str) -> str:
    """Return a plain value of the top level of a YAML text, empty where there is not just one."""
    lines = [line for line in text.split("\n") if line.startswith(f"{key}:")]
    found = _PLAIN.fullmatch(lines[0].removeprefix(f"{key}:").strip()) if len(lines) == 1 else None
    return next((value for value in found.groups() if value), "") if found else ""
