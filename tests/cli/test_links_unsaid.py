"""A call link that is typed in the wrong place is repeated by no message."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from privacy_check.cli.unsaid import may_be_link, without_links

Start = Callable[..., subprocess.CompletedProcess[str]]
SECRET = "Zq9SecretWord77"
LINKS = (
    f"https://us02web.zoom.us/j/81234567890?pwd={SECRET}",
    f"tox:{SECRET}",
    f"meet.jit.si/{SECRET}",
    f"meet.example/join?p={SECRET}",
    f"https://meet.example/{'a' * 80}/{SECRET}",
)
WRONG = (
    ("{}",),
    ("apps", "{}"),
    ("run", "{}"),
    ("settings", "{}"),
    ("ask", "{}"),
    ("support", "{}"),
    ("handout", "{}"),
    ("rules", "{}"),
    ("rules", "list", "{}"),
    ("rules", "lint", "{}"),
    ("apps", "--for", "{}"),
    ("apps", "--for={}"),
    ("apps", "--platform", "{}"),
    ("apps", "--root", "{}"),
    ("run", "--profile", "{}"),
    ("run", "--since", "{}"),
    ("explain", "{}"),
    ("explain", "app:{}"),
    ("run", "--rules", "{}"),
    ("run", "--rules={}"),
    ("apps", "--online", "--cache", "{}"),
    ("link", "{}", "{}"),
    ("link", "--format", "{}", "-"),
)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("command", WRONG, ids=" ".join)
def test_no_message_repeats_a_link(command: tuple[str, ...], link: str, start: Start) -> None:
    done = start(*(word.format(link) for word in command))
    assert SECRET not in done.stdout + done.stderr
    assert "us02web" not in done.stdout + done.stderr


def test_a_code_that_is_no_command_is_not_repeated(start: Start) -> None:
    done = start("abc-defg-hij")
    assert done.returncode == 2
    assert "defg" not in done.stderr
    assert "privacy-check link -" in done.stderr


def test_a_slip_in_a_command_is_still_named(start: Start) -> None:
    assert "There is no command 'setings'. (did you mean" in start("setings").stderr


def test_a_file_that_is_there_is_named(tmp_path: Path) -> None:
    place = tmp_path / "a#b"
    place.mkdir()
    assert without_links(f"{place} is odd", [str(place)]) == f"{place} is odd"


@pytest.mark.parametrize("word", ["my-rules", "./rules/a.toml", "/tmp/x=y", "app:signal", "C:\\x"])
def test_paths_and_ids_are_no_links(word: str) -> None:
    assert not may_be_link(word)
    assert without_links(f"There is no {word} here.", [word]) == f"There is no {word} here."


@pytest.mark.parametrize("sign", ["?", "#", "@"])
def test_each_sign_of_an_address_is_enough(sign: str) -> None:
    word = f"meet{sign}{SECRET}"
    assert may_be_link(word)
    assert SECRET not in without_links(f"There is no {word} here.", ["run", word])
    assert SECRET not in without_links(f"There is no {word} here.", [f"--since={word}"])
