"""What one run has seen of a computer: each file, folder and list once, whoever asks.

The window also knows what `~/.config` and its like mean on that computer.
"""

from __future__ import annotations

import fnmatch
import threading
import time
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from privacy_check.machine.interface import (
    BusQuestion,
    File,
    Holder,
    Machine,
    MissingError,
    Permissions,
    Processes,
    UnseenError,
)

T = TypeVar("T")

DEADLINE = 2.0
"""Seconds that all readings of a run may take together."""

LONGEST_ANSWER = 0.9
"""Seconds that one program on a bus may take, so that time is left to look elsewhere."""

_XDG = {
    "~/.config": "XDG_CONFIG_HOME",
    "~/.local/share": "XDG_DATA_HOME",
    "~/.local/state": "XDG_STATE_HOME",
    "~/.cache": "XDG_CACHE_HOME",
}


class Window:
    """A machine seen through a memory; safe to share between threads."""

    def __init__(self, machine: Machine, *, deadline: float = DEADLINE) -> None:
        """Take the machine; the deadline (seconds) counts from now."""
        self.machine = machine
        self._ends = time.monotonic() + deadline
        self._lock = threading.Lock()
        self._cells: dict[Hashable, _Cell] = {}
        named = ((usual, name, machine.environment(name)) for usual, name in _XDG.items())
        self._chosen = [item for item in named if item[2].startswith("/")]

    def left(self) -> float:
        """Return the seconds left until the deadline, at least a little more than none."""
        return max(self._ends - time.monotonic(), 0.001)

    def is_over(self) -> bool:
        """Say whether the deadline has passed."""
        return time.monotonic() >= self._ends

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gave for this key, calling it the first time only.

        Whoever asks meanwhile waits; an error is remembered and raised again.
        """
        with self._lock:
            cell = self._cells.setdefault(key, _Cell())
        return cast("T", cell.get(make))

    def file(self, path: str) -> File:
        """Return a file. `~` and the XDG folders are known."""
        where = self.place(path)
        return self.once(("file", where), lambda: self.machine.read(where))

    def text(self, path: str) -> str:
        """Return a file as UTF-8 text, without a byte order mark."""
        data = self.file(path).data
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            message = "it is damaged: not UTF-8 text"
            raise UnseenError(message) from None

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        where = self.place(path)
        return self.once(("names", where), lambda: self.machine.names(where))

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder."""
        where = self.place(path)
        return self.once(("folders", where), lambda: self.machine.folders(where))

    def exists(self, path: str) -> bool:
        """Say whether something is there."""
        where = self.place(path)
        return self.once(("exists", where), lambda: self.machine.exists(where))

    def matches(self, pattern: str) -> tuple[str, ...]:
        """Return the paths that fit a pattern with `*` in its names, sorted; `~` stays `~`."""
        start, *parts = pattern.split("/")
        found = [start]
        for i, part in enumerate(parts, 1):
            last = i == len(parts)
            found = [path for base in found for path in self._children(base, part, last=last)]
        return tuple(found)

    def _children(self, base: str, part: str, *, last: bool) -> list[str]:
        if "*" not in part:
            return [f"{base}/{part}"] if self.exists(f"{base}/{part}") else []
        try:
            names = self.names(base or "/") if last else self.folders(base or "/")
        except MissingError:
            return []
        shown = (name for name in names if part.startswith(".") or not name.startswith("."))
        return [f"{base}/{name}" for name in shown if fnmatch.fnmatchcase(name, part)]

    def permissions(self, path: str) -> Permissions:
        """Return who may do what with a path."""
        where = self.place(path)
        return self.once(("permissions", where), lambda: self.machine.permissions(where))

    def command(self, name: str) -> bytes:
        """Return what a command of the fixed list prints."""
        return self.once(("command", name), lambda: self.machine.command(name, self.left()))

    def processes(self) -> Processes:
        """Return the running programs."""
        return self.once("processes", self.machine.processes)

    def holders(self, prefixes: tuple[str, ...]) -> tuple[Holder, ...]:
        """Return who of this account holds such device files."""
        return self.once(("holders", prefixes), lambda: self.machine.holders(prefixes))

    def ask(self, question: BusQuestion) -> tuple[object, ...]:
        """Return a program's answer on a bus."""
        seconds = min(self.left(), LONGEST_ANSWER)
        return self.once(("ask", question), lambda: self.machine.ask(question, seconds))

    def place(self, path: str) -> str:
        """Return the absolute path of `~/…` on this machine.

        Raises:
            UnseenError: When the home folder itself is not there, since then nothing below it
                can be called absent.
        """
        if not path.startswith("~/"):
            return path
        for usual, variable, chosen in self._chosen:
            if f"{path}/".startswith(f"{usual}/"):
                self._chosen_is_there(chosen, variable)
                return chosen.rstrip("/") + path.removeprefix(usual)
        self.once("home", self._home_is_there)
        return self.machine.home.rstrip("/") + path.removeprefix("~")

    def _chosen_is_there(self, folder: str, variable: str) -> None:
        """Refuse a folder that is not there, or that a single app's terminal hands down."""
        home = self.machine.home.rstrip("/")
        if folder.startswith((f"{home}/snap/", f"{home}/.var/app/")):
            message = f"{variable} names the folder of a single app, from whose terminal this runs"
            raise UnseenError(message)
        name = f"the folder that {variable} names"
        self.once(("there", folder), lambda: self._folder_is_there(folder, name))

    def _home_is_there(self) -> None:
        if not self.machine.home.startswith("/"):
            message = "this session names no home folder"
            raise UnseenError(message)
        self._folder_is_there(self.machine.home, "the home folder")

    def _folder_is_there(self, folder: str, name: str) -> None:
        """Refuse to call anything absent below a folder that is itself not there."""
        try:
            self.machine.names(folder)
        except MissingError:
            message = f"{name} is not there"
            raise UnseenError(message) from None
        except UnseenError as error:
            message = f"{name} cannot be seen: {error}"
            raise UnseenError(message) from None

    def config_folders(self) -> tuple[str, ...]:
        """Return the system's configuration folders, the most important first."""
        return self._folders("XDG_CONFIG_DIRS", "/etc/xdg")

    def data_folders(self) -> tuple[str, ...]:
        """Return the system's data folders, the most important first."""
        return self._folders("XDG_DATA_DIRS", "/usr/local/share:/usr/share")

    def _folders(self, variable: str, usual: str) -> tuple[str, ...]:
        listed = (self.machine.environment(variable) or usual).split(":")
        return tuple(folder.rstrip("/") for folder in listed if folder.startswith("/"))


class _Cell:
    """A place for one result, filled by the first who asks."""

    __slots__ = ("_done", "_error", "_lock", "_value")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done = False
        self._value: object = None
        self._error: UnseenError | None = None

    def get(self, make: Callable[[], object]) -> object:
        with self._lock:
            if not self._done:
                try:
                    self._value = make()
                except UnseenError as error:
                    self._error = error
                self._done = True
        if self._error is not None:
            raise self._error
        return self._value
