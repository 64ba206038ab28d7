"""The records of the rule book: rules (advice), settings (places on a machine), program lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from privacy_check.record import NOTHING, record
from privacy_check.rulebook.reads import Read
from privacy_check.rulebook.vocabulary import ASKING, SEVERITIES

if TYPE_CHECKING:
    from privacy_check.rulebook.catalogue import App

SCHEMA_DEFAULT = "schema-default"
"""The `unset` word that stands for the default compiled into the GSettings schema."""

ANY_OTHER = "*"
"""The key of a map that stands for any text not listed in it."""


@record
class Source:
    """Where a fact or an advice comes from, and when it was last looked at."""

    title: str
    checked: dt.date
    kind: str = "project"
    where: str = ""
    section: str = ""
    dated: str = ""


@record
class Wording:
    """Other words of a question for some calls, and which rules take its answer then."""

    profiles: tuple[str, ...]
    channels: tuple[str, ...]
    text: str = ""
    may_not_apply: bool = False
    also: tuple[str, ...] = ()
    hint: str = ""


@record
class Question:
    """What only a person can know.

    A `pause` question holds the call back unless its answer is the good one; after another answer
    to a `care` question no steps are offered. `quick` is the place among the short questions, 0 for
    none; `asked_as` are the words where one question stands for the rules in `also` too. `name` is
    what the question is called beside an answer; a `past` one is about what was done after a call,
    and stands on the card for it.
    """

    text: str
    good: str
    may_not_apply: bool = False
    pause: bool = False
    care: bool = False
    quick: int = 0
    asked_as: str = ""
    also: tuple[str, ...] = ()
    hint: str = ""
    name: str = ""
    past: bool = False
    instead: tuple[Wording, ...] = ()


@record
class Use:
    """A rule's use of a setting: which of its words look good, or that it only informs."""

    id: str
    good: tuple[str, ...] = ()
    informs: bool = False


@record
class Rule:
    """One piece of advice."""

    id: str
    title: str
    phase: str
    severity: str
    profiles: tuple[str, ...]
    channels: tuple[str, ...]
    why: str
    sources: tuple[Source, ...]
    limits: str = ""
    pillar: str = ""
    last: bool = False
    say: str = ""
    record_first: bool = False
    app_grade: bool = False
    question: Question | None = None
    settings: tuple[Use, ...] = ()

    @property
    def rank(self) -> int:
        """Return where its severity stands: 0 for what matters most."""
        return SEVERITIES[::-1].index(self.severity)


@record
class Applies:
    """What must hold for a variant to be of interest on a machine; empty means nothing."""

    desktop: tuple[str, ...] = ()
    notification_server: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    bus: bool | None = None


@record
class BusAnswer:
    """What a program on the bus answers in a case."""

    bus: str
    name: str
    path: str
    interface: str
    member: str
    answer: object


@record
class CaseProcess:
    """A running program of a case."""

    names: tuple[str, ...]
    arguments: tuple[str, ...] = ()


@record
class CaseDevice:
    """An open device file of a case."""

    program: str
    path: str


@record
class Case:
    """A small machine, and what a variant's reading of it has to be."""

    name: str
    made_by: str
    outcome: str
    value: str = ""
    files: Mapping[str, str]
    texts: Mapping[str, str]
    links: Mapping[str, str]
    denied: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    environment: Mapping[str, str]
    bus: tuple[BusAnswer, ...] = ()
    processes: tuple[CaseProcess, ...] = ()
    devices: tuple[CaseDevice, ...] = ()
    commands: Mapping[str, str] = NOTHING
    days_old: Mapping[str, int] = NOTHING
    modes: Mapping[str, str] = NOTHING


@record
class Form:
    """What a setting file says of one variant; `Variant` adds where it stands."""

    name: str
    applies: Applies
    read: Read
    map: Mapping[str, str]
    unset: str
    whole: tuple[str, ...]
    change: tuple[str, ...]
    undo: tuple[str, ...]
    look: tuple[str, ...] = ()
    later: bool = False
    command: str
    undo_command: str
    steps: str
    confidence: str
    tested_on: tuple[str, ...]
    sources: tuple[Source, ...]
    limits: str
    since: str = ""
    cases: tuple[Case, ...]


@record
class Variant:
    """A setting on one platform; its row is named like `linux/gnome`."""

    row: str
    form: Form

    @property
    def platform(self) -> str:
        """Return the operating system of the row."""
        return self.row.partition("/")[0]


@record
class Setting:
    """A place on a machine with one meaning, on every platform that has it."""

    id: str
    title: str
    topic: str
    about: str = ""
    values: Mapping[str, str]
    variants: tuple[Variant, ...]


@record
class Program:
    """A program on a published list."""

    name: str
    processes: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    installed: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    starts: tuple[str, ...] = ()


@record
class ProgramList:
    """A published list of programs."""

    id: str
    title: str
    scope: str
    programs: tuple[Program, ...]
    sources: tuple[Source, ...]


@record
class Pointer:
    """Where a person finds help: for whom it is, where it is, and when that was last looked at."""

    id: str
    name: str
    topics: tuple[str, ...]
    kind: str
    place: int
    who_for: str
    where: str
    address: str
    says: tuple[str, ...]
    checked_on: dt.date
    profiles: tuple[str, ...]
    sources: tuple[Source, ...]


@record
class Choice:
    """One answer to a topic of the agreement."""

    word: str
    says: str


@record
class Topic:
    """One thing that two people agree on; its choices stand with the strictest first."""

    id: str
    place: int
    title: str
    question: str
    merge: str
    choices: tuple[Choice, ...] = ()
    own_words: bool = False
    given: tuple[str, ...] = ()
    note: str = ""
    nothing: str = ""
    everything: str = "everything"
    profiles: tuple[str, ...] = ASKING
    sources: tuple[Source, ...]


@record
class Edition:
    """Which rule set this is: its version, its date, and the hash of all it says."""

    version: str
    date: dt.date
    hash: str = ""


@record
class RuleBook:
    """All that rule files say, in the order of their ids."""

    edition: Edition
    rules: tuple[Rule, ...]
    settings: Mapping[str, Setting]
    programs: Mapping[str, ProgramList]
    support: tuple[Pointer, ...] = ()
    agreement: tuple[Topic, ...] = ()
    apps: tuple[App, ...] = ()
