"""What a file of `agreement/` may hold: one topic of the notes of two people."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import Field, Flag, Many, Number, Table, Text, Word
from privacy_check.rulebook.forms.source import SOURCES
from privacy_check.rulebook.texts import ASKED, ID, SENTENCE, WORD

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
