"""Where help is found, as text: all of it for `support`, one topic of it in the conversation.

The sentences stand in rule files, and are taken by the ids of their rules; a rule that is not there
is an error and leaves no gap.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from privacy_check.record import record
from privacy_check.render.page import Page, joined, wrapped
from privacy_check.rulebook.records import Pointer, Rule, RuleBook

DAYS_CURRENT = 365
"""Days after which an entry says that it may have changed."""


@record
class Help:
    """What a rule book says about help: the statements of rules, and the places to turn to."""

    rules: Mapping[str, Rule]
    places: tuple[Pointer, ...]


@record
class _Section:
    """One block of the page; a brief one leaves the details to the places it lists."""

    heading: str
    topics: tuple[str, ...]
    own: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    kind: str = ""
    brief: bool = False


_PICTURE = ("threat", "picture")

_SECTIONS = (
    _Section(
        heading="You are not to blame",
        topics=("threat",),
        own=("What someone else does is their doing, not yours.",),
    ),
    _Section(heading="About sharing", topics=("picture",), rules=("leak-not-your-fault",)),
    _Section(
        heading="Are you all right now?",
        topics=("threat", "picture", "device", "anyone"),
        own=(
            "If not, call the local emergency number.",
            "Talk to someone you trust. You do not have to carry this alone.",
        ),
    ),
    _Section(
        heading="If someone is threatening you",
        topics=("threat",),
        rules=("leak-keep-evidence", "threat-do-not-pay"),
    ),
    _Section(heading="Keep a record", topics=("picture",), rules=("leak-keep-evidence",)),
    _Section(heading="Tell the platform", topics=_PICTURE, rules=("leak-report-platform",)),
    _Section(
        heading="A fingerprint of the picture",
        topics=_PICTURE,
        rules=("leak-stopncii", "leak-under-18"),
        kind="fingerprint",
        brief=True,
    ),
    _Section(
        heading="People who help",
        topics=_PICTURE,
        rules=("leak-local-help",),
        kind="helpline",
        brief=True,
    ),
    _Section(heading="The law", topics=_PICTURE, rules=("us-removal-right",), kind="law"),
    _Section(
        heading="If someone checks or controls this device",
        topics=("device", "anyone"),
        rules=("safer-device",),
        own=(
            "Near you there may be a helpline for people who are controlled or hurt at home.",
            "A doctor or the emergency number can name one.",
        ),
        kind="helpline",
    ),
)

STATEMENTS = tuple(dict.fromkeys(name for part in _SECTIONS for name in part.rules))
"""The rules that the page takes its sentences from, by their ids."""

_BEFORE = "Someone who checks this device may see this page. It can be read elsewhere, and later."
_AFTER = "Nothing was opened, sent or saved. The addresses are text, to type in where you like."


def help_of(book: RuleBook, profile: str = "") -> Help:
    """Return what the built-in rule book says about help.

    Args:
        book: The rule book; rules from other folders need not hold these statements.
        profile: The kind of call; what is not for it is left out. Leave it empty for a person who
            asked for a topic: they get all of it.
    """
    known = {rule.id: rule for rule in book.rules}
    rules = {name: known[name] for name in STATEMENTS}
    return Help(
        rules={name: rule for name, rule in rules.items() if _is_for(profile, rule.profiles)},
        places=tuple(place for place in book.support if _is_for(profile, place.profiles)),
    )


def _is_for(profile: str, profiles: tuple[str, ...]) -> bool:
    return not profile or profile in profiles


def render_support(given: Help, topic: str, today: dt.date, page: Page) -> str:
    """Return where help is found.

    Args:
        given: What the rule book says about help.
        topic: One of the topics of support; empty for all.
        today: Entries long before this day say that they may have changed.
        page: What it is written for.
    """
    lines = [*wrapped("Where to find help", page), *wrapped(_BEFORE, page)]
    told: set[str] = set()
    for part in _SECTIONS:
        if topic and topic not in part.topics:
            continue
        sentences = [text for rule in _rules(part, given) for text in _sentences(part, rule, told)]
        places = _places(part, given, topic)
        if sentences or places or not part.rules:
            lines += ["", *wrapped(part.heading, page)]
            lines += [line for text in (*sentences, *part.own) for line in wrapped(text, page, 2)]
            lines += [line for place in places for line in _place(place, today, page)]
    return joined([*lines, "", *wrapped(_AFTER, page)])


def _rules(part: _Section, given: Help) -> list[Rule]:
    return [given.rules[name] for name in part.rules if name in given.rules]


def _sentences(part: _Section, rule: Rule, told: set[str]) -> Iterator[str]:
    """Yield what a rule says; its reasons and limits once only, and not in a brief block."""
    yield rule.say
    if not part.brief and rule.id not in told:
        told.add(rule.id)
        yield from (text for text in (rule.why, rule.limits) if text)


def _places(part: _Section, given: Help, topic: str) -> list[Pointer]:
    wanted = {topic} if topic else set(part.topics)
    of_kind = (place for place in given.places if place.kind == part.kind)
    return [place for place in of_kind if not wanted.isdisjoint(place.topics)]


def _place(place: Pointer, today: dt.date, page: Page) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{place.name} ({place.where})", page, 2)
    yield from (f"    {line}" for line in _address(place.address, page.width - 4))
    for text in (f"For whom: {place.who_for}", *place.says, _age(place.checked_on, today)):
        yield from wrapped(text, page, 4)


def _address(address: str, width: int) -> list[str]:
    """Return an address in one line, or cut after its slashes where the page is narrow."""
    return [address] if len(address) <= width else re.findall("[^/]+/?", address)


def _age(checked_on: dt.date, today: dt.date) -> str:
    seen = f"Last looked at on {checked_on}"
    return (
        f"{seen}; it may have changed." if (today - checked_on).days > DAYS_CURRENT else f"{seen}."
    )
