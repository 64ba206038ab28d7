"""What a person answered in `ask`, in a private file that they named, to go on from later.

It holds ids and words only: no name, no time. No message tells an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from privacy_check.judge.answers import GIVEN
from privacy_check.person.private_file import (
    PrivateFileError,
    can_be_written,
    read_private,
    write_private,
)
from privacy_check.plaintext import plain
from privacy_check.rulebook.select import Wish

SCHEMA = "answers-v1"


def read_answers(path: str, wish: Wish) -> dict[str, str]:
    """Return the answers of a private file; none where there is no file yet.

    Raises:
        PrivateFileError: When it cannot be read or written, is not private, holds something else,
            or was kept for another kind of call.
    """
    if not can_be_written(path):
        message = f"{plain(path)}: no file can be made there. Choose another place."
        raise PrivateFileError(message)
    try:
        data = read_private(path)
    except FileNotFoundError:
        return {}
    whole = _parsed(data)
    answers = whole.get("answers")
    if whole.get("schema") != SCHEMA or not isinstance(answers, dict) or not _are_words(answers):
        message = f"{plain(path)}: these are no answers that `privacy-check ask` has kept."
        raise PrivateFileError(message)
    if (whole.get("profile"), whole.get("channel")) != (wish.profile, wish.channel):
        message = f"{plain(path)}: kept with another --profile or --channel. Use the same."
        raise PrivateFileError(message)
    return answers


def _parsed(data: bytes) -> dict[str, object]:
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return whole if isinstance(whole, dict) else {}


def _are_words(answers: dict[str, object]) -> bool:
    return all(given in GIVEN for given in answers.values())


def write_answers(path: str, wish: Wish, answers: Mapping[str, str]) -> None:
    """Write answers to the file, which may be the one they were read from.

    Raises:
        PrivateFileError: When it cannot be written.
    """
    kept = dict(sorted(answers.items()))
    call = {"profile": wish.profile, "channel": wish.channel}
    text = json.dumps({"schema": SCHEMA, **call, "answers": kept}, indent=2) + "\n"
    write_private(path, text.encode(), replace=True)
