"""What a program's absence from the bus means."""

from __future__ import annotations

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import (
    BusQuestion,
    MissingError,
    NoBusError,
    Process,
    Processes,
    UnseenError,
)
from privacy_check.machine.window import Window
from privacy_check.readers import bus
from privacy_check.readers.raw import Look
from privacy_check.rulebook.reads import Bus

OTHER = BusQuestion(bus="system", name="a.b", path="/", interface="a.b", member="C")
Answers = dict[BusQuestion, tuple[object, ...]]


def wanted(idle: str) -> Bus:
    return Bus(
        bus="system",
        name="org.a.Geo",
        path="/a",
        interface="org.a.Geo",
        property="InUse",
        idle=idle,
    )


def read(idle: str, answers: Answers) -> str:
    return bus.read(wanted(idle), Look(window=Window(CaseMachine(answers=answers)))).raw


def test_a_program_that_runs_only_while_it_has_work_tells_by_its_absence() -> None:
    assert read("false", {OTHER: (1,)}) == "false"
    assert read("false", {bus.question(wanted("")): (("b", True),)}) == "true"
    with pytest.raises(MissingError):
        read("", {OTHER: (1,)})


def test_a_bus_that_cannot_be_asked_tells_nothing() -> None:
    with pytest.raises(NoBusError):
        read("false", {})


def test_an_answer_of_an_unknown_form_is_no_absence() -> None:
    with pytest.raises(UnseenError):
        read("false", {bus.question(wanted("")): ([],)})


class Boxed(CaseMachine):
    """A machine seen from inside a box."""

    def processes(self) -> Processes:
        return Processes(seen=(Process(pid=1, names=("x",)),), own_whole=False, all_whole=False)


def test_a_name_that_a_box_may_hide_is_no_absence() -> None:
    window = Window(Boxed(answers={OTHER: (1,)}))
    with pytest.raises(UnseenError, match="box"):
        bus.read(wanted("false"), Look(window=window))
