"""One pass over `/proc`: running programs, and who holds a device file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from privacy_check.machine.interface import Holder, Process, Processes, UnseenError

_INTERPRETERS = ("python", "perl", "node", "electron", "gjs", "bash", "sh", "dash", "ruby", "java")
_DELETED = " (deleted)"


def processes(folder: str) -> Processes:
    """Return the programs that a `/proc` folder shows.

    Raises:
        UnseenError: When the folder shows no process at all.
    """
    seen = [process for pid in _pids(folder) if (process := _process(folder, pid))]
    if not seen:
        message = "the list of running programs cannot be seen from here"
        raise UnseenError(message)
    return Processes(seen=tuple(seen), complete=any(process.pid == 1 for process in seen))


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


def _process(folder: str, pid: int) -> Process | None:
    """Return a process, or nothing when it ended meanwhile."""
    place = f"{folder}/{pid}"
    comm = _text(f"{place}/comm")
    arguments = tuple(part for part in _text(f"{place}/cmdline").split("\0") if part)
    names = {comm, *_names_in(arguments), *_program_file(f"{place}/exe")} - {""}
    if not names:
        return None
    return Process(pid=pid, names=tuple(sorted(names)), arguments=arguments[1:])


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
