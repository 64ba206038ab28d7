"""The compiled form of a rule folder: its documents as one JSON text, with their hash.

It holds the same documents that the TOML files hold, without the cases, and goes through the same
decoder. The build puts it into the wheel, so that a start needs no TOML parser.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from privacy_check.rulebook.documents import Document
from privacy_check.rulebook.vocabulary import PLATFORMS

FILE = "rulebook.json"


def compile_documents(documents: Iterable[Document]) -> str:
    """Return the documents as one JSON text."""
    listed = [
        {"kind": document.kind, "file": document.stem, "raw": without_cases(document)}
        for document in documents
    ]
    return json.dumps(listed, default=_plain, ensure_ascii=False, separators=(",", ":"))


def read_compiled(text: str) -> list[Document]:
    """Return the documents of a compiled rule folder."""
    return [
        Document(
            kind=item["kind"],
            file=f"{item['kind']}/{item['file']}",
            stem=item["file"],
            folder="",
            raw=item["raw"],
            lines={},
        )
        for item in json.loads(text)
    ]


def hash_of(documents: Iterable[Document]) -> str:
    """Return the SHA-256 of all that the documents say, in hexadecimal.

    The order of files and keys and the cases make no difference.
    """
    said = sorted(
        json.dumps([document.kind, without_cases(document)], default=_plain, sort_keys=True)
        for document in documents
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def without_cases(document: Document) -> Mapping[str, Any]:
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
