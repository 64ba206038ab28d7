"""Looks whether the network goes through a private tunnel (a VPN).

The kernel names WireGuard and tun devices; NetworkManager, where it runs, names its VPNs. No
address and no name of a connection leaves this module.
"""

from __future__ import annotations

import re

from privacy_check.machine.interface import MissingError, NoBusError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.boxes import must_see_the_network
from privacy_check.readers.bus import question, unboxed
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Bus, Network

_DEVICES = "/sys/class/net"
_TUNNELS = {"DEVTYPE=wireguard", "DEVTYPE=ovpn", "DEVTYPE=ovpn-dco"}
_UP = 0x1
_TUN = 0x1
_MANAGER = "org.freedesktop.NetworkManager"
_OBJECT = "/org/freedesktop/NetworkManager"
_ACTIVE = f"{_MANAGER}.Connection.Active"
_MOST_CONNECTIONS = 64
_STRANGE = "the kernel's file has an unexpected form"


def read(wanted: Network, look: Look) -> Found:
    """Return `active` or `none`."""
    window = look.window
    must_see_the_network(window)
    where = "network devices"
    active = any(_is_tunnel(window, name) for name in _devices(window))
    if not active and _manager_has_one(window):
        active, where = True, _MANAGER
    return Found(raw="active" if active else "none", where=where, as_of=window.machine.now())


def _devices(window: Window) -> tuple[str, ...]:
    names = window.names(_DEVICES) if window.exists(_DEVICES) else ()
    if "lo" not in names:
        message = "the kernel's list of network devices is not there"
        raise UnseenError(message)
    return names


def _is_tunnel(window: Window, name: str) -> bool:
    """Say whether a device is a tunnel's (WireGuard, OpenVPN, tun) that is switched on."""
    folder = f"{_DEVICES}/{name}"
    if not window.exists(f"{folder}/uevent"):
        return False  # not a device: the bonding driver keeps a file of its own here
    told = window.text(f"{folder}/uevent").split("\n")
    if f"INTERFACE={name}" not in told or told[-1]:
        raise UnseenError(_STRANGE)
    kind = bool(_TUNNELS.intersection(told))
    if not kind and window.exists(f"{folder}/tun_flags"):
        kind = bool(_number(window, f"{folder}/tun_flags") & _TUN)
    return kind and bool(_number(window, f"{folder}/flags") & _UP)


def _number(window: Window, path: str) -> int:
    text = window.text(path)
    if not re.fullmatch(r"0x[0-9a-f]+\n", text):
        raise UnseenError(_STRANGE)
    return int(text, 16)


def _manager_has_one(window: Window) -> bool:
    """Say whether NetworkManager has an active VPN; no where it does not run."""
    try:
        active = _property(window, _OBJECT, _MANAGER, "ActiveConnections")
    except (MissingError, NoBusError):
        return False
    if not isinstance(active, list) or len(active) > _MOST_CONNECTIONS:
        message = "NetworkManager gave an answer of an unknown form"
        raise UnseenError(message)
    return any(_is_vpn(window, path) for path in active)


def _is_vpn(window: Window, path: object) -> bool:
    if not isinstance(path, str) or not path.startswith(f"{_OBJECT}/ActiveConnection/"):
        message = "NetworkManager gave an answer of an unknown form"
        raise UnseenError(message)
    vpn = _property(window, path, _ACTIVE, "Vpn")
    kind = _property(window, path, _ACTIVE, "Type")
    if not isinstance(vpn, bool) or not isinstance(kind, str):
        message = "NetworkManager gave an answer of an unknown form"
        raise UnseenError(message)
    return vpn or kind in ("vpn", "wireguard")


def _property(window: Window, path: str, interface: str, name: str) -> object:
    wanted = Bus(bus="system", name=_MANAGER, path=path, interface=interface, property=name)
    body = window.ask(question(wanted))
    return unboxed(body[0]) if len(body) == 1 else None
