"""Only regular files are opened; absence is told apart from everything else."""

import os
import socket
import sys
import tempfile
from pathlib import Path

import pytest

from privacy_check.machine import files
from privacy_check.machine.interface import MissingError, UnseenError

_opened: list[str] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        _opened.append(arguments[0])


sys.addaudithook(_note)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "/"])
def test_devices_and_folders_are_never_opened(path: str) -> None:
    _opened.clear()
    with pytest.raises(UnseenError, match="stands in its place"):
        files.read_file(path)

    assert path not in _opened


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    _opened.clear()
    with pytest.raises(UnseenError, match="not a regular file"):
        files.read_file(str(pipe))

    assert str(pipe) not in _opened


def test_a_socket_is_not_read() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"{folder}/s")
        with pytest.raises(UnseenError, match="not a regular file"):
            files.read_file(f"{folder}/s")


def test_a_link_to_a_device_is_never_opened(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/dev/zero")
    _opened.clear()
    with pytest.raises(UnseenError, match="not a regular file"):
        files.read_file(str(link))

    assert str(link) not in _opened


@pytest.mark.parametrize(
    "ask", [files.read_file, files.list_folder, files.list_folders, files.is_there]
)
def test_a_link_that_leads_nowhere_is_not_absence(ask: object, tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "round").symlink_to("round")
    for name in ("nowhere", "round"):
        with pytest.raises(UnseenError, match="a link there leads") as raised:
            ask(str(tmp_path / name))  # type: ignore[operator] # each case is a function
        assert not isinstance(raised.value, MissingError)


def test_a_regular_file_is_opened_and_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"data")
    os.utime(path, (0, 86400))
    _opened.clear()
    found = files.read_file(str(path))

    assert (found.data, found.modified.isoformat()) == (b"data", "1970-01-02T00:00:00+00:00")
    assert str(path) in _opened


def test_a_file_of_the_kernel_without_a_size_is_read_whole() -> None:
    assert files.read_file("/proc/self/status").data.startswith(b"Name:")


@pytest.mark.parametrize("ask", [files.read_file, files.list_folder, files.list_folders])
def test_what_is_not_there_is_missing(ask: object, tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        ask(str(tmp_path / "gone"))  # type: ignore[operator] # each case is a function
    assert files.is_there(str(tmp_path / "gone")) is False


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_an_odd_name_is_unreadable(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnseenError) as raised:
        files.read_file(str(tmp_path / name))
    assert not isinstance(raised.value, MissingError)
