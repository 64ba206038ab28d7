"""Which exit code a report stands for. Personal answers never move it."""

from __future__ import annotations

from privacy_check.judge.findings import ERROR, FAIL, UNKNOWN
from privacy_check.report.build import Report
from privacy_check.rulebook.vocabulary import SEVERITIES

CHECKED = 0
INTERNAL_ERROR = 1
WRONG_USE = 2
NOTHING_CHECKED = 3
WORTH_A_LOOK = 10
UNDECIDED = 11
INTERRUPTED = 130

MEANINGS = {
    CHECKED: "done, and something was checked",
    WORTH_A_LOOK: "with --fail-on LEVEL: a setting at or above LEVEL is worth a look",
    UNDECIDED: "with --fail-on LEVEL: none is, but at or above LEVEL something could not be read "
    "or decided",
    NOTHING_CHECKED: "nothing was checked",
    WRONG_USE: "wrong use, or something is wrong in a rule file",
    INTERNAL_ERROR: "an error inside the program",
    INTERRUPTED: "interrupted, or left by the person",
}


def exit_code(report: Report, fail_on: str) -> int:
    """Return the exit code; `fail_on` is a severity, or empty to never fail on findings."""
    if fail_on:
        level = SEVERITIES.index(fail_on)
        heavy = [f for f in report.findings if SEVERITIES.index(f.rule.severity) >= level]
        statuses = {finding.status for finding in heavy}
        statuses |= {item.status for found in heavy for item in found.settings if item.decides}
        if FAIL in statuses:
            return WORTH_A_LOOK
        if statuses & {ERROR, UNKNOWN}:
            return UNDECIDED
    return CHECKED if report.coverage.checked else NOTHING_CHECKED
