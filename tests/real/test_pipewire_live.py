"""A PipeWire that really runs: what takes sound from it, and that it is never woken."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from programs import pipewire
from programs.home import runtime_folder
from whole_command import report_of, row

pytestmark = pytest.mark.real

RULE = "no-recording-by-default"
SETTING = "call-sound-recorders"
ROW = "linux"


def sound_row(home: Path) -> tuple[str, str | None]:
    found = row(report_of(home), RULE, SETTING, ROW)
    return found["status"], found["value"]


def devices(sound: pipewire.Sound) -> None:
    sound.set("load-module", *pipewire.MICROPHONE)
    sound.set("load-module", *pipewire.SPEAKER)
    sound.set("set-default-sink", "speaker")


def test_who_takes_what_is_played_is_seen_as_long_as_it_does(home: Path) -> None:
    with pipewire.running(home) as sound:
        devices(sound)
        assert sound_row(home) == ("pass", "free")
        with sound.at_work("parecord", "-d", "speaker.monitor", "voice.wav"):
            assert sound_row(home) == ("fail", "in-use")
        with sound.at_work("parecord", "-d", "microphone", "voice.wav"):
            assert sound_row(home) == ("pass", "free")


def test_pipewire_is_not_woken(home: Path) -> None:
    """A socket that waits, as systemd keeps one, is left alone: nobody connects to it."""
    place = runtime_folder(home) / "pipewire-0"
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(os.fspath(place))
        waiting.listen()
        waiting.settimeout(0.2)
        assert sound_row(home) == ("notapplicable", None)
        with pytest.raises(TimeoutError):
            waiting.accept()
