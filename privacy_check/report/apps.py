"""Builds the report of the call apps: what is here, how each is graded, what can be read of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from privacy_check.judge.findings import NOT_APPLICABLE, Judged
from privacy_check.judge.grades import NOT_OFFERED, WORST_FIRST, Grade, grades, worst
from privacy_check.record import record
from privacy_check.report.build import Made, Report
from privacy_check.rulebook.catalogue import App, OnLinux
from privacy_check.seen import Fresh, Search, Seen

NOT_KNOWN = OnLinux()

USE_OF = {"video": "one-to-one", "voice": "one-to-one", "group": "group", "text": "text"}
"""Which use a person plans, by the word they say."""


@record
class AppEntry:
    """One app of the catalogue: what was seen of it, its grades, and its settings read here."""

    app: App
    seen: Seen
    grades: tuple[Grade, ...]
    settings: tuple[Judged, ...]
    fresh: Fresh | None = None

    @property
    def is_here(self) -> bool:
        """Say whether it is installed or runs here, for certain."""
        return bool(self.seen.installed or self.seen.running)

    def planned(self, uses: Collection[str]) -> tuple[Grade, ...]:
        """Return the grades for some uses."""
        return tuple(item for item in self.grades if item.use in uses)


@record
class AppsReport:
    """All apps of the catalogue, and what could be looked at on this computer."""

    made: Made
    entries: tuple[AppEntry, ...]
    looked: tuple[str, ...]
    unread: tuple[str, ...]

    def here(self) -> tuple[AppEntry, ...]:
        """Return the apps that are installed or running here."""
        return tuple(entry for entry in self.entries if entry.is_here)

    def in_browsers(self) -> tuple[AppEntry, ...]:
        """Return the apps that are only used in a browser here."""
        return tuple(item for item in self.entries if item.seen.signs and not item.is_here)

    def in_doubt(self) -> tuple[AppEntry, ...]:
        """Return the apps of which something was seen that may be another program."""
        return tuple(
            item
            for item in self.entries
            if item.seen.doubts and item.app.linux != NOT_KNOWN and not item.is_here
        )

    def not_known(self) -> tuple[AppEntry, ...]:
        """Return the apps of which it is not known how they would show on this system.

        Of other systems than Linux that is not looked into, so there it names none.
        """
        if self.made.platform != "linux":
            return ()
        return tuple(item for item in self.entries if item.app.linux == NOT_KNOWN)

    def offered(self, planned: Collection[str]) -> tuple[AppEntry, ...]:
        """Return the apps that offer all that is planned, the best grade first, then by name.

        Args:
            planned: Words of `USE_OF`.
        """
        uses = {USE_OF[word] for word in planned}
        channels = set(planned) - {"group"}
        offering = [
            entry
            for entry in self.entries
            if channels <= set(entry.app.uses)
            and all(item.word != NOT_OFFERED for item in entry.planned(uses))
        ]
        return tuple(
            sorted(
                offering,
                key=lambda entry: (
                    -WORST_FIRST.index(worst(entry.planned(uses))),
                    entry.app.name.casefold(),
                ),
            )
        )


def build_apps(
    apps: Sequence[App], search: Search, report: Report, fresh: Sequence[Fresh] = ()
) -> AppsReport:
    """Return the report of the apps.

    Args:
        apps: The catalogue.
        search: What was seen of them, one entry each in the same order.
        report: What was read of the settings that they name.
        fresh: What came of asking for newest versions.
    """
    asked = {item.app: item for item in fresh}
    return AppsReport(
        made=report.made,
        entries=tuple(
            AppEntry(
                app=app,
                seen=seen,
                grades=grades(app),
                settings=_settings(app, report),
                fresh=asked.get(app.id),
            )
            for app, seen in zip(apps, search.apps, strict=True)
        ),
        looked=search.looked,
        unread=search.unread,
    )


def _settings(app: App, report: Report) -> tuple[Judged, ...]:
    """Return the rows of an app that apply here, each once, under the rule that decides by it."""
    wanted = {(use.id, row) for use in app.settings for row in use.rows}
    found: dict[tuple[str, str], Judged] = {}
    for finding in report.findings:
        for judged in finding.settings:
            place = judged.row.place
            key = (place.setting.id, place.variant.row)
            if key in wanted and judged.status != NOT_APPLICABLE:
                known = found.setdefault(key, judged)
                found[key] = judged if judged.decides and not known.decides else known
    return tuple(found.values())
