"""Reads the rule book from rule files: the built-in ones, or those of given folders."""

from __future__ import annotations

import os
from collections.abc import Sequence

from privacy_check.record import record, replaced
from privacy_check.rulebook.check import check
from privacy_check.rulebook.check_questions import named
from privacy_check.rulebook.compiled import PACKAGE, checkout_rules
from privacy_check.rulebook.decode import Draft, decode
from privacy_check.rulebook.digest import hash_of
from privacy_check.rulebook.documents import AnyPath, Document, read_folder
from privacy_check.rulebook.problems import Problem
from privacy_check.rulebook.reads import program_list
from privacy_check.rulebook.records import Edition, RuleBook

_NO_DRAFT = Draft()


@record
class Loaded:
    """What came of loading: a rule book, or what is wrong with the files."""

    book: RuleBook | None
    problems: tuple[Problem, ...] = ()
    files: int = 0
    draft: Draft = _NO_DRAFT


class NoRuleBookError(Exception):
    """The package holds no rule book: it was not installed as a whole."""


def source_folder() -> str | None:
    """Return the built-in rules as TOML: beside a checkout's project file, else in the package."""
    if checkout := checkout_rules():
        return checkout
    inside = f"{PACKAGE}/rules"
    return inside if os.path.isdir(inside) else None


def load(folders: Sequence[AnyPath]) -> Loaded:
    """Return the rule book of the folders, or the built-in one when none is given.

    What a folder names but does not define (a setting, a program list) is taken from the built-in
    rule book, so that a folder can hold a single rule.

    Raises:
        NoRuleBookError: When the built-in rule book is needed and not there.
    """
    if not folders:
        return _load_built_in()
    documents: list[Document] = []
    problems: list[Problem] = []
    files = 0
    for folder in folders:
        found, wrong, seen = read_folder(folder)
        documents += found
        problems += wrong
        files += seen
    return _loaded(_with_built_in(documents), problems, files)


def _load_built_in() -> Loaded:
    folder = source_folder()
    if folder is None:
        message = "The rules in this installation are missing: install it again."
        raise NoRuleBookError(message)
    documents, problems, files = read_folder(folder)
    return _loaded(documents, problems, files)


def _loaded(documents: Sequence[Document], problems: Sequence[Problem], files: int) -> Loaded:
    draft = _knowing_built_in(decode(documents).with_problems(problems))
    wrong = check(draft)
    if wrong:
        return Loaded(book=None, problems=tuple(wrong), files=files, draft=draft)
    return _finished(draft, documents, files)


def _finished(draft: Draft, documents: Sequence[Document], files: int) -> Loaded:
    import datetime as dt

    unnamed = Edition(version="unnamed", date=dt.date.min)
    book = RuleBook(
        edition=replaced(draft.edition or unnamed, hash=hash_of(documents)),
        rules=tuple(sorted((entry.record for entry in draft.rules), key=lambda rule: rule.id)),
        settings={e.record.id: e.record for e in sorted(draft.settings, key=lambda e: e.record.id)},
        programs={entry.record.id: entry.record for entry in draft.programs},
        support=tuple(
            sorted((e.record for e in draft.support), key=lambda item: (item.place, item.id))
        ),
        agreement=tuple(
            sorted((e.record for e in draft.agreement), key=lambda item: (item.place, item.id))
        ),
        apps=tuple(sorted((e.record for e in draft.apps), key=lambda app: app.id)),
    )
    return Loaded(book=book, files=files, draft=draft)


def _with_built_in(documents: list[Document]) -> list[Document]:
    """Add the built-in documents that the given ones name but do not define."""
    built_in: dict[tuple[str, str], Document] | None = None
    while missing := _missing(decode(documents)):
        if built_in is None:
            built_in = {(item.kind, item.stem): item for item in _built_in_documents()}
        added = [built_in[name] for name in sorted(missing) if name in built_in]
        if not added:
            break
        documents = [*documents, *added]
    return documents


def _missing(draft: Draft) -> set[tuple[str, str]]:
    wanted = {("settings", use.id) for rule in draft.rules for use in rule.record.settings}
    wanted |= {("settings", use.id) for app in draft.apps for use in app.record.settings}
    for entry in draft.settings:
        for variant in entry.record.variants:
            if name := program_list(variant.form.read):
                wanted.add(("programs", name))
    here = {("settings", entry.record.id) for entry in draft.settings}
    return wanted - here - {("programs", entry.record.id) for entry in draft.programs}


def _knowing_built_in(draft: Draft) -> Draft:
    """Add the names of the built-in questions, where a rule shares its answer with one not here.

    Such a rule stays out: a folder replaces the built-in rules, but one of them that is taken out
    of the others and changed is sound.
    """
    here = {entry.name for entry in draft.rules}
    if all(name in here for entry in draft.rules for _, name in named(entry.record.question)):
        return draft
    rules = decode(item for item in _built_in_documents() if item.kind == "advice").rules
    asking = {entry.name for entry in rules if entry.record.question}
    return replaced(draft, elsewhere=frozenset(asking - here))


def _built_in_documents() -> list[Document]:
    folder = source_folder()
    return read_folder(folder)[0] if folder else []
