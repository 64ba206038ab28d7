"""House rules about what a rule asks and says: the answers it shares, its place, its hint."""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.rulebook.decode import Draft, Entry
from privacy_check.rulebook.problems import KeyPath, Problem, did_you_mean
from privacy_check.rulebook.records import Question, Rule

_EITHER = "either"


def named(question: Question | None) -> Iterator[tuple[KeyPath, str]]:
    """Yield the rules that take the answer of a question in any of its words, with their place."""
    if question is None:
        return
    for i, name in enumerate(question.also):
        yield ("question", "also", i), name
    for i, other in enumerate(question.instead):
        for j, name in enumerate(other.also):
            yield ("question", "instead", i, "also", j), name


def answers_are_taken_by_questions(draft: Draft) -> Iterator[Problem]:
    """Yield the names in `also` that cannot take an answer."""
    asks = {entry.name: entry.record.question is not None for entry in draft.rules}
    broken = draft.broken("advice", "question")
    known = {*asks, *draft.elsewhere, *broken}
    for entry in draft.rules:
        for path, name in named(entry.record.question):
            message = ""
            if name == entry.name:
                message = "a rule takes its own answer without being named: take it out"
            elif name not in known:
                message = f'there is no rule "{name}"{did_you_mean(name, sorted(known))}'
            elif not asks.get(name, True) and name not in broken:
                message = f'the rule "{name}" asks nothing, so it takes no answer: take it out'
            if message:
                yield entry.document.problem(path, message)


def questions_do_not_cover_each_other(draft: Draft) -> Iterator[Problem]:
    """Yield each circle of questions: every one of them would wait for another to be asked."""
    entries = {entry.name: entry for entry in draft.rules}
    for circle in _circles(draft):
        start = circle.index(min(circle))
        shown = [*circle[start:], *circle[: start + 1]]
        entry = entries[shown[0]]
        path = next(path for path, name in named(entry.record.question) if name == shown[1])
        message = f"{' > '.join(shown)}: none of these would be asked; take one name out"
        yield entry.document.problem(path, message)


def _circles(draft: Draft) -> Iterator[list[str]]:
    """Yield the ids of questions that cover each other, each covering the next."""
    from graphlib import CycleError, TopologicalSorter

    covered = {
        entry.name: [name for _, name in named(entry.record.question) if name != entry.name]
        for entry in draft.rules
    }
    while True:
        try:
            TopologicalSorter(covered).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][:0:-1]
            yield circle
            covered[circle[0]] = [name for name in covered[circle[0]] if name != circle[1]]
        else:
            return


def short_questions_have_places_of_their_own(draft: Draft) -> Iterator[Problem]:
    """Yield the questions whose place among the short ones is taken."""
    first: dict[int, str] = {}
    for entry, question in _questions(draft):
        place = question.quick
        if place and first.setdefault(place, entry.name) != entry.name:
            message = f"the place {place} is already taken by {first[place]}"
            yield entry.document.problem(("question", "quick"), message)


def rules_have_something_to_say(draft: Draft) -> Iterator[Problem]:
    """Yield the rules of which nothing would be shown."""
    for entry in draft.rules:
        if not any(entry.document.raw.get(key) for key in ("question", "settings", "say")):
            message = "a rule that asks nothing and reads nothing needs a sentence to say"
            yield entry.document.problem(("say",), message)


def questions_have_hints(draft: Draft) -> Iterator[Problem]:
    """Yield the questions that leave a person alone with the other answer."""
    for entry, question in _questions(draft):
        if question.good not in ("", _EITHER) and not question.hint:
            message = f'say what may help where the answer is not "{question.good}"'
            yield entry.document.problem(("question", "hint"), message)


def answers_hold_back_one_thing(draft: Draft) -> Iterator[Problem]:
    """Yield the questions whose answers would hold back too much, or nothing."""
    for entry, question in _questions(draft):
        held = [key for key in ("pause", "care") if getattr(question, key)]
        if len(held) > 1:
            message = "an answer holds back the call (pause) or steps and files (care): choose one"
            yield entry.document.problem(("question", "care"), message)
        elif held and question.good == _EITHER:
            message = "either answer is good here, so none holds anything back: take it out"
            yield entry.document.problem(("question", held[0]), message)


def _questions(draft: Draft) -> Iterator[tuple[Entry[Rule], Question]]:
    for entry in draft.rules:
        if entry.record.question is not None:
            yield entry, entry.record.question


QUESTION_CHECKS = (
    answers_are_taken_by_questions,
    questions_do_not_cover_each_other,
    short_questions_have_places_of_their_own,
    rules_have_something_to_say,
    questions_have_hints,
    answers_hold_back_one_thing,
)
