"""Steps as prose: what stands on a screen is taken out as a whole and counts as one word, "it".

That is: a command after "terminal:" or "Run:", or between "start" and "in a terminal"; a menu path,
which is names joined by ` > `; an address, a file name or a key; a name in double quotes; a name
with capitals inside a sentence; and what `NAMES` lists. A step that begins with an address has
one sentence behind it.
"""

from __future__ import annotations

import re

NAMES = (
    "Critical notifications",
    "Send notifications",
    "Upload image without confirmation",
    "Don't allow",
    "Site access",
    "swayidle",
    "hypridle",
    "dnf-automatic",
    "autologin-user",
)
"""Names that the other ways do not find: only the first word has a capital, or none has one."""

_COMMAND = re.compile(
    r"(?<=[Tt]erminal: )(?!the )[^,]*?(?=\.?$|, |\. [A-Z])"
    r"|(?<=[Rr]un: ).+"
    r"|(?<=[Ss]tart )(?!(?:the|it|them|an?|one) )(?:[^,.]|\.(?=\w))*?(?= in a terminal)"
)
_WORD = r"(?:[^\s,:;>.]|\.(?=\S))+"
_PART = rf"{_WORD}(?: {_WORD})*"
_PATH = re.compile(rf"(?<!\S){_PART}(?: > {_PART})+")
_MACHINE = re.compile(r"(?<![^\s(\"])[^\s(]*(?:[/_#=~\[\]{]|--|\w[.:]\w)\S*?(?=[.,:;)\"]*(?:\s|$))")
_NAME = re.compile(r'"[^"]*"|' + "|".join(NAMES))
_CAPITALS = re.compile(
    r"(?<=[\w,:] )(?!I\b)[A-Z][\w&-]*(?: (?:[A-Z][\w&-]*|(?:of|and|&)(?= [A-Z])))*"
)
_ADDRESS_FIRST = re.compile(r"^Address bar: it\. ")


def paths(step: str) -> list[str]:
    """Return the menu paths of a step."""
    return _PATH.findall(step)


def prose(step: str) -> str:
    """Return a step with all that stands on a screen replaced by one short word."""
    for taken in (_COMMAND, _PATH, _MACHINE, _NAME, _CAPITALS):
        step = taken.sub("it", step)
    return _ADDRESS_FIRST.sub("", step)
