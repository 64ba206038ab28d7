"""The rows of phones: complete, honest about their paths, and nothing is ever switched off.

A protection is what guards a phone, a computer or a call; `PROTECTIONS` lists their names. No step,
hint or question switches one off, and neither does a step that puts something back: nobody knows
how a phone was set before, so a fixed way back would be advice to go without. For a computer the
same holds, although its earlier value was read: a lock that was switched on for a call does no harm
after it. Such a step says that the protection can stay on, or it names the earlier choice only.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from rule_folders import RULES

from privacy_check.cli.options import unseen
from privacy_check.judge.findings import judge
from privacy_check.record import replaced
from privacy_check.render import json as as_json
from privacy_check.render import settings_text
from privacy_check.render.markdown import render_markdown
from privacy_check.render.page import Page
from privacy_check.report.build import Made, Report, build
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Edition, Form, Rule, RuleBook, Setting, Variant
from privacy_check.rulebook.select import Place, Wish, plan
from privacy_check.rulebook.vocabulary import PHONES

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)
MARK = "(path not confirmed)"
NO_PAGE = "Common knowledge, no page read"

MAKERS = "android/stock android/samsung android/xiaomi"
APPS = "ios/signal ios/whatsapp ios/telegram android/signal android/whatsapp android/telegram"

ROWS = (
    # Quiet, and nothing readable on the screen.
    ("phone-focus", f"ios {MAKERS}"),
    ("phone-focus-exceptions", f"ios/people ios/urgent {MAKERS}"),
    ("phone-focus-status", "ios"),
    ("phone-focus-across-devices", "ios"),
    ("phone-silent-but-shown", "ios android/stock android/samsung"),
    ("phone-lock-screen-content", f"ios {MAKERS} android/samsung-older android/xiaomi-app-lock"),
    ("messenger-notification-content", APPS),
    ("phone-banners", f"ios {MAKERS}"),
    ("phone-incoming-calls", "ios/current ios/older"),
    ("phone-calls-elsewhere", "ios/current ios/older"),
    ("phone-airplane-mode", f"ios {MAKERS}"),
    ("phone-notifications-when-sharing", f"ios {MAKERS}"),
    ("phone-share-one-app", "android/stock"),
    ("phone-camera-microphone-use", f"ios {MAKERS}"),
    ("phone-camera-microphone-switch", "android/stock android/samsung"),
    ("phone-app-permissions", f"ios/lists ios/report {MAKERS}"),
    ("phone-screen-recording", f"ios {MAKERS}"),
    ("phone-screen-control", "ios"),
    ("phone-screen-casting", f"ios {MAKERS}"),
    ("phone-shown-on-computers", f"ios/mirroring ios/list {MAKERS}"),
    ("phone-voice-assistant", f"ios/current ios/older {MAKERS}"),
    ("phone-assistant-when-locked", "ios"),
    ("phone-captions", f"ios {MAKERS}"),
    ("phone-call-translation", "ios android/samsung"),
    ("phone-call-notes", "android/stock"),
    ("phone-keyboard", f"ios {MAKERS}"),
    ("phone-nearby-sharing", f"ios {MAKERS}"),
    ("phone-touch-sharing", "ios"),
    ("phone-name", f"ios {MAKERS}"),
    ("phone-updates", f"ios {MAKERS}"),
    ("phone-screen-lock", f"ios {MAKERS}"),
    ("phone-stolen-protection", "ios"),
    ("phone-app-lock", "ios android/xiaomi"),
    ("phone-hidden-apps", f"ios {MAKERS}"),
    ("phone-protection-mode", "ios android/stock android/samsung"),
    # Where pictures, messages and places go by themselves.
    ("phone-photo-cloud", "ios/icloud ios/google-photos android/google-photos android/samsung"),
    ("phone-photo-cloud", "android/xiaomi"),
    ("phone-shared-albums", "ios/shared-library ios/shared-albums android/google-photos"),
    ("account-devices", "ios"),
    ("locked-folder-backup", "android"),
    ("phone-screenshot-copies", "ios/upload-apps android/google-photos android/upload-apps"),
    ("messenger-auto-download", "ios/whatsapp android/whatsapp"),
    ("messenger-media-saved", "ios/whatsapp ios/telegram android/whatsapp android/telegram"),
    ("messenger-backup", "ios/whatsapp android/whatsapp"),
    ("photo-location", f"ios/camera ios/sharing android/google-photos {MAKERS}"),
    ("place-sharing", "ios/find-my ios/whatsapp ios/telegram ios/snapchat android/whatsapp"),
    ("place-sharing", "android/telegram android/snapchat android/google-maps android/whole-phone"),
    ("phone-management", "ios/profiles ios/supervision android/admin-apps android/work-profile"),
    ("family-controls", "ios/screen-time ios/family android/family-link"),
    ("far-reaching-access", "android/accessibility android/notification-access"),
    ("far-reaching-access", "android/unknown-apps"),
    ("app-scan", "android"),
    ("access-review", "ios/iphone ios/ipad"),
    # The messenger and the call.
    ("linked-sessions", f"{APPS} ios/imessage android/google-messages"),
    ("end-to-end-chat", APPS),
    ("message-timer", "ios/whatsapp ios/signal android/whatsapp android/signal"),
    ("view-once-pictures", "ios/whatsapp ios/signal android/whatsapp android/signal"),
    ("messenger-screen-cover", "ios/signal android/signal"),
    ("call-relay", APPS),
    ("messenger-lock", APPS),
    ("own-call-recording", "ios android/pixel android/samsung android/xiaomi"),
    ("call-screening", "ios android/pixel"),
    ("sensitive-content-warning", "ios/pictures ios/facetime android"),
    # Afterwards, and devices that an app steers.
    ("after-call-copies", "ios android/google-photos android/samsung android/xiaomi"),
    ("device-links", "ios android"),
    ("device-app-permissions", "ios android"),
)
"""Which row each place has that is known to have a path; a setting may stand on more lines."""

PROTECTIONS = (
    *(r"(?:screen|app|automatic) lock(?:ing)?", r"lock(?:s|ing)? the screen", "passcode"),
    *("password", "Face ID", "Touch ID", "fingerprint", r"encrypt(?:ion|ed)", "firewall"),
    *("ufw", "firewalld", r"(?:software )?updates?", "Lockdown Mode", "Advanced Protection"),
    *("Auto Blocker", "Play Protect", "Stolen Device Protection", "Safety Check"),
    *("Find My iPhone", r"call screen(?:ing)?", "Screen Unknown Callers", r"VPN", "Ghost Mode"),
    *("Sensitive Content Warning", "Protection & Safety", "Communication Safety"),
    *("Screen security", "Hide Screen in App Switcher", "screen share protections"),
    *(r"Always Relay(?: Calls)?", "Protect IP address", r"(?:two|second) steps?"),
    *("private space", "Secure Folder", "Second space", "secret chats?", "message timer"),
    *("SELinux", "AppArmor", "sandbox"),
)
PROTECTION = re.compile(rf"\b(?:{'|'.join(PROTECTIONS)})\b", re.IGNORECASE)

SWITCHED_OFF = re.compile(
    r"\b(?:switch|turn|set|put|go(?:es)?|choose|pick)\b[^.]*\boff\b"
    r"|(?:: |> )(?:off|never|none|no|manual(?:ly)?)\b"
    r"|\b(?:disable|deactivate|stop|quit|untick|uninstall|remove|weaken|don't require|answer no)\b"
    r"|\bback to no\b|\b(?:is|are) (?:not |no longer )required\b|\bno password\b"
    r"|\b(?:does|do) not lock\b|\b(?:without|unlock|lift|pause|end) (?:an? |the )?(?:\w+ )?(?:lock"
    r"|password|passcode|protection|private space|encryption)\b",
    re.IGNORECASE,
)
LEFT_ALONE = re.compile(r"\bleave\b[^,.;]*\b(?:alone|as it is)\b", re.IGNORECASE)
STAYS = re.compile(
    r"\bleave (?:it|them|the \w+) (?:on|running|as it is)\b|\bcan stay on\b"
    r"|\bput back\b|\bnothing to (?:change|undo)\b|\bcannot be taken back\b|\block the .* again\b"
    r"|\bearlier (?:choice|time|entry)\b|\btime that was there before\b|\bas it was\b"
    r"|\bgo back to the other space\b|\btake the number out\b",
    re.IGNORECASE,
)
"""What a step that puts a protection back may say."""

GUARDING = frozenset(
    (
        *("phone-screen-lock", "phone-app-lock", "messenger-lock", "phone-hidden-apps"),
        *("phone-protection-mode", "phone-stolen-protection", "phone-updates", "app-scan"),
        *("messenger-screen-cover", "call-relay", "call-screening", "sensitive-content-warning"),
        *("access-review", "end-to-end-chat", "message-timer"),
        *("automatic-lock", "lock-after-idle", "lock-delay", "lock-on-suspend", "firewall"),
        *("storage-encryption", "swap-encryption", "automatic-updates", "last-update-check"),
        *("restart-waiting", "call-app-updates"),
    )
)
"""The settings that are a protection as a whole."""

NO_GUARD = {
    "phone-notifications-when-sharing": "messages in a shared screen; the name of its guard counts",
    "lock-screen-notifications": "what is shown while the screen is locked",
    "phone-lock-screen-content": "what is shown while the screen is locked",
    "locked-folder-backup": "a copy in a cloud",
    "messenger-backup": "a copy in a cloud; the name of its encryption counts",
    "place-sharing": "who sees a place; the names of what guards it count",
    "call-app-key": "a key that a program keeps as it likes; nothing can be switched",
    "phone-call-notes": "a recording",
    "phone-assistant-when-locked": "what answers while the phone is locked",
}
"""Settings that speak of a protection and are none, with what they are."""

WATCHED = ("phone-management", "family-controls", "far-reaching-access", "app-scan")
WATCHING = (*WATCHED, "access-review")


@cache
def shipped() -> RuleBook:
    book = load([RULES]).book
    assert book is not None
    return book


def all_places(platform: str) -> tuple[Place, ...]:
    return plan(shipped(), shipped().rules, platform)


def on_phones() -> tuple[Place, ...]:
    return tuple(place for platform in PHONES for place in all_places(platform))


def named(place: Place) -> str:
    return f"{place.setting.id} {place.variant.row}"


def form_of(setting: str, row: str) -> Form:
    (form,) = (v.form for v in shipped().settings[setting].variants if v.row == row)
    return form


def steps_of(form: Form) -> tuple[str, ...]:
    return (*form.look, *form.change, *form.undo)


def uses(rule: Rule) -> list[str]:
    """Return the settings of a rule that are on phones, in its order."""
    known = shipped().settings
    ids = (use.id for use in rule.settings)
    return [name for name in ids if any(v.platform in PHONES for v in known[name].variants)]


# What a row has to have.


@pytest.mark.parametrize("platform", PHONES)
def test_a_phone_has_at_least_25_rows(platform: str) -> None:
    assert len(all_places(platform)) >= 25


@pytest.mark.parametrize("maker", ["stock", "samsung", "xiaomi"])
def test_each_maker_has_rows_of_its_own(maker: str) -> None:
    rows = [place for place in on_phones() if place.variant.row == f"android/{maker}"]
    assert len(rows) >= 15


@pytest.mark.parametrize(("setting", "rows"), ROWS)
def test_each_known_path_has_a_row(setting: str, rows: str) -> None:
    there = {variant.row for variant in shipped().settings[setting].variants}
    assert set(rows.split()) - there == set()


def test_each_setting_of_a_phone_stands_in_the_list() -> None:
    assert {place.setting.id for place in on_phones()} == {setting for setting, _ in ROWS}


def test_a_phone_row_is_reached_by_a_rule_and_decides_nothing() -> None:
    phones = {
        setting.id
        for setting in shipped().settings.values()
        if any(variant.platform in PHONES for variant in setting.variants)
    }
    used = [use for rule in shipped().rules for use in rule.settings if use.id in phones]
    assert {use.id for use in used} == phones
    assert all(use.informs and not use.good for use in used)


SINCE = (
    *("iOS", "iPadOS", "Android", "One", "MIUI", "HyperOS"),
    *("Signal", "WhatsApp", "Google", "October"),
)
"""The first word of a version: a system, an app, or the month of a change on a server."""


@pytest.mark.parametrize("place", on_phones(), ids=named)
def test_a_row_is_complete(place: Place) -> None:
    form = place.variant.form
    assert place.setting.about
    assert len(place.setting.values) >= 2
    assert all(meaning.endswith(".") for meaning in place.setting.values.values())
    assert form.look
    assert form.change
    assert form.undo
    assert form.limits
    assert re.search(r"\d", form.since), "a version or a year"
    assert form.since.split()[0] in SINCE
    assert form.tested_on == (), "nothing here was tried on a phone"


@pytest.mark.parametrize("place", on_phones(), ids=named)
def test_a_row_has_a_source_with_a_date(place: Place) -> None:
    sources = place.variant.form.sources
    assert sources
    for source in sources:
        assert dt.date(2026, 11, 1) <= source.checked <= NOW.date()
        assert source.where or source.title == NO_PAGE or source.kind == "project"


def too_sure(form: Form) -> bool:
    """Tell whether a row claims more than its sources hold."""
    read = [source for source in form.sources if source.title != NO_PAGE]
    return not read and (form.steps, form.confidence) != ("believed", "believed")


@pytest.mark.parametrize("place", on_phones(), ids=named)
def test_what_is_documented_has_a_page_that_was_read(place: Place) -> None:
    form = place.variant.form
    assert not too_sure(form)
    assert "verified" not in (form.steps, form.confidence), "no phone was at hand"


def test_a_row_that_claims_too_much_is_noticed() -> None:
    form = form_of("phone-airplane-mode", "ios")
    assert [source.title for source in form.sources] == [NO_PAGE]
    assert not too_sure(form)
    assert too_sure(replaced(form, steps="documented"))
    assert too_sure(replaced(form, confidence="documented"))


def test_since_is_not_before_what_the_path_needs() -> None:
    """Apple's own apps moved below Settings > Apps in iOS 18."""
    early = [
        named(place)
        for place in all_places("ios")
        if any("Settings > Apps >" in step for step in place.variant.form.change)
        and float(place.variant.form.since.removeprefix("iOS ")) < 18
    ]
    assert early == []


# What is printed.


def pictured(platform: str) -> Report:
    """Return a report whose rows are the places of a phone."""
    made = Made(
        at=NOW,
        platform=platform,
        live=True,
        administrator=False,
        edition=Edition(version="1", date=NOW.date(), hash="0" * 64),
        wish=Wish(),
    )
    rows = [unseen(place) for place in all_places(platform)]
    return build(made, judge(shipped().rules, rows, asks=True), rows)


def printed(form: str, platform: str) -> str:
    report = pictured(platform)
    if form == "json":
        found = json.loads(as_json.render_settings(report.rows))["settings"]
        return "\n".join(step for row in found for key in STEP_KEYS for step in row[key])
    if form == "markdown":
        beside = replaced(report, phones=tuple(row.place for row in report.rows), rows=())
        return render_markdown(beside).replace("\\", "")
    return settings_text.render_settings(report, Page(width=10_000), everything=True)


STEP_KEYS = ("look", "change", "undo")
SHOWN = ("text", "json", "markdown")


@pytest.mark.parametrize("platform", PHONES)
@pytest.mark.parametrize("form", SHOWN)
def test_a_path_that_is_only_believed_says_so(form: str, platform: str) -> None:
    lines = printed(form, platform).splitlines()
    believed, sure = paths_by_trust(platform)
    bare = {step for step in believed - sure for line in lines if line.endswith(step)}
    assert bare == set()
    assert sum(MARK in line for line in lines) >= 25


@pytest.mark.parametrize("platform", PHONES)
@pytest.mark.parametrize("form", SHOWN)
def test_a_documented_path_stands_without_the_mark(form: str, platform: str) -> None:
    text = printed(form, platform)
    believed, sure = paths_by_trust(platform)
    assert [step for step in sure - believed if f"{step} {MARK}" in text] == []


def paths_by_trust(platform: str) -> tuple[set[str], set[str]]:
    """Return the steps with a menu path: those only believed, and the others."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for place in all_places(platform):
        form = place.variant.form
        paths = {step for step in steps_of(form) if " > " in step}
        found[form.steps == "believed"] |= paths
    return found[True], found[False]


def test_a_row_prints_all_that_it_has() -> None:
    text = printed("text", "ios")
    for place in all_places("ios"):
        form = place.variant.form
        for said in (*steps_of(form), form.limits, form.since, form.sources[0].title):
            assert said in text


# Nothing is switched off.


def switches_off(text: str) -> bool:
    """Tell whether a text names a protection and switches something off in the same sentence."""
    sentences = re.split(r"(?<=[.;?!]) ", text)
    return any(
        PROTECTION.search(part) and SWITCHED_OFF.search(LEFT_ALONE.sub("", part))
        for part in sentences
    )


def weakens(form: Form) -> list[str]:
    """Return what a row of a protection says that leads to less of it."""
    found = [step for step in (*form.look, *form.change) if SWITCHED_OFF.search(step)]
    found += [form.command] if _ends_it(form.command) else []
    if not any(STAYS.search(step) for step in form.undo):
        found += form.undo
    found += [step for step in form.undo if SWITCHED_OFF.search(step)]
    if form.undo_command and "{raw}" not in form.undo_command:
        found.append(form.undo_command)
    return found


def _ends_it(command: str) -> bool:
    off = r"\bsystemctl (?:disable|stop|mask)\b|\bufw disable\b|\ballow incoming\b"
    word = "true" if "disable-" in command else "false"
    return bool(re.search(rf"{off}|\b{word}$", command))


def said_by_rows() -> Iterator[tuple[str, str]]:
    for setting in shipped().settings.values():
        for variant in setting.variants:
            form = variant.form
            for text in (*steps_of(form), form.command, form.undo_command):
                yield f"{setting.id} {variant.row}", text


def said_by_rules() -> Iterator[tuple[str, str]]:
    for rule in shipped().rules:
        yield rule.id, rule.say
        if rule.question:
            asked = (rule.question.text, rule.question.asked_as, rule.question.hint)
            for text in (*asked, *(other.text for other in rule.question.instead)):
                yield rule.id, text
    for pointer in shipped().support:
        for text in pointer.says:
            yield pointer.id, text


def test_no_step_and_no_hint_switches_a_protection_off() -> None:
    texts = [*said_by_rows(), *said_by_rules()]
    assert len(texts) > 1000
    assert [(place, text) for place, text in texts if switches_off(text)] == []


def guarding_rows() -> list[tuple[Setting, Variant]]:
    settings = (shipped().settings[name] for name in sorted(GUARDING))
    return [(setting, variant) for setting in settings for variant in setting.variants]


def item_name(item: Setting | Variant) -> str:
    return item.id if isinstance(item, Setting) else item.row


@pytest.mark.parametrize(("setting", "variant"), guarding_rows(), ids=item_name)
def test_a_protection_can_stay_as_strong_as_it_is(setting: Setting, variant: Variant) -> None:
    assert setting.id in GUARDING
    assert weakens(variant.form) == []


def test_the_list_of_protections_has_no_gap() -> None:
    """What names a protection in its title, or in what it does, is on one of the two lists."""
    speaks = {
        setting.id
        for setting in shipped().settings.values()
        if re.search(
            r"\b(?:locks?|encrypt\w*|protect\w*|firewall|updates|relay\w*|warn\w*|scan|hidden)\b",
            f"{setting.title} {setting.about}",
            re.IGNORECASE,
        )
        or any(PROTECTION.search(step) for v in setting.variants for step in v.form.change[:1])
    }
    assert speaks - GUARDING - NO_GUARD.keys() == set()
    assert NO_GUARD.keys() - shipped().settings.keys() == set()


@pytest.mark.parametrize(
    "text",
    [
        "Settings > Security and privacy > Auto Blocker > Off.",
        "Switch off Lockdown Mode for the time of the call.",
        "Turn Play Protect off, then look again.",
        "Settings > Face ID & Passcode > Stolen Device Protection: off.",
        "In Developer options, tick it to disable screen share protections.",
        "Set the screen lock to off.",
        "Try it without a screen lock.",
        "Unlock the private space before the call, and leave it open.",
        "Choose in the same place that no password is required.",
        "sudo ufw disable",
        "Remove the passcode. Then put it back.",
        "Press and hold the app > Don't Require Face ID.",
    ],
)
def test_a_step_that_switches_a_protection_off_is_noticed(text: str) -> None:
    assert switches_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "Settings > Privacy & Security > Lockdown Mode.",
        "In Developer options, leave Disable screen share protections alone.",
        "Leave Auto Blocker as it is, and try the call well before.",
        "Settings > Notifications > Screen Sharing: off.",
        "Signal > Settings > Privacy > Screen lock: switch it on.",
        "Lock the private space again after the call.",
    ],
)
def test_a_step_that_leaves_a_protection_alone_is_not_noticed(text: str) -> None:
    assert not switches_off(text)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"undo": ("The same switch.",)},
        {"undo": ("You can leave it on.", "Or switch it off again.")},
        {"undo_command": "sudo ufw disable"},
        {"change": ("Untick it in the same place.",)},
        {"command": "gsettings set org.gnome.desktop.screensaver lock-enabled false"},
        {"look": ("Switch it off and look what happens.",)},
    ],
)
def test_a_row_that_weakens_a_protection_is_noticed(spoiled: dict[str, object]) -> None:
    form = form_of("firewall", "linux/ufw")
    assert weakens(form) == []
    assert weakens(replaced(form, **spoiled))


# What is known since not long ago.


def test_the_messenger_comes_first_where_previews_are_spoken_of() -> None:
    inner, outer = "messenger-notification-content", "phone-lock-screen-content"
    rules = [rule for rule in shipped().rules if {inner, outer} & set(uses(rule))]
    assert rules
    assert [rule.id for rule in rules if uses(rule)[0] != inner] == []
    for variant in shipped().settings[inner].variants:
        assert "Look here first" in variant.form.limits
        assert "copy of the message" in variant.form.limits


@pytest.mark.parametrize(
    ("setting", "row"), [("messenger-notification-content", "ios/signal"), ("phone-updates", "ios")]
)
def test_the_versions_that_keep_deleted_alerts_are_named(setting: str, row: str) -> None:
    form = form_of(setting, row)
    for part in ("26.4.2", "18.7.8", "CVE-2026-28950", "2026-04-22"):
        assert part in form.limits
    assert {source.kind for source in form.sources} - {"weak"}


def test_a_recorded_call_is_told_by_sound_only() -> None:
    apple = form_of("own-call-recording", "ios").limits
    assert "a sound tells you" in apple
    assert "your screen shows nothing" in apple
    assert "your own button only" in apple
    assert "no setting to refuse" in apple
    assert "sound" in form_of("own-call-recording", "android/pixel").limits
    for row in ("android/samsung", "android/xiaomi"):
        assert "no voice tells the other side" in form_of("own-call-recording", row).limits
    for name in (
        "agree-recording",
        "no-recording-by-default",
        "no-sign-does-not-mean-no-recording",
    ):
        (rule,) = (rule for rule in shipped().rules if rule.id == name)
        assert "own-call-recording" in uses(rule)


def test_the_warning_that_pauses_a_call_is_talked_about_before() -> None:
    warning = shipped().settings["sensitive-content-warning"]
    assert "pause the call" in warning.about
    first = next(variant for variant in warning.variants if variant.platform == "ios")
    assert first.row == "ios/facetime"
    assert first.form.since == "iOS 26"
    for part in ("picture and sound", "once a call", "off at first for adults", "beforehand"):
        assert part in first.form.limits
    assert any("together" in step for step in first.form.change)


def test_the_cover_of_the_screen_is_for_one_phone_only() -> None:
    cover = shipped().settings["messenger-screen-cover"]
    for variant in cover.variants:
        assert "only your own phone" in variant.form.limits
        assert "The other person can still keep what they see." in variant.form.limits


# What may be noticed by someone else.


def careless(setting: Setting, form: Form) -> list[str]:
    """Return what is missing in a row about being watched."""
    said = f"{setting.about} {form.limits}"
    needed = ("may notice", "remove a record", "different device", "support service", "can skip")
    missing = [part for part in needed if part not in said]
    acts = r"\b(?:remove|delete|uninstall|switch|turn|untick|log out|unlink|end|stop)\b"
    return missing + [step for step in form.change if re.search(acts, step, re.IGNORECASE)]


@pytest.mark.parametrize("name", WATCHING)
def test_a_row_about_being_watched_is_for_looking(name: str) -> None:
    setting = shipped().settings[name]
    assert "You can skip this part." in setting.about
    for variant in setting.variants:
        assert careless(setting, variant.form) == []
        assert variant.form.command == variant.form.undo_command == ""


def test_a_row_that_says_to_remove_something_at_once_is_noticed() -> None:
    setting = shipped().settings["phone-management"]
    form = form_of("phone-management", "ios/profiles")
    assert careless(setting, replaced(form, change=("Remove the profile.",)))
    assert careless(setting, replaced(form, limits="It may be old."))


def test_a_row_about_being_watched_is_not_the_first_of_a_rule() -> None:
    first = {rule.id: uses(rule)[0] for rule in shipped().rules if uses(rule)}
    assert {rule: name for rule, name in first.items() if name in WATCHING} == {}


def test_nobody_is_asked_what_a_hidden_place_is_called() -> None:
    hidden = r"hidden|private space|secure folder|second space"
    asks = r"\b(?:names?|called|call it|which apps?|write down|tell us|list them)\b"
    texts = [*said_by_rows(), *said_by_rules()]
    both = [(place, text) for place, text in texts if re.search(hidden, text, re.IGNORECASE)]
    assert both
    assert [item for item in both if re.search(asks, item[1], re.IGNORECASE)] == []
    assert "phone-hidden-apps" in {place.setting.id for place in on_phones()}


# The order in a rule: the first row of each phone is what a conversation shows.


FIRST = {
    "notifications-off": "phone-focus",
    "lock-screen-previews": "messenger-notification-content",
    "close-other-apps": "phone-camera-microphone-use",
    "auto-upload": "phone-photo-cloud",
    "linked-devices": "linked-sessions",
    "secure-app": "messenger-lock",
    "screen-lock": "phone-screen-lock",
    "agree-recording": "own-call-recording",
    "delete-as-agreed": "after-call-copies",
    "connected-device-control": "device-links",
    "permissions": "phone-app-permissions",
    "bluetooth-hidden": "phone-nearby-sharing",
}


@pytest.mark.parametrize(("name", "setting"), FIRST.items())
def test_the_most_useful_row_comes_first(name: str, setting: str) -> None:
    (rule,) = (rule for rule in shipped().rules if rule.id == name)
    assert uses(rule)[0] == setting
