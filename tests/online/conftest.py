"""Servers and doors for the tests of the online part; they talk to this computer alone."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Authority, Behaviour, MakeDoor, Serve, Server

from privacy_check.online.door import Adapter, Limits, LiveDoor

if TYPE_CHECKING:
    import ssl

_HERE = ("127.0.0.1", "::1", "localhost", None)
_elsewhere: list[object] = []


def _note_others(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo" and arguments[0] not in _HERE:
        _elsewhere.append(arguments[0])
    elif event == "socket.connect" and not _is_here(arguments[1]):
        _elsewhere.append(arguments[1])


def _is_here(address: object) -> bool:
    return not isinstance(address, tuple) or ipaddress.ip_address(address[0]).is_loopback


sys.addaudithook(_note_others)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Stand in for the fixture of all other tests: here this computer may talk to itself."""
    _elsewhere.clear()
    yield
    assert not _elsewhere, f"a test reached for the network: {_elsewhere}"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def serve(authority: Authority) -> Iterator[Serve]:
    """Return a function that starts a server; over TLS with a good certificate by default."""
    running: list[Server] = []

    def start(
        behave: Behaviour, context: ssl.SSLContext | None = None, *, tls: bool = True
    ) -> Server:
        server = Server(behave, (context or authority.context()) if tls else None)
        running.append(server)
        return server

    yield start
    for server in running:
        server.close()


@pytest.fixture
def make_door(authority: Authority) -> Iterator[MakeDoor]:
    """Return a function that makes a door which trusts our authority and never really sleeps."""
    adapters: list[Adapter] = []
    slept: list[float] = []

    def make(*, proxy: str = "", limits: Limits | None = None, **clock: Any) -> LiveDoor:  # noqa: ANN401 - clocks, by name
        adapter = Adapter({"SSL_CERT_FILE": authority.path})
        adapters.append(adapter)
        proxies = {"https": proxy} if proxy else {}
        return LiveDoor(
            adapter,
            limits=limits or Limits(connect=2, read=2, answer=4, whole=10),
            proxies=lambda _: proxies,
            sleep=slept.append,
            **clock,
        )

    yield make
    for adapter in adapters:
        adapter.close()
