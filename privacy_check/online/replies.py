"""What a server's reply says before its content is read: its status, its times, how it is packed.

Nothing here opens a connection.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from privacy_check.online.interface import NoAnswerError
from privacy_check.record import record

FINE = 200
REDIRECTS = (301, 302, 303, 307, 308)
_MAY_PASS = (429, 500, 502, 503, 504)
_TOO_MANY = (403, 429)
_LONGEST = 10 * 365 * 86400
_GZIP = 31
"""How zlib is told to expect gzip, with the largest window."""

_STATUSES = {
    401: "{host} wants a name and a password.",
    403: "{host} refused to answer (403).",
    404: "{host} no longer answers at this address (404).",
    407: "A proxy before {host} wants a name and a password.",
    410: "{host} no longer answers at this address (410).",
    429: "{host} has too many questions just now (429). Ask again later.",
    451: "{host} refused to answer for legal reasons (451).",
    511: "This network wants a sign-in first: open a browser, then ask again.",
}


@record
class Reply:
    """What came back; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def kind(self) -> str:
        """Return the media type in small letters, without what stands behind it."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def check(reply: Reply, host: str, now: dt.datetime) -> None:
    """Let pass what is an answer, or sends on to another address.

    Raises:
        NoAnswerError: When it is neither.
    """
    status = reply.status
    if status == FINE or (status in REDIRECTS and reply.headers.get("location")):
        return
    if status in _TOO_MANY and reply.headers.get("x-ratelimit-remaining") == "0":
        until = _reset(reply.headers.get("x-ratelimit-reset", ""), now)
        message = f"{host} answers only so many questions an hour from one network{until}."
        raise NoAnswerError(message, of_host=True)
    message = _STATUSES.get(status, f"{host} gave no answer (status {status}).").format(host=host)
    after = _after(reply.headers.get("retry-after", ""), now) if status in _MAY_PASS else None
    if after:
        message = f"{host} wants to be asked again only after {_span(after)}."
    raise NoAnswerError(
        message, may_pass=status in _MAY_PASS, after=after, of_host=status in _MAY_PASS
    )


def _after(text: str, now: dt.datetime) -> float | None:
    """Return the seconds that a `Retry-After` names, as a number or as a time."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), _LONGEST))
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return min(max((moment - now).total_seconds(), 0.0), float(_LONGEST))
    except (TypeError, ValueError, OverflowError):
        return None


def _reset(text: str, now: dt.datetime) -> str:
    if not (text.isascii() and text.isdigit()):
        return ""
    seconds = int(text[:12]) - now.timestamp()
    return f"; again in {_span(seconds)}" if 0 < seconds < _LONGEST else ""


def _span(seconds: float) -> str:
    for length, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= 2 * length or length == 1:
            number = -int(-seconds // length)
            return f"{number} {name}{'' if number == 1 else 's'}"
    return ""  # pragma: no cover - the last line of the table always returns


def too_large(host: str, most: int) -> str:
    """Return the reason for leaving an answer that is larger than any feed."""
    return f"{host} sends more than {most // 1024 // 1024 or 1} MB, which is no list of versions."


def unpacked(reply: Reply, host: str, most: int) -> bytes:
    """Return the content of a reply, unpacked up to a size.

    Raises:
        NoAnswerError: When it is packed in an unknown way, damaged or too large.
    """
    how = reply.headers.get("content-encoding", "").strip().lower()
    if how in ("", "identity"):
        return reply.data
    if how not in ("gzip", "x-gzip"):
        message = f"{host} answered in a packing that was not asked for."
        raise NoAnswerError(message)
    packed = zlib.decompressobj(wbits=_GZIP)
    try:
        data = packed.decompress(reply.data, most + 1)
    except zlib.error:
        message = f"{host} sent a packed answer that is damaged."
        raise NoAnswerError(message) from None
    if len(data) > most:
        raise NoAnswerError(too_large(host, most))
    if not packed.eof:
        message = f"The connection to {host} broke off before the answer was whole."
        raise NoAnswerError(message, may_pass=True)
    return data
