"""What GNOME's window manager tells of mirrored screens."""

from __future__ import annotations

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import screens
from privacy_check.readers.raw import Look
from privacy_check.rulebook.reads import Screens

ASKED = BusQuestion(
    bus="session",
    name="org.gnome.Mutter.DisplayConfig",
    path="/org/gnome/Mutter/DisplayConfig",
    interface="org.gnome.Mutter.DisplayConfig",
    member="GetCurrentState",
)
LAPTOP = ("eDP-1", "AUO", "0x1", "0x0")
BEAMER = ("HDMI-1", "EPS", "EPSON PJ", "0x1")


def part(*monitors: tuple[str, ...], x: object = 0) -> tuple[object, ...]:
    return (x, 0, 1.0, 0, True, list(monitors), {})


def read(*body: object) -> str:
    machine = CaseMachine(answers={ASKED: body})
    found = screens.read(Screens(state="mirrored"), Look(window=Window(machine)))
    assert "EPSON" not in repr(found)
    return found.raw


@pytest.mark.parametrize(
    ("parts", "raw"),
    [
        ([part(LAPTOP)], "one"),
        ([part(LAPTOP), part(BEAMER, x=1920)], "separate"),
        ([part(LAPTOP), part(BEAMER)], "mirrored"),  # X11, two sizes at one place
        ([part(LAPTOP, BEAMER)], "mirrored"),
        ([part(LAPTOP), part(BEAMER, BEAMER)], "mirrored"),
    ],
)
def test_screens_that_repeat_another(parts: list[object], raw: str) -> None:
    assert read(7, [], parts, {}) == raw


@pytest.mark.parametrize(
    "body",
    [
        (),
        (7, [], [], {}),
        (7, [], [part()], {}),
        (7, [], [part(LAPTOP), part(BEAMER, x=[])], {}),
        (7, [], [part(LAPTOP), part(BEAMER, x=-7)], {}),
        (7, [], [part(LAPTOP)]),
        (7, [], "x", {}),
        (7, [], [(0, 0, 1.0)], {}),
        (7, [], [(0, 0, 1.0, 0, True, "x", {})], {}),
        (7, [], ["abcdefgh"], {}),
    ],
)
def test_an_answer_of_an_unknown_form_is_unreadable(body: tuple[object, ...]) -> None:
    with pytest.raises(UnseenError):
        read(*body)


def test_a_window_manager_that_does_not_answer_is_unreadable() -> None:
    other = BusQuestion(bus="session", name="a.b", path="/", interface="a.b", member="C")
    for answers in ({}, {other: (1,)}):
        machine = CaseMachine(answers=answers)
        with pytest.raises(UnseenError) as raised:
            screens.read(Screens(state="mirrored"), Look(window=Window(machine)))
        assert not isinstance(raised.value, MissingError)
