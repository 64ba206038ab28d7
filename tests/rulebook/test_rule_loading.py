"""A compiled rule book that is damaged is never used in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_check.rulebook.compiled import DamagedBookError, compile_book, read_compiled
from privacy_check.rulebook.load import load

BOOK = load([Path(__file__).resolve().parents[2] / "rules"]).book
assert BOOK is not None
WHOLE = compile_book(BOOK)
HEAD, BODY, _ = WHOLE.split("\n")
DAMAGED = {
    "empty": "",
    "cut": WHOLE[:5000],
    "only the head": HEAD,
    "no JSON": "[]]",
    "no table": "[1]\n[]",
    "another word": WHOLE.replace('"high"', '"hihg"', 1),
    "one bit": WHOLE.replace("a", "`", 1),
    "records of another release": WHOLE.replace('"informs"', '"inform"', 1),
    "records that are not ours": WHOLE.replace('"RuleBook"', '"BASES"', 1),
    "another record than a book": '{"checksum":1429472249,"kinds":{}}\n[0]\n',
}


def test_the_whole_text_is_read() -> None:
    assert read_compiled(WHOLE).edition == BOOK.edition


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_compiled_book_is_refused(what: str) -> None:
    assert DAMAGED[what] != WHOLE
    with pytest.raises(DamagedBookError):
        read_compiled(DAMAGED[what])
