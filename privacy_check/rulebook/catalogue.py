"""The records of the app catalogue: what is known of each call app, and from where."""

from __future__ import annotations

from collections.abc import Mapping

from privacy_check.record import NOTHING, record
from privacy_check.rulebook.records import Source


@record
class Fact:
    """One thing that is known of an app; its date is that of its source.

    `source` and `also` are names in the app's table of sources, empty where the value is
    `unknown`. `who` and `year` are those of a published review, 0 for no year.
    """

    values: tuple[str, ...]
    note: str = ""
    source: str = ""
    also: str = ""
    who: str = ""
    year: int = 0

    @property
    def value(self) -> str:
        """Return the value, or the first of several."""
        return self.values[0] if self.values else ""


@record
class Belief:
    """Something said of an app without a source; it is shown apart, and decides nothing."""

    about: str
    says: str


@record
class Package:
    """A Debian package of an app, and what tells it from another one of that name.

    `homes` are home pages that its own entry names, without `https://`; `files` are what it
    installs.
    """

    name: str
    homes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@record
class DesktopEntry:
    """A desktop file of an app: its name, and what in it tells it from another one.

    It counts with one of the `programs` it starts (base names) or of the link schemes it `handles`.
    """

    name: str
    programs: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


@record
class RunningApp:
    """What an app is called while it runs; with `arguments`, only with an argument like these."""

    process: str
    arguments: tuple[str, ...] = ()


@record
class OnLinux:
    """How an app is known on a Linux computer."""

    packages: tuple[Package, ...] = ()
    flatpaks: tuple[str, ...] = ()
    snaps: tuple[str, ...] = ()
    entries: tuple[DesktopEntry, ...] = ()
    running: tuple[RunningApp, ...] = ()
    sites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@record
class Link:
    """One form of a call link.

    Attributes:
        hosts: Host names; `*.` in front stands for one or more names. Without hosts, the paths are
            matched with all that stands behind the scheme (without `//`); an https link of that
            kind only resembles the app, since anybody can have such a path.
        schemes: `https`, or a scheme of the app's own. Plain `http` is then recognised too.
        paths: Patterns like `/j/{number}`; what stands in braces is never printed.
        forms: What each name in braces looks like: one of `vocabulary.LINK_FORMS`.
        query: Names that must be in the query for it to be a call link, like `MTID`.
        fragment: What stands after `#`, in a word or two; empty where nothing belongs there.
        keyed: Whether what stands after `#` lets people in.
        passcode: The query name that carries the passcode, empty where there is none.
        opens: What the link is: a `call`, a `room` whose name people chose, a `personal-room` that
            stays the same, or an `invitation` to a group or a person.
        secret: What in the link opens the call, in a few words.
    """

    hosts: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ("https",)
    paths: tuple[str, ...]
    forms: Mapping[str, str] = NOTHING
    query: tuple[str, ...] = ()
    fragment: str = ""
    keyed: bool = False
    passcode: str = ""
    opens: str
    secret: str
    source: str


@record
class Newest:
    """Where the newest version of an app is read.

    Attributes:
        how: `github` (releases of a repository), `json`, `electron-builder`, `sparkle`, `redirect`.
        address: An https address; for `github` the repository, like `owner/name`.
        pointer: For `json`, where the version stands in the answer.
        form: Where the version stands in the tag or the address it redirects to, like
            `v{version}`.
        systems: For which systems the version counts.
    """

    how: str
    address: str
    pointer: str = ""
    form: str = "{version}"
    systems: tuple[str, ...]
    source: str


@record
class Exploited:
    """Under which names CISA's list of exploited faults has an app."""

    vendor: str
    product: str


@record
class AppSetting:
    """A setting that a program can read of an app, and which rows of it are this app's."""

    id: str
    rows: tuple[str, ...]


@record
class App:
    """An app or service for calls or messages."""

    id: str
    name: str
    uses: tuple[str, ...]
    status: Fact
    facts: Mapping[str, Fact]
    review: tuple[str, ...]
    settings: tuple[AppSetting, ...] = ()
    believed: tuple[Belief, ...] = ()
    elsewhere: Mapping[str, Fact] = NOTHING
    linux: OnLinux
    links: tuple[Link, ...] = ()
    newest: tuple[Newest, ...] = ()
    exploited: Exploited | None = None
    sources: Mapping[str, Source]
