from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from programs import dconf
from whole_command import Wire, finding, report_of, row, without_rights

pytestmark = pytest.mark.real

SCHEMA, KEY = "org.gnome.desktop.notifications", "show-banners"
FOLDER = "org/gnome/desktop/notifications"
RULE, SETTING, ROW = "notifications-off", "notification-banners", "linux/gnome"
PERSON = "home/sam"
NOTHING_CHECKED = 3


def banners(report: Wire) -> Wire:
    return row(report, RULE, SETTING, ROW)


def cut(database: Path) -> None:
    data = database.read_bytes()
    database.write_bytes(data[: len(data) // 2])


def empty(database: Path) -> None:
    database.write_bytes(b"")


def overwrite(database: Path) -> None:
    database.write_bytes(bytes(database.stat().st_size))


def deny(database: Path) -> None:
    database.chmod(0)


@pytest.fixture
def tree(home: Path) -> Path:
    """Give a copy of a computer's files: its schemas, and an empty home."""
    schemas = home / dconf.SCHEMAS.relative_to("/")
    schemas.mkdir(parents=True)
    shutil.copy(dconf.SCHEMAS / "gschemas.compiled", schemas)
    (home / PERSON).mkdir(parents=True)
    return home


def copy_report(tree: Path, *, code: int = 0) -> Wire:
    """Give the report on a copy, started by somebody with an empty home elsewhere."""
    elsewhere = tree / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    return report_of(elsewhere, "--root", str(tree), "--home", f"/{PERSON}", code=code)


def lock_for_all(tree: Path, value: str) -> None:
    """Set and lock the banners for everybody, as an organisation would."""
    database = tree / "etc/dconf/db/local"
    dconf.compile_system_database(database, {FOLDER: {KEY: value}}, [f"/{FOLDER}/{KEY}"])
    profile = tree / "etc/dconf/profile/user"
    profile.parent.mkdir(parents=True)
    profile.write_text("user-db:user\nsystem-db:local\n", encoding="utf-8")


def test_banners_that_are_on_are_worth_a_look(home: Path) -> None:
    dconf.set_key(home, SCHEMA, KEY, "true")
    report = report_of(home, desktop="GNOME")
    assert finding(report, RULE)["status"] == "fail"
    found = banners(report)
    assert (found["status"], found["outcome"], found["value"]) == ("fail", "value", "on")
    assert f"gsettings set {SCHEMA} {KEY} false" in found["change"]
    assert f"gsettings reset {SCHEMA} {KEY}" in found["undo"]


def test_the_commands_of_the_report_do_what_they_say(home: Path) -> None:
    dconf.set_key(home, SCHEMA, KEY, "true")
    before = banners(report_of(home, desktop="GNOME"))
    (change,) = [step for step in before["change"] if step.startswith("gsettings ")]
    dconf.set_key(home, *change.split()[2:])
    after = report_of(home, desktop="GNOME")
    assert (banners(after)["status"], banners(after)["value"]) == ("pass", "off")
    assert finding(after, RULE)["status"] == "pass"
    (undo,) = [step for step in before["undo"] if step.startswith("gsettings ")]
    dconf.reset_key(home, *undo.split()[2:])
    assert banners(report_of(home, desktop="GNOME"))["value"] == "on"


def test_a_reset_key_has_the_default_of_the_schema(home: Path) -> None:
    dconf.set_key(home, SCHEMA, KEY, "false")
    dconf.reset_key(home, SCHEMA, KEY)
    found = banners(report_of(home, desktop="GNOME"))
    assert (found["status"], found["outcome"], found["value"]) == ("fail", "unset", "on")


@pytest.mark.parametrize("spoil", [cut, empty, overwrite, deny])
def test_a_database_that_cannot_be_read_is_an_error_with_a_reason(
    home: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(dconf.set_key(home, SCHEMA, KEY, "false"))
    report = report_of(home, desktop="GNOME", through=without_rights())
    assert finding(report, RULE)["status"] == "error"
    found = banners(report)
    assert (found["status"], found["outcome"], found["value"]) == ("error", "unreadable", None)
    assert found["reason"]


def test_only_the_rights_of_the_account_are_used(home: Path) -> None:
    dconf.set_key(home, SCHEMA, KEY, "false")
    report = report_of(home, desktop="GNOME", through=without_rights())
    assert banners(report)["status"] == "pass"


@pytest.mark.parametrize(("value", "status"), [("true", "fail"), ("false", "pass")])
def test_a_copy_of_files_needs_no_session(tree: Path, value: str, status: str) -> None:
    dconf.set_key(tree / PERSON, SCHEMA, KEY, value)
    report = copy_report(tree)
    assert not report["live"]
    assert (banners(report)["status"], banners(report)["outcome"]) == (status, "value")
    assert finding(report, RULE)["status"] == status


@pytest.mark.parametrize("spoil", [cut, empty, overwrite])
def test_a_damaged_database_in_a_copy_is_an_error(
    tree: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(dconf.set_key(tree / PERSON, SCHEMA, KEY, "false"))
    report = copy_report(tree, code=NOTHING_CHECKED)
    assert finding(report, RULE)["status"] == "error"
    assert banners(report)["reason"]


@pytest.mark.parametrize(
    ("own", "locked", "status", "value"),
    [("false", "true", "fail", "on"), ("true", "false", "pass", "off")],
)
def test_what_an_organisation_locked_counts(
    tree: Path, own: str, locked: str, status: str, value: str
) -> None:
    dconf.set_key(tree / PERSON, SCHEMA, KEY, own)
    lock_for_all(tree, locked)
    found = banners(copy_report(tree))
    assert (found["status"], found["value"]) == (status, value)
    assert found["change"] == ["Set by your organisation."]
