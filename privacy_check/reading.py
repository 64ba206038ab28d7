"""What came of looking at one place: one of four outcomes, and nothing else.

These records stand between the readers, which make them, and the judge, which knows no machine.
"""

from __future__ import annotations

import datetime as dt

from privacy_check.record import record


@record
class Value:
    """The value was really read.

    `word` is empty when the value is none of those the setting lists; `number` is the raw value
    where it is a plain number, so that it can be put back. `sites` are shown to the
    person on a terminal only, and counted everywhere else. `sure` is false where it was read from
    the settings of a desktop that may not be the one that runs.
    """

    word: str
    where: str
    as_of: dt.datetime
    number: str = ""
    names: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    count: int = 0
    reason: str = ""
    sure: bool = True
    locked: bool = False


@record
class Unset:
    """The key is truly absent, so the documented default holds.

    `sure` is false where the absence itself is not certain: a text file that may have been cut at
    a line end, or a desktop that was only guessed from its files.
    """

    word: str
    where: str
    as_of: dt.datetime
    number: str = ""
    reason: str = ""
    sure: bool = True
    locked: bool = False


@record
class Unreadable:
    """The value could not be read, for a reason that a person understands."""

    reason: str
    where: str = ""


@record
class NotApplicable:
    """The place is not on this machine; `reason` names the fact that decided it."""

    reason: str


Reading = Value | Unset | Unreadable | NotApplicable


def outcome(reading: Reading) -> str:
    """Return the outcome's name in machine formats."""
    match reading:
        case Value():
            return "value"
        case Unset():
            return "unset"
        case Unreadable():
            return "unreadable"
        case NotApplicable():
            return "not-applicable"
