"""`privacy-check apps`: the call apps on this computer, and what is known of each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from privacy_check.cli import options
from privacy_check.cli.exits import WrongUseError
from privacy_check.record import record

if TYPE_CHECKING:
    from privacy_check.report.apps import AppsReport
    from privacy_check.report.build import Made
    from privacy_check.rulebook.catalogue import App
    from privacy_check.seen import Fresh, Search

PLANS = ("video", "voice", "group", "text")


@record
class Asked:
    """The options, as given."""

    planned: tuple[str, ...]
    online: bool
    path: str | None
    platform: str | None
    root: str | None
    home: str
    folders: tuple[str, ...]
    form: str


@click.command("apps")
@click.option(
    "--for",
    "planned",
    type=click.Choice(PLANS),
    multiple=True,
    help="Compare all apps for this. May be repeated; the worst grade counts.",
)
@click.option(
    "--online",
    is_flag=True,
    help="Ask over the network for the newest versions of the apps here.",
)
@click.option(
    "--cache",
    "path",
    type=click.Path(),
    metavar="FILE",
    help="With --online: keep the answers in a private file, and take those of the last day.",
)
@options.target_options
@options.rules_option
@options.format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, /, **given: object) -> None:
    """Name the call apps on this computer, with a grade for each use and its reasons.

    A grade comes from sourced and dated facts alone, and does not say what the other side does.
    Without --online nothing is asked over a network.
    """
    ctx.exit(_apps(Asked(**given)))  # type: ignore[arg-type]  # click checked each value


def _apps(asked: Asked) -> int:
    from privacy_check.report.exits import CHECKED, NOTHING_CHECKED

    if asked.path is not None and not asked.online:
        message = "--cache goes with --online: without it, nothing is asked."
        raise WrongUseError(message)
    if asked.path in ("", "-"):
        message = "--cache wants the name of a file."
        raise WrongUseError(message)
    if asked.online and asked.planned:
        message = (
            "--for compares what is known; --online asks about the apps here. Take one of them."
        )
        raise WrongUseError(message)
    report = _report(asked)
    click.echo(_rendered(report, asked), nl=False)
    asked_of = [entry.fresh for entry in report.entries if entry.fresh and entry.fresh.host]
    if asked_of and not any(item.newest for item in asked_of):
        return NOTHING_CHECKED
    checked = report.looked or report.here() or asked.planned
    return CHECKED if checked else NOTHING_CHECKED


def _report(asked: Asked) -> AppsReport:
    from privacy_check.report.apps import build_apps
    from privacy_check.rulebook.select import Wish

    aim = options.target(asked.platform, asked.root, asked.home)
    book = options.load_apps(asked.folders)
    wanted = {use.id for app in book.apps for use in app.settings}
    rules = tuple(r for r in book.rules if wanted & {use.id for use in r.settings})
    report = options.look(book, rules, Wish(), aim)
    search = _search(book.apps, aim)
    fresh = _ask_online(book.apps, search, report.made, asked.path) if asked.online else ()
    return build_apps(book.apps, search, report, fresh)


def _ask_online(
    apps: tuple[App, ...], search: Search, made: Made, path: str | None
) -> tuple[Fresh, ...]:
    """Ask for the newest versions, after saying whom.

    Raises:
        WrongUseError: When the file of answers or the list of certificates cannot be used.
    """
    from privacy_check.online.door import Adapter, LiveDoor
    from privacy_check.online.freshness import ask, hosts
    from privacy_check.online.kept import Kept, read_kept, write_kept
    from privacy_check.online.trust import TrustError
    from privacy_check.person.private_file import PrivateFileError

    try:
        kept = Kept() if path is None else read_kept(path, made.at)
        door = LiveDoor(Adapter())
        _say_beforehand(hosts(apps, search, kept=kept, system=made.platform))
        fresh = ask(apps, search, door, _progress, kept=kept, system=made.platform)
    except (PrivateFileError, TrustError) as error:
        raise WrongUseError(str(error)) from None
    if path and any(item.newest for item in fresh):
        try:
            write_kept(path, kept)
        except PrivateFileError as error:  # what was asked is shown all the same
            click.echo(f"The answers are not kept: {error}", err=True)
    return fresh


def _say_beforehand(names: tuple[str, ...]) -> None:
    """Name whom is asked, before anybody is."""
    if names:
        said = f"Asking over the network: {', '.join(names)}. They see this computer's address."
    else:
        said = "Nobody is asked: no place is known for the apps here, or its answer is kept."
    click.echo(said, err=True)


def _progress(host: str) -> None:
    """Tell a person who waits at a terminal where it stands."""
    if sys.stderr.isatty():
        click.echo(f"Asking {host} …", err=True)


def _search(apps: tuple[App, ...], aim: options.Target) -> Search:
    """Return what is seen of the apps; nothing is read of another system than the one asked for."""
    from privacy_check.machine.window import Window
    from privacy_check.readers.call_apps import find_apps
    from privacy_check.seen import Search, Seen

    machine = options.machine_of(aim)
    if aim.platform in ("", machine.platform):
        return find_apps(apps, Window(machine))
    unseen = tuple(Seen(app=app.id, installed=None, running=None) for app in apps)
    return Search(apps=unseen, looked=(), unread=(f"{aim.platform} apps: not this system",))


def _rendered(report: AppsReport, asked: Asked) -> str:
    if asked.form == "json":
        from privacy_check.render.apps_json import render_apps as render_json

        return render_json(report)
    from privacy_check.render.apps import render_apps, render_comparison

    page = options.page()
    if asked.planned:
        return render_comparison(report, tuple(dict.fromkeys(asked.planned)), page)
    return render_apps(report, page)
