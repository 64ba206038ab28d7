"""The window in which a person is asked: what is shown, and which key is pressed.

There are three ways: a full screen that leaves nothing behind (`fullscreen`), plain lines for
screen readers and scripts (`lines`), and a small one for systems without a Unix terminal
(`console`). Nothing here is written to a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from typing import Protocol

NARROWEST = 20
LOWEST = 8
_PLAIN_TERMINALS = ("", "dumb", "unknown")


class LeaveError(Exception):
    """The person leaves: by key, by ending the input, or since the terminal or session ends."""


class Terminal(Protocol):
    """Shows lines and waits for keys. Every function may raise `LeaveError`."""

    @property
    def clears(self) -> bool:
        """Say whether nothing of what was shown stays in the window."""

    @property
    def width(self) -> int:
        """Return the columns there are now."""

    @property
    def height(self) -> int:
        """Return the lines there are now."""

    def show(self, lines: Sequence[str]) -> None:
        """Replace all that is shown. Keys that were pressed before do not count any more."""

    def key(self) -> str:
        """Wait for a key and return it: a small letter or sign, or a name.

        The names are "enter", "up", "down", "previous", "next", and "resize" when the window has
        another size.
        """

    def line(self) -> str:
        """Let the person type a short line, and return it."""


def open_terminal() -> AbstractContextManager[Terminal]:
    """Open the window in the way that fits; at the end of the block all is as it was."""
    if not _can_redraw():
        from privacy_check.person.lines import lines

        return lines()
    if find_spec("termios") is None:
        from privacy_check.person.console import console

        return console()
    from privacy_check.person.fullscreen import full_screen

    return full_screen()


def _can_redraw() -> bool:
    """Say whether a screen can be cleared. Windows names no kind of terminal, and can."""
    kind = os.environ.get("TERM", "ansi" if os.name == "nt" else "")
    streams = (sys.stdin, sys.stdout)
    return kind not in _PLAIN_TERMINALS and all(s is not None and s.isatty() for s in streams)
