"""What the two families of browsers share about extensions: words, and what `every site` means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from privacy_check.machine.interface import UnseenError
from privacy_check.readers.browsers import NONE, Said
from privacy_check.readers.raw import near_miss
from privacy_check.record import record

CAPTURE = "capture-extensions"
SOME = "some"
_ALL_URLS = "<all_urls>"
_EVERYWHERE = ("*://*/*", "http://*/*", "https://*/*")
_WEB = ("*", "http", "https")
_UNKNOWN = "the browser's list of extensions has a form that we do not know"


@record
class Number:
    """How many extensions can do something; `unread` is the reason why some could not be judged."""

    seen: int
    unread: str = ""


def number(judged: Iterable[Callable[[], bool]]) -> Number:
    """Return of how many extensions something is true; one that cannot be judged hides no other."""
    seen, unread = 0, ""
    for is_true in judged:
        try:
            seen += is_true()
        except UnseenError as error:
            unread = str(error)
    return Number(seen=seen, unread=unread)


def counted(browser: str, where: str, as_of: dt.datetime, found: Number) -> Said:
    """Return what a profile says.

    Raises:
        UnseenError: When no extension was found, but one could not be judged.
    """
    if found.unread and not found.seen:
        raise UnseenError(found.unread)
    word = SOME if found.seen else NONE
    return Said(
        browser=browser,
        where=where,
        as_of=as_of,
        word=word,
        tells=found.seen > 0,
        count=found.seen,
    )


def texts(value: object) -> list[str]:
    """Return a list of texts.

    Raises:
        UnseenError: When it is anything else.
    """
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnseenError(_UNKNOWN)
    return value


def reach_every_site(patterns: list[str]) -> bool:
    """Say whether one of some match patterns names all sites of the web.

    Raises:
        UnseenError: When none does, but one looks like what is left of one that does.
    """
    unread: UnseenError | None = None
    for pattern in patterns:
        try:
            if _reaches_every_site(pattern):
                return True
        except UnseenError as error:
            unread = error
    if unread is not None:
        raise UnseenError(str(unread)) from None
    return False


def _reaches_every_site(pattern: str) -> bool:
    """Say whether a match pattern names all sites of the web.

    Raises:
        UnseenError: When it looks like what is left of one that does.
    """
    scheme, mark, rest = pattern.partition("://")
    host = rest.partition("/")[0].partition(":")[0]
    if pattern == _ALL_URLS or (scheme in _WEB and host == "*"):
        return True
    near = any(near_miss(wide, (pattern,)) for wide in (_ALL_URLS, *_EVERYWHERE))
    if near or not (mark or pattern.startswith(("about:", "data:"))):
        raise UnseenError(_UNKNOWN)
    return False
