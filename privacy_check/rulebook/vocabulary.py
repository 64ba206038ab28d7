"""The closed lists of words that rule files, commands and reports share."""

PHASES = ("agree", "prepare", "just-before", "during", "after", "anytime")
SEVERITIES = ("info", "low", "medium", "high")
PROFILES = ("close", "care", "legal", "source", "audit")
CHANNELS = ("video", "voice", "text")
PILLARS = ("recording", "app", "notifications")
PLATFORMS = ("linux", "windows", "macos", "ios", "android")
OUTCOMES = ("value", "unset", "unreadable", "not-applicable")
CONFIDENCES = ("verified", "documented", "believed")
ANSWERS = ("yes", "no", "either")
SOURCE_KINDS = (
    "article",
    "article-extended",
    "guide",
    "vendor",
    "project",
    "standard",
    "law",
    "weak",
)
TOPICS = (
    "notifications",
    "recording",
    "camera-and-microphone",
    "browser",
    "lock",
    "storage",
    "remote-access",
    "phone",
    "cloud",
    "session",
    "apps",
    "traces",
    "location",
    "network",
    "updates",
)
DESKTOPS = ("gnome", "plasma", "xfce", "cinnamon", "mate", "sway", "hyprland")
NOTIFICATION_SERVERS = (
    "gnome-shell",
    "plasma",
    "xfce4-notifyd",
    "cinnamon",
    "mate-notification-daemon",
    "dunst",
    "mako",
    "swaync",
)
