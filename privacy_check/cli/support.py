"""`privacy-check support`: where to find help. It asks nothing and opens nothing."""

from __future__ import annotations

import datetime as dt

import click

from privacy_check.cli import options


@click.command("support")
def command() -> None:
    """Where to find help, with dates. Nothing opens by itself."""
    from privacy_check.render.support import help_of, render_support

    today = dt.datetime.now().astimezone().date()
    given = help_of(options.load_book(()))
    click.echo(render_support(given, "", today, options.page()), nl=False)
