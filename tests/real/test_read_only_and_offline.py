from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from programs import dconf, session_bus
from whole_command import (
    CHECKOUT,
    COMMAND,
    RUN,
    Wire,
    lasting,
    report_of,
    row,
    start,
    without_network,
)

pytestmark = pytest.mark.real

FIXTURES = CHECKOUT / "rules" / "fixtures"
FIREFOX = Path(".config/mozilla/firefox")
PROFILE = "qhgnsnc6.default-esr"
# `-B`: Python keeps compiled modules beside the sources, which has nothing to do with us.
QUIET = (COMMAND[0], "-B", *COMMAND[1:])
TRACED = "execve,execveat,socket,connect,%file,ftruncate,fchmod,fchown,fsetxattr,futimesat"
OF_THE_NETWORK = {"remote-access-ports", "ssh-server", "vpn"}
HARMLESS = ("/dev/null", "/dev/tty")
SYSTEM_BUS = "/run/dbus/system_bus_socket"
READING = {
    "access",
    "execve",
    "faccessat",
    "faccessat2",
    "fstat",
    "getcwd",
    "lstat",
    "newfstatat",
    "open",
    "openat",
    "openat2",
    "readlink",
    "readlinkat",
    "stat",
    "statfs",
    "statx",
}
PLACE = re.compile(r'"([^"]*)"')
CLOCK = re.compile(r"\d\d:\d\d")
CALL = re.compile(r"^\d+ +(?:<\.\.\. )?(\w+)[( ](.*)$")


@pytest.fixture
def full_home(home: Path) -> Path:
    """Give a home in which there is something to read for each browser and the desktop."""
    dconf.set_key(home, "org.gnome.desktop.notifications", "show-banners", "false")
    shutil.copytree(FIXTURES / "chromium/grants", home / ".config/chromium/Default")
    profile = home / FIREFOX / PROFILE
    shutil.copytree(FIXTURES / "firefox/grants", profile)
    for name in ("profiles.ini", "installs.ini"):
        (profile / name).rename(home / FIREFOX / name)
    return home


def calls(home: Path, command: Sequence[str]) -> list[tuple[str, str]]:
    """Give the traced system calls of a command: their names, and all that follows.

    A call that was interrupted by another thread has two lines; its name stands in both.
    """
    log = str(home / "calls")
    traced = ("strace", "-f", "-qq", "-e", f"trace={TRACED}", "-e", "signal=none", "-o", log)
    done = start(home, [*traced, *command], variables={"XDG_CURRENT_DESKTOP": "GNOME"})
    assert done.returncode == 0, done.stderr
    lines = Path(log).read_text(encoding="utf-8", errors="replace").splitlines()
    matches = [CALL.match(line) for line in lines]
    return [(match[1], match[2]) for match in matches if match]


def is_writing(name: str, rest: str) -> bool:
    """Say whether a call could change something on a disk."""
    if name.startswith("open"):
        opened = re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)", rest)
        return bool(opened) and not any(f'"{path}"' in rest for path in HARMLESS)
    return name not in READING


def apart_from_the_network(report: Wire) -> object:
    """Give what lasts of a report, less what looks at the network itself."""
    found = lasting(report)
    del found["coverage"]
    for finding in found["findings"]:
        rows = [item for item in finding["settings"] if item["setting"] not in OF_THE_NETWORK]
        if rows != finding["settings"]:
            finding.update(settings=rows, status="")
    return found


def test_an_empty_network_changes_nothing(full_home: Path) -> None:
    usual = report_of(full_home, desktop="GNOME")
    offline = report_of(full_home, desktop="GNOME", through=without_network())
    assert apart_from_the_network(offline) == apart_from_the_network(usual)
    seen = row(offline, "permissions", "browser-camera", "linux/firefox")
    assert seen["value"] == "some-sites"


@pytest.mark.parametrize(
    "arguments",
    [
        ("apps", "--for", "video"),
        ("explain", "app:zoom"),
        ("link", "https://meet.jit.si/SomeRoom"),
        ("handout",),
        ("support",),
        ("agree", "--message"),
        ("rules", "list"),
    ],
    ids=" ".join,
)
def test_a_command_says_the_same_in_an_empty_network(
    full_home: Path, arguments: tuple[str, ...]
) -> None:
    usual = start(full_home, (*COMMAND, *arguments))
    offline = start(full_home, (*without_network(), *COMMAND, *arguments))
    said = [CLOCK.sub("", done.stdout) for done in (usual, offline)]
    assert usual.stdout
    assert (offline.returncode, said[1]) == (usual.returncode, said[0])


def test_without_a_network_the_missing_answer_is_named(full_home: Path) -> None:
    entry = full_home / ".local/share/applications/org.telegram.desktop.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nType=Application\nExec=sh\nMimeType=x-scheme-handler/tg;\n")
    done = start(full_home, (*without_network(), *COMMAND, "apps", "--online"))

    assert done.returncode == 3
    assert "api.github.com" in done.stderr
    assert "Whether there is a newer version is not known." in " ".join(done.stdout.split())
    assert "This is the newest version" not in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        *((), RUN, ("settings",), ("explain", "notifications-off"), ("rules", "lint")),
        *(("apps",), ("explain", "app:signal"), ("link", "https://meet.jit.si/SomeRoom")),
    ],
    ids=" ".join,
)
def test_no_network_no_program_no_change(full_home: Path, arguments: tuple[str, ...]) -> None:
    with session_bus.running(full_home):
        found = calls(full_home, [*QUIET, *arguments])
    assert [name for name, _ in found if name.startswith("execve")] == ["execve"]
    # The second line of a call that another thread interrupted says no more of where it goes.
    begun = [(name, rest) for name, rest in found if not rest.startswith("resumed>")]
    spoken = [rest for name, rest in begun if name in {"socket", "connect"}]
    assert all("AF_UNIX" in rest for rest in spoken)
    buses = {f"{full_home}/.run/bus", SYSTEM_BUS}
    assert {PLACE.findall(rest)[0] for name, rest in begun if name == "connect"} <= buses
    rest = [call for call in found if call[0] not in {"socket", "connect"}]
    assert any(name.startswith("open") for name, _ in rest)
    assert not [call for call in rest if is_writing(*call)]


def test_a_run_asks_the_session_and_reads_the_home(full_home: Path) -> None:
    with session_bus.running(full_home):
        found = calls(full_home, [*QUIET, *RUN])
    named = {path for _, rest in found for path in PLACE.findall(rest)}
    assert f"{full_home}/.run/bus" in named
    assert f"{full_home}/.config/dconf/user" in named
    assert f"{full_home / FIREFOX / PROFILE}/permissions.sqlite" in named
    assert f"{full_home}/.config/chromium/Default/Preferences" in named


def test_the_home_is_left_as_it_was(full_home: Path) -> None:
    def everything() -> dict[str, tuple[int, int, int]]:
        paths = [full_home, *full_home.rglob("*")]
        stats = {str(path): path.lstat() for path in paths}
        return {path: (s.st_mode, s.st_size, s.st_mtime_ns) for path, s in stats.items()}

    (full_home / ".run").mkdir(exist_ok=True)
    before = everything()
    report_of(full_home, desktop="GNOME")
    assert everything() == before


CHANGES: tuple[Callable[[Path], str], ...] = (
    lambda home: f"open({str(home / 'new')!r}, 'w').close()",
    lambda home: f"import os; os.mkdir({str(home / 'new')!r})",
    lambda _: "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
    lambda _: "import subprocess; subprocess.run(['/bin/true'])",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_trace_would_show_it(home: Path, change: Callable[[Path], str]) -> None:
    found = calls(home, [COMMAND[0], "-B", "-c", change(home)])
    assert (
        [name for name, _ in found].count("execve") > 1
        or any("AF_INET" in rest for _, rest in found)
        or any(is_writing(*call) for call in found)
    )
