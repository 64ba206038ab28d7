"""Whether the keyboard and the home folder stand open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import MissingError, Process, Processes, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import access
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Access

KEYBOARD = b"402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe\n"
KEYBOARD_OF_32_BITS = b"10000 7 ff9f207a c14057ff febeffdf ffefffff ffffffff fffffffe\n"
MOUSE = b"1f0000 0 0 0 0\n"


def read(to: str, machine: CaseMachine | FolderMachine) -> Found:
    return access.read(Access(to=to), Look(window=Window(machine)))


def device(number: int, keys: bytes) -> dict[str, bytes]:
    return {
        f"/dev/input/event{number}": b"",
        f"/sys/class/input/event{number}/device/capabilities/key": keys,
    }


@pytest.mark.parametrize(
    ("mode", "raw"),
    [
        (0o700, "closed"),
        (0o702, "closed"),
        (0o710, "group"),
        (0o750, "group"),
        (0o701, "open"),
        (0o704, "open"),
        (0o755, "open"),
    ],
)
def test_the_mode_of_the_home_folder_tells_who_may_look(mode: int, raw: str) -> None:
    assert read("home", CaseMachine(modes={"/home/sam": mode})).raw == raw


def test_a_copied_home_folder_does_not_tell(tmp_path: Path) -> None:
    """A copy is made with rights of its own."""
    (tmp_path / "home/sam").mkdir(parents=True)
    machine = FolderMachine(tmp_path, "/home/sam", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))

    with pytest.raises(UnseenError, match="copy"):
        read("home", machine)


def test_a_home_folder_that_is_not_there_is_not_closed(tmp_path: Path) -> None:
    machine = FolderMachine(tmp_path, "/home/sam", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))

    with pytest.raises(UnseenError) as error:
        read("home", machine)
    assert not isinstance(error.value, MissingError)


@pytest.mark.parametrize(
    ("keys", "raw"),
    [
        (KEYBOARD, "open"),
        (KEYBOARD_OF_32_BITS, "open"),
        (MOUSE, "closed"),
        (b"0\n", "closed"),
        (b"2\n", "open"),
        (b"", "open"),
        (b"1f0000 0 0 0 0", "open"),
        (b"1f0000  0\n", "open"),
        (b"zero\n", "open"),
    ],
)
def test_a_device_that_may_be_read_counts_unless_it_is_surely_no_keyboard(
    keys: bytes, raw: str
) -> None:
    found = read("input-devices", CaseMachine(files=device(0, keys)))

    assert (found.raw, found.count) == (raw, int(raw == "open"))


def test_a_keyboard_that_may_not_be_read_is_closed() -> None:
    files = {**device(0, KEYBOARD), **device(5, MOUSE)}
    shut = frozenset({"/dev/input/event0"})

    assert read("input-devices", CaseMachine(files=files, denied=shut)).raw == "closed"
    assert read("input-devices", CaseMachine(files=files)).raw == "open"


def test_other_names_are_no_events() -> None:
    with pytest.raises(MissingError):
        read("input-devices", CaseMachine(files={"/dev/input/mice": b""}))


def test_the_administrator_and_a_copy_cannot_tell(tmp_path: Path) -> None:
    (tmp_path / "dev/input").mkdir(parents=True)
    (tmp_path / "dev/input/event0").touch()
    copied = FolderMachine(tmp_path, "/home/sam", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))

    with pytest.raises(UnseenError, match="administrator"):
        read("input-devices", CaseMachine(files=device(0, MOUSE), user=0))
    with pytest.raises(UnseenError, match="copy"):
        read("input-devices", copied)
    with pytest.raises(UnseenError) as error:
        read("input-devices", CaseMachine(denied=frozenset({"/dev/input"})))
    assert not isinstance(error.value, MissingError)


class Boxed(CaseMachine):
    """A machine seen from inside a box."""

    def processes(self) -> Processes:
        return Processes(seen=(Process(pid=1, names=("x",)),), own_whole=False, all_whole=False)


@pytest.mark.parametrize("empty", [frozenset(), frozenset({"/dev/input"})])
def test_a_box_without_devices_is_no_computer_without_a_keyboard(empty: frozenset[str]) -> None:
    with pytest.raises(UnseenError, match="box"):
        read("input-devices", Boxed(empty=empty))
