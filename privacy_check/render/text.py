"""The report on a terminal: a first screen that fits, and everything behind `--all`.

Lines are wrapped to the width they are given. Nothing depends on colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from privacy_check.judge.findings import FAIL, PASS, Finding, Judged
from privacy_check.reading import NotApplicable
from privacy_check.render import words
from privacy_check.report.build import Report, Thing

FIRST_SCREEN = 24
"""Lines of the first screen at 80 columns."""

MOST_THINGS = 7
_ALL = "privacy-check run --all"
_PHONE_LINE = "Your phone: not seen from here. Look there too: alerts, previews, uploads."
_PILLAR_COLUMN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the text is written for.

    `again` is the command that shows the same run in full.
    """

    width: int = 80
    sites: bool = False
    again: str = _ALL


def render_first_screen(report: Report, page: Page) -> str:
    """Return what fits on one screen: at most seven things, then one line for each of the rest."""
    head = [*_heading(report, page), "", *_pillars(report, page), ""]
    tail = ["", *_tail(report, page)]
    room = FIRST_SCREEN - len(head) - len(tail)
    return _joined([*head, *_things(report, page, room), *tail])


def render_all(report: Report, page: Page) -> str:
    """Return everything: each rule with its settings, steps, question and limits."""
    lines = _heading(report, page)
    for phase, findings in report.by_phase():
        lines += ["", words.PHASE[phase], ""]
        for finding in findings:
            lines += _finding(finding, report, page)
    lines += ["", *_wrapped(words.PHONE, page), *_limits(page)]
    return _joined(lines)


def _heading(report: Report, page: Page) -> list[str]:
    coverage = report.coverage
    here = "this computer" if report.made.live else "a copy of a computer's files"
    looked_at = coverage.selected - coverage.not_applicable
    facts = f"{here}, {report.made.at:%H:%M}, {looked_at} settings looked at"
    title = "Call checklist"
    gap = page.width - len(title) - len(facts)
    lines = [title + " " * gap + facts] if gap > 1 else [title, *_wrapped(facts, page)]
    if report.made.administrator:
        lines += _wrapped(words.AS_ADMINISTRATOR, page)
    return lines


def _pillars(report: Report, page: Page) -> list[str]:
    """Return one line each for recording, the app and notifications."""
    lines = []
    for finding in report.pillars():
        name = words.PILLAR[finding.rule.pillar].ljust(_PILLAR_COLUMN)
        lines.append(_cut(name + _pillar_text(finding), page))
    return lines


def _pillar_text(finding: Finding) -> str:
    word = words.STATUS[finding.status]
    question = finding.rule.question
    if finding.status in ("error", "unknown"):
        decided = next(item for item in finding.settings if item.status == finding.status)
        return f"{word}. {words.meaning(decided.row)}"
    if finding.status == "notchecked" and question:
        return f"{word}: {question.text}"
    return f"{word}; still to answer." if finding.answer == "notchecked" else f"{word}."


def _things(report: Report, page: Page, room: int) -> list[str]:
    """Return the most important things that fit into `room` lines."""
    things = report.to_look_at()
    if not things:
        nothing = "Nothing that was read is worth a look."
        return _wrapped(nothing if report.coverage.checked else "Nothing could be read.", page)
    lines = ["Worth a look first"]
    shown = 0
    for thing in things[:MOST_THINGS]:
        block = _thing(shown + 1, thing, report, page)
        more = 1 if shown + 1 < len(things) else 0
        if shown and len(lines) + len(block) + more > room:
            break
        lines += block
        shown += 1
    left = len(things) - shown
    return [*lines, *_wrapped(f"+ {left} more: {page.again}", page, 5)] if left else lines


def _thing(number: int, thing: Thing, report: Report, page: Page) -> list[str]:
    """Return what a setting means, how to change it, and how to put it back."""
    lines = _wrapped(_said(thing.judged, report, page), page, 5)
    lines[0] = f"  {number}  " + lines[0][5:]
    return [*lines, *_step_lines(thing.judged, page)]


def _said(judged: Judged, report: Report, page: Page) -> str:
    """Return what was read and where, as one sentence with its source in brackets."""
    source = words.source(judged.row, report.made.at)
    sentence = words.meaning(judged.row, sites=page.sites)
    return f"{sentence} ({source})" if source else sentence


def _step_lines(judged: Judged, page: Page) -> list[str]:
    form = judged.row.place.variant.form
    change, undo = words.change(judged.row), words.undo(judged.row)
    lines = _wrapped(_first(change), page, 5)
    back = f"Back: {_first(undo)}"
    if len(lines) == 1 and len(lines[0]) + len(back) + 2 <= page.width:
        lines = [f"{lines[0]}  {back}"]
    else:
        lines += _wrapped(back, page, 5)
    if form.command in change[1:]:
        lines += _wrapped(f"Or: {form.command}", page, 5)
    return lines


def _first(steps: tuple[str, ...]) -> str:
    """Return a command alone, or the steps of a menu in one line."""
    menu = [step for step in steps if step.endswith((".", ")"))]
    return steps[0] if steps[0] not in menu else " ".join(menu)


def _tail(report: Report, page: Page) -> list[str]:
    lines = []
    unread = [*report.unread(), *report.unsure()]
    if unread:
        titles = _unique(thing.judged.row.place.setting.title.lower() for thing in unread)
        listed = f"Could not read or not sure ({len(titles)}): {', '.join(titles)}"
        lines += [
            _cut(listed, page),
            *_wrapped(f"Why, and how to look by hand: {page.again}", page, 2),
        ]
    if asked := len(report.to_answer()):
        lines += _wrapped(f"To answer: {_questions(asked)}. Read them: {page.again}", page)
    return [*lines, *_wrapped(_PHONE_LINE, page), *_limits(page)]


def _questions(number: int) -> str:
    return "1 short question" if number == 1 else f"{number} short questions"


def _limits(page: Page) -> list[str]:
    return [*_wrapped(words.CANNOT_SHOW, page), *_wrapped(words.MAY_BE_NOTICED, page)]


def _finding(finding: Finding, report: Report, page: Page) -> Iterator[str]:
    """Yield one rule with all that was found for it."""
    rule = finding.rule
    yield from _wrapped(f"{words.STATUS[finding.status]}: {rule.title}", page, 2)
    for judged in finding.settings:
        if isinstance(judged.row.reading, NotApplicable):
            continue
        yield from _wrapped(_said(judged, report, page), page, 4)
        if judged.status not in (PASS, "informational"):
            yield from _steps("Change" if judged.status == FAIL else "Look", judged, page)
    if rule.question and finding.answer == "notchecked":
        yield from _wrapped(f"To answer: {rule.question.text}", page, 4)
    if not rule.settings and rule.question is None:
        yield from _wrapped(rule.why, page, 4)
    if finding.status == PASS and rule.limits:
        yield from _wrapped(rule.limits, page, 4)


def _steps(name: str, judged: Judged, page: Page) -> Iterator[str]:
    for step in words.change(judged.row):
        yield from _wrapped(f"{name}: {step}", page, 6)
    for step in words.undo(judged.row):
        yield from _wrapped(f"Put back: {step}", page, 6)


def _wrapped(text: str, page: Page, indent: int = 0) -> list[str]:
    space = " " * indent
    return textwrap.wrap(
        text,
        max(page.width, 20),
        initial_indent=space,
        subsequent_indent=space,
        break_on_hyphens=False,
    )


def _cut(text: str, page: Page) -> str:
    """Return one line, shortened where it is too long; on a narrow screen, all lines."""
    if len(text) <= page.width or page.width < FULL_WIDTH:
        return "\n".join(_wrapped(text, page))
    return text[: page.width - 1].rstrip(" ,.;") + "…"


FULL_WIDTH = 80
"""Columns from which a long line is shortened rather than wrapped."""


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
