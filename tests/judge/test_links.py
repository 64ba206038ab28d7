"""Call links: each service is recognised, near misses are not, and no secret comes out again.

The addresses are made by hand, in the shapes that the sources in the app files show.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wording import avoided

from privacy_check.judge.address import MOST
from privacy_check.judge.links import LINK_FORMS, Examined, LinkFaultError, examine, graded
from privacy_check.judge.lookalikes import site_of
from privacy_check.record import replaced
from privacy_check.render.link import (
    HOW_TO_GIVE,
    NOTICES,
    UNREAD,
    render_link,
    render_link_json,
    sentence,
)
from privacy_check.render.page import Page
from privacy_check.rulebook import vocabulary
from privacy_check.rulebook.catalogue import App, Fact, OnLinux, Package
from privacy_check.rulebook.load import load

BOOK = load([Path(__file__).resolve().parents[2] / "rules"]).book
assert BOOK is not None
APPS = BOOK.apps
BY_ID = {app.id: app for app in APPS}

TOX = "56A1ADE4B65B86BCD51CC73E2CD4E542179F47959FE3E0E21B4B0ACDADE51855D34D34D37CB5"
TEAMS = "https://teams.microsoft.com/l/meetup-join/"
POINT = "https://urldefense.proofpoint.com"
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

# Addresses that are not taken for a service, each with the reason.
NEAR_MISSES = (
    ("https://zoom.us.example.com/j/81234567890", "the host goes on"),
    ("https://zoom-us.example/j/81234567890", "a hyphen for the dot"),
    ("https://zoomus.example/j/81234567890", "no dot"),
    ("https://meet-google.com/abc-defg-hij", "a hyphen for the dot"),
    ("https://meet.google.com.example.org/abc-defg-hij", "the host goes on"),
    ("https://zoom.example.com/j/81234567890", "the name as a subdomain"),
    ("https://webex.example.net/acme/j.php?MTID=m0", "the name as a subdomain"),
    ("https://z00m.us/j/81234567890", "numbers for letters"),
    ("https://zoorn.us/j/81234567890", "rn for m"),
    ("https://zooom.us/j/81234567890", "one letter more"),
    ("https://zom.us/j/81234567890", "one letter less"),
    ("https://zomo.us/j/81234567890", "two letters exchanged"),
    ("https://soom.us/j/81234567890", "one letter other"),
    ("https://zoom.co/j/81234567890", "another top level"),
    ("https://zoom.usa/j/81234567890", "one letter more at the end"),
    ("https://singal.link/call/#key=abc", "two letters exchanged"),
    ("https://z\ufe0foom.us/j/81234567890", "a mark that changes another"),
    ("https://\u2100zoom.us/j/81234567890", "a letter that becomes a slash"),
    ("https://xn--.zoom.us/j/81234567890", "letters that cannot be decoded"),
    ("https://xn--a.zoom.us/j/81234567890", "letters that cannot be decoded"),
    ("https://\u2603.zoom.us/j/81234567890", "a sign that no host has"),
    ("https://teams.live.comm/meet/39188796?p=x", "one letter more at the end"),
    ("https://zoom.uk/j/81234567890", "another top level"),
    ("https://xzoom.us/j/81234567890", "no dot in front of the host"),
    ("https://evilzoom.us/j/81234567890", "no dot in front of the host"),
    ("https://meet.goog1e.com/abc-defg-hij", "a number for a letter"),
    ("https://meets.google.com/abc-defg-hij", "another host of the site"),
    ("https://google.com/abc-defg-hij", "the site without the host"),
    ("https://signa1.link/call/#key=abc", "a number for a letter"),
    ("https://signal.link.example/call/#key=abc", "the host goes on"),
    ("https://dlscord.gg/EamjgSaEQf", "l for i"),
    ("https://discord.gift/EamjgSaEQf", "another top level"),
    ("https://whatsapp.com/video/4TTXpaqkz2Lu", "the site without the host"),
    ("https://call-whatsapp.com/video/4TTXpaqkz2Lu", "a hyphen for the dot"),
    ("https://teams.microsoft.com.example/meet/39188796?p=x", "the host goes on"),
    ("https://teams-microsoft.com/meet/39188796?p=x", "a hyphen for the dot"),
    ("https://xn--zm-fmca.us/j/81234567890", "Cyrillic letters, encoded"),
    ("https://z\u043e\u043em.us/j/81234567890", "Cyrillic letters"),
    ("https://z\u00f6om.us/j/81234567890", "an accent"),
    ("https://\uff5aoom.us/j/81234567890", "a full-width letter"),
    ("https://zoom\u3002us/j/81234567890", "an ideographic full stop"),
    ("https://zoom\uff0eus/j/81234567890", "a full-width full stop"),
    ("https://zoom.us\uff0fj/81234567890", "a full-width slash"),
    ("https://zo\u200bom.us/j/81234567890", "a character of no width"),
    ("https://zoom.us/j/8123456\u202e7890", "a mark that turns the order"),
    ("https://zo\u00adom.us/j/81234567890", "a soft hyphen"),
    ("https://zoom.us/j/8123\t4567890", "a tab inside"),
    ("ht\ttps://zoom.us/j/81234567890", "a tab in the scheme"),
    ("https://zoom.us/j/8123\x004567890", "a NUL inside"),
    ("https://zoom.us\\@example.org/j/81234567890", "a backslash"),
    ("https:\\\\zoom.us\\j\\81234567890", "backslashes for slashes"),
    ("https://example.org\\.zoom.us/j/81234567890", "a backslash in the host"),
    ("https://zoom.us@example.org/j/81234567890", "the service as a user"),
    ("https://zoom.us:81234@example.org/j/81234567890", "the service as a user with a word"),
    ("https://sam@zoom.us/j/81234567890", "a user"),
    ("https://a@b@zoom.us/j/81234567890", "two users"),
    ("https://z%6fom.us/j/81234567890", "percent signs in the host"),
    ("https://zoom.us%2f@example.org/j/81234567890", "percent signs in the host"),
    ("https://zoom.us%00.example.org/j/81234567890", "a hidden NUL in the host"),
    ("https://zoom.us:8443/j/81234567890", "another port"),
    ("https://zoom.us:80/j/81234567890", "the port of http"),
    ("https://zoom.us:/j/81234567890", "an empty port"),
    ("https://zoom.us:443a/j/81234567890", "a port that is no number"),
    ("https://zoom.us:99999/j/81234567890", "a port out of range"),
    ("https://zoom.us:\uff14\uff14\uff13/j/81234567890", "a port of full-width digits"),
    ("https://zoom.us:4:43/j/81234567890", "two ports"),
    ("https://zoom.us./j/81234567890", "a dot at the end"),
    ("https://zoom.us../j/81234567890", "two dots at the end"),
    ("https://.zoom.us/j/81234567890", "a dot at the start"),
    ("https://a..zoom.us/j/81234567890", "an empty label"),
    ("https://-.zoom.us/j/81234567890", "a label of a hyphen"),
    ("https://zoom.us,example.org/j/81234567890", "a comma in the host"),
    ("https://zoom.us;example.org/j/81234567890", "a semicolon in the host"),
    ("https://zoom.us*/j/81234567890", "a star in the host"),
    ("https://{zoom.us}/j/81234567890", "braces in the host"),
    ("https://127.0.0.1/j/81234567890", "numbers"),
    ("https://0x7f.1/j/81234567890", "numbers with base 16"),
    ("https://0177.0.0.1/j/81234567890", "numbers with base 8"),
    ("https://2130706433/j/81234567890", "one number"),
    ("https://[::1]/j/81234567890", "an IPv6 address"),
    ("https://[::ffff:127.0.0.1]/j/81234567890", "an IPv4 address in an IPv6 one"),
    ("https://[fe80::1%25eth0]/j/81234567890", "a zone"),
    ("https://[zoom.us]/j/81234567890", "a name in brackets"),
    ("https://[::1/j/81234567890", "one bracket"),
    ("https:/zoom.us/j/81234567890", "one slash"),
    ("https:///zoom.us/j/81234567890", "three slashes"),
    ("https:zoom.us/j/81234567890", "no slash"),
    ("ftp://zoom.us/j/81234567890", "another scheme"),
    ("wss://zoom.us/j/81234567890", "another scheme"),
    ("zoommtg://example.org/join?confno=123456789", "the app's scheme, another host"),
    ("zoommtg://zoom.us/join", "no number"),
    ("sgnl://signal.link/other#key=abc", "another path"),
    ("sgnl://example.org/call#key=abc", "the app's scheme, another host"),
    ("msteams://teams.live.com/meet/39188796", "the scheme of the other Teams"),
    ("tg://resolve?domain=samsgroup", "a group, and no call"),
    ("tg://call", "no code"),
    ("tox:56A1ADE4", "too short for an id"),
    ("https://zoom.us/", "no path"),
    ("https://zoom.us/pricing", "a page"),
    ("https://zoom.us/J/81234567890", "a capital letter in the path"),
    ("https://zoom.us/j/81234567890/more", "the path goes on"),
    ("https://zoom.us//j/81234567890", "two slashes"),
    ("https://zoom.us/%6a/81234567890", "percent signs in the path"),
    ("https://zoom.us/x/../j/81234567890", "a step back"),
    ("https://zoom.us/my/..", "a step back"),
    ("https://zoom.us/my/%2e%2e", "a hidden step back"),
    ("https://meet.jit.si/a%2fb", "a hidden slash"),
    ("https://zoom.us/j/12345", "too few digits"),
    ("https://zoom.us/j/812345678901234567890123", "too many digits"),
    ("https://zoom.us/j/8123456789O", "a letter among digits"),
    ("https://zoom.us/j/\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "Arabic digits"),
    ("https://support.zoom.us/my/article", "pages of help"),
    ("https://meet.google.com/new", "a page"),
    ("https://meet.google.com/abc-defg-hi", "one letter less"),
    ("https://meet.google.com/abc_defg_hij", "other marks"),
    ("https://meet.google.com/ABC-DEFG-HIJ", "capital letters"),
    ("https://meet.jit.si/", "no room"),
    ("https://meet.jit.si/config.js", "a file"),
    ("https://meet.jit.si/static/dialInInfo.html?room=x", "a page"),
    ("https://whereby.com/pricing", "a page"),
    ("https://docs.whereby.com/whereby-101", "pages of help"),
    ("https://discord.com/channels/1/2", "another path"),
    ("https://discord.com/EamjgSaEQf", "no invitation"),
    ("https://t.me/samsgroup", "a group, and no call"),
    ("https://acme.webex.com/acme/j.php", "no MTID"),
    ("https://webex.com/meet/sam", "no site"),
    ("https://app.slack.com/client/T01ABC/C02ABC", "another path"),
    ("https://account.wire.com/conversation-join/?key=T-Wg", "no code"),
    ("https://threema.id/compose?text=x", "a page"),
    ("https://simplex.im/a#lrdvu2", "no server in front"),
    ("https://teams.microsoft.com/v2/", "the app itself"),
    ("https://example.org/?u=https://zoom.us/j/81234567890", "a host that is no wrapper we know"),
    ("https://example.org/#https://zoom.us/j/81234567890", "in the fragment"),
    ("https://example.org/zoom.us/j/81234567890", "in the path"),
    (
        "https://safelinks.protection.outlook.com.example/?url=https%3A%2F%2Fzoom.us%2Fj%2F1234567",
        "-",
    ),
    ("https://bit.ly/3abc", "a short address"),
    ("https://tinyurl.com/zoom-us-call", "a short address"),
    ("https://cloud.example.org/call/erwcr27x", "only like Nextcloud Talk"),
    ("https://bbb.example.edu/rooms/abc-def-ghi-jkl/join", "only like BigBlueButton"),
    ("https://jitsi.example.org/SamAndKim", "an own server shows nothing"),
    ("https://example.org/", "any page"),
    ("https://localhost/j/81234567890", "this computer"),
    ("https://www.google.com/urlx?q=https://zoom.us/j/81234567890", "no path of the wrapper"),
    ("https://www.google.com/url/../x?q=https://zoom.us/j/81234567890", "a step back"),
    ("https://slack-redir.net/linkx?url=https://zoom.us/j/81234567890", "no path of the wrapper"),
    (
        "https://urldefense.com/v3/x?/v3/__https://zoom.us/j/81234567890__;!!y!z$",
        "in the query of a wrapper",
    ),
    (
        "https://www.google.com/url?url=https://zoom.us/j/81234567890&q=https://example.org/",
        "a wrapper with two addresses",
    ),
    ("jitsi-meet://meet.jit.si./SamAndKim", "a dot at the end"),
    ("jitsi-meet://meet.jit.si:8443/SamAndKim", "another port of a known host"),
    ("jitsi-meet:meet.jit.si/SamAndKim", "no slashes"),
    ("jitsi-meet://zoom.us/SamAndKim", "a server of another service"),
    ("jitsi-meet://xn--zm-fmca.us/SamAndKim", "Cyrillic letters, encoded"),
    ("jitsi-meet://zoom.us.example.com/SamAndKim", "the name of a service inside"),
    ("jitsi-meet://sam@example.org/SamAndKim", "a user"),
    ("tel:*21*81234567890#", "a code for the phone network"),
    ("tel:##002#", "a code for the phone network"),
    ("tel:zoom.us", "no number"),
    ("facetime:javascript", "neither a number nor a mail address"),
    ("facetime:zoom.us", "neither a number nor a mail address"),
    ("https://call.element.io/login", "a page"),
    ("https://call.element.io/", "the first page"),
    ("https://matrix.to/", "the first page"),
    ("https://signal.me/", "the first page"),
    ("https://signal.group/", "the first page"),
    ("https://whereby.com/customers", "a page"),
    ("https://app.whereby.com/dashboard", "a page"),
    ("https://gotomeet.me/login", "a page"),
    ("https://meet.goto.com/install", "a page"),
    ("https://g.co/maps/81234567890", "another short address of the site"),
    ("https://wa.me/settings", "a page"),
    ("https://m.me/samsgroup", "a person, and no call"),
    ("https://teams.microsoft.com/v2/#/l/chat/81234567890", "no meeting"),
    ("tg://resolve?domain=samsgroup&start=x", "a group, and no call"),
    ("skype:samsgroup?chat", "no call"),
    ("zoomus://example.org/join?confno=81234567890", "the app's scheme, another host"),
    ("mailto:sam@zoom.us", "a mail address"),
    ("javascript:location='https://zoom.us/j/81234567890'", "a program"),
    ("data:text/html,https://zoom.us/j/81234567890", "a page of its own"),
    ("file:///zoom.us/j/81234567890", "a file"),
    ("view-source:https://zoom.us/j/81234567890", "another scheme in front"),
    ("unknown://zoom.us/j/81234567890", "a scheme nobody knows"),
)

UNREADABLE = (
    ("", "not-an-address"),
    (" \r\n\t ", "not-an-address"),
    ("<>", "not-an-address"),
    ("hunter2", "not-an-address"),
    ("user:hunter2", "not-an-address"),
    ("sam@zoom.us", "not-an-address"),
    ("123 4567 8901", "not-one-address"),
    ("81234567890", "not-an-address"),
    ("//zoom.us/j/81234567890", "not-an-address"),
    ("/j/81234567890", "not-an-address"),
    ("https:", "not-an-address"),
    ("https://", "not-an-address"),
    ("https://?x", "not-an-address"),
    ("tox:", "not-an-address"),
    ("\x00", "not-an-address"),
    ("\u202e", "not-an-address"),
    ("https://zoom.us/j/81234567890\nhttps://zoom.us/j/81234567891", "not-one-address"),
    ("https://zoom.us/j/81234567890 passcode 1234", "not-one-address"),
    ("https://zoom.us/j/8123\r4567890", "not-one-address"),
    ("https://zoom.us/j/" + "8" * MOST, "too-long"),
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
    tried += [examine(text, APPS).link for text, _ in NEAR_MISSES]
    sure = [link for app in APPS for link in app.links if link.hosts or "https" not in link.schemes]

    assert [link for link in sure if link not in tried] == []


@pytest.mark.parametrize(("text", "reason"), NEAR_MISSES)
def test_a_near_miss_is_no_service(text: str, reason: str) -> None:
    found = examine(text, APPS)

    assert (found.service, found.link) == ("", None), reason
    assert found.read
    assert found.noticed
    numbers = ("81234567890", "abc-defg", "EamjgSaEQf", "4TTXpaqkz2Lu", "samsgroup", "SamAndKim")
    assert [number for number in numbers if number in everything(found)] == []


def test_there_are_enough_near_misses() -> None:
    assert len({text for text, _ in NEAR_MISSES}) == len(NEAR_MISSES) >= 60


@pytest.mark.parametrize(("text", "why"), UNREADABLE)
def test_what_is_no_address_is_told_without_it(text: str, why: str) -> None:
    assert examine(text, APPS) == Examined(read=False, noticed=examine("", APPS).noticed) or (
        ids(text) == [why]
    )
    assert not examine(text, APPS).read
    assert ids(text) == [why]
    assert why in UNREAD


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


def test_the_own_other_site_of_a_service_is_not_called_another_one() -> None:
    for text in ("https://signal.org/install", "https://matrix.org/"):
        said = [sentence(item) for item in examine(text, APPS).noticed]
        assert not [one for one in said if "another" in one]


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


def test_each_thing_that_can_be_noticed_has_its_sentence() -> None:
    said = {sentence(item) for text, _ in NEAR_MISSES for item in examine(text, APPS).noticed}

    assert not [text for text in said if "{" in text or "  " in text]
    for text in (*NOTICES.values(), *UNREAD.values(), HOW_TO_GIVE):
        assert avoided(text) == []


def test_the_forms_are_those_of_the_vocabulary() -> None:
    assert tuple(LINK_FORMS) == vocabulary.LINK_FORMS


def test_a_service_that_may_end_is_told() -> None:
    app = replaced(BY_ID["zoom"], status=Fact(values=("at-risk",)))

    assert "service-may-end" in ids("https://zoom.us/j/81234567890", (app,))


def test_the_homes_and_sites_of_an_app_are_no_look_alikes() -> None:
    linux = OnLinux(packages=(Package(name="x", homes=("zoom.example/x",)),), sites=("a.zoom.xyz",))
    app = replaced(BY_ID["zoom"], linux=linux)

    for text in ("https://zoom.example/", "https://zoom.xyz/"):
        assert ids(text, (app,)) == ["not-a-call-link"]
        assert ids(text) == ["look-alike", "unknown-service"]


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


def test_the_end_of_a_host_says_whose_it_is() -> None:
    hosts = ("example.org", "a.example.org", "a.b.example.co.uk", "co.uk", "localhost", "a.com.au")
    ends = ("example.org", "example.org", "example.co.uk", "co.uk", "localhost", "a.com.au")

    assert tuple(map(site_of, hosts)) == ends


def test_a_fault_of_ours_says_where_and_nothing_else() -> None:
    broken: list[App] = [None]  # type: ignore[list-item]

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
