"""Rule folders of any size, and installations that hold them compiled."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import cycle, islice
from pathlib import Path

RULES = Path(__file__).resolve().parents[2] / "rules"
COMPILE = """
import sys
from privacy_check.rulebook.compiled import FILE, compile_book
from privacy_check.rulebook.load import load
loaded = load([sys.argv[1]])
assert loaded.book, loaded.problems[:3]
with open(f"{sys.argv[2]}/{FILE}", "w", encoding="utf-8") as file:
    file.write(compile_book(loaded.book))
"""


def write(folder: Path, count: int) -> Path:
    """Write a folder with so many rules: the shipped ones over and over, under ids of their own."""
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("advice"))
    shipped = sorted(RULES.glob("advice/*/*.toml"))
    for number, source in enumerate(islice(cycle(shipped), count)):
        name = source.stem if number < len(shipped) else f"rule-{number:05}"
        text = source.read_text(encoding="utf-8")
        text = re.sub(r'(?m)^id = ".*"$', f'id = "{name}"', text, count=1)
        if number >= len(shipped):
            text = re.sub(r'(?m)^(?:pillar = ".*"|quick = \d)\n', "", text)
        place = folder / "advice" / source.parent.name / f"{name}.toml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def install(python: str, rules: Path, folder: Path) -> Path:
    """Copy the installed package into a folder, with these rules compiled in place of its own."""
    where = "import os, privacy_check; print(os.path.dirname(privacy_check.__file__))"
    installed = subprocess.run(
        [python, "-c", where], cwd=rules, capture_output=True, check=True, encoding="utf-8"
    ).stdout.strip()
    package = folder / "privacy_check"
    shutil.copytree(installed, package, ignore=shutil.ignore_patterns("rules"))
    subprocess.run([python, "-c", COMPILE, str(rules), str(package)], cwd=rules, check=True)
    return folder
