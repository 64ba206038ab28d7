"""What installed Flatpak apps reach, from metadata and overrides that flatpak wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import flatpak
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.rulebook.reads import Flatpak

FIXTURES = Path(__file__).parents[2] / "rules" / "fixtures" / "flatpak"
OWN, SYSTEM = "/home/sam/.local/share/flatpak", "/var/lib/flatpak"
APP = "org.example.Call"
HEAD = f"[Application]\nname={APP}\n\n[Context]\nshared=ipc;\n"
TAIL = "\n[Extension org.example.Call.Locale]\ndirectory=share/locale\n"


def read(access: str, files: dict[str, bytes], **given: object) -> Found | Absent:
    machine = CaseMachine(files=files, **given)  # type: ignore[arg-type] # given by name
    return flatpak.read(Flatpak(access=access), Look(window=Window(machine)))


def app(data: bytes | str, base: str = OWN, name: str = APP) -> dict[str, bytes]:
    path = f"{base}/app/{name}/x86_64/stable/active/metadata"
    return {path: data.encode() if isinstance(data, str) else data}


def override(text: str, base: str = OWN, name: str = APP) -> dict[str, bytes]:
    return {f"{base}/overrides/{name}": f"[Context]\n{text}\n{TAIL}".encode()}


def real(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


@pytest.mark.parametrize("access", ["devices", "files", "bus"])
def test_a_real_app_reaches_what_its_metadata_name(access: str) -> None:
    reaching = read(access, app(real("all-devices")))
    modest = read(access, app(real("own-device")))
    overridden = {f"{OWN}/overrides/{APP}": real("override-takes")}
    taken = read(access, {**app(real("all-devices")), **overridden})

    assert isinstance(reaching, Found)
    assert isinstance(modest, Found)
    assert (reaching.raw, reaching.count) == ("open", 1)
    assert (modest.raw, modest.count) == ("closed", 1)
    assert isinstance(taken, Found)
    assert (taken.raw, taken.count) == ("closed", 1)
    with pytest.raises(UnseenError):
        read(access, app(real("own-device")[:-3]))


@pytest.mark.parametrize(
    ("base", "layers", "raw"),
    [
        # The later of these wins: system for all, system, person for all, person.
        (SYSTEM, [(SYSTEM, "global", "all")], "open"),
        (SYSTEM, [(SYSTEM, "global", "all"), (SYSTEM, APP, "!all")], "closed"),
        (SYSTEM, [(SYSTEM, APP, "!all"), (OWN, "global", "all")], "open"),
        (SYSTEM, [(OWN, "global", "all"), (OWN, APP, "!all")], "closed"),
        (SYSTEM, [(OWN, APP, "all"), (SYSTEM, APP, "!all")], "open"),
        # An app of the person's own installation takes none of the system's.
        (OWN, [(SYSTEM, "global", "all"), (SYSTEM, APP, "all")], "closed"),
        (OWN, [(OWN, "global", "all")], "open"),
        (OWN, [(OWN, "org.example.Other", "all")], "closed"),
    ],
)
def test_overrides_are_laid_over_in_flatpak_s_order(
    base: str, layers: list[tuple[str, str, str]], raw: str
) -> None:
    files = app(real("own-device"), base)
    for place, name, word in layers:
        files |= override(f"devices={word};", place, name)

    found = read("devices", files)

    assert isinstance(found, Found)
    assert found.raw == raw


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("home", "open"),
        ("~", "open"),
        ("host:ro", "open"),
        ("host-root", "open"),
        ("/home", "open"),
        ("/home/sam/", "open"),
        ("/home/sammy", "closed"),
        ("xdg-download;~/Music;/srv", "closed"),
        ("home;!home", "closed"),
        ("host-etc", "closed"),
    ],
)
def test_only_the_whole_home_folder_counts(words: str, raw: str) -> None:
    found = read("files", app(f"{HEAD}filesystems={words};\n{TAIL}"))

    assert isinstance(found, Found)
    assert found.raw == raw


def test_all_that_was_given_before_can_be_taken_away_at_once() -> None:
    files = app(f"{HEAD}filesystems=home;host;/home;\n{TAIL}")

    found = read("files", {**files, **override("filesystems=!host:reset;")})

    assert isinstance(found, Found)
    assert found.raw == "closed"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}devices=alll;\n{TAIL}",
        f"{HEAD}devicez=all;\n{TAIL}",
        f"{HEAD}devices=dri;if:all:has-usb-device;\n{TAIL}",
        f"{HEAD}devices=dr\\si;\n{TAIL}",
        f"{HEAD}devices=all",
        "[Context]\ndevices=dri;\n",
        "",
    ],
)
def test_what_is_not_understood_is_not_called_closed(text: str) -> None:
    with pytest.raises(UnseenError):
        read("devices", app(text))


def test_a_key_that_may_have_been_cut_off_is_not_certain() -> None:
    found = read("devices", app(HEAD))

    assert isinstance(found, Absent)
    assert not found.sure
    assert isinstance(read("devices", app(HEAD + TAIL)), Found)


@pytest.mark.parametrize(("access", "fixture"), [("devices", "all-devices")])
def test_no_flipped_bit_and_no_cut_makes_an_open_app_look_closed(access: str, fixture: str) -> None:
    data = real(fixture)
    flipped = (
        data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
        for at in range(len(data))
        for bit in range(8)
    )
    seen = set()
    for damaged in (*flipped, *(data[:size] for size in range(len(data)))):
        try:
            found = read(access, app(damaged))
        except UnseenError:
            seen.add("unseen")
            continue
        seen.add(found.raw if isinstance(found, Found) else f"sure: {found.sure}")

    assert seen == {"unseen", "open", "sure: False"}


def test_what_is_found_counts_beside_an_app_that_cannot_be_read() -> None:
    files = {**app(real("all-devices")), **app("[Context", SYSTEM)}

    found = read("devices", files)

    assert isinstance(found, Found)
    assert (found.raw, found.count) == ("open", 1)


def test_an_app_in_both_installations_counts_once() -> None:
    found = read("devices", {**app(real("all-devices")), **app(real("all-devices"), SYSTEM)})

    assert isinstance(found, Found)
    assert found.count == 1


def test_every_place_for_apps_has_to_be_seen() -> None:
    more = {"/etc/flatpak/installations.d/disk.conf": b""}
    modest = app(real("own-device"))

    with pytest.raises(UnseenError, match="further place"):
        read("devices", {**modest, **more})
    with pytest.raises(UnseenError):
        read("devices", {**modest, **app(real("own-device"), SYSTEM, "..odd")})
    with pytest.raises(UnseenError):
        read("devices", modest, empty=frozenset({f"{SYSTEM}/app/{APP}/x86_64"}))
    with pytest.raises(UnseenError):
        read("devices", modest, denied=frozenset({f"{SYSTEM}/app"}))
    with pytest.raises(UnseenError):
        read(
            "devices",
            {**modest, **override("devices=dri;")},
            denied=frozenset({f"{OWN}/overrides/{APP}"}),
        )


def test_no_app_is_no_news() -> None:
    with pytest.raises(MissingError):
        read("devices", {}, empty=frozenset({f"{SYSTEM}/app"}))


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("~/", "open"),
        ("~/.", "open"),
        ("home/", "open"),
        ("//home", "open"),
        ("/home/sam/../..:ro", "open"),
        ("~/;!home", "closed"),
        ("~/Downloads", "closed"),
        ("/home/sam/Downloads", "closed"),
    ],
)
def test_the_home_folder_has_many_names(words: str, raw: str) -> None:
    found = read("files", app(f"{HEAD}filesystems={words};\n{TAIL}"))
    assert isinstance(found, Found)
    assert found.raw == raw


@pytest.mark.parametrize("word", ["/home", "/var/home"])
def test_a_home_folder_behind_a_link_is_still_the_home_folder(word: str) -> None:
    data = app(f"{HEAD}filesystems={word};\n{TAIL}", SYSTEM)
    machine = CaseMachine(files=data, links={"/home": "var/home"}, home="/var/home/sam")
    found = flatpak.read(Flatpak(access="files"), Look(window=Window(machine)))
    assert isinstance(found, Found)
    assert found.raw == "open"


def test_a_name_with_a_star_takes_in_the_name_before_it() -> None:
    policy = "[Session Bus Policy]\norg.freedesktop.Flatpak.*=talk\n"
    found = read("bus", app(f"{HEAD}{policy}{TAIL}"))
    assert isinstance(found, Found)
    assert found.raw == "open"


@pytest.mark.parametrize("variable", ["FLATPAK_USER_DIR", "FLATPAK_SYSTEM_DIR"])
def test_apps_in_another_place_are_not_called_absent(variable: str) -> None:
    with pytest.raises(UnseenError, match="further place"):
        read("devices", app(real("own-device")), variables={variable: "/mnt/games/flatpak"})
    assert read("devices", app(real("own-device")), variables={"FLATPAK_USER_DIR": OWN})
