"""A person's answers stay in the conversation: none is told by what is left of it.

What is looked at: the exit code, the terminal and both streams after the end, files, and what an
error says. The process list and the environment are scenario D6, other errors D7.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ASK, flat, in_lines, in_window, press, surroundings

from privacy_check.cli.ask import command
from privacy_check.judge.answers import GIVEN
from privacy_check.person.answers_file import write_answers
from privacy_check.rulebook.select import Wish

WAYS = ("nnnnnnn", "???????", "sssssss", "yn?snyy")
MOST = 90
"""More keys than there are questions."""

LIMITED = """
import resource, signal, sys

limit = getattr(resource, sys.argv.pop(1))
signal.signal(signal.SIGURG, lambda *_: resource.setrlimit(limit, (0, 0)))
from privacy_check.cli import main
main()
"""
"""The command, but a signal takes away its right to open files, or to make them longer."""

HEAD = '"schema": "answers-v1", "profile": "", "channel": "video"'

OTHER_RULE = """
id = "the-rule"
title = "One question"
phase = "agree"
severity = "high"
profiles = ["close", "care", "legal", "source"]
channels = ["video", "voice", "text"]
why = "It is asked here."

[question]
text = "Do you both want this?"
good = "yes"
quick = 1
hint = "Ask each other."

[[sources]]
title = "A test"
where = "here"
kind = "project"
checked = 2026-11-22
"""


def typed(keys: str) -> str:
    return "".join(f"{key}\n" for key in keys)


def test_the_exit_code_and_the_error_stream_are_the_same_for_all_answers(tmp_path: Path) -> None:
    ends = set()
    for keys in (*WAYS, "sssssssm" + "n?d" * MOST):
        done = in_lines(tmp_path, "\n" + typed(keys) + "\n" * 3)
        ends.add((done.returncode, done.stderr))

    assert ends == {(0, "")}


@pytest.mark.parametrize("way", ["\r", "\x04"])
def test_the_terminal_is_the_same_afterwards_whatever_was_answered(
    way: str, tmp_path: Path
) -> None:
    """Ended or left, what the terminal shows and gets at the end tells no answer."""
    seen = set()
    shell = 'echo earlier; "$@"; echo "code $?"'
    for keys in ("nnnnnnn", "yyyyyyn"):
        with in_window(tmp_path, command=("sh", "-c", shell, "sh", *ASK), rows=60) as window:
            press(window, "\r" + keys)
            window.wait_for("enter  end")
            start = len(window.raw)
            window.send(way.encode())
            window.wait_for("code ")
            window.exit_code()
            seen.add((window.raw[start:], *window.screen(), *window.scrolled()))

    assert len(seen) == 1
    (_, *rows) = seen.pop()
    assert rows == (["earlier", "code 0"] if way == "\r" else ["code 130"])


@pytest.mark.parametrize("second", [True, False])
def test_a_window_that_is_closed_leaves_nothing(tmp_path: Path, *, second: bool) -> None:
    with in_window(tmp_path, second=second) as window:
        press(window, "\rn?n")
        window.hang_up()
        window.exit_code()

    assert [path.name for path in tmp_path.rglob("*")] == ["temporary"]


def test_the_reader_of_its_lines_may_go_away(tmp_path: Path) -> None:
    """The output is closed in the middle: nothing of the answers stands in what is said then."""
    with subprocess.Popen(
        ASK,
        env={"PATH": os.defpath, **surroundings(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        program.stdin.write("\nn\n?\n")
        program.stdin.flush()
        while not program.stdout.readline().startswith("3 of 7"):
            pass
        program.stdout.close()
        program.stdin.write("n\n" * 9)
        program.stdin.close()
        said = program.stderr.read()
        program.wait(20)

    assert "Traceback" not in said
    assert len(said.splitlines()) <= 1
    for word in GIVEN:
        assert word not in said.split()


@pytest.mark.parametrize("limit", ["RLIMIT_NOFILE", "RLIMIT_FSIZE"])
def test_where_the_file_cannot_be_written_it_stays_and_no_answer_is_told(
    limit: str, tmp_path: Path
) -> None:
    """No file can be opened any more, or the disk is full: it is said, and nothing is lost."""
    kept = tmp_path / "kept.json"
    write_answers(str(kept), Wish(), {"want-not-owe": "unsure"})
    before = kept.read_bytes()
    arguments = ("-c", LIMITED, limit, "ask", "--answers", str(kept))
    with in_window(tmp_path, *arguments, command=(sys.executable,), rows=60) as window:
        press(window, "\rnnnnnnn")
        window.signal(signal.SIGURG)
        time.sleep(0.2)
        press(window, "k")
        window.wait_for("enter  back")
        text = flat(window.screen())
        window.send(b"x")
        assert window.exit_code() == 130

    assert text.replace(" ", "").count(str(kept)) == 1
    assert not {"unsure", "want-not-owe", "answered"} & set(re.findall(r"[\w-]+", text))
    assert kept.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.json", "temporary"]


def test_the_end_of_the_input_repeats_nothing(tmp_path: Path) -> None:
    done = in_lines(tmp_path, "\nn\n?\n")

    assert (done.returncode, done.stderr) == (130, "")
    assert "3 of 7" in done.stdout.splitlines()[-8]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_repeats_nothing(number: signal.Signals, tmp_path: Path) -> None:
    with in_window(tmp_path) as window:
        press(window, "\rn?n")
        window.signal(number)

        assert window.exit_code() == 130
        assert window.screen() == []


def test_there_is_no_machine_form_of_a_conversation() -> None:
    """The command has no way to print or write answers, but the private file a person names."""
    options = {name for option in command.params for name in option.opts}

    assert options == {"--profile", "--channel", "--rules", "--answers"}
    assert {option.name for option in command.params if option.param_type_name == "argument"} == (
        set()
    )


def test_answers_are_written_to_no_report(
    start: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """A run after a conversation knows nothing of it, though a file with answers lies there."""
    kept = tmp_path / "home-of-a-test" / "kept.json"
    write_answers(str(kept), Wish(), {"want-not-owe": "unsure", "free-to-say-no": "no"})
    report = json.loads(start("run", "--format", "json").stdout)

    assert {finding["answer"] for finding in report["findings"]} <= {"notchecked", None}


def test_the_private_file_holds_ids_and_words_only(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with in_window(tmp_path, "--answers", str(kept), rows=60) as window:
        press(window, "\ryn?snyy" + "myy" + "m" + "n" * 14 + "e")
        window.wait_for("k  keep")
        window.send(b"ky")
        assert window.exit_code() == 0
        assert window.screen() == []
        assert b"free-to-say-no" not in window.raw

    whole = json.loads(kept.read_text())
    assert whole.keys() == {"schema", "profile", "channel", "answers"}
    assert set(whole["answers"].values()) <= set(GIVEN)
    assert 1 < len(whole["answers"]) < 14, "what is about now, and what decides, is not kept"
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    [
        f'{{{HEAD}, "answers": {{"want-not-owe": "secretly"}}}}',
        f'{{{HEAD}, "answers": {{"want-not-owe": "unsure"',
        '{"schema": "secretly", "answers": {"want-not-owe": "unsure"}}',
        "want-not-owe secretly unsure",
    ],
)
def test_a_damaged_file_of_answers_is_refused_without_a_word_of_it(
    text: str, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(text)
    kept.chmod(0o600)
    done = in_lines(tmp_path, "\n", "--answers", str(kept))

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    for word in ("secretly", "unsure", "want-not-owe"):
        assert word not in done.stderr
    assert kept.read_text() == text


def test_other_rules_do_not_hide_where_help_is_found(tmp_path: Path) -> None:
    """Rules of one's own need not hold the statements about help; those are the shipped ones."""
    folder = tmp_path / "rules"
    (folder / "advice" / "agree").mkdir(parents=True)
    (folder / "advice" / "agree" / "the-rule.toml").write_text(OTHER_RULE)
    done = in_lines(tmp_path, "\nn\nh\n1\n\n\n", "--rules", str(folder))

    assert done.stderr == ""
    assert "1 of 1" in done.stdout
    assert "Where to find help" in done.stdout
    assert done.returncode == 3
