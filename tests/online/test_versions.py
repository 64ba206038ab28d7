"""Versions are compared where that is sure, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_check.online.versions import compared, from_distribution, highest, is_version


@pytest.mark.parametrize(
    ("installed", "newest", "result"),
    [
        ("8.20.0", "8.20.0", "current"),
        ("8.20", "8.20.0", "current"),
        ("v8.20.0", "8.20.0", "current"),
        ("2026.05.0", "2026.5.0", "current"),
        ("8.9.0", "8.20.0", "older"),
        ("4.10", "4.10.3", "older"),
        ("8.21.0", "8.20.0", "newer"),
        ("7.0.5.3034", "7.0.5", "newer"),
        ("8.20.0-beta.1", "8.20.0", "unknown"),
        ("3.40.3882-3882", "3.40.3882", "unknown"),
        ("", "8.20.0", "unknown"),
        ("nightly", "8.20.0", "unknown"),
        ("8.20.0", "latest", "unknown"),
        ("8..0", "8.20.0", "unknown"),
        ("٨.20", "8.20", "unknown"),
        ("8.20.0\n", "8.20.0", "unknown"),
        ("1" * 400, "8.20.0", "unknown"),
        ("1.2.3.4.5.6.7", "1.2.3", "unknown"),
    ],
)
def test_numbers_with_dots(installed: str, newest: str, result: str) -> None:
    assert compared(installed, newest, package=False) == result


@pytest.mark.parametrize(
    ("installed", "newest", "result"),
    [
        ("4.6.5+ds-2+b1", "7.0.9", "older"),
        ("1.17.6-1.1", "1.18.4", "older"),
        ("20230206.0~ds2-1.1", "20230206.0", "current"),
        ("1:2.3.4-1", "2.3.4", "current"),
        ("2.3.4+dfsg1-1~bpo12+1", "2.3.4", "current"),
        ("3.40.3882-3882", "3.40.3882", "current"),
        ("7.0.5.3034", "7.0.5.3034", "current"),
        ("3.0+really2.3.4-1", "2.3.4", "current"),
        ("2.3.4-0ubuntu0.22.04.1", "2.3.4", "current"),
        ("2.3.4~rc1-1", "2.3.4", "older"),
        ("2.3.4~beta-1", "2.3.5", "older"),
        ("2.4.0~rc.1-1", "2.3.4", "newer"),
        ("8.20.0-beta.1", "8.20.0", "older"),
        ("8.20.0-rc1", "8.20.0", "older"),
        ("2.3.4+git20230101.abcdef-1", "2.3.4", "unknown"),
        ("0~20230101-1", "2.3.4", "unknown"),
        ("2.3.4a-1", "2.3.4", "unknown"),
        ("", "2.3.4", "unknown"),
        ("-1", "2.3.4", "unknown"),
        ("1:" * 40, "2.3.4", "unknown"),
    ],
)
def test_debian_packages(installed: str, newest: str, result: str) -> None:
    assert compared(installed, newest, package=True) == result


def test_builds_of_a_distribution_are_known_by_their_number() -> None:
    assert from_distribution("4.6.5+ds-2+b1")
    assert not from_distribution("7.0.5.3034")


NUMBERS = st.lists(st.integers(0, 99), min_size=1, max_size=6).map(tuple)


@given(NUMBERS, NUMBERS)
def test_comparing_is_comparing_numbers(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    longer = max(len(one), len(other))
    here = one + (0,) * (longer - len(one))
    there = other + (0,) * (longer - len(other))
    texts = [".".join(map(str, numbers)) for numbers in (one, other)]
    expected = "current" if here == there else "older" if here < there else "newer"
    assert compared(*texts, package=False) == expected
    assert compared(f"2:{texts[0]}-1", texts[1], package=True) == expected
    assert compared(highest(texts), texts[0], package=False) in ("current", "newer")


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    for package in (True, False):
        result = compared(text, "1.2.3", package=package)
        assert result in ("current", "older", "newer", "unknown")
    assert not is_version(text) or all(part.isdigit() for part in text.split("."))
