"""Tells whether this program sees the computer itself, or only a copy or a box on it."""

from __future__ import annotations

from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window


def must_see_the_computer(window: Window) -> None:
    """Refuse to speak of what runs now where only a copy, or the inside of a box, is seen.

    Raises:
        UnseenError: When it is a copy of files, or a container that hides the computer.
    """
    if not window.machine.live:
        message = "only the running computer can tell"
        raise UnseenError(message)
    if not window.processes().own_whole:
        message = "this terminal runs in a box that hides the computer itself"
        raise UnseenError(message)
