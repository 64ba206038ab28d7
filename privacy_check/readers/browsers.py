"""What the browsers of a family say together about one permission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Found
from privacy_check.record import record

NONE, SOME, ALL, BLOCKED = "none", "some-sites", "all-sites", "blocked"


@record
class Grants:
    """What one profile, or a policy, allows: a default for all sites, and sites by name."""

    browser: str
    where: str
    as_of: dt.datetime
    default: str
    sites: tuple[str, ...] = ()
    locked: bool = False

    @property
    def word(self) -> str:
        """Return the word that the setting files map."""
        if self.default == ALL:
            return ALL
        return SOME if self.sites else self.default


def combined(sources: Iterable[Callable[[], list[Grants]]]) -> Found:
    """Return the widest grant of all sources.

    A grant that was found counts even if another profile could not be read; that nothing is
    granted may only be said when all could.

    Raises:
        MissingError: When no browser of the family was ever used here.
        UnseenError: When nothing was found but something could not be read.
    """
    seen: list[Grants] = []
    unread: UnseenError | None = None
    for source in sources:
        try:
            seen += source()
        except UnseenError as error:
            unread = error
    wide = [grants for grants in seen if grants.word in (ALL, SOME)]
    if wide:
        return _widest(wide)
    if unread is not None:
        raise UnseenError(str(unread)) from None
    if not seen:
        message = "no such browser has been used here"
        raise MissingError(message)
    word = BLOCKED if all(grants.default == BLOCKED for grants in seen) else NONE
    return Found(
        raw=word,
        where=_listed(grants.where for grants in seen),
        as_of=min(grants.as_of for grants in seen),
        names=_unique(grants.browser for grants in seen),
        locked=all(grants.locked for grants in seen),
    )


def _widest(wide: list[Grants]) -> Found:
    sites = _unique(site for grants in wide for site in grants.sites)
    return Found(
        raw=ALL if any(grants.word == ALL for grants in wide) else SOME,
        where=_listed(grants.where for grants in wide),
        as_of=max(grants.as_of for grants in wide),
        names=_unique(grants.browser for grants in wide),
        sites=sites,
        count=len(sites),
        locked=all(grants.locked for grants in wide),
    )


def _listed(places: Iterable[str]) -> str:
    return ", ".join(_unique(places))


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(items)))
