"""What commands end with, and what they do not print into a window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from asking import ROOT, asked, book, flat, good_report, rules_for

from privacy_check.judge.answers import prompts
from privacy_check.record import replaced
from privacy_check.render import words
from privacy_check.render.json import render_report
from privacy_check.render.json_schema import SCHEMAS
from privacy_check.render.markdown import render_markdown

sys.path.append(str(ROOT / "tests" / "person"))

from window import Window

Start = Callable[..., subprocess.CompletedProcess[str]]
CARE = ("who-controls-device", "changes-may-be-noticed")


@pytest.mark.parametrize(
    "command",
    [
        ("settings",),
        ("settings", "--platform", "ios"),
        ("explain", "notification-banners"),
        ("explain", "notifications-off"),
        *(("explain", name) for name in CARE),
    ],
    ids=" ".join,
)
def test_steps_end_with_the_line_that_changes_may_be_noticed(
    command: tuple[str, ...], start: Start
) -> None:
    """An item about a watched device says more, and says it before the first step."""
    done = start(*command, variables={"COLUMNS": "80", "XDG_CURRENT_DESKTOP": "GNOME"})
    text = flat(done.stdout.splitlines())
    first_step = text.find("Change: ")

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == words.MAY_BE_NOTICED
    assert (words.CHANGE_MAY_BE_NOTICED in text) == (command[-1] in CARE)
    if command[-1] in CARE and first_step >= 0:
        assert text.index(words.CHANGE_MAY_BE_NOTICED) < first_step


def test_the_items_about_a_watched_device_are_those() -> None:
    care = {rule.id for rule in book().rules if rule.question and rule.question.care}

    assert care == set(CARE)


def test_where_help_is_ends_with_how_to_have_it_cleared(start: Start) -> None:
    """The text stays in the window; in `ask` the same text is there, and goes when one leaves."""
    lines = start("support", variables={"COLUMNS": "100"}).stdout.splitlines()
    inside = asked("h4", good_report()).last

    assert lines[-1].startswith("This text stays in the window. In `privacy-check ask`, h shows it")
    assert lines[-2].startswith("Nothing was opened, sent or saved.")
    assert "Nothing was opened, sent or saved." in inside
    assert "stays in the window" not in inside


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def test_a_page_for_a_browser_is_not_poured_into_a_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "privacy_check", "handout"]
    with Window.start(command, env=environment(tmp_path)) as window:
        assert window.exit_code() == 2
        text = flat(window.screen())
    assert "-o page.html" in text
    assert "<" not in text

    path = tmp_path / "page.html"
    with Window.start([*command, "-o", str(path)], env=environment(tmp_path)) as window:
        assert window.exit_code() == 0
        assert "<html" not in flat(window.screen())
    assert path.read_text().startswith("<!doctype html>")


def test_a_page_goes_to_a_pipe_without_asking(start: Start) -> None:
    done = start("handout")

    assert (done.returncode, done.stderr) == (0, "")
    assert "<html" in done.stdout


# Questions that share an answer stand once in a list of all


@cache
def boxes(profile: str, channel: str) -> list[str]:
    text = render_markdown(good_report(profile, channel))
    part = text.partition(f"## {words.STATUS['notchecked']}\n")[2].partition("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("- [ ] ")]


@pytest.mark.parametrize("channel", ["video", "text"])
@pytest.mark.parametrize("profile", ["", "close", "care"])
def test_markdown_asks_each_shared_question_once(profile: str, channel: str) -> None:
    found = prompts(rules_for(profile, channel))
    wanted = sorted(f"- [ ] {prompt.text}" for prompt in found)

    assert sorted(boxes(profile, channel)) == wanted
    covered = {name for prompt in found for name in prompt.covers}
    assert covered
    assert len(set(wanted)) == len(wanted)


def test_markdown_asks_in_the_words_for_such_a_call() -> None:
    asks = "Has the other person asked you whether it may be recorded?"

    assert f"- [ ] {asks}" in boxes("care", "video")
    assert f"- [ ] {asks}" not in boxes("close", "video")


# What a reader of the JSON has to know


@pytest.mark.parametrize("administrator", [True, False])
def test_the_json_says_whose_settings_these_are_and_what_they_cannot_show(
    *, administrator: bool
) -> None:
    report = good_report()
    made = replaced(report.made, administrator=administrator)
    document = json.loads(render_report(replaced(report, made=made)))

    assert document["administrator"] is administrator
    assert document["limits"] == [words.MAY_BE_NOTICED, words.CANNOT_SHOW]
    for name in ("administrator", "limits"):
        assert name in json.dumps(SCHEMAS)
