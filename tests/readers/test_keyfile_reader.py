"""Files of plain assignments: shell lines, and the configuration of apt."""

from __future__ import annotations

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import keyfile
from privacy_check.readers.aptconf import parse
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.rulebook.reads import Keyfile

UFW = Keyfile(files=("/etc/ufw/ufw.conf",), key="ENABLED")
APT = Keyfile(
    files=("/etc/apt/apt.conf.d/*", "/etc/apt/apt.conf"),
    key="APT::Periodic::Unattended-Upgrade",
    style="apt",
)


def read(wanted: Keyfile, files: dict[str, str], *, denied: tuple[str, ...] = ()) -> Found | Absent:
    data = {path: text.encode() for path, text in files.items()}
    machine = CaseMachine(files=data, denied=frozenset(denied))
    return keyfile.read(wanted, Look(window=Window(machine)))


def shell(text: str) -> str:
    found = read(UFW, {"/etc/ufw/ufw.conf": text})
    assert isinstance(found, Found)
    return found.raw


def apt(*texts: str) -> str:
    files = {f"/etc/apt/apt.conf.d/{number}x": text for number, text in enumerate(texts)}
    found = read(APT, files)
    assert isinstance(found, Found)
    return found.raw


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("ENABLED=yes\n", "yes"),
        ("# a note\n\nENABLED=no\nLOGLEVEL=low\n", "no"),
        ('ENABLED="yes"\n', "yes"),
        ("ENABLED='yes' # a note\n", "yes"),
        ("export ENABLED=yes\n", "yes"),
        ("ENABLED=yes\nENABLED=no\n", "no"),
        ('OTHER="$HOME/x y"\nENABLED=yes\n', "yes"),
        ("ENABLED=\n", ""),
        ('ENABLED="$OTHER"\n', ""),
        ("ENABLED=y\\es\n", None),
        ("ENABLED=yes", None),
        ("ENABLED=yes\nif true; then\n", None),
        ("ENABLED=yes\n. /etc/other\n", None),
        ('ENABLED=yes\nOTHER="open\n', None),
        ("ENABLED=yes; ENABLED=no\n", None),
        ("ENABLED=yes\r\n", None),
        ("ENABLED = yes\n", None),
        ("ENABLED=yes\nENABLEE=no\n", None),
        ("ENABLED=yes\n#NABLED=no\n", None),
        ("ENABLED=yes\x07\n", None),
        ("", None),
    ],
)
def test_shell_lines(text: str, raw: str | None) -> None:
    if raw is None:
        with pytest.raises(UnseenError):
            shell(text)
    else:
        assert shell(text) == raw


def test_an_absent_key_is_never_certain_in_a_file_and_certain_without_one() -> None:
    found = read(UFW, {"/etc/ufw/ufw.conf": "LOGLEVEL=low\n"})
    assert isinstance(found, Absent)
    assert not found.sure
    assert isinstance(read(UFW, {}), Absent)
    with pytest.raises(UnseenError):
        read(UFW, {}, denied=("/etc/ufw/ufw.conf",))


ON = 'APT::Periodic::Unattended-Upgrade "1";\n'
OFF = 'APT::Periodic::Unattended-Upgrade "0";\n'


@pytest.mark.parametrize(
    ("texts", "raw"),
    [
        ((ON,), "1"),
        ((OFF, ON), "1"),
        ((ON, OFF), "0"),
        (('apt::periodic::unattended-upgrade "7";',), "7"),
        (('APT { Periodic { Unattended-Upgrade "1"; }; };\n',), "1"),
        (('APT::Periodic {\n  Unattended-Upgrade "1";\n}\n',), "1"),
        (("APT::Periodic::Unattended-Upgrade 1;\n",), "1"),
        (('APT::Periodic "x" { "Unattended-Upgrade" "1"; };\n',), "1"),
        ((f"// {OFF}# {OFF}/* {OFF} */\n{ON}",), "1"),
        ((ON, f"// {OFF}"), "1"),
        ((ON, 'DPkg::Post-Invoke { "a; b # c // d" ; "e"; };\n'), "1"),
        ((ON, 'APT::Periodic::Enable "0";\n'), "0"),
        (('APT::Periodic::Enable "0";\n', ON), "0"),
        ((ON, 'APT::Periodic::Enable "1";\n'), "1"),
        ((ON, "#clear DPkg::Post-Invoke;\n"), "1"),
    ],
)
def test_the_options_of_apt(texts: tuple[str, ...], raw: str) -> None:
    assert apt(*texts) == raw


@pytest.mark.parametrize(
    "text",
    [
        'APT::Periodic::Unattended-Upgrade "0',
        'APT::Periodic::Unattended-Upgrade "0"',
        "APT::Periodic::Unattended-Upg",
        'APT { Periodic { Unattended-Upgrade "0"; };\n',
        'Unattended-Upgrade "0"; }\n',
        'APT::Periodic::Unattended-Upgrade "0" "1";\n',
        f"{OFF}/* http://example.org */\n{ON}",
        f"{OFF}/* a # b */ {ON}",
        ON * 10_000,
        f'{OFF}APT::Periodic::Unattended-Upgrade"1";\n',
        f"{OFF}APT::Periodic::Unattended-Upgrade/**/ 1;\n",
        f'{OFF}{{ APT::Periodic::Unattended-Upgrade "1"; }};\n',
        'APT::Periodic::Unattended-Xpgrade "0";\n',
        'APT::Periodic::Enablx "0";\n',
        '#PT::Periodic::Unattended-Upgrade "0";\n',
        '#PT::Periodic::Enable "0";\n',
        'A T { Periodic { Unattended-Upgrade "0"; }; };\n',
        'Periodic::Unattended-Upgrade "0";\n',
        'APT::Periodic::Enable "perhaps";\n',
        "#clear APT::Periodic;\n",
        "#clear APT::Periodic::Unattended-Upgrade;\n",
        "#include /etc/apt/other;\n",
        "/* open\n",
        "{" * 40,
    ],
)
def test_a_file_that_is_not_understood_spoils_good_news(text: str) -> None:
    with pytest.raises(UnseenError):
        apt(ON, text)


def test_files_that_apt_leaves_alone_do_not_count() -> None:
    folder = "/etc/apt/apt.conf.d"
    for name in ("21x.ucf-dist", "21x.dpkg-old", "21x~", ".21x"):
        found = read(APT, {f"{folder}/20x": ON, f"{folder}/{name}": OFF})
        assert isinstance(found, Found)
        assert found.raw == "1"
    found = read(APT, {f"{folder}/20x": ON, f"{folder}/30x.conf": OFF})
    assert isinstance(found, Found)
    assert found.raw == "0"


def test_the_main_file_comes_last_and_no_found_name_is_shown() -> None:
    found = read(APT, {"/etc/apt/apt.conf.d/99sam": ON, "/etc/apt/apt.conf": OFF})
    assert isinstance(found, Found)
    assert found.raw == "0"
    found = read(APT, {"/etc/apt/apt.conf.d/99sam": ON})
    assert isinstance(found, Found)
    assert "sam" not in found.where


def test_nested_names_and_cleared_ones_are_whole() -> None:
    values, cleared = parse('A { B::C "1"; D { E "2"; "item"; }; }\n#clear A::B;\n')

    assert values == {"a::b::c": "1", "a::d::e": "2"}
    assert cleared == ("a::b",)


@pytest.mark.parametrize("name", ["99-my.local.conf", "99:mine", "90.bak.conf"])
def test_a_name_with_dots_is_one_that_apt_reads(name: str) -> None:
    files = {"/etc/apt/apt.conf.d/20auto-upgrades": ON, f"/etc/apt/apt.conf.d/{name}": OFF}
    found = read(APT, files)
    assert isinstance(found, Found)
    assert found.raw == "0"
