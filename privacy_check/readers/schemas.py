"""Reads compiled GSettings schemas: the type, the allowed values and the default of a key."""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import gvariant
from privacy_check.readers.gvdb import DamagedError, Table, root_table
from privacy_check.record import record

_FILE = "gschemas.compiled"
_REAL, _ALIAS = 0xFF, 0xFE


@record
class SchemaKey:
    """What a schema says of a key; `default` is `None` where it depends on things unseen."""

    type: str
    default: object
    where: str
    limits: tuple[tuple[str, object], ...] = ()

    def allows(self, value: object) -> bool:
        """Say whether the library would take this value rather than fall back to the default."""
        for code, data in self.limits:
            if code == "r" and isinstance(data, tuple) and not data[0] <= value <= data[1]:
                return False
            if code in "ec" and isinstance(data, list) and not _is_listed(value, data):
                return False
        return True


def schema_key(window: Window, schema: str, key: str) -> SchemaKey | None:
    """Return what the machine's schemas say of a key, `None` when none has that schema.

    Raises:
        UnseenError: When a schema file is there and cannot be read.
    """
    for folder in _folders(window):
        where = f"{folder}/{_FILE}"
        try:
            root = _root(window, where)
        except MissingError:
            continue
        found = _key_of(root, schema, key, where, window)
        if found is not None:
            return found
    return None


def _root(window: Window, where: str) -> Table:
    try:
        return window.once(("gvdb", where), lambda: root_table(window.file(where).data))
    except MissingError:
        raise
    except UnseenError as error:
        message = f"the desktop's list of settings ({_FILE}): {error}"
        raise UnseenError(message) from None


def _folders(window: Window) -> tuple[str, ...]:
    own = window.machine.environment("GSETTINGS_SCHEMA_DIR").split(":")
    home = "~/.local/share/glib-2.0/schemas"
    system = (f"{folder}/glib-2.0/schemas" for folder in window.data_folders())
    return (*(folder for folder in own if folder.startswith("/")), home, *system)


def _key_of(root: Table, schema: str, key: str, where: str, window: Window) -> SchemaKey | None:
    table = root.table(schema)
    if table is None:
        return None
    kind = table.kind(key)
    if not kind:
        parent = table.value(".extends")
        return _key_of(root, parent, key, where, window) if isinstance(parent, str) else None
    value = table.value(key)
    if not isinstance(value, tuple) or not value:
        message = "it is damaged: a key without a default"
        raise DamagedError(message)
    extras = [item for item in value[1:] if isinstance(item, tuple) and len(item) == 2]
    codes = tuple((chr(code), data) for code, data in extras if isinstance(code, int))
    own_type = gvariant.members(kind)[0]
    default = _default(value[0], dict(codes), window)
    return SchemaKey(type=own_type, default=default, where=where, limits=codes)


def _default(plain: object, codes: dict[str, object], window: Window) -> object:
    """Return the default for this desktop; `None` where a translation or desktop decides unseen."""
    if "l" in codes:
        return None
    by_desktop = codes.get("d")
    if not isinstance(by_desktop, dict | list):
        return plain
    chosen: dict[object, object] = dict(item for item in by_desktop if isinstance(item, tuple))
    names = window.machine.environment("XDG_CURRENT_DESKTOP")
    for name in names.split(":"):
        if name in chosen:
            return chosen[name]
    if not names and any(value != plain for value in chosen.values()):
        return None
    return plain


def _is_listed(value: object, words: list[object]) -> bool:
    """Say whether a text is among the packed choices of a schema."""
    if isinstance(value, list):
        return all(_is_listed(item, words) for item in value)
    if not isinstance(value, str):
        return False
    packed = b"".join(word.to_bytes(4, "little") for word in words if isinstance(word, int))
    text = value.encode()
    size = max(2, (len(text) + 6) >> 2) * 4
    for mark in (_REAL, _ALIAS):
        entry = bytes([mark]) + text.ljust(size - 2, b"\0") + b"\xff"
        at = packed.find(entry)
        while at >= 0:
            if at % 4 == 0:
                return True
            at = packed.find(entry, at + 1)
    return False
