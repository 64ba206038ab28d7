"""Finds apps by the desktop files that put them into the menu.

Many programs may have a desktop file of one name, so it has to start the app's own program, or to
open the app's own links. One whose program is gone was left behind. Sources: the Desktop Entry
specification; flatpak/flatpak : common/flatpak-dir.c and snapcore/snapd : wrappers/desktop.go, on
how both rewrite such files.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.app_boxes import FLATPAKS, deployed
from privacy_check.readers.app_notes import Notes
from privacy_check.readers.raw import near_miss
from privacy_check.readers.textfiles import parse
from privacy_check.record import record
from privacy_check.rulebook.catalogue import App, DesktopEntry

_OWN = "~/.local/share/applications"
_USUAL = ("/usr/local/share", "/usr/share")
_SNAPS = "/var/lib/snapd/desktop/applications"
_EXPORTED = tuple(f"{base}/exports/share/applications" for base in FLATPAKS)
_SECTION = "Desktop Entry"
_LINKS = "x-scheme-handler/"
_TRUE = ("true", "1")
_WITH_NAME = ("-u", "-C", "--unset", "--chdir")
"""Options of `env` whose value may be the next word."""

_PROGRAMS = (
    *("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/games", "/usr/games"),
    *("/usr/local/sbin", "/usr/sbin", "/snap/bin", "/var/lib/snapd/snap/bin"),
    *("~/.local/bin", "~/bin"),
)
"""Where a program named without a folder may lie, besides what the session names itself."""


@record
class _File:
    """A desktop file as far as it is needed.

    `programs` are what it starts, with folders where it names any; `whole` is false for a file
    without an end of its last line.
    """

    programs: tuple[str, ...]
    flatpak: str
    schemes: tuple[str, ...]
    hidden: bool
    whole: bool

    def bases(self) -> tuple[str, ...]:
        """Return the programs' names without folders."""
        return tuple(program.rpartition("/")[2] for program in self.programs)


def look(apps: Sequence[App], window: Window) -> Notes:
    """Return the apps that a desktop file shows."""
    notes = Notes("desktop files")
    for folder, shared in _folders(window):
        try:
            names = window.names(folder)
        except MissingError:
            continue
        except UnseenError as error:
            notes.fail(error)
            continue
        notes.answered(system=shared)
        for app in apps:
            for entry in app.linux.entries:
                for name in _matching(names, entry, app, folder):
                    _note(f"{folder}/{name}", entry, app.id, window, notes)
    return notes


def _folders(window: Window) -> Iterator[tuple[str, bool]]:
    """Yield the folders of desktop files once each, and whether the system itself uses it."""
    shared = dict.fromkeys((*window.data_folders(), *_USUAL))
    usual = [f"{folder}/applications" for folder in shared]
    others = [folder for folder in (_OWN, _SNAPS, *_EXPORTED) if folder not in usual]
    yield from ((folder, folder.removesuffix("/applications") in _USUAL) for folder in usual)
    yield from ((folder, False) for folder in others)


def _matching(names: tuple[str, ...], entry: DesktopEntry, app: App, folder: str) -> Iterator[str]:
    """Yield the files that bear an entry's name; snapd puts the snap's name in front."""
    forms = [entry.name]
    if folder == _SNAPS:
        forms += [f"{snap}_{entry.name}" for snap in app.linux.snaps]
    yield from (name for name in names if any(fnmatchcase(name, form) for form in forms))


def _note(path: str, entry: DesktopEntry, app: str, window: Window, notes: Notes) -> None:
    try:
        if _shows(_file(path, window), entry, window):
            notes.add([app], "desktop-file", path)
    except UnseenError as error:
        notes.doubt([app], f"the desktop file {path} cannot be followed: {error}")


def _shows(found: _File, entry: DesktopEntry, window: Window) -> bool:
    """Say whether a file of an entry's name shows the app.

    Raises:
        UnseenError: When it may, and is damaged, or names a program that may be gone.
    """
    if found.hidden:
        return False
    if _is_of(found, entry):
        return _is_there(found, window)
    if not found.whole or _is_nearly_of(found, entry):
        message = "it is damaged"
        raise UnseenError(message)
    return False


def _is_of(found: _File, entry: DesktopEntry) -> bool:
    starts = any(base in entry.programs for base in found.bases())
    return starts or any(scheme in entry.handles for scheme in found.schemes)


def _is_nearly_of(found: _File, entry: DesktopEntry) -> bool:
    """Say whether a name in a file differs from a wanted one by a slip, a sign of damage."""
    bases, schemes = found.bases(), found.schemes
    return any(near_miss(name, bases) for name in entry.programs) or any(
        near_miss(name, schemes) for name in entry.handles
    )


def _file(path: str, window: Window) -> _File:
    def read() -> _File:
        text = window.text(path)
        whole = text.endswith("\n")
        values = parse(text if whole else f"{text}\n", comments="#").values.get(_SECTION, {})
        words = _words(values.get("Exec", ""))
        flatpak = _flatpak(words)
        tried = values.get("TryExec", "")
        started = _commands(words) if flatpak else words[:1]
        programs = (*started, tried) if tried else tuple(started)
        kinds = values.get("MimeType", "").split(";")
        return _File(
            programs=programs,
            flatpak=flatpak,
            schemes=tuple(kind.removeprefix(_LINKS) for kind in kinds if kind.startswith(_LINKS)),
            hidden=values.get("Hidden", "").lower() in _TRUE,
            whole=whole,
        )

    return window.once(("desktop file", path), read)


def _words(command: str) -> list[str]:
    """Return the program and the arguments of a command, without `env` and what it sets.

    Raises:
        UnseenError: When its quotes do not match.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        message = "its command is damaged"
        raise UnseenError(message) from None
    if words and words[0].rpartition("/")[2] == "env":
        words = words[1:]
        while words and ("=" in words[0] or words[0].startswith("-")):
            words = words[2 if words[0] in _WITH_NAME else 1 :]
    return words


def _flatpak(words: list[str]) -> str:
    """Return the id of the Flatpak app that a command runs, empty where it runs none."""
    if len(words) < 2 or words[0].rpartition("/")[2] != "flatpak" or words[1] != "run":
        return ""
    return next((word for word in words[2:] if not word.startswith(("-", "@"))), "")


def _commands(words: list[str]) -> list[str]:
    """Return what is started inside a Flatpak app."""
    mark = "--command="
    return [word.removeprefix(mark) for word in words if word.startswith(mark)]


def _is_there(found: _File, window: Window) -> bool:
    """Say whether what a file starts is still there.

    Raises:
        UnseenError: When that cannot be told.
    """
    if found.flatpak:
        return any(any(deployed(found.flatpak, base, window)) for base in FLATPAKS)
    absolute = [program for program in found.programs if program.startswith("/")]
    if not all(window.exists(program) for program in absolute):
        return False
    for program in found.programs:
        if program not in absolute and not _is_in_reach(program, window):
            message = "its program was not found"
            raise UnseenError(message)
    return True


def _is_in_reach(program: str, window: Window) -> bool:
    """Say whether a program named without a folder lies in one of the usual places.

    A computer without such places keeps its programs elsewhere, and then nothing is held against
    the file.
    """
    path = window.machine.environment("PATH").split(":")
    folders = dict.fromkeys((*(part for part in path if part.startswith("/")), *_PROGRAMS))
    here = [folder for folder in folders if _exists(folder, window)]
    return not here or any(window.exists(f"{folder}/{program}") for folder in here)


def _exists(folder: str, window: Window) -> bool:
    try:
        return window.exists(folder)
    except UnseenError:
        return False
