"""The call apps as text: what is here with its grades, a comparison, and all about one app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from privacy_check.judge.findings import FAIL
from privacy_check.judge.grades import WORST_FIRST, marks, worst
from privacy_check.judge.planned import Planned
from privacy_check.plaintext import plain
from privacy_check.render import app_words, words
from privacy_check.render.app_words import GRADE, USE
from privacy_check.render.page import Page, hanging, joined, wrapped
from privacy_check.report.apps import USE_OF, AppEntry, AppsReport
from privacy_check.rulebook.vocabulary import CALL_USES
from privacy_check.seen import Fresh, Seen

_USE_COLUMN = 24
_HOW = {
    "package": "Debian package",
    "flatpak": "Flatpak",
    "snap": "snap",
    "desktop-file": "desktop entry",
    "running": "running now",
    "site": "used in a browser",
}
_AS_ADMINISTRATOR = "Run as administrator: what only other accounts have is not seen."
_OF_TWO = "This is for a call of two people. For more: privacy-check apps --for group"
_RESULT = {
    "current": "This is the newest version that its vendor names.",
    "older": "Its vendor names a newer version.",
    "newer": "This version is newer than the one its vendor names.",
    "unknown": "Whether there is a newer version is not known.",
}


def render_apps(report: AppsReport, page: Page) -> str:
    """Return what is here: each app with its grades, and what to look at in it."""
    lines = _heading("Call and message apps", report, page)
    here = report.here()
    for entry in here:
        lines += ["", *_entry(entry, report, page)]
    if not here:
        lines += ["", *wrapped(_nothing_here(report), page)]
    for title, entries in (
        ("Used in a browser here", report.in_browsers()),
        ("Not sure whether it is here", report.in_doubt()),
    ):
        if entries:
            lines += ["", *wrapped(title, page)]
        for entry in entries:
            lines += _brief(entry, page)
    return joined([*lines, "", *_tail(report, page)])


def _nothing_here(report: AppsReport) -> str:
    if not report.looked:
        return "Nothing could be looked at, so this says nothing about the apps here."
    if report.unread:
        return "None of the apps we know was found in what could be looked at."
    return f"None of the {len(report.entries)} apps we know was found here."


def _heading(title: str, report: AppsReport, page: Page) -> list[str]:
    made = report.made
    here = "this computer" if made.live else "a copy of a computer's files"
    facts = f"{here}, {made.at:%H:%M}"
    gap = page.width - len(title) - len(facts)
    lines = (
        [title + " " * gap + facts] if gap > 1 else [*wrapped(title, page), *wrapped(facts, page)]
    )
    return [*lines, *(wrapped(_AS_ADMINISTRATOR, page) if made.administrator else [])]


def _entry(entry: AppEntry, report: AppsReport, page: Page) -> Iterator[str]:
    today = report.made.at.date()
    yield from wrapped(f"{entry.app.name} ({', '.join(_signs(entry.seen))})", page)
    for doubt in entry.seen.doubts:
        yield from wrapped(words.sentence_of(plain(doubt)), page, 2)
    if entry.fresh:
        yield from (line for text in _freshness(entry.fresh) for line in wrapped(text, page, 2))
    for graded in app_words.alike(entry.grades):
        for item in graded:
            yield from wrapped(f"{USE[item.use]:<{_USE_COLUMN}}{GRADE[item.word]}", page, 2)
        if graded[0].word:
            yield from wrapped(app_words.why(entry.app, graded, today, limits=True), page, 6)
    for mark in marks(entry.app):
        yield from wrapped(app_words.MARK[mark], page, 2)
    yield from wrapped("Look at in it", page, 2)
    yield from (line for text in entry.app.review for line in _item(text, page))
    yield from _settings(entry, page)
    yield from wrapped(f"All about it: privacy-check explain app:{entry.app.id}", page, 2)


def _item(text: str, page: Page) -> list[str]:
    lines = wrapped(text, page, 5)
    return [f"  -  {lines[0][5:]}", *lines[1:]]


def _signs(seen: Seen) -> list[str]:
    """Return how an app was seen, each way once, with the version where one was read."""
    said: dict[str, str] = {}
    for sign in seen.signs:
        version = f" {plain(sign.version)}" if sign.version else ""
        said.setdefault(sign.how, f"{_HOW[sign.how]}{version}")
    return list(said.values())


def _brief(entry: AppEntry, page: Page) -> Iterator[str]:
    seen = entry.seen
    said = [*(plain(sign.where) for sign in seen.signs), *map(plain, seen.doubts)]
    yield from wrapped(f"{entry.app.name}: {'; '.join(dict.fromkeys(said))}", page, 2)


def _settings(entry: AppEntry, page: Page) -> Iterator[str]:
    """Yield what was read of the app on this computer."""
    if not entry.settings:
        return
    yield from wrapped("Read here", page, 2)
    for judged in entry.settings:
        row = judged.row
        said = f"{words.STATUS[judged.status]}: {words.meaning(row, sites=page.sites)}"
        yield from _item(said, page)
        if judged.status == FAIL:
            yield from wrapped(f"Change: {words.change(row)[0]}", page, 5)
            yield from wrapped(f"Put back: {words.undo(row)[0]}", page, 5)


def _freshness(fresh: Fresh) -> Iterator[str]:
    """Yield what came of asking for the newest version."""
    installed = f"Here: {plain(fresh.installed)}. " if fresh.installed else ""
    newest = f"Newest: {plain(fresh.newest)}, asked of {plain(fresh.host)}" if fresh.newest else ""
    when = f" at {fresh.asked_at:%Y-%m-%d %H:%M}" if fresh.newest and fresh.asked_at else ""
    yield f"{installed}{newest}{when}{'. ' if newest else ''}{_RESULT[fresh.result]}"
    if fresh.reason:
        yield plain(fresh.reason)  # it may begin with the name of a host
    if fresh.attacks:
        listed = ", ".join(f"{plain(one.cve)} ({one.added})" for one in fresh.attacks)
        yield f"Faults in it that were used in attacks, by CISA's list: {listed}."
        yield "The list does not say in which versions. Take the newest one."
    elif fresh.attacks_as_of:
        yield f"CISA's list of {fresh.attacks_as_of} names no attack under this name."
    if fresh.attacks_reason:
        yield f"CISA's list was not read: {plain(fresh.attacks_reason)}"


def _tail(report: AppsReport, page: Page) -> Iterator[str]:
    if report.looked:
        yield from wrapped(f"Looked at: {', '.join(report.looked)}.", page)
    if number := len(report.not_known()):
        said = f"Of {number} apps we know of no Linux program: they cannot show here."
        yield from wrapped(said, page)
    for text in report.unread:
        yield from wrapped(f"Could not read: {plain(text)}", page)
    yield from wrapped(app_words.RE_CHECK_MEANS, page)
    yield from wrapped(app_words.WHAT_A_GRADE_SAYS, page)
    yield from wrapped("Compare all apps: privacy-check apps --for video", page)
    yield from wrapped(words.MAY_BE_NOTICED, page)
    yield from _age(report, page)


def _age(report: AppsReport, page: Page) -> Iterator[str]:
    for text in (words.rules_whole(report.made), words.rules_are_old(report.made)):
        yield from wrapped(text, page)


def render_comparison(report: AppsReport, planned: Collection[str], page: Page) -> str:
    """Return the apps that offer what is planned, by grade.

    Args:
        report: All apps.
        planned: Words of `USE_OF`; the worst grade among them counts.
        page: What it is written for.
    """
    wanted = {USE_OF[word] for word in planned}
    uses = tuple(use for use in CALL_USES if use in wanted)
    lines = _heading(f"Apps for {' and '.join(planned)}", report, page)
    if "one-to-one" in wanted and "group" not in wanted:
        lines += wrapped(_OF_TWO, page)
    today = report.made.at.date()
    offered = report.offered(planned)
    for word in reversed(WORST_FIRST):
        entries = [entry for entry in offered if worst(entry.planned(uses)) == word]
        if entries:
            lines += ["", *wrapped(words.sentence_of(GRADE[word]).rstrip("."), page)]
        for entry in entries:
            lines += _compared(entry, uses, today, page)
    lines += ["", *wrapped(app_words.RE_CHECK_MEANS, page)]
    lines += wrapped(app_words.WHAT_A_GRADE_SAYS, page)
    lines += wrapped("More about one of them: privacy-check explain app:ID", page)
    return joined([*lines, *_age(report, page)])


def _compared(entry: AppEntry, uses: tuple[str, ...], today: dt.date, page: Page) -> list[str]:
    """Return an app in the comparison, with the reasons of its worst grade."""
    decided = Planned(app=entry.app, uses=uses).worst
    here = ", here" if entry.is_here else ""
    use = f", {words.inside(USE[decided.use])}" if len(uses) > 1 else ""
    why = app_words.why(entry.app, (decided,), today)
    return hanging(f"  {entry.app.name} [{entry.app.id}{here}]{use}: {why}", page, 4)
