"""The words that people see for results, and the sentences made of a reading."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from privacy_check.judge.findings import Row
from privacy_check.plaintext import plain
from privacy_check.reading import NotApplicable, Unreadable, Unset, Value
from privacy_check.record import replaced
from privacy_check.report.build import Coverage, Made
from privacy_check.rulebook.records import Rule, Variant
from privacy_check.rulebook.select import Place
from privacy_check.rulebook.vocabulary import PHONES

STATUS = {
    "pass": "Looks good on this computer",
    "fail": "Worth a look",
    "unknown": "Not sure",
    "error": "Could not read",
    "notapplicable": "Does not apply",
    "notchecked": "To answer",
    "notselected": "Left out",
    "informational": "Good to know",
    "fixed": "Changed since last time",
}
SEVERITY = {
    "info": "good to know",
    "low": "nice to have",
    "medium": "worth doing",
    "high": "do this first",
}
PHASE = {
    "agree": "To agree on beforehand",
    "prepare": "To prepare",
    "just-before": "Just before the call",
    "during": "During the call",
    "after": "After the call",
    "anytime": "At any time",
}
PILLAR = {"recording": "Recording", "app": "The app", "notifications": "Notifications"}
PLATFORM = {
    "linux": "Linux",
    "windows": "Windows",
    "macos": "macOS",
    "ios": "iPhone and iPad",
    "android": "Android",
}

OUTCOME = {
    "pause": "Not sure? Then it is best to stop here for now. "
    "There is no right time you have to meet.",
    "review-first": "Not yet. A few things are worth a look first, or a word between you two.",
    "ready-if-you-both-are": "Nothing you answered holds the call back. "
    "If you both want to, go ahead. Either of you can stop at any time.",
}
RECORD_FIRST = (
    "If someone threatens you, or passed something on: keep a record before you delete anything."
)
STOP_HERE = (
    "It is best to stop here for now. Nobody owes a reason, and there is no right time you have "
    "to meet."
)
NOT_ANSWERED_YET = "Not yet. Some questions that matter have no answer so far."
NOTHING_READ_YET = "Not yet. Nothing could be read on this computer."
CHANGE_MAY_BE_NOTICED = (
    "Changing a setting can be noticed by someone who checks this device. You do not have to "
    "change anything now. If you want to talk it through first, use a device that only you can "
    "reach."
)
NOT_ERASED = (
    "Not erased: the command in the shell's history, and what a program that watches or records "
    "the screen has kept."
)

BY_ORGANISATION = "Set by your organisation."
NOTHING_TO_CHANGE = "Nothing to change."
NAMES_MAY_DIFFER = "(names may differ)"
NOT_CONFIRMED = "(path not confirmed)"
CANNOT_SHOW = "What this cannot show: another camera, the other device, who is in the room."
MAY_BE_NOTICED = "If someone else checks this device, changes may be noticed."
PHONE = "Your phone: what it shows or keeps cannot be seen from this computer. Look there too."
PHONE_LINE = "Your phone is not seen from here: privacy-check settings --platform ios|android"
AS_ADMINISTRATOR = "Run as administrator: these are the administrator's settings."

LEAVE_IT = "You can leave it so."
_FOR_THE_CALL = ("notifications",)
"""The topics of what is changed for a call and put back after it."""

_NERVOUS = "nervous-is-normal"
"""The rule whose statement stands beside an outcome that comes of being unsure."""

_DAYS_CURRENT = 365
"""Days after which a report says that its rules are old."""

_MOST_NAMED = 3
"""Sites that are named one by one; more are counted."""


def meaning(row: Row, *, sites: bool = False) -> str:
    """Return what a reading means, or why there is none, as a sentence.

    Sites are named only when asked for, which is for a terminal alone.
    """
    reading = row.reading
    match reading:
        case Unreadable(reason=reason) | NotApplicable(reason=reason):
            return sentence_of(reason)
        case Value(word="", reason=reason):
            return sentence_of(reason)
    sentence = row.place.setting.values[reading.word]
    if isinstance(reading, Value):
        sentence = _filled(sentence, reading, sites=sites)
    return f"{sentence} {sentence_of(reading.reason)}" if reading.reason else sentence


def inside(title: str) -> str:
    """Return a title as it stands inside a sentence; abbreviations stay as they are."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def sentence_of(reason: str) -> str:
    """Return a reason, or the name of a thing, as a sentence of its own."""
    text = plain(reason).strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _filled(sentence: str, reading: Value, *, sites: bool) -> str:
    number = len(reading.sites)
    counted = "1 site" if number == 1 else f"{number} sites"
    named = (
        ", ".join(plain(site) for site in reading.sites)
        if sites and number <= _MOST_NAMED
        else counted
    )
    parts = {
        "{sites}": named,
        "{count}": str(reading.count),
        "{names}": " and ".join(plain(name) for name in reading.names),
    }
    filled = re.sub(r"\{(?:sites|count|names)\}", lambda match: parts[match[0]], sentence)
    return filled[:1].upper() + filled[1:]


def source(row: Row, now: dt.datetime) -> str:
    """Return where a reading comes from and how old it is, in a few words."""
    reading = row.reading
    match reading:
        case Value(as_of=as_of) if as_of == now:
            age = "read just now"
        case Value(as_of=as_of):
            age = f"saved {clock(as_of, now)}"
        case Unset():
            age = "not set: the default"
        case _:
            age = ""
    return ", ".join(part for part in (program(row), age) if part)


def program(row: Row) -> str:
    """Return what a person calls the desktop or program of a row; empty for the system itself."""
    variant, reading = row.place.variant, row.reading
    if isinstance(reading, Value) and reading.names and not _names_programs(row, reading):
        return " and ".join(plain(name) for name in reading.names)
    return variant.form.name or variant.row.partition("/")[2]


def _names_programs(row: Row, reading: Value) -> bool:
    return "{names}" in row.place.setting.values.get(reading.word, "")


def clock(moment: dt.datetime, now: dt.datetime) -> str:
    """Return a time of day for today, a date for other days."""
    local = moment.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d}"


def change(row: Row) -> tuple[str, ...]:
    """Return the steps that change a setting; never empty."""
    if _is_locked(row):
        return (BY_ORGANISATION,)
    return _steps(row, row.place.variant.form.change, row.place.variant.form.command)


def undo(row: Row) -> tuple[str, ...]:
    """Return the steps that put it back; never empty."""
    if _is_locked(row):
        return (NOTHING_TO_CHANGE,)
    return _steps(row, row.place.variant.form.undo, row.place.variant.form.undo_command)


def put_back(row: Row, number: str) -> tuple[str, ...]:
    """Return the steps to an earlier value, with the number it had where there was one.

    They are told only for what people change for a call and back; the rest can stay as it is, and
    nobody is told to take a protection away.
    """
    if row.place.setting.topic not in _FOR_THE_CALL:
        return (LEAVE_IT,)
    if isinstance(row.reading, Value | Unset):
        row = replaced(row, reading=replaced(row.reading, number=number))
    return undo(row)


def look(row: Row) -> tuple[str, ...]:
    """Return how to look by hand where nothing could be read; never empty."""
    form = row.place.variant.form
    if row.place.variant.platform in PHONES:
        return phone_steps(row.place.variant, form.look or form.change)
    return form.look or _steps(row, form.change, "")


def _is_locked(row: Row) -> bool:
    return isinstance(row.reading, Value | Unset) and row.reading.locked


def phone_steps(variant: Variant, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return steps on a phone; a path that is only believed says so."""
    return _marked(variant, steps, NOT_CONFIRMED)


def by_phone(rule: Rule, phones: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
    """Yield the name of each kind of phone on which a rule has something to look at, and what."""
    used = {use.id for use in rule.settings}
    for platform in PHONES:
        places = [p for p in phones if p.variant.platform == platform and p.setting.id in used]
        if places:
            yield PLATFORM[platform], places


def phone_titles(rule: Rule, phones: Iterable[Place]) -> str:
    """Return what a rule has to look at on a phone, in a few words; empty for nothing."""
    used = {use.id for use in rule.settings}
    titles = [inside(place.setting.title) for place in phones if place.setting.id in used]
    return ", ".join(dict.fromkeys(titles))


def nervous(rules: Iterable[Rule]) -> str:
    """Return the sentence that to be nervous is normal; empty where no rule says it."""
    return next((rule.say for rule in rules if rule.id == _NERVOUS), "")


def rules_age(made: Made) -> str:
    """Return which rules a report was made with, and how old they are, in a few words."""
    return f"Rules {plain(made.edition.version)}, {_days(made.age_days)}"


def rules_whole(made: Made) -> str:
    """Return which rules a report was made with, in a sentence with their hash."""
    return f"{rules_age(made)}, hash {made.edition.hash}."


def rules_are_old(made: Made) -> str:
    """Return a word about rules that are older than a year; empty for newer ones."""
    if made.age_days is None or made.age_days <= _DAYS_CURRENT:
        return ""
    return "These rules are more than a year old. Some of what they say may have changed."


def _days(days: int | None) -> str:
    if days is None:
        return "of no known date"
    return "1 day old" if days == 1 else f"{days} days old"


def nothing_found(coverage: Coverage) -> str:
    """Return why nothing is listed: only what was really read can be said to be fine."""
    if coverage.checked:
        return (
            "Nothing that was read is worth a look. "
            "That does not show that nobody watches this device."
        )
    if coverage.unreadable:
        return "Nothing could be read."
    return "Nothing was looked at: no setting of this choice is on this computer."


def _marked(variant: Variant, steps: tuple[str, ...], mark: str) -> tuple[str, ...]:
    if variant.form.steps != "believed":
        return steps
    return tuple(f"{step} {mark}" if " > " in step else step for step in steps)


def _steps(row: Row, steps: tuple[str, ...], command: str) -> tuple[str, ...]:
    """Return steps and command; a menu path that is only believed stands last, and says so."""
    number = row.reading.number if isinstance(row.reading, Value | Unset) else ""
    if "{raw}" in command and not number:
        command = ""
    shown = [step.replace("{raw}", number or "the earlier number") for step in steps]
    command = command.replace("{raw}", number)
    variant = row.place.variant
    mark = NOT_CONFIRMED if variant.platform in PHONES else NAMES_MAY_DIFFER
    said = _marked(variant, tuple(shown), mark)
    if not command:
        return said
    return (command, *said) if variant.form.steps == "believed" else (*said, command)
