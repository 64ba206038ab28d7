"""Carries out a plan: all places are looked at, side by side where one is slow, in one deadline.

One thread does the work as long as it moves on. When it does not, another takes the next place
beside it, so that one hung disk or service holds nothing else up. Threads that hang are left
behind: the program ends without them. What is known to wait long has a thread of its own from the
start.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from privacy_check.machine.interface import TOO_LATE
from privacy_check.machine.window import Window
from privacy_check.readers.look import look_at
from privacy_check.readers.raw import Look
from privacy_check.reading import Reading, Unreadable
from privacy_check.rulebook.reads import Listening, Pipewire, Read
from privacy_check.rulebook.records import ProgramList
from privacy_check.rulebook.select import Place

_PATIENCE = 0.03
"""Seconds without progress after which another thread helps."""

_MOST_THREADS = 64

_SLOW = (Listening, Pipewire)
"""Ways of reading that wait: for the kernel, in its table of connections, and for a command."""


def read_places(
    places: Sequence[Place], window: Window, programs: dict[str, ProgramList]
) -> list[Reading]:
    """Return the readings in the order of the places.

    A place that did not answer by the window's deadline is unreadable.
    """
    work = _Work(places, Look(window=window, programs=programs))
    threads = sum(_started(wait) for wait in work.waits())
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
        reads = [place.variant.form.read for place in places]
        self._slow = [_places_of(kind, reads) for kind in _SLOW]
        self._rest = deque(i for i, read in enumerate(reads) if not isinstance(read, _SLOW))
        self._readings: dict[int, Reading] = {}
        self._moved = threading.Condition()

    def waits(self) -> list[Callable[[], None]]:
        """Return the work for threads of their own."""
        return [partial(self._look_at_all, queue) for queue in self._slow if queue]

    def do(self) -> None:
        """Look at places until none is left."""
        self._look_at_all(self._rest, *self._slow)

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


def _places_of(kind: type[Read], reads: list[Read]) -> deque[int]:
    return deque(i for i, read in enumerate(reads) if isinstance(read, kind))


def _look_at(place: Place, look: Look) -> Reading:
    try:
        return look_at(place, look)
    except Exception as error:  # noqa: BLE001 - hostile bytes may find a fault in any reader
        return Unreadable(reason=f"its form is unexpected ({type(error).__name__})")
