"""Opens SQLite files from their bytes: no lock is taken, no file is made, nothing is written.

A file shorter than its header says, or one that fails SQLite's own check, is not read at all.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window

if TYPE_CHECKING:
    from sqlite3 import Connection

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_ROLLBACK = b"\x01\x01"


def rows(
    window: Window, path: str, table: str, columns: tuple[str, ...]
) -> tuple[list[tuple[object, ...]], bool]:
    """Return some columns of a whole table, and whether nothing can be missing from them.

    Changes that wait in a journal beside the file are not seen: what is found counts, what is not
    found is not certain then.

    Raises:
        MissingError: When the file is not there.
        UnseenError: When it is damaged or has no such table.
    """
    data = _checked(window.file(path).data)
    # In double quotes a column that is not there would become a text; in brackets it is an error.
    wanted = ", ".join(f"[{column}]" for column in columns)
    import sqlite3

    try:
        with _opened(data) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise UnseenError(_DAMAGED)
            kind = connection.execute(
                "SELECT type FROM sqlite_master WHERE name = ?", (table,)
            ).fetchall()
            if kind != [("table",)]:
                message = "the database has a form that we do not know"
                raise UnseenError(message)
            found = connection.execute(f'SELECT {wanted} FROM "{table}"').fetchall()  # noqa: S608 - names from our own code
    except (sqlite3.Error, UnicodeDecodeError, OverflowError):
        raise UnseenError(_DAMAGED) from None
    return found, not _has_waiting_changes(window, path)


_DAMAGED = "it is damaged: not a whole database"


def _checked(data: bytes) -> bytes:
    """Return the bytes of a whole database, marked so that they open without a journal."""
    if len(data) < _HEADER or not data.startswith(_MAGIC):
        raise UnseenError(_DAMAGED)
    size, pages = struct.unpack(">H", data[16:18])[0], struct.unpack(">I", data[28:32])[0]
    page = 65536 if size == 1 else size
    if page < 512 or pages * page != len(data):
        raise UnseenError(_DAMAGED)
    return data[:18] + _ROLLBACK + data[20:]


def _opened(data: bytes) -> Connection:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _has_waiting_changes(window: Window, path: str) -> bool:
    for suffix in ("-wal", "-journal"):
        try:
            if window.file(path + suffix).data:
                return True
        except MissingError:
            continue
    return False
