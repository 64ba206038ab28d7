"""A site that may use camera or microphone in a browser is a sign, but nothing installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from apps_here import HOME, SYSTEM, app, hows, search, seen

FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
CHROMIUM = f"{HOME}/.config/chromium"
FIREFOX = f"{HOME}/.config/mozilla/firefox"
SITE = app("site", sites=("meet.example",))


def chromium(state: str, profile: str = "Default") -> dict[str, bytes]:
    data = (FIXTURES / "chromium" / state / "Preferences").read_bytes()
    return {f"{CHROMIUM}/{profile}/Preferences": data}


def firefox(state: str) -> dict[str, bytes]:
    names = ("prefs.js", "permissions.sqlite")
    folder = FIXTURES / "firefox" / state
    return {f"{FIREFOX}/abc.default/{name}": (folder / name).read_bytes() for name in names}


@pytest.mark.parametrize(
    ("files", "browsers"),
    [
        (chromium("grants"), ["Chromium"]),
        (firefox("grants"), ["Firefox"]),
        ({**chromium("grants"), **firefox("grants")}, ["Chromium", "Firefox"]),
        (chromium("no-grants"), []),
        (chromium("blocked-sites"), []),
        (firefox("none"), []),
        ({}, []),
    ],
)
def test_a_site_with_a_grant_is_a_sign_but_nothing_installed(
    files: dict[str, bytes], browsers: list[str]
) -> None:
    found = search([SITE, app("other", sites=("other.example",))], {**files, **SYSTEM})

    assert [sign.where for sign in found.apps[0].signs] == browsers
    assert (hows(found.apps[0]), found.apps[0].installed) == (["site"] * len(browsers), None)
    assert found.apps[1].signs == ()
    assert ("browsers" in found.looked) is bool(files)


@pytest.mark.parametrize(("site", "counts"), [("*.example", True), ("*.meet.example", False)])
def test_a_star_stands_for_names_in_front(site: str, counts: bool) -> None:  # noqa: FBT001 - a table
    found = seen(app(sites=(site,)), chromium("grants"))

    assert hows(found) == ["site"] * counts


def test_a_profile_that_cannot_be_read_is_named_and_hides_no_other() -> None:
    files = {**chromium("grants"), f"{CHROMIUM}/Profile 1/Preferences": b"{", **firefox("none")}
    del files[f"{FIREFOX}/abc.default/permissions.sqlite"]

    found = search([SITE], files)

    assert hows(found.apps[0]) == ["site"]
    assert any(line.startswith("browsers: Chromium: it is damaged") for line in found.unread)
    assert any(line.startswith("browsers: Firefox: ") for line in found.unread)


def test_browsers_that_may_not_be_looked_into_are_named() -> None:
    found = search([SITE], SYSTEM, denied=frozenset({CHROMIUM}))

    assert found.unread == ("browsers: Chromium: this account may not read it",)
