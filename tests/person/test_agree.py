"""Two people at one screen, or one alone with a file: what is asked, shown, and left behind."""

from __future__ import annotations

import json
import stat
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from window import Window

from privacy_check.person.agree import Ended, alone, in_turn
from privacy_check.person.agreement_file import LONGEST_WORD, MOST_WORDS
from privacy_check.person.private_file import PrivateFileError
from privacy_check.person.terminal import LeaveError
from privacy_check.render import agreement_screens as screens
from privacy_check.render.agreement import PURPOSE, PUSHED, render_sheet
from privacy_check.render.page import Page
from privacy_check.report.agreement import Filled, Sheet, merge, withdrawn
from privacy_check.rulebook.decode import decode
from privacy_check.rulebook.documents import read_folder
from privacy_check.rulebook.records import Topic

ROOT = Path(__file__).resolve().parents[2]
DRAFT = decode(item for item in read_folder(ROOT / "rules")[0] if item.kind == "agreement")
TOPICS = tuple(sorted((entry.record for entry in DRAFT.agreement), key=lambda topic: topic.place))
WITHOUT_A_PROFILE = tuple(topic for topic in TOPICS if topic.profiles != ("close",))
STEPS = screens.steps(TOPICS)
RANKED = [step.topic for step in STEPS if step.kind == screens.ONE]
SECRET = "telling"


# A terminal without a screen: it types what a test gives it, and keeps what was shown.


class Script:
    """Presses keys in turn and leaves after the last; `=text` is a typed line."""

    clears = True

    def __init__(self, keys: Sequence[str], width: int = 80, height: int = 24) -> None:
        self.width = width
        self.height = height
        self.shown: list[list[str]] = []
        self._keys = deque(keys)

    def show(self, lines: Sequence[str]) -> None:
        self.shown.append(list(lines))

    def key(self) -> str:
        if not self._keys:
            raise LeaveError
        return self._keys.popleft()

    def line(self) -> str:
        typed = self.key()
        assert typed.startswith("="), typed
        return typed[1:]

    def text(self) -> str:
        return "\n".join("\n".join(lines) for lines in self.shown)


def steps_to(topic: str) -> list[str]:
    """Return the keys that skip to the first step of a topic."""
    names = [step.topic.id for step in STEPS]
    return ["s"] * names.index(topic)


def filled(*keys: str) -> Filled:
    """Return what one person said with these keys; all further topics are skipped."""
    found: list[Filled] = []
    rest = ["s"] * (len(STEPS) + 5)
    for more in range(len(rest)):
        try:
            alone(Script(["enter", *keys, *rest[:more], "k"]), TOPICS, found.append)
        except LeaveError:
            continue
        return found[0]
    raise AssertionError(keys)


def sheet(*answers: Filled) -> str:
    return render_sheet(merge(TOPICS, answers))


def together(one: Sequence[str], other: Sequence[str]) -> tuple[Script, Ended]:
    """Let two people press the keys of all their steps, and end."""
    script = Script(["enter", *one, *["enter"] * 3, *other, *["enter"] * 2], height=60)
    return script, in_turn(script, TOPICS, None)


def test_a_number_is_an_answer() -> None:
    assert filled("2", "3", "1").ranked == {
        **dict.fromkeys((topic.id for topic in RANKED), ""),
        "recording": "ask",
        "screenshots": "yes",
        "auto-notes": "no",
    }


def test_back_leads_to_the_step_before_and_the_answer_can_be_changed() -> None:
    assert filled("b", "3", "b", "1", "3").ranked["recording"] == "no"
    assert filled("3", "b", "?").ranked["recording"] == ""
    assert filled("3", "b", "u").ranked["recording"] == ""


@pytest.mark.parametrize("topic", RANKED, ids=lambda topic: topic.id)
def test_no_not_sure_and_skipped_give_the_same_bytes(topic: Topic) -> None:
    yes = Filled(ranked={item.id: item.choices[-1].word for item in RANKED})
    mine = [filled(*steps_to(topic.id), key) for key in "1?us"]
    sheets = {sheet(answers, yes) for answers in mine} | {sheet(yes, answers) for answers in mine}
    assert sheets == {sheet(Filled(), yes)}


def test_the_last_screen_leads_back_to_the_last_step() -> None:
    script = Script(["enter", *["s"] * len(STEPS), "b", "3", "k"])
    found: list[Filled] = []
    alone(script, TOPICS, found.append)
    assert found[0].ranked["deletion"] == "7-days"


def test_several_are_chosen_and_taken_away_again() -> None:
    before = steps_to("keep-out")
    assert filled(*before, "1", "3", "1", "enter").sets["keep-out"] == ("place",)


def test_own_words_are_typed_until_a_line_is_empty() -> None:
    keys = ["o", "=My  Street", "=my street", "=Marks on the body", "=", "1", "enter"]
    said = filled(*steps_to("keep-out"), *keys)
    assert said.sets["keep-out"] == ("my street", "marks", "face")


def test_the_last_own_words_can_be_taken_away() -> None:
    keys = ["o", "=one", "=two", "=", "1", "r", "enter"]
    assert filled(*steps_to("keep-out"), *keys).sets["keep-out"] == ("one", "face")
    assert filled(*steps_to("keep-out"), "1", "r", "enter").sets["keep-out"] == ("face",)


def test_what_is_fine_and_what_is_not_have_a_screen_each() -> None:
    keys = ["o", "=songs", "=", "enter", "o", "=old stories", "=", "enter"]
    said = filled(*steps_to("comfort"), *keys)
    assert (said.sets["comfort"], said.not_fine["comfort"]) == (("songs",), ("old stories",))


def test_skipping_takes_back_what_is_fine_and_keeps_limits() -> None:
    for key in ("s", "?", "u"):
        assert filled(*steps_to("channel"), "1", "enter", "b", key).sets["channel"] == ()
        assert filled(*steps_to("keep-out"), "1", key).sets["keep-out"] == ("face",)
        limits = ["s", "o", "=songs", "=", key]
        assert filled(*steps_to("comfort"), *limits).not_fine["comfort"] == ("songs",)


def test_words_that_are_too_long_are_not_taken() -> None:
    long = "ﬃ" * (LONGEST_WORD // 3 + 1)  # one sign that becomes three letters
    script = Script(["enter", *steps_to("keep-out"), "o", f"={long}", "=short", "="])
    with pytest.raises(LeaveError):
        alone(script, TOPICS, lambda _: None)
    assert screens.too_long(LONGEST_WORD) in script.text()
    assert 'Own words: "short"' in script.shown[-1]


def test_no_more_words_than_a_file_may_hold_are_taken() -> None:
    words = [f"=word {number}" for number in range(MOST_WORDS)]
    said = filled(*steps_to("keep-out"), "1", "o", *words, "=", "enter").sets["keep-out"]
    assert said == ("face", *(word[1:] for word in words[:-1]))


def test_a_no_to_everything_drops_what_was_said() -> None:
    assert filled("3", "3", "w") == Filled()


def test_a_no_to_everything_and_nothing_at_all_give_the_same_sheet() -> None:
    skips = ["s"] * len(STEPS)
    _, said_no = together(["w"], skips)
    _, said_nothing = together(skips, skips)
    assert render_sheet(said_no.sheet) == render_sheet(said_nothing.sheet)


def test_a_no_to_everything_can_be_taken_back_before_going_on() -> None:
    assert filled("3", "w", "b", "2").ranked["screenshots"] == "ask"
    assert filled("3", "w", "b", "2").ranked["recording"] == "yes"


def test_two_people_get_the_strictest() -> None:
    skips = ["s"] * (len(STEPS) - 1)
    _, ended = together(["3", *skips], ["2", *skips])
    assert ended.sheet.agreed.ranked["recording"] == "ask"
    _, ended = together(["3", *skips], ["w"])
    assert ended.sheet == merge(TOPICS, [Filled()])
    assert ended.sheet.agreed.ranked == withdrawn(TOPICS).agreed.ranked


def test_what_one_said_is_not_shown_again_before_the_sheet() -> None:
    typed = ["s"] * (len(STEPS) - len(steps_to("stop-signal")) - 1)
    one = [*steps_to("stop-signal"), "o", f"={SECRET}", "=", "enter", *typed]
    script, ended = together(one, ["s"] * len(STEPS))
    passing = next(i for i, lines in enumerate(script.shown) if "pass the device" in str(lines))
    assert SECRET in str(script.shown[:passing])
    assert SECRET not in str(script.shown[passing:-1])
    assert SECRET in str(script.shown[-1])
    assert SECRET in render_sheet(ended.sheet)


def test_the_screen_between_two_people_tells_nothing() -> None:
    def passing(keys: list[str]) -> list[list[str]]:
        script, _ = together(keys, ["w"])
        at = next(i for i, lines in enumerate(script.shown) if "pass the device" in str(lines))
        return script.shown[at : at + 3]

    skips = ["s"] * len(STEPS)
    assert passing(["3", *skips[1:]]) == passing(skips) == passing(["w"])
    assert not any(letter.isdigit() for letter in "\n".join(passing(skips)[0]))


# Writing


class Unwritable:
    """Cannot write at first."""

    def __init__(self) -> None:
        self.tried = 0

    def __call__(self, said: Filled | Sheet) -> None:
        self.tried += 1
        if self.tried < 3:
            reason = "mine.json: this file cannot be used (No space left on device)."
            raise PrivateFileError(reason)


def test_a_file_that_cannot_be_written_can_be_tried_again() -> None:
    keep, script = Unwritable(), Script(["enter", "w", "k", "k", "k"])
    alone(script, TOPICS, keep)
    assert keep.tried == 3
    assert "No space left" in script.text()


def test_without_a_file_filling_in_alone_is_leaving() -> None:
    with pytest.raises(LeaveError):
        alone(Script(["enter", "w", "k", "enter"]), TOPICS, Unwritable())


def test_a_sheet_that_cannot_be_written_can_still_be_printed() -> None:
    keys = ["enter", "w", "enter", "enter", "enter", "w", "enter"]
    ended = in_turn(Script([*keys, "k", "enter", "p", "p"]), TOPICS, Unwritable())
    assert (ended.is_kept, ended.is_printed) == (False, True)
    ended = in_turn(Script([*keys, "k", "k", "k", "p", "b", "enter"]), TOPICS, Unwritable())
    assert (ended.is_kept, ended.is_printed) == (True, False)


# The screens


@pytest.mark.parametrize("width", [32, 40, 80])
def test_the_keys_stand_in_the_same_place_on_every_step(width: int) -> None:
    page = Page(width=width)
    room = screens.room_for(STEPS, page, 24)
    rows = set()
    for step in STEPS:
        for said in ((), tuple(choice.word for choice in step.topic.choices), ("own words",)):
            lines = screens.question(step, said, "3 of 15", page, room)
            assert max(map(len, lines)) <= width
            rows.add(tuple(i for i, line in enumerate(lines) if "skip" in line or "no to " in line))
            assert lines[0].endswith("leave: x")
    assert len(rows) == 1


def test_on_a_small_screen_all_keys_are_seen() -> None:
    page = Page(width=40)
    room = screens.room_for(STEPS, page, 20)
    for step in STEPS:
        lines = screens.question(step, ("own words " * 6,) * MOST_WORDS, "3 of 15", page, room)
        assert "   w  no to everything" in lines[:18]
        assert any("more" in line for line in lines[:20]) or not step.topic.own_words


def test_the_first_screen_says_what_this_is() -> None:
    by_oneself = partial(screens.intro_alone, clears=True)
    for intro in (screens.intro_for_two, by_oneself):
        said = " ".join(intro(Page()))
        assert said.startswith(PURPOSE)
        for text in (PUSHED, "x. It clears", "Not erased", "the other did not"):
            assert text in said
    assert "not to be sent" in " ".join(by_oneself(Page()))
    assert "x. It clears" not in " ".join(screens.intro_alone(Page(), clears=False))


KEYS = st.lists(
    st.sampled_from(
        [*"123456789?usbworkpqy ", "enter", "resize", "next", "previous", "up", "down", "=", "=a"]
    ),
    max_size=60,
)


@given(keys=KEYS, width=st.integers(40, 90), height=st.integers(8, 30))
def test_any_keys_lead_somewhere(keys: list[str], width: int, height: int) -> None:
    script = Typist(keys, width, height)
    try:
        ended = in_turn(script, TOPICS, lambda _: None)
    except LeaveError:
        ended = None
    assert all(len(line) <= width for lines in script.shown for line in lines)
    assert ended is None or ended.sheet.topics == TOPICS


class Typist(Script):
    """Types whatever comes where a line is asked for, and drops lines elsewhere."""

    def key(self) -> str:
        while (key := super().key()).startswith("="):
            pass
        return key

    def line(self) -> str:
        return Script.key(self).removeprefix("=")


# In a real terminal


class Place:
    """A home and a folder of one test."""

    def __init__(self, root: Path) -> None:
        self.home = root / "home"
        self.here = root / "here"
        for folder in (self.home, self.here):
            folder.mkdir()

    def start(self, *arguments: str, columns: int = 80, term: str = "xterm") -> Window:
        there = 'cd "$0" && exec "$@"'
        command = [sys.executable, "-m", "privacy_check", "agree", *arguments]
        return Window.start(
            ["sh", "-c", there, str(self.here), *command],
            columns,
            24,
            {
                "HOME": str(self.home),
                "TMPDIR": str(self.home),
                "PYTHONPATH": str(ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
                "TERM": term,
            },
        )

    def files(self) -> list[str]:
        found = (*self.home.rglob("*"), *self.here.rglob("*"))
        return sorted(path.name for path in found)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def press(window: Window, *pairs: tuple[str, str]) -> None:
    """Press keys, each after waiting for what is seen by then."""
    for seen, keys in pairs:
        window.wait_for(seen)
        window.send(keys.encode())


INTRO = "one after the other"
BEGIN = (INTRO, "\r")
BEGIN_ALONE = ("not to be sent", "\r")
FIRST = (BEGIN, ("recorded?", "w"), ("no to everything.", "\r"), ("pass the device", "\r"))
SECOND = (BEGIN, ("recorded?", "w"), ("no to everything.", "\r"))


def leavings() -> Iterator[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Yield each point at which one can leave: its name, the way there, and what is seen then."""
    yield "intro", (), INTRO
    yield "topic", (BEGIN,), "recorded?"
    yield "no to all", FIRST[:2], "no to everything."
    yield "between", FIRST[:3], "pass the device"
    yield "second intro", FIRST, INTRO
    yield "second topic", (*FIRST, BEGIN), "recorded?"
    yield "notes", (*FIRST, *SECOND), "print it to copy"
    yield "printing", (*FIRST, *SECOND, ("print it", "p")), "p  print  b  back"


LEAVINGS = {name: (way, seen) for name, way, seen in leavings()}


@pytest.mark.parametrize("point", LEAVINGS)
def test_leaving_at_any_point_leaves_a_clean_screen_and_no_file(point: str, place: Place) -> None:
    way, seen = LEAVINGS[point]
    with place.start("-o", "notes.txt") as window:
        press(window, *way)
        window.wait_for(seen)
        window.send(b"x")
        assert window.exit_code() == 130
        assert (window.screen(), window.scrolled()) == ([], [])
        assert not window.is_second_screen()
    assert place.files() == []


@pytest.mark.parametrize("keys", ["\x03", "x\r", "Xx\r", "\x04"])
def test_leaving_while_words_are_typed(keys: str, place: Place) -> None:
    with place.start("--profile", "close", columns=40) as window:
        press(window, BEGIN)
        for number in range(1, 8):
            press(window, (f"{number} of 18", "s"))
        press(window, ("8 of 18", "o"), ("Then Enter", f"{SECRET}\r"), (f'"{SECRET}"', keys))
        assert window.exit_code() == 130
        assert (window.screen(), window.scrolled()) == ([], [])
    assert place.files() == []


def test_two_people_agree_and_copy(place: Place) -> None:
    with place.start() as window:
        press(window, BEGIN, ("recorded?", "3"), ("screenshots be", "w"))
        press(window, ("no to everything.", "b"), ("2 of 15", "3"), ("3 of 15", "w"))
        press(window, ("no to everything.", "\r"), ("pass the device", "\r"), *SECOND)
        press(window, ("Recording: no.", "p"), ("stay there", "p"))
        assert window.exit_code() == 0
        shown = "".join([*window.scrolled(), *window.screen()])
    nothing = merge(WITHOUT_A_PROFILE, [Filled()])
    assert shown == render_sheet(nothing).replace("\n", "")
    assert place.files() == []


def test_what_the_first_said_does_not_come_back(place: Place) -> None:
    with place.start() as window:
        press(window, BEGIN)
        for number in range(1, 8):
            press(window, (f"{number} of 15", "s"))
        press(window, ("8 of 15", "o"), ("Then Enter", f"{SECRET}\r"), (f'"{SECRET}"', "\r"))
        press(window, ("take the last ones away", "\r"))
        for number in range(9, 16):
            press(window, (f"{number} of 15", "s"))
        press(window, ("That was the last topic", "\r"))
        window.wait_for("pass the device")
        seen = len(window.raw)
        assert SECRET not in "".join([*window.scrolled(), *window.screen()])
        press(window, ("pass the device", "\r"), *SECOND, ("Recording: no.", "p"), ("stay", "p"))
        assert window.exit_code() == 0
        assert SECRET.encode() in window.raw[:seen]
        assert SECRET.encode() not in window.raw[seen:]
    assert place.files() == []


def test_the_end_leaves_nothing_on_the_screen(place: Place) -> None:
    with place.start() as window:
        press(window, *FIRST, *SECOND, ("enter  end", "\r"))
        assert window.exit_code() == 0
        assert (window.screen(), window.scrolled()) == ([], [])
    assert place.files() == []


def test_the_notes_are_kept_with_a_key_where_a_file_was_named(place: Place) -> None:
    with place.start("-o", "notes.txt") as window:
        press(window, *FIRST, *SECOND, ("keep it in your file", "k"))
        window.wait_gone("keep it in your file")
        window.send(b"\r")
        assert window.exit_code() == 0
        assert window.screen() == ["Written to notes.txt"]
    kept = place.here / "notes.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() == render_sheet(merge(WITHOUT_A_PROFILE, [Filled()]))
    assert place.files() == ["notes.txt"]


def test_one_person_fills_in_a_private_file(place: Place) -> None:
    with place.start("--fill", "mine.json") as window:
        press(window, BEGIN_ALONE, ("1 of 15", "2"))
        for number in range(2, 16):
            press(window, (f"{number} of 15", "s"))
        press(window, ("That was the last topic", "k"))
        assert window.exit_code() == 0
        assert window.screen() == ["Written to mine.json"]
    kept = place.here / "mine.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["answers"] == {"recording": "ask"}
    assert place.files() == ["mine.json"]


def test_leaving_before_the_end_keeps_no_file(place: Place) -> None:
    with place.start("--fill", "mine.json") as window:
        press(window, BEGIN_ALONE, ("1 of 15", "2"), ("2 of 15", "w"), ("no to everything.", "x"))
        assert window.exit_code() == 130
        assert (window.screen(), window.scrolled()) == ([], [])
    assert place.files() == []


@pytest.mark.parametrize("columns", [40, 80])
def test_a_new_size_is_followed(columns: int, place: Place) -> None:
    with place.start(columns=columns) as window:
        press(window, BEGIN)
        window.wait_for("recorded?")
        window.resize(60, 20)
        window.wait_for("1 of 15".ljust(60 - len("leave: x")) + "leave: x")
        assert max(map(len, window.screen())) <= 60
        window.send(b"x")
        assert window.exit_code() == 130


def test_turns_are_not_taken_where_nothing_can_be_cleared(place: Place) -> None:
    with place.start(term="dumb") as window:
        assert window.exit_code() == 2
        assert "--fill FILE" in " ".join(window.screen())
        assert "recorded?" not in " ".join(window.screen())


def test_one_person_can_fill_in_on_plain_lines(place: Place) -> None:
    with place.start("--fill", "mine.json", term="dumb") as window:
        press(window, (BEGIN_ALONE[0], "\n"), ("1 of 15", "2\n"))
        for number in range(2, 16):
            press(window, (f"{number} of 15", "s\n"))
        press(window, ("That was the last topic", "k\n"))
        assert window.exit_code() == 0
    assert json.loads((place.here / "mine.json").read_text())["answers"] == {"recording": "ask"}
