"""The JSON Schemas of the rule files, made from the same table as the decoder."""

from __future__ import annotations

from privacy_check.rulebook import forms, records, vocabulary
from privacy_check.rulebook.fields import Schema, Table

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> Schema:
    """Return the schema of a kind of rule file, named as the folder it stands in."""
    made = {
        "advice": forms.RULE.schema,
        "settings": _setting,
        "programs": forms.PROGRAMS.schema,
        "support": forms.POINTER.schema,
        "agreement": forms.TOPIC.schema,
    }
    return {"$schema": DRAFT, "title": f"privacy-check {kind} file", **made[kind]()}


def _setting() -> Schema:
    schema = Table(records.Setting, forms.SETTING_HEAD).schema()
    platform = forms.PLATFORMS.schema()
    schema["properties"] |= dict.fromkeys(vocabulary.PLATFORMS, platform)
    schema["anyOf"] = [{"required": [name]} for name in vocabulary.PLATFORMS]
    return schema
