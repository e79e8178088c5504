"""Old names of classes of the models that go on working."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping
from typing import Any


def with_aliases(
    package: str,
    lazy: tuple[Callable[[str], object], object, list[str]],
    deprecated: Mapping[str, str],
    alike: Mapping[str, str],
) -> tuple[Any, Any, list[str]]:
    """Returns `__getattr__`, `__dir__` and `__all__` of a package of models, which also
    has classes by their old names. `lazy`: these three without. `deprecated`: new names
    by old ones, of which the use is warned of; `alike`: those of classes that have
    become another one."""
    load, _, names = lazy

    def load_any(name: str) -> object:
        if name in deprecated:
            message = f"{package}.{name} is now called {package}.{deprecated[name]}"
            # `from ... import` asks twice, at first whether there is such a module.
            frame = inspect.currentframe()
            caller = frame.f_back if frame is not None else None
            if caller is None or caller.f_code.co_name != "_handle_fromlist":
                warnings.warn(message, DeprecationWarning, stacklevel=2)
            return load(deprecated[name])
        return load(alike.get(name, name))

    public = sorted([*names, *alike])
    return load_any, lambda: public, public
