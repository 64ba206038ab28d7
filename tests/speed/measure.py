"""Measure whole processes of an installed privacy-check, beside `import click` and its peers.

    python tests/speed/measure.py PYTHON [--runs 21] [--peers]

PYTHON is the interpreter of an environment with the built wheel, outside any checkout. All commands
are run in turn, so that a busy moment meets each of them; medians are shown, and ratios to
`PYTHON -c "import click"`. `--peers` adds one run each of Lynis and `oscap`, where they are here;
they take minutes. Times are wall-clock milliseconds, memory is the largest resident set in MB.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import many_rules

BASE = "import click"
SSG = Path("/usr/share/xml/scap/ssg/content")
SMALL = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
sys.stderr.write(" " + str(os.wait4(child, 0)[2].ru_maxrss))
"""
COUNTS = (100, 1_000, 10_000)


@dataclass(kw_only=True)
class Measured:
    """One command, and what its runs took."""

    name: str
    command: Sequence[str]
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def once(self) -> None:
        """Run the command once, with nothing to read and nowhere to write."""
        null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in range(3)]
        began = time.perf_counter()
        child = os.posix_spawn(self.command[0], list(self.command), os.environ, file_actions=null)
        _, status, usage = os.wait4(child, 0)
        self.seconds.append(time.perf_counter() - began)
        self.processor.append(usage.ru_utime + usage.ru_stime)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 2, 3):  # 2: oscap found something; 3: there is no setting to check here
            sys.exit(f"{self.name} ended with {code}")


def peak(command: Sequence[str]) -> float:
    """Return the largest resident set of one run in MB.

    A child starts out with the memory of who starts it, so that has to be a small process.
    """
    tiny = [sys.executable, "-ISc", SMALL, *command]
    done = subprocess.run(tiny, capture_output=True, check=True, encoding="utf-8")
    return int(done.stderr.split()[-1]) / 1024


def ours(python: str) -> list[Measured]:
    """Return our commands, the interpreter's own start and the base of all ratios."""
    command = f"{Path(python).parent}/privacy-check"
    return [
        Measured(name="python -c pass", command=(python, "-c", "pass")),
        Measured(name=BASE, command=(python, "-c", BASE)),
        Measured(name="--version", command=(command, "--version")),
        Measured(name="--help", command=(command, "--help")),
        Measured(name="settings", command=(command, "settings")),
        Measured(name="run", command=(command, "run")),
        Measured(name="run --format json", command=(command, "run", "--format", "json")),
    ]


def peers() -> list[Measured]:
    """Return the hygiene scanners that are installed, with the quickest audit each offers."""
    found = []
    if lynis := shutil.which("lynis"):
        quick = (lynis, "audit", "system", "--quick", "--no-colors", "--no-log")
        found.append(Measured(name="lynis audit system --quick", command=quick))
    contents = sorted(SSG.glob("ssg-debian*-ds.xml"))
    if (oscap := shutil.which("oscap")) and contents:
        profile = "xccdf_org.ssgproject.content_profile_standard"
        audit = (oscap, "xccdf", "eval", "--profile", profile, str(contents[-1]))
        found.append(Measured(name=f"oscap xccdf eval ({contents[-1].stem})", command=audit))
    return found


def with_many_rules(python: str, folder: Path) -> list[Measured]:
    """Return runs with more and more rules: from rule files, and compiled as in a wheel."""
    found = []
    for count in COUNTS:
        rules = many_rules.write(folder / str(count), count)
        given = (f"{Path(python).parent}/privacy-check", "run", "--rules", str(rules))
        found.append(Measured(name=f"run --rules, {count:,} rule files", command=given))
        copy = many_rules.install(python, rules, folder / f"installed-{count}")
        start = f"import sys; sys.path.insert(0, {str(copy)!r})\n"
        start += "from privacy_check.__main__ import start; start()"
        compiled = (python, "-c", start, "run")
        found.append(Measured(name=f"run, {count:,} rules compiled", command=compiled))
    return found


def table(measured: Sequence[Measured], base: float) -> list[str]:
    """Return the rows of a Markdown table."""
    lines = ["| command | median ms | ratio | processor ms | peak MB |", "|---|--:|--:|--:|--:|"]
    for item in measured:
        seconds = statistics.median(item.seconds)
        lines.append(
            f"| `{item.name}` | {seconds * 1000:.0f} | {seconds / base:.2f} "
            f"| {statistics.median(item.processor) * 1000:.0f} | {peak(item.command):.0f} |"
        )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure an installed privacy-check.")
    parser.add_argument("python")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--peers", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        own = ours(arguments.python)
        many = with_many_rules(arguments.python, Path(name))
        for _ in range(arguments.runs):
            for item in own:
                item.once()
        rare = [*many, *(peers() if arguments.peers else [])]
        for item in [*many, *many, *rare]:
            item.once()
        base = statistics.median(own[1].seconds)
        sys.stdout.write("\n".join([*table([*own, *rare], base), ""]))


if __name__ == "__main__":
    main()
