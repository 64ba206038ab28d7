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
    lines = [*wrapped(app.name, page), "", *_grades(app, page)]
    for title, part in (
        ("Look at in it", _review(app, page)),
        ("What is known, and from where", _facts(app, today, page)),
        ("How it is found on a Linux computer", _on_linux(app, page)),
        ("Its call links", _links(app, page)),
        ("Where apps --online reads its newest version", _newest(app, page)),
        ("Its names on other systems", _elsewhere(app, today, page)),
        (_BELIEVED, _believed(app, page)),
        ("Sources", _sources(app, today, page)),
    ):
        if shown := list(part):
            lines += ["", *wrapped(title, page), *shown]
    return joined(lines)


def _grades(app: App, page: Page) -> Iterator[str]:
    for graded in app_words.alike(grades(app)):
        uses = ", ".join(words.inside(USE[item.use]) for item in graded)
        yield from wrapped(f"{words.sentence_of(uses)[:-1]}: {GRADE[graded[0].word]}.", page)
        if graded[0].word:
            yield from wrapped(app_words.reasons(graded[0]), page, 2)
    for mark in marks(app):
        yield from wrapped(app_words.MARK[mark], page)
    yield from wrapped(app_words.WHAT_A_GRADE_SAYS, page)


def _review(app: App, page: Page) -> Iterator[str]:
    for text in app.review:
        yield from bullet(text, page)
    if app.settings:
        ids = ", ".join(use.id for use in app.settings)
        yield from wrapped(
            f"What can be read of it here, with privacy-check explain ID: {ids}", page
        )


def _facts(app: App, today: dt.date, page: Page) -> Iterator[str]:
    for name, fact in {"status": app.status, **app.facts}.items():
        yield from _fact(name, fact, app, today, page)


def _elsewhere(app: App, today: dt.date, page: Page) -> Iterator[str]:
    for name, fact in app.elsewhere.items():
        yield from _fact(name, fact, app, today, page)


def _believed(app: App, page: Page) -> Iterator[str]:
    for belief in app.believed:
        yield from wrapped(f"{_named(belief.about)}: {belief.says}", page, 2)


def _fact(name: str, fact: Fact, app: App, today: dt.date, page: Page) -> Iterator[str]:
    said = ", ".join(app_words.VALUE.get(value, value) for value in fact.values)
    known = sources_of(app, fact)
    names = [name for name in (fact.source, fact.also) if name]
    cited = "; ".join(
        f"{key}, {app_words.dated(one, today)}" for key, one in zip(names, known, strict=True)
    )
    review = f", by {fact.who} ({fact.year})" if fact.who else ""
    yield from wrapped(f"{_named(name)}: {said}{review}{f' [{cited}]' if cited else ''}", page, 2)
    if fact.note:
        yield from wrapped(fact.note, page, 4)


def _on_linux(app: App, page: Page) -> Iterator[str]:
    linux = app.linux
    ways = {
        "Debian packages": [package.name for package in linux.packages],
        "Flatpak": linux.flatpaks,
        "Snap": linux.snaps,
        "Desktop files": [entry.name for entry in linux.entries],
        "While running": [item.process for item in linux.running],
        "In a browser": linux.sites,
    }
    for way, names in ways.items():
        if names:
            yield from wrapped(f"{way}: {', '.join(dict.fromkeys(names))}", page, 2)
    if linux.sources:
        yield from wrapped(f"[{', '.join(linux.sources)}]", page, 2)


def _links(app: App, page: Page) -> Iterator[str]:
    """Yield each group of hosts once, with what is secret in the links to them."""
    told: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for link in app.links:
        where = ", ".join(link.hosts or (f"{scheme}:" for scheme in link.schemes))
        secrets, sources = told.setdefault(where, ({}, {}))
        secrets[link.secret] = sources[link.source] = None
    for where, (secrets, sources) in told.items():
        yield from wrapped(f"{where} ({'; '.join(secrets)}) [{', '.join(sources)}]", page, 2)


def _newest(app: App, page: Page) -> Iterator[str]:
    for place in app.newest:
        said = f"{place.how}: {place.address} ({', '.join(place.systems)}) [{place.source}]"
        yield from wrapped(said, page, 2)


def _named(name: str) -> str:
    """Return what a fact is called; a belief may be about anything."""
    return app_words.FACT.get(name) or words.sentence_of(name.replace("-", " ")).rstrip(".")


def _sources(app: App, today: dt.date, page: Page) -> Iterator[str]:
    for name, source in app.sources.items():
        yield from wrapped(f"[{name}] {_cited(source, today)}", page, 2)
    old = sum(is_to_recheck(source, today) for source in app.sources.values())
    if old:
        yield from wrapped(app_words.RE_CHECK_MEANS, page)


def _cited(source: Source, today: dt.date) -> str:
    where = f": {source.where}" if source.where else ""
    dated = app_words.dated(source, today)
    return f"{source.title}{where} ({source.kind}, {dated}, checked {source.checked})."
