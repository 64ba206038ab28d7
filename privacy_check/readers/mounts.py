"""Reads the kernel's list of mounts, `/proc/self/mountinfo`."""

from __future__ import annotations

import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.record import record

_FEWEST = 6
_UNKNOWN = "the list of mounts has an unknown form"


@record
class Mount:
    """One mounted file system."""

    device: str
    point: str
    kind: str
    source: str


def mounts(window: Window) -> tuple[Mount, ...]:
    """Return the mounted file systems in the kernel's order; a later one covers an earlier.

    Raises:
        UnseenError: When the list is not there or has an unknown form.
    """
    try:
        return window.once("mounts", lambda: _parsed(window.text("/proc/self/mountinfo")))
    except MissingError:
        message = "the list of mounts is not there"
        raise UnseenError(message) from None


def mount_of(window: Window, path: str) -> Mount:
    """Return the mount that a path lies on.

    Raises:
        UnseenError: When no mount holds it.
    """
    holding = [mount for mount in mounts(window) if is_inside(path, mount.point)]
    if not holding:
        message = "no mounted file system holds it"
        raise UnseenError(message)
    longest = max(len(mount.point) for mount in holding)
    return [mount for mount in holding if len(mount.point) == longest][-1]


def is_inside(path: str, folder: str) -> bool:
    """Say whether a path is a folder or lies in it."""
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


def _parsed(text: str) -> tuple[Mount, ...]:
    if not text.endswith("\n"):
        raise UnseenError(_UNKNOWN)  # it is empty or cut
    return tuple(_mount(line) for line in text.removesuffix("\n").split("\n"))


def _mount(line: str) -> Mount:
    left, dash, right = line.partition(" - ")
    before, after = left.split(" "), right.split(" ")
    numbers = ":".join(before[:3]).split(":")
    whole = len(before) >= _FEWEST and len(numbers) == 4 and all(map(str.isdecimal, numbers))
    if not dash or not whole or len(after) != 3 or " - " in right:
        raise UnseenError(_UNKNOWN)
    return Mount(
        device=before[2], point=plain_path(before[4]), kind=after[0], source=plain_path(after[1])
    )


def plain_path(text: str) -> str:
    """Return a path without the kernel's escapes for blanks."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
