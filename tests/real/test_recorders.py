from __future__ import annotations

import os
from pathlib import Path

import pytest
from programs import recorder
from whole_command import finding, report_of, row

pytestmark = pytest.mark.real

RULES = ("no-recording-by-default", "no-screenshots-by-default")
SETTING = "recorders-running"
FIRST_NAMESPACE = "pid:[4026531836]"
# A list of processes of its own, in which no other program of this computer can be seen.
BOX = (
    "unshare",
    *(() if os.geteuid() == 0 else ("--map-current-user",)),
    "--pid",
    "--fork",
    "--mount-proc",
)


def test_a_program_with_the_name_of_a_recorder_is_found(home: Path) -> None:
    with recorder.running(home):
        report = report_of(home)
    for rule in RULES:
        found = row(report, rule, SETTING, "linux")
        assert (found["status"], found["value"]) == ("fail", "running")
        assert found["programs"] == ["OBS Studio"]
        assert finding(report, rule)["status"] == "fail"


def test_a_box_that_hides_programs_never_looks_good(home: Path) -> None:
    with recorder.running(home):
        report = report_of(home, through=BOX)
    for rule in RULES:
        found = row(report, rule, SETTING, "linux")
        assert (found["status"], found["value"], found["programs"]) == ("error", None, [])
        assert found["reason"]


def test_a_recorder_that_was_closed_counts_no_more(home: Path) -> None:
    with recorder.running(home):
        pass
    report = report_of(home)
    boxed = os.readlink("/proc/self/ns/pid") != FIRST_NAMESPACE
    expected = ("error", None) if boxed else ("pass", "none")
    for rule in RULES:
        found = row(report, rule, SETTING, "linux")
        assert (found["status"], found["value"]) == expected


def test_a_program_with_another_name_is_no_recorder(home: Path) -> None:
    with recorder.running(home, "obstacle"):
        report = report_of(home)
    assert row(report, RULES[0], SETTING, "linux")["programs"] == []
