"""A screen where there is no Unix terminal, as on Windows: cleared and printed again each time."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import click

from privacy_check.person.fit import cut
from privacy_check.person.keyboard import Keyboard
from privacy_check.person.keys import (
    BACKSPACE,
    DOWN,
    ENTER,
    LEAVE,
    NEXT,
    PREVIOUS,
    UP,
)
from privacy_check.person.signals import Signals, watched_signals
from privacy_check.person.terminal import LOWEST, NARROWEST, LeaveError
from privacy_check.plaintext import plain

_FUNCTION_KEYS = {"H": UP, "P": DOWN, "I": PREVIOUS, "Q": NEXT}
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "\r": ENTER,
        "\n": ENTER,
        "\x08": BACKSPACE,
        "\x7f": BACKSPACE,
        "\x03": LEAVE,
        "\x04": LEAVE,
        **{f"\x00{letter}": name for letter, name in _FUNCTION_KEYS.items()},
        **{f"\xe0{letter}": name for letter, name in _FUNCTION_KEYS.items()},
    }
)
"""What the Windows console sends for keys without a character, and control characters."""


class Console(Keyboard):
    """Clears the screen and prints."""

    clears = True

    def __init__(self, signals: Signals) -> None:
        """Take what listens to signals."""
        self._signals = signals

    @property
    def width(self) -> int:
        """Return the columns, less one, since a full line would begin another one."""
        return max(shutil.get_terminal_size().columns - 1, NARROWEST)

    @property
    def height(self) -> int:
        """Return the lines there are now."""
        return max(shutil.get_terminal_size().lines, LOWEST)

    def show(self, lines: Sequence[str]) -> None:
        """Clear the screen and print the lines."""
        self._signals.check()
        click.clear()
        click.echo("\n".join(cut(plain(line), self.width) for line in lines[: self.height - 1]))

    def _echo(self, text: str) -> None:
        click.echo(f"\r{cut(text, self.width - 1)} \b", nl=False)

    def _next(self) -> str:
        while True:
            self._signals.check()
            try:
                typed = click.getchar()
            except (EOFError, KeyboardInterrupt):
                raise LeaveError from None
            key = _NAMES.get(typed, typed if len(typed) == 1 and typed.isprintable() else "")
            if key:
                return key


@contextlib.contextmanager
def console() -> Iterator[Console]:
    """Ask on a screen that is cleared, until the end of the block."""
    with watched_signals() as signals:
        try:
            yield Console(signals)
        finally:
            click.clear()
