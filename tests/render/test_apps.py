"""The screens about apps: what is here with its doubts, a comparison, and all about one app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from asking import book, flat, good_report

from privacy_check.judge.grades import STRONG, WEAK, WORST_FIRST, grade
from privacy_check.judge.planned import Planned
from privacy_check.record import replaced
from privacy_check.render.app import render_app
from privacy_check.render.app_words import GRADE, RE_CHECK, VALUE, reasons
from privacy_check.render.apps import render_apps, render_comparison
from privacy_check.render.page import Page
from privacy_check.report.apps import USE_OF, AppsReport, build_apps
from privacy_check.seen import Search, Seen, Sign

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
