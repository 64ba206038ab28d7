"""House rules on how an app is known on Linux: what could never show it is named with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rule_folders import RULES

from privacy_check.rulebook.load import load
from privacy_check.rulebook.problems import Problem

WHOLE = """
[linux]
sources = ["fh-qtox"]

[[linux.packages]]
name = "other"
homes = ["other.example/app"]

[[linux.entries]]
name = "other.desktop"
handles = ["other"]
"""


def problems(folder: Path, linux: str) -> list[Problem]:
    """Give what is found where the file of one app has this table."""
    shutil.copytree(RULES, folder)
    place = folder / "apps" / "tox.toml"
    text = place.read_text(encoding="utf-8")
    start, end = text.index("[linux]"), text.index("[[links]]")
    place.write_text(f"{text[:start]}{linux.lstrip()}\n{text[end:]}", encoding="utf-8")
    unused = "no fact names this source"
    return [one for one in load([folder]).problems if unused not in str(one)]


def test_a_whole_table_is_fine(tmp_path: Path) -> None:
    assert problems(tmp_path / "rules", WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ('sources = ["fh-qtox"]\n', "", "linux", "name the sources"),
        ('homes = ["other.example/app"]\n', "", "linux.packages.1.name", "homes or files"),
        ('handles = ["other"]\n', "", "linux.entries.1.name", "programs or handles"),
        ('"other.example/app"', '"https://other.example"', "linux.packages.1.homes.1", "a host"),
        ('"other.example/app"', '"www.other.example"', "linux.packages.1.homes.1", "a host"),
        ('"other.example/app"', '"other.example/"', "linux.packages.1.homes.1", "a host"),
        ('"other.example/app"', '"Other.example"', "linux.packages.1.homes.1", "a host"),
    ],
)
def test_what_could_never_show_an_app_is_named(
    tmp_path: Path, old: str, new: str, at: str, says: str
) -> None:
    assert old in WHOLE
    found = problems(tmp_path / "rules", WHOLE.replace(old, new))

    assert len(found) == 1
    assert f"{at}: " in str(found[0])
    assert says in str(found[0])
    assert found[0].line
