"""`privacy-check settings`: every setting, its value, and how to change it and put it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from privacy_check.cli import options
from privacy_check.rulebook.vocabulary import PHONES

if TYPE_CHECKING:
    from privacy_check.report.build import Report


@click.command("settings")
@options.target_options
@options.rules_option
@options.format_option("text", "json")
@click.option(
    "--all", "everything", is_flag=True, help="Also those that look good or do not apply."
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    platform: str | None,
    root: str | None,
    home: str,
    folders: tuple[str, ...],
    form: str,
    *,
    everything: bool,
) -> None:
    """List every setting: its value, what it means, how to change it and put it back."""
    from privacy_check.report.exits import exit_code
    from privacy_check.rulebook.select import Wish

    book = options.load_book(folders, phones=platform in PHONES, apps=False)
    report = options.look(book, book.rules, Wish(), options.target(platform, root, home))
    click.echo(_rendered(report, form, everything=everything), nl=False)
    ctx.exit(exit_code(report, ""))


def _rendered(report: Report, form: str, *, everything: bool) -> str:
    if form == "json":
        from privacy_check.render.json import render_settings

        return render_settings(report.rows)
    from privacy_check.render.settings_text import render_settings as render_text

    return render_text(report, options.page(), everything=everything)
