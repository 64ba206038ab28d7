"""What the tests of the conversation share: a person at the keys, and what a computer says.

`ask` looks at the computer it runs on, and on none is every setting good. So where that is needed
the report is made of good readings, and `scenarios/good_computer.py` asks about it in a terminal.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from privacy_check.judge.answers import Prompt, prompts
from privacy_check.judge.findings import Row, judge
from privacy_check.person.ask import Conversation, Kept
from privacy_check.person.terminal import LeaveError
from privacy_check.reading import Unreadable, Value
from privacy_check.record import NOTHING, replaced
from privacy_check.report.build import Made, Report, build
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Rule, RuleBook
from privacy_check.rulebook.select import Place, Wish, plan, select_rules

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "rules"
GOOD_COMPUTER = ROOT / "tests" / "scenarios" / "good_computer.py"
NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
PROFILES = ("", "close", "care", "legal", "source")
CHANNELS = ("video", "voice", "text")

sys.path.append(str(ROOT / "tests" / "person"))

from window import SECONDS, Window  # noqa: E402 - it lies beside the other tests of the terminal

UNSEEN = Unreadable(reason="it may not be read")


@cache
def book() -> RuleBook:
    """Return the shipped rules."""
    loaded = load([RULES]).book
    assert loaded is not None
    return loaded


def rules_for(profile: str = "", channel: str = "video", phase: str = "") -> tuple[Rule, ...]:
    return select_rules(book(), Wish(profile=profile, channel=channel, phase=phase))


def good_report(
    profile: str = "", channel: str = "video", phase: str = "", odd: Mapping[str, str] = NOTHING
) -> Report:
    """Return the report of a computer whose every setting is surely read and good.

    Args:
        profile: The kind of call.
        channel: How people talk.
        phase: The part of a call.
        odd: Settings that have another value than a good one, by id.
    """
    wish = Wish(profile=profile, channel=channel, phase=phase)
    rules = select_rules(book(), wish)
    rows = []
    assert set(odd) <= {place.setting.id for place in plan(book(), rules, "linux")}
    for place in plan(book(), rules, "linux"):
        sure = _sure(place)
        word = odd.get(place.setting.id) or _good(place, rules)
        rows.append(Row(place=sure, reading=_value(word, place)))
    phones = [place for name in ("ios", "android") for place in plan(book(), rules, name)]
    return reported(rules, rows, wish, phones)


def dark_report(profile: str = "", channel: str = "video") -> Report:
    """Return the report of a computer of which nothing can be read."""
    wish = Wish(profile=profile, channel=channel)
    rules = select_rules(book(), wish)
    rows = [Row(place=place, reading=UNSEEN) for place in plan(book(), rules, "linux")]
    return reported(rules, rows, wish)


def reported(
    rules: Sequence[Rule], rows: Sequence[Row], wish: Wish, phones: Sequence[Place] = ()
) -> Report:
    made = Made(
        at=NOW,
        platform="linux",
        live=True,
        administrator=False,
        edition=book().edition,
        wish=wish,
    )
    return build(made, judge(rules, rows, asks=True), rows, phones)


def _sure(place: Place) -> Place:
    form = replaced(place.variant.form, confidence="documented")
    return Place(setting=place.setting, variant=replaced(place.variant, form=form))


def _good(place: Place, rules: Sequence[Rule]) -> str:
    """Return a value of a setting that is good in the eyes of every rule."""
    uses = [use for rule in rules for use in rule.settings if use.id == place.setting.id]
    words = set(place.setting.values)
    for use in uses:
        words &= set(use.good) if not use.informs else words
    assert words, place.setting.id
    return min(words)


def _value(word: str, place: Place) -> Value:
    return Value(word=word, where="there", as_of=NOW, names=("a program",), count=1)


class Person:
    """Presses one key after the other and remembers every screen; at the end of the keys it leaves.

    This is a terminal without a screen, for what does not depend on one.
    """

    def __init__(self, keys: str, width: int = 80, height: int = 200) -> None:
        """Take the keys; `E` is the Enter key, `>` the next page."""
        self.clears = True
        self._keys = iter(keys)
        self.width = width
        self.height = height
        self.screens: list[list[str]] = []

    def show(self, lines: Sequence[str]) -> None:
        self.screens.append(list(lines))

    def key(self) -> str:
        key = next(self._keys, "")
        if not key:
            raise LeaveError
        return {"E": "enter", ">": "next"}.get(key, key)

    def line(self) -> str:
        """Type the keys up to the next Enter."""
        typed = ""
        while (key := self.key()) != "enter":
            typed += key
        return typed

    @property
    def last(self) -> str:
        """Return the last screen as one line, so that no word depends on where lines break."""
        return flat(self.screens[-1])


def asked(
    keys: str, report: Report, kept: Kept | None = None, width: int = 80, height: int = 200
) -> Person:
    """Let a person press keys in a conversation; those after the first screen's Enter."""
    person = Person("E" + keys, width, height)
    with contextlib.suppress(LeaveError):
        Conversation(person, book(), report, kept).run()
    return person


def flat(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())


def asked_for(rules: Sequence[Rule]) -> tuple[Prompt, ...]:
    """Return the questions of a conversation: not those about what was done after a call."""
    return prompts([rule for rule in rules if not (rule.question and rule.question.past)])


def answers_for(rules: Sequence[Rule], given: Mapping[str, str] = NOTHING, rest: str = "") -> str:
    """Return the keys that answer all questions, with an `m` between the parts.

    Args:
        rules: The rules of the conversation.
        given: Keys by rule.
        rest: The key for all other questions; without one, the reassuring answer.
    """
    keys, before = "", 0
    for prompt in asked_for(rules):
        part = 0 if prompt.question.quick else 1 if prompt.question.pause else 2
        keys += "m" if part != before else ""
        before = part
        good = {"yes": "y", "no": "n", "either": "y"}[prompt.question.good]
        keys += given.get(prompt.rule.id) or rest or good
    assert set(given) <= {prompt.rule.id for prompt in asked_for(rules)}
    return keys


def surroundings(home: Path, variables: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """Return the environment of a person with a home and a temporary folder of their own."""
    temporary = home / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    return {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        **variables,
    }


ASK = (sys.executable, "-m", "privacy_check", "ask")


def in_window(
    home: Path,
    *arguments: str,
    columns: int = 80,
    rows: int = 24,
    second: bool = True,
    command: Sequence[str] = ASK,
    variables: Mapping[str, str] = NOTHING,
) -> Window:
    """Start the conversation in a terminal, and wait for its first screen."""
    environment = surroundings(home, variables)
    window = Window.start([*command, *arguments], columns, rows, environment, second=second)
    try:
        window.wait_for("enter  begin")
    except AssertionError:
        window.__exit__(None, None, None)
        raise
    return window


def about_good(*, profile: str = "", **odd: str) -> tuple[str, ...]:
    """Return the command that asks about a computer whose every setting is good, but for some."""
    given = (f"{name.replace('_', '-')}={word}" for name, word in odd.items())
    return (sys.executable, str(GOOD_COMPUTER), profile, *given)


ENTER = "\r"


def press(window: Window, keys: str) -> None:
    """Press keys, each when the screen that follows from the one before is seen."""
    for key in keys:
        before = window.screen()
        end = time.monotonic() + SECONDS
        window.send(key.encode())
        while window.screen() == before:
            assert time.monotonic() < end, "\n".join([f"Nothing follows on {key!r}:", *before])
            window.read(0.05)


def whole(window: Window) -> str:
    """Return what a screen of several pages says, as one line."""
    said = []
    pages = re.search(r"page (\d+) of (\d+)", window.screen()[0])
    first, last = (int(pages[1]), int(pages[2])) if pages else (1, 1)
    for number in range(first, last + 1):
        said += window.screen()[1:]
        if number < last:
            press(window, " ")
    return flat(said)


def in_lines(
    home: Path,
    typed: str,
    *arguments: str,
    command: Sequence[str] = ASK,
    variables: Mapping[str, str] = NOTHING,
) -> subprocess.CompletedProcess[str]:
    """Let the command ask by lines, and give it all the lines."""
    return subprocess.run(
        [*command, *arguments],
        env={
            "PATH": os.defpath,
            "LC_ALL": "C.UTF-8",
            **surroundings(home, variables),
        },
        cwd=home,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


Files = dict[str, tuple[int, int, bytes]]


def files_below(*folders: Path) -> Files:
    """Return every file and folder below some folders: its kind and rights, time, and content."""
    return {str(path): _state(path) for folder in folders for path in _below(folder)}


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not {".git", "__pycache__", ".venv", ".hypothesis"} & set(path.parts):
            yield path


def _state(path: Path) -> tuple[int, int, bytes]:
    state = path.lstat()
    content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    return state.st_mode, state.st_mtime_ns, content


Leave = Callable[[Window], None]
