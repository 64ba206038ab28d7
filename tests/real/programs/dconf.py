"""Real dconf databases and real compiled schemas (dconf, gsettings, glib-compile-schemas)."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from .home import run

NEEDS = ("dbus-run-session", "dconf", "gsettings", "glib-compile-schemas")
DATABASE = Path(".config/dconf/user")
SCHEMAS = Path("/usr/share/glib-2.0/schemas")


def set_key(home: Path, schema: str, key: str, value: str) -> Path:
    """Set one key with ``gsettings set`` and give the user database.

    Args:
        home: The home folder.
        schema: The schema, such as ``org.gnome.desktop.notifications``.
        key: The key in that schema.
        value: The value in GVariant text, such as ``false`` or ``uint32 300``.
    """
    run(home, ["dbus-run-session", "--", "gsettings", "set", schema, key, value])
    return home / DATABASE


def reset_key(home: Path, schema: str, key: str) -> Path:
    """Take one key back with ``gsettings reset`` and give the user database."""
    run(home, ["dbus-run-session", "--", "gsettings", "reset", schema, key])
    return home / DATABASE


def write(home: Path, path: str, value: str) -> Path:
    """Write one value by its path with ``dconf write``, which asks no schema."""
    run(home, ["dbus-run-session", "--", "dconf", "write", path, value])
    return home / DATABASE


def load(home: Path, folders: Mapping[str, Mapping[str, str]]) -> Path:
    """Write many keys with one ``dconf load``.

    Args:
        home: The home folder.
        folders: For each folder without outer slashes, its keys and values.
    """
    run(home, ["dbus-run-session", "--", "dconf", "load", "/"], text=_keyfile(folders))
    return home / DATABASE


def compile_system_database(
    target: Path, folders: Mapping[str, Mapping[str, str]], locks: Iterable[str] = ()
) -> Path:
    """Make a system database with ``dconf compile``, as an administrator would.

    Args:
        target: The database to write.
        folders: For each folder without outer slashes, its keys and values.
        locks: Full paths of the keys that a person may not change.
    """
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "site.d")
        (source / "locks").mkdir(parents=True)
        (source / "00-site").write_text(_keyfile(folders), encoding="utf-8")
        (source / "locks" / "00-site").write_text("".join(f"{lock}\n" for lock in locks), "utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        run(Path(name), ["dconf", "compile", str(target), str(source)])
    return target


def compile_schemas(target: Path, sources: Iterable[Path]) -> Path:
    """Compile schema files with ``glib-compile-schemas`` into ``gschemas.compiled``.

    Args:
        target: The folder that receives ``gschemas.compiled``.
        sources: The XML and override files that belong together.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "schemas")
        folder.mkdir()
        for source in sources:
            shutil.copy(source, folder)
        target.mkdir(parents=True, exist_ok=True)
        run(
            Path(name),
            ["glib-compile-schemas", "--strict", f"--targetdir={target}", str(folder)],
        )
    return target / "gschemas.compiled"


def _keyfile(folders: Mapping[str, Mapping[str, str]]) -> str:
    """Write folders and keys in the form that dconf loads and compiles."""
    lines: list[str] = []
    for folder, keys in folders.items():
        lines.append(f"[{folder}]")
        lines.extend(f"{key}={value}" for key, value in keys.items())
        lines.append("")
    return "\n".join(lines)
