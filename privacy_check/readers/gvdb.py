"""Reads GVDB files: dconf databases, compiled GSettings schemas, the portal permission store.

The whole table is checked before anything is taken from it: every offset, every key against its
hash and bucket, every chain of parents. The tools of the desktop take damage for absence; here it
is an error. The format is that of gvdb (GNOME/gvdb : gvdb-format.h).
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from privacy_check.machine.interface import UnseenError
from privacy_check.readers import gvariant

_LITTLE = b"GVariant"
_BIG = b"raVGtnai"
_NO_PARENT = 0xFFFFFFFF
_ITEM = 24
_DEEPEST = 64


class DamagedError(UnseenError):
    """The database contradicts itself."""


class _Item(NamedTuple):
    hash: int
    parent: int
    name: bytes
    kind: str
    start: int
    end: int


class Table:
    """One table of a GVDB file: keys with values, and tables inside."""

    def __init__(self, data: bytes, start: int, end: int, order: str) -> None:
        """Check and index the table that lies in `data[start:end]`.

        Raises:
            DamagedError: When anything in it does not fit.
        """
        self._data = data
        self._order = order
        self._entries: dict[str, _Item] = {}
        self._index(start, end)

    def _index(self, start: int, end: int) -> None:
        bloom, count = self._numbers(start, 2)
        first_bucket = start + 8 + 4 * (bloom & 0x7FFFFFF)
        first_item = first_bucket + 4 * count
        if first_item > end or (end - first_item) % _ITEM:
            raise DamagedError(_CUT)
        items = [self._item(at) for at in range(first_item, end, _ITEM)]
        if sum(len(item.name) for item in items) > len(self._data):
            raise DamagedError(_CONFUSED)  # names that lie on top of each other, to fill the memory
        keys = [_whole_key(items, i) for i in range(len(items))]
        buckets = (*self._numbers(first_bucket, count), len(items))
        for bucket in range(count):
            if not buckets[bucket] <= buckets[bucket + 1] <= len(items):
                raise DamagedError(_CONFUSED)
            for i in range(buckets[bucket], buckets[bucket + 1]):
                if items[i].hash % count != bucket:
                    raise DamagedError(_CONFUSED)
        if items and (not count or buckets[0]):
            raise DamagedError(_CONFUSED)
        for key, item in zip(keys, items, strict=True):
            if _hash(key) != item.hash:
                raise DamagedError(_CONFUSED)
            self._entries[_decoded(key)] = item

    def _item(self, at: int) -> _Item:
        fields = struct.unpack(f"{self._order}IIIHcxII", self._data[at : at + _ITEM])
        digest, parent, key_start, key_size, kind, start, end = fields
        name = self._data[key_start : key_start + key_size]
        if name == b"/" and parent == _NO_PARENT:
            # dconf leaves the rest of this item unwritten where nothing lies below it.
            return _Item(digest, parent, name, "L", 0, 0)
        if key_start + key_size > len(self._data) or not start <= end <= len(self._data):
            raise DamagedError(_CUT)
        if kind not in (b"v", b"H", b"L"):
            raise DamagedError(_CONFUSED)
        return _Item(digest, parent, name, kind.decode(), start, end)

    def _numbers(self, at: int, count: int) -> tuple[int, ...]:
        end = at + 4 * count
        if end > len(self._data):
            raise DamagedError(_CUT)
        return struct.unpack(f"{self._order}{count}I", self._data[at:end])

    def names(self) -> tuple[str, ...]:
        """Return the full keys that hold a value or a table, sorted."""
        return tuple(sorted(key for key, item in self._entries.items() if item.kind != "L"))

    def table(self, key: str) -> Table | None:
        """Return the table inside, if there is one of that name."""
        item = self._entries.get(key)
        if item is None:
            return None
        if item.kind != "H":
            raise DamagedError(_CONFUSED)
        return Table(self._data, item.start, item.end, self._order)

    def kind(self, key: str) -> str:
        """Return the GVariant type of a value, empty when the key holds none."""
        boxed = self._boxed(key)
        if boxed is None:
            return ""
        try:
            return gvariant.boxed_type(boxed)
        except gvariant.VariantError as error:
            raise DamagedError(_said(error)) from None

    def value(self, key: str) -> object:
        """Return a value; `None` when the key holds none.

        Raises:
            DamagedError: When its bytes are not a value.
        """
        boxed = self._boxed(key)
        if boxed is None:
            return None
        try:
            return gvariant.decode("v", boxed, self._order)
        except gvariant.VariantError as error:
            raise DamagedError(_said(error)) from None

    def _boxed(self, key: str) -> bytes | None:
        item = self._entries.get(key)
        if item is None or item.kind != "v":
            return None
        if item.start % 8:
            raise DamagedError(_CONFUSED)
        return self._data[item.start : item.end]


_CUT = "it is damaged: cut off"
_CONFUSED = "it is damaged: its parts do not fit together"


def root_table(data: bytes) -> Table:
    """Return the outermost table of a file's content.

    Raises:
        DamagedError: When the content is not a whole GVDB file.
    """
    if not data:
        message = "it is damaged: the file is empty"
        raise DamagedError(message)
    order = {_LITTLE: "<", _BIG: ">"}.get(data[:8])
    if order is None:
        message = "it is damaged: not a settings database"
        raise DamagedError(message)
    if len(data) < 24:
        raise DamagedError(_CUT)
    version, _options, start, end = struct.unpack(f"{order}4I", data[8:24])
    if version != 0:
        message = "it is of a newer kind than we know"
        raise DamagedError(message)
    if not 24 <= start <= end <= len(data) or start % 4:
        raise DamagedError(_CUT)
    return Table(data, start, end, order)


def _whole_key(items: list[_Item], index: int) -> bytes:
    """Return a key with the names of its parents before it."""
    parts = []
    for _ in range(_DEEPEST):
        parts.append(items[index].name)
        parent = items[index].parent
        if parent == _NO_PARENT:
            return b"".join(reversed(parts))
        if parent >= len(items):
            break
        index = parent
    raise DamagedError(_CONFUSED)


def _hash(key: bytes) -> int:
    digest = 5381
    for byte in key:
        digest = (digest * 33 + (byte - 256 if byte > 127 else byte)) & 0xFFFFFFFF
    return digest


def _decoded(key: bytes) -> str:
    try:
        return key.decode("utf-8")
    except UnicodeDecodeError:
        raise DamagedError(_CONFUSED) from None


def _said(error: gvariant.VariantError) -> str:
    return f"it is damaged: {error}"
