"""Looks whether this computer listens on a port of a published list, in the kernel's own tables.

A program that listens is no visitor: the row says that a door is there, not that someone came in.
"""

from __future__ import annotations

import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.boxes import must_see_the_network
from privacy_check.readers.raw import Found, Look
from privacy_check.record import record
from privacy_check.rulebook.reads import Listening
from privacy_check.rulebook.records import Program

_IPV4, _IPV6 = "/proc/net/tcp", "/proc/net/tcp6"
_IPV6_IS_ON = "/proc/net/if_inet6"
_LISTENS = "0A"
_LINE = re.compile(
    r" *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2})"
    r" [0-9A-Fa-f: -]+"
)
_HEADER = re.compile(
    r" *sl  local_address +rem(?:ote)?_address +st tx_queue rx_queue"
    r" tr tm->when retrnsmt +uid +timeout inode *"
)
_MAPPED = "0000000000000000FFFF0000"
_LOCAL_IPV6 = "00000000000000000000000001000000"


@record
class _Listener:
    """A port that a program listens on; `local` when only this computer can reach it."""

    port: int
    local: bool


def read(wanted: Listening, look: Look) -> Found:
    """Return `reachable`, `local` or `none`, with the names that the list gives the ports."""
    window = look.window
    if not window.machine.live:
        message = "a copy of files does not show who listens"
        raise UnseenError(message)
    programs = look.programs[wanted.programs].programs
    now = window.machine.now()
    found, unread = _listeners(window)
    reachable, local = _names(programs, found, local=False), _names(programs, found, local=True)
    if reachable:
        return Found(raw="reachable", where=_IPV4, as_of=now, names=reachable, count=len(reachable))
    if unread is not None:
        raise unread
    must_see_the_network(window)  # a box may have a network of its own
    if local:
        return Found(raw="local", where=_IPV4, as_of=now, names=local, count=len(local))
    return Found(raw="none", where=_IPV4, as_of=now, count=len(programs))


def _names(
    programs: tuple[Program, ...], found: list[_Listener], *, local: bool
) -> tuple[str, ...]:
    """Return the names that the list gives the ports in use."""
    ports = {listener.port for listener in found if listener.local is local}
    return tuple(program.name for program in programs if ports.intersection(program.ports))


def _listeners(window: Window) -> tuple[list[_Listener], UnseenError | None]:
    """Return all ports that are listened on, and why some may not have been seen."""
    found: list[_Listener] = []
    unread: UnseenError | None = None
    for path in (_IPV4, _IPV6):
        try:
            listeners, whole = _parsed(window.text(path))
        except MissingError:
            if path == _IPV6 and not window.exists(_IPV6_IS_ON):
                continue  # this kernel speaks no IPv6
            unread = UnseenError("the kernel's list of connections is not there")
        except UnseenError as error:
            unread = error
        else:
            found += listeners
            if not whole:
                unread = UnseenError("the kernel's list of connections has an unexpected form")
    return found, unread


def _parsed(text: str) -> tuple[list[_Listener], bool]:
    """Return who listens, and whether every line had the kernel's form."""
    found: list[_Listener] = []
    lines = text.split("\n")
    whole = not lines.pop() and bool(lines) and _HEADER.fullmatch(lines[0]) is not None
    for line in lines[1:]:
        fields = _LINE.fullmatch(line)
        if fields is None:
            whole = False
            continue
        address, port, state = fields.groups()
        if state == _LISTENS:
            found.append(_Listener(port=int(port, 16), local=_is_local(address)))
    return found, whole


def _is_local(address: str) -> bool:
    """Say whether an address, in the kernel's order of bytes, stays on this computer."""
    if len(address) == 8:
        return address.endswith("7F")
    return address == _LOCAL_IPV6 or (address.startswith(_MAPPED) and address.endswith("7F"))
