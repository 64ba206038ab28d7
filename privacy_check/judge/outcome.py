"""The outcome of a conversation: settings and answers together, one of three words.

A person's "no" or "not sure" outranks every setting, and what was not answered is never ready.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from privacy_check.judge.findings import (
    ERROR,
    FAIL,
    NOT_CHECKED,
    PASS,
    UNKNOWN,
    Finding,
)
from privacy_check.record import record

PAUSE = "pause"
REVIEW_FIRST = "review-first"
READY = "ready-if-you-both-are"

_HIGH = "high"


@record
class Outcome:
    """The word, the findings that led to it, and what nobody answered."""

    word: str
    reasons: tuple[Finding, ...]
    needed: tuple[Finding, ...]
    unanswered: tuple[Finding, ...]


def outcome(findings: Sequence[Finding], *, checked: int, skipped: Collection[str] = ()) -> Outcome:
    """Return the outcome of a conversation.

    Args:
        findings: One finding per selected rule, with the person's answers in them.
        checked: How many settings gave a value; where none did, nothing is ready.
        skipped: The rules whose question was shown and passed over.
    """
    unanswered = tuple(item for item in findings if _is_open(item))
    needed = tuple(item for item in unanswered if _is_needed(item, skipped))
    pausing = tuple(item for item in findings if _pauses(item))
    if pausing:
        return Outcome(word=PAUSE, reasons=pausing, needed=needed, unanswered=unanswered)
    first = tuple(item for item in findings if _comes_first(item))
    word = REVIEW_FIRST if first or needed or not checked else READY
    return Outcome(word=word, reasons=first, needed=needed, unanswered=unanswered)


def needs_care(findings: Sequence[Finding], skipped: Collection[str] = ()) -> bool:
    """Say whether steps and files are held back: someone may check or control this device."""
    return any(
        finding.answer in (FAIL, UNKNOWN) or finding.rule.id in skipped
        for finding in findings
        if finding.rule.question and finding.rule.question.care
    )


def _is_open(finding: Finding) -> bool:
    """Say whether a question of now has no answer; one about after the call is none of these."""
    question = finding.rule.question
    return finding.answer == NOT_CHECKED and not (question and question.past)


def _pauses(finding: Finding) -> bool:
    question = finding.rule.question
    return bool(question and question.pause) and finding.answer in (FAIL, UNKNOWN)


def _is_needed(finding: Finding, skipped: Collection[str]) -> bool:
    """Say whether readiness wants an answer here: a short or pause question, a high one shown."""
    question, rule = finding.rule.question, finding.rule
    if question is None:
        return False
    passed = rule.severity == _HIGH and rule.id in skipped
    return question.pause or bool(question.quick) or passed


def _comes_first(finding: Finding) -> bool:
    """Say whether a high item is worth a look, or open without a good answer.

    No or not sure to a short question counts too: it is never better than no answer.
    """
    question = finding.rule.question
    not_good = finding.answer in (FAIL, UNKNOWN)
    if finding.rule.severity != _HIGH:
        return not_good and bool(question and question.quick)
    if not_good or finding.status == FAIL:
        return True
    return finding.status == UNKNOWN or (finding.status == ERROR and finding.answer != PASS)
