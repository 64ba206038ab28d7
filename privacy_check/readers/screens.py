"""Asks GNOME's window manager whether one screen repeats another.

No name of a screen leaves this module.
"""

from __future__ import annotations

from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Screens

_MUTTER = "org.gnome.Mutter.DisplayConfig"
_QUESTION = BusQuestion(
    bus="session",
    name=_MUTTER,
    path="/org/gnome/Mutter/DisplayConfig",
    interface=_MUTTER,
    member="GetCurrentState",
)
_PARTS = 4
"""A number that changes with each change, the screens, what is shown, and more."""

_SCREENS_OF_PART = 5
"""Where the list of screens stands among what is told of one part of the picture."""


def read(wanted: Screens, look: Look) -> Found:
    """Return `mirrored`, `separate`, or `one` where a single screen is in use."""
    try:
        body = look.window.ask(_QUESTION)
    except MissingError as error:
        raise UnseenError(str(error)) from None
    if len(body) != _PARTS or not isinstance(body[2], list):
        raise _unknown_form()
    counts = [_screens(part) for part in body[2]]
    if not counts or 0 in counts:
        message = "no screen is in use that could be asked about"
        raise UnseenError(message)
    # On X11, screens of different sizes that repeat each other are parts that start at one place.
    places = {tuple(part[:2]) for part in body[2]}
    repeated = max(counts) > 1 or len(places) < len(counts)
    raw = "mirrored" if repeated else "separate" if len(counts) > 1 else "one"
    return Found(raw=raw, where=_MUTTER, as_of=look.window.machine.now(), count=sum(counts))


def _screens(part: object) -> int:
    if not isinstance(part, list | tuple) or len(part) <= _SCREENS_OF_PART:
        raise _unknown_form()
    if not all(isinstance(place, int) and place >= 0 for place in part[:2]):
        raise _unknown_form()
    screens = part[_SCREENS_OF_PART]
    if not isinstance(screens, list):
        raise _unknown_form()
    return len(screens)


def _unknown_form() -> UnseenError:
    return UnseenError("the desktop gave an answer of an unknown form")
