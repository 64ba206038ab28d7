"""One person's answers for the notes of two, kept in a small private JSON file.

The file holds words only: no name, no time. What is not answered is left out of it. No message
tells an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from privacy_check.person.private_file import PrivateFileError, read_private, write_private
from privacy_check.plaintext import plain
from privacy_check.report.agreement import FINE_OR_NOT, STRICTEST, Filled, arranged, normal
from privacy_check.rulebook.problems import did_you_mean
from privacy_check.rulebook.records import Topic

SCHEMA = "agree-v1"
MOST_WORDS = 20
LONGEST_WORD = 60
"""Letters of an own word in its normal form."""

UNSURE = ("", "unsure")
"""What stands for no answer, in a file written by hand."""

_FINE, _NOT_FINE = "fine", "not-fine"


def read_answers(path: str, topics: Sequence[Topic]) -> Filled:
    """Return the answers of a private file.

    Raises:
        PrivateFileError: When it cannot be read, is not private, or holds something else.
    """
    try:
        data = read_private(path)
    except FileNotFoundError:
        message = f"{plain(path)}: there is no such file."
        raise PrivateFileError(message) from None
    try:
        return decode(data, topics)
    except PrivateFileError as error:
        message = f"{plain(path)}: {error}"
    raise PrivateFileError(message)


def write_answers(path: str, topics: Sequence[Topic], answers: Filled) -> None:
    """Write answers to a new file that only its owner can read.

    Raises:
        PrivateFileError: When the file exists already or cannot be written.
    """
    write_private(path, encode(topics, answers))


def encode(topics: Sequence[Topic], answers: Filled) -> bytes:
    """Return answers as the bytes of a file; what is not answered is left out."""
    said: dict[str, object] = {}
    for topic in topics:
        words = list(arranged(topic, answers.sets.get(topic.id, ())))
        if topic.merge == STRICTEST:
            said[topic.id] = answers.ranked.get(topic.id, "")
        elif topic.merge == FINE_OR_NOT:
            limits = list(arranged(topic, answers.not_fine.get(topic.id, ())))
            both = {_FINE: words, _NOT_FINE: limits}
            said[topic.id] = {name: named for name, named in both.items() if named}
        else:
            said[topic.id] = words
    kept = {name: answer for name, answer in said.items() if answer}
    text = json.dumps({"schema": SCHEMA, "answers": kept}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def decode(data: bytes, topics: Sequence[Topic]) -> Filled:
    """Return the answers that the bytes of a file hold.

    Raises:
        PrivateFileError: When they hold anything else.
    """
    said = _answers(_parsed(data))
    known = {topic.id: topic for topic in topics if _is_asked(topic)}
    ranked: dict[str, str] = {}
    sets: dict[str, tuple[str, ...]] = {}
    not_fine: dict[str, tuple[str, ...]] = {}
    for name, raw in said.items():
        topic = known.get(name)
        if topic is None:
            message = f'there is no topic "{_key(name)}"{did_you_mean(_key(name), known)}.'
            raise PrivateFileError(message)
        if topic.merge == STRICTEST:
            ranked[name] = _ranked(topic, raw)
        elif topic.merge == FINE_OR_NOT:
            both = _table(name, raw, (_FINE, _NOT_FINE))
            sets[name] = _words(topic, f"{name}.{_FINE}", both.get(_FINE, []))
            not_fine[name] = _words(topic, f"{name}.{_NOT_FINE}", both.get(_NOT_FINE, []))
        else:
            sets[name] = _words(topic, name, raw)
    return Filled(ranked=ranked, sets=sets, not_fine=not_fine)


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        message = "this is not JSON as `agree` writes it."
    raise PrivateFileError(message)  # outside, so that no earlier error carries the text along


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a key that stands twice: one of its answers would be lost."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            message = f'the key "{_key(name)}" stands there twice.'
            raise PrivateFileError(message)
        seen.add(name)
    return dict(pairs)


def _answers(raw: object) -> Mapping[str, object]:
    top = _table("the file", raw, ("schema", "answers"))
    if top.get("schema") != SCHEMA:
        message = f'schema: this should be "{SCHEMA}".'
        raise PrivateFileError(message)
    return _table("answers", top.get("answers"))


def _table(name: str, raw: object, known: Iterable[str] = ()) -> Mapping[str, object]:
    """Return a table, whose keys are all known where `known` names any."""
    if not isinstance(raw, dict):
        message = f"{name}: this should be a table in {{ }}."
        raise PrivateFileError(message)
    listed = tuple(known)
    for key in raw:
        if listed and key not in listed:
            message = (
                f'{name}: the key "{_key(key)}" is not known; known here: {", ".join(listed)}.'
            )
            raise PrivateFileError(message)
    return raw


def _is_asked(topic: Topic) -> bool:
    return bool(topic.choices or topic.own_words)


def _ranked(topic: Topic, raw: object) -> str:
    listed = [choice.word for choice in topic.choices]
    if isinstance(raw, str) and raw in UNSURE:
        return ""
    if isinstance(raw, str) and raw in listed:
        return raw
    message = f"{topic.id}: this should be one of: {', '.join(listed)}, unsure."
    raise PrivateFileError(message)


def _words(topic: Topic, name: str, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_WORDS:
        message = f"{name}: this should be a list of at most {MOST_WORDS} words in [ ]."
        raise PrivateFileError(message)
    words = [word for word in raw if isinstance(word, str) and len(normal(word)) <= LONGEST_WORD]
    if len(words) < len(raw):
        message = f"{name}: each entry should be text of at most {LONGEST_WORD} letters."
        raise PrivateFileError(message)
    listed = [choice.word for choice in topic.choices]
    named = arranged(topic, words)
    if not topic.own_words and not set(named) <= set(listed):
        message = f"{name}: each entry should be one of: {', '.join(listed)}."
        raise PrivateFileError(message)
    return named


def _key(name: str) -> str:
    return plain(name)[:60]
