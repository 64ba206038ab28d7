"""Extensions and choices of browsers: real profiles, what organisations fix, unknown forms."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import chromium, firefox
from privacy_check.readers.extensions import reach_every_site
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Chromium, Firefox
from privacy_check.rulebook.ways import CHROMIUM as CHROMIUM_SUBJECTS
from privacy_check.rulebook.ways import FIREFOX as FIREFOX_SUBJECTS

FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
HOME = "/home/sam"
CHROMIUM = f"{HOME}/.config/chromium"
PREFERENCES = f"{CHROMIUM}/Default/Preferences"
STATE = f"{CHROMIUM}/Local State"
PROFILE = f"{HOME}/.config/mozilla/firefox/x.default"
POLICIES = "/etc/chromium/policies"
CAPTURE, WIDE = "capture-extensions", "wide-extensions"


def real(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def in_chromium(files: Mapping[str, bytes], subject: str, **given: object) -> Found:
    window = Window(CaseMachine(files=files, **given))  # type: ignore[arg-type] # given by name
    return chromium.read(Chromium(permission=subject), Look(window=window))


def in_firefox(files: Mapping[str, bytes], subject: str) -> Found:
    window = Window(CaseMachine(files=files))
    return firefox.read(Firefox(permission=subject), Look(window=window))


def saved(state: str, *, index: bool = False) -> dict[str, bytes]:
    files = {PREFERENCES: real(f"chromium/{state}/Preferences")}
    return {**files, STATE: real(f"chromium/{state}/Local State")} if index else files


def profile(prefs: str = "none", extensions: str = "extensions") -> dict[str, bytes]:
    return {
        f"{PROFILE}/prefs.js": real(f"firefox/{prefs}/prefs.js"),
        f"{PROFILE}/permissions.sqlite": real("firefox/none/permissions.sqlite"),
        f"{PROFILE}/extensions.json": real(f"firefox/{extensions}/extensions.json"),
        f"{PROFILE}/extension-preferences.json": real(
            f"firefox/{extensions}/extension-preferences.json"
        ),
    }


@pytest.mark.parametrize(
    ("state", "subject", "raw", "count"),
    [
        ("no-grants", CAPTURE, "none", 0),
        ("no-grants", WIDE, "none", 0),
        ("extensions", CAPTURE, "some", 1),
        ("extensions", WIDE, "some", 2),
        ("extensions-held", CAPTURE, "none", 0),
        ("extensions-held", WIDE, "none", 0),
    ],
)
def test_extensions_of_real_chromium_profiles(
    state: str, subject: str, raw: str, count: int
) -> None:
    found = in_chromium(saved(state), subject)

    assert (found.raw, found.count, found.names) == (raw, count, ("Chromium",))


def test_names_of_extensions_stay_here() -> None:
    for found in (in_chromium(saved("extensions"), WIDE), in_firefox(profile(), WIDE)):
        assert "wide" not in repr(found).casefold()
        assert "meet.example" not in repr(found)


def test_extensions_of_all_profiles_are_added_up() -> None:
    files = {
        **saved("extensions"),
        f"{CHROMIUM}/Profile 1/Preferences": saved("extensions")[PREFERENCES],
    }
    assert in_chromium(files, WIDE).count == 4

    # A folder that a variable names once more is the same folder.
    environment = {"CHROME_USER_DATA_DIR": CHROMIUM}
    assert in_chromium(saved("extensions"), WIDE, variables=environment).count == 2


@pytest.mark.parametrize(
    ("extensions", "raw", "count"), [("extensions", "some", 2), ("extensions-held", "none", 0)]
)
def test_extensions_of_real_firefox_profiles(extensions: str, raw: str, count: int) -> None:
    found = in_firefox(profile(extensions=extensions), WIDE)

    assert (found.raw, found.count, found.names) == (raw, count, ("Firefox",))


ALL = {
    "api": ["storage", "tabCapture"],
    "explicit_host": ["<all_urls>"],
    "manifest_permissions": [],
    "scriptable_host": [],
}


def entry(**changes: object) -> dict[str, object]:
    """Return what is saved of an extension that can record and reaches every site."""
    whole = {"active_permissions": ALL, "disable_reasons": [], "location": 1}
    return {**whole, **changes}


def with_entries(*entries: object, secure: tuple[object, ...] = ()) -> dict[str, bytes]:
    document = json.loads(real("chromium/no-grants/Preferences"))
    document["extensions"]["settings"] = {str(n): entry for n, entry in enumerate(entries)}
    other = {"extensions": {"settings": {f"s{n}": entry for n, entry in enumerate(secure)}}}
    return {
        PREFERENCES: json.dumps(document).encode(),
        f"{CHROMIUM}/Default/Secure Preferences": json.dumps(other).encode(),
    }


NOTHING: dict[str, object] = {
    "api": [],
    "explicit_host": [],
    "manifest_permissions": [],
    "scriptable_host": [],
}


@pytest.mark.parametrize("subject", [CAPTURE, WIDE])
@pytest.mark.parametrize(
    ("given", "raw"),
    [
        (entry(), "some"),
        (entry(location=4), "some"),
        (entry(location=7), "some"),
        (entry(location=8), "some"),
        (entry(location=5), "none"),
        (entry(location=10), "none"),
        (entry(disable_reasons=[1]), "none"),
        (entry(disable_reasons=[8192, 1]), "none"),
        (entry(disable_reasons=1), "none"),
        (entry(disable_reasons=0), "some"),
        (entry(disable_reasons=[0]), "some"),
        (entry(state=1), "some"),
        (entry(state=0), "some"),
        (entry(state=2), "none"),
        (entry(active_permissions=NOTHING), "none"),
        ({"ack_external": True}, "none"),
    ],
)
def test_entries_of_chromium_extensions(given: object, raw: str, subject: str) -> None:
    assert in_chromium(with_entries(given), subject).raw == raw
    assert in_chromium(with_entries(secure=(given,)), subject).raw == raw


@pytest.mark.parametrize("subject", [CAPTURE, WIDE])
@pytest.mark.parametrize(
    "given",
    [
        7,
        None,
        [],
        entry(location=0),
        entry(location=11),
        entry(location="1"),
        entry(location=True),
        entry(disable_reasons="1"),
        entry(disable_reasons=None),
        entry(disable_reasons=["1"]),
        entry(active_permissions=None),
        entry(active_permissions=[]),
        {"locatiom": 1},
    ],
)
def test_an_unknown_form_spoils_good_news_but_hides_no_other(given: object, subject: str) -> None:
    with pytest.raises(UnseenError):
        in_chromium(with_entries(given), subject)
    assert in_chromium(with_entries(given, entry(), given), subject).count == 1


@pytest.mark.parametrize(
    ("api", "raw"),
    [
        (["desktopCapture"], "some"),
        (["tabCapture"], "some"),
        (["pageCapture"], "some"),
        (["debugger"], "some"),
        ([{"audioCapture": {}}], "some"),
        (["videoCapture"], "some"),
        (["tabs", "scripting", {"fileSystem": ["write"]}], "none"),
    ],
)
def test_what_counts_as_recording(api: list[object], raw: str) -> None:
    given = entry(active_permissions={**NOTHING, "api": api})

    assert in_chromium(with_entries(given), CAPTURE).raw == raw


@pytest.mark.parametrize("api", [None, "tabCapture", [7], [["tabCapture"]], ["tabCapturf"]])
def test_permissions_in_an_unknown_form_are_unreadable(api: object) -> None:
    with pytest.raises(UnseenError):
        in_chromium(with_entries(entry(active_permissions={**NOTHING, "api": api})), CAPTURE)


GOT = {**NOTHING, "explicit_host": ["https://meet.example/*"]}


@pytest.mark.parametrize(
    ("changes", "raw"),
    [
        ({"withholding_permissions": False}, "some"),
        ({"withholding_permissions": True}, "none"),
        ({"withholding_permissions": True, "runtime_granted_permissions": GOT}, "none"),
        ({"withholding_permissions": True, "location": 7}, "some"),
        ({"withholding_permissions": True, "runtime_granted_permissions": ALL}, "some"),
    ],
)  # fmt: skip
def test_sites_that_a_person_holds_back(changes: dict[str, object], raw: str) -> None:
    assert in_chromium(with_entries(entry(**changes)), WIDE).raw == raw


@pytest.mark.parametrize(
    "changes",
    [
        {"withholding_permissions": 1},
        {"withholding_permissions": True, "runtime_granted_permissiont": GOT},
        {"active_permissions": {**NOTHING, "explicit_host": "<all_urls>"}},
        {"active_permissions": {"api": [], "explicit_hosu": ["<all_urls>"]}},
    ],
)
def test_sites_in_an_unknown_form_are_unreadable(changes: dict[str, object]) -> None:
    with pytest.raises(UnseenError):
        in_chromium(with_entries(entry(**changes)), WIDE)


@pytest.mark.parametrize(
    ("pattern", "wide"),
    [
        ("<all_urls>", True),
        ("*://*/*", True),
        ("http://*/*", True),
        ("https://*:443/*", True),
        ("https://*/*.pdf", True),
        ("https://meet.example/*", False),
        ("*://*.meet.example/*", False),
        ("file:///*", False),
        ("chrome://favicon/*", False),
        ("about:blank", False),
    ],
)
def test_patterns(pattern: str, wide: bool) -> None:  # noqa: FBT001 - a table
    assert reach_every_site([pattern]) is wide


@pytest.mark.parametrize("pattern", ["<all_urlz>", "", "all_urls", "https:/*/*", "*://-/*"])
def test_what_may_be_left_of_a_wide_pattern_is_unreadable(pattern: str) -> None:
    with pytest.raises(UnseenError):
        reach_every_site([pattern, "https://meet.example/*"])
    assert reach_every_site([pattern, "<all_urls>"])


@pytest.mark.parametrize("name", ["extensions", "settings"])
def test_a_profile_without_its_list_of_extensions_is_unreadable(name: str) -> None:
    text = real("chromium/extensions/Preferences").decode()
    files = {PREFERENCES: text.replace(f'"{name}":', '"other":').encode()}

    with pytest.raises(UnseenError):
        in_chromium(files, CAPTURE)


def test_a_damaged_second_file_spoils_good_news_but_hides_nothing() -> None:
    spoilt = {f"{CHROMIUM}/Default/Secure Preferences": b"{"}
    with pytest.raises(UnseenError):
        in_chromium({**saved("no-grants"), **spoilt}, CAPTURE)


def addon(**changes: object) -> dict[str, object]:
    reach = {"permissions": [], "origins": ["<all_urls>"]}
    whole = {
        "id": "a@meet.example",
        "type": "extension",
        "location": "app-profile",
        "active": True,
        "userPermissions": reach,
        "optionalPermissions": {"permissions": [], "origins": []},
    }
    return {**whole, **changes}


def with_addons(*addons: object, **grants: object) -> dict[str, bytes]:
    granted = {f"{name}@meet.example": {"origins": origins} for name, origins in grants.items()}
    return {
        **profile(),
        f"{PROFILE}/extensions.json": json.dumps({"addons": addons}).encode(),
        f"{PROFILE}/extension-preferences.json": json.dumps(granted).encode(),
    }


EMPTY: dict[str, object] = {"permissions": [], "origins": []}
OPTIONAL = addon(userPermissions=EMPTY, optionalPermissions={"origins": ["*://*/*"]})
ASKED = {**OPTIONAL, "requestedPermissions": {"origins": ["<all_urls>"]}}


@pytest.mark.parametrize(
    ("files", "raw"),
    [
        (with_addons(addon()), "some"),
        (with_addons(addon(location="app-system-share")), "some"),
        (with_addons(addon(location="app-builtin-addons")), "none"),
        (with_addons(addon(type="theme")), "none"),
        (with_addons(addon(active=False)), "none"),
        (with_addons(OPTIONAL), "none"),
        (with_addons(OPTIONAL, a=["*://*/*"]), "some"),
        (with_addons(OPTIONAL, a=["https://meet.example/*"]), "none"),
        (with_addons(ASKED, a=["<all_urls>"]), "some"),
    ],
)  # fmt: skip
def test_entries_of_firefox_extensions(files: dict[str, bytes], raw: str) -> None:
    assert in_firefox(files, WIDE).raw == raw


@pytest.mark.parametrize(
    "files",
    [
        with_addons(),
        with_addons(7),
        with_addons(addon(active=1)),
        with_addons(addon(type=None)),
        with_addons(addon(userPermissions=None)),
        with_addons(addon(userPermissions={"origins": "<all_urls>"})),
        with_addons(addon(userPermissions={"origins": ["<all_urlz>"]})),
        with_addons(addon(userPermissions=EMPTY, optionalPermissions=None)),
        with_addons(OPTIONAL, b=["*://*/*"]),
        {**with_addons(OPTIONAL), f"{PROFILE}/extension-store-permissions/data.mdb": b"x"},
        {**with_addons(OPTIONAL), f"{PROFILE}/extension-preferences.json": b"["},
    ],
)
def test_firefox_extensions_in_an_unknown_form_are_unreadable(files: dict[str, bytes]) -> None:
    with pytest.raises(UnseenError):
        in_firefox(files, WIDE)


def test_an_unknown_firefox_entry_hides_no_other() -> None:
    assert in_firefox(with_addons(7, addon(), addon(active=None)), WIDE).count == 1


@pytest.mark.parametrize(
    ("state", "subject", "raw"),
    [
        ("no-grants", "sync", "off"),
        ("no-grants", "background", "on"),
        ("no-grants", "downloads", "automatic"),
        ("extensions-held", "background", "off"),
        ("extensions-held", "downloads", "asks"),
    ],
)
def test_choices_of_real_chromium_profiles(state: str, subject: str, raw: str) -> None:
    assert in_chromium(saved(state, index=True), subject).raw == raw


@pytest.mark.parametrize(
    ("prefs", "subject", "raw"),
    [
        ("none", "sync", "off"),
        ("none", "downloads", "automatic"),
        ("extensions-held", "sync", "on"),
        ("extensions-held", "downloads", "asks"),
    ],
)
def test_choices_of_real_firefox_profiles(prefs: str, subject: str, raw: str) -> None:
    assert in_firefox(profile(prefs), subject).raw == raw


def policy(level: str, **values: object) -> dict[str, bytes]:
    return {f"{POLICIES}/{level}/a.json": json.dumps(values).encode()}


@pytest.mark.parametrize(
    ("state", "extra", "raw", "locked"),
    [
        ("no-grants", policy("managed", PromptForDownloadLocation=True), "asks", True),
        ("extensions-held", policy("managed", PromptForDownloadLocation=False), "automatic", True),
        ("no-grants", policy("recommended", PromptForDownloadLocation=True), "asks", False),
        ("extensions-held", policy("recommended", PromptForDownloadLocation=False), "asks", False),
    ],
)
def test_a_policy_wins_over_a_choice_and_a_choice_over_advice(
    state: str,
    extra: dict[str, bytes],
    raw: str,
    locked: bool,  # noqa: FBT001 - a table
) -> None:
    found = in_chromium({**saved(state), **extra}, "downloads")

    assert (found.raw, found.locked) == (raw, locked)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("downloads", {"download": {"prompt_for_download": "true"}}),
        ("downloads", {"download": {"prompt_for_downloae": True}}),
        ("downloads", {"download": 7}),
        ("sync", {"google": {"services": {"account_id": 7}}}),
        ("sync", {"google": {"services": {"account_ie": "1"}}}),
        ("sync", {"googlf": {"services": {"account_id": "1"}}}),
        ("sync", {"google": []}),
        ("sync", {"account_info": [{"email": "sam@meet.example"}]}),
        ("sync", {"sync": {"has_setup_completed": True}}),
    ],
)
def test_a_choice_in_an_unknown_form_is_unreadable(subject: str, text: dict[str, object]) -> None:
    document = json.loads(real("chromium/extensions-held/Preferences"))
    document.pop("google")
    document.pop("download")
    with pytest.raises(UnseenError):
        in_chromium({PREFERENCES: json.dumps({**document, **text}).encode()}, subject)


def test_other_browsers_have_defaults_of_their_own() -> None:
    files = {f"{HOME}/.config/vivaldi/Default/Preferences": real("chromium/no-grants/Preferences")}
    for subject in ("sync", "downloads"):
        with pytest.raises(UnseenError, match="Vivaldi"):
            in_chromium(files, subject)

    other = {
        f"{HOME}/.librewolf/x.default/{name}": real(f"firefox/none/{name}")
        for name in ("prefs.js", "permissions.sqlite")
    }
    with pytest.raises(UnseenError, match="LibreWolf"):
        in_firefox(other, "downloads")
    assert in_firefox(other, "sync").raw == "off"


@pytest.mark.parametrize("value", ["7", "true"])
def test_a_name_for_sync_that_is_no_text_is_unreadable(value: str) -> None:
    own = {f"{PROFILE}/user.js": f'user_pref("services.sync.username", {value});\n'.encode()}
    with pytest.raises(UnseenError):
        in_firefox({**profile(), **own}, "sync")


@pytest.mark.parametrize("subject", ["sync", "downloads"])
def test_settings_that_are_cut_are_unreadable(subject: str) -> None:
    whole = real("firefox/none/prefs.js")
    for cut in (whole[:-1], whole[: whole.index(b'user_pref("browser.d')]):
        with pytest.raises(UnseenError):
            in_firefox({**profile(), f"{PROFILE}/prefs.js": cut}, subject)


@pytest.mark.parametrize("subject", ["sync", "downloads"])
def test_preferences_for_everybody_are_not_overlooked(subject: str) -> None:
    name = {"sync": "services.sync.username", "downloads": "browser.download.useDownloadDir"}
    line = f'lockPref("{name[subject]}", false);\n'.encode()
    with pytest.raises(UnseenError, match="all accounts"):
        in_firefox({**profile(), "/usr/lib/firefox/mozilla.cfg": b"//\n" + line}, subject)


@pytest.mark.parametrize(
    ("policies", "raw"),
    [
        ({"PromptForDownloadLocation": True}, "asks"),
        ({"PromptForDownloadLocation": False}, "automatic"),
        ({"PromptForDownloadLocation": "yes"}, ""),
        ({"Preferences": {"browser.download.useDownloadDir": {"Value": False}}}, ""),
    ],
)
def test_policies_about_downloads(policies: dict[str, object], raw: str) -> None:
    text = json.dumps({"policies": policies}).encode()
    files = {**profile(), "/etc/firefox/policies/policies.json": text}
    if raw:
        assert in_firefox(files, "downloads").raw == raw
        return
    with pytest.raises(UnseenError):
        in_firefox(files, "downloads")


def test_a_grant_of_the_newer_kind_of_location_counts() -> None:
    document = json.loads(real("chromium/no-grants/Preferences"))
    exceptions = document["profile"]["content_settings"]["exceptions"]
    rows = {"https://a.example:443,*": {"setting": {"approximate": 1, "precise": 2}}}
    exceptions["geolocation_with_options"] = rows
    assert in_chromium({PREFERENCES: json.dumps(document).encode()}, "location").raw == "some-sites"

    exceptions["geolocation_with_options"] = {"https://a.example:443,*": {"setting": {}}}
    with pytest.raises(UnseenError):
        in_chromium({PREFERENCES: json.dumps(document).encode()}, "location")

    exceptions["geolocation_with_optiont"] = exceptions.pop("geolocation_with_options")
    with pytest.raises(UnseenError):
        in_chromium({PREFERENCES: json.dumps(document).encode()}, "location")


def test_a_policy_for_every_site_is_all_sites() -> None:
    files = {**saved("no-grants"), **policy("managed", GeolocationAllowedForUrls=["*"])}

    assert in_chromium(files, "location").raw == "all-sites"


@pytest.mark.parametrize("subject", CHROMIUM_SUBJECTS)
def test_a_closed_chromium_profile_is_unreadable(subject: str) -> None:
    shut = frozenset({f"{CHROMIUM}/Default"})
    with pytest.raises(UnseenError) as raised:
        in_chromium({}, subject, denied=shut, empty=frozenset({CHROMIUM, *shut}))
    assert not isinstance(raised.value, MissingError)


@pytest.mark.parametrize("subject", FIREFOX_SUBJECTS)
def test_an_empty_firefox_profile_is_unreadable(subject: str) -> None:
    with pytest.raises(UnseenError) as raised:
        in_firefox({f"{PROFILE}/prefs.js": b""}, subject)
    assert not isinstance(raised.value, MissingError)


BYTES = real("chromium/extensions/Preferences")
AT = BYTES.index(b'"settings":')


@settings(max_examples=100)
@given(st.integers(AT, len(BYTES) - 1), st.integers(0, 255), st.sampled_from([CAPTURE, WIDE]))
def test_any_damaged_list_of_extensions_is_read_or_unreadable(
    at: int, byte: int, subject: str
) -> None:
    data = bytearray(BYTES)
    data[at] = byte
    try:
        in_chromium({PREFERENCES: bytes(data)}, subject)
    except UnseenError:
        return


LOADED = """
import sys
from privacy_check.machine.case import CaseMachine
from privacy_check.machine.window import Window
from privacy_check.readers import chromium, firefox
from privacy_check.readers.raw import Look
from privacy_check.rulebook.reads import Chromium, Firefox
look = Look(window=Window(CaseMachine(files={"/home/sam/x": b""})))
for module, wanted in ((chromium, Chromium), (firefox, Firefox)):
    try:
        module.read(wanted(permission="camera"), look)
    except Exception:
        pass
print(*sorted({"json", "sqlite3"} & set(sys.modules)))
"""


def test_without_a_browser_nothing_heavy_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == ""


def test_sites_that_an_organisation_lets_know_the_place_are_seen_by_either_name() -> None:
    for name in ("PreciseGeolocationAllowedForUrls", "GeolocationAllowedForUrls"):
        files = {**saved("no-grants"), **policy("managed", **{name: ["https://talk.example"]})}
        assert in_chromium(files, "location").sites == ("talk.example",)

    near = policy("managed", PreciseGeolocationAllowedForUrl=["https://talk.example"])
    with pytest.raises(UnseenError):
        in_chromium({**saved("no-grants"), **near}, "location")


def test_a_folder_that_an_organisation_names_is_used_without_a_question() -> None:
    named = policy("managed", DownloadDirectory="/srv/files", PromptForDownloadLocation=True)
    found = in_chromium({**saved("extensions-held"), **named}, "downloads")
    assert (found.raw, found.locked) == ("automatic", True)

    advised = policy("recommended", DownloadDirectory="/srv/files")
    assert in_chromium({**saved("extensions-held"), **advised}, "downloads").raw == "asks"
    with pytest.raises(UnseenError):
        in_chromium(
            {**saved("extensions-held"), **policy("managed", DownloadDirectorx="/")}, "downloads"
        )


@pytest.mark.parametrize("subject", ["background", "downloads"])
def test_policies_from_a_server_are_not_overlooked(subject: str) -> None:
    files = {
        **saved("extensions-held"),
        f"{CHROMIUM}/Local State": real("chromium/extensions-held/Local State"),
    }
    assert in_chromium(files, subject).raw in ("off", "asks")

    afar = {f"{CHROMIUM}/Policy/Machine Level User Cloud Policy": b"x"}
    with pytest.raises(UnseenError, match="from a server"):
        in_chromium({**files, **afar}, subject)


@pytest.mark.parametrize(
    "hides",
    [
        b'user_pref("a.b", "https://*/*");\n%suser_pref("a.c", "*://*/*");\n',
        b"// such as /* here\n%s/* and here */\n",
        b"# such as /* here\n%s/* and here */\n",
        b"/* it's */\n%s// it's\n",
    ],
)
def test_marks_of_a_comment_hide_no_setting(hides: bytes) -> None:
    grant = b'user_pref("permissions.default.geo", 1);\n'
    files = {**profile(), f"{PROFILE}/user.js": hides % grant}
    assert in_firefox(files, "location").raw == "all-sites"

    hidden = {**profile(), f"{PROFILE}/user.js": b'/* "\n' + grant + b"*/\n"}
    assert in_firefox(hidden, "location").raw == "none"


@pytest.mark.parametrize(
    "text", [b"/*/\n", b"/* no end\n", b"/*" * 500_000, b'"' + b'\\"' * 500_000]
)
def test_a_comment_or_text_without_an_end_is_unreadable_at_once(text: bytes) -> None:
    with pytest.raises(UnseenError):
        in_firefox({**profile(), f"{PROFILE}/user.js": text}, "location")


@pytest.mark.parametrize(
    "path",
    [
        "/usr/lib/firefox/organisation.cfg",
        "/usr/lib/firefox-esr/defaults/pref/local.js",
        "/usr/lib64/firefox/firefox.cfg",
        "/opt/firefox/defaults/pref/autoconfig.js",
    ],
)
def test_files_that_set_something_for_everybody_may_have_any_name(path: str) -> None:
    line = b'lockPref("permissions.default.geo", 1);\n'
    with pytest.raises(UnseenError, match="all accounts"):
        in_firefox({**profile(), path: line}, "location")


def test_a_chosen_folder_of_chrome_is_judged_with_the_policies_of_chrome() -> None:
    folder = "/srv/browsers"
    files = {
        f"{folder}/google-chrome/Default/Preferences": real("chromium/no-grants/Preferences"),
        "/etc/opt/chrome/policies/managed/a.json": b'{"VideoCaptureAllowedUrls": ["https://a.example"]}',
    }
    found = in_chromium(files, "camera", variables={"CHROME_CONFIG_HOME": folder})
    assert found.sites == ("a.example",)


def test_a_listed_profile_on_a_disk_that_is_not_there_is_unreadable() -> None:
    index: dict[str, object] = {"profile": {"info_cache": {"Default": {}, "Profile 1": {}}}}
    files = {**saved("no-grants"), STATE: json.dumps(index).encode()}
    assert in_chromium(files, "camera").raw == "none"

    gone = {f"{CHROMIUM}/Profile 1": "/mnt/disk/profile"}
    with pytest.raises(UnseenError, match="no preferences"):
        in_chromium(files, "camera", links=gone)


@pytest.mark.parametrize(
    ("pattern", "site"),
    [
        ("https://[::1]:443,*", "[::1]"),
        ("https://[*.]meet.example:443,*", "meet.example"),
        ("https://meet.example/,*", "meet.example"),
    ],
)
def test_sites_are_named_by_their_host(pattern: str, site: str) -> None:
    document = json.loads(real("chromium/no-grants/Preferences"))
    cameras = document["profile"]["content_settings"]["exceptions"]["media_stream_camera"]
    cameras[pattern] = {"setting": 1}
    assert in_chromium({PREFERENCES: json.dumps(document).encode()}, "camera").sites == (site,)


def test_a_name_with_a_letter_as_a_number_is_unreadable() -> None:
    line = b'user_pref("permissions.default.\\x67eo", 1);\n'
    with pytest.raises(UnseenError):
        in_firefox({**profile(), f"{PROFILE}/user.js": line}, "location")


@pytest.mark.parametrize("value", ["1", [1], {"Type": "number"}])
def test_a_preference_of_an_organisation_in_an_unknown_form_is_unreadable(value: object) -> None:
    stated = {"policies": {"Preferences": {"permissions.default.geo": {"Value": value}}}}
    path = "/etc/firefox/policies/policies.json"
    with pytest.raises(UnseenError):
        in_firefox({**profile(), path: json.dumps(stated).encode()}, "location")


def test_a_listed_firefox_profile_that_is_not_there_now_is_unreadable() -> None:
    folder = f"{HOME}/.config/mozilla/firefox"
    ini = f"{folder}/profiles.ini"
    linked = {**profile(), ini: b"[Profile0]\nIsRelative=1\nPath=x.default\n"}
    machine = CaseMachine(files={**linked, ini: b"[Profile0]\nPath=/mnt/disk/profile\n"})
    with pytest.raises(UnseenError):
        firefox.read(Firefox(permission="location"), Look(window=Window(machine)))

    # A link to a disk that is not there, and a folder that was never made.
    text = linked[ini] + b"[Profile1]\nIsRelative=1\nPath=other\n"
    assert in_firefox({**linked, ini: text}, "location").raw == "none"
    machine = CaseMachine(files={**linked, ini: text}, links={f"{folder}/other": "/mnt/disk/other"})
    with pytest.raises(UnseenError):
        firefox.read(Firefox(permission="location"), Look(window=Window(machine)))


def test_an_organisation_s_file_in_a_code_is_not_overlooked() -> None:
    named = b'pref("general.config.filename", "x.cfg");\n'
    at = "/usr/lib/firefox/defaults/pref/autoconfig.js"
    for more in (b"", b'pref("general.config.obscure_value", 13);\n'):
        with pytest.raises(UnseenError, match="in a code"):
            in_firefox({**profile(), at: named + more}, "location")

    plain = named + b'pref("general.config.obscure_value", 0);\n'
    assert in_firefox({**profile(), at: plain}, "location").raw == "none"
