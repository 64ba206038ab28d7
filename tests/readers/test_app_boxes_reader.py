"""Flatpak apps and snaps are found while they are deployed, and doubted where that is not seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from apps_here import (
    BOXED,
    CHAT,
    DEPLOYED,
    FLATPAK,
    HOME,
    NOW,
    OWN_FLATPAK,
    SYSTEM,
    flatpak,
    search,
    seen,
)

from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps
from privacy_check.seen import Sign

XML = '<component><releases><release version="1.2.3"/></releases></component>'


@pytest.mark.parametrize("base", [FLATPAK, OWN_FLATPAK])
@pytest.mark.parametrize(
    "about", ["metainfo/{}.metainfo.xml", "metainfo/{}.appdata.xml", "appdata/{}.appdata.xml"]
)
def test_a_deployed_flatpak_app_is_found_with_its_version(base: str, about: str) -> None:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{XML}'.encode()
    files = {**flatpak(base), f"{base}/{DEPLOYED}/files/share/{about.format(CHAT)}": text}

    found = search([BOXED], files)

    sign = Sign(how="flatpak", where=f"Flatpak app {CHAT}", version="1.2.3")
    assert found.apps[0].signs == (sign,)
    assert found.apps[0].installed is True
    assert "Flatpak apps" in found.looked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<component>",
        "<component/>",
        f"<!DOCTYPE component>{XML}",
        "<component><releases/></component>",
        '<!DOCTYPE a [<!ENTITY b "9">]>' + XML.replace("1.2.3", "&b;"),
        XML.replace("1.2.3", "\x1b[31m"),
        XML.replace("1.2.3", "9" * 100),
        XML.replace("<release ", "<!-- <release ").replace("/></releases", "/> --></releases"),
        XML + " " * 3_000_000,
        "<a>" * 200_000,
    ],
)
def test_a_hostile_description_costs_no_more_than_the_version(text: str) -> None:
    path = f"{FLATPAK}/{DEPLOYED}/files/share/metainfo/{CHAT}.metainfo.xml"

    found = seen(BOXED, {**flatpak(), path: text.encode()})

    assert (found.installed, found.version) == (True, "")


def test_a_flatpak_folder_without_a_deployment_was_left_behind() -> None:
    files = {f"{FLATPAK}/x86_64/stable/.changed": b"", **SYSTEM}

    assert seen(BOXED, files).installed is False


@pytest.mark.parametrize(
    "files",
    [
        flatpak(name="org.example.Other"),
        {f"{FLATPAK}/{DEPLOYED}/metadata": b"[Applicat"},
        {f"{FLATPAK}/{DEPLOYED}/files/x": b""},
    ],
)
def test_a_flatpak_app_that_is_not_understood_is_in_doubt(files: dict[str, bytes]) -> None:
    found = seen(BOXED, {**files, **SYSTEM})

    assert (found.installed, found.signs) == (None, ())
    assert found.doubts


def test_a_deployment_that_leads_nowhere_is_in_doubt(tmp_path: Path) -> None:
    branch = tmp_path / FLATPAK.lstrip("/") / "x86_64" / "stable"
    branch.mkdir(parents=True)
    (branch / "active").symlink_to("0123456789abcdef")
    (tmp_path / "home").mkdir()

    found = find_apps([BOXED], Window(FolderMachine(tmp_path, "/home", NOW)))

    assert found.apps[0].installed is None
    assert found.apps[0].doubts


@pytest.mark.parametrize(
    "given",
    [
        {"variables": {"FLATPAK_USER_DIR": "/srv/apps"}},
        {"variables": {"FLATPAK_SYSTEM_DIR": "/srv/apps"}},
        {"empty": frozenset({"/etc/flatpak/installations.d/more.conf"})},
        {"denied": frozenset({"/var/lib/flatpak/app"})},
        {"home": "/home/nobody-here", "empty": frozenset(), "links": {"/home/nobody-here": "x"}},
    ],
)
def test_flatpak_apps_in_places_that_are_not_read_are_not_called_absent(
    given: dict[str, object],
) -> None:
    found = search([BOXED], SYSTEM, **given)

    assert found.apps[0].installed is None
    assert any(line.startswith("Flatpak apps: ") for line in found.unread)


def test_a_computer_without_flatpak_and_snaps_has_none_of_their_apps() -> None:
    assert seen(BOXED, SYSTEM).installed is False


@pytest.mark.parametrize("base", ["/snap", "/var/lib/snapd/snap"])
@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("version: 7.0.0", "7.0.0"),
        ("version: '7.0'", "7.0"),
        ('version: "7.0"  # newest', ""),
        ("version: 7.0 # newest", ""),
        ("version: |\n  7.0", ""),
        ("version: 1\nversion: 2", ""),
        ("versions: 1", ""),
    ],
)
def test_a_snap_is_found_with_its_version(base: str, line: str, version: str) -> None:
    yaml = f"name: chat\n{line}\nsummary: |\n  name: other\n".encode()

    found = seen(BOXED, {f"{base}/chat/current/meta/snap.yaml": yaml})

    assert found.signs == (Sign(how="snap", where="snap chat", version=version),)
    assert found.installed is True


def test_what_a_removed_snap_leaves_behind_does_not_count() -> None:
    left = {f"{HOME}/snap/chat/current/x": b"", "/snap/chat/12/meta/snap.yaml": b"name: chat\n"}

    assert seen(BOXED, {**left, **SYSTEM}).installed is False


@pytest.mark.parametrize(
    "files",
    [
        {"/snap/chat/current/meta/snap.yaml": b"name: other\nversion: 1\n"},
        {"/snap/chat/current/meta/snap.yaml": b"\xff\xff"},
        {"/snap/chat/current/x": b""},
        {"/var/lib/snapd/snaps/chat_12.snap": b""},
    ],
)
def test_a_snap_that_cannot_be_looked_into_is_in_doubt(files: dict[str, bytes]) -> None:
    found = seen(BOXED, {**files, **SYSTEM})

    assert (found.installed, found.signs) == (None, ())
    assert found.doubts


@pytest.mark.parametrize("shut", ["/snap", "/var/lib/snapd/snaps"])
def test_snaps_that_may_not_be_seen_are_not_called_absent(shut: str) -> None:
    found = search([BOXED], SYSTEM, denied=frozenset({shut}))

    assert found.apps[0].installed is None
    assert found.unread == ("snap apps: this account may not read it",)
