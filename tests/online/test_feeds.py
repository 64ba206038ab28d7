"""Feeds: where the version stands, and that nothing a server sends gets further than a reason."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from privacy_check.online.feeds import (
    ACCEPTED,
    EXPLOITED,
    OddAnswerError,
    address_of,
    attacks_in,
    host_of,
    version_in,
)
from privacy_check.online.interface import Answer
from privacy_check.rulebook.catalogue import Exploited, Newest
from privacy_check.seen import Attack

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
WHATSAPP = Exploited(vendor="Meta Platforms", product="WhatsApp")


def place(how: str, form: str = "{version}", pointer: str = "", address: str = "") -> Newest:
    address = address or ("owner/name" if how == "github" else "https://vendor.example/feed")
    return Newest(
        how=how, address=address, pointer=pointer, form=form, systems=("linux",), source="x"
    )


def answer(text: str | bytes, kind: str = "", goes_to: str = "") -> Answer:
    data = text.encode() if isinstance(text, str) else text
    return Answer(data=data, kind=kind, goes_to=goes_to, at=AT)


def odd(given_answer: Answer, newest: Newest) -> str:
    with pytest.raises(OddAnswerError) as caught:
        version_in(given_answer, newest)
    return str(caught.value)


def test_github_is_asked_for_its_releases() -> None:
    asked = address_of(place("github"))
    assert asked == "https://api.github.com/repos/owner/name/releases?per_page=30"
    assert host_of(asked) == "api.github.com"
    assert host_of(EXPLOITED) == "www.cisa.gov"
    assert host_of("https://vendor.example:444?a") == "vendor.example"
    assert host_of("https://vendor.example#@other.example/") == "vendor.example"
    assert host_of("https://[::1]:444/a") == "::1"
    for address in ("https://sam:word@vendor.example/", "http://vendor.example/", "https://a:b/"):
        assert host_of(address) == ""


@pytest.mark.parametrize(
    ("entries", "form", "version"),
    [
        ((samples.release("v8.20.0"), samples.release("v8.19.0")), "v{version}", "8.20.0"),
        ((samples.release("v8.19.1"), samples.release("v8.20.0")), "v{version}", "8.20.0"),
        (
            (samples.release("v8.21.0", prerelease=True), samples.release("v8.20.0")),
            "v{version}",
            "8.20.0",
        ),
        (
            (samples.release("v8.21.0", draft=True), samples.release("v8.20.0")),
            "v{version}",
            "8.20.0",
        ),
        ((samples.release("v8.21.0-beta.1"), samples.release("v8.20.0")), "v{version}", "8.20.0"),
        (
            (samples.release("macos/3.40.5285"), samples.release("linux/3.40.3882")),
            "linux/{version}",
            "3.40.3882",
        ),
        ((samples.release(None), "x", 7, {}, samples.release("v1.2")), "v{version}", "1.2"),
    ],
)
def test_the_highest_release_counts(entries: tuple[object, ...], form: str, version: str) -> None:
    assert version_in(answer(samples.releases(*entries)), place("github", form)) == version


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (samples.release("8.20.0"),),
        (samples.release("v8.20.0-rc"),),
        (samples.release("v" + "1" * 300),),
        (samples.release("v1.2", draft=None),),
        (samples.release("v1.2", prerelease="no"),),
        ({"tag_name": "v1.2"},),
        ({"tag_name": "v1.2", "draft": False},),
        ({"tag_name": "v1.2", "prerelease": False},),
    ],
)
def test_releases_that_do_not_fit_name_nothing(entries: tuple[object, ...]) -> None:
    reason = odd(answer(samples.releases(*entries)), place("github", "v{version}"))
    assert reason == "no version stands where it is expected"


@pytest.mark.parametrize(
    ("text", "pointer", "version"),
    [
        (samples.DISCORD, "/name", "1.0.145"),
        ('{"a": [{"b/c": {"~": "1.2"}}]}', "/a/0/b~1c/~0", "1.2"),
        ('\ufeff{"version": " 1.2 "}', "/version", "1.2"),
    ],
)
def test_a_pointer_is_followed(text: str, pointer: str, version: str) -> None:
    assert version_in(answer(text, "application/json"), place("json", pointer=pointer)) == version


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ('{"name": 1.2}', "/name"),
        ('{"name": null}', "/name"),
        ('{"name": "1.2 beta"}', "/name"),
        ('{"name": "1.2"}', "/other"),
        ('["1.2"]', "/1"),
        ('["1.2"]', "/-"),
        ('["1.2"]', "/²"),
        ('"1.2"', "/a/b"),
        ("null", "/a"),
    ],
)
def test_json_of_another_shape_names_nothing(text: str, pointer: str) -> None:
    reason = odd(answer(text), place("json", pointer=pointer))
    assert reason == "no version stands where it is expected"


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (samples.ELECTRON_BUILDER, "8.20.0"),
        ("version: '8.20.0'\r\n", "8.20.0"),
        ('files:\n  version: 9.0.0\nversion: "8.20.0"\n', "8.20.0"),
    ],
)
def test_an_electron_builder_feed_is_read(text: str, version: str) -> None:
    assert version_in(answer(text, "text/yaml"), place("electron-builder")) == version


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  version: 8.20.0\n",
        "version:8.20.0\n",
        "version: 8.20.0 # beta\n",
        "version: [8.20.0]\n",
        "version: '8.20.0\n",
        "version: &a 8.20.0\n",
        "version: ''\n",
        "version: 8.20.0\nversion: 8.21.0\n",
        "version: 8.20.0-beta.1\n",
    ],
)
def test_another_yaml_names_nothing(text: str) -> None:
    assert odd(answer(text), place("electron-builder"))


def test_a_sparkle_feed_is_read() -> None:
    assert version_in(answer(samples.APPCAST, "application/xml"), place("sparkle")) == "2.40"


BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "its answer declares what no list of versions needs"),
        (OUTSIDE, "its answer declares what no list of versions needs"),
        (samples.APPCAST[:300], "its answer is not whole XML"),
        ("<rss>&a;</rss>", "its answer is not whole XML"),
        ("<a>" * 200_000, "its answer is not whole XML"),
        ("", "its answer is not whole XML"),
        ("\x00", "its answer is not whole XML"),
        ("<rss/>", "no version stands where it is expected"),
        ("<a>" * 50_000 + "</a>" * 50_000, "no version stands where it is expected"),
    ],
)
def test_hostile_xml_is_a_reason(text: str, reason: str) -> None:
    assert odd(answer(text), place("sparkle")) == reason


def test_xml_in_another_writing_is_a_reason() -> None:
    hidden = BOMB.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    assert odd(answer(hidden), place("sparkle")) == "its answer is not written in UTF-8"


ZOOM = place("redirect", form="/prod/{version}/zoom_x86_64.tar.xz")


@pytest.mark.parametrize("host", ["cdn.zoom.us", "zoom.us", "cdn.example:444"])
@pytest.mark.parametrize("rest", ["", "?a=/prod/9.9/zoom_x86_64.tar.xz", "#b"])
def test_an_address_names_the_version(host: str, rest: str) -> None:
    goes_to = f"https://{host}/prod/7.0.5.3034/zoom_x86_64.tar.xz{rest}"
    assert version_in(answer("", goes_to=goes_to), ZOOM) == "7.0.5.3034"


@pytest.mark.parametrize(
    ("goes_to", "words"),
    [
        ("", "did not send on"),
        ("http://cdn.zoom.us/prod/7.0.5/zoom_x86_64.tar.xz", "without encryption"),
        ("https://login.example/", "sign-in page"),
        ("https://login.example/?to=/prod/7.0.5/zoom_x86_64.tar.xz", "sign-in page"),
        ("https://cdn.zoom.us/prod/7.0.5/x/zoom_x86_64.tar.xz", "sign-in page"),
        ("https://cdn.zoom.us/prod//zoom_x86_64.tar.xz", "sign-in page"),
        ("https://cdn.zoom.us/prod/zoom_x86_64.tar.xz", "sign-in page"),
    ],
)
def test_an_address_without_a_version_is_a_reason(goes_to: str, words: str) -> None:
    assert words in odd(answer("", goes_to=goes_to), ZOOM)


PAGE = "\n <!DOCTYPE html><html><title>Hotel</title>"


@pytest.mark.parametrize("how", ["github", "json", "electron-builder", "sparkle"])
@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (PAGE, "text/html", "a web page: this network may want a sign-in first"),
        (PAGE, "application/json", "a web page"),
        ("<HTML>", "", "a web page"),
        ("{}", "text/html", "a web page"),
        ("{}", "image/png", "image data"),
        ("é".encode("latin-1"), "application/json; charset=iso-8859-1", "not written in UTF-8"),
        ("[]".encode("utf-16"), "application/json", "not written in UTF-8"),
    ],
)
def test_what_is_no_feed_is_told(how: str, text: str | bytes, kind: str, words: str) -> None:
    assert words in odd(answer(text, kind), place(how, pointer="/a"))


@pytest.mark.parametrize("how", ["github", "json"])
@pytest.mark.parametrize("text", ["", "{", '{"name": "1.', "[" * 100_000, "1" * 10_000, "{'a': 1}"])
def test_damaged_json_is_a_reason(how: str, text: str) -> None:
    assert odd(answer(text), place(how, pointer="/a")) == "its answer is not whole JSON"


def test_what_is_no_list_of_releases_is_told() -> None:
    message = json.dumps({"message": "Not Found", "status": "404"})
    assert odd(answer(message), place("github")) == "with something else than a list of releases"


def test_an_unknown_way_is_a_reason() -> None:
    assert odd(answer("{}"), place("page")) == "this program cannot read such an answer"


@given(st.sampled_from(sorted(ACCEPTED)), st.binary(max_size=200), st.text(max_size=60))
def test_no_answer_raises_anything_else(how: str, data: bytes, goes_to: str) -> None:
    found, reason = "", ""
    try:
        found = version_in(answer(data, goes_to=goes_to), place(how, pointer="/a"))
    except OddAnswerError as error:
        reason = str(error)
    assert reason.isprintable() if reason else found.replace(".", "").isdigit()


def test_what_the_list_of_exploited_faults_names_is_read() -> None:
    attacks, as_of = attacks_in(answer(samples.EXPLOITED, "application/json"), WHATSAPP)
    assert attacks == (
        Attack(cve="CVE-2025-55177", added=dt.date(2025, 9, 2)),
        Attack(cve="CVE-2019-18426", added=dt.date(2022, 5, 23)),
        Attack(cve="CVE-2019-3568", added=dt.date(2022, 4, 19)),
    )
    assert as_of == dt.date(2026, 7, 23)


def test_another_name_is_not_taken_for_this_one() -> None:
    skype = Exploited(vendor="Microsoft", product="Skype")
    assert attacks_in(answer(samples.EXPLOITED), skype) == ((), dt.date(2026, 7, 23))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"vulnerabilities"', '"faults"'),
        ('"2026-07-23T16:21:10.8082Z"', '"soon"'),
        ('"CVE-2025-55177"', '"55177"'),
        ('"CVE-2025-55177"', "null"),
        ('"2025-09-02"', '"2025-09-99"'),
        ('"2025-09-02"', "20"),
    ],
)
def test_a_list_of_another_form_is_a_reason(before: str, after: str) -> None:
    with pytest.raises(OddAnswerError):
        attacks_in(answer(samples.EXPLOITED.replace(before, after)), WHATSAPP)


@pytest.mark.parametrize("text", ["[]", "null", '{"vulnerabilities": {}}', "{"])
def test_what_is_no_list_at_all_is_a_reason(text: str) -> None:
    with pytest.raises(OddAnswerError):
        attacks_in(answer(text), WHATSAPP)
