"""The card for the call and for the minutes after it: statements, small, and no settings to do."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest
from asking import CHANNELS, PROFILES, flat, good_report, rules_for

from privacy_check.render import words
from privacy_check.render.card import bullet, render_card
from privacy_check.render.page import Page
from privacy_check.render.text import render_text

Start = Callable[..., subprocess.CompletedProcess[str]]
PHASES = ("during", "after")


def card(phase: str, profile: str = "", channel: str = "video", width: int = 80) -> list[str]:
    report = good_report(profile, channel, phase)
    return render_card(report, Page(width=width)).splitlines()


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("profile", PROFILES)
def test_it_holds_a_line_for_every_rule_and_fits_a_screen(phase: str, profile: str) -> None:
    for channel in CHANNELS:
        lines = card(phase, profile, channel)
        text = flat(lines)
        for rule in rules_for(profile, channel, phase):
            said = rule.say or (rule.question.text if rule.question else "")
            assert said
            assert flat([said]) in text, rule.id
        assert len(lines) <= 24


@pytest.mark.parametrize("width", [80, 40, 20])
@pytest.mark.parametrize("phase", PHASES)
def test_no_line_is_wider_than_the_page(phase: str, width: int) -> None:
    lines = card(phase, "close", width=width)

    assert max(map(len, lines)) <= width
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("phase", PHASES)
def test_it_begins_with_the_part_of_the_call_and_ends_with_what_it_cannot_show(phase: str) -> None:
    lines = card(phase)

    assert lines[0] == words.PHASE[phase]
    assert flat(lines).endswith(words.CANNOT_SHOW)
    assert words.MAY_BE_NOTICED in flat(lines)


def test_what_matters_most_stands_first() -> None:
    said = {rule.say: rule.rank for rule in rules_for("close", phase="during")}
    text = flat(card("during", "close"))
    order = sorted(said, key=lambda say: text.index(flat([say])))
    ranks = [said[say] for say in order]

    assert ranks == sorted(ranks)


def test_a_setting_that_is_worth_a_look_stands_below_the_statements() -> None:
    report = good_report(phase="after", odd={"clipboard-history": "kept"})
    lines = render_card(report, Page()).splitlines()
    statements = [i for i, line in enumerate(lines) if line.startswith("-  ")]

    assert lines.index("On this computer") > max(statements)
    assert "On this computer" not in card("after")


def test_a_stop_is_always_named_and_the_after_part_tells_what_to_put_back() -> None:
    during, after = flat(card("during")), flat(card("after"))

    assert "stop or pause" in during.lower()
    assert "--since" in after
    assert "elete" in after


@pytest.mark.parametrize("profile", PROFILES)
def test_after_the_call_keeping_a_record_stands_before_all_that_speaks_of_deleting(
    profile: str,
) -> None:
    lines = card("after", profile)
    text = flat(lines)

    assert lines[2].startswith("-  If someone threatens you")
    assert "privacy-check support" in text
    assert text.lower().index("keep a record") < text.lower().index("delete")
    assert "record before" not in flat(card("during", profile))


@pytest.mark.parametrize("phase", PHASES)
def test_it_names_the_phone_which_is_not_seen_from_here(phase: str) -> None:
    assert words.PHONE_LINE in flat(card(phase))
    assert "settings --platform ios|android" in words.PHONE_LINE


@pytest.mark.parametrize("phase", PHASES)
def test_the_command_prints_the_card(phase: str, start: Start) -> None:
    done = start("run", "--phase", phase, variables={"COLUMNS": "80"})

    assert done.returncode in (0, 3)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == words.PHASE[phase]
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("phase", ["agree", "prepare", "just-before", "anytime", ""])
def test_other_parts_have_the_first_screen(phase: str) -> None:
    assert render_text(good_report(phase=phase), Page()).startswith("Call checklist")


def test_a_long_item_hangs_below_its_first_word() -> None:
    assert bullet("one two three four five six seven", Page(width=20)) == [
        "-  one two three",
        "   four five six",
        "   seven",
    ]
