"""Builds the report of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from privacy_check.judge.findings import (
    ERROR,
    FAIL,
    NOT_CHECKED,
    UNKNOWN,
    Finding,
    Judged,
    Row,
    judge,
)
from privacy_check.reading import NotApplicable, Unreadable, Unset, Value
from privacy_check.record import record, replaced
from privacy_check.rulebook.records import Edition, Rule
from privacy_check.rulebook.select import Place, Wish
from privacy_check.rulebook.vocabulary import PHASES, PILLARS

if TYPE_CHECKING:
    from privacy_check.judge.planned import Planned

_NEAREST_FIRST = ("just-before", "prepare", "agree", "during", "after", "anytime")


@record
class Coverage:
    """How much was looked at: rows of settings, and rules whose question is open."""

    selected: int
    read: int
    defaulted: int
    unreadable: int
    not_applicable: int
    rules: int
    asked: int
    waived: int = 0

    @property
    def checked(self) -> int:
        """Return how many rows gave a value."""
        return self.read + self.defaulted


@record
class Made:
    """When, where and with what a report was made."""

    at: dt.datetime
    platform: str
    live: bool
    elsewhere: bool = False
    administrator: bool
    edition: Edition
    wish: Wish

    @property
    def age_days(self) -> int | None:
        """Return the age of the rule set in days; nothing when its date is not known."""
        if self.edition.date == dt.date.min:
            return None
        return max((self.at.date() - self.edition.date).days, 0)


@record
class Thing:
    """A row that is worth a look, under the most important rule that says so."""

    rule: Rule
    judged: Judged


@record
class Then:
    """One row of an earlier report."""

    status: str
    value: str
    number: str


@record
class Change:
    """A row whose result or value is another one than in an earlier report, or still open."""

    kind: str
    row: Row
    then: Then


@record
class Since:
    """What became of an earlier report."""

    made_at: dt.datetime
    changes: tuple[Change, ...]


@record
class Report:
    """Everything that a run has to say; the renderers only choose and word it."""

    made: Made
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...]
    coverage: Coverage
    phones: tuple[Place, ...] = ()
    since: Since | None = None
    planned: Planned | None = None

    def with_status(self, *statuses: str) -> tuple[Thing, ...]:
        """Return each row with one of the statuses once, the most important rule first."""
        things: dict[tuple[str, str], Thing] = {}
        for finding in sorted(self.findings, key=_importance):
            for judged in finding.settings:
                place = judged.row.place
                if judged.status in statuses:
                    key = (place.setting.id, place.variant.row)
                    things.setdefault(key, Thing(rule=finding.rule, judged=judged))
        return tuple(things.values())

    def to_look_at(self) -> tuple[Thing, ...]:
        """Return what is worth a look: first what can be changed now, the most important first."""
        things = self.with_status(FAIL)
        return tuple(sorted(things, key=lambda thing: thing.judged.row.place.variant.form.later))

    def unread(self) -> tuple[Thing, ...]:
        """Return what could not be read."""
        return self.with_status(ERROR)

    def unsure(self) -> tuple[Thing, ...]:
        """Return what was read but does not decide."""
        return self.with_status(UNKNOWN)

    def to_answer(self) -> tuple[Finding, ...]:
        """Return the findings with an open question, in the order of a call."""
        asked = (finding for finding in self.findings if finding.answer == NOT_CHECKED)
        return tuple(sorted(asked, key=_order_of_a_call))

    def pillars(self) -> tuple[Finding, ...]:
        """Return the findings that every first screen shows."""
        carried = {item.rule.pillar: item for item in self.findings if item.rule.pillar}
        return tuple(carried[name] for name in PILLARS if name in carried)

    def by_phase(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """Return the findings by phase, in the order of a call."""
        phases = (
            (phase, tuple(item for item in self.findings if item.rule.phase == phase))
            for phase in PHASES
        )
        return tuple((phase, found) for phase, found in phases if found)


def build(
    made: Made, findings: Sequence[Finding], rows: Sequence[Row], phones: Sequence[Place] = ()
) -> Report:
    """Return the report of a run; `phones` are the places on phones that its rules speak of."""
    return Report(
        made=made,
        findings=tuple(findings),
        rows=tuple(rows),
        coverage=_coverage(findings, rows),
        phones=tuple(phones),
    )


def with_answers(
    report: Report,
    rules: Sequence[Rule],
    answers: Mapping[str, str],
    planned: Planned | None = None,
) -> Report:
    """Return the report of the same readings for some rules, with a person's answers in it.

    Args:
        report: What was read.
        rules: The rules that are for this person now.
        answers: The status of each answer, by rule.
        planned: The app that this person plans to use, where they named one.
    """
    status = planned.status if planned else ""
    findings = judge(rules, report.rows, asks=True, answers=answers, app_status=status)
    built = build(report.made, findings, report.rows, report.phones)
    return replaced(built, planned=planned)


def one_a_rule(things: Iterable[Thing]) -> list[Thing]:
    """Return the first thing of each rule: a screen has no room for five kinds of lock."""
    first: dict[str, Thing] = {}
    for thing in things:
        first.setdefault(thing.rule.id, thing)
    return list(first.values())


def _coverage(findings: Sequence[Finding], rows: Sequence[Row]) -> Coverage:
    kinds = [type(row.reading) for row in rows]
    return Coverage(
        selected=len(rows),
        read=kinds.count(Value),
        defaulted=kinds.count(Unset),
        unreadable=kinds.count(Unreadable),
        not_applicable=kinds.count(NotApplicable),
        rules=len(findings),
        asked=sum(finding.answer == NOT_CHECKED for finding in findings),
    )


def _importance(finding: Finding) -> tuple[bool, int, int, str]:
    rule = finding.rule
    return (not rule.pillar, rule.rank, _NEAREST_FIRST.index(rule.phase), rule.id)


def _order_of_a_call(finding: Finding) -> tuple[int, bool, int, str]:
    rule = finding.rule
    return (PHASES.index(rule.phase), rule.last, rule.rank, rule.id)
