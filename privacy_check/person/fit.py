"""Counts the columns that text takes on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_NO_WIDTH = ("Mn", "Me", "Cf")
_WIDE = ("W", "F")


def cut(text: str, columns: int) -> str:
    """Return as much of the beginning of the text as fits."""
    return "".join(_fitting(text, columns))


def cut_to_end(text: str, columns: int) -> str:
    """Return as much of the end of the text as fits."""
    return "".join(reversed([*_fitting(reversed(text), columns)]))


def _fitting(text: Iterable[str], columns: int) -> Iterable[str]:
    for char in text:
        columns -= _columns(char)
        if columns < 0:
            return
        yield char


def _columns(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
