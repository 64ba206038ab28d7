"""Apps of which only the ways to find them are told, and the files that show them on a computer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import Process
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps
from privacy_check.rulebook.catalogue import App, DesktopEntry, Fact, OnLinux, Package, RunningApp
from privacy_check.seen import Search, Seen

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
HOME = "/home/sam"
STATUS = "/var/lib/dpkg/status"
MENU = "/usr/share/applications"
SYSTEM = {f"{MENU}/other.desktop": b"[Desktop Entry]\nExec=other\n"}


def app(name: str = "talk", **ways: object) -> App:
    """Make an app of which only the ways to find it are told."""
    linux = OnLinux(**ways)  # type: ignore[arg-type] # given by name
    status = Fact(values=("active",))
    return App(
        id=name, name=name, uses=(), status=status, facts={}, review=(), linux=linux, sources={}
    )


def search(apps: list[App], files: Mapping[str, bytes], **given: object) -> Search:
    return find_apps(apps, Window(CaseMachine(files=files, **given)))  # type: ignore[arg-type] # given by name


def seen(wanted: App, files: Mapping[str, bytes], **given: object) -> Seen:
    return search([wanted], files, **given).apps[0]


def hows(found: Seen) -> list[str]:
    return [sign.how for sign in found.signs]


def stanza(name: str, status: str = "install ok installed", **fields: str) -> bytes:
    lines = [f"Package: {name}", f"Status: {status}", "Architecture: amd64", "Version: 1:2.3-4"]
    lines += [f"{key}: {value}" for key, value in fields.items()]
    description = ["Description: something", " It goes on", "  Package: not-a-package", " ."]
    return "\n".join([*lines, *description, "", ""]).encode()


JAMI = app("jami", packages=(Package(name="jami", homes=("jami.net",)),))
SIGNAL = app(
    "signal",
    packages=(
        Package(
            name="signal-desktop", homes=("signal.org",), files=("/opt/Signal/signal-desktop",)
        ),
    ),
)
FIRST = stanza("base-files")

CHAT = "org.example.Chat"
BOXED = app("boxed", flatpaks=(CHAT,), snaps=("chat",))
FLATPAK = f"/var/lib/flatpak/app/{CHAT}"
OWN_FLATPAK = f"{HOME}/.local/share/flatpak/app/{CHAT}"
DEPLOYED = "x86_64/stable/active"


def flatpak(base: str = FLATPAK, name: str = CHAT) -> dict[str, bytes]:
    return {f"{base}/{DEPLOYED}/metadata": f"[Application]\nname={name}\n".encode()}


ENTRY = DesktopEntry(name="zoom*.desktop", programs=("zoom", "ZoomLauncher"), handles=("zoommtg",))
ZOOM = app("zoom", entries=(ENTRY,), snaps=("zoom-client",))
PROGRAM = {"/opt/zoom/zoom": b"", "/opt/zo om/zoom": b"", "/usr/bin/zoom": b"", "/usr/bin/env": b""}


def desktop(*lines: str, folder: str = MENU, name: str = "zoom.desktop") -> dict[str, bytes]:
    return {f"{folder}/{name}": "\n".join(["[Desktop Entry]", *lines, ""]).encode(), **SYSTEM}


RUNNING = app(
    "running",
    entries=(ENTRY,),
    running=(
        RunningApp(process="a-rather-long-name"),
        RunningApp(process="java", arguments=("*/talk.jar",)),
        RunningApp(process="zoom"),
    ),
)


def process(name: str, *arguments: str, own: bool = True) -> Process:
    return Process(pid=7, names=(name,), arguments=arguments, own=own)
