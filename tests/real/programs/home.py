"""What every maker shares: a clean environment for a home folder, and waiting.

A maker never hands on the caller's environment, so that nothing of the
machine's own settings, bus or display reaches the program that is run.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

# What a person may choose for a site, or for all sites without a choice.
Choice = Literal["allow", "block", "ask"]

SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"


class MakerError(Exception):
    """A real program did not do what was asked of it."""


def has(*programs: str) -> bool:
    """Tell whether all these programs are installed."""
    return all(shutil.which(name, path=SEARCH_PATH) for name in programs)


def runtime_folder(home: Path) -> Path:
    """Give the private run-time folder of this home, made on first use."""
    folder = home / ".run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def environment(home: Path, **extra: str) -> dict[str, str]:
    """Give a full environment in which this folder is the home.

    Args:
        home: The folder that the program shall take for its home.
        **extra: Further variables, such as WAYLAND_DISPLAY.
    """
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": SEARCH_PATH,
        "TZ": "UTC",
        "XDG_RUNTIME_DIR": str(runtime_folder(home)),
        **extra,
    }


def run(home: Path, command: Sequence[str], *, text: str = "", **extra: str) -> str:
    """Run one real program to its end and give what it printed.

    Args:
        home: The folder that the program shall take for its home.
        command: The program and its arguments.
        text: What the program reads from its standard input.
        **extra: Further environment variables.

    Raises:
        MakerError: The program ended with an error.
    """
    done = subprocess.run(
        command,
        input=text,
        env=environment(home, **extra),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode != 0:
        message = f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}"
        raise MakerError(message)
    return done.stdout


def wait_until(what: str, holds: Callable[[], bool], *, seconds: float = 30.0) -> None:
    """Wait until a condition holds.

    Raises:
        MakerError: It did not hold in time.
    """
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            message = f"waited {seconds:.0f} s in vain for {what}"
            raise MakerError(message)
        time.sleep(0.05)


def stop(process: subprocess.Popen[bytes], *, seconds: float = 15.0) -> None:
    """Ask a process that a maker started to end, and wait for it."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=seconds)


def is_root() -> bool:
    """Tell whether this is root, which some programs refuse or handle apart."""
    return os.geteuid() == 0


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
