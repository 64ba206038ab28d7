"""The compiled form of the rule book: its records as JSON, without the cases.

The build makes it from rule files that the decoder has checked, and puts it into the wheel, so that
a start needs neither a TOML parser nor the decoder. It is read back as a whole or not at all.
"""

from __future__ import annotations

import binascii
import datetime as dt
import json
import os
from collections.abc import Mapping
from itertools import starmap
from typing import Any

from privacy_check.record import fields_of
from privacy_check.rulebook import reads, records
from privacy_check.rulebook.records import RuleBook

FILE = "rulebook.json"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_LIST = 0
_DATE = 1
"""The first number of a JSON list tells what it is; others count the kinds of records from here."""


class DamagedBookError(ValueError):
    """The compiled rule book is not as it was built."""


def checkout_rules() -> str:
    """Return the rule folder beside a checkout's project file, empty in an installation."""
    above = os.path.dirname(PACKAGE)
    is_checkout = os.path.isfile(f"{above}/pyproject.toml") and os.path.isdir(f"{above}/rules")
    return f"{above}/rules" if is_checkout else ""


def installed_book() -> RuleBook | None:
    """Return the compiled rule book of an installation, `None` in a checkout.

    Raises:
        DamagedBookError: When it is damaged.
    """
    if checkout_rules():
        return None
    try:
        with open(f"{PACKAGE}/{FILE}", encoding="utf-8", newline="") as file:
            return read_compiled(file.read())
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedBookError from error


def compile_book(book: RuleBook) -> str:
    """Return a rule book as two lines: a checksum with the kinds of records, and the records."""
    kinds: dict[str, tuple[str, ...]] = {}
    body = json.dumps(_frozen(book, kinds), ensure_ascii=False, separators=(",", ":"))
    head = json.dumps({"checksum": _checksum(body), "kinds": kinds}, separators=(",", ":"))
    return f"{head}\n{body}\n"


def read_compiled(text: str) -> RuleBook:
    """Return the rule book of a compiled text.

    Raises:
        DamagedBookError: When it is not as it was built, or was built for other records.
    """
    first, _, rest = text.partition("\n")
    body = rest.removesuffix("\n")
    try:
        head = json.loads(first)
        if head["checksum"] != _checksum(body):
            raise DamagedBookError
        book = _thawed(json.loads(body), list(starmap(_kind, head["kinds"].items())))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedBookError from error
    if not isinstance(book, RuleBook):
        raise DamagedBookError
    return book


def _checksum(body: str) -> int:
    return binascii.crc32(body.encode())


def _kind(name: str, fields: list[str]) -> type[Any]:
    """Return the class of records of a name, if it still has these fields."""
    kind = getattr(records, name, None) or getattr(reads, name)
    if fields_of(kind) != tuple(fields):
        raise DamagedBookError
    return kind  # type: ignore[no-any-return]  # a class of ours, found by its name


def _frozen(value: object, kinds: dict[str, tuple[str, ...]]) -> object:
    """Return a value as JSON has it; the kinds of records met are added to `kinds`."""
    match value:
        case tuple():
            return [_LIST, *(_frozen(item, kinds) for item in value)]
        case dt.date():
            return [_DATE, value.isoformat()]
        case Mapping():
            return {name: _frozen(item, kinds) for name, item in value.items()}
        case None | bool() | int() | str():
            return value
    kind = type(value)
    kinds.setdefault(kind.__name__, fields_of(kind))
    number = list(kinds).index(kind.__name__) + _DATE + 1
    given = {**vars(value), "cases": ()} if isinstance(value, records.Form) else vars(value)
    return [number, *(_frozen(given[name], kinds) for name in fields_of(kind))]


def _thawed(value: Any, kinds: list[type[Any]]) -> Any:  # noqa: ANN401 - whatever was frozen
    if isinstance(value, list):
        number = value[0]
        if number == _DATE:
            return dt.date.fromisoformat(value[1])
        parts = [_thawed(item, kinds) if isinstance(item, list | dict) else item for item in value]
        if number == _LIST:
            return tuple(parts[1:])
        kind = kinds[number - _DATE - 1]
        return kind(**dict(zip(fields_of(kind), parts[1:], strict=True)))
    if isinstance(value, dict):
        return {name: _thawed(item, kinds) for name, item in value.items()}
    return value
