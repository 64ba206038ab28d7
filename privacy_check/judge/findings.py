"""Judges what was read against what is advised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.record import NOTHING, record
from privacy_check.rulebook.records import Rule, Use
from privacy_check.rulebook.select import Place

FAIL = "fail"
ERROR = "error"
UNKNOWN = "unknown"
PASS = "pass"  # noqa: S105 - a result word, not a password
NOT_APPLICABLE = "notapplicable"
NOT_CHECKED = "notchecked"
NOT_SELECTED = "notselected"
INFORMATIONAL = "informational"
FIXED = "fixed"
"""Only where two reports are compared: was worth a look then, and looks good now."""

WORST_FIRST = (FAIL, ERROR, UNKNOWN, PASS)
"""Of several settings the first of these that occurs decides."""


@record
class Row:
    """A place together with what came of looking at it."""

    place: Place
    reading: Reading


@record
class Judged:
    """A row in the eyes of one rule; it decides nothing where it only informs."""

    row: Row
    status: str
    decides: bool = True


@record
class Finding:
    """What came of one rule.

    `status` comes from the settings, or from the grade of the app that is planned; `answer` from
    the person alone: it is empty where the rule asks nothing.
    """

    rule: Rule
    status: str
    answer: str
    settings: tuple[Judged, ...]


def judge(
    rules: Sequence[Rule],
    rows: Sequence[Row],
    *,
    asks: bool,
    answers: Mapping[str, str] = NOTHING,
    app_status: str = "",
) -> tuple[Finding, ...]:
    """Return one finding per rule, in the rules' order.

    Args:
        rules: The selected rules.
        rows: All rows that were read, of these rules and perhaps others.
        asks: Whether questions are for this run (an audit has none).
        answers: The statuses of what a person answered, by rule.
        app_status: What the grade of the planned app is for rules about it, empty for nothing.
    """
    by_setting: dict[str, list[Row]] = {}
    for row in rows:
        by_setting.setdefault(row.place.setting.id, []).append(row)
    closed = NOT_CHECKED if asks else NOT_SELECTED
    return tuple(
        _finding(
            rule,
            by_setting,
            answers.get(rule.id, closed),
            known=app_status if rule.app_grade else "",
        )
        for rule in rules
    )


def _finding(rule: Rule, rows: dict[str, list[Row]], answer: str, *, known: str) -> Finding:
    judged = tuple(
        Judged(row=row, status=row_status(row, use), decides=not use.informs)
        for use in rule.settings
        for row in rows.get(use.id, ())
    )
    return Finding(
        rule=rule,
        status=known or _status(rule, judged, asks=answer != NOT_SELECTED),
        answer="" if rule.question is None else answer,
        settings=judged,
    )


def _status(rule: Rule, judged: tuple[Judged, ...], *, asks: bool) -> str:
    deciding = [item for item in judged if item.decides and item.status != NOT_APPLICABLE]
    statuses = {item.status for item in deciding or judged}
    for status in WORST_FIRST:
        if status in statuses:
            return status
    if rule.question is not None and asks:
        return NOT_CHECKED
    told = any(item.status == INFORMATIONAL for item in judged)
    if told or all(use.informs for use in rule.settings):
        return INFORMATIONAL
    return NOT_APPLICABLE


def row_status(row: Row, use: Use) -> str:
    """Return the status of a row for one use of its setting.

    Only a value that was really read, or the certain and documented default of a key that is not
    set, can pass, and only where the reading itself is more than believed.
    """
    match row.reading:
        case NotApplicable():
            return NOT_APPLICABLE
        case Unreadable():
            return ERROR
        case Value(word=""):
            return UNKNOWN
        case Value(word=word) | Unset(word=word) if use.informs:
            return INFORMATIONAL
        case Value(word=word) | Unset(word=word) if word not in use.good:
            return FAIL
        case Value(sure=False) | Unset(sure=False):
            return UNKNOWN
    believed = row.place.variant.form.confidence == "believed"
    return UNKNOWN if believed else PASS
