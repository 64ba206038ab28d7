"""The sheet and the message: plain text for a chat, calm words, nothing that could seal it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wording import avoided

from privacy_check.render.agreement import PURPOSE, WIDTH, message, render_sheet
from privacy_check.report.agreement import Filled, merge, withdrawn
from privacy_check.rulebook.decode import decode
from privacy_check.rulebook.documents import read_folder
from privacy_check.rulebook.records import Topic

RULES = Path(__file__).resolve().parents[2] / "rules"
DRAFT = decode(item for item in read_folder(RULES)[0] if item.kind == "agreement")
TOPICS = sorted((entry.record for entry in DRAFT.agreement), key=lambda topic: topic.place)

ONE = Filled(
    ranked={"recording": "yes", "saving": "7-days", "camera": "both", "check-in": "when-asked"},
    sets={
        "channel": ("video", "text", "Signal"),
        "keep-out": ("face", "My  street"),
        "comfort": ("Jokes", "old stories"),
        "stop-signal": ("red",),
    },
)
OTHER = Filled(
    ranked={"recording": "ask", "saving": "1-day", "camera": "both", "check-in": "each-change"},
    sets={
        "channel": ("video", "voice", "signal"),
        "keep-out": ("marks",),
        "comfort": ("jokes", "old stories"),
    },
    not_fine={"comfort": ("Old stories", "songs")},
)

SHEET = """\
Notes from a conversation. Not a contract and not proof of consent. Either of you can change \
your mind at any time, without a reason. For one call only.

If someone is pushing you to fill this in, you can leave it empty.

Recording: ask each time.
Screenshots: no.
Automatic notes: no. Captions that are only shown, and not kept, are a
  separate matter: some people need them.
Keeping messages and files: for 1 day.
Passing on: no.
Others nearby: nobody.
Others on the call: nobody.
Ways to talk: video, "signal". Talk first about an app that is not
  listed.
Cameras on: both.
Stays out of view or unsaid: face, marks on the body, "my street".
Feels fine: "jokes". Not fine: "old stories", "songs".
Checking in: at each change.
Means stop: hanging up, "red". Any one of them stops the call at once.
If the line drops: nobody until a message says so.
Control of the other's device: no. Any yes to it ends with the call.
Afterwards: quiet until one of us writes.
Deleting what was kept: at once. Asking for it later counts too, at any
  time.
A change of mind: it counts at once, and no reason is needed.
"""

WITHDRAWN = """\
Ways to talk: none yet; talk again. Talk first about an app that is not
  listed.
Cameras on: none.
Stays out of view or unsaid: everything.
Feels fine: ask first. Not fine: everything.
Checking in: every few minutes.
Means stop: hanging up, any word or gesture. Any one of them stops the
  call at once.
"""

SHEETS = {
    "two": render_sheet(merge(TOPICS, [ONE, OTHER])),
    "nobody": render_sheet(merge(TOPICS, [])),
    "withdrawn": render_sheet(withdrawn(TOPICS)),
}
TEXTS = {**SHEETS, "message": message()}


def test_the_sheet() -> None:
    assert SHEETS["two"] == SHEET


def test_a_withdrawn_sheet() -> None:
    assert WITHDRAWN in SHEETS["withdrawn"]
    for topic in TOPICS:
        if topic.merge == "strictest":
            assert f"{topic.title}: {topic.choices[0].says}." in SHEETS["withdrawn"]


@pytest.mark.parametrize("name", SHEETS)
def test_the_first_line_says_what_it_is(name: str) -> None:
    first, empty, pushed, *_ = SHEETS[name].splitlines()
    assert first == PURPOSE
    assert first.startswith("Notes from a conversation. Not a contract and not proof of consent.")
    assert first.endswith("For one call only.")
    assert empty == ""
    assert pushed == "If someone is pushing you to fill this in, you can leave it empty."


@pytest.mark.parametrize("name", TEXTS)
def test_lines_fit_but_for_the_purpose(name: str) -> None:
    lines = TEXTS[name].replace(PURPOSE, "").splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert TEXTS[name].endswith("\n")
    assert not re.search(r"[ \t]+\n|\n\n\n", TEXTS[name])


@pytest.mark.parametrize("name", SHEETS)
def test_every_topic_has_one_entry(name: str) -> None:
    entries = [line for line in SHEETS[name].splitlines()[4:] if not line.startswith("  ")]
    assert [line.partition(":")[0] for line in entries] == [topic.title for topic in TOPICS]
    assert entries[-1] == "A change of mind: it counts at once, and no reason is needed."


@pytest.mark.parametrize("name", TEXTS)
def test_there_is_no_date_name_seal_or_line_to_write_on(name: str) -> None:
    text = TEXTS[name].replace(PURPOSE, "")
    assert not re.search(r"\d\d:\d\d|\d{3,}|[0-9a-f]{8,}", text)
    assert "__" not in text
    assert ".." not in text
    assert not re.search(r"\b(name|date|A|B|you differ|differ|signed)\b *:", text)
    assert "://" not in text


EXEMPT = {
    PURPOSE: "the given first line; it says what the sheet is not",
    "Which word or sign means stop?": "a given question; a sign is a gesture here",
}


@pytest.mark.parametrize("name", TEXTS)
def test_calm_words(name: str) -> None:
    text = TEXTS[name].replace(PURPOSE, "")
    assert avoided(text) == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_calm_words_in_the_topics(topic: Topic) -> None:
    said = [choice.says for choice in topic.choices]
    texts = [topic.title, topic.question, topic.note, topic.nothing, topic.everything]
    for text in (*texts, *topic.given, *said):
        assert text in EXEMPT or avoided(text) == []


def test_the_message_asks_kindly_and_leaves_the_answer_free() -> None:
    text = message()
    for word in ("call", "recorded", "Screenshots", "notes", "kept", "passed on", "stop", "app"):
        assert word in text
    assert text.count("?") > 8
    assert "Please" in text
    assert "You can also not answer.\nThat is fine" in text
    assert "You can change your mind at any time" in text
    assert len(text.splitlines()) <= 20


def test_the_message_asks_in_short_sentences() -> None:
    sentences = re.split(r"[.?:]\s", message())
    assert max(len(sentence.strip("- ").split()) for sentence in sentences) <= 16


@given(st.lists(st.text(max_size=60), max_size=6))
def test_own_words_cannot_pass_for_a_line_of_the_sheet(words: list[str]) -> None:
    mine = Filled(sets={"keep-out": tuple(words)}, not_fine={"comfort": tuple(words)})
    lines = render_sheet(merge(TOPICS, [mine])).splitlines()
    entries = [line for line in lines[4:] if not line.startswith("  ")]
    assert [line.partition(":")[0] for line in entries] == [topic.title for topic in TOPICS]


@pytest.mark.parametrize("word", ['x". Recording: yes', "x\nRecording: yes", "x\r\x1b[2Jyes"])
def test_own_words_stay_in_their_quotes(word: str) -> None:
    text = render_sheet(merge(TOPICS, [Filled(sets={"keep-out": (word,)})]))
    assert text.count('"') == 2
    assert "Recording: no.\n" in text
    assert "\x1b" not in text
    assert "\r" not in text
