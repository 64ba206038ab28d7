"""Two reports compared: what was put right, what is still open, and files that are no report."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from asking import NOW, ROOT, book, reported
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.judge.findings import Row
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value
from privacy_check.record import replaced
from privacy_check.render import words
from privacy_check.render.json import render_report
from privacy_check.render.json_schema import SCHEMAS
from privacy_check.render.markdown import render_markdown
from privacy_check.render.page import Page
from privacy_check.render.text import render_all, render_text
from privacy_check.report.build import Report
from privacy_check.report.exits import exit_code
from privacy_check.report.since import Earlier, EarlierReportError, compared, read_earlier
from privacy_check.rulebook.reads import ByHand
from privacy_check.rulebook.records import Applies, Form, Rule, Setting, Source, Use, Variant
from privacy_check.rulebook.select import Place, Wish

Start = Callable[..., subprocess.CompletedProcess[str]]
SOURCE = Source(title="A test", checked=dt.date(2026, 11, 22))
LATER = NOW + dt.timedelta(hours=2)
GNOME = {"XDG_CURRENT_DESKTOP": "GNOME", "COLUMNS": "80"}
MANY = 1 << 26


def value(word: str, number: str = "") -> Value:
    return Value(word=word, where="there", as_of=NOW, number=number)


UNSEEN = Unreadable(reason="it may not be read")
ABSENT = NotApplicable(reason="it is not here")
NOT_SET = Unset(word="off", where="there", as_of=NOW)


def row(name: str, reading: Reading, variant: str = "linux", topic: str = "notifications") -> Row:
    form = Form(
        name="",
        applies=Applies(),
        read=ByHand(reason="-"),
        map={},
        unset="",
        whole=(),
        change=("Turn it off.",),
        undo=("Set it to {raw} minutes.",),
        command="",
        undo_command="tool --set {raw}",
        steps="verified",
        confidence="verified",
        tested_on=(),
        sources=(SOURCE,),
        limits="",
        cases=(),
    )
    made = Variant(row=variant, form=form)
    said = {"on": "It is on.", "off": "It is off.", "often": "It comes up often."}
    setting = Setting(id=name, title=f"Setting {name}", topic=topic, values=said, variants=(made,))
    return Row(place=Place(setting=setting, variant=made), reading=reading)


def report(*rows: Row) -> Report:
    rules = [
        Rule(
            id=f"about-{name}",
            title=f"About {name}",
            phase="prepare",
            severity="high",
            profiles=("care",),
            channels=("video",),
            why="Why.",
            sources=(SOURCE,),
            settings=(Use(id=name, good=("off",)),),
        )
        for name in dict.fromkeys(row.place.setting.id for row in rows)
    ]
    return reported(rules, rows, Wish())


def earlier(*rows: Row) -> Earlier:
    return read_earlier(render_report(report(*rows)))


def after(then: Reading, now: Reading) -> Report:
    return compared(report(row("a", now)), earlier(row("a", then)))


def kinds(found: Report) -> list[str]:
    assert found.since is not None
    return [change.kind for change in found.since.changes]


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        (value("on"), value("off"), "fixed"),
        (value("on"), NOT_SET, "fixed"),
        (value("on"), value("on"), "open"),
        (value("on"), value("often"), "open"),
        (value("off"), value("on"), "new"),
        (UNSEEN, value("on"), "new"),
        (ABSENT, value("on"), "new"),
        (value("on"), UNSEEN, "lost"),
        (value("on"), ABSENT, "lost"),
        (value("on"), value(""), "lost"),
        (value("off"), value("off"), ""),
        (value("off"), NOT_SET, ""),
        (value("off"), UNSEEN, ""),
        (UNSEEN, value("off"), ""),
        (UNSEEN, UNSEEN, ""),
    ],
)
def test_what_became_of_a_row(then: Reading, now: Reading, kind: str) -> None:
    assert kinds(after(then, now)) == ([kind] if kind else [])


def test_another_value_that_only_informs_is_a_change() -> None:
    then, now = row("a", value("on")), row("a", value("often"))
    told = [replaced(rule, settings=(Use(id="a", informs=True),)) for rule in rules_of(report(now))]
    earlier_one = read_earlier(render_report(reported(told, [then], Wish())))

    assert kinds(compared(reported(told, [now], Wish()), earlier_one)) == ["changed"]


def rules_of(found: Report) -> list[Rule]:
    return [finding.rule for finding in found.findings]


def test_only_what_was_worth_a_look_and_is_good_now_is_fixed() -> None:
    assert [item.status for item in after(value("on"), value("off")).findings] == ["fixed"]
    for then, now in (("off", "off"), ("off", "on"), ("on", "on")):
        assert after(value(then), value(now)).findings[0].status != "fixed"
    assert after(UNSEEN, value("off")).findings[0].status == "pass"
    assert after(value("on"), UNSEEN).findings[0].status == "error"


def judged_anew(now: Report, *good: str) -> Report:
    """Return the report as other rules see the same rows."""
    told = [replaced(rule, settings=(Use(id="a", good=good),)) for rule in rules_of(now)]
    return reported(told, now.rows, Wish())


def test_the_same_value_is_not_fixed_where_only_the_advice_changed() -> None:
    for then, now in (("on", "on"), ("often", "often")):
        found = judged_anew(report(row("a", value(now))), "off", "on", "often")
        found = compared(found, earlier(row("a", value(then))))
        assert kinds(found) == []
        assert found.findings[0].status == "pass"
        assert words.STATUS["fixed"] not in render_text(found, Page())


def test_another_value_that_the_advice_calls_good_now_is_fixed() -> None:
    found = judged_anew(report(row("a", value("often"))), "off", "often")

    assert kinds(compared(found, earlier(row("a", value("on"))))) == ["fixed"]


@pytest.mark.parametrize("platform", ["windows", "linux/other"])
def test_the_report_of_another_system_or_desktop_fixes_nothing(platform: str) -> None:
    found = compared(report(row("a", value("off"))), earlier(row("a", value("on"), platform)))

    assert kinds(found) == []
    assert [item.status for item in found.findings] == ["pass"]


@pytest.mark.parametrize("then", [UNSEEN, ABSENT, value("off"), NOT_SET])
def test_what_was_not_worth_a_look_then_is_not_fixed(then: Reading) -> None:
    assert after(then, value("off")).findings[0].status == "pass"


@pytest.mark.parametrize("now", [UNSEEN, ABSENT, value("")])
def test_a_rule_is_not_fixed_while_one_of_its_rows_cannot_be_told(now: Reading) -> None:
    """One row is good now; what became of the other one nobody knows."""
    then = earlier(row("a", value("on"), "linux/one"), row("a", value("on"), "linux/two"))
    found = compared(report(row("a", value("off"), "linux/one"), row("a", now, "linux/two")), then)

    assert kinds(found) == ["fixed", "lost"]
    assert found.findings[0].status != "fixed"
    without = compared(report(row("a", value("off"), "linux/one")), then)
    assert kinds(without) == ["fixed"]
    assert without.findings[0].status == "pass"


def test_a_rule_is_fixed_once_all_that_was_worth_a_look_is() -> None:
    then = [row("a", value("on"), f"linux/{name}") for name in ("one", "two")]
    then.append(row("a", value("off"), "linux/three"))
    now = [row("a", value("off"), f"linux/{name}") for name in ("one", "two", "three")]

    assert compared(report(*now), earlier(*then)).findings[0].status == "fixed"


@pytest.mark.parametrize(
    ("rule", "row_then"), [("fail", "pass"), ("pass", "fail"), ("error", "fail")]
)
def test_a_rule_is_fixed_only_if_it_and_its_row_were_worth_a_look(rule: str, row_then: str) -> None:
    """A report that somebody changed may say one without the other."""
    wire = json.loads(render_report(report(row("a", value("on")))))
    (finding,) = wire["findings"]
    finding["status"] = rule
    finding["settings"][0]["status"] = row_then
    found = compared(report(row("a", value("off"))), read_earlier(json.dumps(wire)))

    assert found.findings[0].status == "pass"


def test_the_comparison_stands_in_every_kind_of_text() -> None:
    found = after(value("on"), value("off"))
    for text in (render_text(found, Page()), render_all(found, Page()), render_markdown(found)):
        assert "Compared with your report of" in text
        assert words.STATUS["fixed"] in text
        assert "Then: It is on." in text


def test_what_is_fixed_still_says_what_a_good_result_does_not_show() -> None:
    found = after(value("on"), value("off"))
    (fixed,) = found.findings
    rule = replaced(fixed.rule, limits="A watch can still ring.")
    found = replaced(found, findings=(replaced(fixed, rule=rule),))

    assert fixed.status == "fixed"
    assert "A watch can still ring." in render_all(found, Page())
    assert f"- [x] {rule.title}. A watch can still ring." in render_markdown(found)


def test_a_row_named_twice_counts_as_what_it_was_at_worst() -> None:
    wire = json.loads(render_report(report(row("a", value("off")))))
    (finding,) = wire["findings"]
    (good,) = finding["settings"]
    bad = {**good, "status": "fail", "value": "on"}
    for rows in ([good, bad], [bad, good]):
        wire["findings"] = [{**finding, "status": "fail", "settings": rows}]
        found = compared(report(row("a", value("off"))), read_earlier(json.dumps(wire)))
        assert kinds(found) == ["fixed"]


def test_a_row_that_one_report_does_not_know_is_left_out() -> None:
    found = compared(
        report(row("a", value("on")), row("b", value("on"))), earlier(row("c", ABSENT))
    )

    assert kinds(found) == []
    assert "Nothing that both reports know" in render_text(found, Page())


def test_the_same_setting_of_another_program_is_another_row() -> None:
    then = earlier(row("a", value("on"), "linux/gnome"))
    now = report(row("a", value("off"), "linux/gnome"), row("a", value("on"), "linux/sway"))

    assert kinds(compared(now, then)) == ["fixed"]


def test_put_back_tells_the_number_that_was_there_then() -> None:
    found = after(value("on", number="15"), value("off", number="0"))
    text = render_text(found, Page())
    (change,) = json.loads(render_report(found))["since"]["changes"]

    assert "Set it to 15 minutes." in text
    assert "tool --set 15" in text
    assert change["put_back"] == ["Set it to 15 minutes.", "tool --set 15"]
    assert change["before"] == "on"
    assert change["value"] == "off"


def test_nobody_is_told_to_take_a_protection_away_again() -> None:
    then = earlier(row("a", value("on", number="15"), topic="lock"))
    found = compared(report(row("a", value("off", number="0"), topic="lock")), then)
    (change,) = json.loads(render_report(found))["since"]["changes"]

    assert kinds(found) == ["fixed"]
    assert change["put_back"] == [words.LEAVE_IT]
    assert "15" not in render_text(found, Page())


FOR_A_CALL = {"notifications"}


def test_only_what_is_changed_for_a_call_is_ever_put_back() -> None:
    """The topics of the shipped settings: for all but one it can stay as it is."""
    topics = {setting.topic for setting in book().settings.values()}
    told = set()
    for topic in topics:
        then = earlier(row("a", value("on", number="15"), topic=topic))
        found = compared(report(row("a", value("off", number="0"), topic=topic)), then)
        text = render_text(found, Page())
        (change,) = json.loads(render_report(found))["since"]["changes"]
        assert ("If it was only for the call: " in text) == (change["put_back"] != [words.LEAVE_IT])
        told |= {topic} if change["put_back"] != [words.LEAVE_IT] else set()

    assert topics >= FOR_A_CALL
    assert told == FOR_A_CALL


@pytest.mark.parametrize("now", [value("on"), value("often"), UNSEEN])
def test_only_what_is_fixed_is_put_back(now: Reading) -> None:
    text = render_text(after(value("on", number="15"), now), Page())

    assert "If it was only for the call" not in text
    assert "tool --set" not in text


def test_where_no_number_is_known_none_is_made_up() -> None:
    text = render_text(after(value("on"), value("off", number="30")), Page())

    assert "30" not in text.replace("14:00", "")
    assert "tool --set" not in text


NO_NUMBERS = ("5; rm -rf x", "$(x)", "1 2", "\N{FULLWIDTH DIGIT FIVE}", "1e9", "-", "", " 5", "5\n")


@pytest.mark.parametrize("raw", [*NO_NUMBERS, 5, ["5"], None])
def test_a_changed_number_in_the_file_reaches_no_command(raw: object) -> None:
    wire = json.loads(render_report(report(row("a", value("on", number="15")))))
    wire["findings"][0]["settings"][0]["raw"] = raw
    found = compared(report(row("a", value("off", number="0"))), read_earlier(json.dumps(wire)))

    assert "tool --set" not in render_text(found, Page())


@pytest.mark.parametrize("then", [value("on", number="15"), UNSEEN, ABSENT, NOT_SET])
@pytest.mark.parametrize("now", [value("on"), value("off"), UNSEEN, ABSENT])
def test_the_json_fits_its_schema(then: Reading, now: Reading) -> None:
    document = json.loads(render_report(after(then, now)))

    jsonschema.validate(document, SCHEMAS, cls=jsonschema.Draft202012Validator)
    shipped = json.loads((ROOT / "docs/schemas/json-v1.schema.json").read_text())
    jsonschema.validate(document, shipped, cls=jsonschema.Draft202012Validator)
    assert document["since"]["made_at"]


def test_a_compared_report_can_be_compared_with_again() -> None:
    first = after(value("on"), value("off"))
    second = compared(report(row("a", value("on"))), read_earlier(render_report(first)))

    assert kinds(second) == ["new"]


def test_the_exit_code_is_that_of_now() -> None:
    for then, now in ((value("on"), value("off")), (value("off"), value("on")), (UNSEEN, ABSENT)):
        found = after(then, now)
        assert exit_code(found, "info") == exit_code(report(row("a", now)), "info")


@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    rows = [row(name, value("on", number="15")) for name in "abc"]
    now = [row("a", value("off")), row("b", value("on")), row("c", UNSEEN)]
    found = compared(report(*now), earlier(*rows))
    for text in (render_text(found, Page(width=width)), render_all(found, Page(width=width))):
        assert max(map(len, text.splitlines())) <= width
        assert all(line.isprintable() for line in text.splitlines())


DAMAGED: list[object] = [
    *(None, 0, "text", [], {}, {"schema": "json-v1"}, {"schema": "json-v2", "findings": []}),
    {"schema": "answers-v1", "answers": {"want-not-owe": "unsure"}},
    {"schema": "json-v1", "settings": []},
]


@pytest.mark.parametrize("wire", DAMAGED, ids=str)
def test_another_json_is_refused(wire: object) -> None:
    with pytest.raises(EarlierReportError):
        read_earlier(json.dumps(wire))


def test_every_part_that_is_missing_or_of_another_kind_is_refused_or_harmless() -> None:
    whole = json.loads(render_report(report(row("a", value("on", number="15")), row("b", UNSEEN))))
    now = report(row("a", value("off")), row("b", value("off")))
    refused = 0
    for way in ways(whole):
        for other in (None, [], {}, "?", -7, 10**30, [{}], [None], {"?": 1}, "9999-12-31"):
            try:
                found = compared(now, read_earlier(json.dumps(changed(whole, way, other))))
            except EarlierReportError:
                refused += 1
            else:
                assert render_text(found, Page())
                assert render_report(found)
    assert refused > len(ways(whole))


def ways(wire: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = wire.items() if isinstance(wire, dict) else ()
    items = enumerate(wire) if isinstance(wire, list) else items
    return [way, *(found for key, part in items for found in ways(part, (*way, key)))]


def changed(wire: Any, way: tuple[Any, ...], other: object) -> object:  # noqa: ANN401 - any JSON value
    if not way:
        return other
    copy = wire.copy()
    copy[way[0]] = changed(wire[way[0]], way[1:], other)
    return copy


@given(st.text(max_size=40) | st.binary(max_size=40).map(lambda data: data.decode("latin-1")))
@settings(max_examples=60, deadline=None)
def test_any_text_is_refused_and_nothing_of_it_is_repeated(text: str) -> None:
    with pytest.raises(EarlierReportError) as error:
        read_earlier(text)
    assert len(text) < 6 or text not in str(error.value)


@pytest.mark.parametrize("text", ["[" * 100_000, "1" * 10_000, '{"schema": "json-v1"', "NaN", ""])
def test_deep_cut_off_and_overlong_texts_are_refused(text: str) -> None:
    with pytest.raises(EarlierReportError):
        read_earlier(text)


@pytest.mark.parametrize("zone", [14, -12])
@pytest.mark.parametrize(
    "made_at",
    [
        *("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "0001-01-01"),
        *("9999-12-31T23:59:59-23:59", "1969-07-20T20:17:00Z", "2027-01-01T00:00:00"),
    ],
)
def test_a_time_far_away_is_told_or_refused(made_at: str, zone: int) -> None:
    wire = json.loads(render_report(report(row("a", value("on")))))
    now = report(row("a", value("off")))
    there = NOW.astimezone(dt.timezone(dt.timedelta(hours=zone)))
    now = replaced(now, made=replaced(now.made, at=there))
    try:
        then = read_earlier(json.dumps({**wire, "made_at": made_at}))
    except EarlierReportError:
        return
    assert render_text(compared(now, then), Page())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of a computer's files, with notifications as many people have them."""
    home = tmp_path / "tree" / "home" / "me" / ".config" / "dconf"
    home.mkdir(parents=True)
    shutil.copy(ROOT / "rules/fixtures/dconf/gnome-open", home / "user")
    return tmp_path / "tree"


def test_the_command_compares_with_a_report_that_was_kept(
    tree: Path, tmp_path: Path, start: Start
) -> None:
    where = ("run", "--root", str(tree), "--home", "/home/me")
    kept = tmp_path / "kept.json"
    assert start(*where, "--format", "json", "-o", str(kept), variables=GNOME).returncode == 0
    text = kept.read_text()
    shutil.copy(ROOT / "rules/fixtures/dconf/gnome-private", tree / "home/me/.config/dconf/user")

    for phase in ((), ("--phase", "after")):
        done = start(*where, *phase, "--since", str(kept), variables=GNOME)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Compared with your report of" in done.stdout
        assert "Changed since last time" in done.stdout
    found = start(*where, "--since", str(kept), "--format", "json", variables=GNOME)
    document = json.loads(found.stdout)
    jsonschema.validate(document, SCHEMAS)
    fixed = [change for change in document["since"]["changes"] if change["kind"] == "fixed"]
    assert "notification-banners" in {change["setting"] for change in fixed}
    assert all(change["put_back"] for change in fixed)
    assert kept.read_text() == text


@pytest.mark.parametrize("kind", ["missing", "folder", "foreign", "cut off", "huge", "not text"])
def test_the_command_refuses_what_is_no_report_in_one_line(
    kind: str, tree: Path, tmp_path: Path, start: Start
) -> None:
    path = tmp_path / "kept.json"
    secret = "someone's words"
    match kind:
        case "folder":
            path.mkdir()
        case "foreign":
            path.write_text(json.dumps({"diary": secret}))
        case "cut off":
            path.write_text('{"schema": "json-v1", "findings": [' + json.dumps(secret))
        case "huge":
            with path.open("wb") as file:
                file.truncate(MANY)
        case "not text":
            path.write_bytes(b"\xff\xfe\x00")
    done = start("run", "--root", str(tree), "--home", "/home/me", "--since", str(path), seconds=20)

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert str(path) in done.stderr
    assert secret not in done.stderr
    assert "Traceback" not in done.stderr
