"""The page for a phone: the questions of a call as one HTML file that needs nothing else.

The page asks, says one of the three outcomes, and forgets. Without its script, and on paper, it is
a list with boxes. Everything on it comes from the rule book; nothing on it comes from a machine.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections.abc import Mapping, Sequence

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from privacy_check.judge.answers import Prompt, prompts
from privacy_check.record import record
from privacy_check.render import words
from privacy_check.rulebook.records import Rule, Setting, Variant
from privacy_check.rulebook.vocabulary import PHONES

SHORT = "short"
MORE = "more"
AFTER = "after"

_TITLES = {SHORT: "Short questions", MORE: "More questions", AFTER: "Questions for after the call"}


@record
class PhonePlace:
    """One setting of a phone: where it is, and how to put it back."""

    title: str
    where: str
    steps: tuple[str, ...]
    undo: str


@record
class Phone:
    """A kind of phone, and what can be changed on it for one question."""

    name: str
    places: tuple[PhonePlace, ...]


@record
class Card:
    """One question with all that stands around it.

    `marks` are what its answer decides: `pause`, `needed`, `high`, `care`, `not-mine`.
    """

    id: str
    text: str
    hint: str
    good: str
    may_not_apply: bool
    marks: tuple[str, ...]
    phones: tuple[Phone, ...]


@record
class Group:
    """The questions that are asked in one go, numbered on from the group before."""

    name: str
    title: str
    start: int
    cards: tuple[Card, ...]


def render_handout(rules: Sequence[Rule], settings: Mapping[str, Setting]) -> str:
    """Return the page for some rules; without a question among them, an empty text.

    The text is plain ASCII, so that it is the same page in whatever way it is saved.
    """
    groups = _groups(rules, settings)
    if not groups:
        return ""
    style, script = _part("handout.css"), _part("handout.js")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_part),
    )
    page = environment.get_template("handout.html").render(
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        groups=groups,
        during=_said(rules, "during"),
        after=_said(rules, "after"),
        record_first=any(rule.record_first for rule in rules),
        nervous=words.nervous(rules),
        numbered=_numbered,
        words=words,
    )
    return page.encode("ascii", "xmlcharrefreplace").decode() + "\n"


def _part(name: str) -> str:
    """Return a file of the template folder, from wherever this package was imported."""
    data = pkgutil.get_data(__name__, f"templates/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data.decode().replace("\r\n", "\n")


def _policy(style: str, script: str) -> str:
    """Return the rule for the browser: this style, this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _numbered(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.replace("{}", str(number))


def _said(rules: Sequence[Rule], phase: str) -> tuple[str, ...]:
    """Return the statements of a phase, the weightiest first."""
    told = [rule for rule in rules if rule.phase == phase and rule.say]
    told.sort(key=lambda rule: rule.rank)
    return tuple(rule.say for rule in told)


def _groups(rules: Sequence[Rule], settings: Mapping[str, Setting]) -> tuple[Group, ...]:
    """Return the questions in the order they are asked, without empty groups."""
    by_id = {rule.id: rule for rule in rules}
    found: dict[str, list[Card]] = {name: [] for name in _TITLES}
    for prompt in prompts(rules):
        together = (prompt.rule, *(by_id[name] for name in prompt.covers))
        found[_group(prompt)].append(_card(prompt, together, settings))
    groups: list[Group] = []
    start = 1
    for name, cards in found.items():
        if cards:
            groups.append(Group(name=name, title=_TITLES[name], start=start, cards=tuple(cards)))
            start += len(cards)
    return tuple(groups)


def _group(prompt: Prompt) -> str:
    if prompt.question.quick:
        return SHORT
    return AFTER if prompt.rule.phase == AFTER else MORE


def _card(prompt: Prompt, together: Sequence[Rule], settings: Mapping[str, Setting]) -> Card:
    """Return a question; what its answer decides comes from all rules that take the answer."""
    questions = [
        rule.question for rule in together if rule.question and rule.question.good != "either"
    ]
    marks = {
        "pause": any(question.pause for question in questions),
        "needed": any(question.pause or question.quick for question in questions),
        "high": any(rule.severity == "high" for rule in together),
        "first": any(rule.severity == "high" for rule in together) or prompt.question.quick > 0,
        "care": any(question.care for question in questions),
        "not-mine": prompt.question.may_not_apply,
    }
    return Card(
        id=prompt.rule.id,
        text=prompt.text,
        hint=prompt.question.hint,
        good=prompt.question.good,
        may_not_apply=prompt.question.may_not_apply,
        marks=tuple(name for name, holds in marks.items() if holds),
        phones=_phones(together, settings),
    )


def _phones(rules: Sequence[Rule], settings: Mapping[str, Setting]) -> tuple[Phone, ...]:
    """Return the settings of these rules on each kind of phone, each setting once."""
    used = dict.fromkeys(use.id for rule in rules for use in rule.settings)
    phones = []
    for platform in PHONES:
        places = tuple(
            _place(settings[name], variant)
            for name in used
            for variant in settings[name].variants
            if variant.platform == platform
        )
        if places:
            phones.append(Phone(name=words.PLATFORM[platform], places=places))
    return tuple(phones)


def _place(setting: Setting, variant: Variant) -> PhonePlace:
    form = variant.form
    believed = words.NOT_CONFIRMED if form.steps == "believed" else ""
    since = f"from {form.since}" if form.since else ""
    named = ", ".join(part for part in (form.name, since) if part)
    return PhonePlace(
        title=setting.title,
        where=f"{named} {believed}".strip(),
        steps=form.change,
        undo=" ".join(form.undo),
    )
