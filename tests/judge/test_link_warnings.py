"""What in a link is worth a look is told, and nothing is told that is not so."""

import pytest
from call_links import APPS, BY_ID, SAFE, ids

from privacy_check.judge.links import examine
from privacy_check.judge.lookalikes import site_of
from privacy_check.record import replaced
from privacy_check.render.link import sentence
from privacy_check.rulebook.catalogue import Fact, OnLinux, Package


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("https://zoom.us/j/81234567890?pwd=abc", "passcode-inside"),
        ("https://zoom.us/j/81234567890", "no-passcode"),
        ("https://zoom.us/j/81234567890?pwd=", "no-passcode"),
        ("https://zoom.us/j/81234567890?a=1&amp;pwd=abc", "passcode-inside"),
        ("https://call.element.io/room/#/x?roomId=!a:b&password=c", "passcode-inside"),
        ("https://call.element.io/room/#/x?roomId=!a:b", "no-passcode"),
        ("https://example.org/room?password=abc", "passcode-inside"),
        ("https://signal.link/call/#key=abc", "key-inside"),
        ("https://signal.link/call/", "incomplete"),
        ("https://meet.jit.si/sam", "guessable-room"),
        ("https://meet.jit.si/TeamMeeting2026", "guessable-room"),
        ("https://meet.jit.si/weekly-sync", "guessable-room"),
        ("https://meet.jit.si/aaaaaaaaaaaaaaaaaaaaaaaaa", "guessable-room"),
        ("https://meet.jit.si/1234567890", "guessable-room"),
        ("https://whereby.com/dr-jones", "guessable-room"),
        ("jitsi-meet://talk.example.org/Doctor", "guessable-room"),
        ("https://zoom.us/my/sam", "personal-room"),
        ("https://acme.webex.com/meet/sam", "personal-room"),
        ("https://discord.gg/EamjgSaEQf", "invitation-lasts"),
        ("http://meet.jit.si/sam", "plain-http"),
        ("http://example.org/", "plain-http"),
        ("https://z00m.us/j/1", "look-alike"),
        ("https://zoorn.us/j/1", "look-alike"),
        ("https://zooom.us/", "look-alike"),
        ("https://zmoo.us/", "unknown-service"),
        ("https://zomo.us/", "look-alike"),
        ("https://zoom.example/", "look-alike"),
        ("https://vvhereby.com/x", "look-alike"),
        ("https://z\u043e\u043em.us/", "confusable-letters"),
        ("https://xn--zm-fmca.us/", "confusable-letters"),
        ("https://z\u00f6om.us/", "confusable-letters"),
        ("https://\uff5aoom.us/", "confusable-letters"),
        ("https://ex\u0430mple.org/", "confusable-letters"),
        ("https://zoom.us.example.com/", "not-exact-host"),
        ("https://zoom-us.example/", "not-exact-host"),
        ("https://meet-google.com/", "not-exact-host"),
        ("https://zoom.example.com/", "not-exact-host"),
        ("https://joinzoom.example/", "not-exact-host"),
        ("https://zoom.us./j/81234567890", "not-exact-host"),
        ("https://zoom.us@example.org/", "user-info"),
        ("https://127.1/", "ip-address"),
        ("https://[::1]/", "ip-address"),
        ("https://zoom.us:8443/", "unusual-port"),
        ("https://zoom.us/j/81234567890?utm_source=x", "tracking"),
        ("https://zoom.us/j/81234567890?tk=x", "tracking"),
        ("zoommtg://zoom.us/join?confno=123456789&uname=Betty", "tracking"),
        ("https://example.org/?fbclid=x", "tracking"),
        ("https://meet.jit.si/sam#userInfo.displayName=%22Sam%22", "tracking"),
        ("https://meet.jit.si/sam?jwt=x", "login-inside"),
        ("https://meet.jit.si/sam#jwt=x", "login-inside"),
        ("https://whereby.com/sam?roomKey=x", "login-inside"),
        ("https://bbb.example.org/html5client/join?sessionToken=x", "login-inside"),
        ("https://m.me/j/AbbTnHoUPGNjZxcx/?send_source=x", "tracking"),
        ("https://call.element.io/room/#/weekly?displayName=Sam", "tracking"),
        ("https://bit.ly/3abc", "shortened"),
        ("https://goo.gl/3abc", "shortened"),
        (f"{SAFE}https%3A%2F%2Fzoom.us%2Fj%2F81234567890", "wrapped"),
        ("https://example.org/", "unknown-service"),
        ("https://zoom.us/pricing", "not-a-call-link"),
        ("https://google.com/", "not-a-call-link"),
        ("https://join.skype.com/abcdef", "retired-service"),
        ("skype:sam?call", "retired-service"),
        ("https://meet.google.com/lookup/team", "guessable-room"),
        ("https://facetime.apple.com/join", "incomplete"),
        ("https://signal.link/call/#", "incomplete"),
        ("https://call.element.io/room", "incomplete"),
        ("https://meet.proton.me/join/id-2TF92J77", "incomplete"),
        ("https://acme.webex.com/acme/j.php?MTID=", "incomplete"),
        ("zoommtg://zoom.us/join?confno=", "incomplete"),
        ("tg://call?slug=", "incomplete"),
        ("jitsi-meet://xn--zm-fmca.us/Room", "confusable-letters"),
        ("jitsi-meet://meet.jit.si./Room", "not-exact-host"),
        ("https://cloud.example.org/call/erwcr27x", "looks-like-own-server"),
        ("https://cloud.example.org/index.php/call/erwcr27x", "looks-like-own-server"),
        ("https://zoom.us/j/\u200b81234567890", "hidden-characters"),
        ("https:/zoom.us/j/81234567890", "odd-address"),
        ("zoom.us/j/81234567890", "no-scheme"),
    ],
)
def test_what_is_worth_a_look(text: str, warning: str) -> None:
    assert warning in ids(text)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("https://meet.jit.si/GlassyPandasRunQuickly", "guessable-room"),
        ("https://meet.jit.si/8d9c4219-483e-44fe-c826-c70ce1439018", "guessable-room"),
        ("https://meet.jit.si/x7Kq9ZpL2mVw", "guessable-room"),
        ("https://meet.jit.si/xkqjzvtrplmwbd", "guessable-room"),
        ("https://meet.google.com/abc-defg-hij", "guessable-room"),
        ("https://signal.link/call/#key=abc", "no-passcode"),
        ("https://b\u00fccher.example/", "confusable-letters"),
        ("https://\u6771\u4eac\u306e.example/", "confusable-letters"),
        ("https://web.whatsapp.com/", "look-alike"),
        ("https://web.whatsapp.com/", "unknown-service"),
        ("https://goo.gl/3abc", "not-a-call-link"),
        ("https://elementary.example/", "not-exact-host"),
        ("https://t.me/samsgroup?videochat", "incomplete"),
        ("https://meet.jit.si/GlassyPandasRunQuickly", "incomplete"),
        ("https://threema.group/join#T0kenAbc1", "look-alike"),
        ("tel://+15550100", "odd-address"),
        ("facetime://sam@example.org", "user-info"),
        ("https://example.org/", "look-alike"),
        ("https://line.com/", "look-alike"),
        ("https://hire.com/", "look-alike"),
        ("https://sam@zoom.us/j/81234567890", "look-alike"),
        ("https://zoom.us:8443/j/81234567890", "look-alike"),
        ("https://jitsi.example.org/x", "not-exact-host"),
    ],
)
def test_what_is_not_said(text: str, warning: str) -> None:
    assert warning not in ids(text)


def test_the_own_other_site_of_a_service_is_not_called_another_one() -> None:
    for text in ("https://signal.org/install", "https://matrix.org/"):
        said = [sentence(item) for item in examine(text, APPS).noticed]
        assert not [one for one in said if "another" in one]


def test_a_service_that_may_end_is_told() -> None:
    app = replaced(BY_ID["zoom"], status=Fact(values=("at-risk",)))

    assert "service-may-end" in ids("https://zoom.us/j/81234567890", (app,))


def test_the_homes_and_sites_of_an_app_are_no_look_alikes() -> None:
    linux = OnLinux(packages=(Package(name="x", homes=("zoom.example/x",)),), sites=("a.zoom.xyz",))
    app = replaced(BY_ID["zoom"], linux=linux)

    for text in ("https://zoom.example/", "https://zoom.xyz/"):
        assert ids(text, (app,)) == ["not-a-call-link"]
        assert ids(text) == ["look-alike", "unknown-service"]


def test_the_end_of_a_host_says_whose_it_is() -> None:
    hosts = ("example.org", "a.example.org", "a.b.example.co.uk", "co.uk", "localhost", "a.com.au")
    ends = ("example.org", "example.org", "example.co.uk", "co.uk", "localhost", "a.com.au")

    assert tuple(map(site_of, hosts)) == ends
