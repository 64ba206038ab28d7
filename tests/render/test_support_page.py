"""Where help is found: the order, the dates, and that a record comes first."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from privacy_check.render.page import Page
from privacy_check.render.support import STATEMENTS, Help, help_of, render_support
from privacy_check.rulebook.records import Edition, Pointer, Rule, RuleBook, Source
from privacy_check.rulebook.vocabulary import SUPPORT_TOPICS

TODAY = dt.date(2026, 11, 22)
SOURCE = Source(title="A test", checked=TODAY)
CLOSE = ("leak-stopncii", "leak-under-18", "threat-do-not-pay", "us-removal-right")
IN_PLACES = ("leak-stopncii", "leak-under-18", "leak-local-help")
IN_FULL = sorted({*STATEMENTS} - {*IN_PLACES})


def statement(name: str) -> Rule:
    return Rule(
        id=name,
        title=f"Title of {name}",
        phase="anytime",
        severity="info",
        profiles=("close",) if name in CLOSE else ("close", "care"),
        channels=("video",),
        say=f"Say {name}.",
        why=f"Why {name}.",
        limits=f"Limits {name}.",
        sources=(SOURCE,),
    )


def place(name: str, kind: str, *topics: str, checked: dt.date = TODAY, number: int = 1) -> Pointer:
    return Pointer(
        id=name,
        name=f"Place {name}",
        topics=topics,
        kind=kind,
        place=number,
        who_for="Anyone.",
        where="Any country",
        address=f"{name}.example/help",
        says=(f"It helps with {name}.",),
        checked_on=checked,
        profiles=("close", "care") if kind == "helpline" else ("close",),
        sources=(SOURCE,),
    )


PLACES = (
    place("print", "fingerprint", "threat", "picture"),
    place("line", "helpline", "threat", "picture", number=2),
    place("device", "helpline", "device", "anyone", number=3),
    place("office", "law", "threat", "picture", number=4),
)


def book(*places: Pointer) -> RuleBook:
    return RuleBook(
        edition=Edition(version="1", date=TODAY),
        rules=tuple(statement(name) for name in sorted(STATEMENTS)),
        settings={},
        programs={},
        support=places,
    )


GIVEN = help_of(book(*PLACES))


def shown(topic: str = "", page: Page | None = None, given: Help = GIVEN) -> str:
    return render_support(given, topic, TODAY, page or Page())


def assert_order(text: str, *pieces: str) -> None:
    where = [text.index(piece) for piece in pieces]
    assert all(first < second for first, second in pairwise(where)), pieces


def test_the_whole_page_keeps_the_order() -> None:
    assert_order(
        shown(),
        "Say leak-not-your-fault.",
        "local emergency number",
        "someone you trust",
        "If someone is threatening you",
        "\nKeep a record\n  Say leak-keep-evidence.",
        "Say leak-report-platform.",
        "print.example/help",
        "Say leak-local-help.",
        "line.example/help",
        "Say us-removal-right.",
        "office.example/help",
        "Say safer-device.",
    )


@pytest.mark.parametrize("topic", ["", "threat"])
def test_when_someone_is_threatened_a_record_comes_first(topic: str) -> None:
    assert_order(
        shown(topic),
        "If someone is threatening you",
        "Say leak-keep-evidence.",
        "Say threat-do-not-pay.",
        "Say leak-report-platform.",
        "print.example/help",
    )


def test_every_statement_and_place_is_on_the_whole_page() -> None:
    text = shown()

    said = [f"Say {name}." for name in STATEMENTS]
    said += [f"{part} {name}." for name in IN_FULL for part in ("Why", "Limits")]
    assert [sentence for sentence in said if sentence not in text] == []
    assert [sentence for sentence in said if sentence[0] != "S" and text.count(sentence) > 1] == []
    for item in PLACES:
        assert text.count(item.address) == 1
        assert item.says[0] in text


def test_a_topic_shows_what_is_about_it() -> None:
    device, picture = shown("device"), shown("picture")

    assert "device.example" in device
    assert "Say safer-device." in device
    assert "print.example" not in device
    assert "leak-" not in device
    assert "threat-do-not-pay" not in picture
    assert "Say leak-keep-evidence." in picture
    assert "device.example" not in picture


@pytest.mark.parametrize("topic", SUPPORT_TOPICS)
def test_every_topic_asks_first_whether_the_person_is_all_right(topic: str) -> None:
    assert "local emergency number" in shown(topic)
    assert ".example/help" in shown(topic)


def test_a_profile_leaves_out_what_is_not_for_it_headings_included() -> None:
    text = shown(given=help_of(book(*PLACES), "care"))

    assert "fingerprint" not in text
    assert "The law" not in text
    assert [name for name in CLOSE if name in text] == []
    assert "line.example" in text


def test_a_statement_that_is_not_in_the_book_is_an_error() -> None:
    empty = RuleBook(edition=Edition(version="1", date=TODAY), rules=(), settings={}, programs={})

    with pytest.raises(KeyError):
        help_of(empty)


@pytest.mark.parametrize(("days", "old"), [(0, False), (365, False), (366, True), (4000, True)])
def test_an_entry_of_more_than_a_year_may_have_changed(days: int, *, old: bool) -> None:
    checked = TODAY - dt.timedelta(days=days)
    text = shown(given=help_of(book(place("one", "helpline", "threat", checked=checked))))

    assert f"Last looked at on {checked}" in text
    assert ("may have changed" in text) is old


@pytest.mark.parametrize("width", [20, 40, 80, 100])
def test_it_fits_the_page_and_is_plain_text(width: int) -> None:
    text = shown(page=Page(width=width))
    addresses = ("device.example/", "print.example/")

    assert max(len(line) for line in text.splitlines() if line.strip() not in addresses) <= width
    assert "    line.example/" in text
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text) is None
    assert "://" not in text
    assert text.endswith(".\n")
