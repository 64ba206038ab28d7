"""Judging: one finding a rule, and nothing looks good that was not surely seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.judge.findings import Row, judge, row_status
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import (
    Applies,
    Form,
    Question,
    Rule,
    Setting,
    Source,
    Use,
    Variant,
)
from privacy_check.rulebook.select import Place

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
SOURCE = Source(title="A test", checked=dt.date(2026, 11, 22))
CONFIDENCES = ("verified", "documented", "believed")
WORDS = ("off", "on")


def place(name: str, row: str = "linux", confidence: str = "verified") -> Place:
    form = Form(
        name="",
        applies=Applies(),
        read=ByHand(reason="-"),
        map={},
        unset="",
        whole=(),
        change=("Change it.",),
        undo=("Put it back.",),
        command="",
        undo_command="",
        steps="verified",
        confidence=confidence,
        tested_on=(),
        sources=(SOURCE,),
        limits="",
        cases=(),
    )
    variant = Variant(row=row, form=form)
    values = {word: f"It is {word}." for word in WORDS}
    setting = Setting(id=name, title=name, topic="lock", values=values, variants=(variant,))
    return Place(setting=setting, variant=variant)


def rule(name: str, *uses: Use, question: Question | None = None) -> Rule:
    return Rule(
        id=name,
        title=name,
        phase="prepare",
        severity="medium",
        profiles=("care",),
        channels=("video",),
        why="Why.",
        sources=(SOURCE,),
        question=question,
        settings=uses,
    )


def value(word: str) -> Value:
    return Value(word=word, where="there", as_of=NOW)


def unset(word: str, *, sure: bool = True) -> Unset:
    return Unset(word=word, where="there", as_of=NOW, sure=sure)


UNSEEN = Unreadable(reason="it may not be read")
ABSENT = NotApplicable(reason="it is not here")
USE = Use(id="a", good=("off",))
INFORMS = Use(id="a", informs=True)
ASKED = Question(text="Have you?", good="yes")


@pytest.mark.parametrize(
    ("reading", "confidence", "use", "expected"),
    [
        (value("off"), "verified", USE, "pass"),
        (value("off"), "documented", USE, "pass"),
        (value("off"), "believed", USE, "unknown"),
        (value("on"), "verified", USE, "fail"),
        (value("on"), "believed", USE, "fail"),
        (value(""), "verified", USE, "unknown"),
        (unset("off"), "verified", USE, "pass"),
        (unset("off"), "believed", USE, "unknown"),
        (unset("off", sure=False), "verified", USE, "unknown"),
        (unset("on", sure=False), "verified", USE, "fail"),
        (unset("on"), "verified", USE, "fail"),
        (UNSEEN, "verified", USE, "error"),
        (ABSENT, "verified", USE, "notapplicable"),
        (value("on"), "verified", INFORMS, "informational"),
        (value(""), "verified", INFORMS, "unknown"),
        (UNSEEN, "verified", INFORMS, "error"),
    ],
)
def test_the_status_of_a_row(reading: Reading, confidence: str, use: Use, expected: str) -> None:
    assert (
        row_status(Row(place=place("a", confidence=confidence), reading=reading), use) == expected
    )


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ((value("off"), value("on"), UNSEEN, value(""), ABSENT), "fail"),
        ((value("off"), UNSEEN, value(""), ABSENT), "error"),
        ((value("off"), value(""), ABSENT), "unknown"),
        ((value("off"), ABSENT), "pass"),
        ((ABSENT, ABSENT), "notapplicable"),
        ((), "notapplicable"),
    ],
)
def test_the_worst_setting_decides(readings: Sequence[Reading], expected: str) -> None:
    rows = [
        Row(place=place("a", f"linux/{number}"), reading=reading)
        for number, reading in enumerate(readings)
    ]
    for order in (rows, rows[::-1]):
        (finding,) = judge([rule("r", USE)], order, asks=True)
        assert finding.status == expected


@pytest.mark.parametrize(
    ("uses", "question", "readings", "expected"),
    [
        ((), ASKED, (), "notchecked"),
        ((), None, (), "informational"),
        ((USE,), ASKED, (ABSENT,), "notchecked"),
        ((USE,), ASKED, (value("off"),), "pass"),
        ((USE,), None, (ABSENT,), "notapplicable"),
        ((INFORMS,), None, (value("on"),), "informational"),
        ((INFORMS,), ASKED, (value("on"),), "notchecked"),
    ],
)
def test_rules_that_settings_do_not_decide(
    uses: tuple[Use, ...], question: Question | None, readings: tuple[Reading, ...], expected: str
) -> None:
    rows = [Row(place=place("a"), reading=reading) for reading in readings]
    (finding,) = judge([rule("r", *uses, question=question)], rows, asks=True)

    assert finding.status == expected


def test_the_open_question_stands_beside_the_status() -> None:
    asked, silent = rule("asked", question=ASKED), rule("silent")

    assert [item.answer for item in judge([asked, silent], [], asks=True)] == ["notchecked", ""]
    assert [item.answer for item in judge([asked, silent], [], asks=False)] == ["notselected", ""]


READINGS = st.one_of(
    st.sampled_from([*WORDS, ""]).map(value),
    st.builds(unset, st.sampled_from(WORDS), sure=st.booleans()),
    st.just(UNSEEN),
    st.just(ABSENT),
)
ROWS = st.lists(
    st.builds(
        lambda name, row, confidence, reading: Row(
            place=place(name, row, confidence), reading=reading
        ),
        st.sampled_from("abc"),
        st.sampled_from(["linux", "linux/x", "linux/y"]),
        st.sampled_from(CONFIDENCES),
        READINGS,
    ),
    max_size=8,
)
USES = st.lists(
    st.builds(
        lambda name, good, informs: Use(id=name, good=() if informs else good, informs=informs),
        st.sampled_from("abc"),
        st.sampled_from([("off",), ("on",), ("off", "on")]),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda use: use.id,
)
RULES = st.lists(
    st.builds(lambda uses, asks: (tuple(uses), asks), USES, st.booleans()), max_size=4
).map(
    lambda given: [
        rule(f"r{number}", *uses, question=ASKED if asks else None)
        for number, (uses, asks) in enumerate(given)
    ]
)


def sure(row: Row) -> bool:
    """Say whether a reading may look good at all."""
    if row.place.variant.form.confidence == "believed":
        return False
    match row.reading:
        case Value(word=word):
            return word != ""
        case Unset(sure=certain):
            return certain
    return False


@settings(max_examples=300)
@given(rules=RULES, rows=ROWS, data=st.data())
def test_one_finding_a_rule_in_any_order_of_rows(
    rules: list[Rule], rows: list[Row], data: st.DataObject
) -> None:
    findings = judge(rules, rows, asks=True)
    shuffled = judge(rules, data.draw(st.permutations(rows)), asks=True)

    assert [item.rule for item in findings] == rules
    assert [item.status for item in findings] == [item.status for item in shuffled]
    for finding in findings:
        statuses = {item.status for item in finding.settings if item.decides}
        assert all(sure(item.row) for item in finding.settings if item.status == "pass")
        if finding.status == "pass":
            assert statuses & {"fail", "error", "unknown"} == set()
            assert "pass" in statuses


@settings(max_examples=150)
@given(rules=RULES, rows=ROWS, number=st.integers(0, 7))
def test_a_setting_that_turns_unreadable_never_makes_a_rule_look_good(
    rules: list[Rule], rows: list[Row], number: int
) -> None:
    if not rows:
        return
    at = number % len(rows)
    spoilt = [*rows[:at], Row(place=rows[at].place, reading=UNSEEN), *rows[at + 1 :]]
    name = rows[at].place.setting.id
    for item in judge(rules, spoilt, asks=True):
        for use in item.rule.settings:
            if use.id == name and not use.informs:
                assert item.status in ("fail", "error")
            elif use.id == name:
                decided = {seen.status for seen in item.settings if seen.decides}
                assert item.status != "pass" or "pass" in decided


def test_a_setting_that_only_informs_does_not_hold_back_another() -> None:
    both = rule("r", Use(id="a", good=("off",)), Use(id="b", informs=True))
    unread = Row(place=place("b", "linux", "verified"), reading=UNSEEN)
    good = Row(place=place("a", "linux", "verified"), reading=value("off"))
    gone = Row(place=place("a", "linux", "verified"), reading=NotApplicable(reason="not here"))

    assert judge([both], [good, unread], asks=True)[0].status == "pass"
    assert judge([both], [gone, unread], asks=True)[0].status == "error"
    assert judge([both], [unread], asks=True)[0].status == "error"
