"""Readability: short questions, hints and steps, one idea each, in calm words.

Words to avoid are looked for in all that a person can read (`said.py`, the list is in
`wording.py`). Questions, hints and steps are also measured:

* at most 16 words, and a reading grade of at most 7 (`reading.py` states the formula); a text of
  fewer than four words has no grade, there is too little of it to count;
* one idea: one sentence, a question with one question mark, and no semicolon;
* no double negative: at most one word of `NEGATIVES`.

A step is measured as prose: menu paths, names on a screen, commands and addresses are taken out
(`steps.py` says how); no part of a path has more than eight words. In what is said on a card, or of
a place that helps, each sentence has at most 16 words.

What is exempt stands in `EXEMPT`, with its reason; an entry that nothing needs fails a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
import reading
from said import FILE, HELP, HINT, PAGE, QUESTION, SAY, STEP, TEXT, Said, everything, of_apps
from steps import NAMES, paths, prose
from wording import SPELLED_NOWHERE, WORDS_TO_AVOID, avoided, digest

MOST_WORDS = 16
MOST_GRADE = 7.0
LEAST_GRADED = 4
MOST_IN_A_PATH = 8

NEGATIVES = (
    *("not", "no", "never", "without", "nobody", "nothing", "nowhere", "none", "neither", "nor"),
    *("cannot", "unsure", "unable", "unknown", "unlikely", "unless"),
)
_NEGATIVE = re.compile(rf"\b(?:{'|'.join(NEGATIVES)})\b|n't\b", re.IGNORECASE)

WORDS, LENGTH, GRADE, ONE_IDEA, NEGATIVE = "words", "length", "grade", "one idea", "negative"
MEASURED = (QUESTION, HINT, STEP)


@dataclass(frozen=True)
class Exempt:
    """A text that may break one of the promises, and why.

    `text` is a pattern. For words it covers the word that is avoided; else it is the whole text.
    `where` is a pattern for the place.
    """

    promise: str
    text: str
    why: str
    where: str = ""


_GIVEN = "a question that was given to us, kept to the letter"
_MENU = "a name that stands on the screen, quoted"
_ID = "an id: it does not change once it is known"
_SHAPE = "the shape of a file or an answer, not paper that stands for consent"
_KEPT = "what the program does and keeps to, not an order to a person"

GIVEN_IDS = (
    *("stopping-is-not-failing", "minors-never", "leak-keep-evidence", "leak-local-help"),
    *("leak-not-your-fault", "leak-report-platform", "leak-stopncii", "leak-under-18"),
    *("safer-device", "feel-safe", "strong-sign-in", "no-sign-does-not-mean-no-recording"),
    *("auto-capture-off", "secure-app", "secure-device"),
    *("browser-capture-extensions", "captures-synced"),
)

EXEMPT = (
    Exempt(WORDS, r"Do you feel safe with this person\?", _GIVEN),
    Exempt(WORDS, r"Can you say no without bad results for you\?", _GIVEN),
    Exempt(WORDS, r"Which word or sign means stop\?", _GIVEN),
    Exempt(NEGATIVE, r"Can you say no without bad results for you\?", _GIVEN),
    Exempt(
        NEGATIVE, r"If you have not clearly agreed, will neither of you take screenshots\?", _GIVEN
    ),
    Exempt(GRADE, r"May automatic notes or summaries be made\?", _GIVEN),
    Exempt(
        GRADE, r"May anything be recorded\?", "four plain words; the last one has no shorter one"
    ),
    Exempt(
        WORDS,
        r"Not a contract and not proof of consent",
        "the sheet has to say what it is not, in the words that people would use",
    ),
    Exempt(WORDS, "Safety Check", _MENU),
    Exempt(WORDS, "Protection & Safety", _MENU),
    Exempt(WORDS, "Privacy and safety > ", _MENU),
    Exempt(WORDS, '"safety number"', _MENU),
    Exempt(WORDS, "Secure Folder", _MENU),
    Exempt(WORDS, "Always Relay Calls", _MENU),
    Exempt(WORDS, '"Never"', _MENU),
    Exempt(WORDS, r"\{\}/Secure Preferences", "a file name of Chromium", "readers/chromium"),
    Exempt(WORDS, r"\b(?:a|known|unknown|unexpected|its) form\b", _SHAPE, r"readers/|machine/"),
    Exempt(WORDS, r"rulebook/forms/", _SHAPE),
    Exempt(WORDS, "The form is that of", _SHAPE, "CHANGELOG"),
    Exempt(WORDS, "forms? of (?:text in it|one value)", _SHAPE, "docs/adr/"),
    Exempt(WORDS, "of a form the program would refuse", _SHAPE, "docs/architecture"),
    Exempt(WORDS, "in the form that", _SHAPE, "docs/how-sure"),
    Exempt(WORDS, "Apple Personal Safety User Guide", "the title of a source", "docs/how-sure"),
    Exempt(WORDS, "Apple, Personal Safety guide", "the title of a source", "docs/how-sure"),
    Exempt(WORDS, "by the contracts in", "import-linter calls its rules so", "docs/architecture"),
    Exempt(WORDS, "should have", "a file is meant, not a person", "rulebook/fields"),
    Exempt(WORDS, r"\{\} passed, \{\} failed", "cases of rule files, not people", "cli/rules"),
    Exempt(
        WORDS, r"\d passed, \d failed", "the same, on the page for writers of rules", "docs/add"
    ),
    Exempt(WORDS, "(?<![Yy]ou )never(?! changes, | reused)", _KEPT, "README|docs/"),
    Exempt(WORDS, "never taken away", _KEPT, "json_schema"),
    Exempt(WORDS, "a text that was never seen before", "a time, not an order", "rulebook/check"),
    Exempt(WORDS, "never changes, never reused", "about an id", "rulebook/forms|docs/rule-files"),
    *(Exempt(WORDS, rf"\b{name}\.toml", _ID) for name in GIVEN_IDS),
)


@dataclass(frozen=True)
class Complaint:
    """A promise that a text breaks; for words, where."""

    promise: str
    said: Said
    what: str
    span: tuple[int, int] = (0, 0)


def test_there_is_much_to_read() -> None:
    kinds = [said.kind for said in everything()]
    least = {QUESTION: 90, HINT: 60, STEP: 500, SAY: 60, TEXT: 1000, HELP: 10, FILE: 400, PAGE: 500}
    assert {kind: number for kind, number in least.items() if kinds.count(kind) < number} == {}


@pytest.mark.parametrize("promise", [WORDS, LENGTH, GRADE, ONE_IDEA, NEGATIVE])
def test_a_promise_is_kept(promise: str) -> None:
    open_ = [found for found in complaints() if found.promise == promise and not _excuses(found)]
    assert [f"{found.said.place}: {found.what}: {found.said.text}" for found in open_] == []


@pytest.mark.parametrize("entry", EXEMPT, ids=lambda entry: f"{entry.promise}: {entry.text}")
def test_what_is_exempt_is_needed(entry: Exempt) -> None:
    assert any(_excuses(found) == [entry] for found in complaints())
    assert entry.why


@pytest.mark.parametrize("name", NAMES)
def test_a_quoted_name_stands_in_a_step(name: str) -> None:
    assert any(name in said.text for said in everything() if said.kind == STEP)


def test_a_part_of_a_path_is_short() -> None:
    found = [path for said in everything() if said.kind == STEP for path in paths(said.text)]
    parts = [part for path in found for part in path.split(" > ")]
    assert len(parts) > 1000
    assert [part for part in parts if len(part.split()) > MOST_IN_A_PATH] == []


def test_the_app_catalogue_speaks_in_sentences() -> None:
    said = [said for said in of_apps() if said.kind in {STEP, SAY} and said.text]
    assert len(said) > 300
    assert [one for one in said if not re.fullmatch(r"[A-Z].*\.", one.text)] == []


@cache
def complaints() -> tuple[Complaint, ...]:
    """Return all that breaks a promise, exempt or not."""
    return tuple(found for said in everything() for found in (*_words(said), *_measures(said)))


def _excuses(found: Complaint) -> list[Exempt]:
    """Return the entries that make a complaint void."""
    said, (start, end) = found.said, found.span
    fits = [
        entry
        for entry in EXEMPT
        if entry.promise == found.promise and re.search(entry.where, said.place)
    ]
    if found.promise != WORDS:
        return [entry for entry in fits if re.fullmatch(entry.text, said.text)]
    return [
        entry
        for entry in fits
        if any(
            match.start() <= start and end <= match.end()
            for match in re.finditer(entry.text, said.text)
        )
    ]


def _words(said: Said) -> Iterator[Complaint]:
    """A path is read name by name: `leak-keep-evidence.toml` holds four words and an ending."""
    text = re.sub(r"[-_./]", " ", said.text) if said.kind == FILE else said.text
    for start, end in avoided(text):
        yield Complaint(WORDS, said, text[start:end], (start, end))


def _measures(said: Said) -> Iterator[Complaint]:
    if said.kind not in (*MEASURED, SAY):
        return
    if said.kind == SAY:
        for sentence in reading.sentences(said.text):
            if len(sentence.split()) > MOST_WORDS:
                yield Complaint(LENGTH, said, f"{len(sentence.split())} words")
        return
    text = prose(said.text) if said.kind == STEP else said.text
    spoken, number = reading.words(text), len(reading.sentences(text))
    if len(spoken) > MOST_WORDS:
        yield Complaint(LENGTH, said, f"{len(spoken)} words")
    if len(spoken) >= LEAST_GRADED and reading.grade(text) > MOST_GRADE:
        yield Complaint(GRADE, said, f"grade {reading.grade(text):.1f}")
    if number > 1 or ";" in text or (said.kind == QUESTION and text.count("?") != 1):
        yield Complaint(ONE_IDEA, said, "more than one idea")
    if len(_NEGATIVE.findall(text)) > 1:
        yield Complaint(NEGATIVE, said, "two negatives")


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("Settings > Privacy & Security > Camera.", "it."),
        ("Settings > General > About: read the name.", "it: read the name."),
        ("Files > Home > .cache > delete the folder thumbnails.", "it."),
        ("Look whether Ghost Mode is on.", "Look whether it is on."),
        ("Look if it is on. Ask them.", "Look if it is on. Ask them."),
        ('Set Peer-to-Peer to "Never".', "Set it to it."),
        ("In a terminal: flatpak info --show-permissions APP", "In a terminal: it"),
        ("In a terminal: flatpak permissions, then look.", "In a terminal: it, then look."),
        ("Run: makoctl mode -a do-not-disturb", "Run: it"),
        ("Start sudo ufw status in a terminal.", "Start it in a terminal."),
        ("Start the program again.", "Start the program again."),
        ("Address bar: chrome://extensions. Look there.", "Look there."),
        ("Open /etc/dnf/automatic.conf and look.", "Open it and look."),
    ],
)
def test_what_stands_on_a_screen_is_taken_out(step: str, left: str) -> None:
    assert prose(step) == left


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Is your own device in a safe place?", WORDS),
        ("Have you both looked at one thing and then another one and at last a third?", ""),
        ("Have you both looked at one thing and then another one and at last at a third?", LENGTH),
        ("Did institutional authorities adequately communicate?", GRADE),
        ("Are you alone? Is it dark?", ONE_IDEA),
        ("Are you alone; is it dark?", ONE_IDEA),
        ("Are you not alone with nobody near?", NEGATIVE),
        ("Don't you want no call?", NEGATIVE),
        ("Do you want this call?", ""),
    ],
)
def test_a_broken_promise_is_found(text: str, promise: str) -> None:
    said = Said(QUESTION, "", text)
    found = [*_words(said), *_measures(said)]
    assert [complaint.promise for complaint in found] == ([promise] if promise else [])


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("a", 1), ("you", 1), ("note", 1), ("notes", 1), ("shared", 1), ("turned", 1)),
        *(("pages", 2), ("added", 2), ("table", 2), ("watches", 2), ("handled", 2), ("agreed", 2)),
        *(("device", 2), ("person", 2), ("recording", 3), ("microphone", 3), ("well-known", 2)),
        *(("Don't", 1), ("phone's", 1), ("the", 1), ("see", 1), ("permission", 3)),
    ],
)
def test_syllables_are_counted_by_groups_of_vowels(word: str, number: int) -> None:
    assert reading.syllables(word) == number


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        # 6 words, 1 sentence, 6 syllables: 2.34 + 11.8 - 15.59
        ("The cat sat on the mat.", -1.45),
        # 10 words, 2 sentences, 10 syllables: 1.95 + 11.8 - 15.59
        ("The cat sat there. The dog ran to the door.", -1.84),
        # 7 words, 1 sentence, 10 syllables: 2.73 + 16.857 - 15.59
        ("Do you feel respected by this person?", 4.0),
        # 6 words, 1 sentence, 19 syllables: 2.34 + 37.367 - 15.59
        ("Automatic summaries remain available for everybody.", 24.12),
    ],
)
def test_grades_are_those_of_the_formula(text: str, grade: float) -> None:
    assert reading.grade(text) == pytest.approx(grade, abs=0.01)


def test_sentences_end_at_a_space() -> None:
    assert reading.sentences('Open a.b. Then "wait." Go!') == ["Open a.b.", 'Then "wait.', "Go!"]


@pytest.mark.parametrize("word", ["safe", "Safe", "must", "100 %", "should have", "partner's"])
def test_words_to_avoid_are_whole_words(word: str) -> None:
    assert avoided(f"It is {word}.")
    assert not avoided("unsafely mustard conform spyglass well-formed")


def test_words_that_are_spelled_nowhere_are_found_by_their_digest() -> None:
    assert digest("Safe") not in SPELLED_NOWHERE
    assert len(SPELLED_NOWHERE) > 20
    assert all(re.fullmatch("[0-9a-f]{12}", word) for word in SPELLED_NOWHERE)
    assert not SPELLED_NOWHERE & {digest(word) for word in WORDS_TO_AVOID}
