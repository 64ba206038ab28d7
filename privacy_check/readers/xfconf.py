"""Reads Xfce properties: from xfconfd when it runs, since it writes late, else from its files.

The order of the files and the meaning of locks are those of xfconfd (xfce-mirror/xfconf :
xfconfd/xfconf-backend-perchannel-xml.c).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privacy_check.machine.interface import BusQuestion, File, MissingError, NoBusError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.raw import Absent, Found, Look, as_text, near_miss
from privacy_check.record import record
from privacy_check.rulebook.reads import Xfconf

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAME = "org.xfce.Xfconf"


_TYPES = (
    *("string", "int", "uint", "double", "bool", "array", "empty"),
    *("uchar", "char", "int16", "uint16", "int64", "uint64"),
)


_NO_PERSONS, _NUMBERS = ("root", "nobody"), (0, 65534)
"""Accounts that are no person's, and their numbers."""


@record
class _Channel:
    """A channel's file: the type and value of each property, and what is locked in it.

    A lock may be meant for others; `surely` holds the properties that are locked for this person.
    """

    where: str
    file: File
    values: dict[str, tuple[str, str]]
    locked: frozenset[str]
    all_locked: bool
    surely: frozenset[str]
    all_surely: bool


def read(wanted: Xfconf, look: Look) -> Found | Absent:
    """Return the value that Xfce's programs would get."""
    window = look.window
    if window.machine.live:
        try:
            return _asked(wanted, window)
        except (MissingError, NoBusError):
            pass  # xfconfd does not run or cannot be asked: its files are all there is
    return _saved(wanted, window)


def _asked(wanted: Xfconf, window: Window) -> Found | Absent:
    exists = window.ask(_question("PropertyExists", wanted))
    if exists == (False,):
        return Absent(where="xfconfd", as_of=window.machine.now())
    answer = window.ask(_question("GetProperty", wanted))
    boxed = answer[0] if answer else None
    kind, value = boxed if isinstance(boxed, tuple) and len(boxed) == 2 else ("", boxed)
    if wanted.type == "bool" and not isinstance(value, bool):
        message = f"the stored value has the wrong type ({kind or type(value).__name__})"
        raise UnseenError(message)
    return Found(raw=as_text(value), where="xfconfd", as_of=window.machine.now())


def _question(member: str, wanted: Xfconf) -> BusQuestion:
    return BusQuestion(
        bus="session",
        name=_NAME,
        path="/org/xfce/Xfconf",
        interface=_NAME,
        member=member,
        signature="ss",
        arguments=(wanted.channel, wanted.property),
    )


def _saved(wanted: Xfconf, window: Window) -> Found | Absent:
    """Return the value of the files: the system's unless the person may and does override it."""
    name = f"xfce4/xfconf/xfce-perchannel-xml/{wanted.channel}.xml"
    system = [f"{folder}/{name}" for folder in reversed(window.config_folders())]
    found: Found | None = None
    shut = sure = False
    as_of = window.machine.now()
    names: set[str] = set()
    for path in (*system, f"~/.config/{name}"):
        try:
            channel = _channel(window, path)
        except MissingError:
            continue
        if shut and path.startswith("~"):
            if not sure:
                _must_not_say_otherwise(wanted, channel, found)
            break
        as_of = channel.file.modified
        names |= set(channel.values)
        shut |= channel.all_locked or wanted.property in channel.locked
        sure |= channel.all_surely or wanted.property in channel.surely
        found = _taken(wanted, channel, locked=shut) or found
    if near_miss(wanted.property, names):
        message = "the file looks damaged: a name in it is nearly the wanted one"
        raise UnseenError(message)
    return found or Absent(where=f"~/.config/{name}", as_of=as_of)


def _must_not_say_otherwise(wanted: Xfconf, channel: _Channel, found: Found | None) -> None:
    """Refuse a lock for some people over another choice of this one: it may not be for them.

    xfconfd compares the names in a lock with the account's (xfconfd/xfconf-locking-utils.c).
    """
    _, value = channel.values.get(wanted.property, ("", found.raw if found else ""))
    if value != (found.raw if found else ""):
        message = "it is locked for some people of this computer, and for whom is not followed"
        raise UnseenError(message)


def _taken(wanted: Xfconf, channel: _Channel, *, locked: bool) -> Found | None:
    if wanted.property not in channel.values:
        return None
    kind, value = channel.values[wanted.property]
    if kind != wanted.type:
        message = "the stored value has the wrong type"
        raise UnseenError(message)
    if kind == "bool" and value not in ("true", "false"):
        message = "the stored value is neither true nor false"
        raise UnseenError(message)
    return Found(raw=value, where=channel.where, as_of=channel.file.modified, locked=locked)


def _channel(window: Window, path: str) -> _Channel:
    file = window.file(path)
    root = window.once(("xml", path), lambda: _parsed(window.text(path)))
    known = {"name", "version", "locked", "unlocked"}
    right_name = path.endswith(f"/{root.get('name')}.xml")
    version = root.get("version", "").startswith("1.")
    if root.tag != "channel" or not set(root.attrib) <= known or not version or not right_name:
        message = "it is damaged: not a settings channel"
        raise UnseenError(message)
    values: dict[str, tuple[str, str]] = {}
    if (root.text or "").strip():
        message = "it is damaged: it holds what xfconfd itself would refuse"
        raise UnseenError(message)
    locked: dict[str, bool] = {}
    _collect(root, "", values, locked, window)
    return _Channel(
        where=path,
        file=file,
        values=values,
        locked=frozenset(locked),
        all_locked=_is_locked(root),
        surely=frozenset(name for name, surely in locked.items() if surely),
        all_surely=_is_surely_locked(root, window),
    )


def _parsed(text: str) -> Element:
    from xml.etree import ElementTree  # slow to import, needed on Xfce only

    if not text.strip():
        message = "it is damaged: the file is empty"
        raise UnseenError(message)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = "it is damaged: not a settings channel"
        raise UnseenError(message)
    # Newer versions declare XML 1.1, which the parser refuses although nothing in it differs.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - a file that declares entities was refused
    except (ElementTree.ParseError, ValueError):
        message = "it is damaged: not whole XML"
        raise UnseenError(message) from None


def _collect(
    parent: Element,
    base: str,
    values: dict[str, tuple[str, str]],
    locked: dict[str, bool],
    window: Window,
) -> None:
    for item in parent:
        kind = item.get("type", "")
        if not _is_known(item, parent):
            message = "it is damaged: it holds what xfconfd itself would refuse"
            raise UnseenError(message)
        if item.tag == "value":
            continue
        name = f"{base}/{item.get('name', '')}"
        if kind != "empty":
            values[name] = (kind, item.get("value", ""))
        if _is_locked(item):
            locked[name] = _is_surely_locked(item, window)
        _collect(item, name, values, locked, window)


def _is_known(item: Element, parent: Element) -> bool:
    """Say whether an element has a form that xfconfd writes and reads."""
    between = (parent.text or "") + (item.text or "") + (item.tail or "")
    if between.strip() or item.get("type", "") not in _TYPES:
        return False
    if item.tag == "value":
        return parent.get("type") == "array" and set(item.attrib) == {"type", "value"}
    known = {"name", "type", "value", "locked", "unlocked"}
    return item.tag == "property" and bool(item.get("name")) and set(item.attrib) <= known


def _is_locked(item: Element) -> bool:
    """Say whether an element carries a lock for anybody: then we do not promise more."""
    return bool(item.get("locked") or item.get("unlocked"))


def _is_surely_locked(item: Element, window: Window) -> bool:
    """Say whether a lock is meant for this person; groups are not followed."""
    if item.get("unlocked"):
        return item.get("unlocked") in _NO_PERSONS and window.machine.user not in _NUMBERS
    name = window.place("~/.").removesuffix("/.").rpartition("/")[2]
    return bool(name) and name in item.get("locked", "").split(";")
