"""Build hook: puts the compiled rule book into the wheel, beside the rule files themselves.

It uses the project's own decoder, so that a wheel is never built from faulty rules.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg] # no configuration of its own
    """Compiles `rules/` for a wheel; an editable install reads the files themselves."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled rule book to a temporary file and have it included."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from privacy_check.rulebook.compiled import FILE, compile_book
        from privacy_check.rulebook.load import load

        folder = Path(self.root, "rules")
        loaded = load([folder])
        if loaded.book is None:
            message = "\n".join(map(str, loaded.problems))
            raise ValueError(message)
        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name, FILE)
        compiled.write_text(compile_book(loaded.book), encoding="utf-8")
        build_data["force_include"][str(compiled)] = f"privacy_check/{FILE}"
