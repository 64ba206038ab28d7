"""What the fixtures of group ``state`` hold: updates, locks, proxy and reports of the system."""

from fixture_values import Keys

STATE_DCONF: dict[str, Keys] = {
    "gnome-open": {
        "org/gnome/desktop/privacy": {
            "report-technical-problems": "true",
            "send-software-usage-stats": "true",
        },
        "org/gnome/desktop/screensaver": {"lock-enabled": "false"},
        "org/gnome/software": {"allow-updates": "false", "download-updates": "false"},
        "system/proxy": {"mode": "'manual'"},
    },
    "gnome-private": {
        "org/gnome/desktop/privacy": {
            "report-technical-problems": "false",
            "send-software-usage-stats": "false",
        },
        "org/gnome/desktop/screensaver": {"lock-enabled": "true"},
        "org/gnome/software": {"allow-updates": "true", "download-updates": "true"},
        "system/proxy": {"mode": "'none'"},
    },
    "lock-late": {
        "org/cinnamon/desktop/session": {"idle-delay": "uint32 3600"},
        "org/gnome/desktop/lockdown": {"disable-lock-screen": "true"},
        "org/gnome/desktop/session": {"idle-delay": "uint32 3600"},
    },
    "ubuntu-open": {"org/gnome/desktop/screensaver": {"ubuntu-lock-on-suspend": "false"}},
    "ubuntu-private": {"org/gnome/desktop/screensaver": {"ubuntu-lock-on-suspend": "true"}},
    "cinnamon-open": {
        "org/cinnamon/settings-daemon/plugins/power": {"lock-on-suspend": "false"},
        "system/proxy": {"mode": "'auto'"},
    },
    "cinnamon-private": {
        "org/cinnamon/settings-daemon/plugins/power": {"lock-on-suspend": "true"},
        "system/proxy": {"mode": "'none'"},
    },
}
STATE_SCHEMAS = (
    "org.cinnamon.settings-daemon.enums.xml",
    "org.cinnamon.settings-daemon.plugins.power.gschema.xml",
    "org.gnome.desktop.enums.xml",
    "org.gnome.desktop.privacy.gschema.xml",
    "org.gnome.desktop.screensaver.gschema.xml",
    "org.gnome.software.gschema.xml",
    "org.gnome.system.proxy.gschema.xml",
)
STATE_XFCONF = tuple(
    (
        "xfce4-power-manager",
        name,
        {"/xfce4-power-manager/lock-screen-suspend-hibernate": ("bool", value)},
    )
    for name, value in (("locks", "true"), ("open", "false"))
)
STATE_KCONFIG: tuple[tuple[str, str, tuple[tuple[tuple[str, ...], str, str], ...]], ...] = (
    (
        "kscreenlockerrc",
        "resume-open",
        ((("Daemon",), "LockOnResume", "false"), (("Daemon",), "Timeout", "10")),
    ),
    ("kscreenlockerrc", "resume-locks", ((("Daemon",), "LockOnResume", "true"),)),
    ("PlasmaDiscoverUpdates", "by-itself", ((("Global",), "UseUnattendedUpdates", "true"),)),
    ("PlasmaDiscoverUpdates", "by-hand", ((("Global",), "UseUnattendedUpdates", "false"),)),
    ("PlasmaUserFeedback", "sent", ((("Global",), "FeedbackLevel", "64"),)),
    ("PlasmaUserFeedback", "not-sent", ((("Global",), "FeedbackLevel", "0"),)),
    ("kioslaverc", "proxy", ((("Proxy Settings",), "ProxyType", "1"),)),
    ("kioslaverc", "no-proxy", ((("Proxy Settings",), "ProxyType", "0"),)),
)
UBUNTU_KEY = """\
    <key name="ubuntu-lock-on-suspend" type="b">
      <default>true</default>
      <summary>Lock on suspend</summary>
    </key>
"""
