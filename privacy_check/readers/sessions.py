"""Asks the login service who is logged in, and counts the other accounts of people.

Only counts leave this module: no name of an account, no address.
"""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.bus import unboxed
from privacy_check.readers.raw import Found, Look
from privacy_check.record import record
from privacy_check.rulebook.reads import Accounts, Sessions

_NAME = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_FILES = "/run/systemd/sessions"
_LARGEST = 100
"""Sessions; a computer with more is none that this program is for."""

_NOT_A_PERSON = (
    *("greeter", "lock-screen", "background", "background-light"),
    *("manager", "manager-early", "none"),
)
_STATES = ("opening", "online", "active", "closing")
_ACCOUNTS = "/etc/passwd"
_SWITCH = "/etc/nsswitch.conf"
_HOMES = "/var/lib/systemd/home"
_ON_THIS_COMPUTER = {"files", "compat", "systemd", "altfiles", "sss"}
"""Where accounts may come from; `sss` stands on many computers that use no network for it."""

_WHO = "run as administrator, it is not known which of the people you are"

_FIRST_PERSON, _LAST_PERSON = 1000, 60000
_NO_LOGIN = ("nologin", "false", "true", "sync")


@record
class _Session:
    """A login of a person that has not ended."""

    user: int
    remote: bool


def read(wanted: Sessions | Accounts, look: Look) -> Found:
    """Return `others`, `remote` or `none`; for accounts the number of other people's."""
    if isinstance(wanted, Accounts):
        return _accounts(look.window)
    return _sessions(wanted, look.window)


def _sessions(wanted: Sessions, window: Window) -> Found:
    if not window.machine.live:
        message = "only the running computer can tell who is logged in"
        raise UnseenError(message)
    own = window.machine.user
    if wanted.of == "others" and own == 0:
        raise UnseenError(_WHO)
    where = "the login service"
    sessions, unread = _asked(window)
    matching = [item for item in sessions if _counts(wanted, item, own)]
    if unread is not None and not matching:
        # The saved files outlive a service that has ended: they can tell who came, not that
        # nobody did.
        where = _FILES
        matching = [item for item in _saved(window) if _counts(wanted, item, own)]
        if not matching:
            raise unread
    return Found(
        raw=wanted.of if matching else "none",
        where=where,
        as_of=window.machine.now(),
        count=len(matching),
    )


def _counts(wanted: Sessions, session: _Session, own: int) -> bool:
    return session.remote if wanted.of == "remote" else session.user != own


def _asked(window: Window) -> tuple[list[_Session], UnseenError | None]:
    """Return the logins that the login service knows, and why some may be missing."""
    found: list[_Session] = []
    unread: UnseenError | None = None
    try:
        for entry in _list(window):
            try:
                session = _session(window, entry)
                found += [session] if session else []
            except UnseenError as error:
                unread = UnseenError(str(error))
    except UnseenError as error:
        unread = UnseenError(str(error))
    return found, unread


def _list(window: Window) -> list[object]:
    """Return the login service's list, which holds at least the login that started this."""
    question = BusQuestion(
        bus="system",
        name=_NAME,
        path=_PATH,
        interface=f"{_NAME}.Manager",
        member="ListSessions",
    )
    body = window.ask(question)
    listed = body[0] if len(body) == 1 else None
    if not isinstance(listed, list) or len(listed) > _LARGEST:
        raise UnseenError(_UNKNOWN)
    if not listed:
        message = "the login service knows no login, not even this one"
        raise UnseenError(message)
    return listed


def _session(window: Window, entry: object) -> _Session | None:
    """Return one login, `None` when it is no person's or ends just now."""
    match entry:
        case (str(), int(user), str(), str(), str(path)) if path.startswith(f"{_PATH}/"):
            kind, state = _property(window, path, "Class"), _property(window, path, "State")
            remote = _property(window, path, "Remote")
        case _:
            raise UnseenError(_UNKNOWN)
    if not isinstance(remote, bool) or state not in _STATES:
        raise UnseenError(_UNKNOWN)
    if not _is_a_person(kind) or state == "closing":
        return None
    return _Session(user=user, remote=remote)


def _property(window: Window, path: str, name: str) -> object:
    question = BusQuestion(
        bus="system",
        name=_NAME,
        path=path,
        interface="org.freedesktop.DBus.Properties",
        member="Get",
        signature="ss",
        arguments=(f"{_NAME}.Session", name),
    )
    body = window.ask(question)
    return unboxed(body[0]) if len(body) == 1 else None


def _is_a_person(kind: object) -> bool:
    """Say whether a session's class is that of a person.

    Raises:
        UnseenError: When the class is none that we know.
    """
    if kind in _NOT_A_PERSON:
        return False
    if isinstance(kind, str) and (kind == "user" or kind.startswith("user-")):
        return True
    raise UnseenError(_UNKNOWN)


def _saved(window: Window) -> Iterator[_Session]:
    """Yield the logins that the service's own files show, as far as they can be read."""
    try:
        names = window.names(_FILES)
    except UnseenError:
        return
    for name in names[:_LARGEST]:
        try:
            lines = window.text(f"{_FILES}/{name}").splitlines()
            pairs = dict(line.split("=", 1) for line in lines if "=" in line)
            user, remote = int(pairs["UID"]), {"0": False, "1": True}[pairs["REMOTE"]]
            if _is_a_person(pairs["CLASS"]) and pairs["STATE"] != "closing":
                yield _Session(user=user, remote=remote)
        except (UnseenError, KeyError, ValueError):
            continue  # a pipe, or a file of another form


def _accounts(window: Window) -> Found:
    """Return the number of accounts besides this one that a person can log in to."""
    own = window.machine.user
    if own == 0 and window.machine.live:
        raise UnseenError(_WHO)
    file = window.file(_ACCOUNTS)
    users = dict(_listed(window.text(_ACCOUNTS)))
    people = [user for user, login in users.items() if login and user != own]
    if not people and (own not in users or _may_be_elsewhere(window)):
        message = "accounts may also be kept in another place"
        raise UnseenError(message)
    return Found(raw=str(len(people)), where=_ACCOUNTS, as_of=file.modified, count=len(people))


def _listed(text: str) -> Iterator[tuple[int, bool]]:
    """Yield each account's number, and whether a person can log in to it."""
    lines = text.split("\n")
    if lines.pop() or not lines:
        message = "it is damaged: cut in the middle of a line"
        raise UnseenError(message)
    for line in lines:
        fields = line.split(":")
        if len(fields) != 7 or not fields[2].isdecimal() or not fields[0]:
            message = "the list of accounts has an unexpected form"
            raise UnseenError(message)
        user = int(fields[2])
        person = _FIRST_PERSON <= user <= _LAST_PERSON
        yield user, person and fields[6].rpartition("/")[2] not in _NO_LOGIN


def _may_be_elsewhere(window: Window) -> bool:
    """Say whether the system also takes accounts from a network or from home folders."""
    try:
        text = window.text(_SWITCH)
    except MissingError:
        text = ""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    sources = {word for line in lines if line.startswith("passwd:") for word in line.split()[1:]}
    try:
        homes = bool(window.names(_HOMES))
    except UnseenError:
        homes = False
    return homes or not sources <= _ON_THIS_COMPUTER


_UNKNOWN = "the login service gave an answer of an unknown form"
