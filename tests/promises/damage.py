"""Every kind of damage, by name: to bytes, to the place of a file, and to what a machine can tell.

Nothing here knows a reader or a setting. Choices are made with a seeded `Random`, so that a run can
be repeated.
"""

# ruff: noqa: ARG005 - all kinds of damage are called alike

from __future__ import annotations

import gzip
import os
import re
import socket
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

Spoil = Callable[[bytes, Random], Iterable[bytes]]

_LARGEST = 16 << 20
_SQLITE = b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20" + bytes(4000)
_GVDB = b"GVariant" + bytes(8) + b"\x18\0\0\0\x18\0\0\0"
_XML = b'<?xml version="1.0"?>\n<channel name="other" version="1.0">\n</channel>\n'
_WORD = re.compile(rb"[A-Za-z_][\w.-]{2,}")
_NUMBER = re.compile(rb"(?<![\w-])\d+(?![\w-])")


def _cut(data: bytes, chance: Random) -> Iterator[bytes]:
    yield from (data[: chance.randrange(len(data))] for _ in range(4))


def _cut_at_a_line_end(data: bytes, chance: Random) -> Iterator[bytes]:
    ends = [at + 1 for at, byte in enumerate(data[:-1]) if byte == 10]
    yield from (data[:at] for at in _some(ends, chance, 6))


def _cut_at_a_block(data: bytes, chance: Random) -> Iterator[bytes]:
    yield from (data[:size] for size in (64, 512, 4096, 65536) if size < len(data))


def _bit(data: bytes, chance: Random) -> Iterator[bytes]:
    for at in _offsets(data, chance, 8):
        yield data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _byte(data: bytes, chance: Random) -> Iterator[bytes]:
    for at in _offsets(data, chance, 6):
        yield data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _letter(data: bytes, chance: Random) -> Iterator[bytes]:
    for at in _offsets(data, chance, 6):
        yield data[:at] + chance.choice(b"aZ0_ \t=\"'{}[]<>/\\").to_bytes() + data[at + 1 :]


def _less(data: bytes, chance: Random) -> Iterator[bytes]:
    yield from (data[:at] + data[at + 1 :] for at in _offsets(data, chance, 4))


def _more(data: bytes, chance: Random) -> Iterator[bytes]:
    yield from (data[:at] + chance.randbytes(1) + data[at:] for at in _offsets(data, chance, 4))


def _exchanged(data: bytes, chance: Random) -> Iterator[bytes]:
    for at in _offsets(data[1:], chance, 4):
        yield data[:at] + data[at + 1 : at + 2] + data[at : at + 1] + data[at + 2 :]


def _block(fill: bytes) -> Spoil:
    def spoil(data: bytes, chance: Random) -> Iterator[bytes]:
        for size in (16, 512):
            at = chance.randrange(len(data)) // size * size
            part = data[at : at + size]
            yield data[:at] + fill * len(part) + data[at + len(part) :]

    return spoil


def _lines(change: Callable[[list[bytes], int], Iterable[bytes]]) -> Spoil:
    """Return damage that changes the list of lines at one place."""

    def spoil(data: bytes, chance: Random) -> Iterator[bytes]:
        lines = data.splitlines(keepends=True)
        for at in _some(range(len(lines)), chance, 8):
            yield b"".join(change(lines, at))

    return spoil


def _commented(lines: list[bytes], at: int) -> list[bytes]:
    return [*lines[:at], b"#" + lines[at], *lines[at + 1 :]]


def _joined(lines: list[bytes], at: int) -> list[bytes]:
    return [*lines[:at], lines[at].rstrip(b"\r\n"), *lines[at + 1 :]]


def _without(mark: bytes) -> Spoil:
    def spoil(data: bytes, chance: Random) -> Iterator[bytes]:
        yield re.sub(rb"[" + mark + rb"]", b"", data)
        for at in _some([m.start() for m in re.finditer(rb"[" + mark + rb"]", data)], chance, 4):
            yield data[:at] + data[at + 1 :]

    return spoil


def _names(change: Callable[[bytes, Random], bytes]) -> Spoil:
    """Return damage to single names: words before an equals sign, a colon or in brackets."""

    def spoil(data: bytes, chance: Random) -> Iterator[bytes]:
        found = [m for m in _WORD.finditer(data) if is_name(data, m.start(), m.end())]
        for match in _some(found, chance, 8):
            new = change(match[0], chance)
            yield data[: match.start()] + new + data[match.end() :]

    return spoil


def is_name(data: bytes, start: int, end: int) -> bool:
    """Say whether a word of a text is a name, not a value."""
    before, after = data[max(0, start - 6) : start], data[end : end + 3].lstrip(b'"]')
    return after[:1] in (b"=", b":") or before.endswith((b"[", b'name="'))


def _near(name: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(name))
    return name[:at] + bytes([name[at] ^ 1]) + name[at + 1 :]


def _twice(data: bytes, chance: Random) -> Iterator[bytes]:
    """Say every line, and every entry of a table, once more with a value of no meaning."""
    yield re.sub(rb"(?m)^([^\n=\[{]+=)([^\n]*)$", rb"\1\2\n\1?", data)
    yield re.sub(rb'("[^"\n]+": ?)', rb"\1null, \1", data)
    yield re.sub(rb'("[^"\n]+": ?)([\d]+|true|false)', rb"\1\2, \1null", data)


def _huge(data: bytes, chance: Random) -> Iterator[bytes]:
    for digits in (20, 400, 5000):
        yield _NUMBER.sub(b"9" * digits, data, count=40)
    for match in _some(list(_NUMBER.finditer(data)), chance, 4):
        yield data[: match.start()] + b"-" + match[0] + b"e99" + data[match.end() :]


def _deep(data: bytes, chance: Random) -> Iterator[bytes]:
    yield b"[" * 100_000 + data
    yield b'{"a":' * 50_000 + data + b"}" * 50_000
    yield b"<a>" * 20_000 + data
    yield b"GVariant" + bytes(8) + (b"\x18\0\0\0" * 2) + b"(" * 50_000
    at = data.find(b":") + 1
    yield data[:at] + b"[" * 20_000 + b"]" * 20_000 + data[at:]


def _nothing(*contents: bytes) -> Spoil:
    """Return other bytes, whatever was there."""
    return lambda data, chance: contents


BYTES: dict[str, Spoil] = {
    "empty": _nothing(b""),
    "blank lines only": _nothing(b"\n\n", b" \n"),
    "one byte": lambda data, chance: (data[:1],),
    "the first half": lambda data, chance: (data[: len(data) // 2],),
    "the second half": lambda data, chance: (data[len(data) // 2 :],),
    "the last byte missing": lambda data, chance: (data[:-1],),
    "the first byte missing": lambda data, chance: (data[1:],),
    "cut anywhere": _cut,
    "cut at a line end": _cut_at_a_line_end,
    "cut at a block of the disk": _cut_at_a_block,
    "the middle missing": lambda data, chance: (
        data[: len(data) // 3] + data[2 * len(data) // 3 :],
    ),
    "a bit flipped": _bit,
    "a byte spoilt": _byte,
    "another letter": _letter,
    "a byte missing": _less,
    "a byte too many": _more,
    "two bytes exchanged": _exchanged,
    "a block of zeros": _block(b"\0"),
    "a block of ones": _block(b"\xff"),
    "zeros only": lambda data, chance: (bytes(len(data)),),
    "ones only": lambda data, chance: (b"\xff" * len(data),),
    "zeros behind": lambda data, chance: (data + bytes(512),),
    "halves exchanged": lambda data, chance: (data[len(data) // 2 :] + data[: len(data) // 2],),
    "everything twice": lambda data, chance: (data + data,),
    "the first half twice": lambda data, chance: (data[: len(data) // 2] + data,),
    "shifted by a byte": lambda data, chance: (b"\0" + data, b" " + data),
    "a line missing": _lines(lambda lines, at: [*lines[:at], *lines[at + 1 :]]),
    "a line twice": _lines(lambda lines, at: [*lines[:at], lines[at], *lines[at:]]),
    "two lines joined": _lines(_joined),
    "a line made a comment": _lines(_commented),
    "lines backwards": lambda data, chance: (b"".join(reversed(data.splitlines(keepends=True))),),
    "line ends of Windows": lambda data, chance: (data.replace(b"\n", b"\r\n"),),
    "line ends of an old Mac": lambda data, chance: (data.replace(b"\n", b"\r"),),
    "zeros between letters": lambda data, chance: (b"\0".join(bytes([b]) for b in data),),
    "in UTF-16": lambda data, chance: (_as(data, "utf-16"), _as(data, "utf-16-be")),
    "in UTF-32": lambda data, chance: (_as(data, "utf-32"),),
    "a letter in Latin-1": lambda data, chance: (_in(data, b"\xe9", chance),),
    "a mark of the byte order twice": lambda data, chance: (b"\xef\xbb\xbf" * 2 + data,),
    "not UTF-8": lambda data, chance: (
        _in(data, b"\xc0\x80", chance),
        _in(data, b"\xed\xa0\x80", chance),
        _in(data, b"\xf8\x88", chance),
    ),
    "a control character": lambda data, chance: (
        _in(data, b"\x1b", chance),
        _in(data, b"\x07", chance),
    ),
    "a database of another kind": _nothing(_SQLITE, _SQLITE[:100]),
    "settings of another kind": lambda data, chance: (
        *(_GVDB, _GVDB[:24]),
        *((b"[]",) if data[:1] == b"{" else (b'{"a": 1}', b'{"a": "b"}\n')),
        *((b"[a]\nb=c\n",) if data[:1] in (b"<", b"{", b"G", b"S") else ()),
    ),
    "a page of another kind": _nothing(_XML, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    "a program in its place": _nothing(b"\x7fELF\x02\x01\x01" + bytes(200), b"#!/bin/sh\nexit\n"),
    "a picture in its place": _nothing(b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "packed": lambda data, chance: (gzip.compress(data, mtime=0),),
    "in Base64": lambda data, chance: (b64encode(data),),
    "a line without end": lambda data, chance: (data + b"a" * (1 << 20), b"x=" * (1 << 19)),
    "nested without end": _deep,
    "a number without end": _huge,
    "names twice": _twice,
    "a name nearly right": _names(_near),
    "a name in capitals": _names(lambda name, chance: name.swapcase()),
    "a name cut": _names(lambda name, chance: name[:-1]),
    "quotes missing": _without(rb"\"'"),
    "brackets missing": _without(rb"\[\]{}<>()"),
    "signs between missing": _without(rb"=:,"),
    "random bytes": lambda data, chance: (chance.randbytes(len(data)), chance.randbytes(3000)),
    "random letters": lambda data, chance: (
        bytes(chance.choices(b'abcdefgh =[]\n"', k=len(data) or 9)),
    ),
}
"""Damage to bytes: of a file, or of what a command prints."""


def _some(choices: Iterable[object], chance: Random, number: int) -> list:  # type: ignore[type-arg] # of anything
    found = list(choices)
    return found if len(found) <= number else chance.sample(found, number)


def _offsets(data: bytes, chance: Random, number: int) -> list[int]:
    return _some(range(len(data)), chance, number)


def _as(data: bytes, encoding: str) -> bytes:
    return data.decode("latin-1").encode(encoding)


def _in(data: bytes, bad: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bad + data[at:]


def spoilt(name: str, data: bytes, chance: Random, most: int) -> list[bytes]:
    """Return some different results of a kind of damage, without those that change nothing."""
    results = dict.fromkeys(BYTES[name](data, chance)) if data else {}
    return _some([result for result in results if result != data], chance, most)


def _sparse(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate(_LARGEST + 1)


def _socket(place: Path) -> None:
    # A socket's name may have 107 letters only: it is made in its folder, by its last name.
    before = os.open(".", os.O_RDONLY)
    os.chdir(place.parent)
    try:
        with socket.socket(socket.AF_UNIX) as ear:
            ear.bind(place.name)
    finally:
        os.fchdir(before)
        os.close(before)


THINGS: dict[str, Callable[[Path], object]] = {
    "too large": _sparse,
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a socket": _socket,
    "a link to itself": lambda place: place.symlink_to(place.name),
    "a link to nothing": lambda place: place.symlink_to("not-there"),
    "a link to a folder": lambda place: place.symlink_to("."),
    "a link to zeros": lambda place: place.symlink_to("/dev/zero"),
    "a link to a full disk": lambda place: place.symlink_to("/dev/full"),
}
"""What stands in a file's place instead of it. A link's end is looked for inside the tree."""
