"""Turns documents into records. Problems are returned, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Generic, TypeVar

from privacy_check.record import record, replaced
from privacy_check.rulebook.catalogue import App
from privacy_check.rulebook.documents import EDITION_FILE, Document
from privacy_check.rulebook.forms.agreement import TOPIC
from privacy_check.rulebook.forms.app import APP
from privacy_check.rulebook.forms.edition import EDITION
from privacy_check.rulebook.forms.programs import PROGRAMS
from privacy_check.rulebook.forms.rule import RULE
from privacy_check.rulebook.forms.setting import setting_from
from privacy_check.rulebook.forms.support import POINTER
from privacy_check.rulebook.problems import Problem
from privacy_check.rulebook.records import Edition, Pointer, ProgramList, Rule, Setting, Topic

R = TypeVar("R", Rule, Setting, ProgramList, Pointer, Topic, App)


@record
class Entry(Generic[R]):
    """A record together with the file it was decoded from."""

    record: R
    document: Document

    @property
    def name(self) -> str:
        """Return the id; where it is faulty, what it should be."""
        return self.record.id or self.document.stem


@record
class Draft:
    """Everything that could be decoded, before it is checked as a whole."""

    rules: tuple[Entry[Rule], ...] = ()
    settings: tuple[Entry[Setting], ...] = ()
    programs: tuple[Entry[ProgramList], ...] = ()
    support: tuple[Entry[Pointer], ...] = ()
    agreement: tuple[Entry[Topic], ...] = ()
    apps: tuple[Entry[App], ...] = ()
    edition: Edition | None = None
    problems: tuple[Problem, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    """Built-in rules that ask something and are not among these, where one of these names any."""

    def with_problems(self, problems: Iterable[Problem]) -> Draft:
        """Return the draft with what was wrong already when the files were read."""
        return replaced(self, problems=(*problems, *self.problems))

    def broken(self, kind: str, key: str = "") -> frozenset[str]:
        """Return the ids of files of a kind that could not be parsed, or have a fault at a key."""
        faulty = (
            Path(problem.file)
            for problem in self.problems
            if not problem.key or (key and problem.key.startswith(key))
        )
        return frozenset(path.stem for path in faulty if kind in path.parts)


def decode(documents: Iterable[Document]) -> Draft:
    """Return the records of all documents, and all their problems."""
    rules: list[Entry[Rule]] = []
    settings: list[Entry[Setting]] = []
    programs: list[Entry[ProgramList]] = []
    support: list[Entry[Pointer]] = []
    agreement: list[Entry[Topic]] = []
    apps: list[Entry[App]] = []
    edition: Edition | None = None
    problems: list[Problem] = []
    for document in documents:
        notes = document.notebook()
        match document.kind:
            case "advice":
                _keep(rules, RULE.decode(document.raw, (), notes), document)
            case "settings":
                _keep(settings, setting_from(document.raw, notes), document)
            case "programs":
                _keep(programs, PROGRAMS.decode(document.raw, (), notes), document)
            case "support":
                _keep(support, POINTER.decode(document.raw, (), notes), document)
            case "agreement":
                _keep(agreement, TOPIC.decode(document.raw, (), notes), document)
            case "apps":
                _keep(apps, APP.decode(document.raw, (), notes), document)
            case _ if document.kind == EDITION_FILE:
                edition = EDITION.decode(document.raw, (), notes)
        problems += notes.problems
    return Draft(
        rules=tuple(rules),
        settings=tuple(settings),
        programs=tuple(programs),
        support=tuple(support),
        agreement=tuple(agreement),
        apps=tuple(apps),
        edition=edition,
        problems=tuple(problems),
    )


def _keep(entries: list[Entry[R]], record: R | None, document: Document) -> None:
    if record is not None:
        entries.append(Entry(record=record, document=document))
