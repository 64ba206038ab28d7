"""The shipped rules: every case of every setting, as a test of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privacy_check.cases import read_case
from privacy_check.cli import cli
from privacy_check.reading import Unset, Value, outcome
from privacy_check.rulebook.load import load
from privacy_check.rulebook.reads import (
    ByHand,
    Chromium,
    Dconf,
    Firefox,
    Kconfig,
    Xfconf,
)
from privacy_check.rulebook.records import Case, RuleBook
from privacy_check.rulebook.select import Place

RULES = Path(__file__).resolve().parent.parent / "rules"


def shipped() -> RuleBook:
    loaded = load([RULES])
    assert loaded.book is not None, "\n".join(map(str, loaded.problems))
    return loaded.book


BOOK = shipped()
PLACES = {
    f"{setting.id} {variant.row}": Place(setting=setting, variant=variant)
    for setting in BOOK.settings.values()
    for variant in setting.variants
}


def cases() -> Iterator[tuple[str, Place, Case]]:
    for name, place in PLACES.items():
        for case in place.variant.form.cases:
            yield f"{name} {case.name}", place, case


CASES = list(cases())


@pytest.mark.parametrize(
    ("place", "case"), [item[1:] for item in CASES], ids=[item[0] for item in CASES]
)
def test_case(place: Place, case: Case) -> None:
    reading = read_case(case, place, BOOK, [RULES])
    word = reading.word if isinstance(reading, Value | Unset) else ""
    assert (outcome(reading), word) == (case.outcome, case.value), getattr(reading, "reason", "")


def test_every_case_has_a_name_of_its_own() -> None:
    names = [item[0] for item in CASES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", PLACES)
def test_a_row_that_can_be_read_has_cases_of_several_outcomes(name: str) -> None:
    form = PLACES[name].variant.form
    if isinstance(form.read, ByHand):
        return
    assert len({(case.outcome, case.value) for case in form.cases}) >= 2


@pytest.mark.parametrize("way", [Dconf, Kconfig, Xfconf, Chromium, Firefox])
def test_a_file_format_has_a_case_from_bytes_of_the_real_program(way: type[object]) -> None:
    real = [
        case
        for _, place, case in CASES
        if isinstance(place.variant.form.read, way) and case.files and case.made_by != "by hand"
    ]
    assert real


# `rules test`, on folders of its own.

RULE = """\
id = "kind-of-session"
title = "The session is of a kind"
phase = "prepare"
severity = "low"
profiles = ["care"]
channels = ["video"]
why = "It matters."
sources = [{ title = "A manual", checked = 2026-11-22 }]
[[settings]]
id = "session-kind"
good = ["new"]
"""
SETTING = """\
id = "session-kind"
title = "Kind of session"
topic = "session"
[values]
new = "The new kind."
old = "The old kind."
[linux]
read = { environment = "XDG_SESSION_TYPE" }
map = { wayland = "new", x11 = "old" }
change = ["Open the menu."]
undo = ["The same menu."]
confidence = "documented"
tested_on = []
sources = [{ title = "A manual", checked = 2026-11-22 }]
"""
CASE = """
[[linux.cases]]
name = "a new session"
made_by = "by hand"
environment = { XDG_SESSION_TYPE = "wayland" }
outcome = "value"
value = "new"
"""


def rules_test(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["rules", "test", *arguments])


def folder_with(folder: Path, setting: str) -> str:
    for name, text in (
        ("advice/prepare/kind-of-session", RULE),
        ("settings/session-kind", setting),
    ):
        path = folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder)


def test_the_command_runs_all_cases() -> None:
    result = rules_test()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{len(CASES)} passed, 0 failed\n"


def test_the_command_runs_the_cases_of_a_folder(tmp_path: Path) -> None:
    result = rules_test("--rules", folder_with(tmp_path, SETTING + CASE + CASE))
    assert (result.exit_code, result.output) == (0, "2 passed, 0 failed\n")


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        ('outcome = "value"\nvalue = "old"', "value new, not value old"),
        ('outcome = "unset"\nvalue = "new"', "value new, not unset new"),
        ('outcome = "unreadable"', "value new, not unreadable"),
        ('outcome = "value"', "value new, not value"),
    ],
)
def test_the_command_names_a_case_that_came_out_otherwise(
    wanted: str, fault: str, tmp_path: Path
) -> None:
    wrong = CASE.replace('outcome = "value"\nvalue = "new"', wanted)
    result = rules_test("--rules", folder_with(tmp_path, SETTING + CASE + wrong))
    assert result.exit_code == 2
    assert result.stderr == f"session-kind (linux): a new session: {fault}\n"
    assert result.stdout == "1 passed, 1 failed\n"


def test_the_command_wants_a_case_for_every_row(tmp_path: Path) -> None:
    result = rules_test("--rules", folder_with(tmp_path, SETTING))
    assert result.exit_code == 2
    assert result.stderr == "session-kind (linux): no case: add at least one\n"
    assert result.stdout == "0 passed, 1 failed\n"


def test_a_folder_with_nothing_to_try_is_nothing_checked(tmp_path: Path) -> None:
    by_hand = SETTING.replace('{ environment = "XDG_SESSION_TYPE" }', '{ by_hand = "No key." }')
    result = rules_test("--rules", folder_with(tmp_path, by_hand))
    assert (result.exit_code, result.output) == (3, "0 passed, 0 failed\n")


def test_a_folder_may_use_a_built_in_setting_with_its_fixtures(tmp_path: Path) -> None:
    rule = (RULES / "advice/just-before/notifications-off.toml").read_text(encoding="utf-8")
    path = tmp_path / "advice/just-before/notifications-off.toml"
    path.parent.mkdir(parents=True)
    path.write_text(rule, encoding="utf-8")
    result = rules_test("--rules", str(tmp_path))
    assert (result.exit_code, result.stderr) == (0, ""), result.exception
    assert result.stdout.endswith(" passed, 0 failed\n")


@pytest.mark.parametrize(
    "odd",
    [
        'links = { "~/.config/a" = "b", "~/.config/b" = "a" }',
        'links = { "/a" = "/a", "/a/b" = "../.." }',
        'links = { "~/.config/a" = "../.config/a" }',
        'denied = ["/home"]',
        'folders = ["/a/../b", "~/.."]',
        'texts = { "/../a" = "b" }',
        'devices = [{ program = "x", path = "x" }]',
        (
            'bus = [{ bus = "session", name = "a.B", path = "/a", interface = "a.B", member = "C", '
            "answer = 2026-11-22 }]"
        ),
    ],
)
def test_an_odd_machine_in_a_case_is_no_fault_of_the_program(odd: str, tmp_path: Path) -> None:
    case = CASE.replace("outcome", f"{odd}\noutcome")
    reads = SETTING.replace(
        '{ environment = "XDG_SESSION_TYPE" }', '{ json = "~/.config/a", pointer = "/a" }'
    )
    for name, setting in (("a", SETTING), ("b", reads)):
        result = rules_test("--rules", folder_with(tmp_path / name, setting + case))
        assert result.exit_code in (0, 2), result.exception
        assert " passed, " in result.stdout, result.stderr
