"""One pass over `/proc`: running programs, and who holds a device file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from privacy_check.machine.interface import Holder, Process, Processes, UnseenError

_INTERPRETERS = ("python", "perl", "node", "electron", "gjs", "bash", "sh", "dash", "ruby", "java")
_DELETED = " (deleted)"
_FIRST_NAMESPACE = "pid:[4026531836]"
"""The kernel's fixed name for the process namespace that sees all others."""


def processes(folder: str, user: int, *, whole: bool) -> Processes:
    """Return the programs that a `/proc` folder shows.

    Args:
        folder: Where it is.
        user: The account whose programs are its own; 0 takes all as its own.
        whole: Whether the folder shows the whole computer, as far as the account may see.

    Raises:
        UnseenError: When the folder shows no process at all.
    """
    seen = [process for pid in _pids(folder) if (process := _process(folder, pid, user))]
    if not seen:
        message = "the list of running programs cannot be seen from here"
        raise UnseenError(message)
    others = any(process.pid == 1 for process in seen)
    return Processes(seen=tuple(seen), own_whole=whole, all_whole=whole and others)


def is_boxed(folder: str) -> bool:
    """Say whether this program runs in a box that hides the computer's other programs."""
    try:
        return os.readlink(f"{folder}/self/ns/pid") != _FIRST_NAMESPACE
    except OSError:
        return True


def holders(folder: str, prefixes: tuple[str, ...]) -> tuple[Holder, ...]:
    """Return who holds device files; only this account's processes can be looked into."""
    found = set()
    for pid in _pids(folder):
        paths = {path for path in _open_files(f"{folder}/{pid}/fd") if path.startswith(prefixes)}
        if paths:
            found |= {Holder(program=_text(f"{folder}/{pid}/comm"), path=path) for path in paths}
    return tuple(sorted(found, key=lambda holder: (holder.path, holder.program)))


def _pids(folder: str) -> list[int]:
    try:
        return sorted(int(name) for name in os.listdir(folder) if name.isdecimal())
    except OSError:
        message = "the list of running programs cannot be seen from here"
        raise UnseenError(message) from None


def _process(folder: str, pid: int, user: int) -> Process | None:
    """Return a process, or nothing when it has ended."""
    place = f"{folder}/{pid}"
    comm = _text(f"{place}/comm")
    arguments = tuple(part for part in _text(f"{place}/cmdline").split("\0") if part)
    names = {comm, *_names_in(arguments), *_program_file(f"{place}/exe")} - {""}
    if not names or (not arguments and _has_ended(place)):
        return None
    own = user == 0 or _owner(place) == user
    return Process(pid=pid, names=tuple(sorted(names)), arguments=arguments[1:], own=own)


def _has_ended(place: str) -> bool:
    """Say whether a process only waits for its parent to take note of its end."""
    return _text(f"{place}/stat").rpartition(")")[2].split()[:1] in (["Z"], ["X"])


def _owner(place: str) -> int:
    try:
        return os.stat(place).st_uid
    except OSError:
        return -1  # it ended meanwhile


def _names_in(arguments: tuple[str, ...]) -> Iterator[str]:
    """Yield the base names of the program and, for an interpreter, of its script."""
    if not arguments:
        return
    program = os.path.basename(arguments[0])
    yield program
    if program.startswith(_INTERPRETERS):
        scripts = (part for part in arguments[1:] if not part.startswith("-"))
        yield os.path.basename(next(scripts, ""))


def _program_file(link: str) -> Iterator[str]:
    try:
        yield os.path.basename(os.readlink(link).removesuffix(_DELETED))
    except OSError:
        return  # another account's, or a kernel thread


def _open_files(folder: str) -> Iterator[str]:
    try:
        numbers = os.listdir(folder)
    except OSError:
        return  # another account's
    for number in numbers:
        try:
            yield os.readlink(f"{folder}/{number}")
        except OSError:
            continue  # closed meanwhile


def _text(path: str) -> str:
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return ""  # it ended meanwhile
    try:
        return os.read(handle, 65536).decode("utf-8", "replace").rstrip("\n")
    except OSError:
        return ""
    finally:
        os.close(handle)
