"""Reads ini-like text files: sections in brackets, `key=value` lines.

KDE's, Qt's and GLib's files differ in small things; what they share is here. A line that fits no
form is damage: the file is then not read at all, since what stood there is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from privacy_check.machine.interface import UnseenError


@dataclass(slots=True)
class Sections:
    """The sections of a file: values by section and key, the last one said counts."""

    values: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, section: str, key: str) -> str | None:
        """Return a value, `None` when it is not set."""
        return self.values.get(section, {}).get(key)


def parse(text: str, comments: str = "#;") -> Sections:
    """Return the sections of a file. Keys before the first section stand under ``.

    Raises:
        UnseenError: When the file is empty, cut in a line, or holds a line of no known form.
    """
    if not text.strip():
        message = "it is damaged: the file is empty"
        raise UnseenError(message)
    if not text.endswith("\n"):
        message = "it is damaged: cut in the middle of a line"
        raise UnseenError(message)
    found = Sections()
    section = found.values.setdefault("", {})
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line[0] in comments:
            continue
        if line.startswith("["):
            section = found.values.setdefault(_header(line, number), {})
            continue
        key, equals, value = line.partition("=")
        if not equals or not key or not key.isprintable():
            raise UnseenError(_broken(number))
        section[key.strip()] = value.strip()
    return found


def _header(line: str, number: int) -> str:
    if not line.endswith("]") or not line.isprintable():
        raise UnseenError(_broken(number))
    return line[1:-1]


def _broken(number: int) -> str:
    return f"it is damaged: line {number} has no known form"
