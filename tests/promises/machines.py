"""The machines that are damaged: those of the cases in the shipped settings, and no others.

So a setting is covered as soon as it has cases. A state is a row on the machine of one case; it is
read, judged, built into a report and rendered as the command does it. Rows that we only believe are
taken as documented ones here, since otherwise nothing in them could look good.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from random import Random

from privacy_check.cases import case_machine
from privacy_check.judge.findings import Row, judge, row_status
from privacy_check.machine.case import NOW, CaseMachine
from privacy_check.machine.interface import (
    TOO_LATE,
    BusQuestion,
    DeniedError,
    Machine,
    MissingError,
    NoBusError,
    Processes,
    UnseenError,
)
from privacy_check.machine.window import DEADLINE, Window
from privacy_check.readers.look import look_at
from privacy_check.readers.raw import Look
from privacy_check.readers.run import read_places
from privacy_check.record import replaced
from privacy_check.render.json import render_report
from privacy_check.report.build import Made, build
from privacy_check.report.exits import exit_code
from privacy_check.rulebook.load import load
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import Case, Rule, RuleBook
from privacy_check.rulebook.select import Place, Wish

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "rules"


@cache
def book() -> RuleBook:
    loaded = load([RULES])
    assert loaded.book is not None, "\n".join(map(str, loaded.problems))
    return loaded.book


@cache
def rules_of(setting: str) -> tuple[Rule, ...]:
    """Return the rules that judge a setting, each with no other setting."""
    found = []
    for rule in book().rules:
        uses = tuple(use for use in rule.settings if use.id == setting and not use.informs)
        if uses:
            found.append(replaced(rule, settings=uses))
    return tuple(found)


@dataclass(frozen=True)
class Seen:
    """What the command said: the row's status under each rule, its reason, and the exit code."""

    statuses: tuple[str, ...]
    reason: str
    code: int


@dataclass(frozen=True)
class State:
    """A row on the machine of one of its cases."""

    place: Place
    case: Case

    @property
    def row(self) -> str:
        return f"{self.place.setting.id} {self.place.variant.row}"

    def __str__(self) -> str:
        return f"{self.row}: {self.case.name}"

    @cached_property
    def machine(self) -> CaseMachine:
        return case_machine(self.case, [RULES])

    @cached_property
    def whole(self) -> Seen:
        return run(self.place, self.machine)

    @property
    def is_bad(self) -> bool:
        return "fail" in self.whole.statuses

    @property
    def is_good(self) -> bool:
        return "pass" in self.whole.statuses


def run(place: Place, machine: Machine, deadline: float = DEADLINE) -> Seen:
    """Read a row, judge it, and take its statuses from the rendered report, as the command does."""
    window = Window(machine, deadline=deadline)
    (reading,) = read_places([place], window, dict(book().programs))
    rows = [Row(place=place, reading=reading)]
    made = Made(
        at=NOW,
        platform="linux",
        live=True,
        administrator=False,
        edition=book().edition,
        wish=Wish(),
    )
    report = build(made, judge(rules_of(place.setting.id), rows, asks=True), rows)
    said = json.loads(render_report(report).encode())
    found = [row for finding in said["findings"] for row in finding["settings"]]
    return Seen(
        statuses=tuple(row["status"] for row in found),
        reason=getattr(reading, "reason", "") or "",
        code=exit_code(report, "info"),
    )


def status(place: Place, machine: Machine) -> str:
    """Return the status under the first rule that judges the row, on the shortest way."""
    rules = rules_of(place.setting.id)
    look = Look(window=Window(machine), programs=book().programs)
    row = Row(place=place, reading=look_at(place, look))
    return row_status(row, rules[0].settings[0]) if rules else ""


def _strict(place: Place) -> Place:
    variant = place.variant
    form = replaced(variant.form, confidence="documented")
    return Place(setting=place.setting, variant=replaced(variant, form=form))


@cache
def places() -> dict[str, Place]:
    """Return all rows that a program can read, by name."""
    found = {}
    for setting in book().settings.values():
        for variant in setting.variants:
            if not isinstance(variant.form.read, ByHand):
                place = _strict(Place(setting=setting, variant=variant))
                found[f"{setting.id} {variant.row}"] = place
    return found


@cache
def states(row: str) -> tuple[State, ...]:
    """Return the states of a row in which something is read."""
    place = places()[row]
    cases = (case for case in place.variant.form.cases if case.outcome in ("value", "unset"))
    return tuple(State(place=place, case=case) for case in cases)


def first_of_each(found: Iterable[tuple[State, Spot]]) -> list[tuple[State, Spot]]:
    """Return each thing that can be damaged in the first of its states only."""
    once: dict[str, tuple[State, Spot]] = {}
    for state, spot in found:
        once.setdefault(spot.name, (state, spot))
    return list(once.values())


@dataclass(frozen=True)
class Spot:
    """One thing of a state that can be damaged: where it is, its bytes, and how to replace them."""

    kind: str
    name: str
    data: bytes
    put: Callable[[bytes], CaseMachine]


def spots(state: State) -> Iterator[Spot]:
    """Yield the files, the answers of commands and the variables of a state."""
    machine = state.machine
    for path, data in machine.files.items():
        if data:
            yield Spot("file", path, data, _put_file(machine, path))
    for name, data in machine.printed.items():
        yield Spot("command", name, data, _put_printed(machine, name))
    for name, text in machine.variables.items():
        yield Spot("variable", name, text.encode(), _put_variable(machine, name))


def _put_file(machine: CaseMachine, path: str) -> Callable[[bytes], CaseMachine]:
    return lambda data: replace(machine, files={**machine.files, path: data})


def _put_printed(machine: CaseMachine, name: str) -> Callable[[bytes], CaseMachine]:
    return lambda data: replace(machine, printed={**machine.printed, name: data})


def _put_variable(machine: CaseMachine, name: str) -> Callable[[bytes], CaseMachine]:
    def put(data: bytes) -> CaseMachine:
        text = data.replace(b"\0", b"")[:4096].decode("utf-8", "surrogateescape")
        return replace(machine, variables={**machine.variables, name: text})

    return put


class Blind:
    """A machine some of whose senses say something else."""

    def __init__(self, machine: CaseMachine, says: dict[str, object]) -> None:
        self._machine = machine
        self._says = says

    def __getattr__(self, name: str) -> object:
        return self._says[name] if name in self._says else getattr(self._machine, name)


def _raises(error: UnseenError) -> Callable[..., object]:
    def say(*_: object) -> object:
        raise error

    return say


def _blind(error: UnseenError, *senses: str) -> Callable[[CaseMachine], Blind]:
    return lambda machine: Blind(machine, dict.fromkeys(senses, _raises(error)))


def _hidden(machine: CaseMachine) -> Blind:
    nobody = Processes(seen=(), own_whole=False, all_whole=False)
    return Blind(machine, {"processes": lambda: nobody})


ODD_NAMES = ("\udcff", "a\nb", "x" * 255, ".x", "..x", "\u202e", " ")


def _odd_folders(machine: CaseMachine) -> Blind:
    def names(path: str) -> tuple[str, ...]:
        return tuple(sorted((*machine.names(path), *ODD_NAMES)))

    return Blind(machine, {"names": names})


_REFUSED = UnseenError("it refused to tell")
_BROKEN = UnseenError("the storage gave an error")
_DENIED = DeniedError("this account may not read it")

SENSES: dict[str, Callable[[CaseMachine], object]] = {
    "no file can be read": _blind(_BROKEN, "read"),
    "no folder can be listed": _blind(_BROKEN, "names", "folders"),
    "nothing can be looked for": _blind(_BROKEN, "exists"),
    "everything is denied": _blind(_DENIED, "read", "names", "folders", "exists", "permissions"),
    "no rights can be seen": _blind(_BROKEN, "permissions"),
    "no link can be followed": _blind(_BROKEN, "real"),
    "the whole disk is broken": _blind(
        _BROKEN, "read", "names", "folders", "exists", "permissions", "real"
    ),
    "no program can be seen": _blind(_REFUSED, "processes"),
    "other programs are hidden": _hidden,
    "no open device can be seen": _blind(_REFUSED, "holders"),
    "nobody answers on the bus": _blind(MissingError("it is not running"), "ask"),
    "the bus cannot be reached": _blind(NoBusError("no bus"), "ask"),
    "the bus refuses": _blind(_REFUSED, "ask"),
    "the bus is late": _blind(UnseenError(TOO_LATE), "ask"),
    "the bus answers nothing": lambda machine: Blind(machine, {"ask": lambda *_: ()}),
    "the command is not installed": _blind(MissingError("it is not installed"), "command"),
    "the command is killed": _blind(UnseenError("it gave no answer"), "command"),
    "the command is late": _blind(UnseenError(TOO_LATE), "command"),
    "names that nobody expects": _odd_folders,
    "no home folder": lambda machine: Blind(machine, {"home": ""}),
    "the home folder is elsewhere": lambda machine: Blind(machine, {"home": "/home/nobody-here"}),
    "a reader that breaks": _blind(UnseenError("\udcff\x1b[31m" + "x" * 9000), "read", "ask"),
}
"""What a machine may fail to tell. Each makes another machine out of that of a case."""

FACTS = ("nobody answers on the bus", "the command is not installed")
"""Those that are news, not damage: a service that does not run is asked by nobody."""


def _wrong(value: object) -> Iterator[object]:
    """Yield answers of the wrong type, and those that say the same in another form."""
    yield from (None, "", "text", 0, 1, -1, 2**63, 0.5, b"", [], [[]], {}, (), ("s", "x"))
    yield from ([value], {"a": value}, (value,), ("v", ("v", value)))
    if isinstance(value, bool | int | float):
        yield str(value)
    if isinstance(value, bool):
        yield int(value)


def wrong_answers(body: tuple[object, ...], most: int) -> list[tuple[object, ...]]:
    """Return what a program might answer instead; of deeply nested answers, some."""
    found: list[tuple[object, ...]] = [(), (*body, *body), (*body, None)]
    for value in body:
        found += [(other,) for other in _wrong(value) if other != value]
    ways = [way for way in _ways(body) if way]
    chance = Random(len(ways))
    ways = ways if len(ways) <= most else chance.sample(ways, most)
    parts = (None, [], "?", {"?": 1}, -7)
    return [*found, *(_with(body, way, other) for way in ways for other in parts)]  # type: ignore[misc] # parts of any kind


def _ways(value: object) -> Iterator[tuple[object, ...]]:
    """Yield the way to every part of a nested value, by its keys and numbers."""
    yield ()
    inner = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list | tuple):
        inner = enumerate(value)
    for key, part in inner:
        yield from ((key, *way) for way in _ways(part))


def _with(value: object, way: tuple[object, ...], other: object) -> object:
    """Return a nested value in which the part at the end of a way is another."""
    if not way:
        return other
    key, *rest = way
    if isinstance(value, dict):
        return {**value, key: _with(value[key], tuple(rest), other)}
    items = list(value)  # type: ignore[call-overload] # a list or a tuple
    items[key] = _with(items[key], tuple(rest), other)  # type: ignore[call-overload] # the same
    return type(value)(items)  # type: ignore[call-arg] # the same


def with_answer(
    machine: CaseMachine, question: BusQuestion, body: tuple[object, ...]
) -> CaseMachine:
    return replace(machine, answers={**machine.answers, question: body})
