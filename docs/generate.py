"""Writes the generated pages and schemas, and the screen in the README.

    python docs/generate.py            writes what differs, and names it
    python docs/generate.py --check    writes nothing; exits 1 when something differs

It describes the checkout it stands in; the package has to be importable.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pages.advice import advice_page, item_lists
from pages.apps import apps_page
from pages.command_line import command_line
from pages.how_sure import how_sure_page
from pages.markdown import page
from pages.rule_files import rule_files
from pages.rules import rules_page, settings_page
from pages.screen import sample_screen, with_screen

from privacy_check.render.json import dump
from privacy_check.render.json_schema import SCHEMAS as REPORT_SCHEMA
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import RuleBook
from privacy_check.rulebook.schema import schema_of

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"


def main() -> int:
    """Write or check the generated files; return the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated pages and schemas.")
    parser.add_argument("--check", action="store_true", help="only name the files that differ")
    only_check = parser.parse_args().check
    loaded = load([RULES])
    if loaded.book is None:
        print(*loaded.problems, sep="\n", file=sys.stderr)
        return 1
    stale = {name: text for name, text in _generated(loaded.book).items() if text != _now(name)}
    for name, text in stale.items():
        print(name)
        if not only_check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(text, encoding="utf-8")
    return 1 if only_check and stale else 0


def _generated(book: RuleBook) -> dict[str, str]:
    """Return the content of every generated file by its path in the checkout."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    kinds = ("advice", "settings", "programs", "support", "agreement", "apps")
    schemas = {f"docs/schemas/{kind}.schema.json": dump(schema_of(kind)) for kind in kinds}
    return {
        "README.md": with_screen(readme, sample_screen(book, RULES)),
        "docs/advice.md": page(advice_page(book, item_lists(ROOT / "docs"))),
        "docs/apps.md": page(apps_page(book)),
        "docs/command-line.md": page(command_line()),
        "docs/how-sure.md": page(how_sure_page(book)),
        "docs/rule-files.md": page(rule_files()),
        "docs/rules.md": page(rules_page(book)),
        "docs/settings.md": page(settings_page(book)),
        **schemas,
        "docs/schemas/json-v1.schema.json": dump(REPORT_SCHEMA),
    }


def _now(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
