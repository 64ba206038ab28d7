"""The outcome: a person outranks every setting, and what was not answered is never ready."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.judge.findings import Finding
from privacy_check.judge.outcome import (
    PAUSE,
    READY,
    REVIEW_FIRST,
    Outcome,
    needs_care,
    outcome,
)
from privacy_check.rulebook.records import Question, Rule, Source

WORST_FIRST = (PAUSE, REVIEW_FIRST, READY)
READ = ("pass", "fail", "unknown", "error", "notapplicable", "notchecked", "informational")
ANSWERED = ("pass", "fail", "unknown", "notapplicable", "skipped", "unasked")
NOT_GOOD = ("fail", "unknown")
OPEN = ("skipped", "unasked")

KINDS = {
    "pause": ("high", {"pause": True}),
    "quick": ("medium", {"quick": 5}),
    "high": ("high", {}),
    "care": ("high", {"care": True}),
    "either": ("high", {"good": "either"}),
    "medium": ("medium", {}),
    "low": ("low", {}),
    "statement": ("high", None),
}


def finding(kind: str, read: str, answer: str, name: str = "a") -> Finding:
    severity, asks = KINDS[kind]
    question = None
    if asks is not None:
        question = Question(**{"text": "Is it so?", "good": "yes", **asks})  # type: ignore[arg-type] # given by name
    rule = Rule(
        id=name,
        title=name,
        phase="agree",
        severity=severity,
        profiles=("care",),
        channels=("video",),
        why="Why.",
        sources=(Source(title="A test", checked=dt.date(2026, 11, 22)),),
        question=question,
    )
    status = "notchecked" if answer in OPEN else answer
    return Finding(rule=rule, status=read, answer=status if question else "", settings=())


def of(*items: tuple[str, str, str], checked: int = 1) -> Outcome:
    """Return the outcome of items, each a kind, what was read, and what was answered."""
    findings = [finding(*item, name=f"rule-{i}") for i, item in enumerate(items)]
    skipped = {f"rule-{i}" for i, item in enumerate(items) if item[2] == "skipped"}
    return outcome(findings, checked=checked, skipped=skipped)


def expected(kind: str, read: str, answer: str) -> str:
    """Return the outcome of one item alone, as the facts tell it."""
    if kind == "pause" and answer in NOT_GOOD:
        return PAUSE
    if kind in ("pause", "quick") and answer in (*OPEN, *NOT_GOOD):
        return REVIEW_FIRST
    if kind in ("quick", "medium", "low"):
        return READY
    if kind != "statement" and answer in (*NOT_GOOD, "skipped"):
        return REVIEW_FIRST
    open_still = kind == "statement" or answer != "pass"
    if read in ("fail", "unknown") or (read == "error" and open_still):
        return REVIEW_FIRST
    return READY


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "either"])
def test_every_answer_with_every_setting(kind: str) -> None:
    cases = list(product(READ, ANSWERED))
    found = {case: of((kind, *case)).word for case in cases}

    assert found == {case: expected(kind, *case) for case in cases}


@pytest.mark.parametrize("read", READ)
def test_a_question_without_a_reassuring_answer_never_stands_in_the_way(read: str) -> None:
    word = READY if read not in ("fail", "unknown", "error") else REVIEW_FIRST

    assert of(("either", read, "informational")).word == word
    assert of(("either", "informational", "unasked")).word == READY


@pytest.mark.parametrize("answer", NOT_GOOD)
def test_one_not_sure_among_good_answers_and_good_settings_is_pause(answer: str) -> None:
    good = [(kind, "pass", "pass") for kind in KINDS]
    found = of(*good, ("pause", "pass", answer))

    assert of(*good).word == READY
    assert found.word == PAUSE
    assert [item.rule.id for item in found.reasons] == [f"rule-{len(good)}"]


@pytest.mark.parametrize("kind", ["pause", "quick"])
@pytest.mark.parametrize("answer", OPEN)
def test_what_decides_and_has_no_answer_is_named_and_never_ready(kind: str, answer: str) -> None:
    found = of(("high", "pass", "pass"), (kind, "pass", answer))

    assert found.word == REVIEW_FIRST
    assert [item.rule.id for item in found.needed] == ["rule-1"]
    assert [item.rule.id for item in found.unanswered] == ["rule-1"]


def test_pause_still_tells_what_was_not_answered() -> None:
    found = of(
        ("pause", "pass", "unknown"), ("pause", "pass", "unasked"), ("low", "pass", "skipped")
    )

    assert found.word == PAUSE
    assert [item.rule.id for item in found.needed] == ["rule-1"]
    assert [item.rule.id for item in found.unanswered] == ["rule-1", "rule-2"]


def test_nothing_checked_is_never_ready() -> None:
    assert of(("pause", "notchecked", "pass"), checked=0).word == REVIEW_FIRST
    assert of(checked=0).word == REVIEW_FIRST
    assert of(("pause", "notchecked", "unknown"), checked=0).word == PAUSE


@pytest.mark.parametrize(
    ("answer", "care"),
    [("pass", False), ("fail", True), ("unknown", True), ("skipped", True), ("unasked", False)],
)
def test_care_is_needed_unless_the_answer_is_the_reassuring_one(answer: str, *, care: bool) -> None:
    found = [finding("care", "pass", answer), finding("high", "fail", "fail", name="b")]
    skipped = {"a", "b"} if answer == "skipped" else {"b"}

    assert needs_care(found, skipped) == care


ITEMS = st.lists(
    st.tuples(st.sampled_from(list(KINDS)), st.sampled_from(READ), st.sampled_from(ANSWERED)),
    min_size=1,
    max_size=6,
)


@given(ITEMS, st.data())
@settings(max_examples=300, deadline=None)
def test_a_worse_answer_or_setting_never_makes_the_outcome_better(
    items: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    before = of(*items)
    place = data.draw(st.integers(0, len(items) - 1))
    kind, read, answer = items[place]
    if data.draw(st.booleans()):
        changed = (kind, read, data.draw(st.sampled_from([*NOT_GOOD, "skipped"])))
        if answer in NOT_GOOD and changed[2] == "skipped":
            changed = items[place]
    else:
        changed = (kind, data.draw(st.sampled_from(["fail"])), answer)
    after = of(*items[:place], changed, *items[place + 1 :])

    if kind != "either":
        assert WORST_FIRST.index(after.word) <= WORST_FIRST.index(before.word)


@given(ITEMS)
@settings(max_examples=300, deadline=None)
def test_good_settings_never_outrank_a_no_or_an_open_question(
    items: list[tuple[str, str, str]],
) -> None:
    as_they_are, as_good = of(*items), of(*((kind, "pass", said) for kind, _, said in items))

    assert (as_they_are.word == PAUSE) == (as_good.word == PAUSE)
    decides = ("pause", "quick", "high", "care")
    if any(kind in decides and answer in NOT_GOOD for kind, _, answer in items):
        assert as_good.word != READY
    if any(kind in ("pause", "quick") and answer in OPEN for kind, _, answer in items):
        assert as_good.word != READY


@given(ITEMS)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_findings_does_not_matter(items: list[tuple[str, str, str]]) -> None:
    assert of(*items).word == of(*reversed(items)).word
