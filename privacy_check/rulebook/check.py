"""House rules: what must hold within a rule file, and between rule files, beyond their form.

Each check is a small function over the draft that yields problems; `CHECKS` lists them all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from privacy_check.rulebook.check_questions import QUESTION_CHECKS
from privacy_check.rulebook.check_topics import TOPIC_CHECKS
from privacy_check.rulebook.decode import Draft, Entry
from privacy_check.rulebook.documents import FIXTURES, Document
from privacy_check.rulebook.problems import KeyPath, Problem, did_you_mean
from privacy_check.rulebook.reads import METHODS, Bus, ByHand, Dconf, Ini, Kconfig, program_list
from privacy_check.rulebook.records import (
    ANY_OTHER,
    SCHEMA_DEFAULT,
    ProgramList,
    Rule,
    Setting,
    Source,
    Topic,
    Variant,
)
from privacy_check.rulebook.vocabulary import PHONES

Check = Callable[[Draft], Iterator[Problem]]


def check(draft: Draft) -> list[Problem]:
    """Return every problem of the draft, in the order of files and lines."""
    found = {problem for house_rule in CHECKS for problem in house_rule(draft)}
    return sorted({*draft.problems, *(item for item in found if not _is_known(item, draft))})


def _is_known(problem: Problem, draft: Draft) -> bool:
    """Say whether something at the same place is already known to be faulty."""
    here = f"{problem.key}."
    return any(
        known.file == problem.file
        and bool(known.key)
        and (here.startswith(f"{known.key}.") or f"{known.key}.".startswith(here))
        for known in draft.problems
    )


def _ids_match_files(draft: Draft) -> Iterator[Problem]:
    for entry in _all(draft):
        if entry.name != entry.document.stem:
            stem = entry.document.stem
            yield entry.document.problem(("id",), f'the id and the file name "{stem}" should agree')


def _ids_are_unique(draft: Draft) -> Iterator[Problem]:
    for entries in (draft.rules, draft.settings, draft.programs, draft.agreement):
        first: dict[str, Document] = {}
        for entry in entries:
            other = first.setdefault(entry.name, entry.document)
            if other is not entry.document:
                message = f'the id "{entry.name}" is already used in {other.file}'
                yield entry.document.problem(("id",), message)


def _rules_stand_in_the_folder_of_their_phase(draft: Draft) -> Iterator[Problem]:
    for entry in draft.rules:
        if entry.record.phase not in ("", entry.document.folder):
            message = f"this rule belongs in advice/{entry.record.phase}/"
            yield entry.document.problem(("phase",), message)


def _pillars_are_unique(draft: Draft) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for entry in draft.rules:
        pillar = entry.record.pillar
        if pillar and first.setdefault(pillar, entry.record.id) != entry.record.id:
            yield entry.document.problem(
                ("pillar",), f'the pillar "{pillar}" is already carried by {first[pillar]}'
            )


def _audits_hold_settings_only(draft: Draft) -> Iterator[Problem]:
    for entry in draft.rules:
        if "audit" in entry.record.profiles and not entry.record.settings:
            message = "the profile audit is for rules with settings: take it out"
            yield entry.document.problem(("profiles",), message)


def _uses_fit_the_settings(draft: Draft) -> Iterator[Problem]:
    settings = {entry.name: entry.record for entry in draft.settings}
    for entry in draft.rules:
        for i, use in enumerate(entry.record.settings):
            setting = settings.get(use.id)
            if setting is None and (not use.id or use.id in draft.broken("settings")):
                continue  # its own problems are named already
            if setting is None:
                message = f'there is no setting "{use.id}"{did_you_mean(use.id, settings)}'
                yield entry.document.problem(("settings", i, "id"), message)
                continue
            if bool(use.good) == use.informs:
                message = "give either the good words, or informs = true"
                yield entry.document.problem(("settings", i), message)
            yield from _unknown_words(
                entry.document, ("settings", i, "good"), use.good, setting.values
            )


def _uses_tell_something(draft: Draft) -> Iterator[Problem]:
    settings = {entry.name: entry.record for entry in draft.settings}
    for entry in draft.rules:
        seen: set[str] = set()
        for i, use in enumerate(entry.record.settings):
            if use.id and use.id in seen:
                message = f'the setting "{use.id}" stands twice in this rule'
                yield entry.document.problem(("settings", i, "id"), message)
            seen.add(use.id)
            values = settings[use.id].values if use.id in settings else {}
            if values and set(values) <= set(use.good):
                message = "every word is good here, so nothing could be worth a look"
                yield entry.document.problem(("settings", i, "good"), message)


def _verified_is_tried(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in _variants(draft):
        if variant.form.confidence == "verified" and not variant.form.tested_on:
            message = "verified means tried: say on what in tested_on"
            yield entry.document.problem((*at, "confidence"), message)


def _phones_are_looked_at_by_hand(draft: Draft) -> Iterator[Problem]:
    for entry in draft.settings:
        phones = {variant.platform for variant in entry.record.variants} & set(PHONES)
        if phones and not entry.record.about:
            message = "a setting of a phone needs a sentence on what it does"
            yield entry.document.problem(("about",), message)
    for entry, variant, at in _variants(draft):
        if variant.platform not in PHONES:
            continue
        if not isinstance(variant.form.read, ByHand):
            message = "a phone is looked at by a person: give by_hand, with the reason"
            yield entry.document.problem((*at, "read"), message)
        if not variant.form.since:
            message = "a row of a phone needs the version from which its path holds"
            yield entry.document.problem((*at, "since"), message)


def _settings_are_used(draft: Draft) -> Iterator[Problem]:
    used = {use.id for entry in draft.rules for use in entry.record.settings}
    for entry in draft.settings:
        if entry.name not in used and not draft.broken("advice", "settings"):
            yield entry.document.problem(("id",), "no rule uses this setting")


def _words_have_meanings(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in _variants(draft):
        form, values = variant.form, entry.record.values
        for raw, word in form.map.items():
            yield from _unknown_words(entry.document, (*at, "map", raw), (word,), values)
        if form.unset == SCHEMA_DEFAULT:
            if not isinstance(form.read, Dconf):
                message = f"{SCHEMA_DEFAULT} is for dconf only: name the default"
                yield entry.document.problem((*at, "unset"), message)
        elif form.unset:
            yield from _unknown_words(entry.document, (*at, "unset"), (form.unset,), values)


def _any_other_is_never_good(draft: Draft) -> Iterator[Problem]:
    good = {
        (use.id, word)
        for entry in draft.rules
        for use in entry.record.settings
        for word in use.good
    }
    for entry, variant, at in _variants(draft):
        word = variant.form.map.get(ANY_OTHER)
        if word and (entry.record.id, word) in good:
            message = "a text that was never seen before cannot look good"
            yield entry.document.problem((*at, "map", ANY_OTHER), message)


def _ranges_are_ordered(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in _variants(draft):
        for raw in variant.form.map:
            low, dots, high = raw.partition("..")
            if not dots:
                continue
            if not all(_is_number(end) for end in (low, high) if end):
                message = "a range is written with numbers, like 1..900 or 901.."
                yield entry.document.problem((*at, "map", raw), message)
            elif low and high and float(low) > float(high):
                message = "the range ends before it starts"
                yield entry.document.problem((*at, "map", raw), message)


def _reads_are_whole(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in _variants(draft):
        message = ""
        match variant.form.read:
            case Bus(property=name, method=method, interface=interface):
                if bool(name) == bool(method):
                    message = "give either a property or a method"
                elif method and METHODS[method] != interface:
                    message = f"{method} belongs to the interface {METHODS[method]}"
            case Ini(section=section, key=key, count=count):
                if bool(section and key) == bool(count) or bool(section) != bool(key):
                    message = "give either section and key, or count"
            case Dconf(contains=contains, count=count):
                if contains and count:
                    message = "give either contains or count"
        if message:
            yield entry.document.problem((*at, "read"), message)


def _neighbours_are_for_line_formats(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in _variants(draft):
        if variant.form.whole and not isinstance(variant.form.read, Ini | Kconfig):
            message = "this key is for ini and kconfig only"
            yield entry.document.problem((*at, "whole"), message)


def _program_lists_exist_and_are_used(draft: Draft) -> Iterator[Problem]:
    lists = {entry.name: entry.record for entry in draft.programs}
    used = set()
    for entry, variant, at in _variants(draft):
        if name := program_list(variant.form.read):
            used.add(name)
            if name not in lists and name not in draft.broken("programs"):
                message = f'there is no program list "{name}"{did_you_mean(name, lists)}'
                yield entry.document.problem((*at, "read"), message)
    for listed in draft.programs:
        if listed.name not in used and not draft.broken("settings", "linux"):
            yield listed.document.problem(("id",), "no setting uses this list")


def _cases_can_be_run(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in _variants(draft):
        for i, case in enumerate(variant.form.cases):
            place = (*at, "cases", i)
            if case.value and case.outcome not in ("value", "unset"):
                message = "a value goes with the outcomes value and unset"
                yield entry.document.problem((*place, "outcome"), message)
            yield from _unknown_words(
                entry.document,
                (*place, "value"),
                (case.value,) if case.value else (),
                entry.record.values,
            )
            for key, given in (("files", case.files), ("commands", case.commands)):
                for name, fixture in given.items():
                    if not _is_fixture(entry.document, fixture):
                        message = f'there is no file "{fixture}" in {FIXTURES}/'
                        yield entry.document.problem((*place, key, name), message)


def _meanings_use_known_names(draft: Draft) -> Iterator[Problem]:
    for entry in draft.settings:
        for word, meaning in entry.record.values.items():
            bare = meaning
            for name in ("{names}", "{sites}", "{count}"):
                bare = bare.replace(name, "")
            if "{" in bare or "}" in bare:
                message = "only {names}, {sites} and {count} may stand in braces"
                yield entry.document.problem(("values", word), message)


def dates_ahead(draft: Draft, today: dt.date) -> Iterator[Problem]:
    """Yield the sources that were checked after `today`; asked for by lint only."""
    placed: list[tuple[Document, KeyPath, tuple[Source, ...]]] = [
        *((entry.document, (), entry.record.sources) for entry in draft.rules),
        *((entry.document, (), entry.record.sources) for entry in draft.programs),
        *((entry.document, (), entry.record.sources) for entry in draft.agreement),
        *((entry.document, at, variant.form.sources) for entry, variant, at in _variants(draft)),
    ]
    for document, at, sources in placed:
        for i, source in enumerate(sources):
            if source.checked > today:
                message = f"{source.checked} lies ahead of today, {today}"
                yield document.problem((*at, "sources", i, "checked"), message)


CHECKS: tuple[Check, ...] = (
    _ids_match_files,
    _ids_are_unique,
    _rules_stand_in_the_folder_of_their_phase,
    _pillars_are_unique,
    _audits_hold_settings_only,
    _uses_fit_the_settings,
    _uses_tell_something,
    _verified_is_tried,
    _phones_are_looked_at_by_hand,
    _settings_are_used,
    _words_have_meanings,
    _any_other_is_never_good,
    _ranges_are_ordered,
    _reads_are_whole,
    _neighbours_are_for_line_formats,
    _program_lists_exist_and_are_used,
    _cases_can_be_run,
    _meanings_use_known_names,
    *QUESTION_CHECKS,
    *TOPIC_CHECKS,
)


def _all(
    draft: Draft,
) -> Iterable[Entry[Rule] | Entry[Setting] | Entry[ProgramList] | Entry[Topic]]:
    return (*draft.rules, *draft.settings, *draft.programs, *draft.agreement)


def _variants(draft: Draft) -> Iterator[tuple[Entry[Setting], Variant, KeyPath]]:
    for entry in draft.settings:
        for variant in entry.record.variants:
            yield entry, variant, tuple(variant.row.split("/"))


def _unknown_words(
    document: Document, path: KeyPath, words: Iterable[str], values: Iterable[str]
) -> Iterator[Problem]:
    for word in words:
        if word and values and word not in values:
            near = did_you_mean(word, values)
            listed = ", ".join(values)
            yield document.problem(path, f'"{word}" is not one of the values: {listed}{near}')


def _is_fixture(document: Document, fixture: str) -> bool:
    try:
        folder = Path(document.base).resolve() / FIXTURES
        path = (folder / fixture).resolve()
        return path.is_relative_to(folder) and path.is_file()
    except (OSError, RuntimeError, ValueError):
        return False  # denied, a link that leads to itself, or no name of a file at all


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,9})?", text) is not None
