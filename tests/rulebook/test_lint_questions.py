"""House rules about what a rule asks and says, and about rows of phones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from rule_folders import (
    RULE,
    RULE_FILE,
    SETTING,
    SETTING_FILE,
    SOUND,
    call,
    line_with,
    problems,
    swap,
    write,
)

HINT = 'hint = "Close the window."\n'
OTHER_FILE = "advice/agree/other-room.toml"
THIRD_FILE = "advice/agree/third-room.toml"

OTHER = """\
id = "other-room"
title = "The other room"
phase = "agree"
severity = "low"
profiles = ["close", "care"]
channels = ["video", "voice"]
why = "There may be somebody in it."

[question]
text = "Is the other room empty?"
good = "yes"
hint = "Take a look."

[[sources]]
title = "The source article"
section = "Limits"
kind = "article"
checked = 2026-11-22
"""

THIRD = swap(swap(OTHER, "other-room", "third-room"), '"The other room"', '"The third room"')

SILENT = swap(
    OTHER,
    '[question]\ntext = "Is the other room empty?"\ngood = "yes"\nhint = "Take a look."\n',
    "",
)

PHONE_ROW = """
[android.samsung]
name = "Samsung"
read = { by_hand = "Look on the phone itself." }
change = ["Settings > Notifications."]
undo = ["The same switch."]
since = "One UI 6"
confidence = "documented"
tested_on = []
sources = [{ title = "A manual", checked = 2026-11-22 }]
"""

ABOUT = 'topic = "notifications"\nabout = "It holds back what pops up."\n'
PHONE = swap(SETTING, 'topic = "notifications"\n', ABOUT) + PHONE_ROW


def asking(line: str) -> str:
    """Return the sound rule with one more line in its question."""
    return swap(RULE, HINT, f"{HINT}{line}\n")


def linted(folder: Path, files: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """Return file, line and text of every problem of a folder."""
    write(folder, {**SOUND, **files})
    found = problems(call("rules", "lint", folder), folder)
    return [(item.file, item.line, item.text) for item in found]


def assert_sound(folder: Path, files: Mapping[str, str]) -> None:
    write(folder, {**SOUND, **files})
    result = call("rules", "lint", folder)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert result.stdout.endswith(" files, no problems.\n")


ALSO = 'also = ["other-room"]'
INSTEAD = '[[question.instead]]\nprofiles = ["care"]\ntext = "And now?"\n'

ONE_LINE = {
    "no such rule": (
        'also = ["other-rom"]',
        'question.also.1: there is no rule "other-rom" (did you mean "other-room"?)',
    ),
    "no such rule, in other words": (
        f'{INSTEAD}also = ["other-rom"]',
        'question.instead.1.also.1: there is no rule "other-rom" (did you mean "other-room"?)',
    ),
    "itself": (
        'also = ["other-room", "quiet-room"]',
        "question.also.2: a rule takes its own answer without being named: take it out",
    ),
    "no other words": ("instead = []", "question.instead: this list should have at least 1 entry"),
    "no words in ask": ('asked_as = ""', "question.asked_as: this text should have 1 to "),
    "two ways to hold back": (
        "pause = true\ncare = true",
        "question.care: an answer holds back the call (pause) or steps and files (care): ",
    ),
}


@pytest.mark.parametrize("name", ONE_LINE)
def test_one_mistake_in_a_question_is_one_line(name: str, tmp_path: Path) -> None:
    spoiled, said = ONE_LINE[name]
    rule = asking(spoiled)
    place = line_with(rule, spoiled.splitlines()[-1])
    ((file, line, text),) = linted(tmp_path, {RULE_FILE: rule, OTHER_FILE: OTHER})
    assert (file, line) == (RULE_FILE, place)
    assert text.startswith(said)


def test_a_rule_that_asks_nothing_takes_no_answer(tmp_path: Path) -> None:
    silent = swap(SILENT, 'why = "', 'say = "Look into the other room."\nwhy = "')
    rule = asking(ALSO)
    assert linted(tmp_path, {RULE_FILE: rule, OTHER_FILE: silent}) == [
        (
            RULE_FILE,
            line_with(rule, ALSO),
            (
                'question.also.1: the rule "other-room" asks nothing, '
                "so it takes no answer: take it out"
            ),
        )
    ]


@pytest.mark.parametrize(
    "broken", [OTHER.replace("good =", "goood ="), OTHER.replace("why =", "why ")]
)
def test_a_rule_with_a_mistake_of_its_own_is_not_called_missing(
    broken: str, tmp_path: Path
) -> None:
    found = linted(tmp_path, {RULE_FILE: asking(ALSO), OTHER_FILE: broken})
    assert {file for file, _, _ in found} == {OTHER_FILE}


def test_a_folder_may_name_a_built_in_question_that_it_does_not_hold(tmp_path: Path) -> None:
    """So that a built-in rule can be taken out of the others and changed."""
    assert_sound(tmp_path, {RULE_FILE: asking('also = ["agree-recording"]')})
    result = call("rules", "list", "--rules", tmp_path)
    assert "agree-recording" not in result.output


def test_a_built_in_statement_takes_no_answer_either(tmp_path: Path) -> None:
    rule = asking('also = ["consent-clear"]')
    ((_, line, text),) = linted(tmp_path, {RULE_FILE: rule})
    assert line == line_with(rule, "consent-clear")
    assert text.startswith('question.also.1: there is no rule "consent-clear"')


def test_questions_that_share_an_answer_are_sound(tmp_path: Path) -> None:
    other = swap(OTHER, '"Take a look."\n', '"Take a look."\nalso = ["third-room"]\n')
    also = 'also = ["other-room", "third-room"]'
    assert_sound(tmp_path, {RULE_FILE: asking(also), OTHER_FILE: other, THIRD_FILE: THIRD})


def test_two_questions_do_not_cover_each_other(tmp_path: Path) -> None:
    other = swap(OTHER, '"Take a look."\n', '"Take a look."\nalso = ["quiet-room"]\n')
    assert linted(tmp_path, {RULE_FILE: asking(ALSO), OTHER_FILE: other}) == [
        (
            OTHER_FILE,
            line_with(other, "also ="),
            (
                "question.also.1: other-room > quiet-room > other-room: "
                "none of these would be asked; take one name out"
            ),
        )
    ]


def test_nor_do_they_over_several_steps_and_in_other_words(tmp_path: Path) -> None:
    rule = asking(f'{INSTEAD}also = ["third-room"]')
    other = swap(OTHER, '"Take a look."\n', '"Take a look."\nalso = ["quiet-room"]\n')
    third = swap(THIRD, '"Take a look."\n', f'"Take a look."\n{ALSO}\n')
    files = {RULE_FILE: rule, OTHER_FILE: other, THIRD_FILE: third}
    ((file, line, text),) = linted(tmp_path, files)
    assert (file, line) == (OTHER_FILE, line_with(other, "also ="))
    assert "other-room > quiet-room > third-room > other-room: none of these" in text


def test_each_circle_is_named(tmp_path: Path) -> None:
    rule = asking('also = ["other-room", "third-room"]')
    other = swap(OTHER, '"Take a look."\n', '"Take a look."\nalso = ["quiet-room"]\n')
    third = swap(THIRD, '"Take a look."\n', '"Take a look."\nalso = ["quiet-room"]\n')
    found = linted(tmp_path, {RULE_FILE: rule, OTHER_FILE: other, THIRD_FILE: third})
    assert [text.partition(": ")[2].partition(":")[0] for _, _, text in found] == [
        "other-room > quiet-room > other-room",
        "quiet-room > third-room > quiet-room",
    ]


def test_each_place_among_the_short_questions_is_taken_once(tmp_path: Path) -> None:
    other = swap(OTHER, '"Take a look."\n', '"Take a look."\nquick = 3\n')
    third = swap(THIRD, '"Take a look."\n', '"Take a look."\nquick = 4\n')
    files = {RULE_FILE: asking("quick = 3"), OTHER_FILE: other, THIRD_FILE: third}
    assert linted(tmp_path, files) == [
        (
            RULE_FILE,
            line_with(files[RULE_FILE], "quick = 3"),
            "question.quick: the place 3 is already taken by other-room",
        )
    ]


def test_a_rule_without_question_and_settings_needs_a_statement(tmp_path: Path) -> None:
    needed = "say: a rule that asks nothing and reads nothing needs a sentence to say"
    assert linted(tmp_path, {OTHER_FILE: SILENT}) == [(OTHER_FILE, 1, needed)]
    said = swap(SILENT, 'why = "', 'say = "Look into the other room."\nwhy = "')
    assert_sound(tmp_path, {OTHER_FILE: said})


@pytest.mark.parametrize("good", ["yes", "no"])
def test_a_question_with_a_reassuring_answer_needs_a_hint(good: str, tmp_path: Path) -> None:
    rule = swap(swap(RULE, HINT, ""), 'good = "yes"', f'good = "{good}"')
    assert linted(tmp_path, {RULE_FILE: rule}) == [
        (
            RULE_FILE,
            line_with(rule, "[question]"),
            f'question.hint: say what may help where the answer is not "{good}"',
        )
    ]


def test_a_question_that_only_informs_needs_no_hint(tmp_path: Path) -> None:
    assert_sound(tmp_path, {RULE_FILE: swap(swap(RULE, HINT, ""), '"yes"', '"either"')})


@pytest.mark.parametrize("key", ["pause", "care"])
def test_where_either_answer_is_good_nothing_is_held_back(key: str, tmp_path: Path) -> None:
    rule = swap(asking(f"{key} = true"), '"yes"', '"either"')
    assert linted(tmp_path, {RULE_FILE: rule}) == [
        (
            RULE_FILE,
            line_with(rule, f"{key} = true"),
            f"question.{key}: either answer is good here, so none holds anything back: take it out",
        )
    ]


def test_a_whole_row_of_a_phone_is_sound(tmp_path: Path) -> None:
    assert_sound(tmp_path, {SETTING_FILE: PHONE})


PHONES = {
    "no word on what it does": (
        'about = "It holds back what pops up."\n',
        "",
        (1, "about: a setting of a phone needs a sentence on what it does"),
    ),
    "no version": (
        'since = "One UI 6"\n',
        "",
        (
            line_with(PHONE, "[android.samsung]"),
            "android.samsung.since: a row of a phone needs the version from which its path holds",
        ),
    ),
    "read from here": (
        '{ by_hand = "Look on the phone itself." }',
        '{ running = "watchers" }',
        (
            line_with(PHONE, "read = { by_hand"),
            "android.samsung.read: a phone is looked at by a person: give by_hand, with the reason",
        ),
    ),
    "tried on nothing": (
        'since = "One UI 6"\nconfidence = "documented"',
        'since = "One UI 6"\nconfidence = "verified"',
        (
            line_with(PHONE, 'since = "One UI 6"') + 1,
            "android.samsung.confidence: verified means tried: say on what in tested_on",
        ),
    ),
}


@pytest.mark.parametrize("name", PHONES)
def test_a_row_of_a_phone_is_whole(name: str, tmp_path: Path) -> None:
    old, new, (line, said) = PHONES[name]
    found = linted(tmp_path, {SETTING_FILE: swap(PHONE, old, new)})
    assert found == [(SETTING_FILE, line, said)]
