"""The kinds of text that rule files hold: ids, sentences, paths, names on a bus."""

from __future__ import annotations

from privacy_check.rulebook import reads
from privacy_check.rulebook.fields import Text

ID = Text(60, r"[a-z0-9]+(-[a-z0-9]+)*", "a lower-case id like screen-lock")
WORD = Text(40, r"[a-z0-9]+(-[a-z0-9]+)*", "a lower-case word like not-kept")
SENTENCE = Text(300)
ASKED = Text(160, r"[^?]+\?", "one question with one question mark")
STEP = Text(200)
COMMAND = Text(200)
BUS_NAME = Text(120, r"[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)+", "a bus name like org.example.App")
OBJECT_PATH = Text(200, r"/|(/\w+)+", "an object path like /org/example/App")
MEMBER = Text(80, r"[A-Za-z_]\w*", "a member name like Inhibited")
DCONF_KEY = Text(200, r"(/[\w.:@-]+)+", "a path like /org/gnome/…")
FILE_NAME = Text(80, r"[\w.-]*\w", "a file name like kscreenlockerrc")
SCHEMA_ID = Text(120, r"[\w.-]+", "a schema id like org.gnome.desktop.notifications")
GVARIANT_TYPE = Text(20, r"[\w(){}@]+", "a GVariant type like b or as")
POINTER = Text(200, r"(/[^/]*)+", "a JSON pointer like /profile/name")
VARIANT_NAME = Text(40, r"[a-z0-9]+(-[a-z0-9]+)*", "a lower-case name like gnome")


def path_below(bases: tuple[str, ...], *, pattern: bool = False) -> Text:
    """Return the kind of a path below one of the folders; a pattern may hold `*`."""
    allowed = "|".join(base.replace(".", r"\.") for base in bases)
    name = r"(?!\.\.?(/|$))[^/]+" if pattern else r"(?!\.\.?(/|$))[^/*]+"
    hint = f"a path below one of: {', '.join(bases)}"
    return Text(300, rf"({allowed})(/{name})+", hint)


PATH = path_below(reads.BASES)
PATTERN = path_below(reads.BASES, pattern=True)
KERNEL_PATTERN = path_below(reads.KERNEL_BASES, pattern=True)
CASE_PATH = Text(300, r"~|(~|)(/[^/]+)+", "a path that starts with ~/ or /")
