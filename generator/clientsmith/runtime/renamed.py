"""Old call paths of methods that go on working."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    # Type checkers know this module; pyright warns where it is not installed, which is
    # no fault: it is never imported.
    from typing_extensions import deprecated  # pyright: ignore
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
