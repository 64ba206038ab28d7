"""Runs the cases of setting files: each is a small machine, and what its reading has to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from privacy_check.machine.case import HOME, CaseMachine
from privacy_check.machine.interface import BusQuestion, Holder, Process
from privacy_check.machine.window import Window
from privacy_check.readers.bus import question
from privacy_check.readers.look import look_at
from privacy_check.readers.raw import Look
from privacy_check.reading import Reading, Unset, Value, outcome
from privacy_check.record import record
from privacy_check.rulebook.documents import FIXTURES, AnyPath
from privacy_check.rulebook.reads import METHODS, Bus, ByHand
from privacy_check.rulebook.records import BusAnswer, Case, RuleBook
from privacy_check.rulebook.select import Place

_ONE_DISK = b"22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw\n"
"""The mounts of a case that names none: every running machine has at least this one."""


@record
class Result:
    """What came of a case; `fault` is empty when it came out as expected."""

    setting: str
    row: str
    name: str
    fault: str


def run_cases(book: RuleBook, folders: Sequence[AnyPath]) -> Iterator[Result]:
    """Yield the result of every case of every variant that can be read.

    Args:
        book: The rule book, decoded from TOML so that it has its cases.
        folders: The rule folders, whose `fixtures/` hold the files that cases name.
    """
    for setting in book.settings.values():
        for variant in setting.variants:
            place = Place(setting=setting, variant=variant)
            cases = variant.form.cases
            if not cases and not isinstance(variant.form.read, ByHand):
                yield Result(
                    setting=setting.id, row=variant.row, name="no case", fault="add at least one"
                )
            for case in cases:
                fault = _fault(case, read_case(case, place, book, folders))
                yield Result(setting=setting.id, row=variant.row, name=case.name, fault=fault)


def read_case(case: Case, place: Place, book: RuleBook, folders: Sequence[AnyPath]) -> Reading:
    """Return what a place's reading is on the machine of a case."""
    window = Window(case_machine(case, folders))
    return look_at(place, Look(window=window, programs=book.programs))


def case_machine(case: Case, folders: Sequence[AnyPath]) -> CaseMachine:
    """Return the machine that a case describes."""
    files = {_at_home(path): _fixture(name, folders) for path, name in case.files.items()}
    files |= {_at_home(path): text.encode() for path, text in case.texts.items()}
    files.setdefault("/proc/self/mountinfo", _ONE_DISK)
    programs = tuple(
        Process(pid=100 + i, names=process.names, arguments=process.arguments)
        for i, process in enumerate(case.processes)
    )
    return CaseMachine(
        files=files,
        links={_at_home(path): target for path, target in case.links.items()},
        denied=frozenset(map(_at_home, case.denied)),
        empty=frozenset({"/sys/class", *map(_at_home, case.folders)}),
        variables=case.environment,
        answers={_asked(answer): _body(answer) for answer in case.bus},
        printed={name: _fixture(file, folders) for name, file in case.commands.items()},
        ages={_at_home(path): dt.timedelta(days=days) for path, days in case.days_old.items()},
        modes={_at_home(path): int(mode, 8) for path, mode in case.modes.items()},
        programs=programs,
        holding=tuple(Holder(program=item.program, path=item.path) for item in case.devices),
    )


def _fault(case: Case, reading: Reading) -> str:
    word = reading.word if isinstance(reading, Value | Unset) else ""
    if (outcome(reading), word) == (case.outcome, case.value):
        return ""
    reason = getattr(reading, "reason", "")
    return f"{outcome(reading)} {word or reason}, not {case.outcome} {case.value}".rstrip()


def _at_home(path: str) -> str:
    return HOME + path[1:] if path == "~" or path.startswith("~/") else path


def _fixture(name: str, folders: Sequence[AnyPath]) -> bytes:
    paths = [Path(folder, FIXTURES, name) for folder in folders]
    return next(path for path in paths if path.is_file()).read_bytes()


def _body(answer: BusAnswer) -> tuple[object, ...]:
    """Return the values of an answer; only two methods give more than one."""
    if answer.member in ("GetServerInformation", "GetCurrentState") and isinstance(
        answer.answer, list
    ):
        return tuple(answer.answer)
    return (answer.answer,)


def _asked(answer: BusAnswer) -> BusQuestion:
    method = answer.member if METHODS.get(answer.member) == answer.interface else ""
    return question(
        Bus(
            bus=answer.bus,
            name=answer.name,
            path=answer.path,
            interface=answer.interface,
            property="" if method else answer.member,
            method=method,
        )
    )
