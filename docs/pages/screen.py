"""The screen in the README: what the program prints on a small computer whose clock stands still.

To show something else there, change `SAMPLE`; its files are those of `rules/fixtures/`.
"""

from __future__ import annotations

from pathlib import Path

from privacy_check.cases import case_machine
from privacy_check.judge.findings import Row, judge
from privacy_check.machine.window import Window
from privacy_check.readers.run import read_places
from privacy_check.render.page import Page
from privacy_check.render.text import render_first_screen
from privacy_check.report.build import Made, build
from privacy_check.rulebook.records import BusAnswer, Case, CaseProcess, RuleBook
from privacy_check.rulebook.select import Wish, plan, select_rules

START = "<!-- the screen: written by docs/generate.py -->"
END = "<!-- end of the screen -->"

SAMPLE = Case(
    name="GNOME as it comes, with a recorder running and one site allowed in Chromium",
    made_by="the programs named in rules/fixtures/README.md",
    outcome="value",
    files={
        "~/.config/dconf/user": "dconf/banners-on",
        "/usr/share/glib-2.0/schemas/gschemas.compiled": "glib/gschemas.compiled",
        "~/.config/chromium/Default/Preferences": "chromium/grants/Preferences",
        "~/.config/chromium/Local State": "chromium/grants/Local State",
    },
    texts={},
    links={},
    folders=("/usr/share/applications",),
    environment={"XDG_CURRENT_DESKTOP": "GNOME", "XDG_SESSION_TYPE": "wayland"},
    bus=(
        BusAnswer(
            bus="session",
            name="org.freedesktop.Notifications",
            path="/org/freedesktop/Notifications",
            interface="org.freedesktop.Notifications",
            member="GetServerInformation",
            answer=["gnome-shell", "GNOME", "43.9", "1.2"],
        ),
    ),
    processes=(CaseProcess(names=("obs",)),),
)


def sample_screen(book: RuleBook, folder: Path) -> str:
    """Return what `privacy-check` prints on the sample computer."""
    machine = case_machine(SAMPLE, [folder])
    wish = Wish()
    rules = select_rules(book, wish)
    places = plan(book, rules, machine.platform)
    readings = read_places(places, Window(machine), dict(book.programs))
    rows = [Row(place=p, reading=r) for p, r in zip(places, readings, strict=True)]
    made = Made(
        at=machine.now(),
        platform=machine.platform,
        live=machine.live,
        administrator=False,
        edition=book.edition,
        wish=wish,
    )
    return render_first_screen(build(made, judge(rules, rows, asks=True), rows), Page(sites=True))


def with_screen(readme: str, screen: str) -> str:
    """Return the README with this screen between its two marks.

    Raises:
        ValueError: When a mark is missing.
    """
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        message = "README.md has lost one of the two marks around the screen"
        raise ValueError(message)
    return f"{before}{start}\n```text\n{screen}```\n{end}{after}"
