"""How long ago files were changed, and whether something is there."""

from __future__ import annotations

import datetime as dt

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import File, Process, Processes, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import age
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Age, Present

STAMP = "/var/lib/apt/periodic/update-success-stamp"
LISTS = "/var/lib/apt/lists/*_InRelease"
LIST = "/var/lib/apt/lists/sam_InRelease"


def read(wanted: Age | Present, machine: CaseMachine) -> Found:
    return age.read(wanted, Look(window=Window(machine)))


def days(live: bool = True, **ages: dt.timedelta) -> str:  # noqa: FBT001, FBT002 - a test
    paths = {"stamp": STAMP, "lists": LIST}
    files = {paths[name]: b"" for name in ages}
    given = {paths[name]: passed for name, passed in ages.items()}
    found = read(Age(files=(STAMP, LISTS)), CaseMachine(files=files, ages=given, live=live))
    assert "sam" not in found.where
    return found.raw


def test_the_newest_of_all_files_counts() -> None:
    assert days(stamp=dt.timedelta(days=3)) == "3"
    assert days(stamp=dt.timedelta(days=30), lists=dt.timedelta(days=2, hours=23)) == "2"
    assert days(lists=dt.timedelta(hours=-2)) == "0"


def test_a_date_ahead_no_file_and_a_copy_tell_nothing() -> None:
    with pytest.raises(UnseenError):
        days(stamp=dt.timedelta(days=-2))
    with pytest.raises(UnseenError):
        days()
    with pytest.raises(UnseenError):
        days(live=False, stamp=dt.timedelta(days=1))


def test_a_date_is_told_without_reading_the_file() -> None:
    class Unreadable(CaseMachine):
        def read(self, path: str) -> File:
            message = "it is larger than 16 MB"
            raise UnseenError(message)

    machine = Unreadable(files={"/etc/a": b""}, ages={"/etc/a": dt.timedelta(days=3)})
    assert read(Age(files=("/etc/a",)), machine).raw == "3"


def test_too_many_files_are_not_looked_at() -> None:
    files = {f"/var/lib/apt/lists/{number}_InRelease": b"" for number in range(1001)}

    with pytest.raises(UnseenError):
        read(Age(files=(LISTS,)), CaseMachine(files=files))


REBOOT = Present(paths=("/run/reboot-required",))


def test_something_is_there_or_not() -> None:
    assert read(REBOOT, CaseMachine(files={"/run/reboot-required": b""})).raw == "yes"
    assert read(REBOOT, CaseMachine()).raw == "no"


def test_no_is_not_said_of_what_cannot_be_seen() -> None:
    with pytest.raises(UnseenError):
        read(REBOOT, CaseMachine(denied=frozenset({"/run"})))
    both = Present(paths=("/run/x/a", "/run/b"))
    shut = frozenset({"/run/x"})
    assert read(both, CaseMachine(files={"/run/b": b""}, denied=shut)).raw == "yes"
    with pytest.raises(UnseenError):
        read(both, CaseMachine(denied=shut))


def test_what_is_there_only_now_is_not_said_of_a_copy_or_from_a_box() -> None:
    with pytest.raises(UnseenError):
        read(REBOOT, CaseMachine(live=False))

    class Boxed(CaseMachine):
        def processes(self) -> Processes:
            first = Process(pid=1, names=("sh",))
            return Processes(seen=(first,), own_whole=False, all_whole=False)

    with pytest.raises(UnseenError):
        read(REBOOT, Boxed())
    with pytest.raises(UnseenError, match="copy"):
        read(Present(paths=("/etc/x",)), CaseMachine(live=False))
