"""All ways of looking for apps together: what one cannot see is named and hides nothing else."""

from __future__ import annotations

import threading

from apps_here import (
    BOXED,
    CHAT,
    FIRST,
    HOME,
    JAMI,
    OWN_FLATPAK,
    RUNNING,
    SIGNAL,
    STATUS,
    SYSTEM,
    ZOOM,
    app,
    flatpak,
    search,
    seen,
    stanza,
)

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import TOO_LATE, BusQuestion, Processes
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps


def test_every_app_has_its_entry_in_the_order_of_the_catalogue() -> None:
    first, second = app("jitsi-public", flatpaks=(CHAT,)), app("jitsi-self", flatpaks=(CHAT,))

    found = search([second, SIGNAL, first], flatpak())

    assert [item.app for item in found.apps] == ["jitsi-self", "signal", "jitsi-public"]
    assert [item.installed for item in found.apps] == [True, None, True]


def test_where_nothing_can_be_looked_at_nothing_is_known() -> None:
    found = search([JAMI, BOXED, ZOOM, RUNNING], {})

    assert {item.installed for item in found.apps} == {None}
    assert found.looked == ("running programs",)
    assert len(found.unread) == 1


def test_a_home_alone_calls_nothing_absent() -> None:
    menu = f"{HOME}/.local/share/applications"
    files = {f"{menu}/zoom.desktop": b"[Desktop Entry]\nExec=zoom\n", **flatpak(OWN_FLATPAK)}

    found = search([ZOOM, BOXED, app("x", flatpaks=("org.example.X",)), JAMI], files)

    assert [item.installed for item in found.apps] == [True, True, None, None]


def test_an_app_without_a_known_way_to_show_is_not_called_absent() -> None:
    assert seen(app(), {STATUS: FIRST, **SYSTEM}).installed is None


def test_no_name_of_the_home_folder_is_told() -> None:
    path = f"{HOME}/.local/share/applications/zoom.desktop"
    data = {"XDG_DATA_DIRS": f"{HOME}/share"}
    files = {path: b"[", f"{HOME}/share/applications/zoom.desktop": b"[", **SYSTEM}

    found = search([ZOOM], files, variables=data)

    assert HOME not in repr(found)
    assert len(found.apps[0].doubts) == 2


class Faulty(CaseMachine):
    """A machine in which looking at programs meets a fault, and at snaps takes forever."""

    hangs = threading.Event()

    def names(self, path: str) -> tuple[str, ...]:
        if path == "/snap":
            self.hangs.wait(20)
        return super().names(path)

    def processes(self) -> Processes:
        raise ZeroDivisionError

    def ask(self, question: BusQuestion, seconds: float) -> tuple[object, ...]:
        raise NotImplementedError


def test_a_fault_or_a_hung_place_ends_as_unread_and_hides_nothing_else() -> None:
    files = {STATUS: stanza("jami", Homepage="https://jami.net"), **SYSTEM}
    try:
        found = find_apps([JAMI, BOXED, RUNNING], Window(Faulty(files=files), deadline=0.5))
    finally:
        Faulty.hangs.set()

    assert [item.installed for item in found.apps] == [True, None, False]
    assert found.apps[2].running is None
    assert found.unread == (
        f"snap apps: {TOO_LATE}",
        "running programs: its form is unexpected (ZeroDivisionError)",
    )
