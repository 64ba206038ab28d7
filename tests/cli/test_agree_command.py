"""`agree` without a conversation: two files, a withdrawal, a message, and wrong use."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from privacy_check.cli import cli
from privacy_check.render.agreement import PURPOSE, PUSHED, TAKEN_BACK, message

Start = Callable[..., "subprocess.CompletedProcess[str]"]
SECRET = "a-telling-answer"
CLOSE_ONLY = ("Feels fine", "Control of the other's device")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How the command ended."""

    code: int
    out: str
    err: str


def agree(*arguments: str | Path) -> Ended:
    """Run the command in this process, without anything to read from."""
    result = CliRunner().invoke(cli, ["agree", *map(str, arguments)])
    return Ended(code=result.exit_code, out=result.stdout, err=result.stderr)


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, Mapping[str, object]], Path]:
    """Return a function that writes a file as `agree --fill` does."""

    def write(name: str, answers: Mapping[str, object]) -> Path:
        path = tmp_path / name
        path.touch(0o600)
        path.write_text(json.dumps({"schema": "agree-v1", "answers": answers}))
        return path

    return write


Put = Callable[[str, Mapping[str, object]], Path]


# Two files


def test_two_files_give_the_stricter_answers(put: Put) -> None:
    one = put("one", {"recording": "yes", "saving": "7-days", "channel": ["video", "text"]})
    other = put("other", {"recording": "ask", "saving": "1-day", "channel": ["video"]})
    result = agree(one, other)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{PURPOSE}\n\n{PUSHED}\n\nRecording: ask each time.\n")
    assert "\nKeeping messages and files: for 1 day.\nPassing on: no.\n" in result.out
    assert "\nWays to talk: video. " in result.out
    assert agree(other, one) == result


def test_no_unsure_and_empty_print_the_same_bytes(put: Put) -> None:
    yes = put("yes", {"recording": "yes", "linked-devices": "this-call"})
    others = [
        put("no", {"recording": "no", "linked-devices": "no"}),
        put("unsure", {"recording": "unsure", "linked-devices": ""}),
        put("empty", {}),
    ]
    printed = {agree(*pair, "--profile", "close") for o in others for pair in ((yes, o), (o, yes))}
    assert len(printed) == 1
    assert {result.code for result in printed} == {0}


def test_what_is_for_people_close_to_each_other_is_left_out_elsewhere(put: Put) -> None:
    files = (put("one", {"linked-devices": "no"}), put("other", {}))
    for profile in ((), ("--profile", "care"), ("--profile", "legal"), ("--profile", "source")):
        result = agree(*files, *profile)
        assert result.code == 0
        assert not any(title in result.out for title in CLOSE_ONLY)
    assert all(title in agree(*files, "--profile", "close").out for title in CLOSE_ONLY)


@pytest.mark.parametrize(
    "answers",
    [{"comfort": {"not-fine": [SECRET]}}, {"linked-devices": "ask"}],
    ids=["limit", "yes"],
)
def test_nothing_somebody_said_is_left_out_unnoticed(put: Put, answers: dict[str, object]) -> None:
    files = (put("one", {}), put("other", answers))
    result = agree(*files)
    assert (result.code, result.out) == (2, "")
    assert "Name that kind with --profile" in result.err
    assert SECRET not in result.err
    assert agree(*files, "--profile", "close").code == 0


def test_one_file_twice_is_refused(put: Put, tmp_path: Path) -> None:
    one = put("one", {"recording": "yes"})
    (tmp_path / "again").hardlink_to(one)
    for other in (one, tmp_path / "again", f"{tmp_path}/./one"):
        result = agree(one, other)
        assert (result.code, result.out) == (2, "")
        assert "one file, named twice" in result.err


@pytest.mark.parametrize("number", [1, 3])
def test_one_file_or_three_are_refused_with_what_to_do(put: Put, number: int) -> None:
    result = agree(*[put(f"file-{i}", {"recording": "yes"}) for i in range(number)])
    assert (result.code, result.out) == (2, "")
    assert "privacy-check agree --fill FILE" in result.err


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f'{{"{SECRET}', "not JSON"),
        (json.dumps({"schema": "agree-v1", "answers": {"recording": SECRET}}), "recording: this"),
        (json.dumps({"schema": "agree-v1", "answers": {"channel": [SECRET, 7]}}), "channel: each"),
        (json.dumps({"schema": "answers-v1", "answers": {}}), 'should be "agree-v1"'),
    ],
)
def test_a_damaged_file_is_named_without_an_answer(
    put: Put, tmp_path: Path, start: Start, data: str, told: str
) -> None:
    path = put("one", {})
    path.write_text(data)
    result = start("agree", str(path), str(put("other", {})))
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert f"{tmp_path}/one: " in result.stderr
    assert SECRET not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_others_can_read_is_refused(put: Put) -> None:
    one, other = put("one", {}), put("other", {})
    other.chmod(0o640)
    result = agree(one, other)
    assert (result.code, result.out) == (2, "")
    assert "chmod 600" in result.err


def test_a_file_that_is_not_there_is_said(put: Put, tmp_path: Path) -> None:
    result = agree(put("one", {}), tmp_path / "gone")
    assert (result.code, result.out) == (2, "")
    assert "there is no such file" in result.err


def test_the_sheet_can_go_to_a_new_private_file(put: Put, tmp_path: Path) -> None:
    files = (put("one", {"recording": "ask"}), put("other", {"recording": "ask"}))
    before = os.umask(0)
    try:
        result = agree(*files, "-o", tmp_path / "notes.txt")
    finally:
        os.umask(before)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"Written to {tmp_path}/notes.txt\n"
    assert (tmp_path / "notes.txt").read_text() == agree(*files).out
    assert stat.S_IMODE((tmp_path / "notes.txt").stat().st_mode) == 0o600
    assert agree(*files, "-o", tmp_path / "notes.txt").code == 2


# A withdrawal, and the message


@pytest.mark.parametrize("profile", [(), ("--profile", "close")])
def test_a_withdrawal_takes_everything_back(profile: tuple[str, ...], tmp_path: Path) -> None:
    result = agree("--withdraw", *profile)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{PURPOSE}\n")
    assert "\nRecording: no.\n" in result.out
    assert "\nStays out of view or unsaid: everything.\n" in result.out
    assert result.out.endswith(f"\n\n{TAKEN_BACK}\n")
    assert any(title in result.out for title in CLOSE_ONLY) == bool(profile)
    agree("--withdraw", *profile, "-o", tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == result.out


def test_the_message_is_for_copying() -> None:
    assert agree("--message") == Ended(code=0, out=message(), err="")


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--withdraw", "--message"), "Choose one"),
        (("--fill", "mine", "--withdraw"), "Choose one"),
        (("--fill", "mine", "--message"), "Choose one"),
        (("--fill", "mine", "one", "other"), "Choose one"),
        (("--withdraw", "one", "other"), "Choose one"),
        (("--message", "-o", "out"), "-o keeps the notes of two people"),
        (("--fill", "mine", "-o", "out"), "-o keeps the notes of two people"),
        (("--fill", ""), "not the name of a file"),
        (("--fill", "mine/"), "not the name of a file"),
        (("--fill", "no-folder/mine"), "nothing can be written in this folder"),
        (("--fill", "."), "exists"),
        (("-o", "no-folder/notes"), "nothing can be written in this folder"),
        (("--withdraw", "-o", "."), "exists"),
        (("--profile", "audit"), "'close', 'care', 'legal', 'source'"),
    ],
)
def test_wrong_use_is_told_before_anybody_answers(
    arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = agree(*arguments)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert os.listdir(tmp_path) == []


def test_no_option_takes_an_answer() -> None:
    known = ("--fill FILE", "--withdraw", "--message", "--profile", "--output FILE", "--help")
    shown = agree("--help").out
    options = [line for line in shown.splitlines() if line.lstrip().startswith("-")]
    assert len(options) == len(known)
    assert all(name in shown for name in known)


def test_without_a_terminal_nobody_is_asked(start: Start) -> None:
    result = start("agree")
    assert (result.returncode, result.stdout) == (2, "")
    assert "--fill FILE" in result.stderr


def test_input_that_ends_keeps_no_file(start: Start, tmp_path: Path) -> None:
    result = start("agree", "--fill", "mine.json")
    assert result.returncode == 130
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "mine.json").exists()
