"""All that a person can read, collected: rules, fixed sentences, help, file names and pages.

Ids, names of programs, sources and the bytes of cases are not among it.
"""

from __future__ import annotations

import ast
import fnmatch
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from privacy_check.cli import cli
from privacy_check.rulebook.catalogue import App
from privacy_check.rulebook.load import load
from privacy_check.rulebook.records import Question, RuleBook, Setting, Topic, Variant
from privacy_check.rulebook.vocabulary import TOLD_FACTS

ROOT = Path(__file__).resolve().parents[2]
QUESTION, HINT, STEP, SAY, TEXT = "question", "hint", "step", "say", "text"
HELP, FILE, PAGE = "help", "file", "page"


@dataclass(frozen=True)
class Said:
    """A text, what kind of text it is, and where it stands."""

    kind: str
    place: str
    text: str


@cache
def everything() -> tuple[Said, ...]:
    """Return each text once, with the first place it stands at."""
    found: dict[tuple[str, str], Said] = {}
    collected = (*of_rules(), *of_apps(), *of_code(), *of_help(), *file_names(), *of_pages())
    for said in collected:
        if said.text.strip():
            found.setdefault((said.kind, said.text), said)
    return tuple(found.values())


def shipped() -> RuleBook:
    """Return the rule book of this checkout."""
    book = load([ROOT / "rules"]).book
    assert book is not None
    return book


def of_rules() -> Iterator[Said]:
    """Yield what stands in rule files."""
    book = shipped()
    for rule in book.rules:
        for text in (rule.title, rule.why, rule.limits):
            yield Said(TEXT, rule.id, text)
        yield Said(SAY, rule.id, rule.say)
        if rule.question is not None:
            yield from _of_question(rule.id, rule.question)
    for setting in book.settings.values():
        yield from _of_setting(setting)
    for programs in book.programs.values():
        yield Said(TEXT, programs.id, programs.title)
    for pointer in book.support:
        for text in (pointer.name, pointer.who_for, pointer.where):
            yield Said(TEXT, pointer.id, text)
        for text in pointer.says:
            yield Said(SAY, pointer.id, text)
    for topic in book.agreement:
        yield from _of_topic(topic)


def _of_question(place: str, question: Question) -> Iterator[Said]:
    for text in (question.text, question.asked_as, *(other.text for other in question.instead)):
        yield Said(QUESTION, place, text)
    yield Said(HINT, place, question.hint)


def _of_setting(setting: Setting) -> Iterator[Said]:
    for text in (setting.title, setting.about, *setting.values.values()):
        yield Said(TEXT, setting.id, text)
    for variant in setting.variants:
        yield from _of_variant(f"{setting.id} {variant.row}", variant)


def _of_variant(place: str, variant: Variant) -> Iterator[Said]:
    form = variant.form
    for text in (form.name, form.limits, getattr(form.read, "reason", "")):
        yield Said(TEXT, place, text)
    for text in (*form.change, *form.undo, *form.look):
        yield Said(STEP, place, text)


def _of_topic(topic: Topic) -> Iterator[Said]:
    yield Said(QUESTION, topic.id, topic.question)
    yield Said(SAY, topic.id, topic.note)
    choices = (choice.says for choice in topic.choices)
    for text in (topic.title, topic.nothing, topic.everything, *topic.given, *choices):
        yield Said(TEXT, topic.id, text)


def of_apps() -> Iterator[Said]:
    """Yield what stands in the app catalogue, in words of ours."""
    for app in shipped().apps:
        yield from _of_app(f"app:{app.id}", app)


def _of_app(place: str, app: App) -> Iterator[Said]:
    for text in app.review:
        yield Said(STEP, place, text)
    for fact in (app.status, *app.facts.values(), *app.elsewhere.values()):
        yield Said(SAY, place, fact.note)
    told = (value for name in TOLD_FACTS if name in app.facts for value in app.facts[name].values)
    for text in (*told, *(belief.says for belief in app.believed)):
        yield Said(SAY, place, text)
    for belief in app.believed:
        yield Said(TEXT, place, belief.about)
    for link in app.links:
        yield Said(TEXT, place, link.secret)
        yield Said(TEXT, place, link.fragment)


def of_code() -> Iterator[Said]:
    """Yield the sentences of the program, which have a space; each question also by itself.

    Docstrings are left out; what is filled in later stands as `{}`. Readers ask nothing: a question
    mark there is one of a pattern. The page for a phone is read with its marks.
    """
    for path in sorted((ROOT / "privacy_check").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for text in _constants(ast.parse(path.read_text(encoding="utf-8"))):
            if " " in text.strip():
                yield Said(TEXT, place, text)
                if "/readers/" not in place:
                    asked = re.findall(r"[A-Z][^.?!:\n]*\?", text)
                    yield from (Said(QUESTION, place, question) for question in asked)
    for path in sorted((ROOT / "privacy_check/render/templates").iterdir()):
        if path.suffix in {".html", ".js"}:
            text = path.read_text(encoding="utf-8")
            yield Said(TEXT, path.relative_to(ROOT).as_posix(), text)


def _constants(tree: ast.AST) -> Iterator[str]:
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.JoinedStr):
            inner.update(id(part) for part in ast.iter_child_nodes(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_piece(part) for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in inner:
            yield node.value if isinstance(node.value, str) else ""


def _piece(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def of_help() -> Iterator[Said]:
    """Yield what `--help` says, for every command."""
    yield from _of_command(cli, click.Context(cli, info_name="privacy-check"))


def _of_command(command: click.Command, context: click.Context) -> Iterator[Said]:
    yield Said(HELP, context.command_path, command.get_help(context))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _of_command(inner, click.Context(inner, info_name=name, parent=context))


def file_names() -> Iterator[Said]:
    """Yield the path of every file of the checkout that `.gitignore` does not name."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored = [".git", *(line.rstrip("/") for line in ignored)]
    for folder, folders, files in os.walk(ROOT):
        below = Path(folder).relative_to(ROOT)
        folders[:] = sorted(name for name in folders if not _is_ignored(below / name, ignored))
        for name in sorted(files):
            if not _is_ignored(below / name, ignored):
                yield Said(FILE, (below / name).as_posix(), (below / name).as_posix())


def _is_ignored(path: Path, ignored: list[str]) -> bool:
    return any(
        f"/{path.as_posix()}" == line or fnmatch.fnmatch(path.name, line) for line in ignored
    )


def of_pages() -> Iterator[Said]:
    """Yield the lines of the pages, without code, addresses and the titles of sources."""
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))):
        text = _SOURCE_LINE.sub("", path.read_text(encoding="utf-8"))
        for line in _CODE.sub("it", text).splitlines():
            yield Said(PAGE, path.relative_to(ROOT).as_posix(), line)


_SOURCE_LINE = re.compile(r"^ *- Source: .*$", re.MULTILINE)
_CODE = re.compile(r"```(?:sh|toml|json)\n.*?```|`[^`\n]+`|\]\([^)]*\)|<[^>]*>", re.DOTALL)
