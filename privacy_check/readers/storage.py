"""Looks whether an encryption layer lies between the home folder, or the swap, and its disk.

The kernel names the layers: `/sys/dev/block/MAJOR:MINOR` leads to a device, its `slaves` to those
below, and `dm/uuid` of an encrypted one starts with `CRYPT-`.
"""

from __future__ import annotations

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.boxes import must_see_the_computer
from privacy_check.readers.mounts import Mount, mount_of, plain_path
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Storage

_DEEPEST = 8
_ENCRYPTED_FILE_SYSTEMS = ("ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs")
_ENCRYPTING = tuple(
    f"CRYPT-{kind}" for kind in ("LUKS", "PLAIN", "BITLK", "FVAULT2", "LOOPAES", "TCRYPT")
)
"""Layers that encrypt; `CRYPT-VERITY` and `CRYPT-INTEGRITY` only check the data."""

_SWAPS = "/proc/swaps"
_SWAP_COLUMNS = ["Filename", "Type", "Size", "Used", "Priority"]
_SWAP_FORM = "the list of swap spaces has an unknown form"
_NAMES_NO_DEVICE = "this kind of file system does not show what lies below it"


def read(wanted: Storage, look: Look) -> Found:
    """Return `encrypted` or `not-encrypted`; or `none` where there is no swap."""
    window = look.window
    if not window.machine.live:
        message = "a copy of files does not show the disk it came from"
        raise UnseenError(message)
    if wanted.place == "swap":
        return _swap(look)
    home = window.place("~/.").removesuffix("/.")
    encrypted = _lies_encrypted(look, home)
    raw = "encrypted" if encrypted else "not-encrypted"
    return Found(raw=raw, where="/sys/dev/block", as_of=window.machine.now())


def _lies_encrypted(look: Look, path: str) -> bool:
    """Say whether a file or folder lies on an encrypted file system or disk."""
    mount = mount_of(look.window, look.window.machine.real(path))
    return mount.kind in _ENCRYPTED_FILE_SYSTEMS or all(
        _is_encrypted(look, device, _DEEPEST) for device in _devices(look, mount)
    )


def _swap(look: Look) -> Found:
    """Return what lies below all places that memory is written to; memory itself is none."""
    must_see_the_computer(look.window)
    kinds = [_swap_is_encrypted(look, name, kind) for name, kind in _swaps(look)]
    if None in kinds and False not in kinds:
        raise UnseenError(_NAMES_NO_DEVICE)
    raw = "none" if not kinds else "encrypted" if all(kinds) else "not-encrypted"
    return Found(raw=raw, where=_SWAPS, as_of=look.window.machine.now())


def _swaps(look: Look) -> list[tuple[str, str]]:
    """Return the path and kind of each swap space but those that are memory (zram)."""
    try:
        *lines, rest = look.window.text(_SWAPS).split("\n")
    except MissingError:
        message = "the list of swap spaces is not there"
        raise UnseenError(message) from None
    if rest or not lines or lines[0].split() != _SWAP_COLUMNS:
        raise UnseenError(_SWAP_FORM)
    found = []
    for line in lines[1:]:
        parts = line.split()
        if len(parts) != len(_SWAP_COLUMNS) or not parts[0].startswith("/"):
            raise UnseenError(_SWAP_FORM)
        if not _is_memory(look, parts[0]):
            found.append((plain_path(parts[0]), parts[1]))
    return found


def _is_memory(look: Look, path: str) -> bool:
    """Say whether it is memory that only calls itself a disk, and writes nothing to a real one."""
    name = path.rpartition("/")[2]
    if not path.startswith("/dev/zram") or not name.removeprefix("zram").isdecimal():
        return False
    folder = f"/sys/class/block/{name}"
    if not look.window.exists(folder):
        message = "the kernel's folder of a swap space is not there"
        raise UnseenError(message)
    try:
        if look.window.text(f"{folder}/backing_dev").strip() == "none":
            return True
    except MissingError:
        return True
    message = "memory is also written to a disk that we do not follow"
    raise UnseenError(message)


def _swap_is_encrypted(look: Look, path: str, kind: str) -> bool | None:
    """Say whether a swap space lies on an encrypted disk; `None` where it cannot be told."""
    window = look.window
    try:
        if kind == "file":
            return _lies_encrypted(look, path)
        device = f"/sys/class/block/{window.machine.real(path).rpartition('/')[2]}"
        if kind != "partition" or not window.exists(device):
            return None
        return _is_encrypted(look, window.machine.real(device), _DEEPEST)
    except UnseenError:
        return None


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
