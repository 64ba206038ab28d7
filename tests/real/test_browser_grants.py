from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import chromium, firefox
from whole_command import Wire, finding, report_of, row

pytestmark = pytest.mark.real

RULE = "permissions"
SETTINGS = ("browser-camera", "browser-microphone")
CAMERA = "browser-camera"
MEET, OTHER = "https://meet.example", "https://other.example"
STATE = chromium.FOLDER / "Local State"


@pytest.fixture(scope="module")
def made() -> Iterator[dict[str, Path]]:
    """Give four homes with profiles that the browsers made; tests use copies."""
    with tempfile.TemporaryDirectory(prefix="made-", ignore_cleanup_errors=True) as name:
        homes = {key: Path(name, key) for key in ("c-grant", "c-none", "f-grant", "f-none")}
        for home in homes.values():
            home.mkdir()
        chromium.profile_with(homes["c-grant"], sites={MEET: "allow", OTHER: "block"})
        chromium.profile_with(homes["c-none"], sites={OTHER: "block"})
        firefox.profile_with(homes["f-grant"], sites={MEET: "allow", OTHER: "block"})
        firefox.profile_with(homes["f-none"], sites={OTHER: "block"})
        yield homes


def copied(home: Path, made: Path) -> None:
    ignored = shutil.ignore_patterns("Singleton*", ".run", "lock", ".parentlock")
    shutil.copytree(made, home, symlinks=True, dirs_exist_ok=True, ignore=ignored)


def assert_some_sites(report: Wire, browser: str) -> None:
    """The grant is worth a look, and no site has its name in the report."""
    assert finding(report, RULE)["status"] == "fail"
    for setting in SETTINGS:
        found = row(report, RULE, setting, f"linux/{browser}")
        assert (found["status"], found["value"]) == ("fail", "some-sites")
    assert "1 site" in row(report, RULE, CAMERA, f"linux/{browser}")["meaning"]
    text = json.dumps(report)
    assert "meet.example" not in text
    assert "other.example" not in text


def assert_good(report: Wire, browser: str) -> None:
    assert finding(report, RULE)["status"] == "pass"
    for setting in SETTINGS:
        found = row(report, RULE, setting, f"linux/{browser}")
        assert (found["status"], found["value"]) == ("pass", "none")


def assert_only(report: Wire, browser: str) -> None:
    """No other browser has anything to say."""
    others = [
        found["status"]
        for found in finding(report, RULE)["settings"]
        if found["setting"] in SETTINGS and found["platform"] != f"linux/{browser}"
    ]
    assert set(others) == {"notapplicable"}


def test_a_grant_in_chromium_is_worth_a_look(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-grant"])
    report = report_of(home)
    assert_some_sites(report, "chromium")
    assert_only(report, "chromium")


def test_refused_sites_in_chromium_are_good(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-none"])
    report = report_of(home)
    assert_good(report, "chromium")
    assert_only(report, "chromium")


def test_a_grant_counts_when_the_profile_list_is_empty(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-grant"])
    state = json.loads((home / STATE).read_text(encoding="utf-8"))
    assert state["profile"]["info_cache"]
    state["profile"]["info_cache"] = {}
    (home / STATE).write_text(json.dumps(state), encoding="utf-8")
    assert_some_sites(report_of(home), "chromium")


def test_a_grant_counts_when_the_profile_list_is_gone(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-grant"])
    (home / STATE).unlink()
    assert_some_sites(report_of(home), "chromium")


def test_a_grant_counts_when_the_profile_list_is_damaged(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-grant"])
    data = (home / STATE).read_bytes()
    (home / STATE).write_bytes(data[: len(data) // 2])
    assert_some_sites(report_of(home), "chromium")


def test_a_running_chromium_is_read(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-grant"])
    with chromium.running(home):
        assert_some_sites(report_of(home), "chromium")


def test_cut_preferences_never_look_good(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-none"])
    file = home / chromium.FOLDER / chromium.PREFERENCES
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    report = report_of(home)
    assert finding(report, RULE)["status"] == "error"
    assert row(report, RULE, CAMERA, "linux/chromium")["reason"]


def test_a_grant_in_firefox_is_worth_a_look(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["f-grant"])
    report = report_of(home)
    assert_some_sites(report, "firefox")
    assert_only(report, "firefox")


def test_refused_sites_in_firefox_are_good(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["f-none"])
    report = report_of(home)
    assert_good(report, "firefox")
    assert_only(report, "firefox")


def test_a_running_firefox_is_read(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["f-grant"])
    with firefox.remote(home):
        assert_some_sites(report_of(home), "firefox")


def test_a_grant_that_firefox_makes_now_is_seen_at_once(home: Path) -> None:
    with firefox.remote(home) as browser:
        assert_good(report_of(home), "firefox")
        for kind in ("camera", "microphone"):
            browser.choose(MEET, kind, "allow")
        browser.run("return 1;")
        assert_some_sites(report_of(home), "firefox")


def test_a_cut_database_of_firefox_never_looks_good(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["f-none"])
    file = firefox.profile(home) / "permissions.sqlite"
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    report = report_of(home)
    assert finding(report, RULE)["status"] == "error"
    assert row(report, RULE, CAMERA, "linux/firefox")["reason"]


def test_a_grant_in_one_browser_outweighs_the_other(home: Path, made: dict[str, Path]) -> None:
    copied(home, made["c-none"])
    copied(home, made["f-grant"])
    report = report_of(home)
    assert finding(report, RULE)["status"] == "fail"
    assert row(report, RULE, CAMERA, "linux/chromium")["status"] == "pass"
    assert row(report, RULE, CAMERA, "linux/firefox")["status"] == "fail"
