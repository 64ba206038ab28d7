"""Recognises which link of the catalogue an address is, and else whose site its host is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from privacy_check.judge.address import Address
from privacy_check.judge.link_patterns import taken_apart
from privacy_check.judge.lookalikes import KnownHost, likeness, site_of
from privacy_check.record import NOTHING, record
from privacy_check.rulebook.catalogue import App, Link

STOPS = frozenset(("odd-address", "hidden-characters", "user-info"))
"""With these, nothing is recognised; programs do not agree on where the address leads."""

_ODD_LETTERS = frozenset(("confusable-letters", "other-letters"))
_NOT_OF_A_SERVICE = STOPS | _ODD_LETTERS | {"not-exact-host"}
NOT_EXACT = _NOT_OF_A_SERVICE | {"ip-address", "unusual-port"}
"""With these, a host is not the one of the catalogue."""

_ABOUT_PAGES = frozenset(
    (
        *("api", "assets", "blog", "cdn", "developers", "docs", "help", "mail", "static"),
        *("status", "support"),
    )
)
"""Names under which a service has pages, and no rooms."""


@record
class Recognised:
    """A link of the catalogue that an address is.

    Attributes:
        app: The app it is of.
        link: Which of the app's links it is.
        host: The link's host that fits, as the catalogue has it; empty where it has none.
        pattern: The link's pattern that fits.
        parts: What stands in the address for the names in the pattern.
    """

    app: App
    link: Link
    host: str
    pattern: str
    parts: Mapping[str, str] = NOTHING


def recognised(address: Address, apps: Sequence[App], *, sure: bool = True) -> Recognised | None:
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


def known_hosts(apps: Sequence[App]) -> Iterator[KnownHost]:
    """Yield the hosts of all links, and whose they are."""
    for app in apps:
        for host in dict.fromkeys(name for link in app.links for name in link.hosts):
            yield KnownHost(host=host.removeprefix("*."), app=app.id, name=app.name)


def owner(address: Address, known: Sequence[KnownHost], apps: Sequence[App]) -> str:
    """Return whose site a host is of, though it is no call link; empty for nobody we know."""
    if not address.host or _ODD_LETTERS & set(address.odd):
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


def _has_scheme(address: Address, link: Link) -> bool:
    scheme = "https" if address.scheme == "http" else address.scheme
    return scheme in link.schemes


def _match(address: Address, app: App, link: Link) -> Recognised | None:
    names = {name for name, _ in address.query}
    if not names.issuperset(link.query):
        return None
    host = next((host for host in link.hosts if _is_host(address, host)), "")
    if link.hosts and (not host or NOT_EXACT & set(address.odd)):
        return None
    place = address.path if link.hosts else address.rest
    for pattern in link.paths:
        if pattern == "/" and link.fragment and not address.fragment:
            continue  # the first page of a site
        parts = taken_apart(place, pattern, link.forms)
        if parts is not None:
            return Recognised(app=app, link=link, host=host, pattern=pattern, parts=parts)
    return None


def _is_host(address: Address, host: str) -> bool:
    if not host.startswith("*."):
        return address.host == host
    before = address.host.removesuffix(host[1:])
    return before not in ("", address.host) and _ABOUT_PAGES.isdisjoint(before.split("."))


def _is_of_another(address: Address, apps: Sequence[App]) -> bool:
    """Say whether a server's name is not to be trusted, or is like that of a known service."""
    if _NOT_OF_A_SERVICE & set(address.odd) or not address.slashes:
        return True
    known = tuple(known_hosts(apps))
    is_known = bool(address.host and owner(address, known, apps))
    return is_known or likeness(address.host, address.shown_host, known) is not None
