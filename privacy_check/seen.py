"""What came of looking for call apps, and of asking for their newest versions.

These records stand between those who look and ask, and the reports, which know no machine and no
network.
"""

from __future__ import annotations

import datetime as dt

from privacy_check.record import record


@record
class Sign:
    """One thing that shows an app.

    Attributes:
        how: `package`, `flatpak`, `snap`, `desktop-file`, `running` or `site`.
        where: Where it was seen, for a person.
        version: The installed version as it is written there, empty where none is.
    """

    how: str
    where: str
    version: str = ""


@record
class Seen:
    """What was seen of one app of the catalogue.

    `installed` and `running` are `None` where it cannot be told; `doubts` say why.
    """

    app: str
    installed: bool | None
    running: bool | None
    signs: tuple[Sign, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Return the installed version, empty where none was read."""
        return next((sign.version for sign in self.signs if sign.version), "")


@record
class Search:
    """What was seen of all apps, one entry each, and what could not be looked at.

    `looked` and `unread` are for a person: the places that gave an answer, and those that gave
    none, with the reason.
    """

    apps: tuple[Seen, ...]
    looked: tuple[str, ...]
    unread: tuple[str, ...] = ()


@record
class Attack:
    """One entry of the list of exploited faults: its number, and the day it came on the list."""

    cve: str
    added: dt.date


@record
class Fresh:
    """What came of asking for the newest version of one installed app.

    Attributes:
        app: Its id in the catalogue.
        result: `current`, `older`, `newer` (than what is named), or `unknown`.
        installed: The version here, empty where none could be read.
        newest: The version that was named, empty where no answer came.
        host: Who was asked, empty where nobody could be.
        asked_at: When the answer came; kept answers bear the time of their coming.
        reason: Why the result is unknown, or what limits it, for a person.
        attacks: What the list of exploited faults names under this app, the latest first. It does
            not say in which versions.
        attacks_as_of: The date of that list, `None` where it was not read.
        attacks_reason: Why it could not be read, empty where it was read or not asked for.
    """

    app: str
    result: str
    installed: str = ""
    newest: str = ""
    host: str = ""
    asked_at: dt.datetime | None = None
    reason: str = ""
    attacks: tuple[Attack, ...] = ()
    attacks_as_of: dt.date | None = None
    attacks_reason: str = ""
