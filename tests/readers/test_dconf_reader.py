"""GSettings keys from real databases and schemas, and what damage of any kind does to them."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import dconf, gvariant
from privacy_check.readers.gvdb import root_table
from privacy_check.readers.raw import Absent, Found, Look
from privacy_check.readers.schemas import schema_key
from privacy_check.rulebook.reads import Dconf

FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
USER = "/home/sam/.config/dconf/user"
LOCAL = "/etc/dconf/db/local"
PROFILE = "/etc/dconf/profile/user"
SCHEMAS = "/usr/share/glib-2.0/schemas/gschemas.compiled"
BANNERS = Dconf(
    path="/org/gnome/desktop/notifications/show-banners",
    schema="org.gnome.desktop.notifications",
    type="b",
)


def real(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def read(
    wanted: Dconf, files: Mapping[str, bytes], variables: Mapping[str, str] | None = None
) -> Found | Absent:
    machine = CaseMachine(files=files, variables=variables or {})
    return dconf.read(wanted, Look(window=Window(machine)))


def values(name: str) -> dict[str, object]:
    table = root_table(real(f"dconf/{name}"))
    return {key: table.value(key) for key in table.names()}


def test_a_real_database_gives_the_values_that_were_stored() -> None:
    assert values("banners-off") == {BANNERS.path: False}
    assert values("mate-private") == {
        "/org/mate/desktop/session/idle-delay": 5,
        "/org/mate/notification-daemon/do-not-disturb": True,
        "/org/mate/screensaver/idle-activation-enabled": True,
        "/org/mate/screensaver/lock-delay": 0,
        "/org/mate/screensaver/lock-enabled": True,
    }


def test_a_database_without_values_is_empty_and_not_damaged() -> None:
    """dconf leaves the type and place of its only item unwritten then."""
    assert root_table(real("dconf/system-empty")).names() == ()
    empty = {**managed("banners-off", "system-locked"), LOCAL: real("dconf/system-empty")}
    found = read(BANNERS, empty)

    assert isinstance(found, Found)
    assert (found.raw, found.locked) == ("false", False)


def test_lists_texts_and_numbers_of_a_real_database() -> None:
    found = values("gnome-open")

    assert found["/org/gnome/desktop/session/idle-delay"] == 0
    assert found["/org/gnome/desktop/screensaver/lock-delay"] == 3600
    assert found["/org/gnome/desktop/privacy/recent-files-max-age"] == -1
    assert found["/org/gnome/shell/extensions/gsconnect/devices"] == ["0123456789abcdef"]
    assert found["/org/gnome/shell/enabled-extensions"] == [
        "clipboard-indicator@tudmotu.com",
        "gsconnect@andyholmes.github.io",
    ]


@pytest.mark.parametrize(("name", "raw"), [("banners-on", "true"), ("banners-off", "false")])
@pytest.mark.parametrize("schemas", [{}, {SCHEMAS: real("glib/gschemas.compiled")}])
def test_a_stored_value_is_found(name: str, raw: str, schemas: dict[str, bytes]) -> None:
    found = read(BANNERS, {USER: real(f"dconf/{name}"), **schemas})

    assert isinstance(found, Found)
    assert (found.raw, found.locked, found.where) == (raw, False, "~/.config/dconf/user")


def test_a_value_of_the_wrong_type_is_unreadable() -> None:
    for schemas in ({}, {SCHEMAS: real("glib/gschemas.compiled")}):
        with pytest.raises(UnseenError, match="ignores"):
            read(BANNERS, {USER: real("dconf/wrong-type"), **schemas})


def managed(
    user: str, local: str, profile: str = "user-db:user\nsystem-db:local\n"
) -> dict[str, bytes]:
    files = {LOCAL: real(f"dconf/{local}"), PROFILE: profile.encode()}
    return {**files, USER: real(f"dconf/{user}")} if user else files


@pytest.mark.parametrize(
    ("user", "local", "expected"),
    [
        ("banners-off", "system-locked", ("true", True)),
        ("banners-on", "system-locked-off", ("false", True)),
        ("banners-on", "system-unlocked-off", ("true", False)),
        ("", "system-unlocked-off", ("false", False)),
        ("", "system-locked", ("true", True)),
    ],
)
def test_locks_and_order_of_the_databases(
    user: str, local: str, expected: tuple[str, bool]
) -> None:
    found = read(BANNERS, managed(user, local))

    assert isinstance(found, Found)
    assert (found.raw, found.locked) == expected


def test_a_first_database_that_the_person_cannot_write_counts_as_locked() -> None:
    found = read(BANNERS, managed("banners-on", "system-unlocked-off", "system-db:local\n"))

    assert isinstance(found, Found)
    assert (found.raw, found.locked) == ("false", True)


@pytest.mark.parametrize(
    "profile",
    ["", "# nothing\n", "user-db\n", "other-db:user\n", "user-db:\n", "service-db:keyfile\n"],
)
def test_a_profile_that_we_do_not_follow_is_unreadable(profile: str) -> None:
    with pytest.raises(UnseenError):
        read(BANNERS, managed("banners-off", "system-locked", profile))


def test_a_named_profile_that_is_gone_is_unreadable() -> None:
    with pytest.raises(UnseenError, match="profile"):
        read(BANNERS, {USER: real("dconf/banners-off")}, {"DCONF_PROFILE": "kiosk"})


def test_the_mandatory_profile_wins() -> None:
    files = managed("banners-off", "system-locked", "user-db:user\n")
    files["/run/dconf/user/1000"] = b"user-db:user\nsystem-db:local\n"
    found = read(BANNERS, files, {"DCONF_PROFILE": "user"})

    assert isinstance(found, Found)
    assert (found.raw, found.locked) == ("true", True)


@pytest.mark.parametrize("shut", [USER, LOCAL, PROFILE, SCHEMAS])
def test_any_of_the_files_denied_is_unreadable(shut: str) -> None:
    files = {
        **managed("banners-off", "system-unlocked-off"),
        SCHEMAS: real("glib/gschemas.compiled"),
    }
    del files[shut]
    window = Window(CaseMachine(files=files, denied=frozenset({shut})))

    with pytest.raises(UnseenError, match="may not read"):
        dconf.read(BANNERS, Look(window=window))


def test_never_set_is_the_default_of_the_schema() -> None:
    absent = read(BANNERS, {SCHEMAS: real("glib/gschemas.compiled")})
    assert isinstance(absent, Absent)
    assert (absent.default, absent.where) == (
        "true",
        "/usr/share/glib-2.0/schemas/gschemas.compiled",
    )

    unknown = read(BANNERS, {})
    assert isinstance(unknown, Absent)
    assert unknown.default is None


IDLE = ("org.gnome.desktop.session", "idle-delay")
SHOWN = ("org.gnome.desktop.notifications", "show-banners")


@pytest.mark.parametrize(
    ("desktop", "key", "default"),
    [
        ("GNOME", SHOWN, False),
        ("ubuntu:GNOME", SHOWN, False),
        ("ubuntu:GNOME", IDLE, 0),
        ("GNOME-Classic:GNOME", IDLE, 60),
        ("GNOME:ubuntu", IDLE, 0),
        ("KDE", IDLE, 600),
        ("KDE", SHOWN, True),
        ("gnome", SHOWN, True),
        ("", IDLE, None),
        ("", SHOWN, None),
    ],
)
def test_defaults_of_single_desktops(desktop: str, key: tuple[str, str], default: object) -> None:
    machine = CaseMachine(
        files={SCHEMAS: real("glib/gschemas-desktop-override.compiled")},
        variables={"XDG_CURRENT_DESKTOP": desktop},
    )
    found = schema_key(Window(machine), *key)

    assert found is not None
    assert found.default == default


def test_the_first_folder_with_the_schema_wins() -> None:
    own = "/home/sam/.local/share/glib-2.0/schemas/gschemas.compiled"
    files = {
        SCHEMAS: real("glib/gschemas.compiled"),
        own: real("glib/gschemas-desktop-override.compiled"),
    }
    window = Window(CaseMachine(files=files, variables={"XDG_CURRENT_DESKTOP": "KDE"}))

    assert (found := schema_key(window, *IDLE)) is not None
    assert (found.default, found.where) == (
        600,
        "~/.local/share/glib-2.0/schemas/gschemas.compiled",
    )
    assert (other := schema_key(window, "org.mate.screensaver", "lock-enabled")) is not None
    assert other.where == SCHEMAS


def test_values_outside_a_schema_s_limits_are_refused() -> None:
    window = Window(CaseMachine(files={SCHEMAS: real("glib/gschemas.compiled")}))
    key = schema_key(window, "org.gnome.desktop.remote-desktop.vnc", "auth-method")

    assert key is not None
    assert key.type == "s"
    assert key.allows("password")
    assert key.allows("prompt")
    assert not key.allows("passwor")
    assert not key.allows("Password")
    assert not key.allows(3)


# Bytes worked out by hand from the GVariant specification.
@pytest.mark.parametrize(
    ("kind", "data", "order", "value"),
    [
        ("b", b"\1", "<", True),
        ("u", b"\x2c\1\0\0", "<", 300),
        ("u", b"\0\0\1\x2c", ">", 300),
        ("i", b"\xff\xff\xff\xff", "<", -1),
        ("s", b"hello\0", "<", "hello"),
        ("as", b"ab\0c\0\3\5", "<", ["ab", "c"]),
        ("as", b"", "<", []),
        ("ay", b"\1\2", "<", [1, 2]),
        ("(si)", b"foo\0\xff\xff\xff\xff\4", "<", ("foo", -1)),
        ("mb", b"", "<", None),
        ("mb", b"\1", "<", True),
        ("ms", b"a\0\0", "<", "a"),
        ("v", b"\1\0b", "<", True),
        ("{sv}", b"a\0\0\0\0\0\0\0\1\0b\2", "<", ("a", True)),
        ("()", b"\0", "<", ()),
    ],
)
def test_values_are_decoded(kind: str, data: bytes, order: str, value: object) -> None:
    assert gvariant.decode(kind, data, order) == value


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("b", b"\2"),
        ("b", b""),
        ("u", b"\1\2\3"),
        ("s", b"hello"),
        ("s", b"a\0b\0"),
        ("s", b"\xff\0"),
        ("as", b"ab\0c\0\3\6"),
        ("as", b"ab\0c\0\3\2"),
        ("v", b"\1b"),
        ("v", b"\1\0bb"),
        ("v", b"\1\0"),
        ("(si)", b"foo\0\xff\xff\xff\xff\x09"),
        ("ai", b"\1\2\3"),
    ],
)
def test_bytes_that_are_no_value_are_refused(kind: str, data: bytes) -> None:
    with pytest.raises(gvariant.VariantError):
        gvariant.decode(kind, data)


def test_a_database_of_the_other_byte_order_is_read() -> None:
    """Build one by hand: the root table, one item, one key, one value."""
    key = b"/a"
    digest = 5381
    for byte in key:
        digest = (digest * 33 + byte) & 0xFFFFFFFF
    start, items = 24, 24 + 8 + 4
    name = items + 24
    value = (name + len(key) + 7) // 8 * 8
    boxed = b"\0\0\1\x2c\0u"
    data = b"raVGtnai" + struct.pack(">4I", 0, 0, start, name)
    data += struct.pack(">II", 0, 1) + struct.pack(">I", 0)
    data += struct.pack(
        ">IIIHcxII", digest, 0xFFFFFFFF, name, len(key), b"v", value, value + len(boxed)
    )
    data += key
    data += bytes(value - len(data)) + boxed

    assert root_table(data).value("/a") == 300


KINDS = st.sampled_from(
    ["b", "u", "s", "v", "as", "a{sv}", "(si)", "mv", "aas", "(bv(su))", "a(yv)"]
)


@settings(max_examples=200)
@given(kind=KINDS, data=st.binary(max_size=64))
def test_decoding_any_bytes_never_raises_anything_else(kind: str, data: bytes) -> None:
    with contextlib.suppress(gvariant.VariantError):
        gvariant.decode(kind, data)


DATABASES = [real(f"dconf/{name}") for name in ("banners-on", "mate-open", "system-locked")]


@st.composite
def spoilt(draw: st.DrawFn, whole: list[bytes] = DATABASES) -> bytes:
    """Return a real file with a few bytes changed, removed or added."""
    data = bytearray(draw(st.sampled_from(whole)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["set", "cut", "drop", "add"])):
            case "set" if data:
                data[at] = draw(st.integers(0, 255))
            case "cut":
                del data[at:]
            case "drop":
                del data[at : at + draw(st.integers(1, 8))]
            case _:
                data[at:at] = draw(st.binary(max_size=8))
    return bytes(data)


@settings(max_examples=200)
@given(data=st.one_of(spoilt(), st.binary(max_size=200)))
def test_any_database_is_read_or_unreadable(data: bytes) -> None:
    for files in ({USER: data}, {**managed("banners-off", "system-locked"), LOCAL: data}):
        try:
            found = read(BANNERS, files)
        except UnseenError:
            continue
        assert isinstance(found, Found | Absent)


@settings(max_examples=150)
@given(data=spoilt([real("glib/gschemas-desktop-override.compiled")]))
def test_any_schema_file_is_read_or_unreadable(data: bytes) -> None:
    window = Window(CaseMachine(files={SCHEMAS: data}, variables={"XDG_CURRENT_DESKTOP": "GNOME"}))
    for key in (IDLE, SHOWN):
        try:
            schema_key(window, *key)
        except UnseenError:
            continue
