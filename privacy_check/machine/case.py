"""The small machine that a case in a setting file describes, held in memory."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from privacy_check.machine.interface import (
    BusQuestion,
    File,
    Holder,
    MissingError,
    NoBusError,
    Permissions,
    Process,
    Processes,
    UnseenError,
)

_MOST_LINKS = 40
HOME = "/home/sam"
NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)


@dataclass(slots=True, kw_only=True)
class CaseMachine:
    """A live Linux machine made of a few files, answers and programs."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    variables: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[BusQuestion, tuple[object, ...]] = field(default_factory=dict)
    printed: Mapping[str, bytes] = field(default_factory=dict)
    ages: Mapping[str, dt.timedelta] = field(default_factory=dict)
    modes: Mapping[str, int] = field(default_factory=dict)
    programs: tuple[Process, ...] = ()
    holding: tuple[Holder, ...] = ()
    platform: str = "linux"
    live: bool = True
    home: str = HOME
    user: int = 1000

    def now(self) -> dt.datetime:
        """Return the time at which all cases play."""
        return NOW

    def environment(self, name: str) -> str:
        """Return a variable of the case."""
        return self.variables.get(name, "")

    def read(self, path: str) -> File:
        """Return a file of the case."""
        where = self.real(path)
        self._must_be_open(where)
        if where in self.files:
            return File(data=self.files[where], modified=NOW - self.ages.get(where, dt.timedelta()))
        if where in self._all_folders():
            message = "a folder stands in its place"
            raise UnseenError(message)
        message = "it is not there"
        raise MissingError(message)

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder of the case."""
        where = self.real(path)
        self._must_be_open(where)
        if where not in self._all_folders():
            message = "it is not there"
            raise MissingError(message)
        start = where.rstrip("/") + "/"
        everything = {*self.files, *self.links, *self.denied, *self._all_folders()}
        below = (item.removeprefix(start) for item in everything if item.startswith(start))
        return tuple(sorted({item.split("/")[0] for item in below} - {""}))

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder of the case."""
        start = self.real(path).rstrip("/")
        all_folders = self._all_folders()
        return tuple(
            name for name in self.names(path) if self.real(f"{start}/{name}") in all_folders
        )

    def exists(self, path: str) -> bool:
        """Say whether the case has something there."""
        where = self.real(path)
        self._must_be_open(posixpath.dirname(where))
        return where in {*self.files, *self.denied, *self._all_folders()}

    def real(self, path: str) -> str:
        """Return the path with the case's links followed."""
        for _ in range(_MOST_LINKS):
            link = next((name for name in self.links if f"{path}/".startswith(f"{name}/")), None)
            if link is None:
                return path
            whole = posixpath.join(posixpath.dirname(link), self.links[link])
            path = posixpath.normpath(whole) + path.removeprefix(link)
        message = "a link there leads to itself"
        raise UnseenError(message)

    def permissions(self, path: str) -> Permissions:
        """Return who may do what with a path of the case."""
        where = self.real(path)
        if not self.exists(path):
            message = "it is not there"
            raise MissingError(message)
        usual = 0o755 if where in self._all_folders() else 0o644
        return Permissions(
            mode=self.modes.get(where, usual),
            readable=where not in self.denied,
            modified=NOW - self.ages.get(where, dt.timedelta()),
        )

    def command(self, name: str, seconds: float) -> bytes:
        """Return what the case's command prints."""
        if name not in self.printed:
            message = f"{name} is not installed"
            raise MissingError(message)
        return self.printed[name]

    def processes(self) -> Processes:
        """Return the case's programs, beside the first one that every machine has."""
        first = Process(pid=1, names=("init",))
        return Processes(seen=(first, *self.programs), own_whole=True, all_whole=True)

    def holders(self, prefixes: tuple[str, ...]) -> tuple[Holder, ...]:
        """Return who holds device files in the case."""
        return tuple(holder for holder in self.holding if holder.path.startswith(prefixes))

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        """Return the case's answer."""
        if question in self.answers:
            return self.answers[question]
        if not any(known.bus == question.bus for known in self.answers):
            message = "no desktop session can be asked from here"
            raise NoBusError(message)
        message = f"{question.name} is not running"
        raise MissingError(message)

    def _must_be_open(self, path: str) -> None:
        if any(path == shut or path.startswith(f"{shut}/") for shut in self.denied):
            message = "this account may not read it"
            raise UnseenError(message)

    def _all_folders(self) -> set[str]:
        found = {"/", self.home, *self.empty}
        for path in (*self.files, *self.links, *self.denied, *self.empty, self.home):
            while (path := posixpath.dirname(path)) != "/":
                found.add(path)
        return found
