"""The conversation of `agree`: one person alone, or two in turn at one screen.

What a person says lives in one object, and is gone with it. What the screens say stands in
`render/agreement_screens.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from privacy_check.person.agreement_file import LONGEST_WORD, MOST_WORDS
from privacy_check.person.lines import ENDLESS
from privacy_check.person.pages import Draw, Pages
from privacy_check.person.private_file import PrivateFileError
from privacy_check.person.terminal import LeaveError, Terminal
from privacy_check.record import record
from privacy_check.render import agreement_screens as screens
from privacy_check.render.agreement_screens import Step
from privacy_check.render.page import Page
from privacy_check.render.screen import Keys
from privacy_check.report.agreement import (
    FINE_OR_NOT,
    Filled,
    Sheet,
    arranged,
    merge,
    normal,
)
from privacy_check.rulebook.records import Topic

_BEFORE_NEXT = screens.last_keys(then="clear the screen")
_BEFORE_NOTES = screens.last_keys(then="show the notes")
_BEFORE_FILE = screens.last_keys(then="keep in your file, and end", key=screens.KEEP)


@record
class Ended:
    """The sheet of two people, and what they chose to do with it."""

    sheet: Sheet
    is_kept: bool
    is_printed: bool


def can_take_turns(terminal: Terminal) -> bool:
    """Say whether what one person answered can be cleared before the other one looks."""
    return terminal.height < ENDLESS


def alone(terminal: Terminal, topics: Sequence[Topic], keep: Callable[[Filled], None]) -> None:
    """Let one person fill in, and keep the answers.

    Raises:
        LeaveError: When the person leaves, or goes on without a file.
    """
    pages = Pages(terminal)
    intro = partial(screens.intro_alone, clears=pages.clears)
    said = _answers(pages, topics, intro, _BEFORE_FILE)
    if not _is_kept(pages, lambda: keep(said)):
        raise LeaveError


def in_turn(
    terminal: Terminal, topics: Sequence[Topic], keep: Callable[[Sheet], None] | None
) -> Ended:
    """Let two people fill in one after the other, and show them the sheet.

    Raises:
        LeaveError: When one of them leaves.
    """
    pages = Pages(terminal)
    one = _answers(pages, topics, screens.intro_for_two, _BEFORE_NEXT)
    pages.paged(screens.pass_on, screens.BEGIN_KEYS)
    other = _answers(pages, topics, screens.intro_for_two, _BEFORE_NOTES)
    return _shown(pages, merge(topics, [one, other]), keep)


def _answers(pages: Pages, topics: Sequence[Topic], intro: Draw, last: Keys) -> Filled:
    pages.paged(intro, screens.BEGIN_KEYS)
    return _Person(pages, topics, last).answers()


def _shown(pages: Pages, sheet: Sheet, keep: Callable[[Sheet], None] | None) -> Ended:
    """Show the sheet until they are done with it."""
    is_kept = False
    while True:
        keys = screens.notes_keys(keeps=keep is not None and not is_kept)
        key = pages.paged(partial(screens.notes, sheet), keys)
        if key == screens.KEEP and keep is not None:
            is_kept = _is_kept(pages, lambda: keep(sheet))
        elif key == screens.END:
            return Ended(sheet=sheet, is_kept=is_kept, is_printed=False)
        elif pages.paged(screens.printing, screens.PRINT_KEYS) == screens.PRINT:
            return Ended(sheet=sheet, is_kept=is_kept, is_printed=True)


def _is_kept(pages: Pages, write: Callable[[], None]) -> bool:
    """Write a file, as often as the person wants to try."""
    while True:
        try:
            write()
        except PrivateFileError as error:
            refused = partial(screens.not_kept, str(error))
        else:
            return True
        if pages.paged(refused, screens.NOT_KEPT_KEYS) != screens.KEEP:
            return False


class _Person:
    """One person answering, topic after topic."""

    def __init__(self, pages: Pages, topics: Sequence[Topic], last: Keys) -> None:
        """Take the window, the topics, and the keys after the last one."""
        self._pages = pages
        self._topics = topics
        self._last_keys = last
        self._steps = screens.steps(topics)
        self._said: list[tuple[str, ...]] = [() for _ in self._steps]

    def answers(self) -> Filled:
        """Ask until the person is done, and return what they said."""
        place = 0
        while True:
            if place == len(self._steps):
                if self._is_done(no_to_all=False):
                    return self._filled()
                place -= 1
                continue
            key = self._ask(place)
            if key == screens.BACK:
                place = max(place - 1, 0)
            elif key != screens.NO_TO_ALL:
                place += 1
            elif self._is_done(no_to_all=True):
                return Filled()  # the same as a person who leaves all open

    def _is_done(self, *, no_to_all: bool) -> bool:
        def draw(page: Page) -> list[str]:
            return screens.last(page, no_to_all=no_to_all)

        return self._pages.paged(draw, self._last_keys) != screens.BACK

    def _ask(self, place: int) -> str:
        """Ask one step, and return the key that leads away from it."""
        step = self._steps[place]

        def draw(page: Page) -> list[str]:
            room = screens.room_for(self._steps, page, self._pages.height)
            where = f"{place + 1} of {len(self._steps)}"
            return screens.question(step, self._said[place], where, page, room)

        while True:
            own = screens.own_words(step, self._said[place])
            key = self._pages.key(draw, screens.step_keys(step, own))
            if key.isdecimal():
                self._choose(place, step.topic.choices[int(key) - 1].word)
                if step.kind == screens.ONE:
                    return key
            elif key == screens.OWN:
                self._add_own(place)
            elif key == screens.TAKE_AWAY:
                self._choose(place, own[-1])
            else:
                if key in (screens.NOT_SURE, "u", screens.SKIP) and step.kind != screens.LIMITS:
                    self._said[place] = ()  # limits that were named stay: that is the stricter way
                return key

    def _choose(self, place: int, word: str) -> None:
        """Take the one choice, or add a word to several, or take it away again."""
        said = self._said[place]
        if self._steps[place].kind == screens.ONE:
            self._said[place] = (word,)
        elif word in said:
            self._said[place] = tuple(other for other in said if other != word)
        else:
            self._said[place] = (*said, word)

    def _add_own(self, place: int) -> None:
        """Let own words be typed, until a line is left empty."""
        step = self._steps[place]
        reason = ""

        def draw(page: Page) -> list[str]:
            return screens.typing(step, self._said[place], reason, page, self._pages.height)

        while text := self._pages.line(draw):
            if set(text.lower()) == {"x"}:
                raise LeaveError
            reason = self._taken(place, text)

    def _taken(self, place: int, text: str) -> str:
        """Add own words; return why that cannot be, empty where it can."""
        named = arranged(self._steps[place].topic, [text])
        said = self._said[place]
        if len(normal(text)) > LONGEST_WORD:
            return screens.too_long(LONGEST_WORD)
        if len({*said, *named}) > MOST_WORDS:
            return screens.too_many(MOST_WORDS)
        self._said[place] = (*said, *(word for word in named if word and word not in said))
        return ""

    def _filled(self) -> Filled:
        ranked: dict[str, str] = {}
        sets: dict[str, tuple[str, ...]] = {}
        not_fine: dict[str, tuple[str, ...]] = {}
        for step, said in zip(self._steps, self._said, strict=True):
            name = step.topic.id
            if step.kind == screens.ONE:
                ranked[name] = "".join(said)
            elif _is_not_fine(step):
                not_fine[name] = said
            else:
                sets[name] = said
        return Filled(ranked=ranked, sets=sets, not_fine=not_fine)


def _is_not_fine(step: Step) -> bool:
    return step.topic.merge == FINE_OR_NOT and step.kind == screens.LIMITS
