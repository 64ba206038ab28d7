"""The page of the app catalogue: how apps are graded, and the grade of each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from pages.markdown import table
from privacy_check.judge.grades import Grade, grades, is_to_recheck, marks
from privacy_check.render import app_words, words
from privacy_check.render.app_words import GRADE, USE
from privacy_check.rulebook.catalogue import App
from privacy_check.rulebook.records import RuleBook

INTRO = """\
# Call and message apps

`privacy-check apps` names those that are on a computer. Each app is a file in `rules/apps/`, with a
source and a date for every fact; `privacy-check explain app:signal` tells all of one.

An app is graded for each use, from its facts alone. The first step that fits decides:

1. The use is not offered: no grade.
2. The service has ended: **not suited**.
3. There is no end-to-end encryption for this use: **not suited**.
4. No evidence of end-to-end encryption was found: **weak**.
5. It is only claimed; or outsiders can look at nothing: neither source code, nor a published
   review, nor a published protocol: **weak**.
6. It is on by default, the app's source code is open, and a published review names who made it and
   when: **strong**.
7. Everything else: **acceptable with settings**; what to set, `apps` and `explain` tell.
8. Where the service may have ended: **weak** at most.

`apps --for video` and `--for voice` are about a call of two people, `--for group` about a call of
more. For several uses the worst grade counts. A review counts for all uses, also where it looked at
a part only; which part, `explain` says. No vendor is ranked, and a grade is no promise: it cannot
say what the other side keeps, who is in the room, or that an app has no faults. What is believed
without a source is shown apart and is part of no grade.

To add an app of your own: [adding an app](adding-an-app.md).

A date that is missing, or older than 24 months, is marked **re-check**: look it up again before you
rely on it.

Questions that go with an app, and change no grade:
"""


def apps_page(book: RuleBook) -> Iterator[str]:
    """Yield the page."""
    yield INTRO
    yield from (f"- *{name}*: {said}" for name, said in app_words.MARK.items())
    yield from ("", "## Grades", "")
    head = ("app", "call of two", "call of more", "messages", "why, for each grade", "marks")
    yield from table(head, (_row(app) for app in book.apps))
    yield from ("", "## How old the sources are", "")
    listed = [(app, source) for app in book.apps for source in app.sources.values()]
    old = sum(is_to_recheck(source, book.edition.date) for _, source in listed)
    yield (
        f"{len(listed)} sources in {len(book.apps)} files; on the day of this rule set "
        f"({book.edition.date}), {old} of them had no date or one older than 24 months."
    )


def _row(app: App) -> tuple[str, ...]:
    graded = grades(app)
    return (
        f"{app.name} (`{app.id}`)",
        *(GRADE[item.word] for item in graded),
        " ".join(_why(alike) for alike in app_words.alike(graded) if alike[0].word),
        ", ".join(marks(app)),
    )


def _why(alike: tuple[Grade, ...]) -> str:
    uses = ", ".join(words.inside(USE[item.use]) for item in alike)
    return f"*{words.sentence_of(uses)[:-1]}:* {app_words.reasons(alike[0])}"
