"""How hard a sentence is to read: the grade of Flesch and Kincaid, by counting alone.

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59

It is the school year in which a reader follows a text at once; up to 7 is plain. Counted so:

* A sentence ends with `.`, `?` or `!` before a space or the end; a text is at least one sentence.
* A word is a run of letters, with apostrophes and hyphens inside. Numbers and marks are not words.
* A syllable is a group of vowels (a e i o u y) in one part of a word. An `e`, `es` or `ed` at the
  end is silent, unless the sound before it needs it: `notes` one, `pages` two, `shared` one,
  `added` two, `table` two. A part of a word has at least one syllable.

The count of syllables is a rough guide: it takes `quiet` for one and `idea` for two. It is the same
everywhere and needs no list of words.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.?!])[\"')]*(?:\s+|$)")
_SILENT = re.compile(
    r"(?:(?<![aeiouy])(?<![^aeiouyl]l)e"
    r"|(?<![aeiouy])(?<![szxcg])(?<![cs]h)(?<![^aeiouyl]l)es"
    r"|(?<![aeiouytd])(?<![^aeiouyl]l)ed)$"
)


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part.strip() for part in _END.split(text) if words(part)]


def syllables(word: str) -> int:
    """Return about how many syllables a word has."""
    parts = re.sub(r"'\w*$", "", word.lower()).split("-")
    return sum(max(len(re.findall(r"[aeiouy]+", _SILENT.sub("", part))), 1) for part in parts)


def grade(text: str) -> float:
    """Return the reading grade of a text that has at least one word."""
    found = words(text)
    spoken = sum(syllables(word) for word in found)
    return 0.39 * len(found) / max(len(sentences(text)), 1) + 11.8 * spoken / len(found) - 15.59
