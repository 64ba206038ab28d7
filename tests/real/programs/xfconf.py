"""Real xfconf channels, written by xfconfd when xfconf-query asks it to."""

import time
from collections.abc import Mapping
from pathlib import Path

from .home import run, wait_until

NEEDS = ("dbus-run-session", "xfconf-query")
FOLDER = Path(".config/xfce4/xfconf/xfce-perchannel-xml")

# xfconfd saves about five seconds after a change, so the bus has to live longer.
SAVE_SECONDS = 7


def set_properties(home: Path, channel: str, properties: Mapping[str, tuple[str, str]]) -> Path:
    """Set properties of one channel and give the XML file once it is saved.

    Args:
        home: The home folder.
        channel: The channel, such as ``xfce4-notifyd``.
        properties: For each property path, its type and its value.
    """
    commands = [
        f"xfconf-query -c {channel} -p {path} -n -t {kind} -s {value}"
        for path, (kind, value) in properties.items()
    ]
    script = "; ".join([*commands, f"sleep {SAVE_SECONDS}"])
    run(home, ["dbus-run-session", "--", "sh", "-ec", script])
    return _saved(home, channel)


def reset_property(home: Path, channel: str, path: str) -> Path:
    """Take one property back and give the XML file once it is saved."""
    script = f"xfconf-query -c {channel} -p {path} -r; sleep {SAVE_SECONDS}"
    run(home, ["dbus-run-session", "--", "sh", "-ec", script])
    return _saved(home, channel)


def measure_delay(home: Path, channel: str, path: str) -> float:
    """Set a switch and give the seconds until the file is on the disk."""
    saved = home / FOLDER / f"{channel}.xml"
    script = f"xfconf-query -c {channel} -p {path} -n -t bool -s true; date +%s.%N; sleep 7"
    asked = float(run(home, ["dbus-run-session", "--", "sh", "-ec", script]))
    return saved.stat().st_mtime - asked


def _saved(home: Path, channel: str) -> Path:
    """Give the XML file of a channel, waiting a little for it."""
    file = home / FOLDER / f"{channel}.xml"
    wait_until(f"{channel}.xml", file.exists, seconds=10)
    time.sleep(0.1)
    return file
