"""What BlueZ tells of the adapters and of the devices that play sound."""

from __future__ import annotations

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import bluetooth
from privacy_check.readers.raw import Look
from privacy_check.rulebook.reads import Bluetooth

ASKED = BusQuestion(
    bus="system",
    name="org.bluez",
    path="/",
    interface="org.freedesktop.DBus.ObjectManager",
    member="GetManagedObjects",
)
OTHER = BusQuestion(bus="system", name="a.b", path="/", interface="a.b", member="C")
SYSFS = frozenset({"/sys/class"})


def adapter(*, powered: object = True, discoverable: object = False) -> dict[str, object]:
    properties = {"Powered": ("b", powered), "Discoverable": ("b", discoverable)}
    return {"org.bluez.Adapter1": properties}


def device(
    icon: str = "", *services: str, connected: object = True, typed: bool = True
) -> dict[str, object]:
    properties: dict[str, object] = {"Connected": ("b", connected)}
    if icon:
        properties["Icon"] = ("s", icon)
    if typed:
        properties["UUIDs"] = (
            "as",
            [f"{service}-0000-1000-8000-00805f9b34fb" for service in services],
        )
    return {"org.bluez.Device1": properties}


def read(state: str, *objects: object, machine: CaseMachine | None = None) -> str:
    named = {f"/org/bluez/{number}": item for number, item in enumerate(objects)}
    machine = machine or CaseMachine(answers={ASKED: (named,)}, empty=SYSFS)
    return bluetooth.read(Bluetooth(state=state), Look(window=Window(machine))).raw


@pytest.mark.parametrize(
    ("adapters", "raw"),
    [
        ([adapter()], "hidden"),
        ([adapter(discoverable=True)], "visible"),
        ([adapter(powered=False)], "off"),
        ([adapter(powered=False, discoverable=True)], "off"),
        ([adapter(powered=False), adapter()], "hidden"),
        ([adapter(), adapter(discoverable=True)], "visible"),
    ],
)
def test_whether_the_computer_shows_itself(adapters: list[object], raw: str) -> None:
    assert read("visible", *adapters) == raw


@pytest.mark.parametrize(
    ("devices", "raw"),
    [
        ([], "none"),
        ([device("audio-headphones")], "connected"),
        ([device("audio-headset", connected=False)], "none"),
        ([device("phone", "0000110a", "0000111f")], "none"),
        ([device("", "0000110b")], "connected"),
        ([device("", "0000111E")], "connected"),
        ([device("input-mouse"), device("audio-card")], "connected"),
        ([device("audio-card", typed=False)], "connected"),
    ],
)
def test_whether_a_device_that_plays_sound_is_connected(devices: list[object], raw: str) -> None:
    assert read("sound", adapter(), *devices) == raw


@pytest.mark.parametrize(
    ("state", "objects"),
    [
        ("visible", [adapter(powered="yes")]),
        ("visible", [adapter(discoverable=1)]),
        ("visible", [{"org.bluez.Adapter1": {}}]),
        ("visible", [{"org.bluez.Adapter1": []}]),
        ("visible", ["x"]),
        ("sound", [adapter(), {"org.bluez.Device1": {}}]),
        ("sound", [adapter(), {"org.bluez.Device1": {"Connected": ("b", True), "Icon": 7}}]),
    ],
)
def test_an_answer_of_an_unknown_form_is_unreadable(state: str, objects: list[object]) -> None:
    with pytest.raises(UnseenError) as raised:
        read(state, *objects)
    assert not isinstance(raised.value, MissingError)


def test_an_answer_that_is_no_list_of_objects_is_unreadable() -> None:
    machine = CaseMachine(answers={ASKED: ([],)}, empty=SYSFS)
    with pytest.raises(UnseenError) as raised:
        read("visible", machine=machine)
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("answers", [{}, {OTHER: (1,)}, {ASKED: ({},)}])
def test_a_computer_without_an_adapter_has_no_such_row(
    answers: dict[BusQuestion, tuple[object, ...]],
) -> None:
    with pytest.raises(MissingError):
        read("visible", machine=CaseMachine(answers=answers, empty=SYSFS))


@pytest.mark.parametrize(
    "machine",
    [
        CaseMachine(files={"/sys/class/bluetooth/hci0/x": b""}),
        CaseMachine(files={"/sys/class/bluetooth/hci0/x": b""}, answers={OTHER: (1,)}),
        CaseMachine(files={"/sys/class/bluetooth/hci0/x": b""}, answers={ASKED: ({},)}),
        CaseMachine(),
        CaseMachine(empty=SYSFS, live=False),
        CaseMachine(empty=SYSFS, denied=frozenset({"/sys/class/bluetooth"})),
    ],
    ids=["no bus", "BlueZ does not run", "BlueZ does not tell", "no sysfs", "a copy", "denied"],
)
def test_an_adapter_that_may_be_there_is_unreadable(machine: CaseMachine) -> None:
    with pytest.raises(UnseenError) as raised:
        read("visible", machine=machine)
    assert not isinstance(raised.value, MissingError)
