"""The sheet of two people, and the message to one of them, as plain text for a chat.

Neither holds a name, a time, a line to write on or anything that could seal it.
"""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.render.page import Page, hanging, joined
from privacy_check.report.agreement import EVERYTHING, FINE_OR_NOT, STRICTEST, TOGETHER, Sheet
from privacy_check.rulebook.records import Topic

WIDTH = 72

PURPOSE = (
    "Notes from a conversation. Not a contract and not proof of consent. Either of you can change"
    " your mind at any time, without a reason. For one call only."
)
"""The first line of every copy, whole: a chat wraps it by itself."""

PUSHED = "If someone is pushing you to fill this in, you can leave it empty."

TAKEN_BACK = "Either of you can take back anything at any time, during the call too."
"""Said below a sheet that takes everything back."""

_NONE_NAMED = "none named yet"

_MESSAGE = """\
Before our call, may we talk about what is okay for each of us?
Please think about these, and tell me what feels right to you:

- Would you like this call at all?
- Video, voice or text? Which app?
- May anything be recorded? Screenshots? Automatic notes?
- May anything be kept, and for how long? When do we delete it?
- May anything be passed on to someone else?
- May others be near, or on the call?
- What should stay out of view or unsaid?
- Which word or gesture means stop? Hanging up is fine too.

What we have not both said yes to, we leave out.
You can say no to any of it, or to all of it. You can also not answer.
That is fine, and you do not need a reason.
You can change your mind at any time, also during the call.
"""


def render_sheet(sheet: Sheet) -> str:
    """Return the sheet: the purpose as one line, then one entry a topic, wrapped."""
    lines = [PURPOSE, "", PUSHED, ""]
    for entry in entries(sheet):
        lines += hanging(entry, Page(width=WIDTH), 2)
    return joined(lines)


def entries(sheet: Sheet) -> Iterator[str]:
    """Yield what holds for both, one entry a topic."""
    for topic in sheet.topics:
        yield f"{topic.title}: {_ended(_result(topic, sheet))} {topic.note}".rstrip()


def message() -> str:
    """Return a text to send to a person who has no such tool."""
    return _MESSAGE


def _result(topic: Topic, sheet: Sheet) -> str:
    agreed = sheet.agreed
    named = agreed.sets.get(topic.id, ())
    if topic.merge == STRICTEST:
        word = agreed.ranked.get(topic.id, "")
        return next((choice.says for choice in topic.choices if choice.word == word), "")
    if topic.merge == FINE_OR_NOT:
        fine = ", ".join(_words(topic, named)) or topic.nothing
        limits = ", ".join(_limits(topic, agreed.not_fine.get(topic.id, ()))) or _NONE_NAMED
        return f"{fine}. Not fine: {limits}"
    if topic.merge == TOGETHER:
        return ", ".join((*topic.given, *_limits(topic, named))) or topic.nothing
    return ", ".join((*topic.given, *_words(topic, named))) or topic.nothing


def _limits(topic: Topic, words: tuple[str, ...]) -> Iterator[str]:
    return iter((topic.everything,)) if EVERYTHING in words else _words(topic, words)


def _words(topic: Topic, words: tuple[str, ...]) -> Iterator[str]:
    """Yield listed words as the topic says them, own words in quotes: they cannot pass for ours."""
    says = {choice.word: choice.says for choice in topic.choices}
    for word in words:
        yield says[word] if word in says else quoted(word)


def quoted(word: str) -> str:
    """Return an own word as it stands on the sheet."""
    return f'"{word.replace(chr(34), chr(39))}"'


def _ended(text: str) -> str:
    return f"{text}." if text else ""
