"""What a person's answers mean: which questions are asked, and the status of each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from privacy_check.judge.findings import (
    FAIL,
    INFORMATIONAL,
    NOT_APPLICABLE,
    NOT_CHECKED,
    PASS,
    UNKNOWN,
    WORST_FIRST,
)
from privacy_check.record import record
from privacy_check.rulebook.records import Question, Rule
from privacy_check.rulebook.vocabulary import PHASES

YES = "yes"
NO = "no"
UNSURE = "unsure"
SKIP = "skip"
NOT_MINE = "n-a"
GIVEN = (YES, NO, UNSURE, SKIP, NOT_MINE)
"""The answers a person may give."""


@record
class Prompt:
    """One question as it is asked, and the rules that take its answer."""

    rule: Rule
    question: Question
    covers: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the words that are asked."""
        return self.question.asked_as or self.question.text


def prompts(rules: Sequence[Rule]) -> tuple[Prompt, ...]:
    """Return each question once: the short ones first, then what decides, then in a call's order.

    Items that share an answer are one question; the others it covers are not asked.
    """
    asking = {rule.id: rule for rule in sorted(rules, key=_order) if rule.question}
    covered: set[str] = set()
    for rule in asking.values():
        if rule.id not in covered:
            covered |= _covers(rule, asking)
    return tuple(
        Prompt(rule=rule, question=rule.question, covers=tuple(sorted(_covers(rule, asking))))
        for rule in asking.values()
        if rule.question and rule.id not in covered
    )


def _order(rule: Rule) -> tuple[bool, int, bool, int, bool, int, str]:
    question = rule.question
    quick = question.quick if question else 0
    pause = bool(question and question.pause)
    return (not quick, quick, not pause, PHASES.index(rule.phase), rule.last, rule.rank, rule.id)


def _covers(first: Rule, asking: Mapping[str, Rule]) -> set[str]:
    """Return the rules that take a rule's answer, also those that take it from one of these."""
    found: set[str] = set()
    names = [first.id]
    while names:
        rule = asking.get(names.pop())
        if rule and rule.question and rule.id not in found:
            found.add(rule.id)
            names += rule.question.also
    return found - {first.id}


def statuses(rules: Sequence[Rule], answers: Mapping[str, str]) -> dict[str, str]:
    """Return the status of every rule that was answered, by the rule's id.

    Args:
        rules: The selected rules.
        answers: What the person answered, by the id of the rule whose question was asked.
    """
    by_id = {rule.id: rule for rule in rules}
    found: dict[str, str] = {}
    for prompt in prompts(rules):
        answer = answers.get(prompt.rule.id, "")
        if answer in ("", SKIP):
            continue
        status = _status(prompt.question, answer)
        found[prompt.rule.id] = status
        for name in prompt.covers:
            question = by_id[name].question
            shared = INFORMATIONAL if question and question.good == "either" else status
            found[name] = _worse(found.get(name, shared), shared)
    return found


def _worse(one: str, other: str) -> str:
    """Return the worse of two answers that one rule takes."""
    return next((status for status in WORST_FIRST if status in (one, other)), one)


def _status(question: Question, answer: str) -> str:
    """Return the status of an answer; an answer nobody knows is not a good one."""
    if answer == NOT_MINE and question.may_not_apply:
        return NOT_APPLICABLE
    if answer not in (YES, NO, UNSURE):
        return NOT_CHECKED
    if question.good == "either":
        return INFORMATIONAL
    if answer == UNSURE:
        return UNKNOWN
    return PASS if answer == question.good else FAIL
