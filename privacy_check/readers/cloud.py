"""Looks whether folders with pictures and recordings lie where a sync program takes them.

Only whether they do, and which program, leaves this module: no folder name, no account.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.jsonfile import parse
from privacy_check.readers.mounts import is_inside, mounts
from privacy_check.readers.raw import Found, Look, near_miss
from privacy_check.readers.textfiles import is_text
from privacy_check.readers.textfiles import parse as parse_sections
from privacy_check.rulebook.reads import Synced

_CAPTURES = ("DESKTOP", "DOCUMENTS", "DOWNLOAD", "PICTURES", "VIDEOS")
_USUAL = {
    "DESKTOP": "Desktop",
    "DOCUMENTS": "Documents",
    "DOWNLOAD": "Downloads",
    "PICTURES": "Pictures",
    "VIDEOS": "Videos",
}
_NETWORK_DISKS = ("nfs", "nfs4", "cifs", "smb3", "afs", "ceph", "lustre", "9p")
_CLOUD_DISKS = (
    *("fuse.rclone", "fuse.davfs", "fuse.davfs2", "davfs", "fuse.sshfs", "fuse.onedriver"),
    *("fuse.s3fs", "fuse.seadrive", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse"),
)
_OPAQUE = {
    "MEGA": "~/.local/share/data/Mega Limited/MEGAsync/MEGAsync.cfg",
    "Insync": "~/.config/Insync",
    "Insync (headless)": "~/.config/Insync-headless",
    "Seafile": "~/.ccnet/seafile.ini",
    "pCloud": "~/.pcloud/data.db",
    "Dropbox (Flatpak)": "~/.var/app/com.dropbox.Client",
    "MEGA (Flatpak)": "~/.var/app/nz.mega.MEGAsync",
    "Seafile (Flatpak)": "~/.var/app/com.seafile.Client",
}
"""Programs whose list of folders cannot be read, with a sign that they are set up."""

_USER_DIR = re.compile(r"\s*(XDG_[A-Z_]+_DIR)=\"((?:\$HOME(?=[/\"])|/)(?:[^\"\\]|\\.)*)\"\s*")
_NO_FOLDER = ("XDG_CONFIG_DIRS=", "XDG_DATA_DIRS=")
"""What some people write beside their folders; it is skipped by all programs."""

_UNKNOWN_FOLDERS = "the list of the person's folders has a form that we do not know"


def read(wanted: Synced, look: Look) -> Found:
    """Return `synced` with the program's name, or `none`."""
    window = look.window
    folders = [window.machine.real(path) for path in _captures(window)]
    names = set()
    unread: UnseenError | None = None
    for name, roots in _PROGRAMS.items():
        try:
            if any(_overlap(window, folders, root) for root in roots(window)):
                names.add(name)
        except MissingError:
            continue  # not set up here
        except UnseenError as error:
            unread = UnseenError(f"{name}: {error}")
    if not names and unread is not None:
        raise unread
    return Found(
        raw="synced" if names else "none",
        where="folders of sync programs",
        as_of=window.machine.now(),
        names=tuple(sorted(names)),
        count=len(_PROGRAMS),
    )


def _captures(window: Window) -> Iterator[str]:
    """Yield the folders where pictures, recordings and downloads land, and the home folder."""
    home = window.place("~/.").removesuffix("/.")
    named: dict[str, str] = {}
    try:
        text = window.text("~/.config/user-dirs.dirs")
    except MissingError:
        text = "#\n"
    if not text.strip():
        raise UnseenError(_UNKNOWN_FOLDERS)
    for line in _lines(text if text.endswith("\n") or not text.endswith('"') else f"{text}\n"):
        match = _USER_DIR.fullmatch(line)
        if match:
            named[match[1]] = match[2]
        elif not line.startswith(_NO_FOLDER):
            raise UnseenError(_UNKNOWN_FOLDERS)
    unnamed = (f"XDG_{name}_DIR" for name in _CAPTURES if f"XDG_{name}_DIR" not in named)
    if any(near_miss(name, named) for name in unnamed):
        raise UnseenError(_UNKNOWN_FOLDERS)
    for name in _CAPTURES:
        path = named.get(f"XDG_{name}_DIR", f"$HOME/{_USUAL[name]}")
        yield re.sub(r"\\(.)", r"\1", path).replace("$HOME", home, 1).rstrip("/")
    yield home


def _overlap(window: Window, folders: list[str], root: str) -> bool:
    """Say whether a synced folder holds one of the folders, or lies in one other than home."""
    if not root.startswith("/") or not is_text(root):
        raise UnseenError(_UNKNOWN)
    real = window.machine.real(root.rstrip("/") or "/")
    home = folders[-1]
    return any(
        is_inside(folder, real) or (folder != home and is_inside(real, folder))
        for folder in folders
    )


def _at_home(window: Window, path: str) -> str:
    return window.place(f"{path}/.").removesuffix("/.") if path.startswith("~") else path


def _dropbox(window: Window) -> Iterator[str]:
    document = parse(window, "~/.dropbox/info.json")
    if not isinstance(document, dict):
        raise UnseenError(_UNKNOWN)
    for account in document.values():
        path = account.get("path") if isinstance(account, dict) else None
        if not isinstance(path, str):
            raise UnseenError(_UNKNOWN)
        yield path
    if not document:
        raise UnseenError(_UNKNOWN)


def _owncloud_family(path: str) -> Callable[[Window], Iterator[str]]:
    def roots(window: Window) -> Iterator[str]:
        accounts = parse_sections(window.text(path)).values.get("Accounts", {})
        last_parts = {key: key.rpartition("\\")[2] for key in accounts}
        found = [value for key, value in accounts.items() if last_parts[key] == "localPath"]
        if not found or near_miss("localPath", tuple(last_parts.values())):
            message = "its list of folders was not found"
            raise UnseenError(message)
        for value in found:
            if "\\" in value or "localPath=" in "".join(accounts.values()):
                raise UnseenError(
                    _UNKNOWN
                )  # a name in a code of its own, or two lines that are one
            yield value.strip('"')

    return roots


def _onedrive(window: Window) -> Iterator[str]:
    """Yield the folder of each account: set up by a settings file, or signed in without one."""
    folders = window.matches("~/.config/onedrive*")
    names = ("config", "refresh_token")
    used = [folder for folder in folders if any(window.exists(f"{folder}/{n}") for n in names)]
    if not used:
        message = "it is not set up"
        raise MissingError(message)
    usual = _onedrive_settings(window, "/etc/onedrive/config")
    for folder in used:
        chosen = {**usual, **_onedrive_settings(window, f"{folder}/config")}
        if chosen.get("download_only") != "true":
            yield _at_home(window, chosen.get("sync_dir", "~/OneDrive"))


def _onedrive_settings(window: Window, path: str) -> dict[str, str]:
    """Return what a settings file sets; lines of another form are a sign of damage."""
    try:
        text = window.text(path)
    except MissingError:
        return {}
    found: dict[str, str] = {}
    for line in _lines(text):
        match = _ONEDRIVE_LINE.fullmatch(line)
        if not match:
            raise UnseenError(_UNKNOWN)
        found[match[1]] = match[2]
    if near_miss("sync_dir", found) or near_miss("download_only", found):
        raise UnseenError(_UNKNOWN)
    return found


_ONEDRIVE_LINE = re.compile(r"\s*([a-z_]+)\s*=\s*\"([^\"]*)\"\s*")


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that say something, when it is whole."""
    if text and not text.endswith("\n"):
        raise UnseenError(_UNKNOWN)
    for line in text.split("\n"):
        if not is_text(line):
            raise UnseenError(_UNKNOWN)
        if line.strip() and not line.lstrip().startswith("#"):
            yield line


_SYNCTHING = (
    "~/.local/state/syncthing/config.xml",
    "~/.config/syncthing/config.xml",
    "~/.var/app/me.kozec.syncthingtk/config/syncthing/config.xml",
    "~/snap/syncthing/common/syncthing/config.xml",
)


def _syncthing(window: Window) -> Iterator[str]:
    found = False
    for path in _SYNCTHING:
        try:
            text = window.text(path)
        except MissingError:
            continue
        found = True
        yield from _syncthing_folders(window, text)
    if not found:
        message = "it is not set up"
        raise MissingError(message)


def _syncthing_folders(window: Window, text: str) -> Iterator[str]:
    from xml.etree import ElementTree  # slow to import, needed for this program only

    if "<!DOCTYPE" in text:
        raise UnseenError(_UNKNOWN)
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - a file that declares entities was refused
    except (ElementTree.ParseError, ValueError):
        message = "its settings are damaged: not whole XML"
        raise UnseenError(message) from None
    if root.tag != "configuration":
        raise UnseenError(_UNKNOWN)
    for folder in root.findall("folder"):
        shared = len(folder.findall("device")) > 1
        sends = not folder.get("type", "").startswith("receive")
        paused = (folder.findtext("paused") or "").strip() == "true"
        if shared and sends and not paused:
            yield _at_home(window, folder.get("path", ""))


def _disks(kinds: tuple[str, ...]) -> Callable[[Window], Iterator[str]]:
    def roots(window: Window) -> Iterator[str]:
        if not window.machine.live:
            message = "a copy of files does not show its mounted disks"
            raise UnseenError(message)
        for mount in mounts(window):
            if mount.kind in kinds:
                yield mount.point

    return roots


def _opaque(sign: str) -> Callable[[Window], Iterator[str]]:
    def roots(window: Window) -> Iterator[str]:
        if window.exists(sign):
            message = "it is set up here, and its list of folders cannot be read"
            raise UnseenError(message)
        yield from ()

    return roots


_UNKNOWN = "its settings have a form that we do not know"

_PROGRAMS: dict[str, Callable[[Window], Iterator[str]]] = {
    "Dropbox": _dropbox,
    "Nextcloud": _owncloud_family("~/.config/Nextcloud/nextcloud.cfg"),
    "Nextcloud (Flatpak)": _owncloud_family(
        "~/.var/app/com.nextcloud.desktopclient.nextcloud/config/Nextcloud/nextcloud.cfg"
    ),
    "Nextcloud (snap)": _owncloud_family(
        "~/snap/nextcloud-desktop-client/current/.config/Nextcloud/nextcloud.cfg"
    ),
    "ownCloud": _owncloud_family("~/.config/ownCloud/owncloud.cfg"),
    "ownCloud (Flatpak)": _owncloud_family(
        "~/.var/app/com.owncloud.desktopclient.owncloud/config/ownCloud/owncloud.cfg"
    ),
    "OneDrive": _onedrive,
    "Syncthing": _syncthing,
    "a cloud disk": _disks(_CLOUD_DISKS),
    "a network disk": _disks(_NETWORK_DISKS),
    **{name: _opaque(sign) for name, sign in _OPAQUE.items()},
}
