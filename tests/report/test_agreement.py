"""Two people's notes: the strictest answer wins, and the sheet tells no more than that."""

from __future__ import annotations

import datetime as dt
import itertools
import string
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_check.record import replaced
from privacy_check.render.agreement import render_sheet
from privacy_check.report.agreement import EVERYTHING, Filled, arranged, merge, normal, withdrawn
from privacy_check.rulebook.decode import Entry, decode
from privacy_check.rulebook.documents import read_folder
from privacy_check.rulebook.records import Choice, Source, Topic
from privacy_check.rulebook.vocabulary import MERGES

RULES = Path(__file__).resolve().parents[2] / "rules"
DRAFT = decode(item for item in read_folder(RULES)[0] if item.kind == "agreement")
TOPICS = sorted((entry.record for entry in DRAFT.agreement), key=lambda topic: topic.place)
BY_ID = {topic.id: topic for topic in TOPICS}
RANKED = [topic for topic in TOPICS if topic.merge == "strictest"]
SETS = ("overlap", "together", "fine-or-not")
LIMITS = [topic for topic in TOPICS if topic.merge == "together"]

OWN_WORDS = st.sampled_from(
    [
        "signal",
        "Signal",
        "  sig nal",
        "Café",
        "Cafe\u0301",
        "x\u200by",
        "everything",
        "face",
        "MARKS",
    ]
) | st.text(max_size=8)


def words_of(topic: Topic) -> st.SearchStrategy[tuple[str, ...]]:
    """Return sets of words that a person may name for a topic."""
    listed = [choice.word for choice in topic.choices]
    word = st.sampled_from(listed) | OWN_WORDS if listed else OWN_WORDS
    return st.lists(word, max_size=4).map(tuple)


def filled() -> st.SearchStrategy[Filled]:
    """Return the answers of anybody: some topics answered, some unsure, some missing."""
    steps = {
        topic.id: st.sampled_from(["", *(choice.word for choice in topic.choices)])
        for topic in RANKED
    }
    sets = {topic.id: words_of(topic) for topic in TOPICS if topic.merge in SETS}
    limits = {"comfort": words_of(BY_ID["comfort"])}
    return st.builds(
        Filled,
        ranked=st.fixed_dictionaries({}, optional=steps),
        sets=st.fixed_dictionaries({}, optional=sets),
        not_fine=st.fixed_dictionaries({}, optional=limits),
    )


PEOPLE = st.lists(filled(), min_size=1, max_size=4)


def sheet(*answers: Filled) -> str:
    return render_sheet(merge(TOPICS, answers))


# The topics


def test_the_topics_are_those_of_the_table() -> None:
    assert DRAFT.problems == ()
    assert [topic.place for topic in TOPICS] == list(range(1, 19))
    assert {topic.merge for topic in TOPICS} == set(MERGES)
    wanted = "recording screenshots auto-notes saving sharing people-in-room people-on-call channel"
    wanted += " camera keep-out comfort check-in stop-signal after-drop linked-devices after"
    assert [topic.id for topic in TOPICS] == [*wanted.split(), "deletion", "change"]


@pytest.mark.parametrize("entry", DRAFT.agreement, ids=lambda entry: entry.document.stem)
def test_a_topic_can_be_merged_and_shown(entry: Entry[Topic]) -> None:
    topic = entry.record
    assert topic.id == entry.document.stem
    words = [choice.word for choice in topic.choices]
    assert len(set(words)) == len(words)
    assert (len(words) >= 2) if topic.merge == "strictest" else True
    assert bool(words or topic.own_words) == (topic.merge != "fixed")
    assert not (topic.own_words and topic.merge == "strictest")
    assert topic.nothing or topic.given or topic.merge == "strictest"
    assert EVERYTHING not in words
    for choice in topic.choices:
        assert normal(choice.says) not in set(words) - {choice.word}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_question_is_short(topic: Topic) -> None:
    assert len(topic.question.split()) <= 16
    assert topic.question.count("?") == 1


def test_a_general_yes_to_passing_on_is_not_offered() -> None:
    assert [choice.word for choice in BY_ID["sharing"].choices] == ["no", "ask"]
    for words in itertools.product(["no", "ask", "yes", ""], repeat=2):
        both = merge(TOPICS, [Filled(ranked={"sharing": word}) for word in words])
        assert both.agreed.ranked["sharing"] in ("no", "ask")


# The table of three steps


TABLE = """\
          yes  ask  no   unsure empty
yes       yes  ask  no   no     no
ask       ask  ask  no   no     no
no        no   no   no   no     no
unsure    no   no   no   no     no
empty     no   no   no   no     no
"""
HEAD, *ROWS = (line.split() for line in TABLE.splitlines())
PAIRS = [
    (row[0], column, result) for row in ROWS for column, result in zip(HEAD, row[1:], strict=True)
]
THREE_STEPS = ["recording", "screenshots", "auto-notes"]


def said(topic: str, word: str) -> Filled:
    """Return one answer; nothing at all for what was left empty."""
    if word == "empty":
        return Filled()
    return Filled(ranked={topic: "" if word == "unsure" else word})


@pytest.mark.parametrize("topic", THREE_STEPS)
def test_three_steps_give_the_table(topic: str) -> None:
    assert len(PAIRS) == 25
    found = [
        (one, other, merge(TOPICS, [said(topic, one), said(topic, other)]).agreed.ranked[topic])
        for one, other, _ in PAIRS
    ]
    assert found == PAIRS


# Order, repetition, grouping


@given(PEOPLE, st.randoms())
def test_the_order_of_people_does_not_matter(people: list[Filled], chance: Random) -> None:
    shuffled = people[:]
    chance.shuffle(shuffled)
    assert merge(TOPICS, shuffled) == merge(TOPICS, people)
    assert sheet(*shuffled).encode() == sheet(*people).encode()


@given(filled(), filled())
def test_swapped_people_give_the_same_bytes(one: Filled, other: Filled) -> None:
    assert sheet(one, other).encode() == sheet(other, one).encode()


@given(PEOPLE)
def test_saying_a_thing_twice_changes_nothing(people: list[Filled]) -> None:
    once = merge(TOPICS, people)
    assert merge(TOPICS, [*people, *people]) == once
    assert merge(TOPICS, [once.agreed]) == once
    assert merge(TOPICS, [*people, once.agreed]) == once


@given(filled(), filled(), filled())
def test_grouping_does_not_matter(one: Filled, other: Filled, third: Filled) -> None:
    left = merge(TOPICS, [merge(TOPICS, [one, other]).agreed, third])
    right = merge(TOPICS, [one, merge(TOPICS, [other, third]).agreed])
    assert left == right == merge(TOPICS, [one, other, third])


@given(filled(), st.randoms())
def test_how_words_are_ordered_by_a_person_does_not_matter(one: Filled, chance: Random) -> None:
    mixed = {name: tuple(chance.sample(words, len(words))) for name, words in one.sets.items()}
    assert sheet(one) == sheet(replaced(one, sets=mixed))


# Never looser


def is_not_looser(topic: Topic, result: Filled, answer: Filled) -> bool:
    """Say whether a result permits nothing that the answer does not."""
    named = set(result.sets.get(topic.id, ()))
    asked = set(arranged(topic, answer.sets.get(topic.id, ())))
    if topic.merge == "strictest":
        steps = ["", *(choice.word for choice in topic.choices)]
        strictest = max(steps.index(answer.ranked.get(topic.id, "")), 1)
        return steps.index(result.ranked[topic.id]) <= strictest
    if topic.merge == "overlap":
        return named <= asked
    if topic.merge == "together":
        return named >= asked or named == {EVERYTHING}
    if topic.merge == "fine-or-not":
        limits = set(arranged(topic, answer.not_fine.get(topic.id, ())))
        kept = set(result.not_fine[topic.id])
        everything = kept == {EVERYTHING} and not named
        return named <= asked - limits and (kept >= limits or everything)
    return True


@given(PEOPLE)
def test_the_result_is_never_looser_than_any_answer(people: list[Filled]) -> None:
    result = merge(TOPICS, people).agreed
    for topic in TOPICS:
        assert all(is_not_looser(topic, result, answer) for answer in people), topic.id


@given(PEOPLE)
def test_a_withdrawal_is_stricter_than_anything(people: list[Filled]) -> None:
    nothing = withdrawn(TOPICS)
    assert merge(TOPICS, [nothing.agreed, *people]) == nothing
    assert all(is_not_looser(topic, nothing.agreed, one) for topic in TOPICS for one in people)


def test_a_withdrawal_sets_every_permission_to_the_strictest() -> None:
    agreed = withdrawn(TOPICS).agreed
    assert agreed.ranked == {topic.id: topic.choices[0].word for topic in RANKED}
    assert agreed.sets["channel"] == agreed.sets["comfort"] == ()
    assert agreed.not_fine["comfort"] == (EVERYTHING,)
    assert {agreed.sets[topic.id] for topic in LIMITS} == {(EVERYTHING,)}


def test_without_anybody_nothing_is_permitted() -> None:
    assert merge(TOPICS, []) == merge(TOPICS, [Filled()])
    assert merge(TOPICS, []).agreed.ranked == withdrawn(TOPICS).agreed.ranked


def test_a_yes_needs_both() -> None:
    yes = Filled(ranked={topic.id: topic.choices[-1].word for topic in RANKED})
    both = merge(TOPICS, [yes, yes]).agreed.ranked
    assert both == yes.ranked
    assert merge(TOPICS, [yes]).agreed.ranked == yes.ranked
    assert merge(TOPICS, [yes, Filled()]).agreed.ranked == merge(TOPICS, []).agreed.ranked


# What the sheet tells


@given(topic=st.sampled_from(RANKED), one=filled(), other=filled())
def test_no_unsure_empty_and_missing_are_the_same_bytes(
    topic: Topic, one: Filled, other: Filled
) -> None:
    """Whatever else both said, four ways not to say yes cannot be told apart."""
    rest = {name: word for name, word in other.ranked.items() if name != topic.id}
    ways = [
        replaced(other, ranked={**rest, topic.id: topic.choices[0].word}),
        replaced(other, ranked={**rest, topic.id: ""}),
        replaced(other, ranked={**rest, topic.id: "a-word-nobody-knows"}),
        replaced(other, ranked=rest),
    ]
    assert len({sheet(one, way).encode() for way in ways}) == 1
    assert len({sheet(way, one).encode() for way in ways}) == 1


@pytest.mark.parametrize("topic", RANKED, ids=lambda topic: topic.id)
def test_of_the_other_only_the_strictest_result_is_told(topic: Topic) -> None:
    """With their own answer in mind, a person learns the smaller of the two and no more."""
    steps = [choice.word for choice in topic.choices]
    for mine, own in enumerate(steps):
        told: dict[str, set[int]] = {}
        for place, theirs in enumerate([*steps, ""]):
            other = place if theirs else 0
            told.setdefault(sheet(said(topic.id, own), said(topic.id, theirs)), set()).add(other)
        groups = sorted(told.values(), key=min)
        assert groups == [*({place} for place in range(mine)), set(range(mine, len(steps)))]


@pytest.mark.parametrize("topic", LIMITS, ids=lambda topic: topic.id)
def test_a_limit_both_named_reads_as_if_one_had(topic: Topic) -> None:
    mine = Filled(sets={topic.id: ("my street", "red")})
    assert len({sheet(mine, Filled(sets={topic.id: theirs})) for theirs in (
        (), ("red",), ("RED", "my  Street"), ("my street", "red")
    )}) == 1  # fmt: skip


def test_of_ways_the_other_named_beside_the_common_ones_nothing_is_told() -> None:
    mine = Filled(sets={"channel": ("video", "signal")})
    others = [("video",), ("video", "text"), ("video", "voice", "another app")]
    assert len({sheet(mine, Filled(sets={"channel": theirs})) for theirs in others}) == 1


def test_no_common_way_reads_like_no_answer() -> None:
    mine = Filled(sets={"channel": ("text", "signal")})
    others = [(), ("video",), ("signal",), ("voice", "signal")]
    found = {sheet(mine, Filled(sets={"channel": theirs})) for theirs in others}
    assert len(found) == 1
    assert "Ways to talk: none yet; talk again." in found.pop()


def test_what_is_not_fine_for_one_outweighs_what_is_fine_for_both() -> None:
    mine = Filled(sets={"comfort": ("jokes", "stories")}, not_fine={"comfort": ("jokes",)})
    theirs = Filled(sets={"comfort": ("Jokes", "Stories", "songs")}, not_fine={"comfort": ("yes",)})
    agreed = merge(TOPICS, [mine, theirs]).agreed
    assert agreed.sets["comfort"] == ("stories",)
    assert agreed.not_fine["comfort"] == ("jokes", "yes")


# Own words


@given(st.text())
def test_own_words_have_one_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("  My\tStreet\n", "my street"),
        ("Cafe\u0301", "caf\xe9"),
        ("STRASSE", normal("Straße")),
        ("a\u202eb\u200bc\x00\x1b[31m", "abc[31m"),
        ("soft\xadly", "softly"),
        ("\ud800", ""),
        (" \u2029 ", ""),
        ("\u03b1\u0345\u0301", normal("\u03b1\u0301\u0345")),
    ],
)
def test_how_a_word_was_typed_is_not_told(typed: str, form: str) -> None:
    assert normal(typed) == form


def test_listed_words_come_first_and_own_words_by_their_letters() -> None:
    words = ("zebra", "Marks on the body", "apple", "name", "FACE", "", "apple ")
    assert arranged(BY_ID["keep-out"], words) == ("face", "name", "marks", "apple", "zebra")


def test_everything_takes_in_every_other_limit() -> None:
    people = [Filled(sets={"keep-out": ("Everything", "face")}), Filled()]
    assert merge(TOPICS, people).agreed.sets["keep-out"] == (EVERYTHING,)


def test_where_everything_is_not_fine_nothing_is() -> None:
    fine = Filled(sets={"comfort": ("jokes",)})
    agreed = merge(TOPICS, [fine, replaced(fine, not_fine={"comfort": ("EVERYTHING",)})]).agreed
    assert agreed.sets["comfort"] == ()
    assert agreed.not_fine["comfort"] == (EVERYTHING,)


def test_a_topic_without_choices_does_not_break() -> None:
    """Rule folders may come from anybody."""
    source = Source(title="A test", checked=dt.date(2026, 11, 22))
    empty = Topic(
        id="x", place=1, title="X", question="What?", merge="strictest", sources=(source,)
    )
    assert merge([empty], [Filled(ranked={"x": "yes"})]).agreed.ranked == {"x": ""}
    two = replaced(empty, choices=(Choice(word="no", says="no"), Choice(word="yes", says="yes")))
    assert merge([two], [Filled(ranked={"x": string.ascii_letters})]).agreed.ranked == {"x": "no"}
