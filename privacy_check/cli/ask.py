"""`privacy-check ask`: a few questions before a private call, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from privacy_check.cli import options
from privacy_check.cli.exits import WrongUseError
from privacy_check.record import replaced
from privacy_check.rulebook.vocabulary import ASKING

if TYPE_CHECKING:
    from privacy_check.person.ask import Kept
    from privacy_check.rulebook.catalogue import App
    from privacy_check.rulebook.records import RuleBook
    from privacy_check.rulebook.select import Wish


@click.command("ask")
@options.profile_option(ASKING)
@options.channel_option
@options.rules_option
@click.option(
    "--answers",
    "path",
    type=click.Path(),
    metavar="FILE",
    help="Go on from this private file; a key on the last screen keeps your answers in it.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    profile: str | None,
    channel: str,
    folders: tuple[str, ...],
    path: str | None,
) -> None:
    """Ask a few short questions before a private call, one at a time.

    Answers stay in memory and are gone at the end. The exit code does not depend on them.
    """
    from privacy_check.person.ask import Conversation
    from privacy_check.person.terminal import LeaveError, open_terminal
    from privacy_check.report.exits import INTERRUPTED, exit_code
    from privacy_check.rulebook.select import Wish, select_rules

    book = options.load_book(folders)
    helping = _helping(options.load_apps(folders).apps) if folders else book
    wish = Wish(profile=profile or "", channel=channel)
    kept = None if path is None else _kept(path, wish)
    report = options.look(book, select_rules(book, wish), wish, options.target(None, None, ""))
    try:
        with open_terminal() as terminal:
            Conversation(terminal, helping, report, kept).run()
    except LeaveError:
        ctx.exit(INTERRUPTED)
    ctx.exit(exit_code(report, ""))


def _helping(apps: tuple[App, ...]) -> RuleBook:
    """Return the built-in rules, as others do not say where help is found; apps they may name."""
    return replaced(options.load_book(()), apps=apps)


def _kept(path: str, wish: Wish) -> Kept:
    """Return what an earlier conversation kept in a private file."""
    from privacy_check.person.answers_file import read_answers, write_answers
    from privacy_check.person.ask import Kept
    from privacy_check.person.private_file import PrivateFileError

    try:
        answers = read_answers(path, wish)
    except PrivateFileError as error:
        raise WrongUseError(str(error)) from None
    return Kept(answers=answers, write=lambda given: write_answers(path, wish, given))
