"""The window: each thing is looked at once, and `~/.config` means what the session says."""

from __future__ import annotations

import datetime as dt
import threading
import time
from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import File, MissingError, UnseenError
from privacy_check.machine.window import Window


class Counting(CaseMachine):
    """A machine that counts how often it is read."""

    def __init__(self, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type] # given by name
        self.reads: list[str] = []

    def read(self, path: str) -> File:
        self.reads.append(path)
        time.sleep(0.01)
        return super().read(path)


@pytest.mark.parametrize(
    ("usual", "variable"),
    [
        ("~/.config", "XDG_CONFIG_HOME"),
        ("~/.local/share", "XDG_DATA_HOME"),
        ("~/.local/state", "XDG_STATE_HOME"),
        ("~/.cache", "XDG_CACHE_HOME"),
    ],
)
def test_xdg_folders_are_honoured(usual: str, variable: str) -> None:
    machine = CaseMachine(variables={variable: "/elsewhere"}, empty=frozenset({"/elsewhere"}))
    window = Window(machine)

    assert window.place(f"{usual}/file") == "/elsewhere/file"
    assert window.place(usual) == "/elsewhere"
    assert window.place(f"{usual}x/file") == f"/home/sam{usual[1:]}x/file"
    assert Window(CaseMachine()).place(f"{usual}/file") == f"/home/sam{usual[1:]}/file"


def test_an_xdg_folder_that_is_gone_is_unreadable_never_absent() -> None:
    window = Window(CaseMachine(variables={"XDG_CONFIG_HOME": "/elsewhere"}))

    with pytest.raises(UnseenError) as raised:
        window.file("~/.config/anything")
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("place", ["snap/code/180/.local/share", ".var/app/org.example.Code/data"])
def test_the_folder_of_a_single_app_is_not_the_persons(place: str) -> None:
    folder = f"/home/sam/{place}"
    machine = CaseMachine(variables={"XDG_DATA_HOME": folder}, empty=frozenset({folder}))
    with pytest.raises(UnseenError, match="single app"):
        Window(machine).exists("~/.local/share/flatpak/db/devices")


def test_a_relative_xdg_folder_does_not_count() -> None:
    window = Window(
        CaseMachine(variables={"XDG_CONFIG_HOME": "here", "XDG_CONFIG_DIRS": "a:/b/::c"})
    )

    assert window.place("~/.config/x") == "/home/sam/.config/x"
    assert window.config_folders() == ("/b",)


def test_the_usual_system_folders() -> None:
    window = Window(CaseMachine())

    assert window.config_folders() == ("/etc/xdg",)
    assert window.data_folders() == ("/usr/local/share", "/usr/share")


def test_a_file_is_read_once_by_many_threads() -> None:
    machine = Counting(files={"/home/sam/a": b"data"})
    window = Window(machine)
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(window.file("~/a").data)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [b"data"] * 8
    assert machine.reads == ["/home/sam/a"]


def test_an_absence_is_remembered_as_an_absence() -> None:
    machine = Counting()
    window = Window(machine)

    for _ in range(3):
        with pytest.raises(MissingError):
            window.file("~/a")
    assert machine.reads == ["/home/sam/a"]


def test_text_that_is_not_utf_8_is_unreadable() -> None:
    window = Window(CaseMachine(files={"/a": b"\xff\xfe", "/b": b"\xef\xbb\xbfhello"}))

    with pytest.raises(UnseenError, match="damaged"):
        window.text("/a")
    assert window.text("/b") == "hello"


def test_patterns_find_sorted_paths() -> None:
    files = {"/etc/d/b.conf": b"", "/etc/d/a.conf": b"", "/etc/d/c.txt": b"", "/etc/e/a.conf": b""}
    window = Window(CaseMachine(files=files))

    assert window.matches("/etc/d/*.conf") == ("/etc/d/a.conf", "/etc/d/b.conf")
    assert window.matches("/etc/*/a.conf") == ("/etc/d/a.conf", "/etc/e/a.conf")
    assert window.matches("/nowhere/*") == ()


def test_a_pattern_inside_looks_only_into_folders(tmp_path: Path) -> None:
    (tmp_path / "d" / "phone").mkdir(parents=True)
    (tmp_path / "d" / "phone" / "config").write_bytes(b"")
    (tmp_path / "d" / "trusted").write_bytes(b"")
    machine = FolderMachine(tmp_path, "/", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))

    assert Window(machine).matches("/d/*/config") == ("/d/phone/config",)
    assert Window(machine).matches("/d/*") == ("/d/phone", "/d/trusted")


def test_a_pattern_in_a_closed_folder_is_unreadable() -> None:
    window = Window(CaseMachine(denied=frozenset({"/etc/d"})))

    with pytest.raises(UnseenError, match="may not read"):
        window.matches("/etc/d/*.conf")


def test_the_deadline_passes() -> None:
    window = Window(CaseMachine(), deadline=0.05)

    assert not window.is_over()
    assert 0 < window.left() <= 0.05
    time.sleep(0.06)
    assert window.is_over()
    assert window.left() > 0


def test_a_case_plays_at_a_fixed_time() -> None:
    assert CaseMachine().now() == dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
