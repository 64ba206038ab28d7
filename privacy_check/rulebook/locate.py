"""Finds the line of every key in a TOML text.

The TOML parser gives lines for syntax errors only. This is not a second parser: it walks a text
that has already been parsed without an error, and notes where each key and list item starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from privacy_check.rulebook.problems import KeyPath

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\])*"|' r"'[^']*'", re.DOTALL
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line (from 1) of every key and list item of a valid TOML text."""
    walk = _Walk(text)
    walk.document()
    return walk.lines


@dataclass(slots=True)
class _Walk:
    text: str
    at: int = 0
    line: int = 1
    lines: dict[KeyPath, int] = field(default_factory=dict)
    last_item: dict[KeyPath, int] = field(default_factory=dict)

    def document(self) -> None:
        base: KeyPath = ()
        self._take(_BLANK)
        while self.at < len(self.text):
            base = self._header() if self._sees("[") else self._pair(base)
            self._take(_BLANK)

    def _header(self) -> KeyPath:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        line = self.line
        *parents, name = self._dotted_key()
        self.at += 2 if is_list else 1
        path = (*self._inside((), parents, line), name)
        if is_list:
            self.lines.setdefault(path, line)
            self.last_item[path] = self.last_item.get(path, -1) + 1
            path = (*path, self.last_item[path])
        self.lines[path] = line
        return path

    def _inside(self, base: KeyPath, names: list[str], line: int) -> KeyPath:
        """Return the path of nested tables, taking the newest item of a list of tables."""
        for name in names:
            base = (*base, name)
            self.lines.setdefault(base, line)
            if base in self.last_item:
                base = (*base, self.last_item[base])
        return base

    def _pair(self, base: KeyPath) -> KeyPath:
        line = self.line
        path = base
        for name in self._dotted_key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self._take(_SPACE)
        self._value(path)
        return base

    def _value(self, path: KeyPath) -> None:
        if self._sees("["):
            self._list(path)
        elif self._sees("{"):
            self._inline_table(path)
        elif self._sees('"') or self._sees("'"):
            self._take(_STRING)
        else:
            self._take(_BARE_VALUE)

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        self._take(_BLANK)
        index = 0
        while not self._sees("]"):
            self.lines[(*path, index)] = self.line
            self._value((*path, index))
            index += 1
            self._comma()
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        self._take(_BLANK)
        while not self._sees("}"):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._take(_BLANK)
        if self._sees(","):
            self.at += 1
            self._take(_BLANK)

    def _dotted_key(self) -> list[str]:
        names = []
        while True:
            self._take(_SPACE)
            if self._sees('"') or self._sees("'"):
                names.append(_unquoted(self._take(_STRING)))
            else:
                names.append(self._take(_BARE_KEY))
            self._take(_SPACE)
            if not self._sees("."):
                return names
            self.at += 1

    def _sees(self, start: str) -> bool:
        return self.text.startswith(start, self.at)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            message = f"line {self.line}: this text was not parsed before it was walked"
            raise ValueError(message)
        self.at = match.end()
        self.line += match[0].count("\n")
        return match[0]


def _unquoted(text: str) -> str:
    """Return a quoted key as the parser reads it."""
    if "\\" not in text or text.startswith("'"):
        return text[1:-1]
    import tomli  # such keys stand in no sensible rule file

    return str(tomli.loads(f"key = {text}")["key"])
