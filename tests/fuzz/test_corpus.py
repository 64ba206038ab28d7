"""Inputs that fuzzing once found, and the first of each target, tried without atheris."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from targets import TARGETS, run

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_found_once_does_no_harm(path: Path) -> None:
    run(path.name.partition("-")[0], path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_runs(target: str) -> None:
    seeds = list(islice(TARGETS[target].seeds(), 5))
    assert seeds
    for data in seeds:
        run(target, data)
