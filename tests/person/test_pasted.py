"""What is pasted at a terminal is not shown, and no line of it is left to the shell."""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from window import Window

from privacy_check.judge.one_address import one_address
from privacy_check.person.pasted import read_pasted

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Zq9SecretWord77"
LINK = f"https://us02web.zoom.us/j/81234567890?pwd={SECRET}"
INVITATION = (
    f"Sam is inviting you to a meeting.\nJoin:\n{LINK}\n\nMeeting ID: 812 3456 7890\n"
    "Passcode: 445566\n"
)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Give both ends of a terminal: the person's, and the program's."""
    person, program = pty.openpty()
    yield person, program
    os.close(person)
    os.close(program)


def typed(person: int, program: int, *parts: str, most: int = 1000, pause: float = 0.05) -> bytes:
    """Type some parts, one after the other, and return what was read."""

    def press() -> None:
        for part in parts:
            time.sleep(pause)
            os.write(person, part.encode())

    hands = threading.Thread(target=press)
    try:
        return read_pasted(program, most, hands.start)
    finally:
        hands.join()


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        (("a\n",), "a\n"),
        (("a\nb\nc\n",), "a\nb\nc\n"),
        (("a\nb", "\x04"), "a\nb"),
        (("ax", "\x7f", "b\n"), "ab\n"),
        (("a", "\x04"), "a"),
    ],
)
def test_what_comes_together_is_read_together(
    terminal: tuple[int, int], parts: tuple[str, ...], read: str
) -> None:
    assert typed(*terminal, *parts) == read.encode()


def test_nothing_is_asked_for_before_nothing_is_shown(terminal: tuple[int, int]) -> None:
    person, program = terminal
    shown: list[int] = []

    def ready() -> None:
        shown.append(termios.tcgetattr(program)[3] & (termios.ECHO | termios.ICANON))
        os.write(person, b"a\n")

    assert read_pasted(program, 10, ready) == b"a\n"
    assert shown == [0]


def test_the_terminal_is_as_before_after_an_error(terminal: tuple[int, int]) -> None:
    _, program = terminal
    before = termios.tcgetattr(program)

    def ready() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_pasted(program, 10, ready)
    assert termios.tcgetattr(program) == before


def test_nothing_is_shown_and_the_terminal_is_as_before(terminal: tuple[int, int]) -> None:
    person, program = terminal
    before = termios.tcgetattr(program)
    typed(person, program, INVITATION)

    assert termios.tcgetattr(program) == before
    assert select.select([person], [], [], 0.1)[0] == []


def test_a_line_longer_than_terminals_take_is_whole(terminal: tuple[int, int]) -> None:
    long = "a" * 3000
    assert typed(*terminal, long, long, "\n", most=65537) == f"{long}{long}\n".encode()


def test_no_more_is_kept_than_asked_for(terminal: tuple[int, int]) -> None:
    assert typed(*terminal, "a" * 50, "b\n", most=10) == b"a" * 10


def test_a_pasted_invitation_is_looked_at_and_none_of_it_reaches_the_shell(tmp_path: Path) -> None:
    link = f"{sys.executable} -m privacy_check link -"
    history = tmp_path / "history"
    variables = {
        "HOME": str(tmp_path),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "HISTFILE": str(history),
        "PS1": "$ ",
    }
    with Window.start(["bash", "--norc", "--noprofile"], 100, 40, variables, second=True) as window:
        window.send(f"{link}\n".encode())
        window.wait_for("press Enter")
        window.send(INVITATION.encode())
        window.wait_for("Nothing was opened or sent.")
        window.send(b"exit\n")
        window.exit_code()
        shown = "\n".join([*window.scrolled(), *window.screen()])
    assert "Zoom" in shown
    assert SECRET not in shown
    assert "445566" not in shown
    assert "445566" not in history.read_text()
    assert SECRET not in history.read_text()


@pytest.mark.parametrize("around", ["{}.", "<{}>", "({}),", '"{}";', "\u201c{}\u201d"])
def test_what_stands_around_an_address_is_no_part_of_it(around: str) -> None:
    assert one_address(f"Join at {around.format(LINK)}\n") == LINK


def test_of_two_addresses_none_is_chosen() -> None:
    message = f"Join {LINK} or https://other.example/a"
    assert one_address(message) == message
    assert one_address(f"Join {LINK} or {LINK}.") == LINK
