"""Reads a key of files that hold one assignment after the other, without sections.

Two styles: `shell`, lines like `NAME="value"`, as shell scripts take them in; and `apt`, the
configuration of Debian's package manager, whose names may be nested in braces. Nothing is
carried out: a line that only a shell could make sense of is not read.
"""

from __future__ import annotations

import datetime as dt
import re

from privacy_check.machine.interface import UnseenError
from privacy_check.readers.aptconf import parse as parse_apt
from privacy_check.readers.raw import Absent, Found, Look, near_miss
from privacy_check.readers.textfiles import NOT_IN_FILE, is_text
from privacy_check.record import record, replaced
from privacy_check.rulebook.reads import Keyfile

_APT_NAME = re.compile(r"[\w:-]+|[\w:-][\w:.-]*\.conf", re.ASCII)
"""The names in a folder that apt reads; files with other endings are left alone."""

_DAILY = "apt::periodic::"
_DAILY_SWITCH = "apt::periodic::enable"
"""All daily work of apt, and the one key that switches it off as a whole."""

_ASSIGNMENT = re.compile(
    r"""(?:export[ \t]+)?(?P<key>[A-Za-z_]\w*)=
    (?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\\;&|<>()`]*)
    [ \t]*(?:(?<=[ \t])\#.*)?""",
    re.VERBOSE,
)


@record
class _Seen:
    """What one file says: every key with its last value, and which of them were taken back."""

    shown: str
    text: str
    values: dict[str, str]
    cleared: tuple[str, ...]
    modified: dt.datetime


def read(wanted: Keyfile, look: Look) -> Found | Absent:
    """Return the value that the last file which sets the key gives."""
    key = wanted.key.lower() if wanted.style == "apt" else wanted.key
    seen = [_seen(path, shown, wanted, look) for path, shown in _paths(wanted, look)]
    if any(_looks_lost(key, file) for file in seen):
        message = "the file looks damaged: what is wanted seems to have been there"
        raise UnseenError(message)
    found = _last(key, seen)
    if key.startswith(_DAILY) and found is not None:
        found = _unless_switched_off(found, _last(_DAILY_SWITCH, seen))
    if found is not None:
        return found
    now = look.window.machine.now()
    if not seen:
        return Absent(where=wanted.files[0], as_of=now)
    return Absent(where=seen[-1].shown, as_of=seen[-1].modified, sure=False, note=NOT_IN_FILE)


def _looks_lost(key: str, file: _Seen) -> bool:
    """Say whether a key seems to have stood in a file, and a changed character hides it."""
    last = key.rpartition("::")[2]
    elsewhere = any(f"::{name}".endswith(f"::{last}") and name != key for name in file.values)
    wanted = (key, _DAILY_SWITCH) if key.startswith(_DAILY) else (key,)
    starts = [line.strip() for line in file.text.split("\n")]
    return elsewhere or any(
        near_miss(name, file.values) or near_miss(name, [line[: len(name)] for line in starts])
        for name in wanted
    )


def _paths(wanted: Keyfile, look: Look) -> list[tuple[str, str]]:
    """Return each file that is there, and how it may be shown: found names stay private."""
    paths: list[tuple[str, str]] = []
    for pattern in wanted.files:
        found = look.window.matches(pattern)
        if wanted.style == "apt" and "*" in pattern:
            found = tuple(path for path in found if _APT_NAME.fullmatch(path.rpartition("/")[2]))
        paths += [(path, pattern) for path in found]
    return paths


def _seen(path: str, shown: str, wanted: Keyfile, look: Look) -> _Seen:
    text = look.window.text(path)
    modified = look.window.file(path).modified
    if wanted.style == "shell":
        values = _parse_shell(text)
        return _Seen(shown=shown, text=text, values=values, cleared=(), modified=modified)
    values, cleared = parse_apt(text)
    return _Seen(shown=shown, text=text.lower(), values=values, cleared=cleared, modified=modified)


def _last(key: str, seen: list[_Seen]) -> Found | None:
    found: Found | None = None
    for file in seen:
        if any(f"{key}::".startswith(f"{name}::") for name in file.cleared):
            message = "one of the files takes back what others set, which we do not follow"
            raise UnseenError(message)
        if key in file.values:
            found = Found(raw=file.values[key], where=file.shown, as_of=file.modified)
    return found


def _unless_switched_off(found: Found, switch: Found | None) -> Found:
    if switch is None or switch.raw == "1":
        return found
    if switch.raw == "0":
        return replaced(found, raw="0", where=switch.where, as_of=switch.as_of)
    message = "the switch for all daily work holds a value that we do not know"
    raise UnseenError(message)


def _parse_shell(text: str) -> dict[str, str]:
    """Return all assignments of a file.

    Raises:
        UnseenError: When it is empty or cut in a line, or holds more than plain assignments.
    """
    if not text.strip():
        message = "it is damaged: the file is empty"
        raise UnseenError(message)
    if not text.endswith("\n"):
        message = "it is damaged: cut in the middle of a line"
        raise UnseenError(message)
    values: dict[str, str] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip(" \t")  # a shell takes the line ends of another system into the value
        if not line or line.startswith("#"):
            continue
        match = _ASSIGNMENT.fullmatch(line)
        if match is None or not is_text(line):
            message = f"line {number} is more than a plain assignment, or damaged"
            raise UnseenError(message)
        values[match["key"]] = _plain(match["value"])
    return values


def _plain(value: str) -> str:
    """Return a value without its quotes, empty where only a shell could tell what it is.

    An empty value stands for none in every map, so it never becomes a word.
    """
    if value.startswith("'"):
        return value[1:-1]
    bare = value[1:-1] if value.startswith('"') else value
    return "" if any(mark in bare for mark in "$`\\") else bare
