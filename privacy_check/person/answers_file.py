"""What a person answered in `ask`, in a private file that they named, to go on from later.

It holds ids and words only: no name, no time. No message tells an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from privacy_check.judge.answers import GIVEN
from privacy_check.person.private_file import PrivateFileError, read_private, write_private
from privacy_check.plaintext import plain

SCHEMA = "answers-v1"


def read_answers(path: str) -> dict[str, str]:
    """Return the answers of a private file; none where there is no file yet.

    Raises:
        PrivateFileError: When it cannot be read, is not private, or holds something else.
    """
    try:
        data = read_private(path)
    except FileNotFoundError:
        return {}
    answers = _answers(data)
    if answers is None:
        message = f"{plain(path)}: these are no answers that `privacy-check ask` has kept."
        raise PrivateFileError(message)
    return answers


def _answers(data: bytes) -> dict[str, str] | None:
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict) or whole.get("schema") != SCHEMA:
        return None
    answers = whole.get("answers")
    if not isinstance(answers, dict) or any(given not in GIVEN for given in answers.values()):
        return None
    return answers


def write_answers(path: str, answers: Mapping[str, str]) -> None:
    """Write answers to the file, which may be the one they were read from.

    Raises:
        PrivateFileError: When it cannot be written.
    """
    whole = {"schema": SCHEMA, "answers": dict(sorted(answers.items()))}
    text = json.dumps(whole, indent=2) + "\n"
    write_private(path, text.encode(), replace=True)
