"""Looks who of this account holds the camera or the microphone. No device is opened for it.

What goes through PipeWire is told by `privacy_check.readers.pipewire`; each of the two sees what
the other misses.
"""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Devices

_CARRIERS = ("pipewire", "wireplumber", "pulseaudio", "pipewire-pulse")
_SERVERS = ("pulseaudio", "bluealsa", "bluealsad", "jackd", "jackdbus", "sndiod")
"""Sound services that may record from what has no device file, and tell us nothing."""

_PLACES = {
    "camera": ("/sys/class/video4linux", ("/dev/video", "/dev/media")),
    "microphone": ("/sys/class/sound", ("/dev/snd/pcm",)),
}


_HELD = "the sound and video service holds it; for whom cannot be told"
_ELSEWHERE = "a sound service runs that may record from a wireless microphone"


def read(wanted: Devices, look: Look) -> Found:
    """Return `in-use`, `free`, or `carried` when only the sound and video service holds it."""
    listing, prefixes = _PLACES[wanted.device]
    if not look.window.machine.live:
        message = "only the running computer can tell"
        raise UnseenError(message)
    if not look.window.exists("/sys/class"):
        message = "the kernel's list of devices is not there"
        raise UnseenError(message)
    try:
        here = look.window.names(listing)
    except MissingError:
        here = ()
    if not here:
        message = f"no {wanted.device} is attached"
        raise MissingError(message)
    holders = look.window.holders(prefixes)
    if wanted.device == "microphone":
        # Capture devices end in c, playback devices in p.
        holders = tuple(holder for holder in holders if holder.path.endswith("c"))
    if any(not holder.program for holder in holders):
        message = "a program that cannot be named holds it"
        raise UnseenError(message)
    users = [holder for holder in holders if holder.program not in _CARRIERS]
    raw = "in-use" if users else "carried" if holders else "free"
    note = _HELD if raw == "carried" else ""
    if raw == "free" and wanted.device == "microphone" and _may_hear_elsewhere(look):
        raw, note = "carried", _ELSEWHERE
    return Found(
        raw=raw,
        where="open devices",
        as_of=look.window.machine.now(),
        count=len({holder.program for holder in users}),
        note=note,
    )


def _may_hear_elsewhere(look: Look) -> bool:
    """Say whether a sound service runs that does not tell who records through it."""
    processes = look.window.processes()
    if any(name in process.names for process in processes.seen for name in _SERVERS):
        return True
    if not processes.own_whole:
        message = "not all running programs can be seen from here"
        raise UnseenError(message)
    return False
