"""A copy of a computer's files: links stay inside, absence differs from what cannot be seen."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import (
    LARGEST_FILE,
    BusQuestion,
    MissingError,
    NoBusError,
    UnseenError,
)
from privacy_check.machine.window import Window

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a tree beside a file that must never be seen from inside."""
    folder = tmp_path / "root"
    (folder / "home" / "sam").mkdir(parents=True)
    (folder / "etc").mkdir()
    (folder / "etc" / "hello").write_text("inside")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "hello").write_text("outside")
    (tmp_path / "secret").write_text("outside")
    return folder


def machine(root: Path) -> FolderMachine:
    return FolderMachine(root, "/home/sam", NOW)


@pytest.mark.parametrize(
    "target",
    [
        "/etc/hello",
        "../../etc/hello",
        "../../../../../../etc/hello",
        "/../../etc/hello",
        "../sam/../../etc/./hello",
    ],
)
def test_links_are_followed_as_if_the_folder_were_the_root(target: str, root: Path) -> None:
    (root / "home/sam/link").symlink_to(target)

    assert machine(root).read("/home/sam/link").data == b"inside"
    assert machine(root).real("/home/sam/link") == "/etc/hello"


@pytest.mark.parametrize("target", ["../../../secret", "/secret", "../../../../secret"])
def test_a_link_out_of_the_folder_leads_nowhere(target: str, root: Path) -> None:
    (root / "home/sam/link").symlink_to(target)

    with pytest.raises(UnseenError) as raised:
        machine(root).read("/home/sam/link")
    assert not isinstance(raised.value, MissingError)
    assert "nowhere" in str(raised.value)


def test_a_link_with_the_outer_path_stays_inside(root: Path, tmp_path: Path) -> None:
    (root / "home/sam/link").symlink_to(tmp_path / "secret")

    with pytest.raises(UnseenError):
        machine(root).read("/home/sam/link")


def test_dots_in_an_asked_path_stay_inside(root: Path) -> None:
    assert machine(root).read("/../../etc/hello").data == b"inside"


def test_a_chain_of_links_is_followed(root: Path) -> None:
    (root / "a").symlink_to("/b")
    (root / "b").symlink_to("home/sam/c")
    (root / "home/sam/c").symlink_to("../../etc")

    assert machine(root).read("/a/hello").data == b"inside"


@pytest.mark.parametrize("target", ["link", "/home/sam/link", "link/x", "../sam/link/../link"])
def test_a_link_to_itself_is_unreadable_and_quick(target: str, root: Path) -> None:
    (root / "home/sam/link").symlink_to(target)
    began = time.monotonic()

    for ask in (machine(root).read, machine(root).names, machine(root).exists, machine(root).real):
        with pytest.raises(UnseenError) as raised:
            ask("/home/sam/link")
        assert not isinstance(raised.value, MissingError)
    assert time.monotonic() - began < 1


def test_a_bomb_of_links_is_unreadable_and_quick(root: Path) -> None:
    (root / "l0").mkdir()
    for number in range(1, 30):
        (root / f"l{number}").symlink_to(f"l{number - 1}/../l{number - 1}")
    began = time.monotonic()

    with pytest.raises(UnseenError):
        machine(root).names("/l29")
    assert time.monotonic() - began < 1


def test_a_link_to_nothing_is_not_absence(root: Path) -> None:
    (root / "home/sam/link").symlink_to("gone")

    for ask in (machine(root).read, machine(root).exists, machine(root).names):
        with pytest.raises(UnseenError) as raised:
            ask("/home/sam/link")
        assert not isinstance(raised.value, MissingError)


def test_what_is_not_there_is_missing(root: Path) -> None:
    for ask in (machine(root).read, machine(root).names, machine(root).folders):
        with pytest.raises(MissingError):
            ask("/home/sam/gone")
    assert machine(root).exists("/home/sam/gone") is False
    assert machine(root).exists("/etc/hello") is True


def test_a_file_where_a_folder_should_be_is_not_absence(root: Path) -> None:
    with pytest.raises(UnseenError) as raised:
        machine(root).read("/etc/hello/below")
    assert not isinstance(raised.value, MissingError)


def test_only_regular_files_are_opened(root: Path) -> None:
    os.mkfifo(root / "pipe")
    began = time.monotonic()
    for path in ("/pipe", "/etc"):
        with pytest.raises(UnseenError, match="stands in its place"):
            machine(root).read(path)
    assert time.monotonic() - began < 1


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(root: Path) -> None:
    for name, size in (("fits", LARGEST_FILE), ("too-large", LARGEST_FILE + 1)):
        with (root / name).open("wb") as file:
            file.truncate(size)

    assert len(machine(root).read("/fits").data) == LARGEST_FILE
    with pytest.raises(UnseenError, match="16 MB"):
        machine(root).read("/too-large")


def test_names_and_folders_are_sorted(root: Path) -> None:
    for name in ("b", "a"):
        (root / "home/sam" / name).mkdir()
    (root / "home/sam/file").touch()

    assert machine(root).names("/home/sam") == ("a", "b", "file")
    assert machine(root).folders("/home/sam") == ("a", "b")


def test_links_to_folders_count_as_folders_only_inside(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (root / "home/sam/in").symlink_to("/etc")
    (root / "home/sam/out").symlink_to(tmp_path / "other")

    (root / "data" / "profile").mkdir(parents=True)
    (root / "home/sam/inner").symlink_to("/data/profile")  # not on the computer that reads

    assert machine(root).folders("/home/sam") == ("in", "inner")


def test_a_copy_tells_nothing_live(root: Path) -> None:
    question = BusQuestion(bus="session", name="a.b", path="/", interface="a.b", member="C")

    assert machine(root).live is False
    with pytest.raises(NoBusError):
        machine(root).ask(question, 1)
    with pytest.raises(UnseenError):
        machine(root).processes()
    with pytest.raises(UnseenError):
        machine(root).holders(("/dev/video",))


def test_our_own_environment_does_not_count_in_a_copy(root: Path) -> None:
    assert machine(root).environment("HOME") == ""
    assert machine(root).environment("PATH") == ""


def test_a_home_that_is_gone_is_unreadable_never_absent(root: Path) -> None:
    (root / "home/sam").rmdir()

    with pytest.raises(UnseenError) as raised:
        Window(machine(root)).file("~/.config/anything")
    assert not isinstance(raised.value, MissingError)
    assert str(raised.value) == "the home folder is not there"


def test_a_home_that_is_a_link_to_itself_is_unreadable(root: Path) -> None:
    (root / "home/sam").rmdir()
    (root / "home/sam").symlink_to("sam")

    with pytest.raises(UnseenError, match="cannot be seen"):
        Window(machine(root)).exists("~/.config/anything")


PARTS = st.lists(st.sampled_from(["..", ".", "", "a", "b", "home", "etc", "hello"]), max_size=6)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(links=st.dictionaries(st.sampled_from("abc"), PARTS, max_size=3), asked=PARTS)
def test_nothing_outside_the_folder_is_ever_read(
    links: dict[str, list[str]], asked: list[str], root: Path
) -> None:
    for name in "abc":
        (root / name).unlink(missing_ok=True)
    for name, parts in links.items():
        (root / name).symlink_to("/".join(parts) or "/")
    try:
        data = machine(root).read("/" + "/".join(asked)).data
    except UnseenError:
        return
    assert data == b"inside"
