"""The door and every way in which a server misbehaves; `responses` stands in for the network."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import ssl
from collections.abc import Iterator

import pytest
import requests
import responses
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError

from privacy_check.online.door import LiveDoor
from privacy_check.online.faults import explained
from privacy_check.online.interface import NoAnswerError

ADDRESS = "https://vendor.example/feed"
JSON = "application/json"
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def server() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


class Asked:
    """A door, how long it slept, and what came of the last question."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.door = LiveDoor(
            HTTPAdapter(),
            proxies=lambda _: {},
            now=lambda: NOW,
            sleep=self.slept.append,
        )

    def reason(self, address: str = ADDRESS, *, follow: bool = True) -> str:
        with pytest.raises(NoAnswerError) as caught:
            self.door.get(address, accept=JSON, follow=follow)
        return str(caught.value)


def test_an_answer_bears_its_time(server: responses.RequestsMock) -> None:
    server.get(ADDRESS, json={"a": 1})
    answer = Asked().door.get(ADDRESS, accept=JSON, follow=True)
    assert (answer.data, answer.kind, answer.at) == (b'{"a": 1}', JSON, NOW)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "vendor.example wants a name and a password."),
        (403, "vendor.example refused to answer (403)."),
        (404, "vendor.example no longer answers at this address (404)."),
        (418, "vendor.example gave no answer (status 418)."),
        (451, "vendor.example refused to answer for legal reasons (451)."),
        (511, "This network wants a sign-in first: open a browser, then ask again."),
        (204, "vendor.example gave no answer (status 204)."),
        (304, "vendor.example gave no answer (status 304)."),
        (302, "vendor.example gave no answer (status 302)."),
    ],
)
def test_what_does_not_pass_is_asked_once(
    status: int, reason: str, server: responses.RequestsMock
) -> None:
    server.get(ADDRESS, status=status)
    asked = Asked()
    assert (asked.reason(), asked.slept, len(server.calls)) == (reason, [], 1)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_what_may_pass_is_asked_again(status: int, server: responses.RequestsMock) -> None:
    server.get(ADDRESS, status=status)
    server.get(ADDRESS, status=status)
    server.get(ADDRESS, json={})
    asked = Asked()
    assert asked.door.get(ADDRESS, accept=JSON, follow=True).data == b"{}"
    assert asked.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (503, "vendor.example gave no answer (status 503)."),
        (429, "vendor.example has too many questions just now (429). Ask again later."),
    ],
)
def test_what_does_not_pass_in_the_end_is_told(
    status: int, reason: str, server: responses.RequestsMock
) -> None:
    server.get(ADDRESS, status=status)
    asked = Asked()
    assert (asked.reason(), asked.slept, len(server.calls)) == (reason, [0.5, 1.0], 3)


@pytest.mark.parametrize("after", ["3", "Sun, 22 Nov 2026 12:00:03 GMT", " 3 "])
def test_a_short_pause_is_kept(after: str, server: responses.RequestsMock) -> None:
    server.get(ADDRESS, status=429, headers={"Retry-After": after})
    server.get(ADDRESS, json={})
    asked = Asked()
    asked.door.get(ADDRESS, accept=JSON, follow=True)
    assert asked.slept == [3.0]


@pytest.mark.parametrize(
    ("after", "span"),
    [
        ("6", "6 seconds"),
        ("61", "61 seconds"),
        ("121", "3 minutes"),
        ("7201", "3 hours"),
        ("9" * 30, "3650 days"),
        ("Mon, 23 Nov 2026 13:00:00 GMT", "25 hours"),
        ("Mon, 23 Nov 2026 13:00:00", "25 hours"),
    ],
)
def test_a_long_pause_is_told_and_not_waited_for(
    after: str, span: str, server: responses.RequestsMock
) -> None:
    server.get(ADDRESS, status=503, headers={"Retry-After": after})
    asked = Asked()
    assert asked.reason() == f"vendor.example wants to be asked again only after {span}."
    assert (asked.slept, len(server.calls)) == ([], 1)


@pytest.mark.parametrize("after", ["soon", "-1", "", "٣", "Sun, 99 Nov 2026 12:00:03 GMT", "0"])
def test_a_pause_that_cannot_be_read_is_ours(after: str, server: responses.RequestsMock) -> None:
    server.get(ADDRESS, status=503, headers={"Retry-After": after})
    server.get(ADDRESS, json={})
    asked = Asked()
    asked.door.get(ADDRESS, accept=JSON, follow=True)
    assert asked.slept in ([0.5], [0.0])


@pytest.mark.parametrize(
    ("reset", "end"),
    [(str(int(NOW.timestamp()) + 1500), "; again in 25 minutes."), ("x", "."), ("1", ".")],
)
@pytest.mark.parametrize("status", [403, 429])
def test_too_many_questions_from_one_network(
    status: int, reset: str, end: str, server: responses.RequestsMock
) -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    server.get(ADDRESS, status=status, headers=headers)
    asked = Asked()
    words = "vendor.example answers only so many questions an hour from one network"
    assert (asked.reason(), len(server.calls)) == (words + end, 1)


def _sends_on(server: responses.RequestsMock, *steps: tuple[str, str]) -> None:
    for address, location in steps:
        server.get(address, status=302, headers={"Location": location})


def test_redirects_on_the_same_host_are_followed(server: responses.RequestsMock) -> None:
    _sends_on(server, (ADDRESS, "/1"), ("https://vendor.example/1", "https://vendor.example/2"))
    server.get("https://vendor.example/2", json={})
    assert Asked().door.get(ADDRESS, accept=JSON, follow=True).data == b"{}"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://vendor.example/feed", "sends on to an address without encryption"),
        ("ftp://vendor.example/feed", "sends on to an address without encryption"),
        ("https://login.example/?to=x", "sends on to login.example, which is not asked"),
        ("//login.example/", "sends on to login.example"),
        ("https://vendor.example:444/", "sends on to vendor.example"),
        ("https://sam@vendor.example/", "sends on to vendor.example"),
        ("https://[/", "sends on to something that is not an address"),
        ("https://vendor.example:x/", "sends on to something that is not an address"),
        ("/feed", "sends on in circles"),
    ],
)
def test_redirects_elsewhere_are_told(
    location: str, words: str, server: responses.RequestsMock
) -> None:
    _sends_on(server, (ADDRESS, location))
    assert words in Asked().reason()
    assert len(server.calls) == 1


def test_redirects_have_an_end(server: responses.RequestsMock) -> None:
    for number in range(9):
        _sends_on(server, (f"https://vendor.example/{number}", f"/{number + 1}"))
    assert Asked().reason("https://vendor.example/0") == "vendor.example sends on in circles."
    assert len(server.calls) == 4


@pytest.mark.parametrize("location", ["https://cdn.example/a/1.2/b", "/a/1.2/b"])
def test_a_redirect_can_be_the_answer(location: str, server: responses.RequestsMock) -> None:
    _sends_on(server, (ADDRESS, location))
    answer = Asked().door.get(ADDRESS, accept="*/*", follow=False)
    assert answer.goes_to.endswith(".example/a/1.2/b")
    assert answer.goes_to.startswith("https://")
    assert len(server.calls) == 1


def test_a_packed_answer_is_unpacked(server: responses.RequestsMock) -> None:
    server.get(ADDRESS, body=gzip.compress(b"{}", mtime=0), headers={"Content-Encoding": "gzip"})
    assert Asked().door.get(ADDRESS, accept=JSON, follow=True).data == b"{}"


@pytest.mark.parametrize(
    ("how", "body", "words"),
    [
        ("gzip", gzip.compress(b" " * 50_000_000, mtime=0), "sends more than 4 MB"),
        ("gzip", b"{}", "sent a packed answer that is damaged"),
        ("gzip", gzip.compress(b"{}", mtime=0)[:-9], "broke off before the answer was whole"),
        ("gzip", b"", "broke off before the answer was whole"),
        ("br", b"{}", "in a packing that was not asked for"),
        ("gzip, gzip", b"{}", "in a packing that was not asked for"),
        ("", b" " * (4 * 1024 * 1024 + 1), "sends more than 4 MB"),
    ],
    ids=["bomb", "damaged", "cut", "empty", "unknown", "twice", "large"],
)
def test_an_answer_in_odd_packing_is_none(
    how: str, body: bytes, words: str, server: responses.RequestsMock
) -> None:
    server.get(ADDRESS, body=body, headers={"Content-Encoding": how} if how else {})
    assert words in Asked().reason()


@pytest.mark.parametrize(
    "address",
    ["http://vendor.example/", "https://sam:pass@vendor.example/", "https:///", "x", "https://[/"],
)
def test_only_plain_https_addresses_are_asked(address: str, server: responses.RequestsMock) -> None:
    assert "not a plain https address" in Asked().reason(address)
    assert len(server.calls) == 0


def _wrapped(cause: Exception) -> requests.ConnectionError:
    """Return an error as `requests` gives it for a connection that did not come about."""
    outer = NewConnectionError(None, "no connection")  # type: ignore[arg-type] # no pool is needed
    outer.__cause__ = cause
    return requests.ConnectionError(MaxRetryError(None, "/", outer))  # type: ignore[arg-type] # no pool is needed


@pytest.mark.parametrize(
    ("error", "words", "tries"),
    [
        (
            _wrapped(socket.gaierror(socket.EAI_AGAIN, "again")),
            "could not be looked up: this computer seems to be offline",
            3,
        ),
        (_wrapped(socket.gaierror(socket.EAI_NONAME, "none")), "was not found", 1),
        (_wrapped(ConnectionRefusedError(111, "no")), "refused the connection", 3),
        (_wrapped(OSError(101, "unreachable")), "There is no way to vendor.example", 3),
        (_wrapped(OSError(113, "no route")), "There is no way to vendor.example", 3),
        (_wrapped(TimeoutError()), "did not answer in time", 3),
        (requests.ConnectionError(ConnectionResetError(104, "x")), "without an answer", 3),
        (requests.exceptions.SSLError(ssl.SSLError(1, "x")), "No encrypted connection", 1),
        (requests.RequestException("\x1b[31m"), "vendor.example could not be asked.", 1),
        (RuntimeError(), "vendor.example could not be asked.", 1),
    ],
)
def test_what_keeps_a_connection_from_coming_about_is_told(
    error: Exception, words: str, tries: int, server: responses.RequestsMock
) -> None:
    server.get(ADDRESS, body=error)
    reason = Asked().reason()
    assert words in reason
    assert reason.isprintable()
    assert len(server.calls) == tries


def test_the_error_of_a_name_is_found_in_newer_urllib3_too() -> None:
    cause = socket.gaierror(socket.EAI_NONAME, "none")
    wrapped = NameResolutionError("vendor.example", None, cause)  # type: ignore[arg-type] # no pool is needed
    wrapped.__cause__ = cause
    found = explained(wrapped, "vendor.example", NOW.date(), proxy="")
    assert "The name vendor.example was not found" in str(found)


def test_an_error_within_itself_ends() -> None:
    error = OSError("x")
    error.__cause__ = error
    found = explained(error, "vendor.example", NOW.date(), proxy="")
    assert str(found) == "vendor.example could not be asked."
