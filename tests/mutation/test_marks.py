"""Each mark on a question of the rules is turned round, and what comes of a conversation differs.

A mark is `pause`, `care`, `quick`, `good`, `past`, `record_first` or `may_not_apply`. Without these
tests a rule file could lose one of them, and nothing would notice but a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from asking import book, good_report

from privacy_check.judge.answers import NO, NOT_MINE, UNSURE, YES, Prompt, prompts, statuses
from privacy_check.judge.outcome import PAUSE, READY, needs_care, outcome
from privacy_check.record import replaced
from privacy_check.report.build import with_answers
from privacy_check.rulebook.records import Rule
from privacy_check.rulebook.select import Wish, select_rules

PAUSING = {
    *("ask-right-before", "free-to-say-no", "unsure-means-stop", "ask-before-calling", "feel-safe"),
    *("adults-only", "minors-never", "both-willing", "want-not-owe", "feel-respected"),
    "fine-if-it-ends-early",
}
CARING = {"who-controls-device", "changes-may-be-noticed"}
FAST = (
    *("ask-right-before", "free-to-say-no", "no-recording-by-default", "nobody-else-in-room"),
    *("notifications-off", "close-other-apps", "unsure-means-stop"),
)
PAST = {"after-check-closed", "delete-as-agreed", "revoke-device-control"}
GOOD_IS_NO = {
    *("unsure-means-stop", "who-controls-device", "changes-may-be-noticed"),
    *("identifiable-background", "linked-devices", "lock-screen-previews", "auto-upload"),
    "headphones",
}
"""Said once more, by hand: what the facts say of these questions."""

REPORT = good_report("close")
RULES = select_rules(book(), Wish(profile="close"))
ASKED = {prompt.rule.id: prompt for prompt in prompts(RULES)}
JUDGED = [name for name, prompt in ASKED.items() if prompt.question.good != "either"]
MARKED = sorted(name for name, prompt in ASKED.items() if name in PAUSING | CARING | {*FAST})


def changed(*names: str, **marks: object) -> tuple[Rule, ...]:
    """Return the rules, in which some questions have other marks."""
    return tuple(
        replaced(rule, question=replaced(rule.question, **marks))
        if rule.id in names and rule.question
        else rule
        for rule in RULES
    )


def came_to(rules: Sequence[Rule], given: Mapping[str, str]) -> tuple[str, bool, tuple[str, ...]]:
    """Return the outcome of answers, whether steps are held back, and the short questions.

    What is not given is answered as it was good before a mark was turned round.
    """
    answers = {name: good(prompt) for name, prompt in ASKED.items()} | given
    report = with_answers(REPORT, rules, statuses(rules, answers))
    found = outcome(report.findings, checked=report.coverage.checked)
    short = tuple(prompt.rule.id for prompt in prompts(rules) if prompt.question.quick)
    return found.word, needs_care(report.findings), short


def good(prompt: Prompt) -> str:
    return NO if prompt.question.good == "no" else YES


def unsure(name: str) -> Mapping[str, str]:
    return {name: UNSURE}


def test_the_marks_are_those_that_the_facts_name() -> None:
    rules = [rule for rule in book().rules if rule.question]
    of = {rule.id: rule.question for rule in rules if rule.question}

    assert {name for name, question in of.items() if question.pause} == PAUSING
    assert {name for name, question in of.items() if question.care} == CARING
    assert {name for name, question in of.items() if question.past} == PAST
    short = sorted((question.quick, name) for name, question in of.items() if question.quick)
    assert short == list(enumerate(FAST, 1))


def test_with_all_good_answers_it_is_ready_and_nothing_is_held_back() -> None:
    assert came_to(RULES, {}) == (READY, False, FAST)


@pytest.mark.parametrize("name", [name for name in MARKED if name in PAUSING])
def test_without_its_pause_mark_a_question_pauses_no_more(name: str) -> None:
    assert came_to(RULES, unsure(name))[0] == PAUSE
    without = changed(name, *ASKED[name].covers, pause=False)
    assert came_to(without, unsure(name))[0] != PAUSE


@pytest.mark.parametrize("name", [name for name in JUDGED if name not in PAUSING])
def test_with_a_pause_mark_any_other_question_would_pause(name: str) -> None:
    assert came_to(RULES, unsure(name))[0] != PAUSE
    assert came_to(changed(name, pause=True), unsure(name))[0] == PAUSE


@pytest.mark.parametrize("name", sorted(CARING))
def test_without_its_care_mark_a_question_holds_nothing_back(name: str) -> None:
    for answer in (YES, UNSURE):
        assert came_to(RULES, {name: answer})[1]
        assert not came_to(changed(name, care=False), {name: answer})[1]
    assert not came_to(RULES, {name: NO})[1]


@pytest.mark.parametrize("name", FAST)
def test_without_its_mark_a_short_question_is_not_asked_first(name: str) -> None:
    found = came_to(changed(name, quick=0), {})[2]

    assert found == tuple(other for other in FAST if other != name)


@pytest.mark.parametrize("name", JUDGED)
def test_with_the_other_good_answer_the_same_words_mean_something_else(name: str) -> None:
    prompt = ASKED[name]
    other = "yes" if prompt.question.good == "no" else "no"
    answers = {name: good(prompt)}
    before, after = (statuses(rules, answers) for rules in (RULES, changed(name, good=other)))

    assert before[name] == "pass"
    assert after[name] == "fail"
    if prompt.rule.severity == "high" or prompt.question.quick or prompt.question.pause:
        assert came_to(changed(name, good=other), {})[0] != READY


def test_the_questions_with_no_as_the_good_answer_are_those() -> None:
    asked = {rule.id for rule in RULES if rule.question and rule.question.good == "no"}

    assert asked == GOOD_IS_NO


@pytest.mark.parametrize("name", list(ASKED))
def test_does_not_apply_counts_only_where_the_mark_offers_it(name: str) -> None:
    for offered in (True, False):
        found = statuses(changed(name, may_not_apply=offered), {name: NOT_MINE})[name]
        assert found == ("notapplicable" if offered else "notchecked")
