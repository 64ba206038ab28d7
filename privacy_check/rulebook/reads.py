"""The closed list of ways to read a setting: what a rule file may ask for, and no more.

Each record is one way; the reader of the same name in `privacy_check.readers` carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass

BASES = (
    "~/.config",
    "~/.local/share",
    "~/.local/state",
    "~/.cache",
    "~/.mozilla",
    "~/.librewolf",
    "~/.var/app",
    "~/snap",
    "~/.dropbox",
    "~/.zoom",
    "~/Documents",
    "~/Downloads",
    "~/Pictures",
    "~/Videos",
    "/etc",
    "/opt",
    "/run",
    "/snap",
    "/usr/bin",
    "/usr/lib/plasmalogin",
    "/usr/lib/sddm",
    "/usr/share",
    "/usr/local/share",
    "/var/lib",
)
"""The folders below which a rule file may name a path."""

KERNEL_BASES = ("/sys/block", "/sys/class", "/sys/devices", "/sys/module")
"""The folders below which the `sysfs` way may name a path."""

METHODS = {
    "GetActive": "org.gnome.ScreenSaver",
    "GetDnd": "org.erikreider.swaync.cc",
    "GetServerInformation": "org.freedesktop.Notifications",
    "ListModes": "fr.emersion.Mako",
}
"""Bus methods that only tell something, with the interface each belongs to."""

ENVIRONMENT = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
"""Environment variables that a rule file may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dconf:
    """A GSettings key in the dconf databases."""

    path: str
    schema: str
    type: str
    contains: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kconfig:
    """A key of a KDE configuration file, over all XDG folders."""

    file: str
    group: tuple[str, ...]
    key: str
    type: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ini:
    """A key of an ini file (later files win), or the number of its sections."""

    files: tuple[str, ...]
    section: str = ""
    key: str = ""
    count: str = ""
    contains: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """A value in a JSON file; of several files the first that exists."""

    files: tuple[str, ...]
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Xfconf:
    """A property of an Xfce channel."""

    channel: str
    property: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bus:
    """A property, or the answer of a listed method, of a program on D-Bus."""

    bus: str
    name: str
    path: str
    interface: str
    property: str = ""
    method: str = ""
    contains: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Whether a program of a list is running."""

    programs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """Whether a program of a list is installed."""

    programs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """Whether a program of this account holds the camera or the microphone."""

    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A variable of the session's environment."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chromium:
    """What sites may do in the browsers of the Chromium family."""

    permission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Firefox:
    """What sites may do in the browsers of the Firefox family."""

    permission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Whether an encryption layer lies below the home folder."""

    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """Whether folders with pictures and recordings lie inside a cloud-synced folder."""

    folders: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mako:
    """Whether mako holds banners back: its active modes together with its configuration."""

    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The number of entries of a folder; never their names."""

    path: str
    tell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sysfs:
    """A one-line kernel file, or how many files of a pattern hold a text."""

    path: str
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Nothing that could be read is known: the person looks."""

    reason: str


Read = (
    Dconf
    | Kconfig
    | Ini
    | Json
    | Xfconf
    | Bus
    | Running
    | Installed
    | Devices
    | Environment
    | Chromium
    | Firefox
    | Storage
    | Synced
    | Mako
    | Folder
    | Sysfs
    | ByHand
)
