"""Real tables of the kernel's connections, from a network without any other program."""

import shutil
import sys
from pathlib import Path

from .home import run

NEEDS = ("unshare",)
SCRIPT = """
import shutil, socket, sys
kept = []
for host, port in (address.rsplit(",", 1) for address in sys.argv[2:]):
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if ":" in host:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind((host, int(port)))
    listener.listen()
    kept.append(listener)
for name in ("tcp", "tcp6"):
    shutil.copyfile(f"/proc/net/{name}", f"{sys.argv[1]}/{name}")
"""


def listening(home: Path, *addresses: str) -> tuple[Path, Path]:
    """Listen on addresses such as ``0.0.0.0,5900`` and give copies of the two tables.

    The network is new and empty, so that nothing of the machine stands in the tables.
    """
    python = shutil.which("python3") or sys.executable
    enter = ["unshare", "--net", "sh", "-ec", 'ip link set lo up; exec "$@"', "sh"]
    run(home, [*enter, python, "-c", SCRIPT, str(home), *addresses])
    return home / "tcp", home / "tcp6"
