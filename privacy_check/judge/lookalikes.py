"""Says which known host another one looks like: by letters, by one slip, or by a name in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from privacy_check.record import record

_CONFUSABLE = "confusable-letters"
_LOOK_ALIKE = "look-alike"
_NOT_EXACT = "not-exact-host"

_SHORTEST = 7
"""Characters of a host from which one slip is told from another name."""

_SHORTEST_NAME = 4
_SECOND_LEVEL = frozenset(
    (
        *("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "mil", "ne", "net", "nom"),
        *("or", "org", "sch"),
    )
)
_COMMON_WORDS = frozenset(
    (*("discord", "element", "google", "proton", "signal", "simplex", "slack", "wire"),)
)
"""Names that are words of their own too: they count only where they stand alone."""

_SHORT_WORDS = frozenset(("slack", "wire"))
"""Names that are one slip away from too many other words."""

# Letters that look like ASCII ones, chosen by hand after the idea of Unicode's UTS 39 skeletons;
# accents and full-width letters are taken away before, by normalisation.
_LIKE = {
    "a": "\u0430\u0251\u03b1\u1d00",
    "b": "\u0432\u044c\u0185\u0299",
    "c": "\u0441\u03f2\u1d04",
    "d": "\u0501\u0111\u1d05",
    "e": "\u0435\u0454\u03b5\u1d07",
    "f": "\u0192",
    "g": "\u0261\u0581\u0262",
    "h": "\u04bb\u0570\u0127\u029c\u043d",
    "i": "\u0456\u03b9\u0131\u0269\u026a\u0268",
    "j": "\u0458\u03f3\u0575\u1d0a",
    "k": "\u043a\u03ba\u1d0b",
    "l": "\u04cf\u01c0\ua781\u0142\u029f",
    "m": "\u043c\u0271\u1d0d",
    "n": "\u043f\u0578\u0274\u03b7",
    "o": "\u043e\u03bf\u03c3\u0585\u00f8\u1d0f\u0d20\u0ed0\u0966\u3007\u05e1",
    "p": "\u0440\u03c1\u1d18",
    "q": "\u051b\u0566",
    "r": "\u0433\u0280",
    "s": "\u0455\ua731\u01a8",
    "t": "\u0442\u03c4\u0167\u1d1b",
    "u": "\u03c5\u057d\u028b\u1d1c\u03bc",
    "v": "\u03bd\u0475\u1d20",
    "w": "\u0461\u051d\u03c9\u0561\u1d21\u026f",
    "x": "\u0445\u03c7",
    "y": "\u0443\u04af\u03b3\u028f",
    "z": "\u1d22\u01b6\u0290",
}
_PLAIN = {ord(mark): letter for letter, marks in _LIKE.items() for mark in marks}
_LATIN_LIKE = frozenset(("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"))
_FOLDS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"))


@record
class KnownHost:
    """A host of the catalogue without `*.`, and whose it is."""

    host: str
    app: str
    name: str


@record
class Likeness:
    """What a host looks like: the id of the warning, and the name, empty for no special one."""

    warning: str
    name: str = ""


def site_of(host: str) -> str:
    """Return the end of a host that belongs to somebody, like `example.com` or `example.co.uk`."""
    labels = host.split(".")
    is_country = len(labels[-1]) == 2  # noqa: PLR2004 - the codes of countries
    own = 3 if is_country and _SECOND_LEVEL.intersection(labels[-2:-1]) else 2
    return ".".join(labels[-own:])


def likeness(host: str, shown: str, known: Sequence[KnownHost]) -> Likeness | None:
    """Return which known host another host looks like, if any; none of the same site is given.

    Args:
        host: The host in ASCII, empty where it has no such form.
        shown: The host with the letters that people see.
        known: The hosts of the catalogue.
    """
    if not shown:
        return None
    if not shown.isascii():
        near = _nearest(_skeleton(shown), known, same=True)
        return Likeness(warning=_CONFUSABLE, name=near.name) if near else _mixed(shown)
    return _nearest(host, known, same=False)


def _mixed(shown: str) -> Likeness | None:
    """Return a likeness of no special host where a label mixes Latin with letters like it."""
    for label in shown.split("."):
        scripts = {unicodedata.name(mark, "?").split()[0] for mark in label if mark.isalpha()}
        if "LATIN" in scripts and _LATIN_LIKE & scripts:
            return Likeness(warning=_CONFUSABLE)
    return None


def _skeleton(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    bare = "".join(mark for mark in parted if not unicodedata.combining(mark))
    return bare.casefold().translate(_PLAIN).replace("\u3002", ".")


def _nearest(host: str, known: Sequence[KnownHost], *, same: bool) -> Likeness | None:
    for warning, is_near in _TESTS:
        for item in known:
            is_same = same and site_of(host) == site_of(item.host)
            if is_same or is_near(host, item):
                return Likeness(warning=warning, name=item.name)
    return None


def _is_alike(host: str, item: KnownHost) -> bool:
    ours, theirs = site_of(item.host), site_of(host)
    if _folded(host) == _folded(item.host) or _folded(theirs) == _folded(ours):
        return True
    name, their_name = ours.partition(".")[0], theirs.partition(".")[0]
    if name in _names(item):
        is_distinct = len(ours) >= _SHORTEST and name not in _SHORT_WORDS
        if _folded(name) == _folded(their_name) or (is_distinct and _is_one_slip(theirs, ours)):
            return True
    return len(item.host) > len(ours) and _is_one_slip(host, item.host)


def _is_inside(host: str, item: KnownHost) -> bool:
    wanted = re.split(r"[.-]", item.host)
    return len(item.host) >= _SHORTEST and _stand_in(wanted, re.split(r"[.-]", host))


def _is_named_in(host: str, item: KnownHost) -> bool:
    tokens = re.split(r"[.-]", host)
    return any(_is_named(token, name) for name in _names(item) for token in tokens)


def _is_named(token: str, name: str) -> bool:
    if name in _COMMON_WORDS:
        return token == name
    return token.startswith(name) or token.endswith(name) or _folded(token) == _folded(name)


def _stand_in(wanted: list[str], tokens: list[str]) -> bool:
    size = len(wanted)
    return any(tokens[i : i + size] == wanted for i in range(len(tokens) - size + 1))


_TESTS = ((_NOT_EXACT, _is_inside), (_LOOK_ALIKE, _is_alike), (_NOT_EXACT, _is_named_in))
"""What is looked for, the surest likeness first."""


def _names(item: KnownHost) -> set[str]:
    """Return the words that a host is known by, if people call the service so."""
    of_host = site_of(item.host).partition(".")[0]
    words = {item.app} if "-" not in item.app else set()
    if of_host in re.split(r"\W+", item.name.lower()) or of_host in item.app.replace("-", ""):
        words.add(of_host)
    return {word for word in words if len(word) >= _SHORTEST_NAME}


def _folded(text: str) -> str:
    for written, letter in _FOLDS:
        text = text.replace(written, letter)
    return text


def _is_one_slip(first: str, second: str) -> bool:
    """Say whether one letter more, less, other, or two exchanged make one text of the other."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, other = first[start:], second[start:]
    exchanged = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return exchanged or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
