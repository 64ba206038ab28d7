from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home() -> Iterator[Path]:
    """Give an empty home; its name is short, since the path of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as name:
        yield Path(name)
