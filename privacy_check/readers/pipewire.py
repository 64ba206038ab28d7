"""Looks who takes sound or pictures through PipeWire now, and whether the microphone is muted.

`pw-dump` says what is linked to what. It is asked only where PipeWire runs already, since to ask
would start it. Who takes from a source is told by the links that carry something, not by what a
program calls itself; a part of the graph that is not understood makes the answer unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.raw import Found, Look, near_miss
from privacy_check.record import record
from privacy_check.rulebook.reads import Pipewire

if TYPE_CHECKING:
    from json import JSONDecoder

_PREFIX = "PipeWire:Interface:"
_TYPES = (
    *("Client", "ClientEndpoint", "ClientNode", "ClientSession", "Core", "Device", "Endpoint"),
    *("EndpointLink", "EndpointStream", "Factory", "Link", "Metadata", "Module", "Node", "Port"),
    *("Profiler", "Registry", "SecurityContext", "Session"),
)
_FLOWING = ("active", "allocating", "negotiating")
_RESTING = ("error", "paused", "unlinked")
_NODE_STATES = ("creating", "error", "idle", "running", "suspended")
_KIND = re.compile(
    r"(?P<media>Audio|Video|Midi)/(?P<end>Source|Sink|Duplex|Bridge)(/(Virtual|Internal))?"
    r"|Stream/(?P<way>Input|Output)/(?P<stream>Audio|Video|Midi)(/(Virtual|Internal))?"
)
_CAMERA_DRIVERS = ("v4l2", "libcamera")
_RECORDERS = "recorders"
_WHERE = "PipeWire"
_METER = "only a level meter takes it, like one in the sound settings"


@record
class _Node:
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
class _Link:
    """A link that is there; `flows` says whether it carries something."""

    source: _Node
    taker: _Node
    flows: bool


@record
class _Graph:
    """What runs now; `doubts` tell what is not understood, and of which kind of streams."""

    nodes: Mapping[int, _Node]
    links: tuple[_Link, ...]
    clients: Mapping[int, Mapping[str, object]]
    defaults: Mapping[str, object]
    mutes: Mapping[int, tuple[bool, ...]]
    doubts: tuple[tuple[str, str], ...]


def read(wanted: Pipewire, look: Look) -> Found:
    """Return `in-use`, `free` or `metered`; for `mute`, `muted` or `open`."""
    _must_run(look)
    graph = look.window.once("pipewire", lambda: _graph(_printed(look)))
    if wanted.streams == "mute":
        return _mute(graph, look)
    takers, meters = _TAKERS[wanted.streams](graph)
    if not takers:
        _must_be_sure(graph, wanted.streams, look)
    return Found(
        raw="in-use" if takers else "metered" if meters else "free",
        where=_WHERE,
        as_of=look.window.machine.now(),
        names=tuple(sorted({name for node in takers for name in _names(node, graph, look)})),
        count=len({node.props.get("client.id", node.number) for node in takers}),
        note=_METER if meters and not takers else "",
    )


def _printed(look: Look) -> bytes:
    try:
        return look.window.command("pw-dump")
    except MissingError as error:
        message = f"PipeWire runs, but {error}"
        raise UnseenError(message) from None


def _must_run(look: Look) -> None:
    """Refuse to ask where PipeWire does not run, or where another one would answer."""
    machine = look.window.machine
    if not machine.live:
        message = "only the running computer can tell"
        raise UnseenError(message)
    if machine.environment("PIPEWIRE_REMOTE") or machine.environment("PIPEWIRE_RUNTIME_DIR"):
        message = "this session uses a PipeWire of its own"
        raise UnseenError(message)
    if not _runs("pipewire", look):
        message = "PipeWire is not running"
        raise MissingError(message)
    folder = machine.environment("XDG_RUNTIME_DIR") or f"/run/user/{machine.user}"
    if not look.window.exists(f"{folder.rstrip('/')}/pipewire-0"):
        message = "PipeWire runs, but cannot be asked from this session"
        raise UnseenError(message)


def _runs(name: str, look: Look) -> bool:
    """Say whether this account runs the server itself, not a helper like `pipewire-pulse`."""
    processes = look.window.processes()
    helper = f"{name}-"
    for process in processes.seen:
        helps = any(item.startswith(helper) for item in process.names)
        if process.own and name in process.names and not helps:
            return True
    if not processes.own_whole:
        message = "not all running programs can be seen from here"
        raise UnseenError(message)
    return False


def _must_be_sure(graph: _Graph, streams: str, look: Look) -> None:
    """Refuse to say that nothing takes where something may."""
    for about, reason in graph.doubts:
        if about in ("", streams):
            raise UnseenError(reason)
    if streams in ("microphone", "sound") and _runs("pulseaudio", look):
        message = "PulseAudio runs as well, and what it records cannot be read"
        raise UnseenError(message)
    ends = {"microphone": _is_microphone, "camera": _is_camera, "sound": _plays}
    if streams in ends and not any(ends[streams](node) for node in graph.nodes.values()):
        name = "loudspeaker" if streams == "sound" else streams
        message = f"PipeWire knows no {name}"
        raise MissingError(message)
    for node in graph.nodes.values():
        if node.state == "running" and _is_cut_off(node, streams, graph):
            message = "something is at work there that is linked to nothing we can see"
            raise UnseenError(message)


def _is_cut_off(node: _Node, streams: str, graph: _Graph) -> bool:
    """Say whether a node at work has no link, though it should have one."""
    media = "Audio" if streams in ("microphone", "sound") else "Video"
    if node.kind.startswith(f"Stream/Input/{media}"):
        return not any(link.taker == node for link in graph.links)
    ends = {"microphone": _is_microphone, "camera": _is_camera}
    if streams in ends and ends[streams](node):
        return not node.group and not any(
            link.source == node and link.flows for link in graph.links
        )
    return False


Takers = tuple[list[_Node], bool]
"""Who takes something, and whether a level meter does."""


def _microphone(graph: _Graph) -> Takers:
    return _sorted(graph, [link for link in graph.links if _is_microphone(link.source)])


def _sound(graph: _Graph) -> Takers:
    """Return who takes what is played: from a loudspeaker, a program, or a source fed by these."""
    fed = {node.number for node in graph.nodes.values() if _is_fed(node, graph)}
    links = [
        link
        for link in graph.links
        if (_plays(link.source) or link.source.number in fed) and not _plays_on(link.taker, graph)
    ]
    return _sorted(graph, links)


def _plays_on(node: _Node, graph: _Graph) -> bool:
    """Say whether a node is a loudspeaker, or the door of a passage to one, or not known."""
    return not node.kind or _plays(node) or any(map(_plays, _partners(node, graph)))


def _camera(graph: _Graph) -> Takers:
    return [link.taker for link in graph.links if link.flows and _is_camera(link.source)], False


def _screen(graph: _Graph) -> Takers:
    links = [link for link in graph.links if link.flows and _shows(link.source)]
    return [link.taker for link in links if not _is_camera(link.source)], False


_TAKERS = {"microphone": _microphone, "sound": _sound, "camera": _camera, "screen": _screen}


def _sorted(graph: _Graph, links: Iterable[_Link]) -> Takers:
    """Return the programs at the end of links, and whether there are level meters.

    Who only hands on to a source is none of them: those who take from that source are looked at
    in their turn.
    """
    ends = [link.taker for link in links if link.flows and not _hands_on(link.taker, graph)]
    return [node for node in ends if not node.meters], any(node.meters for node in ends)


def _hands_on(node: _Node, graph: _Graph) -> bool:
    """Say whether a node only carries sound on to where it is looked at again."""
    if node.kind.startswith("Audio/Source"):
        return True
    return any(other.kind.startswith("Audio/Source") for other in _partners(node, graph))


def _partners(node: _Node, graph: _Graph) -> Iterator[_Node]:
    for other in graph.nodes.values():
        if node.group and other.group == node.group and other != node:
            yield other


def _is_fed(node: _Node, graph: _Graph) -> bool:
    """Say whether a source gives what is played rather than what a microphone hears."""
    if not node.kind.startswith("Audio/Source"):
        return False
    doors = {node.number, *(other.number for other in _partners(node, graph))}
    return any(_plays(link.source) and link.taker.number in doors for link in graph.links)


def _is_microphone(node: _Node) -> bool:
    return node.kind.startswith(("Audio/Source", "Audio/Duplex"))


def _plays(node: _Node) -> bool:
    return node.kind.startswith(("Audio/Sink", "Audio/Duplex", "Stream/Output/Audio"))


def _shows(node: _Node) -> bool:
    return node.kind.startswith(("Video/Source", "Stream/Output/Video"))


def _is_camera(node: _Node) -> bool:
    by_driver = node.props.get("device.api") in _CAMERA_DRIVERS
    by_role = node.props.get("media.role") == "Camera"
    return node.kind.startswith("Video/Source") and (by_driver or by_role)


def _names(node: _Node, graph: _Graph, look: Look) -> Iterator[str]:
    """Yield the name of a taker's program, if it is on our list of recorders."""
    number = node.props.get("client.id")
    client = graph.clients.get(number, {}) if isinstance(number, int) else {}
    key = "application.process.binary"
    seen = (node.props.get(key), client.get(key))
    listed = look.programs.get(_RECORDERS)
    for program in listed.programs if listed else ():
        if not program.arguments and any(name in seen for name in program.processes):
            yield program.name


def _mute(graph: _Graph, look: Look) -> Found:
    """Return whether the microphone in use is muted in the sound system."""
    if not any(_is_microphone(node) for node in graph.nodes.values()):
        message = "PipeWire knows no microphone"
        raise MissingError(message)
    if _runs("pulseaudio", look):
        message = "PulseAudio runs as well, and may use another microphone"
        raise UnseenError(message)
    chosen = graph.defaults.get("default.audio.source")
    name = chosen.get("name") if isinstance(chosen, dict) else None
    nodes = [node for node in graph.nodes.values() if name and node.props.get("node.name") == name]
    if len(nodes) != 1 or not _is_microphone(nodes[0]):
        message = "which microphone is in use cannot be told"
        raise UnseenError(message)
    said = set(graph.mutes.get(nodes[0].number, ()))
    if len(said) != 1:
        message = "the microphone in use does not say whether it is muted"
        raise UnseenError(message)
    raw = "muted" if said.pop() else "open"
    return Found(raw=raw, where=_WHERE, as_of=look.window.machine.now())


def _graph(printed: bytes) -> _Graph:
    """Return what `pw-dump` printed.

    Raises:
        UnseenError: When it is not whole, or not what PipeWire shows a program that may see all.
    """
    infos = _infos(printed)
    _must_show_all(infos)
    doubts: list[tuple[str, str]] = []
    nodes = {number: _node(number, info, doubts) for number, info in infos["Node"].items()}
    links = [_link(info, nodes, doubts) for info in infos["Link"].values()]
    return _Graph(
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
            raise UnseenError(_UNKNOWN)
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
            raise UnseenError(_UNKNOWN)
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
        raise UnseenError(_UNKNOWN)
    name, number = item.get("type"), item.get("id")
    if not isinstance(name, str) or type(number) is not int or not name.startswith(_PREFIX):
        raise UnseenError(_UNKNOWN)
    kind = name.removeprefix(_PREFIX)
    if kind not in _TYPES and any(near_miss(known, (kind,)) for known in _TYPES):
        raise UnseenError(_UNKNOWN)
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


def _node(number: int, info: Mapping[str, object], doubts: list[tuple[str, str]]) -> _Node:
    props, state = _props(info), info.get("state")
    kind = props.get("media.class", "")
    if not isinstance(kind, str) or (kind and not _KIND.fullmatch(kind)):
        doubts.append(("", _UNKNOWN))
    if near_miss("media.class", props) or state not in _NODE_STATES:
        doubts.append(("", _UNKNOWN))
    return _Node(number=number, kind=str(kind), state=str(state), props=props)


def _link(
    info: Mapping[str, object], nodes: Mapping[int, _Node], doubts: list[tuple[str, str]]
) -> _Link | None:
    """Return a link, or nothing for one that is not understood, which is then a doubt."""
    ends = [_end(info, side, nodes) for side in ("output", "input")]
    state = info.get("state")
    if state not in (*_FLOWING, *_RESTING, "init") or None in ends:
        doubts.append(("", _UNKNOWN))
        return None
    source, taker = (node for node in ends if node)
    # A link begins so and stays so while the taker is not at work.
    flows = state in _FLOWING or (state == "init" and taker.state == "running")
    if flows:
        doubts += _doubts(source, taker)
    return _Link(source=source, taker=taker, flows=flows)


def _doubts(source: _Node, taker: _Node) -> Iterator[tuple[str, str]]:
    """Yield what cannot be told of a link: programs without a kind may keep or hand on."""
    passes = "a program stands between, and what it does with the sound cannot be told"
    if not taker.kind and _plays(source):
        yield "sound", passes
    if not source.kind and taker.kind.startswith("Stream/Input/Audio"):
        yield "sound", passes
        yield "microphone", passes
    if not source.kind and taker.kind.startswith("Stream/Input/Video"):
        yield "screen", "what a program watches cannot be told"
        yield "camera", "what a program watches cannot be told"
    if source.kind.startswith("Video/Source") and not _is_camera(source):
        yield "camera", "a source of pictures is in use that may be a camera"


def _end(info: Mapping[str, object], side: str, nodes: Mapping[int, _Node]) -> _Node | None:
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


_UNKNOWN = "PipeWire answers in a form that we do not know"
