"""The words that our own sentences do without, in one list for every test.

They are found as whole words. What may hold one all the same stands in a table of the test that
looks, each with its reason. Words about bodies and closeness are avoided as well; they are kept
here only as digests, so that no file of this repository spells one.
"""

from __future__ import annotations

import hashlib
import re

WORDS_TO_AVOID = (
    # Roles that not everybody has.
    *("partner", "partners", "boyfriend", "boyfriends", "girlfriend", "girlfriends"),
    *("husband", "husbands", "wife", "wives", "victim", "victims", "suspect", "suspects"),
    *("abuser", "abusers", "stalker", "stalkers", "stalking", "hacker", "hackers", "hacked"),
    *("hack", "hacking", "stalk", "spy", "spies", "spying", "spyware"),
    *("teacher", "teachers", "expert", "experts"),
    # Grades.
    *("fail", "fails", "failed", "failing", "failure", "failures"),
    *("violate", "violates", "violated", "violation", "violations"),
    *("bad", "score", "scores", "scored", "compliant", "compliance"),
    # Promises.
    *("safe", "safely", "safer", "safest", "safety", "unsafe", "secure", "securely", "secured"),
    *("insecure", "anonymous", "anonymously", "anonymity", "guarantee", "guaranteed", "guarantees"),
    *("leak-proof", "100 %", "100%"),
    # Blame and alarm.
    *("revenge", "leak", "leaks", "leaked", "leaking", "danger", "dangers", "dangerous", "stop!"),
    *("capture", "captures", "captured", "capturing"),
    # Orders. That no is the default, and the age of 18, are said without these words too.
    *("must", "you should", "should have", "should've", "always", "never"),
    # Paper that stands for consent.
    *("contract", "contracts", "proof", "proofs", "signature", "signatures"),
    *("sign", "signs", "signed", "signing", "form", "forms"),
    # What is for the profile close only, where it is not needed either.
    *("intimate", "intimacy"),
)

_AVOIDED = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, WORDS_TO_AVOID))})(?![\w-])", re.IGNORECASE
)

SPELLED_NOWHERE = frozenset(
    (
        *("0033728f0fbc", "0508a634445d", "09b632db946f", "102626eace2d", "12a667c9be6f"),
        *("22082517effc", "25390976ce87", "38136d6e3438", "4140197ec795", "6577be775299"),
        *("6672b930d5d0", "6ef9d9fd4a04", "701d6943ae04", "74305616b2bc", "7f5a9ba14cb8"),
        *("8b272f292b3a", "8c5c04391361", "908ada823720", "938b345cbdb0", "9557070a43b1"),
        *("98d44e13f455", "a36860651495", "a467a313e8c3", "acf45488978d", "b64608345c88"),
        *("c927109d05e5", "c94b2acca79c", "d92f4cf1e2d7", "deef980036ad", "e1b73076698c"),
        *("e683679358a5", "ebc98c1efce2", "ebec03d80c0d", "eff26b18165e", "f6952d6eef55"),
        *("ff5ae7e8d206",),
    )
)
"""The first twelve digits of the SHA-256 of each word, in small letters."""


def avoided(text: str) -> list[tuple[int, int]]:
    """Return where a text holds words that our own sentences do without, as start and end."""
    spelled = [match.span() for match in _AVOIDED.finditer(text)]
    words = re.finditer(r"[a-z]+", text, re.IGNORECASE)
    return sorted([*spelled, *(word.span() for word in words if _is_unspelled(word[0]))])


def digest(word: str) -> str:
    """Return what stands for a word in `SPELLED_NOWHERE`."""
    return hashlib.sha256(word.lower().encode()).hexdigest()[:12]


def _is_unspelled(word: str) -> bool:
    return digest(word) in SPELLED_NOWHERE
