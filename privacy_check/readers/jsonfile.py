"""Reads a value of a JSON file by its pointer (RFC 6901)."""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.raw import Absent, Found, Look, as_text, near_miss
from privacy_check.rulebook.reads import Json

_NOTHING = object()


def read(wanted: Json, look: Look) -> Found | Absent:
    """Return the value in the files that exist: one for each way of installing a program.

    Raises:
        MissingError: When none of them is there.
        UnseenError: When one cannot be read, or several do not say the same.
    """
    said = [answer for path in wanted.files if (answer := _in_file(wanted, look, path))]
    if not said:
        raise MissingError("it is not there")
    if len({answer.raw if isinstance(answer, Found) else None for answer in said}) > 1:
        message = "it was set up here in several ways, and they differ in it"
        raise UnseenError(message)
    return said[0]


def _in_file(wanted: Json, look: Look, path: str) -> Found | Absent | None:
    """Return what one file says, nothing when it is not there."""
    try:
        document = parse(look.window, path)
    except MissingError:
        return None
    file = look.window.file(path)
    value = _at(document, wanted.pointer)
    if wanted.beside:
        raw = as_text(_is_text(value, document, wanted.beside))
        return Found(raw=raw, where=path, as_of=file.modified)
    if value is _NOTHING:
        return Absent(where=path, as_of=file.modified)
    if isinstance(value, dict | list):
        message = "the stored value has a form that we do not know"
        raise UnseenError(message)
    return Found(raw=as_text(value), where=path, as_of=file.modified)


def _is_text(value: object, document: object, beside: str) -> bool:
    """Say whether a text stands there, without handing it on: it may be a secret."""
    if value is not _NOTHING and not (isinstance(value, str) and value):
        message = "the stored value has a form that we do not know"
        raise UnseenError(message)
    if value is _NOTHING and _at(document, beside) is _NOTHING:
        message = "the file holds neither of the names that we know"
        raise UnseenError(message)
    return value is not _NOTHING


def parse(window: Window, path: str) -> object:
    """Return a JSON file's content.

    Raises:
        MissingError: When it is not there.
        UnseenError: When it cannot be read or is not whole JSON.
    """

    def load() -> object:
        text = window.text(path)
        import json

        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            message = "it is damaged: not whole JSON"
            raise UnseenError(message) from None

    return window.once(("json", window.place(path)), load)


def _at(document: object, pointer: str) -> object:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(document, dict):
            message = "the file has a form that we do not know"
            raise UnseenError(message)
        if name not in document:
            if near_miss(name, document):
                message = "the file looks damaged: a name in it is nearly the wanted one"
                raise UnseenError(message)
            return _NOTHING
        document = document[name]
    return document
