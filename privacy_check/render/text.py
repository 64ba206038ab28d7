"""The report on a terminal: a first screen that fits, and everything behind `--all`.

Lines are wrapped to the width they are given. Nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privacy_check.judge.findings import FAIL, FIXED, PASS, Finding, Judged
from privacy_check.reading import NotApplicable
from privacy_check.render import words
from privacy_check.render.page import Page, cut, joined, wrapped
from privacy_check.report.build import Report, Thing, one_a_rule
from privacy_check.rulebook.vocabulary import PHONES

FIRST_SCREEN = 24
"""Lines of the first screen at 80 columns."""

MOST_THINGS = 7
_PILLAR_COLUMN = 15
_CARDS = ("during", "after")
"""The phases that have a card; nobody works through a list in the middle of a call."""


def render_text(report: Report, page: Page) -> str:
    """Return what fits the wish: a card, what became of an earlier report, or the first screen."""
    if report.made.wish.phase in _CARDS:
        from privacy_check.render.card import render_card

        return render_card(report, page)
    if report.since:
        lines = [*_heading(report, page), *_since(report, page), "", *_tail(report, page)]
        return joined(lines)
    return render_first_screen(report, page)


def _since(report: Report, page: Page) -> list[str]:
    """Return what became of an earlier report, where there is one."""
    if report.since is None:
        return []
    from privacy_check.render.since import since_lines

    return ["", *since_lines(report.since, report.made.at, page)]


def render_first_screen(report: Report, page: Page) -> str:
    """Return what fits on one screen: at most seven things, then one line for each of the rest."""
    pillars = _pillars(report, page)
    head = [*_heading(report, page), "", *pillars, *([""] if pillars else [])]
    tail = ["", *_tail(report, page)]
    room = FIRST_SCREEN - len(head) - len(tail)
    return joined([*head, *_things(report, page, room), *tail])


def render_all(report: Report, page: Page) -> str:
    """Return everything: each rule with its settings, steps, question and limits."""
    lines = [*_heading(report, page), *_since(report, page)]
    for phase, findings in report.by_phase():
        lines += ["", words.PHASE[phase], ""]
        for finding in findings:
            lines += _finding(finding, report, page)
    lines += ["", *wrapped(words.PHONE, page), *_limits(page)]
    lines += wrapped(words.rules_whole(report.made), page)
    return joined([*lines, *wrapped(words.rules_are_old(report.made), page)])


def _heading(report: Report, page: Page) -> list[str]:
    coverage, made = report.coverage, report.made
    here = "this computer" if made.live else "a copy of a computer's files"
    here = f"{words.PLATFORM[made.platform]}, not this computer" if made.elsewhere else here
    wanted = coverage.selected - coverage.not_applicable
    facts = f"{here}, {made.at:%H:%M}, {coverage.checked} of {wanted} settings read"
    title = "Call checklist"
    gap = page.width - len(title) - len(facts)
    lines = [title + " " * gap + facts] if gap > 1 else [title, *wrapped(facts, page)]
    if made.administrator and not made.elsewhere:
        lines += wrapped(words.AS_ADMINISTRATOR, page)
    return lines


def _pillars(report: Report, page: Page) -> list[str]:
    """Return one line each for recording, the app and notifications."""
    lines = []
    for finding in report.pillars():
        name = words.PILLAR[finding.rule.pillar].ljust(_PILLAR_COLUMN)
        lines += cut(name + _pillar_text(finding), page)
    return lines


def _pillar_text(finding: Finding) -> str:
    word = words.STATUS[finding.status]
    question = finding.rule.question
    if finding.status in ("fail", "error", "unknown"):
        decided = next(item for item in finding.settings if item.status == finding.status)
        return f"{word}: {words.meaning(decided.row)}"
    if finding.status == "notchecked" and question:
        return f"{word}: {question.text}"
    return f"{word}; still to answer." if finding.answer == "notchecked" else f"{word}."


def _things(report: Report, page: Page, room: int) -> list[str]:
    """Return the most important things that fit into `room` lines.

    As many as possible are shown, and of those as many as possible with all their steps.
    """
    things = one_a_rule(report.to_look_at())
    if not things:
        return wrapped(words.nothing_found(report.coverage), page)
    shown = things[: MOST_THINGS - len(report.pillars())]
    brief = [_thing(i + 1, thing, report, page, whole=False) for i, thing in enumerate(shown)]
    whole = [_thing(i + 1, thing, report, page, whole=True) for i, thing in enumerate(shown)]
    while len(brief) > 1 and sum(map(len, brief)) >= room:
        del brief[-1]
    number = next(
        (n for n in range(len(brief), 0, -1) if sum(map(len, whole[:n] + brief[n:])) < room), 0
    )
    counted = f" ({len(brief)} of {len(things)})" if len(brief) < len(things) else ""
    blocks = [*whole[:number], *brief[number:]]
    heading = wrapped(f"Worth a look first{counted}", page)
    return [*heading, *(line for block in blocks for line in block)]


def _thing(number: int, thing: Thing, report: Report, page: Page, *, whole: bool) -> list[str]:
    """Return what a setting means, how to change it, and how to put it back."""
    said = _said(thing.judged, report, page)
    lines = wrapped(said, page, 5)
    if len(lines) > 1 and not whole:
        lines = cut(words.meaning(thing.judged.row, sites=page.sites), page, 5)
    lines[0] = f"  {number}  " + lines[0][5:]
    return [*lines, *(_step_lines if whole else _brief_steps)(thing.judged, page)]


def _brief_steps(judged: Judged, page: Page) -> list[str]:
    """Return the first step, and how to put it back where that fits beside it."""
    line, back = words.change(judged.row)[0], f"Back: {words.undo(judged.row)[0]}"
    if len(line) + len(back) + 7 <= page.width:
        line = f"{line}  {back}"
    return cut(line, page, 5)


def _step_lines(judged: Judged, page: Page) -> list[str]:
    """Return the steps, how to put it back, and the command where there is one."""
    form = judged.row.place.variant.form
    change, undo = words.change(judged.row), words.undo(judged.row)
    lines = wrapped(_first(change), page, 5)
    back = f"Back: {_first(undo)}"
    if len(lines) == 1 and len(lines[0]) + len(back) + 2 <= page.width:
        lines = [f"{lines[0]}  {back}"]
    else:
        lines += wrapped(back, page, 5)
    if form.command in change[1:]:
        lines += wrapped(f"Or: {form.command}", page, 5)
    return lines


def _said(judged: Judged, report: Report, page: Page) -> str:
    """Return what was read and where, as one sentence with its source in brackets."""
    source = words.source(judged.row, report.made.at)
    sentence = words.meaning(judged.row, sites=page.sites)
    return f"{sentence} ({source})" if source else sentence


def _first(steps: tuple[str, ...]) -> str:
    """Return a leading command alone, or the steps of a menu in one line."""
    menu = [step for step in steps if step.endswith((".", ")"))]
    return steps[0] if steps[0] not in menu else " ".join(menu)


def _tail(report: Report, page: Page) -> list[str]:
    lines: list[str] = []
    unread = [*report.unread(), *report.unsure()]
    if unread:
        titles = _unique(words.inside(thing.judged.row.place.setting.title) for thing in unread)
        lines += cut(f"Could not read or not sure ({len(titles)}): {', '.join(titles)}", page)[:2]
    more = f"Everything, with reasons: add --all   {words.rules_age(report.made)}"
    lines += [*wrapped(more, page), *wrapped(words.rules_are_old(report.made), page)]
    phone = report.made.platform in PHONES
    line = f"Look there yourself: privacy-check settings --platform {report.made.platform}"
    lines += wrapped(line if phone else words.PHONE_LINE, page)
    return [*lines, *_limits(page), *wrapped(_next(report), page)]


def _next(report: Report) -> str:
    """Return what to do next: the questions, where there are any."""
    asked = (finding.rule.question for finding in report.to_answer())
    short = sum(bool(question and question.quick) for question in asked)
    if not short:
        return "Next: change what you like, by the steps above, and run this again."
    number = "1 short question" if short == 1 else f"{short} short questions"
    wish = report.made.wish
    chosen = f" --profile {wish.profile}" if wish.profile else ""
    chosen += f" --channel {wish.channel}" if wish.channel != "video" else ""
    return f"Next: {number}, about a minute: privacy-check ask{chosen}"


def _limits(page: Page) -> list[str]:
    return [*wrapped(words.MAY_BE_NOTICED, page), *wrapped(words.CANNOT_SHOW, page)]


def _finding(finding: Finding, report: Report, page: Page) -> Iterator[str]:
    """Yield one rule with all that was found for it."""
    rule = finding.rule
    yield from wrapped(f"{words.STATUS[finding.status]}: {rule.title}", page, 2)
    for judged in finding.settings:
        if isinstance(judged.row.reading, NotApplicable):
            continue
        yield from wrapped(_said(judged, report, page), page, 4)
        if judged.status == FAIL:
            yield from _steps(judged, page)
        elif judged.status not in (PASS, "informational"):
            for step in words.look(judged.row):
                yield from wrapped(f"Look: {step}", page, 6)
    if titles := words.phone_titles(rule, report.phones):
        yield from wrapped(f"On a phone: {titles} (privacy-check explain {rule.id})", page, 4)
    if rule.question and finding.answer == "notchecked":
        yield from wrapped(f"To answer: {rule.question.text}", page, 4)
    if finding.status == "informational" and rule.question is None:
        yield from wrapped(rule.say or rule.why, page, 4)
    if finding.status in (PASS, FIXED) and rule.limits:
        yield from wrapped(rule.limits, page, 4)


def _steps(judged: Judged, page: Page) -> Iterator[str]:
    for step in words.change(judged.row):
        yield from wrapped(f"Change: {step}", page, 6)
    for step in words.undo(judged.row):
        yield from wrapped(f"Put back: {step}", page, 6)


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
