"""What the browsers of a family say together: about a permission of sites, or about a choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

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

    @property
    def tells(self) -> bool:
        """Say whether this counts on its own, whatever the other profiles say."""
        return self.word in (ALL, SOME)


@record
class Said:
    """What one profile says of a choice, or how many of its extensions can do something.

    `tells` is true for what a person may want to know: it counts whatever the others say.
    """

    browser: str
    where: str
    as_of: dt.datetime
    word: str
    tells: bool
    count: int = 0
    locked: bool = False


Voice = TypeVar("Voice", Grants, Said)


def combined(sources: Iterable[Callable[[], list[Grants]]]) -> Found:
    """Return the widest grant of all sources.

    A grant that was found counts even if another profile could not be read; that nothing is
    granted may only be said when all could.

    Raises:
        MissingError: When no browser of the family was ever used here.
        UnseenError: When nothing was found but something could not be read.
    """
    seen = _heard(sources)
    wide = [grants for grants in seen if grants.tells]
    if wide:
        return _widest(wide)
    word = BLOCKED if all(grants.default == BLOCKED for grants in seen) else NONE
    return _together(seen, word)


def told(sources: Iterable[Callable[[], list[Said]]]) -> Found:
    """Return the word that counts if one profile says it, else the word that all profiles say.

    Raises:
        MissingError: When no browser of the family was ever used here.
        UnseenError: When no profile says the word that counts but one could not be read.
    """
    seen = _heard(sources)
    return _together([said for said in seen if said.tells] or seen, "")


def _heard(sources: Iterable[Callable[[], list[Voice]]]) -> list[Voice]:
    """Return what all sources say; one that cannot be read hides nothing that counts elsewhere."""
    seen: list[Voice] = []
    unread: UnseenError | None = None
    for source in sources:
        try:
            seen += source()
        except UnseenError as error:
            unread = error
    if unread is not None and not any(voice.tells for voice in seen):
        raise UnseenError(str(unread)) from None
    if not seen:
        message = "no such browser has been used here"
        raise MissingError(message)
    return seen


def _together(seen: list[Voice], word: str) -> Found:
    return Found(
        raw=word or seen[0].word,
        where=_listed(voice.where for voice in seen),
        as_of=min(voice.as_of for voice in seen),
        names=_unique(voice.browser for voice in seen),
        count=sum(voice.count for voice in seen if isinstance(voice, Said)),
        locked=all(voice.locked for voice in seen),
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
