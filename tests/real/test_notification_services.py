from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from programs import session_bus, xfconf
from programs.home import runtime_folder, wait_until
from programs.session_bus import ALL_SERVICES, Bus
from whole_command import Wire, finding, report_of, row

pytestmark = pytest.mark.real

RULE, SETTING = "notifications-off", "notification-banners"
DESKTOPS = ("", "GNOME", "KDE", "XFCE", "X-Cinnamon", "MATE", "sway", "Hyprland")
ASKED = (
    "org.freedesktop.Notifications",
    "org.freedesktop.ScreenSaver",
    "org.erikreider.swaync.cc",
    "org.xfce.Xfconf",
    "ca.desrt.dconf",
)
CHANNEL, PROPERTY = "xfce4-notifyd", "/do-not-disturb"
HIDES = "[mode=do-not-disturb]\ninvisible=1\n"


def status_and_value(report: Wire, platform: str) -> tuple[str, str | None]:
    found = row(report, RULE, SETTING, platform)
    return found["status"], found["value"]


def on_bus(bus: Bus, desktop: str) -> Wire:
    return report_of(bus.home, desktop=desktop, variables={"DBUS_SESSION_BUS_ADDRESS": bus.address})


@contextmanager
def trip_wires(home: Path) -> Iterator[tuple[Bus, Path]]:
    """Give a bus that would leave a file for each name that it is made to wake."""
    services, woken = runtime_folder(home) / "services", home / "woken"
    services.mkdir()
    woken.mkdir()
    for name in ASKED:
        text = f"[D-BUS Service]\nName={name}\nExec=/usr/bin/touch {woken / name}\n"
        (services / f"{name}.service").write_text(text, encoding="utf-8")
    with session_bus.running(home) as bus:
        yield bus, woken


def test_a_pause_of_dunst_is_seen_at_once(home: Path) -> None:
    with session_bus.running(home) as bus, session_bus.dunst(bus):
        assert status_and_value(on_bus(bus, "i3"), "linux/dunst") == ("fail", "on")
        bus.run("dunstctl", "set-paused", "true")
        report = on_bus(bus, "i3")
        assert status_and_value(report, "linux/dunst") == ("pass", "off")
        assert finding(report, RULE)["status"] == "pass"
        bus.run("dunstctl", "set-paused", "false")
        assert status_and_value(on_bus(bus, "i3"), "linux/dunst") == ("fail", "on")


def test_the_mode_of_mako_is_seen_at_once() -> None:
    with session_bus.sway_session() as bus, session_bus.mako(bus, HIDES):
        assert status_and_value(on_bus(bus, "sway"), "linux/mako") == ("fail", "on")
        bus.run("makoctl", "mode", "-a", "do-not-disturb")
        report = on_bus(bus, "sway")
        assert status_and_value(report, "linux/mako") == ("pass", "off")
        assert finding(report, RULE)["status"] == "pass"
        bus.run("makoctl", "mode", "-r", "do-not-disturb")
        assert status_and_value(on_bus(bus, "sway"), "linux/mako") == ("fail", "on")


def test_a_mode_of_mako_that_hides_nothing_is_worth_a_look() -> None:
    with session_bus.sway_session() as bus, session_bus.mako(bus):
        bus.run("makoctl", "mode", "-a", "do-not-disturb")
        assert status_and_value(on_bus(bus, "sway"), "linux/mako") == ("fail", "on")


def test_do_not_disturb_of_swaync_is_seen_at_once() -> None:
    with session_bus.sway_session() as bus, session_bus.swaync(bus):
        assert status_and_value(on_bus(bus, "sway"), "linux/swaync") == ("fail", "on")
        bus.run("swaync-client", "-dn")
        report = on_bus(bus, "sway")
        assert status_and_value(report, "linux/swaync") == ("pass", "off")
        assert finding(report, RULE)["status"] == "pass"
        bus.run("swaync-client", "-df")
        assert status_and_value(on_bus(bus, "sway"), "linux/swaync") == ("fail", "on")


def test_a_running_xfconfd_is_asked(home: Path) -> None:
    with session_bus.running(home) as bus, session_bus.xfconfd(bus):
        for stored, seen in (("true", ("pass", "off")), ("false", ("fail", "on"))):
            bus.run("xfconf-query", "-c", CHANNEL, "-p", PROPERTY, "-n", "-t", "bool", "-s", stored)
            assert status_and_value(on_bus(bus, "XFCE"), "linux/xfce") == seen


@pytest.mark.parametrize(("stored", "seen"), [("true", ("pass", "off")), ("false", ("fail", "on"))])
def test_the_file_of_xfconfd_is_read(home: Path, stored: str, seen: tuple[str, str]) -> None:
    xfconf.set_properties(home, CHANNEL, {PROPERTY: ("bool", stored)})
    assert status_and_value(report_of(home, desktop="XFCE"), "linux/xfce") == seen


def test_nothing_is_started_and_nothing_looks_good(home: Path) -> None:
    with session_bus.running(home, services=ALL_SERVICES) as bus:
        before = bus.owners()
        for desktop in DESKTOPS:
            report = on_bus(bus, desktop)
            rows = finding(report, RULE)["settings"]
            assert "pass" not in {found["status"] for found in rows}
            assert finding(report, RULE)["status"] != "pass"
        assert bus.owners() == before
        bus.run("xfconf-query", "-l")
        assert "org.xfce.Xfconf" in set(bus.owners()) - set(before)


def test_no_service_is_woken_on_any_desktop(home: Path) -> None:
    with trip_wires(home) as (bus, woken):
        for desktop in DESKTOPS:
            on_bus(bus, desktop)
        assert not list(woken.iterdir())
        for name in ASKED:
            bus.run("dbus-send", "--session", f"--dest={name}", "/", "org.example.Wake.Up")
        wait_until("the wires", lambda: len(list(woken.iterdir())) == len(ASKED))
