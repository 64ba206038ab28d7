"""The report of the call apps as JSON."""

from __future__ import annotations

import datetime as dt

from privacy_check.judge.grades import Grade, Reason, is_to_recheck, marks, sources_of
from privacy_check.plaintext import plain
from privacy_check.render import app_words
from privacy_check.render.json import SCHEMA, Wire, dump, judged_row, rule_set, source_of, time_of
from privacy_check.report.apps import AppEntry, AppsReport
from privacy_check.rulebook.catalogue import App
from privacy_check.seen import Fresh


def render_apps(report: AppsReport) -> str:
    """Return all apps of the catalogue, in the order of their ids."""
    made = report.made
    return dump(
        {
            "schema": SCHEMA,
            "made_at": time_of(made.at),
            "platform": made.platform,
            "live": made.live,
            "administrator": made.administrator,
            "rules": rule_set(made),
            "looked": list(report.looked),
            "unread": list(map(plain, report.unread)),
            "apps": [_entry(entry, made.at.date()) for entry in report.entries],
            "limits": [app_words.WHAT_A_GRADE_SAYS],
        }
    )


def _entry(entry: AppEntry, today: dt.date) -> Wire:
    app, seen = entry.app, entry.seen
    asked = {"online": _fresh(entry.fresh)} if entry.fresh else {}
    return {
        "id": app.id,
        "name": app.name,
        "installed": seen.installed,
        "running": seen.running,
        "signs": [
            {"how": s.how, "where": plain(s.where), "version": plain(s.version) or None}
            for s in seen.signs
        ],
        "doubts": list(map(plain, seen.doubts)),
        "status": app.status.value,
        "grades": {item.use: item.word or None for item in entry.grades},
        "reasons": {item.use: _reasons(app, item, today) for item in entry.grades},
        "marks": list(marks(app)),
        "review": list(app.review),
        "settings": [judged_row(judged) for judged in entry.settings],
        **asked,
    }


def _reasons(app: App, graded: Grade, today: dt.date) -> list[Wire]:
    return [_reason(app, item, today) for item in graded.reasons]


def _reason(app: App, item: Reason, today: dt.date) -> Wire:
    sources = sources_of(app, item.fact)
    return {
        "about": item.about,
        "value": item.fact.value,
        "says": app_words.reason(item),
        "note": item.fact.note or None,
        "recheck": any(is_to_recheck(source, today) for source in sources),
        "sources": list(map(source_of, sources)),
    }


def _fresh(fresh: Fresh) -> Wire:
    return {
        "result": fresh.result,
        "installed": plain(fresh.installed) or None,
        "newest": plain(fresh.newest) or None,
        "host": plain(fresh.host) or None,
        "asked_at": time_of(fresh.asked_at) if fresh.asked_at else None,
        "reason": plain(fresh.reason) or None,
        "attacks": [{"cve": one.cve, "added": one.added.isoformat()} for one in fresh.attacks],
        "attacks_as_of": fresh.attacks_as_of.isoformat() if fresh.attacks_as_of else None,
        "attacks_reason": plain(fresh.attacks_reason) or None,
    }
