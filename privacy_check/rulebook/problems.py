"""What is wrong in rule files: one record a problem, collected rather than raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privacy_check.plaintext import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KeyPath = tuple[str | int, ...]
"""Where a value stands in a document: table keys, and positions in lists counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing to mend in a rule file."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """Return the problem as one line that editors can jump to."""
        key = f"{self.key}: " if self.key else ""
        return f"{plain(self.file)}:{self.line}: {key}{self.message}"


@dataclass(slots=True)
class Notebook:
    """Collects the problems of one document while it is decoded."""

    file: str
    lines: Mapping[KeyPath, int]
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: KeyPath) -> int:
        """Return the line of the nearest enclosing key that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def note(self, path: KeyPath, message: str) -> None:
        """Write down that the value at `path` is wrong and what would be right."""
        problem = Problem(file=self.file, line=self.line_of(path), key=shown(path), message=message)
        self.problems.append(problem)


def shown(path: KeyPath) -> str:
    """Return a key path as people write it, list positions counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else plain(part)[:60] for part in path)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Return ` (did you mean "…"?)` for the nearest allowed word, or nothing."""
    import difflib  # slow to import, and needed only when something is wrong

    near = difflib.get_close_matches(word, list(allowed), 1, 0.6)
    return f' (did you mean "{near[0]}"?)' if near else ""
