"""Keys are put together from bytes in any pieces, and an x is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from privacy_check.person.fit import cut, cut_to_end
from privacy_check.person.keys import LONGEST_LINE, Keys, Typed, leaves


def keys_of(*pieces: bytes, seconds: float = 0.01) -> list[str]:
    keys = Keys("utf-8")
    return [key for i, piece in enumerate(pieces) for key in keys.feed(piece, i * seconds)]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"y?1 \xc3\xa9", ["y", "?", "1", " ", "é"]),
        (b"\r\n\x1bOM", ["enter", "enter", "enter"]),
        (b"\x1b[A\x1bOA\x1b[B\x1bOB", ["up", "up", "down", "down"]),
        (b"\x1b[5~\x1b[6~", ["previous", "next"]),
        (b"\x7f\x08", ["backspace", "backspace"]),
        (b"\x03\x04", ["leave", "leave"]),
        (b"\x00\x01\x07\x1a\x1c\t", []),
        (b"\x1b[C\x1b[1;5B\x1b[15~\x1b[[B\x1bOP\x1b[200~\x1by\x1b[I", []),
        (b"\x1b\x1b\x1b[B", ["down"]),
        (b"\x1b[\ry", ["enter", "y"]),
        (b"\x1b[" + b"1" * 1000 + b"~y", ["y"]),
    ],
)
def test_keys_in_one_piece_and_byte_by_byte(data: bytes, keys: list[str]) -> None:
    assert keys_of(data) == keys
    assert keys_of(*(bytes([byte]) for byte in data), seconds=0.0001) == keys


def test_an_unfinished_sequence_is_nothing_when_a_key_comes_later() -> None:
    for begun in (b"\x1b", b"\x1b[", b"\x1b[6", b"\x1bO"):
        assert keys_of(begun, b"y", seconds=1) == ["y"]


@given(some.lists(some.binary(max_size=4)), some.sampled_from([b"x", b"X", b"\x03", b"\x04"]))
def test_whatever_came_before_a_leave_key_leaves(before: list[bytes], key: bytes) -> None:
    keys = Keys("utf-8")
    for i, piece in enumerate(before):
        keys.feed(piece, i / 10)
    assert any(leaves(found) for found in keys.feed(key, len(before) / 10))


@given(some.text())
def test_a_typed_line_holds_only_what_shows_itself(text: str) -> None:
    typed = Typed()
    for char in text:
        typed.take(char)
    assert typed.text.isprintable()
    assert len(typed.text) <= LONGEST_LINE
    assert not set(typed.text) & set("\u202e\u2066\u200f\u200b\ufeff\x1b")


@given(some.text(), some.integers(0, 20))
def test_text_is_cut_to_columns(text: str, columns: int) -> None:
    assert text.startswith(cut(text, columns))
    assert text.endswith(cut_to_end(text, columns))


def test_wide_signs_take_two_columns_and_accents_none() -> None:
    assert cut("日本語", 5) == "日本"
    assert cut_to_end("日本語", 5) == "本語"
    assert cut("e\u0301e\u0301e", 2) == "e\u0301e\u0301"
