"""What a package of models is made of."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


@dataclass(slots=True, kw_only=True)
class ModelBase:
    """Base of all models. `additional_properties`: those that the documentation does
    not name, kept as they came, and sent."""

    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )


def lazy(package: str, table: str) -> tuple[Any, Any, list[str]]:
    """Returns `__getattr__`, `__dir__` and `__all__` of a package whose modules are
    read when their names are first used. `table`: "_jobs: Job State _pets: Cat"."""
    places: dict[str, str] = {}
    module = ""
    for word in table.split():
        if word.endswith(":"):
            module = f".{word[:-1]}"
        else:
            places[word] = module

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(places[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    names = sorted(places)
    return load, lambda: names, names
