"""What a file of `advice/` may hold: a rule, and the question of a rule."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import Field, Flag, Many, Number, Table, Text, Word
from privacy_check.rulebook.forms.source import SOURCES
from privacy_check.rulebook.texts import ASKED, ID, SENTENCE, WORD

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
        Field(
            "app_grade",
            Flag(),
            "the grade of the app that a person plans to use counts here",
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
