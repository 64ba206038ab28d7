"""A person names the app they plan to use: its grade counts, and it never answers for them."""

from __future__ import annotations

import contextlib
from functools import cache

import pytest
from asking import Person, answers_for, asked, book, flat, good_report, rules_for

from privacy_check.judge.findings import FAIL
from privacy_check.judge.grades import NOT_SUITED, STRONG, WEAK, grade
from privacy_check.judge.planned import Planned, offered_uses, uses_for
from privacy_check.person.ask import Conversation, Kept
from privacy_check.person.planned import matching
from privacy_check.person.terminal import LeaveError
from privacy_check.render import words
from privacy_check.report.build import Report

FAST_GOOD = "yyyyyyn"
APPS = {app.id: app for app in book().apps}


@cache
def computer() -> Report:
    return good_report()


def named(typed: str) -> str:
    """Return the keys that name an app and keep it."""
    return f"p{typed}EE"


def with_app(keys: str) -> Person:
    """Press keys from the first question on."""
    return asked(keys, computer())


def at_start(keys: str, width: int = 80, height: int = 200) -> Person:
    """Press keys on the first screen."""
    person = Person(keys, width, height)
    with contextlib.suppress(LeaveError):
        Conversation(person, book(), computer()).run()
    return person


def all_good(after: str = "", **given: str) -> Person:
    """Answer every question well, but for the given ones, and press keys on the last screen."""
    return with_app(answers_for(rules_for(), given) + after)


def test_without_an_app_nothing_is_said_of_one() -> None:
    person = all_good()
    assert words.OUTCOME["ready-if-you-both-are"] in person.last
    assert "explain app:" not in person.last


@pytest.mark.parametrize("typed", ["slack", "instagram", "skype", "whereby"])
def test_a_weak_app_holds_readiness_back_whatever_was_answered(typed: str) -> None:
    person = all_good(named(typed))

    assert words.OUTCOME["review-first"] in person.last
    assert matching(book().apps, typed)[0].name in person.last
    assert "Pick another app together" in person.last
    listed = person.last.partition("Worth a look first")[2]
    assert listed.split()[:3] == ["1", "The", "app."]


@pytest.mark.parametrize("typed", ["signal", "zoom", "telegram"])
def test_a_better_app_holds_nothing_back(typed: str) -> None:
    person = all_good(named(typed))
    assert words.OUTCOME["ready-if-you-both-are"] in person.last
    assert f"privacy-check explain app:{typed}" in person.last


def test_the_best_app_answers_no_question() -> None:
    assert words.OUTCOME["review-first"] in all_good(named("signal"), e2ee="n").last
    person = at_start(named("signal") + "E" + answers_for(rules_for()))
    assert any("Does this app encrypt" in flat(screen) for screen in person.screens)


def test_the_question_about_the_app_tells_what_is_known_of_it() -> None:
    person = at_start(named("zoom") + "E" + answers_for(rules_for()))
    about = [flat(s) for s in person.screens if "Does this app encrypt" in flat(s)]

    assert about
    assert all("Zoom, call of two people: acceptable with settings." in said for said in about)
    assert all("End-to-end encryption has to be switched on." in said for said in about)


def test_the_first_screen_names_the_app_that_was_picked() -> None:
    assert "The app for the call: Zoom." in at_start(named("zoom")).last
    assert "The app for the call" not in at_start(named("zoom") + "pn").last


def test_an_app_can_be_taken_back() -> None:
    assert "Zoom" in with_app(FAST_GOOD + named("zoom")).last
    assert "Zoom" not in with_app(FAST_GOOD + named("zoom") + "pn").last


def test_the_worst_grade_among_the_planned_uses_counts() -> None:
    meet = APPS["google-meet"]
    one = Planned(app=meet, uses=("one-to-one",))
    assert (one.worst.word, one.status) == ("acceptable", "")

    both = Planned(app=meet, uses=("one-to-one", "group"))
    assert (both.worst.use, both.worst.word, both.status) == ("group", NOT_SUITED, FAIL)


def test_of_equal_grades_the_less_encrypted_use_is_told() -> None:
    telegram = Planned(app=APPS["telegram"], uses=("one-to-one", "text"))
    assert telegram.worst.use == "text"


@pytest.mark.parametrize("name", APPS)
def test_every_app_that_offers_something_can_be_planned(name: str) -> None:
    app = APPS[name]
    for channel in ("video", "voice", "text"):
        uses = uses_for(app, channel)
        assert set(uses) <= set(offered_uses(app))
        assert uses
        word = Planned(app=app, uses=uses).worst.word
        assert (Planned(app=app, uses=uses).status == FAIL) == (word in (WEAK, NOT_SUITED))
    assert grade(APPS["signal"], "one-to-one").word == STRONG


def test_messages_are_planned_where_the_two_will_write() -> None:
    signal = APPS["signal"]
    assert uses_for(signal, "text") == ("text",)
    assert uses_for(signal, "video") == uses_for(signal, "voice") == ("one-to-one",)

    person = Person("psignalE")
    with contextlib.suppress(LeaveError):
        Conversation(person, book(), good_report(channel="text")).run()
    assert "[x] messages" in person.last
    assert "[ ] call of two people" in person.last


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("sig", ["Signal"]),
        ("SIGNAL", ["Signal"]),
        ("meet", ["Google Meet", "Jitsi Meet (meet.jit.si)", "Proton Meet"]),
        ("own", ["Jitsi Meet (own server)"]),
        ("zoom", ["Zoom"]),
        ("line", ["LINE"]),
        ("jitsi-se", ["Jitsi Meet (own server)"]),
        ("nobody", []),
        ("ignal", []),
    ],
)
def test_an_app_is_found_by_the_beginning_of_any_of_its_words(typed: str, names: list[str]) -> None:
    found = [app.name for app in matching(book().apps, typed)]
    assert set(names) <= set(found)
    assert bool(found) == bool(names)


def test_a_name_nobody_knows_is_said_so_and_not_shown_again() -> None:
    person = at_start("pzzzzE")
    assert "Nothing is known here about an app of that name." in person.last
    assert "zzzz" not in person.last


def test_several_names_are_listed_until_one_is_meant() -> None:
    person = at_start("pmicrosoftE")
    assert "Microsoft Teams (free, personal), Microsoft Teams (work or school)" in person.last
    assert "Signal" not in person.last


def test_one_use_always_stays() -> None:
    assert "[x] call of two people" in at_start("psignalE1").last
    assert "[ ] call of two people" in at_start("psignalE31").last


def test_the_letter_that_leaves_leaves_also_here() -> None:
    assert "Which app will you use?" in at_start("pxEEyyy").last


def test_the_names_stand_in_their_own_order_below_a_whole_title() -> None:
    lines = at_start("p", width=40).screens[-1]
    names = [app.name for app in APPS.values()]
    said = flat(lines)

    assert lines[0] == "Which app will you use?  leave: x, Enter"
    places = [said.index(f" {name}") for name in sorted(names, key=str.casefold)]
    assert places == sorted(places)


@pytest.mark.parametrize("height", [10, 12, 16, 24])
@pytest.mark.parametrize("width", [30, 40, 80])
def test_the_screens_about_an_app_fit(width: int, height: int) -> None:
    person = at_start("ptEtelegramE12", width, height)
    assert all(len(line) <= width for screen in person.screens for line in screen)
    assert len(person.screens[-1]) <= height


def test_what_is_planned_is_not_kept() -> None:
    written: list[object] = []
    asked(FAST_GOOD + named("slack") + "k", computer(), Kept(answers={}, write=written.append))
    assert written
    assert "slack" not in repr(written).casefold()


def test_another_app_can_be_named_and_going_back_keeps_the_first() -> None:
    assert "Signal. What will you use it for?" in at_start("psignalEaE").last
    assert "Zoom. What will you use it for?" in at_start("psignalEazoomE").last
