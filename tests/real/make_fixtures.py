"""Make the files below ``rules/fixtures`` again, with the real programs.

Run by hand, on a machine that has no person called ``sam``::

    python tests/real/make_fixtures.py            # all groups
    python tests/real/make_fixtures.py dconf xfconf

Every file is made in a fresh ``/home/sam``, so that no name or path of the
machine stands in it; the folder is removed afterwards. Schemas that are not
installed can be taken from a folder named by ``--schemas``.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fixture_values import (
    CINNAMON_OPEN,
    CINNAMON_PRIVATE,
    DEFAULTS,
    EXPIRED,
    GNOME_OPEN,
    GNOME_PRIVATE,
    KCONFIG,
    LATER,
    MATE_OPEN,
    MATE_PRIVATE,
    MEET,
    OTHER,
    SCHEMA_FILES,
    SITES,
    XFCONF,
    Keys,
)
from programs import chromium, dconf, firefox, kconfig, xfconf

FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
HOME = Path("/home/sam")
NOTIFICATIONS = "org.gnome.desktop.notifications"
WITH_DATABASE = ("none", "grants", "expiring")


@contextmanager
def fresh_home(like: Path | None = None) -> Iterator[Path]:
    """Give an empty ``/home/sam``, or a copy of a home, and remove it afterwards."""
    HOME.mkdir(mode=0o755)
    try:
        if like is not None:
            shutil.copytree(like, HOME, symlinks=True, dirs_exist_ok=True)
        yield HOME
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


def keep(source: Path, name: str) -> None:
    """Copy one file that a program wrote to its place among the fixtures."""
    target = FIXTURES / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    print(f"{name}: {target.stat().st_size} bytes")  # noqa: T201 - a script


def make_dconf() -> None:
    """Make user databases and one system database of dconf."""
    for name, value in (("on", "true"), ("off", "false")):
        with fresh_home() as home:
            keep(dconf.set_key(home, NOTIFICATIONS, "show-banners", value), f"dconf/banners-{name}")
    with fresh_home() as home:
        path = "/org/gnome/desktop/notifications/show-banners"
        keep(dconf.write(home, path, "'false'"), "dconf/wrong-type")
    databases: dict[str, Keys] = {
        "gnome-open": GNOME_OPEN,
        "gnome-private": GNOME_PRIVATE,
        "gnome-many": {**GNOME_PRIVATE, **CINNAMON_OPEN, **MATE_PRIVATE},
        "cinnamon-open": CINNAMON_OPEN,
        "cinnamon-private": CINNAMON_PRIVATE,
        "mate-open": MATE_OPEN,
        "mate-private": MATE_PRIVATE,
        "swaync-dnd-on": {"org/erikreider/swaync": {"dnd-state": "true"}},
        "swaync-dnd-off": {"org/erikreider/swaync": {"dnd-state": "false"}},
        "empty-of-gnome": {"ca/desrt/dconf-editor": {"show-warning": "false"}},
    }
    for name, keys in databases.items():
        with fresh_home() as home:
            keep(dconf.load(home, keys), f"dconf/{name}")
    make_dconf_system()


def make_dconf_system() -> None:
    """Make system databases that lock the banners, as an organisation may."""
    folder, key = "org/gnome/desktop/notifications", "show-banners"
    for name, value in (("system-locked", "true"), ("system-locked-off", "false")):
        with fresh_home() as home:
            database = dconf.compile_system_database(
                home / "site", {folder: {key: value}}, [f"/{folder}/{key}"]
            )
            keep(database, f"dconf/{name}")
    with fresh_home() as home:
        database = dconf.compile_system_database(home / "site", {folder: {key: "false"}})
        keep(database, "dconf/system-unlocked-off")


def make_glib(extra: Path | None) -> None:
    """Compile the schemas that the dconf settings need."""
    folders = [dconf.SCHEMAS, *([extra] if extra else [])]
    sources = [next(f / n for f in folders if (f / n).exists()) for n in SCHEMA_FILES]
    with fresh_home() as home:
        keep(dconf.compile_schemas(home / "schemas", sources), "glib/gschemas.compiled")
    make_glib_override()


def make_glib_override() -> None:
    """Compile two schemas with a distribution's defaults for single desktops."""
    override = (
        "[org.gnome.desktop.notifications:GNOME]\nshow-banners=false\n\n"
        "[org.gnome.desktop.session]\nidle-delay=600\n\n"
        "[org.gnome.desktop.session:ubuntu]\nidle-delay=0\n\n"
        "[org.gnome.desktop.session:GNOME-Classic]\nidle-delay=60\n"
    )
    with fresh_home() as home:
        file = home / "10_site.gschema.override"
        file.write_text(override, encoding="utf-8")
        names = ("org.gnome.desktop.notifications", "org.gnome.desktop.session")
        sources = [file, *(dconf.SCHEMAS / f"{name}.gschema.xml" for name in names)]
        compiled = dconf.compile_schemas(home / "schemas", sources)
        keep(compiled, "glib/gschemas-desktop-override.compiled")


def make_xfconf() -> None:
    """Make saved channels of XFCE."""
    for channel, name, properties in XFCONF:
        with fresh_home() as home:
            keep(xfconf.set_properties(home, channel, properties), f"xfconf/{channel}-{name}.xml")


def make_kconfig() -> None:
    """Make files of Plasma's programs."""
    for file, name, entries in KCONFIG:
        with fresh_home() as home:
            for groups, key, value in entries:
                kconfig.write(home, file, groups, key, value)
            keep(home / ".config" / file, f"kconfig/{file}-{name}")


def make_chromium() -> None:
    """Make profiles of Chromium with and without grants."""
    with fresh_home() as home:
        keep_chromium(chromium.fresh_profile(home), "no-grants")
    with fresh_home() as home:
        keep_chromium(chromium.profile_with(home, sites=SITES), "grants")
    with fresh_home() as home:
        keep_chromium(chromium.profile_with(home, sites={OTHER: "block"}), "blocked-sites")
    with fresh_home() as home:
        with chromium.settings_page(home) as page:
            for kind in chromium.KINDS:
                page.choose(MEET, kind, "ask")
        keep_chromium(home / chromium.FOLDER, "ask-sites")
    for choice in DEFAULTS:
        with fresh_home() as home:
            defaults = dict.fromkeys(chromium.KINDS, choice)
            keep_chromium(chromium.profile_with(home, defaults=defaults), f"default-{choice}")


def keep_chromium(folder: Path, name: str) -> None:
    """Keep what a reader looks at in a profile folder of Chromium."""
    keep(folder / chromium.PREFERENCES, f"chromium/{name}/Preferences")
    keep(folder / "Local State", f"chromium/{name}/Local State")


def make_firefox() -> None:
    """Make profiles of Firefox with and without grants.

    All grow from one first start, so that they share its random folder name.
    """
    with tempfile.TemporaryDirectory() as name:
        first = Path(name, "home")
        with fresh_home() as home:
            firefox.fresh_profile(home)
            shutil.copytree(home, first, symlinks=True)
        with fresh_home(first) as home:
            keep_firefox(firefox.profile_with(home), "none")
        with fresh_home(first) as home:
            keep_firefox(firefox.profile_with(home, sites=SITES), "grants")
        for choice in DEFAULTS:
            with fresh_home(first) as home:
                defaults = dict.fromkeys(firefox.KINDS, choice)
                keep_firefox(firefox.profile_with(home, defaults=defaults), f"default-{choice}")
        with fresh_home(first) as home:
            with firefox.remote(home) as remote:
                remote.choose(MEET, "camera", "allow", until=EXPIRED)
                remote.choose(MEET, "microphone", "allow", until=LATER)
            keep_firefox(firefox.profile(home), "expiring")


def keep_firefox(profile: Path, name: str) -> None:
    """Keep what a reader looks at in a profile of Firefox."""
    print(f"the profile folder is {profile.name}")  # noqa: T201 - a script
    for file in ("profiles.ini", "installs.ini"):
        keep(profile.parent / file, f"firefox/{name}/{file}")
    keep(profile / "prefs.js", f"firefox/{name}/prefs.js")
    # A database without rows is the same in each profile: one is enough.
    if name in WITH_DATABASE:
        keep(profile / "permissions.sqlite", f"firefox/{name}/permissions.sqlite")


def main() -> None:
    """Make the groups of files named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemas", type=Path, help="a further folder with schema files")
    parser.add_argument("groups", nargs="*", help="the groups to make (all)")
    options = parser.parse_args()
    groups: dict[str, Callable[[], None]] = {
        "dconf": make_dconf,
        "glib": lambda: make_glib(options.schemas),
        "xfconf": make_xfconf,
        "kconfig": make_kconfig,
        "chromium": make_chromium,
        "firefox": make_firefox,
    }
    for name in options.groups or groups:
        groups[name]()


if __name__ == "__main__":
    main()
