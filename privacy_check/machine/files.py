"""Reads regular files and lists folders, without opening anything else."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat

from privacy_check.machine.interface import (
    LARGEST_FILE,
    DeniedError,
    File,
    MissingError,
    Permissions,
    UnseenError,
)

_REASONS = {
    errno.ELOOP: "a link there leads to itself",
    errno.ENOTDIR: "a file stands where a folder should be",
    errno.ENAMETOOLONG: "its path is too long",
    errno.EIO: "the storage gave an error",
}


def read_file(path: str) -> File:
    """Return a regular file's content.

    It is looked at before it is opened, so that no device or pipe is ever opened.

    Raises:
        MissingError: When nothing is there.
        UnseenError: When it is not a regular file, too large, or may not be read.
    """
    try:
        _must_be_regular(os.stat(path))
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(handle)
            _must_be_regular(status)
            data = _all_of(handle)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise _unseen(error, path) from None
    modified = dt.datetime.fromtimestamp(status.st_mtime, tz=dt.UTC)
    return File(data=data, modified=modified)


def _all_of(handle: int) -> bytes:
    """Return everything up to the limit; a read-only file of the kernel has no size of its own."""
    parts = []
    left = LARGEST_FILE + 1
    while left > 0 and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        message = f"it is larger than {LARGEST_FILE >> 20} MB"
        raise UnseenError(message)
    return b"".join(parts)


def list_folder(path: str) -> tuple[str, ...]:
    """Return the names in a folder, sorted.

    Raises:
        MissingError: When nothing is there.
        UnseenError: When it is not a folder or may not be read.
    """
    try:
        return tuple(sorted(os.listdir(path)))
    except (OSError, ValueError) as error:
        raise _unseen(error, path) from None


def list_folders(path: str) -> tuple[str, ...]:
    """Return the names of the folders in a folder, sorted; links to folders count.

    Raises:
        MissingError: When nothing is there.
        UnseenError: When it is not a folder or may not be read.
    """
    try:
        with os.scandir(path) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_dir()))
    except (OSError, ValueError) as error:
        raise _unseen(error, path) from None


def is_there(path: str) -> bool:
    """Say whether something is there; a link that leads nowhere counts as something unreadable."""
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        if isinstance(unseen := _unseen(error, path), MissingError):
            return False
        raise unseen from None
    return True


def permissions(path: str) -> Permissions:
    """Return who may do what with a path.

    Raises:
        MissingError: When nothing is there.
        UnseenError: When its folder may not be searched.
    """
    try:
        status = os.stat(path)
        return Permissions(
            mode=stat.S_IMODE(status.st_mode) & 0o777,
            readable=os.access(path, os.R_OK),
            modified=dt.datetime.fromtimestamp(status.st_mtime, tz=dt.UTC),
        )
    except (OSError, ValueError) as error:
        raise _unseen(error, path) from None


def _must_be_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        message = f"{kind} stands in its place"
        raise UnseenError(message)


def _unseen(error: OSError | ValueError, path: str) -> UnseenError:
    """Return what an error of the system means for a person."""
    if isinstance(error, ValueError):
        return UnseenError("it has a name that no file can have")
    if isinstance(error, PermissionError):
        return DeniedError("this account may not read it")
    if error.errno == errno.ENOENT:
        if os.path.islink(path):
            return UnseenError("a link there leads nowhere")
        return MissingError("it is not there")
    return UnseenError(_REASONS.get(error.errno or 0, error.strerror or "the system said no"))
