"""Asks BlueZ whether this computer shows itself to others, and whether sound goes out by radio.

No name and no address of a device leaves this module.
"""

from __future__ import annotations

from collections.abc import Iterator

from privacy_check.machine.interface import BusQuestion, MissingError, NoBusError, UnseenError
from privacy_check.machine.window import Window
from privacy_check.readers.boxes import must_see_the_computer
from privacy_check.readers.raw import Found, Look
from privacy_check.rulebook.reads import Bluetooth

_BLUEZ = "org.bluez"
_ADAPTER = "org.bluez.Adapter1"
_DEVICE = "org.bluez.Device1"
_QUESTION = BusQuestion(
    bus="system",
    name=_BLUEZ,
    path="/",
    interface="org.freedesktop.DBus.ObjectManager",
    member="GetManagedObjects",
)
_KERNEL = "/sys/class/bluetooth"
_NO_ADAPTER = "no Bluetooth adapter is here"
_PLAYS_SOUND = ("00001108-", "0000110b-", "0000111e-", "0000184e-")
"""What a device says of itself that can play sound: headset, stereo, hands-free, LE Audio."""


def read(wanted: Bluetooth, look: Look) -> Found:
    """Return `visible`, `hidden` or `off`; or `connected` or `none`."""
    objects = _objects(look.window)
    adapters = list(_with(objects, _ADAPTER))
    if not adapters:
        if look.window.exists(_KERNEL) and look.window.names(_KERNEL):
            message = "the kernel has an adapter of which BlueZ does not tell"
            raise UnseenError(message)
        raise MissingError(_NO_ADAPTER)
    raw = _visible(adapters) if wanted.state == "visible" else _sound(objects)
    return Found(raw=raw, where=_BLUEZ, as_of=look.window.machine.now())


def _objects(window: Window) -> dict[object, object]:
    try:
        body = window.ask(_QUESTION)
    except (MissingError, NoBusError) as error:
        _must_have_no_adapter(window, str(error))
        raise MissingError(_NO_ADAPTER) from None
    if len(body) != 1 or not isinstance(body[0], dict):
        raise _unknown_form()
    return body[0]


def _must_have_no_adapter(window: Window, reason: str) -> None:
    """Refuse where the kernel has an adapter that nobody tells of, or may have one."""
    must_see_the_computer(window)
    if not window.exists("/sys/class"):
        message = "the kernel's list of devices is not there"
        raise UnseenError(message)
    if window.exists(_KERNEL) and window.names(_KERNEL):
        raise UnseenError(reason)


def _with(objects: dict[object, object], interface: str) -> Iterator[dict[object, object]]:
    """Yield the properties of all objects that have an interface."""
    for interfaces in objects.values():
        if not isinstance(interfaces, dict):
            raise _unknown_form()
        if interface in interfaces:
            properties = interfaces[interface]
            if not isinstance(properties, dict):
                raise _unknown_form()
            yield properties


def _visible(adapters: list[dict[object, object]]) -> str:
    on = [adapter for adapter in adapters if _switch(adapter, "Powered")]
    if any(_switch(adapter, "Discoverable") for adapter in on):
        return "visible"
    return "hidden" if on else "off"


def _sound(objects: dict[object, object]) -> str:
    connected = [device for device in _with(objects, _DEVICE) if _switch(device, "Connected")]
    return "connected" if any(_plays_sound(device) for device in connected) else "none"


def _plays_sound(device: dict[object, object]) -> bool:
    icon = _plain(device.get("Icon", ""))
    services = _plain(device.get("UUIDs", []))
    if not isinstance(icon, str) or not isinstance(services, list):
        raise _unknown_form()
    names = [name.lower() for name in services if isinstance(name, str)]
    return icon.startswith("audio-") or any(name.startswith(_PLAYS_SOUND) for name in names)


def _switch(properties: dict[object, object], name: str) -> bool:
    value = _plain(properties.get(name))
    if not isinstance(value, bool):
        raise _unknown_form()
    return value


def _plain(value: object) -> object:
    """Return the value of a variant, which comes with its type."""
    if isinstance(value, tuple | list) and len(value) == 2 and value[0] in ("as", "b", "s"):
        return value[1]
    return value


def _unknown_form() -> UnseenError:
    return UnseenError("BlueZ gave an answer of an unknown form")
