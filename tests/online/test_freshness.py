"""Who is asked about the apps here, in which order, and what comes of the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
import samples

from privacy_check.online.feeds import EXPLOITED
from privacy_check.online.freshness import ask, hosts
from privacy_check.online.interface import Answer, NoAnswerError
from privacy_check.online.kept import Kept
from privacy_check.rulebook.catalogue import App, Exploited, Fact, Newest, OnLinux
from privacy_check.seen import Fresh, Search, Seen, Sign

AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
GITHUB = "https://api.github.com/repos/o/{}/releases?per_page=30"


class TwinDoor:
    """A door with prepared answers instead of a network; notes what was asked."""

    def __init__(self, answers: Mapping[str, str | NoAnswerError]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def now(self) -> dt.datetime:
        return AT

    def get(self, address: str, *, accept: str, follow: bool) -> Answer:
        self.asked.append(address)
        found = self.answers[address]
        if isinstance(found, NoAnswerError):
            raise found
        if follow:
            return Answer(data=found.encode(), kind="", at=AT)
        return Answer(data=b"", kind="", goes_to=found, at=AT)


def on_github(name: str, systems: tuple[str, ...] = ("linux",)) -> Newest:
    return Newest(how="github", address=f"o/{name}", form="v{version}", systems=systems, source="x")


def app(name: str, *newest: Newest, exploited: Exploited | None = None) -> App:
    return App(
        id=name,
        name=name.title(),
        uses=("text",),
        status=Fact(values=("active",)),
        facts={},
        review=(),
        linux=OnLinux(),
        newest=newest,
        exploited=exploited,
        sources={},
    )


def seen(name: str, *versions: str, how: str = "package", installed: bool | None = True) -> Seen:
    signs = tuple(Sign(how=how, where="here", version=version) for version in versions)
    return Seen(app=name, installed=installed, running=None, signs=signs)


def search(*apps: Seen) -> Search:
    return Search(apps=apps, looked=())


def released(*tags: str) -> str:
    return samples.releases(*(samples.release(tag) for tag in tags))


def untold(host: str) -> None:
    """Take the name of a host and do nothing with it."""


def one(
    found: Seen, *tags: str, answer: str | NoAnswerError | None = None
) -> tuple[Fresh, TwinDoor]:
    door = TwinDoor({GITHUB.format("signal"): released(*tags) if answer is None else answer})
    fresh = ask([app("signal", on_github("signal"))], search(found), door, untold)
    assert len(fresh) == 1
    return fresh[0], door


@pytest.mark.parametrize(
    ("installed", "result"), [("8.20.0", "current"), ("8.19.0", "older"), ("9.0", "newer")]
)
def test_an_answer_is_compared(installed: str, result: str) -> None:
    fresh, _ = one(seen("signal", installed), "v8.20.0")
    assert fresh == Fresh(
        app="signal",
        result=result,
        installed=installed,
        newest="8.20.0",
        host="api.github.com",
        asked_at=AT,
    )


def test_an_older_package_of_a_distribution_says_what_that_means() -> None:
    fresh, _ = one(seen("signal", "8.19.0-2+deb13u1"), "v8.20.0")
    assert fresh.result == "older"
    assert "may bring repairs without a newer number" in fresh.reason
    fresh, _ = one(seen("signal", "8.19.0"), "v8.20.0")
    assert (fresh.result, fresh.reason) == ("older", "")


def test_without_an_answer_nothing_is_claimed() -> None:
    fresh, _ = one(seen("signal", "8.20.0"), answer=NoAnswerError("api.github.com is away."))
    assert (fresh.result, fresh.newest, fresh.asked_at) == ("unknown", "", None)
    assert (fresh.host, fresh.reason) == ("api.github.com", "api.github.com is away.")


def test_an_answer_that_cannot_be_read_is_a_reason() -> None:
    fresh, _ = one(seen("signal", "8.20.0"), answer="<html>sign in</html>")
    assert fresh.result == "unknown"
    assert fresh.reason.startswith("api.github.com answered, but with a web page")


@pytest.mark.parametrize("versions", [(), ("",)])
def test_a_version_that_was_not_read_is_left_to_the_person(versions: tuple[str, ...]) -> None:
    fresh, _ = one(seen("signal", *versions, how="flatpak"), "v8.20.0")
    assert (fresh.result, fresh.newest) == ("unknown", "8.20.0")
    assert "could not be read" in fresh.reason


def test_a_version_that_cannot_be_compared_is_unknown() -> None:
    fresh, _ = one(seen("signal", "\x1b[31mnightly", how="snap"), "v8.20.0")
    assert (fresh.result, fresh.installed) == ("unknown", "\ufffd[31mnightly")
    assert "cannot be compared" in fresh.reason


@pytest.mark.parametrize(
    ("versions", "result", "shown"),
    [
        (("8.20.0", "8.19.0"), "older", "8.19.0"),
        (("8.20.0", "odd"), "unknown", "odd"),
        (("8.20.0", "8.21.0"), "newer", "8.21.0"),
    ],
)
def test_of_several_versions_the_least_favourable_counts(
    versions: tuple[str, ...], result: str, shown: str
) -> None:
    fresh, _ = one(seen("signal", *versions), "v8.20.0")
    assert (fresh.result, fresh.installed) == (result, shown)
    assert "It is here in another version too: 8.20.0." in fresh.reason


def test_a_version_that_is_not_known_counts_before_a_newer_one() -> None:
    fresh, _ = one(seen("signal", "8.21.0", "odd"), "v8.20.0")
    assert (fresh.result, fresh.installed) == ("unknown", "odd")


def test_an_app_without_a_place_asks_nobody() -> None:
    apps = [app("line"), app("wechat", on_github("wechat", ("macos",)))]
    here = search(seen("line", "1.2"), seen("wechat", "1.2"))
    door = TwinDoor({})
    fresh = ask(apps, here, door, untold)
    assert hosts(apps, here) == ()
    assert [result.result for result in fresh] == ["unknown", "unknown"]
    assert all("No place is known" in result.reason for result in fresh)
    assert (door.asked, [result.asked_at for result in fresh]) == ([], [None, None])


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        (seen("signal", installed=False), False),
        (seen("signal", installed=None), False),
        (seen("other", "1.2"), False),
        (seen("signal", "1.2", installed=None), True),
        (Seen(app="signal", installed=None, running=True), True),
    ],
)
def test_only_apps_that_are_here_are_asked_about(found: Seen, asked: bool) -> None:  # noqa: FBT001 - a table
    apps = [app("signal", on_github("signal"))]
    door = TwinDoor({GITHUB.format("signal"): released("v1.2")})
    assert len(ask(apps, search(found), door, untold)) == int(asked)
    assert len(door.asked) == int(asked)
    assert hosts(apps, search(found)) == (("api.github.com",) if asked else ())


def test_hosts_are_named_before_and_while_they_are_asked() -> None:
    redirect = Newest(
        how="redirect",
        address="https://zoom.us/client/latest/zoom_x86_64.tar.xz",
        form="/prod/{version}/zoom_x86_64.tar.xz",
        systems=("linux",),
        source="x",
    )
    listed = Exploited(vendor="Meta Platforms", product="WhatsApp")
    apps = [
        app("signal", on_github("signal")),
        app("zoom", redirect),
        app("wire", on_github("wire"), exploited=listed),
        app("jitsi-self", on_github("signal")),
    ]
    here = search(*(seen(one.id, "1.2") for one in apps))
    door = TwinDoor(
        {
            GITHUB.format("signal"): released("v1.2"),
            GITHUB.format("wire"): released("v1.3"),
            redirect.address: "https://cdn.zoom.us/prod/1.2.0/zoom_x86_64.tar.xz",
            EXPLOITED: samples.EXPLOITED,
        }
    )
    told: list[str] = []
    fresh = ask(apps, here, door, told.append)
    named = ("api.github.com", "zoom.us", "www.cisa.gov")
    assert hosts(apps, here) == named
    assert told == ["api.github.com", "zoom.us", "api.github.com", "www.cisa.gov"]
    assert len(door.asked) == 4, "an address is asked once, for however many apps"
    assert [one.result for one in fresh] == ["current", "current", "older", "current"]
    assert [one.attacks_as_of for one in fresh] == [None, None, dt.date(2026, 7, 23), None]
    assert fresh[2].attacks[0].cve == "CVE-2025-55177"
    assert {one.asked_at for one in fresh} == {AT}


def test_a_silent_list_of_exploited_faults_only_bears_its_date() -> None:
    listed = Exploited(vendor="Nobody", product="Nothing")
    apps = [app("line", exploited=listed)]
    door = TwinDoor({EXPLOITED: samples.EXPLOITED})
    fresh = ask(apps, search(seen("line")), door, untold)[0]
    assert (fresh.attacks, fresh.attacks_as_of) == ((), dt.date(2026, 7, 23))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (NoAnswerError("www.cisa.gov is away."), "www.cisa.gov is away."),
        ("{}", "www.cisa.gov answered, but the list of exploited faults is written otherwise"),
    ],
)
def test_a_list_that_was_not_read_is_told(answer: str | NoAnswerError, reason: str) -> None:
    apps = [app("line", exploited=Exploited(vendor="a", product="b"))]
    door = TwinDoor({EXPLOITED: answer})
    fresh = ask(apps, search(seen("line")), door, untold)[0]
    assert fresh.attacks_reason.startswith(reason)
    assert (fresh.attacks, fresh.attacks_as_of) == ((), None)


@pytest.mark.parametrize(("of_host", "questions"), [(True, 1), (False, 2)])
def test_a_host_that_is_away_is_not_asked_again(of_host: bool, questions: int) -> None:  # noqa: FBT001 - a table
    apps = [app("signal", on_github("signal")), app("wire", on_github("wire"))]
    away = NoAnswerError("api.github.com is away.", of_host=of_host)
    door = TwinDoor({GITHUB.format("signal"): away, GITHUB.format("wire"): away})
    here = search(seen("signal", "1"), seen("wire", "1"))
    fresh = ask(apps, here, door, untold)
    assert [one.reason for one in fresh] == ["api.github.com is away."] * 2
    assert len(door.asked) == questions


def test_the_second_place_is_asked_where_the_first_names_none() -> None:
    apps = [app("signal", on_github("first"), on_github("second"))]
    door = TwinDoor({GITHUB.format("first"): "[]", GITHUB.format("second"): released("v1.2")})
    fresh = ask(apps, search(seen("signal", "1.2")), door, untold)[0]
    assert (fresh.result, fresh.reason) == ("current", "")


def test_a_kept_answer_of_the_second_place_asks_nobody_either() -> None:
    apps = [app("signal", on_github("first"), on_github("second"))]
    here = search(seen("signal", "1.2"))
    door = TwinDoor({GITHUB.format("first"): "[]", GITHUB.format("second"): released("v1.2")})
    kept = Kept()
    first = ask(apps, here, door, untold, kept=kept)
    assert hosts(apps, here, kept=kept) == ()
    assert ask(apps, here, TwinDoor({}), untold, kept=kept) == first


def test_an_address_that_may_not_be_asked_is_named_by_nobody() -> None:
    place = Newest(
        how="json", address="https://sam:word@a.example/", systems=("linux",), source="x"
    )
    apps = [app("signal", place)]
    here = search(seen("signal", "1.2"))
    refusal = NoAnswerError("An address that is not a plain https address was not asked.")
    told: list[str] = []
    fresh = ask(apps, here, TwinDoor({place.address: refusal}), told.append)[0]
    assert (hosts(apps, here), told) == ((), [])
    assert (fresh.result, fresh.host, fresh.reason) == ("unknown", "", str(refusal))


def test_kept_answers_ask_nobody_and_bear_their_own_time() -> None:
    listed = Exploited(vendor="Meta Platforms", product="WhatsApp")
    apps = [app("signal", on_github("signal"), exploited=listed)]
    here = search(seen("signal", "1.2"))
    door = TwinDoor({GITHUB.format("signal"): released("v1.3"), EXPLOITED: samples.EXPLOITED})
    kept = Kept()
    first = ask(apps, here, door, untold, kept=kept)
    assert len(door.asked) == 2
    assert hosts(apps, here, kept=kept) == ()
    assert ask(apps, here, TwinDoor({}), untold, kept=kept) == first
    moved = [app("signal", on_github("elsewhere"))]
    assert hosts(moved, here, kept=kept) == ("api.github.com",)
