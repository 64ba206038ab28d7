"""What sites may do: real profiles, hand-made policies, and everything that is not known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import chromium, firefox
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Chromium, Firefox

FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
HOME = "/home/sam"
CHROMIUM = f"{HOME}/.config/chromium"
FIREFOX = f"{HOME}/.config/mozilla/firefox"
PERMISSIONS = ("camera", "microphone", "notifications")


def real(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def profile_name() -> str:
    """Return the folder of the real Firefox profile, which the real index names."""
    lines = real("firefox/none/profiles.ini").decode().splitlines()
    return next(line.partition("=")[2] for line in lines if line.endswith(".default-esr"))


PROFILE = f"{FIREFOX}/{profile_name()}"


def look(files: Mapping[str, bytes], **given: object) -> Look:
    return Look(window=Window(CaseMachine(files=files, **given)))  # type: ignore[arg-type] # given by name


def in_chromium(files: Mapping[str, bytes], permission: str = "camera", **given: object) -> Found:
    return chromium.read(Chromium(permission=permission), look(files, **given))


def in_firefox(files: Mapping[str, bytes], permission: str = "camera", **given: object) -> Found:
    return firefox.read(Firefox(permission=permission), look(files, **given))


def chromium_files(state: str, *, index: bool = True) -> dict[str, bytes]:
    files = {f"{CHROMIUM}/Default/Preferences": real(f"chromium/{state}/Preferences")}
    return (
        {**files, f"{CHROMIUM}/Local State": real(f"chromium/{state}/Local State")}
        if index
        else files
    )


def firefox_files(state: str, permissions: str = "") -> dict[str, bytes]:
    return {
        f"{FIREFOX}/profiles.ini": real(f"firefox/{state}/profiles.ini"),
        f"{PROFILE}/prefs.js": real(f"firefox/{state}/prefs.js"),
        f"{PROFILE}/permissions.sqlite": real(f"firefox/{permissions or state}/permissions.sqlite"),
    }


CHROMIUM_STATES = {
    "no-grants": ("none", ()),
    "grants": ("some-sites", ("meet.example",)),
    "blocked-sites": ("none", ()),
    "ask-sites": ("none", ()),
    "default-block": ("blocked", ()),
    "default-allow": ("all-sites", ()),
}


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("index", [True, False])
@pytest.mark.parametrize("state", CHROMIUM_STATES)
def test_real_chromium_profiles(state: str, index: bool, permission: str) -> None:  # noqa: FBT001 - a table
    found = in_chromium(chromium_files(state, index=index), permission)

    assert (found.raw, found.sites) == CHROMIUM_STATES[state]
    assert found.names == ("Chromium",)


FIREFOX_STATES = {
    ("none", "camera"): "none",
    ("none", "notifications"): "none",
    ("grants", "camera"): "some-sites",
    ("grants", "microphone"): "some-sites",
    ("expiring", "camera"): "none",
    ("expiring", "microphone"): "some-sites",
}


@pytest.mark.parametrize(("state", "permission"), FIREFOX_STATES)
def test_real_firefox_profiles(state: str, permission: str) -> None:
    found = in_firefox(firefox_files(state), permission)

    assert found.raw == FIREFOX_STATES[state, permission]
    assert found.sites == (("meet.example",) if found.raw == "some-sites" else ())


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize(
    ("state", "raw"), [("default-block", "blocked"), ("default-allow", "all-sites")]
)
def test_real_firefox_defaults(state: str, raw: str, permission: str) -> None:
    assert in_firefox(firefox_files(state, "none"), permission).raw == raw


def test_no_browser_at_all_is_missing() -> None:
    for read in (in_chromium, in_firefox):
        with pytest.raises(MissingError):
            read({})


def test_a_second_profile_that_the_index_does_not_name_counts() -> None:
    files = chromium_files("no-grants")
    files[f"{CHROMIUM}/Profile 7/Preferences"] = real("chromium/grants/Preferences")
    assert in_chromium(files).raw == "some-sites"

    other = firefox_files("none")
    other[f"{FIREFOX}/abc.forgotten/prefs.js"] = real("firefox/grants/prefs.js")
    other[f"{FIREFOX}/abc.forgotten/permissions.sqlite"] = real("firefox/grants/permissions.sqlite")
    assert in_firefox(other).raw == "some-sites"


def test_one_unreadable_profile_spoils_good_news_but_hides_no_grant() -> None:
    spoilt = {f"{CHROMIUM}/Profile 7/Preferences": b"{"}
    with pytest.raises(UnseenError):
        in_chromium({**chromium_files("no-grants"), **spoilt})
    assert in_chromium({**chromium_files("grants"), **spoilt}).raw == "some-sites"


def test_a_profile_without_its_preferences_is_unreadable() -> None:
    files = chromium_files("no-grants")
    del files[f"{CHROMIUM}/Default/Preferences"]
    files[f"{CHROMIUM}/Default/History"] = b""

    with pytest.raises(UnseenError) as raised:
        in_chromium(files)
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("name", ["prefs.js", "permissions.sqlite"])
def test_a_firefox_profile_without_one_of_its_files_is_unreadable(name: str) -> None:
    files = firefox_files("none")
    del files[f"{PROFILE}/{name}"]

    with pytest.raises(UnseenError) as raised:
        in_firefox(files)
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_changes_that_wait_spoil_good_news_but_hide_no_grant(suffix: str) -> None:
    waiting = {f"{PROFILE}/permissions.sqlite{suffix}": b"something"}
    with pytest.raises(UnseenError, match="not saved yet"):
        in_firefox({**firefox_files("none"), **waiting})
    assert in_firefox({**firefox_files("grants"), **waiting}).raw == "some-sites"


def test_what_a_person_wrote_by_hand_wins() -> None:
    files = firefox_files("none")
    files[f"{PROFILE}/user.js"] = b'user_pref("permissions.default.camera", 1);\n'

    assert in_firefox(files).raw == "all-sites"


def test_a_policy_grants_without_a_trace_in_the_profile() -> None:
    policy = json.dumps({"VideoCaptureAllowedUrls": ["https://work.example"]}).encode()
    found = in_chromium(
        {**chromium_files("no-grants"), "/etc/chromium/policies/managed/a.json": policy}
    )
    assert (found.raw, found.sites, found.locked) == ("some-sites", ("work.example",), True)

    entry = {"policies": {"Permissions": {"Camera": {"Allow": ["https://work.example"]}}}}
    files = {
        **firefox_files("none"),
        "/etc/firefox/policies/policies.json": json.dumps(entry).encode(),
    }
    other = in_firefox(files)
    assert (other.raw, other.sites, other.locked) == ("some-sites", ("work.example",), True)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"VideoCaptureAllowedUrls": "x"}'])
def test_a_policy_that_cannot_be_read_spoils_good_news(text: bytes) -> None:
    with pytest.raises(UnseenError):
        in_chromium({**chromium_files("no-grants"), "/etc/chromium/policies/managed/a.json": text})


def row(setting: object, **more: object) -> bytes:
    """Return preferences with one row for the camera."""
    document = json.loads(real("chromium/no-grants/Preferences"))
    rows = {"https://a.example:443,*": {"setting": setting, **more}}
    document["profile"]["content_settings"]["exceptions"]["media_stream_camera"] = rows
    return json.dumps(document).encode()


PAST, AHEAD = "13000000000000000", "99999999999999999"


@pytest.mark.parametrize(
    ("data", "raw"),
    [
        (row(1), "some-sites"),
        (row(4), "some-sites"),
        (row(2), "none"),
        (row(3), "none"),
        (row(1, expiration=PAST), "none"),
        (row(1, expiration=AHEAD), "some-sites"),
        (row(1, expiration="0"), "some-sites"),
        (row(1, session_model=1), "some-sites"),
    ],
)
def test_rows_of_a_chromium_profile(data: bytes, raw: str) -> None:
    assert in_chromium({f"{CHROMIUM}/Default/Preferences": data}).raw == raw


@pytest.mark.parametrize("setting", [0, 5, 9, -1, "1", None, True, 1.5, [], {}])
def test_a_number_that_we_do_not_know_is_unreadable(setting: object) -> None:
    with pytest.raises(UnseenError):
        in_chromium({f"{CHROMIUM}/Default/Preferences": row(setting)})


def test_everywhere_is_all_sites() -> None:
    data = row(1).replace(b"https://a.example:443,*", b"https://*:443,*")

    assert in_chromium({f"{CHROMIUM}/Default/Preferences": data}).raw == "all-sites"


def database(rows: list[tuple[object, ...]], table: str = "moz_perms") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, origin TEXT, type TEXT, permission INTEGER,"
        " expireType INTEGER, expireTime INTEGER, modificationTime INTEGER)"
    )
    connection.executemany(f"INSERT INTO {table} VALUES (NULL, ?, ?, ?, ?, ?, 0)", rows)
    connection.commit()
    data: bytes = connection.serialize()
    connection.close()
    return data


NOW = 1_795_356_000_000  # 2026-11-22T14:00:00Z in milliseconds


@pytest.mark.parametrize(
    ("entry", "raw"),
    [
        (("https://a.example", "camera", 1, 0, 0), "some-sites"),
        (("https://a.example", "camera^device", 1, 0, 0), "some-sites"),
        (("https://a.example", "camera", 2, 0, 0), "none"),
        (("https://a.example", "camera", 3, 0, 0), "none"),
        (("https://a.example", "microphone", 1, 0, 0), "none"),
        (("https://a.example", "camera", 1, 2, NOW - 1), "none"),
        (("https://a.example", "camera", 1, 2, NOW + 1000), "some-sites"),
    ],
)
def test_rows_of_a_firefox_profile(entry: tuple[object, ...], raw: str) -> None:
    files = {**firefox_files("none"), f"{PROFILE}/permissions.sqlite": database([entry])}

    assert in_firefox(files).raw == raw


@pytest.mark.parametrize(
    "data",
    [
        database([("https://a.example", "camera", 7, 0, 0)]),
        database([("https://a.example", "camerb", 1, 0, 0)]),
        database([("https://a.example", b"camera", 1, 0, 0)]),
        database([("https://a.example", None, 1, 0, 0)]),
        database([("https://a.example", "camera", "yes", 0, 0)]),
        database([], table="other"),
        database([])[:-1],
        database([]) + b"\0",
        b"",
        b"SQLite format 3\0",
    ],
)
def test_a_firefox_database_that_we_do_not_know_is_unreadable(data: bytes) -> None:
    files = {**firefox_files("none"), f"{PROFILE}/permissions.sqlite": data}

    with pytest.raises(UnseenError):
        in_firefox(files)


def test_opening_a_database_leaves_no_file(tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    in_firefox(firefox_files("grants"))

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "shut", [CHROMIUM, f"{CHROMIUM}/Default", f"{CHROMIUM}/Default/Preferences"]
)
def test_a_closed_chromium_folder_is_unreadable(shut: str) -> None:
    folders = frozenset({CHROMIUM, f"{CHROMIUM}/Default"})
    with pytest.raises(UnseenError) as raised:
        in_chromium({}, denied=frozenset({shut}), empty=folders)
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize(
    "shut", [FIREFOX, PROFILE, f"{PROFILE}/prefs.js", f"{PROFILE}/permissions.sqlite"]
)
def test_a_closed_firefox_folder_is_unreadable(shut: str) -> None:
    files = {
        path: data for path, data in firefox_files("none").items() if not path.startswith(shut)
    }
    with pytest.raises(UnseenError) as raised:
        in_firefox(files, denied=frozenset({shut}))
    assert not isinstance(raised.value, MissingError)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10) | st.sampled_from(["1", "", "x"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["profile", "content_settings", "exceptions", "media_stream_camera", "setting",
             "default_content_setting_values", "https://a:443,*", "expiration"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150)
@given(document=JSON)
def test_any_preferences_are_read_or_unreadable(document: object) -> None:
    files = {f"{CHROMIUM}/Default/Preferences": json.dumps(document).encode()}
    try:
        in_chromium(files)
    except UnseenError:
        return


SMALL = database([("https://a.example", "camera", 1, 0, 0)])


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=4))
def test_any_firefox_database_is_read_or_unreadable(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SMALL)
    for at, byte in changes:
        data[at] = byte
    try:
        in_firefox({**firefox_files("none"), f"{PROFILE}/permissions.sqlite": bytes(data)})
    except UnseenError:
        return


def test_line_ends_of_another_system_do_not_matter() -> None:
    files = firefox_files("default-block", "none")
    prefs = f"{PROFILE}/prefs.js"
    carried = {**files, prefs: files[prefs].replace(b"\n", b"\r\n")}

    assert in_firefox(carried).raw == in_firefox(files).raw == "blocked"
