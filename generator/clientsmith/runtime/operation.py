"""Part of the runtime of a generated client. 0BSD: use it as you like.

What one call of an operation sends (`Call`), and the HTTP request that it becomes.
Credentials are added elsewhere (`security`), retries decided elsewhere (`retry`).
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypedDict, TypeVar
from urllib.parse import quote

from .codec import Codec
from .declarations import Location
from .declarations import Operation as Operation
from .declarations import Param as Param
from .multipart import form_data, is_file, raw_body
from .styles import array_of, compact_json, expanded, is_json, object_of
from .transport import BodyStream, Headers, Request, Timeout

T = TypeVar("T")
_LITERAL: Final = "/:@!$&'()*+,;=%?~"
"""What stays as it is in the literal text of a path; `%` because it may be
percent-encoded already."""


@dataclass(frozen=True, slots=True)
class ApiResponse(Generic[T]):
    """A decoded answer together with the HTTP answer that it came in; `elapsed` is
    seconds, all attempts included."""

    status: int
    headers: Headers
    content: bytes
    value: T
    url: str
    elapsed: float


class RequestOptions(TypedDict, total=False):
    """What may differ from call to call."""

    timeout: Timeout | float | None
    """Limit of one attempt in seconds."""
    deadline: float | None
    """Limit of the whole call in seconds: attempts, pauses, reading. None: no limit."""
    max_retries: int
    headers: Mapping[str, str]
    """Sent besides, or instead of, the headers that the client makes."""
    query: Mapping[str, object]
    """Appended to the query."""
    idempotency_key: str
    """For operations that have such a header; a random one when left out."""
    on_response: Callable[[ApiResponse[Any]], object]
    """Called with every successful answer."""
    strict: bool
    """Raise `ResponseDecodeError` where an answer departs from its description, instead
    of warning."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call of an operation, which gives T: values by wire name. None means: not
    sent."""

    operation: Operation
    path: tuple[object, ...] = ()
    query: Mapping[str, object] | None = None
    header: Mapping[str, object] | None = None
    cookie: Mapping[str, object] | None = None
    body: object = None
    content_type: str | None = None
    accept: str | None = None
    idempotency_key: str | None = None


def request_for(
    call: Call[Any],
    codec: Codec,
    *,
    base_url: str,
    headers: Mapping[str, str],
    options: RequestOptions,
) -> tuple[Request, str | None]:
    """The request of one call, and its idempotency key if it has one. Credentials are
    still missing.

    `headers` are those of the client. Raises ValueError and TypeError for values that
    cannot be sent.
    """
    operation = call.operation
    body, content_type = _body(call, codec)
    fields = [("Accept", call.accept or operation.accept or "*/*"), *headers.items()]
    fields += _placed(operation, "header", call.header, codec)
    if cookies := [
        text for _, text in _placed(operation, "cookie", call.cookie, codec)
    ]:
        fields.append(("Cookie", "; ".join(cookies)))
    if content_type is not None:
        fields.append(("Content-Type", content_type))
    key = options.get("idempotency_key") or call.idempotency_key
    if operation.idempotency_header is not None:
        key = key or str(uuid.uuid4())
        fields.append((operation.idempotency_header, key))
    elif key is not None:
        raise ValueError(f"operation {operation.id!r} takes no idempotency key")
    fields += options.get("headers", {}).items()
    url = _url(call, codec, base_url, options.get("query"))
    return Request(operation.method, url, header_pairs(fields), body), key


def header_pairs(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """`fields` checked; of names that differ in case only, the last.

    Raises ValueError for a control character or one outside latin-1. The text shows the
    name, never the value.
    """
    pairs: dict[str, tuple[str, str]] = {}
    for name, value in fields:
        if (
            not (name.isascii() and name.isprintable())
            or not name
            or " " in name
            or ":" in name
        ):
            raise ValueError(f"{name!r} is no name of a header")
        if not (value.isascii() and value.isprintable()):
            for character in value:
                if (
                    ord(character) > 255
                    or (character < " " and character != "\t")
                    or character == "\x7f"
                ):
                    raise ValueError(
                        f"header {name!r}: no header can hold the character "
                        f"{character!r}"
                    )
        pairs[name.lower()] = name, value
    return tuple(pairs.values())


def _placed(
    operation: Operation,
    location: Location,
    values: Mapping[str, object] | None,
    codec: Codec,
) -> list[tuple[str, str]]:
    """The parameters of one location by name, each as its text for that place; those
    not given are left out."""
    texts: list[tuple[str, str]] = []
    for name, value in values.items() if values else ():
        if value is not None:
            param = operation.special_params.get((location, name)) or Param(
                location, name
            )
            if text := expanded(param, _jsonable(value, codec)):
                texts.append((name, text))
    return texts


def _jsonable(value: object, codec: Codec) -> object:
    if isinstance(value, enum.Enum):
        value = value.value
    return value if isinstance(value, (str, int, float)) else codec.encode(value)


def _url(
    call: Call[Any], codec: Codec, base_url: str, more: Mapping[str, object] | None
) -> str:
    operation = call.operation
    base, _, base_query = base_url.partition("?")
    texts: list[str] = []
    for index, part in enumerate(operation.path):
        if index % 2 == 0:
            texts.append(quote(part.partition("#")[0], safe=_LITERAL))
            continue
        placed = _placed(operation, "path", {part: call.path[index // 2]}, codec)
        if not placed:
            raise ValueError(
                f"path parameter {part!r} is empty: the request would reach another "
                "resource"
            )
        texts.append(placed[0][1])
    path, _, path_query = "".join(texts).partition("?")
    queries = [base_query, path_query]
    if whole := next(
        (param.name for param in operation.params if param.location == "querystring"),
        None,
    ):
        queries += (
            text
            for name, text in _placed(operation, "querystring", call.query, codec)
            if name == whole
        )
    else:
        queries += (text for _, text in _placed(operation, "query", call.query, codec))
    queries += (text for _, text in _placed(operation, "query", more, codec))
    query = "&".join(text for text in queries if text)
    return f"{base.rstrip('/')}/{path.lstrip('/')}{'?' if query else ''}{query}"


def _body(
    call: Call[Any], codec: Codec
) -> tuple[bytes | BodyStream | None, str | None]:
    """The body of a call and its Content-Type."""
    body, content_type, operation = call.body, call.content_type, call.operation
    if body is None or content_type is None:
        return None, None
    if is_json(content_type) and "" not in operation.files:
        return compact_json(codec.encode(body)).encode(), content_type
    if content_type.startswith("multipart/"):
        fields = {
            name: _form_value(value, codec)
            for name, value in _fields(body, codec).items()
        }
        return form_data(
            fields, content_type, encodings=operation.encodings, files=operation.files
        )
    if content_type.startswith("application/x-www-form-urlencoded"):
        return _urlencoded(_fields(body, codec), operation, codec), content_type
    if isinstance(body, str) and not content_type.startswith(
        ("image/", "audio/", "video/", "application/octet")
    ):
        return body.encode(), content_type
    if not is_file(body):
        hint = f": a path is written Path({body!r})" if isinstance(body, str) else ""
        raise TypeError(
            f"a body of {content_type} is a path, bytes or a binary file, not "
            f"{type(body).__name__}{hint}"
        )
    stream, guessed = raw_body(body)
    return stream, guessed if "*" in content_type else content_type


def _fields(body: object, codec: Codec) -> Mapping[str, object]:
    fields = object_of(body)
    if fields is None:
        fields = object_of(codec.encode(body))
    if fields is None:
        raise TypeError(
            f"the body of a form is a mapping of fields, not {type(body).__name__}"
        )
    return fields


def _form_value(value: object, codec: Codec) -> object:
    if value is None or is_file(value):
        return value
    if (array := array_of(value)) is not None:
        return [_form_value(item, codec) for item in array]
    return _jsonable(value, codec)


def _urlencoded(
    fields: Mapping[str, object], operation: Operation, codec: Codec
) -> bytes:
    """Arrays repeat their field, objects become JSON (OpenAPI 3.1, Encoding Object),
    unless declared otherwise."""
    texts: list[str] = []
    for name, value in fields.items():
        if value is None:
            continue
        plain = _jsonable(value, codec)
        param = operation.special_params.get(("form", name))
        if param is None:
            media_type = operation.encodings.get(
                name, "application/json" if object_of(plain) else None
            )
            param = Param("form", name, media_type=media_type)
        texts.append(expanded(param, plain))
    return "&".join(text for text in texts if text).encode()
