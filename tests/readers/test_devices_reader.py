"""Who holds the microphone, beside sound services that do not tell for whom."""

from __future__ import annotations

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import Holder, Process, Processes, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import devices
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Devices

HERE = frozenset({"/sys/class/sound/card0", "/sys/class/video4linux/video0"})


class Machine(CaseMachine):
    """A machine that shows all or only some of its programs."""

    whole = True

    def processes(self) -> Processes:
        return Processes(seen=self.programs, own_whole=self.whole, all_whole=self.whole)


class Hidden(Machine):
    whole = False


def read(device: str, *holders: Holder, kind: type[Machine] = Machine, runs: str = "") -> Found:
    programs = (Process(pid=9, names=(runs,)),) if runs else ()
    machine = kind(empty=HERE, holding=holders, programs=programs)
    return devices.read(Devices(device=device), Look(window=Window(machine)))


def test_nobody_holds_it() -> None:
    assert read("microphone").raw == "free"
    assert read("microphone", runs="pipewire").raw == "free"


@pytest.mark.parametrize("server", ["pulseaudio", "bluealsa", "jackd", "sndiod"])
def test_a_service_that_tells_nothing_may_hear_without_a_device_file(server: str) -> None:
    found = read("microphone", runs=server)
    assert (found.raw, "wireless" in found.note) == ("carried", True)
    assert read("camera", runs=server).raw == "free"
    held = Holder(program="arecord", path="/dev/snd/pcmC0D0c")
    assert read("microphone", held, runs=server).raw == "in-use"


def test_a_service_that_cannot_be_seen_may_run() -> None:
    with pytest.raises(UnseenError, match="not all running programs"):
        read("microphone", kind=Hidden)
    assert read("camera", kind=Hidden).raw == "free"


@pytest.mark.parametrize("service", ["pipewire", "pulseaudio", "wireplumber"])
def test_a_service_that_holds_it_is_no_user_and_no_absence(service: str) -> None:
    found = read("microphone", Holder(program=service, path="/dev/snd/pcmC0D0c"))
    assert (found.raw, found.count) == ("carried", 0)
    assert "for whom" in found.note
