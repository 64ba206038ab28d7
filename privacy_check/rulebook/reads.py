"""The closed list of ways to read a setting: what a rule file may ask for, and no more.

Each record is one way; the reader of the same name in `privacy_check.readers` carries it out.
"""

from __future__ import annotations

from privacy_check.record import record

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
    "GetCurrentState": "org.gnome.Mutter.DisplayConfig",
    "GetDnd": "org.erikreider.swaync.cc",
    "GetManagedObjects": "org.freedesktop.DBus.ObjectManager",
    "GetServerInformation": "org.freedesktop.Notifications",
    "ListModes": "fr.emersion.Mako",
    "ListSessions": "org.freedesktop.login1.Manager",
}
"""Bus methods that only tell something, with the interface each belongs to."""

ENVIRONMENT = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
"""Environment variables that a rule file may ask for."""


@record
class Dconf:
    """A GSettings key in the dconf databases."""

    path: str
    schema: str
    type: str
    contains: str = ""
    count: str = ""


@record
class Kconfig:
    """A key of a KDE configuration file, over all XDG folders."""

    file: str
    group: tuple[str, ...]
    key: str
    type: str = "text"


@record
class Ini:
    """A key of an ini file (later files win), or the number of its sections.

    `each` names a file whose sections are devices: then `*` in the path stands for each of them,
    and the key is a switch that counts as on when it is on for one of them.
    """

    files: tuple[str, ...]
    section: str = ""
    key: str = ""
    count: str = ""
    contains: str = ""
    each: str = ""


@record
class Json:
    """A value in a JSON file; of several files all that exist have to say the same.

    With `beside`, whether a text stands there is the value, and never the text itself: it is
    absent only where the file holds this other pointer.
    """

    files: tuple[str, ...]
    pointer: str
    beside: str = ""


@record
class Xfconf:
    """A property of an Xfce channel."""

    channel: str
    property: str
    type: str


@record
class Bus:
    """A property, or the answer of a listed method, of a program on D-Bus.

    `idle` is the value where the program does not run, for one that runs only while it has work.
    """

    bus: str
    name: str
    path: str
    interface: str
    property: str = ""
    method: str = ""
    contains: str = ""
    idle: str = ""


@record
class Running:
    """Whether a program of a list is running."""

    programs: str


@record
class Installed:
    """Whether a program of a list is installed."""

    programs: str


@record
class Devices:
    """Whether a program of this account holds the camera or the microphone."""

    device: str


@record
class Environment:
    """A variable of the session's environment."""

    name: str


@record
class Chromium:
    """What sites and extensions may do, and what was chosen, in browsers of the Chromium family."""

    permission: str


@record
class Firefox:
    """What sites and extensions may do, and what was chosen, in browsers of the Firefox family."""

    permission: str


@record
class Storage:
    """Whether an encryption layer lies below the home folder, or below the swap space."""

    place: str


@record
class Synced:
    """Whether folders with pictures and recordings lie inside a cloud-synced folder."""

    folders: str


@record
class Mako:
    """Whether mako holds banners back: its active modes together with its configuration."""

    mode: str


@record
class Folder:
    """The number of entries of a folder; never their names."""

    path: str
    tell: str


@record
class Sysfs:
    """A one-line kernel file, or how many files of a pattern hold a text."""

    path: str
    count: str = ""


@record
class Pipewire:
    """Whether a program takes sound or pictures through PipeWire now, and from what."""

    streams: str


@record
class Portal:
    """Whether an app was granted something for good in the desktop's permission store."""

    permission: str


@record
class Flatpak:
    """Whether an installed Flatpak app reaches something without asking."""

    access: str


@record
class Listening:
    """Whether this computer listens on a port of a program list."""

    programs: str


@record
class Autostart:
    """Whether a program of a list starts when this account logs in."""

    programs: str


@record
class Access:
    """Whether something can be reached that usually is closed to others."""

    to: str


@record
class Sessions:
    """Whether others are logged in to this computer."""

    of: str


@record
class Accounts:
    """How many other people have an account on this computer."""

    of: str


@record
class Network:
    """Whether the network goes through a private tunnel."""

    layer: str


@record
class Bluetooth:
    """What the Bluetooth adapters do now."""

    state: str


@record
class Screens:
    """How the screens of this session are used."""

    state: str


@record
class Keyfile:
    """A key of a file with one assignment a line, without sections; later files win."""

    files: tuple[str, ...]
    key: str
    style: str = "shell"


@record
class Age:
    """The days since the newest of some files was changed."""

    files: tuple[str, ...]


@record
class Present:
    """Whether something is at one of some paths."""

    paths: tuple[str, ...]


@record
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
    | Pipewire
    | Portal
    | Flatpak
    | Listening
    | Autostart
    | Access
    | Sessions
    | Accounts
    | Network
    | Bluetooth
    | Screens
    | Keyfile
    | Age
    | Present
    | ByHand
)


def program_list(read: Read) -> str:
    """Return the id of the program list that a way of reading compares with, or nothing."""
    return str(getattr(read, "programs", ""))
