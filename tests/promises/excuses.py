"""The only damage that may turn what is worth a look into what looks good, and why.

Each excuse says what nobody who reads the bytes can see. Everything else is a fault of a reader.
"""

from __future__ import annotations

import json
import re

ONE_LINE_A_FACT = {
    "/proc/self/mountinfo": "the kernel's list of mounts: fewer lines are fewer mounts",
    "/etc/dconf/profile/user": "a list of databases: fewer lines are fewer databases",
    "/.config/mako/config": "a list of sections: fewer lines hold back fewer banners",
    "/nextcloud.cfg": "a list of folders: fewer lines are fewer folders",
}
"""Texts, by the end of their name, in which each line counts alone."""

ANY_NAME = {"/etc/apt/apt.conf": "programs make up names of their own in it, without colons too"}
"""Texts, by the end of their name, in which a name that lost its colons is a name like others."""

_IN_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|true|false|null')
_VALUES_IN_XML = re.compile(rb'(?:value|path)="[^"]*"|>[^<]+<')
_SMALL = 4


def may_hide(  # noqa: PLR0911 - one return an excuse
    name: str, before: bytes, after: bytes, others: list[bytes]
) -> str:
    """Return why damage to a file or answer cannot be seen, empty when it can.

    Args:
        name: Its path.
        before: What it holds.
        after: What it holds when it is damaged.
        others: What the same file holds in other cases, and the other texts of this case.
    """
    if after in others:
        return "it is now what a program wrote on another day"
    if _is_another_value(before, after, others):
        return "the change lies in a value alone, and makes another value"
    if kind_of(before) == "text" and _has_a_seam(before, after):
        return "a large part is gone or twice, and the seam happens to read as a name"
    if kind_of(before) == kind_of(after) == "json" and _has_a_seam(before, after):
        return "a large part is gone, and what is left is whole JSON that says something else"
    if name in ANY_NAME and after == before.replace(b":", b""):
        return "any name may stand in it"
    lines = set(before.splitlines(keepends=True))
    kept = [line for line in after.splitlines(keepends=True) if line.strip()]
    if not all(line in lines or line.lstrip(b"#") in lines for line in kept):
        return ""
    if not before.startswith(after):
        return "whole lines are gone or comments now, as when a person takes them out"
    if any(name.endswith(end) for end in ONE_LINE_A_FACT):
        return "each line counts alone"
    if any(kind_of(other) == "text" for other in others) and kind_of(before) == "text":
        return "another file says it, too, and an empty file beside it is nothing unusual"
    return ""


def kind_of(data: bytes) -> str:
    """Return what sort of file some bytes are."""
    if data[:8] == b"GVariant":
        return "gvdb"
    if data.startswith(b"SQLite"):
        return "sqlite"
    if data.lstrip().startswith(b"<"):
        return "xml"
    try:
        return "json" if isinstance(json.loads(data), dict | list) else "text"
    except (ValueError, RecursionError):
        return "text"


def _has_a_seam(before: bytes, after: bytes) -> bool:
    """Say whether a text lost a part before its end, or has its beginning twice."""
    start, end = _changed(before, after)
    lost = len(before) - len(after) > _SMALL and len(after) == start + len(before) - end
    return (lost and after[-_SMALL:] == before[-_SMALL:]) or after[-len(before) :] == before


def _is_another_value(before: bytes, after: bytes, others: list[bytes]) -> bool:
    """Say whether few bytes have changed, all of them within one value."""
    start, end = _changed(before, after)
    new = after[start : len(after) - (len(before) - end)]
    if max(end - start, len(new)) > _SMALL:
        return False
    if kind_of(before) in ("gvdb", "sqlite"):
        if start + 1 == end == start + len(new) and {before[start], new[0]} == {0, 1}:
            return True  # a flag
        same_size = [other for other in others if len(other) == len(before)]
        return any(other[at] != before[at] for other in same_size for at in range(start, end))
    if any(byte < 32 or byte > 126 or byte in b'"' for byte in new):
        return False
    return any(first <= start and end <= last for first, last in _values(before))


def _changed(before: bytes, after: bytes) -> tuple[int, int]:
    """Return the part of the bytes that differs."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    back = range(1, most - start + 1)
    same = next((at - 1 for at in back if before[-at] != after[-at]), most - start)
    return start, len(before) - same


def _values(data: bytes) -> list[tuple[int, int]]:
    """Return where the values of a text lie."""
    kind = kind_of(data)
    if kind == "json":
        return [match.span() for match in _IN_JSON.finditer(data) if not match[1]]
    if kind == "xml":
        return [(m.start() + m[0].find(b"=") + 1, m.end()) for m in _VALUES_IN_XML.finditer(data)]
    found = []
    at = 0
    for line in data.splitlines(keepends=True):
        sign = re.search(rb"[=:]", line)
        found.append((at + (sign.end() if sign else 0), at + len(line.rstrip(b"\r\n"))))
        at += len(line)
    return found
