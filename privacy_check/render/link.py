"""What a call link is found to be, as text and as JSON; nothing of its secrets is in either."""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.judge.grades import CALLS, grade, worst
from privacy_check.judge.links import Examined, Noticed, graded
from privacy_check.render import app_words
from privacy_check.render.app_words import GRADE, USE, WHAT_A_GRADE_SAYS
from privacy_check.render.json import SCHEMA, Wire, dump
from privacy_check.render.page import Page, bullet, hanging, joined, wrapped
from privacy_check.rulebook.catalogue import App

NOTICES = {
    "hidden-characters": "There are characters in it that do not show. Programs read such an "
    "address in different ways, so nothing more is said about it.",
    "odd-address": "Programs read this address in different ways, so nothing more is said about "
    "it.",
    "user-info": "Something stands in front of @. The address leads to the host behind it, and "
    "call links do not look like this.",
    "ip-address": "It leads to a computer by its numbers, not by a name.",
    "unusual-port": "It names a port. Links of the known call services do not.",
    "no-scheme": "It does not begin with https://. A browser puts that, or http://, in front.",
    "look-alike": "The host looks like that of {name}, and is none of those that we know.",
    "confusable-letters": "Some letters of the host look like others{like}. It is another host "
    "than it seems.",
    "not-exact-host": "The host is not written as a known service writes it{inside}. Look at its "
    "end: that says whose it is.",
    "shortened": "It is a short address. Where it leads can only be seen by opening it.",
    "wrapped": "It is wrapped: another company sees who opens it, and when.",
    "looks-like-own-server": "It looks like {name} on a server of somebody's own. The address "
    "alone cannot show it.",
    "not-a-call-link": "The host has the same owner as {name}, but the address is none of the "
    "call links that we know.",
    "unknown-service": "It is none of the call links that we know.",
    "plain-http": "It begins with http://. On the way, others on the network can read and change "
    "what it opens.",
    "passcode-inside": "The passcode is in the link. Whoever sees the link has both.",
    "no-passcode": "There is no passcode in the link. If the call has none, the link alone lets "
    "people in.",
    "key-inside": "What stands after # lets people in. Whoever sees the whole link has it.",
    "incomplete": "A part of the link seems to be missing.",
    "guessable-room": "The name of the room looks easy to guess, and whoever guesses it may come "
    "in. A longer name of chance letters is harder to find.",
    "personal-room": "It is a personal room. Its address stays the same, so earlier guests have "
    "it too.",
    "invitation-lasts": "It is an invitation or an address that can stay valid for long. Whoever "
    "has it later can use it too.",
    "retired-service": "{name} has ended.",
    "service-may-end": "{name} may have ended, or may end soon.",
    "login-inside": "It holds what stands for one person's login. It is meant for that person "
    "alone.",
    "tracking": "It holds something that can tell who opens it, or where it came from.",
}
"""What is worth a look, by id. `{name}` is the name of a service."""

UNREAD = {
    "too-long": "That is too long for an address.",
    "not-one-address": "That is more than one address, or has other text beside it.",
    "not-an-address": "That is no address.",
    "not-text": "That is no text.",
}
"""Why no address could be read."""

HOW_TO_GIVE = (
    "Give the address alone, from https:// to its end, to privacy-check link - as its input."
)
NOTHING_OPENED = "Only the text of the address was looked at. Nothing was opened or sent."


def sentence(noticed: Noticed) -> str:
    """Return what is said of one thing."""
    text, name = {**NOTICES, **UNREAD}[noticed.id], noticed.name
    parts = {
        "{like}": f", as in the name of {name}" if name else "",
        "{inside}": f", though the name of {name} stands in it" if name else "",
        "{name}": name or "a known service",
    }
    for mark, words in parts.items():
        text = text.replace(mark, words)
    return text


def render_link(found: Examined, app: App | None, page: Page) -> str:
    """Return what an address is, with the grades of its app, as text."""
    lines = [*_heading(found, app, page), ""]
    lines += [*wrapped("Without its secrets:", page), *_address(found.redacted, page)]
    if found.link is not None:
        lines += hanging(f"What in it matters: {found.link.secret}.", page, 2)
    if found.noticed:
        lines += ["", *wrapped("Worth a look", page)]
        lines += [line for item in found.noticed for line in bullet(sentence(item), page)]
    lines += ["", *wrapped(NOTHING_OPENED, page)]
    if app is not None:
        lines += wrapped(WHAT_A_GRADE_SAYS, page)
    return joined(lines)


def _heading(found: Examined, app: App | None, page: Page) -> Iterator[str]:
    if app is None:
        yield from wrapped("No call service was recognised in this address.", page)
        return
    calls = [grade(app, use) for use in CALLS]
    word = worst(calls)
    told = GRADE[word] if word else "no grade for calls"
    more = ", as a link can let in more than two" if calls[0].word not in ("", word) else ""
    yield from wrapped(f"{found.name}: {told}{more}", page)
    for alike in app_words.alike(calls):
        for item in alike:
            yield from wrapped(f"{USE[item.use]}: {GRADE[item.word]}", page, 2)
        if alike[0].word:
            yield from wrapped(app_words.reasons(alike[0]), page, 4)
    yield from wrapped(f"All about it: privacy-check explain app:{app.id}", page, 2)


def _address(text: str, page: Page) -> Iterator[str]:
    """Yield an address in lines, cut anywhere where it is too long for one."""
    width = max(page.width - 2, 1)
    yield from (f"  {text[i : i + width]}" for i in range(0, len(text), width))


def render_link_json(found: Examined, app: App | None) -> str:
    """Return what an address is as JSON."""
    words, grade = graded(app) if app is not None else ({}, "")
    wire: Wire = {
        "schema": SCHEMA,
        "service": found.service or None,
        "name": found.name or None,
        "grade": grade or None,
        "grades": {use: word or None for use, word in words.items()},
        "opens": found.link.opens if found.link else None,
        "secret": found.link.secret if found.link else None,
        "resembles": found.resembles or None,
        "warnings": [sentence(item) for item in found.noticed],
        "warning_ids": [item.id for item in found.noticed],
        "redacted": found.redacted,
    }
    return dump(wire)
