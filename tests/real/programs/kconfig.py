"""Real KConfig files, written by kwriteconfig6 or kwriteconfig5."""

import shutil
from pathlib import Path

from .home import SEARCH_PATH, MakerError, run

WRITERS = ("kwriteconfig6", "kwriteconfig5")


def writer() -> str | None:
    """Give the name of the installed writer, the newest first."""
    return next((name for name in WRITERS if shutil.which(name, path=SEARCH_PATH)), None)


def write(home: Path, file: str, groups: tuple[str, ...], key: str, value: str) -> Path:
    """Write one key and give the file.

    Args:
        home: The home folder.
        file: The file below ``~/.config``, such as ``kscreenlockerrc``.
        groups: The group, or nested groups from the outermost inwards.
        key: The key.
        value: The value as text.
    """
    _call(home, file, groups, ["--key", key, value])
    return home / ".config" / file


def delete(home: Path, file: str, groups: tuple[str, ...], key: str) -> Path:
    """Take one key back and give the file."""
    _call(home, file, groups, ["--key", key, "--delete", ""])
    return home / ".config" / file


def _call(home: Path, file: str, groups: tuple[str, ...], rest: list[str]) -> None:
    """Run the writer once."""
    program = writer()
    if program is None:
        raise MakerError("neither kwriteconfig6 nor kwriteconfig5 is installed")
    (home / ".config").mkdir(exist_ok=True)
    nested = [part for group in groups for part in ("--group", group)]
    run(home, [program, "--file", file, *nested, *rest])
