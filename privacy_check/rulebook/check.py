"""House rules: what must hold within a rule file, and between rule files, beyond their form.

Each check is a small function over the draft that yields problems; `CHECKS` lists them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from privacy_check.rulebook.catalogue import App
from privacy_check.rulebook.check_apps import APP_CHECKS
from privacy_check.rulebook.check_questions import QUESTION_CHECKS
from privacy_check.rulebook.check_settings import SETTING_CHECKS, unknown_words, variants
from privacy_check.rulebook.check_topics import TOPIC_CHECKS
from privacy_check.rulebook.decode import Draft, Entry
from privacy_check.rulebook.documents import Document
from privacy_check.rulebook.problems import KeyPath, Problem, did_you_mean
from privacy_check.rulebook.records import Pointer, ProgramList, Rule, Setting, Source, Topic

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
    for entries in (
        draft.rules,
        draft.settings,
        draft.programs,
        draft.support,
        draft.agreement,
        draft.apps,
    ):
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
            yield from unknown_words(
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


def _settings_are_used(draft: Draft) -> Iterator[Problem]:
    used = {use.id for rule in draft.rules for use in rule.record.settings}
    used |= {use.id for app in draft.apps for use in app.record.settings}
    for entry in draft.settings:
        if entry.name not in used and not draft.broken("advice", "settings"):
            yield entry.document.problem(("id",), "no rule uses this setting")


def dates_ahead(draft: Draft, today: dt.date) -> Iterator[Problem]:
    """Yield the sources that were checked after `today`; asked for by lint only."""
    placed: list[tuple[Document, KeyPath, tuple[Source, ...]]] = [
        *((entry.document, (), entry.record.sources) for entry in draft.rules),
        *((entry.document, (), entry.record.sources) for entry in draft.programs),
        *((entry.document, (), entry.record.sources) for entry in draft.support),
        *((entry.document, (), entry.record.sources) for entry in draft.agreement),
        *((entry.document, at, variant.form.sources) for entry, variant, at in variants(draft)),
    ]
    for document, at, sources in placed:
        for i, source in enumerate(sources):
            if source.checked > today:
                yield document.problem(
                    (*at, "sources", i, "checked"), _ahead(source.checked, today)
                )
    for entry in draft.apps:
        for name, source in entry.record.sources.items():
            at = ("sources", name)
            if source.checked > today:
                yield entry.document.problem((*at, "checked"), _ahead(source.checked, today))
            if source.dated > today.isoformat():
                yield entry.document.problem((*at, "dated"), _ahead(source.dated, today))


def _ahead(day: object, today: dt.date) -> str:
    return f"{day} lies ahead of today, {today}"


CHECKS: tuple[Check, ...] = (
    _ids_match_files,
    _ids_are_unique,
    _rules_stand_in_the_folder_of_their_phase,
    _pillars_are_unique,
    _audits_hold_settings_only,
    _uses_fit_the_settings,
    _uses_tell_something,
    _settings_are_used,
    *SETTING_CHECKS,
    *QUESTION_CHECKS,
    *TOPIC_CHECKS,
    *APP_CHECKS,
)


AnyEntry = (
    Entry[Rule] | Entry[Setting] | Entry[ProgramList] | Entry[Pointer] | Entry[Topic] | Entry[App]
)


def _all(draft: Draft) -> Iterable[AnyEntry]:
    return (
        *draft.rules,
        *draft.settings,
        *draft.programs,
        *draft.support,
        *draft.agreement,
        *draft.apps,
    )
