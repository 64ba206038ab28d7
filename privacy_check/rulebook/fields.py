"""Kinds of values that rule files hold: each one decodes, and describes itself as JSON Schema.

A kind never raises on bad input: it notes the problem and returns `None`, and a blank takes the
value's place, so that the rest of a faulty file can still be checked. What a file may hold is
written once (in `forms`) and gives the decoder, the published schema and the reference page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from privacy_check.plaintext import HIDDEN, plain
from privacy_check.rulebook.problems import KeyPath, Notebook, did_you_mean

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Schema = dict[str, Any]


class Kind(Protocol[T_co]):
    """What a value may be."""

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> T_co | None:
        """Return the value, or `None` after noting what is wrong at `path`."""

    def blank(self) -> T_co:
        """Return what takes the place of a faulty value; it is never evaluated."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the value."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string of printable characters, within a length and perhaps of a form."""

    most: int = 400
    form: str = ""
    hint: str = ""
    least: int = 1

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> str | None:
        """Return the string."""
        if not isinstance(raw, str):
            notes.note(path, f"this should be text in quotes, not {_named(raw)}")
        elif HIDDEN.search(raw):
            notes.note(path, "this text holds a control or text-direction character: take it out")
        elif not self.least <= len(raw) <= self.most:
            notes.note(path, f"this text should have {self.least} to {self.most} characters")
        elif self.form and not re.fullmatch(self.form, raw):
            notes.note(path, f"this is not {self.hint}")
        else:
            return raw
        return None

    def blank(self) -> str:
        """Return the blank."""
        return ""

    def schema(self) -> Schema:
        """Return the schema."""
        shown = f"(?!.*{HIDDEN.pattern})"
        pattern = f"^{shown}(?:{self.form})$" if self.form else f"^{shown}"
        size = {"minLength": self.least, "maxLength": self.most}
        return {"type": "string", **size, "pattern": pattern}


@dataclass(frozen=True, slots=True)
class Word:
    """One word out of a closed list."""

    allowed: tuple[str, ...]

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> str | None:
        """Return the word."""
        if isinstance(raw, str) and raw in self.allowed:
            return raw
        if isinstance(raw, str):
            listed = ", ".join(self.allowed)
            near = did_you_mean(raw, self.allowed)
            notes.note(path, f'"{printable(raw)}" is not one of: {listed}{near}')
        else:
            notes.note(path, f"this should be one of: {', '.join(self.allowed)}")
        return None

    def blank(self) -> str:
        """Return the blank."""
        return ""

    def schema(self) -> Schema:
        """Return the schema."""
        return {"enum": list(self.allowed)}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> bool | None:
        """Return the flag."""
        if isinstance(raw, bool):
            return raw
        notes.note(path, f"this should be true or false, not {_named(raw)}")
        return None

    def blank(self) -> bool:
        """Return the blank."""
        return False

    def schema(self) -> Schema:
        """Return the schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within a range."""

    most: int
    least: int = 0

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> int | None:
        """Return the number."""
        if isinstance(raw, int) and not isinstance(raw, bool) and self.least <= raw <= self.most:
            return raw
        notes.note(path, f"this should be a whole number from {self.least} to {self.most}")
        return None

    def blank(self) -> int:
        """Return the blank."""
        return self.least

    def schema(self) -> Schema:
        """Return the schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Day:
    """A date, bare in TOML, an ISO string in JSON."""

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> dt.date | None:
        """Return the date."""
        if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
            return raw
        if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
            try:
                return dt.date.fromisoformat(raw)
            except ValueError:
                pass  # a day that does not exist: said below
        notes.note(path, f"this should be a date like 2026-11-22, not {_named(raw)}")
        return None

    def blank(self) -> dt.date:
        """Return the blank."""
        return dt.date.min

    def schema(self) -> Schema:
        """Return the schema."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Anything:
    """A plain value: text, number, flag, list or table of them (answers in cases only)."""

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> object | None:
        """Return the value as it is."""
        return raw

    def blank(self) -> object:
        """Return the blank."""
        return ""

    def schema(self) -> Schema:
        """Return the schema."""
        return {}


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a whole file, with whatever characters a program would write."""

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> str | None:
        """Return the text."""
        if isinstance(raw, str):
            return raw
        notes.note(path, f"this should be text in quotes, not {_named(raw)}")
        return None

    def blank(self) -> str:
        """Return the blank."""
        return ""

    def schema(self) -> Schema:
        """Return the schema."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list of values of one kind, kept as a tuple; a single value may stand without brackets."""

    kind: Kind[T]
    least: int = 0
    bare: bool = False
    unique: bool = False

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> tuple[T, ...] | None:
        """Return the values."""
        if self.bare and isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            notes.note(path, f"this should be a list in [ ], not {_named(raw)}")
            return None
        if len(raw) < self.least:
            notes.note(path, f"this list should have at least {self.least} entry")
            return None
        values = [self.kind.decode(item, (*path, i), notes) for i, item in enumerate(raw)]
        found = tuple(value for value in values if value is not None)
        if self.unique and len(set(found)) < len(found):
            notes.note(path, "this list names something twice")
            return None
        return found

    def blank(self) -> tuple[T, ...]:
        """Return the blank."""
        return ()

    def schema(self) -> Schema:
        """Return the schema."""
        items: Schema = {"type": "array", "items": self.kind.schema(), "minItems": self.least}
        if self.unique:
            items["uniqueItems"] = True
        return {"anyOf": [self.kind.schema(), items]} if self.bare else items


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A table with free keys of one form, all values of one kind."""

    key: Text
    kind: Kind[T]
    least: int = 0

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> Mapping[str, T] | None:
        """Return the values by key, in the file's order."""
        if not isinstance(raw, dict):
            notes.note(path, f"this should be a table, not {_named(raw)}")
            return None
        if len(raw) < self.least:
            notes.note(path, f"this table should have at least {self.least} key")
        found: dict[str, T] = {}
        for name, item in raw.items():
            key = self.key.decode(name, (*path, name), notes)
            value = self.kind.decode(item, (*path, name), notes)
            if key is not None and value is not None:
                found[key] = value
        return found

    def blank(self) -> Mapping[str, T]:
        """Return the blank."""
        return {}

    def schema(self) -> Schema:
        """Return the schema."""
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.kind.schema(),
            "minProperties": self.least,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table."""

    name: str
    kind: Kind[Any]
    about: str
    required: bool = True
    default: object = None
    stored_as: str = ""
    """The record's attribute where it differs from the key."""

    def blank(self) -> object:
        """Return what takes the place of a faulty or missing value."""
        return self.kind.blank() if self.required else self.default


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table with a fixed set of keys, kept as a record."""

    make: Callable[..., T]
    fields: tuple[Field, ...]

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> T | None:
        """Return the record."""
        if not isinstance(raw, dict):
            notes.note(path, f"this should be a table, not {_named(raw)}")
            return None
        names = [item.name for item in self.fields]
        for name in raw:
            if name not in names:
                near = did_you_mean(printable(name), names)
                notes.note((*path, name), f"unknown key; known here: {', '.join(names)}{near}")
        values = {
            item.stored_as or item.name: self._field(item, raw, path, notes) for item in self.fields
        }
        return self.make(**values)

    def _field(self, item: Field, raw: dict[str, object], path: KeyPath, notes: Notebook) -> object:
        if item.name in raw:
            value = item.kind.decode(raw[item.name], (*path, item.name), notes)
            return item.blank() if value is None else value
        if item.required:
            notes.note((*path, item.name), f"this key is missing: {item.about}")
        return item.blank()

    def blank(self) -> T:
        """Return the blank."""
        return self.make(**{item.stored_as or item.name: item.blank() for item in self.fields})

    def schema(self) -> Schema:
        """Return the schema."""
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [item.name for item in self.fields if item.required],
            "properties": {
                item.name: {**item.kind.schema(), "description": item.about} for item in self.fields
            },
        }


@dataclass(frozen=True, slots=True)
class OneOf(Generic[T]):
    """A table whose form is told by the key it starts with."""

    tables: Mapping[str, Table[T]]

    def decode(self, raw: object, path: KeyPath, notes: Notebook) -> T | None:
        """Return the record of the form that fits."""
        if not isinstance(raw, dict):
            notes.note(path, f"this should be a table, not {_named(raw)}")
            return None
        forms = [name for name in raw if name in self.tables]
        if len(forms) != 1:
            near = "".join(did_you_mean(printable(name), self.tables) for name in list(raw)[:1])
            known = ", ".join(self.tables)
            notes.note(path, f"this table should have exactly one of the keys: {known}{near}")
            return None
        return self.tables[forms[0]].decode(raw, path, notes)

    def blank(self) -> T:
        """Return the blank."""
        return list(self.tables.values())[-1].blank()

    def schema(self) -> Schema:
        """Return the schema."""
        return {"oneOf": [table.schema() for table in self.tables.values()]}


def printable(text: object) -> str:
    """Return text from a file cut short and without characters that a terminal would obey."""
    return plain(str(text))[:60]


def _named(raw: object) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number"}
    names |= {list: "a list", dict: "a table", dt.date: "a date", dt.datetime: "a time"}
    return names.get(type(raw), type(raw).__name__)
