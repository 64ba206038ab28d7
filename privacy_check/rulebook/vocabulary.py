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

CALL_USES = ("one-to-one", "group", "text")
"""What an app is graded for: a call of two, a call of more, messages."""

APP_STATUSES = ("active", "at-risk", "retired", "unknown")
ENCRYPTION = ("default", "conditional", "opt-in", "claimed", "unknown", "no", "not-offered")
"""Whether a use is encrypted from end to end, the most certain first."""
YES_NO = ("yes", "partial", "no", "unknown")
_RECORDING = ("none", "local", "cloud", "local+cloud", "server", "third-party-bots", "unknown")
_ANNOUNCED = ("yes", "partly", "no", "unknown")
_SCREENSHOT = (
    "blocked",
    "blocked-optional",
    "notified",
    "notified-some",
    "switcher-hidden-only",
    "audio-only",
    "not-detected",
    "unknown",
)
APP_FACTS = {
    "one-to-one": ENCRYPTION,
    "group": ENCRYPTION,
    "text": ENCRYPTION,
    "open-source": YES_NO,
    "protocol": YES_NO,
    "review": YES_NO,
    "recording": _RECORDING,
    "recording-announced": _ANNOUNCED,
    "screenshot-android": _SCREENSHOT,
    "screenshot-ios": _SCREENSHOT,
    "screenshot-desktop": _SCREENSHOT,
    "screenshot-view-once": _SCREENSHOT,
    "disappearing-messages": YES_NO,
    "view-once": YES_NO,
    "phone-number": YES_NO,
}
"""What is known of an app in one word, and the words."""

TOLD_FACTS = (
    "metadata",
    "link-previews",
    "verification",
    "ip-address",
    "ai-notes",
    "consumer-app",
    "retention",
    "local-secret",
    "updates",
)
"""What is known of an app in a sentence of ours."""

ELSEWHERE = (
    "android",
    "ios-store",
    "winget",
    "brew-cask",
    "macos-bundle",
    "folders-macos",
    "folders-windows",
    "process-macos",
    "process-windows",
)
"""What an app is called on other systems."""

APP_SOURCE_KINDS = (
    "vendor",
    "project",
    "independent",
    "news",
    "community",
    "package-index",
    "here",
)
FEEDS = ("github", "json", "electron-builder", "sparkle", "redirect")
LINK_FORMS = (
    "bbb-room",
    "code",
    "digits",
    "digits-or-zero",
    "host",
    "meet-code",
    "messenger-room",
    "name",
    "phone",
    "phone-or-mail",
    "room",
    "room-not-page",
    "talk-token",
    "teams-thread",
    "threema-id",
    "tox-id",
    "uuid",
)
"""What a part of a call link can look like; the patterns stand in `judge/link_patterns.py`."""

LINK_OPENS = ("call", "room", "personal-room", "invitation")
