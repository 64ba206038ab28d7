"""Rule folders from anybody: whatever is in them, the command names it calmly and reads nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from rule_folders import (
    HIDDEN,
    LISTED,
    LISTED_FILE,
    PROGRAMS,
    PROGRAMS_FILE,
    ROOT,
    RULE,
    RULE_FILE,
    SETTING,
    SETTING_FILE,
    SOUND,
    call,
    line_with,
    problem_lines,
    problems,
    swap,
    write,
)

NOBODY = 65534


@dataclass(frozen=True, kw_only=True)
class Spoiled:
    """A sound folder with one thing put in, and what has to be said: file, line, how it starts."""

    file: str
    content: str | bytes
    line: int
    said: str
    beside: Mapping[str, str] | None = None

    def files(self) -> dict[str, str | bytes]:
        return {**(SOUND if self.beside is None else self.beside), self.file: self.content}


def spoiled(file: str, old: str, new: str, said: str, at: str = "") -> Spoiled:
    """Return the folder with one piece of a file replaced; the problem is where `at` starts."""
    text = swap(SOUND[file], old, new)
    return Spoiled(file=file, content=text, line=line_with(text, at or new), said=said)


READ = '{ environment = "XDG_SESSION_TYPE" }'
SOURCE = '{ title = "A manual", where = "example : man/", checked = 2026-11-22 }'


def read_as(form: str, said: str) -> Spoiled:
    return spoiled(SETTING_FILE, READ, form, said, "read = ")


def path_is_refused(path: str, *, way: str = "json") -> Spoiled:
    forms = {
        "json": f'{{ json = "{path}", pointer = "/a" }}',
        "ini": f'{{ ini = ["{path}"], section = "a", key = "b" }}',
        "folder": f'{{ folder = "{path}", tell = "entries" }}',
        "sysfs": f'{{ sysfs = "{path}" }}',
    }
    key = {"json": "json.1", "ini": "ini.1", "folder": "folder", "sysfs": "sysfs"}[way]
    return read_as(forms[way], f"linux.read.{key}: this is not a path below one of: ")


def unknown_key(file: str, before: str, key: str, said: str) -> Spoiled:
    return spoiled(file, before, f"{key} = 1\n{before}", said, f"{key} = 1")


DEEP = "settings/deep.toml"
TOO_DEEP = "this file is nested too deeply"

SPOILED: dict[str, Spoiled] = {
    # Size and depth.
    "100,000 brackets": Spoiled(file=DEEP, content="a = " + "[" * 100_000, line=1, said=TOO_DEEP),
    "100,000 closed brackets": Spoiled(
        file=DEEP, content=f"a = {'[' * 100_000}{']' * 100_000}", line=1, said=TOO_DEEP
    ),
    "100,000 tables": Spoiled(file=DEEP, content="a = " + "{a=" * 60_000, line=1, said=TOO_DEEP),
    "100,000 dots": Spoiled(file=DEEP, content=f"a{'.a' * 100_000} = 1", line=1, said=TOO_DEEP),
    "thirteen lists": Spoiled(
        file=DEEP,
        content=f"a = {'[' * 13}{']' * 13}",
        line=1,
        said="tables and lists are nested more than 12 deep",
    ),
    "a huge file": Spoiled(
        file=DEEP, content="# " + "x" * 300_000, line=1, said="this file is larger than 256 KiB"
    ),
    "a number of 5,000 digits": Spoiled(
        file=DEEP, content=f"a = {'1' * 5_000}", line=1, said="not TOML: "
    ),
    "a hexadecimal number of 5,000 digits": spoiled(
        RULE_FILE, '["video", "voice"]', f"[0x{'f' * 5_000}]", "channels.1: this should be one of"
    ),
    # Not the text that it should be.
    "not UTF-8": Spoiled(
        file=DEEP, content=b'a = 1\n# \xc3\xa4\nb = "\xff"\n', line=3, said="this is not UTF-8 text"
    ),
    "cut in a character": Spoiled(
        file=DEEP, content=b"a = 1\n\n# \xc3", line=3, said="this is not UTF-8 text"
    ),
    "UTF-16": Spoiled(
        file=DEEP, content="a = 1\n".encode("utf-16"), line=1, said="this is not UTF-8 text"
    ),
    "a NUL": spoiled(RULE_FILE, "The room", "The \x00 room", "not TOML: ", "title = "),
    "an escape sequence": spoiled(RULE_FILE, "The room", "\x1b[31mThe", "not TOML: ", "title = "),
    "a colour by escape": spoiled(
        RULE_FILE, "The room", "\\u001b[31mThe", "title: this text holds a control ", "title = "
    ),
    "a line end in a title": spoiled(
        RULE_FILE, "The room", "The\\nroom", "title: this text holds a control ", "title = "
    ),
    "text turned around": spoiled(
        RULE_FILE, "The room", "\u202eThe", "title: this text holds a control ", "title = "
    ),
    "an isolate": spoiled(
        RULE_FILE, "The room", "\u2067The", "title: this text holds a control ", "title = "
    ),
    "an Arabic letter mark": spoiled(
        RULE_FILE, "The room", "\u061cThe", "title: this text holds a control ", "title = "
    ),
    "a control character in a key": spoiled(
        RULE_FILE, "why =", '"\\u001b[2J" = 1\nwhy =', "\ufffd[2J: unknown key; ", '"\\u001b'
    ),
    "a control character in a free key": spoiled(
        SETTING_FILE, 'on = "P', '"\\u001b[2J" = "x"\non = "P', "values.\ufffd[2J: ", '"\\u001b'
    ),
    "a control character in a word": spoiled(
        RULE_FILE, '"low"', '"\\u001b[2J"', 'severity: "\ufffd[2J" is not one of: ', "severity"
    ),
    "a control character in the name of a variant": Spoiled(
        file=LISTED_FILE,
        content=LISTED.replace("linux.any", 'linux."\\u001b[2J"'),
        line=line_with(LISTED, "[linux.any]"),
        said="linux.\ufffd[2J: ",
    ),
    "a syntax error": spoiled(RULE_FILE, "phase =", "phase ==", "not TOML: "),
    "a text without an end": spoiled(RULE_FILE, '"The room is quiet"', '"The room', "not TOML: "),
    "a duplicate key": spoiled(
        RULE_FILE, "why =", 'title = "Again"\nwhy =', "not TOML: ", 'title = "Again"'
    ),
    "a duplicate table": spoiled(
        SETTING_FILE, "[linux]", "[values]\n[linux]", "not TOML: ", "[values]\n[linux]"
    ),
    "a key that looks like a place": spoiled(
        RULE_FILE,
        "why =",
        'x = {"(at line 99, column 1)" = 1, "(at line 99, column 1)" = 2}\nwhy =',
        "not TOML: ",
        "x = {",
    ),
    # Types.
    "a number for text": spoiled(RULE_FILE, '"The room is quiet"', "5", "title: this should be"),
    "a time for text": spoiled(
        RULE_FILE, '"The room is quiet"', "07:32:00", "title: this should be"
    ),
    "text for a list": spoiled(
        RULE_FILE, '["video", "voice"]', '"video"', "channels: this should be a list in [ ], "
    ),
    "a list for a table": spoiled(
        SETTING_FILE,
        '[values]\non = "Pop-ups are shown."\noff =',
        "values = []\n[x]\noff =",
        "values: this should be a table, not a list",
    ),
    "text for a flag": spoiled(
        RULE_FILE,
        'good = "yes"',
        'good = "yes"\nmay_not_apply = "no"',
        "question.may_not_apply: this should be true or false, not text",
        "may_not_apply",
    ),
    "text for a date": spoiled(
        RULE_FILE, "2026-11-22", '"soon"', "sources.1.checked: this should be a date like"
    ),
    "a time for a date": spoiled(
        RULE_FILE, "2026-11-22", "2026-11-22T10:00:00Z", "sources.1.checked: this should be a date"
    ),
    "a day that does not exist": spoiled(RULE_FILE, "2026-11-22", "2026-02-30", "not TOML: "),
    "a number for a platform": spoiled(
        LISTED_FILE,
        "[linux.any]",
        "[linux]\nodd = 5\n[linux.any]",
        "linux.odd: this should be a ",
        "odd = 5",
    ),
    "an empty platform": Spoiled(
        file=SETTING_FILE,
        content=SETTING[: SETTING.index("[linux]")] + "[linux]\n",
        line=line_with(SETTING, "[linux]\n"),
        said="linux: ",
    ),
    "no platform": Spoiled(
        file=SETTING_FILE,
        content=SETTING[: SETTING.index("[linux]")],
        line=1,
        said="no platform table; known: linux, ",
    ),
    # Keys.
    "an unknown key": unknown_key(
        RULE_FILE, "why =", "titel", "titel: unknown key; known here: id, title, "
    ),
    "an unknown key of a variant": unknown_key(
        SETTING_FILE, "change =", "shell", "linux.shell: unknown key; known here: "
    ),
    "an unknown key of a case": unknown_key(
        SETTING_FILE, "outcome =", "run", "linux.cases.1.run: unknown key; known here: "
    ),
    "a key of 70 characters": unknown_key(
        RULE_FILE, "why =", "k" * 70, "k" * 60 + ": unknown key; known here: "
    ),
    "an escaped key": spoiled(
        RULE_FILE, "why =", '"\\u0078" = 1\nwhy =', "x: unknown key; known here: ", '"\\u0078"'
    ),
    "an unknown platform": spoiled(
        SETTING_FILE,
        "[[linux.cases]]",
        "[linx.one]\nread = 1\n\n[[linux.cases]]",
        "linx: unknown key; ",
        "[linx.one]",
    ),
    "a missing key": Spoiled(
        file=RULE_FILE,
        content=swap(RULE, 'why = "A pop-up can be read by the other person."\n', ""),
        line=1,
        said="why: this key is missing: ",
    ),
    # What does not fit together.
    "an id that is not the file's": spoiled(
        RULE_FILE, 'id = "quiet-room"', 'id = "loud-room"', "id: the id and the file name "
    ),
    "an id with a capital": spoiled(RULE_FILE, '"quiet-room"', '"Quiet-room"', "id: this is not "),
    "a setting nobody uses": Spoiled(
        file="settings/spare.toml",
        content=swap(SETTING, 'id = "pop-ups"', 'id = "spare"'),
        line=1,
        said="id: no rule uses this setting",
    ),
    "a program list nobody uses": Spoiled(
        file="programs/spare.toml",
        content=swap(PROGRAMS, 'id = "watchers"', '# spare\nid = "spare"'),
        line=2,
        said="id: no setting uses this list",
    ),
    "an unknown setting": spoiled(
        RULE_FILE,
        'id = "watchers-running"\ngood = ["none"]',
        'id = "watchers-running"\ngood = ["none"]\n[[settings]]\nid = "pop-up"\ninforms = true',
        'settings.3.id: there is no setting "pop-up" (did you mean "pop-ups"?)',
        'id = "pop-up"\n',
    ),
    "an unknown list": Spoiled(
        file="settings/others.toml",
        content=LISTED.replace('"watchers"', '"wachers"').replace("watchers-running", "others"),
        line=line_with(LISTED, "read ="),
        said='linux.any.read: there is no program list "wachers" (did you mean "watchers"?)',
        beside={
            **SOUND,
            RULE_FILE: RULE + '[[settings]]\nid = "others"\ngood = ["none"]\n',
        },
    ),
    "a good word without a meaning": spoiled(
        RULE_FILE, '["off"]', '["of"]', 'settings.1.good: "of" is not one of the values: on, off'
    ),
    "any other text looks good": spoiled(
        SETTING_FILE,
        'x11 = "off" }',
        '"*" = "off" }',
        "linux.map.*: a text that was never seen before cannot look good",
    ),
    "a map to an unknown word": spoiled(
        SETTING_FILE, 'x11 = "off" }', 'x11 = "shut" }', 'linux.map.x11: "shut" is not one of '
    ),
    "a range backwards": spoiled(
        SETTING_FILE, 'x11 = "off" }', '"9..3" = "off" }', "linux.map.9..3: the range ends before"
    ),
    "a default that is not known": spoiled(
        SETTING_FILE, "tested_on = []", 'tested_on = []\nunset = "shut"', "linux.unset: ", "unset"
    ),
    "a fixture that is not there": spoiled(
        SETTING_FILE,
        'outcome = "value"',
        'files = { "~/.config/x" = "x/y" }\noutcome = "value"',
        'linux.cases.1.files.~/.config/x: there is no file "x/y" in fixtures/',
        "files =",
    ),
    "a fixture outside": spoiled(
        SETTING_FILE,
        'outcome = "value"',
        'files = { "~/.config/x" = "../settings/pop-ups.toml" }\noutcome = "value"',
        "linux.cases.1.files.~/.config/x: there is no file ",
        "files =",
    ),
    # Ways to read.
    "a way that does not exist": read_as(
        '{ shell = "ls" }', "linux.read: this table should have exactly one of the keys: dconf, "
    ),
    "two ways at once": read_as(
        '{ environment = "XDG_SESSION_TYPE", devices = "camera" }',
        "linux.read: this table should have exactly one of the keys: dconf, ",
    ),
    "no way": read_as("{}", "linux.read: this table should have exactly one of the keys: dconf, "),
    "a way as text": read_as('"environment"', "linux.read: this should be a table, not text"),
    "another variable": read_as(
        '{ environment = "SSH_AUTH_SOCK" }', 'linux.read.environment: "SSH_AUTH_SOCK" is not one of'
    ),
    "a method not on the list": read_as(
        '{ dbus = "session", name = "org.a.B", path = "/a", interface = "org.a.B", '
        'method = "SetActive" }',
        'linux.read.method: "SetActive" is not one of: GetActive, ',
    ),
    "a method of another interface": read_as(
        '{ dbus = "session", name = "org.a.B", path = "/a", interface = "org.a.B", '
        'method = "GetActive" }',
        "linux.read: GetActive belongs to the interface org.gnome.ScreenSaver",
    ),
    "a property and a method": read_as(
        '{ dbus = "session", name = "org.a.B", path = "/a", interface = "org.a.B", '
        'method = "GetActive", property = "A" }',
        "linux.read: give either a property or a method",
    ),
    "half an ini key": read_as(
        '{ ini = "/etc/a.conf", key = "b" }', "linux.read: give either section and key, or count"
    ),
    # Paths.
    "the account list": path_is_refused("/shadow"),
    "a path by itself": path_is_refused("/etc"),
    "a path beside a base": path_is_refused("/etcetera/x"),
    "another home": path_is_refused("/home/sam/.config/x"),
    "keys in the home": path_is_refused("~/.ssh/id_ed25519"),
    "a way up": path_is_refused("~/.config/../.ssh/id_ed25519"),
    "a way up at the end": path_is_refused("/etc/x/.."),
    "a way up at the start": path_is_refused("../x"),
    "a way on the spot": path_is_refused("/etc/./x"),
    "two slashes": path_is_refused("/etc//x"),
    "a pattern where none goes": path_is_refused("/etc/*"),
    "a way up in a pattern": path_is_refused("/etc/*/../x", way="ini"),
    "a process": path_is_refused("/proc/1/environ", way="ini"),
    "a folder outside": path_is_refused("~/.gnupg/x", way="folder"),
    "a kernel file outside": path_is_refused("/sys/kernel/x", way="sysfs"),
    "a kernel file above": path_is_refused("/sys/class/../kernel/x", way="sysfs"),
    "a program's file outside": spoiled(
        PROGRAMS_FILE,
        'processes = ["watcher"]',
        'installed = ["/home/x"]',
        "programs.1.installed.1: this is not a path below one of: ",
    ),
    # Places.
    "a file in no known place": Spoiled(
        file="notes/x.toml", content="", line=1, said="this file stands in no known place: "
    ),
    "a file at the top": Spoiled(
        file="x.toml", content="", line=1, said="this file stands in no known place: "
    ),
    "a rule in another phase": Spoiled(
        file="advice/after/quiet-room.toml",
        content=RULE,
        line=line_with(RULE, "phase ="),
        said="phase: this rule belongs in advice/prepare/",
        beside={name: text for name, text in SOUND.items() if name != RULE_FILE},
    ),
}


def test_the_folder_that_is_spoiled_is_sound(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    result = call("rules", "lint", tmp_path)
    assert (result.exit_code, result.output) == (0, "4 files, no problems.\n")


@pytest.mark.parametrize("name", SPOILED)
def test_one_spoiled_thing_is_named(name: str, tmp_path: Path) -> None:
    case = SPOILED[name]
    write(tmp_path, case.files())
    found = problems(call("rules", "lint", tmp_path), tmp_path)
    here = [item for item in found if item.file == case.file and item.line == case.line]
    assert any(item.text.startswith(case.said) for item in here), found


@pytest.mark.parametrize("name", SPOILED)
def test_a_run_says_the_same_and_looks_at_nothing(name: str, tmp_path: Path) -> None:
    case = SPOILED[name]
    write(tmp_path, case.files())
    linted = call("rules", "lint", tmp_path)
    for command in (["run"], ["run", "--format", "json"], ["settings"], ["rules", "test"]):
        result = call(*command, "--rules", tmp_path)
        assert (result.exit_code, result.stdout) == (2, ""), result.exception
        assert result.stderr == linted.stdout


ODD_RANGES = ("\u00b2..3", "--5..3", "1..-", "1.2.3..0", "..", "\u0665..3", "nan..1", "1e9..2")


@pytest.mark.parametrize("odd", ODD_RANGES)
def test_an_odd_range_never_stops_the_check(odd: str, tmp_path: Path) -> None:
    files = {**SOUND, SETTING_FILE: swap(SETTING, 'x11 = "off"', f'"{odd}" = "off"')}
    result = call("rules", "lint", write(tmp_path, files))
    assert result.exit_code in (0, 2), result.exception


def test_the_same_id_twice_names_both_files(tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, "settings/more/pop-ups.toml": "\n" + SETTING})
    (found,) = problems(call("rules", "lint", tmp_path), tmp_path)
    assert (found.file, found.line) == ("settings/more/pop-ups.toml", 2)
    other = tmp_path / SETTING_FILE
    assert found.text == f'id: the id "pop-ups" is already used in {other}'


def test_two_pillars_of_a_kind_are_named(tmp_path: Path) -> None:
    pillar = swap(RULE, "channels =", 'pillar = "app"\nchannels =')
    other = swap(pillar, '"quiet-room"', '"silent-room"')
    write(tmp_path, {**SOUND, RULE_FILE: pillar, "advice/prepare/silent-room.toml": other})
    (found,) = problems(call("rules", "lint", tmp_path), tmp_path)
    assert (found.file, found.line) == ("advice/prepare/silent-room.toml", 6)
    assert found.text == 'pillar: the pillar "app" is already carried by quiet-room'


@pytest.mark.parametrize("broken", [SETTING_FILE, PROGRAMS_FILE])
def test_what_is_broken_is_not_called_missing_too(broken: str, tmp_path: Path) -> None:
    """One mistake gives one line: the files that name the broken one are not blamed."""
    write(tmp_path, {**SOUND, broken: re.sub("title = .*", "title = 5", SOUND[broken], count=1)})
    (found,) = problems(call("rules", "lint", tmp_path), tmp_path)
    assert (found.file, found.line) == (broken, 2)


def test_a_broken_rule_does_not_make_its_settings_unused(tmp_path: Path) -> None:
    write(tmp_path, {**SOUND, RULE_FILE: swap(RULE, '"The room is quiet"', "5")})
    (found,) = problems(call("rules", "lint", tmp_path), tmp_path)
    assert (found.file, found.line) == (RULE_FILE, 2)


def test_ten_thousand_unknown_keys_do_not_take_long(tmp_path: Path) -> None:
    many = "\n".join(f"k{i} = 1" for i in range(10_000))
    write(tmp_path, {**SOUND, SETTING_FILE: many})
    result = in_a_process("rules", "lint", str(tmp_path), seconds=5)
    assert len(problem_lines(result.stdout, tmp_path)) >= 1
    assert result.returncode == 2


# What only a file system can hold.

Spoil = Callable[[Path], None]


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "settings/x.toml")


def a_folder(folder: Path) -> None:
    (folder / "settings/x.toml").mkdir()


def link_out(folder: Path) -> None:
    (folder / "settings/x.toml").symlink_to("/etc/hostname")


def link_up(folder: Path) -> None:
    (folder / "settings/x.toml").symlink_to(f"../../{folder.name}-beside.toml")
    folder.with_name(f"{folder.name}-beside.toml").write_text(SETTING, encoding="utf-8")


def link_to_a_device(folder: Path) -> None:
    (folder / "settings/x.toml").symlink_to("/dev/zero")


def link_loop(folder: Path) -> None:
    (folder / "settings/x.toml").symlink_to("y.toml")
    (folder / "settings/y.toml").symlink_to("x.toml")


def link_to_nothing(folder: Path) -> None:
    (folder / "settings/x.toml").symlink_to("nothing.toml")


def linked_folder(folder: Path) -> None:
    (folder / "settings/more").symlink_to("/etc")


def linked_folder_loop(folder: Path) -> None:
    (folder / "settings/more").symlink_to("..")


def linked_fixtures(folder: Path) -> None:
    (folder / "fixtures").symlink_to("/etc")
    use_fixture(folder, "hostname")


def fixture_link_out(folder: Path) -> None:
    (folder / "fixtures").mkdir()
    (folder / "fixtures/a").symlink_to("/etc/hostname")
    use_fixture(folder, "a")


def fixture_loop(folder: Path) -> None:
    (folder / "fixtures").mkdir()
    (folder / "fixtures/a").symlink_to("a")
    use_fixture(folder, "a")


def fixture_fifo(folder: Path) -> None:
    (folder / "fixtures").mkdir()
    os.mkfifo(folder / "fixtures/a")
    use_fixture(folder, "a")


def use_fixture(folder: Path, name: str) -> None:
    files = f'files = {{ "~/.config/x" = "{name}" }}\noutcome = "value"'
    write(folder, {SETTING_FILE: swap(SETTING, 'outcome = "value"', files)})


FILES = "linux.cases.1.files.~/.config/x: "
FILES_LINE = line_with(SETTING, "outcome =")
PLACES: dict[str, tuple[Spoil, str, int, str]] = {
    "a FIFO": (fifo, "settings/x.toml", 1, "this is not a regular file"),
    "a folder named x.toml": (a_folder, "settings/x.toml", 1, "this is not a regular file"),
    "a link out": (link_out, "settings/x.toml", 1, "this link leads out of the rule folder"),
    "a link up": (link_up, "settings/x.toml", 1, "this link leads out of the rule folder"),
    "a link to a device": (link_to_a_device, "settings/x.toml", 1, "this link leads out of"),
    "a link loop": (link_loop, "settings/x.toml", 1, "this "),
    "a link to nothing": (link_to_nothing, "settings/x.toml", 1, "this file cannot be read ("),
    "a linked folder": (linked_folder, "settings/more", 1, "a linked folder is not read"),
    "a linked folder loop": (linked_folder_loop, "settings/more", 1, "a linked folder is not read"),
    "linked fixtures": (linked_fixtures, SETTING_FILE, FILES_LINE, FILES),
    "a fixture that leads out": (fixture_link_out, SETTING_FILE, FILES_LINE, FILES),
    "a fixture that leads to itself": (fixture_loop, SETTING_FILE, FILES_LINE, FILES),
    "a FIFO as fixture": (fixture_fifo, SETTING_FILE, FILES_LINE, FILES),
}


@pytest.mark.parametrize("name", PLACES)
def test_an_odd_place_is_named(name: str, tmp_path: Path) -> None:
    spoil, file, line, said = PLACES[name]
    folder = write(tmp_path / "rules", SOUND)
    spoil(folder)
    result = call("rules", "lint", folder)
    found = problems(result, folder)
    assert any((i.file, i.line) == (file, line) and i.text.startswith(said) for i in found), found
    ran = call("run", "--rules", folder)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", result.stdout)


@pytest.mark.parametrize("odd", ["\x1b[31m.toml", "a\nb.toml", "\u202etxt.toml", "a\udcff.toml"])
def test_a_file_name_cannot_speak_to_the_terminal(odd: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "rules", SOUND)
    (folder / "settings" / odd).write_text("id = 5\n", encoding="utf-8")
    result = call("rules", "lint", folder)
    found = problems(result, folder)
    assert any(item.text.startswith("id: this should be text") for item in found), found


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder, "there is no such folder"),
        (lambda folder: folder.with_name("x" * 300), "th"),
        (lambda folder: write(folder, {"a.md": "x"}), "no rule files here; wanted: advice/, "),
        (lambda folder: write(folder.parent, {"rules": "x"}) / "rules", "there is no such folder"),
    ],
    ids=["missing", "a name too long", "nothing in it", "a file"],
)
def test_a_folder_without_rules_is_named(
    make: Callable[[Path], Path], said: str, tmp_path: Path
) -> None:
    folder = make(tmp_path / "rules")
    result = call("rules", "lint", folder)
    (found,) = problems(result, tmp_path)
    assert (found.file, found.line) == (folder.name, 1)
    assert found.text.startswith(said)
    assert call("run", "--rules", folder).stderr == result.stdout


# As an account that may not read everything.

NOT_SEEN = re.compile(r"cannot be read \(|it may not be seen")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can reach, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    open_again(folder)
    shutil.rmtree(folder)


def open_again(folder: Path) -> None:
    folder.chmod(0o700)
    for inner in folder.iterdir():
        if inner.is_dir():
            open_again(inner)


def called_without_privileges(*arguments: str | Path) -> dict[str, object]:
    """Run the command line as an account that file permissions hold for.

    The administrator may read everything, so for them a copy of this process gives that up first.
    """
    # Whatever is imported late is imported now: that account may not read our code.
    wrong = (("rules", "lint", "/nowhere"), ("rules", "lint"), ("run", "--channel", "x"))
    for warm_up in (*wrong, arguments):
        call(*warm_up)
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the copy only runs and leaves
        child = os.fork()
    if child == 0:
        said: dict[str, object] = {"exit": "the copy could not give up its privileges"}
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            result = call(*arguments)
            said = {"exit": result.exit_code, "out": result.stdout, "err": result.stderr}
        finally:
            os.write(writer, json.dumps(said).encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    loaded: dict[str, object] = json.loads(answer)
    return loaded


@pytest.mark.parametrize(
    ("shut", "file"),
    [
        ("settings/pop-ups.toml", "settings/pop-ups.toml"),
        ("settings", "settings"),
        ("advice/prepare", "advice/prepare"),
        ("..", ""),
    ],
    ids=["a file", "a folder", "a folder further down", "the folder above"],
)
def test_what_may_not_be_read_is_named(shut: str, file: str, open_folder: Path) -> None:
    folder = write(open_folder / "outer/rules", SOUND)
    os.chmod(folder / shut, 0)
    for command in (["rules", "lint", folder], ["run", "--rules", folder]):
        result = called_without_privileges(*command)
        assert (result["exit"], "" in (result["out"], result["err"])) == (2, True), result
        found = problem_lines(str(result["out"] or result["err"]), folder)
        name = file or str(folder)
        assert any(item.file == name and NOT_SEEN.search(item.text) for item in found), found


def test_a_rule_folder_that_may_not_be_read_is_wrong_use(open_folder: Path) -> None:
    folder = write(open_folder / "rules", SOUND)
    folder.chmod(0)
    for command in (["rules", "lint", folder], ["run", "--rules", folder]):
        result = called_without_privileges(*command)
        assert (result["exit"], "" in (result["out"], result["err"])) == (2, True), result
        assert str(folder) in str(result["out"] or result["err"])


def test_fixtures_that_may_not_be_read_are_named(open_folder: Path) -> None:
    folder = write(open_folder / "rules", {**SOUND, "fixtures/a/b": "x"})
    use_fixture(folder, "a/b")
    os.chmod(folder / "fixtures/a", 0)
    result = called_without_privileges("rules", "lint", folder)
    assert (result["exit"], result["err"]) == (2, ""), result
    found = problem_lines(str(result["out"]), folder)
    assert [(item.file, item.line) for item in found] == [(SETTING_FILE, FILES_LINE)]


# The real program, in a process of its own.


def in_a_process(*arguments: str, seconds: float = 30) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "privacy_check", *arguments],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
            "PYTHONIOENCODING": "utf-8",
        },
    )


IN_A_PROCESS = ("100,000 brackets", "a number of 5,000 digits", "not UTF-8", "two ways at once")


@pytest.mark.parametrize("name", IN_A_PROCESS)
def test_the_real_command_names_one_spoiled_thing(name: str, tmp_path: Path) -> None:
    case = SPOILED[name]
    write(tmp_path, case.files())
    linted = in_a_process("rules", "lint", str(tmp_path))
    ran = in_a_process("run", "--rules", str(tmp_path))
    for result in (linted, ran):
        assert (result.returncode, "" in (result.stdout, result.stderr)) == (2, True), result.stderr
        found = problem_lines(result.stdout or result.stderr, tmp_path)
        here = [item for item in found if (item.file, item.line) == (case.file, case.line)]
        assert any(item.text.startswith(case.said) for item in here), found
    assert linted.stdout == ran.stderr


@pytest.mark.parametrize("name", ["a FIFO", "a link to a device"])
def test_the_real_command_is_not_held_up(name: str, tmp_path: Path) -> None:
    spoil, file, line, said = PLACES[name]
    folder = write(tmp_path / "rules", SOUND)
    spoil(folder)
    result = in_a_process("rules", "lint", str(folder), seconds=10)
    assert (result.returncode, result.stderr) == (2, "")
    found = problem_lines(result.stdout, folder)
    assert any((i.file, i.line) == (file, line) and i.text.startswith(said) for i in found), found


def test_the_real_command_prints_no_hidden_character(tmp_path: Path) -> None:
    folder = write(tmp_path / "rules", SOUND)
    (folder / "settings/\x1b[31m.toml").write_text('"\\u001b" = 5\n', encoding="utf-8")
    result = in_a_process("rules", "lint", str(folder))
    assert result.returncode == 2
    assert result.stdout
    assert not HIDDEN.search(result.stdout), result.stdout
