"""`privacy-check support`: it prints dated pointers to help, asks nothing, and opens nothing."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from privacy_check.render.page import Page
from privacy_check.render.support import STATEMENTS, help_of, render_support
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import RuleBook

Start = Callable[..., subprocess.CompletedProcess[str]]
RULES = Path(__file__).resolve().parents[2] / "rules"
PHONE_NUMBER = re.compile(r"\+?\d[\d ()/.-]{5,}\d")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_WORDS = 16


@pytest.fixture(scope="module")
def book() -> RuleBook:
    loaded = load([RULES]).book
    assert loaded is not None
    return loaded


def test_the_rules_it_quotes_are_there_and_have_something_to_say(book: RuleBook) -> None:
    said = {rule.id: rule.say for rule in book.rules}

    assert [name for name in STATEMENTS if not said.get(name)] == []


def test_it_prints_the_pointers_with_their_dates_and_ends(start: Start, book: RuleBook) -> None:
    done = start("support", variables={"COLUMNS": "80"})

    assert (done.returncode, done.stderr) == (0, "")
    for place in book.support:
        assert place.address in done.stdout
        assert f"on {place.checked_on}" in done.stdout
    assert "local emergency number" in done.stdout
    assert not PHONE_NUMBER.search(DAY.sub("", done.stdout))
    assert "\x1b" not in done.stdout


def test_it_says_in_this_order_what_to_do(start: Start) -> None:
    lines = start("support", variables={"COLUMNS": "100"}).stdout.splitlines()
    headings = [line for line in lines if line and not line.startswith(" ")]
    wanted = [
        "You are not to blame",
        "Are you all right now?",
        "If someone is threatening you",
        "Keep a record",
        "Tell the platform",
        "A fingerprint of the picture",
        "People who help",
        "The law",
        "If someone checks or controls this device",
    ]

    assert [line for line in headings if line in wanted] == wanted


def test_do_not_pay_is_said_before_anything_is_taken_down(book: RuleBook) -> None:
    text = render_support(help_of(book), "threat", dt.date(2026, 11, 22), Page(width=100)).lower()
    pieces = ["keep a record", "do not pay", "stopncii.org\n"]
    where = [text.index(piece) for piece in pieces]

    assert all(first < second for first, second in pairwise(where)), where
    assert "delete" not in text[: where[0]]


def test_it_does_the_same_on_a_narrow_page(start: Start) -> None:
    text = start("support", variables={"COLUMNS": "40"}).stdout

    assert max(map(len, text.splitlines())) <= 40


def test_the_entries_are_short_and_name_no_web_protocol(book: RuleBook) -> None:
    sentences = [text for place in book.support for text in (*place.says, place.who_for)]

    assert [text for text in sentences if len(text.split()) > MOST_WORDS] == []
    assert [place.id for place in book.support if "://" in place.address] == []
    assert [text for text in sentences if PHONE_NUMBER.search(text)] == []
    places = [place.place for place in book.support]
    assert places == sorted(set(places))


def test_the_help_does_not_tell_the_topic(start: Start) -> None:
    for arguments in (["--help"], ["support", "--help"]):
        text = start(*arguments).stdout.lower()
        assert [word for word in ("threat", "picture", "abuse", "blame") if word in text] == []
