"""The screens about apps: what is here with its doubts, a comparison, and all about one app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from asking import book, flat, good_report

from privacy_check.judge.findings import FAIL, NOT_APPLICABLE, PASS
from privacy_check.judge.grades import STRONG, WEAK, WORST_FIRST, grade
from privacy_check.judge.planned import Planned
from privacy_check.record import replaced
from privacy_check.render.app import render_app
from privacy_check.render.app_words import (
    GRADE,
    MARK,
    RE_CHECK,
    RE_CHECK_MEANS,
    VALUE,
    age,
    reasons,
)
from privacy_check.render.apps import render_apps, render_comparison
from privacy_check.render.page import Page
from privacy_check.report.apps import USE_OF, AppsReport, build_apps
from privacy_check.seen import Attack, Fresh, Search, Seen, Sign

PAGE = Page(width=80)
TODAY = dt.date(2026, 11, 22)
APPS = {app.id: app for app in book().apps}
RUNNING = Sign(how="running", where="running programs")
PLANS = [("video",), ("group",), ("text",), ("video", "group"), ("voice", "text"), tuple(USE_OF)]


def report_of(*seen: Seen, unread: Sequence[str] = (), looked: bool = True) -> AppsReport:
    """Make a report in which only these apps were seen."""
    known = {one.app: one for one in seen}
    found = (known.get(app, Seen(app=app, installed=False, running=False)) for app in APPS)
    search = Search(
        apps=tuple(found), looked=("Debian packages",) if looked else (), unread=tuple(unread)
    )
    return build_apps(tuple(APPS.values()), search, good_report())


def entries_of(text: str) -> dict[str, dict[str, str]]:
    """Return what a comparison says of each app, by the heading it stands under."""
    found: dict[str, dict[str, str]] = {}
    for part in text.split("\n\n")[1:-1]:
        heading, *lines = part.splitlines()
        joined = flat(lines)
        names = [app for app in APPS if f"[{app}]" in joined]
        starts = sorted((joined.index(f"[{app}]"), app) for app in names)
        ends = [start for start, _ in starts[1:]] + [len(joined)]
        found[heading] = {
            app: joined[start:end] for (start, app), end in zip(starts, ends, strict=True)
        }
    return found


def test_a_program_of_its_name_alone_is_told_with_its_doubt() -> None:
    seen = Seen(
        app="telegram",
        installed=None,
        running=True,
        signs=(RUNNING,),
        doubts=("a program with its name runs, but no installed copy of it was found",),
    )
    text = flat(render_apps(report_of(seen), PAGE).splitlines())

    assert "Telegram (running now) A program with its name runs, but no installed copy" in text
    assert "Not sure" not in text


def test_an_installed_app_has_no_doubt() -> None:
    sign = Sign(how="package", where="Debian package qtox", version="1.17")
    seen = Seen(app="tox", installed=True, running=True, signs=(sign, RUNNING))
    text = flat(render_apps(report_of(seen), PAGE).splitlines())

    assert "Tox (qTox) (Debian package 1.17, running now) Call of two people" in text
    assert "Not sure" not in text


def test_what_was_not_found_is_not_claimed_where_something_was_not_read() -> None:
    whole = render_apps(report_of(), PAGE)
    half = render_apps(report_of(unread=["snap apps: too late"]), PAGE)
    blind = render_apps(report_of(looked=False), PAGE)

    assert f"None of the {len(APPS)} apps we know was found here." in whole
    assert "None of the apps we know was found in what could be looked at." in half
    assert "Could not read: snap apps: too late" in half
    assert "Nothing could be looked at, so this says nothing about the apps here." in blind


@pytest.mark.parametrize("planned", PLANS)
def test_a_comparison_tells_the_worst_use_and_why(planned: tuple[str, ...]) -> None:
    """Each app stands under the grade of its worst use, with the reasons of that use."""
    uses = tuple(dict.fromkeys(USE_OF[word] for word in planned))
    text = render_comparison(report_of(), planned, Page(width=200))
    found = entries_of(text)

    told = [app for group in found.values() for app in group]
    assert len(told) == len(set(told))
    for name, app in APPS.items():
        offered = all(grade(app, use).word for use in uses)
        offered &= set(planned) - {"group"} <= set(app.uses)
        assert (name in told) == offered
        if not offered:
            continue
        worst = Planned(app=app, uses=uses).worst
        heading = f"{GRADE[worst.word][0].upper()}{GRADE[worst.word][1:]}"
        assert reasons(worst) in found[heading][name]


def test_grades_stand_from_the_best_to_the_worst() -> None:
    found = entries_of(render_comparison(report_of(), ("video",), Page(width=200)))
    assert [heading.casefold() for heading in found] == [
        GRADE[word] for word in reversed(WORST_FIRST)
    ]


def test_one_use_is_not_named_again() -> None:
    text = render_comparison(report_of(), ("video", "voice"), PAGE)
    assert text.count("call of two people") == 1  # in the first lines, which say what is compared
    assert "call of two people" not in render_comparison(report_of(), ("group",), PAGE)


@pytest.mark.parametrize("width", [20, 33, 40, 80])
@pytest.mark.parametrize("name", ["signal", "jitsi-self", "skype", "telegram"])
def test_no_line_about_an_app_is_wider_than_the_window(name: str, width: int) -> None:
    seen = Seen(app=name, installed=True, running=None, signs=(RUNNING,), doubts=())
    page = Page(width=width)
    texts = (
        render_app(APPS[name], TODAY, page),
        render_apps(report_of(seen), page),
        render_comparison(report_of(seen), tuple(USE_OF), page),
    )
    assert all(len(line) <= width for text in texts for line in text.splitlines())


def test_all_that_is_known_of_an_app_is_told_with_its_sources() -> None:
    for app in APPS.values():
        text = flat(render_app(app, TODAY, Page(width=400)).splitlines())
        for fact in (app.status, *app.facts.values(), *app.elsewhere.values()):
            assert ", ".join(VALUE.get(value, value) for value in fact.values) in text
            assert fact.note in text
            assert f"[{fact.source}, " in text or not fact.source
        for belief in app.believed:
            assert belief.says in text[text.index("Believed, without a source") :]


def test_a_review_names_who_made_it_and_when() -> None:
    text = flat(render_app(APPS["simplex"], TODAY, PAGE).splitlines())
    assert "Review published: yes, by Trail of Bits (2024) [" in text


def test_a_date_long_ago_is_to_be_looked_up_again() -> None:
    later = dt.date(2031, 1, 1)
    signal = APPS["signal"]
    now, then = (render_app(signal, day, Page(width=400)) for day in (TODAY, later))

    assert "[fh-signal, 2026-07-23]" in now
    assert f"[fh-signal, 2026-07-23: {RE_CHECK}]" in then


def test_what_is_believed_changes_no_grade() -> None:
    for app in APPS.values():
        bare = replaced(app, believed=())
        for use in set(USE_OF.values()):
            assert grade(app, use) == grade(bare, use)
    assert grade(APPS["signal"], "group").word == STRONG
    assert grade(APPS["wickr"], "one-to-one").word == WEAK  # believed to be encrypted, not known


ASKED_AT = dt.datetime(2026, 11, 21, 9, 5, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 7, 23)


def text_with(fresh: Fresh) -> str:
    """Return the screen about Signal, when that came of asking."""
    sign = Sign(how="package", where="Debian package signal-desktop", version="7.1")
    report = report_of(Seen(app="signal", installed=True, running=None, signs=(sign,)))
    entries = (
        replaced(entry, fresh=fresh) if entry.app.id == "signal" else entry
        for entry in report.entries
    )
    return flat(render_apps(replaced(report, entries=tuple(entries)), PAGE).splitlines())


def test_what_came_of_asking_is_told_with_its_host_and_time() -> None:
    fresh = Fresh(
        app="signal",
        result="older",
        installed="7.1\x1b",
        newest="7.2",
        host="a\x1b.example",
        asked_at=ASKED_AT,
        reason="It is here in another version too: 6.",
    )
    text = text_with(fresh)

    assert "Newest: 7.2, asked of a" in text
    assert ".example at 2026-11-21 09:05. Its vendor names a newer version. It is here in" in text
    assert "\x1b" not in text


def test_without_an_answer_the_reason_is_told_and_no_list_is_named() -> None:
    text = text_with(Fresh(app="signal", result="unknown", reason="localhost is silent."))

    assert "Whether there is a newer version is not known. localhost is silent." in text
    assert "This is the newest" not in text
    assert "CISA" not in text


def test_the_list_of_exploited_faults_is_told_three_ways() -> None:
    attacks = (Attack(cve="CVE-2025-55177", added=dt.date(2025, 9, 2)),)
    plain = Fresh(app="signal", result="current", newest="7.1", host="a.example")
    named, silent, unread = "Faults in it that were", "names no attack", "list was not read"

    text = text_with(replaced(plain, attacks=attacks, attacks_as_of=AS_OF))
    assert "used in attacks, by CISA's list: CVE-2025-55177 (2025-09-02)." in text
    assert [word in text for word in (named, silent, unread)] == [True, False, False]

    text = text_with(replaced(plain, attacks_as_of=AS_OF))
    assert "CISA's list of 2026-07-23 names no attack under this name." in text
    assert [word in text for word in (named, silent, unread)] == [False, True, False]

    text = text_with(replaced(plain, attacks_reason="cisa.example is silent."))
    assert "CISA's list was not read: cisa.example is silent." in text
    assert [word in text for word in (named, silent, unread)] == [False, False, True]


def test_the_administrator_is_told_what_is_not_seen() -> None:
    report = report_of()
    whole = replaced(report, made=replaced(report.made, administrator=True))
    said = "Run as administrator: what only other accounts have is not seen."

    assert said in flat(render_apps(whole, PAGE).splitlines())
    assert said in flat(render_comparison(whole, ("video",), PAGE).splitlines())
    assert said not in flat(render_apps(report, PAGE).splitlines())


def test_the_marks_of_an_app_and_its_conditions_are_told_wherever_it_is() -> None:
    seen = Seen(app="telegram", installed=True, running=None, signs=(RUNNING,))
    telegram = APPS["telegram"]
    for text in (render_apps(report_of(seen), PAGE), render_app(telegram, TODAY, PAGE)):
        said = flat(text.splitlines())
        assert all(MARK[mark] in said for mark in ("records", "text-weaker", "phone-number"))
    limits = flat(render_apps(report_of(seen), PAGE).splitlines())
    assert flat([telegram.facts["text"].note]) in limits


def test_only_settings_of_an_app_that_count_here_are_told_under_it() -> None:
    report = report_of(Seen(app="signal", installed=True, running=None, signs=(RUNNING,)))
    for entry in report.entries:
        wanted = {(use.id, row) for use in entry.app.settings for row in use.rows}
        places = [item.row.place for item in entry.settings]
        found = [(place.setting.id, place.variant.row) for place in places]
        assert set(found) <= wanted
        assert len(found) == len(set(found))
    text = flat(render_apps(report, PAGE).splitlines())
    assert "Read here - Looks good on this computer: " in text


def test_a_setting_is_told_by_the_rule_that_decides_and_not_where_it_does_not_apply() -> None:
    made = good_report()
    finding, judged = next(
        (finding, item)
        for finding in made.findings
        for item in finding.settings
        if item.row.place.setting.id == "call-app-key"
    )
    search = Search(apps=(Seen(app="signal", installed=True, running=None),), looked=())

    def told(*statuses: tuple[str, bool]) -> list[str]:
        each = tuple(replaced(judged, status=word, decides=rules) for word, rules in statuses)
        report = replaced(made, findings=(replaced(finding, settings=each),))
        (entry,) = build_apps((APPS["signal"],), search, report).entries
        return [item.status for item in entry.settings]

    assert told(("informational", False), (FAIL, True)) == [FAIL]
    assert told((FAIL, True), ("informational", False)) == [FAIL]
    assert told((NOT_APPLICABLE, True)) == []
    assert told((NOT_APPLICABLE, True), (PASS, True)) == [PASS]


def test_the_age_of_a_grade_is_that_of_its_oldest_source() -> None:
    signal = APPS["signal"]
    dates = {"old": "2019-01", "new": "2026-05"}
    source = next(iter(signal.sources.values()))
    sources = {name: replaced(source, dated=dated) for name, dated in dates.items()}
    app = replaced(signal, sources=sources)
    facts = [replaced(signal.status, source=name, also="") for name in dates]

    assert age(app, facts, TODAY).endswith(f"2019-01: {RE_CHECK}")
    assert age(app, facts[1:], TODAY).endswith("2026-05")
    assert age(app, [replaced(facts[1], also="old")], TODAY).endswith(f"2019-01: {RE_CHECK}")


def test_what_re_check_means_is_told_where_it_stands() -> None:
    old, new = (render_app(APPS[name], TODAY, Page(width=400)) for name in ("skype", "signal"))
    assert (RE_CHECK in old, RE_CHECK_MEANS in old) == (True, True)
    assert (f": {RE_CHECK}" in new) == (RE_CHECK_MEANS in new)


def test_a_claim_is_called_a_claim_and_none_is_called_none() -> None:
    words = {
        value: reasons(grade(app, use))
        for app in APPS.values()
        for use in ("one-to-one",)
        for value in [app.facts[use].value]
    }
    assert words["claimed"].startswith("End-to-end encryption is claimed, and cannot be checked.")
    assert words["no"] == "No end-to-end encryption for this use."


def test_what_in_a_link_is_secret_is_told() -> None:
    text = flat(render_app(APPS["zoom"], TODAY, Page(width=400)).splitlines())
    assert all(link.secret in text for link in APPS["zoom"].links)


def test_what_has_ended_and_what_may_have_ended_are_told_apart() -> None:
    assert "The service has ended." in reasons(grade(APPS["skype"], "group"))
    assert "The service may have ended." in reasons(grade(APPS["session"], "one-to-one"))
