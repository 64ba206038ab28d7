"""The shipped rule files: plain TOML, titles and steps. Words: `promises/test_readability.py`."""

from __future__ import annotations

import re
import tomllib

import pytest
import tomli
from rule_folders import HIDDEN, RULES

from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import RuleBook

FILES = sorted(str(path.relative_to(RULES)) for path in RULES.rglob("*.toml"))


def test_there_are_rule_files() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_plain_toml(file: str) -> None:
    """The parser that is used takes more than TOML 1.0; editors and other tools do not."""
    text = (RULES / file).read_text(encoding="utf-8")
    assert tomllib.loads(text) == tomli.loads(text)
    assert "\r" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("file", FILES)
def test_a_file_holds_no_hidden_character(file: str) -> None:
    text = (RULES / file).read_text(encoding="utf-8")
    assert not HIDDEN.search(text)
    assert not re.search(r"[ \t]+\n", text)


def shipped() -> RuleBook:
    book = load([RULES]).book
    assert book is not None
    return book


def test_titles_are_short_and_without_a_full_stop() -> None:
    book = shipped()
    titles = [item.title for item in (*book.rules, *book.settings.values())]
    assert [title for title in titles if title.endswith((".", "!", "?"))] == []
    assert len(set(titles)) == len(titles)


def test_steps_are_short_sentences() -> None:
    steps = {
        step
        for setting in shipped().settings.values()
        for variant in setting.variants
        for step in (*variant.form.change, *variant.form.undo, *variant.form.look)
    }
    assert {step for step in steps if len(step.split()) > 16} == set()
    assert {step for step in steps if not step[0].isupper() and step[0].isalpha()} == set()
