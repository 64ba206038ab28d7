"""Reads what is pasted at a terminal without showing it, and leaves nothing of it to the shell."""

from __future__ import annotations

import os
import select
import termios
from collections.abc import Callable

_QUIET = 0.15
"""Seconds without anything more after an Enter, after which a paste is over."""

_END = b"\x04"
_ERASING = (b"\x08", b"\x7f")
_LONG = 65536
_ENTERS = (b"\n", b"\r")


def read_pasted(terminal: int, most: int, ready: Callable[[], None]) -> bytes:
    """Return what is typed or pasted up to an Enter, with the lines that come together with it.

    Nothing of it is shown. The terminal is as before afterwards, and whatever is still to come is
    thrown away, so that no line of a pasted message reaches the shell.

    Args:
        terminal: The number of the terminal's file.
        most: How many bytes are kept; the rest is read and forgotten.
        ready: Called once nothing is shown any more; to ask for a paste before would show it.
    """
    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
    try:
        ready()
        return _collected(terminal, most)
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _collected(terminal: int, most: int) -> bytes:
    kept, ended = b"", False
    while not ended or select.select([terminal], [], [], _QUIET)[0]:
        data = os.read(terminal, _LONG)
        if data in (b"", _END):
            break
        ended = data.endswith(_ENTERS)
        kept = kept[:-1] if data in _ERASING else (kept + data)[:most]
    return kept
