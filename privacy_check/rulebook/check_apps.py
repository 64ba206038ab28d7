"""House rules about the app catalogue: each fact has its source, and each link one service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from privacy_check.rulebook.catalogue import App, Fact, OnLinux
from privacy_check.rulebook.decode import Draft, Entry
from privacy_check.rulebook.problems import KeyPath, Problem, did_you_mean

UNKNOWN = "unknown"
NOT_OFFERED = "not-offered"
_CALLS = ("one-to-one", "group")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_HOME = re.compile(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*[^\s/])?")


def facts_have_sources(draft: Draft) -> Iterator[Problem]:
    """Yield facts without a source, and sources that are not there or that nothing names."""
    for entry in draft.apps:
        app = entry.record
        named = dict(_named_sources(app))
        for path, name in named.items():
            if name and name not in app.sources:
                message = (
                    f'there is no source "{name}" in this file{did_you_mean(name, app.sources)}'
                )
                yield entry.document.problem(path, message)
        for path, fact in _facts(app):
            if fact.values and (fact.value == UNKNOWN) == bool(fact.source):
                message = "an unknown value has no source; every other one names its source"
                yield entry.document.problem((*path, "source"), message)
        for name in app.sources.keys() - set(named.values()):
            yield entry.document.problem(("sources", name), "no fact names this source")


def _facts(app: App) -> Iterator[tuple[KeyPath, Fact]]:
    yield ("status",), app.status
    yield from ((("facts", name), fact) for name, fact in app.facts.items())
    yield from ((("elsewhere", name), fact) for name, fact in app.elsewhere.items())


def _named_sources(app: App) -> Iterator[tuple[KeyPath, str]]:
    for path, fact in _facts(app):
        yield (*path, "source"), fact.source
        yield (*path, "also"), fact.also
    yield from ((("linux", "sources", i), name) for i, name in enumerate(app.linux.sources))
    yield from ((("links", i, "source"), link.source) for i, link in enumerate(app.links))
    yield from ((("newest", i, "source"), item.source) for i, item in enumerate(app.newest))


def uses_agree(draft: Draft) -> Iterator[Problem]:
    """Yield apps whose uses are others than their facts say."""
    for entry in draft.apps:
        app = entry.record
        if "text" in app.uses and _value(app.facts, "text") == NOT_OFFERED:
            yield entry.document.problem(
                ("uses",), "text is not offered, by its facts: take it out"
            )
        calls = any(_value(app.facts, use) != NOT_OFFERED for use in _CALLS)
        if not calls and {"video", "voice"} & set(app.uses):
            yield entry.document.problem(("uses",), "calls are not offered, by its facts")


def _value(facts: Mapping[str, Fact], name: str) -> str:
    return facts[name].value if name in facts else UNKNOWN


def reviews_can_be_found(draft: Draft) -> Iterator[Problem]:
    """Yield reviews that nobody could look up."""
    for entry in draft.apps:
        for name, fact in entry.record.facts.items():
            if name == "review" and fact.value == "yes" and not (fact.who and fact.year):
                message = "a published review names who made it, and when: give who and year"
                yield entry.document.problem(("facts", name), message)
            if name != "review" and (fact.who or fact.year):
                yield entry.document.problem(("facts", name), "who and year are for a review")


def apps_can_be_told_apart(draft: Draft) -> Iterator[Problem]:
    """Yield ways to know an app on Linux that could never show it, or that have no source."""
    for entry in draft.apps:
        linux = entry.record.linux
        if linux != OnLinux() and not linux.sources:
            yield entry.document.problem(("linux",), "name the sources of this")
        for i, package in enumerate(linux.packages):
            at = ("linux", "packages", i)
            if not package.homes and not package.files:
                message = "another package may have this name: give its homes or files"
                yield entry.document.problem((*at, "name"), message)
            for j, home in enumerate(package.homes):
                if not _HOME.fullmatch(home):
                    message = "a home page is a host and perhaps a path, like meet.example/app"
                    yield entry.document.problem((*at, "homes", j), message)
        for i, shown in enumerate(linux.entries):
            if not shown.programs and not shown.handles:
                message = "another desktop file may have this name: give its programs or handles"
                yield entry.document.problem(("linux", "entries", i, "name"), message)


def links_are_whole(draft: Draft) -> Iterator[Problem]:
    """Yield link forms that could not be matched, or could be taken for two services."""
    owners: dict[tuple[str, str], Entry[App]] = {}
    for entry in draft.apps:
        for i, link in enumerate(entry.record.links):
            at = ("links", i)
            braced = {name for path in link.paths for name in _IN_BRACES.findall(path)}
            for name in sorted(braced ^ set(link.forms)):
                message = f'"{name}" is in a path or in the table beside it, and belongs in both'
                yield entry.document.problem((*at, "forms"), message)
            first = "/" if link.hosts else "{" if "https" in link.schemes else ""
            if not all(path.startswith(first) for path in link.paths):
                message = "a path begins with /, or without hosts with the server in braces"
                yield entry.document.problem((*at, "paths"), message)
            for key in ((host, path) for host in link.hosts for path in link.paths):
                other = owners.setdefault(key, entry)
                if other is not entry:
                    message = f"{other.document.file} has {key[0]}{key[1]} already"
                    yield entry.document.problem((*at, "hosts"), message)


def feeds_can_be_read(draft: Draft) -> Iterator[Problem]:
    """Yield feeds with a key that is missing or means nothing for them."""
    for entry in draft.apps:
        for i, feed in enumerate(entry.record.newest):
            at = ("newest", i)
            if (feed.how == "github") == feed.address.startswith("https:"):
                message = "github wants owner/name, all others an https address"
                yield entry.document.problem((*at, "address"), message)
            if (feed.how == "json") != bool(feed.pointer):
                message = "a pointer belongs to json, and json needs one"
                yield entry.document.problem((*at, "pointer"), message)


def settings_are_there(draft: Draft) -> Iterator[Problem]:
    """Yield settings and rows that an app names and nobody defines."""
    rows = {e.name: {v.row for v in e.record.variants} for e in draft.settings}
    for entry in draft.apps:
        for i, use in enumerate(entry.record.settings):
            if use.id not in rows:
                if use.id and use.id not in draft.broken("settings"):
                    message = f'there is no setting "{use.id}"{did_you_mean(use.id, rows)}'
                    yield entry.document.problem(("settings", i, "id"), message)
                continue
            for j, row in enumerate(use.rows):
                if row not in rows[use.id]:
                    near = did_you_mean(row, rows[use.id])
                    message = f'{use.id} has no row "{row}"{near}'
                    yield entry.document.problem(("settings", i, "rows", j), message)


APP_CHECKS = (
    facts_have_sources,
    uses_agree,
    reviews_can_be_found,
    apps_can_be_told_apart,
    links_are_whole,
    feeds_can_be_read,
    settings_are_there,
)
