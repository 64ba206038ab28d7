"""What people see: it fits, it stays calm text, and it names no more than it may."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.judge.findings import Row, judge
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.render.json import render_report, render_settings
from privacy_check.render.markdown import render_markdown
from privacy_check.render.page import Page
from privacy_check.render.settings_text import render_settings as render_settings_text
from privacy_check.render.text import render_all, render_first_screen
from privacy_check.report.build import Made, Report, build
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import (
    Applies,
    Edition,
    Form,
    Question,
    Rule,
    Setting,
    Source,
    Use,
    Variant,
)
from privacy_check.rulebook.select import Place, Wish

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
SOURCE = Source(title="A test", checked=dt.date(2026, 11, 22))
LINES = 24
PHASES = ("agree", "prepare", "just-before", "during", "after", "anytime")
PILLARS = ("recording", "app", "notifications")
SEVERITIES = ("info", "low", "medium", "high")


def row(
    name: str,
    reading: Reading,
    *,
    title: str = "",
    program: str = "",
    change: tuple[str, ...] = ("Settings > Here > Off.",),
    undo: tuple[str, ...] = ("The same switch.",),
    command: str = "",
) -> Row:
    form = Form(
        name=program,
        applies=Applies(),
        read=ByHand(reason="-"),
        map={},
        unset="",
        whole=(),
        change=change,
        undo=undo,
        command=command,
        undo_command=command and f"{command} --back",
        steps="verified",
        confidence="verified",
        tested_on=(),
        sources=(SOURCE,),
        limits="",
        cases=(),
    )
    variant = Variant(row=f"linux/{name}", form=form)
    values = {
        "on": "Messages can pop up over the call.",
        "off": "They are held back.",
        "named": "{names} is running.",
        "sites": "These may use the camera: {sites}.",
    }
    setting = Setting(
        id=name, title=title or f"Setting {name}", topic="lock", values=values, variants=(variant,)
    )
    return Row(place=Place(setting=setting, variant=variant), reading=reading)


def rule(name: str, *uses: str, severity: str = "medium", **more: object) -> Rule:
    given = {
        "id": name,
        "title": f"Rule {name}",
        "phase": "prepare",
        "severity": severity,
        "profiles": ("care",),
        "channels": ("video",),
        "why": "A calm reason.",
        "sources": (SOURCE,),
        "settings": tuple(Use(id=use, good=("off",)) for use in uses),
        **more,
    }
    return Rule(**given)  # type: ignore[arg-type] # given by name


def report(
    rules: list[Rule], rows: list[Row], *, administrator: bool = False, live: bool = True
) -> Report:
    made = Made(
        at=NOW,
        platform="linux",
        live=live,
        administrator=administrator,
        edition=Edition(version="1", date=dt.date(2026, 11, 1), hash="0" * 64),
        wish=Wish(),
    )
    return build(made, judge(rules, rows, asks=True), rows)


def value(word: str, **more: object) -> Value:
    return Value(word=word, where="~/.config/x", as_of=NOW, **more)  # type: ignore[arg-type] # given by name


def question(text: str) -> Question:
    return Question(text=text, good="yes")


def pillars() -> list[Rule]:
    return [
        rule(f"pillar-{name}", pillar=name, question=question("Have you agreed on it? " * 6))
        for name in PILLARS
    ]


def many(number: int, *, long: bool) -> Report:
    """Return a report with many settings that are worth a look, and as many unreadable ones."""
    words = "a rather long and winding name of a thing " * 3 if long else ""
    steps = (
        ("Settings > Notifications > Lock screen > A long name of a switch > Off.",) * 3
        if long
        else ("Off.",)
    )
    command = "gsettings set org.example.a.long.schema a-long-key false" if long else ""
    bad = [
        row(
            f"bad-{i}",
            value("on"),
            title=words,
            program=words,
            change=steps,
            undo=steps,
            command=command,
        )
        for i in range(number)
    ]
    unread = [
        row(f"unread-{i}", Unreadable(reason=f"it is damaged {words}"), title=f"{words} {i}")
        for i in range(number)
    ]
    rules = pillars()
    rules += [
        rule(f"r{i}", f"bad-{i}", f"unread-{i}", question=question("Yes?")) for i in range(number)
    ]
    return report(rules, [*bad, *unread], administrator=True, live=False)


def shown_words(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 8, 30])
def test_the_first_screen_fits_on_one_screen(number: int, long: bool) -> None:  # noqa: FBT001 - a table
    lines = render_first_screen(many(number, long=long), Page(width=80)).splitlines()

    assert len(lines) <= LINES
    assert max(map(len, lines)) <= 80
    assert any("of 30" in line for line in lines) == (number == 30)


@pytest.mark.parametrize("width", [80, 40, 20, 100])
@pytest.mark.parametrize("long", [False, True])
def test_no_line_is_wider_than_the_page(width: int, long: bool) -> None:  # noqa: FBT001 - a table
    made = many(9, long=long)
    page = Page(width=width)
    texts = [render_first_screen(made, page), render_all(made, page)]
    texts.append(render_settings_text(made, page, everything=True))

    for text in texts:
        for line in text.splitlines():
            assert len(line) <= max(width, shown_words(line) + 10), line


def test_at_most_seven_things_stand_first() -> None:
    text = render_first_screen(many(30, long=False), Page(width=80))
    numbers = re.findall(r"(?m)^  (\d+)  ", text)

    assert numbers == [str(i + 1) for i in range(len(numbers))]
    assert 1 <= len(numbers) <= 7


def test_the_first_screen_says_what_it_cannot_show() -> None:
    for made in (many(0, long=False), many(30, long=True)):
        text = " ".join(render_first_screen(made, Page(width=80)).split())
        assert "What this cannot show:" in text
        assert "If someone else checks this device, changes may be noticed." in text
        assert "phone" in text
        assert "--all" in text


def test_nothing_read_is_not_called_good() -> None:
    made = report([rule("r", "a")], [row("a", Unreadable(reason="it is damaged"))])
    text = render_first_screen(made, Page())

    assert "Nothing could be read." in text
    assert "Looks good" not in text
    assert "Looks good" not in render_all(made, Page())
    assert "- [x]" not in render_markdown(made)


def test_what_looks_good_says_where() -> None:
    made = report([rule("r", "a", limits="A phone can still ring.")], [row("a", value("off"))])

    assert "Looks good on this computer: Rule r" in render_all(made, Page())
    assert "A phone can still ring." in render_all(made, Page())
    assert "- [x] Rule r" in render_markdown(made)


def test_an_administrator_and_a_copy_are_named() -> None:
    made = report([rule("r", "a")], [row("a", value("on"))], administrator=True, live=False)
    text = render_first_screen(made, Page())

    assert "administrator" in text
    assert "a copy of a computer's files" in text
    assert "administrator" in render_markdown(made)


NASTY = (
    "\x1b[31mred\x07",
    "a\rb",
    "\u202eevil",
    "\u2066x\u2069",
    "\u200e\u200fx",
    "\x9b31m",
    "a\nb",
    "\x00",
    "\ud800",
    "\u2028x",
    "\u061cx",
)


BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def forbidden(text: str) -> list[str]:
    """Return the characters that a terminal obeys, or that turn text around."""
    return [
        character
        for character in text
        if character in BIDI
        or (character != "\n" and unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"))
    ]


@pytest.mark.parametrize("nasty", NASTY)
def test_no_control_character_of_the_machine_is_shown(nasty: str) -> None:
    rows = [
        row("sites", value("sites", sites=(f"a{nasty}.example",))),
        row("named", value("named", names=(f"Recorder{nasty}",))),
        row("unread", Unreadable(reason=f"reason {nasty}", where=f"/etc/{nasty}")),
        row("gone", NotApplicable(reason=f"the desktop here is {nasty}")),
        row("unknown", value("", reason=f"it holds {nasty}")),
        row("default", Unset(word="on", where=f"/x/{nasty}", as_of=NOW, reason=f"{nasty}")),
    ]
    made = report([rule("r", "sites", "named", "unread", "gone", "unknown", "default")], rows)
    page = Page(width=100, sites=True)
    lines = render_first_screen(made, page), render_all(made, page)
    texts = [*lines, render_settings_text(made, page, everything=True), render_markdown(made)]

    for text in texts:
        assert forbidden(text) == []
    for text in (render_report(made), render_settings(made.rows)):
        assert "\x1b" not in text
        assert "\u202e" not in text
        text.encode()


def test_sites_are_named_on_a_terminal_only() -> None:
    rows = [row("sites", value("sites", sites=("meet.example", "other.example")))]
    made = report([rule("r", "sites")], rows)
    terminal, pipe = Page(sites=True), Page(sites=False)

    assert "meet.example, other.example" in render_first_screen(made, terminal)
    assert "meet.example" in render_all(made, terminal)
    assert "meet.example" in render_settings_text(made, terminal, everything=True)
    quiet = [render_first_screen(made, pipe), render_all(made, pipe), render_markdown(made)]
    quiet += [
        render_settings_text(made, pipe, everything=True),
        render_report(made),
        render_settings(made.rows),
    ]
    for text in quiet:
        assert ".example" not in text
        assert "2 sites" in text


def test_many_sites_are_counted_everywhere() -> None:
    rows = [row("sites", value("sites", sites=tuple(f"s{i}.example" for i in range(9))))]
    made = report([rule("r", "sites")], rows)

    assert ".example" not in render_all(made, Page(sites=True))
    assert "9 sites" in render_all(made, Page(sites=True))


def test_a_site_named_like_a_placeholder_fills_nothing() -> None:
    rows = [row("sites", value("sites", sites=("{count}{names}",), names=("Chromium",), count=3))]
    made = report([rule("r", "sites")], rows)

    assert "camera: {count}{names}." in render_all(made, Page(sites=True))


def test_what_the_organisation_set_cannot_be_changed() -> None:
    made = report([rule("r", "a")], [row("a", value("on", locked=True), command="gsettings set x")])
    text = render_all(made, Page())

    assert "Set by your organisation." in text
    assert "gsettings" not in text


MARKUP = [
    "<script>",
    "[x](http://a)",
    "`x`",
    "**b**",
    "_i_",
    "# h",
    "- [x] y",
    "| a |",
    "![i](x)",
    "<!-- x",
    "1. x",
    "> q",
    "\\",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_nothing_of_the_machine_opens_markup(markup: str) -> None:
    rows = [
        row("named", value("named", names=(markup,)), program=markup, title=markup),
        row("unread", Unreadable(reason=markup)),
    ]
    made = report([rule("r", "named", "unread", title=markup, question=question(markup))], rows)
    text = render_markdown(made)

    assert re.search(r"(?<!\\)[<>|]", text) is None
    for line in text.splitlines():
        bare = re.sub(r"\\.", "", line)
        bare = re.sub(r"^( *- (\[[ x]\] )?|#{1,2} )", "", bare)
        assert re.search(r"[`*\[\]]|(?<!\w)_", bare) is None, line


def test_markdown_has_a_box_for_each_thing() -> None:
    rows = [
        row("a", value("on")),
        row("b", Unreadable(reason="it is damaged")),
        row("c", value("off")),
    ]
    made = report(
        [rule("r", "a", "b"), rule("s", "c"), rule("t", question=question("Have you?"))], rows
    )
    boxes = [line for line in render_markdown(made).splitlines() if line.startswith("- [")]

    assert len([box for box in boxes if box.startswith("- [ ]")]) == 3
    assert boxes[-1].startswith("- [x] Rule s")


def test_a_command_that_ends_in_a_bracket_or_holds_a_backtick_stays_code() -> None:
    made = report([rule("r", "a")], [row("a", value("on"), command="echo `date` <x>")])

    assert "<x>" not in re.sub(r"(`+).*?\1", "", render_markdown(made))


TEXT = st.text(max_size=60)
VALUES = st.builds(
    value,
    st.sampled_from(["on", "off", "named", "sites", ""]),
    names=st.tuples(TEXT),
    sites=st.tuples(TEXT),
    reason=TEXT,
)
DEFAULTS = st.builds(
    Unset,
    word=st.just("off"),
    where=TEXT,
    as_of=st.just(NOW),
    reason=TEXT,
    sure=st.booleans(),
)
UNSEEN = st.builds(Unreadable, reason=TEXT, where=TEXT)
ABSENT = st.builds(NotApplicable, reason=TEXT)
READINGS = VALUES | DEFAULTS | UNSEEN | ABSENT


@settings(max_examples=100, deadline=None)
@given(
    readings=st.lists(READINGS, max_size=12),
    severities=st.lists(st.sampled_from(SEVERITIES), min_size=12, max_size=12),
    phase=st.sampled_from(PHASES),
    width=st.sampled_from([80, 40, 20]),
)
def test_any_report_is_rendered(
    readings: list[Reading], severities: list[str], phase: str, width: int
) -> None:
    rows = [row(f"s{i}", reading) for i, reading in enumerate(readings)]
    rules = [
        rule(f"r{i}", f"s{i}", severity=severities[i], phase=phase, question=question("Yes?"))
        for i in range(len(rows))
    ]
    made = report([*pillars(), *rules], rows)
    screen = render_first_screen(made, Page(width=width, sites=True))

    assert forbidden(screen) == []
    assert forbidden(render_all(made, Page(width=width, sites=True))) == []
    assert forbidden(render_markdown(made)) == []
    render_report(made).encode()
    if width == 80:
        assert len(screen.splitlines()) <= LINES
