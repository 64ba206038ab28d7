"""The compiled form of the rule book: its records as JSON, without the cases.

The build makes it from rule files that the decoder has checked, and puts it into the wheel, so that
a start needs neither a TOML parser nor the decoder. It is read back as a whole or not at all.
"""

from __future__ import annotations

import binascii
import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Mapping
from itertools import starmap
from typing import Any

from privacy_check.record import fields_of, replaced
from privacy_check.rulebook import reads, records
from privacy_check.rulebook.records import RuleBook
from privacy_check.rulebook.vocabulary import PHONES

FILE = "rulebook.json"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_SHARED = -1
_LIST = 0
_DATE = 1
"""The first number of a JSON list tells what it is; from 2 on it counts the kinds of records. What
occurs more than once stands in a table of its own, and is named by its place there."""


_LINES = 3
_NESTED = frozenset({list, dict})


class DamagedBookError(ValueError):
    """The compiled rule book is not as it was built."""


def checkout_rules() -> str:
    """Return the rule folder beside a checkout's project file, empty in an installation."""
    above = os.path.dirname(PACKAGE)
    is_checkout = os.path.isfile(f"{above}/pyproject.toml") and os.path.isdir(f"{above}/rules")
    return f"{above}/rules" if is_checkout else ""


def installed_book(*, phones: bool = True, apps: bool = True) -> RuleBook | None:
    """Return the compiled rule book of an installation, `None` in a checkout.

    Raises:
        DamagedBookError: When it is damaged.
    """
    if checkout_rules():
        return None
    loader: Any = __spec__.loader  # it also reads out of the one file, which is a zip archive
    try:
        data = loader.get_data(f"{os.path.dirname(os.path.dirname(__file__))}/{FILE}")
        return read_compiled(data.decode("utf-8"), phones=phones, apps=apps)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedBookError from error


def compile_book(book: RuleBook) -> str:
    """Return a rule book as four lines: checksums and kinds of records, the book, and two more.

    The places on phones and the catalogue of apps stand apart, since a plain run has no use for
    them.
    """
    near, far = {}, {}
    for name, setting in book.settings.items():
        phones = tuple(item for item in setting.variants if item.platform in PHONES)
        near[name] = replaced(setting, variants=setting.variants[: -len(phones) or None])
        if phones:
            far[name] = phones
    parts = [replaced(book, settings=near, apps=()), far, book.apps]
    lines = [_line(part) for part in parts]
    head = {"checksums": [_checksum(line) for line, _ in lines], "kinds": [k for _, k in lines]}
    return "\n".join([_dumped(head), *(line for line, _ in lines)]) + "\n"


def _line(value: object) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    freezer = _Freezer()
    whole = freezer.frozen(value)
    return _dumped([freezer.shared, freezer.named(whole)]), freezer.kinds


def read_compiled(text: str, *, phones: bool = True, apps: bool = True) -> RuleBook:
    """Return the rule book of a compiled text.

    Args:
        text: What `compile_book` made.
        phones: Whether the places on phones are wanted.
        apps: Whether the catalogue of apps is wanted.

    Raises:
        DamagedBookError: When it is not as it was built, or was built for other records.
    """
    try:
        first, *lines, end = text.split("\n")
        head = json.loads(first)
        if len(lines) != _LINES or end:
            raise DamagedBookError
        book = _part(0, head, lines)
        if phones:
            book = _with_phones(book, _part(1, head, lines))
        if apps:
            book = replaced(book, apps=_part(2, head, lines))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedBookError from error
    if not isinstance(book, RuleBook):
        raise DamagedBookError
    return book


def _part(number: int, head: Any, lines: list[str]) -> Any:  # noqa: ANN401 - whatever was frozen
    if head["checksums"][number] != _checksum(lines[number]):
        raise DamagedBookError
    shared, whole = json.loads(lines[number])
    melt = _Melt(list(starmap(_kind, head["kinds"][number].items())))
    for item in shared:
        melt.shared.append(melt.thawed(item))
    return melt.thawed(whole)


def _with_phones(book: RuleBook, far: Mapping[str, tuple[records.Variant, ...]]) -> RuleBook:
    whole = {
        name: replaced(setting, variants=(*setting.variants, *far[name]))
        if name in far
        else setting
        for name, setting in book.settings.items()
    }
    return replaced(book, settings=whole)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _checksum(body: str) -> int:
    return binascii.crc32(body.encode())


def _kind(name: str, fields: list[str]) -> type[Any]:
    """Return the class of records of a name, if it still has these fields."""
    kind = getattr(records, name, None) or getattr(reads, name, None)
    if kind is None:
        from privacy_check.rulebook import catalogue

        kind = getattr(catalogue, name)
    if fields_of(kind) != tuple(fields):
        raise DamagedBookError
    return kind  # type: ignore[no-any-return]  # a class of ours, found by its name


class _Freezer:
    """Turns records into lists that JSON can hold."""

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[str, ...]] = {}
        self.shared: list[object] = []
        self._seen: Counter[str] = Counter()
        self._places: dict[str, int] = {}

    def frozen(self, value: object) -> object:
        """Return a value as JSON has it, and note what occurs more than once."""
        match value:
            case None | bool() | int() | str():
                return value
            case Mapping():
                return {name: self.frozen(item) for name, item in value.items()}
            case tuple():
                made = [_LIST, *map(self.frozen, value)]
            case dt.date():
                made = [_DATE, value.isoformat()]
            case _:
                made = self._record(value)
        self._seen[_dumped(made)] += 1
        return made

    def _record(self, value: object) -> list[object]:
        kind = type(value)
        self.kinds.setdefault(kind.__name__, fields_of(kind))
        number = list(self.kinds).index(kind.__name__) + _DATE + 1
        given = {**vars(value), "cases": ()} if isinstance(value, records.Form) else vars(value)
        return [number, *(self.frozen(given[name]) for name in fields_of(kind))]

    def named(self, value: object) -> object:
        """Return a frozen value in which the place stands for what occurs more than once."""
        if isinstance(value, dict):
            return {name: self.named(item) for name, item in value.items()}
        if not isinstance(value, list):
            return value
        text = _dumped(value)
        if self._seen[text] == 1:
            return [self.named(item) for item in value]
        if text not in self._places:
            inner = [self.named(item) for item in value]
            self._places[text] = len(self.shared)
            self.shared.append(inner)
        return [_SHARED, self._places[text]]


class _Melt:
    """Turns frozen lists back into records; a checksum has told that they are as they were made."""

    def __init__(self, kinds: list[type[Any]]) -> None:
        self.shared: list[Any] = []
        self._kinds = [(kind, fields_of(kind)) for kind in kinds]

    def thawed(self, value: Any) -> Any:  # noqa: ANN401 - whatever was frozen
        """Return what was frozen."""
        if type(value) is dict:
            return {name: self.thawed(item) for name, item in value.items()}
        if type(value) is not list:
            return value
        number = value[0]
        if number == _SHARED:
            return self.shared[value[1]]
        if number == _DATE:
            return dt.date.fromisoformat(value[1])
        thawed = self.thawed
        parts = [thawed(item) if type(item) in _NESTED else item for item in value]
        del parts[0]
        if number == _LIST:
            return tuple(parts)
        kind, names = self._kinds[number - _DATE - 1]
        made = kind.__new__(kind)
        made.__dict__.update(zip(names, parts, strict=True))
        return made
