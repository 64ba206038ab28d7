"""The words for what is known of an app: its grades, their reasons, and how old these are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from privacy_check.judge.grades import (
    ACCEPTABLE,
    NOT_OFFERED,
    NOT_SUITED,
    OUTSIDERS,
    STRONG,
    WEAK,
    Grade,
    Reason,
    is_to_recheck,
    sources_of,
)
from privacy_check.rulebook.catalogue import App, Fact
from privacy_check.rulebook.records import Source
from privacy_check.rulebook.vocabulary import CALL_USES

GRADE = {
    STRONG: "strong",
    ACCEPTABLE: "acceptable with settings",
    WEAK: "weak",
    NOT_SUITED: "not suited",
    NOT_OFFERED: "not offered",
}
FACT = {
    "status": "Status",
    "one-to-one": "Encryption, call of two people",
    "group": "Encryption, call of more people",
    "text": "Encryption, messages",
    "open-source": "Source code open",
    "protocol": "Protocol published",
    "review": "Review published",
    "recording": "Recording in the app",
    "recording-announced": "Recording announced",
    "screenshot-android": "Screenshots on Android",
    "screenshot-ios": "Screenshots on iPhone and iPad",
    "screenshot-desktop": "Screenshots on a computer",
    "screenshot-view-once": "Screenshots of view-once pictures",
    "disappearing-messages": "Disappearing messages",
    "view-once": "View-once pictures",
    "phone-number": "Phone number needed",
    "metadata": "What the company can see beside the content",
    "link-previews": "Link previews",
    "verification": "How to compare keys",
    "ip-address": "Who sees the network address",
    "ai-notes": "Notes written by software",
    "consumer-app": "The app for everybody",
    "retention": "How long it is kept",
    "local-secret": "The key on this computer",
    "updates": "Updates",
    "android": "Android package",
    "ios-store": "Number in Apple's store",
    "winget": "winget",
    "brew-cask": "Homebrew cask",
    "macos-bundle": "macOS bundle",
    "folders-macos": "Folders on macOS",
    "folders-windows": "Folders on Windows",
    "process-macos": "While running, on macOS",
    "process-windows": "While running, on Windows",
}
"""What a fact is called beside its value."""

VALUE = {
    "at-risk": "may have ended",
    "retired": "ended",
    "default": "on by default",
    "conditional": "under some conditions",
    "opt-in": "to be switched on",
    "claimed": "claimed, and not to be checked",
    "not-offered": "not offered",
    "partial": "in part",
    "local+cloud": "on the device, and in the cloud",
    "third-party-bots": "by bots of others",
    "blocked-optional": "can be blocked",
    "notified": "the other side is told",
    "notified-some": "the other side is told in some cases",
    "switcher-hidden-only": "hidden in the list of open apps only",
    "audio-only": "sound only",
    "not-detected": "not noticed",
}
"""What the words of a fact mean, where they do not speak for themselves."""

USE = {"one-to-one": "Call of two people", "group": "Call of more people", "text": "Messages"}
RE_CHECK = "re-check"
RE_CHECK_MEANS = f"{RE_CHECK}: no date, or more than two years old. Look it up again."

WHAT_A_GRADE_SAYS = (
    "A grade says what can be looked up about an app. It cannot say what the other side keeps, "
    "or who is in the room."
)
MARK = {
    "records": "The app, or a bot in it, can record. Ask what is recorded before you begin.",
    "text-weaker": "Messages are less protected than calls. Keep the chat empty.",
    "phone-number": "It needs a phone number. Do you want the other side to have yours?",
    "old-review": "The newest review we can name is from before 2021.",
    "ended": "The service has ended, or may have ended. Is it still looked after?",
    "thin-sources": "Some of this rests on news or community pages. Look it up before you rely "
    "on it.",
}

_ENCRYPTION = {
    "default": "Encrypted from end to end by default.",
    "opt-in": "End-to-end encryption has to be switched on.",
    "conditional": "Encrypted from end to end under some conditions only.",
    "claimed": "End-to-end encryption is claimed, and cannot be checked.",
    "no": "No end-to-end encryption for this use.",
    "unknown": "No evidence of end-to-end encryption was found.",
    "not-offered": "Not offered.",
}
_OTHER = {
    ("open-source", "yes"): "The app's source code is open.",
    ("open-source", "partial"): "A part of the app's source code is open.",
    ("protocol", "yes"): "The protocol is published.",
    ("status", "retired"): "The service has ended.",
    ("status", "at-risk"): "The service may have ended.",
    (OUTSIDERS, "unknown"): "Nothing was found that outsiders can check.",
}


def reason(item: Reason) -> str:
    """Return a reason of a grade as a sentence."""
    fact = item.fact
    if item.about in CALL_USES:
        return _ENCRYPTION[fact.value]
    if item.about == "review":
        return f"Reviewed by {fact.who} ({fact.year})."
    return _OTHER[item.about, fact.value]


def reasons(graded: Grade) -> str:
    """Return all reasons of a grade as one text."""
    return " ".join(map(reason, graded.reasons))


def alike(graded: Sequence[Grade]) -> tuple[tuple[Grade, ...], ...]:
    """Return grades with the same word and the same reasons together, in their order."""
    found: dict[tuple[str, str], list[Grade]] = {}
    for item in graded:
        found.setdefault((item.word, reasons(item)), []).append(item)
    return tuple(map(tuple, found.values()))


def notes(graded: Sequence[Grade]) -> str:
    """Return what limits the reasons of some grades: conditions, and what a review looked at."""
    told = [
        item.fact.note
        for grade in graded
        for item in grade.reasons
        if item.about == "review" or item.fact.value in ("conditional", "opt-in")
    ]
    return " ".join(dict.fromkeys(filter(None, told)))


def age(app: App, facts: Sequence[Fact], today: dt.date) -> str:
    """Return how old the sources of some facts are, and whether they are to be looked up again.

    It is empty where no fact has a source.
    """
    found = [source for fact in facts for source in sources_of(app, fact)]
    if not found:
        return ""
    oldest = min(found, key=lambda source: source.dated)
    said = f"oldest source {dated(oldest, today)}"
    return said if oldest.dated else f"a source has no date: {RE_CHECK}"


def dated(source: Source, today: dt.date) -> str:
    """Return the date of a source; one that is old or missing says so."""
    said = source.dated or "undated"
    return f"{said}: {RE_CHECK}" if is_to_recheck(source, today) else said


def why(app: App, graded: Sequence[Grade], today: dt.date, *, limits: bool = False) -> str:
    """Return the reasons of grades that are alike, with the age of the oldest source.

    With `limits` also what a review looked at, and on what encryption depends.
    """
    text = f"{reasons(graded[0])} {notes(graded) if limits else ''}".rstrip()
    said = age(app, [item.fact for one in graded for item in one.reasons], today)
    return f"{text} ({said})" if said else text
