"""Compares a report with an earlier one that the person kept as JSON.

What was worth a look then and looks good now is `fixed`; this tool repairs nothing, so the word
comes up nowhere else.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from privacy_check.judge.findings import FAIL, FIXED, PASS, WORST_FIRST, Finding, Row
from privacy_check.reading import Unset, Value
from privacy_check.record import record, replaced
from privacy_check.report.build import Change, Report, Since, Then

OPEN = "open"
CHANGED = "changed"
NEW = "new"
LOST = "lost"
"""Was worth a look then, and cannot be told now."""

_SCHEMA = "json-v1"
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
Key = tuple[str, str]


class EarlierReportError(ValueError):
    """The file is no report that a run wrote with `--format json`."""


@record
class Earlier:
    """What the earlier report says: its rows, and the status of its rules."""

    made_at: dt.datetime
    platform: str
    live: bool
    rows: Mapping[Key, Then]
    rules: Mapping[str, str]
    failed: Mapping[str, tuple[Key, ...]]


def read_earlier(text: str) -> Earlier:
    """Return the earlier report of a JSON text.

    Raises:
        EarlierReportError: When it is no such report; the message says what is missing.
    """
    try:
        wire = json.loads(text)
    except (ValueError, RecursionError):
        message = "it is not JSON, or was cut off"
        raise EarlierReportError(message) from None
    if not isinstance(wire, dict) or wire.get("schema") != _SCHEMA or "findings" not in wire:
        message = f'it is no report of a run with --format json ("schema": "{_SCHEMA}")'
        raise EarlierReportError(message)
    try:
        return _earlier(wire)
    except (LookupError, TypeError, AttributeError, ValueError, OverflowError):
        message = "a part of it is missing or of an unexpected kind"
        raise EarlierReportError(message) from None


def _earlier(wire: Mapping[str, Any]) -> Earlier:
    rows: dict[Key, Then] = {}
    rules: dict[str, str] = {}
    failed: dict[str, tuple[Key, ...]] = {}
    for finding in wire["findings"]:
        name = _text(finding["rule"])
        rules[name] = _text(finding["status"])
        for row in finding["settings"]:
            key = (_text(row["setting"]), _text(row["platform"]))
            then = Then(
                status=_text(row["status"]),
                value=_text(row["value"] or ""),
                number=_number(row.get("raw")),
            )
            rows[key] = _worse(rows.get(key, then), then)
            if then.status == FAIL:
                failed[name] = (*failed.get(name, ()), key)
    return Earlier(
        made_at=_time(wire["made_at"]),
        platform=_text(wire["platform"]),
        live=wire["live"] is True,
        rows=rows,
        rules=rules,
        failed=failed,
    )


def _time(value: object) -> dt.datetime:
    """Return when it was made; the first and last days are not there in every time zone."""
    made_at = dt.datetime.fromisoformat(_text(value)).astimezone(dt.UTC)
    if not dt.MINYEAR < made_at.year < dt.MAXYEAR:
        raise ValueError
    return made_at


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> str:
    """Return a raw number, which is put into commands, and nothing else."""
    return value if isinstance(value, str) and _NUMBER.fullmatch(value) else ""


def _worse(one: Then, other: Then) -> Then:
    return min(one, other, key=lambda then: _rank(then.status))


def _rank(status: str) -> int:
    return WORST_FIRST.index(status) if status in WORST_FIRST else len(WORST_FIRST)


def difference(report: Report, earlier: Earlier) -> str:
    """Return why two reports cannot be compared, empty where they can."""
    if earlier.platform != report.made.platform:
        return "it is of another system"
    if earlier.live != report.made.live:
        return "one is of a running computer, the other of a copy of files"
    if earlier.made_at > report.made.at:
        return "it was made later than now, by the clock of this computer"
    return ""


def compared(report: Report, earlier: Earlier) -> Report:
    """Return the report with what became of the earlier one in it.

    A rule is `fixed` when it was worth a look and looks good now, since something it reads has
    another value; what cannot be told any more fixes nothing.
    """
    changes = tuple(_changes(report, earlier))
    kinds = {_key(change.row): change.kind for change in changes}
    findings = tuple(
        replaced(item, status=FIXED) if _is_fixed(item, earlier, kinds) else item
        for item in report.findings
    )
    since = Since(made_at=earlier.made_at, changes=changes)
    return replaced(report, findings=findings, since=since)


def _is_fixed(finding: Finding, earlier: Earlier, kinds: Mapping[Key, str]) -> bool:
    if finding.status != PASS or earlier.rules.get(finding.rule.id) != FAIL:
        return False
    failed = earlier.failed.get(finding.rule.id, ())
    return bool(failed) and all(kinds.get(name) == FIXED for name in failed)


def only_phase(report: Report) -> Report:
    """Return the report with the findings of the wished phase only, and all that was compared."""
    phase = report.made.wish.phase
    findings = tuple(item for item in report.findings if phase in ("", item.rule.phase))
    return replaced(report, findings=findings)


def _changes(report: Report, earlier: Earlier) -> Iterator[Change]:
    """Yield what differs from the earlier report, and what is still open, in the rows' order."""
    now: dict[Key, str] = {}
    for finding in report.findings:
        for judged in finding.settings:
            key = _key(judged.row)
            now[key] = min(now.get(key, judged.status), judged.status, key=_rank)
    for row in report.rows:
        then = earlier.rows.get(_key(row))
        if then is None or _key(row) not in now:
            continue
        known = not then.value or then.value in row.place.setting.values
        if known and (kind := _kind(then, now[_key(row)], _word(row))):
            yield Change(kind=kind, row=row, then=then)


def _kind(then: Then, status: str, value: str) -> str:
    """Return what became of a row, empty where nothing did.

    The same value that is judged otherwise now is no change: the advice is another one.
    """
    differs = bool(value and then.value and value != then.value)
    if then.status == FAIL:
        if status == FAIL:
            return OPEN
        if not value:
            return LOST
        return (FIXED if status == PASS else CHANGED) if differs else ""
    if status == FAIL:
        return NEW
    return CHANGED if differs else ""


def _key(row: Row) -> Key:
    return row.place.setting.id, row.place.variant.row


def _word(row: Row) -> str:
    return row.reading.word if isinstance(row.reading, Value | Unset) else ""
