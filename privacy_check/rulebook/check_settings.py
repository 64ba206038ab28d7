"""House rules about settings: their words, their ways of reading, and the cases of each variant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from privacy_check.rulebook.decode import Draft, Entry
from privacy_check.rulebook.documents import FIXTURES, Document
from privacy_check.rulebook.problems import KeyPath, Problem, did_you_mean
from privacy_check.rulebook.reads import METHODS, Bus, ByHand, Dconf, Ini, Kconfig, program_list
from privacy_check.rulebook.records import ANY_OTHER, SCHEMA_DEFAULT, Setting, Variant
from privacy_check.rulebook.vocabulary import PHONES


def variants(draft: Draft) -> Iterator[tuple[Entry[Setting], Variant, KeyPath]]:
    """Yield every variant with its setting, and where it stands in the file."""
    for entry in draft.settings:
        for variant in entry.record.variants:
            yield entry, variant, tuple(variant.row.split("/"))


def unknown_words(
    document: Document, path: KeyPath, words: Iterable[str], values: Iterable[str]
) -> Iterator[Problem]:
    """Yield the words that are not among the values of a setting."""
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


def _verified_is_tried(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in variants(draft):
        if variant.form.confidence == "verified" and not variant.form.tested_on:
            message = "verified means tried: say on what in tested_on"
            yield entry.document.problem((*at, "confidence"), message)


def _phones_are_looked_at_by_hand(draft: Draft) -> Iterator[Problem]:
    for entry in draft.settings:
        phones = {variant.platform for variant in entry.record.variants} & set(PHONES)
        if phones and not entry.record.about:
            message = "a setting of a phone needs a sentence on what it does"
            yield entry.document.problem(("about",), message)
    for entry, variant, at in variants(draft):
        if variant.platform not in PHONES:
            continue
        if not isinstance(variant.form.read, ByHand):
            message = "a phone is looked at by a person: give by_hand, with the reason"
            yield entry.document.problem((*at, "read"), message)
        if not variant.form.since:
            message = "a row of a phone needs the version from which its path holds"
            yield entry.document.problem((*at, "since"), message)


def _words_have_meanings(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in variants(draft):
        form, values = variant.form, entry.record.values
        for raw, word in form.map.items():
            yield from unknown_words(entry.document, (*at, "map", raw), (word,), values)
        if form.unset == SCHEMA_DEFAULT:
            if not isinstance(form.read, Dconf):
                message = f"{SCHEMA_DEFAULT} is for dconf only: name the default"
                yield entry.document.problem((*at, "unset"), message)
        elif form.unset:
            yield from unknown_words(entry.document, (*at, "unset"), (form.unset,), values)


def _any_other_is_never_good(draft: Draft) -> Iterator[Problem]:
    good = {
        (use.id, word)
        for entry in draft.rules
        for use in entry.record.settings
        for word in use.good
    }
    for entry, variant, at in variants(draft):
        word = variant.form.map.get(ANY_OTHER)
        if word and (entry.record.id, word) in good:
            message = "a text that was never seen before cannot look good"
            yield entry.document.problem((*at, "map", ANY_OTHER), message)


def _ranges_are_ordered(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in variants(draft):
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
    for entry, variant, at in variants(draft):
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
    for entry, variant, at in variants(draft):
        if variant.form.whole and not isinstance(variant.form.read, Ini | Kconfig):
            message = "this key is for ini and kconfig only"
            yield entry.document.problem((*at, "whole"), message)


def _program_lists_exist_and_are_used(draft: Draft) -> Iterator[Problem]:
    lists = {entry.name: entry.record for entry in draft.programs}
    used = set()
    for entry, variant, at in variants(draft):
        if name := program_list(variant.form.read):
            used.add(name)
            if name not in lists and name not in draft.broken("programs"):
                message = f'there is no program list "{name}"{did_you_mean(name, lists)}'
                yield entry.document.problem((*at, "read"), message)
    for listed in draft.programs:
        if listed.name not in used and not draft.broken("settings", "linux"):
            yield listed.document.problem(("id",), "no setting uses this list")


def _cases_can_be_run(draft: Draft) -> Iterator[Problem]:
    for entry, variant, at in variants(draft):
        for i, case in enumerate(variant.form.cases):
            place = (*at, "cases", i)
            if case.value and case.outcome not in ("value", "unset"):
                message = "a value goes with the outcomes value and unset"
                yield entry.document.problem((*place, "outcome"), message)
            yield from unknown_words(
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


SETTING_CHECKS = (
    _verified_is_tried,
    _phones_are_looked_at_by_hand,
    _words_have_meanings,
    _any_other_is_never_good,
    _ranges_are_ordered,
    _reads_are_whole,
    _neighbours_are_for_line_formats,
    _program_lists_exist_and_are_used,
    _cases_can_be_run,
    _meanings_use_known_names,
)
