"""The screens of `agree`: one topic at a time, for one person after the other, then the sheet.

The keys stand in the same place on every topic. Nothing here knows a terminal: every function
returns lines for a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacy_check.record import record
from privacy_check.render import words
from privacy_check.render.agreement import PURPOSE, PUSHED, entries, quoted
from privacy_check.render.conversation import LEAVING, LEAVING_LINES
from privacy_check.render.page import Page, hanging, paragraphs, wrapped
from privacy_check.render.screen import Keys, close_keys, keys_lines, with_leave
from privacy_check.report.agreement import FINE_OR_NOT, STRICTEST, TOGETHER, Sheet
from privacy_check.rulebook.records import Topic

ONE, SOME, LIMITS = "one", "some", "limits"
"""What a step asks for: one choice, some things that are fine, or some that are not."""

GO_ON, NOT_SURE, SKIP, BACK, NO_TO_ALL, OWN, TAKE_AWAY = "enter", "?", "s", "b", "w", "o", "r"

_GO_ON: Keys = ((GO_ON, "go on"),)
_NO_TO_ALL: Keys = ((NO_TO_ALL, "no to everything"),)
_STEP_KEYS: Keys = ((NOT_SURE, "not sure"), (SKIP, "skip"), (BACK, "back"))
_CHOSEN = "(chosen)"
_LEAVE_A_LINE = "leave: Ctrl-C"
_RULE = (
    "Not sure, skipped and no count the same. The stricter answer holds, and the notes do not "
    "tell who gave it. Still, whoever said yes can see from them that the other did not."
)
_NAMES = "Nobody is named: please leave names out. Own words can show who chose them."
_HOW = (words.NOT_ERASED, _RULE, _NAMES)


@record
class Step:
    """One screen that a person answers; a topic has one or two."""

    topic: Topic
    kind: str
    question: str


def steps(topics: Sequence[Topic]) -> tuple[Step, ...]:
    """Return all steps; what stands on every sheet is not asked."""
    return tuple(step for topic in topics for step in _steps(topic))


def _steps(topic: Topic) -> Iterator[Step]:
    if topic.merge == FINE_OR_NOT:
        yield Step(topic=topic, kind=SOME, question="What feels fine?")
        yield Step(topic=topic, kind=LIMITS, question="What does not feel fine?")
    elif topic.choices or topic.own_words:
        kind = {STRICTEST: ONE, TOGETHER: LIMITS}.get(topic.merge, SOME)
        yield Step(topic=topic, kind=kind, question=topic.question)


def step_keys(step: Step, own: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that do something on a step, where these own words are named."""
    numbers = (str(number) for number, _ in enumerate(step.topic.choices, 1))
    adding = (OWN,) if step.topic.own_words else ()
    taking = (TAKE_AWAY,) if own else ()
    going = () if step.kind == ONE else (GO_ON,)
    return (*numbers, *adding, *taking, *going, NOT_SURE, "u", SKIP, BACK, NO_TO_ALL)


def intro_for_two(page: Page) -> list[str]:
    """Return what each of two people reads before answering on the same screen."""
    turns = "You answer one after the other on this screen. Each of you starts from nothing."
    return paragraphs((PURPOSE, PUSHED, turns, LEAVING, *_HOW), page)


def intro_alone(page: Page, *, clears: bool) -> list[str]:
    """Return what a person reads who answers alone, for a file."""
    file = (
        "At the end a key keeps your answers in the file that you named. It holds what you said: "
        "it is for this device or a stick, not to be sent. Someone who checks this device can "
        "find it."
    )
    leaving = LEAVING if clears else LEAVING_LINES
    return paragraphs((PURPOSE, PUSHED, file, leaving, *_HOW), page)


@record
class Room:
    """The lines of a window, and those that the longest question and the most choices take."""

    height: int
    question: int
    choices: int


def question(step: Step, said: Sequence[str], place: str, page: Page, room: Room) -> list[str]:
    """Return one step.

    Args:
        step: What is asked.
        said: The words that are chosen now.
        place: Where the person is, like `3 of 17`.
        page: What it is written for.
        room: The lines kept for each part, so that the keys do not move.
    """
    asked = wrapped(step.question, page)
    choices = _choices(step, said, page)
    lines = [with_leave(place, page), "", *asked, *[""] * (room.question - len(asked)), ""]
    lines += [*choices, *[""] * (room.choices - len(choices)), ""]
    lines += keys_lines(_GO_ON, page) if step.kind != ONE else [""]
    lines += [*keys_lines(_STEP_KEYS, page), *keys_lines(_NO_TO_ALL, page)]
    if len(lines) > room.height:  # a low window: the keys, and no more than they need
        going = _GO_ON if step.kind != ONE else ()
        keys = close_keys([*going, *_STEP_KEYS, *_NO_TO_ALL], page)
        return [with_leave(place, page), *asked, *_close(choices, page), *keys]
    own = _own_words(own_words(step, said), page, room.height - len(lines) - 1)
    return [*lines, "", *own, *wrapped(step.topic.note, page)]


def _close(choices: Sequence[str], page: Page) -> list[str]:
    return wrapped("  ".join(" ".join(line.split()) for line in choices), page)


def room_for(asked: Sequence[Step], page: Page, height: int) -> Room:
    """Return how the lines of a window are shared out."""
    every = [choice.word for step in asked for choice in step.topic.choices]
    return Room(
        height=height,
        question=max((len(wrapped(step.question, page)) for step in asked), default=1),
        choices=max((len(_choices(step, [*every, ""], page)) for step in asked), default=1),
    )


def own_words(step: Step, said: Sequence[str]) -> tuple[str, ...]:
    """Return the chosen words that are not listed."""
    listed = {choice.word for choice in step.topic.choices}
    return tuple(word for word in said if word not in listed)


def _choices(step: Step, said: Sequence[str], page: Page) -> list[str]:
    """Return the choices with their keys, and the keys for own words."""
    lines: list[str] = []
    for number, choice in enumerate(step.topic.choices, 1):
        mark = f" {_CHOSEN}" if choice.word in said else ""
        lines += _choice(str(number), choice.says + mark, page)
    if step.topic.own_words:
        lines += _choice(OWN, "add own words", page)
    if step.topic.own_words and own_words(step, said):
        lines += _choice(TAKE_AWAY, "take the last ones away", page)
    return lines


def _choice(key: str, text: str, page: Page) -> list[str]:
    return hanging(f"   {key}  {text}", page, 6)


def _own_words(own: Sequence[str], page: Page, space: int) -> list[str]:
    """Return own words, the last ones where there is no space for all."""
    for left_out in range(len(own)):
        earlier = f"{left_out} more, " if left_out else ""
        lines = wrapped(f"Own words: {earlier}{', '.join(map(quoted, own[left_out:]))}", page)
        if len(lines) <= space:
            return lines
    return [f"Own words: {len(own)}"] if own and space > 0 else []


def typing(step: Step, said: Sequence[str], reason: str, page: Page, height: int) -> list[str]:
    """Return the screen below which own words are typed.

    Args:
        step: What is asked.
        said: The words that are chosen now.
        reason: Why the last ones were not taken, empty where they were.
        page: What it is written for.
        height: The lines of the window.
    """
    lines = [with_leave("Own words", page, _LEAVE_A_LINE), "", *wrapped(step.question, page), ""]
    lines += wrapped(reason or "One thing at a time, in a few words. Then Enter.", page)
    lines += wrapped("Enter alone goes back. To leave: Ctrl-C, or x and Enter.", page)
    own = _own_words(own_words(step, said), page, height - len(lines) - 3)
    return [*lines, "", *own, *([""] if own else [])]


def too_long(most: int) -> str:
    """Return why own words were not taken."""
    return f"That is more than {most} letters. Could it be said in fewer words?"


def too_many(most: int) -> str:
    """Return why no more own words are taken."""
    return f"There is room for {most} things here, and all of it is used."


def last(page: Page, *, no_to_all: bool) -> list[str]:
    """Return the screen after the last topic, or after no was said to everything."""
    said = "That was the last topic. You can still go back."
    if no_to_all:
        said = "This is a no to everything. Earlier answers do not count then."
    return wrapped(said, page)


def last_keys(*, then: str, key: str = GO_ON) -> Keys:
    """Return the keys after the last topic; `then` says what comes next."""
    return ((key, then), (BACK, "back"))


def pass_on(page: Page) -> list[str]:
    """Return the screen between two people, which tells nothing."""
    return wrapped("Please pass the device on. The other person begins when ready.", page)


BEGIN_KEYS: Keys = (("enter", "begin"),)


def notes(sheet: Sheet, page: Page) -> list[str]:
    """Return the sheet, in lines of the screen's width."""
    lines = paragraphs((PURPOSE, PUSHED), page)
    lines.append("")
    for entry in entries(sheet):
        lines += hanging(entry, page, 2)
    return lines


PRINT, KEEP, END = "p", "k", "enter"


def notes_keys(*, keeps: bool) -> Keys:
    """Return the keys below the sheet."""
    return (
        (PRINT, "print it to copy, and end"),
        *(((KEEP, "keep it in your file"),) if keeps else ()),
        (END, "end"),
    )


def printing(page: Page) -> list[str]:
    """Return what to know before the sheet is printed."""
    said = "The notes are then printed in this window, and stay there until it is closed."
    return wrapped(said, page)


PRINT_KEYS: Keys = ((PRINT, "print"), (BACK, "back"))


def not_kept(reason: str, page: Page) -> list[str]:
    """Return why a file could not be written."""
    return wrapped(reason, page)


NOT_KEPT_KEYS: Keys = ((KEEP, "try again"), (END, "go on without a file"))
