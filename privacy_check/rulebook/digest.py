"""The hash of a rule set: which files say the same, and which do not."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from privacy_check.rulebook.documents import Document
from privacy_check.rulebook.vocabulary import PLATFORMS


def hash_of(documents: Iterable[Document]) -> str:
    """Return the SHA-256 of all that the documents say, in hexadecimal.

    The order of files and keys and the cases make no difference.
    """
    said = sorted(
        json.dumps([document.kind, _without_cases(document)], default=_plain, sort_keys=True)
        for document in documents
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _without_cases(document: Document) -> Mapping[str, Any]:
    """Return a document's content without the cases, which a plain run never needs."""
    if document.kind != "settings":
        return document.raw
    return {
        key: _platform(value) if key in PLATFORMS else value for key, value in document.raw.items()
    }


def _platform(table: object) -> object:
    """Return a platform's table, a single variant or several by name, without the cases."""
    if not isinstance(table, dict) or "read" in table:
        return _variant(table)
    return {name: _variant(part) for name, part in table.items()}


def _variant(table: object) -> object:
    if not isinstance(table, dict):
        return table
    return {key: value for key, value in table.items() if key != "cases"}


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    message = f"rule files hold no {type(value).__name__}"
    raise TypeError(message)
