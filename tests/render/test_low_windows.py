"""Low and narrow windows: what is not needed to answer is left out, and no key is cut off."""

from __future__ import annotations

import pytest
from asking import CHANNELS, Kept, asked, flat, good_report, rules_for

from privacy_check.judge.answers import Prompt, prompts
from privacy_check.render import conversation
from privacy_check.render.page import Page

KEYS = ("y yes", "n no", "? not sure", "s skip", "b back", "e end")
LOW = [(80, 10), (40, 12), (40, 8), (30, 8), (20, 10)]


def keys_seen(lines: list[str]) -> set[str]:
    """Return the keys of a question that are named in these lines, however close they stand."""
    text = flat(lines)
    return {key for key in KEYS if f" {key}" in f" {text}"}


def shown(prompt: Prompt, place: str, room: int, before: str = "") -> conversation.Asked:
    return conversation.Asked(prompt=prompt, place=place, room=room, before=before)


def check(lines: list[str], columns: int, rows: int) -> None:
    """Check what holds for every screen."""
    assert len(lines) <= rows, "\n".join(lines)
    assert max(map(len, lines)) <= columns
    assert lines[0].endswith("leave: x")
    assert len(lines[0]) == columns


@pytest.mark.parametrize(("columns", "rows"), LOW)
@pytest.mark.parametrize("profile", ["", "close", "care"])
def test_a_low_window_cuts_no_question_and_no_key(profile: str, columns: int, rows: int) -> None:
    """On a phone with its keyboard open, or in a corner: what may help is left out first."""
    page = Page(width=columns)
    for channel in CHANNELS:
        found = prompts(rules_for(profile, channel))
        room = conversation.room_for_questions(found, page)
        for i, prompt in enumerate(found):
            place = f"{i + 1} of {len(found)}"
            for before in ("", "unsure"):
                lines = conversation.question(shown(prompt, place, room, before), page, rows)
                check(lines, columns, rows)
                assert lines[0].startswith(place)
                assert ("help: h" in lines[0]) == (columns >= 40 or (not before and columns > 26))
                assert prompt.text in flat(lines)
                assert keys_seen(lines) == set(KEYS)
                mine = prompt.question.may_not_apply
                assert ("d does not apply" in flat(lines)) == mine


def test_the_smallest_window_still_shows_the_keys_that_answer() -> None:
    page = Page(width=20)
    for prompt in prompts(rules_for("close")):
        lines = conversation.question(shown(prompt, "1 of 66", 9), page, 8)[:8]
        assert lines[0] == "1 of 66     leave: x"
        assert {"y yes", "n no"} <= keys_seen(lines)
        assert "? not" in flat(lines)


@pytest.mark.parametrize(("columns", "rows"), [(80, 10), (40, 12), (40, 8)])
def test_a_low_window_cuts_no_key_of_any_other_screen(columns: int, rows: int) -> None:
    kept = Kept(answers={}, write=lambda _: None)
    report = good_report(odd={"notification-banners": "on", "automatic-lock": "off"})
    person = asked("nyh3Ee", report, kept, columns, rows)
    for screen in person.screens:
        check(screen, columns, rows)
    last = flat(person.screens[-1])
    for key in ("m more", "a all", "h where", "c show", "k keep", "b back", "enter end"):
        assert key in last
    (chosen,) = {text for text in map(flat, person.screens) if "is threatening me" in text}
    for key in "1234":
        assert f"{key} " in chosen
    assert "enter begin" in flat(person.screens[0])
    assert "h where to find help" in flat(person.screens[0])
