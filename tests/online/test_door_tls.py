"""The door against a real HTTPS server on this computer: certificates, time, headers, proxies."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from loopback import Authority, Connection, MakeDoor, Serve, Server, dripping, tunnel
from requests.exceptions import ProxyError

from privacy_check.online import trust
from privacy_check.online.addresses import proxy_name
from privacy_check.online.door import Adapter, Limits, LiveDoor
from privacy_check.online.faults import explained
from privacy_check.online.interface import NoAnswerError

NOW = dt.datetime.now(tz=dt.UTC)
DAY = dt.timedelta(days=1)
JSON = "application/json"
Start = Callable[..., subprocess.CompletedProcess[str]]


def fine(connection: Connection) -> None:
    connection.answer(b'{"name": "1.2.3"}', "Content-Type: application/json; charset=utf-8")


def refused(door: LiveDoor, address: str) -> NoAnswerError:
    with pytest.raises(NoAnswerError) as caught:
        door.get(address, accept=JSON, follow=True)
    return caught.value


def test_an_answer_over_a_good_certificate_is_read(serve: Serve, make_door: MakeDoor) -> None:
    answer = make_door().get(serve(fine).address(), accept=JSON, follow=True)
    assert (answer.data, answer.kind, answer.goes_to) == (b'{"name": "1.2.3"}', JSON, "")
    assert abs(answer.at - dt.datetime.now(tz=dt.UTC)) < dt.timedelta(minutes=1)


def test_little_is_said_of_who_asks(serve: Serve, make_door: MakeDoor) -> None:
    server = serve(fine)
    make_door().get(server.address("/feed?a=b"), accept=JSON, follow=True)
    lines = (
        "GET /feed?a=b HTTP/1.1",
        f"Host: localhost:{server.port}",
        "User-Agent: version-check",
        "Accept: application/json",
        "Accept-Encoding: gzip",
        "",
        "",
    )
    assert server.requests == ["\r\n".join(lines)]


def test_a_cookie_is_not_given_back(serve: Serve, make_door: MakeDoor) -> None:
    def bake(connection: Connection) -> None:
        if connection.path == "/feed":
            connection.answer(b"", "Set-Cookie: a=b", "Location: /next", status="302 Found")
        else:
            connection.answer(b"{}", "Set-Cookie: c=d")

    server, door = serve(bake), make_door()
    door.get(server.address(), accept=JSON, follow=True)
    door.get(server.address("/next"), accept=JSON, follow=True)
    assert len(server.requests) == 3
    assert all("cookie" not in request.lower() for request in server.requests)
    assert all("referer" not in request.lower() for request in server.requests)


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [(-9, -2, "its certificate ran out"), (2, 9, "its certificate counts from a later day on")],
)
def test_a_certificate_of_another_time_names_the_date_here(
    begins: int, ends: int, words: str, serve: Serve, make_door: MakeDoor, authority: Authority
) -> None:
    context = authority.context(begins=NOW + begins * DAY, ends=NOW + ends * DAY)
    server = serve(fine, context)
    error = refused(make_door(), server.address())
    assert words in str(error)
    assert f"it says {dt.datetime.now().astimezone().date()}" in str(error)
    assert (error.may_pass, error.of_host, server.requests) == (False, True, [])


def test_a_certificate_of_nobody_known_names_the_way_out(serve: Serve, make_door: MakeDoor) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    error = refused(make_door(), serve(fine, context).address())
    assert "nobody whom this computer knows vouches" in str(error)
    assert "REQUESTS_CA_BUNDLE=FILE" in str(error)


def test_a_certificate_for_another_name_is_refused(
    serve: Serve, make_door: MakeDoor, authority: Authority
) -> None:
    context = authority.context("elsewhere.example")
    server = serve(fine, context)
    assert "is for another name" in str(refused(make_door(), server.address()))
    assert server.requests == []


def test_an_answer_without_encryption_is_refused(make_door: MakeDoor) -> None:
    page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    server = Server(lambda connection: connection.send(page), None, waits=False)
    try:
        error = refused(make_door(), server.address())
    finally:
        server.close()
    assert "localhost did not answer over an encrypted connection" in str(error)


@pytest.mark.parametrize(
    ("head", "drip"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", b"x" * 500),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 500),
    ],
)
def test_a_slow_drip_is_left(head: bytes, drip: bytes, serve: Serve, make_door: MakeDoor) -> None:
    door = make_door(limits=Limits(connect=1, read=1, answer=0.6, whole=5))
    begun = time.monotonic()
    error = refused(door, serve(dripping(drip, 0.05, head)).address())
    assert "answers too slowly" in str(error)
    assert (time.monotonic() - begun) < 3


def test_a_silent_server_is_asked_again_and_then_left(serve: Serve, make_door: MakeDoor) -> None:
    server = serve(lambda connection: connection.stopped.wait(3) and None)
    door = make_door(limits=Limits(connect=1, read=0.2, answer=2, whole=5))
    error = refused(door, server.address())
    assert str(error) == "localhost did not answer in time."
    assert len(server.requests) == 3


def test_all_questions_together_have_an_end(serve: Serve, make_door: MakeDoor) -> None:
    passed = [0.0]
    door = make_door(clock=lambda: passed[0])
    server = serve(fine)
    for passed[0] in (0.0, 6.0):
        door.get(server.address(), accept=JSON, follow=True)
    passed[0] = 12.0
    error = refused(door, server.address())
    assert "the time for all questions together was over" in str(error)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}",
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nContent-Encoding: gzip\r\n\r\n"
            b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\xae"
        ),
    ],
)
def test_a_cut_answer_is_none(head: bytes, serve: Serve, make_door: MakeDoor) -> None:
    server = serve(lambda connection: connection.send(head))
    error = refused(make_door(), server.address())
    assert str(error) == "The connection to localhost broke off before the answer was whole."
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"]
)
def test_what_is_not_http_is_a_reason(said: bytes, serve: Serve, make_door: MakeDoor) -> None:
    error = refused(make_door(), serve(lambda connection: connection.send(said)).address())
    assert str(error).startswith("localhost ")


def test_a_huge_answer_is_left(serve: Serve, make_door: MakeDoor) -> None:
    def pour(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            connection.send(b" " * 100_000)

    error = refused(make_door(), serve(pour).address())
    assert "sends more than 4 MB" in str(error)


def test_a_refused_connection_is_told(serve: Serve, make_door: MakeDoor) -> None:
    server = serve(fine)
    address = server.address()
    server.close()
    assert "localhost refused the connection" in str(refused(make_door(), address))


def test_a_proxy_is_gone_through(serve: Serve, make_door: MakeDoor) -> None:
    server, proxy = serve(fine), serve(tunnel, tls=False)
    door = make_door(proxy=f"http://sam:pass@127.0.0.1:{proxy.port}")
    assert door.get(server.address(), accept=JSON, follow=True).data == b'{"name": "1.2.3"}'
    lines = proxy.requests[0].split("\r\n")
    assert lines[0].startswith(f"CONNECT localhost:{server.port} HTTP/1.")
    assert not any(line.lower().startswith("user-agent") for line in lines)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("407 Proxy Authentication Required", "wants a name and a password"),
        ("403 Forbidden", "does not lead to localhost (it answered 403)"),
    ],
)
def test_a_proxy_that_refuses_is_named_without_its_password(
    status: str, words: str, serve: Serve, make_door: MakeDoor
) -> None:
    proxy = serve(lambda connection: connection.answer(b"", status=status), tls=False)
    door = make_door(proxy=f"http://sam:secret-word@127.0.0.1:{proxy.port}")
    error = refused(door, "https://localhost:1/")
    assert str(error).startswith(f"The proxy 127.0.0.1:{proxy.port} ")
    assert words in str(error)
    assert "secret-word" not in str(error)


def test_a_proxy_that_is_not_there_is_told(serve: Serve, make_door: MakeDoor) -> None:
    proxy = serve(fine, tls=False)
    proxy.close()
    error = refused(make_door(proxy=f"http://127.0.0.1:{proxy.port}"), "https://localhost:1/")
    assert str(error).startswith(f"The proxy 127.0.0.1:{proxy.port} refused the connection.")
    assert str(error).endswith("localhost was not asked.")


def test_a_server_behind_a_proxy_is_checked_as_well(
    serve: Serve, make_door: MakeDoor, authority: Authority
) -> None:
    server = serve(fine, authority.context("elsewhere.example"))
    proxy = serve(tunnel, tls=False)
    error = refused(make_door(proxy=f"http://127.0.0.1:{proxy.port}"), server.address())
    assert str(error).startswith("localhost: the certificate that came is for another name")


@pytest.mark.parametrize(
    "proxy", ["http://127.0.0.1:99999", "ftp://127.0.0.1", "http://sam:Zq9#word@127.0.0.1:9"]
)
def test_a_proxy_that_is_written_wrongly_is_the_reason(
    proxy: str, serve: Serve, make_door: MakeDoor
) -> None:
    server = serve(fine)
    said = str(refused(make_door(proxy=proxy), server.address()))
    assert said == "localhost could not be asked through the proxy that the environment names."
    assert server.requests == []


def test_what_stands_behind_the_name_of_a_proxy_is_not_shown() -> None:
    for proxy in ("http://a:Zq9word@p.example:1?Zq9word", "p.example:1#Zq9word", "//p.example:1/a"):
        assert proxy_name(proxy) == "p.example:1"


def test_the_name_of_a_proxy_that_is_not_found_is_told() -> None:
    error = socket.gaierror(socket.EAI_NONAME, "x")
    found = explained(ProxyError(error), "a.example", NOW.date(), proxy="p.example:1")
    assert str(found).startswith("The name of the proxy p.example:1 was not found:")


@pytest.mark.parametrize("proxy", ["socks5h://127.0.0.1:1", "http://"])
def test_a_proxy_that_cannot_be_used_is_not_gone_around(
    proxy: str, serve: Serve, make_door: MakeDoor
) -> None:
    server = serve(fine)
    assert "localhost was not asked" in str(refused(make_door(proxy=proxy), server.address()))
    assert server.requests == []


ASKING = """
import sys
from privacy_check.online.door import Adapter, LiveDoor
from privacy_check.online.interface import NoAnswerError
door = LiveDoor(Adapter())
try:
    print(door.get(sys.argv[1], accept="application/json", follow=True).data.decode())
except NoAnswerError as error:
    print(error)
"""


@pytest.mark.parametrize("variable", trust.VARIABLES)
def test_the_persons_own_list_counts(
    variable: str, serve: Serve, authority: Authority, start: Start
) -> None:
    server = serve(fine)
    own = {variable: authority.path}
    done = start(server.address(), code=ASKING, variables=own)
    assert (done.stdout, done.stderr) == ('{"name": "1.2.3"}\n', "")


def test_passwords_in_netrc_are_not_sent(
    serve: Serve, authority: Authority, start: Start, tmp_path: Path
) -> None:
    server = serve(fine)
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login sam password secret-word\n")
    netrc.chmod(0o600)
    (tmp_path / ".netrc").write_bytes(netrc.read_bytes())
    own = {"SSL_CERT_FILE": authority.path, "NETRC": str(netrc), "HOME": str(tmp_path)}
    assert start(server.address(), code=ASKING, variables=own).stdout == '{"name": "1.2.3"}\n'
    assert "authorization" not in server.requests[0].lower()


def test_the_proxy_of_the_environment_is_used(
    serve: Serve, authority: Authority, start: Start
) -> None:
    server, proxy = serve(fine), serve(tunnel, tls=False)
    own = {"SSL_CERT_FILE": authority.path, "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}"}
    assert start(server.address(), code=ASKING, variables=own).stdout == '{"name": "1.2.3"}\n'
    assert len(proxy.requests) == 1
    around = {**own, "NO_PROXY": "localhost"}
    assert start(server.address(), code=ASKING, variables=around).stdout == '{"name": "1.2.3"}\n'
    assert len(proxy.requests) == 1


def test_keys_of_connections_are_not_written_down(
    serve: Serve, authority: Authority, start: Start, tmp_path: Path
) -> None:
    own = {"SSL_CERT_FILE": authority.path, "SSLKEYLOGFILE": str(tmp_path / "keys")}
    done = start(serve(fine).address(), code=ASKING, variables=own)
    assert json.loads(done.stdout) == {"name": "1.2.3"}
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("variable", trust.VARIABLES)
def test_a_list_that_cannot_be_read_ends_it(variable: str, tmp_path: Path) -> None:
    damaged = tmp_path / "list.pem"
    damaged.write_text("nothing")
    for path in (str(damaged), str(tmp_path / "missing.pem")):
        with pytest.raises(trust.TrustError, match=f"{variable} names .* Nothing was asked"):
            Adapter({variable: path})


def test_the_systems_list_or_ours_is_read() -> None:
    assert trust.context({}).verify_mode is ssl.CERT_REQUIRED
    assert trust.context({}).check_hostname


def test_a_list_can_be_a_folder(authority: Authority, tmp_path: Path) -> None:
    assert trust.context({"REQUESTS_CA_BUNDLE": str(tmp_path)}).get_ca_certs() == []
    assert len(trust.context({"CURL_CA_BUNDLE": authority.path}).get_ca_certs()) == 1


def test_a_connection_that_is_cut_before_it_is_encrypted(make_door: MakeDoor) -> None:
    def leave(connection: Connection) -> None:
        connection.link.recv(65536)

    server = Server(leave, None, waits=False)
    try:
        error = refused(make_door(), server.address())
    finally:
        server.close()
    assert str(error).startswith("localhost ended the connection")
    assert (error.may_pass, error.of_host) == (True, True)


def test_the_certificate_of_a_proxy_is_checked_too(serve: Serve, make_door: MakeDoor) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    proxy = serve(tunnel, context)
    error = refused(make_door(proxy=f"https://localhost:{proxy.port}"), "https://localhost:1/")
    assert str(error).startswith(f"The proxy localhost:{proxy.port}: nobody whom this computer")
    assert str(error).endswith("localhost was not asked.")
    assert proxy.requests == []


def test_a_proxy_over_https_is_gone_through(serve: Serve, make_door: MakeDoor) -> None:
    server, proxy = serve(fine), serve(tunnel)
    door = make_door(proxy=f"https://localhost:{proxy.port}")
    assert door.get(server.address(), accept=JSON, follow=True).data == b'{"name": "1.2.3"}'
    assert proxy.requests[0].startswith("CONNECT localhost:")
