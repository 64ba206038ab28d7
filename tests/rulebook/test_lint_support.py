"""House rules for the files that say where help is found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rule_folders import RULES

from privacy_check.rulebook.check import dates_ahead
from privacy_check.rulebook.load import load

TEXT = (RULES / "support" / "helpline-australia.toml").read_text(encoding="utf-8")


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    place = tmp_path / "support" / "other.toml"
    place.parent.mkdir()
    place.write_text(TEXT, encoding="utf-8")

    (problem,) = load([tmp_path]).problems
    assert problem.key == "id"
    assert problem.file == str(place)


def test_a_source_that_was_checked_later_than_today_is_named() -> None:
    draft = load([RULES]).draft
    early = dt.date(2020, 1, 1)

    named = {Path(item.file).parent.name for item in dates_ahead(draft, early)}
    assert "support" in named
