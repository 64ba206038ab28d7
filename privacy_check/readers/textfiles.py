"""Reads ini-like text files: sections in brackets, `key=value` lines.

KDE's, Qt's and GLib's files differ in small things; what they share is here. A line that fits no
form is damage: the file is then not read at all, since what stood there is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from privacy_check.machine.interface import UnseenError
from privacy_check.readers.raw import near_miss

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ufeff]")
NOT_IN_FILE = "not set in the saved file"


def looks_lost(section: str, key: str, text: str) -> bool:
    """Say whether a key that is not set in a text seems to have been there.

    A single changed character can hide a key: in its own name, in its section's name, or in the
    line end before it. Where the absent key would be good news, each of these is damage.
    """
    lines = [line.lstrip("#; \t") for line in text.split("\n")]
    keys = (*(line[: len(key)] for line in lines), *(_name_in(line) for line in lines))
    cut = (line[: len(section) + 2] for line in lines)
    headers = (*cut, *(line.strip().removesuffix("[$i]") for line in lines))
    swallowed = any(_swallows(key, line) or _hides(section, line) for line in lines)
    return swallowed or near_miss(key, keys) or near_miss(f"[{section}]", headers)


def _name_in(line: str) -> str:
    """Return what stands before the equals sign of a line, without marks in brackets."""
    return line.partition("=")[0].partition("[")[0].strip()


def _swallows(key: str, line: str) -> bool:
    """Say whether a line holds a second line, `key=…`, whose start was lost."""
    left, _, right = line.partition("=")
    return f"{key}=" in right or (" " in left and left != key and left.endswith(key))


def _hides(section: str, line: str) -> bool:
    """Say whether a line holds a section's header behind other text."""
    return line.find(f"[{section}]") > 0


def is_behind(whole: tuple[str, ...], section: str, seen: Iterable[str]) -> bool:
    """Say whether one of the sections that end a whole file stands behind the wanted one."""
    order = list(seen)
    start = order.index(section) + 1 if section in order else 0
    return any(name in order[start:] for name in whole)


class Sections:
    """The sections of a file: values by section and key, the last one said counts."""

    def __init__(self) -> None:
        """Start with none."""
        self.values: dict[str, dict[str, str]] = {}

    def get(self, section: str, key: str) -> str | None:
        """Return a value, `None` when it is not set.

        A section like `Seat:*` stands for all that begin so: what any of them sets counts.
        """
        names = [section]
        if section.endswith("*"):
            names = [name for name in self.values if name.startswith(section[:-1])]
            self._must_show_no_slip(section[:-1], key, names)
        found = [self.values[name][key] for name in names if key in self.values.get(name, {})]
        return next((value for value in found if value), found[-1] if found else None)

    def _must_show_no_slip(self, start: str, key: str, names: list[str]) -> None:
        """Refuse a name that is nearly wanted: beside other sections its loss would not show."""
        unlike = [name for name in self.values if not name.startswith(start)]
        others = [name[: len(start) + more] for name in unlike for more in (-1, 0, 1)]
        if near_miss(start, others) or any(near_miss(key, self.values[name]) for name in names):
            message = "the file looks damaged: a name in it is nearly the wanted one"
            raise UnseenError(message)


def parse(text: str, comments: str = "#;") -> Sections:
    """Return the sections of a file; an empty one has none.

    Raises:
        UnseenError: When the file is cut in a line, or holds a line of no known form or before
            the first section.
    """
    if text and not text.endswith("\n"):
        message = "it is damaged: cut in the middle of a line"
        raise UnseenError(message)
    found = Sections()
    section: dict[str, str] | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line[0] in comments:
            continue
        if line.startswith("["):
            section = found.values.setdefault(_header(line, number), {})
            continue
        key, equals, value = line.partition("=")
        if section is None or not equals or not key or not is_text(line):
            raise UnseenError(_broken(number))
        section[key.strip()] = value.strip()
    return found


def is_text(line: str) -> bool:
    """Say whether a line holds no control character but tabs, and no mark of the byte order."""
    return not _CONTROL.search(line)


def _header(line: str, number: int) -> str:
    name = line[1:-1]
    if not line.endswith("]") or "[" in name or "]" in name or not is_text(line):
        raise UnseenError(_broken(number))
    return name


def _broken(number: int) -> str:
    return f"it is damaged: line {number} has no known form"
