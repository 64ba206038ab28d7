"""The options that several commands share, and the steps from options to a report."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from privacy_check.cli.exits import RuleFilesError, WrongUseError
from privacy_check.record import record, replaced
from privacy_check.rulebook.vocabulary import CHANNELS, PHONES, PLATFORMS

if TYPE_CHECKING:
    from privacy_check.judge.findings import Row
    from privacy_check.machine.interface import Machine
    from privacy_check.render.page import Page
    from privacy_check.report.build import Report
    from privacy_check.rulebook.records import Rule, RuleBook
    from privacy_check.rulebook.select import Place, Wish

F = TypeVar("F", bound=Callable[..., Any])


@record
class Target:
    """Which computer is looked at: this one, a copy of files, or none."""

    platform: str
    root: str | None
    home: str


def profile_option(profiles: Sequence[str]) -> Callable[[F], F]:
    """Add `--profile` with some profiles."""

    def add(command: F) -> F:
        return click.option("--profile", type=click.Choice(profiles), help="The kind of call.")(
            command
        )

    return add


def channel_option(command: F) -> F:
    """Add `--channel`."""
    return click.option(
        "--channel",
        type=click.Choice(CHANNELS),
        default="video",
        show_default=True,
        help="How you talk.",
    )(command)


def rules_option(command: F) -> F:
    """Add `--rules`."""
    return click.option(
        "--rules",
        "folders",
        type=click.Path(),
        multiple=True,
        metavar="DIR",
        help="Use the rules of this folder. May be repeated.",
    )(command)


def target_options(command: F) -> F:
    """Add `--platform`, `--root` and `--home`."""
    for option in (
        click.option("--home", default="", metavar="PATH", help="The home folder inside --root."),
        click.option(
            "--root",
            type=click.Path(exists=True, file_okay=False),
            metavar="DIR",
            help="Look at a copy of a computer's files in this folder.",
        ),
        click.option("--platform", type=click.Choice(PLATFORMS), help="Whose settings to show."),
    ):
        command = option(command)
    return command


def format_option(*formats: str) -> Callable[[F], F]:
    """Add `--format` with some formats; the first is the default."""

    def add(command: F) -> F:
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How to write it.",
        )(command)

    return add


def target(platform: str | None, root: str | None, home: str) -> Target:
    """Return the target that the options name.

    Raises:
        WrongUseError: When the home folder is not in the tree.
    """
    if root is None:
        if home:
            message = "--home goes with --root: it names the home folder inside that tree."
            raise WrongUseError(message)
        return Target(platform=platform or "", root=None, home="")
    inside = "/" + (home or os.path.expanduser("~")).strip("/")
    if ".." in inside.split("/") or not _is_inside(root, inside):
        message = f"{inside} is no folder inside {root}. Name the home folder with --home."
        raise WrongUseError(message)
    return Target(platform=platform or "linux", root=root, home=inside)


def _is_inside(root: str, home: str) -> bool:
    from privacy_check.machine.folder import FolderMachine
    from privacy_check.machine.interface import DeniedError, UnseenError

    try:
        FolderMachine(root, home, dt.datetime.now(dt.UTC)).names(home)
    except DeniedError:
        return True  # it is there, and each setting says that it may not be read
    except UnseenError:
        return False
    return True


def load_book(folders: Sequence[str], *, phones: bool = True, apps: bool = True) -> RuleBook:
    """Return the rule book.

    Args:
        folders: Rule folders to use instead of the built-in one.
        phones: Whether the places on phones are wanted; to leave them out saves time.
        apps: Whether the catalogue of apps is wanted.

    Raises:
        RuleFilesError: When there is something to mend in the files.
        WrongUseError: When the installation holds no rules.
    """
    from privacy_check.rulebook.compiled import DamagedBookError, installed_book

    try:
        if not folders and (book := installed_book(phones=phones, apps=apps)):
            return book
    except DamagedBookError:
        message = "The rules in this installation are damaged: install it again."
        raise WrongUseError(message) from None
    from privacy_check.rulebook.load import NoRuleBookError, load  # a checkout, or other rules

    try:
        loaded = load(folders)
    except NoRuleBookError as error:
        raise WrongUseError(str(error)) from None
    if loaded.book is None:
        raise RuleFilesError(loaded.problems, loaded.files)
    return loaded.book


def load_apps(folders: Sequence[str]) -> RuleBook:
    """Return the rule book with the app catalogue.

    A folder without rules has those of the built-in rule book; apps that it does not hold are lent
    from there, so that a folder can hold a single app.
    """
    book = load_book(folders)
    if not folders:
        return book
    built_in = load_book(())
    apps = {app.id: app for app in (*built_in.apps, *book.apps)}
    named = tuple(apps[name] for name in sorted(apps))
    return replaced(book if book.rules else built_in, apps=named)


def look(book: RuleBook, rules: tuple[Rule, ...], wish: Wish, aim: Target) -> Report:
    """Read what the rules need on the target, judge it, and return the report."""
    from privacy_check.judge.findings import judge
    from privacy_check.report.build import Made, build
    from privacy_check.rulebook.select import plan

    machine = machine_of(aim)
    platform = aim.platform or machine.platform
    rows = _rows(book, plan(book, rules, platform), machine, platform)
    findings = judge(rules, rows, asks=wish.profile != "audit")
    made = Made(
        at=machine.now(),
        platform=platform,
        live=machine.live,
        elsewhere=platform != machine.platform,
        administrator=machine.live and machine.user == 0 and machine.platform != "windows",
        edition=book.edition,
        wish=wish,
    )
    phones = [place for name in PHONES for place in plan(book, rules, name)]
    return build(made, findings, rows, () if platform in PHONES else phones)


def machine_of(aim: Target) -> Machine:
    """Return the computer that is looked at: this one, or a copy of files."""
    if aim.root is not None:
        from privacy_check.machine.folder import FolderMachine

        return FolderMachine(aim.root, aim.home, dt.datetime.now(dt.UTC).astimezone())
    from privacy_check.machine.live import live_machine

    return live_machine()


def _rows(book: RuleBook, places: tuple[Place, ...], machine: Machine, platform: str) -> list[Row]:
    from privacy_check.judge.findings import Row

    if platform != machine.platform:
        return [unseen(place) for place in places]
    from privacy_check.machine.window import Window
    from privacy_check.readers.run import read_places

    readings = read_places(places, Window(machine), dict(book.programs))
    return [Row(place=p, reading=r) for p, r in zip(places, readings, strict=True)]


def unseen(place: Place) -> Row:
    """Return the row of a place on another system: it is not read; on a phone one looks oneself."""
    from privacy_check.judge.findings import Row
    from privacy_check.reading import Unreadable
    from privacy_check.rulebook.reads import ByHand

    read = place.variant.form.read
    reason = "not this system"
    if place.variant.platform in PHONES and isinstance(read, ByHand):
        reason = read.reason
    return Row(place=place, reading=Unreadable(reason=reason))


def page() -> Page:
    """Return the page that standard output is: its width, and whether a person looks at it."""
    from privacy_check.render.page import Page

    return Page(width=min(max(_columns(), 20), 100), sites=sys.stdout.isatty())


def _columns() -> int:
    """Return the columns of the terminal, 80 where there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def explain_reads(book: RuleBook, rules: tuple[Rule, ...], aim: Target) -> int:
    """Print what a run would read; nothing is read for it."""
    from privacy_check.render.settings_text import render_reads
    from privacy_check.rulebook.select import plan

    platform = aim.platform or machine_of(aim).platform
    click.echo(render_reads(plan(book, rules, platform), page()), nl=False)
    return 0
