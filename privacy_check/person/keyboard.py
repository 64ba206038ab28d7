"""What a screen makes of the keys that are pressed, however it waits for them."""

from __future__ import annotations

from abc import ABC, abstractmethod

from privacy_check.person.keys import BACKSPACE, ENTER, LEAVE, Typed, leaves
from privacy_check.person.terminal import LeaveError


class Keyboard(ABC):
    """Keys one by one, or as a line; a screen tells how to wait for a key and how to echo."""

    def key(self) -> str:
        """Wait for a key."""
        while True:
            key = self._next()
            if leaves(key):
                raise LeaveError
            if key != BACKSPACE:
                return key.lower()

    def line(self) -> str:
        """Let the person type a line below what is shown."""
        typed = Typed()
        while True:
            self._echo(typed.text)
            key = self._next()
            if key == LEAVE:
                raise LeaveError
            if key == ENTER:
                return typed.text.strip()
            typed.take(key)

    @abstractmethod
    def _next(self) -> str:
        """Wait for a key, of those that leave too."""

    @abstractmethod
    def _echo(self, text: str) -> None:
        """Show what was typed of a line so far."""
