"""Looks at an address: whose call link it is, and what in it is worth a look.

Everything is worked out from the text of the address; nothing is opened. What is given back holds
no part of the address but what the catalogue has literally, and the end of an unknown host's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from privacy_check.judge.address import WEB, Address, Unread, parameters, read_address
from privacy_check.judge.grades import CALLS, grades, worst
from privacy_check.judge.guessable import is_guessable
from privacy_check.judge.lookalikes import likeness
from privacy_check.judge.recognised import (
    NOT_EXACT,
    STOPS,
    Recognised,
    known_hosts,
    owner,
    recognised,
)
from privacy_check.judge.redacted import ANY, hidden, redacted
from privacy_check.judge.wrapped import Wrapped, is_shortened, unwrapped
from privacy_check.record import record, replaced
from privacy_check.rulebook.catalogue import App, Link

_MOST_WRAPPINGS = 3
_SAID = ("hidden-characters", "odd-address", "user-info", "ip-address", "unusual-port", "no-scheme")
_NO_SECRETS = frozenset(("server", "site"))
"""What in a path only says where."""

_TRACKING = re.compile(
    r"utm_[a-z]{2,12}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|"
    r"yclid|ttclid|tk|uname|un|from|source|ref|authuser|email|userInfo\.displayName|"
    r"userInfo\.email|displayName|mibextid|send_source"
)
_LOGIN = re.compile(
    r"jwt|token|access_token|auth_token|authtoken|id_token|zak|roomKey|session|sessionid|sessionToken"
)
_PASSCODE = re.compile(r"pwd|pw|pass|password|passcode|passwd|pin|wpk|hsp")


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
    import traceback  # slow to import, needed after a fault only

    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{type(error).__name__} at {frame.f_globals['__name__']}:{line}"


def _examined(text: str, apps: Sequence[App], depth: int) -> Examined:
    schemes = {name for app in apps for link in app.links for name in link.schemes} - set(WEB)
    address = read_address(text, schemes)
    if isinstance(address, Unread):
        return Examined(read=False, noticed=(Noticed(id=address.why),))
    if wrapped := unwrapped(address):
        return _of_wrapped(address, wrapped, apps, depth)
    if found := recognised(address, apps):
        return _of_found(address, found)
    return _of_unknown(address, apps)


def _of_wrapped(address: Address, wrapped: Wrapped, apps: Sequence[App], depth: int) -> Examined:
    around = f"{address.scheme}://{wrapped.host}/{ANY}"
    held = Examined(read=False)
    if wrapped.inner and depth < _MOST_WRAPPINGS:
        held = _examined(wrapped.inner, apps, depth + 1)
    if not held.read:
        held = Examined(read=True, noticed=(Noticed(id="unknown-service"),))
    return replaced(
        held,
        noticed=_once((Noticed(id="wrapped"), *held.noticed, *_plain_http(address))),
        redacted=f"{around} > {held.redacted}" if held.redacted else around,
    )


def _of_found(address: Address, found: Recognised) -> Examined:
    noticed = (
        *(Noticed(id=name) for name in _SAID if name in address.odd and name not in STOPS),
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
        redacted=redacted(address, found),
    )


def _plain_http(address: Address) -> Iterator[Noticed]:
    if address.scheme == "http":
        yield Noticed(id="plain-http")


def _secrets(address: Address, found: Recognised) -> Iterator[Noticed]:
    link = found.link
    if link.passcode:
        has = any(name == link.passcode and value for name, value in _every_parameter(address))
        yield Noticed(id="passcode-inside" if has else "no-passcode")
    if link.keyed and address.fragment:
        yield Noticed(id="key-inside")
    if _lacks_a_part(address, found):
        yield Noticed(id="incomplete")


def _lacks_a_part(address: Address, found: Recognised) -> bool:
    """Say whether the part that opens the call is not there."""
    link = found.link
    stands_in_path = any(name not in _NO_SECRETS for name in found.parts)
    wanted = link.keyed or (link.fragment and not stands_in_path)
    if wanted and not address.fragment:
        return True
    empty = any(name in link.query and not value for name, value in address.query)
    return empty and not stands_in_path


def _lasting(found: Recognised) -> Iterator[Noticed]:
    rooms = (part for name, part in found.parts.items() if name not in _NO_SECRETS)
    match found.link.opens:
        case "room" if any(map(is_guessable, rooms)):
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


def _of_unknown(address: Address, apps: Sequence[App]) -> Examined:
    known = tuple(known_hosts(apps))
    own = "" if is_shortened(address) else owner(address, known, apps)
    near = None if own else likeness(address.host, address.shown_host, known)
    maybe = None if own or near or address.odd else recognised(address, apps, sure=False)
    noticed = [Noticed(id=name) for name in _SAID if name in address.odd]
    if near:
        noticed.append(Noticed(id=near.warning, name=near.name))
    written = ("confusable-letters", "not-exact-host")
    noticed += (Noticed(id=name, name=own) for name in written if name in address.odd)
    if is_shortened(address):
        noticed.append(Noticed(id="shortened"))
    if maybe:
        noticed.append(Noticed(id="looks-like-own-server", name=maybe.app.name))
    unknown = "not-a-call-link" if own and not NOT_EXACT & set(address.odd) else "unknown-service"
    noticed += (Noticed(id=unknown, name=own), *_plain_http(address), *_beside(address, ""))
    return Examined(
        read=True,
        noticed=_once(noticed),
        redacted=redacted(address, maybe) if maybe else hidden(address, apps),
        resembles=maybe.app.id if maybe else "",
    )


def _once(noticed: Iterable[Noticed]) -> tuple[Noticed, ...]:
    return tuple({item.id: item for item in reversed(tuple(noticed))}.values())[::-1]
