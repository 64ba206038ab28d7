"""Chooses the rules for a call, and with them the settings that have to be read."""

from __future__ import annotations

from privacy_check.record import record
from privacy_check.rulebook.records import Rule, RuleBook, Setting, Variant


@record
class Wish:
    """What the person asked for; an empty word leaves nothing out."""

    profile: str = ""
    channel: str = "video"
    phase: str = ""


@record
class Place:
    """One row to read: a setting in one of its variants."""

    setting: Setting
    variant: Variant


def select_rules(book: RuleBook, wish: Wish) -> tuple[Rule, ...]:
    """Return the rules that fit the wish.

    Without a profile every rule is taken that is not for the profile `close` alone.
    """
    return tuple(rule for rule in book.rules if _fits(rule, wish))


def _fits(rule: Rule, wish: Wish) -> bool:
    profile = wish.profile in rule.profiles if wish.profile else rule.profiles != ("close",)
    channel = wish.channel in rule.channels
    return profile and channel and wish.phase in ("", rule.phase)


def plan(book: RuleBook, rules: tuple[Rule, ...], platform: str) -> tuple[Place, ...]:
    """Return the rows that the rules need on a platform, each once, ordered by setting."""
    used = sorted({use.id for rule in rules for use in rule.settings})
    return places(tuple(book.settings[name] for name in used), platform)


def places(settings: tuple[Setting, ...], platform: str) -> tuple[Place, ...]:
    """Return the rows of settings on a platform."""
    return tuple(
        Place(setting=setting, variant=variant)
        for setting in settings
        for variant in setting.variants
        if variant.platform == platform
    )
