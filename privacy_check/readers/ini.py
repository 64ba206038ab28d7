"""Reads a key of an ini file over several files, or counts the sections of one."""

from __future__ import annotations

import datetime as dt
import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Absent, Found, Look, as_text
from privacy_check.readers.textfiles import NOT_IN_FILE, Sections, is_behind, looks_lost, parse
from privacy_check.record import record
from privacy_check.rulebook.reads import Ini

_NAME = re.compile(r"[\w-]{1,64}")
_ON = ("true", "yes", "on", "1")
_OFF = ("false", "no", "off", "0")

_LOST = "the file looks damaged: what is wanted seems to have been there"


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
    if wanted.each:
        return _of_each(wanted, look)
    found: Found | None = None
    seen = [_seen(path, shown, look) for path, shown in _paths(wanted, look)]
    # Beside others an empty file is nothing unusual; alone it has lost what was in it.
    if len(seen) == 1 and not seen[0].text.strip():
        message = "it is damaged: the file is empty"
        raise UnseenError(message)
    if wanted.count:
        return _counted(seen)
    _must_have_an_order(wanted, seen)
    _must_agree(wanted, seen)
    for file in seen:
        value = file.sections.get(wanted.section, wanted.key)
        if value is not None:
            raw = as_text(wanted.contains in value) if wanted.contains else _plain(value)
            found = Found(raw=raw, where=file.shown, as_of=file.modified)
        elif found and looks_lost(wanted.section, wanted.key, file.text):
            raise UnseenError(_LOST)  # it would have won over what an earlier file says
    return found or _absent(wanted, look, seen)


def _seen(path: str, shown: str, look: Look) -> _Seen:
    text = look.window.text(path)
    modified = look.window.file(path).modified
    return _Seen(path=path, shown=shown, text=text, sections=parse(text), modified=modified)


def _of_each(wanted: Ini, look: Look) -> Found | Absent:
    """Return whether a switch is on for one of the listed devices; each has a file of its own.

    One that is surely on counts, whatever the others hide. Off needs all of them.
    """
    listed = _seen(wanted.each, wanted.each, look)
    if not listed.text.strip():
        message = "it is damaged: the file is empty"
        raise UnseenError(message)
    names = [name for name in listed.sections.values if name != "General"]
    if not names:
        message = "no device is listed"
        raise MissingError(message)
    where, as_of = wanted.files[0], listed.modified
    answers = [_of_one(wanted, look, name) for name in names]
    if any(isinstance(answer, Found) and answer.raw == "true" for answer in answers):
        return Found(raw="true", where=where, as_of=as_of, count=len(names))
    for answer in (*answers, *_others(wanted, look, names)):
        if isinstance(answer, UnseenError):
            raise answer
    absent = [answer for answer in answers if isinstance(answer, Absent)]
    if not absent:
        return Found(raw="false", where=where, as_of=as_of, count=len(names))
    unsure = next((answer for answer in absent if not answer.sure), absent[0])
    return Absent(where=where, as_of=as_of, sure=unsure.sure, note=unsure.note)


def _others(wanted: Ini, look: Look, listed: list[str]) -> list[UnseenError]:
    """Return a doubt when a device that is not listed is on: the list may have lost its end."""
    known = {wanted.files[0].replace("*", name) for name in listed}
    for path in look.window.matches(wanted.files[0]):
        value = None if path in known else _value_in(path, wanted, look)
        if value and value.lower() in _ON:
            return [UnseenError("it is on for a device that the list does not name")]
    return []


def _value_in(path: str, wanted: Ini, look: Look) -> str | None:
    try:
        return parse(look.window.text(path)).get(wanted.section, wanted.key)
    except UnseenError:
        return None


def _of_one(wanted: Ini, look: Look, name: str) -> Found | Absent | UnseenError:
    try:
        path = wanted.files[0].replace("*", _device(name))
        _must_have_a_folder(path, look)
        seen = [_seen(path, wanted.files[0], look)] if look.window.exists(path) else []
        value = seen[0].sections.get(wanted.section, wanted.key) if seen else None
        if value is None:
            _must_be_unmarked(wanted, seen)
            return _absent(wanted, look, seen)
        return Found(raw=_switch(value), where=wanted.files[0], as_of=seen[0].modified)
    except UnseenError as error:
        return error


def _device(name: str) -> str:
    """Return a device's name, if it can be a folder's."""
    if not _NAME.fullmatch(name):
        message = "the list of devices has a form that we do not know"
        raise UnseenError(message)
    return name


def _must_have_a_folder(path: str, look: Look) -> None:
    """Refuse a device without the folder that it gets when it is linked: its name is damaged."""
    if not look.window.exists(path.rpartition("/")[0]):
        message = "a listed device has no folder of its own"
        raise UnseenError(message)


def _must_be_unmarked(wanted: Ini, seen: list[_Seen]) -> None:
    """Refuse a key with one of KDE's marks, `key[$i]`, which we do not follow here."""
    keys = [key for file in seen for key in file.sections.values.get(wanted.section, {})]
    if any(key.startswith(f"{wanted.key}[") for key in keys):
        message = "the key carries a mark that we do not follow"
        raise UnseenError(message)


def _switch(value: str) -> str:
    if value.lower() not in (*_ON, *_OFF):
        message = "the stored value is neither true nor false"
        raise UnseenError(message)
    return as_text(value.lower() in _ON)


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


def _must_agree(wanted: Ini, seen: list[_Seen]) -> None:
    """Refuse profiles that disagree: where a folder's name is a pattern, no file wins."""
    for name in wanted.files:
        files = [file for file in seen if file.shown == name]
        values = {file.sections.get(wanted.section, wanted.key) for file in files}
        if "*" in name.rpartition("/")[0] and len(values) > 1:
            message = "several profiles are there, and they differ in it"
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
        raise UnseenError(_LOST)
    sure = all(is_behind(look.whole, wanted.section, file.sections.values) for file in seen)
    last = seen[-1]
    note = "" if sure else NOT_IN_FILE
    return Absent(where=last.shown, as_of=last.modified, sure=sure, note=note)


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value
