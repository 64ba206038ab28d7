"""A terminal window for tests: a program runs in it, keys are sent, and the screen is read.

The terminal is a real pseudo-terminal; what is sent to it is drawn by pyte, with the second screen
and the lines scrolled away that pyte alone does not keep apart.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from types import TracebackType
from typing import Self

import pyte

SECOND_SCREEN = 1049
SECONDS = 20.0
_IN_THE_TERMINAL = """exec "$@" <"$0" >"$0" 2>&1"""


class Screen(pyte.HistoryScreen):
    """A drawn screen that knows a second one."""

    def __init__(self, columns: int, rows: int, *, second: bool) -> None:
        super().__init__(columns, rows, history=2000, ratio=0.5)
        self._has_second = second
        self._first: object = None
        self.is_second = False

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        if self._has_second and SECOND_SCREEN in modes and not self.is_second:
            self._first = (deepcopy(self.buffer), deepcopy(self.cursor), self.history)
            self.history = self.history._replace(top=type(self.history.top)(maxlen=1))
            self.is_second = True
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        if SECOND_SCREEN in modes and self.is_second:
            self.buffer, self.cursor, self.history = self._first
            self.is_second = False
            self.dirty.update(range(self.lines))
        super().reset_mode(*modes, **kwargs)


class Window:
    """A program in a terminal of its own, until the end of the block."""

    def __init__(self, columns: int, rows: int, *, second: bool) -> None:
        self._drawn = Screen(columns, rows, second=second)
        self._stream = pyte.ByteStream(self._drawn)
        self._master, self._terminal = pty.openpty()
        self._set_size(columns, rows)
        self._is_gone = False
        self._program: subprocess.Popen[bytes] | None = None
        self.raw = b""
        """Everything the program has sent so far; `read` brings it up to date."""

    @classmethod
    def start(
        cls,
        argv: Sequence[str],
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        *,
        second: bool = True,
    ) -> Window:
        """Open a window and start a program in it, as the leader of its session.

        Args:
            argv: The program and its arguments.
            columns: How wide the window is.
            rows: How high it is.
            env: Variables besides PATH, TERM and the locale.
            second: Whether the terminal has a second screen.
        """
        window = cls(columns, rows, second=second)
        window._program = subprocess.Popen(
            ["sh", "-c", _IN_THE_TERMINAL, os.ttyname(window._terminal), *argv],
            env={"PATH": os.defpath, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return window

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        self.hang_up()

    @property
    def program(self) -> subprocess.Popen[bytes]:
        assert self._program is not None
        return self._program

    def send(self, data: bytes) -> None:
        """Press keys."""
        os.write(self._master, data)

    def signal(self, number: signal.Signals) -> None:
        """Tell the program something."""
        self.program.send_signal(number)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.read()
        self._drawn.resize(rows, columns)
        self._set_size(columns, rows)

    def hang_up(self) -> None:
        """Take the terminal away, as when its window is closed."""
        if not self._is_gone:
            self._is_gone = True
            os.close(self._terminal)
            os.close(self._master)

    def read(self, seconds: float = 0) -> None:
        """Draw what the program has sent, waiting a while for the first of it."""
        if self._is_gone:
            time.sleep(seconds)
        while not self._is_gone and select.select([self._master], [], [], seconds)[0]:
            data = os.read(self._master, 65536)
            self.raw += data
            self._stream.feed(data)
            seconds = 0

    def screen(self) -> list[str]:
        """Return the rows that are seen, without empty ones at the end."""
        self.read()
        rows = [row.rstrip() for row in self._drawn.display]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def scrolled(self) -> list[str]:
        """Return the rows that were scrolled away, the oldest first."""
        self.read()
        columns = range(self._drawn.columns)
        return ["".join(row[i].data for i in columns).rstrip() for row in self._drawn.history.top]

    def cursor(self) -> tuple[int, int]:
        """Return the column and row where the cursor is, counted from 0."""
        self.read()
        return self._drawn.cursor.x, self._drawn.cursor.y

    def is_second_screen(self) -> bool:
        """Say whether the second screen is shown."""
        self.read()
        return self._drawn.is_second

    def wait_for(self, text: str, seconds: float = SECONDS) -> None:
        """Wait until some row that is seen has the text."""
        self._wait(lambda: any(text in row for row in self.screen()), f"{text!r} is seen", seconds)

    def wait_gone(self, text: str, seconds: float = SECONDS) -> None:
        """Wait until no row that is seen has the text."""
        self._wait(lambda: not any(text in row for row in self.screen()), f"no {text!r}", seconds)

    def wait_raw(self, seconds: float = SECONDS) -> None:
        """Wait until the program takes every key at once."""
        self._wait(lambda: not self._is_by_line(), "every key is taken at once", seconds)

    def exit_code(self, seconds: float = SECONDS) -> int:
        """Wait for the end of the program and return its code, -N for a signal."""
        self._wait(lambda: self.program.poll() is not None, "the program ends", seconds)
        self.read()
        return self.program.returncode

    def _is_by_line(self) -> bool:
        return bool(termios.tcgetattr(self._terminal)[3] & termios.ICANON)

    def _wait(self, is_so: Callable[[], bool], what: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not is_so():
            left = end - time.monotonic()
            assert left > 0, "\n".join([f"Waited in vain until {what}:", *self.screen()])
            self.read(min(left, 0.05))

    def _set_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
