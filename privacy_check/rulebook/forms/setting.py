"""What a file of `settings/` may hold: a setting, and its variants on each platform."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import (
    Field,
    Flag,
    Many,
    Named,
    Schema,
    Table,
    Text,
    Word,
    printable,
)
from privacy_check.rulebook.forms.case import CASE, EMPTY
from privacy_check.rulebook.forms.source import SOURCES
from privacy_check.rulebook.problems import KeyPath, Notebook, did_you_mean
from privacy_check.rulebook.texts import COMMAND, ID, PATH, SENTENCE, STEP, VARIANT_NAME, WORD
from privacy_check.rulebook.ways import READ

APPLIES = Table(
    records.Applies,
    (
        Field(
            "desktop",
            Many(VARIANT_NAME, 1, bare=True),
            "the desktop is one of these",
            required=False,
            default=(),
        ),
        Field(
            "notification_server",
            Many(Word(vocabulary.NOTIFICATION_SERVERS), 1, bare=True),
            "the program that shows notifications is one of these",
            required=False,
            default=(),
        ),
        Field(
            "path",
            Many(PATH, 1, bare=True),
            "one of these paths exists",
            required=False,
            default=(),
        ),
        Field("bus", Flag(), "whether a running desktop can be asked", required=False),
    ),
)

FORM = Table(
    records.Form,
    (
        Field(
            "name",
            Text(40),
            "what a person calls the desktop or program",
            required=False,
            default="",
        ),
        Field(
            "applies",
            APPLIES,
            "what has to hold for this variant to be looked at",
            required=False,
            default=records.Applies(),
        ),
        Field("read", READ, "where and how it is read"),
        Field(
            "map",
            Named(Text(80, least=0), WORD, 1),
            "raw values and the words they stand for",
            required=False,
            default=EMPTY,
        ),
        Field(
            "unset", WORD, "the word that holds when the key is not set", required=False, default=""
        ),
        Field(
            "whole",
            Many(Text(80), 1),
            "sections that stand behind the key in a whole file",
            required=False,
            default=(),
        ),
        Field("change", Many(STEP, 1), "the steps to change it"),
        Field("undo", Many(STEP, 1), "the steps to put it back"),
        Field("look", Many(STEP, 1), "how to look by hand", required=False, default=()),
        Field(
            "later",
            Flag(),
            "it cannot be changed in the minutes before a call",
            required=False,
            default=False,
        ),
        Field("command", COMMAND, "a command that changes it", required=False, default=""),
        Field("undo_command", COMMAND, "a command that puts it back", required=False, default=""),
        Field(
            "steps",
            Word(vocabulary.CONFIDENCES),
            "how sure the menu path is",
            required=False,
            default="believed",
        ),
        Field("confidence", Word(vocabulary.CONFIDENCES), "how sure the reading is"),
        Field("tested_on", Many(Text(80)), "programs and versions it was run on; may be empty"),
        SOURCES,
        Field("limits", SENTENCE, "what it cannot tell", required=False, default=""),
        Field(
            "since",
            Text(40),
            "the version from which the path holds; needed for phones",
            required=False,
            default="",
        ),
        Field(
            "cases",
            Many(CASE),
            "small machines, and what is read there",
            required=False,
            default=(),
        ),
    ),
)


class Platforms:
    """The tables of a setting file that are named after operating systems."""

    def decode(
        self, raw: object, path: KeyPath, notes: Notebook
    ) -> tuple[records.Variant, ...] | None:
        """Return the variants of all platforms of the file `raw`."""
        variants = []
        for platform in vocabulary.PLATFORMS:
            table = raw.get(platform) if isinstance(raw, dict) else None
            for row, part, at in _rows(platform, table, (*path, platform), notes):
                form = FORM.decode(part, at, notes)
                if form is not None:
                    variants.append(records.Variant(row=row, form=form))
        return tuple(variants)

    def blank(self) -> tuple[records.Variant, ...]:
        """Return no variant."""
        return ()

    def schema(self) -> Schema:
        """Return the schema of one platform's table."""
        form = FORM.schema()
        named: Schema = {"type": "object", "minProperties": 1, "additionalProperties": form}
        named["propertyNames"] = VARIANT_NAME.schema()
        return {"anyOf": [form, named]}


def _rows(
    platform: str, table: object, path: KeyPath, notes: Notebook
) -> list[tuple[str, object, KeyPath]]:
    """Return row name, table and key path of each variant of a platform."""
    if not isinstance(table, dict):
        return [] if table is None else [(platform, table, path)]
    if "read" in table or "name" in table:
        return [(platform, table, path)]
    if not table:
        notes.note(path, "this platform has no variant")
    named = {name: VARIANT_NAME.decode(name, (*path, name), notes) for name in table}
    return [(f"{platform}/{name}", table[key], (*path, key)) for key, name in named.items() if name]


PLATFORMS = Platforms()

SETTING_HEAD = (
    Field("id", ID, "the file's name; never changes, never reused"),
    Field("title", Text(72), "what it is called"),
    Field("topic", Word(vocabulary.TOPICS), "what it is about"),
    Field(
        "about",
        SENTENCE,
        "what it does, for places that a person looks at; needed for phones",
        required=False,
        default="",
    ),
    Field("values", Named(WORD, SENTENCE, 1), "every word it can have, and its meaning"),
)


def setting_from(raw: dict[str, object], notes: Notebook) -> records.Setting | None:
    """Return the setting of a document whose platform tables stand beside its head."""
    names = [item.name for item in SETTING_HEAD]
    head = {key: value for key, value in raw.items() if key in names}
    known = (*names, *vocabulary.PLATFORMS)
    for key in raw:
        if key not in known:
            near = did_you_mean(printable(key), known)
            notes.note((key,), f"unknown key; known here: {', '.join(known)}{near}")
    if not any(key in raw for key in vocabulary.PLATFORMS):
        notes.note((), f"no platform table; known: {', '.join(vocabulary.PLATFORMS)}")
    variants = PLATFORMS.decode(raw, (), notes)
    make = Table(lambda **values: records.Setting(**values, variants=variants or ()), SETTING_HEAD)
    return make.decode(head, (), notes)
