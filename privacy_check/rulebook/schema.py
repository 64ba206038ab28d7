"""The JSON Schemas of the rule files, made from the same table as the decoder."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import Schema, Table
from privacy_check.rulebook.forms.agreement import TOPIC
from privacy_check.rulebook.forms.app import APP
from privacy_check.rulebook.forms.programs import PROGRAMS
from privacy_check.rulebook.forms.rule import RULE
from privacy_check.rulebook.forms.setting import PLATFORMS, SETTING_HEAD
from privacy_check.rulebook.forms.support import POINTER

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> Schema:
    """Return the schema of a kind of rule file, named as the folder it stands in."""
    made = {
        "advice": RULE.schema,
        "settings": _setting,
        "programs": PROGRAMS.schema,
        "support": POINTER.schema,
        "agreement": TOPIC.schema,
        "apps": APP.schema,
    }
    return {"$schema": DRAFT, "title": f"privacy-check {kind} file", **made[kind]()}


def _setting() -> Schema:
    schema = Table(records.Setting, SETTING_HEAD).schema()
    platform = PLATFORMS.schema()
    schema["properties"] |= dict.fromkeys(vocabulary.PLATFORMS, platform)
    schema["anyOf"] = [{"required": [name]} for name in vocabulary.PLATFORMS]
    return schema
