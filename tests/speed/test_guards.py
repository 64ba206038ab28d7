"""What a start costs, in things that no busy moment blurs: modules, opened files, commands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from privacy_check.rulebook.compiled import FILE, compile_book
from privacy_check.rulebook.load import load

Start = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "rules" / "fixtures"

SPY = """
import sys
import click
of_click = set(sys.modules)
opened, started = [], []

def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])
    elif event in ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.fork", "os.system"):
        started.append(event)

sys.addaudithook(note)
from privacy_check.cli import main
try:
    main()
except SystemExit:
    pass
modules = set(sys.modules) - of_click
import json
seen = {"modules": sorted(modules), "opened": opened, "started": started}
print(json.dumps(seen), file=sys.stderr)
"""

HOME_FILES = {
    ".config/dconf/user": "dconf/gnome-many",
    ".config/kscreenlockerrc": "kconfig/kscreenlockerrc-locks",
    ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-notifyd.xml": "xfconf/xfce4-notifyd-on.xml",
    ".config/chromium/Default/Preferences": "chromium/grants/Preferences",
    ".config/chromium/Local State": "chromium/grants/Local State",
    ".config/mozilla/firefox/profiles.ini": "firefox/grants/profiles.ini",
    ".config/mozilla/firefox/a.default/prefs.js": "firefox/grants/prefs.js",
    ".config/mozilla/firefox/a.default/permissions.sqlite": "firefox/grants/permissions.sqlite",
}
ALLOWED = {"binascii", "encodings", "fnmatch", "json", "locale", "struct", "textwrap"}
ALLOWED |= {"sqlite3"}  # for a Firefox profile
ALLOWED |= {"copy", "pyexpat", "xml"}  # for the settings of Xfce
"""Top modules that a run may add to those of click, beside private ones."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a run of an installed package did."""

    modules: set[str]
    opened: list[str]
    started: list[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package as a wheel holds it: compiled rules, no rule files."""
    folder = tmp_path_factory.mktemp("site")
    package = folder / "privacy_check"
    shutil.copytree(ROOT / "privacy_check", package, ignore=shutil.ignore_patterns("__pycache__"))
    book = load([ROOT / "rules"]).book
    assert book is not None
    (package / FILE).write_text(compile_book(book), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for path, name in HOME_FILES.items():
        place = tmp_path / "home" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((FIXTURES / name).read_bytes())
    return tmp_path / "home"


@pytest.fixture(params=["GNOME", "KDE", "XFCE"])
def seen(request: pytest.FixtureRequest, site: Path, home: Path, start: Start) -> Seen:
    variables = {"HOME": str(home), "PYTHONPATH": str(site), "XDG_CURRENT_DESKTOP": request.param}
    result = start("run", variables=variables, code=SPY)
    assert result.stdout.startswith("Call checklist")
    return Seen(**{**(wire := json.loads(result.stderr)), "modules": set(wire["modules"])})


def test_a_run_adds_few_modules_to_those_of_click(seen: Seen) -> None:
    top = {name.partition(".")[0] for name in seen.modules}

    assert {name for name in top if not name.startswith("_")} <= {*ALLOWED, "privacy_check"}
    assert {"privacy_check", "json"} <= top


def test_a_run_of_compiled_rules_needs_no_decoder(seen: Seen) -> None:
    ours = {name.rpartition(".")[2] for name in seen.modules if ".rulebook." in name}

    assert ours == {"compiled", "reads", "records", "select", "vocabulary"}


def test_every_file_is_opened_once(seen: Seen, home: Path) -> None:
    opened = Counter(path for path in seen.opened if path.startswith(f"{home}/"))

    assert set(opened.values()) == {1}
    assert {f"{home}/{path}" for path in HOME_FILES} >= set(opened)
    assert f"{home}/.config/chromium/Default/Preferences" in opened


def test_where_files_are_enough_no_program_is_started(seen: Seen) -> None:
    assert seen.started == []


def test_one_file_starts_programs() -> None:
    starts = re.compile(r"\bos\.(posix_spawn|spawn|fork|exec|system|popen)|\bsubprocess\b|\bpty\b")
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "privacy_check").rglob("*.py")
        if starts.search(path.read_text(encoding="utf-8"))
    }

    assert found == {"privacy_check/machine/commands.py"}
