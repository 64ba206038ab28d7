"""Reads a property, or the answer of a listed method, from a program on D-Bus."""

from __future__ import annotations

from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.readers.boxes import must_see_the_computer
from privacy_check.readers.raw import Found, Look, as_text
from privacy_check.rulebook.reads import Bus

_PROPERTIES = "org.freedesktop.DBus.Properties"


def read(wanted: Bus, look: Look) -> Found:
    """Return what the program answers now."""
    try:
        body = look.window.ask(question(wanted))
    except MissingError:
        if not wanted.idle:
            raise
        # The program runs only while it has work, so that its absence is an answer too; but the
        # bus of a box may hide it.
        must_see_the_computer(look.window)
        now = look.window.machine.now()
        return Found(raw=wanted.idle, where=wanted.name, as_of=now)
    if len(body) != 1:
        message = f"{wanted.name} gave an answer of an unknown form"
        raise UnseenError(message)
    value = unboxed(body[0]) if wanted.property else body[0]
    if wanted.contains and isinstance(value, list):
        value = wanted.contains in value
    if not isinstance(value, bool | int | str):
        message = f"{wanted.name} gave an answer of an unknown form"
        raise UnseenError(message)
    now = look.window.machine.now()
    return Found(raw=as_text(value), where=wanted.name, as_of=now)


def question(wanted: Bus) -> BusQuestion:
    """Return the call that asks for it."""
    if wanted.method:
        return BusQuestion(
            bus=wanted.bus,
            name=wanted.name,
            path=wanted.path,
            interface=wanted.interface,
            member=wanted.method,
        )
    return BusQuestion(
        bus=wanted.bus,
        name=wanted.name,
        path=wanted.path,
        interface=_PROPERTIES,
        member="Get",
        signature="ss",
        arguments=(wanted.interface, wanted.property),
    )


def unboxed(value: object) -> object:
    """Return the value of a variant, which comes with its type."""
    return value[1] if isinstance(value, tuple) and len(value) == 2 else value
