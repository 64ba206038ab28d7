"""The conversation of `ask`: which screen comes next. Answers live in this object alone.

What the screens say stands in `render/conversation.py`; the window they are shown in is
`terminal.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from privacy_check.judge.answers import NO, NOT_MINE, SKIP, UNSURE, YES, Prompt, prompts, statuses
from privacy_check.judge.outcome import needs_care, outcome
from privacy_check.person.pages import Pages
from privacy_check.person.private_file import PrivateFileError
from privacy_check.person.terminal import Terminal
from privacy_check.record import record
from privacy_check.render import conversation
from privacy_check.render.conversation import Ending
from privacy_check.render.page import Page, wrapped
from privacy_check.render.support import help_of, render_support
from privacy_check.report.build import Report, with_answers
from privacy_check.rulebook.records import Rule, RuleBook

_ANSWERS = {"y": YES, "n": NO, "?": UNSURE, "u": UNSURE, "s": SKIP, "d": NOT_MINE}
_NERVOUS = "nervous-is-normal"


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
        self._read = report
        self._kept = kept
        self._answers = dict(kept.answers) if kept else {}
        self._threatened = False
        self._shows_steps = False

    def run(self) -> None:
        """Ask, and show the outcome, until the person is done.

        Raises:
            LeaveError: When the person leaves.
        """
        short = sum(bool(item.question.quick) for item in self._prompts())
        self._pages.key(lambda page: conversation.intro(short, page), ("enter",))
        place, end = 0, short
        while True:
            asked = self._prompts()
            if place < min(end, len(asked)):
                place = self._ask(asked, place, short)
                continue
            key = self._last_screen(more=end == short < len(asked))
            if key == "m":
                end = len(asked)
            elif key == "b":
                place = max(min(place, len(self._prompts())) - 1, 0)
            else:
                return

    def _rules(self) -> tuple[Rule, ...]:
        rules = (finding.rule for finding in self._read.findings)
        return tuple(rule for rule in rules if not (self._threatened and rule.record_first))

    def _prompts(self) -> tuple[Prompt, ...]:
        return prompts(self._rules())

    def _ending(self) -> Ending:
        """Return what the answers and the settings come to now."""
        rules = self._rules()
        report = with_answers(self._read, rules, statuses(rules, self._answers))
        skipped = {name for name, answer in self._answers.items() if answer == SKIP}
        checked = report.coverage.checked
        care = needs_care(report.findings, skipped)
        return Ending(
            report=report,
            outcome=outcome(report.findings, checked=checked, skipped=skipped),
            care=care,
            held_back=care and not self._shows_steps,
            nervous=next((rule.why for rule in rules if rule.id == _NERVOUS), ""),
        )

    def _ask(self, asked: tuple[Prompt, ...], place: int, short: int) -> int:
        """Ask one question and return the place of the next; the short ones are counted apart."""
        prompt = asked[place]
        start, stop = (0, short) if place < short else (short, len(asked))
        held_back = self._ending().held_back

        def draw(page: Page) -> list[str]:
            return conversation.question(
                prompt,
                f"{place - start + 1} of {stop - start}",
                page,
                room=conversation.room_for_questions(asked, page),
                before=self._answers.get(prompt.rule.id, ""),
                held_back=held_back,
            )

        keys = ("y", "n", "?", "u", "s", "b", *(("d",) if prompt.question.may_not_apply else ()))
        key = self._pages.key(draw, keys)
        if key == "b":
            return max(place - 1, 0)
        self._answers[prompt.rule.id] = _ANSWERS[key]
        return place + 1

    def _last_screen(self, *, more: bool) -> str:
        """Show the outcome and what goes with it; return the key that leads away from it."""
        while True:
            said = self._ending()
            keys = conversation.ending_keys(said, more=more, keeps=self._kept is not None)
            key = self._pages.paged(lambda page: conversation.ending(said, page), keys)  # noqa: B023
            match key:
                case "a":
                    self._pages.paged(lambda page: conversation.settings_list(said, page))  # noqa: B023
                case "h":
                    self._help()
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
        self._threatened = self._threatened or topic == "threat"
        today = self._read.made.at.date()
        given = help_of(self._book)
        self._pages.paged(lambda page: render_support(given, topic, today, page).splitlines())

    def _keep(self, said: Ending) -> bool:
        """Write the file the person named; where care is needed, only after asking again."""
        if self._kept is None:
            return False
        if said.care:
            key = self._pages.paged(conversation.keep_choice, conversation.KEEP_KEYS)
            if key != "y":
                return False
        try:
            self._kept.write(self._answers)
        except PrivateFileError as error:
            reason = str(error)
            self._pages.paged(lambda page: wrapped(reason, page))
            return False
        return True
