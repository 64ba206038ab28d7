"""Call apps in what Debian's dpkg and flatpak wrote, and in the list of running programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import flatpak, recorder
from programs.home import is_root, run

from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.live import LiveMachine
from privacy_check.machine.window import Window
from privacy_check.readers.call_apps import find_apps
from privacy_check.rulebook.catalogue import (
    App,
    DesktopEntry,
    Fact,
    OnLinux,
    Package,
    RunningApp,
)
from privacy_check.seen import Search, Seen

pytestmark = pytest.mark.real

MESSENGERS = ("qtox", "jami")
LOOK_ALIKES = ("slack", "utox")
# Only the administrator may unpack packages; everybody else is that in a world of their own.
AS_ROOT = () if is_root() else ("unshare", "--map-root-user")


def app(name: str, linux: OnLinux) -> App:
    status = Fact(values=("active",))
    return App(
        id=name, name=name, uses=(), status=status, facts={}, review=(), linux=linux, sources={}
    )


APPS = (
    app(
        "tox",
        OnLinux(
            packages=(Package(name="qtox", homes=("qtox.github.io",), files=("/usr/bin/qtox",)),),
            entries=(
                DesktopEntry(
                    name="io.github.qtox.qTox.desktop", programs=("qtox",), handles=("tox",)
                ),
            ),
        ),
    ),
    app(
        "jami",
        OnLinux(
            packages=(Package(name="jami", homes=("jami.net",), files=("/usr/bin/jami",)),),
            flatpaks=("net.jami.Jami",),
            entries=(DesktopEntry(name="jami.desktop", programs=("jami",), handles=("jami",)),),
        ),
    ),
    app(
        "slack",
        OnLinux(
            packages=(Package(name="slack", files=("/usr/lib/slack/slack",)),),
            entries=(DesktopEntry(name="slack.desktop", programs=("slack",), handles=("slack",)),),
        ),
    ),
    app("signal", OnLinux(running=(RunningApp(process="signal-desktop"),))),
)


class Tree:
    """A computer's files in a folder, into which dpkg installs packages of Debian."""

    def __init__(self, home: Path) -> None:
        """Start with an empty list of packages; the packages are fetched on the way."""
        self.home = home
        self.root = home / "root"
        self.debs = home / "debs"
        for folder in ("info", "updates", "triggers"):
            (self.root / "var" / "lib" / "dpkg" / folder).mkdir(parents=True)
        (self.root / "var" / "lib" / "dpkg" / "status").touch()
        (self.root / "home" / "sam").mkdir(parents=True)
        self.debs.mkdir()

    def fetch(self, *names: str) -> None:
        """Have apt bring packages, which are then not installed on this computer."""
        moved = ["sh", "-c", 'cd "$0" && exec apt-get -qq download "$@"', str(self.debs)]
        run(self.home, [*moved, *names])

    def dpkg(self, *words: str) -> None:
        """Let dpkg work in the tree, without a shell and without what packages depend on."""
        run(self.home, [*AS_ROOT, "dpkg", f"--root={self.root}", "--force-all", *words])

    def package(self, name: str) -> str:
        """Give the file of a package."""
        return str(next(self.debs.glob(f"{name}_*.deb")))

    def version(self, name: str) -> str:
        """Give the version that dpkg itself names."""
        place = f"--admindir={self.root}/var/lib/dpkg"
        return run(self.home, ["dpkg-query", place, "-W", "-f=${Version}", name])

    def search(self) -> Search:
        """Give what our reader finds in it."""
        machine = FolderMachine(self.root, "/home/sam", dt.datetime.now(dt.UTC))
        return find_apps(APPS, Window(machine, deadline=30))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Give a tree with two messengers, and two packages of nearly or wholly another one's name."""
    made = Tree(tmp_path_factory.mktemp("tree"))
    names = (*MESSENGERS, *LOOK_ALIKES)
    made.fetch(*names)
    made.dpkg("--install", *map(made.package, names))
    return made


def by_id(found: Search) -> Iterator[tuple[str, Seen]]:
    return ((seen.app, seen) for seen in found.apps)


def test_of_real_packages_exactly_the_two_messengers_are_named(tree: Tree) -> None:
    found = tree.search()

    seen = dict(by_id(found))
    assert {name for name, item in seen.items() if item.installed} == {"tox", "jami"}
    assert seen["slack"].installed is False
    assert seen["slack"].doubts == ()
    assert seen["tox"].version == tree.version("qtox")
    assert seen["jami"].version == tree.version("jami")
    for name in ("tox", "jami"):
        assert [sign.how for sign in seen[name].signs] == ["package", "desktop-file"]
    assert {"Debian packages", "desktop files"} <= set(found.looked)
    assert not any(line.startswith(("Debian", "desktop")) for line in found.unread)


def test_a_real_package_counts_only_while_it_is_installed(tree: Tree) -> None:
    tree.dpkg("--remove", "qtox")
    removed = dict(by_id(tree.search()))["tox"]
    tree.dpkg("--unpack", tree.package("qtox"))
    unpacked = dict(by_id(tree.search()))["tox"]
    tree.dpkg("--configure", "qtox")
    again = dict(by_id(tree.search()))["tox"]

    assert (removed.installed, removed.signs) == (False, ())
    assert [sign.how for sign in unpacked.signs] == ["desktop-file"]
    assert [sign.how for sign in again.signs] == ["package", "desktop-file"]


def test_a_real_flatpak_app_counts_while_it_is_deployed(home: Path) -> None:
    person = home / "home"
    person.mkdir()
    machine = FolderMachine(home, "/home", dt.datetime.now(dt.UTC))
    flatpak.install(person, "net.jami.Jami")

    here = dict(by_id(find_apps(APPS, Window(machine))))["jami"]
    run(person, ["flatpak", "uninstall", "--user", "-y", "--noninteractive", "net.jami.Jami"])
    gone = dict(by_id(find_apps(APPS, Window(machine))))["jami"]

    assert [sign.how for sign in here.signs] == ["flatpak"]
    assert here.installed is True
    assert (gone.installed, gone.signs) == (None, ())  # the system's own part is not in this copy


def test_a_real_process_shows_that_an_app_runs(home: Path) -> None:
    with recorder.running(home, "signal-desktop"):
        running = dict(by_id(find_apps(APPS, Window(LiveMachine()))))["signal"]
    stopped = dict(by_id(find_apps(APPS, Window(LiveMachine()))))["signal"]

    assert (running.running, running.installed) == (True, None)
    assert not stopped.running
    assert stopped.signs == ()
