"""`privacy-check agree`: notes of what two people are both fine with, for one call."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from privacy_check.cli import options, output
from privacy_check.cli.exits import WrongUseError
from privacy_check.rulebook.vocabulary import ASKING

if TYPE_CHECKING:
    from privacy_check.report.agreement import Filled, Sheet
    from privacy_check.rulebook.records import Topic

_TWO_FILES = (
    "Two filled files make the notes: privacy-check agree FILE FILE. "
    "Each person fills in their own: privacy-check agree --fill FILE"
)


@click.command("agree")
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE FILE]")
@click.option(
    "--fill",
    type=click.Path(),
    metavar="FILE",
    help="Fill in alone, and keep your answers in this new private file. It is not to be sent.",
)
@click.option("--withdraw", is_flag=True, help="Print the notes with everything taken back.")
@click.option(
    "--message", is_flag=True, help="Print a short text to send, for a talk without notes."
)
@options.profile_option(ASKING)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(),
    metavar="FILE",
    help="Keep the notes in this new private file; in a conversation, with a key.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    fill: str | None,
    withdraw: bool,
    message: bool,
    profile: str | None,
    path: str | None,
) -> None:
    """Note down together what is okay for both of you.

    Without a file, two people fill in one after the other on this screen. With two filled files,
    the notes are printed. The stricter answer holds; the notes do not tell who gave it.
    """
    _refuse_mixed(files, path, fill=fill is not None, withdraw=withdraw, message=message)
    if message:
        from privacy_check.render.agreement import message as text

        click.echo(text(), nl=False)
        return
    _refuse_taken(fill if fill is not None else path)
    from privacy_check.rulebook.select import select_topics

    book = options.load_book(())
    topics = select_topics(book, profile or "")
    if withdraw:
        _give_withdrawn(topics, path)
    elif files:
        left_out = [topic for topic in book.agreement if topic not in topics]
        _give(_sheet_of(files, topics, left_out), path)
    else:
        ctx.exit(_converse(topics, fill, path))


def _refuse_mixed(
    files: tuple[str, ...], path: str | None, *, fill: bool, withdraw: bool, message: bool
) -> None:
    """Refuse ways to use this that do not go together."""
    if sum([bool(files), fill, withdraw, message]) > 1:
        wrong = "Choose one of these: two files, --fill, --withdraw, --message."
    elif path is not None and (fill or message):
        wrong = "-o keeps the notes of two people: it does not go with --fill or --message."
    elif len(files) not in (0, 2):
        wrong = _TWO_FILES
    else:
        return
    raise WrongUseError(wrong)


def _refuse_taken(path: str | None) -> None:
    """Refuse a file that could not be written at the end, before anybody answers."""
    if path is None:
        return
    from privacy_check.person.private_file import can_be_written
    from privacy_check.plaintext import plain

    if not os.path.basename(path):
        wrong = "this is not the name of a file."
    elif os.path.lexists(path):
        wrong = "this exists. Choose another name."
    elif not can_be_written(path):
        wrong = "nothing can be written in this folder."
    else:
        return
    message = f"{plain(path)}: {wrong}"
    raise WrongUseError(message)


def _give_withdrawn(topics: Sequence[Topic], path: str | None) -> None:
    from privacy_check.render.agreement import TAKEN_BACK
    from privacy_check.report.agreement import withdrawn

    _give(withdrawn(topics), path, f"\n{TAKEN_BACK}\n")


def _give(sheet: Sheet, path: str | None, more: str = "") -> None:
    """Print a sheet, or keep it in a file."""
    from privacy_check.person.private_file import PrivateFileError, write_private
    from privacy_check.render.agreement import render_sheet

    text = render_sheet(sheet) + more
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        write_private(path, text.encode())
    except PrivateFileError as error:
        raise WrongUseError(str(error)) from None
    output.tell_written(path)


def _sheet_of(files: tuple[str, ...], topics: Sequence[Topic], left_out: Sequence[Topic]) -> Sheet:
    """Return the sheet of two filled files."""
    from privacy_check.report.agreement import merge

    answers = [_read(path, topics, left_out) for path in files]
    if os.path.samefile(*files):
        message = f"This is one file, named twice. {_TWO_FILES}"
        raise WrongUseError(message)
    return merge(topics, answers)


def _read(path: str, topics: Sequence[Topic], left_out: Sequence[Topic]) -> Filled:
    """Return what one person filled in; nothing they said may be left out unnoticed."""
    from privacy_check.person.agreement_file import read_answers
    from privacy_check.person.private_file import PrivateFileError
    from privacy_check.plaintext import plain
    from privacy_check.report.agreement import says_something

    try:
        answers = read_answers(path, [*topics, *left_out])
    except PrivateFileError as error:
        raise WrongUseError(str(error)) from None
    if says_something(left_out, answers):
        message = f"{plain(path)} is for another kind of call. Name that kind with --profile."
        raise WrongUseError(message)
    return answers


def _converse(topics: Sequence[Topic], fill: str | None, path: str | None) -> int:
    """Let one person or two fill in, and return the exit code."""
    from privacy_check.person.terminal import LeaveError
    from privacy_check.report.exits import INTERRUPTED

    try:
        if fill is not None:
            _fill(topics, fill)
        else:
            _in_turn(topics, path)
    except LeaveError:
        return INTERRUPTED
    return 0


def _fill(topics: Sequence[Topic], path: str) -> None:
    from privacy_check.person import agree
    from privacy_check.person.agreement_file import write_answers
    from privacy_check.person.terminal import open_terminal

    with open_terminal() as terminal:
        agree.alone(terminal, topics, lambda said: write_answers(path, topics, said))
    output.tell_written(path)


def _in_turn(topics: Sequence[Topic], path: str | None) -> None:
    from privacy_check.person import agree
    from privacy_check.person.private_file import write_private
    from privacy_check.person.terminal import open_terminal
    from privacy_check.render.agreement import render_sheet

    def keep(sheet: Sheet) -> None:
        if path is not None:
            write_private(path, render_sheet(sheet).encode())

    with open_terminal() as terminal:
        if not agree.can_take_turns(terminal):
            message = (
                "Two people in turn want a terminal whose screen can be cleared. Here, each fills "
                "in a file: privacy-check agree --fill FILE. Then: privacy-check agree FILE FILE"
            )
            raise WrongUseError(message)
        ended = agree.in_turn(terminal, topics, None if path is None else keep)
    if ended.is_printed:
        click.echo(render_sheet(ended.sheet), nl=False)
    if ended.is_kept and path is not None:
        output.tell_written(path)
