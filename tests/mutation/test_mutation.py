"""What the rule files say is turned into something else, and something has to notice.

Cases notice a wrong word in a map or a wrong default. That a rule calls the right words good no
case can notice, since cases end before the judge: so `good_words.toml` says it once more, by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from privacy_check.cases import read_case
from privacy_check.reading import NotApplicable, Reading, Unreadable, Unset, Value, outcome
from privacy_check.record import replaced
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import ANY_OTHER, SCHEMA_DEFAULT, Case, Form, RuleBook
from privacy_check.rulebook.select import Place

HERE = Path(__file__).resolve().parent
RULES = HERE.parent.parent / "rules"
GOOD: Mapping[str, list[str]] = tomllib.loads((HERE / "good_words.toml").read_text())

_MATE_LATE = "no real bytes: a longer wait than five minutes was never stored by the program itself"

UNNOTICED: Mapping[str, str] = {
    "lock-delay linux/mate: 6.. is soon": _MATE_LATE,
    "lock-delay linux/mate: 6.. is left out": _MATE_LATE,
    "lock-delay linux/mate: 6.. is another text": _MATE_LATE,
    "lock-screen-notifications linux/mate: unset is left out": "the schemas at hand lack the key",
}
"""Changes that no case notices, and why that is left so; more than a few is a fault."""


@cache
def book() -> RuleBook:
    loaded = load([RULES])
    assert loaded.book is not None, "\n".join(map(str, loaded.problems))
    return loaded.book


def places() -> dict[str, Place]:
    return {
        f"{setting.id} {variant.row}": Place(setting=setting, variant=variant)
        for setting in book().settings.values()
        for variant in setting.variants
        if variant.form.map or variant.form.unset
    }


PLACES = places()


def mutants(place: Place) -> Iterator[tuple[str, Form]]:
    """Yield forms in which one entry is another: a word exchanged, an entry gone, a key changed."""
    form = place.variant.form
    for key, word in form.map.items():
        for other in place.setting.values:
            if other != word:
                yield f"{key} is {other}", replaced(form, map={**form.map, key: other})
        less = {name: value for name, value in form.map.items() if name != key}
        yield f"{key} is left out", replaced(form, map=less or {"\0": word})
        if key != ANY_OTHER:
            yield f"{key} is another text", replaced(form, map={**less, f"{key}\0": word})
    if form.unset:
        for other in {*place.setting.values, ""} - {form.unset}:
            yield f"unset is {other or 'left out'}", replaced(form, unset=other)


def came_out(case: Case, reading: Reading) -> bool:
    word = reading.word if isinstance(reading, Value | Unset) else ""
    return (outcome(reading), word) == (case.outcome, case.value)


def is_noticed(place: Place) -> bool:
    """Say whether a case comes out differently, or a default is known where nothing names it."""
    cases = place.variant.form.cases
    as_said = all(came_out(case, read_case(case, place, book(), [RULES])) for case in cases)
    return not as_said or (
        PLACES[f"{place.setting.id} {place.variant.row}"].variant.form.unset == SCHEMA_DEFAULT
        and any(isinstance(reading, Unset) for reading in without_schemas(place))
    )


def without_schemas(place: Place) -> list[Reading]:
    """Return what the cases with a default come to when no list of schemas is there."""
    found = []
    for case in place.variant.form.cases:
        if case.outcome == "unset":
            files = {path: name for path, name in case.files.items() if "/schemas/" not in path}
            found.append(read_case(replaced(case, files=files), place, book(), [RULES]))
    return found


@pytest.mark.parametrize(
    "row", [row for row in PLACES if PLACES[row].variant.form.unset == SCHEMA_DEFAULT]
)
def test_without_schemas_no_default_is_known(row: str) -> None:
    assert [type(reading) for reading in without_schemas(PLACES[row]) if not unread(reading)] == []


def unread(reading: Reading) -> bool:
    return isinstance(reading, Unreadable | NotApplicable)


@pytest.mark.parametrize("row", PLACES)
def test_a_case_notices_every_other_word_key_and_default(row: str) -> None:
    place = PLACES[row]
    unnoticed = []
    for what, form in mutants(place):
        changed = Place(setting=place.setting, variant=replaced(place.variant, form=form))
        name = f"{row}: {what}"
        if name not in UNNOTICED and not is_noticed(changed):
            unnoticed.append(what)

    assert unnoticed == []


def test_every_excuse_is_still_needed() -> None:
    for name in UNNOTICED:
        row, _, what = name.partition(": ")
        form = dict(mutants(PLACES[row]))[what]
        place = Place(setting=PLACES[row].setting, variant=replaced(PLACES[row].variant, form=form))
        assert not is_noticed(place), name


JUDGED = [
    (rule.id, use.id, use.good) for rule in book().rules for use in rule.settings if not use.informs
]


@pytest.mark.parametrize(("rule", "setting", "good"), JUDGED)
def test_a_rule_calls_good_what_the_sentences_say(
    rule: str, setting: str, good: tuple[str, ...]
) -> None:
    assert setting in GOOD, f"say in good_words.toml which words of {setting} look good"
    assert sorted(good) == sorted(GOOD[setting])


def test_the_table_of_good_words_names_words_that_exist_and_leaves_some_out() -> None:
    for setting, good in GOOD.items():
        if setting in book().settings:
            assert set(good) < set(book().settings[setting].values), setting
