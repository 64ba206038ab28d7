"""Each item of the advice is a rule, each rule is listed, and each says where it comes from."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pytest
from rule_folders import ROOT, RULES

from privacy_check.record import replaced
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Rule, Source

ARTICLE, GUIDES, OWN = "article", "guides", "own"
THE_ARTICLE = "The source article"
GUIDE_KINDS = ("guide", "reprint", "weak", "law")
BEGAN = dt.date(2026, 1, 1)
"""No source was looked at before this project began."""

Items = Mapping[str, Sequence[str]]


@cache
def items() -> Items:
    raw = tomllib.loads((ROOT / "docs/advice-items.toml").read_text("utf-8"))
    return {part: tuple(raw[part]["items"]) for part in raw}


@cache
def shipped() -> tuple[Rule, ...]:
    loaded = load([RULES])
    assert loaded.book is not None, loaded.problems
    return loaded.book.rules


def wrong(lists: Items, rules: Sequence[Rule]) -> Iterator[str]:
    """Yield what is missing in the lists, the rules and their sources."""
    by_id = {rule.id: rule for rule in rules}
    listed = [name for names in lists.values() for name in names]
    yield from (f"{name}: no rule" for name in listed if name not in by_id)
    yield from (f"{name}: not listed, and not as our own" for name in by_id if name not in listed)
    yield from (f"{name}: listed twice" for name in set(listed) if listed.count(name) > 1)
    yield from (f"{rule.id}: no source" for rule in rules if not rule.sources)
    for part, is_ground in ((ARTICLE, from_the_article), (GUIDES, from_a_guide)):
        for rule in (by_id[name] for name in lists[part] if name in by_id):
            if rule.sources and not any(map(is_ground, rule.sources)):
                yield f"{rule.id}: no source of the part {part}"


def from_the_article(source: Source) -> bool:
    kind = source.kind in ("article", "article-extended")
    return kind and source.title == THE_ARTICLE and bool(source.section)


def from_a_guide(source: Source) -> bool:
    return source.kind in GUIDE_KINDS and source.checked >= BEGAN


def test_there_are_106_items_in_two_parts_and_a_list_of_our_own() -> None:
    assert list(items()) == [ARTICLE, GUIDES, OWN]
    assert (len(items()[ARTICLE]), len(items()[GUIDES])) == (54, 52)


def test_each_item_is_a_rule_with_a_source_and_each_rule_is_listed() -> None:
    assert set(wrong(items(), shipped())) == set()


def changed(name: str, **changes: object) -> list[Rule]:
    """Return the shipped rules with one of them changed."""
    return [replaced(rule, **changes) if rule.id == name else rule for rule in shipped()]


def sources_of(name: str, **changes: object) -> list[Rule]:
    """Return the shipped rules with the sources of one of them changed."""
    (rule,) = (rule for rule in shipped() if rule.id == name)
    return changed(name, sources=tuple(replaced(item, **changes) for item in rule.sources))


SPOILED = {
    "an item without a rule": (
        lambda: [rule for rule in shipped() if rule.id != "talk-first"],
        "talk-first: no rule",
    ),
    "a rule that is not listed": (
        lambda: [*shipped(), replaced(shipped()[0], id="more-advice")],
        "more-advice: not listed, and not as our own",
    ),
    "a rule without a source": (
        lambda: changed("firewall", sources=()),
        "firewall: no source",
    ),
    "another article": (
        lambda: sources_of("talk-first", title="Another article"),
        "talk-first: no source of the part article",
    ),
    "no heading": (
        lambda: sources_of("talk-first", section=""),
        "talk-first: no source of the part article",
    ),
    "a guide that is none": (
        lambda: sources_of("headphones", kind="vendor"),
        "headphones: no source of the part guides",
    ),
    "a guide that nobody looked at": (
        lambda: sources_of("headphones", checked=dt.date.min),
        "headphones: no source of the part guides",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_is_missing_is_named(name: str) -> None:
    rules, said = SPOILED[name]
    assert list(wrong(items(), rules())) == [said]


def test_an_item_that_is_listed_twice_is_named() -> None:
    lists = {**items(), OWN: (*items()[OWN], "talk-first")}
    assert list(wrong(lists, shipped())) == ["talk-first: listed twice"]


@pytest.mark.parametrize("part", [ARTICLE, GUIDES, OWN])
def test_the_page_has_each_item_with_its_sources_and_what_answers_it(part: str) -> None:
    page = (ROOT / "docs/advice.md").read_text("utf-8")
    blocks = {block.partition("`")[0]: block for block in page.split("\n#### `")[1:]}
    lacking = set()
    for name in items()[part]:
        lines = [line for line in blocks.get(name, "").splitlines() if line.startswith("- ")]
        sources = [line for line in lines if line.startswith("- Source: ")]
        if not sources or len(sources) == len(lines):
            lacking.add(name)
    assert lacking == set()
    order = [name for name in blocks if name in items()[part]]
    assert order == list(items()[part]) or part == OWN


def test_the_page_marks_weak_and_reprinted_sources() -> None:
    page = (ROOT / "docs/advice.md").read_text("utf-8")
    kinds = [source.kind for rule in shipped() for source in rule.sources]
    assert page.count("(weak: believed") == kinds.count("weak")
    assert page.count("(reprint or summary by others") == kinds.count("reprint")
