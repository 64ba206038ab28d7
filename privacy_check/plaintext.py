"""Text that a terminal shows and never obeys: no control characters, no marks that reorder it."""

from __future__ import annotations

import re

HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Return text with a replacement mark for each character that does not show itself."""
    return HIDDEN.sub("\ufffd", text)
