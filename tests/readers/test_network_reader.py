"""Private tunnels, as the kernel and NetworkManager name them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import BusQuestion, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import network
from privacy_check.readers.bus import question
from privacy_check.readers.raw import Look
from privacy_check.rulebook.reads import Bus, Network

MANAGER = "org.freedesktop.NetworkManager"
OBJECT = "/org/freedesktop/NetworkManager"
ACTIVE = f"{MANAGER}.Connection.Active"
FIRST = f"{OBJECT}/ActiveConnection/1"
LOOP = {"lo": {"uevent": "INTERFACE=lo\nIFINDEX=1\n", "flags": "0x9\n"}}
Answers = dict[BusQuestion, tuple[object, ...]]


def asked(path: str, interface: str, name: str, answer: object) -> Answers:
    wanted = Bus(bus="system", name=MANAGER, path=path, interface=interface, property=name)
    return {question(wanted): (answer,)}


def manager(kind: object, vpn: object, paths: object = None) -> Answers:
    listed = [FIRST] if paths is None else paths
    return {
        **asked(OBJECT, MANAGER, "ActiveConnections", ("ao", listed)),
        **asked(FIRST, ACTIVE, "Type", ("s", kind)),
        **asked(FIRST, ACTIVE, "Vpn", ("b", vpn)),
    }


def read(
    devices: Mapping[str, Mapping[str, str]], answers: Answers | None = None, *, live: bool = True
) -> str:
    files = {
        f"/sys/class/net/{device}/{name}": text.encode()
        for device, parts in devices.items()
        for name, text in parts.items()
    }
    machine = CaseMachine(files=files, answers=answers or {}, live=live)
    return network.read(Network(layer="tunnel"), Look(window=Window(machine))).raw


WIREGUARD = "DEVTYPE=wireguard\nINTERFACE=wg0\nIFINDEX=4\n"


@pytest.mark.parametrize(
    ("device", "raw"),
    [
        ({"uevent": "INTERFACE=eth0\nIFINDEX=2\n", "flags": "0x1003\n"}, "none"),
        ({"uevent": WIREGUARD, "flags": "0x91\n"}, "active"),
        ({"uevent": WIREGUARD, "flags": "0x90\n"}, "none"),
        ({"uevent": "INTERFACE=tun0\n", "tun_flags": "0x1001\n", "flags": "0x1091\n"}, "active"),
        ({"uevent": "INTERFACE=vnet0\n", "tun_flags": "0x1002\n", "flags": "0x1003\n"}, "none"),
        ({"uevent": "INTERFACE=tun0\n", "tun_flags": "0x1001\n", "flags": "0x1090\n"}, "none"),
    ],
    ids=["ethernet", "wireguard", "wireguard down", "tun", "tap", "tun down"],
)
def test_devices_of_the_kernel(device: dict[str, str], raw: str) -> None:
    name = device["uevent"].partition("INTERFACE=")[2].partition("\n")[0]
    assert read({**LOOP, name: device}) == raw


@pytest.mark.parametrize(
    ("kind", "vpn", "raw"),
    [
        ("802-3-ethernet", False, "none"),
        ("vpn", True, "active"),
        ("wireguard", False, "active"),
        ("802-11-wireless", True, "active"),
    ],
)
def test_connections_of_networkmanager(kind: str, *, vpn: bool, raw: str) -> None:
    assert read(LOOP, manager(kind, vpn)) == raw
    assert read(LOOP, manager(kind, vpn, paths=[])) == "none"


@pytest.mark.parametrize(
    "answers",
    [
        manager("vpn", "yes"),
        manager(7, vpn=False),
        manager("802-3-ethernet", vpn=False, paths="x"),
        manager("802-3-ethernet", vpn=False, paths=["/elsewhere"]),
        manager("802-3-ethernet", vpn=False, paths=[FIRST] * 65),
    ],
)
def test_an_answer_of_an_unknown_form_is_not_none(answers: Answers) -> None:
    with pytest.raises(UnseenError):
        read(LOOP, answers)


@pytest.mark.parametrize(
    "devices",
    [
        {},
        {"eth0": {"uevent": "INTERFACE=eth0\n", "flags": "0x1003\n"}},
        {**LOOP, "wg0": {"uevent": WIREGUARD, "flags": "up\n"}},
        {**LOOP, "wg0": {"uevent": WIREGUARD, "flags": "0x"}},
        {**LOOP, "wg0": {"uevent": WIREGUARD[:-1], "flags": "0x90\n"}},
        {**LOOP, "wg1": {"uevent": WIREGUARD, "flags": "0x90\n"}},
        {**LOOP, "wg0": {"uevent": WIREGUARD}},
        {**LOOP, "x": {"uevent": "INTERFACE=x\n", "tun_flags": "\n", "flags": "0x1\n"}},
    ],
    ids=["none", "no loop", "strange", "short", "cut", "another name", "no flags", "empty"],
)
def test_a_list_that_is_not_whole_is_not_none(devices: dict[str, dict[str, str]]) -> None:
    with pytest.raises(UnseenError):
        read(devices)


def test_a_copy_of_files_shows_no_network() -> None:
    with pytest.raises(UnseenError):
        read(LOOP, live=False)


@pytest.mark.parametrize("kind", ["wireguard", "ovpn", "ovpn-dco"])
def test_tunnels_that_the_kernel_carries_itself(kind: str) -> None:
    told = f"DEVTYPE={kind}\nINTERFACE=vpn0\nIFINDEX=4\n"
    assert read({**LOOP, "vpn0": {"uevent": told, "flags": "0x91\n"}}) == "active"
    assert read({**LOOP, "vpn0": {"uevent": told, "flags": "0x90\n"}}) == "none"
