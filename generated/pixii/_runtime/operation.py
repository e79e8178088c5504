"""What one call of an operation sends (`Call`), and the HTTP request that it becomes.
Credentials are added in `security`, retries decided in `retry`."""

from __future__ import annotations

import enum
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Generic, TypeAlias, TypedDict, TypeVar
from urllib.parse import quote

from . import feature
from .codec import Codec
from .declarations import Location, Operation
from .params import BodyKind, body_kind, parameter
from .transport import LARGEST, BodyStream, Headers, Request, Timeout

T = TypeVar("T")
_LITERAL: Final = "/:@!$&'()*+,;=%?~"
"""What stays as it is in the literal text of a path; `%`: it may be encoded already."""
_TOKEN: Final = re.compile(r"[!-9;-~]+").fullmatch  # a header's name holds no colon
_UNSENDABLE: Final = re.compile(r"[^\t -~\x80-\xff]").search


@dataclass(frozen=True, slots=True)
class ApiResponse(Generic[T]):
    """A decoded response with the HTTP response; `elapsed`: seconds of all attempts."""

    status: int
    headers: Headers
    content: bytes
    value: T
    url: str
    elapsed: float


class RequestOptions(TypedDict, total=False):
    """What may differ from call to call."""

    timeout: Timeout | float | None
    """Limit of one attempt in seconds. None: 60, and 1 for each 64 KiB of its body."""
    deadline: float | None
    """Limit of the whole call in seconds: attempts, pauses, reading. None: no limit.
    Left out: 180, or 120 more than `timeout`."""
    max_retries: int
    max_content: int
    """Bytes that a response may have, no longer compressed: 64 MiB if left out."""
    max_download: int
    """The same of one that is given as bytes: 1 GiB."""
    headers: Mapping[str, str]
    """Sent besides, or instead of, the headers that the client makes."""
    query: Mapping[str, object]
    """Appended to the query."""
    extra_body: Mapping[str, object]
    """Properties of a body that is an object, besides, or instead of, its own."""
    idempotency_key: str
    """For operations that have such a header; a random one when left out."""
    on_response: Callable[[ApiResponse[Any]], object]
    """Called with every successful response."""
    strict: bool
    """Raise `ResponseDecodeError` instead of giving a `SchemaDriftWarning`."""


@dataclass(slots=True)
class Call(Generic[T]):
    """One call of an operation, which gives T: values by wire name; None: not sent.

    With a file in `files` the body is sent as multipart/form-data: its fields, and the
    files."""

    operation: Operation
    path: tuple[object, ...] = ()
    query: Mapping[str, object] | None = None
    header: Mapping[str, object] | None = None
    cookie: Mapping[str, object] | None = None
    body: object = None
    content_type: str = "application/json"
    files: Mapping[str, object] | None = None
    accept: str | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    """A secret, and the argument and the environment variable that give it."""

    value: str | None = field(repr=False)
    argument: str
    variable: str


Body: TypeAlias = tuple[bytes | BodyStream | None, str | None]
"""A body and its Content-Type."""
BodyWriter: TypeAlias = Callable[[Call[Any], Codec], Body]
BodyExtender: TypeAlias = Callable[[Call[Any], Mapping[str, object], Codec], Call[Any]]
ParamWriter: TypeAlias = Callable[[Any, object], str]


def request_for(
    call: Call[Any],
    codec: Codec,
    *,
    base_url: str,
    headers: Mapping[str, str],
    options: RequestOptions,
) -> tuple[Request, str | None]:
    """Returns the request of a call, still without credentials, and its idempotency key
    if it has one. `headers` are those of the client. Raises ValueError and TypeError
    for values that cannot be sent."""
    operation = call.operation
    if more := options.get("extra_body"):
        add: BodyExtender = feature("forms", "with_more")
        call = add(call, more, codec)
    if operation.choices and call.body is not None:
        feature("choices", "check")(call, codec)
    body, content_type = _body(call, codec)
    fields = [("Accept", call.accept or operation.accept or "*/*"), *headers.items()]
    if call.header:
        fields += _placed(operation, "header", call.header, codec)
    if call.cookie:
        cookies = [text for _, text in _placed(operation, "cookie", call.cookie, codec)]
        if cookies:
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
    how = Timeout.of(options.get("timeout"), body), options.get("max_content", LARGEST)
    return Request(operation.method, url, header_pairs(fields), body, *how), key


def header_pairs(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Returns `fields` checked; of names that differ in case only, the last.
    Raises ValueError for a control character or one outside latin-1. The text shows the
    name, never the value."""
    pairs: dict[str, tuple[str, str]] = {}
    for name, value in fields:
        if not _TOKEN(name):
            raise ValueError(f"{name!r} is no name of a header")
        if found := _UNSENDABLE(value):
            what = f"no header can hold the character {found[0]!r}"
            raise ValueError(f"header {name!r}: {what}")
        pairs[name.lower()] = name, value
    return tuple(pairs.values())


def _placed(
    operation: Operation, location: Location, values: Mapping[str, object], codec: Codec
) -> Iterator[tuple[str, str]]:
    """Yields the parameters of a location that are given: names and encoded texts."""
    for name, value in values.items():
        text = "" if value is None else _text(operation, location, name, value, codec)
        if text:
            yield name, text


def _text(
    operation: Operation, location: Location, name: str, value: object, codec: Codec
) -> str:
    sent = value if type(value) is str else jsonable(value, codec)
    if operation.params and (param := operation.special_params.get((location, name))):
        write: ParamWriter = feature("styles", "expanded")
        return write(param, sent)
    return parameter(location, name, sent)


def jsonable(value: object, codec: Codec) -> object:
    """Returns a parameter's value as JSON has it."""
    if isinstance(value, enum.Enum):
        value = value.value
    return value if isinstance(value, (str, int, float)) else codec.encode(value)


@cache
def _literals(path: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the path of an operation with its literal text percent-encoded."""
    return tuple(
        part if index % 2 else quote(part.partition("#")[0], safe=_LITERAL)
        for index, part in enumerate(path)
    )


def _url(
    call: Call[Any], codec: Codec, base_url: str, more: Mapping[str, object] | None
) -> str:
    operation = call.operation
    base, _, base_query = base_url.partition("?")
    texts = list(_literals(operation.path))
    for index, value in enumerate(call.path):
        name = texts[2 * index + 1]
        text = None if value is None else _text(operation, "path", name, value, codec)
        param = operation.special_params.get(("path", name))
        if not text and not (value == "" and param and param.allow_empty):
            what = "is empty: the request would reach another resource"
            raise ValueError(f"path parameter {name!r} {what}")
        texts[2 * index + 1] = text or ""
    path, _, path_query = "".join(texts).partition("?")
    queries = [base_query, path_query]
    if given := call.query:
        queries += (text for _, text in _placed(operation, "query", given, codec))
    if more:
        queries += (text for _, text in _placed(operation, "query", more, codec))
    query = "&".join(filter(None, queries))
    return f"{base.rstrip('/')}/{path.lstrip('/')}{'?' if query else ''}{query}"


def kind_of(call: Call[Any]) -> BodyKind:
    """Returns how the body of a call is written."""
    if any(file is not None for file in (call.files or {}).values()):
        return "multipart"
    return "files" if "" in call.operation.files else body_kind(call.content_type)


def _body(call: Call[Any], codec: Codec) -> Body:
    if call.body is None:
        return None, None
    kind = kind_of(call)
    if kind == "json":
        return codec.json(call.body).encode(), call.content_type
    write: BodyWriter = feature(kind, "body_of")
    return write(call, codec)
