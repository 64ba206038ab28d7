"""What starts at login: autostart files of the desktop, and services of systemd."""

from __future__ import annotations

import datetime as dt

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import autostart
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Autostart
from privacy_check.rulebook.records import Program, ProgramList, Source

HOME = "/home/sam"
OWN = f"{HOME}/.config/autostart"
SYSTEM = "/etc/xdg/autostart"
UNITS = f"{HOME}/.config/systemd/user"
PROGRAMS = (
    Program(
        name="Recorder", processes=("rec-er",), starts=("org.rec.Er.desktop", "rec-er.service")
    ),
    Program(name="Grabber", processes=("ffmpeg",), arguments=("x11grab",)),
    Program(name="Server", processes=("served",), starts=("served.service", "served@.service")),
)


def entry(*lines: str) -> str:
    return "\n".join(("[Desktop Entry]", "Type=Application", "Name=X", *lines, ""))


RUNS = entry("Exec=/usr/bin/rec-er --quiet")


def read(
    texts: dict[str, str],
    *,
    desktop: str = "GNOME",
    scope: str = "user",
    links: dict[str, str] | None = None,
    denied: frozenset[str] = frozenset(),
    programs: tuple[Program, ...] = PROGRAMS,
    settled: bool = True,
) -> Found:
    machine = CaseMachine(
        files={path: text.encode() for path, text in texts.items()},
        links=links or {},
        denied=denied,
        empty=frozenset({f"{HOME}/.config"} if settled else ()),
        variables={"XDG_CURRENT_DESKTOP": desktop} if desktop else {},
    )
    source = Source(title="A test", checked=dt.date(2026, 11, 22))
    listed = ProgramList(id="x", title="X", scope=scope, programs=programs, sources=(source,))
    look = Look(window=Window(machine), programs={"x": listed})
    return autostart.read(Autostart(programs="x"), look)


def outcome(texts: dict[str, str], **given: object) -> tuple[str, tuple[str, ...]]:
    found = read(texts, **given)  # type: ignore[arg-type] # given by name
    return found.raw, found.names


NONE: tuple[str, tuple[str, ...]] = ("none", ())
RECORDER = ("starts", ("Recorder",))


def test_nothing_starts_where_nothing_is_set() -> None:
    assert outcome({}) == NONE
    assert outcome({f"{SYSTEM}/other.desktop": entry("Exec=notes")}) == NONE


def test_an_account_without_settings_is_not_the_one_that_is_meant() -> None:
    with pytest.raises(UnseenError, match="settings is not there"):
        read({}, settled=False)


@pytest.mark.parametrize(
    "command",
    [
        "rec-er",
        "/opt/rec/rec-er --tray",
        '"/opt/a b/rec-er"',
        "env A=b rec-er",
        "sh -c 'sleep 5; rec-er'",
        "flatpak run --command=x org.rec.Er",
    ],
)
def test_a_program_is_known_by_its_command(command: str) -> None:
    assert outcome({f"{OWN}/mine.desktop": entry(f"Exec={command}")}) == RECORDER


def test_a_program_is_known_by_its_file() -> None:
    assert outcome({f"{SYSTEM}/org.rec.Er.desktop": entry("Exec=/opt/start-it")}) == RECORDER


def test_a_program_that_does_more_counts_with_its_argument_only() -> None:
    assert outcome({f"{OWN}/a.desktop": entry("Exec=ffmpeg -i a.mov b.mp4")}) == NONE
    grabs = entry("Exec=ffmpeg -f x11grab -i :0 a.mkv")
    assert outcome({f"{OWN}/a.desktop": grabs}) == ("starts", ("Grabber",))


def test_a_file_of_the_person_replaces_the_one_of_the_system() -> None:
    system = {f"{SYSTEM}/rec-er.desktop": RUNS}
    assert outcome(system) == RECORDER
    assert outcome({**system, f"{OWN}/rec-er.desktop": entry("Hidden=true")}) == NONE
    assert outcome({**system, f"{OWN}/other.desktop": entry("Hidden=true")}) == RECORDER


@pytest.mark.parametrize(
    ("line", "desktop", "expected"),
    [
        ("Hidden=true", "GNOME", NONE),
        ("Hidden=false", "GNOME", RECORDER),
        ("X-GNOME-Autostart-enabled=false", "ubuntu:GNOME", NONE),
        ("X-GNOME-Autostart-enabled=true", "GNOME", RECORDER),
        ("X-MATE-Autostart-enabled=false", "MATE", NONE),
        ("OnlyShowIn=KDE;XFCE;", "GNOME", NONE),
        ("OnlyShowIn=KDE;GNOME;", "GNOME", RECORDER),
        ("NotShowIn=GNOME;", "GNOME", NONE),
        ("NotShowIn=KDE;", "GNOME", RECORDER),
        ("TryExec=/usr/bin/rec-er", "GNOME", NONE),
        ("TryExec=rec-er", "GNOME", RECORDER),
        ("# Hidden=true", "GNOME", RECORDER),
    ],
)
def test_a_file_says_where_it_counts(
    line: str, desktop: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    text = entry("Exec=/usr/bin/rec-er", line)
    assert outcome({f"{OWN}/a.desktop": text}, desktop=desktop) == expected


def test_a_program_that_is_asked_for_and_there_starts() -> None:
    text = entry("Exec=/usr/bin/rec-er", "TryExec=/usr/bin/rec-er")
    assert outcome({f"{OWN}/a.desktop": text, "/usr/bin/rec-er": ""}) == RECORDER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "names no program"),
        ("[Desktop Entry]\nType=Application\n", "names no program"),
        ("[Desktop Entri]\nExec=notes\n", "names no program"),
        ("[Desktop Entry]\nExec=note", "cut in the middle"),
        ("Exec=notes\n", "no known form"),
        ("[Desktop Entry]\nExec=notes\nHidd\x00n=true\n", "no known form"),
        (entry("Exec=/usr/bin/rec-et"), "nearly the name"),
        (entry("Exec=flatpak run org.rec.Et"), "nearly the name"),
        (entry("Exec=rec-er", "Hidden=perhaps"), "unknown value for Hidden"),
        (entry("Exec=rec-er", "OnlyShowIn=GNOM;"), "nearly"),
        (entry("Exec=rec-er", "TryExec=/usr/bin/rec-es"), "another program"),
        (entry("Exec=rec-er", "AutostartCondition=GSettings a.b c"), "condition"),
        (entry("Exec=rec-er", "X-KDE-autostart-condition=a:b:c:true"), "condition"),
        (entry("Exec=rec-er", "X-MATE-Autostart-enabled=false"), "may not heed"),
    ],
)
def test_what_is_not_understood_is_never_none(text: str, reason: str) -> None:
    with pytest.raises(UnseenError, match=reason):
        read({f"{OWN}/a.desktop": text})
    # What starts besides counts all the same.
    assert outcome({f"{OWN}/a.desktop": text, f"{OWN}/b.desktop": RUNS}) == RECORDER


def test_a_last_line_without_its_end_hides_no_program() -> None:
    """Some programs write their autostart files so."""
    other = entry("Exec=/usr/bin/other", "Terminal=false").removesuffix("\n")
    assert outcome({f"{OWN}/a.desktop": other})[0] == "none"
    for switch in ("Hidden=fals", "OnlyShowIn=KD", "Hidden=tru"):
        ours = entry("Exec=/usr/bin/rec-er", switch).removesuffix("\n")
        assert outcome({f"{OWN}/a.desktop": ours}) == RECORDER
    off = entry("Exec=/usr/bin/rec-er", "Hidden=true").removesuffix("\n")
    assert outcome({f"{OWN}/a.desktop": off})[0] == "none"


@pytest.mark.parametrize("last", ["Exec=/usr/bin/oth", "[Desktop Action", "[Desktop Action New]"])
def test_a_cut_that_could_hide_a_program_is_never_none(last: str) -> None:
    with pytest.raises(UnseenError, match="damaged"):
        read({f"{OWN}/a.desktop": entry(last).removesuffix("\n")})


def test_the_mark_of_xfce_leaves_the_system_s_file_in_force() -> None:
    mark = "[Desktop Entry]\nHidden=false\n"
    system = "/etc/xdg/autostart/a.desktop"
    assert outcome({f"{OWN}/a.desktop": mark, system: RUNS}, desktop="XFCE") == RECORDER
    assert outcome({f"{OWN}/a.desktop": mark}, desktop="XFCE")[0] == "none"
    off = mark.replace("false", "true")
    assert outcome({f"{OWN}/a.desktop": off, system: RUNS}, desktop="XFCE")[0] == "none"
    with pytest.raises(UnseenError, match="no program"):
        read({f"{OWN}/a.desktop": mark.replace("Hidden", "Hiddem")}, desktop="XFCE")


def test_a_file_that_may_not_be_read_is_never_none() -> None:
    shut = frozenset({f"{OWN}/a.desktop"})
    with pytest.raises(UnseenError, match="may not read it"):
        read({}, denied=shut)
    with pytest.raises(UnseenError, match="may not read it"):
        read({}, denied=frozenset({OWN}))
    assert outcome({f"{OWN}/b.desktop": RUNS}, denied=shut) == RECORDER


@pytest.mark.parametrize(
    ("desktop", "reason"), [("", "not known"), ("sway", "of its own"), ("i3", "of its own")]
)
def test_other_desktops_may_start_programs_themselves(desktop: str, reason: str) -> None:
    with pytest.raises(UnseenError, match=reason) as error:
        read({}, desktop=desktop)
    assert not isinstance(error.value, MissingError)
    assert outcome({f"{OWN}/b.desktop": RUNS}, desktop=desktop) == RECORDER


def test_a_file_for_some_desktops_needs_to_know_the_desktop() -> None:
    with pytest.raises(UnseenError, match="not known"):
        read({f"{OWN}/a.desktop": entry("Exec=rec-er", "OnlyShowIn=KDE;")}, desktop="")


def test_scripts_that_start_at_login_are_not_followed() -> None:
    with pytest.raises(UnseenError, match="scripts start at login"):
        read({f"{HOME}/.config/autostart-scripts/a.sh": "rec-er\n"}, desktop="KDE")


@pytest.mark.parametrize(
    "place",
    [
        f"{UNITS}/default.target.wants",
        f"{UNITS}/graphical-session.target.requires",
        "/etc/systemd/user/default.target.wants",
    ],
)
def test_a_service_that_is_asked_for_starts(place: str) -> None:
    assert outcome({f"{place}/rec-er.service": ""}) == RECORDER
    # Systemd goes by the link's name; where the link leads does not matter.
    assert outcome({}, links={f"{place}/rec-er.service": "/nowhere/x.service"}) == RECORDER


def test_a_service_that_is_only_there_does_not_start() -> None:
    assert outcome({"/usr/lib/systemd/user/rec-er.service": "[Service]\n"}) == NONE


def test_a_masked_service_does_not_start() -> None:
    asked = {"/etc/systemd/user/default.target.wants/rec-er.service": ""}
    masked = {f"{UNITS}/rec-er.service": "/dev/null"}
    assert outcome(asked) == RECORDER
    assert outcome(asked, links=masked) == NONE
    endless = {f"{UNITS}/rec-er.service": f"{UNITS}/rec-er.service"}
    with pytest.raises(UnseenError, match="leads to itself"):
        read(asked, links=endless)


def test_services_of_the_computer_count_for_lists_about_the_computer() -> None:
    asked = {"/etc/systemd/system/multi-user.target.wants/served.service": ""}
    for_one = {"/etc/systemd/system/multi-user.target.wants/served@sam.service": ""}
    assert outcome(asked) == NONE
    assert outcome(asked, scope="system") == ("starts", ("Server",))
    assert outcome(for_one, scope="system") == ("starts", ("Server",))


def test_names_stand_in_the_order_of_the_list() -> None:
    texts = {
        f"{OWN}/a.desktop": entry("Exec=served"),
        f"{OWN}/b.desktop": RUNS,
        f"{OWN}/c.desktop": entry("Exec=rec-er"),
    }
    assert outcome(texts) == ("starts", ("Recorder", "Server"))


@pytest.mark.parametrize(
    "command",
    ['sh -c "sleep 5;rec-er --quiet"', "sh -c 'true&&rec-er'", "sh -c 'x=$(rec-er)'"],
)
def test_a_program_is_known_within_a_command_for_a_shell(command: str) -> None:
    assert outcome({f"{OWN}/a.desktop": entry(f"Exec={command}")}) == RECORDER


@pytest.mark.parametrize(
    "command",
    ["/usr/bin/rec-er -x", "-/usr/bin/rec-er", "/bin/sh -c 'rec-er; true'", "env A=b \\\n rec-er"],
)
def test_a_service_is_known_by_what_it_runs(command: str) -> None:
    text = f"[Unit]\nDescription=x\n[Service]\n# ExecStart=served\nExecStart = {command}\n"
    files = {f"{UNITS}/default.target.wants/own.service": text}
    assert outcome({**files, f"{UNITS}/own.service": text}) == RECORDER
    # Written, but not asked for.
    assert outcome({f"{UNITS}/own.service": text}) == NONE


def test_a_service_of_its_own_that_may_not_be_read_is_never_none() -> None:
    files = {f"{UNITS}/default.target.wants/own.service": ""}
    with pytest.raises(UnseenError):
        read(files, denied=frozenset({f"{UNITS}/own.service"}))


def test_a_snap_keeps_start_files_of_its_own() -> None:
    place = f"{HOME}/snap/rec-er/current/.config/autostart/org.rec.Er.desktop"
    hides = {f"{OWN}/org.rec.Er.desktop": entry("Hidden=true")}
    assert read({place: RUNS}).names == ("Recorder",)
    assert read({place: RUNS, **hides}).names == ("Recorder",)
    with pytest.raises(UnseenError):
        read({place: "[Desktop Entry"})
    with pytest.raises(UnseenError):
        read({}, denied=frozenset({f"{HOME}/snap/rec-er/current"}))
