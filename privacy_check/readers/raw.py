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
    """Say whether a name differs from the wanted one by a slip: one letter, or capitals.

    Where an absent name would be good news, such a name is a sign of damage, not of absence.
    """
    if not isinstance(names, list | tuple | set | frozenset | dict):
        return False
    return any(isinstance(name, str) and _is_slip(name, wanted) for name in names)


def _is_slip(name: str, wanted: str) -> bool:
    """Say whether a letter is wrong, missing, too many or exchanged with the next one."""
    if abs(len(name) - len(wanted)) > 1 or name == wanted:
        return False
    if name.lower() == wanted.lower():
        return True
    if name[:1] != wanted[:1] and name[-1:] != wanted[-1:] and len(wanted) > 2:
        return False  # a slip leaves one of the ends; most names are told apart here
    start = 0
    while start < min(len(name), len(wanted)) and name[start] == wanted[start]:
        start += 1
    left, right = name[start:], wanted[start:]
    changed = left[1:] == right[1:]
    exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return changed or exchanged or left[1:] == right or left == right[1:]
