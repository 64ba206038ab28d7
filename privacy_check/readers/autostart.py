"""Looks whether a program of a published list starts when this account logs in.

Two ways are followed: autostart files of the desktop, the person's own before the system's, and
services that systemd starts for the account or, for lists about the whole computer, for all.
A file that is not understood, or a desktop that starts programs in ways of its own, is a reason
not to say `none`; it never hides what is found elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Found, Look, near_miss
from privacy_check.readers.textfiles import parse
from privacy_check.record import record
from privacy_check.rulebook.reads import Autostart
from privacy_check.rulebook.records import Program, ProgramList

_ENTRY = "Desktop Entry"
_MARK = ".desktop"
_SETTINGS = "~/.config"
_OWN_FILES = "~/.config/autostart"
_SNAP_FILES = "~/snap/*/current/.config/autostart"
_OWN_SCRIPTS = "~/.config/autostart-scripts"
_USER_UNITS = (
    *("~/.config/systemd/user", "/etc/systemd/user"),
    *("~/.local/share/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user"),
)
_SYSTEM_UNITS = ("/etc/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system")
_OWN_UNITS = 2
"""How many of the folders, counted from the first, hold what was not installed as a package."""

_LINKS = (".wants", ".requires", ".upholds")
_MASK = "/dev/null"

_FOLLOWERS = (
    *("budgie", "cinnamon", "gnome", "kde", "lxqt", "mate"),
    *("pantheon", "unity", "x-cinnamon", "xfce"),
)
"""Desktops that start what the autostart files say, in lower case."""

_SWITCHES = {
    "X-GNOME-Autostart-enabled": ("budgie", "cinnamon", "gnome", "unity", "x-cinnamon"),
    "X-MATE-Autostart-enabled": ("mate",),
}
"""Switches of autostart files, and the desktops that are known to heed them."""

_CONDITIONS = ("AutostartCondition", "X-KDE-autostart-condition")
_TELLING = 5
"""Letters from which on a name is not met by chance, but for one letter."""

_BETWEEN = str.maketrans(dict.fromkeys("\"'\\;&|()`$", " "))
"""What stands between the words of a command, also of one for a shell; its sense is not needed."""

_NEARLY = "an autostart file starts a program with nearly the name of one on our list"
_TRUE = ("true", "1")
_FALSE = ("false", "0")


def read(wanted: Autostart, look: Look) -> Found:
    """Return `starts` with the programs' names, or `none`."""
    listed = look.programs[wanted.programs]
    names: set[str] = set()
    doubts: list[UnseenError] = []
    for way in (_by_file, _by_service):
        names |= set(way(listed, look, doubts))
    if not names:
        _must_follow(look)
        doubts += _scripts(look)
        if doubts:
            raise doubts[0]
    return Found(
        raw="starts" if names else "none",
        where="programs that start at login",
        as_of=look.window.machine.now(),
        names=tuple(program.name for program in listed.programs if program.name in names),
        count=len(listed.programs),
    )


def _must_follow(look: Look) -> None:
    """Refuse an account without settings, and desktops that do not go by these files alone."""
    desktops = _desktops(look)
    if not desktops:
        message = "which desktop is in use is not known, and it may start programs itself"
        raise UnseenError(message)
    if not any(name in _FOLLOWERS for name in desktops):
        message = "this desktop starts programs from settings of its own, which are not read"
        raise UnseenError(message)
    if not look.window.machine.live and not look.window.exists("/etc/xdg"):
        message = "the system's autostart files are not in this copy"
        raise UnseenError(message)
    if not look.window.exists(_SETTINGS):
        message = "the folder with this account's settings is not there"
        raise UnseenError(message)


def _scripts(look: Look) -> Iterator[UnseenError]:
    """Yield why scripts may start something."""
    try:
        if look.window.names(_OWN_SCRIPTS):
            yield UnseenError("scripts start at login, and what they start is not known")
    except MissingError:
        return
    except UnseenError as error:
        yield error


def _desktops(look: Look) -> tuple[str, ...]:
    said = look.window.machine.environment("XDG_CURRENT_DESKTOP").lower()
    return tuple(name for name in said.split(":") if name)


def _by_file(listed: ProgramList, look: Look, doubts: list[UnseenError]) -> Iterator[str]:
    """Yield the programs that autostart files start."""
    system = [f"{folder}/autostart" for folder in look.window.config_folders()]
    yield from _in_folders((_OWN_FILES, *system), listed, look, doubts)
    try:
        for folder in look.window.matches(_SNAP_FILES):  # each app's own, started by snapd
            yield from _in_folders((folder,), listed, look, doubts)
    except UnseenError as error:
        doubts.append(error)


def _in_folders(
    folders: tuple[str, ...], listed: ProgramList, look: Look, doubts: list[UnseenError]
) -> Iterator[str]:
    """Yield the programs that the files of some folders start; the first of a name counts."""
    index = _index(listed, look)
    hidden: set[str] = set()
    for folder in folders:
        for name in _names_in(folder, doubts, look):
            if not name.endswith(_MARK) or name in hidden:
                continue
            try:
                entry = _entry(f"{folder}/{name}", look)
                if entry.only_shows:
                    continue  # what it starts stands in the system's file of the same name
                hidden.add(name)
                found = index.meant(name, entry)
                if found and _is_on(entry, look):
                    yield from found
                if not found and index.is_nearly(entry):
                    doubts.append(UnseenError(_NEARLY))
            except UnseenError as error:
                hidden.add(name)
                doubts.append(error)


def _names_in(folder: str, doubts: list[UnseenError], look: Look) -> tuple[str, ...]:
    try:
        return look.window.names(folder)
    except MissingError:
        return ()
    except UnseenError as error:
        doubts.append(error)
        return ()


@record
class _Entry:
    """What an autostart file says; `words` are those of its command, `bases` without folders."""

    values: dict[str, str]
    words: tuple[str, ...]
    bases: frozenset[str]

    @property
    def only_shows(self) -> bool:
        """Say whether it is only the mark that Xfce sets for a program it is to start."""
        return set(self.values) == {"Hidden"} and self.values["Hidden"] in _FALSE


def _entry(path: str, look: Look) -> _Entry:
    return look.window.once(("autostart", path), lambda: _parsed(path, look))


def _parsed(path: str, look: Look) -> _Entry:
    try:
        sections = parse(_ended(look.window.text(path)), comments="#").values
    except UnseenError as error:
        message = f"an autostart file is not understood: {error}"
        raise UnseenError(message) from None
    values = sections.get(_ENTRY, {})
    if "Exec" not in values and set(values) != {"Hidden"} and values.get("Hidden") not in _TRUE:
        message = "an autostart file is not understood: it names no program"
        raise UnseenError(message)
    return _made(values, tuple(values.get("Exec", "").translate(_BETWEEN).split()))


def _made(values: dict[str, str], words: tuple[str, ...]) -> _Entry:
    bases = frozenset(word.rpartition("/")[2] for word in words)
    return _Entry(values=values, words=words, bases=bases)


def _ended(text: str) -> str:
    """Return a text with the last line end that some programs leave out.

    Where a command stands before it, no more than a switch to leave it out can be cut off there:
    such a last line counts only when it is whole.
    """
    rest, _, last = text.rpartition("\n")
    if not last or "\nExec=" not in text or last.startswith(("Exec", "[")):
        return text
    return f"{text}\n" if last.partition("=")[2] in (*_TRUE, *_FALSE) else f"{rest}\n"


class _Index:
    """The names of a list's programs, as they stand in files and commands."""

    def __init__(self, listed: ProgramList) -> None:
        self._files: dict[str, list[Program]] = {}
        self._words: dict[str, list[Program]] = {}
        self._by_length: dict[int, list[str]] = {}
        for program in listed.programs:
            ids = [item.removesuffix(_MARK) for item in program.starts if item.endswith(_MARK)]
            for name in program.starts:
                self._files.setdefault(name, []).append(program)
            for word in {*ids, *program.processes}:
                self._words.setdefault(word, []).append(program)
                if len(word) >= _TELLING:
                    self._by_length.setdefault(len(word), []).append(word)

    def meant(self, name: str, entry: _Entry) -> list[str]:
        """Return the programs that a file is for, by its own name or by its command."""
        found = {program.name for program in self._files.get(name, ())}
        for base in entry.bases:
            for program in self._words.get(base, ()):
                if f"{base}{_MARK}" in program.starts or _has_words(program, entry):
                    found.add(program.name)
        return sorted(found)

    def is_nearly(self, entry: _Entry) -> bool:
        """Say whether a command has nearly a program's name, which is a sign of damage."""
        return any(
            near_miss(name, [base])
            for base in entry.bases
            for length in range(len(base) - 1, len(base) + 2)
            for name in self._by_length.get(length, ())
        )


def _index(listed: ProgramList, look: Look) -> _Index:
    return look.window.once(("names at login", listed.id), lambda: _Index(listed))


def _has_words(program: Program, entry: _Entry) -> bool:
    forms = program.arguments
    return not forms or any(fnmatchcase(word, form) for form in forms for word in entry.words)


def _is_on(entry: _Entry, look: Look) -> bool:
    """Say whether a file starts its program on this desktop.

    Raises:
        UnseenError: When that hangs on something that is not followed.
    """
    if _switch(entry, "Hidden") or not _is_shown(entry, look) or not _is_there(entry, look):
        return False
    for key, heeding in _SWITCHES.items():
        if key in entry.values and not _switch(entry, key):
            if any(name in heeding for name in _desktops(look)):
                return False
            message = "a program is switched off in a way that this desktop may not heed"
            raise UnseenError(message)
    if any(entry.values.get(key) for key in _CONDITIONS):
        message = "a program starts under a condition that is not followed"
        raise UnseenError(message)
    return True


def _switch(entry: _Entry, key: str) -> bool:
    value = entry.values.get(key, "false").lower()
    if value not in (*_TRUE, *_FALSE):
        message = f"an autostart file has an unknown value for {key}"
        raise UnseenError(message)
    return value in _TRUE


def _is_shown(entry: _Entry, look: Look) -> bool:
    """Say whether a file is for this desktop, or for all."""
    only, never = (_list(entry, key) for key in ("OnlyShowIn", "NotShowIn"))
    desktops = _desktops(look)
    if (only or never) and not desktops:
        message = "a program starts on some desktops, and which one is in use is not known"
        raise UnseenError(message)
    if only and not any(name in only for name in desktops):
        if any(near_miss(name, only) for name in desktops):
            message = "an autostart file looks damaged: it is for a desktop named nearly like this"
            raise UnseenError(message)
        return False
    return not any(name in never for name in desktops)


def _list(entry: _Entry, key: str) -> list[str]:
    return [name for name in entry.values.get(key, "").lower().split(";") if name]


def _is_there(entry: _Entry, look: Look) -> bool:
    """Say whether the program file that a file asks for may be there."""
    program = entry.values.get("TryExec", "")
    if not program.startswith("/") or look.window.exists(program):
        return True
    if program.rpartition("/")[2] not in entry.bases:
        message = "an autostart file asks for another program than it starts"
        raise UnseenError(message)
    return False


def _by_service(listed: ProgramList, look: Look, doubts: list[UnseenError]) -> Iterator[str]:
    """Yield the programs that systemd starts, by the links that ask for their services."""
    index = _index(listed, look)
    for folders in (_USER_UNITS, _SYSTEM_UNITS) if listed.scope == "system" else (_USER_UNITS,):
        written = {
            name: f"{folder}/{name}"
            for folder in reversed(folders[:_OWN_UNITS])
            for name in _names_in(folder, doubts, look)
        }
        for unit in _units(folders, doubts, look):
            paths = [written[name] for name in (unit, _plain(unit)) if name in written]
            try:
                if paths and _is_masked(unit, folders, look):
                    continue
                entry = _made({}, tuple(word for path in paths for word in _commands(path, look)))
                found = index.meant(_plain(unit), entry)
                if found and not _is_masked(unit, folders, look):
                    yield from found
            except UnseenError as error:
                doubts.append(error)


def _commands(path: str, look: Look) -> list[str]:
    """Return the words of what a service runs that a person wrote; it may have any name."""
    words: list[str] = []
    for line in look.window.text(path).replace("\\\n", " ").splitlines():
        key, _, command = line.strip().partition("=")
        if key.strip().startswith("Exec"):
            words += command.strip().lstrip("-@:+!|").translate(_BETWEEN).split()
    return words


def _units(folders: tuple[str, ...], doubts: list[UnseenError], look: Look) -> Iterator[str]:
    for folder in folders:
        for name in _names_in(folder, doubts, look):
            if name.endswith(_LINKS):
                yield from _names_in(f"{folder}/{name}", doubts, look)


def _plain(unit: str) -> str:
    """Return a service's name without what stands between `@` and its end."""
    name, at, rest = unit.partition("@")
    return f"{name}@.{rest.rpartition('.')[2]}" if at else unit


def _is_masked(unit: str, folders: tuple[str, ...], look: Look) -> bool:
    """Say whether a service is shut off for good by a link to nowhere."""
    window = look.window
    names = {unit, _plain(unit)}
    places = [window.place(f"{folder}/{name}") for folder in folders for name in names]
    return any(window.machine.real(place) == _MASK for place in places)
