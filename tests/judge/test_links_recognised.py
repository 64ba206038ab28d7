"""Each call link is recognised as its service's, however it is written, and keeps its secrets."""

import pytest
from call_links import APPS, BY_ID, LINKS, everything

from privacy_check.judge.link_patterns import LINK_FORMS
from privacy_check.judge.links import examine
from privacy_check.record import replaced
from privacy_check.rulebook import vocabulary


@pytest.mark.parametrize(("service", "text", "inside", "printed"), LINKS)
def test_a_link_is_recognised_and_keeps_its_secrets(
    service: str, text: str, inside: str, printed: str
) -> None:
    found = examine(text, APPS)

    assert (found.read, found.service, found.resembles) == (True, service, "")
    assert printed in found.redacted
    assert [word for word in inside.split() if word in found.redacted] == []
    long_ones = [word for word in inside.split() if len(word) > 3 and not word.isalpha()]
    assert [word for word in long_ones if word in everything(found)] == []


def test_each_link_of_the_catalogue_is_tried() -> None:
    tried = [examine(text, APPS).link for _, text, _, _ in LINKS]
    sure = [link for app in APPS for link in app.links if link.hosts or "https" not in link.schemes]

    assert [link for link in sure if link not in tried] == []


@pytest.mark.parametrize(
    "around",
    ["{}\n", " {} \r\n", "<{}>", '"{}"', "'{}'", "\u201c{}\u201d", "<{}>\n", "`{}`", "< {} >"],
)
def test_quotes_and_spaces_around_it_are_left_out(around: str) -> None:
    assert examine(around.format("https://zoom.us/j/81234567890"), APPS).service == "zoom"


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("HTTPS://ZOOM.US/j/81234567890", "zoom"),
        ("https://Us02Web.Zoom.us/j/81234567890", "zoom"),
        ("https://zoom.us:443/j/81234567890", "zoom"),
        ("http://zoom.us:80/j/81234567890", "zoom"),
        ("https://zoom.us/j/81234567890/", "zoom"),
        ("zoom.us/j/81234567890", "zoom"),
        ("zoom.us:443/j/81234567890", "zoom"),
        ("https://zoom.us/j/81234567890?a=1&amp;pwd=x#success", "zoom"),
    ],
)
def test_ways_to_write_the_same_address(text: str, service: str) -> None:
    assert examine(text, APPS).service == service


def test_the_forms_are_those_of_the_vocabulary() -> None:
    assert tuple(LINK_FORMS) == vocabulary.LINK_FORMS


def test_a_pattern_of_an_unknown_kind_fits_nothing() -> None:
    link = replaced(BY_ID["discord"].links[0], forms={"invitation-code": "of-no-kind"})
    app = replaced(BY_ID["discord"], links=(link,))

    assert examine("https://discord.gg/EamjgSaEQf", (app,)).service == ""


def test_without_a_catalogue_nothing_is_recognised() -> None:
    for _, text, _, _ in LINKS:
        assert examine(text, ()).service == ""


def test_the_order_of_the_apps_does_not_matter() -> None:
    for service, text, _, _ in LINKS:
        assert examine(text, APPS[::-1]).service == service
