"""Commands that only tell something: their answers, and those that misbehave."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacy_check.machine import commands
from privacy_check.machine.interface import TOO_LATE, UnseenError

SHELL = "/bin/sh"
LONG = 5.0


def said_by(script: str, seconds: float = LONG, **variables: str) -> bytes:
    return commands.printed("it", (SHELL, "-c", script), variables, seconds)


@pytest.fixture
def noted_children() -> Iterator[None]:
    """Let the system take note of ended children by itself, as some launchers do."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


def test_an_answer_comes_back_whole() -> None:
    assert said_by("printf 'one\\ntwo'") == b"one\ntwo"


def test_a_long_answer_comes_back_whole() -> None:
    assert len(said_by("head -c 300000 /dev/zero | tr '\\0' x", PATH="/usr/bin:/bin")) == 300_000


def test_only_the_given_variables_are_seen() -> None:
    assert said_by('echo "$HOME|$SHOWN"', SHOWN="yes") == b"|yes\n"


@pytest.mark.parametrize("script", ["echo half; exit 1", "exit 0", "echo ' '", "kill -9 $$"])
def test_an_error_or_silence_is_no_answer(script: str) -> None:
    with pytest.raises(UnseenError, match="it gave no answer"):
        said_by(script)


def test_what_it_says_about_errors_is_not_taken_for_an_answer() -> None:
    with pytest.raises(UnseenError, match="it gave no answer"):
        said_by("echo trouble >&2")


def test_it_cannot_wait_for_what_a_person_types() -> None:
    assert said_by("read line; echo end") == b"end\n"


def test_one_that_is_not_there_could_not_be_started() -> None:
    with pytest.raises(UnseenError, match="could not be started"):
        commands.printed("it", ("/nowhere/it",), {}, LONG)


def test_a_late_one_is_ended(tmp_path: Path) -> None:
    with pytest.raises(UnseenError, match=TOO_LATE):
        said_by(f"echo $$ > {tmp_path}/number; exec /bin/sleep 60", seconds=0.3)
    assert not os.path.exists(f"/proc/{(tmp_path / 'number').read_text().strip()}")


def test_one_that_falls_silent_but_lives_on_is_ended_soon() -> None:
    began = time.monotonic()
    with pytest.raises(UnseenError, match="it gave no answer"):
        said_by("echo whole; exec >/dev/null; exec /bin/sleep 60")
    assert time.monotonic() - began < LONG - 1


def test_an_endless_answer_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(UnseenError, match="longer than 8 MB"):
        said_by(f"echo $$ > {tmp_path}/number; exec /usr/bin/yes")
    assert not os.path.exists(f"/proc/{(tmp_path / 'number').read_text().strip()}")


@pytest.mark.usefixtures("noted_children")
def test_an_answer_counts_for_nothing_where_its_end_cannot_be_known() -> None:
    with pytest.raises(UnseenError, match="it gave no answer"):
        said_by("echo whole")
