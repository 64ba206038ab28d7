"""`privacy-check explain ID`: all about one rule or setting, and what it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from privacy_check.cli import options
from privacy_check.cli.exits import WrongUseError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from privacy_check.rulebook.records import Rule, RuleBook


def complete_id(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the ids that start with what was typed."""
    from click.shell_completion import CompletionItem

    book = options.load_book(())
    known = {rule.id: rule.title for rule in book.rules}
    known |= {setting.id: setting.title for setting in book.settings.values()}
    known |= {f"{APP}{app.id}": app.name for app in book.apps}
    return [
        CompletionItem(name, help=known[name])
        for name in sorted(known)
        if name.startswith(incomplete)
    ]


APP = "app:"
"""What stands in front of the id of an app."""


@click.command("explain")
@click.argument("name", metavar="ID", shell_complete=complete_id)
@options.target_options
@options.rules_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    name: str,
    platform: str | None,
    root: str | None,
    home: str,
    folders: tuple[str, ...],
) -> None:
    """Tell all about one rule, setting or app (app:signal): why, what was read here, sources."""
    if name.startswith(APP):
        click.echo(_app(name, folders), nl=False)
        return
    book = options.load_book(folders)
    aim = options.target(platform, root, home)
    rule = next((rule for rule in book.rules if rule.id == name), None)
    click.echo(_rule(book, rule, aim) if rule else _setting(book, name, aim), nl=False)


def _rule(book: RuleBook, rule: Rule, aim: options.Target) -> str:
    from privacy_check.render.settings_text import render_rule
    from privacy_check.rulebook.select import Wish

    report = options.look(book, (rule,), Wish(), aim)
    return render_rule(report.findings[0], report, options.page())


def _setting(book: RuleBook, name: str, aim: options.Target) -> str:
    from privacy_check.render.settings_text import render_setting
    from privacy_check.rulebook.select import Wish

    if name not in book.settings:
        raise _unknown(book, name)
    rules = tuple(rule for rule in book.rules if any(use.id == name for use in rule.settings))
    report = options.look(book, rules, Wish(), aim)
    rows = [row for row in report.rows if row.place.setting.id == name]
    rows = rows or [options.unseen(p) for p in report.phones if p.setting.id == name]
    if not rows:
        message = f"{name} has nothing to read on {report.made.platform}."
        raise WrongUseError(message)
    return render_setting(rows, report, options.page())


def _app(name: str, folders: tuple[str, ...]) -> str:
    import datetime as dt

    from privacy_check.render.app import render_app

    book = options.load_apps(folders)
    app = next((app for app in book.apps if f"{APP}{app.id}" == name), None)
    if app is None:
        raise _unknown(book, name)
    return render_app(app, dt.datetime.now().astimezone().date(), options.page())


def _unknown(book: RuleBook, name: str) -> WrongUseError:
    from privacy_check.rulebook.fields import printable
    from privacy_check.rulebook.problems import did_you_mean

    apps = (f"{APP}{app.id}" for app in book.apps)
    known = [*(rule.id for rule in book.rules), *book.settings, *apps]
    shown = printable(name)
    return WrongUseError(
        f'There is no rule, setting or app "{shown}"{did_you_mean(shown, known)}. '
        "List them with: privacy-check rules list"
    )
