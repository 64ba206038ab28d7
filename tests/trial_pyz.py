"""Try the one file that runs without installing: does it say the same, and does it leave nothing.

    python tests/trial_pyz.py FOLDER [PYTHON]...    the folder with the wheel

It builds the file, and starts it from a folder that cannot be written, with the Python that runs
this, without its environment, and with every further one. It ends with an error at the first thing
that is not as it has to be.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
NAME = "privacy-check.pyz"
PARTS = (
    "certifi",
    "charset_normalizer",
    "click",
    "idna",
    "jeepney",
    "jinja2",
    "markupsafe",
    "requests",
    "tomli",
    "urllib3",
)
COMPILED_PARTS = (".so", ".pyd", ".dll", ".dylib", ".pyc")
SAME: tuple[tuple[str, ...], ...] = (
    ("--version",),
    ("--help",),
    (),
    ("run", "--all"),
    ("run", "--format", "json"),
    ("run", "--explain-reads"),
    ("run", "--fail-on", "info", "--quiet"),
    ("run", "--profil", "care"),
    ("settings", "--all"),
    ("settings", "--format", "json"),
    ("settings", "--platform", "android"),
    ("explain", "notifications-off"),
    ("explain", "no-such-rule"),
    ("explain", "app:signal"),
    ("apps",),
    ("apps", "--for", "video"),
    ("apps", "--format", "json"),
    ("apps", "--online"),
    ("link", "https://meet.jit.si/SomeRoom"),
    ("support",),
    ("ask",),
    ("handout",),
    ("rules", "list"),
    ("rules", "schema"),
)
"""What has to be the same as in an installation, but for the time of day."""

NO_FILES = (("rules", "lint"), ("rules", "test"))
"""What wants the rule files, which are not in the one file."""

TIME = re.compile(r"(\d{4}-\d\d-\d\dT)?\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The folders a start can see, each of them ours: nothing in them may change."""

    root: Path

    @property
    def folders(self) -> dict[str, Path]:
        """Return the folders by the names they have."""
        return {name: self.root / name for name in ("home", "temporary", "here", "stick")}

    def variables(self) -> dict[str, str]:
        """Return the environment of a start; no proxy, no settings of Python."""
        home, temporary = str(self.folders["home"]), str(self.folders["temporary"])
        return {"HOME": home, "TMPDIR": temporary, "PATH": os.defpath, "LC_ALL": "C.UTF-8"}

    def traces(self) -> dict[str, tuple[int, int, int]]:
        """Return mode, size and time of all there is; a folder's time tells of gone files too."""
        every = [self.root, *sorted(self.root.rglob("*"))]
        seen = {str(path): path.lstat() for path in every}
        return {name: (one.st_mode, one.st_size, one.st_mtime_ns) for name, one in seen.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a start ended, without the time of day."""

    code: int
    out: str
    err: str


def ended(command: list[str], place: Place) -> Ended:
    """Start a command in its folder, and return how it ended."""
    done = subprocess.run(
        command,
        cwd=place.folders["here"],
        env=place.variables(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return Ended(
        code=done.returncode, out=TIME.sub("TIME", done.stdout), err=TIME.sub("TIME", done.stderr)
    )


def build(wheel: Path, folder: Path) -> Path:
    """Make the file twice and return it: both times it holds the same bytes."""
    made = [folder / NAME, folder / f"again-{NAME}"]
    for target in made:
        subprocess.run(
            [sys.executable, CHECKOUT / "build_pyz.py", wheel, target], cwd=folder, check=True
        )
    first, again = (path.read_bytes() for path in made)
    assert first == again, "the same wheels have to make the same bytes"
    made[1].unlink()
    return made[0]


def try_contents(file: Path) -> None:
    """Nothing in it is compiled for one system, and the licences of all parts are there."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    assert [name for name in names if name.endswith(COMPILED_PARTS)] == []
    assert names == sorted(names)
    assert "privacy_check/rulebook.json" in names
    assert [name for name in names if name.startswith("privacy_check/rules/")] == []
    for part in ("privacy_check", *PARTS):
        found = [name for name in names if name.startswith(f"{part}-") and "LICENSE" in name]
        assert found, f"the licence of {part} is not in the file"


def try_starts(python: str, file: Path, expected: dict[tuple[str, ...], Ended], at: Place) -> None:
    """Start the file in every way: it says what an installation says, and leaves nothing."""
    before = at.traces()
    for arguments, wanted in expected.items():
        for options in (["-I"], ["-I", "-S"]):
            found = ended([python, *options, str(file), *arguments], at)
            assert found == wanted, f"{python} {arguments}: {found}, installed: {wanted}"
    for arguments in NO_FILES:
        found = ended([python, "-I", str(file), *arguments], at)
        assert (found.code, found.out) == (2, ""), found
        assert "compiled rules only" in found.err, found
    after = at.traces()
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert not changed, f"{python} left a trace: {sorted(changed)}"


def installed(wheel: Path, folder: Path) -> list[str]:
    """Install the wheel in an environment of its own, and return its command."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", wheel], check=True)
    return [str(folder / "bin" / "privacy-check")]


def main() -> None:
    """Try the one file, made of the wheel in the folder named on the command line."""
    (wheel,) = Path(sys.argv[1]).resolve().glob("*.whl")
    pythons = [os.path.realpath(sys.executable), *sys.argv[2:]]
    with tempfile.TemporaryDirectory() as name:
        place = Place(root=Path(name, "seen"))
        for folder in place.folders.values():
            folder.mkdir(parents=True)
        stick = place.folders["stick"]
        file = build(wheel, stick)
        try_contents(file)
        command = installed(wheel, Path(name, "environment"))
        expected = {arguments: ended([*command, *arguments], place) for arguments in SAME}
        assert expected["run", "--format", "json"].out.startswith("{")
        assert all(one.code != 1 for one in expected.values()), "an error inside the program"
        stick.chmod(0o555)
        try:
            for python in pythons:
                try_starts(python, file, expected, place)
        finally:
            stick.chmod(0o755)


if __name__ == "__main__":
    main()
