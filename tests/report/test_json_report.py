"""The promised JSON: valid, the same each time, and without anything that names the person."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from privacy_check.render.json import CHANGING
from privacy_check.render.json_schema import SCHEMAS

Start = Callable[..., subprocess.CompletedProcess[str]]
FIXTURES = Path(__file__).resolve().parents[2] / "rules" / "fixtures"
TELLING = "telltale-name"


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """Return a home whose name must not be told, with something for many readers."""
    home = tmp_path / TELLING / "home"
    profile = next(
        line.partition("=")[2]
        for line in (FIXTURES / "firefox/grants/profiles.ini").read_text().splitlines()
        if line.endswith(".default-esr")
    )
    folder = f".config/mozilla/firefox/{profile}"
    files = {
        ".config/dconf/user": "dconf/gnome-open",
        ".config/chromium/Default/Preferences": "chromium/grants/Preferences",
        ".config/mozilla/firefox/profiles.ini": "firefox/grants/profiles.ini",
        f"{folder}/prefs.js": "firefox/grants/prefs.js",
        f"{folder}/permissions.sqlite": "firefox/grants/permissions.sqlite",
    }
    for path, name in files.items():
        place = home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((FIXTURES / name).read_bytes())
    (home / ".dropbox").mkdir()
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(home)}}))
    (home / ".config" / "klipperrc").mkdir()
    return {
        "HOME": str(home),
        "USER": TELLING,
        "LOGNAME": TELLING,
        "HOSTNAME": TELLING,
        "XDG_CURRENT_DESKTOP": "GNOME",
        "XDG_SESSION_TYPE": "x11",
        "DCONF_PROFILE": "",
    }


COMMANDS = [
    ["run"],
    ["run", "--profile", "audit"],
    ["run", "--platform", "windows"],
    ["settings"],
    ["rules", "list"],
    ["apps"],
    ["link", "https://meet.jit.si/SomeRoom"],
    ["link", "https://nothing.example/"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_fits_its_schema(command: list[str], variables: dict[str, str], start: Start) -> None:
    document = json.loads(start(*command, "--format", "json", variables=variables).stdout)

    jsonschema.Draft202012Validator.check_schema(SCHEMAS)
    jsonschema.validate(document, SCHEMAS, cls=jsonschema.Draft202012Validator)


def test_the_printed_schema_is_the_one_that_is_checked(start: Start) -> None:
    assert json.loads(start("rules", "schema", "report").stdout) == SCHEMAS


def test_the_schema_refuses_what_is_no_report(variables: dict[str, str], start: Start) -> None:
    whole = json.loads(start("--format", "json", variables=variables).stdout)
    spoilt: list[dict[str, object]] = [{**whole, "schema": "json-v2"}]
    spoilt += [{key: value for key, value in whole.items() if key != name} for name in whole]
    finding = {**whole["findings"][0], "status": "good"}
    spoilt.append({**whole, "findings": [finding]})

    for document in spoilt:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, SCHEMAS, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "command",
    [
        ["run", "--format", "json"],
        ["run", "--format", "markdown"],
        ["run", "--all"],
        ["settings", "--format", "json"],
        ["settings", "--all"],
        ["explain", "browser-camera"],
    ],
    ids=" ".join,
)
def test_nothing_names_the_person_or_a_site(
    command: list[str], variables: dict[str, str], start: Start
) -> None:
    shown = start(*command, variables=variables)
    text = shown.stdout + shown.stderr

    assert TELLING not in text
    assert "meet.example" not in text
    assert "other.example" not in text
    assert "1 site" in text


def steady(value: object) -> object:
    """Return a report without the fields that may differ between two runs."""
    if isinstance(value, dict):
        return {key: steady(item) for key, item in value.items() if key not in CHANGING}
    return [steady(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("command", [["run"], ["settings"]], ids=" ".join)
def test_two_runs_tell_the_same_in_the_same_order(
    command: list[str], variables: dict[str, str], start: Start
) -> None:
    texts = [
        start(*command, "--format", "json", variables={**variables, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]

    first, second = (json.dumps(steady(json.loads(text))) for text in texts)
    assert first == second


def test_the_contract_s_fields_are_there(variables: dict[str, str], start: Start) -> None:
    report = json.loads(start("--format", "json", variables=variables).stdout)
    assert report["schema"] == "json-v1"
    assert {"version", "hash", "age_days"} <= set(report["rules"])
    assert len(report["rules"]["hash"]) >= 32
    for finding in report["findings"]:
        assert {"rule", "title", "status", "severity", "phase", "answer", "settings"} <= set(
            finding
        )
        for item in finding["settings"]:
            assert {"setting", "platform", "outcome", "value", "where", "as_of", "reason"} <= set(
                item
            )
            assert item["outcome"] in ("value", "unset", "unreadable", "not-applicable")
            assert (item["value"] is not None) <= (item["outcome"] in ("value", "unset"))
    rows = json.loads(start("settings", "--format", "json", variables=variables).stdout)["settings"]
    names = {
        *("id", "platform", "title", "outcome", "value", "meaning", "where", "as_of", "change"),
        *("undo", "confidence", "tested_on", "sources"),
    }
    for row in rows:
        assert names <= set(row)
        assert row["change"]
        assert row["undo"]
        assert row["meaning"]
    assert len({(row["id"], row["platform"]) for row in rows}) == len(rows)


def test_another_system_s_rows_are_listed_as_unreadable(start: Start) -> None:
    live = json.loads(start("settings", "--format", "json").stdout)["settings"]
    assert {row["platform"].partition("/")[0] for row in live} == {"linux"}
    other = json.loads(start("settings", "--platform", "windows", "--format", "json").stdout)
    assert all(row["outcome"] == "unreadable" for row in other["settings"])
