"""Tells whether this program sees the computer itself, or only a copy or a box on it."""

from __future__ import annotations

from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window

_NETWORK = "/proc/sys/net/core"
_ONLY_OF_THE_COMPUTER = f"{_NETWORK}/netdev_max_backlog"
"""A switch that the kernel shows only beside the computer's own network, not in a space apart."""


def must_see_the_network(window: Window) -> None:
    """Refuse to speak of the computer's network where only a space apart from it is seen.

    Raises:
        UnseenError: When it is a copy of files, a container, or a network space of its own.
    """
    must_see_the_computer(window)
    if window.exists(_NETWORK) and not window.exists(_ONLY_OF_THE_COMPUTER):
        message = "this terminal has a network of its own, apart from the computer's"
        raise UnseenError(message)


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
