"""What each kind of rule file may hold, key by key: the one table behind decoder and schema."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.case_form import CASE, EMPTY
from privacy_check.rulebook.fields import (
    Day,
    Field,
    Flag,
    Many,
    Named,
    Number,
    Schema,
    Table,
    Text,
    Word,
    printable,
)
from privacy_check.rulebook.problems import KeyPath, Notebook, did_you_mean
from privacy_check.rulebook.texts import COMMAND, ID, PATH, SENTENCE, STEP, VARIANT_NAME, WORD
from privacy_check.rulebook.ways import READ

SOURCE = Table(
    records.Source,
    (
        Field("title", Text(200), "what it is called"),
        Field("checked", Day(), "when it was last looked at"),
        Field(
            "kind",
            Word(vocabulary.SOURCE_KINDS),
            "what kind of source it is",
            required=False,
            default="project",
        ),
        Field("where", Text(300), "its address, or repository : path", required=False, default=""),
        Field("section", Text(200), "the heading inside it", required=False, default=""),
        Field("dated", Text(40), "the date it gives itself", required=False, default=""),
    ),
)
SOURCES = Field("sources", Many(SOURCE, 1), "where this comes from, at least one")

ASKED = Text(160, r"[^?]+\?", "one question with one question mark")
ALSO = Field(
    "also",
    Many(ID, 1, unique=True),
    "rules that take the answer of this question",
    required=False,
    default=(),
)
MAY_NOT_APPLY = Field(
    "may_not_apply",
    Flag(),
    "the answer may be: does not apply",
    required=False,
    default=False,
)
HINT = Field(
    "hint",
    Text(160),
    "what may help if the answer is another one",
    required=False,
    default="",
)

QUESTION = Table(
    records.Question,
    (
        Field("text", ASKED, "asked"),
        Field("good", Word(vocabulary.ANSWERS), "the reassuring answer"),
        MAY_NOT_APPLY,
        Field(
            "pause",
            Flag(),
            "any answer but the good one means: stop for now",
            required=False,
            default=False,
        ),
        Field(
            "care",
            Flag(),
            "any answer but the good one holds back steps and files",
            required=False,
            default=False,
        ),
        Field(
            "quick",
            Number(7, 1),
            "its place among the short questions",
            required=False,
            default=0,
        ),
        Field(
            "asked_as",
            ASKED,
            "the words in `ask`, where they differ",
            required=False,
            default="",
        ),
        ALSO,
        HINT,
        Field(
            "name",
            Text(40, r"[^,;.?!]+", "a few words without commas"),
            "what it is called beside an answer; the title without it",
            required=False,
            default="",
        ),
        Field(
            "past",
            Flag(),
            "about what was done after a call: not asked before it",
            required=False,
            default=False,
        ),
        Field(
            "instead",
            Many(
                Table(
                    records.Wording,
                    (
                        Field(
                            "profiles",
                            Many(Word(vocabulary.PROFILES), 1, unique=True),
                            "for which kind of call; all without it",
                            required=False,
                            default=vocabulary.PROFILES,
                        ),
                        Field(
                            "channels",
                            Many(Word(vocabulary.CHANNELS), 1, unique=True),
                            "for which way of talking; all without it",
                            required=False,
                            default=vocabulary.CHANNELS,
                        ),
                        Field(
                            "text",
                            ASKED,
                            "asked; the usual words without it",
                            required=False,
                            default="",
                        ),
                        MAY_NOT_APPLY,
                        ALSO,
                        HINT,
                    ),
                ),
                1,
            ),
            "other words for some calls",
            required=False,
            default=(),
        ),
    ),
)

RULE = Table(
    records.Rule,
    (
        Field("id", ID, "the file's name; never changes, never reused"),
        Field("title", Text(72), "what it is about, in plain words"),
        Field("phase", Word(vocabulary.PHASES), "when it matters"),
        Field("severity", Word(vocabulary.SEVERITIES), "how much it matters"),
        Field(
            "profiles", Many(Word(vocabulary.PROFILES), 1, unique=True), "for which kind of call"
        ),
        Field(
            "channels", Many(Word(vocabulary.CHANNELS), 1, unique=True), "for which way of talking"
        ),
        Field(
            "pillar", Word(vocabulary.PILLARS), "on every first screen", required=False, default=""
        ),
        Field("last", Flag(), "asked after all others of its phase", required=False, default=False),
        Field("why", SENTENCE, "why it matters, one or two sentences"),
        Field("limits", SENTENCE, "what a good result does not show", required=False, default=""),
        Field(
            "say",
            Text(120),
            "one sentence for a card; needed where nothing is asked or read",
            required=False,
            default="",
        ),
        Field(
            "record_first",
            Flag(),
            "left out where someone is threatened: a record comes first",
            required=False,
            default=False,
        ),
        Field("question", QUESTION, "what only a person can know", required=False),
        Field(
            "settings",
            Many(
                Table(
                    records.Use,
                    (
                        Field("id", ID, "the id of the setting"),
                        Field(
                            "good",
                            Many(WORD, 1, unique=True),
                            "its words that look good; other known ones are worth a look",
                            required=False,
                            default=(),
                        ),
                        Field(
                            "informs",
                            Flag(),
                            "it only informs and decides nothing",
                            required=False,
                            default=False,
                        ),
                    ),
                )
            ),
            "settings that show it",
            required=False,
            default=(),
        ),
        SOURCES,
    ),
)

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


PROGRAMS = Table(
    records.ProgramList,
    (
        Field("id", ID, "the file's name"),
        Field("title", Text(72), "what the programs do"),
        Field("scope", Word(("user", "system")), "whose processes count"),
        Field(
            "programs",
            Many(
                Table(
                    records.Program,
                    (
                        Field("name", Text(60), "its name"),
                        Field(
                            "processes",
                            Many(Text(80)),
                            "the names it runs under",
                            required=False,
                            default=(),
                        ),
                        Field(
                            "arguments",
                            Many(Text(80)),
                            "counts only with an argument like one of these; * is any text",
                            required=False,
                            default=(),
                        ),
                        Field(
                            "installed",
                            Many(PATH),
                            "files or folders that show it is installed",
                            required=False,
                            default=(),
                        ),
                        Field(
                            "ports",
                            Many(Number(65535, 1)),
                            "the ports it listens on",
                            required=False,
                            default=(),
                        ),
                        Field(
                            "starts",
                            Many(Text(80)),
                            "its desktop files and services that start at login",
                            required=False,
                            default=(),
                        ),
                    ),
                ),
                1,
            ),
            "the programs",
        ),
        SOURCES,
    ),
)

POINTER = Table(
    records.Pointer,
    (
        Field("id", ID, "the file's name"),
        Field("name", Text(72), "what it is called"),
        Field(
            "topics", Many(Word(vocabulary.SUPPORT_TOPICS), 1, unique=True), "what it helps with"
        ),
        Field(
            "kind",
            Word(("fingerprint", "helpline", "law")),
            "what kind of help it is",
        ),
        Field("place", Number(99, 1), "its place in the list"),
        Field("who_for", SENTENCE, "for whom it is"),
        Field("where", Text(72), "in which country; or any country"),
        Field("address", Text(120), "its address, without https://"),
        Field("says", Many(STEP, 1), "what it does, and what to know before"),
        Field("checked_on", Day(), "when this was last looked at"),
        Field(
            "profiles", Many(Word(vocabulary.PROFILES), 1, unique=True), "for which kind of call"
        ),
        SOURCES,
    ),
)

TOPIC = Table(
    records.Topic,
    (
        Field("id", ID, "the file's name"),
        Field("place", Number(99, 1), "its place on the sheet"),
        Field("title", Text(40), "its name on the sheet"),
        Field("question", ASKED, "asked"),
        Field("merge", Word(vocabulary.MERGES), "how two answers become one"),
        Field(
            "choices",
            Many(
                Table(
                    records.Choice,
                    (Field("word", WORD, "its word in a file"), Field("says", Text(80), "shown")),
                ),
                1,
            ),
            "the answers, the strictest first",
            required=False,
            default=(),
        ),
        Field("own_words", Flag(), "own words may be added", required=False, default=False),
        Field(
            "given",
            Many(Text(80), 1),
            "what is part of every answer",
            required=False,
            default=(),
        ),
        Field("note", SENTENCE, "said beside the result", required=False, default=""),
        Field("nothing", Text(80), "said when nothing is left", required=False, default=""),
        Field(
            "everything",
            Text(80),
            "said when everything is meant, as after a withdrawal",
            required=False,
            default="everything",
        ),
        Field(
            "profiles",
            Many(Word(vocabulary.ASKING), 1, unique=True),
            "for which kind of call; without it, for each",
            required=False,
            default=vocabulary.ASKING,
        ),
        SOURCES,
    ),
)

EDITION = Table(
    records.Edition,
    (
        Field(
            "version",
            Text(30, r"[\w.+-]+", "a version like 2026.11"),
            "the version of the rule set",
        ),
        Field("date", Day(), "when it was last revised"),
    ),
)
