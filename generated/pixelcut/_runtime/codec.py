"""Between parsed JSON and models: all of the codec that the rest of the client needs.

What is as described is converted by compiled functions that call each other. What these
refuse, or is nested too deeply for them, is converted once more, one level at a time,
which tells where it is not as described."""

from __future__ import annotations

import inspect
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar, assert_never

from . import codec_kinds as kinds
from .codec_compile import Mismatch, Part, converter
from .codec_kinds import EXTRA as EXTRA
from .codec_kinds import Names, name_of
from .codec_kinds import Tagged as Tagged
from .codec_kinds import UnknownVariant as UnknownVariant
from .codec_kinds import plan_of as plan_of
from .codec_write import TEXTS, one_level
from .errors import SchemaDriftWarning
from .params import compact_json


class CodecError(Exception):
    """A value is not as described. `pointer` is its JSON Pointer (RFC 6901)."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"{pointer!r}: {message}")
        self.pointer, self.message = pointer, message


class Codec:
    """Decodes and encodes the models of one package, e.g. "pixelcut.models". Cheap to
    make: what is compiled is kept for all codecs. Usable from several threads."""

    def __init__(self, models: str) -> None:
        self.package = models.rpartition(".")[0]
        self._names = Names(models)
        self._known: dict[Any, tuple[Part, Part]] = {}
        self.noted = defaultdict[str, set[tuple[str, str]]](set)  # see `enums.report`

    def decode(
        self, annotation: Any, value: Any, *, strict: bool = False, where: str = "it"
    ) -> Any:
        """Returns `value`, parsed JSON, as an instance of `annotation`, which is a type
        or the text of one, such as "list[Job]".

        A value that is not as described is kept as it came, a missing one is None, and
        one `SchemaDriftWarning` that starts with `where` names the first of them. When
        `strict`, CodecError is raised instead."""
        parts = self._known.get(annotation)
        if parts is None:
            kind = self._names.kind(annotation)
            parts = self._known[annotation] = Part(kind, False), Part(kind, True)
        try:
            return parts[0].convert(value)
        except (Mismatch, RecursionError):
            pass
        located = Located(strict, self.noted[where])
        result = located.converted(value, parts[1])
        if located.count:
            message = f"{where} is not as described: {located.summary()}"
            warn_of_drift(message, self.package)
        return result

    def empty(self, annotation: str) -> Any:
        """Returns the value of an empty response: a model with all fields None, an
        empty list, mapping or text. Raises CodecError for types that have none."""
        kind = self._names.kind(annotation)
        match kind:
            case kinds.Anything() | kinds.Nullable():
                return None
            case kinds.ListOf():
                return []
            case kinds.MapOf():
                return {}
            case kinds.Object(cls):
                value, plan = object.__new__(cls), plan_of(cls)
                for field in plan.fields:
                    setattr(value, field.name, None)
                if plan.extra is not None:
                    setattr(value, EXTRA, {})
                return value
            case kinds.Scalar(python=(only,)) if only is str:
                return ""
            case kinds.Scalar() | kinds.Const() | kinds.Tag() | kinds.OneOf():
                raise CodecError("", "the response is empty, but a value is described")
            case kinds.Later():
                return self.empty(kind.meant)
            case _:
                assert_never(kind)

    def encode(self, value: object) -> Any:
        """Returns `value` as `json.dumps` takes it: models, lists, mappings and
        scalars, nested as deeply as may be; UNSET is left out.
        Raises ValueError and TypeError, which begin with the JSON Pointer."""
        return Located(True, set()).converted(value, None)

    def json(self, value: object) -> str:
        """Returns JSON text. Raises as `encode`; ValueError for infinite numbers."""
        try:
            return TEXTS[value.__class__](value)
        except (Mismatch, RecursionError, ValueError):
            return compact_json(self.encode(value))


def warn_of_drift(message: str, package: str) -> None:
    """Warns, at the line that called into `package` (the generated client)."""
    own = __name__.rpartition(".")[0]
    inside = (f"{own}.", f"{package}.")
    frame, level = inspect.currentframe(), 1
    while frame and f"{frame.f_globals.get('__name__')}.".startswith(inside):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, SchemaDriftWarning, stacklevel=level)


Path: TypeAlias = "tuple[Path, str | int, int] | None"
"""Of a value: the path of what holds it, its key in that, and the number of keys."""

Put: TypeAlias = Callable[[Any, Any], object]
"""Takes a name or key, and the converted value for it."""

Items = TypeVar("Items", list[Any], dict[Any, Any])

DEEPEST = 20_000
"""Levels of a value to be sent: more are a circle, and more than JSON parsers take."""


def pointer_of(path: Path) -> str:
    """Returns the JSON Pointer (RFC 6901) of a path."""
    keys: list[str] = []
    while path is not None:
        path, key, _ = path
        keys.append("/" + str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(reversed(keys))


class Located:
    """The conversion of one value, level by level: parts wait on a stack, with their
    paths, until the level above is done, so that nothing is nested too deeply for it.

    `count` values are not as described; `drifts` are the pointers and messages of the
    first three. If `strict`, the first is an error. `noted` are places with values."""

    def __init__(self, strict: bool, noted: set[tuple[str, str]]) -> None:
        self.strict, self.noted = strict, noted
        self.drifts: list[tuple[str, str]] = []
        self.count = 0
        self.path: Path = None
        self._todo: list[tuple[Any, Path, Part | None, Put, Any]] = []

    def converted(self, value: object, part: Part | None) -> Any:
        """Returns `value`, converted: read as `part`, or written if that is None.
        Raises CodecError; ValueError, TypeError."""
        done: dict[str, Any] = {}
        self._todo.append((value, None, part, done.__setitem__, ""))
        while self._todo:
            value, self.path, part, put, name = self._todo.pop()
            mark = len(self._todo)
            put(name, self._read(value, part) if part else self._written(value))
            # What was added comes next, in the order of the document.
            self._todo[mark:] = reversed(self._todo[mark:])
        return done[""]

    def later(
        self, value: Any, key: str, part: Part | None, put: Put, name: str
    ) -> None:
        """Converts what is at `key` later, and then hands it to `put` with `name`."""
        put(name, None)  # keeps its place
        self._todo.append((value, self._below(key), part, put, name))

    def fill(self, part: Part | None, items: Items) -> Items:
        """Returns the container `items`, of which all is converted later."""
        pairs: Iterable[tuple[Any, Any]]
        pairs = items.items() if isinstance(items, dict) else enumerate(items)
        put = items.__setitem__
        self._todo += [(i, self._below(key), part, put, key) for key, i in pairs]
        return items

    def note(self, message: str, *key: str) -> None:
        """Takes note that this value, or what is at `key`, is not as described."""
        path = self._below(*key) if key else self.path
        self.count += 1
        if self.strict:
            raise CodecError(pointer_of(path), message)
        if len(self.drifts) < 3:
            self.drifts.append((pointer_of(path), message))

    def summary(self) -> str:
        """Returns the drifts in one line."""
        shown = "; ".join(f"{pointer!r}: {message}" for pointer, message in self.drifts)
        more = self.count - len(self.drifts)
        return f"{shown}; and {more} more" if more else shown

    def _below(self, key: str | int) -> Path:
        return self.path, key, 1 if self.path is None else self.path[2] + 1

    def _read(self, value: Any, part: Part) -> Any:
        if isinstance(part.kind, kinds.Object) and self.path and self.path[2] < 4:
            with suppress(Mismatch, RecursionError):  # most items are as described
                return converter(part.kind, False)(value)
        try:
            return part.convert(value, self)
        except Mismatch as mismatch:
            expected, *wrong = mismatch.args
        if value.__class__ is float and value.is_integer():
            with suppress(Mismatch):
                return part.convert(int(value), self)  # 1.0 is an integer
        found = name_of(value)
        if wrong:
            found = f"another {found.split()[-1]}"
        self.note(f"expected {expected}, got {found}")
        return value

    def _written(self, value: Any) -> Any:
        try:
            if self.path is not None and self.path[2] > DEEPEST:
                fault = "it contains itself, or is nested too deeply to be sent"
                raise Mismatch("less", ValueError(fault))
            return one_level(value, self)
        except Mismatch as mismatch:
            error = mismatch.args[1]
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{pointer_of(self.path)!r}: {error}") from None
