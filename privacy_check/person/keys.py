"""Turns what a terminal sends into keys, in whatever pieces it comes. It reads nothing itself."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from types import MappingProxyType

ENTER = "enter"
DOWN = "down"
UP = "up"
NEXT = "next"
PREVIOUS = "previous"
RESIZE = "resize"
BACKSPACE = "backspace"
LEAVE = "leave"

LONGEST_LINE = 60
"""Characters that a person may type into one line."""

_ESCAPE = "\x1b"
_PATIENCE = 0.5
"""Seconds within which the rest of a sequence comes, also over a slow line."""
_LONGEST_SEQUENCE = 32
_LEAVING = frozenset("\x03\x04")
_LEAVING_LETTERS = frozenset("xX")
_CONTROLS: Mapping[str, str] = MappingProxyType(
    {"\r": ENTER, "\n": ENTER, "\x7f": BACKSPACE, "\x08": BACKSPACE}
)
_SEQUENCES: Mapping[str, str] = MappingProxyType(
    {
        "\x1b[A": UP,
        "\x1bOA": UP,
        "\x1b[B": DOWN,
        "\x1bOB": DOWN,
        "\x1b[5~": PREVIOUS,
        "\x1b[6~": NEXT,
        "\x1bOM": ENTER,
    }
)


class Keys:
    """Puts characters and sequences together; what it does not know is ignored.

    Nothing ever waits for the end of a sequence: a piece that has no end counts as nothing as soon
    as a key comes later. An x, Ctrl-C or Ctrl-D is never taken for a part of a sequence, since a
    person who wants to leave may press Esc first. No keyboard sends one there, but for the number
    pad in a mode that is not used here.
    """

    def __init__(self, encoding: str) -> None:
        """Take the encoding of what the terminal sends."""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._begun = ""
        self._last = 0.0

    def feed(self, data: bytes, now: float) -> list[str]:
        """Return the keys that end with these bytes: single characters, and names.

        Args:
            data: What the terminal sent.
            now: The time of a clock that only goes forward, in seconds.
        """
        if now - self._last > _PATIENCE:
            self._begun = ""
        self._last = now
        return [key for char in self._decoder.decode(data) if (key := self._take(char))]

    def _take(self, char: str) -> str:
        begun, self._begun = self._begun, ""
        if char in _LEAVING:
            return LEAVE
        if begun and " " <= char <= "~":
            return self._continued(begun + char)
        if char == _ESCAPE:
            self._begun = char
            return ""
        return _CONTROLS.get(char, char if char.isprintable() else "")

    def _continued(self, sequence: str) -> str:
        char = sequence[-1]
        if char in _LEAVING_LETTERS:
            return LEAVE
        if sequence in ("\x1b[", "\x1bO", "\x1b[[") or (len(sequence) > 2 and char < "@"):  # noqa: PLR2004 - the escape and what it begins
            self._begun = sequence[:_LONGEST_SEQUENCE]
            return ""
        return _SEQUENCES.get(sequence, "")


def leaves(key: str) -> bool:
    """Say whether a key means that the person leaves."""
    return key == LEAVE or key in _LEAVING_LETTERS


class Typed:
    """A short line while it is typed; only what shows itself and keeps its order gets in."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.text = ""

    def take(self, key: str) -> None:
        """Add a character, or take the last one away."""
        if key == BACKSPACE:
            self.text = self.text[:-1]
        elif len(key) == 1:
            self.text = shown_only(self.text + key)


def shown_only(text: str) -> str:
    """Return the text without control marks and marks that reorder it, and not too long."""
    return "".join(char for char in text if char.isprintable())[:LONGEST_LINE]
