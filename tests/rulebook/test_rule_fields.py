"""Kinds of values: what each takes, what it says of the rest, and that it never raises."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rule_folders import HIDDEN, LISTED, PROGRAMS, RULE, RULES, SETTING

from privacy_check.rulebook.check import check, dates_ahead
from privacy_check.rulebook.decode import Draft, decode
from privacy_check.rulebook.digest import hash_of
from privacy_check.rulebook.documents import EDITION_FILE, KINDS, Document, read_folder
from privacy_check.rulebook.fields import (
    Anything,
    Content,
    Day,
    Field,
    Flag,
    Kind,
    Many,
    Named,
    OneOf,
    Table,
    Text,
    Word,
)
from privacy_check.rulebook.locate import key_lines
from privacy_check.rulebook.problems import Notebook, Problem, did_you_mean, shown


@dataclass(frozen=True)
class Pair:
    one: object
    two: object = None


PAIR = Table(
    Pair,
    (Field("one", Text(5), "a text"), Field("two", Flag(), "a flag", required=False, default=True)),
)
OTHER = Table(Pair, (Field("other", Flag(), "a flag", stored_as="one"),))
DAY = dt.date(2026, 11, 22)

TAKEN: list[tuple[Kind[Any], object, object]] = [
    (Text(3), "abc", "abc"),
    (Text(3, least=0), "", ""),
    (Text(9, "[a-z]+", "small"), "abc", "abc"),
    (Text(9), "\u00e4 \u4e2d \u0627", "\u00e4 \u4e2d \u0627"),
    (Word(("on", "off")), "on", "on"),
    (Flag(), False, False),
    (Day(), DAY, DAY),
    (Day(), "2026-11-22", DAY),
    (Content(), "\x00\n\u202e", "\x00\n\u202e"),
    (Anything(), [1, {"a": None}], [1, {"a": None}]),
    (Many(Text(3)), [], ()),
    (Many(Text(3)), ["a", "a"], ("a", "a")),
    (Many(Text(3), bare=True), "a", ("a",)),
    (Many(Flag(), unique=True), [True, False], (True, False)),
    (Named(Text(3), Flag()), {"a": True}, {"a": True}),
    (PAIR, {"one": "a"}, Pair("a", two=True)),
    (PAIR, {"two": False, "one": "a"}, Pair("a", two=False)),
    (OneOf({"one": PAIR, "other": OTHER}), {"other": True}, Pair(one=True)),
]


@pytest.mark.parametrize(("kind", "raw", "wanted"), TAKEN, ids=lambda item: type(item).__name__)
def test_a_kind_takes_its_values(kind: Kind[Any], raw: object, wanted: object) -> None:
    notes = Notebook(file="x", lines={})
    assert kind.decode(raw, (), notes) == wanted
    assert notes.problems == []


REFUSED: dict[str, tuple[Kind[Any], object, str]] = {
    "text: a number": (Text(), 5, "a: this should be text in quotes, not a number"),
    "text: a flag": (Text(), True, "a: this should be text in quotes, not true or false"),
    "text: a date": (Text(), DAY, "a: this should be text in quotes, not a date"),
    "text: empty": (Text(3), "", "a: this text should have 1 to 3 characters"),
    "text: long": (Text(3), "abcd", "a: this text should have 1 to 3 characters"),
    "text: another form": (Text(3, "b+", "a row of b"), "a", "a: this is not a row of b"),
    "text: a line end at the end": (Text(3, "b+", "b"), "b\n", "a: this text holds a control"),
    "text: half a character": (Text(), "\ud800", "a: this text holds a control"),
    "word: near": (Word(("on", "off")), "of", 'a: "of" is not one of: on, off (did you mean "off"'),
    "word: far": (Word(("on", "off")), "xyz", 'a: "xyz" is not one of: on, off'),
    "word: a flag": (Word(("on", "off")), True, "a: this should be one of: on, off"),
    "word: a list": (Word(("on", "off")), ["on"], "a: this should be one of: on, off"),
    "flag: one": (Flag(), 1, "a: this should be true or false, not a number"),
    "flag: nothing": (Flag(), None, "a: this should be true or false, not "),
    "day: a time": (
        Day(),
        dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        "a: this should be a date like 2026-11-22, not a time",
    ),
    "day: none such": (Day(), "2026-02-30", "a: this should be a date like 2026-11-22, not text"),
    "day: other digits": (
        Day(),
        "\u0662\u0660\u0662\u0666-11-22",
        "a: this should be a date like 2026-11-22, not text",
    ),
    "content: a number": (Content(), 1.5, "a: this should be text in quotes, not a number"),
    "many: bare": (Many(Text()), "a", "a: this should be a list in [ ], not text"),
    "many: a table": (Many(Text(), bare=True), {}, "a: this should be a list in [ ], not a table"),
    "many: too few": (Many(Text(), 1), [], "a: this list should have at least 1 entry"),
    "many: an entry": (Many(Text()), ["a", 5], "a.2: this should be text in quotes, not a number"),
    "many: twice": (Many(Text(), unique=True), ["a", "a"], "a: this list names something twice"),
    "named: a list": (Named(Text(), Text()), [], "a: this should be a table, not a list"),
    "named: too few": (Named(Text(), Text(), 1), {}, "a: this table should have at least 1 key"),
    "named: a key": (Named(Text(1), Text()), {"bc": "d"}, "a.bc: this text should have 1 to 1 "),
    "named: a value": (Named(Text(), Flag()), {"b": 5}, "a.b: this should be true or false, not "),
    "table: text": (PAIR, "x", "a: this should be a table, not text"),
    "table: missing": (PAIR, {}, "a.one: this key is missing: a text"),
    "table: unknown": (
        PAIR,
        {"one": "x", "tow": True},
        'a.tow: unknown key; known here: one, two (did you mean "two"?)',
    ),
    "one of: text": (OneOf({"one": PAIR}), "one", "a: this should be a table, not text"),
    "one of: none": (
        OneOf({"one": PAIR, "other": OTHER}),
        {"othr": True},
        'a: this table should have exactly one of the keys: one, other (did you mean "other"?)',
    ),
    "one of: two": (
        OneOf({"one": PAIR, "other": OTHER}),
        {"one": "x", "other": True},
        "a: this table should have exactly one of the keys: one, other",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_kind_says_what_is_wrong(name: str) -> None:
    kind, raw, said = REFUSED[name]
    notes = Notebook(file="x.toml", lines={("a",): 7})
    kind.decode(raw, ("a",), notes)
    (problem,) = notes.problems
    assert str(problem).startswith(f"x.toml:7: {said}")


def test_a_table_names_all_its_problems_at_once() -> None:
    notes = Notebook(file="x", lines={})
    assert PAIR.decode({"one": 1, "two": 2, "three": 3}, (), notes) == PAIR.blank()
    assert sorted(problem.key for problem in notes.problems) == ["one", "three", "two"]


def test_a_problem_stands_on_the_line_of_the_nearest_key_around_it() -> None:
    notes = Notebook(file="x", lines={("a",): 3, ("a", "b"): 4})
    assert notes.line_of(("a", "b", 0, "c")) == 4
    assert notes.line_of(("a", "d")) == 3
    assert notes.line_of(("e",)) == 1
    assert shown(("a", 0, "b", 11)) == "a.1.b.12"


def test_only_a_near_word_is_offered() -> None:
    assert did_you_mean("setings", ["settings", "sources"]) == ' (did you mean "settings"?)'
    assert did_you_mean("zzz", ["settings", "sources"]) == ""


# Whatever a file holds, decoding it gives problems and never an exception.

WORDS = st.sampled_from(
    [
        "read",
        "map",
        "linux",
        "id",
        "dconf",
        "dbus",
        "..",
        "*",
        "a/b",
        "9..1",
        "²..3",
        "--1..2",
        "~/.config/x",
        "~/.config/../x",
        "pop-ups",
        "schema-default",
        "GetDnd",
        "GetActive",
        "{x}",
    ]
)
HIDDEN_TEXT = st.sampled_from(["\x00", "\x1b[31m", "a\nb", "\u202e", "\u061c", "\ud800", "\x9b2J"])
TEXTS = st.one_of(st.text(max_size=12), WORDS, HIDDEN_TEXT, st.just("x" * 500))
PLAIN = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.times(),
    st.datetimes(),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=8,
)
SAMPLES = {
    "advice": tomli.loads(RULE),
    "settings": tomli.loads(SETTING),
    "settings with a row": tomli.loads(LISTED),
    "programs": tomli.loads(PROGRAMS),
    EDITION_FILE: {"version": "1", "date": DAY},
}
SHIPPED = [(item.kind, item.raw) for item in read_folder(RULES)[0]]


def decoded(*documents: Document) -> Draft:
    """Decode and check documents as the command does."""
    draft = decode(documents)
    for problem in (*check(draft), *dates_ahead(draft, DAY)):
        assert_fit_to_print(problem)
    if not draft.problems:
        assert len(hash_of(documents)) == 64
    return draft


def assert_fit_to_print(problem: Problem) -> None:
    assert problem.line >= 1
    assert problem.message
    assert not HIDDEN.search(str(problem)), problem
    assert "\n" not in str(problem)


def document(kind: str, raw: dict[str, Any], text: str = "") -> Document:
    lines = key_lines(text) if text else {}
    return Document(kind=kind, file="x.toml", stem="x", folder="prepare", raw=raw, lines=lines)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*KINDS, EDITION_FILE]), st.dictionaries(TEXTS, VALUES, max_size=6))
@example("settings", {"linux": []})
@example("settings", {"linux": {"\x1b": {}}})
def test_any_document_is_decoded_without_an_exception(kind: str, raw: dict[str, Any]) -> None:
    assert decoded(document(kind, raw)).problems


def places_in(value: object) -> list[tuple[Any, Any]]:
    """Return every container with every key or position of it."""
    found: list[tuple[Any, Any]] = []
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, item in items:
        found.append((value, key))
        found += places_in(item)
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SHIPPED), st.data())
def test_a_changed_file_is_decoded_without_an_exception(
    shipped: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    kind, sound = shipped
    raw = copy.deepcopy(sound)
    for _ in range(data.draw(st.integers(1, 3))):
        places = places_in(raw)
        container, key = places[data.draw(st.integers(0, len(places) - 1))]
        deed = data.draw(st.sampled_from(["replace", "remove", "rename", "add"]))
        if deed == "replace":
            container[key] = data.draw(VALUES)
        elif deed == "remove":
            del container[key]
        elif isinstance(container, dict):
            new = data.draw(TEXTS)
            container[new] = container.pop(key) if deed == "rename" else data.draw(VALUES)
        if not raw:
            break
    for problem in decoded(document(kind, raw)).problems:
        assert_fit_to_print(problem)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_number_too_long_to_print_is_decoded_without_an_exception(kind: str) -> None:
    long = 16**5_000  # Python refuses to write out its digits
    for at in range(len(places_in(SAMPLES[kind]))):
        for value in (long, [long], [long, long], {"a": long}):
            raw = copy.deepcopy(SAMPLES[kind])
            container, key = places_in(raw)[at]
            container[key] = value
            decoded(document(kind.split(" ", maxsplit=1)[0], raw))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([RULE, SETTING, LISTED, PROGRAMS]), st.data())
def test_a_problem_of_a_cut_or_mended_text_stands_on_one_of_its_lines(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    odd = data.draw(st.one_of(st.text("x\"'[]{}=.,#\n \\1", max_size=8), HIDDEN_TEXT))
    changed = text[:start] + odd + text[end:]
    kind = {RULE: "advice", PROGRAMS: "programs"}.get(text, "settings")
    try:
        raw = tomli.loads(changed)
    except tomli.TOMLDecodeError:
        return
    for problem in decoded(document(kind, raw, changed)).problems:
        assert_fit_to_print(problem)
        assert problem.line <= changed.count("\n") + 1


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_themselves_are_sound(kind: str) -> None:
    assert decoded(document(kind.split(" ", maxsplit=1)[0], SAMPLES[kind])).problems == ()
