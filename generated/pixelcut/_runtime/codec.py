"""Part of the runtime of a generated client. 0BSD: use it as you like.

Between parsed JSON and models: the one part of the codec that the rest of the client sees.

    codec = Codec("pixelcut.models")
    job = codec.decode("TryOnJob", json.loads(content), where="try-on-job-status")
    json.dumps(codec.encode(job))

What is as described is decoded by compiled code; anything else is decoded again with the path at hand, so that a
warning or an error can name it:

    codec_types     shapes: what a value may be          codec_compile   decoders and encoders as straight-line code,
    codec_plans     annotations become shapes            codec_source    put together of expressions
    codec_match     which arm of a union it is           codec_walk      the same value by value, for what is wrong
    codec_scalars   times, UUIDs, decimals, bytes
"""

from __future__ import annotations

import contextlib
import inspect
import warnings
from typing import Any

from .codec_compile import decoder_of, encoded
from .codec_plans import annotation_names
from .codec_source import Convert
from .codec_types import CodecError as CodecError
from .codec_types import Shape
from .codec_types import Tagged as Tagged
from .codec_types import UnknownVariant as UnknownVariant
from .codec_walk import Reading, written
from .errors import SchemaDriftWarning


class Codec:
    """Decodes and encodes the models of one package; `models` is its name, e.g. "pixelcut.models".

    Cheap to make: what is compiled is kept per model, for all codecs. Usable from several threads.
    """

    def __init__(self, models: str) -> None:
        self._models = models
        self._names = annotation_names(models)
        self._known: dict[Any, tuple[Shape, Convert]] = {}

    def decode(self, annotation: Any, value: object, *, strict: bool = False, where: str = "the answer") -> Any:
        """`value`, parsed JSON, as an instance of `annotation`: a type, or the text of one such as "list[Job]".

        A value that is not as described is kept as it came, a missing one is None, and one `SchemaDriftWarning` that
        starts with `where` names the first of them. When `strict`, `CodecError` is raised instead.
        """
        known = self._known.get(annotation)
        if known is None:
            shape = self._names.shape(annotation)
            known = self._known[annotation] = shape, decoder_of(shape)
        shape, decode = known
        # Whatever it is that compiled code stumbles over, RecursionError included, the walk says it or copes with it.
        with contextlib.suppress(Exception):
            return decode(value)
        reading = Reading(strict)
        result = reading.value(shape, value)
        if reading.count:
            warn_of_drift(f"{where} is not as described: {_listed(reading)}", self._models.rpartition(".")[0])
        return result

    def encode(self, value: object) -> Any:
        """`value` as `json.dumps` takes it: models, lists, mappings and scalars, in any depth; UNSET is left out.

        Raises ValueError (a time without an offset, say) and TypeError; both begin with the JSON Pointer.
        """
        with contextlib.suppress(Exception):
            return encoded(value)
        return written(value)


def _listed(reading: Reading) -> str:
    shown = "; ".join(f"{pointer!r}: {message}" for pointer, message in reading.drifts)
    more = reading.count - len(reading.drifts)
    return f"{shown}; and {more} more" if more else shown


def warn_of_drift(message: str, package: str) -> None:
    """Warn, at the line that called into `package` (the generated client)."""
    own = __name__.rpartition(".")[0]
    frame, level = inspect.currentframe(), 1
    while frame is not None and f"{frame.f_globals.get('__name__')}.".startswith((f"{own}.", f"{package}.")):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, SchemaDriftWarning, stacklevel=level)
