"""Who is asked for the newest versions of the call apps here, and what comes of it.

Nothing is called current without an answer. Each address is asked once, one after the other, and a
host that gave none for a reason of its own is not asked again in the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from privacy_check.online import feeds, versions
from privacy_check.online.interface import ANYTHING, JSON, Answer, Door, NoAnswerError
from privacy_check.online.kept import Kept, Listed, Named
from privacy_check.plaintext import plain
from privacy_check.record import record, replaced
from privacy_check.rulebook.catalogue import App, Newest
from privacy_check.seen import Fresh, Search, Seen, Sign

_NOWHERE = (
    "No place is known where its newest version can be read plainly. The app itself shows its "
    "version, mostly under Help or About."
)
_DISTRIBUTION = (
    "It is a package of a distribution, which may bring repairs without a newer number: updates "
    "of the system say more than the number."
)
_FIRST = ("older", "unknown", "newer", "current")
"""Which result counts where an app is here twice: the least favourable."""


@record
class _Here:
    """An app that is here, and where its newest version is read, first choice first."""

    app: App
    seen: Seen
    places: tuple[Newest, ...]


def hosts(
    apps: Sequence[App], search: Search, *, kept: Kept | None = None, system: str = "linux"
) -> tuple[str, ...]:
    """Return who may be asked, in the order of asking, each once; kept answers ask nobody."""
    kept = kept or Kept()
    here = _here(apps, search, system)
    asked = [
        feeds.host_of(feeds.address_of(place))
        for one in here
        if not any(kept.named(one.app.id, place) for place in one.places)
        for place in one.places
    ]
    listed = [one.app for one in here if one.app.exploited and not kept.listed(one.app.id)]
    if listed:
        asked.append(feeds.host_of(feeds.EXPLOITED))
    return tuple(dict.fromkeys(filter(None, asked)))


def ask(
    apps: Sequence[App],
    search: Search,
    door: Door,
    progress: Callable[[str], None],
    *,
    kept: Kept | None = None,
    system: str = "linux",
) -> tuple[Fresh, ...]:
    """Return what came of asking, one entry for each app that is here.

    `progress` is told each host before it is asked. Answers are taken from `kept` and put there.
    """
    questions = _Questions(door, progress, kept or Kept())
    here = _here(apps, search, system)
    fresh = [_fresh(one, questions) for one in here]
    return tuple(
        _with_attacks(result, one.app, questions) for result, one in zip(fresh, here, strict=True)
    )


def _here(apps: Sequence[App], search: Search, system: str) -> list[_Here]:
    """Return the apps that are installed or run, or whose version was read."""
    known = {app.id: app for app in apps}
    return [
        _Here(
            app=known[seen.app],
            seen=seen,
            places=tuple(place for place in known[seen.app].newest if system in place.systems),
        )
        for seen in search.apps
        if seen.app in known and (seen.installed or seen.running or seen.version)
    ]


class _Questions:
    """What was asked in this run, so that nothing is asked twice."""

    def __init__(self, door: Door, progress: Callable[[str], None], kept: Kept) -> None:
        self._door = door
        self._progress = progress
        self._kept = kept
        self._answers: dict[str, Answer | str] = {}
        self._silent: dict[str, str] = {}

    def kept(self, app: str, places: Iterable[Newest]) -> Named | None:
        """Return the newest version that is kept of an app, from whichever of its places."""
        return next(filter(None, (self._kept.named(app, place) for place in places)), None)

    def newest(self, app: str, place: Newest) -> Named | str:
        """Return the newest version, or why there is none."""
        address = feeds.address_of(place)
        follow = place.how != "redirect"
        answer = self._answer(address, feeds.ACCEPTED.get(place.how, ANYTHING), follow=follow)
        if isinstance(answer, str):
            return answer
        host = feeds.host_of(address)
        try:
            version = feeds.version_in(answer, place)
        except feeds.OddAnswerError as error:
            return f"{host} answered, but {error}."
        named = Named(version=version, host=host, at=answer.at)
        self._kept.put_named(app, place, named)
        return named

    def listed(self, app: App) -> Listed | str:
        """Return what the list of exploited faults names of an app, or why it was not read."""
        if app.exploited is None:
            return ""
        if known := self._kept.listed(app.id):
            return known
        answer = self._answer(feeds.EXPLOITED, JSON, follow=True)
        if isinstance(answer, str):
            return answer
        try:
            attacks, as_of = feeds.attacks_in(answer, app.exploited)
        except feeds.OddAnswerError as error:
            return f"{feeds.host_of(feeds.EXPLOITED)} answered, but {error}."
        listed = Listed(attacks=attacks, as_of=as_of, at=answer.at)
        self._kept.put_listed(app.id, listed)
        return listed

    def _answer(self, address: str, accept: str, *, follow: bool) -> Answer | str:
        host = feeds.host_of(address)
        if host in self._silent:
            return self._silent[host]
        if address not in self._answers:
            if host:
                self._progress(host)
            try:
                self._answers[address] = self._door.get(address, accept=accept, follow=follow)
            except NoAnswerError as error:
                self._answers[address] = str(error)
                if error.of_host:
                    self._silent[host] = str(error)
        return self._answers[address]


def _fresh(here: _Here, questions: _Questions) -> Fresh:
    if not here.places:
        return Fresh(
            app=here.app.id, result="unknown", installed=plain(here.seen.version), reason=_NOWHERE
        )
    if kept := questions.kept(here.app.id, here.places):
        return _compared(here.seen, kept)
    reasons: list[str] = []
    for place in here.places:
        named = questions.newest(here.app.id, place)
        if isinstance(named, Named):
            return _compared(here.seen, named)
        reasons.append(named)
    return Fresh(
        app=here.app.id,
        result="unknown",
        installed=plain(here.seen.version),
        host=feeds.host_of(feeds.address_of(here.places[-1])),
        reason=" ".join(dict.fromkeys(reasons)),
    )


def _compared(seen: Seen, named: Named) -> Fresh:
    """Return how the version here stands to the newest; of several, the least favourable."""
    whole = Fresh(
        app=seen.app, result="unknown", newest=named.version, host=named.host, asked_at=named.at
    )
    written = [sign for sign in seen.signs if sign.version]
    if not written:
        reason = (
            "The version here could not be read. Compare it with the one that the app shows, "
            "mostly under Help or About."
        )
        return replaced(whole, reason=reason)
    each = [_one(whole, sign, named) for sign in written]
    worst = min(each, key=lambda one: _FIRST.index(one.result))
    others = _others(written, worst.installed)
    return replaced(worst, reason=" ".join(filter(None, (worst.reason, others))))


def _one(whole: Fresh, sign: Sign, named: Named) -> Fresh:
    package = sign.how == "package"
    result = versions.compared(sign.version, named.version, package=package)
    reason = ""
    if result == "unknown":
        reason = "The version here is written in a way that cannot be compared."
    elif result == "older" and package and versions.from_distribution(sign.version):
        reason = _DISTRIBUTION
    return replaced(whole, result=result, installed=plain(sign.version), reason=reason)


def _others(written: Iterable[Sign], shown: str) -> str:
    others = dict.fromkeys(plain(sign.version) for sign in written)
    others.pop(shown, None)
    return f"It is here in another version too: {', '.join(others)}." if others else ""


def _with_attacks(fresh: Fresh, app: App, questions: _Questions) -> Fresh:
    listed = questions.listed(app)
    if isinstance(listed, Listed):
        return replaced(fresh, attacks=listed.attacks, attacks_as_of=listed.as_of)
    return replaced(fresh, attacks_reason=listed)
