"""What programs write into their own settings files, read back by the whole command."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import apps
from whole_command import report_of, row

pytestmark = pytest.mark.real


def copied(home: Path, rule: str, setting: str, name: str) -> tuple[object, object]:
    """Give outcome and word of a row, read from a copy of the files in this home."""
    person = home / "home"
    report = report_of(home / "elsewhere", "--root", str(home), "--home", f"/{person.name}")
    found = row(report, rule, setting, f"linux/{name}")
    return found["outcome"], found["value"]


@pytest.fixture
def person(home: Path) -> Path:
    """Give the home of a person, inside a copy of a computer's files."""
    (home / "elsewhere").mkdir()
    (home / "home").mkdir()
    return home / "home"


@pytest.mark.parametrize(("told", "word"), [("false", "not-kept"), ("true", "kept")])
def test_what_copyq_was_told_is_read(home: Path, person: Path, told: str, word: str) -> None:
    apps.copyq(person, [("check_clipboard", "false"), ("check_clipboard", told)])

    seen = copied(home, "delete-as-agreed", "clipboard-history", "copyq")

    assert seen == ("value", word)


@pytest.mark.parametrize(("stored", "word"), [("true", "without-asking"), ("false", "asks")])
def test_what_flameshot_keeps_in_its_file_is_read(
    home: Path, person: Path, stored: str, word: str
) -> None:
    apps.flameshot(person, {"General": {"uploadWithoutConfirmation": stored}})

    seen = copied(home, "auto-upload", "screenshot-upload", "flameshot")

    assert seen == ("value", word)


@pytest.mark.parametrize(("stored", "word"), [("true", "asks"), ("false", "without-asking")])
def test_what_ksnip_keeps_in_its_file_is_read(
    home: Path, person: Path, stored: str, word: str
) -> None:
    apps.ksnip(person, {"Uploader": {"ConfirmBeforeUpload": stored}})

    seen = copied(home, "auto-upload", "screenshot-upload", "ksnip")

    assert seen == ("value", word)
