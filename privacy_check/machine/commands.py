"""Starts one of a few listed commands that only tell something, and returns what it prints."""

from __future__ import annotations

import os
import select
import signal
import time

from privacy_check.machine.interface import TOO_LATE, MissingError, UnseenError

COMMANDS = {"pw-dump": ("--no-colors",)}
"""The commands, by name, with their fixed arguments. None of them starts a service."""

LARGEST_ANSWER = 8 * 1024 * 1024
"""Bytes; a longer answer is not taken."""

_GRACE = 0.2
"""Seconds in which a child that has said all it will say must end."""

_FOLDERS = ("/usr/bin", "/bin", "/usr/local/bin", "/run/current-system/sw/bin")
_KEPT_VARIABLES = ("HOME", "XDG_RUNTIME_DIR", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR")


def run(name: str, seconds: float) -> bytes:
    """Return what a listed command prints.

    Args:
        name: One of `COMMANDS`.
        seconds: How long it may take.

    Raises:
        MissingError: When it is not installed.
        UnseenError: When it ends with an error, says nothing or too much, or is late.
    """
    program = next((path for path in _places(name) if os.access(path, os.X_OK)), "")
    if not program:
        message = f"{name} is not installed"
        raise MissingError(message)
    kept = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
    return printed(name, (program, *COMMANDS[name]), {**kept, "LC_ALL": "C"}, seconds)


def _places(name: str) -> list[str]:
    return [f"{folder}/{name}" for folder in _FOLDERS]


def printed(name: str, command: tuple[str, ...], variables: dict[str, str], left: float) -> bytes:
    """Return what a program prints, which ends within its time or is ended.

    Args:
        name: What it is called.
        command: Its file and its arguments.
        variables: The whole environment that it gets.
        left: How many seconds it may take.

    Raises:
        UnseenError: As for `run`.
    """
    ends = time.monotonic() + left
    ear, mouth = os.pipe()
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 2)]
    actions = [*quiet, (os.POSIX_SPAWN_DUP2, mouth, 1)]
    # Python ignores SIGPIPE; a child that inherited this would go on talking to nobody.
    usual = [signal.SIGPIPE]
    try:
        child = os.posix_spawn(
            command[0], command, variables, file_actions=actions, setpgroup=0, setsigdef=usual
        )
    except OSError:
        os.close(ear)
        message = f"{name} could not be started"
        raise UnseenError(message) from None
    finally:
        os.close(mouth)
    try:
        said = _heard(ear, ends)
    finally:
        os.close(ear)
        code = _ended(child, min(ends, time.monotonic() + _GRACE))
    if code != 0 or not said.strip():
        message = f"{name} gave no answer"
        raise UnseenError(message)
    return said


def _heard(ear: int, ends: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= LARGEST_ANSWER:
        if not select.select([ear], [], [], max(ends - time.monotonic(), 0))[0]:
            raise UnseenError(TOO_LATE)
        part = os.read(ear, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    message = f"its answer is longer than {LARGEST_ANSWER >> 20} MB"
    raise UnseenError(message)


def _ended(child: int, ends: float) -> int | None:
    """Return a child's exit code; one that is late is ended.

    Where the system takes note of ended children by itself, nothing is known of how it ended.
    """
    try:
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() >= ends:
                break
            time.sleep(0.001)
        os.killpg(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except (ChildProcessError, ProcessLookupError):
        return None
