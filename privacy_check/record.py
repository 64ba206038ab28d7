"""Frozen records, like frozen dataclasses with keyword arguments only, but cheap to define.

The standard `dataclass` writes and compiles source code for every class, at every start; that was
the largest part of a short run. The type checker treats both alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""An empty table, as a default."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Give a class with annotated fields its methods.

    Its objects are made with keyword arguments, cannot be changed, and are equal when their type
    and all fields are.
    """
    names = tuple(cls.__annotations__)
    wanted = frozenset(names)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}

    def __init__(self: T, **values: object) -> None:  # noqa: N807 - it becomes the method
        if values.keys() != wanted:
            values = {**defaults, **values}
            if values.keys() != wanted:
                wrong = ", ".join(sorted(values.keys() ^ wanted))
                message = f"{cls.__name__}: missing or unknown: {wrong}"
                raise TypeError(message)
        self.__dict__.update(values)

    methods = {
        "__init__": __init__,
        "__match_args__": (),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__eq__": _equal,
        "__hash__": _hash,
        "__repr__": _text,
        "_fields": names,
    }
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def replaced(old: T, **changes: object) -> T:
    """Return a record like another one but for some fields."""
    return type(old)(**{**vars(old), **changes})


def fields_of(kind: type[object]) -> tuple[str, ...]:
    """Return the names of a record's fields, in their order."""
    return tuple(getattr(kind, "_fields", ()))


def _refuse(self: object, name: str, value: object = None) -> NoReturn:
    message = f"{type(self).__name__} cannot be changed: {name}"
    raise AttributeError(message)


def _equal(self: object, other: object) -> bool:
    return type(self) is type(other) and vars(self) == vars(other)


def _hash(self: object) -> int:
    return hash(tuple(vars(self)[name] for name in fields_of(type(self))))


def _text(self: object) -> str:
    shown = (f"{name}={vars(self)[name]!r}" for name in fields_of(type(self)))
    return f"{type(self).__name__}({', '.join(shown)})"
