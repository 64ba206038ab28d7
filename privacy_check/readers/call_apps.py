"""Finds which call apps are installed on a Linux computer, or running, or used in a browser.

Each way of looking notes what it finds and what it could not look at; here that is put together.
An app is called not installed only when every way that could have shown it gave an answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from typing import TypeVar

from privacy_check.machine.interface import TOO_LATE, MissingError, Process, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import (
    app_boxes,
    app_entries,
    chromium_homes,
    chromium_sites,
    firefox_homes,
    firefox_sites,
    packages,
)
from privacy_check.readers.app_notes import Notes
from privacy_check.readers.raw import Found
from privacy_check.record import replaced
from privacy_check.rulebook.catalogue import App, RunningApp
from privacy_check.seen import Search, Seen, Sign

_Way = Callable[[Sequence[App], Window], Notes]
Home = TypeVar("Home", chromium_homes.Home, firefox_homes.Home)

_KERNEL_NAME = 15
"""Characters that the kernel keeps of a process name."""

_TELLING = 8
"""Letters from which on a process name tells alone: Debian's zoom-player, too, runs as `zoom`, and
a program may be named `simplex` after the algorithm."""

_PERMISSIONS = ("camera", "microphone")

_RUNNING = Sign(how="running", where="running programs")
_NOT_HERE = "installed programs: the system's part of this computer is not here"
_NOT_INSTALLED = "a program with its name runs, but no installed copy of it was found"


def find_apps(apps: Sequence[App], window: Window) -> Search:
    """Return what is to be seen of the apps; whatever cannot be looked at is named, never raised.

    All ways go side by side within the window's deadline; one that is late counts as unread.
    """
    notes = _all_ways(apps, window)
    unread = [line for note in notes.values() for line in note.unread]
    if not any(notes[field].system or notes[field].unread for field in _INSTALLING):
        unread.append(_NOT_HERE)
    found = Search(
        apps=tuple(_seen(app, notes) for app in apps),
        looked=tuple(note.place for note in notes.values() if note.looked),
        unread=tuple(dict.fromkeys(unread)),
    )
    return _discreet(found, window.machine.home.rstrip("/"))


def _running(apps: Sequence[App], window: Window) -> Notes:
    """Return the apps that run for this account."""
    notes = Notes("running programs")
    processes = window.processes()
    own: dict[str, list[Process]] = {}
    for process in processes.seen:
        for name in process.names if process.own else ():
            own.setdefault(name, []).append(process)
    for app in apps:
        forms = [form for form in app.linux.running if _runs(form, own)]
        if any(form.arguments or len(form.process) >= _TELLING for form in forms):
            notes.add([app.id], _RUNNING.how, _RUNNING.where)
        elif forms:
            notes.doubt([app.id], "a program with its short name runs, which may be another one")
    if processes.own_whole:
        notes.answered(system=False)
    else:
        notes.fail("not all of this account can be seen from here")
    return notes


def _runs(form: RunningApp, own: Mapping[str, list[Process]]) -> bool:
    """Say whether a process bears the name, whole or as the kernel cuts it, and the arguments."""
    names = {form.process, form.process[:_KERNEL_NAME]}
    return any(
        not form.arguments
        or any(fnmatchcase(part, wanted) for wanted in form.arguments for part in process.arguments)
        for name in names
        for process in own.get(name, ())
    )


def _sites(apps: Sequence[App], window: Window) -> Notes:
    """Return the apps whose sites may use the camera or the microphone in a browser."""
    notes = Notes("browsers")
    for browser, read in _readers(window):
        for permission in _PERMISSIONS:
            try:
                found = read(permission)
            except MissingError:
                continue
            except UnseenError as error:
                notes.fail(f"{browser}: {error}")
                continue
            notes.answered(system=False)
            for app in apps:
                if any(_is_site(host, site) for host in found.sites for site in app.linux.sites):
                    notes.add([app.id], "site", browser)
    return notes


def _readers(window: Window) -> Iterator[tuple[str, Callable[[str], Found]]]:
    """Yield each profile's browser, and what reads a permission in it."""
    for chromium in _alone(chromium_homes.used(window)):
        yield chromium.browser, partial(chromium_sites.read, window=window, homes=(chromium,))
    for firefox in _alone(firefox_homes.used(window)):
        yield firefox.browser, partial(firefox_sites.read, window=window, homes=(firefox,))


def _alone(homes: Iterable[Home]) -> Iterator[Home]:
    """Yield each profile for itself: one that cannot be read hides nothing of another."""
    for home in homes:
        if not home.profiles:
            yield home
        for profile in home.profiles:
            yield replaced(home, profiles=(profile,))


def _is_site(host: str, site: str) -> bool:
    """Say whether a host is a site of an app; `*.` in front of the site stands for any name."""
    plain = host.partition(":")[0]
    return plain == site or (site.startswith("*.") and plain.endswith(site[1:]))


_WAYS: Mapping[str, tuple[str, _Way]] = {
    "packages": ("Debian packages", packages.look),
    "flatpaks": ("Flatpak apps", app_boxes.flatpaks),
    "snaps": ("snap apps", app_boxes.snaps),
    "entries": ("desktop files", app_entries.look),
    "running": ("running programs", _running),
    "sites": ("browsers", _sites),
}
"""The ways of looking, by the field of `OnLinux` that feeds each, in the order of the signs."""

_INSTALLING = ("packages", "flatpaks", "snaps", "entries")


def _all_ways(apps: Sequence[App], window: Window) -> dict[str, Notes]:
    """Return what each way notes; daemon threads, so that a hung disk holds nothing else up."""
    done: dict[str, Notes] = {}
    threads = []
    for field, (place, way) in _WAYS.items():
        work = partial(_go, field, place, partial(way, apps, window), done)
        thread = threading.Thread(target=work, daemon=True)
        try:
            thread.start()
            threads.append(thread)
        except RuntimeError:
            work()  # the system allows no thread: then one after the other
    for thread in threads:
        thread.join(window.left())
    return {
        field: done.get(field) or _failed(place, TOO_LATE) for field, (place, _) in _WAYS.items()
    }


def _go(field: str, place: str, way: Callable[[], Notes], done: dict[str, Notes]) -> None:
    try:
        done[field] = way()
    except UnseenError as error:
        done[field] = _failed(place, error)
    except Exception as error:  # noqa: BLE001 - hostile bytes may find a fault in any reader
        done[field] = _failed(place, f"its form is unexpected ({type(error).__name__})")


def _failed(place: str, reason: object) -> Notes:
    notes = Notes(place)
    notes.fail(reason)
    return notes


def _seen(app: App, notes: Mapping[str, Notes]) -> Seen:
    """Return what was seen of one app; its doubts are its own, not those about a whole place."""
    signs = [sign for note in notes.values() for sign in note.signs.get(app.id, ())]
    doubts = [doubt for field in _INSTALLING for doubt in notes[field].doubts.get(app.id, ())]
    maybe = notes["running"].doubts.get(app.id, [])
    here = any(notes[field].signs.get(app.id) for field in _INSTALLING)
    if maybe and here and not notes["running"].signs.get(app.id):
        signs.append(_RUNNING)
    running = _is_running(app, signs, doubtful=bool(maybe), note=notes["running"])
    if not here:
        doubts += maybe
        doubts += [_NOT_INSTALLED] if running else []
    return Seen(
        app=app.id,
        installed=True if here else None if doubts else _is_absent(app, notes),
        running=running,
        signs=tuple(dict.fromkeys(signs)),
        doubts=() if here else tuple(dict.fromkeys(doubts)),
    )


def _is_running(app: App, signs: list[Sign], *, doubtful: bool, note: Notes) -> bool | None:
    if _RUNNING in signs:
        return True
    return None if doubtful or note.unread or not app.linux.running else False


def _is_absent(app: App, notes: Mapping[str, Notes]) -> bool | None:
    """Return false for an app that is not installed, nothing where that cannot be told."""
    shown = [notes[field] for field in _INSTALLING if getattr(app.linux, field)]
    hidden = any(note.unread for note in shown)
    seen = any(note.system for note in _deciding(app, shown, notes))
    return False if shown and seen and not hidden else None


def _deciding(app: App, shown: Sequence[Notes], notes: Mapping[str, Notes]) -> Iterable[Notes]:
    """Return the ways of which one has to have seen the system, for an app to be called absent.

    A computer whose system is seen in any way, but which has no Flatpak or snap apps at all, has
    not this one either; for packages there are other kinds than Debian's.
    """
    boxed = app.linux.flatpaks or app.linux.snaps
    return (notes[field] for field in _INSTALLING) if boxed else shown


def _discreet(found: Search, home: str) -> Search:
    """Return what was found, in which the home folder, which may bear a name, is a tilde."""
    if not home:
        return found

    def plain(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text.replace(home, "~") for text in texts)

    apps = (
        replaced(
            app,
            signs=tuple(replaced(sign, where=sign.where.replace(home, "~")) for sign in app.signs),
            doubts=plain(app.doubts),
        )
        for app in found.apps
    )
    return Search(apps=tuple(apps), looked=found.looked, unread=plain(found.unread))
