"""Reads a key of an ini file over several files, or counts the sections of one."""

from __future__ import annotations

import datetime as dt

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Absent, Found, Look, as_text
from privacy_check.readers.textfiles import NOT_IN_FILE, Sections, is_behind, looks_lost, parse
from privacy_check.record import record
from privacy_check.rulebook.reads import Ini


@record
class _Seen:
    """A file that was read."""

    path: str
    shown: str
    text: str
    sections: Sections
    modified: dt.datetime


def read(wanted: Ini, look: Look) -> Found | Absent:
    """Return the value that the last file which sets it gives."""
    found: Found | None = None
    seen = [_seen(path, shown, look) for path, shown in _paths(wanted, look)]
    # Beside others an empty file is nothing unusual; alone it has lost what was in it.
    if len(seen) == 1 and not seen[0].text.strip():
        message = "it is damaged: the file is empty"
        raise UnseenError(message)
    if wanted.count:
        return _counted(seen)
    _must_have_an_order(wanted, seen)
    for file in seen:
        value = file.sections.get(wanted.section, wanted.key)
        if value is not None:
            raw = as_text(wanted.contains in value) if wanted.contains else _plain(value)
            found = Found(raw=raw, where=file.shown, as_of=file.modified)
    return found or _absent(wanted, look, seen)


def _seen(path: str, shown: str, look: Look) -> _Seen:
    text = look.window.text(path)
    modified = look.window.file(path).modified
    return _Seen(path=path, shown=shown, text=text, sections=parse(text), modified=modified)


def _must_have_an_order(wanted: Ini, seen: list[_Seen]) -> None:
    """Refuse files of one folder that disagree, where languages sort their names differently."""
    folders: dict[str, list[_Seen]] = {}
    for file in seen:
        if file.sections.get(wanted.section, wanted.key) is not None:
            folders.setdefault(file.path.rpartition("/")[0], []).append(file)
    for files in folders.values():
        values = {file.sections.get(wanted.section, wanted.key) for file in files}
        names = [file.path for file in files]
        if len(values) > 1 and sorted(names, key=str.casefold) != names:
            message = "several files set it, and which of them counts depends on the language"
            raise UnseenError(message)


def _counted(seen: list[_Seen]) -> Found:
    if not seen:
        message = "it is not there"
        raise MissingError(message)
    number = len([name for name in seen[-1].sections.values if name != "General"])
    return Found(raw=str(number), where=seen[-1].shown, as_of=seen[-1].modified, count=number)


def _paths(wanted: Ini, look: Look) -> list[tuple[str, str]]:
    """Return each file that is there, and how it may be shown: found names stay private."""
    paths: list[tuple[str, str]] = []
    for name in wanted.files:
        if "*" in name:
            paths += [(path, name) for path in look.window.matches(name)]
        elif look.window.exists(name):
            paths.append((name, name))
    return paths


def _absent(wanted: Ini, look: Look, seen: list[_Seen]) -> Absent:
    """Return that no file sets the key; this is certain only if every file was seen to its end."""
    if not seen:
        return Absent(where=wanted.files[0], as_of=look.window.machine.now())
    if any(looks_lost(wanted.section, wanted.key, file.text) for file in seen):
        message = "the file looks damaged: what is wanted seems to have been there"
        raise UnseenError(message)
    sure = all(is_behind(look.whole, wanted.section, file.sections.values) for file in seen)
    last = seen[-1]
    note = "" if sure else NOT_IN_FILE
    return Absent(where=last.shown, as_of=last.modified, sure=sure, note=note)


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value
