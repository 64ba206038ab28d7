"""What all tests share: no network for unmarked tests, real bytes, and the command as a program."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "rules" / "fixtures"

_NETWORK = (socket.AF_INET, socket.AF_INET6)
_opened: list[str] = []


def _note_network(event: str, arguments: tuple[object, ...]) -> None:
    if (event == "socket.__new__" and arguments[1] in _NETWORK) or event in (
        "socket.getaddrinfo",
        "socket.gethostbyname",
    ):
        _opened.append(event)


sys.addaudithook(_note_network)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let an unmarked test fail when it reaches for the network, even inside a caught error."""
    _opened.clear()
    yield
    if request.node.get_closest_marker("real") is None:
        assert not _opened, "an unmarked test reached for the network"


@pytest.fixture
def real_bytes() -> Callable[[str], bytes]:
    """Return the bytes of a file below `rules/fixtures`, written by a real program."""
    return lambda name: (FIXTURES / name).read_bytes()


Start = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Return a function that runs the command as a program, in a home and folder of its own."""
    home = tmp_path / "home-of-a-test"
    home.mkdir()

    def run(
        *arguments: str,
        variables: dict[str, str] | None = None,
        code: str = "",
        seconds: float = 60,
    ) -> "subprocess.CompletedProcess[str]":
        environment = {
            "HOME": str(home),
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            **(variables or {}),
        }
        what = ["-c", code] if code else ["-m", "privacy_check"]
        return subprocess.run(
            [sys.executable, *what, *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run
