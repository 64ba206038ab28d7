"""Collects what one way of looking shows of the apps of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from privacy_check.rulebook.catalogue import App
from privacy_check.seen import Sign

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+:~_-]{0,79}")


class Notes:
    """The signs of apps that one way found, and what it could not look at.

    Attributes:
        place: Where it looks, for a person.
        signs: What was found, by the app's id.
        doubts: Why an app may be there although nothing was found, by the app's id.
        unread: What could not be looked at, which may hide any app that this way could show.
        looked: Whether a part of the place is here and gave an answer.
        system: Whether the part that all accounts of the computer share was among it.
    """

    def __init__(self, place: str) -> None:
        """Start with nothing found."""
        self.place = place
        self.signs: dict[str, list[Sign]] = {}
        self.doubts: dict[str, list[str]] = {}
        self.unread: list[str] = []
        self.looked = False
        self.system = False

    def answered(self, *, system: bool) -> None:
        """Note that a part of the place could be looked at."""
        self.looked = True
        self.system |= system

    def add(self, apps: Iterable[str], how: str, where: str, version: str = "") -> None:
        """Note a sign of some apps; a version of no known form is left out."""
        plain = version if _VERSION.fullmatch(version) else ""
        for app in apps:
            self.signs.setdefault(app, []).append(Sign(how=how, where=where, version=plain))

    def doubt(self, apps: Iterable[str], reason: object) -> None:
        """Note why some apps may be there although this way cannot tell."""
        for app in apps:
            self.doubts.setdefault(app, []).append(str(reason))

    def fail(self, reason: object) -> None:
        """Note that a part of the place could not be looked at."""
        self.unread.append(f"{self.place}: {reason}")


def named(apps: Sequence[App], field: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each name in a field of `OnLinux`, with the apps that have it."""
    found: dict[str, list[str]] = {}
    for app in apps:
        for name in getattr(app.linux, field):
            found.setdefault(name, []).append(app.id)
    yield from found.items()
