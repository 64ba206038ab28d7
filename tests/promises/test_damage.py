"""A damaged file never looks good, and never makes the command crash or hang."""

from __future__ import annotations

import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scenes import ROOT, SCENES, Files, Scene, arguments, build, look, remove, write_rules

from privacy_check.judge.findings import Row, row_status
from privacy_check.machine.case import CaseMachine
from privacy_check.machine.window import DEADLINE, Window
from privacy_check.readers.look import look_at
from privacy_check.readers.raw import Look
from privacy_check.rulebook.load import load
from privacy_check.rulebook.select import Place

CODE_OF = {"pass": 0, "fail": 10, "error": 11, "unknown": 11, "notapplicable": 3}
NOT_GOOD = ("fail", "error", "unknown", "notapplicable")
GOOD_SCENES = tuple(scene for scene in SCENES if scene.good_files is not None)
SMALL = 700
"""Bytes up to which every offset is cut and every bit is flipped."""


class Memory:
    """A scene held in memory, for damage in great numbers."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        book = load([write_rules(folder, scene)]).book
        assert book is not None
        (self._rule,) = book.rules
        setting = book.settings[scene.setting]
        (variant,) = setting.variants
        self._place = Place(setting=setting, variant=variant)
        self._programs = book.programs
        self._desktop = {"XDG_CURRENT_DESKTOP": scene.desktop} if scene.desktop else {}

    def status(self, files: Files) -> str:
        machine = CaseMachine(files=files, variables=self._desktop)
        seen = Look(window=Window(machine), programs=self._programs)
        row = Row(place=self._place, reading=look_at(self._place, seen))
        return row_status(row, self._rule.settings[0])


def cuts(data: bytes, *, all_of_small: bool = True) -> list[int]:
    """Return where a file is cut: at each 64th byte and line end; small ones everywhere."""
    step = 64 if len(data) < 20_000 else 4096
    if all_of_small and len(data) <= SMALL:
        step = 1
    lines = [at + 1 for at, byte in enumerate(data) if byte == 10] if len(data) < 20_000 else []
    return sorted({*range(0, len(data), step), *lines} - {len(data)})


def offsets(data: bytes) -> list[int]:
    """Return each 16th byte; of a large file's empty stretches, only a few."""
    every = range(0, len(data), 16)
    if len(data) < 20_000:
        return list(every)
    return [at for at in every if any(data[max(0, at - 64) : at + 64]) or at % 4096 == 0]


def flipped(data: bytes, at: int, mask: int) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


def bits(scene: Scene, data: bytes) -> Iterator[tuple[int, int]]:
    """Yield every bit of a small file, and those near what counts of a large one."""
    wanted = set(range(len(data))) if len(data) <= SMALL and not scene.heavy else set()
    for text in scene.near:
        at = data.index(text)
        wanted |= set(range(max(0, at - 10), min(len(data), at + len(text) + 10)))
    for at in sorted(wanted):
        yield from ((at, bit) for bit in ((0, 3, 5) if scene.heavy else range(8)))


def value_offsets(scene: Scene) -> set[int]:
    """Return where the value itself lies: a flip there is another value, not damage.

    In a dconf database these are the bytes in which the two states differ.
    """
    data = scene.bad_files[scene.target]
    if scene.value is not None:
        before, value = scene.value
        start = data.index(before + value) + len(before)
        return set(range(start, start + len(value)))
    other = (scene.good_files or {}).get(scene.target, b"")
    if len(other) != len(data) or not data.startswith(b"GVariant"):
        return set()
    return {at for at, byte in enumerate(data) if byte != other[at]}


@pytest.fixture
def bad_tree(scene: Scene, tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return the rules, the tree in its bad state, and the file to damage."""
    root = tmp_path / "root"
    build(root, scene.bad_files)
    return write_rules(tmp_path / "rules", scene), root, root / scene.target.strip("/")


def statuses(
    scene: Scene, tree: tuple[Path, Path, Path], damages: Iterator[tuple[object, bytes]]
) -> dict[object, str]:
    """Return the status of the row after each damage, from the whole command."""
    rules, root, target = tree
    found = {}
    for name, data in damages:
        target.write_bytes(data)
        code, status = look(scene, rules, root)
        assert code == CODE_OF[status]
        found[name] = status
    return found


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_the_whole_file_is_worth_a_look(scene: Scene, bad_tree: tuple[Path, Path, Path]) -> None:
    rules, root, _ = bad_tree

    assert look(scene, rules, root) == (10, "fail")


@pytest.mark.parametrize("scene", GOOD_SCENES, ids=str)
def test_the_good_file_looks_good(scene: Scene, tmp_path: Path) -> None:
    build(tmp_path / "root", scene.good_files or {})

    assert look(scene, write_rules(tmp_path / "rules", scene), tmp_path / "root") == (0, "pass")


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_cut_file_never_looks_good(scene: Scene, bad_tree: tuple[Path, Path, Path]) -> None:
    data = scene.bad_files[scene.target]
    where = cuts(data, all_of_small=False)[:: 8 if scene.heavy else 1]
    found = statuses(scene, bad_tree, ((at, data[:at]) for at in where))

    assert {at: status for at, status in found.items() if status not in NOT_GOOD} == {}


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_file_with_a_spoilt_byte_never_looks_good(
    scene: Scene, bad_tree: tuple[Path, Path, Path]
) -> None:
    data = scene.bad_files[scene.target]
    where = offsets(data)[:: 16 if scene.heavy else 1]
    found = statuses(scene, bad_tree, ((at, flipped(data, at, 0xFF)) for at in where))

    assert {at for at, status in found.items() if status == "pass"} <= value_offsets(scene)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_no_other_cut_and_no_other_spoilt_byte_looks_good(scene: Scene, tmp_path: Path) -> None:
    data = scene.bad_files[scene.target]
    memory = Memory(scene, tmp_path)
    cut = {at: memory.status({**scene.bad_files, scene.target: data[:at]}) for at in cuts(data)}
    spoilt = {
        at: memory.status({**scene.bad_files, scene.target: flipped(data, at, 0xFF)})
        for at in (offsets(data)[::8] if scene.heavy else ())
    }

    assert {at for at, status in cut.items() if status == "pass"} == set()
    assert {at for at, status in spoilt.items() if status == "pass"} <= value_offsets(scene)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_single_flipped_bit_never_looks_good_but_in_the_value(
    scene: Scene, tmp_path: Path
) -> None:
    data = scene.bad_files[scene.target]
    memory = Memory(scene, tmp_path)
    good = {
        (at, bit)
        for at, bit in bits(scene, data)
        if memory.status({**scene.bad_files, scene.target: flipped(data, at, 1 << bit)}) == "pass"
    }

    allowed = value_offsets(scene)
    assert {(at, bit) for at, bit in good if at not in allowed} == set()


@pytest.mark.parametrize("scene", GOOD_SCENES, ids=str)
def test_a_cut_good_file_looks_good_only_where_nobody_can_see_the_cut(
    scene: Scene, tmp_path: Path
) -> None:
    files = scene.good_files or {}
    data = files[scene.target]
    memory = Memory(scene, tmp_path)
    good = {at for at in cuts(data) if memory.status({**files, scene.target: data[:at]}) == "pass"}

    assert {at for at in good if not may_hide_a_cut(scene, data, at)} == set()


def may_hide_a_cut(scene: Scene, data: bytes, at: int) -> bool:
    """Say whether a cut leaves the wanted value and no sign of the cut.

    - A text of lines that ends behind a line at or after the wanted one: such a file could have
      been written that way.
    - Blank characters behind the end of XML.
    - In compiled schemas, the last bytes: they belong to another schema, which is not looked at.
    """
    if scene.line:
        return data[:at].endswith(b"\n") and scene.line in data[:at]
    if data.startswith(b"<?xml"):
        return not data[at:].strip()
    return scene.target.endswith("gschemas.compiled") and at > len(data) - 256


@pytest.mark.parametrize("scene", GOOD_SCENES, ids=str)
def test_a_spoilt_byte_in_a_good_file_is_noticed_where_it_carries_something(
    scene: Scene, tmp_path: Path
) -> None:
    files = scene.good_files or {}
    data = files[scene.target]
    memory = Memory(scene, tmp_path)
    carried = carrying(scene, data)
    spoilt = {
        at: memory.status({**files, scene.target: flipped(data, at, 0xFF)})
        for at in offsets(data)[:: 8 if scene.heavy else 1]
        if at in carried
    }

    assert set(spoilt)
    assert {
        at for at, status in spoilt.items() if status not in ("error", "unknown", "fail")
    } == set()


def carrying(scene: Scene, data: bytes) -> set[int]:
    """Return the bytes that lead to the wanted value; damage elsewhere cannot change it.

    In text every byte counts, since half a letter is no text.
    """
    if data.startswith(b"GVariant"):
        return set(gvdb_bytes(data, *struct.unpack("<II", data[16:24]))) | set(range(12))
    if data.startswith(b"SQLite"):
        return {0}
    return set(range(len(data)))


def gvdb_bytes(data: bytes, start: int, end: int) -> Iterator[int]:
    """Yield the bytes of a GVDB table that are checked: its pointers, buckets, items and names.

    Left out: the options of the file, the filter that no reader has to use, the unused byte of each
    item, where lists of folders lie, values and padding between them.
    """
    yield from range(16, 24)
    filters, buckets = struct.unpack("<II", data[start : start + 8])
    first = start + 8 + 4 * (filters & 0x7FFFFFF)
    yield from range(start + 4, start + 8)
    yield from range(first, first + 4 * buckets)
    for at in range(first + 4 * buckets, end, 24):
        name, size = struct.unpack("<IH", data[at + 8 : at + 14])
        yield from range(at, at + 15)
        yield from range(name, name + size)


def _sparse(place: Path) -> None:
    with place.open("wb") as file:
        file.truncate((16 << 20) + 1)


OTHER_THINGS: dict[str, Callable[[Path], object]] = {
    "empty": lambda place: place.write_bytes(b""),
    "blank": lambda place: place.write_bytes(b"\n\n"),
    "noise": lambda place: place.write_bytes(random.Random(7).randbytes(3000)),
    "zeros": lambda place: place.write_bytes(bytes(3000)),
    "too large": _sparse,
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "link to itself": lambda place: place.symlink_to(place.name),
    "link to nothing": lambda place: place.symlink_to("not-there"),
    "link to zeros": lambda place: place.symlink_to("/dev/zero"),
    "link to a full disk": lambda place: place.symlink_to("/dev/full"),
}


@pytest.mark.parametrize("thing", OTHER_THINGS)
@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_something_else_in_a_file_s_place_never_looks_good(
    scene: Scene, bad_tree: tuple[Path, Path, Path], thing: str
) -> None:
    rules, root, target = bad_tree
    remove(target)
    OTHER_THINGS[thing](target)
    began = time.monotonic()
    code, status = look(scene, rules, root)

    assert status in NOT_GOOD
    assert code == CODE_OF[status]
    assert time.monotonic() - began < DEADLINE + 1


@pytest.mark.parametrize("scene", GOOD_SCENES, ids=str)
@pytest.mark.parametrize("thing", ["empty", "noise", "folder", "link to itself", "link to nothing"])
def test_something_else_in_a_good_file_s_place_is_never_taken_for_it(
    scene: Scene, tmp_path: Path, thing: str
) -> None:
    root = tmp_path / "root"
    build(root, scene.good_files or {})
    target = root / scene.target.strip("/")
    remove(target)
    OTHER_THINGS[thing](target)

    assert look(scene, write_rules(tmp_path / "rules", scene), root)[1] in ("error", "unknown")


def test_a_file_that_may_not_be_read_never_looks_good() -> None:
    # Not below pytest's own folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="privacy-check-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        asked = []
        for number, scene in enumerate(SCENES):
            root = folder / str(number)
            build(root, scene.bad_files)
            rules = write_rules(folder / f"rules-{number}", scene)
            asked.append([scene.row, scene.desktop, arguments(rules, root)])
            (root / scene.target.strip("/")).chmod(0)
        result = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("as_nobody.py"))],
            input=json.dumps(asked),
            env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        )
    found = {
        scene.name: answer for scene, answer in zip(SCENES, json.loads(result.stdout), strict=True)
    }
    # The index of Chromium's profiles names no permission; what the profile allows still counts.
    assert found.pop("chromium index") == [10, "fail", None]
    assert {name: answer[:2] for name, answer in found.items() if answer[:2] != [11, "error"]} == {}
    # A copy of files names its missing disks rather than the one program's file.
    told = {name: answer for name, answer in found.items() if name not in ("dropbox", "nextcloud")}
    assert {name: a for name, a in told.items() if "may not read" not in a[2]} == {}


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/tty"])
def test_a_device_in_a_file_s_place_is_not_opened(
    device: str, tmp_path: Path, start: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    config = tmp_path / "home" / ".config"
    config.mkdir(parents=True)
    (config / "kscreenlockerrc").symlink_to(device)
    began = time.monotonic()
    result = start(
        "--format", "json", variables={"HOME": str(tmp_path / "home"), "XDG_CURRENT_DESKTOP": "KDE"}
    )

    rows = [row for item in json.loads(result.stdout)["findings"] for row in item["settings"]]
    row = next(
        r for r in rows if (r["setting"], r["platform"]) == ("automatic-lock", "linux/plasma")
    )
    assert (row["status"], row["reason"]) == ("error", "not a regular file stands in its place")
    assert time.monotonic() - began < DEADLINE + 3
