"""What is fuzzed: each target takes any bytes, and says what must hold whatever they are.

Nothing but `UnseenError` may come out of the program, and nothing may take a second. The targets
take their readers and first bytes from the cases of the shipped settings, so a new reader is fuzzed
as soon as it has cases.
"""

from __future__ import annotations

import binascii
import json
import os
import socket
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jeepney import HeaderFields, Message, MessageType
from jeepney.io.blocking import DBusConnection
from jeepney.low_level import Endianness, Header

from privacy_check.cases import case_machine
from privacy_check.judge.findings import PASS, Row, row_status
from privacy_check.machine import bus
from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import BusQuestion, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import gvariant
from privacy_check.readers.gvdb import Table, root_table
from privacy_check.readers.look import look_at
from privacy_check.readers.raw import Look
from privacy_check.reading import Reading
from privacy_check.record import replaced
from privacy_check.rulebook.check import check
from privacy_check.rulebook.compiled import DamagedBookError, compile_book, read_compiled
from privacy_check.rulebook.decode import decode
from privacy_check.rulebook.documents import read_folder
from privacy_check.rulebook.load import load
from privacy_check.rulebook.reads import Firefox
from privacy_check.rulebook.records import RuleBook, Use
from privacy_check.rulebook.select import Place

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "rules"
LONGEST = 2.0
"""Seconds of work that one input may take, also where coverage is measured."""


@dataclass(frozen=True)
class Spot:
    """One file, or one printed answer, of a case of a setting's row."""

    place: Place
    case: str
    machine: CaseMachine
    path: str
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.place.setting.id} {self.place.variant.row} {self.path}"

    def read(self, data: bytes) -> Reading:
        """Return what is read when these bytes stand in its place."""
        return look_at(self.place, Look(window=Window(self.with_data(data)), programs=_programs()))

    def with_data(self, data: bytes) -> CaseMachine:
        if self.path in self.machine.files:
            return replace(self.machine, files={**self.machine.files, self.path: data})
        return replace(self.machine, printed={**self.machine.printed, self.path: data})


@cache
def book() -> RuleBook:
    loaded = load([RULES])
    assert loaded.book is not None, loaded.problems
    return loaded.book


@cache
def _programs() -> dict[str, object]:
    return dict(book().programs)


def _uses(setting: str) -> list[Use]:
    return [u for rule in book().rules for u in rule.settings if u.id == setting and not u.informs]


def places() -> Iterator[tuple[Place, str, CaseMachine]]:
    for setting in book().settings.values():
        for variant in setting.variants:
            for case in variant.form.cases:
                place = Place(setting=setting, variant=variant)
                yield place, case.name, case_machine(case, [RULES])


@cache
def spots(kind: str) -> tuple[Spot, ...]:
    """Return all files and answers of a kind in all cases, in a fixed order."""
    found = [
        Spot(place=place, case=case, machine=machine, path=path, data=data)
        for place, case, machine in places()
        for path, data in (*machine.files.items(), *machine.printed.items())
        if kind_of(data) == kind and not path.startswith("/proc")
    ]
    return tuple({(spot.name, spot.data): spot for spot in found}.values())


def kind_of(data: bytes) -> str:
    if data[:8] in (b"GVariant", b"raVGtnai"):
        return "gvdb"
    if data.startswith(b"SQLite"):
        return "sqlite"
    try:
        return "json" if isinstance(json.loads(data), dict | list) else "text"
    except ValueError:
        return "text"


def spot_of(kind: str, data: bytes) -> tuple[Spot, bytes]:
    """Return the spot that an input means: its name in a first line, or a number in two bytes."""
    head, _, rest = data.partition(b"\n")
    named = [spot for spot in spots(kind) if spot.name.encode() == head]
    if named:
        return named[0], rest
    number = int.from_bytes(data[:2], "big") % len(spots(kind))
    return spots(kind)[number], data[2:]


def _read(kind: str, data: bytes) -> None:
    spot, content = spot_of(kind, data)
    reading = spot.read(content)
    rows = Row(place=spot.place, reading=reading)
    good = any(row_status(rows, use) == PASS for use in _uses(spot.place.setting.id))
    if good and isinstance(spot.place.variant.form.read, Firefox) and kind == "sqlite":
        assert not _has_grant(content, spot.place.variant.form.read.permission), "a grant was lost"


def _has_grant(data: bytes, permission: str) -> bool:
    """Look with SQLite itself, from a file, whether a standing grant is there."""
    kind = {"notifications": "desktop-notification"}.get(permission, permission)
    with tempfile.NamedTemporaryFile(dir=_memory()) as file:
        file.write(data)
        file.flush()
        try:
            connection = sqlite3.connect(f"file:{file.name}?mode=ro&immutable=1", uri=True)
            with connection:
                sql = "SELECT 1 FROM moz_perms WHERE type = ? AND permission = 1 AND expireType = 0"
                return bool(connection.execute(sql, (kind,)).fetchall())
        except sqlite3.Error:
            return False
        finally:
            connection.close()


def _memory() -> str:
    return "/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()


def _gvdb(data: bytes) -> None:
    _read("gvdb", data)
    with suppress(UnseenError):
        _walk(root_table(data[2:]), 0)
    kind, _, body = data[2:].partition(b"\0")
    with suppress(gvariant.VariantError):
        assert gvariant.boxed_type(b"\0" + kind)
        gvariant.decode(kind.decode("ascii", "replace"), body)


def _walk(table: Table, depth: int) -> None:
    for name in table.names()[:200]:
        try:
            if table.kind(name):
                table.value(name)
            elif depth < 3 and (inner := table.table(name)) is not None:
                _walk(inner, depth + 1)
        except UnseenError:
            continue


class Bus(CaseMachine):
    """A case whose bus answers with given bytes, through the program's own connection."""

    said: bytes

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        ours, theirs = socket.socketpair()
        try:
            theirs.sendall(reply("s", (":1.7",), to=1) + self.said)
            theirs.shutdown(socket.SHUT_WR)
            bus._connections.known = {"fuzzed": DBusConnection(ours)}  # noqa: SLF001 - the bus itself
            return bus.ask("fuzzed", question, 0.2)
        finally:
            bus._forget("fuzzed")  # noqa: SLF001 - the same
            theirs.close()
            ours.close()


@cache
def bus_places() -> tuple[tuple[Place, CaseMachine], ...]:
    return tuple((place, machine) for place, _, machine in places() if machine.answers)


def _bus(data: bytes) -> None:
    place, machine = bus_places()[int.from_bytes(data[:2], "big") % len(bus_places())]
    fields = {name: getattr(machine, name) for name in CaseMachine.__dataclass_fields__}
    asked = Bus(**fields)
    asked.said = data[2 : 2 + (1 << 16)]
    look_at(place, Look(window=Window(asked), programs=_programs()))


def reply(signature: str, body: tuple[object, ...], to: int = 2) -> bytes:
    """Return the bytes of an answer; the first call of a connection is its greeting."""
    fields = {HeaderFields.reply_serial: to, HeaderFields.signature: signature}
    header = Header(Endianness.little, MessageType.method_return, 0, 1, -1, 1, fields)
    data: bytes = Message(header, body).serialise(serial=1)
    return data


def _rules(data: bytes) -> None:
    """Take the bytes as one rule file, or as a compiled rule book."""
    kinds = ("advice/prepare", "settings", "programs", "compiled", "body")
    kind = kinds[(data or b"\0")[0] % len(kinds)]
    if kind in ("compiled", "body"):
        _compiled(data[1:], checked=kind == "body")
        return
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        place = Path(folder) / kind / "one.toml"
        place.parent.mkdir(parents=True)
        place.write_bytes(data[1:])
        documents, problems, _ = read_folder(Path(folder))
        draft = decode(documents).with_problems(problems)
        wrong = check(draft)
        assert all(problem.line >= 1 and problem.message for problem in wrong)


def _compiled(data: bytes, *, checked: bool) -> None:
    text = data.decode("utf-8", "replace")
    if checked:
        head = json.loads(compile_book(_small_book()).partition("\n")[0])
        head["checksums"] = [binascii.crc32(line.encode()) for line in text.split("\n")]
        text = f"{json.dumps(head)}\n{text}\n"
    with suppress(DamagedBookError):
        read_compiled(text)


@cache
def _small_book() -> RuleBook:
    """Return the rule book with a few of its parts, which has all kinds of records that matter."""
    rules = tuple(rule for rule in book().rules if rule.settings)[:2]
    names = {use.id for rule in rules for use in rule.settings}
    settings = {name: book().settings[name] for name in names}
    programs = dict(list(book().programs.items())[:1])
    return replaced(book(), rules=rules, settings=settings, programs=programs)


def _seeds_of(kind: str) -> Iterator[bytes]:
    for number, spot in enumerate(spots(kind)):
        if len(spot.data) < 200_000:
            yield number.to_bytes(2, "big") + spot.data


def _bus_seeds() -> Iterator[bytes]:
    for number, (_, machine) in enumerate(bus_places()):
        for body in machine.answers.values():
            try:
                said = reply(*_signed(body))
            except Exception:  # noqa: BLE001 - only a first input; others take its place
                continue
            yield number.to_bytes(2, "big") + said
    for value in (("v", (("b", True),)), ("a{sv}", ({"a": ("s", "x")},)), ("u", (7,)), ("", ())):
        yield b"\0\0" + reply(*value)


def _signed(body: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
    signature = "".join(_type_of(value) for value in body)
    return signature, body


def _type_of(value: object) -> str:
    match value:
        case bool():
            return "b"
        case int():
            return "i"
        case float():
            return "d"
        case str():
            return "s"
        case list():
            return "a" + (_type_of(value[0]) if value else "s")
        case dict():
            return "a{s" + (_type_of(next(iter(value.values()))) if value else "v") + "}"
        case tuple():
            return "(" + "".join(_type_of(item) for item in value) + ")"
        case _:
            raise TypeError(value)


def _rule_seeds() -> Iterator[bytes]:
    for number, kind in enumerate(("advice", "settings", "programs")):
        for path in sorted((RULES / kind).rglob("*.toml")):
            data = path.read_bytes()
            if len(data) < 12_000:
                yield bytes([number]) + data
    text = compile_book(_small_book())
    yield b"\3" + text.encode()
    yield b"\4" + text.partition("\n")[2].removesuffix("\n").encode()


@dataclass(frozen=True)
class Target:
    """One door of the program: what to do with bytes, and what to begin with."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    largest: int


TARGETS = {
    "gvdb": Target(_gvdb, lambda: _seeds_of("gvdb"), 16_384),
    "text": Target(lambda data: _read("text", data), lambda: _seeds_of("text"), 8192),
    "json": Target(lambda data: _read("json", data), lambda: _seeds_of("json"), 32_768),
    "sqlite": Target(lambda data: _read("sqlite", data), lambda: _seeds_of("sqlite"), 200_000),
    "bus": Target(_bus, _bus_seeds, 4096),
    "rules": Target(_rules, _rule_seeds, 16_000),
}


def run(name: str, data: bytes) -> None:
    """Do one input; raises whatever the program lets through, and an error when it is slow."""
    book()  # read once for all inputs, and not on their time
    began = time.process_time()
    TARGETS[name].check(data)
    took = time.process_time() - began
    assert took < LONGEST, f"{took:.1f} s of work"
