"""privacy-check: a read-only, offline checklist for the minutes before a private call."""

__version__ = "0.1.0"
