"""A session bus that hangs costs no more than the deadline, and takes nothing else with it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from privacy_check.machine.window import DEADLINE
from privacy_check.render.json import CHANGING

Start = Callable[..., subprocess.CompletedProcess[str]]


def calm(start: Start, variables: dict[str, str]) -> float:
    """Return the seconds that a run takes here and now without a bus to wait for."""
    began = time.monotonic()
    start(variables={**variables, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"})
    return time.monotonic() - began


class HungBus:
    """A bus that accepts, may greet, and then never says anything again."""

    def __init__(self, path: str, *, greets: bool) -> None:
        self.asked = 0
        self._greets = greets
        self._kept: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(path)
        self._listening.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.asked += 1
            self._kept.append(connection)
            if self._greets:
                threading.Thread(target=self._greet, args=(connection,), daemon=True).start()

    def _greet(self, connection: socket.socket) -> None:
        """Say yes to the login, answer `Hello`, and hang."""
        try:
            data = b""
            while b"BEGIN\r\n" not in data:
                data += (part := connection.recv(4096))
                if not part:
                    return
                if data.endswith(b"NEGOTIATE_UNIX_FD\r\n"):
                    connection.sendall(b"AGREE_UNIX_FD\r\n")
                elif b"AUTH EXTERNAL" in part:
                    connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
            while b"Hello" not in data:
                data += connection.recv(4096)
            connection.sendall(_hello_reply())
        except OSError:
            return

    def close(self) -> None:
        for item in (self._listening, *self._kept):
            item.close()


def _hello_reply() -> bytes:
    """Return what a bus answers to the first call of a connection."""
    from jeepney import DBusAddress, HeaderFields, MessageType, new_signal

    address = DBusAddress("/org/freedesktop/DBus", interface="org.freedesktop.DBus")
    message = new_signal(address, "NameAcquired", "s", (":1.7",))
    message.header.message_type = MessageType.method_return
    message.header.fields = {
        HeaderFields.reply_serial: 1,
        HeaderFields.destination: ":1.7",
        HeaderFields.sender: "org.freedesktop.DBus",
        HeaderFields.signature: "s",
    }
    data: bytes = message.serialise(serial=1)
    return data


@pytest.fixture(params=[False, True], ids=["accepts only", "greets"])
def hung(request: pytest.FixtureRequest) -> Iterator[tuple[HungBus, str]]:
    # A socket's path may have 107 letters only, which pytest's own folders often exceed.
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:
        path = os.path.join(folder, "bus")
        bus = HungBus(path, greets=request.param)
        yield bus, f"unix:path={path}"
        bus.close()


def _home(tmp_path: Path, real_bytes: Callable[[str], bytes]) -> dict[str, str]:
    config = tmp_path / "home" / ".config"
    config.mkdir(parents=True)
    (config / "kscreenlockerrc").write_bytes(real_bytes("kconfig/kscreenlockerrc-no-lock"))
    return {"HOME": str(tmp_path / "home"), "XDG_CURRENT_DESKTOP": "KDE"}


def test_a_hung_bus_costs_no_more_than_the_deadline(
    hung: tuple[HungBus, str], tmp_path: Path, start: Start, real_bytes: Callable[[str], bytes]
) -> None:
    bus, address = hung
    variables = {**_home(tmp_path, real_bytes), "DBUS_SESSION_BUS_ADDRESS": address}
    began = time.monotonic()
    with ThreadPoolExecutor() as pool:  # two runs side by side, each with its own wait
        runs = [pool.submit(start, "--format", "json", variables=variables) for _ in range(2)]
    first, second = (run.result() for run in runs)
    took = time.monotonic() - began

    assert (first.returncode, first.stderr) == (0, "")
    assert bus.asked > 0
    assert took < DEADLINE + 0.5 + 3 * calm(start, variables)
    rows = {
        (row["setting"], row["platform"]): row
        for finding in json.loads(first.stdout)["findings"]
        for row in finding["settings"]
    }
    assert rows["automatic-lock", "linux/plasma"]["value"] == "off"
    assert rows["notification-banners", "linux/plasma"]["outcome"] == "unreadable"
    assert _steady(first.stdout) == _steady(second.stdout)


def _steady(text: str) -> object:
    """Return a report without the fields that may differ between two runs."""

    def kept(value: object) -> object:
        if isinstance(value, dict):
            return {key: kept(item) for key, item in value.items() if key not in CHANGING}
        return [kept(item) for item in value] if isinstance(value, list) else value

    return kept(json.loads(text))


def test_twenty_places_on_a_hung_bus_cost_one_deadline(
    hung: tuple[HungBus, str], tmp_path: Path, start: Start, real_bytes: Callable[[str], bytes]
) -> None:
    _, address = hung
    rules = _rules_with_bus_places(tmp_path / "rules", 20)
    variables = {**_home(tmp_path, real_bytes), "DBUS_SESSION_BUS_ADDRESS": address}
    began = time.monotonic()
    result = start("--rules", str(rules), "--format", "json", variables=variables)
    took = time.monotonic() - began

    assert result.stderr == ""
    (finding,) = json.loads(result.stdout)["findings"]
    outcomes = {row["platform"]: row["outcome"] for row in finding["settings"]}
    assert outcomes == {
        **{f"linux/bus-{number:02}": "unreadable" for number in range(20)},
        "linux/file": "value",
    }
    assert took < DEADLINE + 0.5 + 2 * calm(start, variables)


def _rules_with_bus_places(folder: Path, number: int) -> Path:
    """Write a rule whose setting asks many programs, and one file at the end."""
    (folder / "advice" / "prepare").mkdir(parents=True)
    (folder / "settings").mkdir()
    (folder / "advice" / "prepare" / "many.toml").write_text(
        """id = "many"
title = "Many places"
phase = "prepare"
severity = "low"
profiles = ["audit"]
channels = ["video"]
why = "They are looked at here."
settings = [{ id = "places", good = ["off"] }]
sources = [{ title = "A test", where = "here", kind = "project", checked = 2026-11-22 }]
"""
    )
    rest = """map = { true = "on", false = "off" }
change = ["Look there."]
undo = ["Look there again."]
confidence = "documented"
tested_on = []
sources = [{ title = "A test", where = "here", checked = 2026-11-22 }]
"""
    variants = [
        f"""[linux.bus-{i:02}]
name = "Bus {i}"
read = {{ dbus = "session", name = "a.P{i}", path = "/a", interface = "a.b", property = "P" }}
{rest}"""
        for i in range(number)
    ]
    variants.append(
        f"""[linux.file]
name = "A file"
read = {{ kconfig = "kscreenlockerrc", group = "Daemon", key = "Autolock", type = "bool" }}
{rest}"""
    )
    head = 'id = "places"\ntitle = "Places"\ntopic = "lock"\n[values]\non = "On."\noff = "Off."\n'
    (folder / "settings" / "places.toml").write_text(head + "\n".join(variants))
    return folder


def test_no_bus_at_all_is_no_wait(
    tmp_path: Path, start: Start, real_bytes: Callable[[str], bytes]
) -> None:
    variables = {
        **_home(tmp_path, real_bytes),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus",
    }
    result = start("--format", "json", variables=variables)

    assert result.returncode == 0
    assert "did not answer in time" not in result.stdout
