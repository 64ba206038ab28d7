"""All that is known of one app, as text: grades, facts with sources and dates, beliefs apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from privacy_check.judge.grades import grades, is_to_recheck, marks, sources_of
from privacy_check.render import app_words, words
from privacy_check.render.app_words import GRADE, USE
from privacy_check.render.page import Page, bullet, joined, wrapped
from privacy_check.rulebook.catalogue import App, Fact
from privacy_check.rulebook.records import Source

_BELIEVED = "Believed, without a source, and no part of any grade"


def render_app(app: App, today: dt.date, page: Page) -> str:
    """Return all that is known of an app.

    Args:
        app: The app.
        today: What is long before this day, or has no date, is marked to be looked up again.
        page: What it is written for.
    """
    lines = [*wrapped(app.name, page), ""]
    for graded in app_words.alike(grades(app)):
        uses = ", ".join(words.inside(USE[item.use]) for item in graded)
        lines += wrapped(f"{words.sentence_of(uses)[:-1]}: {GRADE[graded[0].word]}.", page)
        lines += wrapped(app_words.reasons(graded[0]), page, 2)
    lines += [line for mark in marks(app) for line in wrapped(app_words.MARK[mark], page)]
    lines += wrapped(app_words.WHAT_A_GRADE_SAYS, page)
    lines += ["", *wrapped("Look at in it", page)]
    lines += [line for text in app.review for line in bullet(text, page)]
    if app.settings:
        ids = ", ".join(use.id for use in app.settings)
        lines += wrapped(f"What can be read of it here, with privacy-check explain ID: {ids}", page)
    lines += ["", *wrapped("What is known, and from where", page)]
    lines += _fact("status", app.status, app, today, page)
    for name, fact in app.facts.items():
        lines += _fact(name, fact, app, today, page)
    if app.elsewhere:
        lines += ["", *wrapped("Its names on other systems", page)]
        for name, fact in app.elsewhere.items():
            lines += _fact(name, fact, app, today, page)
    if app.believed:
        lines += ["", *wrapped(_BELIEVED, page)]
        for belief in app.believed:
            lines += wrapped(f"{_named(belief.about)}: {belief.says}", page, 2)
    return joined([*lines, "", *_sources(app, today, page)])


def _fact(name: str, fact: Fact, app: App, today: dt.date, page: Page) -> Iterator[str]:
    said = ", ".join(fact.values)
    known = sources_of(app, fact)
    names = [name for name in (fact.source, fact.also) if name]
    cited = "; ".join(
        f"{key}, {app_words.dated(one, today)}" for key, one in zip(names, known, strict=True)
    )
    review = f", by {fact.who} ({fact.year})" if fact.who else ""
    yield from wrapped(f"{_named(name)}: {said}{review}{f' [{cited}]' if cited else ''}", page, 2)
    if fact.note:
        yield from wrapped(fact.note, page, 4)


def _named(name: str) -> str:
    """Return what a fact is called; a belief may be about anything."""
    return app_words.FACT.get(name) or words.sentence_of(name.replace("-", " ")).rstrip(".")


def _sources(app: App, today: dt.date, page: Page) -> Iterator[str]:
    yield from wrapped("Sources", page)
    for name, source in app.sources.items():
        yield from wrapped(f"[{name}] {_cited(source, today)}", page, 2)
    old = sum(is_to_recheck(source, today) for source in app.sources.values())
    if old:
        yield from wrapped(app_words.RE_CHECK_MEANS, page)


def _cited(source: Source, today: dt.date) -> str:
    where = f": {source.where}" if source.where else ""
    dated = app_words.dated(source, today)
    return f"{source.title}{where} ({source.kind}, {dated}, checked {source.checked})."
