"""The pages of all rules and of all settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pages.how_sure import said_of
from pages.markdown import codes, table
from privacy_check.render import words
from privacy_check.render.settings_text import described
from privacy_check.rulebook.records import Rule, RuleBook, Setting, Source
from privacy_check.rulebook.select import Place
from privacy_check.rulebook.vocabulary import PHASES

SETTINGS_INTRO = """\
A row is one desktop or program; what is not on a computer is left out there. The steps that change
a setting and put it back: `privacy-check settings`, or `privacy-check explain ID`.

*How sure*: `verified` was tried with the real program, `documented` is said by its makers,
`believed` is neither, and cannot look good. The reasons, limits and sources stand in
[How sure every row is](how-sure.md)."""


def rules_page(book: RuleBook) -> Iterator[str]:
    """Yield all rules, by phase."""
    rules = sorted(book.rules, key=lambda rule: (PHASES.index(rule.phase), rule.id))
    yield from ("# Rules", "")
    yield f"{len(rules)} rules, rule set {book.edition.version} of {book.edition.date}."
    yield "`privacy-check explain ID` adds what was read on your computer."
    yield from ("In the order of the advice, with what answers it: [all advice](advice.md).", "")
    yield from table(("rule", "when", "weight", "title"), map(_index_line, rules))
    for rule in rules:
        yield from ("", f"## `{rule.id}`", "", f"**{rule.title}.** {rule.why}", "", *_rule(rule))


def _index_line(rule: Rule) -> tuple[str, str, str, str]:
    weight = words.SEVERITY[rule.severity]
    return f"[`{rule.id}`](#{rule.id})", words.PHASE[rule.phase], weight, rule.title


def _rule(rule: Rule) -> Iterator[str]:
    yield f"- {words.PHASE[rule.phase]}; {words.SEVERITY[rule.severity]} (`{rule.severity}`)"
    yield f"- Profiles: {codes(rule.profiles)}. Channels: {codes(rule.channels)}."
    if rule.question:
        yield f"- Question: {rule.question.text} Reassuring answer: `{rule.question.good}`."
    for use in rule.settings:
        good = "for information" if use.informs else f"looks good with {codes(use.good)}"
        yield f"- Setting [`{use.id}`](settings.md#{use.id}): {good}."
    if rule.limits:
        yield f"- What it cannot show: {rule.limits}"
    yield from _sources(rule.sources)


def settings_page(book: RuleBook) -> Iterator[str]:
    """Yield all settings: values and rows."""
    rows = sum(len(setting.variants) for setting in book.settings.values())
    yield from ("# Settings", "", f"{len(book.settings)} settings in {rows} rows.")
    yield SETTINGS_INTRO
    for setting in book.settings.values():
        yield from ("", f"## `{setting.id}`", "", f"{setting.title}. Topic: `{setting.topic}`.")
        yield from _setting(setting, book)


def _setting(setting: Setting, book: RuleBook) -> Iterator[str]:
    users = [rule.id for rule in book.rules if any(use.id == setting.id for use in rule.settings)]
    yield "Used by " + ", ".join(f"[`{name}`](rules.md#{name})" for name in users) + "."
    values = ((f"`{word}`", meaning) for word, meaning in setting.values.items())
    yield from ("", *table(("value", "meaning"), values))
    head = ("row", "read from", "not set means", "how sure")
    places = [Place(setting=setting, variant=variant) for variant in setting.variants]
    yield from ("", *table(head, map(_row, places)))


def _row(place: Place) -> tuple[str, ...]:
    form = place.variant.form
    name = f"`{place.variant.row}` {form.name}".rstrip()
    unset = f"`{form.unset}`" if form.unset else ""
    sure = f"[{form.confidence}](how-sure.md#{place.setting.id})"
    return name, f"`{described(place)}`", unset, sure


def _sources(sources: Iterable[Source]) -> Iterator[str]:
    yield from (f"- Source: {said_of(source)}" for source in sources)
