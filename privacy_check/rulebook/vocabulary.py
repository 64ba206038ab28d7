"""The closed lists of words that rule files, commands and reports share."""

PHASES = ("agree", "prepare", "just-before", "during", "after", "anytime")
SEVERITIES = ("info", "low", "medium", "high")
PROFILES = ("close", "care", "legal", "source", "audit")
ASKING = ("close", "care", "legal", "source")
"""The profiles in which people are asked something; an audit reads settings only."""
CHANNELS = ("video", "voice", "text")
PILLARS = ("recording", "app", "notifications")
PLATFORMS = ("linux", "windows", "macos", "ios", "android")
PHONES = ("ios", "android")
OUTCOMES = ("value", "unset", "unreadable", "not-applicable")
CONFIDENCES = ("verified", "documented", "believed")
ANSWERS = ("yes", "no", "either")
SUPPORT_TOPICS = ("threat", "picture", "device", "anyone")
MERGES = ("strictest", "overlap", "together", "fine-or-not", "fixed")
SOURCE_KINDS = (
    "article",
    "article-extended",
    "guide",
    "vendor",
    "project",
    "standard",
    "law",
    "reprint",
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
