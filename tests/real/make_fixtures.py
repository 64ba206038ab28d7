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
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app_values import (
    APP_COPYQ,
    APP_DCONF,
    APP_FLAMESHOT,
    APP_KCONFIG,
    APP_KSNIP,
    APP_SCHEMAS,
    APP_XFCONF,
)
from browser_values import CHROMIUM_EXTENSIONS, FIREFOX_CHOICES, FIREFOX_EXTENSIONS
from fixture_values import (
    CALL,
    CINNAMON_OPEN,
    CINNAMON_PRIVATE,
    DEFAULTS,
    EXPIRED,
    FLATPAK,
    FLATPAK_OVERRIDES,
    GNOME_OPEN,
    GNOME_PRIVATE,
    KCONFIG,
    LATER,
    MATE_OPEN,
    MATE_PRIVATE,
    MEET,
    OTHER,
    PORTAL,
    SCHEMA_FILES,
    SHARING,
    SITES,
    SOCKETS,
    XFCONF,
    Keys,
)
from programs import (
    apps,
    chromium,
    dconf,
    firefox,
    flatpak,
    kconfig,
    pipewire,
    portal,
    sockets,
    xfconf,
)
from state_values import STATE_DCONF, STATE_KCONFIG, STATE_SCHEMAS, STATE_XFCONF, UBUNTU_KEY

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
        "vino-on": {"org/gnome/desktop/remote-access": {"enabled": "true"}},
        "vino-off": {"org/gnome/desktop/remote-access": {"enabled": "false"}},
        "screen-reader-on": {
            "org/gnome/desktop/a11y/applications": {"screen-reader-enabled": "true"}
        },
        "screen-reader-off": {
            "org/gnome/desktop/a11y/applications": {"screen-reader-enabled": "false"}
        },
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
        dconf.compile_system_database(database, {})
        keep(database, "dconf/system-empty")


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


def make_apps(extra: Path | None) -> None:
    """Make files of programs that keep traces, pictures and links to a phone."""
    for name, keys in APP_DCONF.items():
        with fresh_home() as home:
            keep(dconf.load(home, keys), f"apps/{name}")
    folders = [dconf.SCHEMAS, *([extra] if extra else [])]
    sources = [next(f / n for f in folders if (f / n).exists()) for n in APP_SCHEMAS]
    with fresh_home() as home:
        keep(dconf.compile_schemas(home / "schemas", sources), "apps/gschemas.compiled")
    for channel, name, properties in APP_XFCONF:
        with fresh_home() as home:
            keep(xfconf.set_properties(home, channel, properties), f"apps/{channel}-{name}.xml")
    for file, name, entries in APP_KCONFIG:
        with fresh_home() as home:
            (home / ".config" / file).parent.mkdir(parents=True)
            for groups, key, value in entries:
                kconfig.write(home, file, groups, key, value)
            keep(home / ".config" / file, f"apps/{name}")
    for name, options in APP_COPYQ.items():
        with fresh_home() as home:
            keep(apps.copyq(home, options), f"apps/{name}")
    for name, sections in APP_FLAMESHOT.items():
        with fresh_home() as home:
            keep(apps.flameshot(home, sections), f"apps/{name}")
    for name, sections in APP_KSNIP.items():
        with fresh_home() as home:
            keep(apps.ksnip(home, sections), f"apps/{name}")


def make_state(extra: Path | None) -> None:
    """Make files that show how the system is kept: updates, locks, proxy, reports."""
    for name, keys in STATE_DCONF.items():
        with fresh_home() as home:
            keep(dconf.load(home, keys), f"state/{name}")
    folders = [dconf.SCHEMAS, *([extra] if extra else [])]
    sources = [next(f / n for f in folders if (f / n).exists()) for n in STATE_SCHEMAS]
    with fresh_home() as home:
        keep(dconf.compile_schemas(home / "schemas", sources), "state/gschemas.compiled")
    make_ubuntu_schemas()
    for channel, name, properties in STATE_XFCONF:
        with fresh_home() as home:
            keep(xfconf.set_properties(home, channel, properties), f"state/{channel}-{name}.xml")
    for file, name, entries in STATE_KCONFIG:
        with fresh_home() as home:
            for groups, key, value in entries:
                kconfig.write(home, file, groups, key, value)
            keep(home / ".config" / file, f"state/{file}-{name}")


def make_ubuntu_schemas() -> None:
    """Compile the schema of the lock with the key that Ubuntu adds to it."""
    name = "org.gnome.desktop.screensaver.gschema.xml"
    with fresh_home() as home:
        text = (dconf.SCHEMAS / name).read_text("utf-8")
        before, mark, after = text.partition("  </schema>")
        (home / name).write_text(before + UBUNTU_KEY + mark + after, encoding="utf-8")
        sources = [home / name, dconf.SCHEMAS / "org.gnome.desktop.enums.xml"]
        compiled = dconf.compile_schemas(home / "schemas", sources)
        keep(compiled, "state/gschemas-ubuntu.compiled")


def make_pipewire() -> None:
    """Make what pw-dump prints while programs record, watch, or do neither."""
    with fresh_home() as home, pipewire.running(home) as sound:
        keep_dump(sound, "no-devices")
    with fresh_home() as home, pipewire.running(home) as sound:
        pipewire.with_devices(sound)
        keep_dump(sound, "at-rest")
        with sound.at_work("parecord", "-d", "microphone", "voice.wav"):
            keep_dump(sound, "microphone-read")
        with sound.at_work("parecord", "-d", "speaker.monitor", "voice.wav"):
            keep_dump(sound, "sound-recorded")
        with sound.at_work("pw-record", "-P", "{ stream.capture.sink = true }", "voice.wav"):
            keep_dump(sound, "sound-recorded-natively")
        with sound.at_work("pacat", "-d", "speaker", "/dev/zero"):
            keep_dump(sound, "sound-played")
        with sound.at_work(*pipewire.watched(sound, "test-camera")):
            keep_dump(sound, "camera-read")
        with sound.at_work(*pipewire.watched(sound, "test-screen")):
            keep_dump(sound, "screen-read")
        with (
            sound.at_work("Xvfb", ":77", "-screen", "0", "640x480x24"),
            sound.at_work("pavucontrol", seconds=5, DISPLAY=":77"),
        ):
            keep_dump(sound, "level-meter")
        sound.set("set-source-mute", "microphone", "1")
        keep_dump(sound, "muted")
        sound.set("set-source-mute", "microphone", "0")
        sound.set("load-module", "module-loopback", "source=microphone", "sink=speaker")
        time.sleep(2)
        keep_dump(sound, "microphone-heard")
        sound.set("unload-module", "module-loopback")
        sound.set("load-module", "module-remap-source", "master=speaker.monitor", "source_name=mix")
        time.sleep(2)
        keep_dump(sound, "remapped")
        with sound.at_work("parecord", "-d", "mix", "voice.wav"):
            keep_dump(sound, "remapped-recorded")


def keep_dump(sound: pipewire.Sound, name: str) -> None:
    """Keep what pw-dump prints now, without this machine's names."""
    target = FIXTURES / "pipewire" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(pipewire.cleaned(sound.dump()), encoding="utf-8")
    print(f"pipewire/{name}.json: {target.stat().st_size} bytes")  # noqa: T201 - a script


def make_portal() -> None:
    """Make tables of the permission store."""
    for name, grants in PORTAL.items():
        with fresh_home() as home:
            keep(portal.table(home, name.rpartition("-")[0], grants), f"portal/{name}")
    for name in ("screencast", "remote-desktop"):
        with fresh_home() as home:
            keep(portal.tokens(home, name, [("c1f20d6a", CALL)]), f"portal/{name}-token")
    with fresh_home() as home:
        told = [("camera", CALL, ["yes"])]
        keep(portal.table(home, "devices", told, removed=["camera"]), "portal/devices-empty")


def make_flatpak() -> None:
    """Make metadata and overrides of Flatpak apps."""
    for name, permissions in FLATPAK.items():
        with fresh_home() as home:
            keep(flatpak.install(home, CALL, *permissions), f"flatpak/{name}")
    for name, options in FLATPAK_OVERRIDES.items():
        with fresh_home() as home:
            keep(flatpak.override(home, CALL, options), f"flatpak/override-{name}")


def make_extensions() -> None:
    """Make profiles with extensions, and with choices beyond camera and microphone."""
    with fresh_home() as home:
        with chromium.settings_page(home) as page:
            for kind in ("location", "clipboard"):
                page.choose(MEET, kind, "allow")
                page.choose(OTHER, kind, "block")
        keep(home / chromium.FOLDER / chromium.PREFERENCES, "chromium/site-grants/Preferences")
    with fresh_home() as home:
        switch = chromium.write_extensions(home, CHROMIUM_EXTENSIONS)
        with chromium.settings_page(home, switch):
            pass
        keep(home / chromium.FOLDER / chromium.PREFERENCES, "chromium/extensions/Preferences")
    with fresh_home() as home:
        switch = chromium.write_extensions(home, CHROMIUM_EXTENSIONS)
        with chromium.settings_page(home, switch) as page:
            page.set("background_mode.enabled", value=False)
            page.set("download.prompt_for_download", value=True)
            ids = page.extensions()
            page.run(chromium.SWITCH_OFF, ids["Recorder"])
            page.run(chromium.HOLD_BACK, ids["Wide"], "ON_CLICK")
            page.run(chromium.HOLD_BACK, ids["Script"], "ON_SPECIFIC_SITES")
            page.run(chromium.ALLOW_SITE, ids["Script"], f"{MEET}/*")
        keep_chromium(home / chromium.FOLDER, "extensions-held")
    with fresh_home() as home:
        with firefox.remote(home) as remote:
            for name, manifest in FIREFOX_EXTENSIONS.items():
                remote.install(home, name, manifest)
        keep_extensions(firefox.profile(home), "extensions")
        with firefox.remote(home) as remote:
            remote.wait_for(firefox.SWITCH_OFF, "wide@meet.example")
            remote.wait_for(firefox.TAKE_BACK, "script@meet.example", ["*://*/*"])
            remote.set(FIREFOX_CHOICES)
            remote.choose(MEET, "geo", "allow")
            remote.choose(OTHER, "geo", "block")
        keep_extensions(firefox.profile(home), "extensions-held")
        for file in ("prefs.js", "permissions.sqlite"):
            keep(firefox.profile(home) / file, f"firefox/extensions-held/{file}")


def keep_extensions(profile: Path, name: str) -> None:
    """Keep what a profile of Firefox holds of its extensions."""
    for file in ("extensions.json", "extension-preferences.json"):
        keep(profile / file, f"firefox/{name}/{file}")


def make_sharing() -> None:
    """Make databases of dconf with GNOME's personal file sharing."""
    for name, keys in SHARING.items():
        with fresh_home() as home:
            keep(dconf.load(home, keys), f"dconf/{name}")


def make_sockets() -> None:
    """Make the kernel's tables of connections."""
    for name, addresses in SOCKETS.items():
        with fresh_home() as home:
            for table in sockets.listening(home, *addresses):
                keep(table, f"sockets/{name}-{table.name}")


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
        "apps": lambda: make_apps(options.schemas),
        "state": lambda: make_state(options.schemas),
        "chromium": make_chromium,
        "firefox": make_firefox,
        "extensions": make_extensions,
        "pipewire": make_pipewire,
        "portal": make_portal,
        "flatpak": make_flatpak,
        "sharing": make_sharing,
        "sockets": make_sockets,
    }
    for name in options.groups or groups:
        groups[name]()


if __name__ == "__main__":
    main()
