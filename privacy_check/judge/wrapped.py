"""Addresses that stand for another one: wrapped ones hold it, shortened ones do not."""

from __future__ import annotations

import base64
import binascii
import re
from itertools import islice

from privacy_check.judge.address import WEB, Address, decoded
from privacy_check.record import record

SHORTENERS = frozenset(
    (
        *("aka.ms", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru", "cutt.ly"),
        *("dlvr.it", "fb.me", "g.co", "goo.gl", "is.gd", "j.mp", "lnkd.in", "msft.it", "ow.ly"),
        *("qr.ae", "rb.gy", "rebrand.ly", "s.id", "shorturl.at", "shrtco.de", "snip.ly"),
        *("soo.gd", "surl.li", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "tr.im", "trib.al"),
        *("u.nu", "v.gd", "x.co", "zpr.io"),
    )
)
"""Hosts that keep the real address to themselves."""


@record
class _Wrapper:
    """A host, alone or under `*.`, its paths, and the names that hold the address.

    Without paths any will do; one that ends in `*` is the start of a path.
    """

    host: str
    paths: tuple[str, ...] = ()
    names: tuple[str, ...]


_WRAPPERS = (
    _Wrapper(host="*.safelinks.protection.outlook.com", names=("url",)),
    _Wrapper(host="google.com", paths=("/url",), names=("q", "url")),
    _Wrapper(host="www.google.com", paths=("/url",), names=("q", "url")),
    _Wrapper(host="l.facebook.com", paths=("/l.php",), names=("u",)),
    _Wrapper(host="lm.facebook.com", paths=("/l.php",), names=("u",)),
    _Wrapper(host="l.messenger.com", paths=("/l.php",), names=("u",)),
    _Wrapper(host="l.instagram.com", paths=("/",), names=("u",)),
    _Wrapper(host="l.wl.co", paths=("/l",), names=("u",)),
    _Wrapper(host="linkprotect.cudasvc.com", paths=("/url",), names=("a",)),
    _Wrapper(
        host="statics.teams.cdn.office.net",
        paths=("/evergreen-assets/safelinks/*",),
        names=("url",),
    ),
    _Wrapper(host="www.linkedin.com", paths=("/safety/go",), names=("url",)),
    _Wrapper(host="www.youtube.com", paths=("/redirect",), names=("q",)),
    _Wrapper(host="slack-redir.net", paths=("/link",), names=("url",)),
    _Wrapper(host="urldefense.proofpoint.com", paths=("/v1/url", "/v2/url"), names=("u",)),
    _Wrapper(host="urldefense.com", paths=("/v1/url", "/v2/url", "/v3/__*"), names=("u",)),
    _Wrapper(host="urldefense.us", paths=("/v2/url", "/v3/__*"), names=("u",)),
)
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STARS = re.compile(r"\*(?:\*([A-Za-z0-9_-]))?")
_ONE_SLASH = re.compile(r"(https?):/(?=[^/])", re.IGNORECASE)


@record
class Wrapped:
    """An address that holds another one: whose it is, and the other, empty if unreadable."""

    host: str
    inner: str


def unwrapped(address: Address) -> Wrapped | None:
    """Return what an address wraps; `None` where it wraps nothing."""
    wrapper = next((item for item in _WRAPPERS if _is_of(address, item)), None)
    if wrapper is None or address.odd:
        return None
    if address.path.startswith("/v3/"):
        return Wrapped(host=wrapper.host, inner=_third_way(address.text))
    values = {value for name, value in address.query if name in wrapper.names and value}
    held = values.pop() if len(values) == 1 else ""  # of several, only its host knows which counts
    if address.path.startswith("/v2/"):
        held = decoded(held.replace("-", "%").replace("_", "/"))
    return Wrapped(host=wrapper.host, inner=held if ":" in held else "")


def is_shortened(address: Address) -> bool:
    """Say whether an address leads to another one that only its host knows."""
    return address.scheme in WEB and address.host in SHORTENERS


def _is_of(address: Address, wrapper: _Wrapper) -> bool:
    is_host = address.host == wrapper.host or (
        wrapper.host.startswith("*.") and address.host.endswith(wrapper.host[1:])
    )
    return address.scheme in WEB and is_host and _is_path(address.path, wrapper.paths)


def _is_path(path: str, known: tuple[str, ...]) -> bool:
    whole = path.removesuffix("/") or "/"
    return not known or any(
        path.startswith(one[:-1]) if one.endswith("*") else whole == one for one in known
    )


def _third_way(text: str) -> str:
    """Return the address that the third version of URL Defense holds.

    It puts `*` where a mark stood, `**` and a letter for several of them, and the marks behind it.
    """
    inner, end, behind = text.partition("/v3/__")[2].rpartition("__;")
    marks = re.match(r"[A-Za-z0-9_-]*", behind)
    if not end or marks is None:
        return ""
    try:
        taken = base64.urlsafe_b64decode(marks[0] + "=" * (-len(marks[0]) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    if sum(map(_marks_taken, _STARS.finditer(inner))) != len(taken):
        return ""
    rest = iter(taken)
    whole = _STARS.sub(lambda match: "".join(islice(rest, _marks_taken(match))), inner)
    return _ONE_SLASH.sub(r"\1://", whole, count=1)


def _marks_taken(match: re.Match[str]) -> int:
    return _RUNS.index(match[1]) + 2 if match[1] else 1
