"""The whole command, started as a person would start it, and looking into its JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from programs.home import environment, runtime_folder

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "privacy_check")
RUN = ("run", "--format", "json")

Wire = dict[str, Any]
CHANGING = ("made_at", "as_of", "age_days")


def start(
    home: Path,
    command: Sequence[str],
    *,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command line to its end, with the home as all that it knows of a person.

    The session bus is the one in that home, if there is one, and never the caller's own.
    """
    bus = f"unix:path={runtime_folder(home)}/bus"
    surroundings = {"DBUS_SESSION_BUS_ADDRESS": bus, **(variables or {})}
    return subprocess.run(
        command,
        env=environment(home, **surroundings),
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def report_of(
    home: Path,
    *arguments: str,
    desktop: str = "",
    through: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
    code: int = 0,
) -> Wire:
    """Give the JSON report of a run.

    Args:
        home: The home folder.
        *arguments: Further arguments of `run`.
        desktop: What the session says about itself, if anything.
        through: A program that starts the command in other surroundings.
        variables: Further environment variables.
        code: The exit code that the run has to end with.
    """
    session = {"XDG_CURRENT_DESKTOP": desktop} if desktop else {}
    more = {**session, **(variables or {})}
    done = start(home, [*through, *COMMAND, *RUN, *arguments], variables=more)
    assert done.returncode == code, done.stderr
    assert not done.stderr
    return read(done.stdout)


def read(text: str) -> Wire:
    """Give a report from its JSON text."""
    report: Wire = json.loads(text)
    return report


def finding(report: Wire, rule: str) -> Wire:
    """Give what came of one rule."""
    found: Wire
    (found,) = [item for item in report["findings"] if item["rule"] == rule]
    return found


def row(report: Wire, rule: str, setting: str, platform: str) -> Wire:
    """Give one row of a setting, as that rule sees it."""
    found: Wire
    (found,) = [
        item
        for item in finding(report, rule)["settings"]
        if (item["setting"], item["platform"]) == (setting, platform)
    ]
    return found


def lasting(wire: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Give a JSON value without the fields that may differ between two runs."""
    if isinstance(wire, dict):
        return {key: lasting(value) for key, value in wire.items() if key not in CHANGING}
    return [lasting(item) for item in wire] if isinstance(wire, list) else wire


def without_rights() -> tuple[str, ...]:
    """Give what starts a command that may read no more than its account: root may read all."""
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()


def without_network() -> tuple[str, ...]:
    """Give what starts a command in an empty network."""
    return ("unshare", "-n") if os.geteuid() == 0 else ("unshare", "--map-current-user", "-n")
