"""The page that says for every row how sure it is, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pages.markdown import table
from privacy_check.rulebook.records import Form, RuleBook, Setting, Source
from privacy_check.rulebook.vocabulary import CONFIDENCES

BY_HAND = "by hand"

INTRO = """\
Every row of every setting says how sure its reading is, and apart from that how sure the menu path
is that changes it. A row is one desktop or program.

| word | what it means for a reading | what it allows |
|---|---|---|
| `verified` | the real program wrote it, and it was read back | looks good, or worth a look |
| `documented` | its makers say so; not tried with the program | looks good, or worth a look |
| `believed` | neither | worth a look or not sure, but not "looks good" |

A menu path that is only believed is printed last, after a command if there is one, with "names may
differ". *Cases* are small computers on which a row is tried by `privacy-check rules test`: from
bytes that a program wrote, or written by hand after its documentation. What was not tried on a real
desktop session is not called verified."""


def how_sure_page(book: RuleBook) -> Iterator[str]:
    """Yield the page: an overview, then every setting."""
    forms = [variant.form for item in book.settings.values() for variant in item.variants]
    yield from ("# How sure every row is", "", INTRO, "", "## In numbers", "")
    yield from table(("", *CONFIDENCES), _counts(forms))
    real = sum(any(case.made_by != BY_HAND for case in form.cases) for form in forms)
    yield from ("", f"{len(book.settings)} settings in {len(forms)} rows. {real} rows have a case")
    yield "from bytes that a real program wrote. The oldest source was looked at on"
    yield f"{min(source.checked for form in forms for source in form.sources)}."
    for setting in book.settings.values():
        yield from ("", f"## `{setting.id}`", "", f"{setting.title}.", "")
        yield from _setting(setting)


def _counts(forms: list[Form]) -> Iterator[tuple[str, ...]]:
    readings = Counter(form.confidence for form in forms)
    steps = Counter(form.steps for form in forms)
    for name, counts in (("readings", readings), ("menu paths", steps)):
        yield name, *(str(counts[word]) for word in CONFIDENCES)


def _setting(setting: Setting) -> Iterator[str]:
    rows = [(variant.row, variant.form) for variant in setting.variants]
    head = ("row", "reading", "why", "menu path", "cases")
    yield from table(head, (_row(row, form) for row, form in rows))
    yield ""
    limits: dict[str, list[str]] = {}
    for row, form in rows:
        if form.limits:
            limits.setdefault(form.limits, []).append(f"`{row}`")
    yield from (f"- Cannot tell ({', '.join(names)}): {said}" for said, names in limits.items())
    for source in dict.fromkeys(source for _, form in rows for source in form.sources):
        yield f"- Source: {said_of(source)}"


def _row(row: str, form: Form) -> tuple[str, ...]:
    made = Counter(case.made_by for case in form.cases)
    cases = ", ".join(f"{count} from {name}" for name, count in made.items() if name != BY_HAND)
    hand = f"{made[BY_HAND]} {BY_HAND}" if made[BY_HAND] else ""
    name = f"`{row}` {form.name}".rstrip()
    told = ", ".join(part for part in (cases, hand) if part) or "none: you look yourself"
    return name, form.confidence, _why(form), form.steps, told


def _why(form: Form) -> str:
    """Return the reason for a row's confidence."""
    tried = ", ".join(form.tested_on)
    if form.confidence == "verified":
        return f"tried with {tried}"
    if form.confidence == "documented":
        said = f"said by: {form.sources[0].title}"
        return f"{said}; tried in part with {tried}" if tried else f"{said}; not run by us"
    return f"a guess from {form.sources[0].title}; looked at with {tried}" if tried else "not tried"


def said_of(source: Source) -> str:
    """Return a source in one line."""
    place = ", ".join(part for part in (source.section, source.where) if part)
    said = f"{source.title}, {place}" if place else source.title
    return f"{said} (checked {source.checked})"
