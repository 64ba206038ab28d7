"""Which call apps are found: by what is really theirs, never by a name that others may bear."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import (
    LARGEST_FILE,
    TOO_LATE,
    BusQuestion,
    Process,
    Processes,
)
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps
from privacy_check.rulebook.catalogue import (
    App,
    DesktopEntry,
    Fact,
    OnLinux,
    Package,
    RunningApp,
)
from privacy_check.seen import Search, Seen, Sign

FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
HOME = "/home/sam"
STATUS = "/var/lib/dpkg/status"
LISTS = "/var/lib/dpkg/info"
MENU = "/usr/share/applications"
SYSTEM = {f"{MENU}/other.desktop": b"[Desktop Entry]\nExec=other\n"}
XML = '<component><releases><release version="1.2.3"/></releases></component>'


def app(
    name: str = "talk",
    *,
    packages: tuple[Package, ...] = (),
    entries: tuple[DesktopEntry, ...] = (),
    running: tuple[RunningApp, ...] = (),
    flatpaks: tuple[str, ...] = (),
    snaps: tuple[str, ...] = (),
    sites: tuple[str, ...] = (),
) -> App:
    """Make an app of which only the ways to find it are told."""
    linux = OnLinux(
        packages=packages,
        entries=entries,
        running=running,
        flatpaks=flatpaks,
        snaps=snaps,
        sites=sites,
    )
    status = Fact(values=("active",))
    return App(
        id=name, name=name, uses=(), status=status, facts={}, review=(), linux=linux, sources={}
    )


def search(apps: list[App], files: Mapping[str, bytes], **given: object) -> Search:
    return find_apps(apps, Window(CaseMachine(files=files, **given)))  # type: ignore[arg-type]


def seen(wanted: App, files: Mapping[str, bytes], **given: object) -> Seen:
    return search([wanted], files, **given).apps[0]


def hows(found: Seen) -> list[str]:
    return [sign.how for sign in found.signs]


# Debian packages


def stanza(name: str, status: str = "install ok installed", **fields: str) -> bytes:
    lines = [f"Package: {name}", f"Status: {status}", "Architecture: amd64", "Version: 1:2.3-4"]
    lines += [f"{key}: {value}" for key, value in fields.items()]
    description = ["Description: something", " It goes on", "  Package: not-a-package", " ."]
    return "\n".join([*lines, *description, "", ""]).encode()


def listed(name: str, *paths: str) -> dict[str, bytes]:
    return {f"{LISTS}/{name}.list": "".join(f"{path}\n" for path in ("/.", *paths)).encode()}


SLACK = app("slack", packages=(Package(name="slack", files=("/usr/lib/slack/slack",)),))
JAMI = app("jami", packages=(Package(name="jami", homes=("jami.net",)),))
SIGNAL = app(
    "signal",
    packages=(
        Package(
            name="signal-desktop", homes=("signal.org",), files=("/opt/Signal/signal-desktop",)
        ),
    ),
)
DINO = app("dino", packages=(Package(name="dino-im", homes=("github.com/dino/dino",)),))
FIRST = stanza("base-files")


def test_a_package_counts_with_its_home_page() -> None:
    found = search([JAMI], {STATUS: FIRST + stanza("jami", Homepage="https://jami.net")})

    sign = Sign(how="package", where="Debian package jami", version="1:2.3-4")
    assert found.apps == (Seen(app="jami", installed=True, running=None, signs=(sign,)),)
    assert "Debian packages" in found.looked


@pytest.mark.parametrize(
    ("wanted", "home", "installed"),
    [
        (JAMI, "https://www.JAMI.net/", True),
        (JAMI, "http://jami.net/en/", True),
        (JAMI, "https://jami.net.example/", False),
        (JAMI, "https://jami.net@example.org/", False),
        (JAMI, "https://example.org/jami.net", False),
        (JAMI, "https://jami.met/", None),  # one letter: it may be damage
        (DINO, "https://github.com/dino/dino", True),
        (DINO, "https://github.com/dino/dino/releases", True),
        (DINO, "https://github.com/dino/dino-other", False),
        (DINO, "https://github.com/", False),
    ],
)
def test_the_home_page_has_to_be_the_app_s(
    wanted: App,
    home: str,
    installed: bool | None,  # noqa: FBT001
) -> None:
    name = wanted.linux.packages[0].name

    assert seen(wanted, {STATUS: stanza(name, Homepage=home)}).installed is installed


@pytest.mark.parametrize("name", ["signal-desktop", "signal-desktop:amd64"])
def test_a_package_counts_with_one_of_its_files(name: str) -> None:
    files = {STATUS: stanza("signal-desktop"), **listed(name, "/opt/Signal/signal-desktop")}

    assert seen(SIGNAL, files).installed is True


def test_debian_s_own_slack_is_another_program() -> None:
    files = {STATUS: stanza("slack"), **listed("slack", "/usr/sbin/slack", "/usr/lib/slack")}

    found = seen(SLACK, files)

    assert (found.installed, found.signs, found.doubts) == (False, (), ())


def test_another_program_with_a_home_page_and_files_of_its_own_is_not_the_app() -> None:
    files = {
        STATUS: stanza("signal-desktop", Homepage="https://example.org/"),
        **listed("signal-desktop", "/usr/bin/signal-desktop"),
    }

    assert seen(SIGNAL, files).installed is False


@pytest.mark.parametrize(
    "files",
    [
        {STATUS: stanza("signal-desktop")},
        {STATUS: stanza("signal-desktop", Homepage="https://example.org/")},
        {STATUS: stanza("signal-desktop"), f"{LISTS}/signal-desktop.list": b""},
        {STATUS: stanza("signal-desktop"), f"{LISTS}/signal-desktop.list": b"/.\n/opt/Signal/sig"},
        {STATUS: stanza("signal-desktop"), f"{LISTS}/signal-desktop.list": b"/.\n\0\0\0\0\n"},
        {
            STATUS: stanza("signal-desktop"),
            **listed("signal-desktop", "/opt/Signal/signal-desktkp"),
        },
    ],
)
def test_a_package_whose_proof_cannot_be_looked_at_is_in_doubt(files: dict[str, bytes]) -> None:
    found = seen(SIGNAL, files)

    assert (found.installed, found.signs) == (None, ())
    assert "signal-desktop" in found.doubts[0]


def test_a_package_that_names_nothing_to_prove_it_is_in_doubt() -> None:
    assert seen(JAMI, {STATUS: stanza("jami")}).installed is None
    bare = app("jami", packages=(Package(name="jami"),))
    assert seen(bare, {STATUS: stanza("jami", Homepage="https://jami.net")}).installed is None


@pytest.mark.parametrize(
    ("status", "installed"),
    [
        ("install ok installed", True),
        ("hold ok installed", True),
        ("install ok triggers-pending", True),
        ("install ok triggers-awaited", True),
        ("deinstall ok config-files", False),
        ("unknown ok not-installed", False),
        ("purge ok not-installed", False),
        ("install ok unpacked", None),
        ("install ok half-configured", None),
        ("install reinstreq half-installed", None),
        ("install reinstreq installed", None),
    ],
)
def test_a_package_counts_while_it_is_installed(
    status: str,
    installed: bool | None,  # noqa: FBT001
) -> None:
    files = {STATUS: FIRST + stanza("jami", status, Homepage="https://jami.net")}

    assert seen(JAMI, files).installed is installed


def test_a_package_of_two_architectures_is_found_by_the_installed_one() -> None:
    gone = stanza("jami", "deinstall ok config-files")
    here = stanza("jami", Homepage="https://jami.net")

    assert seen(JAMI, {STATUS: gone + here}).installed is True
    assert seen(JAMI, {STATUS: here + gone}).installed is True


def test_a_name_inside_another_package_s_text_is_no_package() -> None:
    told = stanza("other", Conffiles="\n /etc/x 0", Depends="jami", Homepage="https://jami.net")

    assert seen(JAMI, {STATUS: told}).installed is False


def test_text_that_is_not_utf_8_in_another_package_hides_nothing() -> None:
    odd = FIRST.replace(b"something", b"\xe4\xf6\xfc")

    assert seen(JAMI, {STATUS: odd + stanza("jami", Homepage="http://jami.net")}).installed is True
    assert seen(JAMI, {STATUS: odd}).installed is False


WHOLE = FIRST + stanza("jami", Homepage="https://jami.net") + stanza("zsh")


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\n",
        WHOLE[:-1],
        WHOLE[:-3],
        WHOLE.replace(b"Architecture", b"\0\0\0hitecture", 1),
        WHOLE.replace(b"Architecture:", b"Architecture", 1),
        WHOLE.replace(b"something", b"some\0hing", 1),
        WHOLE.replace(b"Package: base-files\n", b""),
        WHOLE.replace(b"Package: base-files", b"Package: b\xffse-files"),
        WHOLE.replace(b"Package: base-files", b"Packbge: base-files"),
        WHOLE.replace(b"Status: install ok installed\n", b"", 1),
        WHOLE.replace(b".\n\n", b".\n", 1),
        b"\x89PNG" * 50,
    ],
)
def test_a_damaged_list_shows_what_it_shows_and_calls_nothing_absent(damaged: bytes) -> None:
    found = search([JAMI, SIGNAL], {STATUS: damaged, **SYSTEM})

    assert found.apps[0].installed in (True, None)
    assert found.apps[1].installed is None
    assert any(line.startswith("Debian packages: ") for line in found.unread)
    assert "Debian packages" not in found.looked


@pytest.mark.parametrize(
    "changed",
    [
        stanza("jami", "install ok instaled", Homepage="https://jami.net"),
        stanza("jami", "instal ok installed", Homepage="https://jami.net"),
        stanza("jami", "installed", Homepage="https://jami.net"),
        stanza("jami", Homepage="https://jami.net", Version="2"),
    ],
)
def test_a_stanza_that_makes_no_sense_is_damage(changed: bytes) -> None:
    found = search([JAMI], {STATUS: FIRST + changed})

    assert found.apps[0].installed is None
    assert found.unread


def test_no_cut_and_no_changed_byte_makes_an_installed_app_absent() -> None:
    status = FIRST + stanza("signal-desktop", Homepage="https://signal.org")
    lists = listed("signal-desktop", "/opt/Signal/signal-desktop")
    cuts = [status[:length] for length in range(len(status))]
    changes = [status[:at] + b"x" + status[at + 1 :] for at in range(len(status))]

    absent = [data for data in (*cuts, *changes) if seen_in(data, lists) is False]

    assert absent == []


def seen_in(status: bytes, lists: dict[str, bytes]) -> bool | None:
    return seen(SIGNAL, {STATUS: status, **lists, **SYSTEM}).installed


def test_a_list_that_lost_a_package_whose_files_are_still_listed_is_damaged() -> None:
    found = search([JAMI], {STATUS: FIRST, **listed("jami", "/usr/bin/jami")})

    assert found.apps[0].installed is None
    assert found.unread


def test_changes_that_wait_to_be_written_call_nothing_absent() -> None:
    found = search([JAMI], {STATUS: FIRST, "/var/lib/dpkg/updates/0001": b"Package: jami\n"})

    assert found.apps[0].installed is None
    assert found.unread == ("Debian packages: a change of the installed packages was not finished",)


def test_a_list_that_may_not_be_read_leaves_apps_unknown_unless_found_otherwise() -> None:
    both = app(
        "both",
        packages=JAMI.linux.packages,
        entries=(DesktopEntry(name="jami.desktop", programs=("jami",)),),
    )
    files = {STATUS: WHOLE, f"{MENU}/jami.desktop": b"[Desktop Entry]\nExec=jami %u\n"}

    found = search([JAMI, both], files, denied=frozenset({STATUS}))

    assert [item.installed for item in found.apps] == [None, True]
    assert "Debian packages: this account may not read it" in found.unread


def test_a_computer_of_another_kind_has_no_debian_packages_and_nothing_is_wrong() -> None:
    shown = app("shown", packages=JAMI.linux.packages, entries=(DesktopEntry(name="x.desktop"),))

    found = search([JAMI, shown], SYSTEM)

    assert [item.installed for item in found.apps] == [None, False]
    assert found.looked == ("desktop files", "running programs")
    assert found.unread == ()


def test_lists_of_files_without_a_list_of_packages_are_damage() -> None:
    found = search([JAMI], {**listed("base-files"), **SYSTEM})

    assert found.apps[0].installed is None
    assert found.unread == ("Debian packages: the list of packages is gone",)


@pytest.mark.parametrize("shut", [LISTS, "/var/lib/dpkg/updates"])
def test_folders_of_the_package_manager_that_are_shut_leave_apps_unknown(shut: str) -> None:
    found = search([JAMI], {STATUS: FIRST}, denied=frozenset({shut}))

    assert found.apps[0].installed is None
    assert found.unread


def test_a_list_of_packages_that_is_too_large_is_unread(tmp_path: Path) -> None:
    place = tmp_path / STATUS.lstrip("/")
    place.parent.mkdir(parents=True)
    place.write_bytes(FIRST * (LARGEST_FILE // len(FIRST) + 1))

    found = find_apps([JAMI], Window(FolderMachine(tmp_path, "/", NOW)))

    assert found.apps[0].installed is None
    assert "Debian packages: it is larger than 16 MB" in found.unread


# Flatpak apps and snaps

CHAT = "org.example.Chat"
BOXED = app("boxed", flatpaks=(CHAT,), snaps=("chat",))
FLATPAK = f"/var/lib/flatpak/app/{CHAT}"
OWN_FLATPAK = f"{HOME}/.local/share/flatpak/app/{CHAT}"
DEPLOYED = "x86_64/stable/active"


def flatpak(base: str = FLATPAK, name: str = CHAT) -> dict[str, bytes]:
    return {f"{base}/{DEPLOYED}/metadata": f"[Application]\nname={name}\n".encode()}


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


# Desktop files

ENTRY = DesktopEntry(name="zoom*.desktop", programs=("zoom", "ZoomLauncher"), handles=("zoommtg",))
ZOOM = app("zoom", entries=(ENTRY,), snaps=("zoom-client",))
PROGRAM = {"/opt/zoom/zoom": b"", "/opt/zo om/zoom": b"", "/usr/bin/zoom": b"", "/usr/bin/env": b""}


def desktop(*lines: str, folder: str = MENU, name: str = "zoom.desktop") -> dict[str, bytes]:
    return {f"{folder}/{name}": "\n".join(["[Desktop Entry]", *lines, ""]).encode(), **SYSTEM}


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
def test_snapd_puts_the_snap_s_name_in_front(name: str, counts: bool) -> None:  # noqa: FBT001
    folder = "/var/lib/snapd/desktop/applications"
    exact = app("zoom", entries=(DesktopEntry(name="zoom.desktop", programs=("zoom",)),))
    snapped = app("zoom", entries=exact.linux.entries, snaps=("zoom-client",))
    line = f"Exec=env BAMF_DESKTOP_FILE_HINT={folder}/{name}.desktop /snap/bin/zoom %U"
    files = desktop(line, folder=folder, name=f"{name}.desktop")

    assert seen(snapped, {**files, "/snap/bin/zoom": b""}).installed is counts
    assert seen(snapped, files).installed is False
    assert seen(exact, {**files, "/snap/bin/zoom": b""}).installed is False


@pytest.mark.parametrize("deployed", [True, False])
def test_a_desktop_file_of_a_flatpak_app_counts_while_that_is_deployed(deployed: bool) -> None:  # noqa: FBT001
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


# Running programs

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


@pytest.mark.parametrize(
    ("program", "running"),
    [
        (process("a-rather-long-name"), True),
        (process("a-rather-long-n"), True),
        (process("a-rather-long"), False),
        (process("java", "-jar", "/opt/talk.jar"), True),
        (process("java", "-jar", "/opt/other.jar"), False),
        (process("java"), False),
        (process("a-rather-long-name", own=False), False),
    ],
)
def test_a_program_of_this_account_runs_by_name_and_arguments(
    program: Process,
    running: bool,  # noqa: FBT001
) -> None:
    found = search([RUNNING], SYSTEM, programs=(program,))

    assert found.apps[0].running is running
    assert found.apps[0].installed is (None if running else False)
    assert hows(found.apps[0]) == ["running"] * running
    assert "running programs" in found.looked


def test_a_short_name_tells_only_beside_an_installed_copy() -> None:
    alone = seen(RUNNING, SYSTEM, programs=(process("zoom"),))
    beside = seen(RUNNING, {**desktop("Exec=zoom"), **PROGRAM}, programs=(process("zoom"),))

    assert (alone.running, alone.installed, alone.signs) == (None, None, ())
    assert alone.doubts
    assert (beside.running, beside.installed, beside.doubts) == (True, True, ())
    assert hows(beside) == ["desktop-file", "running"]


@pytest.mark.parametrize(
    ("name", "running"), [("simplex", None), ("discord", None), ("Telegram", True)]
)
def test_a_word_of_other_trades_does_not_tell_alone(
    name: str,
    running: bool | None,  # noqa: FBT001
) -> None:
    """Many a program is named after the simplex algorithm."""
    wanted = app(running=(RunningApp(process=name),))

    found = seen(wanted, SYSTEM, programs=(process(name),))
    assert (found.running, found.installed) == (running, None)
    assert found.doubts


def test_an_app_whose_programs_are_not_known_is_not_called_stopped() -> None:
    assert seen(ZOOM, SYSTEM).running is None


@pytest.mark.parametrize(("name", "running"), [("a-rather-long-name", True), ("other", None)])
def test_a_list_of_programs_that_may_not_be_whole(
    tmp_path: Path,
    name: str,
    running: bool | None,  # noqa: FBT001
) -> None:
    place = tmp_path / "proc" / "12"
    place.mkdir(parents=True)
    (place / "comm").write_text(f"{name[:15]}\n")
    (place / "cmdline").write_bytes(f"/opt/{name}\0".encode())

    found = find_apps([RUNNING], Window(FolderMachine(tmp_path, "/", NOW)))

    assert found.apps[0].running is running
    assert "running programs" not in found.looked


def test_a_copy_of_files_shows_no_running_programs(tmp_path: Path) -> None:
    found = find_apps([RUNNING], Window(FolderMachine(tmp_path, "/", NOW)))

    assert found.apps[0].running is None
    assert "running programs: a copy of files shows no running programs" in found.unread


# Browsers

CHROMIUM = f"{HOME}/.config/chromium"
FIREFOX = f"{HOME}/.config/mozilla/firefox"
SITE = app("site", sites=("meet.example",))


def chromium(state: str, profile: str = "Default") -> dict[str, bytes]:
    data = (FIXTURES / "chromium" / state / "Preferences").read_bytes()
    return {f"{CHROMIUM}/{profile}/Preferences": data}


def firefox(state: str) -> dict[str, bytes]:
    names = ("prefs.js", "permissions.sqlite")
    folder = FIXTURES / "firefox" / state
    return {f"{FIREFOX}/abc.default/{name}": (folder / name).read_bytes() for name in names}


@pytest.mark.parametrize(
    ("files", "browsers"),
    [
        (chromium("grants"), ["Chromium"]),
        (firefox("grants"), ["Firefox"]),
        ({**chromium("grants"), **firefox("grants")}, ["Chromium", "Firefox"]),
        (chromium("no-grants"), []),
        (chromium("blocked-sites"), []),
        (firefox("none"), []),
        ({}, []),
    ],
)
def test_a_site_with_a_grant_is_a_sign_but_nothing_installed(
    files: dict[str, bytes], browsers: list[str]
) -> None:
    found = search([SITE, app("other", sites=("other.example",))], {**files, **SYSTEM})

    assert [sign.where for sign in found.apps[0].signs] == browsers
    assert (hows(found.apps[0]), found.apps[0].installed) == (["site"] * len(browsers), None)
    assert found.apps[1].signs == ()
    assert ("browsers" in found.looked) is bool(files)


@pytest.mark.parametrize(("site", "counts"), [("*.example", True), ("*.meet.example", False)])
def test_a_star_stands_for_names_in_front(site: str, counts: bool) -> None:  # noqa: FBT001
    found = seen(app(sites=(site,)), chromium("grants"))

    assert hows(found) == ["site"] * counts


def test_a_profile_that_cannot_be_read_is_named_and_hides_no_other() -> None:
    files = {**chromium("grants"), f"{CHROMIUM}/Profile 1/Preferences": b"{", **firefox("none")}
    del files[f"{FIREFOX}/abc.default/permissions.sqlite"]

    found = search([SITE], files)

    assert hows(found.apps[0]) == ["site"]
    assert any(line.startswith("browsers: Chromium: it is damaged") for line in found.unread)
    assert any(line.startswith("browsers: Firefox: ") for line in found.unread)


def test_browsers_that_may_not_be_looked_into_are_named() -> None:
    found = search([SITE], SYSTEM, denied=frozenset({CHROMIUM}))

    assert found.unread == ("browsers: Chromium: this account may not read it",)


# All together


def test_every_app_has_its_entry_in_the_order_of_the_catalogue() -> None:
    first, second = app("jitsi-public", flatpaks=(CHAT,)), app("jitsi-self", flatpaks=(CHAT,))

    found = search([second, SIGNAL, first], flatpak())

    assert [item.app for item in found.apps] == ["jitsi-self", "signal", "jitsi-public"]
    assert [item.installed for item in found.apps] == [True, None, True]


def test_where_nothing_can_be_looked_at_nothing_is_known() -> None:
    found = search([JAMI, BOXED, ZOOM, RUNNING], {})

    assert {item.installed for item in found.apps} == {None}
    assert found.looked == ("running programs",)
    assert len(found.unread) == 1


def test_a_home_alone_calls_nothing_absent() -> None:
    menu = f"{HOME}/.local/share/applications"
    files = {f"{menu}/zoom.desktop": b"[Desktop Entry]\nExec=zoom\n", **flatpak(OWN_FLATPAK)}

    found = search([ZOOM, BOXED, app("x", flatpaks=("org.example.X",)), JAMI], files)

    assert [item.installed for item in found.apps] == [True, True, None, None]


def test_an_app_without_a_known_way_to_show_is_not_called_absent() -> None:
    assert seen(app(), {STATUS: FIRST, **SYSTEM}).installed is None


def test_no_name_of_the_home_folder_is_told() -> None:
    path = f"{HOME}/.local/share/applications/zoom.desktop"
    data = {"XDG_DATA_DIRS": f"{HOME}/share"}
    files = {path: b"[", f"{HOME}/share/applications/zoom.desktop": b"[", **SYSTEM}

    found = search([ZOOM], files, variables=data)

    assert HOME not in repr(found)
    assert len(found.apps[0].doubts) == 2


class Faulty(CaseMachine):
    """A machine in which looking at programs meets a fault, and at snaps takes forever."""

    hangs = threading.Event()

    def names(self, path: str) -> tuple[str, ...]:
        if path == "/snap":
            self.hangs.wait(20)
        return super().names(path)

    def processes(self) -> Processes:
        raise ZeroDivisionError

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        raise NotImplementedError


def test_a_fault_or_a_hung_place_ends_as_unread_and_hides_nothing_else() -> None:
    files = {STATUS: stanza("jami", Homepage="https://jami.net"), **SYSTEM}
    try:
        found = find_apps([JAMI, BOXED, RUNNING], Window(Faulty(files=files), deadline=0.5))
    finally:
        Faulty.hangs.set()

    assert [item.installed for item in found.apps] == [True, None, False]
    assert found.apps[2].running is None
    assert found.unread == (
        f"snap apps: {TOO_LATE}",
        "running programs: its form is unexpected (ZeroDivisionError)",
    )
