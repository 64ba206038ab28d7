"""Looks whether doors that are usually closed stand open: input devices, the home folder."""

from __future__ import annotations

import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.boxes import must_see_the_computer
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Access

_INPUT = "/dev/input"
_KEYS = "/sys/class/input/{}/device/capabilities/key"
_KEY_BITS = re.compile(r"[0-9a-f]{1,16}( [0-9a-f]{1,16}){0,23}\n")
_FIRST_KEYS = 0xFFFFFFFE
"""The bits of the keys from Escape to D: a mouse or a game controller has none of them."""

_OTHERS = 0o005
_GROUP = 0o050


def read(wanted: Access, look: Look) -> Found:
    """Return `open` or `closed`; for the home folder also `group`."""
    if wanted.to == "home":
        return _home(look.window)
    return _input_devices(look.window)


def _home(window: Window) -> Found:
    """Return who may list or enter the home folder besides its owner, by its mode."""
    home = window.machine.home
    if not window.machine.live:
        message = "a copy of files may have lost who may enter the folders"
        raise UnseenError(message)
    try:
        mode = window.permissions(home).mode
    except MissingError:
        message = "the home folder is not there"
        raise UnseenError(message) from None
    raw = "open" if mode & _OTHERS else "group" if mode & _GROUP else "closed"
    return Found(raw=raw, where=home, as_of=window.machine.now())


def _input_devices(window: Window) -> Found:
    """Return whether programs of this account can read a keyboard past the desktop."""
    machine = window.machine
    if not machine.live:
        message = "a copy of files does not show who may read the keyboard"
        raise UnseenError(message)
    if machine.user == 0:
        message = "it was looked at as administrator, who may read everything"
        raise UnseenError(message)
    must_see_the_computer(window)  # a box may hide the devices
    try:
        events = [name for name in window.names(_INPUT) if name.startswith("event")]
    except MissingError:
        events = []
    if not events:
        message = "no input device is attached here"
        raise MissingError(message)
    readable = [name for name in events if window.permissions(f"{_INPUT}/{name}").readable]
    number = len([name for name in readable if _may_be_a_keyboard(window, name)])
    raw = "open" if number else "closed"
    return Found(raw=raw, where=_INPUT, as_of=machine.now(), count=number)


def _may_be_a_keyboard(window: Window, name: str) -> bool:
    """Say whether a device has the keys of a keyboard, or does not tell.

    Desktops open game controllers to the person at the screen, so not every device counts.
    """
    try:
        bits = window.text(_KEYS.format(name))
    except UnseenError:
        return True
    return not _KEY_BITS.fullmatch(bits) or bool(int(bits.split()[-1], 16) & _FIRST_KEYS)
