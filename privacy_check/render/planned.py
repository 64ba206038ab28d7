"""The screens of `ask` about the app that a person plans to use, and what is said of it later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from privacy_check.judge.planned import Planned, offered_uses
from privacy_check.render import app_words, words
from privacy_check.render.app_words import GRADE, USE
from privacy_check.render.page import Page, wrapped
from privacy_check.render.screen import Keys, with_leave
from privacy_check.rulebook.catalogue import App

CHOOSE = "p"
CHOOSE_KEYS: Keys = ((CHOOSE, "pick the app"),)
USES_KEYS: Keys = (("enter", "keep"), ("a", "another app"), ("n", "no app"))

_MOST_STEPS = 2


def choice(apps: Sequence[App], typed: str, height: int, page: Page) -> list[str]:
    """Return the screen below which the name of an app is typed.

    Args:
        apps: The apps whose names begin like what was typed, or all.
        typed: What was typed before, where it named no app or several.
        height: The lines of the window.
        page: What it is written for.
    """
    lines = [with_leave("Which app will you use?", page, "leave: x, Enter"), ""]
    asked = "Type the first letters of its name, then Enter. Enter alone: back."
    if typed and apps:
        asked = "These begin so. Type more letters, then Enter. Enter alone: back."
    elif typed:
        asked = (
            "Nothing is known here about an app of that name. Another one, then Enter. "
            "Enter alone: back."
        )
    lines += wrapped(asked, page)
    names = sorted((app.name for app in apps), key=str.casefold)
    named = wrapped(", ".join(names), page, 2)
    room = height - len(lines) - 2
    return [*lines, "", *named[:room]] if room > 0 else lines


def uses(planned: Planned, today: dt.date, page: Page) -> list[str]:
    """Return the screen on which a person says what the app is for."""
    lines = wrapped(f"{planned.app.name}. What will you use it for?", page)
    lines.append("")
    for number, use in enumerate(offered_uses(planned.app), 1):
        mark = "x" if use in planned.uses else " "
        lines += wrapped(f"   {number}  [{mark}] {words.inside(USE[use])}", page)
    return [*lines, "", *said(planned, today, page)]


def said(planned: Planned, today: dt.date, page: Page) -> list[str]:
    """Return the worst grade among the planned uses, with its reasons and their age."""
    return wrapped(told(planned, today), page)


def told(planned: Planned, today: dt.date) -> str:
    """Return the same in one text."""
    worst = planned.worst
    why = app_words.why(planned.app, (worst,), today)
    return f"{planned.app.name}, {words.inside(USE[worst.use])}: {GRADE[worst.word]}. {why}"


def weak_lines(planned: Planned, today: dt.date, page: Page, *, held_back: bool) -> list[str]:
    """Return what the last screen says of an app whose grade is worth a look."""
    lines = wrapped(f"The app. {told(planned, today)}", page, 5)
    if held_back:
        return lines
    another = "Pick another app together: privacy-check apps --for video"
    return [*lines, *wrapped(another, page, 5)]


def ending_lines(planned: Planned, today: dt.date, page: Page, *, held_back: bool) -> Iterator[str]:
    """Yield what the last screen says of any other app; its settings only where steps are shown."""
    yield from said(planned, today, page)
    if held_back:
        return
    for text in planned.app.review[:_MOST_STEPS]:
        yield from wrapped(f"In it: {text}", page, 2)
    yield from wrapped(f"More: privacy-check explain app:{planned.app.id}", page, 2)
