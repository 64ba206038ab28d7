"""`rules lint` names every mistake at once, each on its own line."""

from __future__ import annotations

from pathlib import Path

from rule_folders import (
    LISTED,
    LISTED_FILE,
    PROGRAMS,
    PROGRAMS_FILE,
    RULE,
    RULE_FILE,
    SETTING,
    SETTING_FILE,
    call,
    line_with,
    problems,
    swap,
    write,
)

FORM_MISTAKES = """\
id = "first"
title = 12
phase = "befor"
severity = "urgent"
profiles = ["care", "care"]
channels = ["video", "fax"]
why = ""

[question]
text = "Is it? Really?"
good = "maybe"

[[settings]]
id = "pop-ups"
informs = "yes"

[[sources]]
title = "The source article"
kind = "rumour"
checked = "2026-13-01"
"""

TWO_ROWS = """\
id = "pop-ups"
title = "Pop-ups"
topic = "notifications"

[values]
on = "Pop-ups are shown."
off = "Pop-ups are held back."

[linux.one]
read = { dbus = "session", name = "org.a.B", path = "/a", interface = "org.a.B", method = "GetDnd" }
map = { true = "off", "*" = "off", false = "in" }
change = ["Open the menu."]
undo = ["The same menu."]
confidence = "documented"
tested_on = []
sources = [{ title = "A manual", checked = 2099-01-01 }]

[linux.two]
read = { environment = "XDG_SESSION_TYPE" }
map = { "9..3" = "on" }
unset = "schema-default"
change = ["Open the menu."]
undo = ["The same menu."]
confidence = "documented"
tested_on = []
sources = [{ title = "A manual", checked = 2026-11-22 }]
"""


def test_twenty_different_mistakes_are_twenty_lines(tmp_path: Path) -> None:
    sound = RULE + '\n[[settings]]\nid = "watchers-runing"\ngood = ["none"]\n'
    house = swap(swap(RULE, 'id = "quiet-room"', 'id = "second"'), '["off"]', '["of"]')
    write(
        tmp_path,
        {
            RULE_FILE: sound,
            "advice/agree/second.toml": house,
            "advice/prepare/first.toml": FORM_MISTAKES,
            SETTING_FILE: TWO_ROWS,
            LISTED_FILE: LISTED,
            PROGRAMS_FILE: PROGRAMS,
        },
    )
    first, second = "advice/prepare/first.toml", "advice/agree/second.toml"
    wanted = {
        (first, 2, "title: this should be text"),
        (first, 3, 'phase: "befor" is not one of: agree, prepare, just-before, during, after, '),
        (first, 4, 'severity: "urgent" is not one of: info, low, medium, high'),
        (first, 5, "profiles: this list names something twice"),
        (first, 6, 'channels.2: "fax" is not one of: video, voice, text'),
        (first, 7, "why: this text should have 1 to "),
        (first, 10, "question.text: this is not one question with one question mark"),
        (first, 11, 'question.good: "maybe" is not one of: yes, no, either'),
        (first, 15, "settings.1.informs: this should be true or false, not text"),
        (first, 19, 'sources.1.kind: "rumour" is not one of: article, '),
        (first, 20, "sources.1.checked: this should be a date like 2026-11-22"),
        (second, line_with(house, "phase ="), "phase: this rule belongs in advice/prepare/"),
        (second, line_with(house, '["of"]'), 'settings.1.good: "of" is not one of the values: '),
        (
            RULE_FILE,
            line_with(sound, '"watchers-runing"'),
            (
                'settings.3.id: there is no setting "watchers-runing" '
                '(did you mean "watchers-running"?)'
            ),
        ),
        (SETTING_FILE, 10, "linux.one.read: GetDnd belongs to the interface "),
        (SETTING_FILE, 11, "linux.one.map.*: a text that was never seen before cannot look good"),
        (SETTING_FILE, 11, 'linux.one.map.false: "in" is not one of the values: on, off'),
        (SETTING_FILE, 16, "linux.one.sources.1.checked: 2099-01-01 lies ahead of today, "),
        (SETTING_FILE, 20, "linux.two.map.9..3: the range ends before it starts"),
        (SETTING_FILE, 21, "linux.two.unset: schema-default is for dconf only: name the default"),
    }
    found = problems(call("rules", "lint", tmp_path), tmp_path)
    unnamed = {
        (file, line, said)
        for file, line, said in wanted
        if not any((i.file, i.line) == (file, line) and i.text.startswith(said) for i in found)
    }
    assert unnamed == set()
    assert len(found) == len(wanted) == 20


def test_problems_are_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    write(tmp_path, {"advice/prepare/first.toml": FORM_MISTAKES, SETTING_FILE: TWO_ROWS})
    found = problems(call("rules", "lint", tmp_path), tmp_path)
    places = [(item.file, item.line) for item in found]
    assert len(places) > 10
    assert places == sorted(places)


def test_several_folders_are_checked_together(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {RULE_FILE: RULE, LISTED_FILE: LISTED})
    two = write(tmp_path / "two", {SETTING_FILE: SETTING, PROGRAMS_FILE: PROGRAMS})
    result = call("rules", "lint", one, "--rules", two)
    assert (result.exit_code, result.output) == (0, "4 files, no problems.\n")
    alone = problems(call("rules", "lint", one), one)
    assert [(item.file, item.line) for item in alone] == [
        (RULE_FILE, line_with(RULE, 'id = "pop-ups"')),
        (LISTED_FILE, line_with(LISTED, "read =")),
    ]


def test_a_folder_of_one_rule_takes_the_settings_of_the_built_in_rules(tmp_path: Path) -> None:
    rule = swap(RULE, 'id = "pop-ups"\ngood = ["off"]', 'id = "display-server"\ngood = ["wayland"]')
    rule = swap(rule, '"watchers-running"', '"recorders-running"')
    write(tmp_path, {RULE_FILE: rule})
    result = call("rules", "lint", tmp_path)
    assert (result.exit_code, result.output) == (0, "1 files, no problems.\n")


def test_the_shipped_rules_have_no_problem() -> None:
    result = call("rules", "lint")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(" files, no problems.\n")
