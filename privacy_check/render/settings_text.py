"""Settings and single items on a terminal: `settings`, `explain`, `run --explain-reads`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from privacy_check.judge.findings import Finding, Row
from privacy_check.plaintext import plain
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.record import fields_of
from privacy_check.render import words
from privacy_check.render.page import Page, joined, wrapped
from privacy_check.report.build import Report
from privacy_check.rulebook.records import Rule, Source
from privacy_check.rulebook.select import Place
from privacy_check.rulebook.vocabulary import PHONES

_ORDER = {"fail": 0, "error": 1, "unknown": 2, "pass": 3, "informational": 4, "notapplicable": 5}


def render_settings(report: Report, page: Page, *, everything: bool) -> str:
    """Return one block a row, by topic, what is worth a look first."""
    if not report.rows:
        return f"No settings of {words.PLATFORM[report.made.platform]} are in this rule set.\n"
    status = statuses(report)
    shown = [row for row in report.rows if everything or not _is_quiet(row, status)]
    lines: list[str] = []
    for topic in sorted({row.place.setting.topic for row in shown}, key=_topic_order):
        lines += [topic.replace("-", " ").capitalize(), ""]
        rows = [row for row in shown if row.place.setting.topic == topic]
        for row in sorted(rows, key=lambda row: _ORDER.get(status[_key(row)], 6)):
            lines += [*_block(row, status[_key(row)], report, page), ""]
    hidden = len(report.rows) - len(shown)
    if hidden:
        note = f"{hidden} more look good or do not apply: privacy-check settings --all"
        lines += [*wrapped(note, page), ""]
    return joined([*lines, *wrapped(words.MAY_BE_NOTICED, page)])


def _topic_order(topic: str) -> tuple[bool, str]:
    """Sort topics: what rings or shows comes first, then by name."""
    return topic != "notifications", topic


def statuses(report: Report) -> dict[tuple[str, str], str]:
    """Return the worst status of each row over all rules that use it."""
    found: dict[tuple[str, str], str] = {}
    for finding in report.findings:
        for judged in finding.settings:
            key = _key(judged.row)
            worst = min((found.get(key, "notapplicable"), judged.status), key=lambda s: _ORDER[s])
            found[key] = worst
    return found


def _key(row: Row) -> tuple[str, str]:
    return row.place.setting.id, row.place.variant.row


def _is_quiet(row: Row, status: dict[tuple[str, str], str]) -> bool:
    return status[_key(row)] in ("pass", "notapplicable", "informational")


def _block(row: Row, status: str, report: Report, page: Page) -> Iterator[str]:
    if row.place.variant.platform in PHONES:
        yield from wrapped(_phone_title(row.place), page, 2)
        yield from _phone_lines(row.place, page)
        return
    yield from wrapped(f"{row.place.setting.id} ({row.place.variant.row})", page, 2)
    form = row.place.variant.form
    yield from wrapped(f"{words.STATUS[status]}: {words.meaning(row, sites=page.sites)}", page, 4)
    where = _where(row.reading, report)
    if where:
        yield from wrapped(where, page, 4)
    if isinstance(row.reading, Unreadable):
        yield from _lines("Look", words.look(row), page)
    if status not in ("pass", "informational"):  # nobody is told how to undo what is well
        yield from _lines("Change", words.change(row), page)
        yield from _lines("Put back", words.undo(row), page)
    if form.limits:
        yield from wrapped(f"Limits: {form.limits}", page, 4)


def _phone_title(place: Place) -> str:
    """Return what a place on a phone is called, and its id."""
    name = place.variant.form.name
    beside = f", {name}" if name else ""
    return f"{place.setting.title}{beside} [{place.setting.id} {place.variant.row}]"


def _phone_lines(place: Place, page: Page) -> Iterator[str]:
    """Yield what a setting of a phone does, and how to look at it there; nothing was read."""
    form = place.variant.form
    yield from wrapped(place.setting.about, page, 4)
    for meaning in place.setting.values.values():
        yield from wrapped(f"It can be: {meaning}", page, 4)
    for said, steps in (("Look", form.look), ("Change", form.change), ("Put back", form.undo)):
        yield from _lines(said, words.phone_steps(place.variant, steps), page)
    if form.limits:
        yield from wrapped(f"Limits: {form.limits}", page, 4)
    yield from wrapped(f"From {form.since} on; names differ a little by model.", page, 4)
    for source in form.sources:
        yield from wrapped(f"Source: {_cited(source)}", page, 4)


def _where(reading: Reading, report: Report) -> str:
    match reading:
        case Value(where=where, as_of=as_of):
            return f"Read from {plain(where)}, as of {words.clock(as_of, report.made.at)}."
        case Unset(where=where):
            return f"Not set: the default counts ({plain(where)})."
        case Unreadable(where=where) if where:
            return f"Looked at {plain(where)}."
        case _:
            return ""


def render_rule(finding: Finding, report: Report, page: Page) -> str:
    """Return all that is known of one rule, and what was read for it here."""
    rule = finding.rule
    lines = [*wrapped(rule.title, page), ""]
    lines += [*wrapped(rule.why, page), ""]
    lines += wrapped(
        f"{words.PHASE[rule.phase]}. {words.SEVERITY[rule.severity].capitalize()}.", page
    )
    lines += [*wrapped(f"Here: {words.STATUS[finding.status]}.", page), ""]
    if rule.question and rule.question.care:
        lines += [*wrapped(words.CHANGE_MAY_BE_NOTICED, page), ""]
    status = statuses(report)
    here = [
        judged.row
        for judged in finding.settings
        if not isinstance(judged.row.reading, NotApplicable)
    ]
    for row in here:
        lines += [*_block(row, status[_key(row)], report, page), ""]
    others = len(finding.settings) - len(here)
    if others:
        lines += [*wrapped(f"{others} more places do not apply to this computer.", page), ""]
    if rule.question:
        lines += wrapped(f"To answer: {rule.question.text}", page)
    if rule.limits:
        lines += wrapped(f"What it cannot show: {rule.limits}", page)
    lines += wrapped(words.PHONE, page)
    lines += _on_phones(rule, report.phones, page)
    return joined([*lines, "", *_sources(rule, here, page), *wrapped(words.MAY_BE_NOTICED, page)])


def _on_phones(rule: Rule, phones: Sequence[Place], page: Page) -> Iterator[str]:
    """Yield the steps on each kind of phone."""
    for phone, places in words.by_phone(rule, phones):
        yield ""
        yield f"On {phone}"
        for place in places:
            yield from wrapped(_phone_title(place), page, 2)
            yield from _phone_lines(place, page)


def _sources(rule: Rule, rows: Sequence[Row], page: Page) -> Iterator[str]:
    yield "Sources"
    listed: list[Source] = [
        *rule.sources,
        *(s for row in rows for s in row.place.variant.form.sources),
    ]
    for source in dict.fromkeys(listed):
        yield from wrapped(_cited(source), page, 2)
    tried = sorted({name for row in rows for name in row.place.variant.form.tested_on})
    if tried:
        yield from wrapped(f"Tried on: {', '.join(tried)}.", page)


def _cited(source: Source) -> str:
    """Return a source with its place, its own date, and the day it was last looked at."""
    place = source.section or source.where
    said = f"{source.title}: {place}" if place else source.title
    dated = f"of {source.dated}, " if source.dated else ""
    weak = " A weak source." if source.kind == "weak" else ""
    return f"{said} ({dated}checked {source.checked}).{weak}"


def render_setting(rows: Sequence[Row], report: Report, page: Page) -> str:
    """Return all rows of one setting, whatever came of them."""
    status = statuses(report)
    lines = [*wrapped(rows[0].place.setting.title, page), ""]
    for row in rows:
        lines += [*_block(row, status.get(_key(row), "informational"), report, page), ""]
    return joined([*lines, *wrapped(words.MAY_BE_NOTICED, page)])


def render_reads(places: Iterable[Place], page: Page) -> str:
    """Return what a run would read, without reading anything."""
    lines = []
    for place in places:
        name = f"{place.setting.id} ({place.variant.row}): "
        lines += wrapped(name + described(place), page)
    return joined([*lines, "", "Nothing was read, and nothing was checked."])


_WAYS = {
    "Dconf": "the dconf settings database, key",
    "Kconfig": "the KDE settings file",
    "Ini": "the settings file",
    "Json": "the settings file",
    "Xfconf": "the Xfce settings channel",
    "Bus": "an answer of the running program",
    "Running": "the names of running programs, compared with our list",
    "Installed": "which programs are installed, compared with our list",
    "Devices": "which program has a device open:",
    "Environment": "the session variable",
    "Chromium": "the saved preferences of Chromium and relatives:",
    "Firefox": "the profiles of Firefox and relatives:",
    "Storage": "the kernel's list of storage layers below your",
    "Synced": "which folders sync programs keep, compared with the folders for",
    "Mako": "mako's modes and its settings file, mode",
    "Folder": "how much is in the folder",
    "Sysfs": "the kernel's file",
    "Pipewire": "PipeWire's list of streams, when it runs:",
    "Portal": "the desktop's permission store:",
    "Flatpak": "what installed Flatpak apps may reach:",
    "Listening": "the kernel's list of listening ports, compared with our list",
    "Autostart": "what starts at login, compared with our list",
    "Access": "who may open",
    "Sessions": "the login service's list of sessions:",
    "Accounts": "the list of accounts:",
    "Network": "the kernel's and NetworkManager's list of connections:",
    "Bluetooth": "the Bluetooth service's answer:",
    "Screens": "the desktop's answer about its screens:",
    "Keyfile": "the settings file",
    "Age": "the time of the last change of",
    "Present": "whether there is",
    "ByHand": "nothing: you look yourself.",
}
"""What each way of reading looks at, for a person who wants to know beforehand."""


def described(place: Place) -> str:
    """Return where a place is read from, in a few words."""
    read = place.variant.form.read
    given = [getattr(read, name) for name in fields_of(type(read))]
    parts = [", ".join(item) if isinstance(item, tuple) else str(item) for item in given if item]
    return f"{_WAYS[type(read).__name__]} {' '.join(parts)}"


def _lines(name: str, steps: tuple[str, ...], page: Page) -> Iterator[str]:
    for step in steps:
        yield from wrapped(f"{name}: {step}", page, 4)
