"""Lets a person name the app they plan to use, and what for. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from privacy_check.judge.planned import Planned, offered_uses, uses_for
from privacy_check.person.keys import leaves
from privacy_check.person.pages import Pages
from privacy_check.person.terminal import LeaveError
from privacy_check.record import replaced
from privacy_check.render import planned as screens
from privacy_check.rulebook.catalogue import App


class Choice:
    """Asks for the app and its uses, as often as a person likes."""

    def __init__(self, pages: Pages, apps: Sequence[App], channel: str, today: dt.date) -> None:
        """Take the window, the catalogue, and how the two will talk."""
        self._pages = pages
        self._apps = apps
        self._channel = channel
        self._today = today

    def ask(self, before: Planned | None) -> Planned | None:
        """Return what a person plans now; what they said before, where they go back.

        Raises:
            LeaveError: When the person leaves.
        """
        planned = before or self._named()
        while planned:
            numbers = [str(place) for place, _ in enumerate(offered_uses(planned.app), 1)]
            draw = partial(screens.uses, planned, self._today)
            key = self._pages.paged(draw, screens.USES_KEYS, numbers)
            if key == "enter":
                return planned
            if key == "n":
                return None
            planned = self._named() or planned if key == "a" else _toggled(planned, int(key))
        return before

    def _named(self) -> Planned | None:
        """Return the app whose name was typed, `None` where the person went back.

        Raises:
            LeaveError: When the key to leave is typed, since no name is so short.
        """
        typed, found = "", tuple(self._apps)
        while True:
            draw = partial(screens.choice, found, typed, self._pages.height)
            typed = self._pages.line(draw)
            if leaves(typed):
                raise LeaveError
            if not typed:
                return None
            found = matching(self._apps, typed)
            if len(found) == 1:
                return Planned(app=found[0], uses=uses_for(found[0], self._channel))


def matching(apps: Sequence[App], typed: str) -> tuple[App, ...]:
    """Return the apps whose name, id, or a word of whose name begins like what was typed."""
    wanted = typed.casefold()
    exact = tuple(app for app in apps if wanted in (app.name.casefold(), app.id))
    return exact or tuple(app for app in apps if _begins(app, wanted))


def _begins(app: App, wanted: str) -> bool:
    name = app.name.casefold()
    parts = [name, app.id, *name.replace("(", " ").split()]
    return any(part.startswith(wanted) for part in parts)


def _toggled(planned: Planned, number: int) -> Planned:
    """Return the plan with one use more or less; one always stays."""
    offered = offered_uses(planned.app)
    use = offered[number - 1]
    uses = set(planned.uses) ^ {use}
    return (
        replaced(planned, uses=tuple(item for item in offered if item in uses)) if uses else planned
    )
