"""The screens of `ask`: they fit, the keys never move, and no sign in them means anything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from asking import (
    CHANNELS,
    PROFILES,
    answers_for,
    asked,
    dark_report,
    flat,
    good_report,
    rules_for,
)

from privacy_check.judge.answers import Prompt, prompts, statuses
from privacy_check.judge.outcome import needs_care, outcome
from privacy_check.render import conversation, words
from privacy_check.render.ending import Ending, ending, ending_keys
from privacy_check.render.page import Page
from privacy_check.render.screen import Keys, paged, room
from privacy_check.report.build import Report, with_answers

KEYS = ("y  yes", "n  no", "?  not sure", "s  skip", "b  back", "e  end")
LEAVE = "leave: x"
WINDOWS = list(product((80, 40), (24, 20)))
ANSWERS = ("", "yes", "no", "unsure", "skip", "n-a")
ALL_KEYS = "yn?usbdmahck1234E> "


def places(lines: list[str]) -> dict[str, tuple[int, int]]:
    """Return the row and column of each key."""
    return {key: (y, row.index(key)) for key in KEYS for y, row in enumerate(lines) if key in row}


def shown(prompt: Prompt, place: str, room: int, before: str = "") -> conversation.Asked:
    return conversation.Asked(prompt=prompt, place=place, room=room, before=before)


def check(lines: list[str], columns: int, rows: int) -> None:
    """Check what holds for every screen."""
    assert len(lines) <= rows, "\n".join(lines)
    assert [line for line in lines if len(line) > columns] == []
    assert lines[0].endswith(LEAVE)
    assert len(lines[0]) == columns
    assert all(line.isprintable() for line in lines)
    assert not any(line != line.rstrip() for line in lines[1:])


def ending_of(report: Report, key: str, profile: str = "") -> Ending:
    """Return the last screen after one and the same answer to every question."""
    rules = rules_for(profile)
    answers = {prompt.rule.id: key for prompt in prompts(rules)}
    found = with_answers(report, rules, statuses(rules, answers))
    skipped = set(answers) if key == "skip" else set()
    care = needs_care(found.findings, skipped)
    return Ending(
        report=found,
        outcome=outcome(found.findings, checked=found.coverage.checked, skipped=skipped),
        care=care,
        held_back=care,
        nervous="It is normal to be nervous.",
    )


@pytest.mark.parametrize(("columns", "rows"), WINDOWS)
@pytest.mark.parametrize("profile", PROFILES)
def test_every_question_fits_with_its_keys_in_the_same_place(
    profile: str, columns: int, rows: int
) -> None:
    page = Page(width=columns)
    for channel in CHANNELS:
        found = prompts(rules_for(profile, channel))
        room = conversation.room_for_questions(found, page)
        screens = [
            conversation.question(shown(prompt, f"{i + 1} of {len(found)}", room, said), page, rows)
            for i, prompt in enumerate(found)
            for said in ANSWERS
        ]
        for lines in screens:
            check(lines, columns, rows)
        seen = {tuple(places(lines).items()) for lines in screens}
        assert len(seen) == 1
        assert {key for key, _ in next(iter(seen))} == set(KEYS)


@pytest.mark.parametrize("before", ANSWERS)
@pytest.mark.parametrize("columns", [80, 40, 20])
def test_an_earlier_answer_is_shown_where_there_is_room_for_it(columns: int, before: str) -> None:
    prompt = prompts(rules_for())[0]
    lines = conversation.question(shown(prompt, "17 of 52", 3, before), Page(width=columns), 24)

    assert lines[0].startswith("17 of 52")
    assert lines[0].endswith(LEAVE)
    assert len(lines[0]) == columns
    if before and columns > 20:
        assert conversation.ANSWERED[before] in lines[0]


def test_does_not_apply_stands_below_the_other_keys_and_moves_none() -> None:
    page = Page(width=80)
    found = prompts(rules_for("close"))
    offered = {
        prompt.question.may_not_apply: conversation.question(shown(prompt, "1 of 2", 1), page, 24)
        for prompt in found
    }

    assert places(offered[True]) == places(offered[False])
    assert any("d  does not apply" in line for line in offered[True])
    assert not any("d  does not apply" in line for line in offered[False])
    assert len(offered[True]) == len(offered[False])


@pytest.mark.parametrize(("columns", "rows"), WINDOWS)
@pytest.mark.parametrize("questions", [1, 7])
def test_the_first_screen_fits_and_tells_what_leaving_does(
    questions: int, columns: int, rows: int
) -> None:
    page = Page(width=columns)
    keys = (("enter", "begin"),)
    for clears in (True, False):
        lines = conversation.intro(questions, "", page, clears=clears)
        text = flat(lines)
        screens = list(pages(lines, keys, page, rows))
        for screen in screens:
            check(screen, columns, rows)
            assert any("enter  begin" in line for line in screen)
        assert len(screens) == 1 or columns == 40
        assert ("clears" in text) == clears
        assert "Not erased" in text


@pytest.mark.parametrize(("columns", "rows"), WINDOWS)
@pytest.mark.parametrize("key", ["yes", "no", "unsure", "skip"])
def test_the_last_screen_fits_on_its_pages_and_no_line_is_lost(
    key: str, columns: int, rows: int
) -> None:
    for profile, report in (("close", good_report("close")), ("", dark_report())):
        said = ending_of(report, key, profile)
        for keeps, more in product((True, False), repeat=2):
            keys = ending_keys(said, more=more, keeps=keeps)
            page = Page(width=columns)
            lines = ending(said, page)
            shown = list(pages(lines, keys, page, rows))
            for screen in shown:
                check(screen, columns, rows)
                assert all(any(f"{name}  {does}" in row for row in screen) for name, does in keys)
            body = [line for screen in shown for line in screen[2:]]
            assert [line for line in lines if line not in body] == []


def pages(lines: list[str], keys: Keys, page: Page, rows: int) -> Iterator[list[str]]:
    """Yield the screens on which lines are shown, from the first to the last."""
    top, before = 0, -1
    while top != before:
        screen, top = paged(lines, keys, page, top, rows)
        if top != before:
            yield screen
        before, top = top, top + room(keys, page, rows)
        _, top = paged(lines, keys, page, top, rows)


@pytest.mark.parametrize("rows", [8, 20, 24])
def test_pages_show_every_line_once_in_order(rows: int) -> None:
    keys, page = (("enter", "back"),), Page(width=40)
    for count in range(60):
        lines = [f"line {i}" for i in range(count)]
        shown = [line for screen in pages(lines, keys, page, rows) for line in screen]

        assert [line for line in shown if line.startswith("line ")] == lines


@pytest.mark.parametrize(("columns", "rows"), WINDOWS)
def test_a_whole_conversation_fits(columns: int, rows: int) -> None:
    keys = answers_for(rules_for("close"), rest="n")
    person = asked(
        f"{keys}>>a>>Eh1>>>>Eh2>>>Eh3>Eh4>EcE",
        good_report("close", odd={"notification-banners": "on", "automatic-lock": "off"}),
        width=columns,
        height=rows,
    )

    assert len(person.screens) > 100
    for lines in person.screens:
        check(lines, columns, rows)


@pytest.mark.parametrize(
    ("key", "lead"),
    [
        ("unsure", words.OUTCOME["pause"]),
        ("no", words.STOP_HERE),
        ("skip", words.NOT_ANSWERED_YET),
    ],
)
def test_the_outcome_comes_first_and_what_cannot_be_shown_last(key: str, lead: str) -> None:
    said = ending_of(good_report("close"), key, "close")
    text = flat(ending(said, Page()))

    assert text.startswith(lead)
    assert text.index(words.CANNOT_SHOW) < text.index("Not erased")


def worrying(profile: str) -> dict[str, str]:
    """Return the other answer to every question that does not decide by itself."""
    return {
        prompt.rule.id: "n" if prompt.question.good == "yes" else "y"
        for prompt in prompts(rules_for(profile))
        if not (prompt.question.pause or prompt.question.past or prompt.question.care)
        and prompt.question.good != "either"
    }


def test_the_last_screen_shows_three_things_and_names_the_others() -> None:
    keys = answers_for(rules_for("close"), worrying("close"))
    lines = asked(keys, good_report("close")).screens[-1]
    numbers = [line.split()[0] for line in lines if line.startswith("  ") and line[2:3].isdigit()]

    assert numbers == ["1", "2", "3"]
    assert any(line.startswith("Also: ") for line in lines)


@pytest.mark.parametrize("name", ["close-other-apps", "nobody-else-in-room"])
def test_no_answer_is_repeated_on_the_last_screen(name: str) -> None:
    """It tells what may help, and not what was said: no and not sure look the same."""
    rules = rules_for("close")
    texts = {asked(answers_for(rules, {name: key}), good_report("close")).last for key in "n?"}

    assert len(texts) == 1


def test_every_key_does_something_or_nothing_and_none_breaks_it() -> None:
    for start in ("", "sssssssh", "sssssssm"):
        for key in ALL_KEYS:
            person = asked(start + key + "bs1E", good_report())
            assert person.screens
