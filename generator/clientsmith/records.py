"""A `dataclass` that is cheap to define: a run defines over a hundred classes, and most runs are short.

The standard decorator compiles six functions for each class, which costs a small package more than all stages do. This
one compiles `__init__` alone. Type checkers see the standard one, so they check that nothing is assigned to what is
frozen: no check of it is made at run time, which would make instances three times as slow to create.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:
    from operator import attrgetter

    def replace(record, /, **changes):
        """Returns a copy of a record with other values, as `dataclasses.replace` does, four times as fast."""
        cls = record.__class__
        copy = object.__new__(cls)
        for name in cls.__dataclass_fields__:
            setattr(copy, name, changes.pop(name) if name in changes else getattr(record, name))
        if changes:
            raise TypeError(f"{cls.__qualname__} has no {', '.join(changes)}")
        return copy

    def dataclass(*, frozen=False, slots=True, eq=True):
        """Returns a decorator that does what `dataclasses.dataclass` does with these arguments."""

        def decorated(cls):
            # Gathers the fields of the class and its bases, and compiles nothing.
            cls = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
            fields = dataclasses.fields(cls)
            cls.__init__ = _init_of(cls, fields)
            cls.__repr__ = _repr_of(fields)
            if eq:
                names = [field.name for field in fields if field.compare]
                # Without a name, there is nothing to get.
                values = attrgetter(*names) if names else lambda record: ()
                cls.__eq__ = _eq_of(values)
                cls.__hash__ = (lambda self: hash(values(self))) if frozen else None
            return cls

        return decorated

    def _init_of(cls, fields):
        positional, keyword, assignments = [], [], []
        scope = {}
        for field in fields:
            name = value = parameter = field.name
            if field.default_factory is not dataclasses.MISSING:
                scope |= {"MISSING": dataclasses.MISSING, f"new_{name}": field.default_factory}
                parameter, value = f"{name}=MISSING", f"new_{name}() if {name} is MISSING else {name}"
            elif field.default is not dataclasses.MISSING:
                scope[f"default_{name}"] = field.default
                parameter = f"{name}=default_{name}"
            (keyword if field.kw_only else positional).append(parameter)
            assignments.append(f" self.{name} = {value}\n")
        parameters = ", ".join(["self", *positional, *(["*", *keyword] if keyword else [])])
        exec(f"def __init__({parameters}):\n{''.join(assignments) or ' pass'}", scope)
        init = scope["__init__"]
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        return init

    def _repr_of(fields):
        names = [field.name for field in fields if field.repr]

        def __repr__(self):
            values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{type(self).__qualname__}({values})"

        return __repr__

    def _eq_of(values):
        def __eq__(self, other):
            return values(self) == values(other) if type(other) is type(self) else NotImplemented

        return __eq__
