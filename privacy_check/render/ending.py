"""The last screens of `ask`: the outcome with what to do about it, and all that was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacy_check.judge.findings import FAIL, UNKNOWN, Finding
from privacy_check.judge.outcome import PAUSE, REVIEW_FIRST, Outcome
from privacy_check.record import record
from privacy_check.render import planned, words
from privacy_check.render.page import Page, bullet, wrapped
from privacy_check.render.screen import Keys
from privacy_check.report.build import Report, Thing, one_a_rule
from privacy_check.rulebook.records import Rule
from privacy_check.rulebook.select import Place
from privacy_check.rulebook.vocabulary import PHASES

MOST_THINGS = 3


@record
class Ending:
    """All that the last screen speaks of; with `care`, steps may be held back."""

    report: Report
    outcome: Outcome
    care: bool
    held_back: bool
    nervous: str = ""


def ending_keys(said: Ending, *, more: bool, keeps: bool) -> Keys:
    """Return the keys of the last screen."""
    return (
        *((("m", "more questions"),) if more else ()),
        ("a", "all settings"),
        *planned.CHOOSE_KEYS,
        ("h", "where to find help"),
        *((("c", "show steps"),) if said.held_back else ()),
        *((("k", "keep in your file, and end"),) if keeps else ()),
        ("b", "back"),
        ("enter", "end"),
    )


def ending(said: Ending, page: Page) -> list[str]:
    """Return the outcome, what was not answered, what to look at, and what this cannot show."""
    lines = wrapped(_lead(said), page)
    if said.outcome.word == PAUSE:
        if said.nervous and _all_unsure(said.outcome):
            lines += wrapped(said.nervous, page)
        lines += ["", *_reasons(said, page)]
    else:
        lines += ["", *_unanswered(said.outcome, page), *_things(said, page)]
        lines += _app(said, page)
    careful = words.CHANGE_MAY_BE_NOTICED if said.care else words.MAY_BE_NOTICED
    for text in (careful, words.CANNOT_SHOW, words.NOT_ERASED):
        lines += wrapped(text, page)
    return lines


def _app(said: Ending, page: Page) -> list[str]:
    """Return what is known of the app that was picked; a weak one stands among the things to do."""
    report = said.report
    if report.planned is None or report.planned.status:
        return []
    today = report.made.at.date()
    return [*planned.ending_lines(report.planned, today, page, held_back=said.held_back), ""]


def _weak_app(said: Ending, page: Page) -> list[str]:
    """Return what is known of a picked app whose grade is worth a look; empty for none."""
    report = said.report
    if report.planned is None or not report.planned.status:
        return []
    return planned.weak_lines(report.planned, report.made.at.date(), page, held_back=said.held_back)


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
    if number := len(one_a_rule(said.report.to_look_at())):
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
    weak = _weak_app(said, page)
    own = _once(sorted(_not_good(said.report.findings), key=_weight))
    rules = {item.rule.id for item in own}
    read = [thing for thing in one_a_rule(said.report.to_look_at()) if thing.rule.id not in rules]
    now = [thing for thing in read if not thing.judged.row.place.variant.form.later]
    blocks = [_answered(item, said, page) for item in own]
    blocks += [*([weak] if weak else []), *(_read(thing, said, page) for thing in now)]
    if not (blocks or read):
        return [*wrapped(words.nothing_found(said.report.coverage), page), ""]
    lines = ["Worth a look first"] if blocks else []
    for number, block in enumerate(blocks[:MOST_THINGS], 1):
        lines += [f"  {number}  {block[0][5:]}", *block[1:]]
    names = [*(_name(item) for item in own), *(["the app"] if weak else []), *map(_title, now)]
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
    return (not pause, finding.rule.rank, finding.rule.id)


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those that only share the answer of another one."""
    shared = {name for item in findings if item.rule.question for name in item.rule.question.also}
    return [item for item in findings if item.rule.id not in shared]


def _name(finding: Finding) -> str:
    """Return what an item is called inside a sentence, as a matter of the person's own."""
    question = finding.rule.question
    return (question.name if question else "") or words.inside(finding.rule.title)


def _named(finding: Finding) -> str:
    """Return an item with what may help, and never the answer."""
    question = finding.rule.question
    hint = question.hint if question else ""
    return f"{words.sentence_of(_name(finding))} {hint}".rstrip()


def _answered(finding: Finding, said: Ending, page: Page) -> list[str]:
    """Return an item that was answered no or not sure, and how to change what it is about.

    Where steps are held back, only its name: what may help is mostly to change something.
    """
    if said.held_back:
        return wrapped(words.sentence_of(_name(finding)), page, 5)
    lines = wrapped(_named(finding), page, 5)
    read = next((item for item in finding.settings if item.status == FAIL), None)
    if read:
        lines += wrapped(f"Here: {words.change(read.row)[0]}", page, 5)
    return [*lines, *_on_the_phone(finding.rule, said, page)]


def _on_the_phone(rule: Rule, said: Ending, page: Page) -> Iterator[str]:
    """Yield where the same thing is on a phone, one line a system."""
    used = [use.id for use in rule.settings]
    for phone, places in words.by_phone(rule, said.report.phones):
        first = min(places, key=lambda place: _usefulness(place, used))
        form = first.variant.form
        beside = f", {form.name}" if form.name else ""
        steps = " ".join(words.phone_steps(first.variant, form.change))
        yield from wrapped(f"{phone}{beside}: {steps}", page, 5)


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
