"""A person five minutes before a call: scenarios A1 to A10, each as a test.

What is about the screen happens in a real pseudo-terminal. Where every setting has to be good, the
conversation is about a computer made up for that (`good_computer.py`), since no real one is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from asking import (
    ROOT,
    about_good,
    answers_for,
    asked,
    asked_for,
    dark_report,
    flat,
    good_report,
    in_lines,
    in_window,
    press,
    rules_for,
    whole,
)

from privacy_check.judge.answers import prompts
from privacy_check.render import words

Start = Callable[..., subprocess.CompletedProcess[str]]
GNOME = {"XDG_CURRENT_DESKTOP": "GNOME", "COLUMNS": "80"}
FAST_GOOD = "yyyyyyn"
"""The reassuring answers to the seven short questions."""

OFFLINE = """
import contextlib, io, re, socket, sys

blocks = sys.argv[1] == "without"
tried = []

def note(event, arguments):
    inet = event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6)
    if inet or event in ("socket.getaddrinfo", "socket.gethostbyname"):
        tried.append(event)
        if blocks:
            raise OSError("there is no network")

sys.addaudithook(note)
from privacy_check.cli import main

for command in sys.stdin.read().splitlines():
    sys.argv[1:] = command.split()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            main()
        except SystemExit as end:
            code = end.code
    text = re.sub("[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?", "TIME", said.getvalue())
    print(command, code, text)
print("tried", tried)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of a computer's files on which much is worth a look."""
    home = tmp_path / "tree" / "home" / "me"
    for source, place in (
        ("dconf/gnome-open", ".config/dconf/user"),
        ("chromium/grants/Preferences", ".config/chromium/Default/Preferences"),
    ):
        (home / place).parent.mkdir(parents=True)
        shutil.copy(ROOT / "rules" / "fixtures" / source, home / place)
    return tmp_path / "tree"


def at(tree: Path) -> tuple[str, ...]:
    return ("--root", str(tree), "--home", "/home/me")


def test_a1_the_first_screen_shows_seven_things_at_most_and_what_to_do_next(
    tree: Path, start: Start
) -> None:
    """A first run without options: seven things at most, a step each, and then what comes next."""
    for where in ((), at(tree)):
        lines = start(*where, variables=GNOME).stdout.splitlines()
        blocks = [
            list(block)
            for empty, block in groupby(lines, key=lambda line: not line.strip())
            if not empty
        ]
        pillars = next(block for block in blocks if block[0].startswith("Recording"))
        things = next(block for block in blocks if block[0].startswith("Worth a look first"))
        numbered = [i for i, line in enumerate(things) if re.match(r"  \d  \S", line)]

        assert len(lines) <= 24
        assert max(map(len, lines)) <= 80
        assert len(pillars) + len(numbered) <= 7
        for first, after in zip(numbered, [*numbered[1:], len(things)], strict=True):
            assert after - first > 1, things[first]
        assert re.fullmatch(r"Next: 7 short questions, .*: privacy-check ask", lines[-1])


def test_a2_nothing_changes_without_a_network(tree: Path, tmp_path: Path) -> None:
    """Every command gives the same without a network, and not one tries to reach it.

    A machine without any network is tried in tests/real/test_read_only_and_offline.py.
    """
    where = " ".join(at(tree))
    commands = [
        f"run {where} --format json",
        f"settings {where}",
        "support",
        "handout",
    ]
    said = {}
    for network in ("with", "without"):
        done = in_lines(
            tmp_path,
            "\n".join(commands),
            network,
            command=(sys.executable, "-c", OFFLINE),
            variables=GNOME,
        )
        assert done.stderr == ""
        assert done.stdout.endswith("tried []\n")
        said[network] = done.stdout

    assert said["with"] == said["without"]
    ends = [re.search(f"{re.escape(command)} (\\d+) ", said["with"]) for command in commands]
    assert [end[1] for end in ends if end] == ["0"] * len(commands)


def test_a3_what_cannot_be_read_says_why_and_how_to_look(tree: Path, start: Start) -> None:
    """An unreadable setting is called so, with the reason, and with a way to look by hand."""
    (tree / "home/me/.config/dconf/user").write_bytes(b"this is no such file")
    text = flat(start(*at(tree), "--all", variables=GNOME).stdout.splitlines())
    unread = re.findall(r"Could not read: (.*?) (?=Could not read:|To answer|Worth a look:)", text)

    assert len(unread) > 5
    assert all("Look: " in block for block in unread if "notifications" in block)
    assert any("damaged" in block or "form" in block for block in unread)
    assert text.count("Look: ") >= len(unread)


def test_a4_a_no_outranks_a_good_setting(tmp_path: Path) -> None:
    """The computer is quiet, but the person says that something near is not: worth a look."""
    with in_window(tmp_path, rows=60, command=about_good()) as window:
        press(window, "\r" + "yyyy")
        window.wait_for("Have you turned alerts off")
        press(window, "nyn")
        window.wait_for("enter  end")
        text = whole(window)
        title, own = text.split(" Worth a look first 1 ")
        press(window, "a")
        window.wait_for("enter  back")

        assert title.startswith(words.OUTCOME["review-first"])
        assert "lerts" in own.split(".")[0]
        assert " 2 " not in own.split("What this cannot show")[0]
        assert "Nothing that was read is worth a look" in whole(window)


def test_a5_not_sure_is_pause_calmly_and_nothing_is_red(tmp_path: Path) -> None:
    """Every setting is good and one deciding answer is not sure: stop here for now, kindly."""
    keys = answers_for(rules_for("close"), {"want-not-owe": "?"})
    with in_window(tmp_path, rows=60, command=about_good(profile="close")) as window:
        press(window, "\r" + keys)
        window.wait_for("enter  end")
        text = whole(window)
        window.send(b"\r")

        nervous = next(rule for rule in rules_for("close") if rule.id == "nervous-is-normal")
        assert text.startswith(words.OUTCOME["pause"])
        assert nervous.say in text
        assert "Not answered" not in text
        assert window.exit_code() == 0
        assert not re.search(rb"\x1b\[[0-9;]*m", window.raw)


def test_a5_every_pause_question_pauses_alone() -> None:
    """Each deciding question pauses by itself, however good everything else is."""
    rules, report = rules_for("close"), good_report("close")
    pausing = [prompt for prompt in prompts(rules) if prompt.question.pause]

    assert len(pausing) == 10
    for prompt in pausing:
        person = asked(answers_for(rules, {prompt.rule.id: "?"}), report)
        assert words.OUTCOME["pause"] in person.last, prompt.rule.id


def test_a5_all_good_is_ready_and_never_a_promise() -> None:
    """With every answer and every setting good, it is ready if you both are, and no more."""
    person = asked(answers_for(rules_for("close")), good_report("close"))

    assert words.OUTCOME["ready-if-you-both-are"] in person.last
    assert words.CANNOT_SHOW in person.last


def test_a6_who_skips_everything_sees_the_settings_and_what_is_open(tmp_path: Path) -> None:
    """All questions skipped: the settings are listed, and what kinds of things are not answered."""
    rules = rules_for()
    odd = {"notification-banners": "on"}
    person = asked(answers_for(rules, rest="s"), good_report(odd=odd))
    with in_window(tmp_path, rows=60, command=about_good(notification_banners="on")) as window:
        press(window, "\r" + "sssssss")
        window.wait_for("enter  end")
        shown = whole(window)

    number = len(asked_for(rules))
    for text in (person.last, shown):
        assert "Messages can pop up over the call" in text
        assert f"Not answered: {number} (to agree on beforehand " in text
        assert words.OUTCOME["ready-if-you-both-are"] not in text
        assert words.OUTCOME["pause"] not in text
    for phase in ("to prepare", "just before the call", "during the call", "after the call"):
        assert re.search(rf"{phase} \d+", person.last)


def test_a6_nothing_read_and_nothing_answered_is_never_ready() -> None:
    """Where nothing could be read, not even all good answers make it ready."""
    for rest in ("s", ""):
        person = asked(answers_for(rules_for(), rest=rest), dark_report())
        assert words.OUTCOME["review-first"] in person.last
        assert "Nothing could be read" in person.last


def test_a7_ctrl_c_in_the_middle_leaves_no_file_and_repeats_nothing(tmp_path: Path) -> None:
    """Ctrl-C between two questions: no partial file, and nothing of the answers is said."""
    kept = tmp_path / "kept"
    with in_window(tmp_path, "--answers", str(kept)) as window:
        press(window, "\ry?n")
        window.send(b"\x03")

        assert window.exit_code() == 130
        assert window.screen() == []
        assert window.scrolled() == []
        assert window.raw.rpartition(b"\x1b")[2].strip() in (b"[3J", b"[?1049l")
    assert not kept.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["temporary"]


def test_a8_text_asks_of_messages_and_not_of_pictures_or_sound() -> None:
    """For text there is no camera, background or sound, but photo data, previews and timers."""
    rules = rules_for(channel="text")
    person = asked(answers_for(rules, rest="s"), good_report(channel="text"))
    video = {prompt.rule.id: prompt.text for prompt in prompts(rules_for())}
    shown = flat([line for screen in person.screens for line in screen])

    for name in ("camera-framing", "headphones", "join-muted", "cover-camera", "ai-notes-off"):
        assert video[name] not in shown, name
    for name in ("hidden-photo-data", "lock-screen-previews", "disappearing-messages"):
        assert video[name] in shown, name
    others = [p for p in asked_for(rules) if not p.question.quick and not p.question.pause]
    assert f"{len(others)} of {len(others)} " in shown


@pytest.mark.parametrize("profile", ["care", "legal"])
def test_a9_care_asks_nothing_of_age_body_or_closeness(profile: str) -> None:
    """With a doctor or a lawyer: nothing about age or body, and recording is a question asked."""
    person = asked(answers_for(rules_for(profile), rest="s"), good_report(profile))
    shown = flat([line for screen in person.screens for line in screen])
    close = {prompt.rule.id: prompt.text for prompt in prompts(rules_for("close"))}
    others = {prompt.rule.id for prompt in prompts(rules_for(profile))}

    assert "Has the other person asked you whether it may be recorded?" in shown
    assert "If you have not agreed, will you both leave recording" not in shown
    for name in close.keys() - others:
        assert close[name] not in shown
    asks = flat([prompt.text for prompt in prompts(rules_for(profile))])
    assert not re.search(r"\b(18|older|age|body|jewellery|clear-headed)\b", asks)


def test_a10_a_short_message_can_be_copied_for_who_has_no_such_tool(start: Start) -> None:
    """One command gives a plain short text without names, to send to the other person."""
    done = start("agree", "--message")

    assert (done.returncode, done.stderr) == (0, "")
    assert 100 < len(done.stdout) < 1200
    assert done.stdout.isascii()
    assert "\x1b" not in done.stdout
    assert "privacy-check" not in done.stdout
    assert "do not need a reason" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
