"""House rules for the app catalogue: whatever a file gets wrong is named with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from rule_folders import RULES

from privacy_check.rulebook.check import dates_ahead
from privacy_check.rulebook.load import load
from privacy_check.rulebook.problems import Problem

APP = """\
id = "quiet-talk"
name = "Quiet Talk"
uses = ["video", "text"]
review = ["Look at its settings."]

[status]
value = "active"
source = "maker"

[facts.one-to-one]
value = "default"
source = "maker"

[facts.group]
value = "unknown"

[facts.text]
value = "opt-in"
source = "maker"

[facts.review]
value = "yes"
source = "maker"
who = "somebody"
year = 2024

[[links]]
hosts = ["quiet.example"]
paths = ["/call/{number}"]
forms = { number = "digits" }
opens = "call"
secret = "the number"
source = "maker"

[[newest]]
how = "json"
address = "https://quiet.example/newest.json"
pointer = "/version"
systems = ["linux"]
source = "maker"

[sources.maker]
title = "The maker's page"
dated = "2026-05"
kind = "vendor"
checked = 2026-11-22
"""

SPOILED = {
    "a fact without a source": (
        '"default"\nsource = "maker"',
        '"default"',
        "facts.one-to-one.source",
        "names its source",
    ),
    "a source for what is not known": (
        '[facts.group]\nvalue = "unknown"',
        '[facts.group]\nvalue = "unknown"\nsource = "maker"',
        "facts.group.source",
        "unknown value has no source",
    ),
    "a source that is not there": (
        '"opt-in"\nsource = "maker"',
        '"opt-in"\nsource = "makers"',
        "facts.text.source",
        'did you mean "maker"?',
    ),
    "a source that nothing names": (
        "[sources.maker]",
        '[sources.other]\ntitle = "x"\nkind = "news"\nchecked = 2026-11-22\n\n[sources.maker]',
        "sources.other",
        "no fact names this source",
    ),
    "a word that is no encryption": (
        'value = "opt-in"',
        'value = "optin"',
        "facts.text.value.1",
        'did you mean "opt-in"?',
    ),
    "a fact nobody knows of": (
        "[facts.review]",
        '[facts.colour]\nvalue = "blue"\nsource = "maker"\n\n[facts.review]',
        "facts.colour",
        "unknown key",
    ),
    "no word on a group": ('[facts.group]\nvalue = "unknown"\n', "", "facts.group", "missing"),
    "a review by nobody": ('who = "somebody"\n', "", "facts.review", "who made it"),
    "a review without a year": ("year = 2024\n", "", "facts.review", "when"),
    "a use that is not offered": (
        'value = "opt-in"\nsource = "maker"',
        'value = "not-offered"\nsource = "maker"',
        "uses",
        "text is not offered",
    ),
    "a date that is none": ('dated = "2026-05"', 'dated = "May"', "sources.maker.dated", "2026-11"),
    "a link without a form": ('{ number = "digits" }', "{}", "links.1.forms", "belongs in both"),
    "a form of nothing": (
        '{ number = "digits" }',
        '{ number = "digits", name = "digits" }',
        "links.1.forms",
        "belongs in both",
    ),
    "a link without a host": (
        'hosts = ["quiet.example"]\n',
        "",
        "links.1.paths",
        "without hosts with the server in braces",
    ),
    "a path without a slash": (
        '"/call/{number}"',
        '"call/{number}"',
        "links.1.paths",
        "begins with /",
    ),
    "a feed without a pointer": (
        'pointer = "/version"\n',
        "",
        "newest.1.pointer",
        "json needs one",
    ),
    "a feed over plain http": (
        '"https://quiet.example/newest.json"',
        '"http://quiet.example/newest.json"',
        "newest.1.address",
        "an https address",
    ),
    "a repository where an address is wanted": (
        '"https://quiet.example/newest.json"',
        '"quiet/talk"',
        "newest.1.address",
        "github wants",
    ),
    "a setting that is not there": (
        "[[links]]",
        '[[settings]]\nid = "call-app-kee"\nrows = ["linux/signal"]\n\n[[links]]',
        "settings.1.id",
        "there is no setting",
    ),
    "a row that is not there": (
        "[[links]]",
        '[[settings]]\nid = "call-app-key"\nrows = ["linux/signals"]\n\n[[links]]',
        "settings.1.rows.1",
        "has no row",
    ),
    "a second source that is not there": (
        '"opt-in"\nsource = "maker"',
        '"opt-in"\nsource = "maker"\nalso = "makers"',
        "facts.text.also",
        'did you mean "maker"?',
    ),
    "a status without a source": (
        'value = "active"\nsource = "maker"',
        'value = "active"',
        "status.source",
        "names its source",
    ),
    "a name elsewhere without a source": (
        "[[links]]",
        '[elsewhere.winget]\nvalues = ["Quiet.Talk"]\n\n[[links]]',
        "elsewhere.winget.source",
        "names its source",
    ),
    "a link whose source is not there": (
        'secret = "the number"\nsource = "maker"',
        'secret = "the number"\nsource = "makers"',
        "links.1.source",
        'did you mean "maker"?',
    ),
    "a feed whose source is not there": (
        'systems = ["linux"]\nsource = "maker"',
        'systems = ["linux"]\nsource = "makers"',
        "newest.1.source",
        'did you mean "maker"?',
    ),
    "calls that are not offered": (
        'value = "default"\nsource = "maker"\n\n[facts.group]\nvalue = "unknown"',
        """\
value = "not-offered"
source = "maker"

[facts.group]
value = "not-offered"
source = "maker"
""",
        "uses",
        "calls are not offered",
    ),
    "a year where no review is": (
        '"opt-in"\nsource = "maker"',
        '"opt-in"\nsource = "maker"\nyear = 2024',
        "facts.text",
        "for a review",
    ),
    "a pointer into what is no json": (
        'how = "json"',
        'how = "electron-builder"',
        "newest.1.pointer",
        "belongs to json",
    ),
    "a text that turns the line": (
        '"Quiet Talk"',
        '"Quiet \\u202eklaT"',
        "name",
        "text-direction",
    ),
}


def problems_of(text: str, folder: Path) -> tuple[Problem, ...]:
    place = folder / "apps" / "quiet-talk.toml"
    place.parent.mkdir()
    place.write_text(text, encoding="utf-8")
    return load([folder]).problems


def test_the_sound_file_is_sound(tmp_path: Path) -> None:
    assert problems_of(APP, tmp_path) == ()


@pytest.mark.parametrize("what", SPOILED)
def test_a_fault_is_named_with_its_key(what: str, tmp_path: Path) -> None:
    before, after, key, said = SPOILED[what]
    assert before in APP

    problems = problems_of(APP.replace(before, after, 1), tmp_path)

    assert any(item.key == key and said in item.message for item in problems), problems
    assert all(item.line >= 1 for item in problems)


def test_two_apps_cannot_have_the_same_link(tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()
    for name in ("quiet-talk", "still-talk"):
        text = APP.replace("quiet-talk", name)
        (tmp_path / "apps" / f"{name}.toml").write_text(text, encoding="utf-8")

    (problem,) = load([tmp_path]).problems
    assert "has quiet.example/call/{number} already" in problem.message


def test_a_date_that_lies_ahead_is_named() -> None:
    draft = load([RULES]).draft
    named = {item.key.rpartition(".")[2] for item in dates_ahead(draft, dt.date(2020, 1, 1))}
    assert {"checked", "dated"} <= named
    assert list(dates_ahead(draft, dt.date(2026, 11, 22))) == []
