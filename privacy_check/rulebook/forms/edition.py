"""What `rulebook.toml` may hold: the version and date of a rule set."""

from __future__ import annotations

from privacy_check.rulebook import records
from privacy_check.rulebook.fields import Day, Field, Table, Text

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
