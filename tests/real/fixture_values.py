"""What the fixtures hold: the keys, sites and times that the makers are given."""

from programs.home import Choice

Keys = dict[str, dict[str, str]]

GNOME_OPEN: Keys = {
    "org/gnome/desktop/notifications": {
        "application-children": "['org-example-chat']",
        "show-banners": "true",
        "show-in-lock-screen": "true",
    },
    "org/gnome/desktop/notifications/application/org-example-chat": {
        "application-id": "'org.example.Chat.desktop'",
        "details-in-lock-screen": "true",
    },
    "org/gnome/desktop/privacy": {
        "disable-camera": "false",
        "disable-microphone": "false",
        "recent-files-max-age": "-1",
        "remember-recent-files": "true",
    },
    "org/gnome/desktop/remote-desktop/rdp": {"enable": "true", "view-only": "false"},
    "org/gnome/desktop/remote-desktop/vnc": {"enable": "true", "view-only": "false"},
    "org/gnome/desktop/screensaver": {"lock-delay": "uint32 3600", "lock-enabled": "false"},
    "org/gnome/desktop/session": {"idle-delay": "uint32 0"},
    "org/gnome/GPaste": {"save-history": "true", "track-changes": "true"},
    "org/gnome/shell": {
        "enabled-extensions": (
            "['clipboard-indicator@tudmotu.com', 'gsconnect@andyholmes.github.io']"
        ),
    },
    "org/gnome/shell/extensions/gsconnect": {
        "devices": "['0123456789abcdef']",
        "enabled": "true",
    },
    "org/gnome/shell/extensions/gsconnect/device/0123456789abcdef": {"paired": "true"},
    "org/gnome/system/location": {"enabled": "true"},
}

GNOME_PRIVATE: Keys = {
    "org/gnome/desktop/notifications": {"show-banners": "false", "show-in-lock-screen": "false"},
    "org/gnome/desktop/privacy": {
        "disable-camera": "true",
        "disable-microphone": "true",
        "recent-files-max-age": "0",
        "remember-recent-files": "false",
    },
    "org/gnome/desktop/remote-desktop/rdp": {"enable": "false", "view-only": "true"},
    "org/gnome/desktop/remote-desktop/vnc": {"enable": "false", "view-only": "true"},
    "org/gnome/desktop/screensaver": {"lock-delay": "uint32 0", "lock-enabled": "true"},
    "org/gnome/desktop/session": {"idle-delay": "uint32 300"},
    "org/gnome/GPaste": {"save-history": "false", "track-changes": "false"},
    "org/gnome/shell": {"enabled-extensions": "@as []"},
    "org/gnome/shell/extensions/gsconnect": {"devices": "@as []", "enabled": "false"},
    "org/gnome/system/location": {"enabled": "false"},
}

CINNAMON_OPEN: Keys = {
    "org/cinnamon/desktop/notifications": {"display-notifications": "true"},
    "org/cinnamon/desktop/privacy": {"recent-files-max-age": "-1", "remember-recent-files": "true"},
    "org/cinnamon/desktop/screensaver": {
        "lock-delay": "uint32 3600",
        "lock-enabled": "false",
        "show-notifications": "true",
    },
    "org/cinnamon/desktop/session": {"idle-delay": "uint32 0"},
}

CINNAMON_PRIVATE: Keys = {
    "org/cinnamon/desktop/notifications": {"display-notifications": "false"},
    "org/cinnamon/desktop/privacy": {"recent-files-max-age": "7", "remember-recent-files": "false"},
    "org/cinnamon/desktop/screensaver": {
        "lock-delay": "uint32 0",
        "lock-enabled": "true",
        "show-notifications": "false",
    },
    "org/cinnamon/desktop/session": {"idle-delay": "uint32 300"},
}

MATE_OPEN: Keys = {
    "org/mate/desktop/session": {"idle-delay": "120"},
    "org/mate/notification-daemon": {"do-not-disturb": "false"},
    "org/mate/screensaver": {
        "idle-activation-enabled": "false",
        "lock-delay": "0",
        "lock-enabled": "false",
    },
}

MATE_PRIVATE: Keys = {
    "org/mate/desktop/session": {"idle-delay": "5"},
    "org/mate/notification-daemon": {"do-not-disturb": "true"},
    "org/mate/screensaver": {
        "idle-activation-enabled": "true",
        "lock-delay": "0",
        "lock-enabled": "true",
    },
}

SCHEMA_FILES = (
    "org.gnome.desktop.enums.xml",
    "org.gnome.desktop.lockdown.gschema.xml",
    "org.gnome.desktop.notifications.gschema.xml",
    "org.gnome.desktop.privacy.gschema.xml",
    "org.gnome.desktop.remote-desktop.enums.xml",
    "org.gnome.desktop.remote-desktop.gschema.xml",
    "org.gnome.desktop.screensaver.gschema.xml",
    "org.gnome.desktop.session.gschema.xml",
    "org.gnome.system.location.gschema.xml",
    "org.cinnamon.desktop.enums.xml",
    "org.cinnamon.desktop.notifications.gschema.xml",
    "org.cinnamon.desktop.privacy.gschema.xml",
    "org.cinnamon.desktop.screensaver.gschema.xml",
    "org.cinnamon.desktop.session.gschema.xml",
    "org.mate.NotificationDaemon.gschema.xml",
    "org.mate.screensaver.gschema.xml",
    "org.mate.session.gschema.xml",
)

# Each row: channel, name of the fixture, properties. "on" is: do not disturb is on.
XFCONF: tuple[tuple[str, str, dict[str, tuple[str, str]]], ...] = (
    ("xfce4-notifyd", "on", {"/do-not-disturb": ("bool", "true")}),
    ("xfce4-notifyd", "off", {"/do-not-disturb": ("bool", "false")}),
    ("xfce4-notifyd", "other", {"/log-level": ("uint", "1"), "/theme": ("string", "Default")}),
    (
        "xfce4-notifyd",
        "wrong-type",
        {"/do-not-disturb": ("string", "true")},
    ),
    (
        "xfce4-screensaver",
        "lock-on",
        {
            "/lock/enabled": ("bool", "true"),
            "/saver/enabled": ("bool", "true"),
            "/saver/idle-activation/delay": ("int", "5"),
            "/saver/idle-activation/enabled": ("bool", "true"),
        },
    ),
    (
        "xfce4-screensaver",
        "lock-off",
        {
            "/lock/enabled": ("bool", "false"),
            "/saver/enabled": ("bool", "true"),
            "/saver/idle-activation/delay": ("int", "60"),
            "/saver/idle-activation/enabled": ("bool", "false"),
        },
    ),
)

# Each row: file, name of the fixture, and its entries (groups, key, value) in order.
KCONFIG: tuple[tuple[str, str, tuple[tuple[tuple[str, ...], str, str], ...]], ...] = (
    (
        "kscreenlockerrc",
        "locks",
        ((("Daemon",), "Autolock", "true"), (("Daemon",), "Timeout", "5")),
    ),
    (
        "kscreenlockerrc",
        "locks-late",
        ((("Daemon",), "Autolock", "true"), (("Daemon",), "Timeout", "60")),
    ),
    (
        "kscreenlockerrc",
        "no-lock",
        ((("Daemon",), "Autolock", "false"), (("Daemon",), "Timeout", "0")),
    ),
    (
        "kscreenlockerrc",
        "other",
        (
            (("Daemon",), "LockGrace", "5"),
            (("Greeter", "Wallpaper", "org.kde.color", "General"), "Color", "0,0,0"),
        ),
    ),
    ("plasmanotifyrc", "dnd-future", ((("DoNotDisturb",), "Until", "2027,11,22,14,0,0"),)),
    (
        "plasmanotifyrc",
        "dnd-future-fraction",
        ((("DoNotDisturb",), "Until", "2027,11,22,14,0,0.123"),),
    ),
    ("plasmanotifyrc", "dnd-past", ((("DoNotDisturb",), "Until", "2026,11,22,9,0,0"),)),
    (
        "plasmanotifyrc",
        "breakthrough",
        (
            (("Applications", "org.example.Chat"), "ShowPopupsInDndMode", "true"),
            (("DoNotDisturb",), "Until", "2027,11,22,14,0,0"),
            (("Notifications",), "CriticalInDndMode", "false"),
        ),
    ),
    ("plasmanotifyrc", "other", ((("Notifications",), "PopupPosition", "TopRight"),)),
    ("klipperrc", "keeps", ((("General",), "KeepClipboardContents", "true"),)),
    (
        "klipperrc",
        "forgets",
        ((("General",), "KeepClipboardContents", "false"), (("General",), "MaxClipItems", "1")),
    ),
    ("klipperrc", "other", ((("General",), "IgnoreImages", "false"),)),
    (
        "krdpserverrc",
        "autostart",
        ((("General",), "Autostart", "true"), (("General",), "ListenPort", "3389")),
    ),
    ("krdpserverrc", "no-autostart", ((("General",), "Autostart", "false"),)),
    ("krdpserverrc", "other", ((("General",), "ListenPort", "3389"),)),
)

MEET, OTHER = "https://meet.example", "https://other.example"
SITES: dict[str, Choice] = {MEET: "allow", OTHER: "block"}
DEFAULTS: tuple[Choice, ...] = ("block", "allow")

# Milliseconds: 2026-11-22 13:00 UTC, an hour before the clock of the cases, and
# 2036-11-22. Firefox keeps the first one only while it still lies ahead.
EXPIRED, LATER = 1795352400000, 2110968000000

# Each table of the permission store, and in it: the entry, the app, what the app is told.
CALL, MAP = "org.example.Call", "org.example.Map"
PORTAL: dict[str, list[tuple[str, str, list[str]]]] = {
    "devices-granted": [
        ("camera", CALL, ["yes"]),
        ("camera", "org.example.Other", ["no"]),
        ("microphone", CALL, ["yes"]),
    ],
    "devices-denied": [
        ("camera", CALL, ["no"]),
        ("camera", "org.example.Other", ["ask"]),
        ("microphone", CALL, ["no"]),
    ],
    "screenshot-granted": [("screenshot", "", ["yes"]), ("screenshot", CALL, ["no"])],
    "screenshot-denied": [("screenshot", CALL, ["no"])],
    "screenshot-ask-once": [("screenshot", CALL, [""]), ("screenshot", "org.example.Other", [])],
    "screenshot-odd": [("screenshot", CALL, ["maybe"])],
    "location-granted": [("location", MAP, ["EXACT", "0"])],
    "location-denied": [("location", MAP, ["NONE", "0"])],
    "location-odd": [("location", MAP, ["NEARBY", "0"])],
    "kde-authorized-granted": [("remote-desktop", "org.kde.krdpserver", ["yes"])],
    "kde-authorized-denied": [("remote-desktop", "org.kde.krdpserver", ["no"])],
}

# Options of ``flatpak build-finish`` and of ``flatpak override --user``.
FLATPAK: dict[str, list[str]] = {
    "all-devices": [
        *("--share=network", "--share=ipc", "--socket=wayland", "--socket=pulseaudio"),
        *("--device=all", "--filesystem=home"),
        "--talk-name=org.freedesktop.Flatpak",
    ],
    "own-device": [
        *("--share=ipc", "--socket=wayland", "--device=dri", "--filesystem=xdg-download"),
        "--talk-name=org.freedesktop.Notifications",
    ],
}
FLATPAK_OVERRIDES: dict[str, list[str]] = {
    "takes": [
        *("--nodevice=all", "--nofilesystem=home"),
        "--no-talk-name=org.freedesktop.Flatpak",
    ],
    "gives": ["--device=all", "--filesystem=host:ro"],
}

# Addresses that are listened on; 631 is a printer's port, which is on none of our lists.
SOCKETS: dict[str, list[str]] = {
    "nobody": [],
    "screen": ["0.0.0.0,5900", "127.0.0.1,631"],
    "screen-ipv6": ["127.0.0.1,631", "::,5900"],
    "local": ["127.0.0.1,5900", "::1,5900", "0.0.0.0,631"],
    "shell": ["0.0.0.0,22", "::,22"],
}

# GNOME's personal file sharing, switched on in one network, and in none.
_FILE_SHARING = "org/gnome/settings-daemon/plugins/sharing/gnome-user-share-webdav"
SHARING: dict[str, Keys] = {
    "sharing-on": {
        _FILE_SHARING: {"enabled-connections": "['2c3d9f4a-0000-4000-8000-5a3c1d2e0f10']"}
    },
    "sharing-off": {_FILE_SHARING: {"enabled-connections": "@as []"}},
}
