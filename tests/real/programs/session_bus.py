"""A private session bus, and the notification services that can live on it.

The bus can start no service by itself, unless asked: then it knows those that
are installed, and a test can show that a reader wakes none of them.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .home import environment, is_root, run, runtime_folder, stop, wait_until

NEEDS = ("dbus-daemon", "dbus-send", "gdbus")
NEEDS_OF = {
    "dunst": ("dunst", "Xvfb"),
    "mako": ("mako", "makoctl", "sway"),
    "swaync": ("swaync", "sway"),
    "xfconfd": ("xfconf-query",),
}
NOTIFICATIONS = "org.freedesktop.Notifications"

SERVICES = Path("/usr/share/dbus-1/services")
ALL_SERVICES = ("*",)

# Sway refuses root, so root hands the home and its session over to this account.
NOBODY = 65534

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bus:
    """A running session bus and the environment of programs that use it."""

    home: Path
    address: str
    environment: dict[str, str]
    account: int | None = None

    def call(self, name: str, path: str, method: str, *arguments: str) -> str:
        """Call a method with gdbus and give its answer as GVariant text.

        Args:
            name: The bus name.
            path: The object path.
            method: The interface and the method, joined by a dot.
            *arguments: The arguments as GVariant text.
        """
        return run(
            self.home,
            ["gdbus", "call", "--session", "-d", name, "-o", path, "-m", method, *arguments],
            DBUS_SESSION_BUS_ADDRESS=self.address,
        ).strip()

    def owners(self) -> list[str]:
        """Give the well-known names that are owned, without waking anything."""
        answer = self.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames")
        names: list[str] = json.loads(answer.strip("(),").replace("'", '"'))
        return sorted(name for name in names if not name.startswith(":"))

    def has(self, name: str) -> bool:
        """Tell whether somebody owns this name."""
        return name in self.owners()

    def run(self, *command: str) -> str:
        """Run a program on this bus and give what it printed."""
        return run(self.home, command, DBUS_SESSION_BUS_ADDRESS=self.address)


@contextmanager
def running(
    home: Path, *, services: Sequence[str] = (), account: int | None = None
) -> Iterator[Bus]:
    """Keep a private session bus running at ``$XDG_RUNTIME_DIR/bus``.

    Args:
        home: The home folder.
        services: Patterns of the installed services that the bus may start.
        account: The account of the session, when it is not the caller's own.
    """
    folder = runtime_folder(home)
    socket, config = folder / "bus", folder / "bus.conf"
    known = folder / "services"
    known.mkdir(exist_ok=True)
    for pattern in services:
        for file in SERVICES.glob(f"{pattern}.service"):
            shutil.copy(file, known)
    config.write_text(CONFIG.format(socket=socket, services=known), encoding="utf-8")
    if account is not None:
        _hand_over(home, account)
    address = f"unix:path={socket}"
    variables = environment(home, DBUS_SESSION_BUS_ADDRESS=address)
    with _process(["dbus-daemon", f"--config-file={config}", "--nofork"], variables, account):
        wait_until("the bus", socket.exists)
        yield Bus(home=home, address=address, environment=variables, account=account)
    socket.unlink(missing_ok=True)


@contextmanager
def sway_session() -> Iterator[Bus]:
    """Give a bus in a new home of an account under which Sway agrees to run."""
    with tempfile.TemporaryDirectory(prefix="home-", dir="/tmp") as name:
        account = NOBODY if is_root() else None
        with running(Path(name), services=["ca.desrt.dconf"], account=account) as bus:
            yield bus


@contextmanager
def dunst(bus: Bus) -> Iterator[None]:
    """Keep dunst running on this bus, on a display that nobody sees."""
    with (
        _virtual_display(bus) as display,
        _process(["dunst", "-config", "/dev/null"], {**bus.environment, "DISPLAY": display}),
    ):
        wait_until("dunst", lambda: bus.has(NOTIFICATIONS))
        yield


@contextmanager
def mako(bus: Bus, config: str = "") -> Iterator[None]:
    """Keep mako running on the bus of a Sway session.

    Args:
        bus: The bus.
        config: The text of ``~/.config/mako/config``.
    """
    file = bus.home / ".config" / "mako" / "config"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(config, encoding="utf-8")
    with _on_sway(bus, ["mako"], NOTIFICATIONS):
        yield


@contextmanager
def swaync(bus: Bus) -> Iterator[None]:
    """Keep the notification centre of Sway running on the bus of a Sway session."""
    with _on_sway(bus, ["swaync"], "org.erikreider.swaync.cc"):
        yield


@contextmanager
def xfconfd(bus: Bus) -> Iterator[None]:
    """Keep xfconfd running on this bus."""
    program = next(Path("/usr/lib").glob("*/xfce4/xfconf/xfconfd"))
    with _process([str(program)], bus.environment):
        wait_until("xfconfd", lambda: bus.has("org.xfce.Xfconf"))
        yield


@contextmanager
def _on_sway(bus: Bus, command: Sequence[str], name: str) -> Iterator[None]:
    """Keep a program running under a Sway without screen, once it owns a name."""
    headless = {
        **bus.environment,
        "WLR_BACKENDS": "headless",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
        "GDK_BACKEND": "wayland",
    }
    folder = runtime_folder(bus.home)
    with _process(["sway", "-c", "/dev/null"], headless, bus.account):
        wait_until("sway", lambda: any(_wayland_sockets(folder)))
        display = next(_wayland_sockets(folder)).name
        with _process(command, {**headless, "WAYLAND_DISPLAY": display}, bus.account):
            wait_until(name, lambda: bus.has(name))
            yield


@contextmanager
def _virtual_display(bus: Bus) -> Iterator[str]:
    """Keep an X server without a screen running and give its name."""
    reading, writing = os.pipe()
    with ExitStack() as stack:
        stack.callback(os.close, reading)
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24"]
        process = subprocess.Popen(
            [*command, "-nolisten", "tcp"],
            env=bus.environment,
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(stop, process)
        os.close(writing)
        yield f":{os.read(reading, 16).decode().strip()}"


@contextmanager
def _process(
    command: Sequence[str], variables: dict[str, str], user: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Keep one process running, of another account if one is named."""
    process = subprocess.Popen(
        command,
        env=variables,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        stop(process)


def _wayland_sockets(folder: Path) -> Iterator[Path]:
    """Give the sockets of Wayland displays in a run-time folder."""
    return (file for file in folder.glob("wayland-*") if file.suffix != ".lock")


def _hand_over(home: Path, user: int) -> None:
    """Give a whole home to another account."""
    for path in (home, *home.rglob("*")):
        shutil.chown(path, user, user)
