"""A plain run is offline, starts nothing, writes nothing, and imports only what it needs."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., subprocess.CompletedProcess[str]]
Tree = dict[str, tuple[int, int, int]]
ROOT = Path(__file__).resolve().parents[2]

SPY = """
import sys

of_the_interpreter = set(sys.modules)
events = []

import json, os

def note(event, arguments):
    if event == "socket.__new__":
        events.append([event, int(arguments[1])])
    elif event in ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty",
                   "os.system", "os.spawn", "pty.spawn", "socket.getaddrinfo", "os.rename",
                   "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod",
                   "os.truncate", "os.utime", "shutil.rmtree", "tempfile.mkstemp"):
        events.append([event, 0])
    elif event == "open":
        path, mode, flags = arguments
        events.append(["open", [os.fsdecode(path) if not isinstance(path, int) else path, flags]])

sys.addaudithook(note)
from privacy_check.cli import main
try:
    main()
except SystemExit as end:
    code = end.code
modules = sorted(set(sys.modules) - of_the_interpreter)
print(json.dumps({"code": code, "events": events, "modules": modules}), file=sys.stderr)
"""

FORBIDDEN = {
    "requests",
    "urllib.request",
    "urllib3",
    "http",
    "http.client",
    "ssl",
    "_ssl",
    "asyncio",
    "subprocess",
    "multiprocessing",
    "importlib.metadata",
    "importlib.resources",
    "jsonschema",
    "rich",
    "ctypes.util",
}

OF_EVERY_RUN = {
    "privacy_check",
    "privacy_check.cli",
    "privacy_check.cli.exits",
    "privacy_check.cli.options",
    "privacy_check.cli.output",
    "privacy_check.cli.run",
    "privacy_check.judge",
    "privacy_check.judge.findings",
    "privacy_check.machine",
    "privacy_check.machine.bus",
    "privacy_check.machine.files",
    "privacy_check.machine.interface",
    "privacy_check.machine.live",
    "privacy_check.machine.proc",
    "privacy_check.machine.window",
    "privacy_check.new_file",
    "privacy_check.plaintext",
    "privacy_check.reading",
    "privacy_check.record",
    "privacy_check.render",
    "privacy_check.render.page",
    "privacy_check.render.text",
    "privacy_check.render.words",
    "privacy_check.report",
    "privacy_check.report.build",
    "privacy_check.report.exits",
}
PARTS = ("privacy_check.readers", "privacy_check.rulebook")
"""What is read from depends on the rules; nothing else of ours may be loaded."""


def _home(tmp_path: Path) -> Path:
    """Return a home that gives every reader something to do."""
    home = tmp_path / "home"
    fixtures = ROOT / "rules" / "fixtures"
    files = {
        ".config/dconf/user": "dconf/gnome-many",
        ".config/kscreenlockerrc": "kconfig/kscreenlockerrc-locks",
        ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-notifyd.xml": "xfconf/xfce4-notifyd-on.xml",
        ".config/chromium/Default/Preferences": "chromium/grants/Preferences",
        ".config/chromium/Local State": "chromium/grants/Local State",
        ".config/mozilla/firefox/profiles.ini": "firefox/grants/profiles.ini",
        ".config/mozilla/firefox/a.default/prefs.js": "firefox/grants/prefs.js",
        ".config/mozilla/firefox/a.default/permissions.sqlite": "firefox/grants/permissions.sqlite",
    }
    for path, name in files.items():
        place = home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((fixtures / name).read_bytes())
    return home


def _tree(folder: Path) -> Tree:
    """Return all names below a folder with size, time of change and kind."""
    found = {}
    for here, folders, files in os.walk(folder):
        for name in (*folders, *files, "."):
            path = os.path.join(here, name)
            status = os.lstat(path)
            found[path] = (status.st_size, status.st_mtime_ns, status.st_mode)
    return found


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What a plain run did, and the trees of its folders before and after."""

    code: int
    events: list[list[Any]]
    modules: set[str]
    before: Tree
    after: Tree


@pytest.fixture(scope="module", params=["", "GNOME", "KDE", "XFCE"])
def watched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp("watched")
    home = _home(folder)
    for name in ("tmp", "cache", "runtime"):
        (folder / name).mkdir()
    before = _tree(folder)
    result = subprocess.run(
        [sys.executable, "-c", SPY],
        env={
            "HOME": str(home),
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(folder / "tmp"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_RUNTIME_DIR": str(folder / "runtime"),
            **({"XDG_CURRENT_DESKTOP": request.param} if request.param else {}),
        },
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert result.stdout.startswith("Call checklist")
    seen = json.loads(result.stderr)
    return Watched(
        code=seen["code"],
        events=seen["events"],
        modules=set(seen["modules"]),
        before=before,
        after=_tree(folder),
    )


def _other_than_reading(events: list[list[Any]]) -> list[list[Any]]:
    return [event for event in events if event[0] not in ("open", "socket.__new__")]


def test_a_plain_run_leaves_no_trace(watched: Watched) -> None:
    assert watched.after == watched.before


def test_a_plain_run_starts_nothing_and_uses_no_network(watched: Watched) -> None:
    families = {what for event, what in watched.events if event == "socket.__new__"}

    assert watched.code == 0
    assert _other_than_reading(watched.events) == []
    assert families <= {int(socket.AF_UNIX)}


def test_a_plain_run_opens_no_file_for_writing(watched: Watched) -> None:
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    opened = [what for event, what in watched.events if event == "open"]

    assert len(opened) > 20
    assert [path for path, flags in opened if flags & writing] == []


def test_a_plain_run_imports_only_what_it_needs(watched: Watched) -> None:
    ours = {name for name in watched.modules if name.startswith("privacy_check")}

    assert watched.modules & FORBIDDEN == set()
    assert {name for name in ours if not name.startswith(PARTS)} == OF_EVERY_RUN


def test_the_start_loads_only_click_and_the_standard_library(start: Start) -> None:
    code = "import sys, privacy_check.cli; print(*sorted(sys.modules))"
    loaded = {name.partition(".")[0] for name in start(code=code).stdout.split()}
    plain = {
        name.partition(".")[0]
        for name in start(code="import sys; print(*sys.modules)").stdout.split()
    }

    assert loaded - plain - set(sys.stdlib_module_names) == {"click", "privacy_check"}


NETWORK = {"certifi", "http.client", "requests", "ssl", "_ssl", "urllib.request", "urllib3"}
EVERY_COMMAND = {
    "run": ["run", "--all"],
    "ask": ["ask"],
    "agree": ["agree", "--message"],
    "apps": ["apps", "--for", "video"],
    "explain": ["explain", "app:signal"],
    "handout": ["handout"],
    "link": ["link", "https://meet.jit.si/SomeRoom"],
    "rules": ["rules", "list"],
    "settings": ["settings"],
    "support": ["support"],
}


def test_every_command_is_tried_without_a_network() -> None:
    from privacy_check.cli import COMMANDS

    assert EVERY_COMMAND.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_no_command_loads_what_opens_a_network_unless_it_is_asked_to(
    name: str, tmp_path: Path, start: Start
) -> None:
    home = _home(tmp_path)
    result = start(*EVERY_COMMAND[name], variables={"HOME": str(home)}, code=SPY)
    report = json.loads(result.stderr.splitlines()[-1])
    families = {what for event, what in report["events"] if event == "socket.__new__"}
    loaded = set(report["modules"])

    assert loaded & NETWORK == set()
    assert not any(module.startswith("privacy_check.online") for module in loaded)
    assert families <= {int(socket.AF_UNIX)}
    assert "socket.getaddrinfo" not in {event for event, _ in report["events"]}


@pytest.mark.parametrize(
    "command", [["settings"], ["explain", "notifications-off"], ["rules", "list"]]
)
def test_the_other_commands_leave_no_trace_either(
    command: list[str], tmp_path: Path, start: Start
) -> None:
    home = _home(tmp_path)
    before = _tree(tmp_path)
    result = start(*command, variables={"HOME": str(home)}, code=SPY)
    report = json.loads(result.stderr)

    assert report["code"] == 0
    assert _tree(tmp_path) == before
    assert set(report["modules"]) & FORBIDDEN == set()
    assert _other_than_reading(report["events"]) == []
