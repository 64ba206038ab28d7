"""The report: what is counted, what comes first, and which exit code it stands for."""

from __future__ import annotations

import datetime as dt

import pytest

from privacy_check.judge.findings import Row, judge
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.record import replaced
from privacy_check.report.build import Made, Report, build
from privacy_check.report.exits import exit_code
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import (
    Applies,
    Edition,
    Form,
    Question,
    Rule,
    Setting,
    Source,
    Use,
    Variant,
)
from privacy_check.rulebook.select import Place, Wish

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
SOURCE = Source(title="A test", checked=dt.date(2026, 11, 22))
FAILS, PASSES = "on", "off"


def row(name: str, reading: Reading, variant: str = "linux") -> Row:
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
        confidence="verified",
        tested_on=(),
        sources=(SOURCE,),
        limits="",
        cases=(),
    )
    made = Variant(row=variant, form=form)
    values = {FAILS: "It is on.", PASSES: "It is off."}
    setting = Setting(id=name, title=name, topic="lock", values=values, variants=(made,))
    return Row(place=Place(setting=setting, variant=made), reading=reading)


def rule(
    name: str,
    severity: str,
    *uses: str,
    phase: str = "prepare",
    pillar: str = "",
    asks: bool = False,
) -> Rule:
    return Rule(
        id=name,
        title=name,
        phase=phase,
        severity=severity,
        profiles=("care",),
        channels=("video",),
        why="Why.",
        sources=(SOURCE,),
        pillar=pillar,
        question=Question(text="Have you?", good="yes") if asks else None,
        settings=tuple(Use(id=use, good=(PASSES,)) for use in uses),
    )


def report(rules: list[Rule], rows: list[Row]) -> Report:
    made = Made(
        at=NOW,
        platform="linux",
        live=True,
        administrator=False,
        edition=Edition(version="1", date=dt.date(2026, 11, 1)),
        wish=Wish(),
    )
    return build(made, judge(rules, rows, asks=True), rows)


def value(word: str) -> Value:
    return Value(word=word, where="there", as_of=NOW)


UNSEEN = Unreadable(reason="it may not be read")
ABSENT = NotApplicable(reason="it is not here")
DEFAULT = Unset(word=PASSES, where="there", as_of=NOW)


def test_coverage_counts_each_row_once() -> None:
    rows = [
        row("a", value(FAILS)),
        row("b", DEFAULT),
        row("c", UNSEEN),
        row("d", ABSENT),
        row("e", value("")),
    ]
    rules = [rule("one", "low", "a", "b", asks=True), rule("two", "low", "a", "c", "d", "e")]
    coverage = report(rules, rows).coverage

    assert (coverage.selected, coverage.read, coverage.defaulted) == (5, 2, 1)
    assert (coverage.unreadable, coverage.not_applicable, coverage.checked) == (1, 1, 3)
    assert (coverage.rules, coverage.asked, coverage.waived) == (2, 1, 0)


def test_each_row_is_listed_once_under_its_most_important_rule() -> None:
    rows = [row("a", value(FAILS))]
    found = report([rule("low", "low", "a"), rule("high", "high", "a")], rows).to_look_at()

    assert [thing.rule.id for thing in found] == ["high"]


def test_pillars_come_first_then_severity_then_the_nearest_phase() -> None:
    names = {
        "z-pillar": rule("z-pillar", "info", "a", pillar="recording", phase="anytime"),
        "high-later": rule("high-later", "high", "b", phase="after"),
        "high-now": rule("high-now", "high", "c", phase="just-before"),
        "medium": rule("medium", "medium", "d", phase="just-before"),
    }
    rows = [row(name, value(FAILS)) for name in "abcd"]
    found = report(list(names.values())[::-1], rows).to_look_at()

    assert [thing.rule.id for thing in found] == ["z-pillar", "high-now", "high-later", "medium"]


def test_unread_and_unsure_rows_are_listed_apart() -> None:
    rows = [row("a", UNSEEN), row("b", value("")), row("c", value(FAILS)), row("d", ABSENT)]
    made = report([rule("one", "low", "a", "b", "c", "d")], rows)

    assert [thing.judged.row.place.setting.id for thing in made.unread()] == ["a"]
    assert [thing.judged.row.place.setting.id for thing in made.unsure()] == ["b"]
    assert [thing.judged.row.place.setting.id for thing in made.to_look_at()] == ["c"]


def test_the_age_of_the_rules_is_never_negative() -> None:
    edition = Edition(version="1", date=dt.date(2026, 12, 1))
    made = Made(
        at=NOW, platform="linux", live=True, administrator=False, edition=edition, wish=Wish()
    )

    assert made.age_days == 0


@pytest.mark.parametrize(
    ("readings", "level", "expected"),
    [
        ((value(PASSES),), "", 0),
        ((value(FAILS),), "", 0),
        ((DEFAULT,), "", 0),
        ((UNSEEN, ABSENT), "", 3),
        ((), "", 3),
        ((value(FAILS), UNSEEN), "medium", 10),
        ((value(PASSES), UNSEEN), "medium", 11),
        ((value(PASSES), value("")), "medium", 11),
        ((value(PASSES),), "medium", 0),
        ((value(FAILS), UNSEEN), "high", 0),
        ((value(FAILS),), "info", 10),
        ((UNSEEN,), "medium", 11),
        ((UNSEEN,), "high", 3),
        ((ABSENT,), "info", 3),
    ],
)
def test_exit_codes(readings: tuple[Reading, ...], level: str, expected: int) -> None:
    names = [f"s{number}" for number in range(len(readings))]
    rows = [row(name, reading) for name, reading in zip(names, readings, strict=True)]

    assert exit_code(report([rule("r", "medium", *names)], rows), level) == expected


def test_what_only_informs_moves_the_exit_code_only_where_nothing_decides() -> None:
    rows = [row("a", value(PASSES)), row("b", UNSEEN)]
    uses = (Use(id="a", good=(PASSES,)), Use(id="b", informs=True))
    decided = replaced(rule("r", "high"), settings=uses)
    only_informs = replaced(decided, settings=uses[1:])

    assert exit_code(report([decided], rows), "info") == 0
    assert exit_code(report([only_informs], rows), "info") == 11


def test_questions_never_move_the_exit_code() -> None:
    rows = [row("a", value(PASSES))]
    made = report([rule("r", "high", "a", asks=True), rule("q", "high", asks=True)], rows)

    assert exit_code(made, "info") == 0
