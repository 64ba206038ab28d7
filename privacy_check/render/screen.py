"""The frame of every screen in a conversation: the key to leave, the other keys, and pages.

Nothing here knows a terminal: every function returns lines for a page.
"""

from __future__ import annotations

from collections.abc import Sequence

from privacy_check.render.page import Page, wrapped

Keys = Sequence[tuple[str, str]]
"""Keys, each with what it does."""

LEAVE = "leave: x"

_TITLE = "Call checklist"
_PAGE_KEYS: Keys = (("space", "next page"),)
_GAP = 2
_INDENT = 3


def with_leave(text: str, page: Page, leave: str = LEAVE) -> str:
    """Return a first line that ends with the key to leave, which stands there on every screen."""
    space = page.width - len(leave)
    return text[: space - 1].ljust(space) + leave


def keys_lines(keys: Keys, page: Page) -> list[str]:
    """Return the keys and what they do, side by side as far as they fit."""
    cells = [f"{key}  {name}" for key, name in keys]
    wide = max(map(len, cells)) + _GAP
    a_line = max(1, (page.width - _INDENT + _GAP) // wide)
    rows = [cells[i : i + a_line] for i in range(0, len(cells), a_line)]
    return [" " * _INDENT + "".join(cell.ljust(wide) for cell in row).rstrip() for row in rows]


def close_keys(keys: Keys, page: Page) -> list[str]:
    """Return the keys in as few lines as they need, for a low window."""
    return wrapped("  ".join(f"{key} {name}" for key, name in keys), page)


def _foot(keys: Keys, page: Page, height: int) -> list[str]:
    lines = keys_lines(keys, page)
    return lines if len(lines) < height // 2 else close_keys(keys, page)


def room(keys: Keys, page: Page, height: int) -> int:
    """Return how many lines a page of text has, between the head and the keys."""
    return max(height - len(_foot([*_PAGE_KEYS, *keys], page, height)) - 3, 1)


def paged(lines: list[str], keys: Keys, page: Page, top: int, height: int) -> tuple[list[str], int]:
    """Return what is shown of the lines from `top` on, with the keys below, and the real top."""
    foot = _foot(keys, page, height)
    if len(lines) <= height - len(foot) - 3:
        return [with_leave(_TITLE, page), "", *lines, "", *foot], 0
    space = room(keys, page, height)
    last = (len(lines) - 1) // space
    number = min(max(top // space, 0), last)
    shown = lines[number * space : (number + 1) * space]
    head = with_leave(f"{_TITLE}, page {number + 1} of {last + 1}", page)
    foot = _foot([*_PAGE_KEYS, *keys], page, height)
    return [head, "", *shown, *[""] * (space - len(shown) + 1), *foot], number * space
