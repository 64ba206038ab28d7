"""A small card for the call itself, and for the minutes after it: only statements."""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.judge.findings import Finding
from privacy_check.render import words
from privacy_check.render.page import Page, bullet, joined, wrapped
from privacy_check.render.since import since_lines
from privacy_check.report.build import Report

_PUT_BACK = (
    "Put back what you changed for the call, unless you like it better now. "
    "A report that you kept tells what it was: privacy-check run --phase after --since REPORT"
)


def render_card(report: Report, page: Page) -> str:
    """Return the statements of the phase, and what is worth a look for it now."""
    phase = report.made.wish.phase
    lines = [words.PHASE[phase], ""]
    if any(finding.rule.record_first for finding in report.findings):
        lines += bullet(f"{words.RECORD_FIRST} See: privacy-check support", page)
    for finding in sorted(report.findings, key=_statements_first):
        lines += _statement(finding, page)
    if report.since:
        lines += ["", *since_lines(report.since, report.made.at, page)]
    elif phase == "after":
        lines += bullet(_PUT_BACK, page)
    things = report.to_look_at()
    if things:
        lines += ["", "On this computer"]
    for thing in things:
        row = thing.judged.row
        lines += wrapped(words.meaning(row, sites=page.sites), page, 2)
        lines += wrapped(words.change(row)[0], page, 4)
    limits = (words.PHONE_LINE, words.MAY_BE_NOTICED, words.CANNOT_SHOW)
    return joined([*lines, "", *(line for text in limits for line in wrapped(text, page))])


def _statements_first(finding: Finding) -> tuple[int, str]:
    return finding.rule.rank, finding.rule.id


def _statement(finding: Finding, page: Page) -> Iterator[str]:
    """Yield one line of the card; a rule without a sentence for it gives its question."""
    rule = finding.rule
    said = rule.say or (rule.question.text if rule.question else "")
    yield from bullet(said, page) if said else ()
