"""Small computers whose files are then damaged: what they hold, and how they are looked at."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from privacy_check.cli import cli

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "rules"
FIXTURES = RULES / "fixtures"
HOME = "/home/sam"
CODES = (0, 3, 11)

Files = Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A tree of files in two states: one worth a look, and one that looks good.

    `target` is the file that is damaged; the other files stay whole. `value` gives, in `target` of
    the bad state, the text before the value and the value itself: only a flip in there may make
    it look good. `near` narrows single-bit flips in large files to what stands around these texts.
    `heavy` files get a part of the damage in the whole command and an eighth of it in memory,
    and of their bits three a byte near what counts.
    """

    name: str
    setting: str
    row: str
    good: tuple[str, ...]
    target: str
    bad_files: Files
    good_files: Files | None
    desktop: str = ""
    value: tuple[bytes, bytes] | None = None
    near: tuple[bytes, ...] = ()
    heavy: bool = False
    line: bytes = b""

    def __str__(self) -> str:
        return self.name


def real(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def build(root: Path, files: Files) -> None:
    """Write a tree as a computer would hold it."""
    (root / HOME.strip("/")).mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        place = root / path.strip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def write_rules(folder: Path, scene: Scene) -> Path:
    """Write a rule folder with one rule and the one variant of a real setting that it reads."""
    advice = folder / "advice" / "prepare"
    advice.mkdir(parents=True)
    (advice / "the-rule.toml").write_text(
        f"""id = "the-rule"
title = "One setting"
phase = "prepare"
severity = "high"
profiles = ["close", "care", "legal", "source", "audit"]
channels = ["video", "voice", "text"]
why = "It is looked at here."

[[settings]]
id = "{scene.setting}"
good = {json.dumps(scene.good)}

[[sources]]
title = "A test"
where = "here"
kind = "project"
checked = 2026-11-22
"""
    )
    settings = folder / "settings"
    settings.mkdir()
    text = (RULES / "settings" / f"{scene.setting}.toml").read_text()
    (settings / f"{scene.setting}.toml").write_text("\n".join(_kept(text, scene.row)) + "\n")
    return folder


def _kept(text: str, row: str) -> Iterator[str]:
    """Yield the lines of a setting file that belong to one variant, without its cases."""
    table = "[" + row.replace("/", ".") + "]"
    keep = True
    for line in text.splitlines():
        if line.startswith("["):
            keep = line in ("[values]", table)
        if keep:
            yield line


def arguments(rules: Path, root: Path) -> list[str]:
    """Return the command line that looks at a tree."""
    places = ["--rules", str(rules), "--root", str(root), "--home", HOME]
    return ["run", *places, "--format", "json", "--fail-on", "high"]


def variables(scene: Scene) -> dict[str, str | None]:
    return {"XDG_CURRENT_DESKTOP": scene.desktop or None}


def look(scene: Scene, rules: Path, root: Path) -> tuple[int, str]:
    """Run the whole command on a tree; return its exit code and the status of the row."""
    result = CliRunner().invoke(cli, arguments(rules, root), env=variables(scene))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, status_in(result.stdout, scene)


def status_in(text: str, scene: Scene) -> str:
    rows = [row for finding in json.loads(text)["findings"] for row in finding["settings"]]
    (row,) = (row for row in rows if row["platform"] == scene.row)
    return str(row["status"])


def remove(place: Path) -> None:
    """Take away whatever stands there."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


_SCHEMAS = "/usr/share/glib-2.0/schemas/gschemas.compiled"
_USER_DB = f"{HOME}/.config/dconf/user"
_LOCAL_DB = "/etc/dconf/db/local"
_PROFILE = "/etc/dconf/profile/user"
_CHROMIUM = f"{HOME}/.config/chromium"
_FIREFOX = f"{HOME}/.config/mozilla/firefox"
_FIREFOX_PROFILE = f"{_FIREFOX}/" + next(
    line.partition("=")[2]
    for line in real("firefox/grants/profiles.ini").decode().splitlines()
    if line.endswith(".default-esr")
)
_XFCONF = f"{HOME}/.config/xfce4/xfconf/xfce-perchannel-xml"
_WITH_SCHEMAS = {_SCHEMAS: real("glib/gschemas.compiled")}
_WITH_SAVER = {"/usr/bin/xfce4-screensaver": b""}


def _dconf(bad: str, good: str | None, schemas: Files = _WITH_SCHEMAS) -> dict[str, Files | None]:
    return {
        "bad_files": {_USER_DB: real(f"dconf/{bad}"), **schemas},
        "good_files": {_USER_DB: real(f"dconf/{good}"), **schemas} if good else None,
    }


def _managed(user: str, local: str) -> Files:
    return {
        _USER_DB: real(f"dconf/{user}"),
        _LOCAL_DB: real(f"dconf/{local}"),
        _PROFILE: b"user-db:user\nsystem-db:local\n",
        **_WITH_SCHEMAS,
    }


def _one(
    path: str, bad: bytes, good: bytes | None, beside: Files | None = None
) -> dict[str, object]:
    extra = beside or {}
    return {
        "target": path,
        "bad_files": {path: bad, **extra},
        "good_files": None if good is None else {path: good, **extra},
    }


def _kconfig(file: str, bad: str, good: str) -> dict[str, object]:
    path = f"{HOME}/.config/{file}"
    return _one(path, real(f"kconfig/{file}-{bad}"), real(f"kconfig/{file}-{good}"))


def _xfconf(channel: str, bad: str, good: str, beside: Files | None = None) -> dict[str, object]:
    bad_bytes, good_bytes = (real(f"xfconf/{channel}-{name}.xml") for name in (bad, good))
    return _one(f"{_XFCONF}/{channel}.xml", bad_bytes, good_bytes, beside)


def _chromium(state: str) -> Files:
    return {
        f"{_CHROMIUM}/Default/Preferences": real(f"chromium/{state}/Preferences"),
        f"{_CHROMIUM}/Local State": real(f"chromium/{state}/Local State"),
    }


def _firefox(state: str, permissions: str) -> Files:
    return {
        f"{_FIREFOX}/profiles.ini": real(f"firefox/{state}/profiles.ini"),
        f"{_FIREFOX_PROFILE}/prefs.js": real(f"firefox/{state}/prefs.js"),
        f"{_FIREFOX_PROFILE}/permissions.sqlite": real(f"firefox/{permissions}/permissions.sqlite"),
    }


_GRANTS = real("chromium/grants/Preferences")
_MEET = (
    _GRANTS[_GRANTS.index(b'{"https://meet.example:443,*"') :].partition(b'"setting":')[0]
    + b'"setting":'
)
_TABLE = (
    b"CREATE TABLE moz_perms ( id INTEGER PRIMARY KEY,origin TEXT,type TEXT,permission INTEGER,"
)
_BANNERS = {"setting": "notification-banners", "good": ("off",)}
_LOCK = {"setting": "automatic-lock", "good": ("on",)}
_IDLE = {"setting": "lock-after-idle", "good": ("soon",)}
_LOGIN = {"setting": "automatic-login", "good": ("off",)}
_CAMERA = {"setting": "browser-camera", "good": ("none", "blocked")}

_GDM = b"""# GDM configuration
[daemon]
AutomaticLoginEnable=%s
AutomaticLogin=sam

[security]

[debug]
Enable=false
"""
_SDDM = b"""[Autologin]
Session=plasma
User=%s

[Theme]
Current=breeze
"""
_LIGHTDM = b"""[LightDM]
run-directory=/run/lightdm

[Seat:*]
autologin-user=%s
user-session=xfce
"""
_COPYQ = b"""[Options]
check_clipboard=%s
maxitems=200
"""

SCENES: tuple[Scene, ...] = (
    Scene(
        name="dconf",
        row="linux/gnome",
        desktop="GNOME",
        target=_USER_DB,
        **_BANNERS,
        **_dconf("banners-on", "banners-off"),
    ),
    Scene(
        name="dconf without schemas",
        heavy=True,
        row="linux/gnome",
        desktop="GNOME",
        target=_USER_DB,
        **_BANNERS,
        **_dconf("banners-on", "banners-off", {}),
    ),
    Scene(
        # The default of the schema looks good, so the stored value must never get lost.
        name="dconf against a good default",
        row="linux/mate",
        desktop="MATE",
        target=_USER_DB,
        **_LOCK,
        **_dconf("mate-open", "mate-private"),
    ),
    Scene(
        name="dconf with many keys",
        heavy=True,
        row="linux/gnome",
        desktop="GNOME",
        target=_USER_DB,
        **_LOCK,
        **_dconf("gnome-open", "gnome-private"),
    ),
    Scene(
        name="schema of a stored key",
        heavy=True,
        row="linux/gnome",
        desktop="GNOME",
        target=_SCHEMAS,
        **_BANNERS,
        **_dconf("banners-on", "banners-off"),
    ),
    Scene(
        name="schema default",
        heavy=True,
        row="linux/gnome",
        desktop="GNOME",
        target=_SCHEMAS,
        **_BANNERS,
        **_dconf("empty-of-gnome", None),
    ),
    Scene(
        name="schema default that looks good",
        heavy=True,
        row="linux/gnome",
        desktop="GNOME",
        target=_SCHEMAS,
        **_LOCK,
        bad_files={_USER_DB: real("dconf/gnome-open"), **_WITH_SCHEMAS},
        good_files={_USER_DB: real("dconf/empty-of-gnome"), **_WITH_SCHEMAS},
    ),
    Scene(
        # Without the lock, the person's own value would look good.
        name="locked system database",
        row="linux/gnome",
        desktop="GNOME",
        target=_LOCAL_DB,
        **_BANNERS,
        bad_files=_managed("banners-off", "system-locked"),
        good_files=_managed("banners-on", "system-locked-off"),
    ),
    Scene(
        name="plasma lock",
        value=(b"Autolock=", b"false"),
        line=b"Autolock=true\n",
        row="linux/plasma",
        desktop="KDE",
        **_LOCK,
        **_kconfig("kscreenlockerrc", "no-lock", "locks"),
    ),
    Scene(
        name="plasma lock after idle",
        value=(b"Timeout=", b"60"),
        line=b"Timeout=5\n",
        row="linux/plasma",
        desktop="KDE",
        **_IDLE,
        **_kconfig("kscreenlockerrc", "locks-late", "locks"),
    ),
    Scene(
        name="plasma do not disturb",
        value=(b"Until=", b"1998,11,22,9,0,0"),
        line=b"Until=9027,11,22,14,0,0\n",
        row="linux/plasma-saved",
        desktop="KDE",
        **_BANNERS,
        # The same bytes as KConfig's, with years that stay past and ahead.
        **_one(
            f"{HOME}/.config/plasmanotifyrc",
            real("kconfig/plasmanotifyrc-dnd-past").replace(b"2026", b"1998"),
            real("kconfig/plasmanotifyrc-dnd-future").replace(b"2027", b"9027"),
        ),
    ),
    Scene(
        name="klipper",
        value=(b"KeepClipboardContents=", b"true"),
        line=b"KeepClipboardContents=false\n",
        setting="clipboard-history",
        good=("not-kept",),
        row="linux/plasma",
        desktop="KDE",
        **_kconfig("klipperrc", "keeps", "forgets"),
    ),
    Scene(
        name="krdp",
        value=(b"Autostart=", b"true"),
        line=b"Autostart=false\n",
        setting="remote-desktop-sharing",
        good=("off",),
        row="linux/krdp",
        desktop="KDE",
        **_kconfig("krdpserverrc", "autostart", "no-autostart"),
    ),
    Scene(
        name="xfce notifications",
        value=(b'"bool" value="', b"false"),
        row="linux/xfce",
        desktop="XFCE",
        **_BANNERS,
        **_xfconf("xfce4-notifyd", "off", "on"),
    ),
    Scene(
        name="xfce lock",
        value=(b'"enabled" type="bool" value="', b"false"),
        row="linux/xfce",
        desktop="XFCE",
        **_LOCK,
        **_xfconf("xfce4-screensaver", "lock-off", "lock-on", _WITH_SAVER),
    ),
    Scene(
        name="chromium site",
        heavy=True,
        value=(_MEET, b"1"),
        near=(b'"media_stream_camera":' + _MEET + b"1", b'"exceptions":{'),
        row="linux/chromium",
        target=f"{_CHROMIUM}/Default/Preferences",
        **_CAMERA,
        bad_files=_chromium("grants"),
        good_files=_chromium("no-grants"),
    ),
    Scene(
        name="chromium default",
        heavy=True,
        value=(b'"media_stream_camera":', b"1"),
        near=(b'"default_content_setting_values":{',),
        row="linux/chromium",
        target=f"{_CHROMIUM}/Default/Preferences",
        **_CAMERA,
        bad_files=_chromium("default-allow"),
        good_files=_chromium("default-block"),
    ),
    Scene(
        name="chromium index",
        heavy=True,
        row="linux/chromium",
        target=f"{_CHROMIUM}/Local State",
        **_CAMERA,
        bad_files=_chromium("grants"),
        good_files=None,
    ),
    Scene(
        name="firefox site",
        heavy=True,
        # SQLite keeps a 1 as the number 9 in a row's head, before its texts.
        value=(b"\x08\x00\x35\x19", b"\x09"),
        near=(_TABLE, b"https://meet.examplecamera"),
        row="linux/firefox",
        target=f"{_FIREFOX_PROFILE}/permissions.sqlite",
        **_CAMERA,
        bad_files=_firefox("grants", "grants"),
        good_files=_firefox("none", "none"),
    ),
    Scene(
        name="firefox default",
        heavy=True,
        value=(b'"permissions.default.camera", ', b"1"),
        near=(b'"permissions.default.camera", 1);',),
        line=b'"permissions.default.camera", 2);\n',
        row="linux/firefox",
        target=f"{_FIREFOX_PROFILE}/prefs.js",
        **_CAMERA,
        bad_files=_firefox("default-allow", "none"),
        good_files=_firefox("default-block", "none"),
    ),
    Scene(
        name="firefox index",
        heavy=True,
        row="linux/firefox",
        target=f"{_FIREFOX}/profiles.ini",
        **_CAMERA,
        bad_files=_firefox("grants", "grants"),
        good_files=None,
    ),
    Scene(
        name="gdm",
        value=(b"AutomaticLoginEnable=", b"true"),
        line=b"AutomaticLoginEnable=false\n",
        row="linux/gdm",
        **_LOGIN,
        **_one("/etc/gdm/custom.conf", _GDM % b"true", _GDM % b"false"),
    ),
    Scene(
        name="sddm",
        value=(b"User=", b"sam"),
        line=b"User=\n",
        row="linux/sddm",
        **_LOGIN,
        **_one("/etc/sddm.conf", _SDDM % b"sam", _SDDM % b""),
    ),
    Scene(
        name="lightdm",
        value=(b"autologin-user=", b"sam"),
        line=b"autologin-user=\n",
        row="linux/lightdm",
        **_LOGIN,
        **_one("/etc/lightdm/lightdm.conf", _LIGHTDM % b"sam", _LIGHTDM % b""),
    ),
    Scene(
        name="copyq",
        value=(b"check_clipboard=", b"true"),
        line=b"check_clipboard=false\n",
        setting="clipboard-history",
        good=("not-kept",),
        row="linux/copyq",
        **_one(f"{HOME}/.config/copyq/copyq.conf", _COPYQ % b"true", _COPYQ % b"false"),
    ),
    Scene(
        name="kdeconnect",
        setting="phone-mirror",
        good=("none",),
        row="linux/kdeconnect",
        **_one(
            f"{HOME}/.config/kdeconnect/trusted_devices",
            b"[0123456789abcdef]\nname=Phone\ntype=phone\n",
            None,
        ),
    ),
    Scene(
        name="dropbox",
        setting="captures-synced",
        good=("none",),
        row="linux",
        **_one(
            f"{HOME}/.dropbox/info.json",
            b'{"personal": {"path": "/home/sam", "host": 1}}',
            None,
        ),
        value=(b'"path": "', b"/home/sam"),
    ),
    Scene(
        name="nextcloud",
        setting="captures-synced",
        good=("none",),
        row="linux",
        **_one(
            f"{HOME}/.config/Nextcloud/nextcloud.cfg",
            b"[Accounts]\n0\\Folders\\1\\localPath=/home/sam/Pictures/\nversion=2\n",
            None,
        ),
        value=(b"localPath=", b"/home/sam/Pictures/"),
    ),
)
