"""Grades an app for each use, from what is known of it alone, by steps that anybody can repeat.

A grade speaks of what can be looked up about an app. It never says what the people in a call do.
What is only believed is no fact, and no part of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from privacy_check.record import record
from privacy_check.rulebook.catalogue import App, Fact
from privacy_check.rulebook.records import Source
from privacy_check.rulebook.vocabulary import CALL_USES

STRONG = "strong"
ACCEPTABLE = "acceptable"
WEAK = "weak"
NOT_SUITED = "not suited"
NOT_OFFERED = ""
"""There is no grade for what an app does not offer."""

WORST_FIRST = (NOT_SUITED, WEAK, ACCEPTABLE, STRONG)

CALLS = ("one-to-one", "group")
MONTHS_CURRENT = 24
"""Months after which a fact is to be looked up again."""

OUTSIDERS = "outsiders"
"""The name of a reason: nothing was found that outsiders can look at."""

_OLD_REVIEW = 2021
_LESS_AND_LESS = ("default", "conditional", "opt-in", "no")
_CARRIES = ("default", "conditional", "opt-in")
_THIN = ("news", "community")
_UNKNOWN = Fact(values=("unknown",))


@record
class Reason:
    """A fact that led to a grade; `about` is its name in the app's file, or `OUTSIDERS`."""

    about: str
    fact: Fact


@record
class Grade:
    """The grade of an app for one use, empty where it is not offered, and what led to it."""

    use: str
    word: str
    reasons: tuple[Reason, ...]


def grade(app: App, use: str) -> Grade:
    """Return the grade of an app for one of `CALL_USES`; the first step that fits decides."""
    word, about = _decided(app, use)
    reasons = tuple(Reason(about=name, fact=_fact(app, name)) for name in about)
    return Grade(use=use, word=word, reasons=reasons)


def grades(app: App) -> tuple[Grade, ...]:
    """Return the grades for all uses."""
    return tuple(grade(app, use) for use in CALL_USES)


def worst(graded: Collection[Grade]) -> str:
    """Return the worst of some grades; empty where none is offered."""
    words = {item.word for item in graded}
    return next((word for word in WORST_FIRST if word in words), NOT_OFFERED)


def _decided(app: App, use: str) -> tuple[str, tuple[str, ...]]:
    """Return the word, and the names of the facts that led to it."""
    encryption, status = _value(app, use), app.status.value
    if encryption == "not-offered":
        return NOT_OFFERED, (use,)
    if status == "retired":
        return NOT_SUITED, ("status",)
    if encryption == "no":
        return NOT_SUITED, (use,)
    if encryption == "unknown":
        return WEAK, (use,)
    looked_at = tuple(_open_to_outsiders(app)) or (OUTSIDERS,)
    ending = ("status",) if status == "at-risk" else ()
    why = (use, *looked_at, *ending)
    if encryption == "claimed" or OUTSIDERS in looked_at or ending:
        return WEAK, why
    if encryption == "default" and _value(app, "open-source") == "yes" and _is_reviewed(app):
        return STRONG, why
    return ACCEPTABLE, why


def _open_to_outsiders(app: App) -> Iterator[str]:
    """Yield what outsiders can look at, or have looked at."""
    if _value(app, "open-source") in ("yes", "partial"):
        yield "open-source"
    if _value(app, "review") == "yes":
        yield "review"
    if _value(app, "protocol") == "yes":
        yield "protocol"


def _is_reviewed(app: App) -> bool:
    review = _fact(app, "review")
    return review.value == "yes" and bool(review.who and review.year)


def _fact(app: App, name: str) -> Fact:
    return app.status if name == "status" else app.facts.get(name, _UNKNOWN)


def _value(app: App, name: str) -> str:
    return _fact(app, name).value


def marks(app: App) -> tuple[str, ...]:
    """Return what is worth a question beside the grades, and changes none of them."""
    return tuple(_marks(app))


def _marks(app: App) -> Iterator[str]:
    if _value(app, "recording") not in ("none", "unknown"):
        yield "records"
    if _text_is_weaker(_value(app, "one-to-one"), _value(app, "text")):
        yield "text-weaker"
    if _value(app, "phone-number") == "yes":
        yield "phone-number"
    review = _fact(app, "review")
    if review.value == "yes" and review.year < _OLD_REVIEW:
        yield "old-review"
    if app.status.value in ("retired", "at-risk"):
        yield "ended"
    if any(_rests_on_thin_sources(app, _fact(app, use)) for use in CALL_USES):
        yield "thin-sources"


def _text_is_weaker(call: str, text: str) -> bool:
    if call not in _CARRIES or text not in _LESS_AND_LESS:
        return False
    return _LESS_AND_LESS.index(text) > _LESS_AND_LESS.index(call)


def _rests_on_thin_sources(app: App, fact: Fact) -> bool:
    """Say whether the source that a fact names first is a news or community page."""
    return bool(fact.source) and app.sources[fact.source].kind in _THIN


def sources_of(app: App, fact: Fact) -> tuple[Source, ...]:
    """Return the sources of a fact: none for one that is not known."""
    return tuple(app.sources[name] for name in (fact.source, fact.also) if name)


def is_to_recheck(source: Source, today: dt.date) -> bool:
    """Say whether a source gives no date, or an early one: by its first possible day."""
    if not source.dated:
        return True
    year, month = (*map(int, source.dated.split("-")[:2]), 1)[:2]
    months = (today.year - year) * 12 + today.month - month
    day = int(source.dated[8:10] or 1)
    return months > MONTHS_CURRENT or (months == MONTHS_CURRENT and today.day > day)
