"""Damage never makes anything look good, and never makes the command crash, hang or err.

The machines are those of all cases of all settings (`machines.py`), the damage is a list of kinds
(`damage.py`), and what nobody can see stands in `excuses.py`. So a new setting needs nothing here.

What the command says is taken from the report it renders. On a copy of files the command itself is
run; a running computer's bus, programs and devices cannot be put under it, so there the same steps
are taken on the machine of the case. With PRIVACY_CHECK_SWEEP=1 every case is damaged, and more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from damage import BYTES, THINGS, spoilt
from excuses import may_hide
from machines import (
    FACTS,
    ROOT,
    SENSES,
    Blind,
    Seen,
    Spot,
    State,
    first_of_each,
    places,
    rules_of,
    run,
    spots,
    states,
    status,
    with_answer,
    wrong_answers,
)
from trees import arguments, build, can_be_a_tree, look, write_rules

from privacy_check.machine.window import DEADLINE
from privacy_check.rulebook.reads import Running

SWEEP = bool(os.environ.get("PRIVACY_CHECK_SWEEP"))
MOST = 12 if SWEEP else 2
"""How many results of a kind of damage are tried."""

ROWS = list(places())
JUDGED = [row for row in ROWS if rules_of(row.split()[0])]
STATUSES = (
    *("pass", "fail", "error", "unknown", "notapplicable", "notchecked", "notselected"),
    *("informational", "fixed"),
)
UNEXPECTED = "its form is unexpected"
"""What the command says when a reader let an error through."""

FIRST = {type(places()[row].variant.form.read): row for row in reversed(ROWS)}
"""One row of each way to read: it gets all the damage, the others a part of it."""


def share(kinds: Iterable[str], row: str, part: int) -> list[str]:
    """Return the kinds of damage for a row: all, or every so-manieth."""
    if SWEEP or row in FIRST.values():
        return list(kinds)
    return [kind for kind in kinds if zlib.crc32(f"{row} {kind}".encode()) % part == 0]


CODES = {"fail": 10, "error": 11, "unknown": 11}


def check(state: State, seen: Seen, what: str) -> None:
    """Check what holds after any damage."""
    assert set(seen.statuses) <= set(STATUSES), what
    assert UNEXPECTED not in seen.reason, f"{what}: {seen.reason}"
    codes = [CODES[found] for found in seen.statuses if found in CODES]
    assert seen.code == min(codes) if codes else seen.code in (0, 3), what


def turned(state: State, seen: Seen) -> bool:
    """Say whether a rule that was not content before is content now."""
    pairs = zip(state.whole.statuses, seen.statuses, strict=True)
    return any(before == "fail" and after == "pass" for before, after in pairs)


def seed(*parts: str) -> Random:
    return Random(zlib.crc32("|".join(parts).encode()))


def bad(row: str) -> list[State]:
    return [state for state in states(row) if state.is_bad]


def damageable(chosen: list[State]) -> list[tuple[State, Spot]]:
    found = [(state, spot) for state in chosen for spot in spots(state)]
    return found if SWEEP else first_of_each(found)


def others(state: State, spot: Spot) -> list[bytes]:
    """Return what stands there in other cases, and the other files of this one."""
    elsewhere = [
        item.data
        for other in states(state.row)
        for item in spots(other)
        if item.name == spot.name and item.data != spot.data
    ]
    beside = [item.data for item in spots(state) if item.kind == "file" and item.name != spot.name]
    return [*elsewhere, *beside]


def test_there_are_at_least_forty_kinds_of_damage() -> None:
    assert len(BYTES) >= 40
    assert len(THINGS) + len(SENSES) >= 20


@pytest.mark.parametrize("row", ROWS)
def test_every_row_has_a_case_in_which_something_is_read(row: str) -> None:
    assert states(row)


NEVER_BAD = {"lock-delay linux/mate": "no program stored a long wait for us yet"}


@pytest.mark.parametrize("row", [row for row in JUDGED if row not in NEVER_BAD])
def test_every_judged_row_has_a_case_that_is_worth_a_look_and_can_be_damaged(row: str) -> None:
    assert bad(row), "no case is worth a look"
    machines = [state.machine for state in bad(row)]
    assert any(
        machine.answers or machine.programs or machine.holding for machine in machines
    ) or damageable(bad(row))


@pytest.mark.parametrize("row", JUDGED)
def test_damaged_bytes_never_look_good(row: str) -> None:
    good = []
    for state, spot in damageable(bad(row)):
        for kind in share(BYTES, row, 4):
            for data in spoilt(kind, spot.data, seed(row, spot.name, kind), MOST):
                what = f"{state}: {spot.name}: {kind}"
                seen = run(state.place, spot.put(data))
                check(state, seen, what)
                if turned(state, seen) and not excused(state, spot, data):
                    good.append((what, data[:200]))

    assert good == []


def excused(state: State, spot: Spot, data: bytes) -> str:
    return may_hide(spot.name, spot.data, data, others(state, spot))


@pytest.mark.parametrize("row", ROWS)
def test_damaged_bytes_break_nothing_in_any_other_state(row: str) -> None:
    calm = [state for state in states(row) if not state.is_bad]
    for state, spot in damageable(calm):
        for kind in share(BYTES, row, 8):
            for data in spoilt(kind, spot.data, seed(row, spot.name, kind), 1):
                began = time.process_time()
                check(state, run(state.place, spot.put(data)), f"{state}: {spot.name}: {kind}")
                assert time.process_time() - began < DEADLINE


SMALL = 700 if SWEEP else 280
"""Bytes up to which every offset is cut and every bit is flipped."""


@pytest.mark.parametrize("row", JUDGED if SWEEP else sorted({*FIRST.values()} & {*JUDGED}))
def test_no_cut_and_no_flipped_bit_of_a_small_file_looks_good(row: str) -> None:
    good = []
    for state, spot in damageable(bad(row)[:1]):
        if len(spot.data) > SMALL or spot.kind == "variable":
            continue
        for what, data in cuts_and_bits(spot.data):
            is_good = status(state.place, spot.put(data)) == "pass"
            if is_good and not excused(state, spot, data):
                good.append((str(state), spot.name, what))

    assert good == []


def cuts_and_bits(data: bytes) -> Iterator[tuple[str, bytes]]:
    for at in range(len(data)):
        yield f"cut at {at}", data[:at]
        for bit in range(8) if SWEEP else (0, 3, 5):
            flipped = bytes([data[at] ^ (1 << bit)])
            yield f"bit {bit} at {at}", data[:at] + flipped + data[at + 1 :]


@pytest.mark.parametrize("row", JUDGED)
def test_a_cut_good_file_looks_good_only_where_nobody_can_see_the_cut(row: str) -> None:
    good = []
    for state, spot in damageable([state for state in states(row) if state.is_good]):
        if status(state.place, spot.put(b"")) == "pass" or spot.kind == "variable":
            continue  # it is not in this file
        step = max(1, len(spot.data) // (200 if SWEEP else 40))
        for at in range(1, len(spot.data), step):
            is_good = status(state.place, spot.put(spot.data[:at])) == "pass"
            if is_good and not is_unseen_cut(spot, at):
                good.append((str(state), spot.name, at))

    assert good == []


def is_unseen_cut(spot: Spot, at: int) -> bool:
    """Say whether a cut leaves no sign.

    - A text cut at a line end, or before it behind a closing quote or the mark that ends an option:
      people write it that way.
    - Blanks behind the end of JSON or XML.
    - In compiled schemas, the last bytes: they belong to another schema, which is not looked at.
    - In the kernel's name of a layer of storage, what follows the kind, which stands first.
    """
    data = spot.data
    if spot.name.endswith("/dm/uuid"):
        return data[:at].startswith(b"CRYPT-")
    if data.startswith(b"GVariant"):
        return at > len(data) - 256 and len(data) > 4096
    closed = data[:at].endswith((b'"', b";")) and data[at : at + 1] == b"\n"
    return closed or data[:at].endswith(b"\n") or not data[at:].strip()


@pytest.mark.parametrize("row", ROWS)
def test_a_machine_that_cannot_tell_never_looks_good(row: str) -> None:
    chosen = states(row) if SWEEP else (*bad(row)[:2], *states(row)[:1])
    for state in chosen:
        for kind, damaged in SENSES.items():
            seen = run(state.place, damaged(state.machine))
            check(state, seen, f"{state}: {kind}")
            assert kind in FACTS or not turned(state, seen), f"{state}: {kind}"


@pytest.mark.parametrize("row", JUDGED)
def test_a_file_that_may_not_be_entered_never_looks_good(row: str) -> None:
    for state, spot in damageable(bad(row)):
        if spot.kind == "file":
            for shut in (spot.name, os.path.dirname(spot.name)):
                denied = replace(state.machine, denied=state.machine.denied | {shut})
                seen = run(state.place, denied)
                check(state, seen, f"{state}: {shut}")
                assert not turned(state, seen), f"{state}: {shut}"


ANSWERED = [row for row in ROWS if any(state.machine.answers for state in states(row))]


@pytest.mark.parametrize("row", ANSWERED)
def test_a_wrong_answer_on_the_bus_never_looks_good(row: str) -> None:
    good = []
    for state in states(row):
        for question, body in state.machine.answers.items():
            for other in wrong_answers(body, 2000 if SWEEP else 12):
                seen = run(state.place, with_answer(state.machine, question, other))
                check(state, seen, f"{state}: {question.member} answers {other!r}")
                if turned(state, seen):
                    good.append((str(state), question.member, other))

    assert good == []


@pytest.mark.parametrize("row", ROWS if SWEEP else sorted(FIRST.values()))
def test_what_hangs_costs_the_deadline_and_no_more(row: str) -> None:
    state = next(iter(bad(row)), states(row)[0])
    end = threading.Event()
    try:
        for senses in (("read", "names", "folders", "exists"), ("ask", "command"), ("processes",)):
            hung = Blind(state.machine, dict.fromkeys(senses, lambda *_: end.wait(30)))
            began = time.monotonic()
            seen = run(state.place, hung, deadline=0.05)
            took = time.monotonic() - began
            assert took < 0.05 + 1, senses
            assert not turned(state, seen), senses
    finally:
        end.set()


def as_a_copy(row: str) -> list[State]:
    """Return the states worth a look that a copy of files shows, too."""
    copies = (state for state in bad(row) if can_be_a_tree(state))
    return [s for s in copies if status(s.place, replace(s.machine, live=False)) == "fail"]


TREES = [row for row in JUDGED if as_a_copy(row)]
NOT_GOOD = ((10, "fail"), (11, "error"), (11, "unknown"), (3, "notapplicable"))


@pytest.fixture
def tree(row: str, tmp_path: Path) -> tuple[State, Path, Path]:
    """Return a state that shows in a copy of files, the rules, and the tree."""
    state = as_a_copy(row)[0]
    rules, root = write_rules(tmp_path / "rules", state), tmp_path / "root"
    build(root, state)
    assert look(state, rules, root)[:2] == (10, "fail")
    return state, rules, root


@pytest.mark.parametrize("row", TREES)
def test_the_command_never_takes_another_thing_for_a_file(
    row: str, tree: tuple[State, Path, Path]
) -> None:
    state, rules, root = tree
    for spot in spots(state):
        target = root / spot.name.strip("/")
        if spot.kind != "file" or not target.is_file():
            continue
        for thing in share(THINGS, row, 4):
            target.unlink()
            THINGS[thing](target)
            began = time.monotonic()
            code, found, reason = look(state, rules, root)
            what = f"{state}: {thing} at {spot.name}"
            assert time.monotonic() - began < DEADLINE + 1, what
            assert (code, found) in NOT_GOOD, what
            assert UNEXPECTED not in reason, what
            _remove(target)
            target.write_bytes(spot.data)


def _remove(target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        target.rmdir()
    else:
        target.unlink()


@pytest.mark.parametrize("row", TREES)
def test_the_command_on_damaged_files_never_looks_good(
    row: str, tree: tuple[State, Path, Path]
) -> None:
    state, rules, root = tree
    kinds = list(BYTES) if SWEEP else [kind for kind in BYTES if hash_of(row + kind) % 16 == 0]
    for spot in spots(state):
        target = root / spot.name.strip("/")
        if spot.kind != "file" or not target.is_file():
            continue
        for kind in kinds:
            for data in spoilt(kind, spot.data, seed(row, spot.name, kind), 1):
                target.write_bytes(data)
                code, found, reason = look(state, rules, root)
                assert UNEXPECTED not in reason, kind
                assert code == CODES.get(found, code), kind
                assert found != "pass" or excused(state, spot, data), (kind, data[:200])
        target.write_bytes(spot.data)


def hash_of(text: str) -> int:
    return zlib.crc32(text.encode())


def test_files_and_folders_that_may_not_be_read_never_look_good() -> None:
    # Not below pytest's own folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="privacy-check-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        asked: list[tuple[State, list[object]]] = []
        for row in TREES:
            state = as_a_copy(row)[0]
            for shut in ("file", "folder"):
                root = folder / f"{len(asked)}"
                build(root, state)
                rules = write_rules(folder / f"rules-{len(asked)}", state)
                desktop = state.case.environment.get("XDG_CURRENT_DESKTOP", "")
                asked.append((state, [state.place.variant.row, desktop, arguments(rules, root)]))
                shut_away(root, state, shut)
        result = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("as_nobody.py"))],
            input=json.dumps([item for _, item in asked]),
            env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        )
        for shut in folder.rglob("*"):
            if not shut.is_symlink() and shut.is_dir():
                shut.chmod(0o755)
    answers = json.loads(result.stdout)
    assert len(answers) == len(asked) > 0
    for (state, _), (code, found, reason) in zip(asked, answers, strict=True):
        assert found != "pass", (str(state), reason)
        assert UNEXPECTED not in (reason or ""), str(state)
        assert code == CODES.get(found, code), str(state)
    assert sum("may not read" in (reason or "") for _, _, reason in answers) > len(answers) / 3


def shut_away(root: Path, state: State, what: str) -> None:
    """Take all rights from the files of a state, or from the folders they lie in."""
    for spot in spots(state):
        place = root / spot.name.strip("/")
        if spot.kind == "file" and place.is_file():
            (place if what == "file" else place.parent).chmod(0)


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


@pytest.mark.parametrize(
    "row", [r for r in ROWS if isinstance(places()[r].variant.form.read, Running)]
)
def test_a_list_of_programs_that_is_not_whole_never_says_none(row: str) -> None:
    for state in states(row):
        if state.is_good:
            seen = run(state.place, SENSES["other programs are hidden"](state.machine))
            assert "pass" not in seen.statuses, str(state)
