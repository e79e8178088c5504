"""Models, each module loaded when one of its names is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._animals import Animal as Animal
    from ._animals import Cat as Cat
    from ._animals import Dog as Dog
    from ._animals import Guest as Guest
    from ._animals import Stray as Stray
    from ._owners import Owner as Owner
    from ._shapes import Circle as Circle
    from ._shapes import Drawing as Drawing
    from ._shapes import Group as Group
    from ._shapes import Json as Json
    from ._shapes import Note as Note
    from ._shapes import Shape as Shape
    from ._shapes import Square as Square
    from ._things import Everything as Everything
    from ._things import Hostile as Hostile
    from ._things import Node as Node
    from ._things import Sent as Sent
    from ._things import Strict as Strict
    from ._things import Typed as Typed
else:
    _MODULES = {
        "_animals": ("Animal", "Cat", "Dog", "Guest", "Stray"),
        "_owners": ("Owner",),
        "_shapes": ("Circle", "Drawing", "Group", "Json", "Note", "Shape", "Square"),
        "_things": ("Everything", "Hostile", "Node", "Sent", "Strict", "Typed"),
    }

    def __getattr__(name):
        import importlib

        for module, names in _MODULES.items():
            if name in names:
                return getattr(importlib.import_module(f".{module}", __name__), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
