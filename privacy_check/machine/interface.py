"""What the program may ask of a computer, and how a computer says that it cannot tell."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from privacy_check.record import record

TOO_LATE = "it did not answer in time"
"""The reason wherever time ran out, so that two runs say the same."""

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes; a larger settings file is not read."""


class UnseenError(Exception):
    """Something could not be read; the text is the reason, for a person."""


class MissingError(UnseenError):
    """What was asked for is truly not there."""


class DeniedError(UnseenError):
    """It is there, and this account may not read it."""


class NoBusError(UnseenError):
    """The bus itself cannot be reached from here."""


@record
class File:
    """A regular file's content and the time of its last change."""

    data: bytes
    modified: dt.datetime


@record
class Process:
    """A running program: what it may be called (base names), and its arguments.

    `own` is false for one of another account; the administrator looks at all as their own.
    """

    pid: int
    names: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    own: bool = True


@record
class Processes:
    """The running programs that can be seen.

    `own_whole`: no program of this account can be missing. `all_whole`: none of any account can.
    """

    seen: tuple[Process, ...]
    own_whole: bool
    all_whole: bool


@record
class Holder:
    """A program of this account that has a device file open."""

    program: str
    path: str


@record
class Permissions:
    """The mode's nine bits of a path, whether this account may read it, and its last change."""

    mode: int
    readable: bool
    modified: dt.datetime


@record
class BusQuestion:
    """A call that only asks; it never starts the program it asks."""

    bus: str
    name: str
    path: str
    interface: str
    member: str
    signature: str = ""
    arguments: tuple[str, ...] = ()


class Machine(Protocol):
    """A computer, or a copy of its files. Every method may raise `UnseenError`.

    Paths are absolute and use `/`. Times carry a time zone.
    """

    @property
    def platform(self) -> str:
        """Return `linux`, `windows` or `macos`."""

    @property
    def live(self) -> bool:
        """Say whether this is the running computer, not a copy of its files."""

    @property
    def home(self) -> str:
        """Return the absolute path of the person's home folder."""

    @property
    def user(self) -> int:
        """Return the number of the account."""

    def now(self) -> dt.datetime:
        """Return the time of the reading."""

    def environment(self, name: str) -> str:
        """Return a variable of the session, empty when it is not set."""

    def read(self, path: str) -> File:
        """Return a regular file. Raises `MissingError` when nothing is there."""

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted. Raises `MissingError` when it is not there."""

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder, sorted."""

    def exists(self, path: str) -> bool:
        """Say whether something is there."""

    def real(self, path: str) -> str:
        """Return the path with all links followed; it need not exist."""

    def permissions(self, path: str) -> Permissions:
        """Return who may do what with a path. Raises `MissingError` when nothing is there."""

    def command(self, name: str, seconds: float) -> bytes:
        """Return what a command of the fixed list prints.

        Raises:
            MissingError: When the command is not installed.
            UnseenError: When it ends with an error, says nothing or too much, or is late.
        """

    def processes(self) -> Processes:
        """Return the running programs."""

    def holders(self, prefixes: tuple[str, ...]) -> tuple[Holder, ...]:
        """Return the programs of this account that hold device files whose path starts so."""

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        """Return a program's answer on a bus.

        Raises:
            MissingError: When no such program runs, so nobody answers.
            NoBusError: When the bus itself cannot be reached.
            UnseenError: When the answer is an error or late.
        """
