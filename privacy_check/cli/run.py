"""`privacy-check run`: look at this computer, or a copy of one, and write a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from privacy_check.cli import options, output
from privacy_check.cli.exits import WrongUseError
from privacy_check.plaintext import plain
from privacy_check.record import record, replaced
from privacy_check.rulebook.vocabulary import PHASES, PHONES, PROFILES, SEVERITIES

if TYPE_CHECKING:
    from privacy_check.report.build import Report
    from privacy_check.report.since import Earlier
    from privacy_check.rulebook.records import RuleBook
    from privacy_check.rulebook.select import Wish


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
    since: str | None
    explain_reads: bool
    quiet: bool


@click.command("run")
@options.profile_option(PROFILES)
@options.channel_option
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
@click.option(
    "--since",
    type=click.Path(),
    metavar="REPORT",
    help="Compare with an earlier report, kept with --format json -o.",
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
    phones = asked.everything or asked.form == "markdown" or aim.platform in PHONES
    book = options.load_book(asked.folders, phones=phones, apps=False)
    wish = Wish(profile=asked.profile or "", channel=asked.channel, phase=asked.phase or "")
    rules = select_rules(book, wish)
    if asked.explain_reads:
        if asked.path or asked.form != "text" or asked.quiet:
            message = "--explain-reads prints to the screen: leave out -o, --format and --quiet."
            raise WrongUseError(message)
        return options.explain_reads(book, rules, aim)
    report = _compared(book, wish, aim, asked.since) if asked.since else None
    report = report or options.look(book, rules, wish, aim)
    if not asked.quiet or asked.path:
        output.write(_rendered(report, asked), asked.path, force=asked.force, quiet=asked.quiet)
    return exit_code(report, asked.fail_on or "")


def _compared(book: RuleBook, wish: Wish, aim: options.Target, path: str) -> Report:
    """Return the report with what became of an earlier one, whatever part of a call that is."""
    from privacy_check.report.since import compared, difference, only_phase
    from privacy_check.rulebook.select import select_rules

    earlier = _earlier(path)
    rules = select_rules(book, replaced(wish, phase=""))
    report = options.look(book, rules, wish, aim)
    if reason := difference(report, earlier):
        message = f"{plain(path)} cannot be compared with: {reason}."
        raise WrongUseError(message)
    return only_phase(compared(report, earlier))


def _earlier(path: str) -> Earlier:
    """Return the report of an earlier run.

    Raises:
        WrongUseError: When the file cannot be read, or is no such report.
    """
    from privacy_check.machine.files import read_file
    from privacy_check.machine.interface import MissingError, UnseenError
    from privacy_check.report.since import EarlierReportError, read_earlier

    try:
        return read_earlier(read_file(path).data.decode())
    except MissingError:
        reason = "there is no such file"
    except (UnseenError, EarlierReportError) as error:
        reason = str(error)
    except UnicodeDecodeError:
        reason = "it is not JSON"
    message = f"{plain(path)} cannot be compared with: {reason}."
    raise WrongUseError(message)


def _rendered(report: Report, asked: Asked) -> str:
    if asked.form == "json":
        from privacy_check.render.json import render_report

        return render_report(report)
    if asked.form == "markdown":
        from privacy_check.render.markdown import render_markdown

        return render_markdown(report)
    from privacy_check.render.text import render_all, render_text

    page = options.page()
    if asked.path is not None:
        page = replaced(page, width=80, sites=False)
    return render_all(report, page) if asked.everything else render_text(report, page)
