"""Asks programs on D-Bus without ever starting one."""

from __future__ import annotations

import os
import stat
import struct
import threading
from typing import TYPE_CHECKING

from privacy_check.machine.interface import (
    TOO_LATE,
    BusQuestion,
    MissingError,
    NoBusError,
    UnseenError,
)

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"
_NOBODY = (
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.ServiceUnknown",
)
_NO_SUCH = (
    "org.freedesktop.DBus.Error.UnknownInterface",
    "org.freedesktop.DBus.Error.UnknownMethod",
    "org.freedesktop.DBus.Error.UnknownObject",
    "org.freedesktop.DBus.Error.UnknownProperty",
    "org.freedesktop.DBus.Error.InvalidArgs",
)
_NOT_A_MESSAGE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, TypeError),
    *(RecursionError, UnicodeDecodeError, struct.error),
)
"""What jeepney's parser raises for bytes that are no message; it has no error of its own."""

_connections = threading.local()


def session_bus(environment: str, runtime_folder: str, user: int) -> str:
    """Return the address of the session bus, empty when there is none to be seen."""
    if environment:
        return environment
    for path in (f"{runtime_folder}/bus" if runtime_folder else "", f"/run/user/{user}/bus"):
        try:
            status = os.stat(path)
        except OSError:
            continue
        if stat.S_ISSOCK(status.st_mode) and status.st_uid == user:
            return f"unix:path={path}"
    return ""


def ask(address: str, question: BusQuestion, seconds: float) -> tuple[object, ...]:
    """Return the body of the answer.

    Raises:
        MissingError: When nobody answers to that name.
        UnseenError: When the bus cannot be reached, or the answer is an error or late.
    """
    place = address.removeprefix("unix:path=").partition(",")[0]
    if place.startswith("/") and not os.path.exists(place):
        message = f"the {question.bus} bus cannot be asked from here"
        raise NoBusError(message)
    from jeepney.low_level import MessageType  # not loaded where nobody can be asked

    try:
        reply = _connection(address, seconds).send_and_get_reply(
            _message(question), timeout=seconds
        )
    except TimeoutError:
        _forget(address)
        raise UnseenError(TOO_LATE) from None
    except _NOT_A_MESSAGE as error:
        _forget(address)
        message = f"{question.name} gave an answer of an unknown form"
        raise UnseenError(message) from error
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        _forget(address)
        message = f"the {question.bus} bus cannot be asked from here"
        raise NoBusError(message) from error
    if reply.header.message_type is MessageType.error:
        raise _refusal(question, reply)
    return tuple(reply.body)


def _message(question: BusQuestion) -> Message:
    """Return the call, marked so that the bus never starts a program for it."""
    from jeepney import DBusAddress, MessageFlag, new_method_call

    address = DBusAddress(question.path, question.name, question.interface)
    body = question.arguments
    message = new_method_call(address, question.member, question.signature or None, body)
    message.header.flags |= MessageFlag.no_auto_start
    return message


def _connection(address: str, seconds: float) -> DBusConnection:
    """Return this thread's connection; connections are not shared between threads."""
    known: dict[str, DBusConnection] | None = getattr(_connections, "known", None)
    if known is None:
        known = _connections.known = {}
    if address not in known:
        from jeepney.io.blocking import open_dbus_connection

        known[address] = open_dbus_connection(address, auth_timeout=seconds)
    return known[address]


def _forget(address: str) -> None:
    known: dict[str, DBusConnection] = getattr(_connections, "known", {})
    connection = known.pop(address, None)
    if connection is not None:
        connection.close()


def _refusal(question: BusQuestion, reply: Message) -> UnseenError:
    from jeepney.low_level import HeaderFields

    name = str(reply.header.fields.get(HeaderFields.error_name, ""))
    if name in _NOBODY:
        return MissingError(f"{question.name} is not running")
    if name in _NO_SUCH:
        return UnseenError(f"{question.name} does not know {question.member}")
    return UnseenError(f"{question.name} refused to tell")
