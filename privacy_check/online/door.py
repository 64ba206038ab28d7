"""The door to the network: the only module that opens connections, and over HTTPS only.

It sends as little as it can: no cookie, no password of `~/.netrc`, no language, no page it came
from. It goes through `requests`' adapter and not through a `requests.Session`, which would bring
all of these, and would follow redirects anywhere.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from privacy_check.online import replies, trust
from privacy_check.online.addresses import host_in, on_same_host, proxy_name, sent_on
from privacy_check.online.faults import explained
from privacy_check.online.interface import Answer, NoAnswerError
from privacy_check.online.replies import Reply
from privacy_check.record import record

with trust.left_packed():
    import requests
    from requests.adapters import HTTPAdapter
    from requests.utils import get_environ_proxies, select_proxy

if TYPE_CHECKING:
    from urllib3 import HTTPSConnectionPool

T = TypeVar("T")

_USER_AGENT = "version-check"
"""GitHub refuses requests without one. It names what is done, and nothing of who does it: no
program, no version of one, no system."""

_PIECE = 64 * 1024


@record
class Limits:
    """How long, how much and how often; times in seconds, `size` in bytes.

    `answer` is for one answer from the look-up of the name to its last byte, `whole` for all
    questions together; `wait` is the longest pause before asking again.
    """

    connect: float = 6
    read: float = 8
    answer: float = 20
    whole: float = 120
    size: int = 4 * 1024 * 1024
    tries: int = 3
    pause: float = 0.5
    wait: float = 5
    redirects: int = 3


class Adapter(HTTPAdapter):
    """Sends requests; certificates are checked against our list, and are never not checked."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        """Read the list of certificates.

        Raises:
            trust.TrustError: When it cannot be read.
        """
        self._context = trust.context(environ)
        super().__init__()

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: object, cert: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Put our own list in the place of the one `requests` would load."""
        host, _ = super().build_connection_pool_key_attributes(request, verify=True)
        return host, {"ssl_context": self._context}

    def cert_verify(
        self, conn: HTTPSConnectionPool, url: object, verify: object, cert: object
    ) -> None:
        """Say that certificates are checked; against what is in the context already."""
        conn.cert_reqs = "CERT_REQUIRED"

    def proxy_manager_for(self, proxy: str, **options: object) -> object:
        """Check the certificate of a proxy that is spoken to over HTTPS in the same way."""
        if not proxy.lower().startswith("socks"):
            options["proxy_ssl_context"] = self._context
        return super().proxy_manager_for(proxy, **options)


class LiveDoor:
    """Asks servers, one after the other, in bounded time."""

    def __init__(
        self,
        adapter: HTTPAdapter,
        *,
        limits: Limits | None = None,
        proxies: Callable[[str], Mapping[str, str]] = get_environ_proxies,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take what sends, the limits, where proxies are named, and the clocks."""
        self._adapter = adapter
        self._limits = limits or Limits()
        self._proxies = proxies
        self._now = now
        self._clock = clock
        self._sleep = sleep
        self._ends: float | None = None

    def now(self) -> dt.datetime:
        """Return the time, with its zone."""
        return self._now()

    def get(self, address: str, *, accept: str, follow: bool) -> Answer:
        """Return what an address answers; at most three redirects to the same host are followed.

        Raises:
            NoAnswerError: When no answer came that can be read.
        """
        been = [address]
        while True:
            answer = self._patiently(address, accept)
            if not follow or not answer.goes_to:
                return answer
            address = on_same_host(address, answer.goes_to)
            if address in been or len(been) > self._limits.redirects:
                message = f"{host_in(address)} sends on in circles."
                raise NoAnswerError(message)
            been.append(address)

    def _patiently(self, address: str, accept: str) -> Answer:
        """Ask again where that may help, after a pause.

        urllib3's own `Retry` would shorten a pause that the server asks for and ask too early;
        here a long one is told to the person instead.
        """
        limits = self._limits
        for attempt in range(limits.tries):
            try:
                return self._once(address, accept)
            except NoAnswerError as error:
                wait = limits.pause * 2**attempt if error.after is None else error.after
                last = attempt == limits.tries - 1 or not error.may_pass
                if last or wait > min(limits.wait, self._left()):
                    raise
            self._sleep(wait)
        raise AssertionError  # the last attempt returned or raised

    def _once(self, address: str, accept: str) -> Answer:
        host = host_in(address)
        seconds = min(self._limits.answer, self._left())
        if seconds <= 0:
            message = f"{host} was not asked: the time for all questions together was over."
            raise NoAnswerError(message)
        ends = self._clock() + seconds
        reply = _bounded(lambda: self._sent(address, accept, ends), seconds)
        if reply is None:
            message = f"{host} answers too slowly: left after {seconds:.0f} seconds."
            raise NoAnswerError(message, of_host=True)
        at = self._now()
        replies.check(reply, host, at)
        if reply.status in replies.REDIRECTS:
            goes_to = sent_on(address, reply.headers["location"])
            return Answer(data=b"", kind="", goes_to=goes_to, at=at)
        data = replies.unpacked(reply, host, self._limits.size)
        return Answer(data=data, kind=reply.kind, at=at)

    def _left(self) -> float:
        """Return the seconds that are left for all questions, counted from the first one."""
        if self._ends is None:
            self._ends = self._clock() + self._limits.whole
        return self._ends - self._clock()

    def _sent(self, address: str, accept: str, ends: float) -> Reply:
        """Send one request and read what comes; every error becomes a reason."""
        host, through = host_in(address), ""
        try:
            proxies = dict(self._proxies(address))
            through = proxy_name(select_proxy(address, proxies))
            return self._exchange(address, accept, proxies, ends)
        except NoAnswerError:
            raise
        except requests.exceptions.InvalidSchema:
            message = (
                f"{host} was not asked: a SOCKS proxy is named in the environment, which this "
                "program cannot go through."
            )
            raise NoAnswerError(message, of_host=True) from None
        except requests.exceptions.InvalidProxyURL:
            message = f"{host} was not asked: the proxy in the environment is not an address."
            raise NoAnswerError(message, of_host=True) from None
        except Exception as error:  # noqa: BLE001 - whatever a server can cause is a reason
            today = self._now().date()
            raise explained(error, host, today, proxy=through) from None

    def _exchange(self, address: str, accept: str, proxies: dict[str, str], ends: float) -> Reply:
        headers = {"User-Agent": _USER_AGENT, "Accept": accept, "Accept-Encoding": "gzip"}
        request = requests.Request("GET", address, headers=headers).prepare()
        times = (self._limits.connect, self._limits.read)
        response = self._adapter.send(request, stream=True, timeout=times, proxies=proxies)
        try:
            content = response.status_code == replies.FINE
            return Reply(
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                data=self._content(response, host_in(address), ends) if content else b"",
            )
        finally:
            response.close()

    def _content(self, response: requests.Response, host: str, ends: float) -> bytes:
        """Return the bytes as they came, still packed where they were sent so."""
        data = bytearray()
        while piece := response.raw.read1(_PIECE, decode_content=False):
            data += piece
            if len(data) > self._limits.size:
                raise NoAnswerError(replies.too_large(host, self._limits.size))
            if self._clock() > ends:
                message = f"{host} answers too slowly: left in the middle of the answer."
                raise NoAnswerError(message, of_host=True)
        return bytes(data)


def _bounded(work: Callable[[], T], seconds: float) -> T | None:
    """Return what a piece of work returns, or raise what it raises; `None` when it takes too long.

    Time-outs of a connection count between two bytes, and looking up a name has none at all.
    A thread that hangs is left behind: the program ends without it.
    """
    results: list[T] = []
    errors: list[BaseException] = []
    over = threading.Event()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again, below
            errors.append(error)
        finally:
            over.set()

    try:
        threading.Thread(target=run, daemon=True).start()
    except RuntimeError:
        run()  # the system allows no thread at all: then without this limit
    over.wait(seconds)
    if errors:
        raise errors[0]
    return results[0] if results else None
