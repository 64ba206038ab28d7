"""Says whether the name of a room is one that others may guess."""

from __future__ import annotations

import re

from privacy_check.judge.address import decoded

_SHORT = 10
_SHORT_NUMBER = 12
_FEW_LETTERS = 6
"""Different ones."""

_SEVERAL_DIGITS = 3
_SEVERAL_WORDS = 4
_LETTERS_TO_A_VOWEL = 5
"""With fewer vowels, letters are no words."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")


def is_guessable(room: str) -> bool:
    """Say whether a room's name is short, or a few words or a word with a number."""
    name = decoded(room)
    core = re.sub(r"[\W_]", "", name)
    letters = re.sub(r"\d", "", core)
    if len(core) < _SHORT or len(set(core.lower())) < _FEW_LETTERS:
        return True
    if not letters:
        return len(core) < _SHORT_NUMBER
    is_word_and_number = re.fullmatch(r"[^\W\d]+\d*|\d+[^\W\d]+", core)
    if len(core) - len(letters) >= _SEVERAL_DIGITS and not is_word_and_number:
        return False
    vowels = sum(letter in "aeiouy" for letter in letters.lower())
    looks_random = letters.isascii() and vowels * _LETTERS_TO_A_VOWEL < len(letters)
    return not looks_random and len(_WORD.findall(name)) < _SEVERAL_WORDS
