"""Writes what was asked for: to the screen, or to a new file."""

from __future__ import annotations

import errno
import os
import stat

import click

from privacy_check.cli.exits import WrongUseError
from privacy_check.new_file import draft_of, new_file
from privacy_check.plaintext import plain

_PRIVATE = 0o600
_SHARED = 0o666
"""What a new file allows; the person's umask takes away from both."""


def write(text: str, path: str | None, *, force: bool, quiet: bool, private: bool = True) -> None:
    """Print the text, or write it to a file: one that only its owner can read, or one to pass on.

    The file appears as a whole or not at all. An existing one is replaced only with `force`, and a
    link is never followed.

    Raises:
        WrongUseError: When the file cannot be written.
    """
    if path is None:
        if not quiet:
            click.echo(text, nl=False)
        return
    try:
        _write_file(text.encode(), path, force=force, mode=_PRIVATE if private else _SHARED)
    except FileExistsError:
        message = f"{plain(path)} exists. Choose another name, or replace it with --force."
        raise WrongUseError(message) from None
    except ValueError:
        message = "-o wants the name of a file."
        raise WrongUseError(message) from None
    except OSError as error:
        message = f"{plain(path)} cannot be written ({error.strerror})."
        raise WrongUseError(message) from None
    if not quiet:
        tell_written(path)


def tell_written(path: str) -> None:
    """Say where something was written, beside what is printed."""
    click.echo(f"Written to {plain(path)}", err=True)


def _write_file(data: bytes, path: str, *, force: bool, mode: int) -> None:
    _must_be_replaceable(path)
    with draft_of(path) as draft:
        _write_new(draft, data, mode)
        if force:
            os.replace(draft, path)
        else:
            _link_new(draft, path, data, mode)


def _must_be_replaceable(path: str) -> None:
    """Refuse a name that stands for anything but a file or a link, such as a device."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
        raise OSError(errno.EINVAL, "it is not a file")


def _link_new(draft: str, path: str, data: bytes, mode: int) -> None:
    """Give the finished draft its name, unless something has that name already."""
    try:
        os.link(draft, path, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        _write_new(path, data, mode)  # memory sticks know no second names


def _write_new(path: str, data: bytes, mode: int) -> None:
    with new_file(path, mode) as file:
        file.write(data)
