"""Reads answers: where the newest version stands in each kind of feed. Touches no network.

Whatever a server sends, the outcome is a version or a reason: answers are other people's text.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

from privacy_check.online import interface, versions
from privacy_check.online.addresses import host_in
from privacy_check.online.interface import Answer, NoAnswerError
from privacy_check.rulebook.catalogue import Exploited, Newest
from privacy_check.seen import Attack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

EXPLOITED = "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"
"""The list of faults that attacks are known of, of the US agency CISA."""

_RELEASES = 30
"""So many releases are asked for: trials between two versions are many in some projects."""

_SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"
_NOT_TEXT = ("image/", "audio/", "video/", "font/", "multipart/")
_LONGEST_TAG = 200
_YAML_VERSION = re.compile(r"version:[ ]+(?:'([^'\n]*)'|\"([^\"\n]*)\"|([^\s'\"#]\S*))[ \t]*")
_CVE = re.compile("CVE-[0-9]{4}-[0-9]{4,9}")

ACCEPTED = {
    "github": interface.GITHUB,
    "json": interface.JSON,
    "electron-builder": interface.YAML,
    "sparkle": interface.XML,
    "redirect": interface.ANYTHING,
}


class OddAnswerError(Exception):
    """An answer that is not what was wanted; the message goes on after `HOST answered, but`."""


def address_of(newest: Newest) -> str:
    """Return what is asked for a newest version."""
    if newest.how == "github":
        return f"https://api.github.com/repos/{newest.address}/releases?per_page={_RELEASES}"
    return newest.address


def host_of(address: str) -> str:
    """Return the host in an https address, empty where the address is none that may be asked."""
    try:
        return host_in(address)
    except NoAnswerError:
        return ""


def version_in(answer: Answer, newest: Newest) -> str:
    """Return the newest version that an answer names: numbers with dots.

    Raises:
        OddAnswerError: When it names none.
    """
    match newest.how:
        case "github":
            found = _of_releases(_parsed(answer), newest.form)
        case "json":
            found = _of_pointer(_parsed(answer), newest)
        case "electron-builder":
            found = _of_yaml(_text(answer), newest.form)
        case "sparkle":
            found = _of_appcast(_text(answer), newest.form)
        case "redirect":
            found = _of_redirect(answer.goes_to, newest.form)
        case _:
            message = "this program cannot read such an answer"
            raise OddAnswerError(message)
    if not found:
        message = "no version stands where it is expected"
        raise OddAnswerError(message)
    return found


def attacks_in(answer: Answer, wanted: Exploited) -> tuple[tuple[Attack, ...], dt.date]:
    """Return the entries of an app in the list of exploited faults, and the date of the list.

    Raises:
        OddAnswerError: When the answer is no such list.
    """
    whole = _parsed(answer)
    entries = whole.get("vulnerabilities") if isinstance(whole, dict) else None
    if not isinstance(whole, dict) or not isinstance(entries, list):
        message = "the list of exploited faults is written otherwise than it was"
        raise OddAnswerError(message)
    named = [one for one in entries if isinstance(one, dict) and _is_of(one, wanted)]
    attacks = {_attack(one) for one in named}
    newest_first = sorted(attacks, key=lambda one: (one.added, one.cve), reverse=True)
    return tuple(newest_first), _date(whole.get("dateReleased"))


def _is_of(entry: dict[str, object], wanted: Exploited) -> bool:
    named = (entry.get("vendorProject"), entry.get("product"))
    written = tuple(part.strip().casefold() if isinstance(part, str) else "" for part in named)
    return written == (wanted.vendor.casefold(), wanted.product.casefold())


def _attack(entry: dict[str, object]) -> Attack:
    cve = entry.get("cveID")
    if not isinstance(cve, str) or not _CVE.fullmatch(cve):
        message = "an entry of the list of exploited faults has no number"
        raise OddAnswerError(message)
    return Attack(cve=cve, added=_date(entry.get("dateAdded")))


def _date(value: object) -> dt.date:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        message = "a date in the list of exploited faults cannot be read"
        raise OddAnswerError(message) from None


def _text(answer: Answer) -> str:
    """Return the text of an answer, which has to be UTF-8 and no web page."""
    if answer.kind.startswith(_NOT_TEXT):
        message = f"with {answer.kind.partition('/')[0]} data and not with a list of versions"
        raise OddAnswerError(message)
    try:
        text = answer.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "its answer is not written in UTF-8"
        raise OddAnswerError(message) from None
    begins = text[:200].lstrip().lower()
    if answer.kind in ("text/html", "application/xhtml+xml") or begins.startswith(
        ("<!doctype html", "<html")
    ):
        message = (
            "with a web page: this network may want a sign-in first. Open a browser, then ask again"
        )
        raise OddAnswerError(message)
    return text


def _parsed(answer: Answer) -> object:
    text = _text(answer)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        message = "its answer is not whole JSON"
        raise OddAnswerError(message) from None


def _of_releases(whole: object, form: str) -> str:
    """Return the highest version among published releases that are no trials.

    The highest, not the first: a repair of an older version may be published after a newer one.
    """
    if not isinstance(whole, list):
        message = "with something else than a list of releases"
        raise OddAnswerError(message)
    tags = [
        one.get("tag_name")
        for one in whole
        if isinstance(one, dict) and one.get("draft") is False and one.get("prerelease") is False
    ]
    return versions.highest([found for tag in tags if (found := _fitting(tag, form))])


def _of_pointer(whole: object, newest: Newest) -> str:
    """Follow a JSON pointer (RFC 6901)."""
    value = whole
    for part in newest.pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isascii() and name.isdigit():
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = None
    return _fitting(value, newest.form)


def _of_yaml(text: str, form: str) -> str:
    """Return the version of an electron-builder feed: the one line that begins with `version:`."""
    found = {
        next(filter(None, line.groups()), "")
        for line in map(_YAML_VERSION.fullmatch, text.splitlines())
        if line
    }
    if len(found) > 1:
        message = "it names several versions"
        raise OddAnswerError(message)
    return _fitting(found.pop(), form) if found else ""


def _of_appcast(text: str, form: str) -> str:
    """Return the highest version of a Sparkle feed, without those of a channel for trials."""
    root = _xml(text)
    return versions.highest(
        [
            found
            for item in root.iter("item")
            if item.find(f"{_SPARKLE}channel") is None
            if (found := next(filter(None, (_fitting(one, form) for one in _named(item))), ""))
        ]
    )


def _named(item: Element) -> Iterator[str | None]:
    """Yield where a Sparkle item may name its version, the one shown to people first."""
    enclosure = item.find("enclosure")
    for name in ("shortVersionString", "version"):
        yield item.findtext(f"{_SPARKLE}{name}")
        yield None if enclosure is None else enclosure.get(f"{_SPARKLE}{name}")


def _xml(text: str) -> Element:
    from xml.etree import ElementTree  # slow to import, and needed for few apps

    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = "its answer declares what no list of versions needs"
        raise OddAnswerError(message)
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - what declares entities was refused
    except (ElementTree.ParseError, ValueError, RecursionError):
        message = "its answer is not whole XML"
        raise OddAnswerError(message) from None


def _of_redirect(goes_to: str, form: str) -> str:
    """Return the version in the path of the address that a server sends on to."""
    if not goes_to:
        message = "it did not send on to the file that names the version"
        raise OddAnswerError(message)
    if not goes_to.startswith("https://"):
        message = "it sends on to an address without encryption"
        raise OddAnswerError(message)
    rest = goes_to.removeprefix("https://").partition("?")[0].partition("#")[0]
    found = _fitting("/" + rest.partition("/")[2], form)
    if not found:
        message = (
            "it sends on to an address without a version. On a network with a sign-in page that "
            "may be it: open a browser, then ask again"
        )
        raise OddAnswerError(message)
    return found


def _fitting(value: object, form: str) -> str:
    """Return what stands for `{version}` in a text, empty where it does not fit."""
    before, _, after = form.partition("{version}")
    if not isinstance(value, str) or len(value) > _LONGEST_TAG:
        return ""
    value = value.strip()
    if len(value) <= len(before) + len(after):
        return ""
    if not value.startswith(before) or not value.endswith(after):
        return ""
    found = value.removeprefix(before).removesuffix(after)
    return found if versions.is_version(found) else ""
