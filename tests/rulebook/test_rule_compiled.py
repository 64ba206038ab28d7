"""The compiled rule book says what the rule files say, and its hash changes when they do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from rule_folders import LISTED_FILE, RULE, RULE_FILE, RULES, SETTING, SETTING_FILE, SOUND, swap
from rule_folders import write as write_files

from privacy_check.record import replaced
from privacy_check.rulebook.compiled import compile_book, read_compiled
from privacy_check.rulebook.digest import hash_of
from privacy_check.rulebook.documents import Document, read_folder
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import RuleBook, Setting


def documents_of(folder: Path) -> list[Document]:
    documents, problems, _ = read_folder(folder)
    assert problems == []
    return documents


def book_of(folder: Path) -> RuleBook:
    book = load([folder]).book
    assert book is not None
    return book


def without_cases(book: RuleBook) -> RuleBook:
    settings = {name: _without_cases(setting) for name, setting in book.settings.items()}
    return replaced(book, settings=settings)


def _without_cases(setting: Setting) -> Setting:
    variants = tuple(
        replaced(variant, form=replaced(variant.form, cases=())) for variant in setting.variants
    )
    return replaced(setting, variants=variants)


def hash_with(folder: Path, files: Mapping[str, str]) -> str:
    book = load([write_files(folder, files)]).book
    assert book is not None
    return book.edition.hash


def test_the_compiled_rules_are_the_same_records_without_the_cases() -> None:
    book = book_of(RULES)
    compiled = read_compiled(compile_book(book))
    assert compiled == without_cases(book)
    assert compiled != book
    assert all((compiled.rules, compiled.settings, compiled.programs, compiled.edition.hash))


def test_the_records_keep_their_types_and_order() -> None:
    compiled, book = read_compiled(compile_book(book_of(RULES))), without_cases(book_of(RULES))
    assert repr(compiled) == repr(book)


def test_the_hash_is_that_of_what_the_files_say() -> None:
    book = book_of(RULES)
    assert book.edition.hash == hash_of(documents_of(RULES))
    assert re.fullmatch("[0-9a-f]{64}", book.edition.hash)


ODD_NAMES = {
    "a raw value": swap(SETTING, 'x11 = "off"', 'cases = "off"'),
    "a variant": SETTING.replace("[linux]", "[linux.cases]").replace("linux.cases]]", "linux.x]]"),
}
ODD_NAMES["a variant"] = ODD_NAMES["a variant"].replace("[[linux.x]]", "[[linux.cases.cases]]")


@pytest.mark.parametrize("what", ODD_NAMES)
def test_what_is_named_cases_is_no_case(what: str, tmp_path: Path) -> None:
    write_files(tmp_path, {**SOUND, SETTING_FILE: ODD_NAMES[what]})
    book = book_of(tmp_path)
    assert read_compiled(compile_book(book)) == without_cases(book)


SAID = {
    "a title": (RULE_FILE, "The room is quiet", "The room is calm"),
    "a severity": (RULE_FILE, '"low"', '"high"'),
    "a good word": (RULE_FILE, '["off"]', '["on"]'),
    "a question": (RULE_FILE, "Is the room quiet?", "Is this room quiet?"),
    "a source's date": (RULE_FILE, "2026-11-22", "2026-11-21"),
    "the order of a list": (RULE_FILE, '["video", "voice"]', '["voice", "video"]'),
    "a meaning": (SETTING_FILE, "Pop-ups are held back.", "Pop-ups are gone."),
    "a map": (SETTING_FILE, 'x11 = "off"', 'mir = "off"'),
    "a step": (SETTING_FILE, "Open the menu.", "Open the other menu."),
    "how sure a fact is": (SETTING_FILE, '"documented"', '"believed"'),
    "a listed program": ("programs/watchers.toml", '["watcher"]', '["watcher2"]'),
    "a list's scope": ("programs/watchers.toml", '"user"', '"system"'),
}


@pytest.mark.parametrize("what", SAID)
def test_the_hash_changes_with_what_a_file_says(what: str, tmp_path: Path) -> None:
    file, old, new = SAID[what]
    changed = {**SOUND, file: swap(SOUND[file], old, new)}
    assert hash_with(tmp_path / "b", changed) != hash_with(tmp_path / "a", SOUND)


def test_the_hash_changes_with_the_edition(tmp_path: Path) -> None:
    edition = {"rulebook.toml": 'version = "1"\ndate = 2026-11-22\n'}
    later = {"rulebook.toml": 'version = "2"\ndate = 2026-11-22\n'}
    one = hash_with(tmp_path / "a", {**SOUND, **edition})
    assert one != hash_with(tmp_path / "b", {**SOUND, **later})


LINES = RULE.split("\n[", 1)[0].splitlines()
UNSAID: dict[str, Mapping[str, str]] = {
    "a case": {**SOUND, SETTING_FILE: swap(SETTING, 'name = "one kind"', 'name = "another"')},
    "a case less": {**SOUND, SETTING_FILE: SETTING[: SETTING.index("[[linux.cases]]")]},
    "a case of a named variant": {
        **SOUND,
        LISTED_FILE: SOUND[LISTED_FILE][: SOUND[LISTED_FILE].index("[[linux.any.cases]]")],
    },
    "the order of files": dict(reversed(SOUND.items())),
    "the place of a file": {
        "settings/more/pop-ups.toml" if name == SETTING_FILE else name: text
        for name, text in SOUND.items()
    },
    "the order of keys": {
        **SOUND,
        RULE_FILE: RULE.replace("\n".join(LINES), "\n".join(reversed(LINES))),
    },
    "a comment": {**SOUND, RULE_FILE: "# A note.\n" + RULE},
    "line ends": {**SOUND, RULE_FILE: RULE.replace("\n", "\r\n")},
    "the way of writing": {
        **SOUND,
        RULE_FILE: swap(RULE, '"The room is quiet"', "'The room\u0020is quiet'"),
    },
}


@pytest.mark.parametrize("what", UNSAID)
def test_the_hash_stays_when_nothing_else_is_said(what: str, tmp_path: Path) -> None:
    assert UNSAID[what] != SOUND or list(UNSAID[what]) != list(SOUND)
    assert hash_with(tmp_path / "b", UNSAID[what]) == hash_with(tmp_path / "a", SOUND)


def test_the_hash_knows_no_order_of_documents() -> None:
    documents = documents_of(RULES)
    assert hash_of(reversed(documents)) == hash_of(documents)
