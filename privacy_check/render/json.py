"""The promised JSON: wire records of their own, versioned, in a fixed order.

`docs/schemas/json-v1.schema.json` describes what is written here. Fields that may differ between
two runs on the same machine are `made_at`, `as_of` and `rules.age_days`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from privacy_check.judge.findings import NOT_CHECKED as ASKED
from privacy_check.judge.findings import Finding, Judged, Row
from privacy_check.plaintext import plain
from privacy_check.reading import Unset, Value, outcome
from privacy_check.render import words
from privacy_check.report.build import Change, Made, Report, Since
from privacy_check.rulebook.records import Rule, Source
from privacy_check.rulebook.vocabulary import PHONES

SCHEMA = "json-v1"
CHANGING = ("made_at", "as_of", "age_days")
"""The fields that may differ between two runs on the same machine."""

Wire = dict[str, Any]


def render_report(report: Report) -> str:
    """Return a run's report."""
    made = report.made
    coverage = report.coverage
    since = {"since": _since(report.since)} if report.since else {}
    return dump(
        {
            "schema": SCHEMA,
            "made_at": time_of(made.at),
            "platform": made.platform,
            "live": made.live,
            "administrator": made.administrator,
            "profile": made.wish.profile or None,
            "channel": made.wish.channel,
            "phase": made.wish.phase or None,
            "rules": rule_set(made),
            "coverage": {
                "settings": {
                    "selected": coverage.selected,
                    "read": coverage.read,
                    "defaulted": coverage.defaulted,
                    "unreadable": coverage.unreadable,
                    "not_applicable": coverage.not_applicable,
                },
                "rules": {
                    "selected": coverage.rules,
                    "asked": coverage.asked,
                    "waived": coverage.waived,
                },
            },
            "findings": [_finding(finding) for finding in report.findings],
            **since,
            "limits": [words.MAY_BE_NOTICED, words.CANNOT_SHOW],
        }
    )


def rule_set(made: Made) -> Wire:
    """Return which rules a report was made with."""
    edition = made.edition
    return {"version": edition.version, "hash": edition.hash, "age_days": made.age_days}


def _since(since: Since) -> Wire:
    return {"made_at": time_of(since.made_at), "changes": list(map(_change, since.changes))}


def _change(change: Change) -> Wire:
    row = change.row
    return {
        "setting": row.place.setting.id,
        "platform": row.place.variant.row,
        "kind": change.kind,
        "before": change.then.value or None,
        "value": _reading(row)["value"],
        "put_back": list(words.put_back(row, change.then.number)),
    }


def _finding(finding: Finding) -> Wire:
    rule = finding.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "status": finding.status,
        "severity": rule.severity,
        "phase": rule.phase,
        "answer": finding.answer or None,
        "question": rule.question.text if rule.question and finding.answer == ASKED else None,
        "settings": [judged_row(judged) for judged in finding.settings],
    }


def judged_row(judged: Judged) -> Wire:
    """Return one row in the eyes of one rule."""
    row = judged.row
    return {
        "setting": row.place.setting.id,
        "platform": row.place.variant.row,
        "status": judged.status,
        **_reading(row),
        "change": list(words.change(row)),
        "undo": list(words.undo(row)),
    }


def _reading(row: Row) -> Wire:
    reading = row.reading
    return {
        "outcome": outcome(reading),
        "value": (reading.word or None) if isinstance(reading, Value | Unset) else None,
        "meaning": words.meaning(row),
        "where": plain(getattr(reading, "where", "")) or None,
        "as_of": time_of(reading.as_of) if isinstance(reading, Value | Unset) else None,
        "reason": plain(reading.reason) or None,
        "raw": (reading.number or None) if isinstance(reading, Value | Unset) else None,
        "programs": list(map(plain, reading.names)) if isinstance(reading, Value) else [],
    }


def render_settings(rows: Iterable[Row]) -> str:
    """Return every row of every setting, whatever its outcome."""
    return dump({"schema": SCHEMA, "settings": [setting_row(row) for row in rows]})


def setting_row(row: Row) -> Wire:
    """Return one row with all that is known of its setting."""
    form = row.place.variant.form
    reading = _reading(row)
    return {
        "id": row.place.setting.id,
        "platform": row.place.variant.row,
        "title": row.place.setting.title,
        "topic": row.place.setting.topic,
        "about": row.place.setting.about or None,
        **reading,
        **({"meaning": row.place.setting.about} if row.place.variant.platform in PHONES else {}),
        "look": list(words.look(row)),
        "change": list(words.change(row)),
        "undo": list(words.undo(row)),
        "confidence": form.confidence,
        "tested_on": list(form.tested_on),
        "limits": form.limits or None,
        "since": form.since or None,
        "sources": [source_of(source) for source in form.sources],
    }


def render_rules(rules: Iterable[Rule]) -> str:
    """Return all rules."""
    return dump({"schema": SCHEMA, "rules": [_rule(rule) for rule in rules]})


def _rule(rule: Rule) -> Wire:
    return {
        "id": rule.id,
        "title": rule.title,
        "phase": rule.phase,
        "severity": rule.severity,
        "profiles": list(rule.profiles),
        "channels": list(rule.channels),
        "question": rule.question.text if rule.question else None,
        "settings": [use.id for use in rule.settings],
        "sources": [source_of(source) for source in rule.sources],
    }


def source_of(source: Source) -> Wire:
    """Return a source."""
    return {
        "title": source.title,
        "where": source.where or None,
        "section": source.section or None,
        "kind": source.kind,
        "dated": source.dated or None,
        "checked": source.checked.isoformat(),
    }


def time_of(moment: dt.datetime) -> str:
    """Return a time as ISO 8601 in UTC, to the second."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def dump(wire: Wire) -> str:
    """Return JSON text that ends with a line end."""
    return json.dumps(wire, ensure_ascii=False, indent=2) + "\n"
