"""What a file of `apps/` may hold: one app or service for calls, and where each fact is from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privacy_check.rulebook import catalogue, records, vocabulary
from privacy_check.rulebook.catalogue import Fact
from privacy_check.rulebook.fields import (
    Day,
    Field,
    Flag,
    Kind,
    Many,
    Named,
    Number,
    Table,
    Text,
    Word,
)
from privacy_check.rulebook.texts import ID, STEP

SOURCE_NAME = Text(40, r"[a-z0-9]+(-[a-z0-9]+)*", "the name of a source like vendor-paper")
HOST = Text(100, r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", "a host like meet.example or *.meet.example")
FILE = Text(200, r"(/[^/]+)+", "a path like /usr/bin/name")
PROGRAM = Text(80, r"[^/]+", "a name without slashes")
SCHEME = Text(40, r"[a-z][a-z0-9+.-]*", "a scheme like https")
ADDRESS = Text(
    300,
    r"https://[a-z0-9.-]+(:\d+)?/\S*|[\w.-]+/[\w.-]+",
    "an https address, or a repository like owner/name",
)
REFERENCE = Field("source", SOURCE_NAME, "the name of its source in this file")


def _some(name: str, kind: Kind[str], about: str) -> Field:
    """Return a list that may be left out."""
    return Field(name, Many(kind, 1, unique=True), about, required=False, default=())


def _tables(name: str, table: Table[Any], about: str) -> Field:
    """Return a list of tables that may be left out."""
    return Field(name, Many(table, 1), about, required=False, default=())


def _text(name: str, kind: Kind[str], about: str, default: str = "") -> Field:
    """Return a text that may be left out."""
    return Field(name, kind, about, required=False, default=default)


def _fact(value: Field) -> Table[Fact]:
    return Table(
        Fact,
        (
            value,
            _text("note", STEP, "what limits it, or belongs to it"),
            _text("source", SOURCE_NAME, "the name of its source; none for an unknown value"),
            _text("also", SOURCE_NAME, "the name of a second source"),
            _text("who", Text(80), "of a review: who made it"),
            Field(
                "year",
                Number(2100, 1990),
                "of a review: when it was made",
                required=False,
                default=0,
            ),
        ),
    )


def _one(kind: Kind[str]) -> Table[Fact]:
    return _fact(Field("value", Many(kind, 1, bare=True), "the value", stored_as="values"))


def _several(kind: Kind[str]) -> Table[Fact]:
    return _fact(Field("values", Many(kind, 1), "the values"))


def _known(**facts: Fact | None) -> Mapping[str, Fact]:
    """Return what is known, without what the file leaves out."""
    return {name: fact for name, fact in facts.items() if fact is not None}


FACT = _one(STEP)
"""A fact in general; what its value may be depends on its name."""

FACTS = Table(
    _known,
    tuple(
        Field(
            name, _one(Word(words)), name.replace("-", " "), required=name in vocabulary.CALL_USES
        )
        for name, words in vocabulary.APP_FACTS.items()
    )
    + tuple(
        Field(name, _one(STEP), name.replace("-", " "), required=False)
        for name in vocabulary.TOLD_FACTS
    ),
)

ELSEWHERE = Table(
    _known,
    tuple(
        Field(name, _several(Text(120)), name.replace("-", " "), required=False)
        for name in vocabulary.ELSEWHERE
    ),
)

LINUX = Table(
    catalogue.OnLinux,
    (
        _tables(
            "packages",
            Table(
                catalogue.Package,
                (
                    Field("name", PROGRAM, "the package's name"),
                    _some("homes", Text(120), "home pages that its entry names"),
                    _some("files", FILE, "files that it installs"),
                ),
            ),
            "Debian packages",
        ),
        _some("flatpaks", PROGRAM, "Flatpak ids"),
        _some("snaps", PROGRAM, "snap names"),
        _tables(
            "entries",
            Table(
                catalogue.DesktopEntry,
                (
                    Field("name", PROGRAM, "the file's name; * is any text"),
                    _some("programs", PROGRAM, "programs that it starts"),
                    _some("handles", SCHEME, "link schemes that it opens"),
                ),
            ),
            "desktop files",
        ),
        _tables(
            "running",
            Table(
                catalogue.RunningApp,
                (
                    Field("process", PROGRAM, "what it is called while it runs"),
                    _some("arguments", Text(120), "counts only with an argument like these"),
                ),
            ),
            "what it is called while it runs",
        ),
        _some("sites", HOST, "web addresses where it is used"),
        _some("sources", SOURCE_NAME, "where this is from"),
    ),
)

LINK = Table(
    catalogue.Link,
    (
        _some("hosts", HOST, "its hosts; *. stands for any names in front"),
        Field(
            "schemes",
            Many(SCHEME, 1, unique=True),
            "https, or schemes of its own",
            required=False,
            default=("https",),
        ),
        Field("paths", Many(Text(120), 1, unique=True), "paths; what stands in { } is secret"),
        Field(
            "forms",
            Named(Text(40), Word(vocabulary.LINK_FORMS)),
            "what each name in { } looks like",
            required=False,
            default={},
        ),
        _some("query", Text(40), "names that its query needs"),
        _text("fragment", Text(60), "what stands after #"),
        Field(
            "keyed",
            Flag(),
            "whether what stands after # lets people in",
            required=False,
            default=False,
        ),
        _text("passcode", Text(40), "the query's name for the passcode"),
        Field("opens", Word(vocabulary.LINK_OPENS), "what the link opens"),
        Field("secret", Text(120), "what in it opens the call"),
        REFERENCE,
    ),
)

NEWEST = Table(
    catalogue.Newest,
    (
        Field("how", Word(vocabulary.FEEDS), "how it is read"),
        Field("address", ADDRESS, "where it is read"),
        _text("pointer", Text(200, r"(/[^/]*)+", "a JSON pointer like /a/b"), "where in the JSON"),
        _text(
            "form",
            Text(200, r"[^{}]*\{version\}[^{}]*", "text with {version}"),
            "around it",
            "{version}",
        ),
        Field(
            "systems",
            Many(Word(vocabulary.PLATFORMS), 1, unique=True),
            "the systems it counts for",
        ),
        REFERENCE,
    ),
)

SOURCE = Table(
    records.Source,
    (
        Field("title", Text(200), "what it is called"),
        Field("checked", Day(), "when it was last looked at"),
        Field("kind", Word(vocabulary.APP_SOURCE_KINDS), "what kind of source it is"),
        _text("where", Text(300), "its address, or repository : path"),
        _text(
            "dated",
            Text(10, r"\d{4}(-\d\d(-\d\d)?)?", "a day, month or year like 2026-11"),
            "the date it gives itself; none for undated",
        ),
    ),
)

APP = Table(
    catalogue.App,
    (
        Field("id", ID, "the file's name"),
        Field("name", Text(60), "what people call it"),
        Field("uses", Many(Word(vocabulary.CHANNELS), 1, unique=True), "what it is for"),
        Field("status", _one(Word(vocabulary.APP_STATUSES)), "whether it is still offered"),
        Field("facts", FACTS, "what is known of it"),
        Field("review", Many(STEP, 1), "what to look at in it"),
        _tables(
            "settings",
            Table(
                catalogue.AppSetting,
                (
                    Field("id", ID, "the id of the setting"),
                    Field("rows", Many(Text(80), 1, unique=True), "rows like linux/name"),
                ),
            ),
            "its settings that can be read",
        ),
        _tables(
            "believed",
            Table(
                catalogue.Belief,
                (
                    Field("about", ID, "what it is about"),
                    Field("says", STEP, "what is believed"),
                ),
            ),
            "what is said without a source; no part of a grade",
        ),
        Field("elsewhere", ELSEWHERE, "its names on other systems", required=False, default={}),
        Field(
            "linux",
            LINUX,
            "how it is known on a Linux computer",
            required=False,
            default=catalogue.OnLinux(),
        ),
        _tables("links", LINK, "its call links"),
        _tables("newest", NEWEST, "where its newest version is read"),
        Field(
            "exploited",
            Table(
                catalogue.Exploited,
                (
                    Field("vendor", Text(60), "the vendor's name there"),
                    Field("product", Text(60), "the product's name there"),
                ),
            ),
            "its name on CISA's list of exploited faults",
            required=False,
        ),
        Field("sources", Named(SOURCE_NAME, SOURCE, 1), "where this comes from, by name"),
    ),
)
