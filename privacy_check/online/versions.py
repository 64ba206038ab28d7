"""Compares versions: numbers with dots, and what Debian's packages write around them.

What is not surely comparable is not compared.
"""

from __future__ import annotations

import re

from privacy_check.record import record

_NUMBERS = "[0-9]{1,9}(?:[.][0-9]{1,9}){0,5}"
_PLAIN = re.compile(_NUMBERS)
_LONGEST = 60
"""No version of more characters is read."""

_EPOCH = re.compile("[0-9]{1,9}:")
_REVISION = re.compile("-[0-9][A-Za-z0-9+.~]*$")
_UPSTREAM = re.compile(f"({_NUMBERS})(.*)")
_REPACKED = re.compile("(?:[+~.-]?(?:dfsg|ds|repack|debian)[0-9]*(?:[.][0-9]+)*)+")
_BEFORE = re.compile("[+~.-]?(?:alpha|beta|pre|rc)[.~-]?[0-9]*(?:[.][0-9]+)*")


@record
class Version:
    """A version as numbers, without zeros at its end; `before` is a trial of that version."""

    numbers: tuple[int, ...]
    before: bool = False


def is_version(text: str) -> bool:
    """Say whether a text is one to six numbers with dots between, and nothing else."""
    return len(text) <= _LONGEST and _PLAIN.fullmatch(text) is not None


def compared(installed: str, newest: str, *, package: bool) -> str:
    """Return `current`, `older`, `newer`, or `unknown` where the two cannot be compared.

    `package` says that the installed version is written as Debian packages do. Missing numbers
    count as zero, as Debian does it: 4.10 is older than 4.10.3.
    """
    here = _of_package(installed) if package else _plain(installed)
    there = _plain(newest)
    if here is None or there is None or there.before:
        return "unknown"
    if here.numbers == there.numbers:
        return "older" if here.before else "current"
    return "older" if here.numbers < there.numbers else "newer"


def from_distribution(version: str) -> bool:
    """Say whether a package's version carries the number that a distribution gives its builds."""
    return _REVISION.search(version) is not None


def _plain(text: str) -> Version | None:
    text = text.removeprefix("v")
    return Version(numbers=_numbers(text)) if is_version(text) else None


def _of_package(text: str) -> Version | None:
    """Read `epoch:version-revision`; what a distribution took out of it changes no number."""
    if len(text) > _LONGEST:
        return None
    upstream = _REVISION.sub("", _EPOCH.sub("", text, count=1))
    upstream = upstream.rpartition("+really")[2]
    parts = _UPSTREAM.fullmatch(upstream)
    if parts is None:
        return None
    numbers, rest = _numbers(parts[1]), parts[2]
    if not rest or _REPACKED.fullmatch(rest):
        return Version(numbers=numbers)
    return Version(numbers=numbers, before=True) if _BEFORE.fullmatch(rest) else None


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(number) for number in text.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def highest(versions: list[str]) -> str:
    """Return the highest of plain versions, empty where there is none."""
    return max(versions, key=_numbers, default="")
