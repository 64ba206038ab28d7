"""Real metadata and overrides of Flatpak apps, made and installed by flatpak without a network."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from .home import run

NEEDS = ("flatpak",)
FOLDER = Path(".local/share/flatpak")
PLATFORM = "org.example.Platform"
RUNTIME = f"[Runtime]\nname={PLATFORM}\nruntime={PLATFORM}/x86_64/1\nsdk={PLATFORM}/x86_64/1\n"


def install(home: Path, app: str, *permissions: str) -> Path:
    """Build an app with some permissions, install it for the person, and give its metadata.

    Args:
        home: The home folder.
        app: The app's id.
        *permissions: Options of ``flatpak build-finish``, such as ``--device=all``.
    """
    with tempfile.TemporaryDirectory(dir=home) as name:
        repository, runtime, build = (Path(name, part) for part in ("repo", "runtime", "app"))
        for folder in ("usr", "files"):
            (runtime / folder).mkdir(parents=True)
        (runtime / "metadata").write_text(RUNTIME, encoding="utf-8")
        _flatpak(home, "build-export", "--disable-sandbox", "--runtime", repository, runtime, "1")
        remote = f"file://{repository}"
        _flatpak(home, "remote-add", "--user", "--no-gpg-verify", "--if-not-exists", "here", remote)
        _flatpak(home, "install", "--user", "-y", "--noninteractive", "here", PLATFORM)
        _flatpak(home, "build-init", build, app, PLATFORM, PLATFORM, "1")
        program = build / "files" / "bin" / "start"
        program.parent.mkdir(parents=True)
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
        locale = f"--extension={app}.Locale=directory=share/locale"
        _flatpak(home, "build-finish", build, "--command=start", *permissions, locale)
        _flatpak(home, "build-export", "--disable-sandbox", repository, build, "stable")
        _flatpak(home, "install", "--user", "-y", "--noninteractive", "here", app)
    return home / FOLDER / "app" / app / "current" / "active" / "metadata"


def override(home: Path, app: str, options: Sequence[str]) -> Path:
    """Change permissions as ``flatpak override --user`` does, and give the file.

    Args:
        home: The home folder.
        app: The app's id; an empty one changes the permissions of all apps.
        options: Options such as ``--nodevice=all``.
    """
    _flatpak(home, "override", "--user", *options, *([app] if app else []))
    return home / FOLDER / "overrides" / (app or "global")


def _flatpak(home: Path, *words: str | Path) -> None:
    run(home, ["flatpak", *map(str, words)])
