"""`apps --online` as a program, against servers on this computer: what it says, and how it ends.

The list of packages and the app files are made by hand. No answer here came from a vendor.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from online.loopback import Authority, Behaviour, Connection, Server

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime.now(dt.UTC)

APP = """\
id = "{id}"
name = "{name}"
uses = ["text"]
review = ["Look at its settings."]
[status]
value = "active"
source = "made"
[facts]
one-to-one = {{ value = "no", source = "made" }}
group = {{ value = "no", source = "made" }}
text = {{ value = "no", source = "made" }}
[linux]
sources = ["made"]
[[linux.packages]]
name = "{id}"
files = ["/opt/{id}/{id}"]
[[newest]]
how = "{how}"
address = "{address}"
{rest}
systems = ["linux"]
source = "made"
[sources.made]
title = "Made for a test"
where = "here"
kind = "here"
checked = 2026-11-22
"""
JSON_PLACE = 'pointer = "/version"'
PORTAL = b"<!DOCTYPE html><html><title>Sign in</title></html>"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How the program ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def apps(self) -> dict[str, dict[str, Any]]:
        """Return what came of asking, by app."""
        whole = json.loads(self.stdout)
        return {app["id"]: app["online"] for app in whole["apps"] if "online" in app}

    @property
    def flat(self) -> str:
        """Return the text without its line breaks."""
        return " ".join(self.stdout.split())


class Place:
    """A computer's files with some apps, the rules that know them, and an empty home."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.tree = folder / "tree"
        self.rules = folder / "rules"
        self.home = folder / "home"
        self.temporary = folder / "temporary"
        self.info = self.tree / "var/lib/dpkg/info"
        for made in (self.tree / "home/sam", self.info, self.rules / "apps", self.home):
            made.mkdir(parents=True)
        self.temporary.mkdir()
        self._authority = authority.path

    def add(self, name: str, version: str, address: str, how: str = "json") -> None:
        """Install an app, whose newest version is read at an address."""
        (self.info / f"{name}.list").write_text(f"/.\n/opt/{name}/{name}\n")
        with (self.info.parent / "status").open("a") as status:
            status.write(
                f"Package: {name}\nStatus: install ok installed\nArchitecture: all\n"
                f"Version: {version}\nDescription: made by hand\n\n"
            )
        rest = 'form = "/file-{version}.tar"' if how == "redirect" else JSON_PLACE * (how == "json")
        text = APP.format(id=name, name=name.title(), how=how, address=address, rest=rest)
        (self.rules / "apps" / f"{name}.toml").write_text(text)

    def command(self, *arguments: str) -> list[str]:
        where = ("--root", str(self.tree), "--home", "/home/sam", "--rules", str(self.rules))
        return [sys.executable, "-m", "privacy_check", "apps", *where, "--online", *arguments]

    def variables(self, **others: str) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "SSL_CERT_FILE": self._authority,
            **others,
        }

    def ask(self, *arguments: str, **variables: str) -> Ended:
        done = subprocess.run(
            self.command(*arguments),
            env=self.variables(**variables),
            cwd=self.home,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=60,
        )
        assert list(self.home.iterdir()) == []
        assert list(self.temporary.iterdir()) == []
        return Ended(code=done.returncode, stdout=done.stdout, stderr=done.stderr)


Serve = Callable[..., Server]


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """Stand in for the fixture of all other tests: this computer talks to itself here."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def place(tmp_path: Path, authority: Authority) -> Place:
    return Place(tmp_path, authority)


@pytest.fixture
def serve(authority: Authority) -> Iterator[Serve]:
    running: list[Server] = []

    def start(behave: Behaviour, context: ssl.SSLContext | None = None) -> Server:
        server = Server(behave, context or authority.context())
        running.append(server)
        return server

    yield start
    for server in running:
        server.close()


def names(version: str) -> Behaviour:
    """Answer with a version, as JSON."""
    data = json.dumps({"version": version}).encode()
    return lambda link: link.answer(data, "Content-Type: application/json")


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def asked(host: str = "localhost") -> str:
    return f"Asking over the network: {host}. They see this computer's address.\n"


@pytest.mark.parametrize(
    ("installed", "result", "said"),
    [
        ("2.1.0", "current", "This is the newest version that its vendor names."),
        ("2.0.9", "older", "Its vendor names a newer version."),
        ("3.0", "newer", "This version is newer than the one its vendor names."),
    ],
)
def test_an_answer_is_compared_and_named(
    installed: str, result: str, said: str, place: Place, serve: Serve
) -> None:
    place.add("caller", installed, serve(names("2.1.0")).address())

    whole, text = place.ask("--format", "json"), place.ask()

    assert (whole.code, whole.stderr) == (text.code, text.stderr) == (0, asked())
    online = whole.apps["caller"]
    assert (online["result"], online["newest"], online["host"]) == (result, "2.1.0", "localhost")
    assert online["reason"] is None
    assert f"Here: {installed}. Newest: 2.1.0, asked of localhost at 2" in text.flat
    assert said in text.flat


def test_a_question_has_three_lines_beside_the_host(place: Place, serve: Serve) -> None:
    server = serve(names("2.1.0"))
    place.add("caller", "2.1.0", server.address("/feed?a=b"))

    place.ask()

    first, *lines = server.requests[0].rstrip("\r\n").split("\r\n")
    assert len(server.requests) == 1
    assert first == "GET /feed?a=b HTTP/1.1"
    assert sorted(lines) == [
        "Accept-Encoding: gzip",
        "Accept: application/json",
        f"Host: localhost:{server.port}",
        "User-Agent: version-check",
    ]


def test_the_version_in_a_redirect_is_read_and_the_file_is_not_asked_for(
    place: Place, serve: Serve
) -> None:
    server = serve(
        lambda link: link.answer(
            b"", "Location: https://download.example/file-2.1.0.tar?x", status="302 Found"
        )
    )
    place.add("caller", "2.0", server.address(), how="redirect")

    done = place.ask("--format", "json")

    assert (done.code, done.stderr) == (0, asked())
    assert done.apps["caller"]["newest"] == "2.1.0"
    assert len(server.requests) == 1


def expired(authority: Authority) -> ssl.SSLContext:
    return authority.context(begins=NOW - dt.timedelta(30), ends=NOW - dt.timedelta(2))


def not_yet(authority: Authority) -> ssl.SSLContext:
    return authority.context(begins=NOW + dt.timedelta(2), ends=NOW + dt.timedelta(30))


def other_name(authority: Authority) -> ssl.SSLContext:
    return authority.context("elsewhere.example")


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (expired, "localhost: its certificate ran out, or this computer's date is wrong"),
        (not_yet, "localhost: its certificate counts from a later day on"),
        (other_name, "localhost: the certificate that came is for another name"),
    ],
)
def test_a_certificate_that_does_not_count_is_a_reason(
    made: Callable[[Authority], ssl.SSLContext],
    why: str,
    place: Place,
    serve: Serve,
    authority: Authority,
) -> None:
    server = serve(names("2.1.0"), made(authority))
    place.add("caller", "2.1.0", server.address())

    nothing_is_known(place, why)
    assert server.requests == []


def test_a_certificate_that_nobody_vouches_for_is_a_reason(
    place: Place, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "another").mkdir()
    stranger = Authority(tmp_path / "another")
    place.add("caller", "2.1.0", serve(names("2.1.0"), stranger.context()).address())

    nothing_is_known(place, "localhost: nobody whom this computer knows vouches for")


def nothing_is_known(place: Place, why: str) -> None:
    """Check that the only app here got no answer, why, and that nothing is called current."""
    whole, text = place.ask("--format", "json"), place.ask()
    online = whole.apps["caller"]

    assert (whole.code, whole.stderr) == (text.code, text.stderr) == (3, asked())
    assert (online["result"], online["newest"], online["asked_at"]) == ("unknown", None, None)
    assert online["host"] == "localhost"
    assert why in online["reason"]
    assert "Whether there is a newer version is not known." in text.flat
    assert why[1:] in text.flat  # the first letter of a sentence is large
    assert "This is the newest" not in text.flat


def status(line: str, *headers: str) -> Behaviour:
    return lambda link: link.answer(b"", *headers, status=line)


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (
            lambda link: link.answer(PORTAL, "Content-Type: text/html"),
            "localhost answered, but with a web page: this network may want a sign-in first",
        ),
        (
            status("302 Found", "Location: https://portal.example/login?from=x"),
            "localhost sends on to portal.example, which is not asked.",
        ),
        (
            status("302 Found", "Location: http://localhost/feed"),
            "localhost sends on to an address without encryption, which is not asked.",
        ),
        (
            status("302 Found", "Location: /feed"),
            "localhost sends on in circles.",
        ),
        (
            status("429 Too Many Requests", "Retry-After: 3600"),
            "localhost wants to be asked again only after 60 minutes.",
        ),
        (status("404 Not Found"), "localhost no longer answers at this address (404)."),
        (status("511 Network Authentication Required"), "This network wants a sign-in first"),
        (
            lambda link: link.answer(b"{" + b" " * 5 * 1024 * 1024),
            "localhost sends more than 4 MB, which is no list of versions.",
        ),
        (
            lambda link: link.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
            "The connection to localhost broke off before the answer was whole.",
        ),
        (names("2.1.0-beta"), "localhost answered, but no version stands where it is expected"),
    ],
)
def test_what_is_no_answer_is_a_reason(
    behave: Behaviour, why: str, place: Place, serve: Serve
) -> None:
    place.add("caller", "2.1.0", serve(behave).address())

    nothing_is_known(place, why)


def test_without_a_server_it_says_so(place: Place) -> None:
    place.add("caller", "2.1.0", f"https://localhost:{unused_port()}/feed")

    nothing_is_known(place, "localhost refused the connection.")


def test_a_name_without_an_address_is_a_reason(place: Place) -> None:
    place.add("caller", "2.1.0", "https://nowhere.invalid/feed")

    done = place.ask("--format", "json")

    assert (done.code, done.stderr) == (3, asked("nowhere.invalid"))
    assert "nowhere.invalid" in done.apps["caller"]["reason"]
    assert done.apps["caller"]["newest"] is None


def test_one_answer_of_two_is_an_answer_and_the_other_is_named(place: Place, serve: Serve) -> None:
    place.add("caller", "2.1.0", serve(names("2.1.0")).address())
    place.add("talker", "1.0", "https://nowhere.invalid/feed")

    done = place.ask("--format", "json")

    assert (done.code, done.stderr) == (0, asked("localhost, nowhere.invalid"))
    assert [done.apps[app]["result"] for app in ("caller", "talker")] == ["current", "unknown"]
    assert "nowhere.invalid" in done.apps["talker"]["reason"]


def test_without_an_app_nobody_is_asked(place: Place) -> None:
    place.add("caller", "2.1.0", "https://nowhere.invalid/feed")
    (place.info.parent / "status").write_text("")

    done = place.ask("--format", "json")

    assert done.code == 3
    assert done.stderr.startswith("Nobody is asked")
    assert done.apps == {}


def test_a_proxy_that_leads_nowhere_is_not_gone_around(place: Place, serve: Serve) -> None:
    server = serve(names("2.1.0"))
    place.add("caller", "2.1.0", server.address())
    through = f"127.0.0.1:{unused_port()}"

    done = place.ask("--format", "json", HTTPS_PROXY=f"http://sam:Zq9Word@{through}")

    assert done.code == 3
    reason = done.apps["caller"]["reason"]
    assert reason.startswith(f"The proxy {through} refused the connection.")
    assert reason.endswith("localhost was not asked.")
    assert "Zq9Word" not in done.stdout + done.stderr
    assert server.requests == []


def test_a_list_of_certificates_that_cannot_be_read_ends_it_before_anybody_is_asked(
    place: Place, serve: Serve, tmp_path: Path
) -> None:
    server = serve(names("2.1.0"))
    place.add("caller", "2.1.0", server.address())
    (tmp_path / "broken.pem").write_text("not a list")

    for name in ("broken.pem", "missing.pem"):
        done = place.ask("--format", "json", REQUESTS_CA_BUNDLE=str(tmp_path / name))
        assert (done.code, done.stdout) == (2, "")
        assert "cannot be read as a list of certificates. Nothing was asked." in done.stderr
    assert server.requests == []


def test_kept_answers_are_told_with_their_time_and_ask_nobody(
    place: Place, serve: Serve, tmp_path: Path
) -> None:
    server = serve(names("2.1.0"))
    place.add("caller", "2.1.0", server.address())
    kept = str(tmp_path / "kept.json")

    first = place.ask("--cache", kept, "--format", "json")
    second = place.ask("--cache", kept, "--format", "json")
    text = place.ask("--cache", kept)

    assert len(server.requests) == 1
    assert (first.stderr, first.code, second.code, text.code) == (asked(), 0, 0, 0)
    assert second.stderr.startswith("Nobody is asked")
    assert second.apps == first.apps
    day, minute = first.apps["caller"]["asked_at"][:16].split("T")
    assert f"asked of localhost at {day} {minute}" in text.flat
    assert Path(kept).stat().st_mode & 0o777 == 0o600


def test_a_file_of_answers_that_cannot_be_used_ends_it_before_anybody_is_asked(
    place: Place, serve: Serve, tmp_path: Path
) -> None:
    server = serve(names("2.1.0"))
    place.add("caller", "2.1.0", server.address())
    private, open_to_all = tmp_path / "damaged", tmp_path / "open"
    for file, mode in ((private, 0o600), (open_to_all, 0o644)):
        file.write_text('{"schema": "newest-versions-v1"')
        file.chmod(mode)
    (tmp_path / "link").symlink_to(private)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe", 0o600)

    for name in ("damaged", "open", "link", "dangling", "pipe", ".", "no/such/folder"):
        done = place.ask("--cache", str(tmp_path / name))
        assert (done.code, done.stdout, name) == (2, "", name)
        assert "Asking" not in done.stderr
        assert "Traceback" not in done.stderr
    assert server.requests == []
    assert private.read_text() == '{"schema": "newest-versions-v1"'


def test_a_slow_answer_can_be_left_at_once(place: Place, serve: Serve, tmp_path: Path) -> None:
    def wait(link: Connection) -> None:
        link.stopped.wait(30)

    server = serve(wait)
    place.add("caller", "2.1.0", server.address())
    kept = tmp_path / "kept.json"
    running = subprocess.Popen(
        place.command("--cache", str(kept)),
        env=place.variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with running:
        try:
            assert running.stderr is not None
            said = running.stderr.readline()
            while not server.requests and running.poll() is None:
                time.sleep(0.01)
            running.send_signal(signal.SIGINT)
            stdout, stderr = running.communicate(timeout=5)
        finally:
            running.kill()

    assert said == asked()
    assert (running.returncode, stdout, stderr.strip()) == (130, "", "Stopped.")
    assert not kept.exists()
