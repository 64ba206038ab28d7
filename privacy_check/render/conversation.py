"""The screens of `ask` before its last one: the beginning, one question at a time, and help.

The keys stand in the same place on every question. The last screens stand in `ending.py`, and what
frames all of them in `screen.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from privacy_check.judge.answers import NO, NOT_MINE, SKIP, UNSURE, YES, Prompt
from privacy_check.record import record
from privacy_check.render import words
from privacy_check.render.page import Page, paragraphs, wrapped
from privacy_check.render.planned import CHOOSE_KEYS
from privacy_check.render.screen import LEAVE, Keys, close_keys, keys_lines, with_leave

ANSWER_KEYS: Keys = (("y", "yes"), ("n", "no"), ("?", "not sure"))
MOVE_KEYS: Keys = (("s", "skip"), ("b", "back"), ("e", "end"))
NOT_MINE_KEY = ("d", "does not apply")
INTRO_KEYS: Keys = (("enter", "begin"), *CHOOSE_KEYS, ("h", "where to find help"))
HELP_KEYS: Keys = (
    ("1", "someone is threatening me"),
    ("2", "something private was passed on"),
    ("3", "someone may check this device"),
    ("4", "anything else"),
    ("enter", "back"),
)
HELP_TOPICS = {"1": "threat", "2": "picture", "3": "device", "4": "anyone"}
KEEP_KEYS: Keys = (("y", "keep them"), ("n", "keep nothing"))

ANSWERED = {
    YES: "yes",
    NO: "no",
    UNSURE: "not sure",
    SKIP: "skipped",
    NOT_MINE: "does not apply",
}

_HELP_AND_LEAVE = f"help: h   {LEAVE}"

LEAVING = (
    "To leave at any point: x. It clears this window, also what scrolled away, "
    "where the terminal allows."
)
LEAVING_LINES = (
    "Type a key and press Enter. To leave at any point: x and Enter. What is shown and typed here "
    "stays in this window."
)


def intro(questions: int, app: str, page: Page, *, clears: bool = True) -> list[str]:
    """Return the first screen: what comes, how to leave, and what leaving cannot erase.

    Args:
        questions: How many short questions there are.
        app: The app that was picked for the call, empty where none was.
        page: What it is written for.
        clears: Whether leaving clears the window.
    """
    number = "One short question." if questions == 1 else f"{questions} short questions."
    texts = (
        f"{number} Each can be skipped, without a reason.",
        *((f"The app for the call: {app}.",) if app else ()),
        "Your answers stay in this program's memory. They are gone when you leave.",
        LEAVING if clears else LEAVING_LINES,
        words.NOT_ERASED,
        words.MAY_BE_NOTICED,
    )
    return paragraphs(texts, page)


def room_for_questions(prompts: Sequence[Prompt], page: Page) -> int:
    """Return the lines of the longest question, so that the keys never move."""
    return max((len(wrapped(prompt.text, page)) for prompt in prompts), default=1)


@record
class Asked:
    """One question as it stands on the screen."""

    prompt: Prompt
    place: str
    room: int
    before: str = ""
    hint: bool = True
    app: str | None = None


def question(asked: Asked, page: Page, height: int) -> list[str]:
    """Return one question; in a low window without what is not needed to answer.

    Args:
        asked: What is asked, and the place of it, like `3 of 7`; the lines kept for the question;
            the answer given earlier, empty for none; whether the hint may be shown; what is known
            of the planned app, empty where none was named, `None` where that is not asked about.
        page: What it is written for.
        height: The lines of the window.
    """
    text = wrapped(asked.prompt.text, page)
    hint = wrapped(asked.app or asked.prompt.question.hint, page) if asked.hint else []
    mine = [NOT_MINE_KEY] if asked.prompt.question.may_not_apply else []
    further = [*mine, *(CHOOSE_KEYS if asked.app is not None else ())]
    keys = [*ANSWER_KEYS, *MOVE_KEYS]
    lines = [_head(asked, page), "", *text, *[""] * (asked.room - len(text)), ""]
    lines += [*keys_lines(keys, page), *(keys_lines(further, page) if further else [""])]
    if len(lines) + 1 + len(hint) <= height:
        return [*lines, "", *hint]
    keys = [*keys, *further]
    low = [_head(asked, page), *text, *close_keys(keys, page)]
    return [*low, *hint] if len(low) + len(hint) <= height else low


def _head(asked: Asked, page: Page) -> str:
    """Return the place, and the answer given earlier and the key for help where there is room."""
    answer = ANSWERED.get(asked.before, "")
    said = [f"{asked.place}   (answered: {answer})", f"{asked.place} ({answer})"]
    for right in (_HELP_AND_LEAVE, LEAVE):
        for text in said if answer else [asked.place]:
            if len(text) + len(right) < page.width:
                return with_leave(text, page, right)
    return with_leave(asked.place, page)


def help_choice(page: Page) -> list[str]:
    """Return the question before the list of help."""
    return wrapped("Where to find help. What is it about?", page)


def keep_choice(page: Page) -> list[str]:
    """Return the question before a file is written where care is needed."""
    said = "A file on this device can be found by someone who checks it. Keep your answers there?"
    return wrapped(said, page)
