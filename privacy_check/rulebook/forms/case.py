"""What a rule file may write under `cases`: a small machine and what is read there."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import (
    Anything,
    Content,
    Field,
    Many,
    Named,
    Number,
    Table,
    Text,
    Word,
)
from privacy_check.rulebook.texts import BUS_NAME, CASE_PATH, MEMBER, OBJECT_PATH, WORD

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
        Field(
            "texts",
            Named(CASE_PATH, Content()),
            "files and their text",
            required=False,
            default=EMPTY,
        ),
        Field(
            "links",
            Named(CASE_PATH, Text(300)),
            "links and where they lead",
            required=False,
            default=EMPTY,
        ),
        Field("denied", Many(CASE_PATH), "paths that may not be read", required=False, default=()),
        Field("folders", Many(CASE_PATH), "empty folders", required=False, default=()),
        Field(
            "environment",
            Named(Text(60), Text(300)),
            "variables of the session",
            required=False,
            default=EMPTY,
        ),
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
        Field(
            "commands",
            Named(Text(20, "pw-dump", "a listed command"), Text(120)),
            "what a listed command prints, from fixtures/",
            required=False,
            default=EMPTY,
        ),
        Field(
            "days_old",
            Named(CASE_PATH, Number(100_000)),
            "files that were changed some days before",
            required=False,
            default=EMPTY,
        ),
        Field(
            "modes",
            Named(CASE_PATH, Text(4, r"0?[0-7]{3}", "a mode like 0755")),
            "who may do what with a path",
            required=False,
            default=EMPTY,
        ),
        Field("outcome", Word(vocabulary.OUTCOMES), "what the reading has to be"),
        Field("value", WORD, "its word", required=False, default=""),
    ),
)
