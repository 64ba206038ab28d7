"""Every report names the rules it was made with; rules older than a year are said to be so."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from asking import good_report

from privacy_check.record import replaced
from privacy_check.render import words
from privacy_check.render.json import render_report
from privacy_check.render.markdown import render_markdown
from privacy_check.render.page import Page
from privacy_check.render.text import FIRST_SCREEN, render_all, render_first_screen
from privacy_check.report.build import Report

OLD = "These rules are more than a year old."
PAGE = Page()
WHOLE: dict[str, Callable[[Report], str]] = {
    "everything": lambda report: render_all(report, PAGE),
    "Markdown": render_markdown,
}
DAYS = {0: "0 days old", 1: "1 day old", 365: "365 days old", 366: "366 days old"}


def aged(days: int) -> Report:
    """Return a report made so many days after its rules."""
    report = good_report()
    edition = replaced(
        report.made.edition,
        version="2026.11",
        hash="ab" * 32,
        date=report.made.at.date() - dt.timedelta(days=days),
    )
    return replaced(report, made=replaced(report.made, edition=edition))


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("days", DAYS)
def test_version_age_and_hash_are_named(form: str, days: int) -> None:
    text = " ".join(WHOLE[form](aged(days)).split())
    assert f"Rules 2026.11, {DAYS[days]}, hash {'ab' * 32}." in text
    assert (OLD in text) == (days > 365)


@pytest.mark.parametrize("days", DAYS)
def test_the_first_screen_has_room_for_it(days: int) -> None:
    text = render_first_screen(aged(days), PAGE)
    assert f"Rules 2026.11, {DAYS[days]}" in text
    assert (OLD in text) == (days > 365)
    assert len(text.splitlines()) <= FIRST_SCREEN


def test_the_json_says_the_same() -> None:
    rules = json.loads(render_report(aged(400)))["rules"]
    assert rules == {"version": "2026.11", "hash": "ab" * 32, "age_days": 400}


def test_rules_without_a_date_are_of_no_known_date() -> None:
    made = good_report().made
    undated = replaced(made, edition=replaced(made.edition, date=dt.date.min))
    assert "of no known date" in words.rules_age(undated)
    assert words.rules_are_old(undated) == ""
