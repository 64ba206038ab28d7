"""Reads GSettings keys from dconf's own databases, with locks and compiled defaults.

No program of the desktop is asked: `gsettings` creates a file while reading, and both it and
`dconf` show damage as "not set".
"""

from __future__ import annotations

import datetime as dt
import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.gvdb import Table, root_table
from privacy_check.readers.raw import Absent, Found, Look, as_text
from privacy_check.readers.schemas import SchemaKey, schema_key
from privacy_check.record import record
from privacy_check.rulebook.reads import Dconf

_OWN = "~/.config/dconf/user"
_SYSTEM = ("/etc/dconf/db/local", "/etc/dconf/db/site", "/etc/dconf/db/distro")
_NAME = re.compile(r"[\w@.+/-]+")
_WRITABLE = ("user-db", "service-db")


@record
class _Database:
    where: str
    table: Table
    modified: dt.datetime


@record
class _Sources:
    """The databases of a profile in their order; `None` stands for one that is not there."""

    databases: tuple[_Database | None, ...]
    writable: bool


def read(wanted: Dconf, look: Look) -> Found | Absent:
    """Return the value that the desktop would use."""
    window = look.window
    if window.machine.environment("GSETTINGS_BACKEND") not in ("", "dconf"):
        message = "this session keeps its settings in another place than dconf"
        raise UnseenError(message)
    sources = window.once("dconf", lambda: _open_profile(window))
    schema = schema_key(window, wanted.schema, wanted.path.rpartition("/")[2])
    database, locked = _lookup(sources, wanted.path)
    if database is None:
        return _absent(wanted, sources, schema, window, locked=locked)
    value = database.table.value(wanted.path)
    _must_fit(wanted, database.table.kind(wanted.path), value, schema)
    return Found(
        raw=_raw(wanted, value), where=database.where, as_of=database.modified, locked=locked
    )


def stored_keys(window: Window) -> tuple[str, ...]:
    """Return all keys set in the person's own databases.

    Raises:
        UnseenError: When one of them cannot be read.
    """
    sources = window.once("dconf", lambda: _open_profile(window))
    return tuple(
        key for database in sources.databases if database for key in database.table.names()
    )


def _open_profile(window: Window) -> _Sources:
    lines = [line.partition("#")[0].strip() for line in _profile(window).split("\n")]
    kinds = [line.partition(":") for line in lines if line]
    databases = tuple(_open(window, kind, name) for kind, _, name in kinds)
    if not databases:
        message = "the dconf profile names no database"
        raise UnseenError(message)
    return _Sources(databases=databases, writable=kinds[0][0] in _WRITABLE)


def _profile(window: Window) -> str:
    """Return the text of the profile in force, found in dconf's own order."""
    machine = window.machine
    runtime = machine.environment("XDG_RUNTIME_DIR")
    chosen = machine.environment("DCONF_PROFILE")
    whole = [f"/run/dconf/user/{machine.user}"]
    if chosen.startswith("/"):
        whole.append(chosen)
    elif runtime and not chosen:
        whole.append(f"{runtime}/dconf/profile")
    folders = ("/etc", *window.data_folders())
    named = [f"{folder}/dconf/profile/{chosen or 'user'}" for folder in folders]
    for path in (*whole, *(() if chosen.startswith("/") else named)):
        try:
            text = window.text(path)
        except MissingError:
            continue
        if not text.endswith("\n"):
            message = "the dconf profile is cut in the middle of a line"
            raise UnseenError(message)
        return text
    if chosen:
        message = "the dconf profile that this session names is not there"
        raise UnseenError(message)
    return "user-db:user"


def _open(window: Window, kind: str, name: str) -> _Database | None:
    path = _path(window, kind, name)
    try:
        file = window.file(path)
        table = window.once(("gvdb", path), lambda: root_table(file.data))
    except MissingError:
        if kind == "service-db":
            message = "the settings are kept by a service that has no file here"
            raise UnseenError(message) from None
        return None
    except UnseenError as error:
        message = f"the settings database: {error}"
        raise UnseenError(message) from None
    shown = path if path in (_OWN, *_SYSTEM) else f"{path.rpartition('/')[0]}/…"
    return _Database(where=shown, table=table, modified=file.modified)


def _path(window: Window, kind: str, name: str) -> str:
    runtime = window.machine.environment("XDG_RUNTIME_DIR")
    paths = {
        "user-db": f"~/.config/dconf/{name}",
        "service-db": f"{runtime}/dconf-service/{name}",
        "system-db": f"/etc/dconf/db/{name}",
        "file-db": name,
    }
    if kind not in paths or not _NAME.fullmatch(name):
        message = "the dconf profile has a line that we do not know"
        raise UnseenError(message)
    return paths[kind]


def _lookup(sources: _Sources, key: str) -> tuple[_Database | None, bool]:
    """Return the database whose value counts, and whether the person cannot change it."""
    databases = sources.databases
    level = next((i for i in range(len(databases) - 1, 0, -1) if _locks(databases[i], key)), None)
    first = 0 if level is None else level
    locked = level is not None or not sources.writable
    for database in databases[first:]:
        if database is not None and database.table.kind(key):
            return database, locked
    return None, locked


def _locks(database: _Database | None, key: str) -> bool:
    locks = database.table.table(".locks") if database else None
    return locks is not None and bool(locks.kind(key))


def _must_fit(wanted: Dconf, kind: str, value: object, schema: SchemaKey | None) -> None:
    """Refuse a stored value that the desktop itself would not take."""
    expected = schema.type if schema else wanted.type
    if expected and kind != expected:
        message = "the stored value has a form that the desktop ignores"
        raise UnseenError(message)
    if schema and not schema.allows(value):
        message = "the stored value is none that the desktop accepts"
        raise UnseenError(message)


def _absent(
    wanted: Dconf, sources: _Sources, schema: SchemaKey | None, window: Window, *, locked: bool
) -> Absent:
    first = next((database for database in sources.databases if database), None)
    as_of = first.modified if first else window.machine.now()
    if schema is None or schema.default is None:
        return Absent(where="not set in dconf", as_of=as_of, locked=locked)
    default = _raw(wanted, schema.default)
    return Absent(where=schema.where, as_of=as_of, default=default, locked=locked)


def _raw(wanted: Dconf, value: object) -> str:
    if wanted.contains and isinstance(value, list):
        return as_text(wanted.contains in value)
    if wanted.count and isinstance(value, list):
        return str(len(value))
    return as_text(value)
