"""Notes of two people become one sheet: in every topic the strictest answer wins.

Nothing here knows who answered what. A result can be merged again, like an answer; the order of the
people, saying a thing twice and grouping three people do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from privacy_check.plaintext import HIDDEN
from privacy_check.record import NOTHING, record
from privacy_check.rulebook.records import Topic

STRICTEST = "strictest"
OVERLAP = "overlap"
TOGETHER = "together"
FINE_OR_NOT = "fine-or-not"

EVERYTHING = "everything"
"""The widest limit; it takes in every other one."""


_PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u201c\u201d\u201e\u00ab\u00bb", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
        "\u2800": " ",
    }
)
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters that leave no mark, and choose between shapes of the letter before."""
_WITHOUT_A_SHAPE = ("Cf", "Cn", "Co")


@record
class Filled:
    """What one person said, or several together, each by the id of its topic.

    What is unsure, skipped or missing is all the same: an empty word, no words, or no entry.
    """

    ranked: Mapping[str, str] = NOTHING
    sets: Mapping[str, tuple[str, ...]] = NOTHING
    not_fine: Mapping[str, tuple[str, ...]] = NOTHING


@record
class Sheet:
    """What holds for both, topic by topic. What is agreed can be merged again."""

    topics: tuple[Topic, ...]
    agreed: Filled


def merge(topics: Sequence[Topic], answers: Sequence[Filled]) -> Sheet:
    """Return the sheet of all answers; without any answer, nothing is permitted."""
    ranked: dict[str, str] = {}
    sets: dict[str, tuple[str, ...]] = {}
    not_fine: dict[str, tuple[str, ...]] = {}
    for topic in topics:
        said = [answer.sets.get(topic.id, ()) for answer in answers]
        if topic.merge == STRICTEST:
            words = [answer.ranked.get(topic.id, "") for answer in answers]
            ranked[topic.id] = _strictest(topic, words)
        elif topic.merge == OVERLAP:
            sets[topic.id] = _overlap(topic, said)
        elif topic.merge == TOGETHER:
            sets[topic.id] = _together(topic, said)
        elif topic.merge == FINE_OR_NOT:
            limits = [answer.not_fine.get(topic.id, ()) for answer in answers]
            not_fine[topic.id] = _together(topic, limits)
            sets[topic.id] = _without(_overlap(topic, said), not_fine[topic.id])
    return Sheet(topics=tuple(topics), agreed=Filled(ranked=ranked, sets=sets, not_fine=not_fine))


def withdrawn(topics: Sequence[Topic]) -> Sheet:
    """Return the sheet after one of the two took everything back: nothing can be stricter."""
    limits = {topic.id: (EVERYTHING,) for topic in topics if topic.merge == TOGETHER}
    not_fine = {topic.id: (EVERYTHING,) for topic in topics if topic.merge == FINE_OR_NOT}
    return merge(topics, [Filled(sets=limits, not_fine=not_fine)])


def says_something(topics: Sequence[Topic], answers: Filled) -> bool:
    """Say whether answers hold anything that no answer at all would not hold."""
    return merge(topics, [answers]) != merge(topics, [])


def arranged(topic: Topic, words: Iterable[str]) -> tuple[str, ...]:
    """Return words of a set once each: the listed ones first, then own words by their letters.

    The order tells nothing about who named what, nor does the way a word was typed.
    """
    listed = [choice.word for choice in topic.choices]
    known = {normal(choice.says): choice.word for choice in topic.choices}
    found = {known.get(word, word) for word in map(normal, words) if word}
    return (*(word for word in listed if word in found), *sorted(found.difference(listed)))


def normal(text: str) -> str:
    """Return own words in one form, so that what looks alike is the same.

    Small letters, plain signs, single spaces, and nothing that does not show.
    """
    while (folded := _folded(text)) != text:
        text = folded
    return text


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text)
    shown = "".join(_shown(letter) for letter in wide.translate(_PLAIN_SIGNS))
    small = unicodedata.normalize("NFKD", shown).casefold()
    return " ".join(unicodedata.normalize("NFKC", small).split())


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    unseen = HIDDEN.match(letter) or _UNSEEN.match(letter)
    return "" if unseen or unicodedata.category(letter) in _WITHOUT_A_SHAPE else letter


def _strictest(topic: Topic, words: Iterable[str]) -> str:
    """Return the strictest word; one that the topic does not know counts as the strictest."""
    steps = [choice.word for choice in topic.choices]
    places = [steps.index(word) if word in steps else 0 for word in words]
    return steps[min(places, default=0)] if steps else ""


def _overlap(topic: Topic, sets: Sequence[Iterable[str]]) -> tuple[str, ...]:
    """Return what all named. An own word, such as an app, needs a listed one to go with it."""
    named = [set(arranged(topic, words)) for words in sets]
    common = set.intersection(*named) if named else set()
    listed = [choice.word for choice in topic.choices]
    if listed and common.isdisjoint(listed):
        return ()
    return arranged(topic, common)


def _together(topic: Topic, sets: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return what anybody named."""
    named = arranged(topic, (word for words in sets for word in words))
    return (EVERYTHING,) if EVERYTHING in named else named


def _without(fine: tuple[str, ...], not_fine: tuple[str, ...]) -> tuple[str, ...]:
    if EVERYTHING in not_fine:
        return ()
    return tuple(word for word in fine if word not in not_fine)
