"""Tells whether mako holds banners back: a mode is only a label until its configuration acts."""

from __future__ import annotations

import re
import shlex

from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.readers.raw import Found, Look, near_miss
from privacy_check.readers.textfiles import is_text
from privacy_check.rulebook.reads import Mako

_CONFIGS = ("~/.mako/config", "~/.config/mako/config")
_DAMAGED = "mako's configuration is damaged"
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_MODES = BusQuestion(
    bus="session",
    name="org.freedesktop.Notifications",
    path="/fr/emersion/Mako",
    interface="fr.emersion.Mako",
    member="ListModes",
)


def read(wanted: Mako, look: Look) -> Found:
    """Return `held` when the active modes hide every banner, else `shown`."""
    modes = _modes(look)
    held = False
    for fields, options in _sections(_config(look)):
        value = options.get("invisible", "").lower()
        if not value or ("mode" in fields and fields["mode"] not in modes):
            continue
        if value not in (*_TRUE, *_FALSE):
            message = "mako's configuration has a line that mako itself refuses"
            raise UnseenError(message)
        everything = set(fields) <= {"mode"}
        if value in _FALSE or everything:
            held = value in _TRUE
    as_of = look.window.machine.now()
    return Found(raw="held" if held else "shown", where="mako", as_of=as_of)


def _modes(look: Look) -> list[str]:
    body = look.window.ask(_MODES)
    if len(body) != 1 or not isinstance(body[0], list):
        message = "mako gave an answer of an unknown form"
        raise UnseenError(message)
    return [str(mode) for mode in body[0]]


def _config(look: Look) -> str:
    if any(
        "mako" in process.names and _names_a_config(process.arguments)
        for process in look.window.processes().seen
    ):
        message = "mako was started with a configuration of its own"
        raise UnseenError(message)
    for path in _CONFIGS:
        try:
            return look.window.text(path)
        except MissingError:
            continue
    return ""


def _names_a_config(arguments: tuple[str, ...]) -> bool:
    return any(part.startswith(("-c", "--config")) for part in arguments)


def _sections(text: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Return the criteria and options of each section in order; the first has no criteria."""
    sections: list[tuple[dict[str, str], dict[str, str]]] = [({}, {})]
    for raw in text.split("\n"):
        line = raw.strip()
        if not is_text(line):
            raise UnseenError(_DAMAGED)
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            sections.append((_criteria(line), {}))
            continue
        key, equals, value = line.partition("=")
        known = key not in ("include", "mode") and not near_miss("invisible", (key,))
        if not equals or not known or not re.fullmatch(r"[a-z-]+", key):
            message = "mako's configuration holds more than we can follow"
            raise UnseenError(message)
        sections[-1][1][key] = value
    return sections


def _criteria(line: str) -> dict[str, str]:
    if not line.endswith("]") or line.count("[") != 1:
        raise UnseenError(_DAMAGED)
    try:
        tokens = shlex.split(line[1:-1])
    except ValueError:
        raise UnseenError(_DAMAGED) from None
    pairs = (token.partition("=") for token in tokens)
    criteria = {name: value for name, _, value in pairs}
    if near_miss("mode", criteria):
        raise UnseenError(_DAMAGED)
    return criteria
