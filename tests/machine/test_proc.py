"""Running programs, from `/proc` trees made by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privacy_check.machine import proc
from privacy_check.machine.interface import Holder, Processes, UnseenError


def process(folder: Path, pid: int, comm: str, arguments: list[str], program: str = "") -> Path:
    place = folder / str(pid)
    (place / "fd").mkdir(parents=True)
    (place / "comm").write_text(comm + "\n")
    (place / "cmdline").write_bytes(b"".join(part.encode() + b"\0" for part in arguments))
    if program:
        (place / "exe").symlink_to(program)
    return place


def seen(folder: Path, *, user: int = -1, whole: bool = True) -> Processes:
    return proc.processes(str(folder), os.getuid() if user < 0 else user, whole=whole)


def names(folder: Path) -> dict[int, tuple[str, ...]]:
    return {item.pid: item.names for item in seen(folder).seen}


def test_a_program_is_known_by_its_file_its_call_and_its_kernel_name(tmp_path: Path) -> None:
    process(tmp_path, 7, "simplescreenrec", ["/usr/bin/ssr", "-x"], "/usr/bin/simplescreenrecorder")

    assert names(tmp_path) == {7: ("simplescreenrec", "simplescreenrecorder", "ssr")}


def test_a_script_is_known_by_its_own_name(tmp_path: Path) -> None:
    process(
        tmp_path, 7, "python3", ["python3", "-u", "/opt/x/rec-tool", "--now"], "/usr/bin/python3.11"
    )

    assert names(tmp_path) == {7: ("python3", "python3.11", "rec-tool")}


def test_a_replaced_program_is_still_known(tmp_path: Path) -> None:
    process(tmp_path, 7, "obs", ["obs"], "/usr/bin/obs (deleted)")

    assert names(tmp_path) == {7: ("obs",)}


def test_a_kernel_thread_has_its_kernel_name_only(tmp_path: Path) -> None:
    process(tmp_path, 2, "kthreadd", [])

    assert names(tmp_path) == {2: ("kthreadd",)}


def test_an_ended_program_is_left_out(tmp_path: Path) -> None:
    process(tmp_path, 1, "init", ["/sbin/init"])
    (tmp_path / "99").mkdir()

    assert names(tmp_path) == {1: ("init",)}


def test_the_list_is_whole_for_all_when_the_first_process_is_seen(tmp_path: Path) -> None:
    process(tmp_path, 7, "obs", ["obs"])
    assert (seen(tmp_path).own_whole, seen(tmp_path).all_whole) == (True, False)
    process(tmp_path, 1, "systemd", ["/sbin/init"])
    assert (seen(tmp_path).own_whole, seen(tmp_path).all_whole) == (True, True)


def test_a_list_seen_from_a_box_is_never_whole(tmp_path: Path) -> None:
    process(tmp_path, 1, "bwrap", ["bwrap"])
    found = seen(tmp_path, whole=False)

    assert (found.own_whole, found.all_whole) == (False, False)


def test_programs_of_other_accounts_are_told_apart(tmp_path: Path) -> None:
    process(tmp_path, 7, "obs", ["obs"])

    assert [item.own for item in seen(tmp_path).seen] == [True]
    assert [item.own for item in seen(tmp_path, user=os.getuid() + 1).seen] == [False]
    assert [item.own for item in seen(tmp_path, user=0).seen] == [True]


def test_arguments_leave_out_the_program(tmp_path: Path) -> None:
    process(tmp_path, 7, "ffmpeg", ["ffmpeg", "-f", "x11grab"])

    assert seen(tmp_path).seen[0].arguments == ("-f", "x11grab")


@pytest.mark.parametrize("make", [Path.exists, lambda place: (place / "self").mkdir()])
def test_an_empty_proc_is_unreadable(make: object, tmp_path: Path) -> None:
    make(tmp_path)  # type: ignore[operator] # each case is a function

    with pytest.raises(UnseenError):
        seen(tmp_path)


def test_a_missing_proc_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnseenError):
        seen(tmp_path / "gone")
    with pytest.raises(UnseenError):
        proc.holders(str(tmp_path / "gone"), ("/dev/video",))


def test_odd_bytes_in_a_process_do_no_harm(tmp_path: Path) -> None:
    place = process(tmp_path, 7, "x", ["x"])
    (place / "comm").write_bytes(b"\xff\x00\x1b[31m\n")
    (place / "cmdline").write_bytes(b"\xff\xfe\0\0\0")

    assert seen(tmp_path).seen[0].pid == 7


def test_who_holds_a_device(tmp_path: Path) -> None:
    cheese = process(tmp_path, 7, "cheese", ["cheese"])
    other = process(tmp_path, 8, "editor", ["editor"])
    (cheese / "fd" / "3").symlink_to("/dev/video0")
    (cheese / "fd" / "4").symlink_to("/dev/video0")
    (cheese / "fd" / "5").symlink_to("socket:[1]")
    (other / "fd" / "3").symlink_to("/home/sam/dev/video0")

    assert proc.holders(str(tmp_path), ("/dev/video",)) == (
        Holder(program="cheese", path="/dev/video0"),
    )
