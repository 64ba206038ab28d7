"""Looks who takes sound or pictures through PipeWire now, and whether the microphone is muted.

`pw-dump` says what is linked to what. It is asked only where PipeWire runs already, since to ask
would start it. Who takes from a source is told by the links that carry something, not by what a
program calls itself; a part of the graph that is not understood makes the answer unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privacy_check.machine.interface import MissingError, UnseenError
from privacy_check.readers.pipewire_graph import (
    Graph,
    Link,
    Node,
    graph_of,
    is_camera,
    is_microphone,
    plays,
    shows,
)
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Pipewire

_RECORDERS = "recorders"
_WHERE = "PipeWire"
_METER = "only a level meter takes it, like one in the sound settings"


def read(wanted: Pipewire, look: Look) -> Found:
    """Return `in-use`, `free` or `metered`; for `mute`, `muted` or `open`."""
    _must_run(look)
    graph = look.window.once("pipewire", lambda: graph_of(_printed(look)))
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


def _must_be_sure(graph: Graph, streams: str, look: Look) -> None:
    """Refuse to say that nothing takes where something may."""
    for about, reason in graph.doubts:
        if about in ("", streams):
            raise UnseenError(reason)
    if streams in ("microphone", "sound") and _runs("pulseaudio", look):
        message = "PulseAudio runs as well, and what it records cannot be read"
        raise UnseenError(message)
    ends = {"microphone": is_microphone, "camera": is_camera, "sound": plays}
    if streams in ends and not any(ends[streams](node) for node in graph.nodes.values()):
        name = "loudspeaker" if streams == "sound" else streams
        message = f"PipeWire knows no {name}"
        raise MissingError(message)
    for node in graph.nodes.values():
        if node.state == "running" and _is_cut_off(node, streams, graph):
            message = "something is at work there that is linked to nothing we can see"
            raise UnseenError(message)


def _is_cut_off(node: Node, streams: str, graph: Graph) -> bool:
    """Say whether a node at work has no link, though it should have one."""
    media = "Audio" if streams in ("microphone", "sound") else "Video"
    if node.kind.startswith(f"Stream/Input/{media}"):
        return not any(link.taker == node for link in graph.links)
    ends = {"microphone": is_microphone, "camera": is_camera}
    if streams in ends and ends[streams](node):
        return not node.group and not any(
            link.source == node and link.flows for link in graph.links
        )
    return False


Takers = tuple[list[Node], bool]
"""Who takes something, and whether a level meter does."""


def _microphone(graph: Graph) -> Takers:
    return _sorted(graph, [link for link in graph.links if is_microphone(link.source)])


def _sound(graph: Graph) -> Takers:
    """Return who takes what is played: from a loudspeaker, a program, or a source fed by these."""
    fed = {node.number for node in graph.nodes.values() if _is_fed(node, graph)}
    links = [
        link
        for link in graph.links
        if (plays(link.source) or link.source.number in fed) and not _plays_on(link.taker, graph)
    ]
    return _sorted(graph, links)


def _plays_on(node: Node, graph: Graph) -> bool:
    """Say whether a node is a loudspeaker, or the door of a passage to one, or not known."""
    return not node.kind or plays(node) or any(map(plays, _partners(node, graph)))


def _camera(graph: Graph) -> Takers:
    return [link.taker for link in graph.links if link.flows and is_camera(link.source)], False


def _screen(graph: Graph) -> Takers:
    links = [link for link in graph.links if link.flows and shows(link.source)]
    return [link.taker for link in links if not is_camera(link.source)], False


_TAKERS = {"microphone": _microphone, "sound": _sound, "camera": _camera, "screen": _screen}


def _sorted(graph: Graph, links: Iterable[Link]) -> Takers:
    """Return the programs at the end of links, and whether there are level meters.

    Who only hands on to a source is none of them: those who take from that source are looked at
    in their turn.
    """
    ends = [link.taker for link in links if link.flows and not _hands_on(link.taker, graph)]
    return [node for node in ends if not node.meters], any(node.meters for node in ends)


def _hands_on(node: Node, graph: Graph) -> bool:
    """Say whether a node only carries sound on to where it is looked at again."""
    if node.kind.startswith("Audio/Source"):
        return True
    return any(other.kind.startswith("Audio/Source") for other in _partners(node, graph))


def _partners(node: Node, graph: Graph) -> Iterator[Node]:
    for other in graph.nodes.values():
        if node.group and other.group == node.group and other != node:
            yield other


def _is_fed(node: Node, graph: Graph) -> bool:
    """Say whether a source gives what is played rather than what a microphone hears."""
    if not node.kind.startswith("Audio/Source"):
        return False
    doors = {node.number, *(other.number for other in _partners(node, graph))}
    return any(plays(link.source) and link.taker.number in doors for link in graph.links)


def _names(node: Node, graph: Graph, look: Look) -> Iterator[str]:
    """Yield the name of a taker's program, if it is on our list of recorders."""
    number = node.props.get("client.id")
    client = graph.clients.get(number, {}) if isinstance(number, int) else {}
    key = "application.process.binary"
    seen = (node.props.get(key), client.get(key))
    listed = look.programs.get(_RECORDERS)
    for program in listed.programs if listed else ():
        if not program.arguments and any(name in seen for name in program.processes):
            yield program.name


def _mute(graph: Graph, look: Look) -> Found:
    """Return whether the microphone in use is muted in the sound system."""
    if not any(is_microphone(node) for node in graph.nodes.values()):
        message = "PipeWire knows no microphone"
        raise MissingError(message)
    if _runs("pulseaudio", look):
        message = "PulseAudio runs as well, and may use another microphone"
        raise UnseenError(message)
    chosen = graph.defaults.get("default.audio.source")
    name = chosen.get("name") if isinstance(chosen, dict) else None
    nodes = [node for node in graph.nodes.values() if name and node.props.get("node.name") == name]
    if len(nodes) != 1 or not is_microphone(nodes[0]):
        message = "which microphone is in use cannot be told"
        raise UnseenError(message)
    said = set(graph.mutes.get(nodes[0].number, ()))
    if len(said) != 1:
        message = "the microphone in use does not say whether it is muted"
        raise UnseenError(message)
    raw = "muted" if said.pop() else "open"
    return Found(raw=raw, where=_WHERE, as_of=look.window.machine.now())
