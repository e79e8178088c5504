"""Old names that go on working: methods and classes that are called differently now."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    # Type checkers know this module; nothing imports it at run time.
    from typing_extensions import deprecated  # pyright: ignore[reportMissingModuleSource]
else:

    def deprecated(message: str) -> Callable[[Any], Any]:
        return lambda function: function


F = TypeVar("F")
C = TypeVar("C")


class Renamed(Generic[F]):
    """An old call path of a method. `method` returns the method, given the core of the
    client. The warning names the line that uses the old name."""

    def __init__(self, old: str, new: str, method: Callable[[Any], F]) -> None:
        self._message = f"{old} is now called {new}"
        self._method = method

    @deprecated("This is an old name: the warning when it is used states the new one.")
    def __get__(self, instance: Any, owner: type | None = None) -> F:
        if instance is None:  # a tool looks at the class
            return cast("F", self)
        warnings.warn(self._message, DeprecationWarning, stacklevel=2)
        return self._method(instance._core)


def of_client(methods: type[C], core: Any) -> C:
    """Returns the methods of the client itself on the core of one of its resources."""
    made = object.__new__(methods)
    vars(made)["_core"] = core
    return made


def with_aliases(
    package: str,
    lazy: tuple[Callable[[str], object], object, list[str]],
    deprecated: Mapping[str, str],
    alike: Mapping[str, str],
) -> tuple[Any, Any, list[str]]:
    """Returns `__getattr__`, `__dir__` and `__all__` of a package of models, which also
    has the classes by their old names. `lazy`: these three without. `deprecated`: new
    names by old ones, of which the use is warned of; `alike`: those that have joined
    another class that is equal."""
    load = lazy[0]

    def load_any(name: str) -> object:
        if name in deprecated:
            message = f"{package}.{name} is now called {package}.{deprecated[name]}"
            warnings.warn(message, DeprecationWarning, stacklevel=2)
            return load(deprecated[name])
        return load(alike.get(name, name))

    names = sorted([*lazy[2], *alike])
    return load_any, lambda: names, names
