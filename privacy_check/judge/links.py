"""Recognises the call links of the catalogue: whose they are, and what in them is worth a look.

Everything is worked out from the text of the address; nothing is opened. What is given back holds
no part of the address but what the catalogue has literally, and the end of an unknown host's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from privacy_check.judge.address import (
    OTHER_SCHEMES,
    WEB,
    Address,
    Unread,
    decoded,
    parameters,
    read_address,
)
from privacy_check.judge.grades import CALLS, grades, worst
from privacy_check.judge.link_patterns import LINK_FORMS, shown, taken_apart
from privacy_check.judge.lookalikes import KnownHost, likeness, site_of
from privacy_check.judge.wrapped import SHORTENERS, is_shortened, unwrapped
from privacy_check.record import NOTHING, record, replaced
from privacy_check.rulebook.catalogue import App, Link

__all__ = ["LINK_FORMS", "Examined", "LinkFaultError", "Noticed", "examine", "graded"]

_MOST_WRAPPINGS = 3
_LONGEST_LABEL = 24
_ANY = "[…]"
_STOPS = frozenset(("odd-address", "hidden-characters", "user-info"))
"""With these, nothing is recognised; programs do not agree on where the address leads."""

_NOT_EXACT = frozenset((*_STOPS, "ip-address", "unusual-port", "not-exact-host"))
_NOT_EXACT |= {"confusable-letters", "other-letters"}
_SAID = ("hidden-characters", "odd-address", "user-info", "ip-address", "unusual-port", "no-scheme")
_NO_SECRETS = frozenset(("server", "site"))
"""What in a path only says where."""

_ABOUT_PAGES = frozenset(
    (
        *("api", "assets", "blog", "cdn", "developers", "docs", "help", "mail", "static"),
        *("status", "support"),
    )
)
"""Names under which a service has pages, and no rooms."""

_TRACKING = re.compile(
    r"utm_[a-z]{2,12}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|"
    r"yclid|ttclid|tk|uname|un|from|source|ref|authuser|email|userInfo\.displayName|"
    r"userInfo\.email|displayName|mibextid|send_source"
)
_LOGIN = re.compile(
    r"jwt|token|access_token|auth_token|authtoken|id_token|zak|roomKey|session|sessionid|sessionToken"
)
_PASSCODE = re.compile(r"pwd|pw|pass|password|passcode|passwd|pin|wpk|hsp")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")


@record
class Noticed:
    """One thing about an address, by its stable id; `name` is that of a service it speaks of."""

    id: str
    name: str = ""


@record
class Examined:
    """What an address is found to be.

    Attributes:
        read: Whether there was one address to look at; if not, the first notice says why.
        service: The id of its app; empty where none is recognised.
        name: What people call it.
        link: Which of its links it is.
        noticed: What is worth a look, each id once.
        redacted: The address without its secrets; empty where it was not read.
        resembles: The id of an app that it may be of, on a server of somebody's own.
    """

    read: bool
    service: str = ""
    name: str = ""
    link: Link | None = None
    noticed: tuple[Noticed, ...] = ()
    redacted: str = ""
    resembles: str = ""


@record
class _Found:
    """A link of the catalogue that an address is."""

    app: App
    link: Link
    host: str
    pattern: str
    parts: Mapping[str, str] = NOTHING


class LinkFaultError(Exception):
    """A fault of ours while an address was looked at; it says where, and nothing of the address."""


def examine(text: str, apps: Sequence[App]) -> Examined:
    """Return what an address is, and what is worth a look in it.

    Raises:
        LinkFaultError: When there is a fault in this program.
    """
    try:
        return _examined(text, apps, 0)
    except Exception as error:  # noqa: BLE001 - what it says, and its frames, hold the address
        where = _where(error)
    raise LinkFaultError(where)


def graded(app: App) -> tuple[Mapping[str, str], str]:
    """Return the grades of an app by use, and the worse one of its calls; empty where not given."""
    every = grades(app)
    return {item.use: item.word for item in every}, worst([g for g in every if g.use in CALLS])


def _where(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    line = place.tb_lineno if place else 0
    module = place.tb_frame.f_globals.get("__name__", "") if place else ""
    return f"{type(error).__name__} at {module}:{line}"


def _examined(text: str, apps: Sequence[App], depth: int) -> Examined:
    schemes = {name for app in apps for link in app.links for name in link.schemes} - set(WEB)
    address = read_address(text, schemes)
    if isinstance(address, Unread):
        return Examined(read=False, noticed=(Noticed(id=address.why),))
    if wrapped := unwrapped(address):
        return _of_wrapped(address, wrapped.host, wrapped.inner, apps, depth)
    if found := _found(address, apps):
        return _of_found(address, found)
    return _of_unknown(address, apps)


def _of_wrapped(
    address: Address, host: str, inner: str, apps: Sequence[App], depth: int
) -> Examined:
    first = Noticed(id="wrapped")
    around = f"{address.scheme}://{host}/{_ANY}"
    held = Examined(read=False)
    if inner and depth < _MOST_WRAPPINGS:
        held = _examined(inner, apps, depth + 1)
    if not held.read:
        return Examined(
            read=True,
            noticed=_once((first, Noticed(id="unknown-service"), *_plain_http(address))),
            redacted=around,
        )
    redacted = f"{around} > {held.redacted}"
    noticed = _once((first, *held.noticed, *_plain_http(address)))
    return replaced(held, noticed=noticed, redacted=redacted)


def _found(address: Address, apps: Sequence[App], *, sure: bool = True) -> _Found | None:
    """Return the first link of the catalogue that an address is.

    Links with hosts come before those whose pattern has all in it, where a host need not be one.
    An https link of the latter kind is not sure: anybody may have such a path.
    """
    links = [(app, link) for app in apps for link in app.links if _has_scheme(address, link)]
    for app, link in sorted(links, key=lambda pair: not pair[1].hosts):
        if not link.hosts and sure == ("https" in link.schemes):
            continue
        found = _match(address, app, link)
        if found and not ("server" in found.parts and _is_of_another(address, apps)):
            return found
    return None


def _is_of_another(address: Address, apps: Sequence[App]) -> bool:
    """Say whether a server's name is not to be trusted, or is like that of a known service."""
    strange = {"not-exact-host", "confusable-letters", "other-letters", *_STOPS} & set(address.odd)
    if strange or not address.slashes:
        return True
    known = tuple(_known_hosts(apps))
    is_known = bool(address.host and _owner(address, known, apps))
    return is_known or likeness(address.host, address.shown_host, known) is not None


def _has_scheme(address: Address, link: Link) -> bool:
    scheme = "https" if address.scheme == "http" else address.scheme
    return scheme in link.schemes


def _match(address: Address, app: App, link: Link) -> _Found | None:
    names = {name for name, _ in address.query}
    if not names.issuperset(link.query):
        return None
    host = next((host for host in link.hosts if _is_host(address, host)), "")
    if link.hosts and (not host or _NOT_EXACT & set(address.odd)):
        return None
    place = address.path if link.hosts else address.rest
    for pattern in link.paths:
        if pattern == "/" and link.fragment and not address.fragment:
            continue  # the first page of a site
        parts = taken_apart(place, pattern, link.forms)
        if parts is not None:
            return _Found(app=app, link=link, host=host, pattern=pattern, parts=parts)
    return None


def _is_host(address: Address, host: str) -> bool:
    if not host.startswith("*."):
        return address.host == host
    before = address.host.removesuffix(host[1:])
    return before not in ("", address.host) and _ABOUT_PAGES.isdisjoint(before.split("."))


def _of_found(address: Address, found: _Found) -> Examined:
    noticed = (
        *(Noticed(id=name) for name in _SAID if name in address.odd and name not in _STOPS),
        *_plain_http(address),
        *_secrets(address, found),
        *_lasting(found),
        *_beside(address, found.link.passcode),
    )
    return Examined(
        read=True,
        service=found.app.id,
        name=found.app.name,
        link=found.link,
        noticed=_once(noticed),
        redacted=_redacted(address, found),
    )


def _plain_http(address: Address) -> Iterator[Noticed]:
    if address.scheme == "http":
        yield Noticed(id="plain-http")


def _secrets(address: Address, found: _Found) -> Iterator[Noticed]:
    link = found.link
    if link.passcode:
        has = any(name == link.passcode and value for name, value in _every_parameter(address))
        yield Noticed(id="passcode-inside" if has else "no-passcode")
    if link.keyed and address.fragment:
        yield Noticed(id="key-inside")
    if _lacks_a_part(address, found):
        yield Noticed(id="incomplete")


def _lacks_a_part(address: Address, found: _Found) -> bool:
    """Say whether the part that opens the call is not there."""
    link = found.link
    stands_in_path = any(name not in _NO_SECRETS for name in found.parts)
    wanted = link.keyed or (link.fragment and not stands_in_path)
    if wanted and not address.fragment:
        return True
    empty = any(name in link.query and not value for name, value in address.query)
    return empty and not stands_in_path


def _lasting(found: _Found) -> Iterator[Noticed]:
    rooms = (part for name, part in found.parts.items() if name not in _NO_SECRETS)
    match found.link.opens:
        case "room" if any(map(_is_guessable, rooms)):
            yield Noticed(id="guessable-room")
        case "personal-room":
            yield Noticed(id="personal-room")
        case "invitation":
            yield Noticed(id="invitation-lasts")
    match found.app.status.value:
        case "retired":
            yield Noticed(id="retired-service", name=found.app.name)
        case "at-risk":
            yield Noticed(id="service-may-end", name=found.app.name)


def _beside(address: Address, passcode: str) -> Iterator[Noticed]:
    """Yield what the names of values tell."""
    names = [name for name, value in _every_parameter(address) if value and name != passcode]
    for warning, known in (("login-inside", _LOGIN), ("tracking", _TRACKING)):
        if any(map(known.fullmatch, names)):
            yield Noticed(id=warning)
    if not passcode and any(map(_PASSCODE.fullmatch, names)):
        yield Noticed(id="passcode-inside")


def _every_parameter(address: Address) -> tuple[tuple[str, str], ...]:
    behind = address.fragment.partition("?")[2] or address.fragment
    return (*address.query, *parameters(behind))


def _is_guessable(room: str) -> bool:
    """Say whether a room's name is short, or a few words or a word with a number."""
    name = decoded(room)
    core = re.sub(r"[\W_]", "", name)
    letters = re.sub(r"\d", "", core)
    few = 10
    if len(core) < few or len(set(core.lower())) < few - 4:
        return True
    if not letters:
        return len(core) < few + 2
    is_word_and_number = re.fullmatch(r"[^\W\d]+\d*|\d+[^\W\d]+", core)
    if len(core) - len(letters) >= few - 7 and not is_word_and_number:
        return False
    vowels = sum(letter in "aeiouy" for letter in letters.lower())
    looks_random = letters.isascii() and vowels * 5 < len(letters)
    return not looks_random and len(_WORD.findall(name)) < few - 6


def _of_unknown(address: Address, apps: Sequence[App]) -> Examined:
    known = tuple(_known_hosts(apps))
    own = "" if is_shortened(address) else _owner(address, known, apps)
    near = None if own else likeness(address.host, address.shown_host, known)
    maybe = None if own or near or address.odd else _found(address, apps, sure=False)
    noticed = [Noticed(id=name) for name in _SAID if name in address.odd]
    if near:
        noticed.append(Noticed(id=near.warning, name=near.name))
    written = ("confusable-letters", "not-exact-host")
    noticed += (Noticed(id=name, name=own) for name in written if name in address.odd)
    if is_shortened(address):
        noticed.append(Noticed(id="shortened"))
    if maybe:
        noticed.append(Noticed(id="looks-like-own-server", name=maybe.app.name))
    unknown = "not-a-call-link" if own and not _NOT_EXACT & set(address.odd) else "unknown-service"
    noticed += (Noticed(id=unknown, name=own), *_plain_http(address), *_beside(address, ""))
    return Examined(
        read=True,
        noticed=_once(noticed),
        redacted=_redacted(address, maybe) if maybe else _hidden(address, apps),
        resembles=maybe.app.id if maybe else "",
    )


def _known_hosts(apps: Sequence[App]) -> Iterator[KnownHost]:
    for app in apps:
        for host in dict.fromkeys(name for link in app.links for name in link.hosts):
            yield KnownHost(host=host.removeprefix("*."), app=app.id, name=app.name)


def _owner(address: Address, known: Sequence[KnownHost], apps: Sequence[App]) -> str:
    """Return whose site a host is of, though it is no call link; empty for nobody we know."""
    if not address.host or {"confusable-letters", "other-letters"} & set(address.odd):
        return ""
    site = site_of(address.host)
    for item in known:
        if site == site_of(item.host):
            return item.name
    for app in apps if known else ():
        homes = (home.partition("/")[0] for package in app.linux.packages for home in package.homes)
        if app.links and site in map(site_of, (*homes, *app.linux.sites)):
            return app.name
    return ""


def _redacted(address: Address, found: _Found) -> str:
    """Return the literal parts of the pattern, and a word in brackets for everything else."""
    link = found.link
    start = f"{address.scheme}:{'//' if address.slashes else ''}"
    path = shown(found.pattern)
    query = "&".join(_masked(address.query, link))
    fragment = f"#[{link.fragment}]" if link.fragment else f"#{_ANY}"
    return (
        f"{start}{found.host}{'' if path == '/' else path}"
        f"{f'?{query}' if query else ''}{fragment if address.fragment else ''}"
    )


def _masked(query: Iterable[tuple[str, str]], link: Link) -> Iterator[str]:
    """Yield the query with its values masked, and names too where we do not know them."""
    masked = partial(_mask, link=link)
    yield from dict.fromkeys(map(masked, query))


def _mask(pair: tuple[str, str], link: Link) -> str:
    name, value = pair
    if name == link.passcode:
        return f"{name}=[passcode]"
    if name in link.query:
        return f"{name}={_ANY}" if value else name
    return _ANY


def _hidden(address: Address, apps: Sequence[App]) -> str:
    """Return what may be printed of an address that is not recognised."""
    schemes = {name for app in apps for link in app.links for name in link.schemes}
    if address.scheme not in {*schemes, *WEB, *OTHER_SCHEMES}:
        return _ANY
    start = f"{address.scheme}:{'//' if address.slashes else ''}"
    unsure = _STOPS - {"user-info"} | {"confusable-letters"}
    if not address.host or unsure & set(address.odd):
        return f"{start}{'[numbers]' if 'ip-address' in address.odd else _ANY}"
    user = "[name]@" if "user-info" in address.odd else ""
    port = ":[port]" if "unusual-port" in address.odd else ""
    rest = [mark for mark, part in (("?", address.query), ("#", address.fragment)) if part]
    path = "" if address.path.strip("/") == "" else f"/{_ANY}"
    return f"{start}{user}{_shown_host(address, apps)}{port}{path}" + "".join(
        f"{mark}{_ANY}" for mark in rest
    )


def _shown_host(address: Address, apps: Sequence[App]) -> str:
    """Return a host that is known as it is; of another one the end, which says whose it is."""
    host = address.host
    hosts = [name for app in apps for link in app.links for name in link.hosts]
    if host in hosts or host in SHORTENERS:
        return host
    for name in hosts:
        if name.startswith("*.") and host.endswith(name[1:]):
            return name
    site = site_of(host)
    if "." not in host or "no-scheme" in address.odd:
        return _ANY
    cut = ".".join(
        label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL]}…"
        for label in site.split(".")
    )
    return cut if host == site else f"*.{cut}"


def _once(noticed: Iterable[Noticed]) -> tuple[Noticed, ...]:
    return tuple({item.id: item for item in reversed(tuple(noticed))}.values())[::-1]
