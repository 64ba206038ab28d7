"""A lived-in home made by real programs: most of its rows are read, and one program starts."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from programs import dconf, pipewire, portal
from whole_command import CHECKOUT, COMMAND, start

pytestmark = pytest.mark.real

FIXTURES = CHECKOUT / "rules" / "fixtures"
ENOUGH = 25
GNOME = {
    "org/gnome/desktop/notifications": {"show-banners": "false", "show-in-lock-screen": "false"},
    "org/gnome/desktop/screensaver": {"lock-enabled": "true", "lock-delay": "uint32 0"},
    "org/gnome/desktop/session": {"idle-delay": "uint32 300"},
    "org/gnome/desktop/lockdown": {"disable-lock-screen": "false"},
    "org/gnome/desktop/privacy": {
        "disable-camera": "false",
        "disable-microphone": "false",
        "remember-recent-files": "false",
        "remember-app-usage": "false",
    },
    "org/gnome/desktop/thumbnailers": {"disable-all": "true"},
    "org/gnome/desktop/a11y/applications": {"screen-reader-enabled": "false"},
    "org/gnome/system/location": {"enabled": "false"},
    "system/proxy": {"mode": "'none'"},
}


@pytest.fixture
def lived_in(home: Path) -> Iterator[Path]:
    """Give a home with a desktop, two browsers, permissions and sound, while PipeWire runs."""
    dconf.load(home, GNOME)
    shutil.copytree(FIXTURES / "chromium/grants", home / ".config/chromium/Default")
    profile = home / ".config/mozilla/firefox/qhgnsnc6.default-esr"
    shutil.copytree(FIXTURES / "firefox/grants", profile)
    for name in ("profiles.ini", "installs.ini"):
        (profile / name).rename(profile.parent / name)
    portal.table(home, "devices", [("camera", "org.example.Camera", ["no"])])
    with pipewire.running(home) as sound:
        sound.set("load-module", *pipewire.MICROPHONE)
        sound.set("load-module", *pipewire.SPEAKER)
        yield home


def outcomes(home: Path, command: Sequence[str]) -> Counter[str]:
    done = start(home, command, variables={"XDG_CURRENT_DESKTOP": "GNOME"})
    assert done.returncode == 0, done.stderr
    return Counter(row["outcome"] for row in json.loads(done.stdout)["settings"])


def test_most_of_a_lived_in_home_is_really_read(lived_in: Path) -> None:
    found = outcomes(lived_in, [*COMMAND, "settings", "--format", "json"])

    assert found["value"] >= ENOUGH
    assert found["value"] > found["unreadable"]


def test_the_only_program_that_is_started_lists_what_pipewire_does(
    lived_in: Path, tmp_path: Path
) -> None:
    log = tmp_path / "started"
    traced = ("strace", "-f", "-qq", "-e", "trace=execve", "-e", "signal=none", "-o", str(log))
    outcomes(lived_in, [*traced, *COMMAND, "settings", "--format", "json"])
    started = re.findall(r'execve\("([^"]*)"', log.read_text(encoding="utf-8"))

    assert started == [COMMAND[0], "/usr/bin/pw-dump"]
