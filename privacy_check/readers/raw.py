"""What a reader hands over: a raw value that was found, or the news that the key is absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from privacy_check.machine.window import Window
from privacy_check.record import NOTHING, record
from privacy_check.rulebook.records import ProgramList


@record
class Found:
    """A raw value, as text, with the place it was read from."""

    raw: str
    where: str
    as_of: dt.datetime
    names: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    count: int = 0
    note: str = ""
    locked: bool = False


@record
class Absent:
    """The key is not set there.

    `default` is the raw default the machine itself names (a compiled schema), where there is one.
    `sure` is false where a text file may have lost the key by being cut.
    """

    where: str
    as_of: dt.datetime
    default: str | None = None
    sure: bool = True
    note: str = ""
    locked: bool = False


@record
class Look:
    """What a reader may use besides what it reads: the window and the published lists."""

    window: Window
    programs: Mapping[str, ProgramList] = NOTHING
    whole: tuple[str, ...] = ()


def as_text(value: object) -> str:
    """Return a plain value as the text that stands in a setting file's map."""
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return ",".join(as_text(item) for item in value)
        case _:
            return str(value)


def near_miss(wanted: str, names: object) -> bool:
    """Say whether a name differs from the wanted one in a single character.

    Where an absent name would be good news, such a name is a sign of damage, not of absence.
    """
    if not isinstance(names, list | tuple | set | frozenset | dict):
        return False
    return any(
        isinstance(name, str)
        and len(name) == len(wanted)
        and sum(a != b for a, b in zip(name, wanted, strict=True)) == 1
        for name in names
    )
