"""Looks whether an encryption layer lies between the home folder and its disk.

The kernel names the layers: `/sys/dev/block/MAJOR:MINOR` leads to a device, its `slaves` to those
below, and `dm/uuid` of an encrypted one starts with `CRYPT-`.
"""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.mounts import Mount, mount_of
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Storage

_DEEPEST = 8
_ENCRYPTED_FILE_SYSTEMS = ("ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs")
_ENCRYPTING = tuple(
    f"CRYPT-{kind}" for kind in ("LUKS", "PLAIN", "BITLK", "FVAULT2", "LOOPAES", "TCRYPT")
)
"""Layers that encrypt; `CRYPT-VERITY` and `CRYPT-INTEGRITY` only check the data."""

_NAMES_NO_DEVICE = "this kind of file system does not show what lies below it"


def read(wanted: Storage, look: Look) -> Found:
    """Return `encrypted` or `not-encrypted`."""
    window = look.window
    if not window.machine.live:
        message = "a copy of files does not show the disk it came from"
        raise UnseenError(message)
    home = window.place("~/.").removesuffix("/.")
    mount = mount_of(window, window.machine.real(home))
    encrypted = mount.kind in _ENCRYPTED_FILE_SYSTEMS or all(
        _is_encrypted(look, device, _DEEPEST) for device in _devices(look, mount)
    )
    raw = "encrypted" if encrypted else "not-encrypted"
    return Found(raw=raw, where="/sys/dev/block", as_of=window.machine.now())


def _devices(look: Look, mount: Mount) -> list[str]:
    """Return the kernel's folders of all devices that a mount lies on; never none."""
    window = look.window
    major, _, _ = mount.device.partition(":")
    path = f"/sys/dev/block/{mount.device}"
    if major != "0" and window.exists(path):
        return [window.machine.real(path)]
    if mount.kind == "btrfs" and mount.source.startswith("/dev/"):
        return _devices_of_btrfs(look, window.machine.real(mount.source).rpartition("/")[2])
    raise UnseenError(_NAMES_NO_DEVICE)


def _devices_of_btrfs(look: Look, name: str) -> list[str]:
    """Return all devices of the btrfs file system that one device belongs to."""
    window = look.window
    for folder in window.matches("/sys/fs/btrfs/*/devices"):
        names = window.names(folder)
        if name in names:
            return [window.machine.real(f"/sys/class/block/{part}") for part in names]
    raise UnseenError(_NAMES_NO_DEVICE)


def _is_encrypted(look: Look, folder: str, left: int) -> bool:
    """Say whether every way down from a device passes an encryption layer."""
    if left == 0:
        message = "the layers of storage do not end"
        raise UnseenError(message)
    if _uuid(look, folder).startswith(_ENCRYPTING):
        return True
    slaves = _slaves(look, folder)
    below = [look.window.machine.real(f"{folder}/slaves/{name}") for name in slaves]
    return bool(below) and all(_is_encrypted(look, item, left - 1) for item in below)


def _uuid(look: Look, folder: str) -> str:
    try:
        return look.window.file(f"{folder}/dm/uuid").data.decode("ascii", "replace")
    except MissingError:
        return ""


def _slaves(look: Look, folder: str) -> tuple[str, ...]:
    try:
        return look.window.names(f"{folder}/slaves")
    except MissingError:
        return ()  # a partition has none
