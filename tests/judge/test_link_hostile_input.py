"""Whatever is given as a link: no secret comes out, nothing is a fault, nothing takes long."""

import time

import pytest
from call_links import APPS, LINKS, SAFE, everything
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privacy_check.judge.address import MOST
from privacy_check.judge.links import LinkFaultError, examine
from privacy_check.rulebook.catalogue import App


def test_a_fault_of_ours_says_where_and_nothing_else() -> None:
    broken: list[App] = [None]  # type: ignore[list-item] # the fault

    with pytest.raises(LinkFaultError) as fault:
        examine("https://zoom.us/j/81234567890?pwd=S3cret", broken)

    assert "AttributeError at privacy_check.judge.links:" in str(fault.value)
    assert fault.value.__cause__ is None
    assert fault.value.__context__ is None


SECRET = st.text("abcdefghjkqxz23456789", min_size=12, max_size=24).map(lambda text: f"Zq9{text}")
TEMPLATES = (
    *(text for _, text, _, _ in LINKS),
    "https://{}.example.org/x",
    "https://example.org/{}",
    "https://example.org/a?{}=b",
    "https://example.org/a?b={}",
    "https://example.org/#{}",
    "https://{}@example.org/",
    "https://a:{}@zoom.us/j/81234567890",
    "https://{}",
    "https://{}/x",
    "https://zoom.us:{}/x",
    "https://zoom.us\\{}",
    "https://z\u043eom.us/{}",
    "https://{}.zoom.us/j/81234567890",
    "https://zoom.us/{}/81234567890",
    "https://zoom.us/j/81234567890?{}",
    "https://zoom.us/j/81234567890?pwd={}",
    "https://zoom.us/j/81234567890#{}",
    "https://zoom.us/my/{}",
    "https://meet.jit.si/{}",
    "https://meet.jit.si/{}#jwt={}",
    "https://t.me/{}?videochat={}",
    "https://bit.ly/{}",
    "https://cloud.example.org/call/{}",
    "jitsi-meet://{}/{}",
    "tox:{}",
    "{}:x",
    "{}://x",
    "{}.{}",
    "{}",
    "a {} b",
    "mailto:{}",
    "https://[{}]/",
    SAFE + "https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3D{}",
    SAFE + "{}",
    "https://urldefense.com/v3/__https://{}/__;{}!!x",
)


@given(st.sampled_from(TEMPLATES), SECRET)
def test_no_planted_secret_comes_out(template: str, secret: str) -> None:
    text = template.replace("{}", secret) if "{}" in template else f"{template}?x={secret}"

    assert secret.lower() not in everything(examine(text, APPS)).lower()


@given(
    st.text(max_size=80), st.sampled_from(("", "https://", "https://zoom.us", "tox:", "sgnl://"))
)
@example("\ud800", "https://zoom.us/")
@example("//[", "https:")
@example("\u2100", "https://zoom.us")
def test_no_text_is_a_fault(text: str, start: str) -> None:
    found = examine(start + text, APPS)

    assert found.read == bool(found.redacted)
    everything(found)


@given(st.text("ab.:/?#@%[]\\&=-_zoomus\u3002\uff0f\u200b 0x1", max_size=60))
@settings(max_examples=300)
def test_what_is_named_stands_in_the_address_as_it_is(text: str) -> None:
    address = f"https://{text}/j/81234567890"
    if examine(address, APPS).service:
        host = text.lower().removesuffix(":443")
        assert host in ("zoom.us", "zoom.com") or host.endswith((".zoom.us", ".zoom.com"))


LONG = (
    "a",
    "/",
    "%",
    "%41",
    "&",
    "=",
    "&a=b",
    ".",
    "-",
    "@",
    "#",
    "?",
    "[",
    "\\",
    "<",
    ":",
    "\u043e",
    "\u0301",
    "..",
    "xn--",
    "9",
    "*",
    "__;",
)
STARTS = (
    "",
    "https://",
    "https://zoom.us/",
    "https://zoom.us/j/",
    "https://meet.jit.si/",
    "https://meet.jit.si/x?",
    "https://meet.jit.si/x#",
    "https://teams.microsoft.com/l/meetup-join/",
    "jitsi-meet://",
    "https://urldefense.com/v3/__",
    SAFE,
)


@pytest.mark.parametrize("start", STARTS)
def test_the_longest_address_is_looked_at_quickly(start: str) -> None:
    before = time.process_time()
    for piece in LONG:
        text = start + piece * (MOST // len(piece))
        found = examine(text[:MOST], APPS)
        assert len(everything(found)) < 5000
    assert time.process_time() - before < 0.5 * len(LONG)
