"""What tmux still knows of a conversation after the person left: nothing of what was shown.

First with a small program that asks, then with `ask` itself.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs.home import environment, wait_until

pytestmark = pytest.mark.real

CHECKOUT = Path(__file__).resolve().parents[2]
ASKER = CHECKOUT / "tests" / "person" / "asker.py"
HISTORY = 2000
ROWS = 24


class Tmux:
    """A tmux server of its own, with one window."""

    def __init__(self, home: Path, columns: int, options: str) -> None:
        self._home = home
        settings = home / "tmux.conf"
        settings.write_text(f"set -g history-limit {HISTORY}\n{options}\n")
        size = ("-x", str(columns), "-y", str(ROWS))
        self.tell("-f", str(settings), "new-session", "-d", *size, "PS1='prompt> ' sh")
        self.wait_for("prompt>")

    def tell(self, *command: str) -> str:
        surroundings = environment(
            self._home,
            LC_ALL="C.UTF-8",
            PYTHONPATH=str(CHECKOUT),
            PYTHONDONTWRITEBYTECODE="1",
            TERM="xterm-256color",
        )
        done = subprocess.run(
            ["tmux", "-S", str(self._home / "tmux"), *command],
            env=surroundings,
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=True,
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        self.tell("send-keys", *keys)

    def press_for_another(self, key: str) -> None:
        """Press a key that leads to another screen, and wait for it."""
        before = self.seen()
        self.press(key)
        wait_until(f"another screen after {key}", lambda: self.seen() != before)

    def seen(self) -> str:
        """Return what the window shows."""
        return self.tell("capture-pane", "-p")

    def known(self) -> str:
        """Return all that the window can be made to show: lines scrolled away, and both screens."""
        return self.tell("capture-pane", "-p", "-S", "-") + self.tell("capture-pane", "-apq")

    def wait_for(self, text: str) -> None:
        wait_until(text, lambda: text in self.seen())


@pytest.fixture(params=[80, 40])
def columns(request: pytest.FixtureRequest) -> int:
    width: int = request.param
    return width


@pytest.fixture(params=["", "set -g alternate-screen off"], ids=["second", "first-only"])
def tmux(request: pytest.FixtureRequest, home: Path, columns: int) -> Iterator[Tmux]:
    window = Tmux(home, columns, request.param)
    try:
        yield window
    finally:
        window.tell("kill-server")


def ask(tmux: Tmux) -> None:
    """Start the program that asks, after lines that were scrolled away, and answer a little."""
    tmux.press("-l", shlex.join([sys.executable, str(ASKER)]))
    tmux.press("Enter")
    tmux.wait_for("Question 1")
    tmux.press("y")
    tmux.wait_for("Topic: key y")
    tmux.press("NPage")
    tmux.wait_for("Topic: key next")
    tmux.press("t")
    tmux.wait_for(f"{ROWS - 1} Topic")
    tmux.press("y")
    tmux.wait_for("Topic: key t")


def test_leaving_leaves_nothing_that_was_shown(tmux: Tmux, columns: int) -> None:
    ask(tmux)
    assert f"Size: {columns} x {ROWS}" in tmux.seen()
    tmux.press("x", "x")
    tmux.wait_for("left rest b'' same")

    known = tmux.known()
    for word in ("Topic", "Question", "Size", "earlier", "日本", "asker"):
        assert word not in known


def test_leaving_after_another_size_leaves_nothing_that_was_shown(tmux: Tmux) -> None:
    ask(tmux)
    tmux.tell("resize-window", "-x", "30", "-y", "10")
    tmux.wait_for("Topic: key resize")
    tmux.press("C-c")
    tmux.wait_for("left rest b'' same")

    known = tmux.known()
    for word in ("Topic", "Question", "Size", "earlier", "日本", "asker"):
        assert word not in known


def test_the_end_leaves_nothing_that_was_shown(tmux: Tmux) -> None:
    ask(tmux)
    tmux.press("q")
    tmux.wait_for("ended rest b'' same")

    known = tmux.known()
    for word in ("Topic", "Question", "Size", "日本"):
        assert word not in known
    assert "earlier 0" in known


LEAVING_POINTS = {
    "the first screen": (),
    "the first question": ("Enter",),
    "a question after going back": ("Enter", "y", "n", "b"),
    "the choice of help": ("Enter", "h"),
    "help, second page": ("Enter", "h", "1", "Space"),
    "the last screen": ("Enter", *"yy?yyyn"),
    "all settings": ("Enter", *"sssssss", "a"),
    "more questions": ("Enter", *"yyyyyyn", "m"),
    "the rest of the questions": ("Enter", *"yyyyyyn", "m", "e", "m"),
}


@pytest.mark.parametrize("tmux", [""], indirect=True, ids=["second"])
@pytest.mark.parametrize("point", LEAVING_POINTS)
def test_ask_is_left_within_a_second_and_leaves_nothing(
    tmux: Tmux, home: Path, columns: int, point: str
) -> None:
    before = files(home)
    tmux.press("-l", shlex.join([sys.executable, "-m", "privacy_check", "ask"]))
    tmux.press("Enter")
    tmux.wait_for("leave: x")
    for key in LEAVING_POINTS[point]:
        tmux.press_for_another(key)
    lines = tmux.seen().splitlines()
    assert lines[0].rstrip().endswith("leave: x")
    assert max(map(len, lines)) <= columns

    started = time.monotonic()
    tmux.press("x")
    wait_until("a clean screen", lambda: tmux.seen().strip() == "prompt>")

    assert time.monotonic() - started < 1
    assert "".join(tmux.known().split()).replace("prompt>", "") == ""
    assert files(home) == before


def files(home: Path) -> dict[str, int]:
    """Return every file below the home and when it was last changed, but for those of tmux."""
    found = (path for path in home.rglob("*") if path.is_file())
    return {str(path): path.stat().st_mtime_ns for path in found if path.name != "tmux"}
