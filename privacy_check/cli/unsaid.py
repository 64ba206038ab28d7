"""Keeps what may be a call link out of messages about wrong use: a link can open a call.

An address is easily typed in the wrong place, and messages about wrong use repeat what was typed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

_LEFT_OUT = "[…]"
_SHORTEST = 8
"""Characters of a link that messages may repeat: some cut what they repeat."""

_SCHEME = re.compile(r"(?!app:)[A-Za-z][A-Za-z0-9+.-]+:")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+/")


def without_links(message: str, typed: Iterable[str]) -> str:
    """Return a message without the words of a command line that may be links, also cut ones."""
    for word in _links(typed):
        longest = min(len(word), len(message))
        cuts = (word[:length] for length in range(longest, _SHORTEST - 1, -1))
        if said := next((cut for cut in cuts if cut in message), ""):
            message = message.replace(said, _LEFT_OUT)
    return message


def may_be_link(word: str) -> bool:
    """Say whether a word may be an address; an id and most paths have none of these signs."""
    begins = _SCHEME.match(word) or _HOST.match(word)
    return bool(begins) or any(sign in word for sign in "?#@")


def _links(typed: Iterable[str]) -> Iterator[str]:
    for whole in typed:
        option, _, value = whole.partition("=")
        word = (value if option.startswith("--") else whole).removeprefix("app:")
        if may_be_link(word) and not os.path.lexists(word):
            yield word
            yield re.sub("/+", "/", word)  # as a path it is written so
