"""Fits text to the screen or paper it is for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from privacy_check.record import record

FULL_WIDTH = 80
"""Columns from which a long line is shortened rather than wrapped."""

_NARROWEST = 20


@record
class Page:
    """What the text is written for: columns, and whether sites may be named on it."""

    width: int = FULL_WIDTH
    sites: bool = False


def wrapped(text: str, page: Page, indent: int = 0) -> list[str]:
    """Return the text in lines of the page's width."""
    space = " " * indent
    return textwrap.wrap(
        text,
        max(page.width, _NARROWEST),
        initial_indent=space,
        subsequent_indent=space,
        break_on_hyphens=False,
    )


def hanging(text: str, page: Page, indent: int) -> list[str]:
    """Return the text in lines, all but the first moved to the right."""
    return textwrap.wrap(
        text,
        max(page.width, _NARROWEST),
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )


def paragraphs(texts: Iterable[str], page: Page) -> list[str]:
    """Return the texts in lines, with an empty line between two of them."""
    return [line for text in texts for line in ("", *wrapped(text, page))][1:]


def cut(text: str, page: Page, indent: int = 0) -> list[str]:
    """Return one line, shortened where it is too long; on a narrow screen, all lines."""
    lines = wrapped(text, page, indent)
    if len(lines) == 1 or page.width < FULL_WIDTH:
        return lines
    line = lines[0] if len(lines[0]) < page.width else lines[0].rpartition(" ")[0]
    return [line.rstrip(" ,.;(") + "…"]


def joined(lines: Iterable[str]) -> str:
    """Return the lines as text that ends with a line end."""
    return "\n".join(lines) + "\n"


def bullet(text: str, page: Page) -> list[str]:
    """Return the text as an item of a list."""
    lines = wrapped(text, page, 3)
    return ["-  " + lines[0][3:], *lines[1:]]
