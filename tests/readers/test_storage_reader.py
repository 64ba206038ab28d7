"""What lies below the swap space."""

from __future__ import annotations

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import storage
from privacy_check.readers.raw import Look
from privacy_check.rulebook.reads import Storage

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
ROOT = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw\n"
BLOCK = "/sys/devices/virtual/block"
FILES = {
    "/proc/self/mountinfo": ROOT,
    f"{BLOCK}/dm-0/dm/uuid": "CRYPT-LUKS2-0123456789abcdef-root\n",
    f"{BLOCK}/dm-1/dm/uuid": "LVM-swap\n",
    f"{BLOCK}/sda2/partition": "2\n",
    f"{BLOCK}/zram0/size": "1\n",
}
LINKS = {
    **{f"/sys/class/block/{name}": f"{BLOCK}/{name}" for name in ("dm-0", "dm-1", "sda2", "zram0")},
    "/sys/dev/block/254:0": f"{BLOCK}/dm-0",
    f"{BLOCK}/dm-1/slaves/dm-0": f"{BLOCK}/dm-0",
    "/dev/mapper/vg-swap": "../dm-1",
}


def read(swaps: str | None, *, live: bool = True) -> str:
    files = dict(FILES)
    if swaps is not None:
        files["/proc/swaps"] = swaps
    data = {path: text.encode() for path, text in files.items()}
    machine = CaseMachine(files=data, links=LINKS, live=live)
    return storage.read(Storage(place="swap"), Look(window=Window(machine))).raw


def line(path: str, kind: str) -> str:
    return f"{path}                               {kind}\t1000\t\t0\t\t-2\n"


DM = line("/dev/dm-0", "partition")
MAPPED = line("/dev/mapper/vg-swap", "partition")
PLAIN = line("/dev/sda2", "partition")
FILE = line("/swap\\040file", "file")
ZRAM = line("/dev/zram0", "partition")
UNKNOWN = line("/dev/sdz9", "partition")


@pytest.mark.parametrize(
    ("swaps", "raw"),
    [
        ("", "none"),
        (ZRAM, "none"),
        (DM, "encrypted"),
        (MAPPED, "encrypted"),
        (FILE, "encrypted"),
        (PLAIN, "not-encrypted"),
        (DM + PLAIN, "not-encrypted"),
        (UNKNOWN + PLAIN, "not-encrypted"),
        (ZRAM + FILE, "encrypted"),
    ],
)
def test_what_lies_below_the_swap(swaps: str, raw: str) -> None:
    assert read(HEAD + swaps) == raw


@pytest.mark.parametrize(
    "swaps",
    [
        None,
        "",
        "Filename Type\n",
        HEAD + "/dev/dm-0\tpartition\n",
        HEAD + line("dm-0", "partition"),
        HEAD + UNKNOWN,
        HEAD + DM + UNKNOWN,
        HEAD + line("/dev/dm-0", "attic"),
    ],
)
def test_a_list_that_is_not_understood_is_unreadable(swaps: str | None) -> None:
    with pytest.raises(UnseenError):
        read(swaps)


def test_memory_that_is_also_written_to_a_disk_is_unreadable() -> None:
    behind = "/sys/devices/virtual/block/zram0/backing_dev"
    files = {**FILES, "/proc/swaps": HEAD + ZRAM}
    for text, none in (("none\n", True), ("/dev/sda2\n", False)):
        data = {path: content.encode() for path, content in {**files, behind: text}.items()}
        look = Look(window=Window(CaseMachine(files=data, links=LINKS)))
        if none:
            assert storage.read(Storage(place="swap"), look).raw == "none"
        else:
            with pytest.raises(UnseenError):
                storage.read(Storage(place="swap"), look)


def test_a_copy_of_files_has_no_swap() -> None:
    with pytest.raises(UnseenError):
        read(HEAD, live=False)


def test_without_the_kernels_folder_memory_is_not_told_from_a_disk() -> None:
    machine = CaseMachine(files={"/proc/swaps": (HEAD + ZRAM).encode()})
    with pytest.raises(UnseenError):
        storage.read(Storage(place="swap"), Look(window=Window(machine)))
