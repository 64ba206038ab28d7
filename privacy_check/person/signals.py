"""What other programs may tell this one while a terminal is open. Handlers are put back after."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType

from privacy_check.person.terminal import LeaveError

_LEAVING = (
    *("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK"),
    *("SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGXCPU"),
)
_HOLDING = ("SIGTSTP", "SIGTTIN", "SIGTTOU")
_Handler = Callable[[int, FrameType | None], object] | signal.Handlers


class Signals:
    """What has been told so far."""

    def __init__(self) -> None:
        """Start with nothing told."""
        self.left = False
        self.closing = False
        self.resized = False
        self._before: dict[signal.Signals, object] = {}

    def check(self) -> None:
        """Leave when that was asked for, even where the first call was caught on its way.

        Raises:
            LeaveError: When it was.
        """
        if self.left:
            raise LeaveError

    def hold(self) -> None:
        """Let nothing put a full screen into the background, and notice a new size.

        Whoever continues a program that was stopped all the same need not be the person who was
        asked, so that leaves too.
        """
        self._on(("SIGWINCH",), self._resize)
        self._on(("SIGCONT",), self._leave)
        self._on(_HOLDING, signal.SIG_IGN)

    def listen(self) -> None:
        """Leave when asked to end."""
        self._on(_LEAVING, self._leave)

    def _on(self, names: tuple[str, ...], handler: _Handler) -> None:
        """Set a handler for those signals that this system knows."""
        for name in names:
            number = getattr(signal, name, None)
            if number is not None:
                before = signal.signal(number, handler)
                self._before.setdefault(number, before)

    def put_back(self) -> None:
        """Set the handlers that were there before."""
        for number, before in self._before.items():
            signal.signal(number, signal.SIG_DFL if before is None else before)  # type: ignore[arg-type] # what `signal` gave back

    def _leave(self, number: int, frame: FrameType | None) -> None:
        """Leave, wherever the program is; but only once, so that the cleaning up is finished."""
        before, self.left = self.left, True
        if not before and not self.closing:
            raise LeaveError

    def _resize(self, number: int, frame: FrameType | None) -> None:
        self.resized = True


@contextlib.contextmanager
def watched_signals() -> Iterator[Signals]:
    """Listen to signals until the end of the block."""
    signals = Signals()
    try:
        signals.listen()
        yield signals
    finally:
        signals.closing = True
        signals.put_back()
