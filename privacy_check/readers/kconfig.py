"""Reads a key of a KDE configuration file over all folders, with KDE's marks and escapes.

The order of files and the meaning of the marks are those of KConfig (KDE/kconfig :
src/core/kconfigini.cpp, kconfig.cpp).
"""

from __future__ import annotations

import datetime as dt
import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.readers.textfiles import NOT_IN_FILE, is_behind, is_text, looks_lost
from privacy_check.record import replaced
from privacy_check.rulebook.reads import Kconfig

_TRUE = ("true", "yes", "on", "1")
_FALSE = ("false", "no", "off", "0")
_ESCAPES = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


class _Seen:
    """A file that was read: its text, and its groups in their order."""

    def __init__(self, path: str, text: str, modified: dt.datetime) -> None:
        self.path = path
        self.text = text
        self.modified = modified
        self.groups: list[str] = []
        self.sets = False


class _State:
    """What the files read so far say of the wanted key."""

    def __init__(self) -> None:
        self.found: Found | None = None
        self.shut = False
        self.seen: list[_Seen] = []


def read(wanted: Kconfig, look: Look) -> Found | Absent:
    """Return the value that the program would use."""
    state = _State()
    for paths in _paths(wanted.file, look):
        for path in paths:
            if not _read_file(wanted, state, path, look.window) or state.shut:
                break
        if state.shut:
            break
    _must_show_no_loss(wanted, state)
    if state.found is None:
        return _absent(wanted, look, state)
    return _converted(wanted, state.found, look.window.machine.now())


def _paths(name: str, look: Look) -> tuple[list[str], list[str]]:
    """Return the global files and the program's own, each in the order in which later ones win."""
    folders = [*reversed(look.window.config_folders()), "~/.config"]
    globals_, own = ([f"{folder}/{file}" for folder in folders] for file in ("kdeglobals", name))
    return globals_, own


def _read_file(wanted: Kconfig, state: _State, path: str, window: Window) -> bool:
    """Take what one file says of the wanted key.

    Returns:
        Whether the next file of the same name still counts: one marked as fixed shuts it out.
    """
    try:
        file = window.file(path)
        text = _whole_text(window, path)
    except MissingError:
        return True
    seen = _Seen(path=path, text=text, modified=file.modified)
    state.seen.append(seen)
    group: tuple[str, ...] = ()
    file_is_fixed = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            group, fixed = _group(line, path, number)
            file_is_fixed |= fixed and not group
            state.shut |= fixed and group == wanted.group
            seen.groups.append("][".join(group))
            continue
        key, marks, value = _entry(line, path, number)
        if group == wanted.group and key.startswith(f"{wanted.key}["):
            message = f"{path} sets this by language, which we do not follow"
            raise UnseenError(message)
        if group == wanted.group and key == wanted.key and not (state.found and state.found.locked):
            state.found = _value(value, marks, path, file.modified)
            seen.sets = True
    if (state.shut or file_is_fixed) and state.found:
        state.found = replaced(state.found, locked=True)
    return not file_is_fixed


def _whole_text(window: Window, path: str) -> str:
    text = window.text(path)
    if not text.strip():
        message = f"{path} is damaged: the file is empty"
        raise UnseenError(message)
    if not text.endswith("\n"):
        message = f"{path} is damaged: cut in the middle of a line"
        raise UnseenError(message)
    return text


def _group(line: str, path: str, number: int) -> tuple[tuple[str, ...], bool]:
    """Return the nested group names of a header, and whether it is marked as fixed."""
    parts = re.findall(r"\[([^\[\]]*)\]", line)
    if "".join(f"[{part}]" for part in parts) != line or not is_text(line):
        raise UnseenError(_broken(path, number))
    if any(len(part) == 2 and part[0] == "$" and part != "$i" for part in parts):  # a bent mark
        raise UnseenError(_broken(path, number))
    names = tuple(_unescaped(part) for part in parts if part != "$i")
    return names, "$i" in parts


def _entry(line: str, path: str, number: int) -> tuple[str, str, str]:
    """Return key, marks and raw value of a line; a key for one language keeps its `[xx]`."""
    left, equals, value = line.partition("=")
    name, bracket, rest = left.rstrip().partition("[")
    parts = [part.rstrip("]") for part in rest.split("[")] if bracket else []
    marks = "".join(part[1:] for part in parts if part.startswith("$"))
    languages = "".join(f"[{part}]" for part in parts if not part.startswith("$"))
    known = set(marks) <= set("ied")
    whole = not bracket or (rest.endswith("]") and rest.count("]") == len(parts))
    if not name.strip() or not whole or not known or not is_text(line) or "]" in name:
        raise UnseenError(_broken(path, number))
    if not equals and "d" not in marks:
        raise UnseenError(_broken(path, number))
    return _unescaped(name.strip()) + languages, marks, value.strip()


def _value(value: str, marks: str, path: str, modified: dt.datetime) -> Found | None:
    if "d" in marks:
        return None  # the file takes back what lower files set
    if "e" in marks and "$" in value:
        message = f"{path} makes this value out of others, which we do not follow"
        raise UnseenError(message)
    return Found(raw=_unescaped(value), where=path, as_of=modified, locked="i" in marks)


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) > 1:
            return chr(int(code[1:], 16))
        return _ESCAPES.get(code, match[0])

    return re.sub(r"\\(x[0-9a-fA-F]{2}|.)", one, text)


def _converted(wanted: Kconfig, found: Found, now: dt.datetime) -> Found:
    """Return the value in the words that a setting's map uses."""
    raw = found.raw
    if wanted.type == "bool":
        if raw.lower() not in (*_TRUE, *_FALSE):
            message = "the stored value is neither true nor false"
            raise UnseenError(message)
        raw = "true" if raw.lower() in _TRUE else "false"
    if wanted.type == "date":
        raw = "future" if _date(raw, now) > now else "past"
    return replaced(found, raw=raw)


def _date(raw: str, now: dt.datetime) -> dt.datetime:
    """Return KConfig's date and time, local unless a zone is named."""
    try:
        year, month, day, hour, minute, second = raw.split(",")
        day_part = dt.date(int(year), int(month), int(day))
        time_part = dt.time(int(hour), int(minute), int(float(second)))
        return dt.datetime.combine(day_part, time_part, tzinfo=now.tzinfo)
    except (ValueError, OverflowError):
        message = "the stored value is not a date that we know"
        raise UnseenError(message) from None


def _must_show_no_loss(wanted: Kconfig, state: _State) -> None:
    """Refuse a file in which the wanted key seems to have been, whatever other files say."""
    group = "][".join(wanted.group)
    for file in state.seen:
        if not file.sets and looks_lost(group, wanted.key, file.text):
            message = "the file looks damaged: what is wanted seems to have been there"
            raise UnseenError(message)


def _absent(wanted: Kconfig, look: Look, state: _State) -> Absent:
    """Return that no file sets the key; certain only if the program's own were seen to their end.

    KConfig writes groups in alphabetical order, so a later group shows that none before it is cut.
    """
    group = "][".join(wanted.group)
    own = [file for file in state.seen if file.path.endswith(f"/{wanted.file}")]
    if not own:
        return Absent(where=f"~/.config/{wanted.file}", as_of=look.window.machine.now())
    sure = all(is_behind(look.whole, group, file.groups) for file in own)
    note = "" if sure else NOT_IN_FILE
    return Absent(where=own[-1].path, as_of=own[-1].modified, sure=sure, note=note)


def _broken(path: str, number: int) -> str:
    return f"{path} is damaged: line {number} has no known form"
