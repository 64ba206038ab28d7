"""What became of an earlier report, on a terminal: put back, changed, still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from privacy_check.judge.findings import FIXED
from privacy_check.render import words
from privacy_check.render.page import Page, wrapped
from privacy_check.report.build import Change, Since
from privacy_check.report.since import CHANGED, LOST, NEW, OPEN

_TITLES = {
    FIXED: words.STATUS["fixed"],
    OPEN: "Still worth a look",
    NEW: "Worth a look now, and not then",
    CHANGED: "Another value than then",
    LOST: "Was worth a look then, and cannot be told now",
}
"""In the order in which they are shown."""


def since_lines(since: Since, now: dt.datetime, page: Page) -> Iterator[str]:
    """Yield what became of the earlier report, with the steps to put back what was changed."""
    when = words.clock(since.made_at, now)
    yield from wrapped(f"Compared with your report of {when}", page)
    if not since.changes:
        yield from wrapped("Nothing that both reports know is different, or still open.", page, 2)
    for kind, title in _TITLES.items():
        found = [change for change in since.changes if change.kind == kind]
        if found:
            yield ""
            yield from wrapped(title, page)
        for change in found:
            yield from _change(change, page)


def _change(change: Change, page: Page) -> Iterator[str]:
    row = change.row
    name = words.program(row)
    beside = f" ({name})" if name else ""
    yield from wrapped(f"{row.place.setting.title}{beside}: {words.meaning(row)}", page, 2)
    before = row.place.setting.values.get(change.then.value, "")
    if before and "{" not in before and change.kind != OPEN:
        yield from wrapped(f"Then: {before}", page, 4)
    if change.kind == FIXED:
        for step in words.put_back(row, change.then.number):
            only = "" if step == words.LEAVE_IT else "If it was only for the call: "
            yield from wrapped(f"{only}{step}", page, 4)
    elif change.kind in (OPEN, NEW):
        yield from wrapped(f"Change: {words.change(row)[0]}", page, 4)
