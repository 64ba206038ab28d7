"""Reads the preferences of a Firefox profile: what the browser saved, and what a person wrote."""

from __future__ import annotations

import re

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.firefox_homes import UNKNOWN
from privacy_check.readers.raw import near_miss
from privacy_check.readers.textfiles import is_text

_PREF = re.compile(r'user_pref\("((?:[^"\\]|\\.)+)", (true|false|-?\d+|"(?:[^"\\]|\\.)*")\);')
_OUTSIDE = re.compile(
    r""""(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|//[^\n]*|\#[^\n]*|/\*(?:.*?\*/|.*)""", re.DOTALL
)
"""A text, which may hold the marks of a comment; or a comment, which may hold quotes."""

_NUMBERED = re.compile(r"\\[xu]")
_OTHER_CALL = re.compile(r"(?:user_|sticky_)?pref\(.*\)\s*;?\s*(?:(?://|#).*)?")
"""A line of settings by hand that is written in another way than the browser's."""


def preference(window: Window, profile: str, name: str) -> str | None:
    """Return a preference as it is written, nothing where the browser's default holds.

    Raises:
        UnseenError: When it could be there and cannot be seen.
    """
    saved = window.once(
        ("firefox prefs", window.place(profile)), lambda: _saved(window, f"{profile}/prefs.js")
    )
    value = _own(window, f"{profile}/user.js", name) or saved.get(name)
    if value is not None:
        return value
    # The browser saves its settings in alphabetical order: one behind the wanted place shows that
    # the file was not cut before it.
    if near_miss(name, saved):
        raise UnseenError(UNKNOWN)
    if not any(other > name for other in saved):
        message = "the browser's settings look cut off"
        raise UnseenError(message)
    return None


def _saved(window: Window, path: str) -> dict[str, str]:
    """Return the settings that the browser saved, name to value as written."""
    try:
        text = window.text(path)
    except MissingError:
        message = "a profile of the browser has no settings file"
        raise UnseenError(message) from None
    found: dict[str, str] = {}
    if not text.endswith("\n"):
        message = "the browser's settings are cut in the middle of a line"
        raise UnseenError(message)
    for said in text.removesuffix("\n").split("\n"):
        line = said.removesuffix("\r")
        match = _PREF.fullmatch(line)
        if not is_text(line):
            raise UnseenError(UNKNOWN)
        if match:
            found[match[1]] = match[2]
        elif line.strip() and not line.lstrip().startswith(("//", "#", "/*", "*")):
            raise UnseenError(UNKNOWN)
    return found


def _own(window: Window, path: str, wanted: str) -> str | None:
    """Return what a person wrote by hand, which wins at every start.

    Raises:
        UnseenError: When a line is neither a setting nor a comment.
    """
    try:
        text = window.text(path)
    except MissingError:
        return None
    found = None
    for raw in _OUTSIDE.sub(_kept, text).splitlines():
        line = raw.strip()
        match = _PREF.match(line)
        rest = line[match.end() :].lstrip() if match else line
        if match and match[1] == wanted:
            found = match[2]
        is_comment = not rest or rest.startswith(("//", "#"))
        is_other = _OTHER_CALL.fullmatch(rest) is not None and wanted not in rest
        is_other = is_other and rest.count('"') % 2 == 0
        # Nearly the wanted name, or a name with a letter written as its number.
        is_slip = match is not None and near_miss(wanted, (match[1],))
        is_slip = is_slip or _NUMBERED.search(line) is not None
        if not (is_comment or is_other) or not is_text(line) or is_slip:
            raise UnseenError(UNKNOWN)
    return found


def _kept(part: re.Match[str]) -> str:
    """Return what stays of a text or of a comment; one without an end stays, and is refused."""
    said = part[0]
    is_open = said.startswith("/*") and (len(said) < len("/**/") or not said.endswith("*/"))
    return said if said[0] in "\"'" or is_open else " "
