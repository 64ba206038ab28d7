"""Carries out a plan: all places are looked at, side by side where one is slow, in one deadline.

One thread does the work as long as it moves on. When it does not, another takes the next place
beside it, so that one hung disk or service holds nothing else up. Threads that hang are left
behind: the program ends without them. What the kernel is known to take long for has a thread of its
own from the start.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence

from privacy_check.machine.interface import TOO_LATE
from privacy_check.machine.window import Window
from privacy_check.readers.look import look_at
from privacy_check.readers.raw import Look
from privacy_check.reading import Reading, Unreadable
from privacy_check.rulebook.reads import Listening
from privacy_check.rulebook.records import ProgramList
from privacy_check.rulebook.select import Place

_PATIENCE = 0.03
"""Seconds without progress after which another thread helps."""

_MOST_THREADS = 64

_SLOW = (Listening,)
"""Ways of reading whose time is spent by the kernel: it walks through a table of connections."""


def read_places(
    places: Sequence[Place], window: Window, programs: dict[str, ProgramList]
) -> list[Reading]:
    """Return the readings in the order of the places.

    A place that did not answer by the window's deadline is unreadable.
    """
    work = _Work(places, Look(window=window, programs=programs))
    threads = int(work.has_slow() and _started(work.do_slow))
    while not work.finished() and not window.is_over():
        if threads < _MOST_THREADS and _started(work.do):
            threads += 1
        if not threads:
            work.do()  # the system allows no thread at all: then one after the other
        work.wait(min(_PATIENCE, window.left()))
    return work.results()


def _started(work: Callable[[], None]) -> bool:
    try:
        threading.Thread(target=work, daemon=True).start()
    except RuntimeError:
        return False
    return True


class _Work:
    """The places still to look at, and what came of the others."""

    def __init__(self, places: Sequence[Place], look: Look) -> None:
        self._places = places
        self._look = look
        slow = [isinstance(place.variant.form.read, _SLOW) for place in places]
        self._slow = deque(i for i in range(len(places)) if slow[i])
        self._rest = deque(i for i in range(len(places)) if not slow[i])
        self._readings: dict[int, Reading] = {}
        self._moved = threading.Condition()

    def has_slow(self) -> bool:
        """Say whether there is something for a thread of its own."""
        return bool(self._slow)

    def do(self) -> None:
        """Look at places until none is left."""
        self._look_at_all(self._rest, self._slow)

    def do_slow(self) -> None:
        """Look at the places that the kernel takes long for."""
        self._look_at_all(self._slow)

    def _look_at_all(self, *queues: deque[int]) -> None:
        while True:
            with self._moved:
                queue = next(filter(None, queues), None)
                if queue is None:
                    return
                index = queue.popleft()
            reading = _look_at(self._places[index], self._look)
            with self._moved:
                self._readings[index] = reading
                if len(self._readings) == len(self._places):
                    self._moved.notify_all()

    def finished(self) -> bool:
        """Say whether every place has a reading."""
        with self._moved:
            return len(self._readings) == len(self._places)

    def wait(self, seconds: float) -> None:
        """Wait until all is done, or until nothing has moved on for some seconds."""
        with self._moved:
            while len(self._readings) < len(self._places):
                before = len(self._readings)
                self._moved.wait(seconds)
                if len(self._readings) == before or self._look.window.is_over():
                    return

    def results(self) -> list[Reading]:
        """Return all readings; what is missing did not answer in time."""
        late = Unreadable(reason=TOO_LATE)
        with self._moved:
            return [self._readings.get(index, late) for index in range(len(self._places))]


def _look_at(place: Place, look: Look) -> Reading:
    try:
        return look_at(place, look)
    except Exception as error:  # noqa: BLE001 - hostile bytes may find a fault in any reader
        return Unreadable(reason=f"its form is unexpected ({type(error).__name__})")
