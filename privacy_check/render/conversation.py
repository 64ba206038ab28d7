"""The screens of `ask`: one question at a time, and the outcome at the end.

The keys stand in the same place on every question. Nothing here knows a terminal: every function
returns lines for a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacy_check.judge.answers import Prompt
from privacy_check.judge.findings import FAIL, UNKNOWN, Finding
from privacy_check.judge.outcome import PAUSE, Outcome
from privacy_check.record import record
from privacy_check.render import words
from privacy_check.render.page import Page, wrapped
from privacy_check.report.build import Report, Thing
from privacy_check.rulebook.records import Rule
from privacy_check.rulebook.vocabulary import PHASES, PHONES

MOST_THINGS = 3

Keys = Sequence[tuple[str, str]]
ANSWER_KEYS: Keys = (("y", "yes"), ("n", "no"), ("?", "not sure"))
MOVE_KEYS: Keys = (("s", "skip"), ("b", "back"))
NOT_MINE_KEY = ("d", "does not apply")
_PAGE_KEYS: Keys = (("space", "next page"),)
ANSWERED = {
    "yes": "yes",
    "no": "no",
    "unsure": "not sure",
    "skip": "skipped",
    "n-a": "does not apply",
}

_TITLE = "Call checklist"
_LEAVE = "leave: x"

LEAVING = (
    "To leave at any point: x. It clears this window, also what scrolled away, "
    "where the terminal allows."
)


@record
class Ending:
    """All that the last screen speaks of; with `care`, steps may be held back."""

    report: Report
    outcome: Outcome
    care: bool
    held_back: bool
    nervous: str = ""


def intro(questions: int, page: Page) -> list[str]:
    """Return the first screen: what comes, how to leave, and what leaving cannot erase."""
    number = "One short question." if questions == 1 else f"{questions} short questions."
    paragraphs = (
        f"{number} Each can be skipped, without a reason.",
        "Your answers stay in this window's memory. They are gone when you leave.",
        LEAVING,
        words.NOT_ERASED,
        words.MAY_BE_NOTICED,
    )
    lines = [with_leave(_TITLE, page)]
    for text in paragraphs:
        lines += ["", *wrapped(text, page)]
    return [*lines, "", *keys_lines((("enter", "begin"),), page)]


def room_for_questions(prompts: Sequence[Prompt], page: Page) -> int:
    """Return the lines of the longest question, so that the keys never move."""
    return max((len(wrapped(prompt.text, page)) for prompt in prompts), default=1)


def question(
    prompt: Prompt,
    place: str,
    page: Page,
    *,
    room: int,
    before: str = "",
    held_back: bool = False,
) -> list[str]:
    """Return one question.

    Args:
        prompt: What is asked.
        place: Where the person is, like `3 of 7`.
        page: What it is written for.
        room: The lines kept for the question.
        before: The answer given to it earlier, empty for none.
        held_back: Whether steps are held back.
    """
    asked = wrapped(prompt.text, page)
    head = with_leave(_place_said(place, before, page), page)
    lines = [head, "", *asked, *[""] * (room - len(asked)), ""]
    lines += keys_lines([*ANSWER_KEYS, *MOVE_KEYS], page)
    lines += keys_lines([NOT_MINE_KEY], page) if prompt.question.may_not_apply else [""]
    return [*lines, "", *wrapped(_hint(prompt.rule, held_back=held_back), page)]


def _hint(rule: Rule, *, held_back: bool) -> str:
    """Return what may help; with steps held back, nothing that may mean to change a setting."""
    question = rule.question
    if question is None or (held_back and rule.settings and not question.care):
        return ""
    return question.hint


def _place_said(place: str, before: str, page: Page) -> str:
    """Return the place and the earlier answer, in fewer words where the page is narrow."""
    if not before:
        return place
    word = ANSWERED[before]
    texts = (f"{place}   (answered: {word})", f"{place} ({word})")
    return next((text for text in texts if len(text) + len(_LEAVE) < page.width), place)


def with_leave(text: str, page: Page, leave: str = _LEAVE) -> str:
    """Return a first line that ends with the key to leave, which stands there on every screen."""
    return text.ljust(page.width - len(leave)) + leave


def keys_lines(keys: Keys, page: Page) -> list[str]:
    """Return the keys and what they do, side by side as far as they fit."""
    cells = [f"{key}  {name}" for key, name in keys]
    wide = max(map(len, cells)) + 3
    a_line = max(1, (page.width - 3) // wide)
    rows = [cells[i : i + a_line] for i in range(0, len(cells), a_line)]
    return ["   " + "".join(cell.ljust(wide) for cell in row).rstrip() for row in rows]


def room(keys: Keys, page: Page, height: int) -> int:
    """Return how many lines a page of text has, between the head and the keys."""
    return max(height - len(keys_lines([*_PAGE_KEYS, *keys], page)) - 4, 3)


def paged(lines: list[str], keys: Keys, page: Page, top: int, height: int) -> tuple[list[str], int]:
    """Return what is shown of the lines from `top` on, with the keys below, and the real top."""
    foot = keys_lines(keys, page)
    if len(lines) <= height - len(foot) - 3:
        return [with_leave(_TITLE, page), "", *lines, "", *foot], 0
    space = room(keys, page, height)
    last = (len(lines) - 1) // space
    number = min(max(top // space, 0), last)
    shown = lines[number * space : (number + 1) * space]
    head = with_leave(f"{_TITLE}, page {number + 1} of {last + 1}", page)
    foot = keys_lines([*_PAGE_KEYS, *keys], page)
    return [head, "", *shown, *[""] * (space - len(shown) + 1), *foot], number * space


def ending_keys(said: Ending, *, more: bool, keeps: bool) -> Keys:
    """Return the keys of the last screen."""
    return (
        *((("m", "more questions"),) if more else ()),
        ("a", "all settings"),
        ("h", "where to find help"),
        *((("c", "show steps"),) if said.held_back else ()),
        *((("k", "keep in your file, and end"),) if keeps else ()),
        ("b", "back"),
        ("enter", "end"),
    )


HELP_KEYS: Keys = (
    ("1", "someone is threatening me"),
    ("2", "something private was passed on"),
    ("3", "someone may check this device"),
    ("4", "anything else"),
    ("enter", "back"),
)
HELP_TOPICS = {"1": "threat", "2": "picture", "3": "device", "4": "anyone"}
KEEP_KEYS: Keys = (("y", "keep them"), ("n", "keep nothing"))


def help_choice(page: Page) -> list[str]:
    """Return the question before the list of help."""
    return wrapped("Where to find help. What is it about?", page)


def keep_choice(page: Page) -> list[str]:
    """Return the question before a file is written where care is needed."""
    said = "A file on this device can be found by someone who checks it. Keep your answers there?"
    return wrapped(said, page)


def ending(said: Ending, page: Page) -> list[str]:
    """Return the outcome, what was not answered, what to look at, and what this cannot show."""
    lines = wrapped(words.OUTCOME[said.outcome.word], page)
    if said.outcome.word == PAUSE and said.nervous:
        lines += wrapped(said.nervous, page)
    lines += ["", *_unanswered(said.outcome, page)]
    lines += _things(said, page)
    careful = words.CHANGE_MAY_BE_NOTICED if said.care else words.MAY_BE_NOTICED
    for text in (careful, words.CANNOT_SHOW, words.NOT_ERASED):
        lines += wrapped(text, page)
    return lines


def settings_list(said: Ending, page: Page) -> list[str]:
    """Return all that was read here and is worth a look, and what could not be read."""
    report = said.report
    lines = wrapped(words.nothing_found(report.coverage), page)
    if things := report.to_look_at():
        lines = [words.STATUS["fail"]]
    for thing in things:
        lines += ["", *_read(thing, said, page)]
    for title, unread in (("error", report.unread()), ("unknown", report.unsure())):
        if unread:
            lines += ["", words.STATUS[title]]
        for thing in unread:
            row = thing.judged.row
            lines += wrapped(f"{row.place.setting.title}: {words.meaning(row)}", page, 2)
    return lines


def _unanswered(found: Outcome, page: Page) -> list[str]:
    """Return which kinds of questions have no answer, those that decide by name."""
    findings = _once(found.unanswered)
    if not findings:
        return []
    by_phase = [
        (words.inside(words.PHASE[phase]), sum(item.rule.phase == phase for item in findings))
        for phase in PHASES
    ]
    kinds = ", ".join(f"{name} {number}" for name, number in by_phase if number)
    lines = wrapped(f"Not answered: {len(findings)} ({kinds}).", page)
    if found.needed:
        titles = ", ".join(words.inside(item.rule.title) for item in _once(found.needed))
        lines += wrapped(f"Before the call it helps to know: {titles}.", page)
    return [*lines, ""]


def _things(said: Ending, page: Page) -> list[str]:
    """Return at most three things to do, those of the person's own answers first."""
    own = _once(sorted(_not_good(said.report.findings), key=_weight))
    rules = {item.rule.id for item in own}
    read = [thing for thing in _one_a_rule(said.report.to_look_at()) if thing.rule.id not in rules]
    blocks = [_answered(item, said, page) for item in own]
    blocks += [_read(thing, said, page) for thing in read]
    if not blocks:
        return [*wrapped(words.nothing_found(said.report.coverage), page), ""]
    lines = ["Worth a look first"]
    for number, block in enumerate(blocks[:MOST_THINGS], 1):
        lines += [f"  {number}  {block[0][5:]}", *block[1:]]
    titles = [item.rule.title for item in own]
    titles += [thing.judged.row.place.setting.title for thing in read]
    if further := [words.inside(title) for title in titles[MOST_THINGS:]]:
        lines += wrapped(f"Also: {', '.join(further)}.", page)
    return [*lines, ""]


def _not_good(findings: Sequence[Finding]) -> list[Finding]:
    return [item for item in findings if item.answer in (FAIL, UNKNOWN)]


def _weight(finding: Finding) -> tuple[bool, int, str]:
    question = finding.rule.question
    pause = bool(question and question.pause)
    return (not pause, words.SEVERITY_ORDER.index(finding.rule.severity), finding.rule.id)


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those that only share the answer of another one."""
    shared = {name for item in findings if item.rule.question for name in item.rule.question.also}
    return [item for item in findings if item.rule.id not in shared]


def _one_a_rule(things: Sequence[Thing]) -> list[Thing]:
    first: dict[str, Thing] = {}
    for thing in things:
        first.setdefault(thing.rule.id, thing)
    return list(first.values())


def _answered(finding: Finding, said: Ending, page: Page) -> list[str]:
    """Return an item that was answered no or not sure: never the answer, but what may help."""
    rule = finding.rule
    hint = _hint(rule, held_back=said.held_back)
    lines = wrapped(f"{rule.title}. {hint}".rstrip(), page, 5)
    if said.held_back:
        return lines
    read = next((item for item in finding.settings if item.status == FAIL), None)
    if read:
        lines += wrapped(f"Here: {words.change(read.row)[0]}", page, 5)
    return [*lines, *_on_the_phone(rule, said, page)]


def _on_the_phone(rule: Rule, said: Ending, page: Page) -> Iterator[str]:
    """Yield where the same thing is on a phone, one line a system."""
    used = [use.id for use in rule.settings]
    for platform in PHONES:
        rows = [p for p in said.report.phones if p.variant.platform == platform]
        rows = [p for p in rows if p.setting.id in used]
        if rows:
            first = min(rows, key=lambda place: used.index(place.setting.id))
            step = words.phone_steps(first.variant)[0]
            yield from wrapped(f"{words.PLATFORM[platform]}: {step}", page, 5)


def _read(thing: Thing, said: Ending, page: Page) -> list[str]:
    """Return what was read on this computer, with its first step."""
    row = thing.judged.row
    lines = wrapped(words.meaning(row, sites=page.sites), page, 5)
    if said.held_back:
        return lines
    lines += wrapped(words.change(row)[0], page, 5)
    return [*lines, *wrapped(f"Back: {words.undo(row)[0]}", page, 5)]
