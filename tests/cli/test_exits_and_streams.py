"""How the command line ends, where it writes, and what it says when it is used wrongly."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from privacy_check.cli import cli

Start = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def call(*arguments: str) -> Ended:
    """Run the command in this process, which is much faster than starting one."""
    result = CliRunner().invoke(cli, arguments)
    return Ended(returncode=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def rule(name: str, severity: str, setting: str, good: str = "off") -> str:
    return f"""id = "{name}"
title = "A rule named {name}"
phase = "prepare"
severity = "{severity}"
profiles = ["close", "care", "legal", "source", "audit"]
channels = ["video", "voice", "text"]
why = "It is looked at here."
settings = [{{ id = "{setting}", good = ["{good}"] }}]
sources = [{{ title = "A test", where = "here", kind = "project", checked = 2026-11-22 }}]
"""


def setting(name: str, file: str, rest: str = "") -> str:
    return f"""id = "{name}"
title = "The setting {name}"
topic = "lock"
[values]
on = "It is on."
off = "It is off."
[linux]
read = {{ kconfig = "{file}", group = "A", key = "B", type = "bool" }}
map = {{ true = "on", false = "off" }}
change = ["Switch it there."]
undo = ["Switch it back."]
confidence = "documented"
tested_on = []
sources = [{{ title = "A test", where = "here", checked = 2026-11-22 }}]
{rest}"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return rules for four settings: open (medium), good (high), broken (low), gone (info)."""
    folder = tmp_path / "rules"
    (folder / "advice" / "prepare").mkdir(parents=True)
    (folder / "settings").mkdir()
    levels = {"open": "medium", "good": "high", "broken": "low", "gone": "info"}
    for name, severity in levels.items():
        (folder / "advice" / "prepare" / f"rule-{name}.toml").write_text(
            rule(f"rule-{name}", severity, f"set-{name}")
        )
        rest = 'applies = { path = "~/.config/nowhere" }\n' if name == "gone" else ""
        text = setting(f"set-{name}", f"{name}rc")
        head, table, body = text.partition("[linux]\n")
        (folder / "settings" / f"set-{name}.toml").write_text(head + table + rest + body)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    config = tmp_path / "tree" / "home" / "sam" / ".config"
    config.mkdir(parents=True)
    (config / "openrc").write_text("[A]\nB=true\n")
    (config / "goodrc").write_text("[A]\nB=false\n")
    (config / "brokenrc").write_text("[A]\nB=fal")
    return tmp_path / "tree"


def places(rules: Path, tree: Path) -> list[str]:
    return ["--rules", str(rules), "--root", str(tree), "--home", "/home/sam"]


@pytest.mark.parametrize(
    ("level", "expected"), [(None, 0), ("info", 10), ("low", 10), ("medium", 10), ("high", 0)]
)
def test_fail_on_counts_settings_at_or_above_the_level(
    level: str | None, expected: int, rules: Path, tree: Path
) -> None:
    extra = ["--fail-on", level] if level else []

    assert call(*places(rules, tree), *extra).returncode == expected


@pytest.mark.parametrize(
    ("level", "expected"), [("info", 11), ("low", 11), ("medium", 0), ("high", 0)]
)
def test_what_could_not_be_read_is_eleven_when_nothing_is_open(
    level: str, expected: int, rules: Path, tree: Path
) -> None:
    (tree / "home/sam/.config/openrc").write_text("[A]\nB=false\n")

    assert call(*places(rules, tree), "--fail-on", level).returncode == expected


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("extra", [[], ["--quiet"], ["--all"]])
def test_the_exit_code_is_the_same_for_every_format(
    form: str, extra: list[str], rules: Path, tree: Path
) -> None:
    result = call(*places(rules, tree), "--fail-on", "low", "--format", form, *extra)

    assert result.returncode == 10


def test_nothing_checked_is_three(rules: Path, tree: Path) -> None:
    for name in ("openrc", "goodrc", "brokenrc"):
        (tree / "home/sam/.config" / name).unlink()

    assert call(*places(rules, tree)).returncode == 3
    assert call(*places(rules, tree), "--platform", "windows").returncode == 3
    assert call("--platform", "android").returncode == 3


def test_only_unreadable_settings_are_eleven_with_a_level_and_three_without(
    rules: Path, tree: Path
) -> None:
    for name in ("openrc", "goodrc"):
        (tree / "home/sam/.config" / name).write_text("?\n")

    assert call(*places(rules, tree)).returncode == 3
    assert call(*places(rules, tree), "--fail-on", "info").returncode == 11


def test_a_broken_rule_file_is_two_with_its_line(rules: Path, tree: Path) -> None:
    path = rules / "settings" / "set-open.toml"
    path.write_text(path.read_text().replace("topic =", "topik ="))
    result = call(*places(rules, tree))

    assert (result.returncode, result.stdout) == (2, "")
    assert "set-open.toml:3: topik" in result.stderr
    assert "Nothing was checked." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "Did you mean"),
        (["settigns"], '"settings"'),
        (["explain", "notification-off"], '"notifications-off"'),
        (["run", "--profil", "care"], "--profile"),
        (["run", "--profile", "carer"], "'care'"),
        (["run", "--fail-on", "severe"], "'high'"),
        (["run", "--root", "/not/there"], "does not exist"),
        (["run", "--home", "/home/sam"], "--home goes with --root"),
        (["run", "--rules", "/not/there"], "/not/there"),
        (["explain"], "ID"),
        (["rules", "lsit"], "list"),
    ],
)
def test_wrong_use_is_two_and_names_what_was_meant(arguments: list[str], said: str) -> None:
    result = call(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert said.lower() in result.stderr.lower()
    assert "Traceback" not in result.stderr


def test_a_name_with_control_characters_is_not_printed_as_it_is(start: Start) -> None:
    result = start("explain", "\x1b[31mred\u202e")

    assert result.returncode == 2
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


def test_a_home_that_is_not_in_the_tree_is_wrong_use(tree: Path) -> None:
    for extra in ([], ["--home", "/home/alex"]):
        result = call("--root", str(tree), *extra)
        assert (result.returncode, result.stdout) == (2, "")
        assert "is no folder inside" in result.stderr


def test_a_home_may_be_written_without_its_slash(rules: Path, tree: Path) -> None:
    result = call(
        "--rules", str(rules), "--root", str(tree), "--home", "home/sam", "--fail-on", "low"
    )

    assert result.returncode == 10


def test_interrupted_is_130(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="bus-") as folder, socket.socket(socket.AF_UNIX) as bus:
        bus.bind(f"{folder}/bus")
        bus.listen()
        bus.settimeout(20)
        process = subprocess.Popen(
            [sys.executable, "-m", "privacy_check"],
            env={
                "HOME": str(tmp_path),
                "XDG_CURRENT_DESKTOP": "KDE",
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
                "PYTHONPATH": str(ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        waiting, _ = bus.accept()  # now it waits for an answer that never comes
        process.send_signal(signal.SIGINT)
        said, told = process.communicate(timeout=20)
        waiting.close()

    assert (process.returncode, said, told.strip()) == (130, "", "Stopped.")


def test_without_a_command_options_of_run_are_understood(start: Start) -> None:
    report = json.loads(start("--format", "json").stdout)

    assert report["schema"] == "json-v1"
    assert report["findings"]


def test_the_version_and_the_help_are_the_program_s_own(start: Start) -> None:
    assert re.fullmatch(r"privacy-check \d+\.\d+.*\n", start("--version").stdout)
    for flag in ("-h", "--help"):
        shown = start(flag)
        assert shown.returncode == 0
        assert "Commands" in shown.stdout


def test_quiet_prints_nothing(rules: Path, tree: Path) -> None:
    result = call(*places(rules, tree), "--quiet", "--fail-on", "low")

    assert (result.returncode, result.stdout, result.stderr) == (10, "", "")


def test_quiet_still_writes_the_file(rules: Path, tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    result = call(*places(rules, tree), "--quiet", "-o", str(out), "--format", "json")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert json.loads(out.read_text())["schema"] == "json-v1"


def test_a_report_file_is_private_whole_and_new(rules: Path, tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "report.md"
    out.parent.mkdir()
    result = call(*places(rules, tree), "--format", "markdown", "-o", str(out))

    assert (result.returncode, result.stdout) == (0, "")
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.read_text().startswith("# Call checklist")
    assert os.listdir(out.parent) == ["report.md"]


def test_an_existing_file_is_kept_without_force(rules: Path, tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "notes.txt"
    out.parent.mkdir()
    out.write_text("mine")
    refused = call(*places(rules, tree), "-o", str(out))

    assert (refused.returncode, out.read_text()) == (2, "mine")
    assert "--force" in refused.stderr
    assert call(*places(rules, tree), "-o", str(out), "--force").returncode == 0
    assert out.read_text().startswith("Call checklist")
    assert out.stat().st_mode & 0o777 == 0o600
    assert os.listdir(out.parent) == ["notes.txt"]


@pytest.mark.parametrize("target", ["mine.txt", "not-there"])
def test_a_link_is_never_followed(target: str, rules: Path, tree: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    out = folder / "report"
    out.symlink_to(target)
    refused = call(*places(rules, tree), "-o", str(out))

    assert (refused.returncode, out.is_symlink()) == (2, True)
    assert call(*places(rules, tree), "-o", str(out), "--force").returncode == 0
    assert not out.is_symlink()
    assert (folder / "mine.txt").read_text() == "mine"
    assert sorted(os.listdir(folder)) == ["mine.txt", "report"]


@pytest.mark.parametrize("where", ["not/there/report", "file/report", "", "."])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_path_that_cannot_be_written_is_wrong_use(
    where: str, force: list[str], rules: Path, tree: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "file").write_text("mine")
    result = call(*places(rules, tree), "-o", str(folder / where), *force)

    assert (result.returncode, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert "fault in privacy-check" not in result.stderr
    assert os.listdir(folder) == ["file"]


def test_an_empty_output_name_is_wrong_use(rules: Path, tree: Path, start: Start) -> None:
    assert start(*places(rules, tree), "-o", "").returncode == 2


def test_a_full_disk_is_told(rules: Path, tree: Path, start: Start) -> None:
    result = start(*places(rules, tree), "-o", "/dev/full")

    assert result.returncode == 2
    assert "Traceback" not in result.stderr


READS = """
import os, sys
home = os.environ["HOME"]
opened = []
def note(event, arguments):
    if event in ("open", "os.listdir", "os.scandir"):
        path = arguments[0]
        path = os.fsdecode(path) if isinstance(path, (str, bytes)) else ""
        if path.startswith((home, "/proc", "/sys", "/run", "/etc/xdg", "/etc/gdm", "/etc/sddm")):
            opened.append(path)
sys.addaudithook(note)
from privacy_check.cli import main
try:
    main()
finally:
    print(*opened, file=sys.stderr)
"""


def test_explain_reads_reads_nothing(start: Start) -> None:
    told = start("--explain-reads", code=READS)
    read = start(code=READS)

    assert (told.returncode, told.stderr.strip()) == (0, "")
    assert "notification-banners (linux/gnome)" in told.stdout
    assert "Nothing was read" in told.stdout
    assert len(read.stderr.split()) > 10  # the same watch sees what a run reads


def test_output_in_a_pipe_has_no_escape_and_no_carriage_return(start: Start) -> None:
    for arguments in ([], ["--all"], ["settings"], ["explain", "screen-lock"], ["--help"]):
        shown = start(*arguments, variables={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
        assert "\x1b" not in shown.stdout + shown.stderr
        assert "\r" not in shown.stdout


def test_no_color_is_honoured_on_a_terminal_too(tmp_path: Path) -> None:
    read, write = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "privacy_check"],
        stdout=write,
        stderr=write,
        env={
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
            "TERM": "xterm-256color",
        },
        timeout=60,
        check=True,
    )
    os.close(write)
    shown = os.read(read, 65536)
    os.close(read)

    assert b"Call checklist" in shown
    assert b"\x1b" not in shown


@pytest.mark.parametrize("language", ["C", "C.UTF-8", "de_DE.ISO-8859-1"])
def test_any_locale_can_print_the_report(
    language: str, rules: Path, tree: Path, start: Start
) -> None:
    path = rules / "settings" / "set-open.toml"
    path.write_text(path.read_text().replace("It is on.", "Es läuft: 🔔 … “an”."), encoding="utf-8")
    variables = {"LC_ALL": language, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = start(*places(rules, tree), variables=variables)

    assert (result.returncode, result.stderr) == (0, "")
    assert "Es l" in result.stdout


def test_a_reader_who_leaves_is_no_fault(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        [sys.executable, "-m", "privacy_check", "settings", "--all"],
        stdout=write,
        stderr=subprocess.PIPE,
        env={"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    os.close(write)

    assert result.stderr == ""
    assert result.returncode in (0, 141)


@pytest.mark.parametrize("columns", ["20", "-5", "x"])
def test_any_width_is_taken(columns: str, start: Start) -> None:
    result = start(variables={"COLUMNS": columns})

    assert (result.returncode, result.stderr) == (0, "")


def test_an_odd_environment_is_no_fault(start: Start) -> None:
    for variables in (
        {"HOME": "/not/there"},
        {"HOME": "relative"},
        {"XDG_CONFIG_HOME": "relative", "XDG_CONFIG_DIRS": ":::", "XDG_DATA_DIRS": "x:y"},
        {"DBUS_SESSION_BUS_ADDRESS": "nonsense"},
        {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port=9"},
        {"DCONF_PROFILE": "../../etc/passwd"},
        {"GSETTINGS_SCHEMA_DIR": ":", "XDG_CURRENT_DESKTOP": ":::GNOME:\x1b[31m"},
    ):
        result = start("--format", "json", variables=variables)
        assert result.returncode in (0, 3), variables
        assert result.stderr == "", variables
        json.loads(result.stdout)
