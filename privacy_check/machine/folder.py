"""A copy of a computer's files below a folder: a mounted disk, a backup, a test.

Links are followed as if the folder were the root of the file system, so that none leads out of it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

from privacy_check.machine import files, proc
from privacy_check.machine.interface import (
    BusQuestion,
    File,
    Holder,
    MissingError,
    NoBusError,
    Permissions,
    Processes,
    UnseenError,
)

_MOST_LINKS = 40
_KEPT_VARIABLES = ("XDG_CURRENT_DESKTOP",)


class FolderMachine:
    """The files below a folder, seen as a Linux computer at rest."""

    live = False
    platform = "linux"

    def __init__(self, root: str | os.PathLike[str], home: str, now: dt.datetime) -> None:
        """Take the folder, the home folder inside it, and the time to compare dates with."""
        self._root = os.path.realpath(root)
        self._now = now
        self.home = home
        self.user = self._owner_of_home()

    def _owner_of_home(self) -> int:
        try:
            return os.stat(self._inside(self.home)).st_uid
        except (OSError, UnseenError):
            return 0

    def now(self) -> dt.datetime:
        """Return the time of the run."""
        return self._now

    def environment(self, name: str) -> str:
        """Return the desktop named for this run; nothing else of our session counts there."""
        return os.environ.get(name, "") if name in _KEPT_VARIABLES else ""

    def read(self, path: str) -> File:
        """Return a regular file."""
        return files.read_file(self._inside(path))

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        return files.list_folder(self._inside(path))

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder."""
        return tuple(name for name in self.names(path) if self._is_folder(f"{path}/{name}"))

    def _is_folder(self, path: str) -> bool:
        try:
            return os.path.isdir(self._inside(path))
        except UnseenError:
            return False  # a link that leads nowhere, or to itself

    def exists(self, path: str) -> bool:
        """Say whether something is there."""
        try:
            return files.is_there(self._inside(path))
        except MissingError:
            return False

    def real(self, path: str) -> str:
        """Return the path with all links followed, as seen from inside the folder."""
        inside = self._inside(path)
        return inside.removeprefix(self._root) or "/"

    def permissions(self, path: str) -> Permissions:
        """Return who may do what with a path of the copy; it is the mode that counts here."""
        return files.permissions(self._inside(path))

    def command(self, name: str, seconds: float) -> bytes:
        """Say that nothing runs there."""
        message = "a copy of files runs no programs"
        raise UnseenError(message)

    def processes(self) -> Processes:
        """Return the programs of a saved `/proc`; that others do not run is never known."""
        if not self.exists("/proc"):
            message = "a copy of files shows no running programs"
            raise UnseenError(message)
        return proc.processes(self._inside("/proc"), self.user, whole=False)

    def holders(self, prefixes: tuple[str, ...]) -> tuple[Holder, ...]:
        """Say that open devices cannot be seen."""
        message = "a copy of files shows no open devices"
        raise UnseenError(message)

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        """Say that nobody can be asked."""
        message = "only the running desktop can tell"
        raise NoBusError(message)

    def _inside(self, path: str) -> str:
        """Return where a path of that computer lies, following its links inside the folder."""
        return os.path.join(self._root, *self._followed(_parts(path), [], iter(range(_MOST_LINKS))))

    def _followed(self, todo: list[str], start: list[str], links: Iterator[int]) -> list[str]:
        """Return the names from the root to a path; `links` is how many more may be followed."""
        done = start
        for part in todo:
            if part == "..":
                done = done[:-1]
                continue
            here = os.path.join(self._root, *done, part)
            if not os.path.islink(here):
                done = [*done, part]
                continue
            if next(links, None) is None:
                message = "a link there leads to itself"
                raise UnseenError(message)
            target = os.readlink(here)
            done = self._followed(_parts(target), [] if target.startswith("/") else done, links)
            if not os.path.lexists(os.path.join(self._root, *done)):
                message = "a link there leads nowhere"
                raise UnseenError(message)
        return done


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".")]
