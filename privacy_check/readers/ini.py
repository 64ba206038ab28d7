"""Reads a key of an ini file over several files, or counts the sections of one."""

from __future__ import annotations

import datetime as dt

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Absent, Found, Look, near_miss
from privacy_check.readers.textfiles import Sections, parse
from privacy_check.rulebook.reads import Ini


def read(wanted: Ini, look: Look) -> Found | Absent:
    """Return the value that the last file which sets it gives."""
    found: Found | None = None
    seen: list[tuple[str, Sections, dt.datetime]] = []
    for path in _paths(wanted, look):
        file = look.window.file(path)
        sections = parse(look.window.text(path))
        seen.append((path, sections, file.modified))
        if wanted.count:
            number = len([name for name in sections.values if name and name != "General"])
            return Found(raw=str(number), where=path, as_of=file.modified, count=number)
        value = sections.get(wanted.section, wanted.key)
        if value is not None:
            found = Found(raw=_plain(value), where=path, as_of=file.modified)
    return found or _absent(wanted, look, seen)


def _paths(wanted: Ini, look: Look) -> list[str]:
    paths: list[str] = []
    for name in wanted.files:
        if "*" in name:
            paths += look.window.matches(name)
        elif look.window.exists(name):
            paths.append(name)
    return paths


def _absent(wanted: Ini, look: Look, seen: list[tuple[str, Sections, dt.datetime]]) -> Absent:
    if wanted.count and not seen:
        raise MissingError("it is not there")
    for path, sections, _ in seen:
        if near_miss(wanted.section, sections.values) or near_miss(
            wanted.key, sections.values.get(wanted.section, {})
        ):
            message = f"{path} looks damaged: a name in it is nearly the wanted one"
            raise UnseenError(message)
    path, _, as_of = seen[-1] if seen else (wanted.files[0], None, look.window.machine.now())
    known = {name for _, sections, _ in seen for name in sections.values}
    whole = not seen or (bool(look.whole) and all(name in known for name in look.whole))
    return Absent(where=path, as_of=as_of, sure=whole, note="" if whole else NOT_IN_FILE)


NOT_IN_FILE = "not set in the saved file"


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value
