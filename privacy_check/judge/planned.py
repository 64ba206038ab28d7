"""The app that a person plans to use, and what its grades mean for the rules about it."""

from __future__ import annotations

from privacy_check.judge.findings import FAIL
from privacy_check.judge.grades import CALLS, NOT_SUITED, WEAK, Grade, grade, worst
from privacy_check.record import record
from privacy_check.rulebook.catalogue import App
from privacy_check.rulebook.vocabulary import ENCRYPTION


@record
class Planned:
    """An app, and the uses that are planned (words of `CALL_USES`), at least one."""

    app: App
    uses: tuple[str, ...]

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Return the grade for each planned use."""
        return tuple(grade(self.app, use) for use in self.uses)

    @property
    def worst(self) -> Grade:
        """Return the planned use with the worst grade, and of these the least encrypted one."""
        word = worst(self.grades)
        graded = [item for item in self.grades if item.word == word]
        return max(graded, key=lambda item: ENCRYPTION.index(self.app.facts[item.use].value))

    @property
    def status(self) -> str:
        """Return what the grade is for a rule: worth a look, or nothing at all.

        A good grade is no good answer: whether the other side uses the same app, in the same way,
        only people know.
        """
        return FAIL if self.worst.word in (WEAK, NOT_SUITED) else ""


def uses_for(app: App, channel: str) -> tuple[str, ...]:
    """Return what an app is likely planned for: a call of two, or messages, where it offers it."""
    likely = ("text",) if channel == "text" else CALLS[:1]
    offered = offered_uses(app)
    return tuple(use for use in likely if use in offered) or offered[:1]


def offered_uses(app: App) -> tuple[str, ...]:
    """Return the uses that an app has a grade for."""
    return tuple(use for use in (*CALLS, "text") if grade(app, use).word)
