"""A switch that each linked device has for itself, and a secret of which only the place is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import ini, jsonfile
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.rulebook.reads import Ini, Json

HOME = "/home/sam/.config/kdeconnect"
FOLDERS = (f"{HOME}/aa11", f"{HOME}/_bb22_")
LISTED = f"{HOME}/trusted_devices"
TWO = "[General]\na=b\n\n[aa11]\nname=Phone\n\n[_bb22_]\nname=Tablet\n"
CLIPBOARD = Ini(
    files=("~/.config/kdeconnect/*/config",),
    section="Plugins",
    key="kdeconnect_clipboardEnabled",
    each="~/.config/kdeconnect/trusted_devices",
)
ON = "[Plugins]\nkdeconnect_clipboardEnabled=true\n"
OFF = "[Plugins]\nkdeconnect_clipboardEnabled=false\n"
OTHER = "[Plugins]\nkdeconnect_pingEnabled=true\n"
ODD = "[Plugins]\nkdeconnect_clipboardEnabled=perhaps\n"
MARKED = "[Plugins]\nkdeconnect_clipboardEnabled[$i]=false\n"


def look(files: Mapping[str, str], denied: frozenset[str] = frozenset()) -> Look:
    data = {path: text.encode() for path, text in files.items()}
    machine = CaseMachine(files=data, denied=denied, empty=frozenset(FOLDERS))
    return Look(window=Window(machine))


def devices(phone: str | None, tablet: str | None) -> dict[str, str]:
    files = {f"{HOME}/aa11/config": phone, f"{HOME}/_bb22_/config": tablet}
    return {LISTED: TWO, **{path: text for path, text in files.items() if text is not None}}


@pytest.mark.parametrize(
    ("phone", "tablet", "raw"),
    [
        (ON, OFF, "true"),
        (OFF, ON, "true"),
        (OFF, OFF, "false"),
        # One that is surely on counts, whatever the other one hides.
        (ON, ODD, "true"),
        (ON, None, "true"),
        (OFF, "[Plugins]\nkdeconnect_clipboardEnabled=1\n", "true"),
    ],
)
def test_a_switch_is_on_when_it_is_on_for_one_device(
    phone: str, tablet: str | None, raw: str
) -> None:
    seen = ini.read(CLIPBOARD, look(devices(phone, tablet)))

    assert isinstance(seen, Found)
    assert (seen.raw, seen.count, seen.names) == (raw, 2, ())
    assert "aa11" not in seen.where


def test_a_device_that_was_taken_off_the_list_does_not_count() -> None:
    for other in (OFF, OTHER, ODD, "cut"):
        files = {**devices(OFF, other), LISTED: "[aa11]\nname=Phone\n"}
        seen = ini.read(CLIPBOARD, look(files))
        assert isinstance(seen, Found)
        assert seen.raw == "false"


@pytest.mark.parametrize(
    ("phone", "tablet", "sure"), [(OFF, None, True), (None, None, True), (OFF, OTHER, False)]
)
def test_a_device_without_the_switch_leaves_the_default(
    phone: str | None, tablet: str | None, *, sure: bool
) -> None:
    seen = ini.read(CLIPBOARD, look(devices(phone, tablet)))

    assert isinstance(seen, Absent)
    assert seen.sure is sure


@pytest.mark.parametrize(
    "files",
    [
        devices(OFF, ODD),
        devices(OFF, MARKED),
        devices(OFF, "[Plugins]\nkdeconnect_clipboardEnabled=fal"),
        devices(OFF, "[Plugins]\nkdeconnect_clipboardEnabLed=true\n"),
        devices(OFF, "[Plagins]\nkdeconnect_clipboardEnabled=true\n"),
        {LISTED: ""},
        {LISTED: "[aa11]\nname=Ph"},
        {LISTED: "[../../aa11]\nname=Phone\n", f"{HOME}/aa11/config": OFF},
        {LISTED: "[a/b]\nname=Phone\n"},
        {LISTED: "[aa12]\nname=Phone\n"},
        # The list may have lost its end: a device that it does not name is on.
        {**devices(OFF, ON), LISTED: "[aa11]\nname=Phone\n"},
        {LISTED: f"[{'a' * 65}]\nname=Phone\n"},
    ],
)
def test_off_needs_every_device(files: dict[str, str]) -> None:
    with pytest.raises(UnseenError) as raised:
        ini.read(CLIPBOARD, look(files))
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("path", [LISTED, f"{HOME}/aa11/config"])
def test_a_denied_file_of_a_device_is_unreadable(path: str) -> None:
    with pytest.raises(UnseenError) as raised:
        ini.read(CLIPBOARD, look(devices(OFF, OFF), denied=frozenset({path})))
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("files", [{}, {LISTED: "[General]\na=b\n"}])
def test_without_a_device_there_is_nothing_to_say(files: dict[str, str]) -> None:
    with pytest.raises(MissingError):
        ini.read(CLIPBOARD, look(files))


KEY = Json(files=("~/.config/Signal/config.json",), pointer="/key", beside="/encryptedKey")
CONFIG = "/home/sam/.config/Signal/config.json"


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ('{"key":"0123456789"}', "true"),
        ('{"key":"0123456789","encryptedKey":"76"}', "true"),
        ('{"encryptedKey":"76"}', "false"),
    ],
)
def test_only_whether_a_secret_stands_there_is_told(text: str, raw: str) -> None:
    seen = jsonfile.read(KEY, look({CONFIG: text}))

    assert isinstance(seen, Found)
    assert seen.raw == raw
    assert "0123456789" not in repr(seen)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"mediaPermissions":true}',
        '{"key":null,"encryptedKey":"76"}',
        '{"key":"","encryptedKey":"76"}',
        '{"key":7}',
        '{"kay":"01","encryptedKey":"76"}',
        '{"encryptedKex":"76"}',
        "[]",
    ],
)
def test_a_secret_is_called_absent_only_in_a_whole_file(text: str) -> None:
    with pytest.raises(UnseenError) as raised:
        jsonfile.read(KEY, look({CONFIG: text}))
    assert not isinstance(raised.value, MissingError)
