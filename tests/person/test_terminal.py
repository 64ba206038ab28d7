"""What a person sees in a real terminal, and what is left when the program is left."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from window import Window

ROOT = Path(__file__).resolve().parents[2]
ASKER = Path(__file__).parent / "asker.py"
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
# Second screen, a place, clear a row, clear the screen and lines scrolled away: nothing else.
ALLOWED = re.compile(r"\x1b\[(\?1049[hl]|H|\d+;1H|2K|2J|3J)")

LEAVING: dict[str, Callable[[Window], None]] = {
    "x": lambda window: window.send(b"x"),
    "X": lambda window: window.send(b"X"),
    "Esc x": lambda window: window.send(b"\x1bx"),
    "Ctrl-C": lambda window: window.send(b"\x03"),
    "Ctrl-D": lambda window: window.send(b"\x04"),
    "SIGINT": lambda window: window.signal(signal.SIGINT),
    "SIGTERM": lambda window: window.signal(signal.SIGTERM),
    "SIGHUP": lambda window: window.signal(signal.SIGHUP),
    "SIGQUIT": lambda window: window.signal(signal.SIGQUIT),
    "SIGCONT": lambda window: window.signal(signal.SIGCONT),
}


def asker(*arguments: str, columns: int = 80, term: str = "xterm", second: bool = True) -> Window:
    """Start the program that asks, and wait for its first question."""
    command = [sys.executable, str(ASKER), *arguments]
    environment = {**ENVIRONMENT, "TERM": term}
    window = Window.start(command, columns, 24, environment, second=second)
    window.wait_for("Question 1")
    return window


def press(window: Window, data: bytes, seen: str) -> None:
    window.send(data)
    window.wait_for(seen)


@pytest.mark.parametrize("second", [True, False])
@pytest.mark.parametrize("way", LEAVING)
def test_leaving_clears_all_that_was_seen(way: str, *, second: bool) -> None:
    with asker(columns=40, second=second) as window:
        assert window.is_second_screen() == second
        start = time.monotonic()
        LEAVING[way](window)
        window.wait_gone("Topic")
        window.wait_gone("Question")
        seconds = time.monotonic() - start

        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]
        assert window.scrolled() == []
        assert seconds < 0.9


def test_an_error_clears_the_screen_too() -> None:
    with asker() as window:
        press(window, b"y", "key y")
        window.send(b"e")
        assert window.exit_code() == 0
        assert window.screen() == ["error rest b'' same"]
        assert window.scrolled() == []


def test_keys_pressed_while_leaving_go_nowhere() -> None:
    with asker() as window:
        for _ in range(4):
            window.send(b"x")
            time.sleep(0.05)
        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]


def test_signals_while_leaving_do_not_stop_the_cleaning_up() -> None:
    with asker() as window:
        for _ in range(20):
            window.signal(signal.SIGTERM)
            window.signal(signal.SIGHUP)
            time.sleep(0.005)
        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]


def test_a_busy_program_leaves_at_once_even_where_it_cares_for_no_error() -> None:
    with asker() as window:
        press(window, b"r", "reading")
        window.signal(signal.SIGTERM)
        assert window.exit_code(5) == 0
        assert window.screen() == ["left rest b'' same"]


def test_the_end_gives_the_first_screen_back() -> None:
    with asker() as window:
        press(window, b"y", "key y")
        window.send(b"q")
        assert window.exit_code() == 0
        assert window.screen()[-1] == "prompt ended rest b'' same"
        assert window.scrolled()[0] == "earlier 0"
        assert not any("Topic" in row for row in [*window.scrolled(), *window.screen()])


def test_the_end_without_a_second_screen_leaves_no_topic() -> None:
    with asker(second=False) as window:
        window.send(b"q")
        assert window.exit_code() == 0
        assert not any("Topic" in row for row in [*window.scrolled(), *window.screen()])


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"Y", "y"),
        (b"?", "?"),
        (b"1", "1"),
        (b"\r", "enter"),
        (b"\n", "enter"),
        (b"\x1b[B", "down"),
        (b"\x1bOA", "up"),
        (b"\x1b[6~", "next"),
        (b"\x1b[5~", "previous"),
        (b"\xc3\x89", "é"),
    ],
)
def test_keys_have_names(data: bytes, key: str) -> None:
    with asker() as window:
        press(window, data, f"key {key}")


def test_keys_that_mean_nothing_do_nothing() -> None:
    with asker() as window:
        window.send(b"\x1a\x1c\x13\x11\t\x7f\x1b[C\x1b[15~\x1b")
        time.sleep(0.7)
        assert "Question 1" in window.screen()
        press(window, b"y", "key y")
        assert "Question 2" in window.screen()


def test_a_sequence_may_come_in_pieces() -> None:
    with asker() as window:
        for byte in b"\x1b[6~":
            window.send(bytes([byte]))
            time.sleep(0.05)
        window.wait_for("key next")
        assert "Question 2" in window.screen()


def test_keys_pressed_before_a_question_do_not_answer_it() -> None:
    with asker() as window:
        press(window, b"w", "waiting")
        window.send(b"yyn\x1b[")
        window.wait_for("Question 2")
        time.sleep(0.2)
        assert "Topic: key w" in window.screen()
        press(window, b"nnnn", "key n")
        time.sleep(0.2)
        assert "Question 3" in window.screen()


def test_leaving_works_before_a_question_is_seen() -> None:
    with asker() as window:
        press(window, b"w", "waiting")
        window.send(b"yx")
        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]


def test_a_new_size_is_told_and_followed() -> None:
    with asker() as window:
        window.resize(40, 12)
        window.wait_for("Topic: key resize")
        assert "Size: 40 x 12" in window.screen()
        window.resize(10, 4)
        window.wait_for("Size: 20 x")
        window.send(b"x")
        assert window.exit_code() == 0
        assert "Topic" not in "".join([*window.screen(), *window.scrolled()])


def test_lines_are_cut_to_the_window_and_nothing_scrolls() -> None:
    with asker(columns=40) as window:
        press(window, b"t", "23 Topic")
        assert window.screen()[0] == "0 Topic " + "日本" * 8
        assert len(window.screen()) == 24
        press(window, b"y", "Question 2")
        assert len(window.screen()) == 3
        assert window.scrolled() == []


def test_marks_that_a_terminal_obeys_are_shown_instead() -> None:
    with asker() as window:
        press(window, b"m", "Topic")
        window.wait_for("red")
        assert window.screen() == ["Topic �[31mred��]0;title� �back�"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (b"bench\r", "bench"),
        (b"Red  bx\x7fus \r", "Red  bus"),
        (b"\x7f\x7fa\xe2\x80\xaeb\x07c\x1b[A\x1b[D\r", "abc"),
        ("日本é\r".encode(), "日本é"),
        (b"1234567890" * 7 + b"\r", "1234567890" * 6),
    ],
)
def test_a_short_line_is_typed(typed: bytes, line: str) -> None:
    with asker(columns=100) as window:
        press(window, b"l", "Question 1")
        press(window, typed[:-1], "Question 1")
        press(window, typed[-1:], f"Topic: line {line!r}")


def test_a_line_is_seen_below_while_it_is_typed() -> None:
    with asker(columns=20) as window:
        press(window, b"l", "Question 1")
        press(window, b"First bench under the trees", "nch under the trees")
        assert window.screen()[3] == "nch under the trees"
        assert window.cursor() == (19, 3)
        window.resize(40, 12)
        window.wait_for("First bench under the trees")
        press(window, b"\r", "line 'First bench")


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_a_line_can_be_left(key: bytes) -> None:
    with asker() as window:
        press(window, b"l", "Question 1")
        press(window, b"box", "box")
        window.send(key)
        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]


def test_nothing_else_is_sent_and_the_cursor_waits_at_the_first_line() -> None:
    with asker() as window:
        assert window.cursor() == (0, 0)
        press(window, b"y", "key y")
        press(window, b"l", "key y")
        press(window, b"First", "First")
        press(window, b"\r", "line 'First'")
        window.send(b"x")
        assert window.exit_code() == 0
        rest = ALLOWED.sub("", window.raw.decode())
        assert rest.replace("\r\n", "").isprintable()


def test_nothing_puts_a_full_screen_into_the_background() -> None:
    for term, held in (("xterm", True), ("dumb", False)):
        with asker(term=term) as window:
            status = Path(f"/proc/{window.program.pid}/status").read_text()
            ignored = int(status.partition("SigIgn:")[2].split()[0], 16)
            for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
                assert bool(ignored >> (number - 1) & 1) == held


def test_a_program_that_is_stopped_from_outside_leaves_when_it_goes_on() -> None:
    with asker() as window:
        window.signal(signal.SIGSTOP)
        window.signal(signal.SIGCONT)
        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_the_program_ends_when_its_window_is_closed(term: str) -> None:
    with asker(term=term) as window:
        window.hang_up()
        window.exit_code()


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_plain_lines_for_simple_terminals(term: str) -> None:
    with asker(term=term) as window:
        press(window, b"Yes\n", "key y")
        press(window, b"\n", "key enter")
        press(window, b" \n", "Question 4")
        press(window, b"?\n", "key ?")
        window.send(b"l\n")
        press(window, b"bench \xe2\x80\xaeby\n", "line 'bench by'")
        press(window, b"maybe\n", "Please type one of the keys alone, then Enter.")
        press(window, b"not sure\n", "key ?")
        window.send(b"l\n")
        press(window, b"\n", "line ''")
        window.send(b"x\n")
        assert window.exit_code() == 0
        assert "left rest b'' same" in window.screen()
        assert b"\x1b" not in window.raw


KEYS_IN_WORDS = [
    *(("yes", "y"), ("no", "n"), ("not sure", "?"), ("unsure", "?"), ("skip", "s"), ("back", "b")),
    *(("does not apply", "d"), ("enter", "enter"), ("NOT SURE", "?"), ("  No  ", "n"), ("Y", "y")),
]
NO_KEYS = (
    *("nope", "not", "never mind", "no thanks", "sure", "not sure about this", "skip this"),
    *("dunno", "maybe", "yn", "??", "yes no", "s.", "xy", "exit"),
)
PLEASE = "Please type one of the keys alone, then Enter."


def in_plain_lines(*typed: str) -> str:
    """Return what is shown after lines were typed, and then an end."""
    done = subprocess.run(
        [sys.executable, str(ASKER)],
        env={**ENVIRONMENT, "TERM": "dumb", "LC_ALL": "C.UTF-8"},
        input="".join(f"{line}\n" for line in (*typed, "q")),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=True,
    )
    return done.stdout


def test_in_plain_lines_a_key_may_be_typed_in_words() -> None:
    text = in_plain_lines(*(word for word, _ in KEYS_IN_WORDS))

    assert re.findall("Topic: key (.*)", text) == [key for _, key in KEYS_IN_WORDS]
    assert PLEASE not in text
    assert "ended rest" in text
    assert "error rest" in in_plain_lines("end")  # its key is the program's error


def test_in_plain_lines_what_names_no_key_is_said_and_answers_nothing() -> None:
    """Not sure is no "n": only the whole line counts, and never its first letter."""
    text = in_plain_lines(*NO_KEYS, "not sure")

    assert text.count(PLEASE) == len(NO_KEYS)
    assert re.findall("Topic: key (.*)", text) == ["?"]
    assert "Question 2" in text
    assert "Question 3" not in text


@pytest.mark.parametrize("word", ["x", "X", "leave", "Leave"])
def test_in_plain_lines_leaving_may_be_typed_in_words(word: str) -> None:
    assert "left rest" in in_plain_lines("y", word)


def test_plain_lines_typed_before_a_question_do_not_answer_it() -> None:
    with asker(term="dumb") as window:
        press(window, b"w\n", "waiting")
        window.send(b"y\nn\n")
        window.wait_for("Topic: key w")
        time.sleep(0.2)
        assert window.screen()[-3:-1] == ["Question 2", "Topic: key w"]
        press(window, b"w\n", "Topic: waiting")
        window.wait_for("Question 3")
        press(window, b"w\n", "Question 3")
        window.send(b"y\nx\n")
        assert window.exit_code() == 0
        assert "left rest b'' same" in window.screen()


@pytest.mark.parametrize("way", ["Ctrl-C", "Ctrl-D", "SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
def test_plain_lines_are_left(way: str) -> None:
    with asker(term="dumb") as window:
        LEAVING[way](window)
        assert window.exit_code() == 0
        assert window.screen()[-1].endswith("left rest b'' same")


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("", "left"),
        ("y\n", "left"),
        ("yes\nq\nmore\n", "ended"),
        ("l\nbench\nq\n", "ended"),
        ("y\nX\nmore\n", "left"),
        ("y\nq", "ended"),
    ],
)
def test_plain_lines_for_scripts(given: str, printed: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ASKER)],
        env={**ENVIRONMENT, "TERM": "xterm", "LC_ALL": "C.UTF-8"},
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=True,
    )
    text = done.stdout.partition("prompt ")[2]
    assert text.startswith("Question 1\nTopic: nothing\nSize: 80 x ")
    assert f"\n{printed} rest" in text
    assert "\x1b" not in text
    assert "Topic: line 'bench'\n" in text or "bench" not in given


def test_the_console_of_other_systems() -> None:
    with asker("console") as window:
        for key, seen in (
            (b"Y", "key y"),
            (b"\r", "key enter"),
            (b"l", "key enter"),
            (b"b", "b"),
            (b"u", "bu"),
        ):
            window.wait_raw()
            press(window, key, seen)
        window.wait_raw()
        window.send(b"\x7f")
        window.wait_gone("bu")
        window.wait_raw()
        press(window, b"\r", "line 'b'")
        window.wait_raw()
        window.send(b"x")
        assert window.exit_code() == 0
        assert window.screen() == ["left rest b'' same"]
