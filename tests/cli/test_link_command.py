"""`privacy-check link` as a program: where the address comes from, and that it goes nowhere."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privacy_check.cli import cli

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Zq9SecretWord77"
ZOOM = f"https://us02web.zoom.us/j/81234567890?pwd={SECRET}"


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(cli, ["link", *arguments], input=given, prog_name="privacy-check")


def program(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "privacy_check", "link", *arguments],
        input=given,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_an_argument_is_examined_and_the_history_is_mentioned() -> None:
    done = run(ZOOM)

    assert done.exit_code == 0
    assert done.stdout.startswith("Zoom: acceptable with settings\n")
    assert "https://*.zoom.us/j/[meeting number]?pwd=[passcode]" in done.stdout
    assert "history" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert SECRET not in done.output


def test_standard_input_leaves_no_word_about_the_history() -> None:
    done = run("-", given=f"{ZOOM}\n".encode())

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Zoom:")
    assert SECRET not in done.output


def test_as_a_program_it_says_the_same() -> None:
    done = program("-", "--format", "json", given=ZOOM.encode())
    wire = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, b"")
    assert (wire["service"], wire["warning_ids"]) == ("zoom", ["passcode-inside"])
    assert SECRET.encode() not in done.stdout


def test_no_service_is_an_answer_too() -> None:
    done = run("-", "--format", "json", given=b"https://example.org/" + SECRET.encode())

    assert done.exit_code == 0
    assert json.loads(done.stdout)["service"] is None
    assert SECRET not in done.output


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\n\n",
        SECRET.encode(),
        f"pass:{SECRET}".encode(),
        f"https://zoom.us/{SECRET}\nhttps://zoom.us/other\n".encode(),
        f"https://zoom.us/{SECRET} or https://meet.jit.si/{SECRET}".encode(),
        f"Ask {SECRET} for the link.".encode(),
        b"https://zoom.us/\xff\xfe" + SECRET.encode(),
        b"\x00" + SECRET.encode(),
        f"https://{SECRET}/".encode("utf-16"),
    ],
)
def test_what_is_no_address_is_exit_2_and_is_not_repeated(given: bytes) -> None:
    done = run("-", given=given)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "privacy-check link -" in done.stderr
    assert SECRET not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (f"https://zoom.us/j/1?pwd={SECRET}", SECRET),
        ("--pwd", SECRET),
        (f"--pwd={SECRET}",),
        (f"-{SECRET}",),
        ("--format", SECRET, "-"),
        ("-", "--format", f"https://zoom.us/{SECRET}"),
        (f"--json={SECRET}", "-"),
        ("-", "--rules", ZOOM),
        ("--rules", f"/{SECRET}", "-"),
        (f"--rules={ZOOM}", ZOOM),
    ],
)
def test_wrong_use_does_not_repeat_what_was_typed(arguments: tuple[str, ...]) -> None:
    done = program(*arguments)

    assert (done.returncode, done.stdout) == (2, b"")
    assert SECRET.encode() not in done.stderr
    assert b"Traceback" not in done.stderr


def test_bytes_of_the_shell_that_are_no_text_are_no_fault() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "privacy_check",
            "link",
            b"https://zoom.us/j/\xff" + SECRET.encode(),
        ],
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0
    assert b"do not show" in done.stdout
    assert SECRET.encode() not in done.stdout + done.stderr


def test_a_byte_order_mark_is_no_part_of_the_address() -> None:
    done = run("-", "--format", "json", given=b"\xef\xbb\xbf" + ZOOM.encode() + b"\r\n")

    assert json.loads(done.stdout)["warning_ids"] == ["passcode-inside"]


def test_ten_megabytes_are_answered_at_once() -> None:
    before = time.monotonic()
    done = program("-", given=b"https://zoom.us/j/" + b"8" * 10_000_000)

    assert done.returncode == 2
    assert b"too long" in done.stderr
    assert time.monotonic() - before < 10


def test_input_without_an_end_is_answered() -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-m", "privacy_check", "link", "-"],
            stdin=endless,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            timeout=60,
        )

    assert done.returncode == 2
    assert b"too long" in done.stderr


def test_without_standard_input_it_says_so() -> None:
    code = "import sys; sys.stdin = None; from privacy_check.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "link", "-"],
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_on_a_terminal_one_line_is_read() -> None:
    ours, theirs = os.openpty()
    try:
        os.write(ours, f"{ZOOM}\n".encode())
        done = subprocess.run(
            [sys.executable, "-m", "privacy_check", "link", "-"],
            stdin=theirs,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            timeout=60,
        )
    finally:
        os.close(ours)
        os.close(theirs)

    assert done.returncode == 0
    assert done.stdout.startswith(b"Zoom:")
    assert done.stderr.startswith(b"Paste the link, or the whole message, and press Enter.")


def test_other_rules_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()
    shutil.copy(ROOT / "rules" / "apps" / "signal.toml", tmp_path / "apps")
    arguments = ("-", "--format", "json", "--rules", str(tmp_path))

    services = [
        json.loads(run(*arguments, given=text.encode()).stdout)["service"]
        for text in (ZOOM, "https://signal.link/call/#key=abc")
    ]

    assert services == ["zoom", "signal"]  # what a folder does not hold is lent


@pytest.mark.parametrize(
    "message",
    [
        f"Sam is inviting you.\n\nJoin: {ZOOM}\nMeeting ID: 812 3456 7890\nPasscode: {SECRET}\n",
        f"Join here ({ZOOM}).",
        f"<{ZOOM}> or again {ZOOM}",
    ],
)
def test_the_one_link_of_a_whole_message_is_found(message: str) -> None:
    done = run("-", "--format", "json", given=message.encode())

    assert done.exit_code == 0
    assert json.loads(done.stdout)["service"] == "zoom"
    assert SECRET not in done.output


def test_it_opens_no_file_for_writing_and_no_connection(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "def note(event, arguments):\n"
        "    if event.startswith(('socket.', 'subprocess', 'os.exec', 'os.posix_spawn')):\n"
        "        print('BAD', event)\n"
        "    if event == 'open' and set('wax+') & set(str(arguments[1] or '')):\n"
        "        print('BAD', arguments[:2])\n"
        "sys.addaudithook(note)\n"
        "from privacy_check.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, "link", "-"],
        input=ZOOM.encode(),
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0
    assert b"BAD" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_help_names_the_two_ways() -> None:
    done = run("--help")

    assert done.exit_code == 0
    assert "URL|-" in done.stdout
    assert "history" in done.stdout
