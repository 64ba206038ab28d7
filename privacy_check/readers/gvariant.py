"""Decodes serialised GVariant values, strictly: what is not in normal form is an error.

The format is described in GLib's documentation ("GVariant serialisation"). Sizes are in bytes.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_FIXED = {"b": 1, "y": 1, "n": 2, "q": 2, "i": 4, "u": 4, "h": 4, "x": 8, "t": 8, "d": 8}
_FORMATS = {"n": "h", "q": "H", "i": "i", "u": "I", "h": "i", "x": "q", "t": "Q", "d": "d"}
_TEXTS = "sog"
_DEEPEST = 16


class VariantError(ValueError):
    """These bytes are not a value of the type."""


class _Layout(NamedTuple):
    align: int
    size: int  # 0 when it depends on the value


def decode(kind: str, data: bytes, order: str = "<", depth: int = 0) -> object:
    """Return the Python value of serialised data.

    Args:
        kind: One complete type string, such as `b`, `as` or `a{sv}`.
        data: The serialised bytes.
        order: `<` for little-endian data, `>` for big-endian.
        depth: How deep the value stands in others; the caller leaves it out.

    Raises:
        VariantError: When the data are not a value of that type.
    """
    if depth > _DEEPEST:
        message = "nested too deeply"
        raise VariantError(message)
    head = kind[0]
    if head in _FIXED:
        return _number(head, data, order)
    if head in _TEXTS:
        return _text(data)
    if head == "v":
        return _boxed(data, order, depth)
    if head == "m":
        return _maybe(kind[1:], data, order, depth)
    if head == "a":
        return _array(kind[1:], data, order, depth)
    return _tuple(members(kind), data, order, depth)


def boxed_type(data: bytes) -> str:
    """Return the type string inside a serialised `v`.

    Raises:
        VariantError: When there is none.
    """
    return _unbox(data)[0]


def members(kind: str) -> list[str]:
    """Return the complete types inside a tuple or dictionary entry type."""
    inside = kind[1:-1]
    found = []
    while inside:
        end = _complete(inside, 0, 0)
        found.append(inside[:end])
        inside = inside[end:]
    return found


def _complete(text: str, start: int, depth: int) -> int:
    """Return where the complete type that starts at `start` ends."""
    head = text[start : start + 1]
    if not head or depth > _DEEPEST:
        message = "not a type"
        raise VariantError(message)
    if head in _FIXED or head in _TEXTS or head == "v":
        return start + 1
    if head in "am":
        return _complete(text, start + 1, depth + 1)
    closing = {"(": ")", "{": "}"}.get(head)
    if closing is None:
        message = f"not a type: {text!r}"
        raise VariantError(message)
    start += 1
    while text[start : start + 1] != closing:
        start = _complete(text, start, depth + 1)
    return start + 1


def _layout(kind: str) -> _Layout:
    head = kind[0]
    if head in _FIXED:
        return _Layout(_FIXED[head], _FIXED[head])
    if head in _TEXTS:
        return _Layout(1, 0)
    if head == "v":
        return _Layout(8, 0)
    if head in "am":
        return _Layout(_layout(kind[1:]).align, 0)
    parts = [_layout(part) for part in members(kind)]
    align = max((part.align for part in parts), default=1)
    if not parts:
        return _Layout(1, 1)
    if not all(part.size for part in parts):
        return _Layout(align, 0)
    size = 0
    for part in parts:
        size = _aligned(size, part.align) + part.size
    return _Layout(align, _aligned(size, align))


def _number(head: str, data: bytes, order: str) -> object:
    if len(data) != _FIXED[head]:
        message = f"{len(data)} bytes for a number of {_FIXED[head]}"
        raise VariantError(message)
    if head == "b" and data[0] > 1:
        message = "neither true nor false"
        raise VariantError(message)
    if head == "b":
        return data[0] == 1
    return data[0] if head == "y" else struct.unpack(order + _FORMATS[head], data)[0]


def _text(data: bytes) -> str:
    if not data.endswith(b"\0") or b"\0" in data[:-1]:
        message = "text without its end"
        raise VariantError(message)
    try:
        return data[:-1].decode("utf-8")
    except UnicodeDecodeError:
        message = "text that is not UTF-8"
        raise VariantError(message) from None


def _unbox(data: bytes) -> tuple[str, bytes]:
    body, mark, kind = data.rpartition(b"\0")
    text = kind.decode("ascii", "replace")
    if not mark or _complete(text, 0, 0) != len(text):
        message = "a value without its type"
        raise VariantError(message)
    return text, body


def _boxed(data: bytes, order: str, depth: int) -> object:
    kind, body = _unbox(data)
    return decode(kind, body, order, depth + 1)


def _maybe(kind: str, data: bytes, order: str, depth: int) -> object:
    if not data:
        return None
    if _layout(kind).size:
        return decode(kind, data, order, depth + 1)
    if data[-1] != 0:
        message = "an optional value without its end"
        raise VariantError(message)
    return decode(kind, data[:-1], order, depth + 1)


def _array(kind: str, data: bytes, order: str, depth: int) -> list[object]:
    layout = _layout(kind)
    if layout.size:
        if len(data) % layout.size:
            message = "a list cut in the middle of an entry"
            raise VariantError(message)
        starts = range(0, len(data), layout.size)
        return [decode(kind, data[at : at + layout.size], order, depth + 1) for at in starts]
    if not data:
        return []
    width = _offset_width(len(data))
    table = _offset(data, len(data) - width, width)
    if table > len(data) - width or (len(data) - table) % width:
        message = "a list with a broken table"
        raise VariantError(message)
    ends = [_offset(data, at, width) for at in range(table, len(data), width)]
    return [
        decode(kind, part, order, depth + 1) for part in _between(data, ends, layout.align, table)
    ]


def _between(data: bytes, ends: list[int], align: int, limit: int) -> list[bytes]:
    parts = []
    at = 0
    for end in ends:
        start = _aligned(at, align)
        if not start <= end <= limit:
            message = "a list whose entries overlap"
            raise VariantError(message)
        parts.append(data[start:end])
        at = end
    return parts


def _tuple(kinds: list[str], data: bytes, order: str, depth: int) -> tuple[object, ...]:
    layouts = [_layout(kind) for kind in kinds]
    width = _offset_width(len(data))
    floating = [i for i, layout in enumerate(layouts) if not layout.size]
    offsets = [i for i in floating if i != len(kinds) - 1]
    limit = len(data) - width * len(offsets)
    values = []
    at = 0
    for i, (kind, layout) in enumerate(zip(kinds, layouts, strict=True)):
        start = _aligned(at, layout.align)
        if layout.size:
            end = start + layout.size
        elif i == len(kinds) - 1:
            end = limit
        else:
            end = _offset(data, len(data) - width * (offsets.index(i) + 1), width)
        if not start <= end <= limit:
            message = "a group of values that is cut"
            raise VariantError(message)
        values.append(decode(kind, data[start:end], order, depth + 1))
        at = end
    return tuple(values)


def _offset_width(length: int) -> int:
    return 1 if length <= 0xFF else 2 if length <= 0xFFFF else 4


def _offset(data: bytes, at: int, width: int) -> int:
    if not 0 <= at <= len(data) - width:
        message = "a table that is cut"
        raise VariantError(message)
    return int.from_bytes(data[at : at + width], "little")


def _aligned(at: int, align: int) -> int:
    return (at + align - 1) // align * align
