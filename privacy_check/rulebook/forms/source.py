"""What a rule file may say of a source; each file names at least one."""

from __future__ import annotations

from privacy_check.rulebook import records, vocabulary
from privacy_check.rulebook.fields import Day, Field, Many, Table, Text, Word

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
