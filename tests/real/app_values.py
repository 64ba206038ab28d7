"""What the fixtures of the group ``apps`` hold: keys of programs and desktops, by maker."""

from fixture_values import Keys

APP_SCHEMAS = (
    "net.launchpad.Diodon.gschema.xml",
    "org.cinnamon.gschema.xml",
    "org.cinnamon.desktop.thumbnailers.gschema.xml",
    "org.freedesktop.Tracker3.Miner.Files.gschema.xml",
    "org.gnome.GPaste.gschema.xml",
    "org.gnome.desktop.enums.xml",
    "org.gnome.desktop.privacy.gschema.xml",
    "org.gnome.desktop.thumbnailers.gschema.xml",
    "org.gnome.shell.gschema.xml",
)

APP_DCONF: dict[str, Keys] = {
    "dconf-open": {
        "net/launchpad/diodon/clipboard": {"use-clipboard": "true", "use-primary": "true"},
        "org/cinnamon": {"enabled-extensions": "['transparent-panels@germanfr']"},
        "org/cinnamon/desktop/thumbnailers": {"disable-all": "false"},
        "org/freedesktop/tracker/miner/files": {
            "index-recursive-directories": "['&DOCUMENTS', '&PICTURES']",
            "index-single-directories": "['$HOME']",
        },
        "org/gnome/desktop/privacy": {"remember-app-usage": "true"},
        "org/gnome/desktop/thumbnailers": {"disable-all": "false"},
        "org/gnome/shell": {
            "disable-user-extensions": "false",
            "enabled-extensions": "['one@example.org', 'two@example.org']",
        },
    },
    "dconf-private": {
        "net/launchpad/diodon/clipboard": {"use-clipboard": "false", "use-primary": "false"},
        "org/cinnamon": {"enabled-extensions": "@as []"},
        "org/cinnamon/desktop/thumbnailers": {"disable-all": "true"},
        "org/freedesktop/tracker/miner/files": {
            "index-recursive-directories": "@as []",
            "index-single-directories": "@as []",
        },
        "org/gnome/desktop/privacy": {"remember-app-usage": "false"},
        "org/gnome/desktop/thumbnailers": {"disable-all": "true"},
        "org/gnome/shell": {
            "disable-user-extensions": "false",
            "enabled-extensions": "@as []",
        },
    },
}

# Each row: channel, name of the fixture, properties.
CLIPMAN = "/plugins/clipman/settings/save-on-quit"
APP_XFCONF: tuple[tuple[str, str, dict[str, tuple[str, str]]], ...] = (
    ("xfce4-notifyd", "log-on", {"/notification-log": ("bool", "true")}),
    ("xfce4-notifyd", "log-off", {"/notification-log": ("bool", "false")}),
    ("xfce4-panel", "clipman-keeps", {CLIPMAN: ("bool", "true")}),
    ("xfce4-panel", "clipman-forgets", {CLIPMAN: ("bool", "false")}),
    ("xfce4-panel", "other", {"/plugins/clipman/settings/max-texts-in-history": ("uint", "10")}),
)

# Each row: file, name of the fixture, and its entries (groups, key, value) in order.
USAGE = ("Plugin-org.kde.ActivityManager.Resources.Scoring",)
PHONE = "kdeconnect/0123456789abcdef0123456789abcdef/config"
APP_KCONFIG: tuple[tuple[str, str, tuple[tuple[tuple[str, ...], str, str], ...]], ...] = (
    (
        "plasmanotifyrc",
        "plasmanotifyrc-quiet-call",
        (
            (("DoNotDisturb",), "WhenScreenSharing", "true"),
            (("Notifications",), "CriticalInDndMode", "false"),
        ),
    ),
    (
        "plasmanotifyrc",
        "plasmanotifyrc-loud-call",
        (
            (("DoNotDisturb",), "WhenScreenSharing", "false"),
            (("Notifications",), "CriticalInDndMode", "true"),
        ),
    ),
    (
        "plasmanotifyrc",
        "plasmanotifyrc-other",
        (
            (("Jobs",), "InTaskManager", "false"),
            (("Services", "devicenotifications"), "ShowPopups", "false"),
        ),
    ),
    ("spectaclerc", "spectaclerc-saves", ((("General",), "autoSaveImage", "true"),)),
    ("spectaclerc", "spectaclerc-asks", ((("General",), "autoSaveImage", "false"),)),
    (
        "spectaclerc",
        "spectaclerc-other",
        (
            (("General",), "clipboardGroup", "PostScreenshotCopyImage"),
            (("GuiConfig",), "includePointer", "true"),
        ),
    ),
    ("baloofilerc", "baloofilerc-on", ((("Basic Settings",), "Indexing-Enabled", "true"),)),
    ("baloofilerc", "baloofilerc-off", ((("Basic Settings",), "Indexing-Enabled", "false"),)),
    ("baloofilerc", "baloofilerc-other", ((("General",), "dbVersion", "2"),)),
    (
        "kactivitymanagerd-pluginsrc",
        "usage-all",
        ((USAGE, "keep-history-for", "4"), (USAGE, "what-to-remember", "0")),
    ),
    ("kactivitymanagerd-pluginsrc", "usage-some", ((USAGE, "what-to-remember", "1"),)),
    ("kactivitymanagerd-pluginsrc", "usage-none", ((USAGE, "what-to-remember", "2"),)),
    ("kactivitymanagerd-pluginsrc", "usage-other", ((USAGE, "keep-history-for", "1"),)),
    (
        PHONE,
        "kdeconnect-shares",
        (
            (("Plugins",), "kdeconnect_clipboardEnabled", "true"),
            (("Plugins",), "kdeconnect_sendnotificationsEnabled", "true"),
        ),
    ),
    (
        PHONE,
        "kdeconnect-keeps-apart",
        (
            (("Plugins",), "kdeconnect_clipboardEnabled", "false"),
            (("Plugins",), "kdeconnect_sendnotificationsEnabled", "false"),
        ),
    ),
    (PHONE, "kdeconnect-other", ((("Plugins",), "kdeconnect_pingEnabled", "false"),)),
)

# Each list: what CopyQ is told, in order.
APP_COPYQ: dict[str, tuple[tuple[str, str], ...]] = {
    "copyq-keeps": (("check_clipboard", "false"), ("check_clipboard", "true")),
    "copyq-forgets": (("maxitems", "50"), ("check_clipboard", "false")),
    "copyq-other": (("maxitems", "50"),),
}
APP_FLAMESHOT: dict[str, dict[str, dict[str, str]]] = {
    "flameshot-open": {"General": {"saveAfterCopy": "true", "uploadWithoutConfirmation": "true"}},
    "flameshot-asks": {"General": {"saveAfterCopy": "false", "uploadWithoutConfirmation": "false"}},
    "flameshot-other": {"General": {"showSidePanelButton": "false"}},
}
APP_KSNIP: dict[str, dict[str, dict[str, str]]] = {
    "ksnip-open": {
        "Application": {"AutoSaveNewCaptures": "true"},
        "Uploader": {"ConfirmBeforeUpload": "false"},
    },
    "ksnip-asks": {
        "Application": {"AutoSaveNewCaptures": "false"},
        "Uploader": {"ConfirmBeforeUpload": "true"},
    },
    "ksnip-other": {
        "Application": {"CaptureOnStartup": "false"},
        "Uploader": {"UploaderType": "1"},
    },
}
