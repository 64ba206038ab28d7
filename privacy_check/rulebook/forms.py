"""What each kind of rule file may hold, key by key: the one table behind decoder and schema."""

from __future__ import annotations

from privacy_check.rulebook import reads, records, vocabulary
from privacy_check.rulebook.fields import (
    Anything,
    Content,
    Day,
    Field,
    Flag,
    Many,
    Named,
    OneOf,
    Schema,
    Table,
    Text,
    Word,
)
from privacy_check.rulebook.problems import KeyPath, Notebook, did_you_mean

ID = Text(60, r"[a-z0-9]+(-[a-z0-9]+)*", "a lower-case id like screen-lock")
WORD = Text(40, r"[a-z0-9]+(-[a-z0-9]+)*", "a lower-case word like not-kept")
SENTENCE = Text(300)
STEP = Text(200)
COMMAND = Text(200)
BUS_NAME = Text(120, r"[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)+", "a bus name like org.example.App")
OBJECT_PATH = Text(200, r"(/\w+)+", "an object path like /org/example/App")
MEMBER = Text(80, r"[A-Za-z_]\w*", "a member name like Inhibited")
DCONF_KEY = Text(200, r"(/[\w.:@-]+)+", "a path like /org/gnome/…")
FILE_NAME = Text(80, r"[\w.-]*\w", "a file name like kscreenlockerrc")
SCHEMA_ID = Text(120, r"[\w.-]+", "a schema id like org.gnome.desktop.notifications")
GVARIANT_TYPE = Text(20, r"[\w(){}@]+", "a GVariant type like b or as")
POINTER = Text(200, r"(/[^/]*)+", "a JSON pointer like /profile/name")
VARIANT_NAME = Text(40, r"[a-z0-9]+(-[a-z0-9]+)*", "a lower-case name like gnome")


def path_below(bases: tuple[str, ...], *, pattern: bool = False) -> Text:
    """Return the kind of a path below one of the folders; a pattern may hold `*`."""
    allowed = "|".join(base.replace(".", r"\.") for base in bases)
    name = r"(?!\.\.?(/|$))[^/]+" if pattern else r"(?!\.\.?(/|$))[^/*]+"
    hint = f"a path below one of: {', '.join(bases)}"
    return Text(300, rf"({allowed})(/{name})+", hint)


PATH = path_below(reads.BASES)
PATTERN = path_below(reads.BASES, pattern=True)
KERNEL_PATTERN = path_below(reads.KERNEL_BASES, pattern=True)
CASE_PATH = Text(300, r"(~|)(/[^/]+)+", "a path that starts with ~/ or /")

PERMISSION = Word(("camera", "microphone", "notifications"))
CONTAINS = Field("contains", Text(200), "a text: is it in the list?", required=False, default="")

READ: OneOf[reads.Read] = OneOf(
    {
        "dconf": Table(
            reads.Dconf,
            (
                Field("dconf", DCONF_KEY, "the key's path", stored_as="path"),
                Field("schema", SCHEMA_ID, "the GSettings schema"),
                Field("type", GVARIANT_TYPE, "the GVariant type", required=False, default=""),
                CONTAINS,
                Field("count", Word(("entries",)), "count the list", required=False, default=""),
            ),
        ),
        "kconfig": Table(
            reads.Kconfig,
            (
                Field("kconfig", FILE_NAME, "the file's name", stored_as="file"),
                Field("group", Many(Text(80), 1, bare=True), "the group, outer group first"),
                Field("key", Text(80), "the key"),
                Field(
                    "type",
                    Word(("text", "bool", "date")),
                    "bool: KConfig's words for true and false become true/false; "
                    "date: a time in the file becomes future or past",
                    required=False,
                    default="text",
                ),
            ),
        ),
        "ini": Table(
            reads.Ini,
            (
                Field("ini", Many(PATTERN, 1, bare=True), "files, later win", stored_as="files"),
                Field("section", Text(80), "the section", required=False, default=""),
                Field("key", Text(80), "the key", required=False, default=""),
                Field("count", Word(("sections",)), "count", required=False, default=""),
            ),
        ),
        "json": Table(
            reads.Json,
            (
                Field("json", Many(PATH, 1, bare=True), "first that exists", stored_as="files"),
                Field("pointer", POINTER, "a JSON pointer"),
            ),
        ),
        "xfconf": Table(
            reads.Xfconf,
            (
                Field("xfconf", FILE_NAME, "the channel", stored_as="channel"),
                Field("property", Text(200, r"(/[\w.-]+)+", "a property path"), "the property"),
                Field("type", Word(("bool", "int", "uint", "string", "double")), "its type"),
            ),
        ),
        "dbus": Table(
            reads.Bus,
            (
                Field("dbus", Word(("session", "system")), "which bus", stored_as="bus"),
                Field("name", BUS_NAME, "the program's name on the bus"),
                Field("path", OBJECT_PATH, "the object"),
                Field("interface", BUS_NAME, "the interface"),
                Field("property", MEMBER, "the property", required=False, default=""),
                Field(
                    "method", Word(tuple(reads.METHODS)), "or method", required=False, default=""
                ),
                CONTAINS,
            ),
        ),
        "running": Table(
            reads.Running, (Field("running", ID, "a program list", stored_as="programs"),)
        ),
        "installed": Table(
            reads.Installed, (Field("installed", ID, "a program list", stored_as="programs"),)
        ),
        "devices": Table(
            reads.Devices,
            (Field("devices", Word(("camera", "microphone")), "what", stored_as="device"),),
        ),
        "environment": Table(
            reads.Environment,
            (Field("environment", Word(reads.ENVIRONMENT), "the variable", stored_as="name"),),
        ),
        "chromium": Table(
            reads.Chromium, (Field("chromium", PERMISSION, "what", stored_as="permission"),)
        ),
        "firefox": Table(
            reads.Firefox, (Field("firefox", PERMISSION, "what", stored_as="permission"),)
        ),
        "storage": Table(
            reads.Storage, (Field("storage", Word(("home",)), "where", stored_as="place"),)
        ),
        "synced": Table(
            reads.Synced, (Field("synced", Word(("captures",)), "which", stored_as="folders"),)
        ),
        "mako": Table(reads.Mako, (Field("mako", Text(40), "the mode", stored_as="mode"),)),
        "folder": Table(
            reads.Folder,
            (
                Field("folder", PATH, "the folder", stored_as="path"),
                Field("tell", Word(("entries",)), "what to tell"),
            ),
        ),
        "sysfs": Table(
            reads.Sysfs,
            (
                Field("sysfs", KERNEL_PATTERN, "the file, or a pattern", stored_as="path"),
                Field("count", Text(80), "count files with this text", required=False, default=""),
            ),
        ),
        "by_hand": Table(
            reads.ByHand, (Field("by_hand", SENTENCE, "why not", stored_as="reason"),)
        ),
    }
)

SOURCE = Table(
    records.Source,
    (
        Field("title", Text(200), "what it is called"),
        Field("checked", Day(), "when it was last looked at"),
        Field("kind", Word(vocabulary.SOURCE_KINDS), "kind", required=False, default="project"),
        Field("where", Text(300), "address or repository : path", required=False, default=""),
        Field("section", Text(200), "section heading", required=False, default=""),
    ),
)
SOURCES = Field("sources", Many(SOURCE, 1), "where this comes from, at least one")

RULE = Table(
    records.Rule,
    (
        Field("id", ID, "the file's name; never changes, never reused"),
        Field("title", Text(72), "the state wished for, in plain words"),
        Field("phase", Word(vocabulary.PHASES), "when it matters"),
        Field("severity", Word(vocabulary.SEVERITIES), "how much it matters"),
        Field(
            "profiles", Many(Word(vocabulary.PROFILES), 1, unique=True), "for which kind of call"
        ),
        Field("channels", Many(Word(vocabulary.CHANNELS), 1, unique=True), "for which channel"),
        Field(
            "pillar", Word(vocabulary.PILLARS), "on every first screen", required=False, default=""
        ),
        Field("why", SENTENCE, "why it matters, one or two sentences"),
        Field("limits", SENTENCE, "what it cannot show", required=False, default=""),
        Field(
            "question",
            Table(
                records.Question,
                (
                    Field(
                        "text",
                        Text(160, r"[^?]+\?", "one question with one question mark"),
                        "asked",
                    ),
                    Field("good", Word(vocabulary.ANSWERS), "the reassuring answer"),
                    Field("may_not_apply", Flag(), "may be n-a", required=False, default=False),
                ),
            ),
            "what only a person can know",
            required=False,
        ),
        Field(
            "settings",
            Many(
                Table(
                    records.Use,
                    (
                        Field("id", ID, "the setting"),
                        Field("good", Many(WORD, 1), "its good words", required=False, default=()),
                        Field("informs", Flag(), "decides nothing", required=False, default=False),
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

BUS_ANSWER = Table(
    records.BusAnswer,
    (
        Field("bus", Word(("session", "system")), "which bus"),
        Field("name", BUS_NAME, "the program's name on the bus"),
        Field("path", OBJECT_PATH, "the object"),
        Field("interface", BUS_NAME, "the interface"),
        Field("member", MEMBER, "property or method"),
        Field("answer", Anything(), "what it answers"),
    ),
)
EMPTY: dict[str, str] = {}
CASE = Table(
    records.Case,
    (
        Field("name", Text(120), "what the case shows"),
        Field("made_by", Text(80), "the program that wrote the bytes, or: by hand"),
        Field(
            "files", Named(CASE_PATH, Text(120)), "from fixtures/", required=False, default=EMPTY
        ),
        Field("texts", Named(CASE_PATH, Content()), "inline files", required=False, default=EMPTY),
        Field("links", Named(CASE_PATH, Text(300)), "links", required=False, default=EMPTY),
        Field("denied", Many(CASE_PATH), "may not be read", required=False, default=()),
        Field("folders", Many(CASE_PATH), "empty folders", required=False, default=()),
        Field("environment", Named(Text(60), Text(300)), "set", required=False, default=EMPTY),
        Field("bus", Many(BUS_ANSWER), "answers on the bus", required=False, default=()),
        Field(
            "processes",
            Many(
                Table(
                    records.CaseProcess,
                    (
                        Field("names", Many(Text(200), 1), "its names"),
                        Field(
                            "arguments",
                            Many(Text(200)),
                            "its arguments",
                            required=False,
                            default=(),
                        ),
                    ),
                )
            ),
            "running programs",
            required=False,
            default=(),
        ),
        Field(
            "devices",
            Many(
                Table(
                    records.CaseDevice,
                    (
                        Field("program", Text(80), "who holds it"),
                        Field("path", Text(80), "the device file"),
                    ),
                )
            ),
            "open device files",
            required=False,
            default=(),
        ),
        Field("outcome", Word(vocabulary.OUTCOMES), "what the reading has to be"),
        Field("value", WORD, "its word", required=False, default=""),
    ),
)

APPLIES = Table(
    records.Applies,
    (
        Field("desktop", Many(VARIANT_NAME, 1, bare=True), "any of", required=False, default=()),
        Field(
            "notification_server",
            Many(VARIANT_NAME, 1, bare=True),
            "any of",
            required=False,
            default=(),
        ),
        Field("path", Many(PATH, 1, bare=True), "any exists", required=False, default=()),
        Field("bus", Flag(), "a session bus can be asked", required=False),
    ),
)

FORM = Table(
    records.Form,
    (
        Field("name", Text(40), "what a person calls it", required=False, default=""),
        Field("applies", APPLIES, "when", required=False, default=records.Applies()),
        Field("read", READ, "where it is read"),
        Field(
            "map", Named(Text(80, least=0), WORD, 1), "raw to word", required=False, default=EMPTY
        ),
        Field("unset", WORD, "the documented default", required=False, default=""),
        Field("whole", Many(Text(80), 1), "neighbours to see", required=False, default=()),
        Field("change", Many(STEP, 1), "steps to change it"),
        Field("undo", Many(STEP, 1), "steps to put it back"),
        Field("command", COMMAND, "a command that changes it", required=False, default=""),
        Field("undo_command", COMMAND, "and puts it back", required=False, default=""),
        Field(
            "steps",
            Word(vocabulary.CONFIDENCES),
            "how sure the menu path is",
            required=False,
            default="believed",
        ),
        Field("confidence", Word(vocabulary.CONFIDENCES), "how sure the reading is"),
        Field("tested_on", Many(Text(80)), "what it was run on; may be empty"),
        SOURCES,
        Field("limits", SENTENCE, "what it cannot tell", required=False, default=""),
        Field("cases", Many(CASE), "tried on", required=False, default=()),
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
            for row, part, at in _rows(platform, table, (*path, platform)):
                form = FORM.decode(part, at, notes)
                if form is not None:
                    variants.append(records.Variant(row=row, form=form))
        return tuple(variants)

    def schema(self) -> Schema:
        """Return the schema of one platform's table."""
        form = FORM.schema()
        named = {"type": "object", "minProperties": 1, "additionalProperties": form}
        return {"anyOf": [form, named]}


def _rows(platform: str, table: object, path: KeyPath) -> list[tuple[str, object, KeyPath]]:
    """Return row name, table and key path of each variant of a platform."""
    if not isinstance(table, dict):
        return [] if table is None else [(platform, table, path)]
    if "read" in table or "name" in table:
        return [(platform, table, path)]
    return [(f"{platform}/{name}", part, (*path, name)) for name, part in table.items()]


PLATFORMS = Platforms()

SETTING_HEAD = (
    Field("id", ID, "the file's name; never changes, never reused"),
    Field("title", Text(72), "what it is called"),
    Field("topic", Word(vocabulary.TOPICS), "what it is about"),
    Field("values", Named(WORD, SENTENCE, 1), "every word it can have, and its meaning"),
)


def setting_from(raw: dict[str, object], notes: Notebook) -> records.Setting | None:
    """Return the setting of a document whose platform tables stand beside its head."""
    head = {key: value for key, value in raw.items() if key not in vocabulary.PLATFORMS}
    if len(head) == len(raw):
        known = ", ".join(vocabulary.PLATFORMS)
        near = "".join(did_you_mean(key, vocabulary.PLATFORMS) for key in head)
        notes.note((), f"no platform table; known: {known}{near}")
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
                        Field("processes", Many(Text(80)), "names", required=False, default=()),
                        Field("arguments", Many(Text(80)), "any of", required=False, default=()),
                        Field("installed", Many(PATH), "its files", required=False, default=()),
                    ),
                ),
                1,
            ),
            "the programs",
        ),
        SOURCES,
    ),
)

EDITION = Table(
    records.Edition,
    (
        Field("version", Text(30, r"[\w.+-]+", "a version like 2026.11"), "of the rule set"),
        Field("date", Day(), "when it was last revised"),
    ),
)
