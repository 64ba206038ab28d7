"""Who is logged in, and who else has an account.

The answers are built by hand from org.freedesktop.login1(5): no login service runs in a test.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import sessions
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Accounts, Sessions

NAME, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
LIST = BusQuestion(
    bus="system", name=NAME, path=PATH, interface=f"{NAME}.Manager", member="ListSessions"
)
Answers = dict[BusQuestion, tuple[object, ...]]


def question(path: str, name: str) -> BusQuestion:
    return BusQuestion(
        bus="system",
        name=NAME,
        path=path,
        interface="org.freedesktop.DBus.Properties",
        member="Get",
        signature="ss",
        arguments=(f"{NAME}.Session", name),
    )


def logins(*entries: tuple[int, str, bool, str]) -> Answers:
    """Return the answers about logins: account, class, from another computer, state."""
    answers: Answers = {}
    rows = []
    for number, (user, kind, remote, state) in enumerate(entries):
        path = f"{PATH}/session/_3{number}"
        rows.append((str(number), user, "somebody", "", path))
        answers[question(path, "Class")] = (("s", kind),)
        answers[question(path, "Remote")] = (("b", remote),)
        answers[question(path, "State")] = (("s", state),)
    return {LIST: (rows,), **answers}


ME = (1000, "user", False, "active")
SSH = (1000, "user", True, "active")
OTHER = (1001, "user", False, "online")
GREETER = (118, "greeter", False, "online")


def read(of: str, answers: Answers, files: dict[str, bytes] | None = None) -> Found:
    machine = CaseMachine(answers=answers, files=files or {})
    return sessions.read(Sessions(of=of), Look(window=Window(machine)))


@pytest.mark.parametrize(
    ("of", "entries", "expected"),
    [
        ("remote", [ME], ("none", 0)),
        ("remote", [ME, SSH], ("remote", 1)),
        ("remote", [ME, OTHER, GREETER], ("none", 0)),
        ("remote", [ME, (1000, "user", True, "closing")], ("none", 0)),
        ("remote", [ME, (1001, "user-early", True, "online")], ("remote", 1)),
        ("others", [ME, SSH, GREETER], ("none", 0)),
        ("others", [ME, OTHER, OTHER], ("others", 2)),
        ("others", [ME, (1001, "user", False, "closing")], ("none", 0)),
        ("others", [ME, (1001, "manager", False, "active")], ("none", 0)),
        ("others", [ME, (0, "user", False, "active")], ("others", 1)),
        ("others", [GREETER], ("none", 0)),
    ],
)
def test_logins_of_people_are_counted(
    of: str, entries: list[tuple[int, str, bool, str]], expected: tuple[str, int]
) -> None:
    found = read(of, logins(*entries))

    assert (found.raw, found.count) == expected


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {LIST: ([],)},
        {LIST: ()},
        {LIST: ("two",)},
        {LIST: ([("1", "1000", "x", "", f"{PATH}/session/_31")],)},
        {LIST: ([("1", 1000, "x", "", "/org/example")],)},
        {LIST: ([("1", 1000, "x")],)},
        {LIST: ([("1", 1000, "x", "", f"{PATH}/session/_31")],)},
        {LIST: ([("1", 1000, "x", "", f"{PATH}/session/_31")] * 101,)},
        logins(ME, (1001, "visitor", False, "active")),
        logins(ME, (1001, "user", False, "asleep")),
        {**logins(ME), question(f"{PATH}/session/_30", "Remote"): (("s", "no"),)},
        {**logins(ME), question(f"{PATH}/session/_30", "Class"): (("i", 7),)},
    ],
)
@pytest.mark.parametrize("of", ["remote", "others"])
def test_an_answer_that_is_not_understood_never_means_nobody(of: str, answers: Answers) -> None:
    with pytest.raises(UnseenError) as error:
        read(of, answers)

    assert not isinstance(error.value, MissingError)


def test_what_is_found_counts_beside_a_login_that_is_not_understood() -> None:
    answers = logins((1001, "visitor", False, "active"), SSH, OTHER)

    assert read("remote", answers).raw == "remote"
    assert read("others", answers).raw == "others"


def saved(user: int, remote: int, kind: str = "user", state: str = "active") -> bytes:
    return f"UID={user}\nSTATE={state}\nREMOTE={remote}\nCLASS={kind}\n".encode()


def test_saved_files_tell_who_came_and_not_that_nobody_did() -> None:
    folder = "/run/systemd/sessions"
    found = read("remote", {}, {f"{folder}/4": saved(1000, 1), f"{folder}/5": b"\xff"})

    assert (found.raw, found.where) == ("remote", folder)
    assert read("others", {}, {f"{folder}/3": saved(1001, 0)}).raw == "others"
    for data in (
        saved(1000, 0),
        saved(1001, 1, state="closing"),
        saved(118, 1, "greeter"),
        saved(1001, 2),
        b"UID=1001\nREMOTE=1\n",
    ):
        with pytest.raises(UnseenError):
            read("remote", {}, {f"{folder}/1": data})


def test_a_copy_of_files_does_not_tell_who_is_logged_in(tmp_path: Path) -> None:
    machine = FolderMachine(tmp_path, "/home/sam", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))

    with pytest.raises(UnseenError, match="running computer"):
        sessions.read(Sessions(of="remote"), Look(window=Window(machine)))


ROOT = "root:x:0:0:root:/root:/bin/bash\n"
SAM = "sam:x:1000:1000::/home/sam:/bin/bash\n"


def accounts(text: str, **files: str) -> Found:
    data = {"/etc/passwd": text.encode()} | {
        path: content.encode() for path, content in files.items()
    }
    return sessions.read(Accounts(of="others"), Look(window=Window(CaseMachine(files=data))))


@pytest.mark.parametrize(
    ("more", "raw"),
    [
        ("", "0"),
        ("alex:x:1001:1001::/home/alex:/bin/zsh\n", "1"),
        ("alex:x:1001:1001::/home/alex:\n", "1"),
        ("alex:x:60000:1001::/home/alex:/bin/sh\nkim:x:999:1::/:/bin/sh\n", "1"),
        ("alex:x:60001:1001::/home/alex:/bin/sh\n", "0"),
        ("robot:x:1002:1002::/srv:/usr/sbin/nologin\nbot:x:1003:1::/:/bin/false\n", "0"),
    ],
)
def test_accounts_of_other_people_are_counted(more: str, raw: str) -> None:
    assert accounts(ROOT + SAM + more).raw == raw


@pytest.mark.parametrize(
    "text", ["", ROOT, ROOT + SAM[:-1], ROOT + SAM + "+::::::\n", ROOT + SAM + "odd\n", "\n"]
)
def test_a_list_that_is_not_whole_never_means_nobody_else(text: str) -> None:
    with pytest.raises(UnseenError):
        accounts(text)


def test_accounts_may_be_kept_elsewhere() -> None:
    with pytest.raises(UnseenError):
        accounts(ROOT + SAM, **{"/etc/nsswitch.conf": "passwd: files ldap\n"})
    with pytest.raises(UnseenError):
        accounts(ROOT + SAM, **{"/var/lib/systemd/home/kim.identity": "{}"})
    assert accounts(ROOT + SAM, **{"/etc/nsswitch.conf": "passwd: files sss # ldap\n"}).raw == "0"


def test_an_administrator_is_not_told_that_their_own_login_is_somebody_else_s() -> None:
    answers = logins((1000, "user", False, "active"))
    root = Look(window=Window(CaseMachine(user=0, answers=answers)))
    with pytest.raises(UnseenError, match="administrator"):
        sessions.read(Sessions(of="others"), root)
    assert sessions.read(Sessions(of="remote"), root).raw == "none"

    root = Look(window=Window(CaseMachine(user=0, files={"/etc/passwd": SAM.encode()})))
    with pytest.raises(UnseenError, match="administrator"):
        sessions.read(Accounts(of="others"), root)
