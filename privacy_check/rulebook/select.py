"""Chooses the rules for a call, and with them the settings that have to be read."""

from __future__ import annotations

from privacy_check.record import record, replaced
from privacy_check.rulebook.records import Rule, RuleBook, Setting, Topic, Variant
from privacy_check.rulebook.vocabulary import PROFILES


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

    Without a profile every rule is taken that is not for the profile `close` alone. A question
    stands in the words for such a call.
    """
    return tuple(_worded(rule, wish) for rule in book.rules if _fits(rule, wish))


def select_topics(book: RuleBook, profile: str) -> tuple[Topic, ...]:
    """Return what two people agree on in such a call; without a profile as for rules."""
    return tuple(topic for topic in book.agreement if _is_for(topic.profiles, profile))


def _fits(rule: Rule, wish: Wish) -> bool:
    channel = wish.channel in rule.channels
    return _is_for(rule.profiles, wish.profile) and channel and wish.phase in ("", rule.phase)


def _is_for(profiles: tuple[str, ...], profile: str) -> bool:
    return profile in profiles if profile else profiles != ("close",)


def _worded(rule: Rule, wish: Wish) -> Rule:
    """Return the rule with its question in the words for such a call."""
    question = rule.question
    if question is None or not question.instead:
        return rule
    for other in question.instead:
        every = set(other.profiles) == set(PROFILES)
        if (every or wish.profile in other.profiles) and wish.channel in other.channels:
            words = replaced(question, hint=other.hint or question.hint)
            if other.text:
                words = replaced(
                    words,
                    text=other.text,
                    asked_as="",
                    may_not_apply=other.may_not_apply,
                    also=other.also,
                )
            return replaced(rule, question=words)
    return rule


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
