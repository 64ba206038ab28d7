"""A full screen on a Unix terminal that leaves nothing behind.

It is drawn on the terminal's second screen, where there is one, in place and never scrolling, so
that no line goes to those scrolled away. The cursor stays visible and waits at the beginning of
the first line: braille displays and screen readers start to read where it is, and that is where a
question begins. Only while a line is typed does it stand behind what was typed.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import time
from collections import deque
from collections.abc import Iterator, Sequence

from privacy_check.person.fit import cut, cut_to_end
from privacy_check.person.keyboard import Keyboard
from privacy_check.person.keys import RESIZE, Keys, leaves
from privacy_check.person.signals import Signals, watched_signals
from privacy_check.person.terminal import LOWEST, NARROWEST, LeaveError
from privacy_check.plaintext import plain

_SECOND_SCREEN = "\x1b[?1049h"
_FIRST_SCREEN = "\x1b[?1049l"
_HOME = "\x1b[H"
_CLEAR = "\x1b[2J"
_CLEAR_SCROLLED = "\x1b[3J"

_SWALLOWED = 0.3
"""Seconds after leaving in which keys go nowhere: a person may press x more than once."""

_AT_ONCE = 4096
_MOST_READS = 64

_INPUT, _LOCAL, _CONTROL = 0, 3, 6
"""Places in what `termios` tells about a terminal."""

_Modes = list[int | list[bytes | int]]

_NOT_INPUT = (
    termios.BRKINT | termios.ISTRIP | termios.INLCR | termios.IGNCR | termios.ICRNL | termios.IXON
)
_NOT_LOCAL = termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN


class FullScreen(Keyboard):
    """Draws lines in place and reads keys as they are pressed."""

    clears = True

    def __init__(self, signals: Signals, wakeup: int) -> None:
        """Take what listens to signals; the terminal is that of the standard streams.

        Args:
            signals: What was told so far.
            wakeup: What becomes readable when something is told.
        """
        self._signals = signals
        self._wakeup = wakeup
        self._input = sys.stdin.fileno()
        self._output = sys.stdout.fileno()
        self._encoding = sys.stdout.encoding
        self._decoder = Keys(sys.stdin.encoding)
        self._keys: deque[str] = deque()
        self._lines: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Return the columns there are now."""
        return max(self._size()[0], NARROWEST)

    @property
    def height(self) -> int:
        """Return the lines there are now."""
        return max(self._size()[1], LOWEST)

    def show(self, lines: Sequence[str]) -> None:
        """Draw the lines instead of all others, as many as there is room for."""
        self._signals.check()
        self._forget_typed()
        self._signals.resized = False
        self._lines = tuple(plain(line) for line in lines)
        self._draw()

    def begin(self) -> None:
        """Go to the second screen."""
        sys.stdout.flush()
        self._write(_SECOND_SCREEN + _HOME + _CLEAR)

    def end(self) -> None:
        """Clear the second screen and go back to the first."""
        self._write(self._wiped() + _FIRST_SCREEN)

    def forget(self) -> None:
        """Go back to a first screen that is empty, without lines that were scrolled away."""
        self._write(self._wiped() + _FIRST_SCREEN + _HOME + _CLEAR + _CLEAR_SCROLLED)
        self._swallow()

    def _size(self) -> tuple[int, int]:
        with contextlib.suppress(OSError):
            size = os.get_terminal_size(self._output)
            if size.columns and size.lines:
                return size.columns, size.lines
        return 80, 24

    def _draw(self) -> None:
        columns, rows = self._size()
        lines = [cut(line, columns) for line in self._lines[:rows]]
        lines += [""] * (rows - len(lines))
        self._write("".join(_row(i, line) for i, line in enumerate(lines)) + _HOME)

    def _echo(self, text: str) -> None:
        columns, rows = self._size()
        row = min(len(self._lines), rows - 1)
        self._write(_row(row, cut_to_end(text, columns - 1)))

    def _wiped(self) -> str:
        """Return what empties the screen row by row.

        Some terminals keep what they clear in one go among the lines scrolled away; so that is
        done only to rows that are empty already.
        """
        return "".join(_row(row, "") for row in range(self._size()[1])) + _HOME + _CLEAR

    def _write(self, text: str) -> None:
        data = text.encode(self._encoding, "replace")
        while data:
            try:
                data = data[os.write(self._output, data) :]
            except OSError:
                raise LeaveError from None

    def _next(self) -> str:
        self._signals.check()
        while not self._keys:
            if self._signals.resized:
                self._signals.resized = False
                self._draw()
                return RESIZE
            self._wait()
        return self._keys.popleft()

    def _wait(self) -> None:
        """Wait until keys are pressed or a signal comes."""
        ready, _, _ = select.select([self._input, self._wakeup], [], [])
        if self._wakeup in ready:
            os.read(self._wakeup, _AT_ONCE)
        if self._input in ready:
            self._read()

    def _read(self) -> None:
        try:
            data = os.read(self._input, _AT_ONCE)
        except OSError:
            data = b""
        if not data:
            raise LeaveError
        self._keys += self._decoder.feed(data, time.monotonic())

    def _forget_typed(self) -> None:
        """Drop the keys that were pressed before there was something to answer, but leave."""
        for _ in range(_MOST_READS):
            if not select.select([self._input], [], [], 0)[0]:
                break
            self._read()
        if any(leaves(key) for key in self._keys):
            raise LeaveError
        self._keys.clear()

    def _swallow(self) -> None:
        end = time.monotonic() + _SWALLOWED
        with contextlib.suppress(OSError):
            while (seconds := end - time.monotonic()) > 0:
                if not select.select([self._input], [], [], seconds)[0]:
                    break
                if not os.read(self._input, _AT_ONCE):
                    break


def _row(row: int, text: str) -> str:
    """Return what writes a row anew. Emptying comes first: after a full row it may take a sign."""
    return f"\x1b[{row + 1};1H\x1b[2K{text}"


@contextlib.contextmanager
def _wakeups() -> Iterator[int]:
    """Return what becomes readable when a signal comes, so that none is missed while waiting."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


@contextlib.contextmanager
def full_screen() -> Iterator[FullScreen]:
    """Ask on a full screen until the end of the block."""
    with _wakeups() as wakeup, watched_signals() as signals:
        screen = FullScreen(signals, wakeup)
        modes = termios.tcgetattr(sys.stdin)
        leaving = True
        try:
            try:
                _take_every_key()  # in the background, this waits for the foreground
                signals.hold()
                screen.begin()
                yield screen
                leaving = False
            finally:
                signals.closing = True
        finally:
            _close(screen, modes, leaving=leaving or signals.left)


def _take_every_key() -> None:
    """Let each key arrive at once, not shown and without a meaning to the system."""
    raw = termios.tcgetattr(sys.stdin)
    raw[_INPUT] &= ~_NOT_INPUT
    raw[_LOCAL] &= ~_NOT_LOCAL
    raw[_CONTROL][termios.VMIN] = 1
    raw[_CONTROL][termios.VTIME] = 0
    try:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, raw)
    except termios.error:  # the terminal is gone
        raise LeaveError from None


def _close(screen: FullScreen, modes: _Modes, *, leaving: bool) -> None:
    """Clean the screen, then give the terminal its modes back; it may be gone."""
    with contextlib.suppress(LeaveError):
        if leaving:
            screen.forget()
        else:
            screen.end()
    with contextlib.suppress(OSError, termios.error):
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, modes)
