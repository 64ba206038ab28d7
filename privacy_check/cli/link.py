"""`privacy-check link URL|-`: which call service an address belongs to, and what is in it.

The address may open a call. No message here repeats any part of what was typed.
"""

from __future__ import annotations

import os
import sys
from typing import IO

import click

from privacy_check.cli import options
from privacy_check.cli.exits import WrongUseError

_HISTORY = (
    "The shell may keep this address in its history. With - in place of it, the address is read "
    "from standard input."
)
_TYPE_IT = "Paste the link, or the whole message, and press Enter."
_NOT_SHOWN = "It is not shown."
_USAGE = "That cannot be understood. One address is wanted: see privacy-check link --help"


class LinkCommand(click.Command):
    """A command whose wrong use is told without the words that were typed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read options and address.

        Raises:
            WrongUseError: When they cannot be understood.
        """
        try:
            return super().parse_args(ctx, args)
        except click.UsageError:
            pass
        raise WrongUseError(_USAGE)  # out of reach of the error, which repeats what was typed


@click.command("link", cls=LinkCommand)
@click.argument("address", metavar="URL|-")
@options.format_option("text", "json")
@options.rules_option
def command(address: str, form: str, folders: tuple[str, ...]) -> None:
    """Say which call service an address belongs to, and what in it is worth a look.

    Nothing is opened. With - the address is read from standard input, and stays out of the shell's
    history.
    """
    from privacy_check.judge.links import LinkFaultError, examine
    from privacy_check.judge.one_address import one_address
    from privacy_check.render.link import HOW_TO_GIVE, UNREAD, render_link, render_link_json

    if address != "-":
        click.echo(_HISTORY, err=True)
    _must_be_folders(folders)
    text = one_address(_from_input()) if address == "-" else address
    apps = options.load_apps(folders).apps
    try:
        found = examine(text, apps)
    except LinkFaultError as fault:
        message = f"A fault in privacy-check itself ({fault}). Nothing was changed."
        raise click.ClickException(message) from None
    if not found.read:
        message = f"{UNREAD[found.noticed[0].id]} {HOW_TO_GIVE}"
        raise WrongUseError(message)
    app = next((app for app in apps if app.id == found.service), None)
    if form == "json":
        click.echo(render_link_json(found, app), nl=False)
    else:
        click.echo(render_link(found, app, options.page()), nl=False)


def _must_be_folders(folders: tuple[str, ...]) -> None:
    """Refuse what is no folder without naming it: an address may have been put there.

    Raises:
        WrongUseError: When one is none.
    """
    if not all(map(os.path.isdir, folders)):
        message = "What is given to --rules is no folder of rules."
        raise WrongUseError(message)


def _from_input() -> str:
    """Return what is on standard input, and not more than an address may be.

    Raises:
        WrongUseError: When it is no text.
    """
    from privacy_check.judge.address import MOST
    from privacy_check.render.link import HOW_TO_GIVE, UNREAD

    stream = getattr(sys.stdin, "buffer", None)
    data = _read(stream, MOST + 1) if stream is not None else b""
    try:
        return data.decode("utf-8-sig") if len(data) <= MOST else "x" * (MOST + 1)
    except UnicodeDecodeError:
        pass
    message = f"{UNREAD['not-text']} {HOW_TO_GIVE}"
    raise WrongUseError(message)


def _read(stream: IO[bytes], most: int) -> bytes:
    if not stream.isatty():
        return stream.read(most)
    if os.name != "posix":
        click.echo(_TYPE_IT, err=True)
        return stream.readline(most)
    from privacy_check.person.pasted import read_pasted

    # Asked for only once nothing is shown any more: what is pasted earlier would be.
    return read_pasted(
        stream.fileno(), most, lambda: click.echo(f"{_TYPE_IT} {_NOT_SHOWN}", err=True)
    )
