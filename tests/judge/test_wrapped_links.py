"""An address inside another one is unwrapped and judged, as far as it can be read."""

import pytest
from call_links import APPS, SAFE, everything, ids

from privacy_check.judge.links import examine

POINT = "https://urldefense.proofpoint.com"


@pytest.mark.parametrize(
    "text",
    [
        SAFE + "https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret&data=05%7Csam%40x",
        "https://www.google.com/url?q=https://zoom.us/j/81234567890%3Fpwd%3DS3cret&sa=D",
        "https://google.com/url?url=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret",
        "https://slack-redir.net/link?url=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret",
        "https://l.wl.co/l?u=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret",
        "https://www.linkedin.com/safety/go?url=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret",
        "https://www.youtube.com/redirect?v=x&q=https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fzoom.us%2fj%2f81234567890%3fpwd%3dS3cret&c=E",
        (
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url="
            "https%3A%2F%2Fzoom.us%2Fj%2F81234567890%3Fpwd%3DS3cret&locale=en"
        ),
        "https://urldefense.com/v3/__https://zoom.us/j/81234567890?pwd=S3cret__;!!ACWV!x$",
        "https://urldefense.com/v3/__https:/zoom.us/j/81234567890*pwd=S3cret__;Pw!!ACWV!x$",
        "https://urldefense.com/v3/__https:**Azoom.us/j/81234567890?pwd=S3cret__;Ly8!!ACWV!x$",
        f"{POINT}/v2/url?u=https-3A__zoom.us_j_81234567890-3Fpwd-3DS3cret&d=Bwd&c=x",
        f"{POINT}/v1/url?u=https://zoom.us/j/81234567890%3Fpwd%3DS3cret&k=x",
    ],
)
def test_a_wrapped_address_is_unwrapped_and_judged(text: str) -> None:
    found = examine(text, APPS)

    assert found.service == "zoom"
    assert ids(text)[0] == "wrapped"
    assert "passcode-inside" in ids(text)
    assert found.redacted.endswith("[…] > https://zoom.us/j/[meeting number]?pwd=[passcode]")
    assert "S3cret" not in everything(found)
    assert "81234" not in everything(found)


@pytest.mark.parametrize(
    "inside", ["", "not%20an%20address", "%00", "zoom.us%2Fj%2F81234567890", "hunter2%3A"]
)
def test_a_wrapped_address_that_cannot_be_read_is_no_service(inside: str) -> None:
    found = examine(SAFE + inside, APPS)

    assert (found.read, found.service) == (True, "")
    assert [item.id for item in found.noticed] == ["wrapped", "unknown-service"]
    assert "hunter2" not in everything(found)


def test_the_same_address_twice_in_a_wrapper_is_one() -> None:
    inner = "https://zoom.us/j/81234567890"

    assert examine(f"https://www.google.com/url/?q={inner}&url={inner}", APPS).service == "zoom"
    assert examine(f"https://www.google.com/url?q=&url={inner}", APPS).service == "zoom"


def test_it_is_unwrapped_three_times_and_not_more() -> None:
    text = "https://zoom.us/j/81234567890"
    services = []
    for _ in range(4):
        text = "https://slack-redir.net/link?url=" + text.replace("%", "%25").replace("&", "%26")
        services.append(examine(text, APPS).service)

    assert services == ["zoom", "zoom", "zoom", ""]


def test_a_bad_base64_inside_is_no_fault() -> None:
    for marks in ("A", "____", "gICA", "*"):
        text = f"https://urldefense.com/v3/__https://zoom.us/j/8123456*__;{marks}!!x!y$"
        assert examine(text, APPS).service == ""
