"""What is printed of a link: its service and grade, and of an unknown address little."""

import json

import pytest
from call_links import APPS, BY_ID, LINKS

from privacy_check.judge.links import examine, graded
from privacy_check.render.link import render_link, render_link_json
from privacy_check.render.page import Page


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("https://deep.secret-room.example.org/a/b?c=d#e", "https://*.example.org/[…]?[…]#[…]"),
        ("https://a.b.example.co.uk/", "https://*.example.co.uk"),
        ("https://example.org", "https://example.org"),
        (f"https://{'a' * 60}.org/", f"https://{'a' * 24}….org"),
        ("https://sam:word@example.org/", "https://[name]@example.org"),
        ("https://example.org:8443/x", "https://example.org:[port]/[…]"),
        ("https://192.168.0.7/x", "https://[numbers]"),
        ("https://localhost/x", "https://[…]/[…]"),
        ("my.secretword", "https://[…]"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example"),
        ("https://\uff5aoom.us/x", "https://[…]"),
        ("https:/zoom.us/x", "https://[…]"),
        ("secretword://x", "[…]"),
        ("mailto:sam@example.org", "mailto:[…]"),
        ("https://us02web.zoom.us/pricing", "https://*.zoom.us/[…]"),
        ("https://bit.ly/3abc", "https://bit.ly/[…]"),
        ("https://cloud.example.org/call/erwcr27x", "https://[server]/call/[conversation token]"),
    ],
)
def test_of_an_unknown_address_only_the_end_of_the_host_is_printed(text: str, printed: str) -> None:
    assert examine(text, APPS).redacted == printed


def test_the_grade_is_the_worse_of_the_calls() -> None:
    words, grade = graded(BY_ID["google-meet"])

    assert (words["one-to-one"], words["group"], grade) == (
        "acceptable",
        "not suited",
        "not suited",
    )
    assert graded(BY_ID["sms"])[1] == ""
    assert graded(BY_ID["signal"])[1] == "strong"


def test_the_json_has_its_keys_in_their_order() -> None:
    found = examine("https://us02web.zoom.us/j/81234567890?pwd=S3cret", APPS)
    wire = json.loads(render_link_json(found, BY_ID["zoom"]))

    assert list(wire) == [
        *("schema", "service", "name", "grade", "grades", "opens", "secret", "resembles"),
        *("warnings", "warning_ids", "redacted"),
    ]
    assert (wire["schema"], wire["service"], wire["grade"]) == ("json-v1", "zoom", "acceptable")
    assert set(wire["grades"]) == {"one-to-one", "group", "text"}
    assert wire["warning_ids"] == ["passcode-inside"]
    assert len(wire["warnings"]) == 1


def test_the_json_of_an_unknown_address_names_no_service() -> None:
    wire = json.loads(render_link_json(examine("https://example.org/", APPS), None))

    assert (wire["service"], wire["name"], wire["grade"], wire["grades"]) == (None, None, None, {})


def test_the_text_fits_a_narrow_page() -> None:
    for _, text, _, _ in LINKS:
        found = examine(text, APPS)
        lines = render_link(found, BY_ID[found.service], Page(width=40)).splitlines()
        assert max(map(len, lines)) <= 40
