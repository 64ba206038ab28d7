"""Looks who of this account holds the camera or the microphone. No device is opened for it."""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Devices

_CARRIERS = ("pipewire", "wireplumber", "pulseaudio", "pipewire-pulse")
_PLACES = {
    "camera": ("/sys/class/video4linux", ("/dev/video", "/dev/media")),
    "microphone": ("/sys/class/sound", ("/dev/snd/pcm",)),
}


def read(wanted: Devices, look: Look) -> Found:
    """Return `in-use`, `free`, or `carried` when only the sound and video service holds it."""
    listing, prefixes = _PLACES[wanted.device]
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
    note = (
        "the sound and video service holds it; for whom cannot be told" if raw == "carried" else ""
    )
    return Found(
        raw=raw,
        where="open devices",
        as_of=look.window.machine.now(),
        count=len({holder.program for holder in users}),
        note=note,
    )
