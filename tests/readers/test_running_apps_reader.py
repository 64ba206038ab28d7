"""An app runs where a program of this account bears its name, and a telling one."""

from __future__ import annotations

from pathlib import Path

import pytest
from apps_here import NOW, PROGRAM, RUNNING, SYSTEM, ZOOM, app, desktop, hows, process, search, seen

from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import Process
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps
from privacy_check.rulebook.catalogue import RunningApp


@pytest.mark.parametrize(
    ("program", "running"),
    [
        (process("a-rather-long-name"), True),
        (process("a-rather-long-n"), True),
        (process("a-rather-long"), False),
        (process("java", "-jar", "/opt/talk.jar"), True),
        (process("java", "-jar", "/opt/other.jar"), False),
        (process("java"), False),
        (process("a-rather-long-name", own=False), False),
    ],
)
def test_a_program_of_this_account_runs_by_name_and_arguments(
    program: Process,
    running: bool,  # noqa: FBT001 - a table
) -> None:
    found = search([RUNNING], SYSTEM, programs=(program,))

    assert found.apps[0].running is running
    assert found.apps[0].installed is (None if running else False)
    assert hows(found.apps[0]) == ["running"] * running
    assert "running programs" in found.looked


def test_a_short_name_tells_only_beside_an_installed_copy() -> None:
    alone = seen(RUNNING, SYSTEM, programs=(process("zoom"),))
    beside = seen(RUNNING, {**desktop("Exec=zoom"), **PROGRAM}, programs=(process("zoom"),))

    assert (alone.running, alone.installed, alone.signs) == (None, None, ())
    assert alone.doubts
    assert (beside.running, beside.installed, beside.doubts) == (True, True, ())
    assert hows(beside) == ["desktop-file", "running"]


@pytest.mark.parametrize(
    ("name", "running"), [("simplex", None), ("discord", None), ("Telegram", True)]
)
def test_a_word_of_other_trades_does_not_tell_alone(
    name: str,
    running: bool | None,  # noqa: FBT001 - a table
) -> None:
    """Many a program is named after the simplex algorithm."""
    wanted = app(running=(RunningApp(process=name),))

    found = seen(wanted, SYSTEM, programs=(process(name),))
    assert (found.running, found.installed) == (running, None)
    assert found.doubts


def test_an_app_whose_programs_are_not_known_is_not_called_stopped() -> None:
    assert seen(ZOOM, SYSTEM).running is None


@pytest.mark.parametrize(("name", "running"), [("a-rather-long-name", True), ("other", None)])
def test_a_list_of_programs_that_may_not_be_whole(
    tmp_path: Path,
    name: str,
    running: bool | None,  # noqa: FBT001 - a table
) -> None:
    place = tmp_path / "proc" / "12"
    place.mkdir(parents=True)
    (place / "comm").write_text(f"{name[:15]}\n")
    (place / "cmdline").write_bytes(f"/opt/{name}\0".encode())

    found = find_apps([RUNNING], Window(FolderMachine(tmp_path, "/", NOW)))

    assert found.apps[0].running is running
    assert "running programs" not in found.looked


def test_a_copy_of_files_shows_no_running_programs(tmp_path: Path) -> None:
    found = find_apps([RUNNING], Window(FolderMachine(tmp_path, "/", NOW)))

    assert found.apps[0].running is None
    assert "running programs: a copy of files shows no running programs" in found.unread
