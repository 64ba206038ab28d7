"""What a file of `support/` may hold: one place that helps."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import Day, Field, Many, Number, Table, Text, Word
from privacy_check.rulebook.forms.source import SOURCES
from privacy_check.rulebook.texts import ID, SENTENCE, STEP

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
