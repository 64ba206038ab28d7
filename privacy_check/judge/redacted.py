"""Writes what may be printed of an address: what the catalogue has literally, and little else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privacy_check.judge.address import Address
from privacy_check.judge.link_patterns import shown
from privacy_check.judge.lookalikes import site_of
from privacy_check.judge.recognised import STOPS, Recognised
from privacy_check.judge.wrapped import SHORTENERS
from privacy_check.rulebook.catalogue import App, Link

ANY = "[…]"
"""What stands for a part that is not printed."""

_LONGEST_LABEL = 24


def redacted(address: Address, found: Recognised) -> str:
    """Return the literal parts of the pattern, and a word in brackets for everything else."""
    link = found.link
    path = shown(found.pattern)
    query = "&".join(dict.fromkeys(_masked(address, link)))
    fragment = f"#[{link.fragment}]" if link.fragment else f"#{ANY}"
    return (
        f"{_start(address)}{found.host}{'' if path == '/' else path}"
        f"{f'?{query}' if query else ''}{fragment if address.fragment else ''}"
    )


def hidden(address: Address, apps: Sequence[App]) -> str:
    """Return what may be printed of an address that is not recognised."""
    if not address.scheme:
        return ANY
    unsure = STOPS - {"user-info"} | {"confusable-letters"}
    if not address.host or unsure & set(address.odd):
        return f"{_start(address)}{'[numbers]' if 'ip-address' in address.odd else ANY}"
    user = "[name]@" if "user-info" in address.odd else ""
    port = ":[port]" if "unusual-port" in address.odd else ""
    path = f"/{ANY}" if address.path.strip("/") else ""
    query = f"?{ANY}" if address.query else ""
    fragment = f"#{ANY}" if address.fragment else ""
    return f"{_start(address)}{user}{_host(address, apps)}{port}{path}{query}{fragment}"


def _start(address: Address) -> str:
    return f"{address.scheme}:{'//' if address.slashes else ''}"


def _masked(address: Address, link: Link) -> Iterator[str]:
    """Yield the query with its values masked, and names too where we do not know them."""
    for name, value in address.query:
        if name == link.passcode:
            yield f"{name}=[passcode]"
        elif name in link.query:
            yield f"{name}={ANY}" if value else name
        else:
            yield ANY


def _host(address: Address, apps: Sequence[App]) -> str:
    """Return a host that is known as it is; of another one the end, which says whose it is."""
    host = address.host
    hosts = [name for app in apps for link in app.links for name in link.hosts]
    if host in hosts or host in SHORTENERS:
        return host
    for name in hosts:
        if name.startswith("*.") and host.endswith(name[1:]):
            return name
    if "." not in host or "no-scheme" in address.odd:
        return ANY
    site = site_of(host)
    cut = ".".join(
        label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL]}…"
        for label in site.split(".")
    )
    return cut if host == site else f"*.{cut}"
