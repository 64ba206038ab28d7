"""House rules about what two people agree on: each topic can be asked, merged and shown."""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.rulebook.decode import Draft, Entry
from privacy_check.rulebook.problems import KeyPath, Problem
from privacy_check.rulebook.records import Topic

FEWEST_STEPS = 2
MOST_CHOICES = 9
"""Each choice has a number as its key."""

TAKEN = ("everything", "unsure")
"""Words that mean something in every answer."""


def topics_can_be_merged(draft: Draft) -> Iterator[Problem]:
    """Yield what two answers could not be made one with."""
    for entry in draft.agreement:
        for path, message in _faults(entry.record):
            yield entry.document.problem(path, message)


def _faults(topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    match topic.merge:
        case "strictest":
            yield from _faults_of_steps(topic)
        case "fixed":
            yield from _faults_of_fixed(topic)
        case "overlap" | "together" | "fine-or-not":
            yield from _faults_of_sets(topic)
    yield from _faults_of_choices(topic)


def _faults_of_steps(topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    if len(topic.choices) < FEWEST_STEPS:
        yield ("merge",), "the strictest of what? Give two choices or more, the strictest first"
    if topic.own_words:
        yield ("own_words",), "own words have no order from strict to loose: take this out"


def _faults_of_fixed(topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    if not topic.given:
        yield ("merge",), "a fixed topic says something: name it in given"
    if topic.choices or topic.own_words:
        yield ("merge",), "a fixed topic is not asked: take out its choices and own words"


def _faults_of_sets(topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    if not (topic.choices or topic.own_words):
        yield ("merge",), "there is nothing to name: give choices, or own_words = true"
    if not (topic.nothing or topic.given):
        yield ("merge",), "say in nothing what stands on the sheet when nothing is named"


def _faults_of_choices(topic: Topic) -> Iterator[tuple[KeyPath, str]]:
    words = [choice.word for choice in topic.choices]
    if len(words) > MOST_CHOICES:
        yield ("choices",), f"at most {MOST_CHOICES} choices: each has a number as its key"
    for i, word in enumerate(words):
        if word and word in words[:i]:
            yield ("choices", i, "word"), f'the word "{word}" stands twice'
        elif word in TAKEN:
            yield ("choices", i, "word"), f'"{word}" means something in every topic: take another'


def topics_have_places_of_their_own(draft: Draft) -> Iterator[Problem]:
    """Yield topics that stand where another one stands."""
    first: dict[int, Entry[Topic]] = {}
    for entry in draft.agreement:
        other = first.setdefault(entry.record.place, entry)
        if other is not entry:
            message = f"{other.document.file} stands in place {entry.record.place} already"
            yield entry.document.problem(("place",), message)


TOPIC_CHECKS = (topics_can_be_merged, topics_have_places_of_their_own)
