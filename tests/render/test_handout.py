"""The page for a phone: one file that fetches nothing, and holds every question once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import markupsafe
import pytest
from click.testing import CliRunner, Result

from privacy_check.cli import cli
from privacy_check.judge.answers import prompts
from privacy_check.record import replaced
from privacy_check.render import words
from privacy_check.render.handout import render_handout
from privacy_check.rulebook.load import load
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import (
    Applies,
    Form,
    Question,
    Rule,
    RuleBook,
    Setting,
    Source,
    Use,
    Variant,
)
from privacy_check.rulebook.select import Wish, select_rules
from privacy_check.rulebook.vocabulary import CHANNELS, PROFILES

Start = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).resolve().parents[2]
SOURCE = Source(title="A test", checked=dt.date(2026, 11, 22))
FETCHING = ("src", "href", "srcset", "action", "formaction", "data", "poster", "ping", "background")
VOID = {"meta", "link", "img", "br", "hr", "input"}
HOSTILE = "</p></style></script><script>alert(1)</script> \" onclick=x ' & {{ 7*7 }} <!-- \u2713"


class Element:
    """One element of the page with its attributes and the text below it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = ""
        self.inside: list[Element] = []

    def all(self, *tags: str) -> Iterator[Element]:
        for item in self.inside:
            if item.tag in tags or not tags:
                yield item
            yield from item.all(*tags)

    def of_class(self, name: str) -> list[Element]:
        return [item for item in self.all() if name in item.attributes.get("class", "").split()]


class Reader(HTMLParser):
    """Reads the page as a browser would, as far as our own markup goes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Element("", {})
        self.open = [self.top]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, "elements are closed in their order"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(page: str) -> Element:
    reader = Reader(page)
    assert reader.open == [reader.top]
    return reader.top


def rule(
    name: str,
    question: Question | None = None,
    *,
    phase: str = "prepare",
    severity: str = "low",
    say: str = "",
    settings: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        id=name,
        title=f"The rule {name}",
        phase=phase,
        severity=severity,
        profiles=("close", "care", "legal", "source"),
        channels=("video", "voice", "text"),
        why="It is asked here.",
        sources=(SOURCE,),
        say=say,
        question=question,
        settings=tuple(Use(id=item, informs=True) for item in settings),
    )


def asks(text: str, **more: object) -> Question:
    return Question(**{"text": text, "good": "yes", "hint": f"A hint to: {text}", **more})  # type: ignore[arg-type] # given by name


def variant(
    row: str, *, steps: str = "documented", name: str = "", since: str = "iOS 16"
) -> Variant:
    form = Form(
        name=name,
        applies=Applies(),
        read=ByHand(reason="Look on the phone itself."),
        map={},
        unset="",
        whole=(),
        change=("Settings > Focus.", "Switch it on."),
        undo=("The same switch.",),
        command="",
        undo_command="",
        steps=steps,
        confidence="documented",
        tested_on=(),
        sources=(SOURCE,),
        limits="",
        since=since,
        cases=(),
    )
    return Variant(row=row, form=form)


QUIET = Setting(
    id="quiet-phone",
    title="Do not disturb",
    topic="phone",
    values={"on": "It is quiet."},
    variants=(
        variant("linux/gnome"),
        variant("ios"),
        variant("android/samsung", steps="believed", name="Samsung", since="One UI 6.1"),
    ),
)
RULES = (
    rule("last", asks("Anything else?", good="no", quick=2, pause=True), severity="high"),
    rule("first", asks("Did you ask?", quick=1, asked_as="Have you asked?", also=("second",))),
    rule(
        "second", asks("Did you ask twice?", pause=True), severity="high", settings=("quiet-phone",)
    ),
    rule("alerts", asks("Are alerts off?", care=True), settings=("quiet-phone",)),
    rule("linked", asks("Is it linked?", may_not_apply=True)),
    rule("light", asks("Rather less light?", good="either", hint="")),
    rule("closed", asks("Is it closed?"), phase="after"),
    rule("gentle", phase="during", say="Go gently.", severity="info"),
    rule("pausing", phase="during", say="Pause at any time.", severity="high"),
    rule("rest", phase="after", say="Rest a little."),
    rule("nervous-is-normal", phase="just-before", say="Nervous is normal."),
)
SETTINGS = {QUIET.id: QUIET}
PAGE = render_handout(RULES, SETTINGS)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    found = load([ROOT / "rules"]).book
    assert found is not None
    return found


def asked(page: str) -> list[str]:
    return [item.text for item in read(page).of_class("asked")]


def questions(page: str) -> dict[str, Element]:
    found = read(page).of_class("question")
    return {item.attributes["data-id"]: item for item in found}


def marks(question: Element) -> set[str]:
    names = {name.removeprefix("data-") for name in question.attributes if name.startswith("data-")}
    return names - {"id", "good"}


def only(items: list[Element]) -> Element:
    (item,) = items
    return item


def test_b1_the_page_names_no_address_that_is_fetched() -> None:
    top = read(PAGE)
    named = {
        item.attributes[name] for item in top.all() for name in FETCHING if name in item.attributes
    }
    active = only([*top.all("script")]).text + only([*top.all("style")]).text

    assert named == {"#list"}
    assert not list(top.all("link", "iframe", "img", "form", "input", "object", "embed", "base"))
    assert not re.search(r"url\(|@import|https?:|//[a-z]", active)
    assert not re.search(
        r"fetch|XMLHttp|WebSocket|EventSource|Beacon|import\s*\(|Worker|RTC", active
    )


def test_nothing_is_stored() -> None:
    script = only([*read(PAGE).all("script")]).text

    assert not re.search(r"localStorage|sessionStorage|indexedDB|cookie|caches|pushState", script)


def test_the_policy_allows_this_style_and_this_script_only() -> None:
    top = read(PAGE)
    head = next(top.all("head"))
    tags = [item.tag for item in head.inside]
    policy = head.inside[1].attributes

    def hashed(tag: str) -> str:
        digest = hashlib.sha256(only([*top.all(tag)]).text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    assert policy["http-equiv"] == "Content-Security-Policy"
    assert tags.index("meta") < tags.index("style") < tags.index("script")
    assert dict(part.split(" ", 1) for part in policy["content"].split("; ")) == {
        "default-src": "'none'",
        "style-src": hashed("style"),
        "script-src": hashed("script"),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    inline = [
        n for item in top.all() for n in item.attributes if n.startswith("on") or n == "style"
    ]
    assert inline == []


def test_the_page_is_neutral_from_outside() -> None:
    top = read(PAGE)
    html = only([*top.all("html")])

    assert only([*top.all("title")]).text == "Checklist"
    assert (html.attributes["lang"], html.attributes["dir"]) == ("en", "ltr")
    assert {item.text for item in top.all("h1")} == {
        "Checklist: packing",
        "Call checklist",
        "Where you are now",
    }


def test_the_page_is_the_same_in_any_encoding() -> None:
    assert PAGE.isascii()
    assert PAGE.endswith("</html>\n")
    assert "\r" not in PAGE


def test_a_link_to_leave_comes_first_and_a_button_stays_in_view() -> None:
    body = next(read(PAGE).all("body"))
    neutral, hidden, header = body.inside[:3]

    assert neutral.attributes["id"] == "list"
    assert (hidden.tag, hidden.text) == ("a", "Leave this page")
    assert (header.tag, only(header.of_class("leave")).text) == ("header", "Leave")
    assert "position: sticky" in PAGE.partition("header {")[2].partition("}")[0]


def test_each_question_stands_once_and_in_its_order() -> None:
    groups = {
        item.attributes["data-group"]: [q.text for q in item.of_class("asked")]
        for item in read(PAGE).of_class("group")
    }

    assert groups == {
        "short": ["Have you asked?", "Anything else?"],
        "more": ["Are alerts off?", "Rather less light?", "Is it linked?"],
        "after": ["Is it closed?"],
    }


def test_numbers_go_on_from_group_to_group() -> None:
    lists = [item for item in read(PAGE).all("ol") if "start" in item.attributes]

    assert [item.attributes["start"] for item in lists] == ["1", "3", "6"]


def test_an_answer_counts_for_every_rule_that_takes_it() -> None:
    found = {name: marks(item) for name, item in questions(PAGE).items()}

    assert found == {
        "first": {"pause", "needed", "high", "first"},
        "last": {"pause", "needed", "high", "first"},
        "alerts": {"care"},
        "linked": {"not-mine"},
        "light": set(),
        "closed": set(),
    }
    assert questions(PAGE)["last"].attributes["data-good"] == "no"


def test_every_question_has_its_hint_and_boxes_for_paper() -> None:
    found = questions(PAGE)
    boxes = {name: only(item.of_class("boxes")).text.split("\n") for name, item in found.items()}

    assert "A hint to: Are alerts off?" in found["alerts"].text
    assert not found["light"].of_class("hint")
    assert boxes["first"] == ["yes no not sure"]
    assert boxes["linked"] == ["yes no not sure does not apply"]


def test_steps_on_a_phone_are_folded_and_say_how_sure_they_are() -> None:
    apple, android = questions(PAGE)["alerts"].all("details")

    assert "open" not in apple.attributes
    assert "Steps on iPhone and iPad" in apple.text
    assert [item.text for item in apple.all("li")] == ["Settings > Focus.", "Switch it on."]
    assert "Put back: The same switch." in apple.text
    assert (only(apple.of_class("hint")).text, only(android.of_class("hint")).text) == (
        "from iOS 16",
        f"Samsung, from One UI 6.1 {words.NOT_CONFIRMED}",
    )
    assert len(list(questions(PAGE)["first"].all("details"))) == 2, "also those of a covered rule"


def test_the_statements_for_the_call_are_a_card() -> None:
    top = read(PAGE)
    cards = {
        item.attributes["id"]: [row.text for row in item.all("li")] for item in top.of_class("card")
    }

    assert cards == {
        "statements": ["Pause at any time.", "Go gently."],
        "afterwards": ["Rest a little."],
    }


def test_the_outcomes_are_the_words_of_the_terminal() -> None:
    found = [
        (item.attributes["data-outcome"], item.text)
        for item in read(PAGE).all()
        if "data-outcome" in item.attributes
    ]

    assert found == [
        *words.OUTCOME.items(),
        ("stop", words.STOP_HERE),
        ("unanswered", words.NOT_ANSWERED_YET),
        ("pause", "Nervous is normal."),
    ]


def test_hostile_text_stays_text() -> None:
    hostile = rule(
        "first",
        asks(f"{HOSTILE}?", hint=HOSTILE, quick=1),
        say=HOSTILE,
        settings=("quiet-phone",),
    )
    nasty = replaced(QUIET, title=HOSTILE)
    said = rule("said", phase="during", say=HOSTILE)
    page = render_handout((hostile, said), {QUIET.id: nasty})
    top = read(page)

    assert asked(page) == [f"{HOSTILE}?"]
    assert only(questions(page)["first"].of_class("hint")[:1]).text == HOSTILE
    assert HOSTILE in {item.text for item in top.all("h3")}
    assert HOSTILE in {item.text for item in top.all("li")}
    assert len(list(top.all("script"))) == 1
    assert not {name for item in top.all() for name in item.attributes if name.startswith("on")}


def test_style_and_script_stay_inside_their_elements() -> None:
    for name in ("handout.css", "handout.js"):
        text = (ROOT / "privacy_check" / "render" / "templates" / name).read_text(encoding="utf-8")
        assert text.isascii()
        assert "</" not in text
        assert "<!--" not in text


def test_the_page_itself_uses_calm_words() -> None:
    template = ROOT / "privacy_check" / "render" / "templates" / "handout.html"
    said = template.read_text(encoding="utf-8").lower()
    avoided = "safe secure anonymous partner victim fail score danger must never always proof sign"

    assert [word for word in avoided.split() if re.search(rf"\b{word}\b", said)] == []


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", css))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_schemes(scheme: str) -> None:
    first, _, rest = PAGE.partition("prefers-color-scheme: dark")
    found = colours(first if scheme == "light" else rest)

    for ground in (found["paper"], found["panel"]):
        assert contrast(found["ink"], ground) > 7
        assert contrast(found["soft"], ground) > 7
        assert contrast(found["line"], ground) > 3


def test_nothing_on_the_page_is_red() -> None:
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", PAGE):
        assert int(red, 16) <= int(max(green, blue), 16) + 16


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("profile", ["", *(name for name in PROFILES if name != "audit")])
def test_every_selected_question_of_the_rule_book_is_asked_once(
    profile: str, channel: str, book: RuleBook
) -> None:
    rules = select_rules(book, Wish(profile=profile, channel=channel))
    page = render_handout(rules, book.settings)
    wanted = prompts(rules)
    covered = {name for prompt in wanted for name in prompt.covers}

    assert sorted(asked(page)) == sorted(prompt.text for prompt in wanted)
    assert {rule.id for rule in rules if rule.question} == {*questions(page), *covered}
    assert not set(questions(page)) & covered
    assert len(read(page).of_class("group")[0].of_class("question")) == 7


def test_a8_text_leaves_camera_and_sound_out(book: RuleBook) -> None:
    rules = select_rules(book, Wish(profile="close", channel="text"))
    found = set(questions(render_handout(rules, book.settings)))

    assert not found & {"camera-framing", "headphones", "join-muted"}
    assert "hidden-photo-data" in found


def test_a9_a_call_for_care_asks_in_its_own_words(book: RuleBook) -> None:
    rules = select_rules(book, Wish(profile="care"))
    page = render_handout(rules, book.settings)

    assert "Has the other person asked you whether it may be recorded?" in asked(page)
    assert not set(questions(page)) & {"adults-only", "minors-never", "identifiable-body"}


def test_no_question_is_no_page() -> None:
    assert render_handout((RULES[-1],), {}) == ""


def test_the_page_can_be_made_from_a_zip_file(tmp_path: Path, start: Start) -> None:
    archive = tmp_path / "one.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in (ROOT / "privacy_check").rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                zipped.write(path, path.relative_to(ROOT))
    places = [archive, *(Path(m.__file__).parents[1] for m in (jinja2, markupsafe))]
    code = (
        "from privacy_check.render import handout; print(handout.__file__);"
        "print(handout._part('handout.css')[:5], len(handout._part('handout.js')) > 1000)"
    )
    result = start(code=code, variables={"PYTHONPATH": os.pathsep.join(map(str, places))})

    assert result.stdout.splitlines() == [
        str(archive / "privacy_check" / "render" / "handout.py"),
        ":root True",
    ]


RULE_FILE = """\
id = "quiet-room"
title = "The room is quiet"
phase = "prepare"
severity = "low"
profiles = ["close"]
channels = ["video"]
why = "A pop-up can be read by the other person."

[question]
text = "Is the room quiet?"
good = "yes"
hint = "Another room may help."

[[sources]]
title = "The source article"
kind = "article"
checked = 2026-11-22
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "rules" / "advice" / "prepare" / "quiet-room.toml"
    path.parent.mkdir(parents=True)
    path.write_text(RULE_FILE, encoding="utf-8")
    return tmp_path / "rules"


def call(folder: Path, *arguments: object) -> Result:
    given = ["handout", "--rules", folder, "--profile", "close", *arguments]
    return CliRunner().invoke(cli, [str(item) for item in given])


def test_the_page_is_printed_without_a_file(folder: Path) -> None:
    result = call(folder)

    assert result.exit_code == 0
    assert asked(result.stdout) == ["Is the room quiet?"]
    assert "One short question." in result.stdout


def test_a_handout_may_be_read_by_whom_the_umask_allows(folder: Path, tmp_path: Path) -> None:
    for umask, mode in ((0o022, 0o644), (0o077, 0o600)):
        file = tmp_path / f"{umask}.html"
        before = os.umask(umask)
        try:
            result = call(folder, "-o", file)
        finally:
            os.umask(before)

        assert (result.exit_code, result.stdout) == (0, "")
        assert file.stat().st_mode & 0o777 == mode
        assert file.read_text(encoding="ascii") == call(folder).stdout


def test_a_file_is_replaced_only_on_request(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.html"
    file.write_text("mine", encoding="utf-8")

    assert call(folder, "-o", file).exit_code == 2
    assert file.read_text(encoding="utf-8") == "mine"
    assert call(folder, "-o", file, "--force").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link.html"
    target.write_text("mine", encoding="utf-8")
    link.symlink_to(target)

    assert call(folder, "-o", link).exit_code == 2
    assert call(folder, "-o", link, "--force").exit_code == 0
    assert target.read_text(encoding="utf-8") == "mine"
    assert not link.is_symlink()


def test_rules_without_a_question_are_said_in_one_line(folder: Path) -> None:
    result = call(folder, "--channel", "voice")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "Error: These rules ask nothing for this kind of call.\n"


def test_an_audit_has_no_page(folder: Path) -> None:
    assert call(folder, "--profile", "audit").exit_code == 2
