"""What the door to the network gives: an answer, or the reason why there is none."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from privacy_check.record import record

JSON = "application/json"
GITHUB = "application/vnd.github+json"
YAML = "application/yaml, text/yaml, text/plain, */*;q=0.5"
XML = "application/rss+xml, application/xml, text/xml, */*;q=0.5"
ANYTHING = "*/*"
"""What a request says it takes, for each kind of answer."""


@record
class Answer:
    """What a server answered.

    Attributes:
        data: The content, unpacked; empty where it sends on elsewhere.
        kind: The media type in small letters, empty where none was named.
        goes_to: The whole address that it sends on to, empty where it does not.
        at: When the answer came.
    """

    data: bytes
    kind: str
    goes_to: str = ""
    at: dt.datetime


class NoAnswerError(Exception):
    """No answer came, with the reason in a sentence for a person that names the host.

    Attributes:
        may_pass: Asking again in a moment may help.
        after: The seconds after which the server wants to be asked again; `None`: it named none.
        of_host: The reason holds for every question to this host.
    """

    def __init__(
        self,
        reason: str,
        *,
        may_pass: bool = False,
        after: float | None = None,
        of_host: bool = False,
    ) -> None:
        """Take the sentence, and what follows from it."""
        super().__init__(reason)
        self.may_pass = may_pass
        self.after = after
        self.of_host = of_host


class Door(Protocol):
    """Asks one question at a time; `door.LiveDoor` is the real one."""

    def now(self) -> dt.datetime:
        """Return the time, with its zone."""
        ...

    def get(self, address: str, *, accept: str, follow: bool) -> Answer:
        """Return what an https address answers.

        Without `follow` the address it sends on to is the answer, and is not asked.

        Raises:
            NoAnswerError: When no answer came that can be read.
        """
        ...
