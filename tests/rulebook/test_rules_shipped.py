"""The shipped rule files: plain TOML, and calm words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

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


WORDS_TO_AVOID = (
    # Roles that not everybody has.
    *("partner", "partners", "boyfriend", "girlfriend", "husband", "wife", "victim", "victims"),
    *("suspect", "suspects", "abuser", "abusers", "stalker", "stalkers", "hacker", "hackers"),
    *("spy", "spies", "spyware", "teacher", "teachers", "expert", "experts"),
    # Grades.
    *("fail", "fails", "failed", "failure", "violation", "violations", "bad", "score", "scores"),
    *("compliant", "compliance"),
    # Promises.
    *("safe", "safely", "safer", "safety", "secure", "securely", "anonymous", "anonymously"),
    *("guarantee", "guaranteed", "guarantees", "leak-proof"),
    # Blame and alarm.
    *("revenge", "leak", "leaked", "danger", "dangerous", "capture", "captures", "captured"),
    # Orders.
    *("must", "should have", "always", "never"),
    # Paper that stands for consent.
    *("contract", "proof", "signature", "sign", "signed", "form"),
    # What is for the profile close only.
    *("intimate", "intimacy"),
)
AVOIDED = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, WORDS_TO_AVOID))})(?![\w-])|100 ?%|stop!",
    re.IGNORECASE,
)


def shipped() -> RuleBook:
    book = load([RULES]).book
    assert book is not None
    return book


def sentences() -> Iterator[tuple[str, str]]:
    """Yield every sentence that a person reads, with the place it stands at."""
    book = shipped()
    for rule in book.rules:
        yield f"{rule.id} title", rule.title
        yield f"{rule.id} why", rule.why
        yield f"{rule.id} limits", rule.limits
        if rule.question is not None:
            yield f"{rule.id} question", rule.question.text
    for setting in book.settings.values():
        yield f"{setting.id} title", setting.title
        for word, meaning in setting.values.items():
            yield f"{setting.id} {word}", meaning
        for variant in setting.variants:
            place = f"{setting.id} {variant.row}"
            yield f"{place} name", variant.form.name
            yield f"{place} limits", variant.form.limits
            for step in (*variant.form.change, *variant.form.undo):
                yield f"{place} step", step
            yield f"{place} reason", getattr(variant.form.read, "reason", "")
    for programs in book.programs.values():
        yield f"{programs.id} title", programs.title


SENTENCES = sorted({item for item in sentences() if item[1]})


def test_no_sentence_holds_a_word_to_avoid() -> None:
    found = {f"{place}: {sentence}" for place, sentence in SENTENCES if AVOIDED.search(sentence)}
    assert found == set()


@pytest.mark.parametrize("word", ["safe", "Safe", "must", "100 %", "should have", "partner's"])
def test_the_search_finds_whole_words(word: str) -> None:
    assert AVOIDED.search(f"It is {word}.")
    assert not AVOIDED.search("unsafer mustard conform spyglass")


def test_titles_are_short_and_without_a_full_stop() -> None:
    book = shipped()
    titles = [item.title for item in (*book.rules, *book.settings.values())]
    assert [title for title in titles if title.endswith((".", "!", "?"))] == []
    assert len(set(titles)) == len(titles)


def test_questions_ask_one_thing_in_few_words() -> None:
    asked = [rule.question.text for rule in shipped().rules if rule.question]
    assert [text for text in asked if len(text.split()) > 16] == []


def test_steps_are_short_sentences() -> None:
    steps = {
        step
        for setting in shipped().settings.values()
        for variant in setting.variants
        for step in (*variant.form.change, *variant.form.undo)
    }
    assert {step for step in steps if len(step.split()) > 16} == set()
    assert {step for step in steps if not step[0].isupper() and step[0].isalpha()} == set()
