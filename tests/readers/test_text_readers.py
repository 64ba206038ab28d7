"""KConfig, ini, xfconf and JSON: which file wins, what a mark does, what is not guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import BusQuestion, MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import ini, jsonfile, kconfig, mako, xfconf
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.rulebook.reads import Ini, Json, Kconfig, Mako, Xfconf

LOCK = Kconfig(file="kscreenlockerrc", group=("Daemon",), key="Autolock", type="bool")
UNTIL = Kconfig(file="plasmanotifyrc", group=("DoNotDisturb",), key="Until", type="date")
OWN = "/home/sam/.config/kscreenlockerrc"
SYSTEM = "/etc/xdg/kscreenlockerrc"


def look(
    files: Mapping[str, str], variables: Mapping[str, str] | None = None, **given: object
) -> Look:
    data = {path: text.encode() for path, text in files.items()}
    machine = CaseMachine(files=data, variables=variables or {}, **given)  # type: ignore[arg-type] # given by name
    return Look(window=Window(machine))


def found(reading: Found | Absent) -> tuple[str, bool]:
    assert isinstance(reading, Found)
    return reading.raw, reading.locked


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({OWN: "[Daemon]\nAutolock=false\n"}, ("false", False)),
        ({OWN: "[Daemon]\nAutolock=No\n"}, ("false", False)),
        ({OWN: "[Daemon]\nAutolock=1\n"}, ("true", False)),
        ({OWN: "[Daemon]\n Autolock = true \n"}, ("true", False)),
        ({OWN: "[Daemon]\nAutolock=true\nAutolock=false\n"}, ("false", False)),
        ({OWN: "[Daemon]\nAutolock=true\n[X]\na=b\n[Daemon]\nAutolock=false\n"}, ("false", False)),
        ({OWN: "[Daemon][Deep]\nAutolock=true\n[Daemon]\nAutolock=false\n"}, ("false", False)),
        (
            {SYSTEM: "[Daemon]\nAutolock=true\n", OWN: "[Daemon]\nAutolock=false\n"},
            ("false", False),
        ),
        ({SYSTEM: "[Daemon]\nAutolock=false\n"}, ("false", False)),
        ({"/etc/xdg/kdeglobals": "[Daemon]\nAutolock=false\n"}, ("false", False)),
        ({"/home/sam/.config/kdeglobals": "[Daemon]\nAutolock=false\n"}, ("false", False)),
        # The first mark wins over everything later.
        (
            {SYSTEM: "[Daemon]\nAutolock[$i]=false\n", OWN: "[Daemon]\nAutolock=true\n"},
            ("false", True),
        ),
        (
            {SYSTEM: "[Daemon][$i]\nAutolock=false\n", OWN: "[Daemon]\nAutolock=true\n"},
            ("false", True),
        ),
        (
            {SYSTEM: "[$i]\n[Daemon]\nAutolock=false\n", OWN: "[Daemon]\nAutolock=true\n"},
            ("false", True),
        ),
        # A mark on another group closes nothing here.
        (
            {
                SYSTEM: "[Other][$i]\na=b\n[Daemon]\nAutolock=true\n",
                OWN: "[Daemon]\nAutolock=false\n",
            },
            ("false", False),
        ),
        ({OWN: "[Daemon]\nAutolock[$e]=false\n"}, ("false", False)),
    ],
)
def test_kconfig_takes_the_value_that_the_program_would(
    files: dict[str, str], expected: tuple[str, bool]
) -> None:
    assert found(kconfig.read(LOCK, look(files))) == expected


def test_kconfig_honours_the_order_of_the_system_folders() -> None:
    files = {
        "/a/kscreenlockerrc": "[Daemon]\nAutolock=true\n",
        "/b/kscreenlockerrc": "[Daemon]\nAutolock=false\n",
    }

    assert found(kconfig.read(LOCK, look(files, {"XDG_CONFIG_DIRS": "/a:/b"}))) == ("true", False)
    assert found(kconfig.read(LOCK, look(files, {"XDG_CONFIG_DIRS": "/b:/a"}))) == ("false", False)


def test_a_taken_back_value_is_absent() -> None:
    files = {SYSTEM: "[Daemon]\nAutolock=false\n", OWN: "[Daemon]\nAutolock[$d]\nOther=1\n"}

    assert isinstance(kconfig.read(LOCK, look(files)), Absent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "[Daemon]\nAutolock=fal",
        "[Daemon]\nAutolock=maybe\n",
        "[Daemon]\nAutolock=\n",
        "[Daemon]\nAutolock[$e]=$(true)\n",
        "[Daemon\nAutolock=false\n",
        "[Daemon]\nAutolock\n",
        "[Daemon]\nnothing here\n",
        "[Daemon]\nAut\x00olock=false\n",
        "[Daemon]\nAutolocj=false\n",
        "[Daemom]\nAutolock=false\n",
    ],
)
def test_kconfig_guesses_nothing(text: str) -> None:
    with pytest.raises(UnseenError) as raised:
        kconfig.read(LOCK, look({OWN: text}))
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize(
    "shut", [OWN, SYSTEM, "/etc/xdg/kdeglobals", "/home/sam/.config/kdeglobals"]
)
def test_any_file_of_the_cascade_that_is_denied_is_unreadable(shut: str) -> None:
    with pytest.raises(UnseenError, match="may not read"):
        kconfig.read(LOCK, look({}, denied=frozenset({shut})))


def test_no_file_at_all_is_surely_absent() -> None:
    absent = kconfig.read(LOCK, look({}))

    assert isinstance(absent, Absent)
    assert absent.sure


def test_a_file_without_the_key_is_not_surely_absent() -> None:
    absent = kconfig.read(LOCK, look({OWN: "[Daemon]\nLockGrace=5\n"}))

    assert isinstance(absent, Absent)
    assert not absent.sure


@pytest.mark.parametrize(
    ("until", "raw"),
    [
        ("2027,11,22,14,0,0", "future"),
        ("2027,11,22,14,0,0.123", "future"),
        ("2026,11,22,14,0,1", "future"),
        ("2026,11,22,14,0,0", "past"),
        ("2026,11,22,13,59,59.9", "past"),
        ("1,1,1,0,0,0", "past"),
        ("9999,12,31,23,59,59", "future"),
    ],
)
def test_dates_are_compared_with_now(until: str, raw: str) -> None:
    files = {"/home/sam/.config/plasmanotifyrc": f"[DoNotDisturb]\nUntil={until}\n"}

    assert found(kconfig.read(UNTIL, look(files)))[0] == raw


@pytest.mark.parametrize(
    "until",
    [
        "",
        "tomorrow",
        "2027,11,22",
        "2027,13,1,0,0,0",
        "2027,2,30,0,0,0",
        "2027,1,1,0,0,nan",
        "0,1,1,0,0,0",
    ],
)
def test_odd_dates_are_unreadable(until: str) -> None:
    with pytest.raises(UnseenError):
        kconfig.read(
            UNTIL, look({"/home/sam/.config/plasmanotifyrc": f"[DoNotDisturb]\nUntil={until}\n"})
        )


LOGIN = Ini(files=("/etc/sddm.conf.d/*", "/etc/sddm.conf"), section="Autologin", key="User")


def test_later_ini_files_win() -> None:
    files = {
        "/etc/sddm.conf.d/10-a": "[Autologin]\nUser=sam\n",
        "/etc/sddm.conf.d/20-b": "[Autologin]\nUser=alex\n",
    }
    assert found(ini.read(LOGIN, look(files)))[0] == "alex"
    files["/etc/sddm.conf"] = "[Autologin]\nUser=\n"
    assert found(ini.read(LOGIN, look(files)))[0] == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Autologin]\nUser=sa",
        "[Autologin\nUser=sam\n",
        "[Autologin]\nUser\n",
        "[Autologin]\nUses=sam\n",
        "[Autologim]\nUser=sam\n",
    ],
)
def test_ini_guesses_nothing(text: str) -> None:
    with pytest.raises(UnseenError):
        ini.read(LOGIN, look({"/etc/sddm.conf": text}))


def test_one_unreadable_ini_file_spoils_the_rest() -> None:
    files = {"/etc/sddm.conf.d/a": "?\n", "/etc/sddm.conf": "[Autologin]\nUser=\n"}
    with pytest.raises(UnseenError):
        ini.read(LOGIN, look(files))
    with pytest.raises(UnseenError):
        ini.read(
            LOGIN, look({"/etc/sddm.conf": "[A]\nb=c\n"}, denied=frozenset({"/etc/sddm.conf.d"}))
        )


def test_sections_are_counted_but_not_general() -> None:
    wanted = Ini(files=("~/.config/kdeconnect/trusted_devices",), count="sections")
    path = "/home/sam/.config/kdeconnect/trusted_devices"

    assert found(ini.read(wanted, look({path: "[General]\na=b\n[x]\nc=d\n[y]\ne=f\n"})))[0] == "2"
    assert found(ini.read(wanted, look({path: "[General]\na=b\n"})))[0] == "0"
    with pytest.raises(MissingError):
        ini.read(wanted, look({}))


QUIET = Xfconf(channel="xfce4-notifyd", property="/do-not-disturb", type="bool")
XML = ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-notifyd.xml"
XFCE_OWN = f"/home/sam/{XML}"
XFCE_SYSTEM = "/etc/xdg/xfce4/xfconf/xfce-perchannel-xml/xfce4-notifyd.xml"


def channel(value: str, *, more: str = "", lock: str = "", version: str = "1.0") -> str:
    return (
        f'<?xml version="{version}" encoding="UTF-8"?>\n\n'
        f'<channel name="xfce4-notifyd" version="1.0"{lock}>\n'
        f'  <property name="do-not-disturb" type="bool" value="{value}"{more}/>\n</channel>\n'
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({XFCE_OWN: channel("true")}, ("true", False)),
        ({XFCE_OWN: channel("true", version="1.1")}, ("true", False)),
        ({XFCE_SYSTEM: channel("true")}, ("true", False)),
        ({XFCE_SYSTEM: channel("true"), XFCE_OWN: channel("false")}, ("false", False)),
        (
            {XFCE_SYSTEM: channel("false", more=' unlocked="root"'), XFCE_OWN: channel("true")},
            ("false", True),
        ),
        (
            {XFCE_SYSTEM: channel("false", more=' locked="sam"'), XFCE_OWN: channel("true")},
            ("false", True),
        ),
        (
            {XFCE_SYSTEM: channel("false", lock=' unlocked="root"'), XFCE_OWN: channel("true")},
            ("false", True),
        ),
    ],
)
def test_xfconf_takes_the_value_that_xfce_would(
    files: dict[str, str], expected: tuple[str, bool]
) -> None:
    assert found(xfconf.read(QUIET, look(files))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        channel("maybe"),
        channel("true")[:-12],
        channel("true").replace('"bool"', '"string"'),
        channel("true").replace('version="1.0">', 'version="2.0">'),
        channel("true").replace("<channel", "<chanmel").replace("</channel", "</chanmel"),
        channel("true").replace("<property", "<qroperty"),
        channel("true").replace("do-not-disturb", "do-not-disturc"),
        channel("true").replace("<channel", '<!DOCTYPE c [<!ENTITY a "b">]><channel'),
        '<channel name="xfce4-notifyd" version="1.0">left over</channel>',
        "\0" * 20,
    ],
)
def test_xfconf_guesses_nothing(text: str) -> None:
    with pytest.raises(UnseenError):
        xfconf.read(QUIET, look({XFCE_OWN: text}))


def question(member: str) -> BusQuestion:
    return BusQuestion(
        bus="session",
        name="org.xfce.Xfconf",
        path="/org/xfce/Xfconf",
        interface="org.xfce.Xfconf",
        member=member,
        signature="ss",
        arguments=("xfce4-notifyd", "/do-not-disturb"),
    )


def test_a_running_xfconfd_is_asked_since_it_saves_late() -> None:
    answers = {question("PropertyExists"): (True,), question("GetProperty"): (("b", True),)}
    asked = xfconf.read(QUIET, look({XFCE_OWN: channel("false")}, answers=answers))

    assert found(asked) == ("true", False)


def test_xfconfd_s_no_is_the_default() -> None:
    answers = {question("PropertyExists"): (False,)}

    assert isinstance(
        xfconf.read(QUIET, look({XFCE_OWN: channel("true")}, answers=answers)), Absent
    )


@pytest.mark.parametrize("answer", [(("s", "true"),), ((1, 2, 3),), (), ("true",), (("u", 1),)])
def test_an_odd_answer_of_xfconfd_is_unreadable(answer: tuple[object, ...]) -> None:
    answers = {question("PropertyExists"): (True,), question("GetProperty"): answer}

    with pytest.raises(UnseenError):
        xfconf.read(QUIET, look({}, answers=answers))


ELEMENT = Json(files=("~/.config/a.json", "~/.config/b.json"), pointer="/x/y~1z")


@pytest.mark.parametrize(
    ("text", "raw"),
    [('{"x":{"y/z":true}}', "true"), ('{"x":{"y/z":3}}', "3"), ('{"x":{"y/z":"on"}}', "on")],
)
def test_a_json_value_is_found(text: str, raw: str) -> None:
    assert found(jsonfile.read(ELEMENT, look({"/home/sam/.config/b.json": text})))[0] == raw


@pytest.mark.parametrize(
    "text", ["", "{", '{"x":[]}', '{"x":{"y/z":{}}}', '{"x":{"y/a":1}}', "[" * 100_000]
)
def test_json_guesses_nothing(text: str) -> None:
    with pytest.raises(UnseenError) as raised:
        jsonfile.read(
            ELEMENT,
            look({"/home/sam/.config/a.json": text, "/home/sam/.config/b.json": '{"x":{"y/z":1}}'}),
        )
    assert not isinstance(raised.value, MissingError)


def test_ways_of_installing_a_program_have_to_agree() -> None:
    one, other = "/home/sam/.config/a.json", "/home/sam/.config/b.json"
    on, off, neither = '{"x":{"y/z":true}}', '{"x":{"y/z":false}}', '{"x":{}}'
    assert found(jsonfile.read(ELEMENT, look({one: on, other: on})))[0] == "true"
    assert isinstance(jsonfile.read(ELEMENT, look({one: neither, other: neither})), Absent)
    for second in (off, neither, "{"):
        with pytest.raises(UnseenError):
            jsonfile.read(ELEMENT, look({one: on, other: second}))


MODES = BusQuestion(
    bus="session",
    name="org.freedesktop.Notifications",
    path="/fr/emersion/Mako",
    interface="fr.emersion.Mako",
    member="ListModes",
)
WAIT = Mako(mode="do-not-disturb")
USUAL = "[mode=do-not-disturb]\ninvisible=1\n"


def held(config: str, modes: list[str]) -> str:
    files = {"/home/sam/.config/mako/config": config} if config else {}
    return found(mako.read(WAIT, look(files, answers={MODES: (modes,)})))[0]


@pytest.mark.parametrize(
    ("config", "modes", "expected"),
    [
        (USUAL, ["default", "do-not-disturb"], "held"),
        (USUAL, ["default"], "shown"),
        ("", ["do-not-disturb"], "shown"),
        ("invisible=1\n", ["default"], "held"),
        ('[mode="do-not-disturb"]\ninvisible=TRUE\n', ["do-not-disturb"], "held"),
        (
            f"{USUAL}[mode=do-not-disturb urgency=critical]\ninvisible=0\n",
            ["do-not-disturb"],
            "shown",
        ),
        (f"{USUAL}[app-name=chat]\ninvisible=0\n", ["do-not-disturb"], "shown"),
        (f"[app-name=chat]\ninvisible=0\n{USUAL}", ["do-not-disturb"], "held"),
        (f"{USUAL}[mode=other]\ninvisible=0\n", ["do-not-disturb"], "held"),
        ("[urgency=low mode=do-not-disturb]\ninvisible=1\n", ["do-not-disturb"], "shown"),
        (f"# a comment\nfont=x\n{USUAL}", ["do-not-disturb"], "held"),
        ("[mode=do-not-disturb]\nmax-visible=0\n", ["do-not-disturb"], "shown"),
        (f"{USUAL}[grouped]\ninvisible=0\n", ["do-not-disturb"], "shown"),
        (f"{USUAL}[]\ninvisible=0\n", ["do-not-disturb"], "shown"),
    ],
)
def test_a_mode_of_mako_counts_only_as_its_configuration_acts(
    config: str, modes: list[str], expected: str
) -> None:
    assert held(config, modes) == expected


@pytest.mark.parametrize(
    "config",
    [
        "include=/etc/mako\n",
        "[mode=do-not-disturb\ninvisible=1\n",
        "[mode=do-not-disturb]\ninvisible=yes\n",
        "nonsense\n",
        '[mode="x]\na=b\n',
    ],
)
def test_a_mako_configuration_that_we_do_not_follow_is_unreadable(config: str) -> None:
    with pytest.raises(UnseenError):
        held(config, ["do-not-disturb"])


@pytest.mark.parametrize("answer", [(), ("x",), ([], 1)])
def test_an_odd_answer_of_mako_is_unreadable(answer: tuple[object, ...]) -> None:
    with pytest.raises(UnseenError):
        mako.read(WAIT, look({}, answers={MODES: answer}))


READERS: list[tuple[Callable[[Look], object], str]] = [
    (lambda seen: kconfig.read(LOCK, seen), OWN),
    (lambda seen: kconfig.read(UNTIL, seen), "/home/sam/.config/plasmanotifyrc"),
    (lambda seen: ini.read(LOGIN, seen), "/etc/sddm.conf"),
    (lambda seen: xfconf.read(QUIET, seen), XFCE_OWN),
    (lambda seen: jsonfile.read(ELEMENT, seen), "/home/sam/.config/a.json"),
]
PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "\n",
            "=",
            "[Daemon]",
            "Autolock",
            "[$i]",
            "[$d]",
            "[$e]",
            "$",
            "true",
            "Until",
        ),
        *("\\x4", "\\", "[DoNotDisturb]", "2027,1,1,0,0,0", "[Autologin]", "User", ";", "#"),
        *(
            "<channel ",
            "<property ",
            "/>",
            ">",
            'name="',
            '"',
            "<?xml ?>",
            "{",
            ":",
            "\0",
            "\u2028",
        ),
    ]
)


@settings(max_examples=150)
@given(text=st.lists(PIECES, max_size=20).map("".join), noise=st.binary(max_size=40))
def test_any_text_is_read_or_unreadable(text: str, noise: bytes) -> None:
    for read, path in READERS:
        for data in (text.encode(), noise, text.encode() + noise):
            machine = CaseMachine(files={path: data})
            try:
                read(Look(window=Window(machine)))
            except UnseenError:
                continue


def test_an_empty_file_beside_others_is_no_damage_and_no_proof() -> None:
    files = {"/etc/sddm.conf.d/kde.conf": "[Theme]\nCurrent=x\n", "/etc/sddm.conf": ""}
    read = ini.read(LOGIN, look(files))
    assert isinstance(read, Absent)
    assert not read.sure


@pytest.mark.parametrize("line", ["a\tb=\tc", "a=Bureau\u202f1", "a=x\u00a0y", "[A\u00a0B]"])
def test_tabs_and_spaces_of_other_languages_are_no_damage(line: str) -> None:
    text = (
        f"{line}\n[Autologin]\nUser=sam\n"
        if line.startswith("[")
        else f"[Z]\n{line}\n[Autologin]\nUser=sam\n"
    )
    assert found(ini.read(LOGIN, look({"/etc/sddm.conf": text})))[0] == "sam"


@pytest.mark.parametrize(
    "mark", ['locked="bob"', 'locked="@staff"', 'locked="*"', 'unlocked="sam"']
)
def test_a_lock_that_may_be_for_others_is_not_taken_for_this_person_s(mark: str) -> None:
    for lock in ({"more": f" {mark}"}, {"lock": f" {mark}"}):
        fixed = {XFCE_SYSTEM: channel("false", **lock)}
        with pytest.raises(UnseenError, match="locked for some"):
            xfconf.read(QUIET, look({**fixed, XFCE_OWN: channel("true")}))
        assert found(xfconf.read(QUIET, look({**fixed, XFCE_OWN: channel("false")})))[0] == "false"
