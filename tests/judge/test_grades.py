"""The grades of all 40 apps, worked out a second time from the files alone by the stated steps."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from privacy_check.judge.grades import grades, is_to_recheck, marks, worst
from privacy_check.render import app_words
from privacy_check.rulebook.catalogue import App, Fact
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Source

RULES = Path(__file__).resolve().parents[2] / "rules"
FILES = {path.stem: tomllib.loads(path.read_text()) for path in (RULES / "apps").glob("*.toml")}
BOOK = load([RULES]).book
assert BOOK is not None
APPS = {app.id: app for app in BOOK.apps}

S, A, W, N, _ = "strong", "acceptable", "weak", "not suited", ""
GRADES = {
    "briar": (_, _, S),
    "signal": (S, S, S),
    "simplex": (S, _, S),
    "threema": (S, S, S),
    "wire": (S, S, S),
    "discord": (A, A, N),
    "element": (A, A, A),
    "facetime": (A, A, _),
    "google-meet": (A, N, W),
    "google-messages": (_, _, A),
    "imessage": (_, _, A),
    "jami": (A, W, A),
    "jitsi-public": (A, A, N),
    "jitsi-self": (A, A, N),
    "line": (A, W, A),
    "messenger": (A, A, A),
    "teams-work": (A, A, N),
    "nextcloud-talk": (A, A, W),
    "proton-meet": (A, A, A),
    "telegram": (A, A, A),
    "tox": (A, W, A),
    "viber": (A, W, A),
    "webex": (A, A, N),
    "whatsapp": (A, A, A),
    "zoom": (A, A, W),
    "wickr": (W, W, W),
    "goto-meeting": (W, W, W),
    "kakaotalk": (W, W, W),
    "teams-free": (W, W, W),
    "session": (W, W, W),
    "snapchat": (W, W, N),
    "wechat": (W, W, N),
    "whereby": (W, W, W),
    "zangi": (W, W, W),
    "bigbluebutton": (N, N, W),
    "instagram": (N, N, N),
    "phone-call": (N, N, _),
    "skype": (N, N, N),
    "slack-huddles": (N, N, W),
    "sms": (_, _, N),
}
"""Marked by hand: call of two, call of more, messages."""

MARKS = {
    "briar": "O",
    "signal": "P O",
    "threema": "O N",
    "wire": "O N",
    "discord": "R T N",
    "element": "N",
    "google-meet": "R",
    "google-messages": "P N",
    "jami": "N",
    "jitsi-public": "R T N",
    "jitsi-self": "R T N",
    "messenger": "N",
    "teams-work": "R T",
    "nextcloud-talk": "R",
    "proton-meet": "N",
    "telegram": "R T P",
    "tox": "N",
    "viber": "P",
    "webex": "R T",
    "whatsapp": "P N",
    "zoom": "R",
    "wickr": "N",
    "goto-meeting": "R",
    "kakaotalk": "N",
    "session": "X N",
    "snapchat": "N",
    "wechat": "N",
    "whereby": "N",
    "zangi": "N",
    "bigbluebutton": "R",
    "instagram": "N",
    "phone-call": "R P",
    "skype": "X N",
    "sms": "P",
}
LETTERS = {
    "R": "records",
    "T": "text-weaker",
    "P": "phone-number",
    "O": "old-review",
    "X": "ended",
    "N": "thin-sources",
}


def by_the_steps(file: dict[str, Any], use: str) -> str:
    """Return a grade by the steps as they are written down, from a parsed file."""
    facts = file["facts"]

    def value(name: str) -> str:
        said: str = facts.get(name, {}).get("value", "unknown")
        return said

    encryption, status, review = value(use), file["status"]["value"], facts.get("review", {})
    is_open = (
        value("open-source") in ("yes", "partial")
        or value("review") == "yes"
        or value("protocol") == "yes"
    )
    named = value("review") == "yes" and "year" in review and "who" in review
    steps = [
        (encryption == "not-offered", _),
        (status == "retired", N),
        (encryption == "no", N),
        (encryption == "unknown", W),
        (encryption == "claimed" or not is_open, W),
        (encryption == "default" and value("open-source") == "yes" and named, S),
        (True, A),
    ]
    found = next(word for holds, word in steps if holds)
    return W if status == "at-risk" and found in (S, A) else found


def test_there_are_forty_apps_and_each_is_marked_here() -> None:
    assert len(FILES) == 40
    assert FILES.keys() == GRADES.keys() == APPS.keys()


@pytest.mark.parametrize("name", GRADES)
def test_the_grades_are_those_of_the_stated_steps(name: str) -> None:
    said = tuple(item.word for item in grades(APPS[name]))
    again = tuple(by_the_steps(FILES[name], use) for use in ("one-to-one", "group", "text"))
    assert said == again == GRADES[name]


@pytest.mark.parametrize("name", GRADES)
def test_the_marks_are_those_marked_by_hand(name: str) -> None:
    assert set(marks(APPS[name])) == {LETTERS[item] for item in MARKS.get(name, "").split()}


@pytest.mark.parametrize("name", GRADES)
def test_every_grade_has_reasons_with_a_source_or_says_that_none_was_found(name: str) -> None:
    for item in grades(APPS[name]):
        assert item.reasons
        assert app_words.reasons(item)
        for reason in item.reasons:
            assert reason.fact.source or reason.fact.value == "unknown"


def changed(name: str, about: str, **values: object) -> App:
    """Return an app with one fact changed."""
    from privacy_check.record import replaced

    app = APPS[name]
    fact = replaced(app.facts.get(about, Fact(values=("unknown",))), **values)
    return replaced(app, facts={**app.facts, about: fact})


ONE_STEP_LESS = {
    "a review without a year": ("review", {"year": 0}, A),
    "a review by nobody": ("review", {"who": ""}, A),
    "a review of a part": ("review", {"values": ("partial",)}, A),
    "a part of the source": ("open-source", {"values": ("partial",)}, A),
    "encryption to be switched on": ("one-to-one", {"values": ("opt-in",)}, A),
    "encryption under conditions": ("one-to-one", {"values": ("conditional",)}, A),
    "a claim": ("one-to-one", {"values": ("claimed",)}, W),
    "nothing known": ("one-to-one", {"values": ("unknown",)}, W),
    "none": ("one-to-one", {"values": ("no",)}, N),
}


@pytest.mark.parametrize("what", ONE_STEP_LESS)
def test_a_fact_less_is_a_lower_grade(what: str) -> None:
    about, values, word = ONE_STEP_LESS[what]
    assert grades(changed("signal", about, **values))[0].word == word


def with_status(word: str) -> App:
    """Return Signal, as if that were its status."""
    from privacy_check.record import replaced

    app = APPS["signal"]
    return replaced(app, status=replaced(app.status, values=(word,)))


def test_a_service_that_has_ended_is_not_suited_however_well_it_encrypts() -> None:
    assert [item.word for item in grades(with_status("retired"))] == [N, N, N]
    assert [item.word for item in grades(with_status("at-risk"))] == [W, W, W]


OPEN = {"open-source": ("yes", "partial"), "protocol": ("yes",), "review": ("yes",)}


@pytest.mark.parametrize("about", OPEN)
def test_any_one_thing_that_outsiders_can_look_at_is_enough_to_be_more_than_weak(
    about: str,
) -> None:
    from privacy_check.record import replaced

    signal = APPS["signal"]
    closed = replaced(signal, facts={k: v for k, v in signal.facts.items() if k not in OPEN})
    assert grades(closed)[0].word == W
    for word in ("yes", "partial", "no", "unknown"):
        fact = replaced(signal.facts[about], values=(word,))
        app = replaced(closed, facts={**closed.facts, about: fact})
        assert grades(app)[0].word == (A if word in OPEN[about] else W)


def test_what_is_believed_changes_no_grade_and_no_mark() -> None:
    from privacy_check.record import replaced

    for app in APPS.values():
        without = replaced(app, believed=())
        assert (grades(without), marks(without)) == (grades(app), marks(app))


def test_the_worst_grade_counts_and_no_grade_is_none() -> None:
    zoom = grades(APPS["zoom"])
    assert worst(zoom) == W
    assert worst(zoom[:1]) == A
    assert worst(grades(APPS["briar"])[:2]) == ""


TODAY = dt.date(2026, 11, 22)
AGES = {
    "": True,
    "2024": True,
    "2024-11": True,
    "2024-11-21": True,
    "2024-11-22": False,
    "2024-12": False,
    "2025": False,
    "2026-11-22": False,
}


@pytest.mark.parametrize("dated", AGES)
def test_what_has_no_date_or_is_older_than_24_months_is_to_be_looked_up_again(dated: str) -> None:
    source = Source(title="a page", checked=TODAY, dated=dated)
    assert is_to_recheck(source, TODAY) == AGES[dated]
    assert ("re-check" in app_words.dated(source, TODAY)) == AGES[dated]


def test_no_word_of_a_grade_says_safe() -> None:
    said = " ".join([*app_words.GRADE.values(), *app_words.MARK.values()])
    assert "safe" not in f"{said} {app_words.WHAT_A_GRADE_SAYS}".casefold()
