"""What a file of `programs/` may hold: a list of programs that are known by name."""

from __future__ import annotations

from privacy_check.rulebook import records
from privacy_check.rulebook.fields import Field, Many, Number, Table, Text, Word
from privacy_check.rulebook.forms.source import SOURCES
from privacy_check.rulebook.texts import ID, PATH

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
