"""`privacy-check handout`: one page with the questions of a call, for a phone or paper."""

from __future__ import annotations

import sys

import click

from privacy_check.cli import options, output
from privacy_check.cli.exits import WrongUseError
from privacy_check.rulebook.vocabulary import ASKING


@click.command("handout")
@options.profile_option(ASKING)
@options.channel_option
@options.rules_option
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(),
    metavar="FILE",
    help="Write a new file that can be passed on.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def command(
    profile: str | None, channel: str, folders: tuple[str, ...], path: str | None, *, force: bool
) -> None:
    """Write one page with the questions, for a phone or paper.

    It needs no network, keeps no answer, and holds nothing of this computer or of a person.
    """
    from privacy_check.render.handout import render_handout
    from privacy_check.rulebook.select import Wish, select_rules

    if path is None and sys.stdout.isatty():
        message = "This is a page for a browser. Name a file for it: -o page.html"
        raise WrongUseError(message)
    book = options.load_book(folders)
    rules = select_rules(book, Wish(profile=profile or "", channel=channel))
    page = render_handout(rules, book.settings)
    if not page:
        message = "These rules ask nothing for this kind of call."
        raise WrongUseError(message)
    output.write(page, path, force=force, quiet=False, private=False)
