"""Who takes sound and pictures through PipeWire: real answers of pw-dump, and changed ones."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.interface import MissingError, Process, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers import pipewire
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Pipewire
from privacy_check.rulebook.records import Program, ProgramList, Source

FIXTURES = Path(__file__).parents[2] / "rules" / "fixtures" / "pipewire"
SERVER = Process(pid=5, names=("pipewire",))
PULSE_HELPER = Process(pid=6, names=("pipewire", "pipewire-pulse"))
SOCKET = "/run/user/1000/pipewire-0"
NAMED = ProgramList(
    id="recorders",
    title="Recorders",
    scope="user",
    programs=(
        Program(name="pw-record", processes=("pw-cat",)),
        Program(name="Only sometimes", processes=("pacat",), arguments=("-r",)),
    ),
    sources=(Source(title="A test", checked=dt.date(2026, 11, 22)),),
)

Objects = list[dict[str, Any]]
Change = Callable[[Objects], None]


def dumped(name: str) -> bytes:
    return (FIXTURES / f"{name}.json").read_bytes()


def machine(printed: bytes, **given: object) -> CaseMachine:
    usual: dict[str, Any] = {"files": {SOCKET: b""}, "programs": (SERVER,)}
    return CaseMachine(printed={"pw-dump": printed}, **{**usual, **given})


def read(streams: str, printed: bytes, **given: object) -> Found:
    window = Window(machine(printed, **given))
    look = Look(window=window, programs={"recorders": NAMED})
    return pipewire.read(Pipewire(streams=streams), look)


def changed(name: str, *changes: Change) -> bytes:
    objects: Objects = json.loads(dumped(name))
    for change in changes:
        change(objects)
    return json.dumps(objects).encode()


def links(objects: Objects) -> Objects:
    return [item for item in objects if item["type"].endswith(":Link")]


def nodes(objects: Objects, kind: str) -> Objects:
    found = [item for item in objects if item["type"].endswith(":Node")]
    return [item for item in found if item["info"]["props"].get("media.class") == kind]


def link_state(state: str) -> Change:
    def change(objects: Objects) -> None:
        for link in links(objects):
            link["info"]["state"] = state

    return change


def node_kind(before: str, after: str) -> Change:
    def change(objects: Objects) -> None:
        for node in nodes(objects, before):
            node["info"]["props"]["media.class"] = after

    return change


def node_state(kind: str, state: str) -> Change:
    def change(objects: Objects) -> None:
        for node in nodes(objects, kind):
            node["info"]["state"] = state

    return change


def without_links(objects: Objects) -> None:
    for link in links(objects):
        objects.remove(link)


STREAMS = ("microphone", "sound", "camera", "screen")


@pytest.mark.parametrize(
    ("name", "in_use"),
    [
        ("at-rest", ()),
        ("sound-played", ()),
        ("remapped", ()),
        ("muted", ()),
        ("microphone-read", ("microphone",)),
        ("microphone-heard", ("microphone",)),
        ("sound-recorded", ("sound",)),
        ("sound-recorded-natively", ("sound",)),
        ("remapped-recorded", ("microphone", "sound")),
        ("camera-read", ("camera",)),
        ("screen-read", ("screen",)),
    ],
)
def test_each_taker_is_seen_where_it_takes_from(name: str, in_use: tuple[str, ...]) -> None:
    found = {streams: read(streams, dumped(name)).raw for streams in STREAMS}
    assert found == {streams: "in-use" if streams in in_use else "free" for streams in STREAMS}


def test_a_level_meter_is_neither_use_nor_its_absence() -> None:
    for streams in ("microphone", "sound"):
        found = read(streams, dumped("level-meter"))
        assert (found.raw, found.count) == ("metered", 0)
        assert "level meter" in found.note
    # Beside it, a true taker decides.
    taken = changed("level-meter", _no_meter)
    assert (read("microphone", taken).raw, read("microphone", taken).note) == ("in-use", "")


def _no_meter(objects: Objects) -> None:
    for node in nodes(objects, "Stream/Input/Audio"):
        del node["info"]["props"]["stream.monitor"]


def test_without_devices_there_is_nothing_to_take_from() -> None:
    for streams in ("microphone", "camera", "mute"):
        with pytest.raises(MissingError, match="PipeWire knows no"):
            read(streams, dumped("no-devices"))
    assert read("screen", dumped("no-devices")).raw == "free"


def test_names_come_from_our_list_and_the_rest_is_counted() -> None:
    found = read("sound", dumped("sound-recorded-natively"))
    assert (found.names, found.count) == (("pw-record",), 1)
    found = read("sound", dumped("sound-recorded"))
    assert (found.names, found.count) == ((), 1)


@pytest.mark.parametrize(
    ("state", "taker", "raw"),
    [
        ("active", "idle", "in-use"),
        ("allocating", "idle", "in-use"),
        ("negotiating", "creating", "in-use"),
        ("init", "running", "in-use"),
        ("init", "suspended", "free"),
        ("paused", "idle", "free"),
        ("unlinked", "idle", "free"),
        ("error", "error", "free"),
    ],
)
def test_a_link_counts_when_it_carries_something(state: str, taker: str, raw: str) -> None:
    printed = changed(
        "microphone-read",
        link_state(state),
        node_state("Stream/Input/Audio", taker),
        node_state("Audio/Source/Virtual", "idle"),
    )
    assert read("microphone", printed).raw == raw


def test_an_object_that_goes_away_meanwhile_is_left_out() -> None:
    """Older versions of pw-dump tell so in a list of its own, before or after the other."""
    whole = dumped("microphone-read")
    gone = b'\n[\n{"id": 999, "info": null}\n]\n'
    for printed in (whole + gone, gone + whole):
        assert read("microphone", printed).raw == "in-use"
    with pytest.raises(UnseenError, match="not whole JSON"):
        read("microphone", whole + b"\n[\n{")
    with pytest.raises(UnseenError):
        read("microphone", whole + b"{}")


def _unknown_type(objects: Objects) -> None:
    links(objects)[0]["type"] = "PipeWire:Interface:Linc"


def _foreign_type(objects: Objects) -> None:
    links(objects)[0]["type"] = "Somebody:Link"


def _same_number(objects: Objects) -> None:
    objects[1]["id"] = objects[0]["id"]


def _other_end(objects: Objects) -> None:
    for link in links(objects):
        link["info"]["output-node-id"] = 49


def _lost_end(objects: Objects) -> None:
    for link in links(objects):
        link["info"]["input-node-id"] = link["info"]["props"]["link.input.node"] = 4711


def _silent_links(objects: Objects) -> None:
    for link in links(objects):
        link["info"] = None


def _misspelt_kind(objects: Objects) -> None:
    props = nodes(objects, "Audio/Source/Virtual")[0]["info"]["props"]
    props["media.clasz"] = props.pop("media.class")


def _without_server(objects: Objects) -> None:
    objects[:] = [item for item in objects if not item["type"].endswith(":Core")]


def _limited(objects: Objects) -> None:
    for item in objects:
        props = (item.get("info") or {}).get("props") or {}
        if props.get("application.name") == "pw-dump":
            props["pipewire.access"] = "flatpak"


def _unnamed(objects: Objects) -> None:
    for item in objects:
        props = (item.get("info") or {}).get("props") or {}
        if props.get("application.name") == "pw-dump":
            del props["application.name"]


@pytest.mark.parametrize(
    "change",
    [
        link_state("actave"),
        node_kind("Audio/Source/Virtual", "Audio/Sorce"),
        node_state("Stream/Input/Audio", "walking"),
        _unknown_type,
        _foreign_type,
        _same_number,
        _other_end,
        _lost_end,
        _silent_links,
        _misspelt_kind,
        _without_server,
        _limited,
        _unnamed,
    ],
)
def test_what_is_not_understood_is_never_free(change: Change) -> None:
    assert read("microphone", changed("microphone-read", _at_rest)).raw == "free"
    with pytest.raises(UnseenError):
        read("microphone", changed("microphone-read", _at_rest, change))


def _at_rest(objects: Objects) -> None:
    """Let all links and nodes rest, so that nothing is found that would count anyway."""
    for change in (
        link_state("paused"),
        node_state("Stream/Input/Audio", "idle"),
        node_state("Audio/Source/Virtual", "idle"),
    ):
        change(objects)


def test_a_taker_at_work_without_a_link_is_unsure() -> None:
    idle = node_state("Audio/Source/Virtual", "idle")
    for streams in ("microphone", "sound"):
        with pytest.raises(UnseenError, match="linked to nothing"):
            read(streams, changed("microphone-read", without_links, idle))


@pytest.mark.parametrize(
    "printed", [b"", b"[", b"{}", b"[]", b"[1]", b"null", b"[" * 5000, dumped("at-rest")[:-200]]
)
def test_damaged_answers_are_refused(printed: bytes) -> None:
    with pytest.raises(UnseenError):
        read("microphone", printed)


def test_a_source_at_work_for_nobody_we_see_is_unsure() -> None:
    for kind, streams in (("Audio/Source/Virtual", "microphone"), ("Video/Source", "camera")):
        with pytest.raises(UnseenError, match="linked to nothing"):
            read(streams, changed("at-rest", node_state(kind, "running")))


def test_a_program_without_a_kind_that_takes_what_is_played_is_unsure() -> None:
    printed = changed("sound-recorded", node_kind("Stream/Input/Audio", ""))
    with pytest.raises(UnseenError, match="stands between"):
        read("sound", printed)
    # What it takes from the microphone counts: there it is no passage to the loudspeaker.
    printed = changed("microphone-read", node_kind("Stream/Input/Audio", ""))
    assert read("microphone", printed).raw == "in-use"


def test_a_source_of_pictures_that_names_no_camera_is_a_screen_or_unsure() -> None:
    def change(objects: Objects) -> None:
        del nodes(objects, "Video/Source")[0]["info"]["props"]["media.role"]

    printed = changed("camera-read", change)
    assert read("screen", printed).raw == "in-use"
    with pytest.raises(UnseenError, match="may be a camera"):
        read("camera", printed)


def test_a_camera_is_known_by_its_driver_too() -> None:
    def change(objects: Objects) -> None:
        props = nodes(objects, "Video/Source")[0]["info"]["props"]
        del props["media.role"]
        props["device.api"] = "v4l2"

    assert read("camera", changed("camera-read", change)).raw == "in-use"


def test_mute_is_that_of_the_microphone_in_use() -> None:
    assert read("mute", dumped("at-rest")).raw == "open"
    assert read("mute", dumped("muted")).raw == "muted"


def _two_of_a_name(objects: Objects) -> None:
    nodes(objects, "Audio/Sink")[0]["info"]["props"]["node.name"] = "microphone"


def _no_choice(objects: Objects) -> None:
    for item in objects:
        item.pop("metadata", None)


def _monitor_chosen(objects: Objects) -> None:
    for item in objects:
        for entry in item.get("metadata", ()):
            if entry["key"] == "default.audio.source":
                entry["value"]["name"] = "speaker"


def _says_nothing(objects: Objects) -> None:
    nodes(objects, "Audio/Source/Virtual")[0]["info"]["params"] = {}


@pytest.mark.parametrize("change", [_two_of_a_name, _no_choice, _monitor_chosen, _says_nothing])
def test_mute_is_unsure_where_the_microphone_in_use_is(change: Change) -> None:
    with pytest.raises(UnseenError, match=r"in use (cannot|does not)"):
        read("mute", changed("muted", change))


@pytest.mark.parametrize("streams", ["microphone", "sound", "mute"])
def test_pulseaudio_beside_it_may_record_unseen(streams: str) -> None:
    beside = (SERVER, Process(pid=7, names=("pulseaudio",)))
    with pytest.raises(UnseenError, match="PulseAudio runs as well"):
        read(streams, dumped("at-rest"), programs=beside)
    assert read("camera", dumped("at-rest"), programs=beside).raw == "free"
    assert read("sound", dumped("sound-recorded"), programs=beside).raw == "in-use"


class Unasked(CaseMachine):
    """A machine on which pw-dump would wake what does not run."""

    def command(self, name: str, seconds: float) -> bytes:
        raise AssertionError(name)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"files": {SOCKET: b""}}, True),
        ({"files": {SOCKET: b""}, "programs": (PULSE_HELPER,)}, True),
        (
            {
                "files": {SOCKET: b""},
                "programs": (Process(pid=5, names=("pipewire",), own=False),),
            },
            True,
        ),
        ({"programs": (SERVER,)}, False),
        (
            {
                "files": {SOCKET: b""},
                "programs": (SERVER,),
                "variables": {"XDG_RUNTIME_DIR": "/run/other"},
            },
            False,
        ),
        (
            {
                "files": {SOCKET: b""},
                "programs": (SERVER,),
                "variables": {"PIPEWIRE_REMOTE": "afar"},
            },
            False,
        ),
        ({"files": {SOCKET: b""}, "programs": (SERVER,), "live": False}, False),
    ],
)
def test_pipewire_is_asked_only_where_it_runs(given: dict[str, Any], *, missing: bool) -> None:
    look = Look(window=Window(Unasked(**given)))
    with pytest.raises(UnseenError) as error:
        pipewire.read(Pipewire(streams="microphone"), look)
    assert isinstance(error.value, MissingError) is missing


def test_without_pw_dump_what_runs_cannot_be_seen() -> None:
    look = Look(window=Window(CaseMachine(files={SOCKET: b""}, programs=(SERVER,))))
    with pytest.raises(UnseenError, match="pw-dump is not installed") as error:
        pipewire.read(Pipewire(streams="microphone"), look)
    assert not isinstance(error.value, MissingError)
