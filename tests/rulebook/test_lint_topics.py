"""House rules about what two people agree on."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_folders import SOUND, call, line_with, problems, swap, write

FILE = "agreement/lamp.toml"
OTHER_FILE = "agreement/chair.toml"
CHOICES = """
[[choices]]
word = "off"
says = "off"

[[choices]]
word = "dim"
says = "dim"
"""
SOURCES = """
[[sources]]
title = "The source article"
kind = "article"
checked = 2026-11-22
"""


def topic(merge: str, choices: str = CHOICES, *keys: str) -> str:
    head = ['id = "lamp"', "place = 1", 'title = "The lamp"', 'question = "How bright is it?"']
    return "\n".join([*head, f'merge = "{merge}"', *keys, choices, SOURCES])


OWN, NOTHING, GIVEN = "own_words = true", 'nothing = "none"', 'given = ["it is on"]'
MANY = "".join(f'\n[[choices]]\nword = "w{i}"\nsays = "w{i}"\n' for i in range(10))


@pytest.mark.parametrize(
    "text",
    [
        topic("strictest"),
        topic("fixed", "", GIVEN),
        topic("overlap", CHOICES, NOTHING),
        topic("together", "", OWN, GIVEN),
        topic("fine-or-not", "", OWN, NOTHING, 'profiles = ["close"]'),
    ],
)
def test_a_sound_topic_has_no_problem(text: str, tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, FILE: text})
    assert call("rules", "lint", tmp_path).output == "5 files, no problems.\n"


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        (topic("strictest", ""), "merge =", "merge: the strictest of what?"),
        (topic("strictest", CHOICES, OWN), "own_words", "own_words: own words have no order"),
        (topic("fixed", ""), "merge =", "merge: a fixed topic says something"),
        (topic("fixed", CHOICES, GIVEN), "merge =", "merge: a fixed topic is not asked"),
        (topic("together", "", NOTHING), "merge =", "merge: there is nothing to name"),
        (topic("overlap"), "merge =", "merge: say in nothing what stands on the sheet"),
        (topic("strictest", MANY), "[[choices]]", "choices: at most 9 choices"),
        (
            topic("strictest", CHOICES + CHOICES.partition('[[choices]]\nword = "dim"')[0]),
            "[[sources]]",
            'choices.3.word: the word "off" stands twice',
        ),
        (
            topic("together", swap(CHOICES, 'word = "dim"', 'word = "everything"'), NOTHING),
            'word = "everything"',
            'choices.2.word: "everything" means something in every topic',
        ),
        (
            topic("strictest", swap(CHOICES, 'word = "dim"', 'word = "unsure"')),
            'word = "unsure"',
            'choices.2.word: "unsure" means something in every topic',
        ),
        (topic("strictest", CHOICES, 'profiles = ["audit"]'), "profiles", "profiles.1: "),
        (topic("loosest"), "merge =", 'merge: "loosest" is not one of: strictest, '),
        (swap(topic("strictest"), "2026-11-22", "2099-01-01"), "checked", "sources.1.checked: "),
        (
            swap(topic("strictest"), '"lamp"', '"light"'),
            "id =",
            'id: the id and the file name "lamp"',
        ),
    ],
)
def test_what_is_wrong_with_a_topic_is_named(text: str, at: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, FILE: text})
    (found,) = problems(call("rules", "lint", tmp_path), tmp_path)
    assert found.file == FILE
    assert found.text.startswith(said)
    if "twice" not in said:
        assert found.line == line_with(text, at)


def test_two_topics_have_a_name_and_a_place_each(tmp_path: Path) -> None:
    other = topic("strictest")
    write(tmp_path, {**SOUND, FILE: topic("strictest"), OTHER_FILE: other})
    said = {item.text for item in problems(call("rules", "lint", tmp_path), tmp_path)}
    assert any("stands in place 1 already" in text for text in said)
    assert any('the id "lamp" is already used' in text for text in said)
    assert len(said) == 3
