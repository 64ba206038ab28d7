"""A live process that bears a recorder's name: a copy of ``sleep`` called ``obs``."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .home import environment, stop, wait_until

SLEEP = Path("/bin/sleep")


@contextmanager
def running(home: Path, name: str = "obs") -> Iterator[subprocess.Popen[bytes]]:
    """Keep a process of this name running.

    Args:
        home: The home folder; the copy lies in its ``bin`` folder.
        name: The name of the program file.
    """
    folder = home / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / name
    shutil.copy(SLEEP.resolve(), copy)
    process = subprocess.Popen([copy, "600"], env=environment(home))
    comm = Path(f"/proc/{process.pid}/comm")
    try:
        wait_until(name, lambda: comm.read_text().strip() == name[:15])
        yield process
    finally:
        stop(process)
        copy.unlink()
