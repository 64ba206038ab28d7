"""What the secret parts of call links look like, and the matching of a path with a pattern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from privacy_check.judge.address import decoded

_PAGES = (
    "about|account|api|blog|business|careers|contact|customers|dashboard|download|faq|features|"
    "help|home|index|information|install|integrations|jobs|join|legal|login|logout|meet|meeting|"
    "meetings|new|openerbinaries|org|press|pricing|privacy|products|register|search|security|"
    "settings|signin|signup|solutions|static|status|support|team|terms|user|users"
)
_FILES = "css|html?|ico|js|json|map|php|png|svg|txt|wasm|xml"
_NO_FILE = rf"(?![^/]*\.(?:{_FILES})\Z)"
_ROOM = r"(?:[^\s/?#%\\]|%[0-9A-Fa-f]{2}){1,300}"

LINK_FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(text)
        for name, text in {
            "bbb-room": r"[a-z0-9]{3}(?:-[a-z0-9]{3}){2,3}",
            "code": r"[A-Za-z0-9_-]{2,128}",
            "digits": r"[0-9]{6,20}",
            "digits-or-zero": r"[0-9]{1,20}",
            "host": r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?",
            "meet-code": r"[a-z]{3}-[a-z]{4}-[a-z]{3}",
            "messenger-room": r"(?:LINK|ROOM)(?::|%3[Aa])[A-Za-z0-9_-]{4,64}",
            "name": r"[A-Za-z0-9._~@+-]{1,100}",
            # Codes that begin with * or # tell the phone network something, and call nobody.
            "phone": r"\+?[0-9(](?:[0-9().,*-]|%2[03Cc]){1,80}(?:;[A-Za-z0-9=.+;,*-]{1,60})?",
            "phone-or-mail": r"\+?[0-9().-]{3,30}|[A-Za-z0-9._+-]{1,64}(?:@|%40)[a-zA-Z0-9.-]+",
            "room": _NO_FILE + _ROOM,
            "room-not-page": rf"(?!(?:{_PAGES})\Z){_NO_FILE}{_ROOM}",
            "talk-token": r"[a-z0-9]{4,30}",
            "teams-thread": r"(?:[A-Za-z0-9_.:@=-]|%[0-9A-Fa-f]{2}){10,300}",
            "threema-id": r"[*A-Z0-9][A-Z0-9]{7}",
            "tox-id": r"[0-9A-Fa-f]{76}",
            "uuid": r"[0-9A-Fa-f-]{16,64}",
        }.items()
    }
)
"""Each form of a part in braces. A part holds no slash, and each form takes linear time."""

_BRACED = re.compile(r"\{([^{}]*)\}")


def taken_apart(path: str, pattern: str, forms: Mapping[str, str]) -> dict[str, str] | None:
    """Return the parts of a path by their names in the pattern; `None` where it is another path.

    A slash at the end is left out of account. A part that hides a slash, or steps through folders,
    is no part of a call link.
    """
    names = _BRACED.findall(pattern)
    if any(forms.get(name) not in LINK_FORMS for name in names):
        return None
    pieces = _BRACED.split(pattern)
    whole = "".join(
        f"({LINK_FORMS[forms[piece]].pattern})" if i % 2 else re.escape(piece)
        for i, piece in enumerate(pieces)
    )
    match = re.fullmatch(whole, path.removesuffix("/") or path) or re.fullmatch(whole, path)
    if match is None or not all(map(_is_plain, match.groups())):
        return None
    return dict(zip(names, match.groups(), strict=True))


def shown(pattern: str) -> str:
    """Return a pattern as it may be printed: each part in braces is only named."""
    return _BRACED.sub(lambda match: f"[{match[1].replace('-', ' ')}]", pattern)


def _is_plain(part: str) -> bool:
    text = decoded(part)
    return text not in (".", "..") and not set("/\\\0\n\r") & set(text)
