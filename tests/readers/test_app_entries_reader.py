"""A desktop file shows an app by the program it starts or the links it opens."""

from __future__ import annotations

import pytest
from apps_here import (
    CHAT,
    HOME,
    MENU,
    PROGRAM,
    SYSTEM,
    ZOOM,
    app,
    desktop,
    flatpak,
    hows,
    search,
    seen,
)

from privacy_check.rulebook.catalogue import DesktopEntry
from privacy_check.seen import Sign


@pytest.mark.parametrize(
    "lines",
    [
        ["Exec=/opt/zoom/zoom %U"],
        ['Exec="/opt/zo om/zoom" %U'],
        ["Exec=zoom"],
        ["Exec=env A=b -u C /opt/zoom/zoom --x"],
        ["Exec=/usr/bin/env QT=1 zoom"],
        ["Exec=wrapper", "TryExec=zoom"],
        ["MimeType=text/plain;x-scheme-handler/zoommtg;"],
        ["Hidden=false", "NoDisplay=true", "Exec=zoom", "[Desktop Action New]", "Exec=other"],
    ],
)
def test_a_desktop_file_counts_with_its_program_or_its_links(lines: list[str]) -> None:
    found = search([ZOOM], {**desktop(*lines), **PROGRAM, "/usr/bin/wrapper": b""})

    assert found.apps[0].signs == (Sign(how="desktop-file", where=f"{MENU}/zoom.desktop"),)
    assert found.apps[0].installed is True
    assert "desktop files" in found.looked


@pytest.mark.parametrize(
    "lines",
    [
        ["Exec=/usr/games/zoom-player"],
        ["Exec=xdg-open https://example.org/zoom"],
        ["Exec=sh -c zoom"],
        ["Exec=env", "MimeType=x-scheme-handler/tel;"],
        ["Name=Zoom"],
        ["[Desktop Action New]", "Exec=zoom"],
        ["Exec=zoom", "Hidden=true"],
        ["Exec=/opt/gone/zoom"],
        ["Exec=zoom", "TryExec=/opt/gone/zoom"],
        ["Exec=/opt/gone/other", "MimeType=x-scheme-handler/zoommtg;"],
    ],
)
def test_another_one_s_file_or_what_was_left_behind_does_not_count(lines: list[str]) -> None:
    found = seen(ZOOM, {**desktop(*lines), **PROGRAM})

    assert (found.installed, found.signs) == (False, ())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[Desktop Entry]\nExec=/opt/zoom/zo",
        b"[Desktop Entry]\nExec=/opt/zoom/zoon\n",
        b"[Desktop Entry]\nMimeType=x-scheme-handler/zoommth;\n",
        b'[Desktop Entry]\nExec="/opt/zoom/zoom\n',
        b"[Desktop Entry]\nExec\n",
        b"Exec=/opt/zoom/zoom\n",
        b"\xff\xfe",
        b"[Desktop Entry]\nExec=ZoomLauncher\n",  # named without a folder, and nowhere to be found
    ],
)
def test_a_damaged_desktop_file_is_in_doubt(data: bytes) -> None:
    found = seen(ZOOM, {f"{MENU}/zoom.desktop": data, **PROGRAM})

    assert (found.installed, found.signs) == (None, ())
    assert "zoom.desktop" in found.doubts[0]


def test_a_file_without_its_last_line_end_still_counts() -> None:
    data = b"[Desktop Entry]\nExec=/opt/zoom/zoom"

    assert seen(ZOOM, {f"{MENU}/zoom.desktop": data, **PROGRAM}).installed is True


@pytest.mark.parametrize(
    ("folder", "shown", "given"),
    [
        (f"{HOME}/.local/share/applications", "~/.local/share/applications", {}),
        ("/usr/local/share/applications", "/usr/local/share/applications", {}),
        ("/srv/share/applications", "/srv/share/applications", {"XDG_DATA_DIRS": "/srv/share"}),
        (f"{HOME}/nix/applications", "~/nix/applications", {"XDG_DATA_DIRS": f"{HOME}/nix"}),
    ],
)
def test_desktop_files_are_found_in_all_their_folders(
    folder: str, shown: str, given: dict[str, str]
) -> None:
    found = seen(ZOOM, desktop("Exec=zoom", folder=folder), variables=given)

    assert found.signs == (Sign(how="desktop-file", where=f"{shown}/zoom.desktop"),)


@pytest.mark.parametrize(("name", "counts"), [("zoom-client_zoom", True), ("other_zoom", False)])
def test_snapd_puts_the_snap_s_name_in_front(name: str, counts: bool) -> None:  # noqa: FBT001 - a table
    folder = "/var/lib/snapd/desktop/applications"
    exact = app("zoom", entries=(DesktopEntry(name="zoom.desktop", programs=("zoom",)),))
    snapped = app("zoom", entries=exact.linux.entries, snaps=("zoom-client",))
    line = f"Exec=env BAMF_DESKTOP_FILE_HINT={folder}/{name}.desktop /snap/bin/zoom %U"
    files = desktop(line, folder=folder, name=f"{name}.desktop")

    assert seen(snapped, {**files, "/snap/bin/zoom": b""}).installed is counts
    assert seen(snapped, files).installed is False
    assert seen(exact, {**files, "/snap/bin/zoom": b""}).installed is False


@pytest.mark.parametrize("deployed", [True, False])
def test_a_desktop_file_of_a_flatpak_app_counts_while_that_is_deployed(deployed: bool) -> None:  # noqa: FBT001 - a table
    words = f"--branch=stable --command=zoom --file-forwarding {CHAT} @@u %U @@"
    files = desktop(
        f"Exec=/usr/bin/flatpak run {words}", folder="/var/lib/flatpak/exports/share/applications"
    )

    found = seen(ZOOM, {**files, **(flatpak() if deployed else {}), "/usr/bin/flatpak": b""})

    assert found.installed is deployed
    assert hows(found) == ["desktop-file"] * deployed


def test_a_shut_folder_of_desktop_files_calls_nothing_absent() -> None:
    found = search([ZOOM], SYSTEM, denied=frozenset({"/usr/local/share/applications"}))

    assert found.apps[0].installed is None
    assert found.unread == ("desktop files: this account may not read it",)
