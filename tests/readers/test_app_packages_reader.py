"""An app is found among the Debian packages by what is really its own, never by a name alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from apps_here import FIRST, JAMI, MENU, NOW, SIGNAL, STATUS, SYSTEM, app, search, seen, stanza

from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import LARGEST_FILE
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps
from privacy_check.rulebook.catalogue import App, DesktopEntry, Package
from privacy_check.seen import Seen, Sign

LISTS = "/var/lib/dpkg/info"


def listed(name: str, *paths: str) -> dict[str, bytes]:
    return {f"{LISTS}/{name}.list": "".join(f"{path}\n" for path in ("/.", *paths)).encode()}


SLACK = app("slack", packages=(Package(name="slack", files=("/usr/lib/slack/slack",)),))
DINO = app("dino", packages=(Package(name="dino-im", homes=("github.com/dino/dino",)),))


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
    installed: bool | None,  # noqa: FBT001 - a table
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
    installed: bool | None,  # noqa: FBT001 - a table
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
