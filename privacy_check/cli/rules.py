"""`privacy-check rules`: list, check and test rule files, and print their schema."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from privacy_check.cli import options
from privacy_check.cli.exits import RuleFilesError, WrongUseError
from privacy_check.report import exits

SCHEMAS = ("advice", "settings", "programs", "support", "agreement", "apps", "report")


@click.group("rules")
def command() -> None:
    """List, check and test rule files."""


@command.command("list")
@options.rules_option
@options.format_option("text", "json")
@click.pass_context
def list_rules(ctx: click.Context, /, folders: tuple[str, ...], form: str) -> None:
    """List all rules."""
    book = options.load_book(folders)
    if form == "json":
        from privacy_check.render.json import render_rules

        click.echo(render_rules(book.rules), nl=False)
        return
    if not book.rules:
        click.echo("No rules.")
        ctx.exit(exits.NOTHING_CHECKED)
    width = max(len(rule.id) for rule in book.rules)
    for rule in book.rules:
        click.echo(f"{rule.id.ljust(width)}  {rule.phase.ljust(11)}  {rule.title}")


@command.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[DIR]...")
@options.rules_option
@click.pass_context
def lint(ctx: click.Context, /, paths: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Check rule files: every problem at once, with file, line and key."""
    from privacy_check.cli.unsaid import without_links
    from privacy_check.rulebook.check import dates_ahead
    from privacy_check.rulebook.load import load

    places = (*paths, *folders) or (_own_folder(),)
    loaded = load(places)
    today = dt.datetime.now().astimezone().date()
    problems = sorted({*loaded.problems, *dates_ahead(loaded.draft, today)})
    if problems:
        said = RuleFilesError(problems, loaded.files).message  # what was asked for, no error
        click.echo(without_links(said, places))
        ctx.exit(exits.WRONG_USE)
    click.echo(f"{loaded.files} files, no problems.")


@command.command("test")
@options.rules_option
@click.pass_context
def test(ctx: click.Context, /, folders: tuple[str, ...]) -> None:
    """Run the cases of all settings: small machines, and what has to be read there."""
    from privacy_check.cases import run_cases
    from privacy_check.rulebook.load import source_folder

    places = folders or (_own_folder(),)
    book = options.load_book(places)
    results = list(run_cases(book, tuple(filter(None, (*places, source_folder())))))
    wrong = [result for result in results if result.fault]
    for result in wrong:
        click.echo(f"{result.setting} ({result.row}): {result.name}: {result.fault}", err=True)
    click.echo(f"{len(results) - len(wrong)} passed, {len(wrong)} failed")
    if wrong:
        ctx.exit(exits.WRONG_USE)
    if not results:
        ctx.exit(exits.NOTHING_CHECKED)


@command.command("schema")
@click.argument("kind", type=click.Choice(SCHEMAS), required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a kind of rule file or of the JSON report; all without a kind."""
    from privacy_check.render.json import dump

    wire = _schema(kind) if kind else {name: _schema(name) for name in SCHEMAS}
    click.echo(dump(wire), nl=False)


def _schema(kind: str) -> dict[str, Any]:
    from privacy_check.render.json_schema import SCHEMAS as REPORT
    from privacy_check.rulebook.schema import schema_of

    return REPORT if kind == "report" else schema_of(kind)


def _own_folder() -> str:
    """Return the built-in rules as TOML, which is where their cases are."""
    from privacy_check.rulebook.load import source_folder

    folder = source_folder()
    if folder is None:
        message = "Here are the compiled rules only, not their files. Name a folder with --rules."
        raise WrongUseError(message)
    return folder
