"""How the program ends when it cannot go on: what is said, and the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

import click

from privacy_check.report import exits

if TYPE_CHECKING:
    from privacy_check.rulebook.problems import Problem


class WrongUseError(click.ClickException):
    """Something the person can put right: said in one line, exit 2."""

    exit_code = exits.WRONG_USE


class RuleFilesError(WrongUseError):
    """Rule files have problems: each in a line that editors jump to, then a count."""

    def __init__(self, problems: Sequence[Problem], files: int) -> None:
        """Take all problems, and the number of files that were looked at."""
        wrong = len({problem.file for problem in problems})
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        summary = f"{count} in {wrong} of {max(files, wrong)} files. Nothing was checked."
        super().__init__("\n".join([*map(str, problems), summary]))

    def show(self, file: IO[str] | None = None) -> None:
        """Print the problems as they are, without a prefix."""
        click.echo(self.message, file=file, err=True)
