"""Answers: what is asked and when, and what each answer means; nothing is assumed good."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from asking import CHANNELS, PROFILES, rules_for
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.judge.answers import GIVEN, NO, NOT_MINE, SKIP, UNSURE, YES, prompts, statuses
from privacy_check.record import replaced
from privacy_check.rulebook.records import Question, Rule, Source

FAST = (
    "ask-right-before",
    "free-to-say-no",
    "no-recording-by-default",
    "nobody-else-in-room",
    "notifications-off",
    "close-other-apps",
    "unsure-means-stop",
)
CLOSE_ONLY = {
    *("adults-only", "minors-never", "invite-without-pressure", "both-willing", "sober-enough"),
    *("agree-comfort-list", "connected-device-control", "revoke-device-control"),
    *("choose-visibility", "start-less-visible", "identifiable-body", "new-contact-caution"),
    *("feel-respected", "want-not-owe", "fine-if-it-ends-early", "nervous-is-normal"),
    *("stay-in-comfort-zone", "only-one-on-camera-is-fine", "warmth-after-stopping"),
    *("keep-agreements", "leak-stopncii", "leak-under-18", "threat-do-not-pay"),
    "us-removal-right",
}
NOT_FOR_VOICE = {
    *("camera-framing", "choose-visibility", "start-less-visible", "identifiable-background"),
    *("identifiable-body", "only-one-on-camera-is-fine", "cover-camera", "screen-share-check"),
}
NOT_FOR_TEXT = (NOT_FOR_VOICE - {"identifiable-background", "identifiable-body"}) | {
    *("headphones", "join-muted", "private-call-link", "hide-ip", "after-check-closed"),
    "ai-notes-off",
}
CALLS = list(product(PROFILES, CHANNELS))


def rule(
    name: str,
    good: str = "yes",
    *,
    severity: str = "medium",
    phase: str = "agree",
    also: tuple[str, ...] = (),
    quick: int = 0,
    pause: bool = False,
) -> Rule:
    question = Question(text=f"Is {name} so?", good=good, also=also, quick=quick, pause=pause)
    source = Source(title="A test", checked=dt.date(2026, 11, 22))
    return Rule(
        id=name,
        title=name,
        phase=phase,
        severity=severity,
        profiles=("care",),
        channels=("video",),
        why="Why.",
        sources=(source,),
        question=question,
    )


def asked(*rules: Rule) -> list[str]:
    return [prompt.rule.id for prompt in prompts(rules)]


@pytest.mark.parametrize(
    ("good", "answer", "status"),
    [
        ("yes", YES, "pass"),
        ("yes", NO, "fail"),
        ("yes", UNSURE, "unknown"),
        ("no", YES, "fail"),
        ("no", NO, "pass"),
        ("no", UNSURE, "unknown"),
        ("either", YES, "informational"),
        ("either", NO, "informational"),
        ("either", UNSURE, "informational"),
        ("yes", NOT_MINE, "notchecked"),
        ("yes", "certainly", "notchecked"),
        ("either", "certainly", "notchecked"),
    ],
)
def test_what_an_answer_means(good: str, answer: str, status: str) -> None:
    assert statuses([rule("a", good)], {"a": answer}) == {"a": status}


@pytest.mark.parametrize("good", ["yes", "no", "either"])
@pytest.mark.parametrize("answers", [{}, {"a": SKIP}, {"a": ""}])
def test_skipped_and_unasked_have_no_status(good: str, answers: dict[str, str]) -> None:
    assert statuses([rule("a", good, pause=True)], answers) == {}


def test_does_not_apply_is_taken_where_the_question_offers_it() -> None:
    asked_so = rule("a")
    question = Question(text="If it is there, is it so?", good="yes", may_not_apply=True)
    asked_so = replaced(asked_so, question=question)

    assert statuses([asked_so], {"a": NOT_MINE}) == {"a": "notapplicable"}


def test_an_answer_to_a_question_nobody_asked_counts_nothing() -> None:
    assert statuses([rule("a")], {"b": YES}) == {}
    rules = [rule("a", also=("b",)), rule("b")]
    assert statuses(rules, {"b": YES}) == {}


@pytest.mark.parametrize("answer", [YES, NO, UNSURE])
def test_a_shared_answer_is_asked_once_and_means_the_same_for_all(answer: str) -> None:
    rules = [
        rule("a", "no", also=("b", "d", "not-selected")),
        rule("b", "yes", also=("c",)),
        rule("c", "no"),
        rule("d", "either"),
    ]
    status = {YES: "fail", NO: "pass", UNSURE: "unknown"}[answer]

    assert asked(*rules) == ["a"]
    assert statuses(rules, {"a": answer}) == {
        "a": status,
        "b": status,
        "c": status,
        "d": "informational",
    }


def test_a_question_that_leads_back_to_itself_is_asked_all_the_same() -> None:
    assert asked(rule("a", also=("b",)), rule("b", also=("a",))) == ["a"]


@pytest.mark.parametrize("order", [(YES, NO), (NO, YES), (UNSURE, NO), (NO, UNSURE)])
def test_of_two_answers_that_one_rule_takes_the_worse_counts(order: tuple[str, str]) -> None:
    rules = [rule("a", also=("c",)), rule("b", also=("c",)), rule("c")]

    assert asked(*rules) == ["a", "b"]
    assert statuses(rules, dict(zip("ab", order, strict=True)))["c"] == "fail"


def test_short_ones_come_first_then_what_decides_then_a_calls_order() -> None:
    rules = [
        rule("low", severity="low"),
        rule("after", phase="after", severity="high"),
        rule("high", severity="high"),
        rule("pause", phase="after", pause=True),
        rule("quick-2", quick=2, phase="after"),
        rule("quick-1", quick=1, phase="anytime"),
    ]
    wanted = ["quick-1", "quick-2", "pause", "high", "low", "after"]

    assert asked(*rules) == wanted
    assert asked(*reversed(rules)) == wanted


@pytest.mark.parametrize(("profile", "channel"), CALLS)
def test_the_short_questions_are_the_same_seven_in_the_same_order(
    profile: str, channel: str
) -> None:
    found = prompts(rules_for(profile, channel))

    assert tuple(prompt.rule.id for prompt in found[:7]) == FAST
    assert [prompt.question.quick for prompt in found] == [*range(1, 8), *[0] * (len(found) - 7)]


@pytest.mark.parametrize(("profile", "channel"), CALLS)
def test_each_question_is_asked_or_shares_an_answer_and_never_both(
    profile: str, channel: str
) -> None:
    rules = rules_for(profile, channel)
    found = prompts(rules)
    names = [prompt.rule.id for prompt in found]
    covered = {name for prompt in found for name in prompt.covers}

    assert len(names) == len(set(names))
    assert not set(names) & covered
    assert set(names) | covered == {rule.id for rule in rules if rule.question}
    everything = statuses(rules, dict.fromkeys(names, YES))
    assert everything.keys() == set(names) | covered


def test_what_is_asked_once() -> None:
    covers = {prompt.rule.id: set(prompt.covers) for prompt in prompts(rules_for("close"))}
    recording = {"agree-recording", "no-screenshots-by-default", "agree-screenshots"}

    assert covers["adults-only"] == {"minors-never"}
    assert covers["no-recording-by-default"] == recording
    assert covers["choose-visibility"] == {"start-less-visible", "identifiable-body"}
    assert covers["connected-device-control"] == {"revoke-device-control"}
    background = {"camera-framing", "identifiable-background"}
    assert len(background & covers.keys()) == 1


@pytest.mark.parametrize(("profile", "channel"), CALLS)
def test_a_profile_and_a_channel_leave_out_what_is_not_theirs(profile: str, channel: str) -> None:
    found = {rule.id for rule in rules_for(profile, channel)}
    left_out = {"video": set(), "voice": NOT_FOR_VOICE, "text": NOT_FOR_TEXT}[channel]

    assert not found & left_out
    if profile == "close":
        assert CLOSE_ONLY - left_out <= found
    else:
        assert not found & CLOSE_ONLY


def test_the_words_for_a_profile_replace_those_for_all() -> None:
    texts = {
        profile: next(
            prompt
            for prompt in prompts(rules_for(profile))
            if prompt.rule.id == "no-recording-by-default"
        )
        for profile in PROFILES
    }
    other = "Has the other person asked you whether it may be recorded?"

    assert {profile for profile, prompt in texts.items() if prompt.text == other} == {
        "care",
        "legal",
    }
    assert texts["care"].covers == ("agree-recording",)


def test_an_audit_has_no_item_that_only_a_person_can_answer() -> None:
    assert [rule.id for rule in rules_for("audit") if not rule.settings] == []


@given(
    st.lists(
        st.builds(
            rule,
            st.sampled_from("abcdef"),
            st.sampled_from(["yes", "no", "either"]),
            also=st.sets(st.sampled_from("abcdef"), max_size=2).map(tuple),
            quick=st.integers(0, 3),
            pause=st.booleans(),
        ),
        unique_by=lambda item: item.id,
    ),
    st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from([*GIVEN, "", "?"])),
)
@settings(max_examples=150, deadline=None)
def test_only_the_reassuring_answer_passes(rules: list[Rule], answers: dict[str, str]) -> None:
    by_name = {item.id: item.question for item in rules}
    given = {prompt.rule.id: prompt for prompt in prompts(rules)}
    for name, status in statuses(rules, answers).items():
        assert name in by_name
        if status == "pass":
            takes = [p for p in given.values() if name in (p.rule.id, *p.covers)]
            owners = [p for p in takes if p.question.good != "either"]
            said = [answers.get(owner.rule.id, "") for owner in owners]
            assert any(word == p.question.good for word, p in zip(said, owners, strict=True))
            assert not [word for word in said if word == UNSURE]
