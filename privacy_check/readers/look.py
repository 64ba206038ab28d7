"""Looks at one place: does it apply, what is there, and which word of the setting is that."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.applies import Guess, applies
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.record import replaced
from privacy_check.rulebook.reads import Bus, Mako, Read
from privacy_check.rulebook.records import ANY_OTHER, SCHEMA_DEFAULT, Form
from privacy_check.rulebook.select import Place

_MODULES = {
    "Dconf": "dconf",
    "Kconfig": "kconfig",
    "Ini": "ini",
    "Json": "jsonfile",
    "Xfconf": "xfconf",
    "Bus": "bus",
    "Running": "programs",
    "Installed": "programs",
    "Devices": "devices",
    "Environment": "session",
    "Chromium": "chromium",
    "Firefox": "firefox",
    "Storage": "storage",
    "Synced": "cloud",
    "Mako": "mako",
    "Folder": "session",
    "Sysfs": "session",
    "Pipewire": "pipewire",
    "Portal": "portal",
    "Flatpak": "flatpak",
    "Listening": "sockets",
    "Autostart": "autostart",
    "Access": "access",
    "Sessions": "sessions",
    "Accounts": "sessions",
    "Network": "network",
    "Bluetooth": "bluetooth",
    "Screens": "screens",
    "Keyfile": "keyfile",
    "Age": "age",
    "Present": "age",
    "ByHand": "session",
}
"""The module that carries out each way of reading, imported when it is first needed."""


class Reader(Protocol):
    """A module with one way of reading."""

    def read(self, wanted: Read, look: Look) -> Found | Absent:
        """Return what is there."""


def look_at(place: Place, look: Look) -> Reading:
    """Return what came of looking at a place; it never raises for what is there."""
    reading = _reading(place, look)
    if isinstance(reading, NotApplicable):
        return reading
    home = look.window.machine.home
    return replaced(
        reading,
        where=_discreet(reading.where, home),
        reason=_discreet(reading.reason, home),
    )


def _discreet(text: str, home: str) -> str:
    """Return a text in which the home folder, which may bear a name, is a tilde."""
    return text.replace(home.rstrip("/"), "~") if home.rstrip("/") else text


def _reading(place: Place, look: Look) -> Reading:
    form = place.variant.form
    verdict = applies(form.applies, look.window)
    if isinstance(verdict, NotApplicable | Unreadable):
        return verdict
    try:
        raw = _reader(form.read).read(form.read, replaced(look, whole=form.whole))
    except MissingError as error:
        if isinstance(form.read, Bus | Mako):
            return Unreadable(reason=f"{error} now, and may start with the next message")
        return NotApplicable(reason=str(error))
    except UnseenError as error:
        return Unreadable(reason=str(error))
    if isinstance(raw, Found):
        return _value(raw, form, place.setting.values, verdict)
    return _unset(raw, form, verdict)


def _reader(read: Read) -> Reader:
    module = _MODULES[type(read).__name__]
    return cast("Reader", import_module(f"privacy_check.readers.{module}"))


def _value(raw: Found, form: Form, values: Mapping[str, str], verdict: Guess | None) -> Value:
    word = word_for(raw.raw, form.map, values)
    doubt = verdict.reason if verdict and verdict.weakens else ""
    return Value(
        word=word,
        where=raw.where,
        as_of=raw.as_of,
        number=_number(raw.raw),
        names=raw.names,
        sites=raw.sites,
        count=raw.count,
        reason=raw.note or doubt or ("" if word else "it holds a value that we do not know"),
        sure=not doubt,
        locked=raw.locked,
    )


def _unset(raw: Absent, form: Form, verdict: Guess | None) -> Reading:
    word = form.unset
    if form.unset == SCHEMA_DEFAULT:
        word = "" if raw.default is None else word_for(raw.default, form.map, ())
    if not word:
        return Unreadable(
            reason="it is not set, and its default is not known here", where=raw.where
        )
    return Unset(
        word=word,
        where=raw.where,
        as_of=raw.as_of,
        number=_number(raw.default or ""),
        reason=raw.note or (verdict.reason if verdict else ""),
        sure=raw.sure and verdict is None,
        locked=raw.locked,
    )


def _number(raw: str) -> str:
    """Return a raw value that is a plain number, which a step may name to put it back."""
    return raw if raw.isdecimal() else ""


def word_for(raw: str, words: Mapping[str, str], values: Mapping[str, str] | tuple[()]) -> str:
    """Return the setting's word for a raw value, empty when there is none.

    Without a map the raw value is the word, if the setting lists it.
    """
    if not words:
        return raw if raw in values else ""
    if raw in words and raw != ANY_OTHER:
        return words[raw]
    for span, word in words.items():
        if _lies_in(raw, span):
            return word
    return words.get(ANY_OTHER, "")


def _lies_in(raw: str, span: str) -> bool:
    """Say whether a number lies in a range like `1..600`, `601..` or `..0`."""
    low, dots, high = span.partition("..")
    if not dots:
        return False
    try:
        number = float(raw)
        return (not low or float(low) <= number) and (not high or number <= float(high))
    except ValueError:
        return False
