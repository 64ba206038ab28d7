"""Reads a value of a JSON file by its pointer (RFC 6901)."""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.raw import Absent, Found, Look, as_text, near_miss
from privacy_check.rulebook.reads import Json

_NOTHING = object()


def read(wanted: Json, look: Look) -> Found | Absent:
    """Return the value in the first of the files that exists."""
    for path in wanted.files:
        try:
            document = parse(look.window, path)
        except MissingError:
            continue
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
    raise MissingError("it is not there")


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
