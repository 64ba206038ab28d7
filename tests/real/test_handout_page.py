"""The page for a phone in a real Chromium: asked by keyboard, left at once, remembering nothing."""

from __future__ import annotations

import base64
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from programs import chromium
from programs.home import wait_until

from privacy_check.judge.answers import prompts, statuses
from privacy_check.judge.findings import judge
from privacy_check.judge.outcome import needs_care, outcome
from privacy_check.render import words
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Rule
from privacy_check.rulebook.select import Wish, select_rules

pytestmark = pytest.mark.real

Open = Callable[[], None]
ROOT = Path(__file__).resolve().parents[2]
NEUTRAL = "Checklist: packing"
SHIFT, TAB, ENTER = "\ue008", "\ue004", "\ue007"
PHONE, SMALL, WIDE = (390, 844), (320, 568), (1280, 800)
SHEET = (182, 269)
"""A sheet of A4 within its margins, in millimetres."""

HEAD = """\
id = "{id}"
title = "The rule {id}"
phase = "{phase}"
severity = "{severity}"
profiles = ["close"]
channels = ["video"]
why = "It is asked here."
{more}
[[sources]]
title = "A test"
where = "here"
kind = "project"
checked = 2026-11-22
"""
ASKS = '[question]\ntext = "{text}"\ngood = "{good}"\nhint = "A hint to {text}"\n{rest}\n'
USES = '[[settings]]\nid = "quiet-phone"\ninforms = true\n'
SETTING = """\
id = "quiet-phone"
title = "Do not disturb on the phone"
topic = "notifications"
about = "It holds back sounds."
[values]
on = "It is quiet."
[ios]
read = { by_hand = "Look on the phone itself." }
change = ["Settings > Focus."]
undo = ["The same switch."]
look = ["Open Settings and look."]
steps = "documented"
since = "iOS 16"
confidence = "documented"
tested_on = []
sources = [{ title = "A test", where = "here", kind = "project", checked = 2026-11-22 }]
"""


def asked(text: str, *rest: str, good: str = "yes", uses: str = "") -> str:
    return ASKS.format(text=text, good=good, rest="\n".join(rest)) + uses


SHORT = ("Have you asked?", "Are alerts off?", "Is anything not clear?")
QUESTIONS = {
    ("ask", "just-before", "high"): asked(SHORT[0], "quick = 1", "pause = true"),
    ("alerts", "just-before", "medium"): asked(SHORT[1], "quick = 2", uses=USES),
    ("unsure", "just-before", "high"): asked(SHORT[2], "quick = 3", "pause = true", good="no"),
    ("calm", "agree", "high"): asked("Are you calm?", "pause = true"),
    ("watched", "agree", "high"): asked("Does anyone look?", "care = true", good="no"),
    ("linked", "prepare", "high"): asked("Is it yours?", "may_not_apply = true", 'also = ["tied"]'),
    ("tied", "prepare", "low"): asked("Is it tied?", good="no"),
    ("light", "prepare", "low"): asked("Rather less light?", good="either"),
    ("closed", "after", "medium"): asked("Is it closed?"),
}
STATEMENTS = {
    ("gently", "during", "high"): 'say = "Go gently."',
    ("rest", "after", "low"): 'say = "Rest a little."',
    ("nervous-is-normal", "just-before", "info"): 'say = "Nervous is normal."',
}
SECRET = ("asked", "alerts", "clear", "calm", "gently", "Not sure", "call")
"""Words of the page that may not be there once it was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """The page as a person has it: a screen, a keyboard, and the browser's own buttons."""

    page: chromium.Page

    def open(self, address: str) -> None:
        self.page.open(address)

    def tell(self, expression: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it is
        return self.page.run(f"done({expression});", *arguments)

    def browser(self, command: str, **parameters: object) -> None:
        self.page.command("goog/cdp/execute", {"cmd": command, "params": parameters})

    def screen(self, size: tuple[int, int], scheme: str = "light", media: str = "") -> None:
        wide, high = size
        self.browser(
            "Emulation.setDeviceMetricsOverride",
            width=wide,
            height=high,
            deviceScaleFactor=1,
            mobile=wide < 500,
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.browser("Emulation.setEmulatedMedia", media=media, features=features)

    def press(self, *keys: str) -> None:
        """Press and let go of keys, one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.page.command("actions", {"actions": [{"type": "key", "id": "k", "actions": actions}]})

    def hold(self, *keys: str) -> None:
        """Press keys together and let go of them."""
        actions = [{"type": "keyDown", "value": key} for key in keys]
        actions += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self.page.command("actions", {"actions": [{"type": "key", "id": "k", "actions": actions}]})

    def touch(self, words: str) -> None:
        """Touch the button or link with these words where it lies on the screen."""
        found = self.tell(
            "(() => { const item = [...document.querySelectorAll('button, a:not(.unseen)')]"
            ".find(item => item.textContent.includes(arguments[0]) && item.checkVisibility());"
            "item.scrollIntoView({block: 'nearest'}); const box = item.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()",
            words,
        )
        x, y = (round(place) for place in found)
        steps = [
            {"type": "pointerMove", "duration": 0, "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        body = {"type": "pointer", "id": "p", "parameters": {"pointerType": "touch"}}
        self.page.command("actions", {"actions": [{**body, "actions": steps}]})

    def back(self) -> None:
        self.page.command("back", {})

    def forward(self) -> None:
        self.page.command("forward", {})

    def reload(self) -> None:
        self.page.command("refresh", {})

    def seen(self) -> str:
        """Return the text that is on the screen, or would be after scrolling."""
        return str(self.tell("document.body.innerText"))

    def focused(self) -> str:
        return str(self.tell("document.activeElement.textContent.trim()"))

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(str(self.page.command("screenshot", method="GET"))))

    def answer_short(self, *answers: str) -> None:
        self.touch("Begin")
        for answer in answers:
            self.touch(answer)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a rule folder with a few questions of every kind."""
    place = tmp_path_factory.mktemp("rules")
    for (name, phase, severity), more in {**QUESTIONS, **STATEMENTS}.items():
        path = place / "advice" / phase / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = HEAD.format(id=name, phase=phase, severity=severity, more=more)
        path.write_text(text, encoding="utf-8")
    (place / "settings").mkdir()
    (place / "settings" / "quiet-phone.toml").write_text(SETTING, encoding="utf-8")
    return place


def handout(file: Path, *arguments: str) -> Path:
    command = [sys.executable, "-m", "privacy_check", "handout", "-o", str(file), *arguments]
    run(command, cwd=ROOT, check=True, capture_output=True)
    return file


@pytest.fixture(scope="module")
def file(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page as the command writes it."""
    place = tmp_path_factory.mktemp("stick") / "list.html"
    return handout(place, "--rules", str(folder), "--profile", "close")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Page]:
    with chromium.settings_page(tmp_path_factory.mktemp("home")) as page:
        yield page


@pytest.fixture
def tab(browser: chromium.Page, file: Path) -> Tab:
    """Give a tab that came from another page and shows the handout on a phone's screen."""
    tab = Tab(page=browser)
    tab.browser("Emulation.setScriptExecutionDisabled", value=False)
    tab.screen(PHONE)
    tab.open("about:blank")
    tab.open(file.as_uri())
    return tab


def assert_neutral(tab: Tab) -> None:
    """Nothing of the page is in sight, in the document, or in its address."""
    document = str(tab.tell("document.documentElement.outerHTML"))
    body = str(tab.tell("document.body.textContent"))
    assert tab.seen().startswith(NEUTRAL)
    assert [word for word in SECRET if word in body] == []
    assert "<script" not in document
    assert "question" not in document.partition("</style>")[2]
    assert str(tab.tell("location.href")).endswith("#list")
    assert tab.tell("document.title") == "Checklist"


def test_the_questions_are_answered_by_keyboard_alone(tab: Tab) -> None:
    tab.press(TAB)
    assert tab.focused() == "Leave this page"
    tab.press(TAB, TAB)
    assert tab.focused() == "Begin"
    tab.press(ENTER)
    for place, question in enumerate(SHORT, 1):
        assert tab.focused() == question
        assert tab.tell("document.getElementById('state').textContent") == f"{place} of 3"
        assert f"A hint to {question}" in tab.seen()
        assert all(other not in tab.seen() for other in SHORT if other != question)
        tab.press(TAB)
        if tab.focused().startswith("Steps on"):
            tab.press(ENTER)
            assert "Settings > Focus." in tab.seen()
            tab.press(TAB)
        assert tab.focused() == "\u2713 yes"
        tab.press(*([TAB] if question == SHORT[2] else []), ENTER)
    assert tab.focused() == "Where you are now"
    assert words.NOT_ANSWERED_YET in tab.seen(), "a pause question is still open"
    assert "Are you calm?" in tab.seen()
    tab.press(TAB, ENTER)
    assert tab.focused() == "Are you calm?"
    tab.press(TAB, ENTER)
    assert tab.focused() == "Does anyone look?"
    tab.press(TAB, TAB, ENTER)
    assert tab.focused() == "Is it yours?"
    tab.press(TAB, TAB, TAB, TAB, TAB)
    assert tab.focused() == "\u2013 does not apply"
    tab.press(ENTER, TAB, ENTER)
    assert words.OUTCOME["ready-if-you-both-are"] in tab.seen()
    assert "not answered" not in tab.seen()


def test_what_has_the_focus_is_marked(tab: Tab) -> None:
    tab.press(TAB, TAB, TAB)
    style = "getComputedStyle(document.activeElement)"
    assert tab.tell(f"[{style}.outlineStyle, {style}.outlineWidth]") == ["solid", "3px"]


def test_a5_one_not_sure_is_a_calm_pause(tab: Tab) -> None:
    tab.answer_short("yes", "yes", "not sure")
    seen = tab.seen()

    assert words.OUTCOME["pause"] in seen
    assert "Nervous is normal." in seen
    assert f"A hint to {SHORT[2]}" in seen
    assert words.OUTCOME["ready-if-you-both-are"] not in seen
    assert "Before the call it helps to know" not in seen


def test_skipping_everything_is_never_ready(tab: Tab) -> None:
    tab.answer_short("skip", "skip", "skip")
    seen = tab.seen()

    assert words.NOT_ANSWERED_YET in seen
    assert "7 questions are not answered." in seen
    assert all(question in seen for question in SHORT)


def test_an_answer_can_be_taken_back(tab: Tab) -> None:
    tab.answer_short("no")
    tab.touch("Back")
    assert tab.focused() == SHORT[0]
    for answer in ("yes", "yes", "no"):
        tab.touch(answer)
    assert words.OUTCOME["pause"] not in tab.seen()


def test_r4_an_answer_about_control_holds_steps_back(tab: Tab) -> None:
    tab.answer_short("yes", "yes", "no")
    tab.touch("More questions")
    tab.touch("yes")
    tab.touch("not sure")
    tab.touch("To the end")
    assert words.CHANGE_MAY_BE_NOTICED in tab.seen()
    shown = "[...document.querySelectorAll('.steps')].filter(s => s.checkVisibility()).length"
    assert tab.tell(shown) == 0
    tab.touch("Start again")
    tab.answer_short("yes")
    assert tab.tell(shown) == 1


def test_statements_for_the_call_and_the_part_after_it(tab: Tab) -> None:
    tab.answer_short("yes", "yes", "no")
    tab.touch("During the call")
    assert "Go gently." in tab.seen()
    tab.touch("Back to the end")
    tab.touch("Questions for after the call")
    assert tab.focused() == "Is it closed?"
    tab.touch("yes")
    assert "Rest a little." in tab.seen()


def by_button(tab: Tab) -> None:
    tab.touch("Leave")


def by_shift(tab: Tab) -> None:
    tab.press(SHIFT, SHIFT, SHIFT)


def by_x(tab: Tab) -> None:
    tab.press("x", "x", "x")


def by_hidden_link(tab: Tab) -> None:
    tab.tell("document.querySelector('.unseen').focus()")
    tab.press(ENTER)


@pytest.mark.parametrize("leave", [by_button, by_shift, by_x, by_hidden_link])
def test_d4_leaving_the_page_covers_everything(tab: Tab, leave: Callable[[Tab], None]) -> None:
    tab.answer_short("yes", "no")
    start = time.monotonic()
    leave(tab)
    assert_neutral(tab)
    assert time.monotonic() - start < 1
    tab.back()
    assert tab.tell("location.href") == "about:blank"
    tab.forward()
    assert_neutral(tab)
    tab.reload()
    assert_neutral(tab)
    tab.press(TAB, ENTER)
    assert_neutral(tab)


def test_d4_the_page_can_be_left_from_every_screen(tab: Tab, file: Path) -> None:
    for path in ((), ("Begin",), ("Begin", "To the end"), ("Begin", "To the end", "During the")):
        tab.open("about:blank")
        tab.open(file.as_uri())
        for words_on_it in path:
            tab.touch(words_on_it)
        box = tab.tell("document.querySelector('header .leave').getBoundingClientRect().toJSON()")
        assert box["top"] >= 0
        assert box["height"] >= 44
        tab.touch("Leave")
        assert_neutral(tab)


def test_d4_the_button_stays_in_view_when_scrolled(tab: Tab) -> None:
    tab.screen((320, 256))
    tab.answer_short("no", "no", "yes")
    tab.tell("window.scrollTo(0, document.body.scrollHeight)")
    assert tab.tell("window.scrollY") > 100
    assert tab.tell("document.querySelector('header .leave').getBoundingClientRect().top") >= 0


def test_other_keys_in_between_do_not_leave(tab: Tab) -> None:
    tab.touch("Begin")
    tab.press(SHIFT, SHIFT, "a", SHIFT)
    tab.hold(SHIFT, TAB)
    tab.hold(SHIFT, TAB)
    tab.hold(SHIFT, TAB)
    tab.press("x", SHIFT, "x")
    assert SHORT[0] in tab.seen()


def test_three_slow_presses_do_not_leave(tab: Tab) -> None:
    tab.touch("Begin")
    tab.press(SHIFT, SHIFT)
    time.sleep(5.2)
    tab.press(SHIFT)
    assert SHORT[0] in tab.seen()
    tab.press(SHIFT, SHIFT)
    assert_neutral(tab)


def test_b7_nothing_is_remembered(tab: Tab, file: Path) -> None:
    tab.answer_short("not sure", "no", "yes")
    kept = (
        "Promise.all([indexedDB.databases(), localStorage.length, sessionStorage.length,"
        " document.cookie, history.state, location.hash]).then(done)"
    )
    assert tab.page.run(kept) == [[], 0, 0, "", None, ""]
    tab.reload()
    assert "Begin" in tab.seen()
    tab.touch("Begin")
    assert tab.focused() == SHORT[0]
    tab.touch("To the end")
    assert "7 questions are not answered." in tab.seen()
    assert [item.name for item in file.parent.iterdir()] == [file.name]


def test_b1_with_scripts_off_the_questions_are_a_list(tab: Tab, file: Path) -> None:
    tab.open("about:blank")
    tab.browser("Emulation.setScriptExecutionDisabled", value=True)
    tab.open(file.as_uri())
    shown = tab.seen()
    for question in (*SHORT, "Are you calm?", "Is it closed?"):
        assert shown.count(question) == 2, "once asked, once in its hint"
    assert shown.count("not sure") == 8
    assert "does not apply" in shown
    assert "Go gently." in shown
    assert "Begin" not in shown
    tab.touch("Leave")
    assert tab.seen().startswith(NEUTRAL)
    assert "Have you asked?" not in tab.seen()


@contextmanager
def served(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve the page on this machine, and note what is asked for."""
    wanted: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted.append(self.path)
            data = file.read_bytes() if self.path == "/list" else b"<title>Other</title>Other"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", wanted
    finally:
        server.shutdown()
        server.server_close()


def test_a2_nothing_is_asked_of_any_server(tab: Tab, file: Path) -> None:
    with served(file) as (address, wanted):
        tab.open(f"{address}/list")
        tab.answer_short("yes", "no", "not sure")
        tab.touch("Leave")
        assert_neutral(tab)
        kinds = "performance.getEntries().filter(e => e.entryType === 'resource').length"
        assert tab.tell(kinds) == 0
        time.sleep(0.5)
        assert wanted == ["/list"]


def test_d4_a_page_from_the_browsers_memory_is_neutral(tab: Tab, file: Path) -> None:
    with served(file) as (address, wanted):
        tab.open(f"{address}/list")
        tab.tell("window.same = true")
        stored = "addEventListener('pagehide', () => { window.stored = document.body.textContent })"
        tab.tell(stored)
        tab.answer_short("yes", "no")
        tab.open(f"{address}/other")
        tab.back()
        wait_until("the page", lambda: "packing" in tab.seen())
        assert tab.tell("window.same === true"), "it was restored, not loaded"
        assert not [word for word in SECRET if word in str(tab.tell("window.stored"))]
        assert_neutral(tab)
        assert wanted.count("/list") == 1


def test_the_browser_has_nothing_to_complain_about(tab: Tab) -> None:
    tab.page.command("se/log", {"type": "browser"})
    tab.reload()
    tab.answer_short("yes", "yes", "no")
    assert tab.page.command("se/log", {"type": "browser"}) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_b2_every_screen_fits_a_narrow_phone(tab: Tab, direction: str) -> None:
    tab.screen(SMALL)
    tab.tell(f"document.documentElement.dir = '{direction}'")
    for words_on_it in ("", "Begin", "yes", "Steps on", "To the end", "During the call"):
        if words_on_it == "Steps on":
            tab.tell("document.querySelector('.now summary').click()")
        elif words_on_it:
            tab.touch(words_on_it)
        assert tab.tell("document.documentElement.scrollWidth") <= SMALL[0]
    size = "Math.min(...[...document.querySelectorAll('body *')].filter(e => e.checkVisibility())"
    assert tab.tell(f"{size}.map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 16
    left = tab.tell("document.querySelector('header .leave').getBoundingClientRect().left")
    assert (left < SMALL[0] / 2) == (direction == "rtl")


def test_the_answers_stay_in_the_same_place(tab: Tab) -> None:
    tab.touch("Begin")
    places = []
    for _ in SHORT:
        places.append(tab.tell("document.querySelector('[data-answer=yes]').offsetTop"))
        tab.touch("skip")
    assert len(set(places)) == 1


def shipped_file(place: Path) -> Path:
    return handout(place / "shipped.html", "--profile", "close")


def test_b6_the_first_sheet_is_whole(tab: Tab, tmp_path: Path) -> None:
    tab.open(shipped_file(tmp_path).as_uri())
    tab.answer_short("yes")
    wide, high = (round(length / 25.4 * 96) for length in SHEET)
    tab.screen((wide, high), scheme="dark", media="print")
    boxes = "[...document.querySelectorAll('.boxes span')].filter(b => b.checkVisibility()).length"
    style = "getComputedStyle(document.body)"

    assert tab.tell("document.getElementById('statements').getBoundingClientRect().bottom") < high
    assert tab.tell(boxes) > 7 * 3
    assert tab.tell(f"[{style}.color, {style}.backgroundColor]") == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]
    assert tab.tell(f"{style}.fontSize") == "16px", "12 points"
    assert tab.seen().splitlines()[0] == "Call checklist"
    assert "Begin" not in tab.seen()
    assert tab.tell("document.documentElement.scrollWidth") <= wide


CLICKS = """
const click = name => document.querySelector(name).click();
const said = [];
for (const given of arguments[0]) {
  click("[data-does=again]");
  click("[data-does=begin]");
  for (;;) {
    while (!document.getElementById("panel").hidden) {
      const id = document.querySelector(".question.now").dataset.id;
      click(`[data-answer="${given[id]}"]`);
    }
    const more = document.querySelector("[data-ask=more]");
    if (!more || more.hidden) { break; }
    more.click();
  }
  const shown = [...document.querySelectorAll("#ending p[data-outcome]")].filter(p => !p.hidden);
  const kind = { stop: "pause", unanswered: "review-first" };
  const word = shown[0].dataset.outcome;
  said.push([kind[word] || word, !document.getElementById("noticed").hidden]);
}
done(said);
"""


def some_answers(rules: tuple[Rule, ...], luck: random.Random) -> dict[str, str]:
    """Return answers to all questions, most of them good ones."""
    given = {}
    for prompt in prompts(rules):
        good = "yes" if prompt.question.good == "either" else prompt.question.good
        kinds = ["yes", "no", "unsure", "skip", *(["n-a"] * prompt.question.may_not_apply)]
        given[prompt.rule.id] = luck.choice(kinds) if luck.random() < 0.12 else good
    return given


def expected(rules: tuple[Rule, ...], given: dict[str, str]) -> list[object]:
    skipped = {
        name
        for prompt in prompts(rules)
        if given[prompt.rule.id] == "skip"
        for name in (prompt.rule.id, *prompt.covers)
    }
    findings = judge(rules, (), asks=True, answers=statuses(rules, given))
    word = outcome(findings, checked=1, skipped=skipped).word
    return [word, needs_care(findings, skipped)]


def test_the_page_and_the_terminal_come_to_the_same_outcome(tab: Tab, folder: Path) -> None:
    book = load([folder]).book
    assert book is not None
    rules = select_rules(book, Wish(profile="close"))
    luck = random.Random(20261122)
    all_given = [some_answers(rules, luck) for _ in range(300)]
    wanted = [expected(rules, given) for given in all_given]

    assert tab.page.run(CLICKS, all_given) == wanted
    assert {str(word) for word, _ in wanted} == set(words.OUTCOME)
