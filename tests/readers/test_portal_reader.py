"""The permission store of the desktop, from tables that xdg-permission-store wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import portal
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.rulebook.reads import Portal

FIXTURES = Path(__file__).parents[2] / "rules" / "fixtures" / "portal"
FOLDER = "/home/sam/.local/share/flatpak/db"
SERVICE = "/usr/share/dbus-1/services/org.freedesktop.impl.portal.PermissionStore.service"


def read(permission: str, files: dict[str, bytes], **given: object) -> Found | Absent:
    machine = CaseMachine(files=files, **given)  # type: ignore[arg-type] # given by name
    return portal.read(Portal(permission=permission), Look(window=Window(machine)))


def table(name: str, fixture: str) -> dict[str, bytes]:
    return {f"{FOLDER}/{name}": (FIXTURES / fixture).read_bytes()}


@pytest.mark.parametrize(
    ("permission", "name", "fixture", "expected"),
    [
        ("camera", "devices", "devices-granted", ("granted", 1)),
        ("microphone", "devices", "devices-granted", ("granted", 1)),
        ("camera", "devices", "devices-denied", ("none", 0)),
        ("camera", "devices", "devices-empty", ("none", 0)),
        ("screenshot", "screenshot", "screenshot-granted", ("granted", 1)),
        ("screenshot", "screenshot", "screenshot-ask-once", ("none", 0)),
        ("location", "location", "location-granted", ("granted", 1)),
        ("location", "location", "location-denied", ("none", 0)),
        ("screencast", "screencast", "screencast-token", ("granted", 1)),
        ("remote-desktop", "remote-desktop", "remote-desktop-token", ("granted", 1)),
        ("remote-desktop", "kde-authorized", "kde-authorized-granted", ("granted", 1)),
        ("remote-desktop", "kde-authorized", "kde-authorized-denied", ("none", 0)),
        ("background", "background", "screenshot-granted", ("none", 0)),
    ],
)
def test_a_real_table_tells_what_was_granted(
    permission: str, name: str, fixture: str, expected: tuple[str, int]
) -> None:
    found = read(permission, table(name, fixture))

    assert isinstance(found, Found)
    assert (found.raw, found.count) == expected
    assert found.names == ()


def test_both_lists_of_remote_control_count() -> None:
    both = {
        **table("remote-desktop", "remote-desktop-token"),
        **table("kde-authorized", "kde-authorized-granted"),
    }

    found = read("remote-desktop", both)

    assert isinstance(found, Found)
    assert found.count == 2


@pytest.mark.parametrize(
    ("permission", "fixture"), [("screenshot", "screenshot-odd"), ("location", "location-odd")]
)
def test_an_answer_that_is_unknown_is_not_taken_for_no(permission: str, fixture: str) -> None:
    with pytest.raises(UnseenError, match="form that we do not know"):
        read(permission, table(permission, fixture))


def test_a_missing_table_means_that_nothing_was_decided_where_there_is_a_store() -> None:
    for files in ({SERVICE: b""}, table("usb", "devices-empty")):
        assert isinstance(read("camera", files), Absent)
    with pytest.raises(MissingError):
        read("camera", {"/usr/bin/x": b""})


def test_a_folder_that_may_not_be_read_is_not_an_absent_table() -> None:
    with pytest.raises(UnseenError) as error:
        read("camera", {}, denied=frozenset({FOLDER}))

    assert not isinstance(error.value, MissingError)


def test_the_person_s_own_data_folder_counts() -> None:
    files = {"/data/sam/flatpak/db/devices": (FIXTURES / "devices-granted").read_bytes()}

    found = read("camera", files, variables={"XDG_DATA_HOME": "/data/sam"})

    assert isinstance(found, Found)
    assert found.raw == "granted"


@pytest.mark.parametrize("fixture", ["devices-granted", "screencast-token"])
def test_no_single_damaged_bit_and_no_cut_turns_a_grant_into_none(fixture: str) -> None:
    permission = {"devices-granted": "camera", "screencast-token": "screencast"}[fixture]
    name = fixture.partition("-")[0]
    data = (FIXTURES / fixture).read_bytes()
    flipped = (
        data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
        for at in range(len(data))
        for bit in range(8)
    )
    seen = set()
    for damaged in (*flipped, *(data[:size] for size in range(len(data)))):
        try:
            found = read(permission, {f"{FOLDER}/{name}": damaged})
        except UnseenError:
            seen.add("unseen")
            continue
        assert isinstance(found, Found)
        seen.add(found.raw)

    assert seen == {"granted", "unseen"}


def test_a_table_whose_two_halves_disagree_is_damaged() -> None:
    data = (FIXTURES / "devices-denied").read_bytes()
    listed = data.replace(b"org.example.Other\0", b"org.example.Outer\0")

    assert listed != data
    with pytest.raises(UnseenError, match="do not fit together"):
        read("camera", {f"{FOLDER}/devices": listed})


def test_a_database_of_another_kind_is_refused() -> None:
    other = FIXTURES.parent / "dconf" / "gnome-open"

    with pytest.raises(UnseenError, match="form that we do not know"):
        read("camera", {f"{FOLDER}/devices": other.read_bytes()})
