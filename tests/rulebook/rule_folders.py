"""A small sound rule folder to spoil, and the command line that has to say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from privacy_check.cli import cli

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"

RULE_FILE = "advice/prepare/quiet-room.toml"
SETTING_FILE = "settings/pop-ups.toml"
LISTED_FILE = "settings/watchers-running.toml"
PROGRAMS_FILE = "programs/watchers.toml"

RULE = """\
id = "quiet-room"
title = "The room is quiet"
phase = "prepare"
severity = "low"
profiles = ["close", "care", "audit"]
channels = ["video", "voice"]
why = "A pop-up can be read by the other person."

[question]
text = "Is the room quiet?"
good = "yes"
hint = "Close the window."

[[settings]]
id = "pop-ups"
good = ["off"]

[[settings]]
id = "watchers-running"
good = ["none"]

[[sources]]
title = "The source article"
kind = "article"
checked = 2026-11-22
"""

SETTING = """\
id = "pop-ups"
title = "Pop-ups"
topic = "notifications"

[values]
on = "Pop-ups are shown."
off = "Pop-ups are held back."

[linux]
read = { environment = "XDG_SESSION_TYPE" }
map = { wayland = "on", x11 = "off" }
change = ["Open the menu."]
undo = ["The same menu."]
confidence = "documented"
tested_on = []
sources = [{ title = "A manual", where = "example : man/", checked = 2026-11-22 }]

[[linux.cases]]
name = "one kind"
made_by = "by hand"
environment = { XDG_SESSION_TYPE = "x11" }
outcome = "value"
value = "off"
"""

LISTED = """\
id = "watchers-running"
title = "Programs that watch"
topic = "recording"

[values]
running = "{names} is running."
none = "None of the programs we know is running."

[linux.any]
read = { running = "watchers" }
change = ["Quit the program."]
undo = ["Start it again."]
confidence = "documented"
tested_on = []
sources = [{ title = "A manual", where = "example : man/", checked = 2026-11-22 }]

[[linux.any.cases]]
name = "nothing runs"
made_by = "by hand"
outcome = "value"
value = "none"
"""

PROGRAMS = """\
id = "watchers"
title = "Programs that watch"
scope = "user"

[[programs]]
name = "Watcher"
processes = ["watcher"]

[[sources]]
title = "A manual"
where = "example : man/"
checked = 2026-11-22
"""

SOUND: Mapping[str, str] = {
    RULE_FILE: RULE,
    SETTING_FILE: SETTING,
    LISTED_FILE: LISTED,
    PROGRAMS_FILE: PROGRAMS,
}
"""Four files without a problem that name nothing outside the folder."""

_LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<said>.+)")
_COUNT = re.compile(r"(\d+) problems? in (\d+) of (\d+) files\. Nothing was checked\.")
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What never reaches a screen: control characters but the line end, and bidirectional marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One problem as it was printed."""

    file: str
    line: int
    text: str


def swap(text: str, old: str, new: str) -> str:
    """Return the text with one piece replaced, which has to be there exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_with(text: str, piece: str) -> int:
    """Return the line, counted from 1, on which a piece starts for the first time."""
    return text.count("\n", 0, text.index(piece)) + 1


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def call(*arguments: str | Path) -> Result:
    """Run the command line in this process, keeping whatever a terminal would obey."""
    return CliRunner().invoke(cli, [str(item) for item in arguments], color=True)


def problems(result: Result, folder: Path) -> list[Said]:
    """Return the problems of a refused folder, after looking at all that was printed."""
    assert result.exit_code == 2, (result.exit_code, result.exception, result.output)
    assert "" in (result.stdout, result.stderr)
    return problem_lines(result.stdout or result.stderr, folder)


def problem_lines(printed: str, folder: Path) -> list[Said]:
    """Return the problems in what was printed: `file:line: …` lines, then the count line."""
    assert not HIDDEN.search(printed), printed
    *lines, last = printed.splitlines()
    assert lines, printed
    found = []
    for line in lines:
        match = _LINE.fullmatch(line)
        assert match, line
        file = match["file"].removeprefix(f"{folder}/")
        found.append(Said(file=file, line=int(match["line"]), text=match["said"]))
    count = _COUNT.fullmatch(last)
    assert count, last
    assert int(count[1]) == len(found)
    assert int(count[2]) == len({item.file for item in found})
    assert int(count[2]) <= int(count[3])
    return found
