"""Decodes what `pw-dump` prints into what runs now, and what is linked to what.

A part that is not understood is kept as a doubt about the streams it could belong to; an answer
that is not whole is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from privacy_check.machine.interface import UnseenError
from privacy_check.readers.raw import near_miss
from privacy_check.record import record

if TYPE_CHECKING:
    from json import JSONDecoder

UNKNOWN = "PipeWire answers in a form that we do not know"

_PREFIX = "PipeWire:Interface:"
_TYPES = (
    *("Client", "ClientEndpoint", "ClientNode", "ClientSession", "Core", "Device", "Endpoint"),
    *("EndpointLink", "EndpointStream", "Factory", "Link", "Metadata", "Module", "Node", "Port"),
    *("Profiler", "Registry", "SecurityContext", "Session"),
)
_FLOWING = ("active", "allocating", "negotiating")
_RESTING = ("error", "paused", "unlinked")
_CAMERA_DRIVERS = ("v4l2", "libcamera")
_NODE_STATES = ("creating", "error", "idle", "running", "suspended")
_KIND = re.compile(
    r"(?P<media>Audio|Video|Midi)/(?P<end>Source|Sink|Duplex|Bridge)(/(Virtual|Internal))?"
    r"|Stream/(?P<way>Input|Output)/(?P<stream>Audio|Video|Midi)(/(Virtual|Internal))?"
)


@record
class Node:
    """An end or a passage of sound or pictures; `kind` is like `Audio/Source`, or empty."""

    number: int
    kind: str
    state: str
    props: Mapping[str, object]

    @property
    def group(self) -> str:
        """Return what it shares with the other side of the same passage."""
        return str(self.props.get("node.link-group", ""))

    @property
    def meters(self) -> bool:
        """Say whether it calls itself a level meter."""
        return self.props.get("stream.monitor") in (True, "true", 1, "1")


@record
class Link:
    """A link that is there; `flows` says whether it carries something."""

    source: Node
    taker: Node
    flows: bool


@record
class Graph:
    """What runs now; `doubts` tell what is not understood, and of which kind of streams."""

    nodes: Mapping[int, Node]
    links: tuple[Link, ...]
    clients: Mapping[int, Mapping[str, object]]
    defaults: Mapping[str, object]
    mutes: Mapping[int, tuple[bool, ...]]
    doubts: tuple[tuple[str, str], ...]


def is_microphone(node: Node) -> bool:
    """Say whether sound comes in there."""
    return node.kind.startswith(("Audio/Source", "Audio/Duplex"))


def plays(node: Node) -> bool:
    """Say whether sound goes out there, so that its monitor tells what is heard."""
    return node.kind.startswith(("Audio/Sink", "Audio/Duplex", "Stream/Output/Audio"))


def shows(node: Node) -> bool:
    """Say whether pictures come from there."""
    return node.kind.startswith(("Video/Source", "Stream/Output/Video"))


def is_camera(node: Node) -> bool:
    """Say whether its pictures are those of a camera."""
    by_driver = node.props.get("device.api") in _CAMERA_DRIVERS
    by_role = node.props.get("media.role") == "Camera"
    return node.kind.startswith("Video/Source") and (by_driver or by_role)


def graph_of(printed: bytes) -> Graph:
    """Return what `pw-dump` printed.

    Raises:
        UnseenError: When it is not whole, or not what PipeWire shows a program that may see all.
    """
    infos = _infos(printed)
    _must_show_all(infos)
    doubts: list[tuple[str, str]] = []
    nodes = {number: _node(number, info, doubts) for number, info in infos["Node"].items()}
    links = [_link(info, nodes, doubts) for info in infos["Link"].values()]
    return Graph(
        nodes=nodes,
        links=tuple(link for link in links if link),
        clients={number: _props(info) for number, info in infos["Client"].items()},
        defaults=_defaults(infos["Metadata"]),
        mutes={number: tuple(_mutes(info)) for number, info in infos["Node"].items()},
        doubts=tuple(doubts),
    )


Infos = Mapping[str, Mapping[int, Mapping[str, object]]]
"""What each object says, by type and number; nothing where it says nothing."""


def _infos(printed: bytes) -> Infos:
    import json  # few runs need it

    try:
        objects = _lists(printed.decode(), json.JSONDecoder())
    except (ValueError, RecursionError):
        message = "the answer of pw-dump is damaged: not whole JSON"
        raise UnseenError(message) from None
    infos: dict[str, dict[int, Mapping[str, object]]] = {name: {} for name in _TYPES}
    for item in objects:
        kind, number = _type_and_number(item)
        if any(number in known for known in infos.values()):
            raise UnseenError(UNKNOWN)
        # What metadata says stands beside its info, not in it.
        info = item if kind == "Metadata" else item.get("info")
        infos.setdefault(kind, {})[number] = info if isinstance(info, dict) else {}
    return infos


def _lists(text: str, decoder: JSONDecoder) -> list[Any]:
    """Return the objects of an answer, less those that went away while it was written.

    Before version 1.2.7 such a one comes in a list of its own, beside the list of all.
    """
    objects: list[Any] = []
    at = 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        found, at = decoder.raw_decode(text, at)
        if not isinstance(found, list):
            raise UnseenError(UNKNOWN)
        objects += found
    gone = [number for item in objects if (number := _gone(item)) is not None]
    return [item for item in objects if not isinstance(item, dict) or item.get("id") not in gone]


def _gone(item: object) -> object:
    """Return the number of an object that went away meanwhile, `None` for any other."""
    if isinstance(item, dict) and item.keys() == {"id", "info"} and item["info"] is None:
        return item["id"]
    return None


def _type_and_number(item: object) -> tuple[str, int]:
    if not isinstance(item, dict):
        raise UnseenError(UNKNOWN)
    name, number = item.get("type"), item.get("id")
    if not isinstance(name, str) or type(number) is not int or not name.startswith(_PREFIX):
        raise UnseenError(UNKNOWN)
    kind = name.removeprefix(_PREFIX)
    if kind not in _TYPES and any(near_miss(known, (kind,)) for known in _TYPES):
        raise UnseenError(UNKNOWN)
    return kind, number


def _must_show_all(infos: Infos) -> None:
    """Refuse a list that lacks the server, or pw-dump itself with the right to see all."""
    shown = [_props(info) for info in infos["Client"].values()]
    mine = [props for props in shown if props.get("application.name") == "pw-dump"]
    if not any(infos["Core"].values()) or not mine:
        message = "the answer of pw-dump is not whole"
        raise UnseenError(message)
    if any(props.get("pipewire.access") != "unrestricted" for props in mine):
        message = "PipeWire shows this session only a part"
        raise UnseenError(message)


def _node(number: int, info: Mapping[str, object], doubts: list[tuple[str, str]]) -> Node:
    props, state = _props(info), info.get("state")
    kind = props.get("media.class", "")
    if not isinstance(kind, str) or (kind and not _KIND.fullmatch(kind)):
        doubts.append(("", UNKNOWN))
    if near_miss("media.class", props) or state not in _NODE_STATES:
        doubts.append(("", UNKNOWN))
    return Node(number=number, kind=str(kind), state=str(state), props=props)


def _link(
    info: Mapping[str, object], nodes: Mapping[int, Node], doubts: list[tuple[str, str]]
) -> Link | None:
    """Return a link, or nothing for one that is not understood, which is then a doubt."""
    ends = [_end(info, side, nodes) for side in ("output", "input")]
    state = info.get("state")
    if state not in (*_FLOWING, *_RESTING, "init") or None in ends:
        doubts.append(("", UNKNOWN))
        return None
    source, taker = (node for node in ends if node)
    # A link begins so and stays so while the taker is not at work.
    flows = state in _FLOWING or (state == "init" and taker.state == "running")
    if flows:
        doubts += _doubts(source, taker)
    return Link(source=source, taker=taker, flows=flows)


def _doubts(source: Node, taker: Node) -> Iterator[tuple[str, str]]:
    """Yield what cannot be told of a link: programs without a kind may keep or hand on."""
    passes = "a program stands between, and what it does with the sound cannot be told"
    if not taker.kind and plays(source):
        yield "sound", passes
    if not source.kind and taker.kind.startswith("Stream/Input/Audio"):
        yield "sound", passes
        yield "microphone", passes
    if not source.kind and taker.kind.startswith("Stream/Input/Video"):
        yield "screen", "what a program watches cannot be told"
        yield "camera", "what a program watches cannot be told"
    if source.kind.startswith("Video/Source") and not is_camera(source):
        yield "camera", "a source of pictures is in use that may be a camera"


def _end(info: Mapping[str, object], side: str, nodes: Mapping[int, Node]) -> Node | None:
    """Return the node at one side of a link, which says it in two places."""
    number = info.get(f"{side}-node-id")
    again = _props(info).get(f"link.{side}.node", number)
    return nodes.get(number) if isinstance(number, int) and number == again else None


def _props(info: Mapping[str, object]) -> Mapping[str, object]:
    props = info.get("props")
    return props if isinstance(props, dict) else {}


def _defaults(infos: Mapping[int, Mapping[str, object]]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for info in infos.values():
        entries = info.get("metadata")
        if _props(info).get("metadata.name") == "default" and isinstance(entries, list):
            found |= {str(item.get("key")): item.get("value") for item in entries if _is_main(item)}
    return found


def _is_main(item: object) -> bool:
    return isinstance(item, dict) and item.get("subject") == 0


def _mutes(info: Mapping[str, object]) -> Iterator[bool]:
    params = info.get("params")
    props = params.get("Props") if isinstance(params, dict) else None
    for item in props if isinstance(props, list) else ():
        mute = item.get("mute") if isinstance(item, dict) else None
        if isinstance(mute, bool):
            yield mute
