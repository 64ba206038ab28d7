"""Which rules a wish selects, and which rows they need."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path

import pytest
from rule_folders import RULE, SETTING, call

from privacy_check.record import replaced
from privacy_check.rulebook.decode import decode
from privacy_check.rulebook.documents import Document
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Edition, Question, Rule, RuleBook, Setting
from privacy_check.rulebook.select import Wish, places, plan, select_rules
from privacy_check.rulebook.vocabulary import ASKING, CHANNELS, PHASES, PROFILES


def rule(name: str, **changes: object) -> Rule:
    raw = {**tomllib.loads(RULE), "id": name, **changes}
    (entry,) = decode([document("advice", raw)]).rules
    return entry.record


def setting(name: str, *rows: str) -> Setting:
    """Return a setting whose rows are named `linux`, `linux/gnome` and so on."""
    raw = tomllib.loads(SETTING)
    form = raw.pop("linux")
    for row in rows:
        platform, _, variant = row.partition("/")
        raw |= {platform: {**raw.get(platform, {}), variant: form} if variant else form}
    (entry,) = decode([document("settings", {**raw, "id": name})]).settings
    return entry.record


def document(kind: str, raw: dict[str, object]) -> Document:
    return Document(kind=kind, file="x.toml", stem="x", folder="", raw=raw, lines={})


def use(*names: str) -> list[dict[str, object]]:
    return [{"id": name, "informs": True} for name in names]


BOOK = RuleBook(
    edition=Edition(version="1", date=dt.date(2026, 11, 22)),
    rules=(
        rule("after-text", phase="after", channels=["text"], settings=use("b")),
        rule("all", profiles=list(PROFILES), channels=list(CHANNELS), settings=use("b", "a")),
        rule("care-only", profiles=["care"], settings=[]),
        rule("close-and-care", profiles=["close", "care"], settings=use("a", "c")),
        rule("close-only", profiles=["close"], settings=use("d")),
    ),
    settings={
        "a": setting("a", "linux"),
        "b": setting("b", "linux/gnome", "linux/plasma", "windows"),
        "c": setting("c", "ios"),
        "d": setting("d", "linux"),
    },
    programs={},
)


def chosen(**wish: str) -> list[str]:
    return [item.id for item in select_rules(BOOK, Wish(**wish))]


def test_no_profile_leaves_out_what_is_for_close_alone() -> None:
    assert chosen() == ["all", "care-only", "close-and-care"]


@pytest.mark.parametrize(
    ("profile", "wanted"),
    [
        ("close", ["all", "close-and-care", "close-only"]),
        ("care", ["all", "care-only", "close-and-care"]),
        ("legal", ["all"]),
        ("audit", ["all"]),
    ],
)
def test_a_profile_takes_its_own_rules(profile: str, wanted: list[str]) -> None:
    assert chosen(profile=profile) == wanted


def test_a_channel_takes_its_own_rules() -> None:
    assert chosen(channel="text") == ["after-text", "all"]
    assert chosen(channel="voice") == ["all", "care-only", "close-and-care"]


def test_a_phase_takes_its_own_rules() -> None:
    assert chosen(channel="text", phase="after") == ["after-text"]
    assert chosen(phase="agree") == []


def rows(platform: str, **wish: str) -> list[tuple[str, str]]:
    planned = plan(BOOK, select_rules(BOOK, Wish(**wish)), platform)
    return [(place.setting.id, place.variant.row) for place in planned]


def test_every_row_is_read_once_and_only_if_a_rule_needs_it() -> None:
    assert rows("linux") == [("a", "linux"), ("b", "linux/gnome"), ("b", "linux/plasma")]
    assert rows("windows") == [("b", "windows")]
    assert rows("ios") == [("c", "ios")]
    assert rows("android") == []
    assert rows("linux", phase="agree") == []
    assert ("d", "linux") in rows("linux", profile="close")


def test_rows_come_in_the_order_of_their_settings() -> None:
    names = [f"s{i}" for i in range(10, 30)]
    book = replaced(
        BOOK,
        rules=(rule("all", settings=use(*reversed(names))),),
        settings={name: setting(name, "linux") for name in reversed(names)},
    )
    assert [place.setting.id for place in plan(book, book.rules, "linux")] == names


def test_the_rows_of_given_settings_keep_their_order() -> None:
    given = (BOOK.settings["b"], BOOK.settings["a"])
    found = [place.variant.row for place in places(given, "linux")]
    assert found == ["linux/gnome", "linux/plasma", "linux"]


def shipped() -> RuleBook:
    book = load([]).book
    assert book is not None
    return book


def test_the_shipped_rules_leave_nobody_out() -> None:
    book = shipped()
    wishes = [
        Wish(profile=profile, channel=channel) for profile in PROFILES for channel in CHANNELS
    ]
    taken = {item.id for wish in wishes for item in select_rules(book, wish)}
    assert taken == {item.id for item in book.rules}
    assert all(select_rules(book, wish) for wish in wishes)
    for_close = {item.id for item in book.rules if item.profiles == ("close",)}
    assert not for_close & {item.id for item in select_rules(book, Wish())}
    by_phase = [item.id for phase in PHASES for item in select_rules(book, Wish(phase=phase))]
    assert sorted(by_phase) == sorted(item.id for item in select_rules(book, Wish()))


def test_an_audit_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "home/sam").mkdir(parents=True)
    result = call(
        *("run", "--profile", "audit", "--format", "json", "--root", tmp_path),
        *("--home", "/home/sam"),
    )
    report = json.loads(result.stdout)
    assert {finding["rule"] for finding in report["findings"]} == {
        item.id for item in shipped().rules if "audit" in item.profiles
    }
    assert report["coverage"]["rules"]["asked"] == 0
    assert all(finding["answer"] in (None, "notselected") for finding in report["findings"])
    by_id = {item.id: item for item in shipped().rules}
    assert all(by_id[finding["rule"]].settings for finding in report["findings"])
    text = call("run", "--profile", "audit", "--all", "--root", tmp_path, "--home", "/home/sam")
    assert "To answer" not in text.stdout
    said = " ".join(text.stdout.split())
    assert not any(item.question.text in said for item in by_id.values() if item.question)


def test_other_profiles_do_ask(tmp_path: Path) -> None:
    (tmp_path / "home/sam").mkdir(parents=True)
    at = ("--root", tmp_path, "--home", "/home/sam")
    report = json.loads(call("run", "--format", "json", *at).stdout)
    asked = {finding["rule"] for finding in report["findings"] if finding["answer"]}
    wanted = {item.id for item in select_rules(shipped(), Wish()) if item.question}
    assert asked == wanted != set()
    answers = {finding["answer"] for finding in report["findings"]}
    assert answers == {"notchecked", None}


ASKS = {"text": "Is it so?", "good": "yes", "hint": "Look.", "also": ["b"], "asked_as": "Is it?"}
OTHER_WORDS = {"text": "Is it so there?", "may_not_apply": True, "also": ["c"]}


def worded(profile: str = "", channel: str = "video", *instead: dict[str, object]) -> Question:
    """Return the question of a rule in the words for a call."""
    question = {**ASKS, "instead": list(instead)}
    made = rule("q", profiles=list(ASKING), channels=list(CHANNELS), settings=[], question=question)
    chosen_rules = select_rules(
        replaced(BOOK, rules=(made,)), Wish(profile=profile, channel=channel)
    )
    (found,) = chosen_rules
    assert found.question
    return found.question


@pytest.mark.parametrize("profile", ["", *ASKING])
@pytest.mark.parametrize("channel", CHANNELS)
def test_other_words_are_for_the_profiles_and_channels_they_name(
    profile: str, channel: str
) -> None:
    ways = {
        "profile": ({"profiles": ["care", "legal"]}, profile in ("care", "legal")),
        "channel": ({"channels": ["text"]}, channel == "text"),
        "both": (
            {"profiles": ["care"], "channels": ["voice", "text"]},
            profile == "care" and channel in ("voice", "text"),
        ),
    }
    for given, takes in ways.values():
        found = worded(profile, channel, {**given, **OTHER_WORDS})
        assert found.text == (OTHER_WORDS["text"] if takes else ASKS["text"])
        assert found.asked_as == ("" if takes else "Is it?")
        assert found.also == (("c",) if takes else ("b",))
        assert found.may_not_apply == takes
        assert found.hint == "Look."
        assert found.good == "yes"


def test_other_words_may_be_a_hint_alone_and_then_the_rest_stays() -> None:
    found = worded("care", "video", {"profiles": ["care"], "hint": "Ask there."})

    assert found == replaced(worded("legal"), hint="Ask there.", instead=found.instead)
    assert (found.text, found.asked_as, found.also) == ("Is it so?", "Is it?", ("b",))
    assert not found.may_not_apply


def test_other_words_may_bring_a_hint_of_their_own() -> None:
    found = worded("care", "video", {"profiles": ["care"], "hint": "There.", **OTHER_WORDS})

    assert (found.text, found.hint) == ("Is it so there?", "There.")


def test_of_several_other_words_the_first_that_fit_are_taken() -> None:
    first = {"profiles": ["care"], "channels": ["text"], "text": "First?"}
    second = {"channels": ["text"], "text": "Second?"}

    assert worded("care", "text", first, second).text == "First?"
    assert worded("legal", "text", first, second).text == "Second?"
    assert worded("care", "voice", first, second).text == "Is it so?"
