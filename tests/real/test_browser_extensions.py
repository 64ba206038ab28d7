"""Extensions that the real browsers hold now, read by the whole command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser_values import CHROMIUM_EXTENSIONS, FIREFOX_EXTENSIONS
from programs import chromium, firefox
from programs.home import wait_until
from whole_command import finding, report_of, row

pytestmark = pytest.mark.real

RULE = "browser-extensions"
CAPTURE, WIDE = "browser-capture-extensions", "browser-wide-extensions"


def test_an_extension_that_records_is_worth_a_look_until_it_is_off(home: Path) -> None:
    switch = chromium.write_extensions(home, CHROMIUM_EXTENSIONS)
    with chromium.settings_page(home, switch) as page:
        ids = page.extensions()
    report = report_of(home)
    assert finding(report, RULE)["status"] == "fail"
    assert row(report, RULE, CAPTURE, "linux/chromium")["value"] == "some"
    assert row(report, RULE, WIDE, "linux/chromium")["value"] == "some"
    names = [*ids.values(), "extensions/recorder", "extensions/wide"]
    assert not [name for name in names if name in json.dumps(report)]

    with chromium.settings_page(home, switch) as page:
        page.run(chromium.SWITCH_OFF, page.extensions()["Recorder"])
    assert row(report_of(home), RULE, CAPTURE, "linux/chromium")["status"] == "pass"


def test_an_extension_for_every_site_in_a_running_firefox_is_told(home: Path) -> None:
    with firefox.remote(home) as browser:
        assert row(report_of(home), RULE, WIDE, "linux/firefox")["value"] == "none"
        browser.install(home, "wide", FIREFOX_EXTENSIONS["wide"])
        wait_until(
            "the list", lambda: b"wide@" in (firefox.profile(home) / "extensions.json").read_bytes()
        )
        assert row(report_of(home), RULE, WIDE, "linux/firefox")["value"] == "some"
