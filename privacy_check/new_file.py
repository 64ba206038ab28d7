"""Makes new files as a whole: what cannot be finished does not stay behind."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import BinaryIO


@contextlib.contextmanager
def new_file(path: str, mode: int) -> Iterator[BinaryIO]:
    """Make a file that was not there, to be written in the block. A link is never followed.

    Raises:
        FileExistsError: When the name is taken.
        OSError: When it cannot be written.
        ValueError: When this is not the name of a file.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
    except BaseException:
        _forget(path)
        raise


@contextlib.contextmanager
def draft_of(path: str) -> Iterator[str]:
    """Name a draft of a file beside it, which is gone after the block."""
    import secrets  # costs as much as a tenth of a start, and few runs write a file

    draft = os.path.join(os.path.dirname(path), f".{secrets.token_hex(8)}")
    try:
        yield draft
    finally:
        _forget(draft)


def _forget(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
