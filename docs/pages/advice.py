"""The page of all advice: where each item comes from, and what in the product answers it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pages.markdown import codes, table
from privacy_check.judge.answers import prompts
from privacy_check.record import record
from privacy_check.render import words
from privacy_check.render.support import STATEMENTS
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import Rule, RuleBook, Source
from privacy_check.rulebook.select import Wish, select_rules
from privacy_check.rulebook.vocabulary import ASKING, CHANNELS, PHONES, PLATFORMS, PROFILES

PARTS = {
    "article": "From the source article",
    "guides": "From public guides",
    "own": "Rules of our own",
}
CLOSE = "close"
MACHINE, PERSON, BOTH = "the machine", "a person", "both"
KINDS = {
    "article": "as the article says",
    "article-extended": "extended: here we go beyond its words",
    "guide": "guide",
    "vendor": "its makers",
    "project": "project",
    "standard": "standard",
    "law": "law",
    "reprint": "reprint or summary by others",
    "weak": "weak: believed until there is a better source",
}
CARDS = ("during", "after")
"""The phases of which `run` prints a card."""

BY_HAND = {
    "quick-exit": "The leave key of `ask`, on each of its screens: `x`",
    "nervous-is-normal": "Said beside the outcome `pause` in `ask`",
}
"""What answers an item and cannot be told from its rule."""

INTRO = """\
# All advice, and what answers it

The advice comes from two collections. *The source article* teaches adults about health; only what
it says about privacy, agreement and devices is used here, in our own words, and cited by its
headings (explicit words in them are left out). *Public guides* are pages of organisations, laws and
makers. Both are listed in their own order, by the part of a call. The ids stand in
[advice-items.toml](advice-items.toml). A test finds an id without a rule, and a rule without a
source.

- *Who can tell*: the machine, where a setting is read; a person, where only a person can know, or
  has to look at a phone; both, where a setting is a hint and the person decides.
- *Weak* and *reprint* stand beside each source that is one: a blog or our own belief, and somebody
  else's copy or summary. A source's own date is given where it is known.
"""


@record
class Asked:
    """In which words an item is asked, and with which item; of what calls this holds."""

    by: str
    text: str
    profiles: frozenset[str]
    channels: frozenset[str]


def item_lists(docs: Path) -> dict[str, tuple[str, ...]]:
    """Return the ids of the items by their part, in the order of the page."""
    raw = tomllib.loads((docs / "advice-items.toml").read_text(encoding="utf-8"))
    return {part: tuple(raw[part]["items"]) for part in PARTS}


def advice_page(book: RuleBook, items: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield all items by their part and phase."""
    rules = {rule.id: rule for rule in book.rules}
    asked = _asked(book)
    parts = {part: [rules[name] for name in names] for part, names in items.items()}
    yield from (INTRO, "## In numbers", "")
    yield from table(("", "items", MACHINE, PERSON, BOTH), _numbers(parts, book))
    for part, found in parts.items():
        yield from ("", f"## {PARTS[part]}")
        for phase in dict.fromkeys(rule.phase for rule in found):
            yield from ("", f"### {words.PHASE[phase]}")
            for rule in (rule for rule in found if rule.phase == phase):
                yield from ("", f"#### `{rule.id}`", "", *_item(rule, book, asked))


def _numbers(parts: Mapping[str, list[Rule]], book: RuleBook) -> Iterator[tuple[str, ...]]:
    for part, rules in parts.items():
        counts = Counter(who_can_tell(rule, book) for rule in rules)
        yield PARTS[part], f"{len(rules)}", *(f"{counts[who]}" for who in (MACHINE, PERSON, BOTH))


def _item(rule: Rule, book: RuleBook, asked: Mapping[str, list[Asked]]) -> Iterator[str]:
    close = f" For the profile `{CLOSE}` only." if rule.profiles == (CLOSE,) else ""
    who = who_can_tell(rule, book)
    yield f"[{rule.title}](rules.md#{rule.id}). Who can tell: {who}.{close}"
    yield ""
    yield from (f"- Source: {_source(source)}" for source in rule.sources)
    yield from (f"- {line}" for line in answered_by(rule, book, asked.get(rule.id, ())))


def who_can_tell(rule: Rule, book: RuleBook) -> str:
    """Return who can say whether the advice is followed."""
    reads = any(
        variant.platform not in PHONES and not isinstance(variant.form.read, ByHand)
        for use in rule.settings
        for variant in book.settings[use.id].variants
    )
    if reads:
        return BOTH if rule.question else MACHINE
    return PERSON


def answered_by(rule: Rule, book: RuleBook, asked: Iterable[Asked]) -> Iterator[str]:
    """Yield what in the product answers an item, a line each."""
    questions = list(asked)
    for item in questions:
        yield _question(rule, item, questions)
    if rule.settings:
        yield _settings(rule, book)
    if rule.id in BY_HAND:
        yield f"{BY_HAND[rule.id]}."
    close = f" --profile {CLOSE}" if rule.profiles == (CLOSE,) else ""
    if rule.id in STATEMENTS:
        yield f"Statement in `support`: {rule.say}"
    elif rule.phase in CARDS:
        said = rule.say or (rule.question.text if rule.question else "")
        yield f"Statement on the card, `run --phase {rule.phase}{close}`: {said}"
    elif rule.say and not (rule.question or rule.settings):
        yield f"Statement in `run --all{close}`: {rule.say}"


def _question(rule: Rule, item: Asked, others: Iterable[Asked]) -> str:
    """Return how an item is asked; where this differs between calls, also in which."""
    with_it = "" if item.by == rule.id else f" with [`{item.by}`](#{item.by})"
    calls = ""
    if item.profiles != frozenset[str]().union(*(other.profiles for other in others)):
        calls += f", profiles {codes(name for name in PROFILES if name in item.profiles)}"
    if item.channels != frozenset[str]().union(*(other.channels for other in others)):
        calls += f", channels {codes(name for name in CHANNELS if name in item.channels)}"
    return f"Asked in `ask`{with_it}{calls}: {item.text}"


def _settings(rule: Rule, book: RuleBook) -> str:
    variants = [v for use in rule.settings for v in book.settings[use.id].variants]
    rows = Counter(variant.platform for variant in variants)
    counted = (f"{rows[name]} for {words.PLATFORM[name]}" for name in PLATFORMS if rows[name])
    number = "1 setting" if len(rule.settings) == 1 else f"{len(rule.settings)} settings"
    return f"{number}, rows: {', '.join(counted)}."


def _source(source: Source) -> str:
    place = ", ".join(part for part in (source.section, source.where) if part)
    said = f"{source.title}, {place}" if place else source.title
    dated = f"; dated {source.dated}" if source.dated else ""
    return f"{said} ({KINDS[source.kind]}{dated}; checked {source.checked})"


def _asked(book: RuleBook) -> dict[str, list[Asked]]:
    """Return for each item in which words it is asked, over all kinds of calls."""
    calls: dict[str, dict[tuple[str, str], list[tuple[str, str]]]] = {}
    for profile in ASKING:
        for channel in CHANNELS:
            for prompt in prompts(select_rules(book, Wish(profile=profile, channel=channel))):
                for name in (prompt.rule.id, *prompt.covers):
                    found = calls.setdefault(name, {})
                    found.setdefault((prompt.rule.id, prompt.text), []).append((profile, channel))
    return {
        name: [
            Asked(
                by=by,
                text=text,
                profiles=frozenset(profile for profile, _ in where),
                channels=frozenset(channel for _, channel in where),
            )
            for (by, text), where in found.items()
        ]
        for name, found in calls.items()
    }
