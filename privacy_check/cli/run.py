"""`privacy-check run`: look at this computer, or a copy of one, and write a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from privacy_check.cli import options, output
from privacy_check.cli.exits import WrongUseError
from privacy_check.record import record, replaced
from privacy_check.rulebook.vocabulary import CHANNELS, PHASES, PROFILES, SEVERITIES

if TYPE_CHECKING:
    from privacy_check.report.build import Report


@record
class Asked:
    """The options of a run, as given."""

    profile: str | None
    channel: str
    phase: str | None
    platform: str | None
    root: str | None
    home: str
    folders: tuple[str, ...]
    form: str
    path: str | None
    force: bool
    everything: bool
    fail_on: str | None
    explain_reads: bool
    quiet: bool


@click.command("run")
@click.option("--profile", type=click.Choice(PROFILES), help="The kind of call.")
@click.option(
    "--channel",
    type=click.Choice(CHANNELS),
    default="video",
    show_default=True,
    help="How you talk.",
)
@click.option("--phase", type=click.Choice(PHASES), help="Only this part of a call.")
@options.target_options
@options.rules_option
@options.format_option("text", "json", "markdown")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(),
    metavar="FILE",
    help="Write a new file that only you can read.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--all", "everything", is_flag=True, help="Show everything, not only what is first.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with 10 or 11 when something at or above this level is open.",
)
@click.option("--explain-reads", is_flag=True, help="Only say what would be read. Reads nothing.")
@click.option("--quiet", is_flag=True, help="Print nothing: the exit code and -o speak.")
@click.pass_context
def command(ctx: click.Context, /, **given: object) -> None:
    """Look at this computer before a private call.

    Lists what is worth a look, with the steps to change it and to put it back.
    """
    ctx.exit(_run(Asked(**given)))  # type: ignore[arg-type]  # click checked each value


def _run(asked: Asked) -> int:
    from privacy_check.report.exits import exit_code
    from privacy_check.rulebook.select import Wish, select_rules

    aim = options.target(asked.platform, asked.root, asked.home)
    book = options.load_book(asked.folders)
    wish = Wish(profile=asked.profile or "", channel=asked.channel, phase=asked.phase or "")
    rules = select_rules(book, wish)
    if asked.explain_reads:
        if asked.path or asked.form != "text" or asked.quiet:
            message = "--explain-reads prints to the screen: leave out -o, --format and --quiet."
            raise WrongUseError(message)
        return options.explain_reads(book, rules, aim)
    report = options.look(book, rules, wish, aim)
    if not asked.quiet or asked.path:
        output.write(_rendered(report, asked), asked.path, force=asked.force, quiet=asked.quiet)
    return exit_code(report, asked.fail_on or "")


def _rendered(report: Report, asked: Asked) -> str:
    if asked.form == "json":
        from privacy_check.render.json import render_report

        return render_report(report)
    if asked.form == "markdown":
        from privacy_check.render.markdown import render_markdown

        return render_markdown(report)
    from privacy_check.render.text import render_all, render_first_screen

    page = options.page()
    if asked.path is not None:
        page = replaced(page, width=80, sites=False)
    return render_all(report, page) if asked.everything else render_first_screen(report, page)
