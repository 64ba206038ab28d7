"""Shows screens in a window and waits for the keys that lead on; `ask` and `agree` share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from privacy_check.person.terminal import Terminal
from privacy_check.render import screen
from privacy_check.render.page import FULL_WIDTH, Page
from privacy_check.render.screen import Keys

Draw = Callable[[Page], list[str]]

BACK: Keys = (("enter", "back"),)


class Pages:
    """Draws what a screen says for the window as it is now, and anew when its size changes."""

    def __init__(self, terminal: Terminal) -> None:
        """Take the window."""
        self._terminal = terminal

    @property
    def height(self) -> int:
        """Return the lines there are now."""
        return self._terminal.height

    @property
    def clears(self) -> bool:
        """Say whether leaving clears the window."""
        return self._terminal.clears

    def key(self, draw: Draw, wanted: Sequence[str]) -> str:
        """Show a screen until one of the keys is pressed; after another key, show it again."""
        while True:
            self._terminal.show(draw(self._page()))
            if (key := self._terminal.key()) in wanted:
                return key

    def paged(self, draw: Draw, keys: Keys = BACK, beside: Sequence[str] = ()) -> str:
        """Show lines, a page at a time where they are many, until one of the keys is pressed.

        The keys `beside` are named by the lines themselves.
        """
        top = 0
        while True:
            page = self._page()
            lines, top = screen.paged(draw(page), keys, page, top, self._terminal.height)
            self._terminal.show(lines)
            key = self._terminal.key()
            if key in {*beside, *(name for name, _ in keys)}:
                return key
            step = {" ": 1, "next": 1, "down": 1, "previous": -1, "up": -1}.get(key, 0)
            top += step * screen.room(keys, page, self._terminal.height)

    def line(self, draw: Draw) -> str:
        """Show a screen, and return the line that is typed below it."""
        self._terminal.show(draw(self._page()))
        return self._terminal.line()

    def _page(self) -> Page:
        return Page(width=min(self._terminal.width, FULL_WIDTH))
