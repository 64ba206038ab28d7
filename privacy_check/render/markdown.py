"""The report as Markdown with boxes to tick: for a ticket, a handout, an editor."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from privacy_check.judge.answers import prompts
from privacy_check.judge.findings import FIXED, NOT_CHECKED, PASS, Finding, Row
from privacy_check.plaintext import plain
from privacy_check.render import words
from privacy_check.render.page import Page
from privacy_check.render.since import since_lines
from privacy_check.report.build import Report, Since, Thing


def render_markdown(report: Report) -> str:
    """Return the report; sites are counted, never named."""
    lines = ["# Call checklist", ""]
    if report.made.administrator:
        lines += [words.AS_ADMINISTRATOR, ""]
    if report.since:
        lines += [*_compared(report.since, report.made.at), ""]
    for title, items in _sections(report):
        if items:
            lines += [f"## {title}", "", *items, ""]
    coverage = report.coverage
    counted = (
        f"{coverage.checked} settings read, {coverage.unreadable} could not be read, "
        f"{coverage.not_applicable} do not apply, {coverage.asked} questions open. "
        f"{report.made.at:%Y-%m-%d}."
    )
    rules = f"{words.rules_whole(report.made)} {words.rules_are_old(report.made)}".rstrip()
    lines += [
        counted,
        "",
        rules,
        "",
        words.PHONE,
        "",
        f"{words.MAY_BE_NOTICED} {words.CANNOT_SHOW}",
    ]
    return "\n".join(lines) + "\n"


def _sections(report: Report) -> Iterator[tuple[str, list[str]]]:
    yield words.STATUS["fail"], [line for thing in report.to_look_at() for line in _thing(thing)]
    yield words.STATUS["error"], [line for thing in report.unread() for line in _unread(thing)]
    yield words.STATUS["unknown"], [line for thing in report.unsure() for line in _unread(thing)]
    yield words.STATUS["notchecked"], _questions(report)
    good = [finding for finding in report.findings if finding.status in (PASS, FIXED)]
    yield words.STATUS["pass"], [_good(finding) for finding in good]
    yield "On a phone", _on_phones(report)
    told = [finding for finding in report.findings if finding.status == "informational"]
    yield (
        words.STATUS["informational"],
        [f"- {_escaped(finding.rule.say or finding.rule.why)}" for finding in told],
    )


def _questions(report: Report) -> list[str]:
    """Return each open question once, in the order of a call."""
    findings = report.to_answer()
    covered = {name for item in prompts([f.rule for f in findings]) for name in item.covers}
    asked = (item.rule.question for item in findings if item.rule.id not in covered)
    return [f"- [ ] {_escaped(item.asked_as or item.text)}" for item in asked if item]


def _on_phones(report: Report) -> list[str]:
    """Return what to look at on a phone, one line a setting, with the first step of each kind."""
    lines: dict[str, list[str]] = {}
    for place in report.phones:
        form = place.variant.form
        kind = words.PLATFORM[place.variant.platform] + (f", {form.name}" if form.name else "")
        steps = words.phone_steps(place.variant, (*form.look, *form.change))
        path = next((step for step in steps if " > " in step), steps[0])
        lines.setdefault(place.setting.id, [f"- [ ] {_escaped(place.setting.title)}"])
        lines[place.setting.id].append(f"  - {_escaped(kind)}: {_escaped(path)}")
    return [line for block in lines.values() for line in block]


def _compared(since: Since, now: dt.datetime) -> Iterator[str]:
    """Yield what became of an earlier report, as headings and lists."""
    for line in since_lines(since, now, Page(width=10_000)):
        text = _escaped(line.strip())
        level = len(line) - len(line.lstrip())
        yield {0: f"## {text}" if text else "", 2: f"- {text}", 4: f"  - {text}"}[level]


def _good(finding: Finding) -> str:
    """Return a line that is ticked only if no question of the rule is open."""
    box = "[ ]" if finding.answer == NOT_CHECKED else "[x]"
    limits = f" {_escaped(finding.rule.limits)}" if finding.rule.limits else ""
    still = " Still to answer." if finding.answer == NOT_CHECKED else ""
    return f"- {box} {_escaped(finding.rule.title)}.{still}{limits}"


def _thing(thing: Thing) -> Iterator[str]:
    row = thing.judged.row
    yield _headline(row)
    for step in words.change(row):
        yield f"  - Change: {_step(step)}"
    for step in words.undo(row):
        yield f"  - Put back: {_step(step)}"


def _unread(thing: Thing) -> Iterator[str]:
    row = thing.judged.row
    yield _headline(row)
    for step in words.look(row):
        yield f"  - Look: {_step(step)}"


def _headline(row: Row) -> str:
    name = words.program(row)
    beside = f" ({_escaped(name)})" if name else ""
    return f"- [ ] {_escaped(row.place.setting.title)}{beside}: {_escaped(words.meaning(row))}"


def _step(step: str) -> str:
    """Return a step; a command, which ends without a full stop, as code."""
    return _escaped(step) if step.endswith((".", ")")) else f"`{step}`"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", plain(text))
