"""Call links of each service, made by hand in the shapes that the sources in the app files show.

With them, what the tests of links share: the catalogue, and what can be seen of a link.
"""

from collections.abc import Sequence
from pathlib import Path

from privacy_check.judge.links import Examined, examine
from privacy_check.render.link import render_link, render_link_json
from privacy_check.render.page import Page
from privacy_check.rulebook.catalogue import App
from privacy_check.rulebook.load import load

BOOK = load([Path(__file__).resolve().parents[2] / "rules"]).book
assert BOOK is not None
APPS = BOOK.apps
BY_ID = {app.id: app for app in APPS}
TOX = "56A1ADE4B65B86BCD51CC73E2CD4E542179F47959FE3E0E21B4B0ACDADE51855D34D34D37CB5"
TEAMS = "https://teams.microsoft.com/l/meetup-join/"
SAFE = "https://nam11.safelinks.protection.outlook.com/?url="

# The service, the address, what in it stays inside, and what is printed instead.
LINKS = (
    ("signal", "https://signal.link/call/#key=bcdf-ghkm-npqr", "bcdf", "/call#[call key]"),
    (
        "signal",
        "sgnl://signal.link/call#key=bcdf-ghkm",
        "bcdf",
        "sgnl://signal.link/call#[call key",
    ),
    ("signal", "https://signal.group/#CjQKIEt57YiluJ", "CjQK", "https://signal.group#[invitation]"),
    ("signal", "https://signal.me/#p/+15550100", "1555", "#[phone number or name]"),
    ("whatsapp", "https://call.whatsapp.com/video/4TTXpaqkz2Lu", "4TTX", "/video/[call code]"),
    ("whatsapp", "https://call.whatsapp.com/voice/6BltD24KmGj7", "6Blt", "/voice/[call code]"),
    ("whatsapp", "https://chat.whatsapp.com/KjTyyb4vvO20L0", "KjTy", "/[invitation code]"),
    ("messenger", "https://www.messenger.com/groupcall/LINK:7VQCjiGj/", "7VQC", "/[room number]"),
    ("messenger", "https://www.facebook.com/groupcall/ROOM:123456", "1234", "/[room number]"),
    ("facetime", "https://facetime.apple.com/join#v=1&p=AeVKu1rG&k=FrCNne", "AeVK", "#[call keys]"),
    ("facetime", "facetime:+15550100", "1555", "facetime:[phone or mail]"),
    ("facetime", "facetime-audio://sam%40example.org", "sam", "facetime-audio://[phone or mail]"),
    ("google-meet", "https://meet.google.com/abc-defg-hij", "defg", "/[meeting code]"),
    ("google-meet", "https://meet.google.com/_meet/abc-defg-hij", "defg", "_meet/[meeting code]"),
    ("google-meet", "https://meet.google.com/abc-defg-hij?authuser=sam", "sam", "code]?[…]"),
    (
        "google-meet",
        "https://stream.meet.google.com/stream/abc12ab1-abc1-1234-123a-a1234a1abc12",
        "abc12",
        "https://stream.meet.google.com/stream/[stream code]",
    ),
    ("google-meet", "https://duo.app.goo.gl/aBcDeF", "aBcD", "https://duo.app.goo.gl/[invitation"),
    (
        "zoom",
        "https://us02web.zoom.us/j/81234567890?pwd=S3cretPass.1",
        "S3cretPass 81234 us02",
        "https://*.zoom.us/j/[meeting number]?pwd=[passcode]",
    ),
    (
        "zoom",
        "https://zoom.us/w/81234567890?tk=Personal",
        "81234 Personal",
        "/w/[meeting number]?[…]",
    ),
    ("zoom", "https://acme.zoom-x.de/j/65194487075", "acme 65194", "https://*.zoom-x.de/j/[meet"),
    ("zoom", "https://zoomgov.com/s/1601234567", "16012", "https://zoomgov.com/s/[meeting"),
    (
        "zoom",
        "https://app.zoom.us/wc/81234567890/join?pwd=S3cret",
        "8123 S3cret",
        "]/join?pwd=[pass",
    ),
    ("zoom", "https://zoom.us/wc/join/81234567890", "8123", "/wc/join/[meeting number]"),
    (
        "zoom",
        "https://zoom.us/my/sam.jones?pwd=S3cret",
        "sam S3cret",
        "/my/[room name]?pwd=[passcode]",
    ),
    (
        "zoom",
        "zoommtg://zoom.us/join?confno=123456789&pwd=S3cret&zc=0&browser=x&uname=Betty",
        "1234 S3cret Betty browser",
        "zoommtg://zoom.us/join?confno=[…]&pwd=[passcode]&[…]",
    ),
    (
        "teams-work",
        f"{TEAMS}19%3ameeting_NjExOTkx%40thread.v2/0?context=%7b%22Tid%22%3a%2239e63823%22%7d",
        "NjEx 39e6",
        "https://teams.microsoft.com/l/meetup-join/[thread]/[message]?[…]",
    ),
    (
        "teams-work",
        "msteams://teams.microsoft.com/l/meetup-join/19:meeting_NjExOTkx@thread.v2/0",
        "NjEx",
        "msteams://teams.microsoft.com/l/meetup-join/[thread]/[message]",
    ),
    (
        "teams-work",
        "https://teams.microsoft.com/meet/39188796?p=gs3i4B",
        "3918 gs3i",
        "?p=[passcode]",
    ),
    (
        "teams-work",
        "https://gov.teams.microsoft.us/meet/39188796?p=gs3i4B",
        "3918 gs3i",
        "/meet/[m",
    ),
    ("teams-work", "https://teams.cloud.microsoft/meet/39188796?p=gs3i4B", "3918 gs3i", "/meet/[m"),
    (
        "teams-free",
        "https://teams.live.com/meet/9326458712345?p=gs3i4B",
        "9326 gs3i",
        "?p=[passcode]",
    ),
    ("skype", "https://join.skype.com/aBcDeF123456", "aBcD", "https://join.skype.com/[call code]"),
    ("skype", "https://join.skype.com/invite/aBcDeF123456", "aBcD", "/invite/[call code]"),
    ("discord", "https://discord.gg/EamjgSaEQf", "Eamj", "https://discord.gg/[invitation code]"),
    ("discord", "https://discord.com/invite/EamjgSaEQf", "Eamj", "/invite/[invitation code]"),
    ("telegram", "https://t.me/call/KigSDr0fLj8wlqJ9", "KigS", "https://t.me/call/[call code]"),
    ("telegram", "tg://call?slug=KigSDr0fLj8", "KigS", "tg://call?slug=[…]"),
    ("telegram", "tg:call?slug=KigSDr0fLj8", "KigS", "tg:call?slug=[…]"),
    ("telegram", "https://t.me/+2P62YW1Pt441NDUx", "2P62", "https://t.me/+[invitation code]"),
    ("telegram", "https://telegram.me/joinchat/HgrRTQ93gZ", "HgrR", "/joinchat/[invitation code]"),
    ("telegram", "tg://join?invite=AAAAAFEeUU0X", "AAAA", "tg://join?invite=[…]"),
    ("telegram", "https://t.me/samsgroup?videochat", "sams", "/[group name]?videochat"),
    ("telegram", "https://t.me/samsgroup?voicechat=a1B2", "sams a1B2", "?voicechat=[…]"),
    (
        "element",
        "https://call.element.io/room/#/weekly?roomId=!id7:domain&password=S3cret",
        "weekly id7 S3cret",
        "https://call.element.io/room#[room name, ids and password]",
    ),
    ("element", "https://call.element.io/samsroom", "sams", "https://call.element.io/[room name]"),
    ("element", "https://matrix.to/#/!mYtxXIY:matrix.org?via=x", "mYtx", "#[room or person]"),
    ("jitsi-public", "https://meet.jit.si/SamAndKim?jwt=eyJh", "SamAnd eyJh", "/[room name]?[…]"),
    (
        "jitsi-public",
        "https://meet.jit.si/Gr%C3%B6%C3%9Fe#config.x=1",
        "Gr%",
        "[room name]#[options",
    ),
    (
        "jitsi-public",
        "jitsi-meet://meet.jit.si/SamAndKim",
        "SamAnd",
        "jitsi-meet://meet.jit.si/[room",
    ),
    ("jitsi-self", "jitsi-meet://talk.sam.example/SamAndKim", "sam Sam", "://[server]/[room name]"),
    (
        "jitsi-self",
        "jitsi-meet://10.0.0.7:8443/SamAndKim",
        "10.0 8443 Sam",
        "://[server]/[room name]",
    ),
    (
        "wire",
        "https://account.wire.com/conversation-join/?key=T-Wg&code=l9Kz",
        "T-Wg l9Kz",
        "code=[…]",
    ),
    ("wire", "wire://conversation-join/?key=T-Wg&code=l9Kz", "T-Wg l9Kz", "?key=[…]&code=[…]"),
    ("threema", "https://threema.id/PY9AVUVT?text=hello", "PY9A hello", "/[threema id]?[…]"),
    ("threema", "threema://add?id=PY9AVUVT", "PY9A", "threema://add?id=[…]"),
    (
        "simplex",
        "https://simplex.chat/contact#/?v=2-7&smp=smp%3A%2F%2Fu2dS",
        "u2dS",
        "#[invitation]",
    ),
    (
        "simplex",
        "simplex:/invitation#/?v=2-7&smp=smp%3A%2F%2Fu2dS",
        "u2dS",
        "simplex:/invitation#[",
    ),
    (
        "simplex",
        "https://smp6.simplex.im/a#lrdvu2d8A1Gum",
        "lrdv smp6",
        "https://*.simplex.im/a#[inv",
    ),
    ("tox", f"tox:{TOX}", "56A1", "tox:[tox id]"),
    (
        "webex",
        "https://acme.webex.com/acme/j.php?MTID=m0123abc",
        "acme m012",
        "/[site]/j.php?MTID=[…]",
    ),
    ("webex", "https://acme.webex.com/meet/sam.jones", "acme sam", "webex.com/meet/[room name]"),
    ("slack-huddles", "https://app.slack.com/huddle/T01ABC/C02ABC", "T01 C02", "/[team]/[channel]"),
    ("slack-huddles", "slack://join-huddle?team=T01ABC&id=C02ABC", "T01 C02", "?team=[…]&id=[…]"),
    (
        "goto-meeting",
        "https://global.gotomeeting.com/join/589781757",
        "5897",
        "*.gotomeeting.com/join/[",
    ),
    ("goto-meeting", "https://meet.goto.com/119227189", "1192", "meet.goto.com/[meeting number]"),
    ("goto-meeting", "https://gotomeet.me/SamJones", "Sam", "https://gotomeet.me/[room name]"),
    ("whereby", "https://whereby.com/sams-room", "sams", "https://whereby.com/[room name]"),
    (
        "whereby",
        "https://acme.whereby.com/sams?roomKey=eFhcG",
        "acme sams eFhc",
        "/[room name]?[…]",
    ),
    (
        "proton-meet",
        "https://meet.proton.me/join/id-2TF92J77#pwd-i3LW",
        "2TF9 i3LW",
        "[meeting id]#[p",
    ),
    (
        "zoom",
        "https://us02web.zoom.us/j/81234567890?pwd=S3cret#success",
        "8123 S3cret success",
        "/j/[meeting number]?pwd=[passcode]#[…]",
    ),
    (
        "zoom",
        "https://app.zoom.us/wc/81234567890/start?fromPWA=1&pwd=S3cret",
        "8123 S3cret",
        "/wc/[meeting number]/start?[…]&pwd=[passcode]",
    ),
    (
        "zoom",
        "https://us02web.zoom.us/meeting/register/tZAkcu2qrjkqHtQ",
        "tZAk us02",
        "/meeting/register/[registration code]",
    ),
    ("zoom", "https://zoom.us/webinar/register/WN_abc1DEF", "abc1", "/register/[registration code"),
    (
        "zoom",
        "zoomus://zoom.us/join?confno=81234567890&pwd=S3cret",
        "8123 S3cret",
        "zoomus://zoom.us/join?confno=[…]&pwd=[passcode]",
    ),
    (
        "teams-work",
        "https://dod.teams.microsoft.us/l/meetup-join/19%3adod%3ameeting_NjExOTkx%40thread.v2/0",
        "NjEx",
        "https://dod.teams.microsoft.us/l/meetup-join/[thread]/[message]",
    ),
    (
        "teams-work",
        "https://teams.microsoft.us/meet/39188796?p=gs3i4B",
        "3918 gs3i",
        "/meet/[meeting number]?p=[passcode]",
    ),
    (
        "teams-work",
        "https://teams.cloud.microsoft/l/meetup-join/19:meeting_NjExOTkx@thread.v2/0?context=x",
        "NjEx",
        "/l/meetup-join/[thread]/[message]?[…]",
    ),
    (
        "teams-work",
        "https://teams.microsoft.com/v2/?meetingjoin=true#/l/meetup-join/19:meeting_NjExOTkx@thr/0",
        "NjEx true",
        "/v2?meetingjoin=[…]#[thread, or meeting number and passcode]",
    ),
    (
        "teams-work",
        "https://teams.microsoft.com/v2/?meetingjoin=true#/meet/39188796?p=gs3i4B",
        "3918 gs3i",
        "#[thread, or meeting number and passcode]",
    ),
    (
        "teams-work",
        "msteams:/l/meetup-join/19:meeting_NjExOTkx@thread.v2/0?context=x",
        "NjEx",
        "msteams:/l/meetup-join/[thread]/[message]?[…]",
    ),
    (
        "google-meet",
        "https://meet.google.com/lookup/hkoh65de4m?authuser=0&hs=179",
        "hkoh 179",
        "/lookup/[meeting name]?[…]",
    ),
    ("google-meet", "https://g.co/meet/samskim1", "sams", "https://g.co/meet/[meeting name]"),
    (
        "webex",
        "https://acme.webex.com/webappng/sites/acme/meeting/info/e78c8f71917e?MTID=m0123abc",
        "acme e78c m012",
        "/webappng/sites/[site]/meeting/info/[meeting id]?[…]",
    ),
    (
        "webex",
        "https://acme.webex.com/webappng/sites/acme/meeting/download/e78c8f71917e",
        "acme e78c",
        "/webappng/sites/[site]/meeting/download/[meeting id]",
    ),
    ("whatsapp", "https://chat.whatsapp.com/invite/KjTyyb4vvO20L0", "KjTy", "/[invitation code]"),
    ("whatsapp", "whatsapp://chat?code=KjTyyb4vvO20L0", "KjTy", "whatsapp://chat?code=[…]"),
    ("whatsapp", "whatsapp://call?phone=15550100", "1555", "whatsapp://call?phone=[…]"),
    ("whatsapp", "https://wa.me/15550100?text=hello", "1555 hello", "wa.me/[phone number]?[…]"),
    ("whatsapp", "https://wa.me/qr/ABCD1234EFGH", "ABCD", "https://wa.me/qr/[contact code]"),
    ("discord", "https://www.discord.gg/EamjgSaEQf", "Eamj", "www.discord.gg/[invitation code]"),
    ("discord", "https://ptb.discord.com/invite/EamjgSaEQf", "Eamj", "/invite/[invitation code]"),
    ("discord", "discord://-/invite/EamjgSaEQf", "Eamj", "discord://-/invite/[invitation code]"),
    (
        "jitsi-public",
        "https://meet.jit.si/moderated/5f72b8512244c47c91b3d609dc705545?jwt=eyJhbGci",
        "5f72 eyJh",
        "https://meet.jit.si/moderated/[room id]?[…]",
    ),
    (
        "jitsi-public",
        "org.jitsi.meet://meet.jit.si/SamAndKim",
        "SamAnd",
        "org.jitsi.meet://meet.jit.si/[room name]",
    ),
    ("telegram", "https://t.me/samsgroup?livestream=a1B2", "sams a1B2", "?livestream=[…]"),
    ("telegram", "tg://resolve?domain=samsgroup&videochat=a1B2", "sams a1B2", "&videochat=[…]"),
    (
        "telegram",
        "tg://resolve?domain=samsgroup&voicechat",
        "sams",
        "tg://resolve?domain=[…]&voice",
    ),
    ("telegram", "tg://resolve?domain=samsgroup&livestream=a1B2", "sams a1B2", "&livestream=[…]"),
    ("messenger", "https://m.me/j/AbbTnHoUPGNjZxcx/?send_source=x", "AbbT", "/j/[invitation code]"),
    ("messenger", "https://m.facebook.com/groupcall/LINK:7VQCjiGj/", "7VQC", "/[room number]"),
    ("skype", "skype:sam.jones1?call", "sam jones1", "skype:[skype name]?call"),
    ("threema", "https://threema.group/join#T0kenAbc1", "T0ke", "threema.group/join#[invitation]"),
    ("goto-meeting", "https://www.gotomeet.me/SamJones1", "Sam", "www.gotomeet.me/[room name]"),
    ("goto-meeting", "https://meet.goto.com/SamJones1", "Sam", "https://meet.goto.com/[room name]"),
    ("goto-meeting", "https://app.goto.com/meeting/119227189", "1192", "/meeting/[meeting number]"),
    (
        "simplex",
        "https://smp10.simplex.im/c#q09nMBmWFGz1",
        "q09n smp10",
        "simplex.im/c#[invitation",
    ),
    (
        "simplex",
        "simplex:/g#lrdvu2d8A1Gum?h=smp6.simplex.im",
        "lrdv smp6",
        "simplex:/g#[invitation",
    ),
    ("signal", "sgnl://joingroup#CjQKIEt57YiluJ", "CjQK", "sgnl://joingroup#[invitation]"),
    (
        "element",
        "https://call.element.io/#/weekly?password=S3cret",
        "weekly S3cret",
        "https://call.element.io#[room name, ids and password]",
    ),
    ("phone-call", "tel:+1-555-0100,,81234567890#", "0100 8123", "tel:[phone number]"),
    (
        "phone-call",
        "tel:+15550100,,81234567890#,,,,*987654#",
        "8123 9876",
        "tel:[phone number]#[…]",
    ),
    ("phone-call", "tel:+1%20555%200100", "0100", "tel:[phone number]"),
    ("phone-call", "tel:+15550100", "1555", "tel:[phone number]"),
    ("phone-call", "tel://+15550100", "1555", "tel://[phone number]"),
)


def everything(found: Examined) -> str:
    """Return all that can be seen of what was found."""
    app = BY_ID.get(found.service)
    shown = (
        render_link(found, app, Page(width=80)),
        render_link_json(found, app),
        # The record of the catalogue is no part of the address.
        repr([value for name, value in vars(found).items() if name != "link"]),
    )
    return "\n".join(shown)


def ids(text: str, apps: Sequence[App] = APPS) -> list[str]:
    return [item.id for item in examine(text, apps).noticed]
