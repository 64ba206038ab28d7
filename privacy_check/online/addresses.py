"""Addresses that may be asked: https ones, and where a server sends on to. Asks nobody."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from privacy_check.online.interface import NoAnswerError
from privacy_check.plaintext import plain

_LONGEST = 100
"""No longer name of a host is shown."""

_SIGN_IN = " On a network with a sign-in page that may be it: open a browser, then ask again."


def host_in(address: str) -> str:
    """Return the host of an https address.

    Raises:
        NoAnswerError: When it is none, or carries a name and a password.
    """
    parts = _split(address)
    if parts is None or parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        message = "An address that is not a plain https address was not asked."
        raise NoAnswerError(message)
    return plain(parts.hostname)[:_LONGEST]


def sent_on(address: str, location: str) -> str:
    """Return the whole address that a server sends on to.

    Raises:
        NoAnswerError: When it is none.
    """
    try:
        return urljoin(address, location)
    except ValueError:
        message = f"{host_in(address)} sends on to something that is not an address."
        raise NoAnswerError(message) from None


def on_same_host(address: str, goes_to: str) -> str:
    """Return the address a server sends on to, if it is on the same host, over HTTPS.

    Raises:
        NoAnswerError: When it leads elsewhere.
    """
    here, there = host_in(address), _split(goes_to)
    if there is None:
        message = f"{here} sends on to something that is not an address."
        raise NoAnswerError(message)
    where = _split(address)
    if where and (there.scheme, there.netloc) == ("https", where.netloc):
        return goes_to
    named = plain(there.hostname or "nowhere")[:_LONGEST]
    if there.scheme != "https":
        named = "an address without encryption"
    message = f"{here} sends on to {named}, which is not asked.{_SIGN_IN}"
    raise NoAnswerError(message)


def proxy_name(proxy: str | None) -> str:
    """Return host and port of a proxy; never the name and password that may be with them."""
    if not proxy:
        return ""
    place = proxy.rpartition("@")[2].rpartition("//")[2]
    return plain(re.split("[/?#]", place, maxsplit=1)[0])[:_LONGEST]


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # which may be no number
    except ValueError:
        return None
    return parts
