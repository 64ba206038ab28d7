"""Settings files that programs with windows write themselves: CopyQ, Flameshot, ksnip.

CopyQ is told by its own command. Flameshot and ksnip have no command for what we need: they are
given a file with these keys, and write it again with their own.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .home import environment, run, stop

NEEDS = ("copyq", "flameshot", "ksnip", "Xvfb", "dbus-run-session")
COPYQ = Path(".config/copyq/copyq.conf")
FLAMESHOT = Path(".config/flameshot/flameshot.ini")
KSNIP = Path(".config/ksnip/ksnip.conf")
Sections = Mapping[str, Mapping[str, str]]


def copyq(home: Path, options: Iterable[tuple[str, str]]) -> Path:
    """Set options of CopyQ by its own command and give its file."""
    told = "; ".join(f"copyq config {key} {value}" for key, value in options)
    ready = "until copyq size; do sleep 0.2; done"
    _on_display(home, f"copyq & {ready}; {told}; sleep 1; copyq exit; wait")
    return home / COPYQ


def flameshot(home: Path, sections: Sections) -> Path:
    """Let Flameshot write its file again, with one more key of its own."""
    _prepare(home / FLAMESHOT, sections)
    _on_display(home, "timeout 8 flameshot config --showhelp false || true")
    return home / FLAMESHOT


def ksnip(home: Path, sections: Sections) -> Path:
    """Let ksnip write its file again; it adds a font of its own."""
    _prepare(home / KSNIP, sections)
    _on_display(home, "timeout 8 ksnip || true")
    return home / KSNIP


def _prepare(file: Path, sections: Sections) -> None:
    """Write a file with sections and keys, as an earlier run may have left it."""
    lines: list[str] = []
    for section, keys in sections.items():
        lines += [f"[{section}]", *(f"{key}={value}" for key, value in keys.items()), ""]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")


def _on_display(home: Path, script: str) -> None:
    """Run a script on a bus and a display of its own."""
    with _display(home) as display:
        variables = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        run(home, ["dbus-run-session", "--", "sh", "-c", script], **variables)


@contextmanager
def _display(home: Path) -> Iterator[str]:
    """Keep an X server without a screen running and give its name."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        env=environment(home),
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writing)
        yield f":{os.read(reading, 16).decode().strip()}"
    finally:
        os.close(reading)
        stop(process)
