"""The command line: one file a command. A command parses, calls, prints and exits.

Only click and the standard library are imported at the start; each command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from privacy_check import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "run": "Look at this computer before a private call (also without a command).",
    "ask": "Ask a few short questions before the call, one at a time.",
    "agree": "Note down together what is okay for both of you.",
    "settings": "List every setting: its value, and how to change it and put it back.",
    "explain": "Tell all about one rule or setting.",
    "apps": "Name the call apps here, with a grade for each use and its reasons.",
    "link": "Say what a call link is, and what in it to keep to yourselves. Offline.",
    "support": "Where to find help, with dates.",
    "handout": "Write one page with the questions, for a phone or paper.",
    "rules": "List, check and test rule files.",
}


class ReaderGoneError(Exception):
    """Whoever read our output has closed it: nothing is wrong."""


class OutputError(Exception):
    """What the command had to say could not be written."""


class Commands(click.Group):
    """The commands, each imported when it is used; without one, `run` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `run` in front of nothing, and of options that are not our own."""
        own = {name for option in self.get_params(ctx) for name in option.opts}
        bare = not args and not ctx.resilient_parsing  # to complete nothing is to list commands
        if bare or (args and args[0].startswith("-") and args[0] not in own):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of the system that arrives here is one of its output."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGoneError from None
        except OSError as error:
            raise OutputError(error.strerror) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands and our own options, and those of `run`, which may be left out."""
        items = super().shell_complete(ctx, incomplete)
        run = self.get_command(ctx, "run")
        if run is not None and incomplete.startswith("-"):
            items += run.shell_complete(click.Context(run, parent=ctx), incomplete)
        return items

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"privacy_check.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, or name the nearest one."""
        if args and args[0] not in COMMANDS:
            from privacy_check.rulebook.problems import did_you_mean

            near = did_you_mean(args[0], COMMANDS)
            if not near:  # it may be a link, or the code of one: nothing of it is repeated
                ctx.fail("There is no such command. For a call link: privacy-check link -")
            ctx.fail(f"There is no command '{args[0]}'.{near}")
        return super().resolve_command(ctx, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="It only reads, leaves no file, and only apps --online goes online.",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """A checklist for the minutes before a private call."""


def main() -> NoReturn:
    """Run the command line and end the process with one of the documented exit codes."""
    # A program may be started without any output; what is written then goes nowhere.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="privacy-check", standalone_mode=False)
    except click.ClickException as error:
        _show(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = 130
    except ReaderGoneError:
        # Whatever is still to be written would only fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OutputError as error:
        click.echo(f"The output could not be written ({error}).", err=True)
        code = 2
    except Exception as error:  # noqa: BLE001 - the last door: nothing of the person may leave here
        click.echo(_inner_fault(error), err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: click.ClickException) -> None:
    """Print what is wrong, without any call link that was typed in the wrong place."""
    from io import StringIO

    from privacy_check.cli.unsaid import without_links

    text = StringIO()
    error.show(text)
    click.echo(without_links(text.getvalue(), sys.argv[1:]), err=True, nl=False)


def _inner_fault(error: Exception) -> str:
    """Return where a fault lies, without any value that was in play."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = ""
    if place is not None:
        name = os.path.basename(place.tb_frame.f_code.co_filename)
        where = f" at {name}:{place.tb_lineno}"
    return f"A fault in privacy-check itself ({type(error).__name__}{where}). Nothing was changed."
