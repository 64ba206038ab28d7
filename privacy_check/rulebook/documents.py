"""Reads rule folders as documents: parsed TOML with the line of every key.

Rule folders may come from anybody. Only regular files inside the folder are read, of a size that
rules have; whatever is wrong becomes a problem, never an exception.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from privacy_check.plaintext import plain
from privacy_check.record import record
from privacy_check.rulebook.problems import KeyPath, Notebook, Problem, shown

AnyPath = str | os.PathLike[str]

KINDS = ("advice", "settings", "programs", "support", "agreement", "apps")
"""The folders of a rule folder, one a kind of file."""

EDITION_FILE = "rulebook.toml"
FIXTURES = "fixtures"
LARGEST_FILE = 256 * 1024
DEEPEST_TABLE = 12


@record
class Document:
    """One rule file: its kind, its parsed content, and where its keys stand."""

    kind: str
    file: str
    stem: str
    folder: str
    raw: dict[str, Any]
    lines: Mapping[KeyPath, int]
    base: str = ""

    def notebook(self) -> Notebook:
        """Return an empty collection of problems for this file."""
        return Notebook(file=self.file, lines=self.lines)

    def problem(self, path: KeyPath, message: str) -> Problem:
        """Return a problem at a key of this file."""
        line = self.notebook().line_of(path)
        return Problem(file=self.file, line=line, key=shown(path), message=message)


def read_folder(
    place: AnyPath,
) -> tuple[list[Document], list[Problem], int]:
    """Read all rule files of a folder.

    Returns:
        The documents, the problems found while reading, and the number of rule files seen.
    """
    folder = Path(place)
    documents: list[Document] = []
    problems: list[Problem] = []
    seen = 0
    if not os.path.isdir(folder):
        return [], [_problem(str(folder), "there is no such folder, or it may not be seen")], 0
    for path in _rule_files(folder, problems):
        seen += 1
        result = _read(folder, path)
        if isinstance(result, Document):
            documents.append(result)
        else:
            problems.append(result)
    if not seen and not problems:
        wanted = ", ".join(f"{kind}/" for kind in KINDS)
        problems.append(_problem(str(folder), f"no rule files here; wanted: {wanted}"))
    return documents, problems, seen


def _rule_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the TOML files below a folder in a fixed order; links to folders are not followed."""
    for place, folders, files in os.walk(folder, onerror=lambda e: problems.append(_denied(e))):
        folders.sort()
        if place == str(folder) and FIXTURES in folders:
            folders.remove(FIXTURES)
        problems.extend(
            _problem(os.path.join(place, name), "this is not a regular file")
            for name in folders
            if name.endswith(".toml")
        )
        linked = (os.path.join(place, name) for name in folders)
        problems.extend(
            _problem(path, "a linked folder is not read") for path in linked if os.path.islink(path)
        )
        yield from (Path(place, name) for name in sorted(files) if name.endswith(".toml"))


def _denied(error: OSError) -> Problem:
    return _problem(str(error.filename), f"this folder cannot be read ({error.strerror})")


def _read(folder: Path, path: Path) -> Document | Problem:
    """Read and parse one file."""
    inside = path.relative_to(folder)
    kind = inside.parts[0] if len(inside.parts) > 1 else inside.name
    if kind not in (*KINDS, EDITION_FILE):
        wanted = ", ".join([*(f"{name}/" for name in KINDS), EDITION_FILE])
        return _problem(str(path), f"this file stands in no known place: {wanted}")
    text = _text(folder, path)
    if isinstance(text, Problem):
        return text
    parsed = _parsed(path, text)
    if isinstance(parsed, Problem):
        return parsed
    from privacy_check.rulebook.locate import key_lines

    return Document(
        kind=kind,
        file=str(path),
        stem=path.stem,
        folder=inside.parent.name,
        raw=parsed,
        lines=key_lines(text),
        base=str(folder),
    )


def _text(folder: Path, path: Path) -> str | Problem:
    """Return a file's text, if it is a regular file inside the folder and of a sane size."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return _problem(str(path), "this link leads out of the rule folder")
        if not stat.S_ISREG(path.stat().st_mode):
            return _problem(str(path), "this is not a regular file")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return _problem(str(path), f"this file cannot be read ({error.strerror})")
    except RuntimeError:
        return _problem(str(path), "this link leads to itself")
    with os.fdopen(handle, "rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        return _problem(str(path), f"this file is larger than {LARGEST_FILE // 1024} KiB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _problem(str(path), "this is not UTF-8 text", line)


def _parsed(path: Path, text: str) -> dict[str, Any] | Problem:
    import tomli  # not needed when the compiled rule book is used

    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return _problem(str(path), f"not TOML: {plain(str(error))}", error.lineno)
    except RecursionError:
        return _problem(str(path), "this file is nested too deeply")
    except ValueError:
        return _problem(str(path), "not TOML: a number in this file is too large")
    if _too_deep(raw, DEEPEST_TABLE):
        return _problem(str(path), f"tables and lists are nested more than {DEEPEST_TABLE} deep")
    return raw


def _too_deep(value: object, left: int) -> bool:
    """Say whether a value is nested deeper than `left`, without recursing beyond it."""
    if left < 0:
        return True
    if isinstance(value, dict):
        return any(_too_deep(item, left - 1) for item in value.values())
    return isinstance(value, list) and any(_too_deep(item, left - 1) for item in value)


def _problem(file: str, message: str, line: int = 1) -> Problem:
    return Problem(file=file, line=line, key="", message=message)
