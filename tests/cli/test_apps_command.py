"""`privacy-check apps` as a program, over trees of files: what it names, and how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas" / "json-v1.schema.json"
STATUS = "/var/lib/dpkg/status"
LISTS = "/var/lib/dpkg/info"
MENU = "/usr/share/applications"
TELEGRAM = "https://desktop.telegram.org"
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey, but for the end of a line."""

Wire = dict[str, Any]


def package(name: str, home: str = "", state: str = "install ok installed", **more: str) -> str:
    lines = [f"Package: {name}", f"Status: {state}", "Architecture: amd64"]
    lines += [f"Version: {more.get('version', '1:2.3-4')}"]
    lines += [f"Homepage: {home}"] if home else []
    return "\n".join([*lines, "Description: made for a test", " of this program", "", ""])


BASE = package("base-files")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a copy of a computer's files with a home folder and nothing else."""
    (tmp_path / "home" / "sam").mkdir(parents=True)
    return tmp_path


def put(tree: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        place = tree / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def apps(*arguments: str, width: int = 80) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "privacy_check", "apps", *arguments],
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": str(width),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def text_of(tree: Path, *arguments: str, code: int = 0, width: int = 80) -> str:
    done = apps("--root", str(tree), "--home", "/home/sam", *arguments, width=width)
    assert (done.returncode, done.stderr) == (code, "")
    assert not OBEYED.search(done.stdout)
    return done.stdout


def wire_of(tree: Path, *arguments: str, code: int = 0) -> Wire:
    wire: Wire = json.loads(text_of(tree, "--format", "json", *arguments, code=code))
    schema = json.loads(SCHEMAS.read_text(encoding="utf-8"))
    form = next(one for one in schema["oneOf"] if "apps" in one["required"])
    jsonschema.validate(wire, schema)
    jsonschema.validate(wire, form)
    return wire


def entry(wire: Wire, name: str) -> Wire:
    found: Wire = next(app for app in wire["apps"] if app["id"] == name)
    return found


def here(wire: Wire) -> set[str]:
    return {app["id"] for app in wire["apps"] if app["installed"]}


def in_doubt(wire: Wire) -> set[str]:
    return {app["id"] for app in wire["apps"] if app["doubts"]}


def flat(text: str) -> str:
    return " ".join(text.split())


# What is there


def test_exactly_the_messengers_that_are_there_are_named(tree: Path) -> None:
    """Beside two real entries of Debian's list of packages stand programs of the same names."""
    stolen = "https://other.example"
    named = ("slack", "signal-desktop", "zoom", "discord")
    status = BASE + package("telegram-desktop", TELEGRAM) + package("jami", "https://jami.net")
    put(tree, {STATUS: status + "".join(package(name, stolen) for name in named)})
    put(tree, {f"{LISTS}/{name}.list": f"/.\n/usr/bin/{name}\n" for name in named})

    text, wire = text_of(tree), wire_of(tree)

    assert here(wire) == {"telegram", "jami"}
    assert in_doubt(wire) == set()
    for name in ("signal", "zoom", "discord", "slack-huddles"):
        assert entry(wire, name)["installed"] is False
    headings = [line for line in text.splitlines() if line.endswith("4)")]
    assert headings == ["Jami (Debian package 1:2.3-4)", "Telegram (Debian package 1:2.3-4)"]
    assert not re.search("Signal|Zoom|Discord|Slack", text)


def test_the_json_tells_of_all_apps_each_with_its_grades_and_reasons(tree: Path) -> None:
    put(tree, {STATUS: BASE + package("telegram-desktop", TELEGRAM)})

    wire = wire_of(tree)

    assert [app["id"] for app in wire["apps"]] == sorted(app["id"] for app in wire["apps"])
    assert {app["id"] for app in wire["apps"]} == {
        path.stem for path in (ROOT / "rules" / "apps").glob("*.toml")
    }
    for app in wire["apps"]:
        assert set(app["grades"]) == set(app["reasons"]) == {"one-to-one", "group", "text"}
        for use, reasons in app["reasons"].items():
            assert reasons, (app["id"], use)
            assert all(reason["says"] for reason in reasons)
            for reason in reasons:
                assert bool(reason["sources"]) == (reason["value"] != "unknown")
    telegram = entry(wire, "telegram")
    assert telegram["signs"] == [
        {"how": "package", "where": "Debian package telegram-desktop", "version": "1:2.3-4"}
    ]
    assert telegram["grades"]["text"] == "acceptable"


@pytest.mark.parametrize(
    "state",
    ["deinstall ok config-files", "purge ok not-installed", "deinstall ok not-installed"],
)
def test_what_a_removed_app_leaves_behind_is_not_the_app(tree: Path, state: str) -> None:
    put(tree, {STATUS: BASE + package("telegram-desktop", TELEGRAM, state)})
    put(tree, {f"{LISTS}/telegram-desktop.list": "/.\n/etc/telegram.conf\n"})
    put(tree, {"/home/sam/.local/share/TelegramDesktop/tdata/key": "x"})
    put(tree, {"/home/sam/.var/app/org.telegram.desktop/data/x": "x"})
    put(tree, {"/var/lib/flatpak/app/org.telegram.desktop/x86_64/stable/0a/metadata": "x"})
    put(tree, {f"{MENU}/org.telegram.desktop.desktop": "[Desktop Entry]\nExec=/usr/bin/gone\n"})
    put(tree, {"/home/sam/snap/telegram-desktop/current/x": "x"})

    wire = wire_of(tree)

    assert entry(wire, "telegram")["installed"] is False
    assert entry(wire, "telegram")["signs"] == []
    assert "Telegram" not in text_of(tree)


def test_what_cannot_be_told_is_said_to_be_unsure(tree: Path) -> None:
    """Without the list of its files nobody can say whose a package of that name is."""
    put(tree, {STATUS: BASE + package("zoom", "https://other.example") + package("discord")})

    wire, text = wire_of(tree), flat(text_of(tree))

    assert in_doubt(wire) == {"zoom", "discord"}
    assert entry(wire, "zoom")["installed"] is None
    assert "None of the apps we know was found" in text
    assert "Not sure whether it is here" in text
    assert "a package has the name zoom, and whose it is cannot be seen" in text


# What could not be looked at


def test_a_tree_with_nothing_says_nothing(tree: Path) -> None:
    wire, text = wire_of(tree, code=3), flat(text_of(tree, code=3))

    assert "Nothing could be looked at, so this says nothing about the apps here." in text
    assert {app["installed"] for app in wire["apps"]} == {None}
    assert wire["looked"] == []


@pytest.mark.parametrize(
    "status",
    [
        "",
        BASE[:-1],
        BASE[:40],
        BASE.replace("Status", "Ststus"),
        BASE + "x" * (17 * 1024 * 1024) + "\n\n",
    ],
    ids=["empty", "cut at its end", "cut", "a slip", "huge"],
)
def test_a_damaged_list_of_packages_calls_nothing_absent(tree: Path, status: str) -> None:
    put(tree, {STATUS: status})
    wire = wire_of(tree, code=3)

    assert {app["installed"] for app in wire["apps"]} == {None}
    assert any(line.startswith("Debian packages: ") for line in wire["unread"])
    assert "Could not read: Debian packages" in flat(text_of(tree, code=3))


def test_a_list_that_cannot_be_opened_is_said_so(tree: Path) -> None:
    put(tree, {f"{STATUS}/inside": BASE + package("jami", "https://jami.net")})

    wire = wire_of(tree, code=3)
    assert {app["installed"] for app in wire["apps"]} == {None}
    assert "Debian packages: a folder stands in its place" in wire["unread"]


def test_another_system_is_not_looked_into(tree: Path) -> None:
    put(tree, {STATUS: BASE + package("telegram-desktop", TELEGRAM)})
    text = flat(text_of(tree, "--platform", "macos", code=3))

    assert "Could not read: macos apps: not this system" in text
    assert "Telegram" not in text
    assert "cannot show here" not in text
    assert "cannot show here" in flat(text_of(tree))


def test_a_home_that_is_not_there_is_a_mistake(tree: Path) -> None:
    done = apps("--root", str(tree), "--home", "/home/nobody")

    assert done.returncode == 2
    assert "Name the home folder with --home." in done.stderr


# Hostile bytes


def test_nothing_that_a_terminal_obeys_is_passed_on(tree: Path) -> None:
    """Versions, file names and descriptions may hold anything; `text_of` looks at every letter."""
    escape = "\x1b]0;title\x07\x1b[31m\u202e"
    box = "/var/lib/flatpak/app/us.zoom.Zoom/x86_64/stable/active"
    release = "<component><releases><release version='6&#x9b;31m'/></releases></component>"
    put(
        tree,
        {
            STATUS: BASE + package("telegram-desktop", TELEGRAM, version=f"1{escape}2"),
            f"{MENU}/org.telegram.desktop._{escape}.desktop": '[Desktop Entry]\nExec="/opt/T\n',
            f"{box}/metadata": "[Application]\nname=us.zoom.Zoom\n",
            f"{box}/files/share/metainfo/us.zoom.Zoom.metainfo.xml": release,
            "/snap/slack/current/meta/snap.yaml": f'name: slack\nversion: "4{escape}"\n',
        },
    )

    wire = wire_of(tree)
    assert {"telegram", "zoom", "slack-huddles"} <= here(wire)
    signs = [sign for app in wire["apps"] for sign in app["signs"]]
    assert {sign["version"] for sign in signs} == {None}
    text_of(tree)


# Comparing


@pytest.mark.parametrize("width", [20, 40, 120])
@pytest.mark.parametrize("words", [(), ("group", "text"), ("video", "voice", "group", "text")])
def test_no_line_is_wider_than_the_window(tree: Path, width: int, words: tuple[str, ...]) -> None:
    put(tree, {STATUS: BASE + package("telegram-desktop", TELEGRAM) + package("zoom")})
    options = [part for word in words for part in ("--for", word)]

    lines = text_of(tree, *options, width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_a_comparison_needs_nothing_to_be_read(tree: Path) -> None:
    assert "Strong\n  Signal [signal]:" in text_of(tree, "--for", "video")


def test_an_app_that_is_here_is_marked_in_the_comparison(tree: Path) -> None:
    put(tree, {STATUS: BASE + package("telegram-desktop", TELEGRAM)})

    text = text_of(tree, "--for", "video")
    assert "Telegram [telegram, here]: " in text
    assert text.count(", here]") == 1


def test_of_equal_grades_the_reasons_are_those_of_the_least_encrypted_use(tree: Path) -> None:
    """Messenger's calls of two are encrypted by default, those of more by choice alone."""
    one = flat(text_of(tree, "--for", "video"))
    both = flat(text_of(tree, "--for", "video", "--for", "group"))

    assert "Messenger (Facebook) [messenger]: Encrypted from end to end by default." in one
    assert (
        "Messenger (Facebook) [messenger], call of more people: "
        "End-to-end encryption has to be switched on." in both
    )


def test_only_what_offers_everything_planned_is_compared(tree: Path) -> None:
    text = text_of(tree, "--for", "text")
    assert "[sms]" in text
    assert "[facetime]" not in text

    text = text_of(tree, "--for", "text", "--for", "voice")
    assert "[sms]" not in text
    assert "[telegram]" in text


def test_the_same_word_twice_is_one(tree: Path) -> None:
    once, twice = (text_of(tree, *["--for", "video"] * times) for times in (1, 2))
    assert once.splitlines()[1:] == twice.splitlines()[1:]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--for", "letters"], "Invalid value for '--for'"),
        (["--cache", "answers"], "--cache goes with --online"),
        (["--online", "--cache", ""], "--cache wants the name of a file."),
        (["--online", "--cache", "-"], "--cache wants the name of a file."),
        (["--online", "--for", "video"], "Take one of them."),
        (["--format", "markdown"], "Invalid value for '--format'"),
        (["--rules", "nowhere"], "nowhere"),
    ],
)
def test_a_mistake_in_the_options_is_named(arguments: list[str], said: str) -> None:
    done = apps(*arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
