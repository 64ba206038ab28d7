"""Try the built wheel and source archive: installed elsewhere, each in an environment of its own.

    python tests/trial_wheel.py FOLDER        the folder with both, from `python -m build`

Run it with a Python that can import the checkout's own package. It ends with an error at the first
thing that is not as it has to be.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = "privacy_check"
COMPILED = "rulebook.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What a command says, as far as it has to be the same everywhere."""

    version: str
    rules: str
    lint: str
    cases: str


def behaviour(command: list[str], home: Path, folder: Path) -> Behaviour:
    """Use the command in some folder and give what it says."""

    def said(*arguments: str) -> str:
        return subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env={"HOME": str(home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        ).stdout

    report = json.loads(said("run", "--format", "json"))
    assert report["findings"]
    return Behaviour(
        version=said("--version"),
        rules=report["rules"]["hash"],
        lint=said("rules", "lint"),
        cases=said("rules", "test"),
    )


def try_archive(archive: Path, elsewhere: Path, home: Path, expected: Behaviour) -> None:
    """Install an archive in an empty environment, and use it there."""
    venv.create(elsewhere, with_pip=True)
    python = elsewhere / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", archive], cwd=elsewhere, check=True)
    command = [str(elsewhere / "bin" / "privacy-check")]
    found = behaviour(command, home, elsewhere)
    assert found == expected, f"{archive.name}: {found}, the checkout: {expected}"
    (package,) = elsewhere.glob(f"lib/python*/site-packages/{PACKAGE}")
    assert (package / COMPILED).is_file()
    shutil.rmtree(package / "rules")
    run = [*command, "run", "--format", "json"]
    done = subprocess.run(
        run, cwd=elsewhere, env={"HOME": str(home)}, capture_output=True, check=False
    )
    assert done.returncode == 0, "the compiled rules alone have to do for a run"
    assert json.loads(done.stdout)["rules"]["hash"] == expected.rules


def try_contents(wheel: Path) -> None:
    """The wheel holds the package, its rules and the compiled rules, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert f"{PACKAGE}/{COMPILED}" in names
    assert f"{PACKAGE}/rules/rulebook.toml" in names
    tops = {name.partition("/")[0] for name in names}
    assert all(top == PACKAGE or top.endswith(".dist-info") for top in tops), tops


def main() -> None:
    """Try both archives in the folder named on the command line."""
    folder = Path(sys.argv[1]).resolve()
    (wheel,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    try_contents(wheel)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name, "home")
        home.mkdir()
        expected = behaviour([sys.executable, "-m", PACKAGE], home, CHECKOUT)
        for archive in (wheel, source):
            try_archive(archive, Path(name, archive.suffix.strip(".")), home, expected)


if __name__ == "__main__":
    main()
