"""Real answers of pw-dump: a private PipeWire with sources, sinks and programs at work.

No sound card or camera is needed: PulseAudio's null modules make a microphone and a
loudspeaker, GStreamer a camera and a shared screen.
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from .home import environment, run, runtime_folder, stop, wait_until
from .session_bus import running as session_bus

NEEDS = ("pipewire", "pipewire-pulse", "wireplumber", "pw-dump", "pactl", "parecord", "dbus-daemon")
NEEDS_OF_PICTURES = ("gst-launch-1.0",)
NEEDS_OF_METER = ("pavucontrol", "Xvfb")

MICROPHONE = ("module-null-sink", "media.class=Audio/Source/Virtual", "sink_name=microphone")
SPEAKER = ("module-null-sink", "sink_name=speaker")
PICTURE = "videotestsrc is-live=true ! video/x-raw,format=RGB,width=64,height=48,framerate=5/1"

_KEPT_TYPES = ("Client", "Core", "Link", "Metadata", "Node", "Port")
_DROPPED = ("clock.", "core.name", "cpu.", "default.", "link.max", "log.", "mem.", "settings.")
_NAMED = {
    "application.process.host": "computer",
    "application.process.machine-id": "0" * 32,
    "application.process.user": "sam",
    "cookie": 1,
    "host-name": "computer",
    "pipewire.sec.gid": 1000,
    "pipewire.sec.uid": 1000,
    "user-name": "sam",
}


class Sound:
    """A PipeWire that runs for a home, and the programs that use it."""

    def __init__(self, home: Path, variables: dict[str, str], stack: ExitStack) -> None:
        """Take the home, the environment of its programs, and what ends them."""
        self.home = home
        self._variables = variables
        self._stack = stack

    def set(self, *words: str) -> None:
        """Change something with pactl."""
        self.run("pactl", *words)

    def run(self, *command: str) -> str:
        """Run a program to its end and give what it printed."""
        address = self._variables["DBUS_SESSION_BUS_ADDRESS"]
        return run(self.home, command, DBUS_SESSION_BUS_ADDRESS=address)

    @contextmanager
    def at_work(self, *command: str, seconds: float = 2.0, **extra: str) -> Iterator[None]:
        """Keep a program running, and wait a little until it is at work."""
        process = self._start(command, extra)
        try:
            time.sleep(seconds)
            yield
        finally:
            stop(process)

    def keep(self, *command: str) -> None:
        """Start a program that runs as long as PipeWire does."""
        process = self._start(command, {})
        self._stack.callback(stop, process)

    def _start(self, command: Sequence[str], extra: dict[str, str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command,
            env={**self._variables, **extra},
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def dump(self) -> str:
        """Give what pw-dump prints now."""
        return self.run("pw-dump", "--no-colors")

    def offers(self, node: str) -> bool:
        """Say whether there is a node with this name."""
        return bool(self.number(node))

    def number(self, node: str) -> str:
        """Give the number of the node with this name, empty when there is none."""
        for item in json.loads(self.dump()):
            if ((item.get("info") or {}).get("props") or {}).get("node.name") == node:
                return str(item["id"])
        return ""


@contextmanager
def running(home: Path) -> Iterator[Sound]:
    """Keep PipeWire, its session manager and its PulseAudio server running for a home."""
    with session_bus(home) as bus, ExitStack() as stack:
        variables = environment(home, DBUS_SESSION_BUS_ADDRESS=bus.address)
        sound = Sound(home, variables, stack)
        folder = runtime_folder(home)
        for program, socket in (("pipewire", "pipewire-0"), ("pipewire-pulse", "pulse/native")):
            sound.keep(program)
            wait_until(program, _is_there(folder / socket))
        sound.keep("wireplumber")
        time.sleep(2)
        yield sound


def _is_there(path: Path) -> Callable[[], bool]:
    return path.exists


def with_devices(sound: Sound) -> None:
    """Give a PipeWire a microphone, a loudspeaker, a camera and a screen that is offered."""
    sound.set("load-module", *MICROPHONE)
    sound.set("load-module", *SPEAKER)
    sound.set("set-default-source", "microphone")
    sound.set("set-default-sink", "speaker")
    sound.keep(*_offered("test-camera", "media.class=Video/Source,media.role=Camera"))
    sound.keep(*_offered("test-screen", "media.class=Stream/Output/Video"))
    for node in ("test-camera", "test-screen"):
        wait_until(node, partial(sound.offers, node))


def _offered(name: str, properties: str) -> list[str]:
    given = f"stream-properties=props,{properties},node.name={name}"
    return ["gst-launch-1.0", "-q", *PICTURE.split(), "!", "pipewiresink", "mode=provide", given]


def watched(sound: Sound, node: str) -> tuple[str, ...]:
    """Give the command that takes the pictures of a node."""
    taken = f"pipewiresrc path={sound.number(node)} ! videoconvert ! fakesink"
    return ("gst-launch-1.0", "-q", *taken.split())


def cleaned(dump: str) -> str:
    """Give a dump without the names of this machine and without what no reader looks at.

    Whole objects go (modules, factories), the formats a node could have, and the properties that
    describe the server; nothing is added, and what stays keeps its order.
    """
    kept = [item for item in json.loads(dump) if item["type"].rpartition(":")[2] in _KEPT_TYPES]
    for item in kept:
        info = item.get("info") or {}
        if "params" in info:
            info["params"] = {k: v for k, v in info["params"].items() if k == "Props"}
    return json.dumps([_cleaned(item) for item in kept], indent=1) + "\n"


def _cleaned(value: object) -> object:
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if not isinstance(value, dict):
        return value
    plain = {k: v for k, v in value.items() if not k.startswith(_DROPPED)}
    shown = {**plain, **{k: v for k, v in _NAMED.items() if k in plain}}
    return {k: _cleaned(v) for k, v in shown.items()}
