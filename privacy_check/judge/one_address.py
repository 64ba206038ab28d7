"""Finds the one address in a pasted message; invitations bring words and numbers around it."""

from __future__ import annotations

_AROUND = "<>()[]{}\"'\u201c\u201d\u2018\u2019\u00ab\u00bb.,;"
"""What stands around an address in a sentence and is not part of it."""


def one_address(text: str) -> str:
    """Return the one address among several words; the text itself where there is not just one."""
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004 - one word is looked at as it is
        return text
    found = {word.strip(_AROUND) for word in words if "://" in word}
    return found.pop() if len(found) == 1 else text
