"""A compiled rule book that is damaged is never used in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_check.rulebook import load
from privacy_check.rulebook.compiled import compile_documents
from privacy_check.rulebook.documents import read_folder

RULES = Path(__file__).resolve().parents[2] / "rules"
WHOLE = compile_documents(read_folder(RULES)[0])


def test_a_whole_compiled_book_gives_the_rules_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "rulebook.json"
    path.write_text(WHOLE, encoding="utf-8")
    compiled, folder = load.load_compiled(path).book, load.load([RULES]).book
    assert compiled is not None
    assert folder is not None
    assert compiled.rules == folder.rules
    assert compiled.edition == folder.edition


@pytest.mark.parametrize(
    "text",
    ["", WHOLE[:5000], "[]]", "{}", "[1]", WHOLE.replace('"severity":"high"', '"severity":"hihg"')],
    ids=["empty", "cut", "no JSON", "no list", "no document", "an unknown word"],
)
def test_a_damaged_compiled_book_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rulebook.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(load.NoRuleBookError):
        load.load_compiled(path)
