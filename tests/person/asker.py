"""A program for tests: it asks on the terminal, and then tells what else was typed.

Keys: l types a line, w waits before it asks on, t shows more than there is room for, m shows marks
that a terminal would obey, r reads as a busy program that cares for no error, e is an error,
q is the end.
"""

import contextlib
import os
import select
import signal
import sys
import termios
import time

from privacy_check.person.terminal import LeaveError, Terminal, open_terminal

if "console" in sys.argv:
    from privacy_check.person.console import console as open_terminal  # type: ignore[assignment] # stands in for it


class OddError(Exception):
    """Stands for any error."""


def ask(terminal: Terminal) -> None:
    said = "nothing"
    for number in range(1, 1000):
        size = f"{terminal.width} x {terminal.height}"
        terminal.show([f"Question {number}", f"Topic: {said}", f"Size: {size}"])
        key = terminal.key()
        said = f"key {key}"
        match key:
            case "l":
                said = f"line {terminal.line()!r}"
            case "w":
                terminal.show(["Topic: waiting"])
                time.sleep(0.6)
            case "t":
                terminal.show([f"{i} Topic " + "日本" * 100 for i in range(terminal.height + 5)])
                terminal.key()
            case "m":
                terminal.show(["Topic \x1b[31mred\x07\x1b]0;title\x07 \u202eback\n"])
                terminal.key()
            case "r":
                terminal.show(["Topic: reading"])
                with contextlib.suppress(Exception):
                    time.sleep(30)
            case "e":
                raise OddError
            case "q":
                return


def rest() -> bytes:
    """Return what was typed and would reach the shell."""
    if not sys.stdin.isatty():
        return sys.stdin.buffer.read()
    modes = termios.tcgetattr(0)
    modes[3] &= ~termios.ICANON
    termios.tcsetattr(0, termios.TCSANOW, modes)
    data = b""
    while select.select([0], [], [], 0.1)[0]:
        data += os.read(0, 1000)
    return data


def say(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


WATCHED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGWINCH, signal.SIGTSTP)


def state() -> list[object]:
    """Return what is to be the same before and after."""
    modes = termios.tcgetattr(0) if sys.stdin.isatty() else None
    return [modes, signal.set_wakeup_fd(-1), *map(signal.getsignal, WATCHED)]


for earlier in range(100):
    say(f"earlier {earlier}")
say("prompt", end=" ")
before = state()
how = "ended"
try:
    with open_terminal() as opened:
        ask(opened)
except LeaveError:
    how = "left"
except OddError:
    how = "error"
same = "same" if state() == before else "changed"
say(f"{how} rest {rest()!r} {same}")
