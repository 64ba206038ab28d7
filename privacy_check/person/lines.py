"""Plain lines, one after the other: for screen readers, simple terminals and scripts.

Nothing is drawn again and no escape sequence is sent. A key is a line of input. What was shown
stays on the screen, as with every program that prints lines.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import sys
from collections.abc import Iterator, Sequence

from privacy_check.person.keys import ENTER, LEAVE, leaves
from privacy_check.person.signals import Signals, watched_signals
from privacy_check.person.terminal import NARROWEST, LeaveError
from privacy_check.plaintext import plain

ENDLESS = 10_000
"""The lines of a screen without an end: nothing needs to be split into pages."""

_LONGEST_INPUT = 4096
_WORDS = {
    "yes": "y",
    "no": "n",
    "not sure": "?",
    "unsure": "?",
    "skip": "s",
    "back": "b",
    "end": "e",
    "does not apply": "d",
    "leave": LEAVE,
    "enter": ENTER,
}
"""What a person may type instead of a key; the words stand beside the keys."""


class Lines:
    """Prints what is to be shown, and reads lines."""

    clears = False
    height = ENDLESS

    def __init__(self, signals: Signals) -> None:
        """Take what listens to signals."""
        self._signals = signals
        self._shown = False

    @property
    def width(self) -> int:
        """Return the columns of the terminal, or 80."""
        return max(shutil.get_terminal_size().columns, NARROWEST)

    def show(self, lines: Sequence[str]) -> None:
        """Print the lines below the earlier ones. They are not cut, for nothing is drawn over."""
        self._signals.check()
        self._forget_typed()
        if self._shown:
            sys.stdout.write("\n")
        self._shown = True
        sys.stdout.write("".join(f"{plain(line)}\n" for line in lines))
        sys.stdout.flush()

    def key(self) -> str:
        """Return the key that a line of input names, by its letter or in words.

        A line that names none is said so, and another one is read: "not sure" is no "n".
        """
        while True:
            typed = self._read().lower()
            said = typed.strip() or typed[:1]
            key = _WORDS.get(said, said)
            if leaves(key):
                raise LeaveError
            if len(key) <= 1 or key == ENTER:
                return key or ENTER
            sys.stdout.write("Please type one of the keys alone, then Enter.\n")
            sys.stdout.flush()

    def line(self) -> str:
        """Return a line of input, however long it is."""
        return "".join(char for char in self._read() if char.isprintable()).strip()

    def _read(self) -> str:
        self._signals.check()
        data = b""
        if sys.stdin is not None:
            with contextlib.suppress(OSError):  # the terminal is gone
                data = rest = sys.stdin.buffer.readline(_LONGEST_INPUT)
                while len(rest) == _LONGEST_INPUT and not rest.endswith(b"\n"):
                    rest = sys.stdin.buffer.readline(_LONGEST_INPUT)
        if not data:
            raise LeaveError
        return data.decode(sys.stdin.encoding, "replace").rstrip("\r\n")

    def _forget_typed(self) -> None:
        """Drop the lines that a person typed before seeing the question, unless they leave."""
        while _at_terminal() and select.select([sys.stdin], [], [], 0)[0]:
            data = b""
            with contextlib.suppress(OSError):
                data = os.read(sys.stdin.fileno(), _LONGEST_INPUT)
            if not data or leaves(data[:1].decode("ascii", "replace")):
                raise LeaveError


def _at_terminal() -> bool:
    return os.name == "posix" and sys.stdin is not None and sys.stdin.isatty()


def _flush_typed() -> None:
    """Let nothing that was still typed reach the shell."""
    import termios

    with contextlib.suppress(OSError, termios.error):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


@contextlib.contextmanager
def lines() -> Iterator[Lines]:
    """Ask by lines until the end of the block."""
    with watched_signals() as signals:
        try:
            yield Lines(signals)
        finally:
            if _at_terminal():
                _flush_typed()
