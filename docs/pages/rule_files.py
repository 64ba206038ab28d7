"""The reference page of every key of every kind of rule file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pages.markdown import codes, table
from privacy_check.rulebook import fields, reads, texts, ways
from privacy_check.rulebook.catalogue import Fact
from privacy_check.rulebook.forms import app, case, edition, programs, rule, setting, source
from privacy_check.rulebook.records import Setting

INTRO = """\
# Rule files: every key

Rule files are plain TOML 1.0 in UTF-8. A folder of rules holds:

| place | what it is |
|---|---|
| `advice/<phase>/<id>.toml` | a rule: one piece of advice |
| `settings/<id>.toml` | a setting: a place on a computer, with one meaning |
| `programs/<id>.toml` | a list of programs that a setting looks for |
| `apps/<id>.toml` | an app or service for calls, each fact with its source |
| `fixtures/` | files for cases, as the real programs wrote them |
| `rulebook.toml` | version and date of the rule set |

A file's name is its `id`. A key that is not listed here is an error, so that a slip of the pen is
noticed. `privacy-check rules lint --rules DIR` names every problem with its file, its line and what
would be right; `privacy-check rules test --rules DIR` runs the cases. Editors can use the
[JSON Schemas](schemas/), which are also what `privacy-check rules schema` prints. For a first
setting of your own, start with [adding a setting](adding-a-setting.md).

How a reading becomes a word:

- `map` turns what was read into one of the words of `[values]`. Its keys are exact text, or a range
  of numbers (`1..900`, with one end open `901..`), or `*` for any other text. What fits no key is
  "not sure". `*` may not lead to a word that a rule calls good.
- `unset` is the default that the program documents for a key that is not there. Without it, a
  missing key is "could not read". `schema-default` (for `dconf`) takes the default out of the
  compiled schema.
- `whole` (for `ini` and `kconfig`) names sections that stand behind the key in a complete file.
  Unless one of them is seen there, the file may have been cut before the key, and a missing key is
  only "not sure".
- `confidence` is `verified` (tried with the real program), `documented` (its makers say so) or
  `believed`. What is only believed can be worth a look or not sure; it cannot look good. `steps`
  says the same of the menu path in `change` and `undo`.
- Each variant has at least one case, except with `by_hand`. In a case the home folder is
  `/home/sam` and the clock stands at 2026-11-22 14:00 UTC.
"""

TABLES: tuple[tuple[str, str, fields.Table[Any]], ...] = (
    ("rule", "A rule", rule.RULE),
    ("setting", "A setting", fields.Table(Setting, setting.SETTING_HEAD)),
    ("variant", "A variant: `[linux]`, or several like `[linux.gnome]`", setting.FORM),
    ("applies", "`applies`: all keys given have to hold", setting.APPLIES),
    ("case", "A case: `[[linux.gnome.cases]]`", case.CASE),
    ("answer", "An answer on the bus, in a case", case.BUS_ANSWER),
    ("programs", "A list of programs", programs.PROGRAMS),
    ("app", "An app or service", app.APP),
    ("facts", "`[facts]` of an app: each is a table like the next", app.FACTS),
    ("fact", "A fact of an app", app.FACT),
    ("linux", "`[linux]` of an app: how it is known there", app.LINUX),
    ("link", "A kind of call link: `[[links]]`", app.LINK),
    ("newest", "Where its newest version is read: `[[newest]]`", app.NEWEST),
    ("app-source", "A source of an app: `[sources.name]`", app.SOURCE),
    ("source", "A source", source.SOURCE),
    ("edition", "`rulebook.toml`", edition.EDITION),
)
WAYS = """\
<a id="read"></a>

## `read`: the ways to read

The key that comes first names the way. The list is closed: no rule file can run a command or a
piece of code.
"""
FOLDERS = f"""
<a id="folders"></a>

## Folders

A path lies below one of these and holds no `..`: {codes(reads.BASES)}.

The way `sysfs` has folders of its own: {codes(reads.KERNEL_BASES)}.

`~/.config`, `~/.local/share`, `~/.local/state` and `~/.cache` move where the XDG variables say so.
"""


def rule_files() -> Iterator[str]:
    """Yield the page."""
    yield INTRO
    for anchor, title, form in TABLES:
        yield from (f'<a id="{anchor}"></a>', "", f"## {title}", "", *_keys(form), "")
    yield WAYS
    for name, way in ways.READ.tables.items():
        said = " ".join((way.make.__doc__ or "").split())
        yield from (f"### `{name}`", "", said, "", *_keys(way), "")
    yield FOLDERS


def _keys(form: fields.Table[Any]) -> Iterator[str]:
    rows = [row for field in form.fields for row in _key(field, "")]
    yield from table(("key", "needed", "value", "what it says"), rows)


def _key(field: fields.Field, outer: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the row of a key, and those of a small table inside it."""
    name = f"{outer}{field.name}"
    if isinstance(field.kind, fields.Table) and field.kind.make is Fact:
        said = f"[a fact](#fact): {value_of(field.kind.fields[0].kind)}"
        yield f"`{name}`", "yes" if field.required else "", said, field.about
        return
    yield f"`{name}`", "yes" if field.required else "", value_of(field.kind), field.about
    inner = field.kind.kind if isinstance(field.kind, fields.Many) else field.kind
    if isinstance(inner, fields.Table) and not _anchor(inner):
        for part in inner.fields:
            yield from _key(part, f"{name}.")


def value_of(kind: object) -> str:
    """Return in a few words what a value may be."""
    said = SAID.get(type(kind))
    if said is None:
        message = f"no words for {type(kind).__name__}"
        raise TypeError(message)
    return said(kind)


def _text(kind: fields.Text) -> str:
    if kind in (texts.PATH, texts.PATTERN, texts.KERNEL_PATTERN):
        starred = "" if kind == texts.PATH else ", perhaps with `*`"
        return f"a path in the [folders](#folders){starred}"
    return kind.hint or f"text, up to {kind.most} characters"


def _many(kind: fields.Many[Any]) -> str:
    several = "a list, at least one" if kind.least else "a list"
    if isinstance(kind.kind, fields.Table):
        return f"{several}: each {value_of(kind.kind)}"
    alone = "; a single one may stand without brackets" if kind.bare else ""
    return f"{several}: {value_of(kind.kind)}{alone}"


def _table(kind: fields.Table[Any]) -> str:
    anchor = _anchor(kind)
    return f"a table, see [there](#{anchor})" if anchor else "a table of the next keys"


def _anchor(kind: object) -> str:
    """Return the anchor of a table that has a part of its own on the page."""
    return next((anchor for anchor, _, known in TABLES if known is kind), "")


SAID: dict[type, Callable[[Any], str]] = {
    fields.Text: _text,
    fields.Word: lambda kind: codes(kind.allowed),
    fields.Flag: lambda _: "`true` or `false`",
    fields.Number: lambda kind: f"a whole number from {kind.least} to {kind.most}",
    fields.Day: lambda _: "a date like `2026-11-22`",
    fields.Anything: lambda _: "a plain value, or a list of them",
    fields.Content: lambda _: "the text of a file",
    fields.Many: _many,
    fields.Named: lambda kind: f"a table: {value_of(kind.key)} = {value_of(kind.kind)}",
    fields.Table: _table,
    fields.OneOf: lambda _: "a table, see [the ways to read](#read)",
}
