"""Takes an address apart, strictly: what programs could read in two ways is read in none.

An address may open a call, so what is kept of it here goes no further than the modules beside this
one. Nothing here is an exception with a text in it.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Collection, Iterator
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit

from privacy_check.plaintext import HIDDEN
from privacy_check.record import record, replaced

MOST = 65536
"""Characters that an address may have, and bytes that are read of one."""

WEB = ("https", "http")
_OTHER_SCHEMES = frozenset(
    (
        *("about", "blob", "callto", "data", "file", "ftp", "ftps", "im", "intent", "irc"),
        *("ircs", "javascript", "mailto", "matrix", "news", "rtsp", "sftp", "sip", "sips"),
        *("sms", "smsto", "ssh", "steam", "tel", "urn", "vbscript", "view-source", "ws", "wss"),
        *("xmpp",),
    )
)
"""Schemes that are known well enough to be named, and open no call of a service we know."""

_PORTS = {"https": "443", "http": "80"}
_LAST_PORT = 65535
_LONGEST_HOST = 253
_MOST_PARAMETERS = 200
_AROUND = (
    *(("<", ">"), ('"', '"'), ("'", "'"), ("`", "`")),
    *(("\u201c", "\u201d"), ("\u2018", "\u2019"), ("\xab", "\xbb")),
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_HOST_FIRST = re.compile(r"[^\s/?#@:\\]+\.[^\s/?#@:\\]+(?::[0-9]+)?(?:[/?#]|\Z)")
_UNUSUAL = re.compile(r'[<>"{}|^`]')
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BRACKETS = re.compile(r"\[([^\[\]]*)\](?::(.*))?", re.DOTALL)
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
_UNSEEN_KINDS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))


@record
class Unread:
    """No address could be read; `why` is the id of the reason."""

    why: str


@record
class Address:
    """The parts of an address.

    Attributes:
        text: The whole of it.
        scheme: In small letters; empty where it is none that we know.
        slashes: Whether `//` stands behind the scheme.
        host: In small letters and ASCII, without a dot at its end; empty where there is none.
        shown_host: The host with the letters that people see.
        path: The path; `/` where a host has none.
        rest: Host and path as they are written, for schemes that have no real host.
        query: Names and values, decoded.
        fragment: What stands after `#`.
        odd: Ids of what makes it read in two ways, or lead elsewhere than it seems to.
    """

    text: str = ""
    scheme: str = ""
    slashes: bool = False
    host: str = ""
    shown_host: str = ""
    path: str = ""
    rest: str = ""
    query: tuple[tuple[str, str], ...] = ()
    fragment: str = ""
    odd: tuple[str, ...] = ()


def read_address(text: str, schemes: Collection[str]) -> Address | Unread:
    """Return the parts of the one address in a text.

    Args:
        text: The address, with nothing around it but white space, quotes or `< >`.
        schemes: The schemes that are known besides those of the web.
    """
    if len(text) > MOST:
        return Unread(why="too-long")
    text = _bare(text)
    if any(mark in text for mark in " \n\r"):
        return Unread(why="not-one-address")
    if _has_unseen(text):
        seen = "".join(mark for mark in text if not _is_unseen(mark))
        found = _with_scheme(seen, schemes)
        return found if isinstance(found, Unread) else _only(found, "hidden-characters")
    return _with_scheme(text, schemes)


def parameters(text: str) -> tuple[tuple[str, str], ...]:
    """Return names and values of text like `a=1&b=2`; those of a very long list stay out."""
    pairs = (part.partition("=") for part in text.split("&", _MOST_PARAMETERS)[:_MOST_PARAMETERS])
    return tuple((unquote_plus(n).removeprefix("amp;"), unquote_plus(v)) for n, _, v in pairs if n)


def decoded(text: str) -> str:
    """Return text without its percent signs."""
    return unquote(text)


def _bare(text: str) -> str:
    text = text.strip(" \t\r\n")
    for first, last in _AROUND:
        if len(text) > 1 and text.startswith(first) and text.endswith(last):
            return text[1:-1].strip(" \t\r\n")
    return text


def _has_unseen(text: str) -> bool:
    if HIDDEN.search(text):
        return True
    return not text.isascii() and any(map(_is_unseen, text))


def _is_unseen(mark: str) -> bool:
    if mark in _UNSEEN or "\ufe00" <= mark <= "\ufe0f" or "\U000e0100" <= mark <= "\U000e01ef":
        return True
    return mark != " " and unicodedata.category(mark) in _UNSEEN_KINDS


def _only(address: Address, odd: str) -> Address:
    """Return what may still be said of an address that is not read further."""
    return Address(scheme=address.scheme, slashes=address.slashes, odd=(odd,))


def _with_scheme(text: str, schemes: Collection[str]) -> Address | Unread:
    match = _SCHEME.match(text)
    scheme = match[1].lower() if match else ""
    behind = text[match.end() :] if match else text
    if scheme in WEB:
        return _of_web(text, scheme, behind)
    if scheme in schemes:
        return _split(text, scheme) if behind.strip("/") else Unread(why="not-an-address")
    if _HOST_FIRST.match(text) and "." in text[: match.end() if match else len(text)]:
        found = _of_web(f"https://{text}", "https", f"//{text}")
        if isinstance(found, Unread):
            return found
        return replaced(found, odd=(*found.odd, "no-scheme"))
    if scheme in _OTHER_SCHEMES and behind:
        return Address(text=text, scheme=scheme)
    return (
        Address(text=text) if behind.startswith("//") and scheme else Unread(why="not-an-address")
    )


def _of_web(text: str, scheme: str, behind: str) -> Address | Unread:
    found = Address(scheme=scheme, slashes=True)
    if behind.startswith("//") and behind[2:3] not in ("/", "\\", "?", "#", ""):
        return _split(text, scheme)
    named = re.split(r"[?#]", behind, maxsplit=1)[0].strip("/\\")
    return _only(found, "odd-address") if named else Unread(why="not-an-address")


def _split(text: str, scheme: str) -> Address:
    slashes = text[len(scheme) + 1 :].startswith("//")
    plain = Address(scheme=scheme, slashes=slashes)
    before = re.split(r"[?#]", text, maxsplit=1)[0]
    if "\\" in text or _UNUSUAL.search(before):
        return _only(plain, "odd-address")
    try:
        parts = urlsplit(text)
    except ValueError:
        return _only(plain, "odd-address")
    return replaced(
        plain,
        text=text,
        path=parts.path or ("/" if parts.netloc else ""),
        rest=parts.netloc + parts.path,
        query=parameters(parts.query),
        fragment=parts.fragment,
        **_authority(parts, scheme) if parts.netloc else {},
    )


def _authority(parts: SplitResult, scheme: str) -> dict[str, object]:
    """Return the host, and what is odd about it or beside it."""
    before, _, place = parts.netloc.rpartition("@")
    odd = ["user-info"] if before or "@" in parts.netloc else []
    if brackets := _BRACKETS.fullmatch(place):
        odd += ["ip-address" if _is_ip(brackets[1]) else "odd-address"]
        host, port = "", brackets[2]
    else:
        host, colon, digits = place.partition(":")
        port = digits if colon else None
    odd += _odd_port(port, scheme)
    if not host:
        return {"odd": tuple(odd) or ("odd-address",)}
    name, shown, strange = _host(host)
    return {"host": name, "shown_host": shown, "odd": (*odd, *strange)}


def _is_ip(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def _odd_port(port: str | None, scheme: str) -> Iterator[str]:
    if port is None or port == _PORTS.get(scheme):
        return
    is_number = (
        port.isascii() and (port.isdigit() or not port) and len(port) <= len(str(_LAST_PORT))
    )
    yield "unusual-port" if is_number and int(port or 0) <= _LAST_PORT else "odd-address"


def _host(host: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a host in ASCII, as it is seen, and what is odd about it."""
    host = host.lower()
    if "%" in host or len(host) > _LONGEST_HOST:
        return "", "", ("odd-address",)
    if not host.isascii():
        return _of_letters(host)
    name = host.removesuffix(".")
    labels = name.split(".")
    if not all(map(_LABEL.fullmatch, labels)):
        return "", "", ("odd-address",)
    if _NUMBER.fullmatch(labels[-1]):
        return "", "", ("ip-address",)
    shown = _decoded_host(name)
    strange = ("odd-address",) if not shown else ()
    return name, shown, (*strange, *(("not-exact-host",) if name != host else ()))


def _of_letters(host: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a host with other letters than ASCII; browsers turn some of them into ASCII."""
    import idna

    try:
        name = idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        name = ""
    became_plain = bool(name) and "xn--" not in name
    return name, host, ("confusable-letters" if became_plain else "other-letters",)


def _decoded_host(name: str) -> str:
    """Return a host as it is seen; empty where it cannot be."""
    if "xn--" not in name:
        return name
    import idna

    try:
        return idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return ""
