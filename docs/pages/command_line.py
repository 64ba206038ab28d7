"""The page of all commands with all their options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

import click

from pages.markdown import codes, table
from privacy_check.cli import cli
from privacy_check.report.exits import MEANINGS

INTRO = """\
# Command line

`privacy-check` alone is `privacy-check run`. `--help` after any command tells about it. A file is
written only where you name one.

## Exit codes

The same for every format, with and without `--quiet`.
"""
AFTER_EXITS = """
A question that is left open never changes the exit code. `agree` checks nothing: there, 0 says that
the notes or the file were made, whatever is in them, and 130 that somebody left. How to use it:
[agreeing](agreeing.md).

## Completion

Commands, options and ids can be completed with the Tab key: for one shell window by typing this
line, for all by adding it to the file that the shell reads at its start.

    eval "$(_PRIVACY_CHECK_COMPLETE=bash_source privacy-check)"     # bash: ~/.bashrc
    eval "$(_PRIVACY_CHECK_COMPLETE=zsh_source privacy-check)"      # zsh: ~/.zshrc
    _PRIVACY_CHECK_COMPLETE=fish_source privacy-check | source      # fish: config.fish
"""


def command_line() -> Iterator[str]:
    """Yield the page."""
    yield INTRO
    yield from table(
        ("exit", "meaning"), ((f"{code}", _said(text)) for code, text in MEANINGS.items())
    )
    yield AFTER_EXITS
    yield from _command(cli, "privacy-check")


def _command(command: click.Command, name: str) -> Iterator[str]:
    """Yield a command and the commands below it."""
    yield from ("", f"## {name}", "", f"    {_usage(command, name)}", "")
    yield from (_said(cleandoc(command.help or "")), "")
    with click.Context(command, info_name=name, help_option_names=["-h", "--help"]) as context:
        parameters = map(_parameter, command.get_params(context))
        yield from table(("option", "value", "what it does"), parameters)
        if isinstance(command, click.Group):
            for sub in command.list_commands(context):
                inner = command.get_command(context, sub)
                if inner is not None:
                    yield from _command(inner, f"{name} {sub}")


def _usage(command: click.Command, name: str) -> str:
    arguments = [_name(item) for item in command.params if isinstance(item, click.Argument)]
    last = ["COMMAND"] if isinstance(command, click.Group) else arguments
    return " ".join([name, "[OPTIONS]", *last])


def _name(item: click.Parameter) -> str:
    return item.metavar or (item.name or "").upper()


def _parameter(item: click.Parameter) -> tuple[str, str, str]:
    """Return the cells of an option or an argument."""
    value = codes(map(str, item.type.choices)) if isinstance(item.type, click.Choice) else ""
    if not isinstance(item, click.Option):
        return f"`{_name(item)}`", value, "needed" if item.required else "may be left out"
    if not value and not item.is_flag:
        value = f"`{_name(item)}`"
    about = _said(item.help or "")
    if item.show_default:
        about += f" Without it: `{item.default}`."
    return codes(item.opts), value, about


def _said(text: str) -> str:
    """Return a text with the options in it marked as typed."""
    return re.sub(r"(?<!\S)-[-\w]+(?: [A-Z]{2,})?", r"`\g<0>`", text)
