"""Reads the session's environment, one-line kernel files and folder counts."""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.rulebook.reads import ByHand, Environment, Folder, Sysfs

_LONGEST_LINE = 4096


def read(wanted: Environment | Sysfs | Folder | ByHand, look: Look) -> Found | Absent:
    """Return the value of one of these small things."""
    match wanted:
        case Environment():
            return _variable(wanted, look)
        case Sysfs():
            return _kernel_file(wanted, look)
        case Folder():
            return _folder(wanted, look)
        case ByHand():
            raise UnseenError(wanted.reason)


def _variable(wanted: Environment, look: Look) -> Found | Absent:
    machine = look.window.machine
    if not machine.live:
        message = "only the running session can tell"
        raise UnseenError(message)
    if machine.environment("SSH_CONNECTION"):
        message = "this session came over the network, and the one on the screen may differ"
        raise UnseenError(message)
    value = machine.environment(wanted.name)
    if not value:
        message = "this session does not say"
        raise UnseenError(message)
    return Found(raw=value, where=wanted.name, as_of=machine.now())


def _kernel_file(wanted: Sysfs, look: Look) -> Found:
    window = look.window
    paths = window.matches(wanted.path)
    if not paths:
        message = "this computer has no such device"
        raise MissingError(message)
    lines = [_line(look, path) for path in paths]
    if wanted.count:
        number = lines.count(wanted.count)
        return Found(raw=str(number), where=wanted.path, as_of=window.machine.now(), count=number)
    if len(lines) > 1:
        message = "several devices answer, and they may differ"
        raise UnseenError(message)
    return Found(raw=lines[0], where=paths[0], as_of=window.machine.now())


def _line(look: Look, path: str) -> str:
    data = look.window.file(path).data
    if not data.strip() or len(data) > _LONGEST_LINE:
        message = "the kernel's file has an unexpected form"
        raise UnseenError(message)
    return data.decode("utf-8", "replace").strip()


def _folder(wanted: Folder, look: Look) -> Found:
    window = look.window
    try:
        number = len(window.names(wanted.path))
    except MissingError:
        if not window.machine.live:
            message = "it is not in this copy, which may have left it out"
            raise UnseenError(message) from None
        number = 0
    return Found(raw=str(number), where=wanted.path, as_of=window.machine.now(), count=number)
