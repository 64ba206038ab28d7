"""The computer this program runs on."""

from __future__ import annotations

import datetime as dt
import os
import sys

from privacy_check.machine import bus, files, proc
from privacy_check.machine.interface import (
    BusQuestion,
    File,
    Holder,
    Machine,
    NoBusError,
    Permissions,
    Processes,
    UnseenError,
)

_BOXES = ("/.flatpak-info", "/run/.toolboxenv", "/run/host/usr")
"""Signs of boxes that people work in as if on the computer itself: Flatpak, toolbox, distrobox."""

_PLATFORMS = {"win32": "windows", "darwin": "macos"}


class LiveMachine:
    """The running computer, as this account sees it."""

    live = True

    def __init__(self) -> None:
        """Note who and where we are; nothing is read yet."""
        self.platform = _PLATFORMS.get(sys.platform, "linux")
        self.user = os.getuid() if hasattr(os, "getuid") else 0
        self.home = os.environ.get("HOME") or os.path.expanduser(f"~{_account()}")
        self._boxed = any(os.path.exists(path) for path in _BOXES)
        self._now = dt.datetime.now(dt.UTC).astimezone()

    def now(self) -> dt.datetime:
        """Return the time at which the run began."""
        return self._now

    def environment(self, name: str) -> str:
        """Return a variable of this session."""
        return os.environ.get(name, "")

    def read(self, path: str) -> File:
        """Return a regular file."""
        self._must_be_outside()
        return files.read_file(path)

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        self._must_be_outside()
        return files.list_folder(path)

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder."""
        self._must_be_outside()
        return files.list_folders(path)

    def exists(self, path: str) -> bool:
        """Say whether something is there."""
        self._must_be_outside()
        return files.is_there(path)

    def real(self, path: str) -> str:
        """Return the path with all links followed."""
        return os.path.realpath(path)

    def permissions(self, path: str) -> Permissions:
        """Return who may do what with a path."""
        self._must_be_outside()
        return files.permissions(path)

    def command(self, name: str, seconds: float) -> bytes:
        """Return what a command of the fixed list prints."""
        self._must_be_outside()
        from privacy_check.machine import commands  # few runs need one

        return commands.run(name, seconds)

    def processes(self) -> Processes:
        """Return the running programs; this very process has to be among them."""
        found = proc.processes("/proc", self.user, whole=not proc.is_boxed("/proc"))
        if not any(process.pid == os.getpid() for process in found.seen):
            message = "the list of running programs is not whole"
            raise UnseenError(message)
        return found

    def holders(self, prefixes: tuple[str, ...]) -> tuple[Holder, ...]:
        """Return who holds a device file."""
        return proc.holders("/proc", prefixes)

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        """Return a program's answer on a bus."""
        return bus.ask(self._bus(question.bus), question, seconds)

    def _must_be_outside(self) -> None:
        """Refuse to call the files of such a box those of the computer."""
        if self._boxed:
            message = "this terminal runs in a box (Flatpak, toolbox), not on the computer itself"
            raise UnseenError(message)

    def _bus(self, name: str) -> str:
        if name == "system":
            return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", bus.SYSTEM_BUS)
        environment = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        address = bus.session_bus(environment, os.environ.get("XDG_RUNTIME_DIR", ""), self.user)
        if not address:
            message = "no desktop session can be asked from here"
            raise NoBusError(message)
        return address


def _account() -> str:
    """Return the account's name, empty where only the environment knows it."""
    try:
        import pwd  # not on every system

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return ""


def live_machine() -> Machine:
    """Return the running computer."""
    return LiveMachine()
