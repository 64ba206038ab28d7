"""The screens of `ask`: one question at a time, and the outcome at the end.

The keys stand in the same place on every question. Nothing here knows a terminal: every function
returns lines for a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacy_check.judge.answers import Prompt
from privacy_check.judge.findings import FAIL, UNKNOWN, Finding
from privacy_check.judge.outcome import PAUSE, REVIEW_FIRST, Outcome
from privacy_check.record import record
from privacy_check.render import words
from privacy_check.render.page import Page, bullet, wrapped
from privacy_check.report.build import Report, Thing
from privacy_check.rulebook.records import Rule
from privacy_check.rulebook.select import Place
from privacy_check.rulebook.vocabulary import PHASES, PHONES

MOST_THINGS = 3

Keys = Sequence[tuple[str, str]]
ANSWER_KEYS: Keys = (("y", "yes"), ("n", "no"), ("?", "not sure"))
MOVE_KEYS: Keys = (("s", "skip"), ("b", "back"), ("e", "end"))
NOT_MINE_KEY = ("d", "does not apply")
_GAP = 2
_INDENT = 3
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
_HELP_AND_LEAVE = "help: h   leave: x"

LEAVING = (
    "To leave at any point: x. It clears this window, also what scrolled away, "
    "where the terminal allows."
)
LEAVING_LINES = (
    "Type a key and press Enter. To leave at any point: x and Enter. What is shown and typed here "
    "stays in this window."
)


@record
class Ending:
    """All that the last screen speaks of; with `care`, steps may be held back."""

    report: Report
    outcome: Outcome
    care: bool
    held_back: bool
    nervous: str = ""


def intro(questions: int, page: Page, *, clears: bool = True) -> list[str]:
    """Return the first screen: what comes, how to leave, and what leaving cannot erase."""
    number = "One short question." if questions == 1 else f"{questions} short questions."
    paragraphs = (
        f"{number} Each can be skipped, without a reason.",
        "Your answers stay in this program's memory. They are gone when you leave.",
        LEAVING if clears else LEAVING_LINES,
        words.NOT_ERASED,
        words.MAY_BE_NOTICED,
    )
    lines: list[str] = []
    for text in paragraphs:
        lines += [*wrapped(text, page), ""]
    return lines[:-1]


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


def question(asked: Asked, page: Page, height: int) -> list[str]:
    """Return one question; in a low window without what is not needed to answer.

    Args:
        asked: What is asked, and the place of it, like `3 of 7`; the lines kept for the question;
            the answer given earlier, empty for none; whether the hint may be shown.
        page: What it is written for.
        height: The lines of the window.
    """
    text = wrapped(asked.prompt.text, page)
    hint = wrapped(asked.prompt.question.hint, page) if asked.hint else []
    mine = asked.prompt.question.may_not_apply
    keys = [*ANSWER_KEYS, *MOVE_KEYS]
    lines = [_head(asked, page), "", *text, *[""] * (asked.room - len(text)), ""]
    lines += [*keys_lines(keys, page), *(keys_lines([NOT_MINE_KEY], page) if mine else [""])]
    if len(lines) + 1 + len(hint) <= height:
        return [*lines, "", *hint]
    keys = [*keys, NOT_MINE_KEY] if mine else keys
    low = [_head(asked, page), *text, *close_keys(keys, page)]
    return [*low, *hint] if len(low) + len(hint) <= height else low


def _head(asked: Asked, page: Page) -> str:
    """Return the place, and the answer given earlier and the key for help where there is room."""
    answer = ANSWERED.get(asked.before, "")
    said = [f"{asked.place}   (answered: {answer})", f"{asked.place} ({answer})"]
    for right in (_HELP_AND_LEAVE, _LEAVE):
        for text in said if answer else [asked.place]:
            if len(text) + len(right) < page.width:
                return with_leave(text, page, right)
    return with_leave(asked.place, page)


def with_leave(text: str, page: Page, leave: str = _LEAVE) -> str:
    """Return a first line that ends with the key to leave, which stands there on every screen."""
    space = page.width - len(leave)
    return text[: space - 1].ljust(space) + leave


def keys_lines(keys: Keys, page: Page) -> list[str]:
    """Return the keys and what they do, side by side as far as they fit."""
    cells = [f"{key}  {name}" for key, name in keys]
    wide = max(map(len, cells)) + _GAP
    a_line = max(1, (page.width - _INDENT + _GAP) // wide)
    rows = [cells[i : i + a_line] for i in range(0, len(cells), a_line)]
    return [" " * _INDENT + "".join(cell.ljust(wide) for cell in row).rstrip() for row in rows]


def close_keys(keys: Keys, page: Page) -> list[str]:
    """Return the keys in as few lines as they need, for a low window."""
    return wrapped("  ".join(f"{key} {name}" for key, name in keys), page)


def _foot(keys: Keys, page: Page, height: int) -> list[str]:
    lines = keys_lines(keys, page)
    return lines if len(lines) < height // 2 else close_keys(keys, page)


def room(keys: Keys, page: Page, height: int) -> int:
    """Return how many lines a page of text has, between the head and the keys."""
    return max(height - len(_foot([*_PAGE_KEYS, *keys], page, height)) - 3, 1)


def paged(lines: list[str], keys: Keys, page: Page, top: int, height: int) -> tuple[list[str], int]:
    """Return what is shown of the lines from `top` on, with the keys below, and the real top."""
    foot = _foot(keys, page, height)
    if len(lines) <= height - len(foot) - 3:
        return [with_leave(_TITLE, page), "", *lines, "", *foot], 0
    space = room(keys, page, height)
    last = (len(lines) - 1) // space
    number = min(max(top // space, 0), last)
    shown = lines[number * space : (number + 1) * space]
    head = with_leave(f"{_TITLE}, page {number + 1} of {last + 1}", page)
    foot = _foot([*_PAGE_KEYS, *keys], page, height)
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


INTRO_KEYS: Keys = (("enter", "begin"), ("h", "where to find help"))
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
    lines = wrapped(_lead(said), page)
    if said.outcome.word == PAUSE:
        if said.nervous and _all_unsure(said.outcome):
            lines += wrapped(said.nervous, page)
        lines += ["", *_reasons(said, page)]
    else:
        lines += ["", *_unanswered(said.outcome, page), *_things(said, page)]
    careful = words.CHANGE_MAY_BE_NOTICED if said.care else words.MAY_BE_NOTICED
    for text in (careful, words.CANNOT_SHOW, words.NOT_ERASED):
        lines += wrapped(text, page)
    return lines


def _lead(said: Ending) -> str:
    """Return the first sentence; a clear no is not spoken of as being unsure."""
    found = said.outcome
    if found.word == PAUSE and not _all_unsure(found):
        return words.STOP_HERE
    if found.word == REVIEW_FIRST and not found.reasons:
        return words.NOT_ANSWERED_YET if found.needed else words.NOTHING_READ_YET
    return words.OUTCOME[found.word]


def _all_unsure(found: Outcome) -> bool:
    return all(item.answer == UNKNOWN for item in found.reasons)


def _reasons(said: Ending, page: Page) -> list[str]:
    """Return what may help where it is best to stop; settings can wait then."""
    lines: list[str] = []
    for finding in _once(sorted(said.outcome.reasons, key=_weight)):
        lines += bullet(_named(finding), page)
    if number := len(_one_a_rule(said.report.to_look_at())):
        worth = "1 thing" if number == 1 else f"{number} things"
        lines += bullet(f"{worth} on this computer may be worth a look, later: a.", page)
    return [*lines, *bullet("Somebody to talk to: h.", page), ""]


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
        names = "; ".join(_name(item) for item in _once(found.needed))
        lines += wrapped(f"Before the call it helps to know: {names}.", page)
    return [*lines, ""]


def _things(said: Ending, page: Page) -> list[str]:
    """Return at most three things to do, those of the person's own answers first."""
    own = _once(sorted(_not_good(said.report.findings), key=_weight))
    rules = {item.rule.id for item in own}
    read = [thing for thing in _one_a_rule(said.report.to_look_at()) if thing.rule.id not in rules]
    now = [thing for thing in read if not thing.judged.row.place.variant.form.later]
    blocks = [_answered(item, said, page) for item in own]
    blocks += [_read(thing, said, page) for thing in now]
    if not (own or read):
        return [*wrapped(words.nothing_found(said.report.coverage), page), ""]
    lines = ["Worth a look first"] if blocks else []
    for number, block in enumerate(blocks[:MOST_THINGS], 1):
        lines += [f"  {number}  {block[0][5:]}", *block[1:]]
    names = [*(_name(item) for item in own), *map(_title, now)]
    if further := names[MOST_THINGS:]:
        lines += wrapped(f"Also: {'; '.join(further)}.", page)
    if later := [_title(thing) for thing in read if thing not in now]:
        lines += wrapped(f"For later, not before a call: {'; '.join(later)}.", page)
    return [*lines, ""]


def _title(thing: Thing) -> str:
    return words.inside(thing.judged.row.place.setting.title)


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


def _name(finding: Finding) -> str:
    """Return what an item is called inside a sentence, as a matter of the person's own."""
    question = finding.rule.question
    return (question.name if question else "") or words.inside(finding.rule.title)


def _named(finding: Finding) -> str:
    """Return an item with what may help, and never the answer."""
    name, question = _name(finding), finding.rule.question
    hint = question.hint if question else ""
    return f"{name[:1].upper()}{name[1:]}. {hint}".rstrip()


def _answered(finding: Finding, said: Ending, page: Page) -> list[str]:
    """Return an item that was answered no or not sure, and how to change what it is about.

    Where steps are held back, only its name: what may help is mostly to change something.
    """
    if said.held_back:
        name = _name(finding)
        return wrapped(f"{name[:1].upper()}{name[1:]}.", page, 5)
    lines = wrapped(_named(finding), page, 5)
    read = next((item for item in finding.settings if item.status == FAIL), None)
    if read:
        lines += wrapped(f"Here: {words.change(read.row)[0]}", page, 5)
    return [*lines, *_on_the_phone(finding.rule, said, page)]


def _on_the_phone(rule: Rule, said: Ending, page: Page) -> Iterator[str]:
    """Yield where the same thing is on a phone, one line a system."""
    used = [use.id for use in rule.settings]
    for platform in PHONES:
        rows = [p for p in said.report.phones if p.variant.platform == platform]
        rows = [p for p in rows if p.setting.id in used]
        if rows:
            first = min(rows, key=lambda place: _usefulness(place, used))
            form = first.variant.form
            beside = f", {form.name}" if form.name else ""
            steps = " ".join(words.phone_steps(first.variant, form.change))
            yield from wrapped(f"{words.PLATFORM[platform]}{beside}: {steps}", page, 5)


def _usefulness(place: Place, used: Sequence[str]) -> tuple[int, bool]:
    """Sort by the rule's order, and of one setting what is documented before what is believed."""
    return used.index(place.setting.id), place.variant.form.steps == "believed"


def _read(thing: Thing, said: Ending, page: Page) -> list[str]:
    """Return what was read on this computer, with its first step."""
    row = thing.judged.row
    lines = wrapped(words.meaning(row, sites=page.sites), page, 5)
    if said.held_back:
        return lines
    lines += wrapped(words.change(row)[0], page, 5)
    return [*lines, *wrapped(f"Back: {words.undo(row)[0]}", page, 5)]
