"""`privacy-check support`: where to find help. It asks nothing and opens nothing."""

from __future__ import annotations

import datetime as dt

import click

from privacy_check.cli import options

_STAYS = "This text stays in the window. In `privacy-check ask`, h shows it and x clears it."


@click.command("support")
def command() -> None:
    """Where to find help, with dates. Nothing opens by itself."""
    from privacy_check.render.page import wrapped
    from privacy_check.render.support import help_of, render_support

    today = dt.datetime.now().astimezone().date()
    given = help_of(options.load_book(()))
    page = options.page()
    click.echo(render_support(given, "", today, page), nl=False)
    click.echo("\n".join(wrapped(_STAYS, page)))
