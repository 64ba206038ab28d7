"""A case's machine as a tree of files, and the command that looks at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from machines import RULES, State, rules_of

from privacy_check.cli import cli
from privacy_check.machine.case import HOME
from privacy_check.rulebook.reads import program_list


def can_be_a_tree(state: State) -> bool:
    """Say whether a copy of files holds all that a case is made of."""
    case = state.case
    live = (case.bus, case.processes, case.devices, case.commands)
    kept = set(case.environment) <= {"XDG_CURRENT_DESKTOP"}
    return not any(live) and kept and bool(case.files or case.texts)


def build(root: Path, state: State) -> None:
    """Write a case's files as a computer would hold them."""
    machine = state.machine
    (root / HOME.strip("/")).mkdir(parents=True, exist_ok=True)
    for path, data in machine.files.items():
        place = root / path.strip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    for path in machine.empty:
        (root / path.strip("/")).mkdir(parents=True, exist_ok=True)
    for path, target in machine.links.items():
        place = root / path.strip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)


def write_rules(folder: Path, state: State) -> Path:
    """Write a rule folder with one rule and the one row of the setting that it reads."""
    setting = state.place.setting.id
    use = rules_of(setting)[0].settings[0]
    advice = folder / "advice" / "prepare"
    advice.mkdir(parents=True)
    (advice / "the-rule.toml").write_text(
        f"""id = "the-rule"
title = "One setting"
phase = "prepare"
severity = "high"
profiles = ["close", "care", "legal", "source", "audit"]
channels = ["video", "voice", "text"]
why = "It is looked at here."

[[settings]]
id = "{setting}"
good = {json.dumps(use.good)}

[[sources]]
title = "A test"
where = "here"
kind = "project"
checked = 2026-11-22
"""
    )
    (folder / "settings").mkdir()
    text = (RULES / "settings" / f"{setting}.toml").read_text()
    kept = "\n".join(_kept(text, state.place.variant.row)) + "\n"
    strict = kept.replace('confidence = "believed"', 'confidence = "documented"')
    (folder / "settings" / f"{setting}.toml").write_text(strict)
    if listed := program_list(state.place.variant.form.read):
        (folder / "programs").mkdir()
        shutil.copy(RULES / "programs" / f"{listed}.toml", folder / "programs")
    return folder


def _kept(text: str, row: str) -> Iterator[str]:
    """Yield the lines of a setting file that belong to one row, without its cases."""
    table = "[" + row.replace("/", ".") + "]"
    keep = True
    for line in text.splitlines():
        if line.startswith("["):
            keep = line in ("[values]", table)
        if keep:
            yield line


def arguments(rules: Path, root: Path) -> list[str]:
    """Return the command line that looks at a tree."""
    places = ["--rules", str(rules), "--root", str(root), "--home", HOME]
    return ["run", *places, "--format", "json", "--fail-on", "high"]


def look(state: State, rules: Path, root: Path) -> tuple[int, str, str]:
    """Run the whole command on a tree; return its exit code, and the row's status and reason."""
    desktop = state.case.environment.get("XDG_CURRENT_DESKTOP") or None
    result = CliRunner().invoke(cli, arguments(rules, root), env={"XDG_CURRENT_DESKTOP": desktop})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    rows = [row for item in json.loads(result.stdout)["findings"] for row in item["settings"]]
    (row,) = (row for row in rows if row["platform"] == state.place.variant.row)
    return result.exit_code, str(row["status"]), row["reason"] or ""
