"""Reads the configuration files of apt: `A::B "value";` or `A { B "value"; };`, with comments.

The form is that of apt.conf(5); what apt itself would refuse is not read.
"""

from __future__ import annotations

import re

from privacy_check.machine.interface import UnseenError

_TOKEN = re.compile(
    r"""\s+
    |//[^\n]*
    |(?P<comment>/\*.*?\*/)
    |\#(?!clear\b|include\b)[^\n]*
    |(?P<directive>\#(?:clear|include)\b)
    |(?P<text>"(?:\\.|[^"\\\n])*")
    |(?P<mark>[{};])
    |(?P<word>[^\s"{};\#]+)""",
    re.VERBOSE | re.DOTALL,
)
_ODD = re.compile(r"//|/\*|[][()<>|\\]")
"""What stands in no name and in no value without quotes, but in damage."""

_DEEPEST = 32
_LONGEST = 200_000
"""Characters; no such file is nearly as long."""


def parse(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return all options by their whole name in lower case, and the names that are cleared.

    Raises:
        UnseenError: When the file is cut, or holds something of no known form.
    """
    if len(text) > _LONGEST:
        message = "it is longer than such a file can be"
        raise UnseenError(message)
    state = _State()
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise UnseenError(_broken(text, at))
        if not state.take(match):
            raise UnseenError(_broken(text, at))
        at = match.end()
    if state.scopes or state.words:
        message = "it is damaged: it ends before its last option does"
        raise UnseenError(message)
    return state.values, tuple(state.cleared)


class _State:
    """What was read so far: the open braces, and the words of the option that is being read."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.cleared: list[str] = []
        self.scopes: list[str] = []
        self.words: list[str] = []
        self._end = -1  # of the last word

    def take(self, match: re.Match[str]) -> bool:
        """Take one token; say whether it may stand here."""
        match match.lastgroup:
            case "directive" if match[0] == "#include":
                message = "it takes in other files, which we do not follow"
                raise UnseenError(message)
            case "directive" | "word" | "text":
                return self._word(match)
            case "comment":
                # apt takes away `//…` and `#…` first, and with them the end of such a comment.
                return "//" not in match[0] and "#" not in match[0]
            case "mark":
                return self._mark(match[0])
            case _:
                return True

    def _word(self, match: re.Match[str]) -> bool:
        """Take a word; joined with another one or with a comment, apt takes it in its own way."""
        joined = bool(self.words) and match.start() == self._end
        noted = match.lastgroup == "word" and _ODD.search(match[0]) is not None
        self._end = match.end()
        self.words.append(match[0])
        return not joined and not noted

    def _mark(self, mark: str) -> bool:
        words, self.words = self.words, []
        if not self._option(words) or (mark == "{" and not words):
            return False
        if mark == "{":
            self.scopes.append(words[0].strip('"'))
            return len(self.scopes) <= _DEEPEST
        if mark == "}":
            return bool(self.scopes) and bool(self.scopes.pop() or True)
        return True

    def _option(self, words: list[str]) -> bool:
        """Take a name with its value; a value alone is one more of a list."""
        match words:
            case ["#clear", *names]:
                self.cleared += [self._name(name) for name in names]
            case [name, value]:
                self.values[self._name(name)] = value.strip('"')
            case [] | [_]:
                pass
            case _:
                return False
        return True

    def _name(self, name: str) -> str:
        return "::".join(part for part in (*self.scopes, name.strip('"')) if part).lower()


def _broken(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"it is damaged: line {line} has no known form"
