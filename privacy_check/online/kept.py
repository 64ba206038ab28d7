"""Answers kept in a file that the person named: newest versions, and when they were told.

The file holds ids of apps, hosts, versions and times, and the entries of the list of exploited
faults. It does not hold what is installed; but only apps that are here are asked about, so whoever
reads it learns which call apps these are. It is private, therefore, like a file of answers.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping

from privacy_check.online import feeds, versions
from privacy_check.person.private_file import PrivateFileError, read_private, write_private
from privacy_check.plaintext import plain
from privacy_check.record import NOTHING, record
from privacy_check.rulebook.catalogue import Newest
from privacy_check.seen import Attack

_SCHEMA = "newest-versions-v1"
_GOOD_FOR = dt.timedelta(hours=24)
_MOST_TEXT = 200


@record
class Named:
    """The newest version as a host named it."""

    version: str
    host: str
    at: dt.datetime


@record
class Listed:
    """What the list of exploited faults names of an app; `as_of` is the date of the list."""

    attacks: tuple[Attack, ...]
    as_of: dt.date
    at: dt.datetime


class Kept:
    """The answers that are still good; new ones are put beside them."""

    def __init__(
        self,
        named: Mapping[str, tuple[str, Named]] = NOTHING,
        listed: Mapping[str, Listed] = NOTHING,
    ) -> None:
        """Start with none, or with those of a file: newest versions each with what was asked."""
        self._named = dict(named)
        self._listed = dict(listed)

    def named(self, app: str, place: Newest) -> Named | None:
        """Return the newest version of an app, if it was asked at this very place."""
        asked, named = self._named.get(app, ("", None))
        return named if asked == _place(place) else None

    def put_named(self, app: str, place: Newest, named: Named) -> None:
        """Keep a newest version."""
        self._named[app] = (_place(place), named)

    def listed(self, app: str) -> Listed | None:
        """Return what the list of exploited faults names of an app."""
        return self._listed.get(app)

    def put_listed(self, app: str, listed: Listed) -> None:
        """Keep what the list of exploited faults names of an app."""
        self._listed[app] = listed

    def encoded(self) -> bytes:
        """Return the content of a file."""
        whole = {
            "schema": _SCHEMA,
            "newest": {
                app: {
                    "place": place,
                    "host": one.host,
                    "version": one.version,
                    "at": one.at.isoformat(),
                }
                for app, (place, one) in sorted(self._named.items())
            },
            "exploited": {
                app: {
                    "attacks": {attack.cve: attack.added.isoformat() for attack in one.attacks},
                    "as_of": one.as_of.isoformat(),
                    "at": one.at.isoformat(),
                }
                for app, one in sorted(self._listed.items())
            },
        }
        return (json.dumps(whole, indent=2) + "\n").encode()


def _place(place: Newest) -> str:
    """Say what was asked, so that an answer to another question is not taken for this one."""
    return " ".join((place.how, feeds.address_of(place), place.pointer, place.form))


def read_kept(path: str, now: dt.datetime) -> Kept:
    """Return the answers of a file that are younger than a day; none where there is no file yet.

    It is looked at beforehand whether a file can be written there, so that nobody is asked in vain.

    Raises:
        PrivateFileError: When it is not private, cannot be read or written, or holds something
            else.
    """
    folder = os.path.dirname(path) or os.curdir
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK | os.X_OK):
        message = f"{plain(path)}: no file can be written in this folder."
        raise PrivateFileError(message)
    try:
        data = read_private(path)
    except FileNotFoundError:
        return Kept()
    try:
        return _decoded(data, now)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        message = f"{plain(path)}: these are no answers that `privacy-check apps` has kept."
        raise PrivateFileError(message) from None


def write_kept(path: str, kept: Kept) -> None:
    """Write answers to the file, which may be the one they were read from.

    Raises:
        PrivateFileError: When it cannot be written.
    """
    write_private(path, kept.encoded(), replace=True)


def _decoded(data: bytes, now: dt.datetime) -> Kept:
    whole = json.loads(data)
    if whole["schema"] != _SCHEMA:
        raise ValueError
    newest: dict[str, tuple[str, Named]] = {}
    exploited: dict[str, Listed] = {}
    for app, entry in whole["newest"].items():
        if _is_good(at := _time(entry["at"]), now):
            one = Named(version=_version(entry["version"]), host=_word(entry["host"]), at=at)
            newest[app] = (str(entry["place"]), one)
    for app, entry in whole["exploited"].items():
        if _is_good(at := _time(entry["at"]), now):
            attacks = tuple(
                Attack(cve=_word(cve), added=dt.date.fromisoformat(added))
                for cve, added in entry["attacks"].items()
            )
            as_of = dt.date.fromisoformat(entry["as_of"])
            exploited[app] = Listed(attacks=attacks, as_of=as_of, at=at)
    return Kept(newest, exploited)


def _is_good(at: dt.datetime, now: dt.datetime) -> bool:
    """Say whether an answer is younger than a day; one of the future was told by a wrong clock."""
    return dt.timedelta(0) <= now - at < _GOOD_FOR


def _time(text: str) -> dt.datetime:
    at = dt.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError
    return at


def _version(text: str) -> str:
    if not versions.is_version(text):
        raise ValueError
    return text


def _word(text: str) -> str:
    if not isinstance(text, str) or len(text) > _MOST_TEXT or text != plain(text):
        raise ValueError
    return text
