"""A person whose screen or files someone else may see: scenarios D1 to D11, each as a test.

D4, leaving the page in a browser, is tests/real/test_handout_page.py with a real browser:
test_d4_leaving_the_page_covers_everything.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking import (
    ASK,
    ROOT,
    Kept,
    answers_for,
    asked,
    files_below,
    flat,
    good_report,
    in_lines,
    in_window,
    press,
    rules_for,
    whole,
)
from wording import WORDS_TO_AVOID, avoided

from privacy_check.cli import COMMANDS
from privacy_check.judge.answers import prompts
from privacy_check.person.answers_file import write_answers
from privacy_check.render import words
from privacy_check.render.markdown import render_markdown
from privacy_check.render.page import Page
from privacy_check.render.text import render_all, render_first_screen
from privacy_check.report.build import Report
from privacy_check.rulebook.select import Wish

Start = Callable[..., subprocess.CompletedProcess[str]]

WRITES = """
import os, sys

def note(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        if writes and path not in ("/dev/null", "/dev/tty"):
            sys.stderr.write(f"{event} {path}\\n")
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
                   "os.chmod", "os.truncate", "os.utime", "shutil.rmtree", "tempfile.mkstemp",
                   "subprocess.Popen", "os.posix_spawn", "os.exec", "os.fork", "os.system"):
        sys.stderr.write(f"{event}\\n")

sys.addaudithook(note)
from privacy_check.cli import main
main()
"""

FAULT = """
import signal, sys

def fault(number, frame):
    while frame and "_answers" not in vars(frame.f_locals.get("self", object)):
        frame = frame.f_back
    given = frame.f_locals["self"]._answers
    raise ValueError(f"{given}, {sys.path}")

signal.signal(signal.SIGURG, fault)
from privacy_check.cli import main
main()
"""
"""The command, but a signal makes an error of which the message holds all answers and paths."""


TELLING = re.compile(
    r"\b(threat|abus|consent|harm|victim|partner|intimate|naked|body|adult|minor|stalk|spy)",
    re.IGNORECASE,
)
"""Beginnings of words that would tell what the calls may be about, or why somebody asks."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the checkout, so that nothing else changes it meanwhile."""
    copy = tmp_path / "checkout"
    for name in ("privacy_check", "rules"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.mark.parametrize("way", ["\r", "x", "\x03"])
def test_d1_a_whole_conversation_changes_no_file(way: str, copied: Path, tmp_path: Path) -> None:
    """Asked and answered with default options, then ended or left: every file is as before."""
    home = tmp_path / "home"
    (home / ".cache").mkdir(parents=True)
    (home / "temporary").mkdir()
    variables = {"PYTHONPATH": str(copied), "XDG_CACHE_HOME": str(home / ".cache")}
    before = files_below(copied, home)
    with in_window(home, variables=variables, rows=60) as window:
        press(window, "\ry?nsyyy" + "a\r" + "h1\r")
        window.wait_for("enter  end")
        window.send(way.encode())
        window.exit_code()

    assert files_below(copied, home) == before


def test_d1_nothing_is_opened_to_write_and_no_program_started(tmp_path: Path) -> None:
    """Not even for a moment is a file written, renamed or deleted."""
    done = in_lines(
        tmp_path,
        "\n" + "n\n" * 7 + "a\n\nh\n1\n\n\n",
        "ask",
        command=(sys.executable, "-c", WRITES),
    )

    assert done.returncode == 0
    assert done.stderr == ""


def test_d2_a_report_is_private_new_and_told_once(start: Start, tmp_path: Path) -> None:
    """A report that was asked for: only its owner reads it, and nothing is written over."""
    path, other, link = tmp_path / "list.txt", tmp_path / "other.txt", tmp_path / "link.txt"
    link.symlink_to(other)
    done = start("run", "-o", str(path))
    text = path.read_text()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (done.stdout + done.stderr).count(str(path)) == 1
    for taken in (path, link):
        refused = start("run", "-o", str(taken))
        assert refused.returncode == 2
        assert (refused.stdout + refused.stderr).count(str(taken)) == 1
    assert path.read_text() == text
    assert link.is_symlink()
    assert not other.exists()
    assert not avoided(text.splitlines()[0])


SCREENS = {
    "first": "",
    "question": "\r",
    "answered": "\ryb",
    "last": "\rnnnnnnn",
    "settings": "\rnnnnnnna",
    "help": "\rnnnnnnnh",
    "where help is": "\rnnnnnnnh1",
    "where help is, further": "\rnnnnnnnh1  ",
    "more": "\rnnnnnnnm",
    "file": "h3\r\rnnnnnnnk",
}


def leave(home: Path, keys: str, *, second: bool, columns: int = 80) -> None:
    """Go to a screen, leave it, and check that nothing of it is seen any more, at once."""
    kept = home / "kept.json"
    write_answers(str(kept), Wish(), {"who-controls-device": "yes"})
    scrolled_away = ("sh", "-c", 'seq 40; exec "$@"', "sh", *ASK, "--answers", str(kept))
    with in_window(home, command=scrolled_away, second=second, columns=columns) as window:
        press(window, keys)
        window.read(0.05)
        before = [row for row in window.screen() if row.strip()]
        start = time.monotonic()
        window.send(b"x")
        window.wait_gone(before[0])
        window.wait_gone(before[-1])
        seconds = time.monotonic() - start

        assert window.exit_code() == 130
        assert window.screen() == []
        assert window.scrolled() == []
        assert seconds < 1
        assert time.monotonic() - start < 1.5
    assert json.loads(kept.read_text())["answers"] == {"who-controls-device": "yes"}


@pytest.mark.parametrize("screen", SCREENS)
def test_d3_leaving_clears_every_screen_within_a_second(screen: str, tmp_path: Path) -> None:
    """Wherever the person is, one key leaves an empty window, also of what scrolled away."""
    leave(tmp_path, SCREENS[screen], second=True)


@pytest.mark.parametrize("screen", ["question", "last", "where help is"])
def test_d3_leaving_clears_a_terminal_without_a_second_screen(screen: str, tmp_path: Path) -> None:
    """The same on a narrow terminal that has one screen only."""
    leave(tmp_path, SCREENS[screen], second=False, columns=40)


def test_d3_what_is_not_erased_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    """The first screen names the key to leave, and what leaving cannot erase."""
    with in_window(tmp_path) as window:
        text = whole(window)
        assert "x" in text
        assert words.NOT_ERASED in text
        assert window.screen()[0].endswith("leave: x")
        press(window, "\r")
        assert window.screen()[0].endswith("leave: x")


CARE = ("who-controls-device", "changes-may-be-noticed")
ODD = {"notification-banners": "on", "automatic-lock": "off"}


@pytest.mark.parametrize("name", CARE)
@pytest.mark.parametrize("key", "y?s")
def test_d5_no_steps_and_no_file_where_someone_may_check_the_device(name: str, key: str) -> None:
    """Somebody else may check this device: no steps unless asked for, a calm text, and no file."""
    keys = answers_for(rules_for(), {name: key})
    report = good_report(odd=ODD)
    person = asked(f"{keys}aEc", report)
    last, listed, again, with_steps = (flat(screen) for screen in person.screens[-4:])

    steps = [words.change(thing.judged.row)[0] for thing in report.to_look_at()]
    assert last == again
    for text in (last, listed):
        assert [step for step in steps if flat([step]) in text] == []
        assert "Back: " not in text
    assert words.CHANGE_MAY_BE_NOTICED in last
    assert "c show steps" in last
    assert "k keep" not in last
    assert any(step in with_steps for step in steps)
    assert words.CHANGE_MAY_BE_NOTICED in with_steps


def test_d5_the_questions_after_it_hold_their_steps_back_too() -> None:
    """After that answer nothing says how a setting may be changed; what to talk about stays."""
    rules = rules_for()
    found = prompts(rules)
    keys = answers_for(rules, {"who-controls-device": "y"}, rest="?")
    person = asked(f"{keys}c{6 * 'b'}", good_report())
    texts = [flat(screen) for screen in person.screens]
    care = next(p for p in found if p.rule.id == "who-controls-device")
    place = next(i for i, text in enumerate(texts) if care.text in text)
    held_back, asked_for = texts[place + 1 : -7], texts[-7:]
    steps = [p.question.hint for p in found if p.rule.settings and p != care and p.question.hint]
    talk = [p.question.hint for p in found if not p.rule.settings and p.question.hint]

    assert care.question.hint in texts[place]
    assert len(steps) > 15
    assert [hint for hint in steps for text in held_back if hint in text] == []
    assert any(hint in text for hint in talk for text in held_back)
    assert any(hint in text for hint in steps for text in asked_for)


def test_d5_with_the_reassuring_answers_steps_are_shown() -> None:
    """Nobody else checks the device: the steps are there, with the one line about notice."""
    person = asked(answers_for(rules_for()), good_report(odd=ODD))

    assert "Back: " in person.last
    assert words.MAY_BE_NOTICED in person.last
    assert words.CHANGE_MAY_BE_NOTICED not in person.last
    assert "c show steps" not in person.last


@pytest.mark.parametrize("first", ["", "c"])
def test_d5_a_file_the_person_named_is_written_only_after_asking_again(first: str) -> None:
    """Even where a file was named at the start, it is asked once more, and no is possible."""
    written: list[object] = []
    kept = Kept(answers={}, write=written.append)
    keys = answers_for(rules_for(), {"who-controls-device": "y"})

    person = asked(f"{keys}{first}kn", good_report(), kept)
    assert "found by someone who checks it" in flat(person.screens[-2])
    assert written == []
    asked(f"{keys}{first}ky", good_report(), kept)
    assert len(written) == 1


@pytest.mark.parametrize("topic", "34")
def test_d5_where_help_is_found_stays_neutral(topic: str) -> None:
    """The page about a watched device blames nobody and tells nobody to change anything."""
    person = asked(f"sssssssh{topic}", good_report())
    text = person.last.lower()

    for word in ("abuse", "stalk", "spy", "spyware", "partner", "violen", "hack"):
        assert word not in text.replace("stalkerware.org", ""), word
    assert not re.search(r"\b(delete|remove|uninstall|change your|turn off)\b", text)


def test_d6_neither_help_nor_names_tell_the_topic(start: Start) -> None:
    """What stands in `--help`, in the package and in its files could belong to any call."""
    own = [path.name for path in (ROOT / "privacy_check").rglob("*.py")]
    texts = [start("--help").stdout, " ".join(own), "privacy-check", "privacy_check"]
    texts += [start(name, "--help").stdout for name in COMMANDS]

    assert all(texts)
    for text in texts:
        words_of_it = {text[slice(*span)].lower() for span in avoided(text)}
        assert words_of_it <= set(WORDS_TO_AVOID), "words that are spelled nowhere"
        assert not TELLING.search(text)


def test_d6_the_process_list_shows_no_answer_and_no_topic(tmp_path: Path) -> None:
    """While it asks, the process list tells the command and nothing else; the title stays."""
    with in_window(tmp_path) as window:
        process = Path(f"/proc/{window.program.pid}")
        start = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        press(window, "\ryn?s")

        assert start == ((process / "cmdline").read_bytes(), (process / "environ").read_bytes())
        assert start[0].split(b"\0")[1:] == [b"-m", b"privacy_check", b"ask", b""]
        assert not re.search(rb"\x1b\][012];", window.raw)


@pytest.mark.parametrize("keys", ["\rn", "\rnnnnnn?", "\rnnnnnn?a"])
def test_d7_an_error_inside_tells_no_answer_path_or_machine(keys: str, tmp_path: Path) -> None:
    """An error in the middle, whose own message holds every answer: one line, and none of it."""
    with in_window(tmp_path, "ask", command=(sys.executable, "-c", FAULT), rows=60) as window:
        press(window, keys)
        window.signal(signal.SIGURG)

        assert window.exit_code() == 1
        assert window.scrolled() == []
        text = flat(window.screen())
        assert re.fullmatch(
            r"A fault in privacy-check itself \(ValueError at <?\w+[.>]\w*:\d+\)\. "
            r"Nothing was changed\.",
            text,
        ), text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["temporary"]


def all_texts(report: Report) -> Iterator[str]:
    yield asked(answers_for(rules_for()), report).last
    for text in (
        render_first_screen(report, Page()),
        render_all(report, Page()),
        render_markdown(report),
    ):
        yield flat(text.splitlines())


def test_d8_nothing_found_does_not_show_that_nobody_watches() -> None:
    """A list without entries says so: it is no sign that nobody watches this device."""
    for text in all_texts(good_report()):
        if "Worth a look" not in text:
            assert "does not show that nobody watches" in text, text[:500]
        assert "What this cannot show: another camera" in text
    listed = asked("sssssssa", good_report()).last
    assert "does not show that nobody watches" in listed


def test_d9_under_a_threat_keeping_a_record_comes_first() -> None:
    """Someone threatens: first keep a record, do not pay, and nothing asks to delete any more."""
    deleting = next(p for p in prompts(rules_for("close")) if p.rule.id == "delete-as-agreed")
    keys = answers_for(rules_for("close"), rest="s")
    threatened = asked("sssssssh1Em" + keys.partition("m")[2], good_report("close"))
    page = next(
        text for screen in threatened.screens if "not pay" in (text := flat(screen).lower())
    )

    assert re.search(r"someone is threatening me", flat(threatened.screens[9]))
    assert page.index("record") < page.index("not pay")
    assert "delete" not in page[: page.index("not pay")]
    assert not any(deleting.text in flat(screen) for screen in threatened.screens)
    assert "Not answered" in threatened.last


NAMES = ("quiet-lake", "anna-b", "red-house", "blue-train", "green-clinic")


@pytest.fixture
def lived_in(tmp_path: Path) -> Path:
    """Return a home with names of apps, contacts, pages, places and files that nobody may tell."""
    apps, contacts, pages, places, files = NAMES
    home = tmp_path / "home"
    texts = {
        f".local/share/applications/{apps}.desktop": f"[Desktop Entry]\nName={apps}\nExec={apps}\n",
        f".var/app/org.{apps}.App/config": apps,
        ".local/share/evolution/addressbook/system/contacts.vcf": f"BEGIN:VCARD\nFN:{contacts}\n",
        ".config/chromium/Default/Bookmarks": json.dumps({"url": f"https://{pages}.example"}),
        ".config/chromium/Default/History": f"https://{pages}.example",
        ".config/chromium/Default/Preferences": json.dumps(
            {
                "profile": {
                    "content_settings": {
                        "exceptions": {
                            "geolocation": {f"https://{places}.example:443,*": {"setting": 1}}
                        }
                    }
                }
            }
        ),
        ".local/share/recently-used.xbel": f"<xbel><bookmark href='file:///home/{files}'/></xbel>",
        ".bash_history": f"firefox {pages}.example\n",
        f"Pictures/{files}.jpg": "picture",
        f"Documents/{files}.txt": "text",
    }
    for path, text in texts.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text)
    return home


def test_d10_it_lists_nobodys_apps_contacts_history_or_places(lived_in: Path, start: Start) -> None:
    """In the hands of somebody else it tells no more than hints: no names of what the person has.

    A terminal names up to three sites that may use the camera, the microphone or the place; files,
    machine formats and the conversation only count them.
    """
    home = {"HOME": str(lived_in)}
    texts = [
        start(*command, variables=home).stdout
        for command in (
            ("run", "--all"),
            ("run", "--format", "json"),
            ("settings",),
        )
    ]
    texts.append(in_lines(lived_in, "\n" + "s\n" * 7 + "a\n\n\n").stdout)

    assert all(len(text) > 500 for text in texts)
    assert [name for name in NAMES for text in texts if name in text.lower()] == []


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder with a short name, since the path of a socket may not be long."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def desktop(folder: Path) -> Iterator[tuple[dict[str, str], list[tuple[str, bytes]]]]:
    """Return the variables of a desktop with a window system, sound and a bus, and who called."""
    called: list[tuple[str, bytes]] = []
    (folder / "pulse").mkdir(parents=True)
    names = ("wayland-0", "pulse/native", "bus")
    sockets = [socket.socket(socket.AF_UNIX) for _ in names]
    for listener, name in zip(sockets, names, strict=True):
        listener.bind(str(folder / name))
        listener.listen()
        threading.Thread(target=answer, args=(listener, name, called), daemon=True).start()
    yield (
        {
            "XDG_RUNTIME_DIR": str(folder),
            "WAYLAND_DISPLAY": "wayland-0",
            "DISPLAY": f"unix:{folder}/no-x",
            "PULSE_SERVER": f"unix:{folder}/pulse/native",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
        },
        called,
    )
    for listener in sockets:
        listener.close()


def answer(listener: socket.socket, name: str, called: list[tuple[str, bytes]]) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        with caller:
            called.append((name, caller.recv(4096)))


@pytest.mark.parametrize("profile", ["", "close"])
def test_d11_no_sound_no_window_no_desktop_message(
    profile: str, desktop: tuple[dict[str, str], list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    """With sound on and a desktop there: no bell, no window, and no message to the desktop."""
    variables, called = desktop
    chosen = ("--profile", profile) if profile else ()
    with in_window(tmp_path, *chosen, variables=variables, rows=60) as window:
        press(window, "\r?nysnsy" + "a\rh2\r")
        window.send(b"qwerty\t\x1b[A~")
        window.send(b"x")
        window.exit_code()
        assert b"\x07" not in window.raw
        assert not re.search(rb"\x1b(\][^\x1b]*|\[[0-9;]*[qtg]|G|%)", window.raw)
    quiet = in_lines(tmp_path, "", command=(*ASK[:-1], "run", "--all"), variables=variables)

    assert "\x07" not in quiet.stdout
    assert [name for name, _ in called if name != "bus"] == []
    assert [data for _, data in called if b"Notif" in data] == []
