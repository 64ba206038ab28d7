"""What a rule file may write under `read`: one form for each way of reading."""

from __future__ import annotations

from privacy_check.rulebook import reads
from privacy_check.rulebook.fields import Field, Many, OneOf, Table, Text, Word
from privacy_check.rulebook.texts import (
    BUS_NAME,
    DCONF_KEY,
    FILE_NAME,
    GVARIANT_TYPE,
    ID,
    KERNEL_PATTERN,
    MEMBER,
    OBJECT_PATH,
    PATH,
    PATTERN,
    POINTER,
    SCHEMA_ID,
    SENTENCE,
)

CHROMIUM = (
    "camera",
    "microphone",
    "notifications",
    "location",
    "clipboard",
    "capture-extensions",
    "wide-extensions",
    "sync",
    "background",
    "downloads",
)
FIREFOX = (
    "camera",
    "microphone",
    "notifications",
    "location",
    "wide-extensions",
    "sync",
    "downloads",
)
CONTAINS = Field(
    "contains",
    Text(200),
    "a text: true when it is in the value, false when not",
    required=False,
    default="",
)

READ: OneOf[reads.Read] = OneOf(
    {
        "dconf": Table(
            reads.Dconf,
            (
                Field("dconf", DCONF_KEY, "the key's path", stored_as="path"),
                Field("schema", SCHEMA_ID, "the GSettings schema"),
                Field("type", GVARIANT_TYPE, "the GVariant type", required=False, default=""),
                CONTAINS,
                Field(
                    "count",
                    Word(("entries",)),
                    "entries: the number of entries is the value",
                    required=False,
                    default="",
                ),
            ),
        ),
        "kconfig": Table(
            reads.Kconfig,
            (
                Field("kconfig", FILE_NAME, "the file's name", stored_as="file"),
                Field("group", Many(Text(80), 1, bare=True), "the group, outer group first"),
                Field("key", Text(80), "the key"),
                Field(
                    "type",
                    Word(("text", "bool", "date")),
                    "bool: KConfig's words for true and false become true/false; "
                    "date: a time in the file becomes future or past",
                    required=False,
                    default="text",
                ),
            ),
        ),
        "ini": Table(
            reads.Ini,
            (
                Field(
                    "ini",
                    Many(PATTERN, 1, bare=True),
                    "the files; later ones win",
                    stored_as="files",
                ),
                Field("section", Text(80), "the section", required=False, default=""),
                Field("key", Text(80), "the key", required=False, default=""),
                Field(
                    "count",
                    Word(("sections",)),
                    "sections: the number of sections is the value",
                    required=False,
                    default="",
                ),
                CONTAINS,
                Field(
                    "each",
                    PATH,
                    "a file whose sections are devices: * in the path stands for each, and true "
                    "on one of them is true",
                    required=False,
                    default="",
                ),
            ),
        ),
        "json": Table(
            reads.Json,
            (
                Field(
                    "json",
                    Many(PATH, 1, bare=True),
                    "the file, or several that have to agree",
                    stored_as="files",
                ),
                Field("pointer", POINTER, "a JSON pointer"),
                Field(
                    "beside",
                    POINTER,
                    "another pointer: the value is then whether a text stands at the first one; "
                    "false needs this other one there",
                    required=False,
                    default="",
                ),
            ),
        ),
        "xfconf": Table(
            reads.Xfconf,
            (
                Field("xfconf", FILE_NAME, "the channel", stored_as="channel"),
                Field("property", Text(200, r"(/[\w.-]+)+", "a property path"), "the property"),
                Field("type", Word(("bool", "int", "uint", "string", "double")), "its type"),
            ),
        ),
        "dbus": Table(
            reads.Bus,
            (
                Field("dbus", Word(("session", "system")), "which bus", stored_as="bus"),
                Field("name", BUS_NAME, "the program's name on the bus"),
                Field("path", OBJECT_PATH, "the object"),
                Field("interface", BUS_NAME, "the interface"),
                Field("property", MEMBER, "the property", required=False, default=""),
                Field(
                    "method", Word(tuple(reads.METHODS)), "or method", required=False, default=""
                ),
                CONTAINS,
                Field(
                    "idle",
                    Text(40),
                    "the value where the program does not run, as it has nothing to do",
                    required=False,
                    default="",
                ),
            ),
        ),
        "running": Table(
            reads.Running, (Field("running", ID, "a program list", stored_as="programs"),)
        ),
        "installed": Table(
            reads.Installed, (Field("installed", ID, "a program list", stored_as="programs"),)
        ),
        "devices": Table(
            reads.Devices,
            (Field("devices", Word(("camera", "microphone")), "which device", stored_as="device"),),
        ),
        "environment": Table(
            reads.Environment,
            (Field("environment", Word(reads.ENVIRONMENT), "the variable", stored_as="name"),),
        ),
        "chromium": Table(
            reads.Chromium,
            (
                Field(
                    "chromium",
                    Word(CHROMIUM),
                    "a permission of sites, a kind of extensions, or a choice",
                    stored_as="permission",
                ),
            ),
        ),
        "firefox": Table(
            reads.Firefox,
            (
                Field(
                    "firefox",
                    Word(FIREFOX),
                    "a permission of sites, a kind of extensions, or a choice",
                    stored_as="permission",
                ),
            ),
        ),
        "storage": Table(
            reads.Storage,
            (
                Field(
                    "storage",
                    Word(("home", "swap")),
                    "the place whose storage is looked at",
                    stored_as="place",
                ),
            ),
        ),
        "synced": Table(
            reads.Synced,
            (
                Field(
                    "synced",
                    Word(("captures",)),
                    "the folders that are looked for",
                    stored_as="folders",
                ),
            ),
        ),
        "mako": Table(reads.Mako, (Field("mako", Text(40), "the mode", stored_as="mode"),)),
        "folder": Table(
            reads.Folder,
            (
                Field("folder", PATH, "the folder", stored_as="path"),
                Field("tell", Word(("entries",)), "what is told: the number of entries"),
            ),
        ),
        "sysfs": Table(
            reads.Sysfs,
            (
                Field("sysfs", KERNEL_PATTERN, "the file, or a pattern", stored_as="path"),
                Field(
                    "count",
                    Text(80),
                    "the number of files with this text is the value",
                    required=False,
                    default="",
                ),
            ),
        ),
        "pipewire": Table(
            reads.Pipewire,
            (
                Field(
                    "pipewire",
                    Word(("camera", "microphone", "sound", "screen", "mute")),
                    "what is taken",
                    stored_as="streams",
                ),
            ),
        ),
        "portal": Table(
            reads.Portal,
            (
                Field(
                    "portal",
                    Word(
                        (
                            "camera",
                            "microphone",
                            "screenshot",
                            "screencast",
                            "remote-desktop",
                            "location",
                            "background",
                        )
                    ),
                    "what was granted",
                    stored_as="permission",
                ),
            ),
        ),
        "flatpak": Table(
            reads.Flatpak,
            (
                Field(
                    "flatpak",
                    Word(("devices", "files", "bus")),
                    "what is reached",
                    stored_as="access",
                ),
            ),
        ),
        "listening": Table(
            reads.Listening, (Field("listening", ID, "a program list", stored_as="programs"),)
        ),
        "autostart": Table(
            reads.Autostart, (Field("autostart", ID, "a program list", stored_as="programs"),)
        ),
        "access": Table(
            reads.Access,
            (
                Field(
                    "access", Word(("input-devices", "home")), "what can be reached", stored_as="to"
                ),
            ),
        ),
        "sessions": Table(
            reads.Sessions,
            (Field("sessions", Word(("others", "remote")), "whose sessions", stored_as="of"),),
        ),
        "accounts": Table(
            reads.Accounts,
            (Field("accounts", Word(("others",)), "whose accounts", stored_as="of"),),
        ),
        "network": Table(
            reads.Network,
            (Field("network", Word(("tunnel",)), "what is looked for", stored_as="layer"),),
        ),
        "bluetooth": Table(
            reads.Bluetooth,
            (
                Field(
                    "bluetooth", Word(("visible", "sound")), "what is looked at", stored_as="state"
                ),
            ),
        ),
        "screens": Table(
            reads.Screens,
            (Field("screens", Word(("mirrored",)), "what is looked at", stored_as="state"),),
        ),
        "keyfile": Table(
            reads.Keyfile,
            (
                Field(
                    "keyfile",
                    Many(PATTERN, 1, bare=True),
                    "the files; later ones win",
                    stored_as="files",
                ),
                Field("key", Text(80), "the key"),
                Field(
                    "style",
                    Word(("shell", "apt")),
                    'shell: NAME=value; apt: NAME "value";',
                    required=False,
                    default="shell",
                ),
            ),
        ),
        "age": Table(
            reads.Age,
            (
                Field(
                    "age",
                    Many(PATTERN, 1, bare=True),
                    "the files; the newest counts",
                    stored_as="files",
                ),
            ),
        ),
        "present": Table(
            reads.Present,
            (
                Field(
                    "present",
                    Many(PATTERN, 1, bare=True),
                    "the paths; any of them",
                    stored_as="paths",
                ),
            ),
        ),
        "by_hand": Table(
            reads.ByHand, (Field("by_hand", SENTENCE, "why it cannot be read", stored_as="reason"),)
        ),
    }
)
