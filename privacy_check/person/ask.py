"""The conversation of `ask`: which screen comes next. Answers live in this object alone.

What the screens say stands in `render/conversation.py` and, for the last ones, in
`render/ending.py`; the window they are shown in is `terminal.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from privacy_check.judge.answers import NO, NOT_MINE, SKIP, UNSURE, YES, Prompt, prompts, statuses
from privacy_check.judge.outcome import needs_care, outcome
from privacy_check.judge.planned import Planned
from privacy_check.person.pages import Pages
from privacy_check.person.planned import Choice
from privacy_check.person.private_file import PrivateFileError
from privacy_check.person.terminal import Terminal
from privacy_check.record import record
from privacy_check.render import conversation, planned, words
from privacy_check.render.ending import Ending, ending, ending_keys, settings_list
from privacy_check.render.page import Page, wrapped
from privacy_check.render.support import help_of, render_support
from privacy_check.report.build import Report, with_answers
from privacy_check.rulebook.records import Rule, RuleBook

_ANSWERS = {"y": YES, "n": NO, "?": UNSURE, "u": UNSURE, "s": SKIP, "d": NOT_MINE}


@record
class Kept:
    """The private file a person named: what it holds, and how to write it anew."""

    answers: Mapping[str, str]
    write: Callable[[Mapping[str, str]], None]


class Conversation:
    """One person answering, from the first screen to the last."""

    def __init__(
        self, terminal: Terminal, book: RuleBook, report: Report, kept: Kept | None = None
    ) -> None:
        """Take the window, the rules, what was read, and perhaps a file to go on from."""
        self._pages = Pages(terminal)
        self._book = book
        self._report = report
        self._today = report.made.at.date()
        self._choice = Choice(self._pages, book.apps, report.made.wish.channel, self._today)
        self._planned: Planned | None = None
        self._kept = kept
        self._record_first = False
        self._watched = False
        self._shows_steps = False
        self._answers = self._lasting(kept.answers) if kept else {}

    def run(self) -> None:
        """Ask, and show the outcome, until the person is done.

        Raises:
            LeaveError: When the person leaves.
        """
        self._introduce()
        place, end = 0, self._end_of_part(0)
        while True:
            end = min(end, len(self._prompts()))
            if place < end:
                place = self._ask(place)
                continue
            key = self._last_screen(more=self._first_open() is not None)
            if key == "m":
                place = self._first_open() or 0
                end = self._end_of_part(place)
            elif key == "b":
                place = max(min(end, len(self._prompts())) - 1, 0)
            else:
                return

    def _introduce(self) -> None:
        short = sum(bool(item.question.quick) for item in self._prompts())

        def draw(page: Page) -> list[str]:
            app = self._planned.app.name if self._planned else ""
            return conversation.intro(short, app, page, clears=self._pages.clears)

        while (key := self._pages.paged(draw, conversation.INTRO_KEYS)) != "enter":
            if key == planned.CHOOSE:
                self._choose()
            else:
                self._help()

    def _choose(self) -> None:
        """Let the person name the app for the call, or take it back."""
        self._planned = self._choice.ask(self._planned)

    def _first_open(self) -> int | None:
        """Return the place of the first question without an answer; a skipped one comes last."""
        asked = self._prompts()
        needed = {item.rule.id for item in self._ending().outcome.needed}
        untouched = (i for i, p in enumerate(asked) if p.rule.id not in self._answers)
        skipped = (i for i, p in enumerate(asked) if p.rule.id in needed)
        return next(untouched, next(skipped, None))

    def _parts(self) -> tuple[int, ...]:
        """Return where each part of the questions ends: short, what decides, all others."""
        asked = self._prompts()
        short = sum(bool(item.question.quick) for item in asked)
        deciding = sum(item.question.pause and not item.question.quick for item in asked)
        return (short, short + deciding, len(asked))

    def _end_of_part(self, place: int) -> int:
        return next((end for end in self._parts() if end > place), len(self._prompts()))

    def _rules(self) -> tuple[Rule, ...]:
        """Return the rules that are for this person now."""
        rules = (finding.rule for finding in self._report.findings)
        return tuple(rule for rule in rules if not (self._record_first and rule.record_first))

    def _asked(self) -> tuple[Rule, ...]:
        """Return the rules whose questions come before a call, not those of what was done after."""
        return tuple(rule for rule in self._rules() if not (rule.question and rule.question.past))

    def _lasting(self, kept: Mapping[str, str]) -> dict[str, str]:
        """Return kept answers but for those about now, and the weighty ones: asked again."""
        again = {prompt.rule.id for prompt in self._prompts() if _is_asked_again(prompt)}
        return {name: answer for name, answer in kept.items() if name not in again}

    def _prompts(self) -> tuple[Prompt, ...]:
        return prompts(self._asked())

    def _ending(self) -> Ending:
        """Return what the answers and the settings come to now."""
        rules = self._rules()
        given = statuses(self._asked(), self._answers)
        report = with_answers(self._report, rules, given, self._planned)
        skipped = {name for name, answer in self._answers.items() if answer == SKIP}
        checked = report.coverage.checked
        care = self._watched or needs_care(report.findings, skipped)
        return Ending(
            report=report,
            outcome=outcome(report.findings, checked=checked, skipped=skipped),
            care=care,
            held_back=care and not self._shows_steps,
            nervous=words.nervous(rules),
        )

    def _ask(self, place: int) -> int:
        """Ask one question and return the place of the next; each part is counted apart."""
        asked = self._prompts()
        prompt = asked[place]
        stop = self._end_of_part(place)
        start = max((end for end in self._parts() if end <= place), default=0)
        held_back = self._ending().held_back
        always = prompt.question.pause or prompt.question.care

        def draw(page: Page) -> list[str]:
            one = conversation.Asked(
                prompt=prompt,
                place=f"{place - start + 1} of {stop - start}",
                room=conversation.room_for_questions(asked, page),
                before=self._answers.get(prompt.rule.id, ""),
                hint=always or not held_back,
                app=self._told_of_app(prompt),
            )
            return conversation.question(one, page, self._pages.height)

        mine = ("d",) if prompt.question.may_not_apply else ()
        app = (planned.CHOOSE,) if prompt.rule.app_grade else ()
        key = self._pages.key(draw, (*"yn?usbeh", *mine, *app))
        if key == planned.CHOOSE:
            self._choose()
            return place
        if key == "h":
            self._help()
            return place
        if key == "b":
            return max(place - 1, 0)
        if key == "e":
            self._answers.setdefault(prompt.rule.id, SKIP)
            return stop
        self._answers[prompt.rule.id] = _ANSWERS[key]
        return place + 1

    def _told_of_app(self, prompt: Prompt) -> str | None:
        """Return what is known of the planned app; `None` where a question is not about it."""
        if not prompt.rule.app_grade:
            return None
        return planned.told(self._planned, self._today) if self._planned else ""

    def _last_screen(self, *, more: bool) -> str:
        """Show the outcome and what goes with it; return the key that leads away from it."""
        while True:
            said = self._ending()
            keys = ending_keys(said, more=more, keeps=self._kept is not None)
            key = self._pages.paged(partial(ending, said), keys)
            match key:
                case "a":
                    self._pages.paged(partial(settings_list, said))
                case "h":
                    self._help()
                case planned.CHOOSE:
                    self._choose()
                case "c":
                    self._shows_steps = True
                case "k":
                    if self._keep(said):
                        return key
                case _:
                    return key

    def _help(self) -> None:
        """Show where help is found, after asking with what."""
        key = self._pages.paged(conversation.help_choice, conversation.HELP_KEYS)
        if key == "enter":
            return
        topic = conversation.HELP_TOPICS[key]
        self._record_first = self._record_first or topic in ("threat", "picture")
        self._watched = self._watched or topic in ("threat", "device")
        given = help_of(self._book)
        self._pages.paged(lambda page: render_support(given, topic, self._today, page).splitlines())

    def _keep(self, said: Ending) -> bool:
        """Write the file the person named; where care is needed, only after asking again."""
        if self._kept is None:
            return False
        if said.care:
            key = self._pages.paged(conversation.keep_choice, conversation.KEEP_KEYS)
            if key != "y":
                return False
        try:
            self._kept.write(self._lasting(self._answers))
        except PrivateFileError as error:
            self._pages.paged(partial(wrapped, str(error)))
            return False
        return True


def _is_asked_again(prompt: Prompt) -> bool:
    question, rule = prompt.question, prompt.rule
    decides = question.pause or question.care or bool(question.quick) or rule.severity == "high"
    return decides or rule.phase in ("just-before", "during")
