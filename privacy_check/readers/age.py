"""Tells how long ago files were changed, and whether something is there. No content leaves it."""

from __future__ import annotations

import datetime as dt

from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.boxes import must_see_the_computer
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Age, Present

_MOST_FILES = 1000
_CLOCK_MAY_DIFFER = dt.timedelta(days=1)


def read(wanted: Age | Present, look: Look) -> Found:
    """Return the whole days since the newest change, or `yes` or `no`."""
    if isinstance(wanted, Age):
        return _age(wanted, look.window)
    return _present(wanted, look.window)


def _age(wanted: Age, window: Window) -> Found:
    if not window.machine.live:
        message = "a copy of files may have lost the dates of the files"
        raise UnseenError(message)
    paths = [path for pattern in wanted.files for path in window.matches(pattern)]
    if not paths:
        message = "there is no file that shows when it was"
        raise UnseenError(message)
    if len(paths) > _MOST_FILES:
        message = "there are more files than we look at"
        raise UnseenError(message)
    newest = max(window.permissions(path).modified for path in paths)
    passed = window.machine.now() - newest
    if passed < -_CLOCK_MAY_DIFFER:
        message = "its date lies in the future, so one of the clocks is wrong"
        raise UnseenError(message)
    days = max(passed.days, 0)
    return Found(raw=str(days), where=wanted.files[0], as_of=newest, count=days)


def _present(wanted: Present, window: Window) -> Found:
    """Return whether any of the paths is there; no is said only when all could be looked at."""
    if any(path.startswith("/run/") for path in wanted.paths):
        must_see_the_computer(window)
    unseen: UnseenError | None = None
    for pattern in wanted.paths:
        try:
            if any(not _is_masked(window, path) for path in window.matches(pattern)):
                return Found(raw="yes", where=pattern, as_of=window.machine.now())
        except UnseenError as error:
            unseen = error
    if unseen is not None:
        raise unseen
    if not window.machine.live:
        message = "it is not in this copy, which may have left it out"
        raise UnseenError(message)
    return Found(raw="no", where=wanted.paths[0], as_of=window.machine.now())


def _is_masked(window: Window, path: str) -> bool:
    """Say whether it starts a unit of systemd that is masked: put out of use as a whole."""
    folder, _, name = path.rpartition("/")
    unit = f"/etc/systemd/system/{name}"
    if not folder.endswith(".wants") or not window.exists(unit):
        return False
    return window.machine.real(unit) == "/dev/null" or not window.file(unit).data
