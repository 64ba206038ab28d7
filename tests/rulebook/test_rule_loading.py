"""A compiled rule book that is damaged is never used in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_check.rulebook.compiled import DamagedBookError, compile_book, read_compiled
from privacy_check.rulebook.load import load

BOOK = load([Path(__file__).resolve().parents[2] / "rules"]).book
assert BOOK is not None
WHOLE = compile_book(BOOK)
HEAD, BODY, PHONES, APPS, _ = WHOLE.split("\n")
DAMAGED = {
    "empty": "",
    "cut": WHOLE[:5000],
    "only the head": HEAD,
    "no line of phones": f"{HEAD}\n{BODY}\n{APPS}\n",
    "the lines in another order": f"{HEAD}\n{BODY}\n{APPS}\n{PHONES}\n",
    "cut in the line of phones": f"{HEAD}\n{BODY}\n{PHONES[:-100]}\n{APPS}\n",
    "cut in the line of apps": WHOLE[:-100],
    "something behind it": f"{WHOLE}[]",
    "no JSON": "[]]",
    "no table": "[1]\n[]",
    "another word": WHOLE.replace('"high"', '"hihg"', 1),
    "one bit": WHOLE.replace("a", "`", 1),
    "records of another release": WHOLE.replace('"informs"', '"inform"', 1),
    "records that are not ours": WHOLE.replace('"RuleBook"', '"BASES"', 1),
    "another record than a book": '{"checksums":[3660920827,3660920827,3660920827],'
    '"kinds":[{},{},{}]}\n[[],[0]]\n[[],[0]]\n[[],[0]]\n',
}


def test_the_whole_text_is_read() -> None:
    assert read_compiled(WHOLE).edition == BOOK.edition


def test_a_plain_run_leaves_the_phones_and_apps_out() -> None:
    near = read_compiled(f"{HEAD}\n{BODY}\n[]\n[]\n", phones=False, apps=False)
    rows = {variant.row for name in near.settings for variant in near.settings[name].variants}

    assert {row.partition("/")[0] for row in rows} == {"linux"}
    assert near.settings.keys() == BOOK.settings.keys()
    assert near.apps == ()


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_compiled_book_is_refused(what: str) -> None:
    assert DAMAGED[what] != WHOLE
    with pytest.raises(DamagedBookError):
        read_compiled(DAMAGED[what])
