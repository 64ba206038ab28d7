"""Files that hold a person's answers: theirs alone, and only where they named one."""

from __future__ import annotations

import errno
import os
import stat

from privacy_check.new_file import draft_of, new_file
from privacy_check.plaintext import plain

LARGEST_FILE = 64 * 1024
_PRIVATE = 0o600


class PrivateFileError(Exception):
    """A file of answers cannot be used; says where and what to do, and never an answer."""


def read_private(path: str) -> bytes:
    """Return the bytes of a regular file that nobody but its owner, who reads it, can read.

    Raises:
        PrivateFileError: When it cannot be read, is not private, or is too large.
        FileNotFoundError: When there is no such file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0))
        with os.fdopen(handle, "rb") as file:
            reason = _not_private(os.fstat(handle))
            data = b"" if reason else file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        reason, data = _refusal(error), b""
    if len(data) > LARGEST_FILE:
        reason = f"this file is larger than {LARGEST_FILE // 1024} KiB."
    if reason:
        message = f"{plain(path)}: {reason}"
        raise PrivateFileError(message)
    return data


def _not_private(found: os.stat_result) -> str:
    """Return why a file is not for its owner alone, empty where it is."""
    if not stat.S_ISREG(found.st_mode):
        return "this is not a regular file."
    if not hasattr(os, "geteuid"):
        return ""  # elsewhere these bits say nothing
    if found.st_uid != os.geteuid():
        return "this file belongs to another account."
    if stat.S_IMODE(found.st_mode) != _PRIVATE:
        return "this file is not yours alone to read and write. To mend it: chmod 600 and its name."
    return ""


def _refusal(error: Exception) -> str:
    if not isinstance(error, OSError):
        return "this is not the name of a file."
    if error.errno == errno.ELOOP:
        return "a link is not followed. Give the file itself."
    return f"this file cannot be used ({error.strerror})."


def write_private(path: str, data: bytes, *, replace: bool = False) -> None:
    """Write a private file as a whole; when that does not work, nothing new is left.

    Raises:
        PrivateFileError: When it exists already and is not to be replaced, or cannot be written.
    """
    try:
        if replace:
            _replace(path, data)
        else:
            _write_new(path, data)
    except FileExistsError:
        reason = "this exists. Choose another name."
    except (OSError, ValueError) as error:
        reason = _refusal(error)
    else:
        return
    message = f"{plain(path)}: {reason}"
    raise PrivateFileError(message)


def _replace(path: str, data: bytes) -> None:
    """Give the file a new content as a whole."""
    with draft_of(path) as draft:
        _write_new(draft, data)
        os.replace(draft, path)


def _write_new(path: str, data: bytes) -> None:
    with new_file(path, _PRIVATE) as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), _PRIVATE)  # whatever the umask took away
        file.write(data)


def can_be_written(path: str) -> bool:
    """Say whether a file of this name could be made or replaced, before anybody answers."""
    folder = os.path.dirname(path) or "."
    return bool(path) and os.path.isdir(folder) and os.access(folder, os.W_OK)
