"""Who listens for the network, from tables that a kernel wrote."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import Process, Processes, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import sockets
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Listening
from privacy_check.rulebook.records import Program, ProgramList, Source

FIXTURES = Path(__file__).parents[2] / "rules" / "fixtures" / "sockets"
PORTS = ProgramList(
    id="ports",
    title="Ports",
    scope="system",
    programs=(Program(name="VNC", ports=(5900, 5901)), Program(name="RDP", ports=(3389,))),
    sources=(Source(title="A test", checked=dt.date(2026, 11, 22)),),
)
HEADER = (FIXTURES / "nobody-tcp").read_bytes()
LINE = (
    b"   0: %s:170C 00000000:0000 %s 00000000:00000000 00:00000000 00000000     0        0 1 1 0\n"
)


class Boxed(CaseMachine):
    """A machine seen from inside a container."""

    def processes(self) -> Processes:
        return Processes(seen=(Process(pid=1, names=("x",)),), own_whole=False, all_whole=False)


def tables(ipv4: bytes, ipv6: bytes | None = None) -> dict[str, bytes]:
    return {"/proc/net/tcp": ipv4} | ({} if ipv6 is None else {"/proc/net/tcp6": ipv6})


def real(name: str) -> dict[str, bytes]:
    return tables(*((FIXTURES / f"{name}-{kind}").read_bytes() for kind in ("tcp", "tcp6")))


def read(machine: CaseMachine | FolderMachine) -> Found:
    look = Look(window=Window(machine), programs={"ports": PORTS})
    return sockets.read(Listening(programs="ports"), look)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody", ("none", (), 2)),
        ("screen", ("reachable", ("VNC",), 1)),
        ("screen-ipv6", ("reachable", ("VNC",), 1)),
        ("local", ("local", ("VNC",), 1)),
        ("shell", ("none", (), 2)),
    ],
)
def test_a_real_table_tells_who_listens(
    name: str, expected: tuple[str, tuple[str, ...], int]
) -> None:
    found = read(CaseMachine(files=real(name)))

    assert (found.raw, found.names, found.count) == expected


@pytest.mark.parametrize(
    ("address", "state", "raw"),
    [
        (b"00000000", b"0A", "reachable"),
        (b"0501A8C0", b"0A", "reachable"),
        (b"0100007F", b"0A", "local"),
        (b"3500007F", b"0A", "local"),
        (b"0500007E", b"0A", "reachable"),
        (b"0501A8C0", b"01", "none"),
        (b"0000000000000000FFFF00000100007F", b"0A", "local"),
        (b"0000000000000000FFFF00000501A8C0", b"0A", "reachable"),
        (b"00000000000000000000000001000000", b"0A", "local"),
        (b"000080FE00000000FF565002BD69B1FE", b"0A", "reachable"),
    ],
)
def test_an_address_that_only_this_computer_reaches_is_told_apart(
    address: bytes, state: bytes, raw: str
) -> None:
    assert read(CaseMachine(files=tables(HEADER + LINE % (address, state)))).raw == raw


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        HEADER[:-1],
        HEADER[20:],
        LINE % (b"0100007F", b"0A"),
        HEADER + LINE % (b"0100007F", b"0A") + b"   1: 00\n",
        HEADER + (LINE % (b"00000000", b"0A"))[:-1].replace(b":", b";"),
        HEADER + LINE % (b"000000", b"0A"),
        HEADER + b"\n",
        HEADER + b"\xff\n",
    ],
)
def test_a_damaged_table_never_says_that_nobody_listens(damaged: bytes) -> None:
    with pytest.raises(UnseenError):
        read(CaseMachine(files=tables(damaged)))


def test_what_is_found_counts_beside_a_damaged_line() -> None:
    text = HEADER + b"   0: 00\n" + LINE % (b"00000000", b"0A")

    assert read(CaseMachine(files=tables(text))).raw == "reachable"


def test_both_tables_have_to_be_seen() -> None:
    with pytest.raises(UnseenError):
        read(CaseMachine(files=tables(HEADER), denied=frozenset({"/proc/net/tcp6"})))
    with pytest.raises(UnseenError):
        read(CaseMachine(files={"/proc/net/tcp6": real("nobody")["/proc/net/tcp6"]}))
    with pytest.raises(UnseenError):
        read(CaseMachine(files={**tables(HEADER), "/proc/net/if_inet6": b"x"}))
    assert read(CaseMachine(files=tables(HEADER))).raw == "none"


@pytest.mark.parametrize("name", ["nobody", "local"])
def test_inside_a_box_nobody_and_only_this_computer_are_not_certain(name: str) -> None:
    with pytest.raises(UnseenError, match="box"):
        read(Boxed(files=real(name)))
    assert read(Boxed(files=real("screen"))).raw == "reachable"


def test_a_copy_of_files_does_not_tell(tmp_path: Path) -> None:
    (tmp_path / "proc/net").mkdir(parents=True)
    (tmp_path / "proc/net/tcp").write_bytes(real("screen")["/proc/net/tcp"])

    with pytest.raises(UnseenError):
        read(FolderMachine(tmp_path, "/home/sam", dt.datetime(2026, 11, 22, tzinfo=dt.UTC)))


def test_a_network_apart_from_the_computers_shows_no_absence() -> None:
    apart = {"/proc/sys/net/core/somaxconn": b"4096\n", **real("nobody")}
    whole = {"/proc/sys/net/core/netdev_max_backlog": b"1000\n", **apart}
    looks = [
        Look(window=Window(CaseMachine(files=files)), programs={"ports": PORTS})
        for files in (whole, apart)
    ]
    assert sockets.read(Listening(programs="ports"), looks[0]).raw == "none"
    with pytest.raises(UnseenError, match="network of its own"):
        sockets.read(Listening(programs="ports"), looks[1])
