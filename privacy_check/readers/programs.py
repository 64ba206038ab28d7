"""Looks for programs of a published list: running now, or installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from privacy_check.machine.interface import Process, UnseenError
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Installed, Running
from privacy_check.rulebook.records import Program, ProgramList

_SYSTEM_PROGRAMS = ("/usr/share/applications", "/usr/bin")
"""Where a computer keeps its programs: without either, nothing can be called not installed."""

_KERNEL_NAME = 15
"""Characters that the kernel keeps of a process name."""


def read(wanted: Running | Installed, look: Look) -> Found:
    """Return `running` or `none`, or `yes` or `no`, with names from the published list only."""
    listed = look.programs[wanted.programs]
    if isinstance(wanted, Running):
        return _running(listed, look)
    return _installed(listed, look)


def _running(listed: ProgramList, look: Look) -> Found:
    processes = look.window.processes()
    everybody = listed.scope == "system"
    named = look.window.once("programs by name", lambda: _by_name(processes.seen))
    names = tuple(
        program.name
        for program in listed.programs
        if any(
            (process.own or everybody) and _has_arguments(program, process)
            for process in _called(program, named)
        )
    )
    whole = processes.all_whole if everybody else processes.own_whole
    if not names and not whole:
        message = "not all running programs can be seen from here"
        raise UnseenError(message)
    return Found(
        raw="running" if names else "none",
        where="running programs",
        as_of=look.window.machine.now(),
        names=names,
        count=len(listed.programs),
    )


def _by_name(processes: Iterable[Process]) -> Mapping[str, list[Process]]:
    found: dict[str, list[Process]] = {}
    for process in processes:
        for name in process.names:
            found.setdefault(name, []).append(process)
    return found


def _called(program: Program, named: Mapping[str, list[Process]]) -> Iterator[Process]:
    """Yield the processes that bear one of a program's names, whole or as the kernel cuts it."""
    for name in program.processes:
        for form in {name, name[:_KERNEL_NAME]}:
            yield from named.get(form, ())


def _has_arguments(program: Program, process: Process) -> bool:
    wanted = program.arguments
    given = process.arguments
    return not wanted or any(fnmatchcase(part, form) for form in wanted for part in given)


def _installed(listed: ProgramList, look: Look) -> Found:
    window = look.window
    here = any(window.exists(path) for path in _files(listed))
    if not here and not any(window.exists(path) for path in _SYSTEM_PROGRAMS):
        message = "the folders of installed programs are not here"
        raise UnseenError(message)
    return Found(
        raw="yes" if here else "no",
        where="installed programs",
        as_of=look.window.machine.now(),
        count=len(listed.programs),
    )


def _files(listed: ProgramList) -> Iterator[str]:
    for program in listed.programs:
        yield from program.installed
