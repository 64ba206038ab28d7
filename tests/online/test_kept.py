"""Kept answers: a private file, good for a day, and nothing else is believed."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from privacy_check.online.kept import Kept, Listed, Named, read_kept, write_kept
from privacy_check.person.private_file import PrivateFileError
from privacy_check.rulebook.catalogue import Newest
from privacy_check.seen import Attack

AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
PLACE = Newest(how="github", address="o/signal", systems=("linux",), source="x")
OTHER = Newest(how="github", address="o/signal", form="v{version}", systems=("linux",), source="x")
NAMED = Named(version="8.20.0", host="api.github.com", at=AT)
LISTED = Listed(
    attacks=(Attack(cve="CVE-2025-55177", added=dt.date(2025, 9, 2)),),
    as_of=dt.date(2026, 7, 23),
    at=AT,
)


def full() -> Kept:
    kept = Kept()
    kept.put_named("signal", PLACE, NAMED)
    kept.put_listed("whatsapp", LISTED)
    return kept


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "newest.json")
    write_kept(path, full())
    return path


def test_what_was_kept_is_read_again(path: str) -> None:
    kept = read_kept(path, AT + HOUR)
    assert kept.named("signal", PLACE) == NAMED
    assert kept.listed("whatsapp") == LISTED
    assert kept.encoded() == full().encoded()
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_a_place_where_nothing_can_be_written_is_told_beforehand(tmp_path: Path) -> None:
    for name in ("no/such/folder", f"{tmp_path}/file/x"):
        (tmp_path / "file").write_text("")
        with pytest.raises(PrivateFileError, match="no file can be written in this folder"):
            read_kept(name, AT)


def test_an_answer_to_another_question_is_not_taken(path: str) -> None:
    assert read_kept(path, AT).named("signal", OTHER) is None
    assert read_kept(path, AT).named("wire", PLACE) is None


@pytest.mark.parametrize("later", [24 * HOUR, 999 * HOUR, -HOUR])
def test_old_answers_and_those_of_the_future_are_gone(path: str, later: dt.timedelta) -> None:
    kept = read_kept(path, AT + later)
    assert (kept.named("signal", PLACE), kept.listed("whatsapp")) == (None, None)
    write_kept(path, kept)
    assert "8.20.0" not in Path(path).read_text()


def test_nothing_is_kept_of_what_is_installed() -> None:
    whole = json.loads(full().encoded())
    assert set(whole) == {"schema", "newest", "exploited"}
    assert set(whole["newest"]["signal"]) == {"place", "host", "version", "at"}


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_kept(str(tmp_path / "none"), AT).encoded() == Kept().encoded()


Change = Callable[[str], str]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-20],
        lambda _: "",
        lambda _: "[]",
        lambda _: "[" * 50_000,
        lambda text: text.replace("newest-versions-v1", "newest-versions-v2"),
        lambda text: text.replace('"newest"', '"other"'),
        lambda text: text.replace("8.20.0", "8.20.0\\u001b[31m"),
        lambda text: text.replace('"8.20.0"', "8.2"),
        lambda text: text.replace("+00:00", ""),
        lambda text: text.replace("2026-11-22T", "soon"),
        lambda text: text.replace("2025-09-02", "2025-99-02"),
        lambda text: text.replace("CVE-2025-55177", "\\u202e"),
        lambda text: text.replace('"api.github.com"', "[1]"),
        lambda text: text.replace('"api.github.com"', json.dumps("a" * 300)),
    ],
)
def test_a_damaged_file_is_refused(path: str, change: Change) -> None:
    Path(path).write_text(change(Path(path).read_text()))
    with pytest.raises(PrivateFileError, match="these are no answers that"):
        read_kept(path, AT)


def test_a_file_that_is_not_private_or_linked_is_refused(path: str, tmp_path: Path) -> None:
    os.symlink(path, tmp_path / "link")
    with pytest.raises(PrivateFileError, match="a link is not followed"):
        read_kept(str(tmp_path / "link"), AT)
    os.chmod(path, 0o644)
    with pytest.raises(PrivateFileError, match="not yours alone"):
        read_kept(path, AT)


def test_writing_replaces_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("kept")
    os.symlink(tmp_path / "target", tmp_path / "link")
    write_kept(str(tmp_path / "link"), full())
    assert (tmp_path / "target").read_text() == "kept"
    assert not (tmp_path / "link").is_symlink()
