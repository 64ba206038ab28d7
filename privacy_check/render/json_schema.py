"""The JSON Schema of the promised JSON, `json-v1`."""

from __future__ import annotations

from typing import Any

from privacy_check.judge.grades import WORST_FIRST
from privacy_check.render.json import SCHEMA
from privacy_check.rulebook.vocabulary import (
    APP_SOURCE_KINDS,
    APP_STATUSES,
    CALL_USES,
    CHANNELS,
    CONFIDENCES,
    OUTCOMES,
    PHASES,
    PLATFORMS,
    PROFILES,
    SEVERITIES,
    SOURCE_KINDS,
    TOPICS,
)

Schema = dict[str, Any]

STATUSES = (
    "pass",
    "fail",
    "error",
    "unknown",
    "notapplicable",
    "notchecked",
    "notselected",
    "informational",
    "fixed",
)
"""The nine result values of XCCDF (NIST IR 7275)."""

_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_STEPS: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def _word(*words: str | None) -> Schema:
    return {"enum": list(words)}


def _table(**keys: Schema) -> Schema:
    return {"type": "object", "required": list(keys), "properties": keys}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_READING: Schema = {
    "outcome": _word(*OUTCOMES),
    "value": _MAYBE_TEXT,
    "meaning": _TEXT,
    "where": _MAYBE_TEXT,
    "as_of": _MAYBE_TEXT,
    "reason": _MAYBE_TEXT,
    "raw": _MAYBE_TEXT,
    "programs": _TEXTS,
    "change": _STEPS,
    "undo": _STEPS,
}
_SOURCE = _table(
    title=_TEXT,
    where=_MAYBE_TEXT,
    section=_MAYBE_TEXT,
    kind=_word(*SOURCE_KINDS, *(kind for kind in APP_SOURCE_KINDS if kind not in SOURCE_KINDS)),
    dated=_MAYBE_TEXT,
    checked={"type": "string", "format": "date"},
)
_JUDGED = _table(setting=_TEXT, platform=_TEXT, status=_word(*STATUSES), **_READING)
_FINDING = _table(
    rule=_TEXT,
    title=_TEXT,
    status=_word(*STATUSES),
    severity=_word(*SEVERITIES),
    phase=_word(*PHASES),
    answer=_word("notchecked", "notselected", None),
    question=_MAYBE_TEXT,
    settings=_list(_JUDGED),
)
_COVERAGE = _table(
    settings=_table(
        selected=_COUNT, read=_COUNT, defaulted=_COUNT, unreadable=_COUNT, not_applicable=_COUNT
    ),
    rules=_table(selected=_COUNT, asked=_COUNT, waived=_COUNT),
)
_RULE_SET = _table(version=_TEXT, hash=_TEXT, age_days={"type": ["integer", "null"], "minimum": 0})
_REPORT = _table(
    schema={"const": SCHEMA},
    made_at={"type": "string", "format": "date-time"},
    platform=_word(*PLATFORMS),
    live={"type": "boolean"},
    administrator={"type": "boolean"},
    profile=_word(*PROFILES, None),
    channel=_word(*CHANNELS),
    phase=_word(*PHASES, None),
    rules=_RULE_SET,
    coverage=_COVERAGE,
    findings=_list(_FINDING),
    limits=_TEXTS,
)
_REPORT["properties"]["since"] = _table(
    made_at={"type": "string", "format": "date-time"},
    changes=_list(
        _table(
            setting=_TEXT,
            platform=_TEXT,
            kind=_word("fixed", "open", "new", "changed", "lost"),
            before=_MAYBE_TEXT,
            value=_MAYBE_TEXT,
            put_back=_STEPS,
        )
    ),
)
_SETTINGS = _table(
    schema={"const": SCHEMA},
    settings=_list(
        _table(
            id=_TEXT,
            platform=_TEXT,
            title=_TEXT,
            topic=_word(*TOPICS),
            about=_MAYBE_TEXT,
            look=_STEPS,
            **_READING,
            confidence=_word(*CONFIDENCES),
            tested_on=_TEXTS,
            limits=_MAYBE_TEXT,
            since=_MAYBE_TEXT,
            sources=_list(_SOURCE),
        )
    ),
)
_RULES = _table(
    schema={"const": SCHEMA},
    rules=_list(
        _table(
            id=_TEXT,
            title=_TEXT,
            phase=_word(*PHASES),
            severity=_word(*SEVERITIES),
            profiles=_list(_word(*PROFILES)),
            channels=_list(_word(*CHANNELS)),
            question=_MAYBE_TEXT,
            settings=_TEXTS,
            sources=_list(_SOURCE),
        )
    ),
)
_GRADES = _table(**dict.fromkeys(CALL_USES, _word(*WORST_FIRST, None)))
_MAYBE: Schema = {"type": ["boolean", "null"]}
_REASON = _table(
    about=_TEXT,
    value=_TEXT,
    says=_TEXT,
    note=_MAYBE_TEXT,
    recheck={"type": "boolean"},
    sources=_list(_SOURCE),
)
_APP = _table(
    id=_TEXT,
    name=_TEXT,
    installed=_MAYBE,
    running=_MAYBE,
    signs=_list(_table(how=_TEXT, where=_TEXT, version=_MAYBE_TEXT)),
    doubts=_TEXTS,
    status=_word(*APP_STATUSES),
    grades=_GRADES,
    reasons=_table(**dict.fromkeys(CALL_USES, _list(_REASON))),
    marks=_TEXTS,
    review=_STEPS,
    settings=_list(_JUDGED),
)
_APP["properties"]["online"] = _table(
    result=_word("current", "older", "newer", "unknown"),
    installed=_MAYBE_TEXT,
    newest=_MAYBE_TEXT,
    host=_MAYBE_TEXT,
    asked_at=_MAYBE_TEXT,
    reason=_MAYBE_TEXT,
    attacks=_list(_table(cve=_TEXT, added={"type": "string", "format": "date"})),
    attacks_as_of=_MAYBE_TEXT,
    attacks_reason=_MAYBE_TEXT,
)
_APPS = _table(
    schema={"const": SCHEMA},
    made_at={"type": "string", "format": "date-time"},
    platform=_word(*PLATFORMS),
    live={"type": "boolean"},
    administrator={"type": "boolean"},
    rules=_RULE_SET,
    looked=_TEXTS,
    unread=_TEXTS,
    apps=_list(_APP),
    limits=_TEXTS,
)
_LINK = _table(
    schema={"const": SCHEMA},
    service=_MAYBE_TEXT,
    name=_MAYBE_TEXT,
    grade=_word(*WORST_FIRST, None),
    grades={"type": "object", "properties": _GRADES["properties"]},
    opens=_MAYBE_TEXT,
    secret=_MAYBE_TEXT,
    resembles=_MAYBE_TEXT,
    warnings=_TEXTS,
    warning_ids=_TEXTS,
    redacted=_MAYBE_TEXT,
)
SCHEMAS: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": f"What privacy-check writes with --format json ({SCHEMA})",
    "description": "made_at, as_of and rules.age_days may differ between two runs; nothing else "
    "does on an unchanged machine. Keys may be added within this version, never taken away.",
    "oneOf": [_REPORT, _SETTINGS, _RULES, _APPS, _LINK],
}
