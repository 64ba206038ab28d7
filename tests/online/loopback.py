"""A small server on 127.0.0.1 that answers every connection as it is told, over TLS or without.

Also the authority that vouches for it, and the types of the fixtures.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import select
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import trustme

from privacy_check.online.door import LiveDoor

Behaviour = Callable[["Connection"], None]


Serve = Callable[..., "Server"]
MakeDoor = Callable[..., LiveDoor]


class Authority:
    """An authority of our own; its certificates are for `localhost` unless told otherwise."""

    def __init__(self, folder: Path) -> None:
        self.made = trustme.CA()
        self.path = str(folder / "authority.pem")
        self.made.cert_pem.write_to_path(self.path)

    def context(
        self,
        name: str = "localhost",
        *,
        begins: dt.datetime | None = None,
        ends: dt.datetime | None = None,
    ) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made = self.made.issue_cert(name, not_before=begins, not_after=ends)
        made.configure_cert(context)
        return context


class Connection:
    """One connection: what was asked, and what to send."""

    def __init__(self, link: socket.socket, request: str, stopped: threading.Event) -> None:
        self.link = link
        self.request = request
        self.stopped = stopped

    @property
    def path(self) -> str:
        return self.request.split(" ", 2)[1]

    def send(self, data: bytes) -> None:
        self.link.sendall(data)

    def answer(self, data: bytes, *headers: str, status: str = "200 OK") -> None:
        lines = [
            f"HTTP/1.1 {status}",
            f"Content-Length: {len(data)}",
            "Connection: close",
            *headers,
        ]
        self.send("\r\n".join([*lines, "", ""]).encode() + data)


class Server:
    """Serves until it is closed; `requests` holds the heads of all that was asked."""

    def __init__(
        self, behave: Behaviour, context: ssl.SSLContext | None, *, waits: bool = True
    ) -> None:
        self.requests: list[str] = []
        self._waits = waits
        self._behave = behave
        self._context = context
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self.port = self._listening.getsockname()[1]
        self._serving = threading.Thread(target=self._serve, daemon=True)
        self._serving.start()

    def address(self, path: str = "/feed") -> str:
        return f"https://localhost:{self.port}{path}"

    def close(self) -> None:
        self._stopped.set()
        self._serving.join(5)
        for thread in self._threads:
            thread.join(5)
        self._listening.close()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                link, _ = self._listening.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=self._meet, args=(link,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _meet(self, link: socket.socket) -> None:
        link.settimeout(5)
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(link)
            if self._context is not None:
                link = stack.enter_context(self._context.wrap_socket(link, server_side=True))
            request = self._head(link) if self._waits else "GET / HTTP/1.1"
            if request:
                self.requests.append(request)
                self._behave(Connection(link, request, self._stopped))

    def _head(self, link: socket.socket) -> str:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = link.recv(65536)
            if not piece:
                return ""
            data += piece
        return data.decode()


def dripping(data: bytes, seconds: float, head: bytes = b"") -> Behaviour:
    """Send a byte at a time, with a pause after each, until the other side leaves."""

    def behave(connection: Connection) -> None:
        connection.send(head)
        for number in range(len(data)):
            connection.send(data[number : number + 1])
            if connection.stopped.wait(seconds):
                return

    return behave


def tunnel(connection: Connection) -> None:
    """Do what a proxy does with CONNECT: lead to the other server, both ways."""
    host, _, port = connection.path.partition(":")
    assert host == "localhost"
    with socket.create_connection(("127.0.0.1", int(port))) as there:
        connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with contextlib.suppress(OSError):
            _pour(connection.link, there)


def _pour(one: socket.socket, other: socket.socket) -> None:
    """Pass on what comes from either side until one ends; one thread, as TLS wants it."""
    ways = {one: other, other: one}
    while ready := _ready(one) or select.select([one, other], [], [], 5)[0]:
        for source in ready:
            piece = source.recv(65536)
            if not piece:
                return
            ways[source].sendall(piece)


def _ready(one: socket.socket) -> list[socket.socket]:
    """Return a side of which something was read and decrypted already."""
    return [one] if isinstance(one, ssl.SSLSocket) and one.pending() else []
