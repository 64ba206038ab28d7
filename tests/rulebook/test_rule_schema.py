"""The published schemas agree with the decoder."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rule_folders import LISTED, PROGRAMS, RULE, RULES, SETTING, call, swap

from privacy_check.rulebook.decode import decode
from privacy_check.rulebook.documents import KINDS, Document, read_folder
from privacy_check.rulebook.schema import schema_of

SHIPPED = {f"{item.kind}/{item.stem}": item for item in read_folder(RULES)[0] if item.kind in KINDS}


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)


VALIDATORS = {kind: validator(kind) for kind in KINDS}


def as_json(value: object) -> Any:  # noqa: ANN401 - a document holds anything
    """Return a parsed TOML value as JSON has it: dates are ISO strings."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def refused_by_decoder(kind: str, raw: dict[str, Any]) -> bool:
    document = Document(kind=kind, file="x", stem="x", folder="", raw=raw, lines={})
    return bool(decode([document]).problems)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_prints_the_schema(kind: str) -> None:
    result = call("rules", "schema", kind)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema_of(kind)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_fits_its_schema(name: str) -> None:
    document = SHIPPED[name]
    errors = VALIDATORS[document.kind].iter_errors(as_json(document.raw))
    assert [error.message for error in errors] == []


def test_there_are_shipped_files_of_every_kind() -> None:
    assert {document.kind for document in SHIPPED.values()} == set(KINDS)


READ = '{ environment = "XDG_SESSION_TYPE" }'
JSON = '{ json = "~/.config/x", pointer = "/a" }'

MUTATED: dict[str, tuple[str, str]] = {
    "an unknown key": ("advice", swap(RULE, "why =", "how = 1\nwhy =")),
    "a missing key": ("advice", swap(RULE, 'severity = "low"\n', "")),
    "a number for text": ("advice", swap(RULE, '"The room is quiet"', "1")),
    "an empty text": ("advice", swap(RULE, '"The room is quiet"', '""')),
    "a long text": ("advice", swap(RULE, '"The room is quiet"', f'"{"x" * 73}"')),
    "an unknown word": ("advice", swap(RULE, '"low"', '"lowest"')),
    "an unknown channel": ("advice", swap(RULE, '"voice"]', '"fax"]')),
    "a word twice": ("advice", swap(RULE, '"voice"]', '"video"]')),
    "an empty list": ("advice", swap(RULE, '["video", "voice"]', "[]")),
    "two questions": ("advice", swap(RULE, "Is the room quiet?", "Is it? Is it?")),
    "no source": ("advice", RULE[: RULE.index("[[sources]]")] + "sources = []\n"),
    "a day that does not exist": ("advice", swap(RULE, "2026-11-22", '"2026-02-30"')),
    "an id with a capital": ("settings", swap(SETTING, '"pop-ups"', '"Pop-ups"')),
    "no value": (
        "settings",
        swap(SETTING, 'on = "Pop-ups are shown."\noff = "Pop-ups are held back."\n', ""),
    ),
    "an unknown platform": ("settings", swap(SETTING, "[linux]", "[beos]").split("[[")[0]),
    "no platform": ("settings", SETTING.split("[linux]")[0]),
    "an empty platform": ("settings", SETTING.split("[linux]")[0] + "[linux]\n"),
    "an unknown way to read": ("settings", swap(SETTING, READ, '{ shell = "ls" }')),
    "two ways to read": (
        "settings",
        swap(SETTING, READ, '{ environment = "XDG_SESSION_TYPE", storage = "home" }'),
    ),
    "a way to read with too little": ("settings", swap(SETTING, READ, '{ json = "~/.config/x" }')),
    "a path outside": ("settings", swap(SETTING, READ, JSON.replace(".config", ".ssh"))),
    "a path upwards": ("settings", swap(SETTING, READ, JSON.replace("/x", "/../x"))),
    "an unlisted method": (
        "settings",
        swap(
            SETTING,
            READ,
            '{ dbus = "session", name = "a.B", path = "/a", interface = "a.B", method = "Set" }',
        ),
    ),
    "no step": ("settings", swap(SETTING, '["Open the menu."]', "[]")),
    "an unknown outcome": ("settings", swap(LISTED, 'outcome = "value"', 'outcome = "good"')),
    "no program": ("programs", PROGRAMS.split("[[")[0] + "programs = []\nsources = []\n"),
    "an unknown scope": ("programs", swap(PROGRAMS, '"user"', '"world"')),
    "a list for a name": ("programs", swap(PROGRAMS, '"Watcher"', '["Watcher"]')),
    "a control character": ("advice", swap(RULE, "The room", "The \\u001b[31m room")),
    "text turned around": ("settings", swap(SETTING, "Open the", "Open \\u202e the")),
    "a control character in a variant's name": (
        "settings",
        LISTED.replace("linux.any", 'linux."\\u001b[2J"'),
    ),
}


@pytest.mark.parametrize("text", [("advice", RULE), ("settings", SETTING), ("settings", LISTED)])
def test_the_files_that_are_mutated_are_sound(text: tuple[str, str]) -> None:
    kind, sound = text
    raw = tomllib.loads(sound)
    assert not refused_by_decoder(kind, raw)
    assert VALIDATORS[kind].is_valid(as_json(raw))


@pytest.mark.parametrize("name", MUTATED)
def test_decoder_and_schema_refuse_the_same(name: str) -> None:
    kind, text = MUTATED[name]
    raw = tomllib.loads(text)
    assert refused_by_decoder(kind, raw)
    assert not VALIDATORS[kind].is_valid(as_json(raw))
