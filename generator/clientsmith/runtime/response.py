"""Part of the runtime of a generated client. 0BSD: use it as you like.

What an answer means: the value of a successful one, the error of any other.

The description of an answer is found by status: the exact one, `2XX`, another declared
success (a server that says 200 where 201 is written means the same thing), `default`.
Then by media type: the exact one, `+json`, `image/*`, `*/*`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, cast

from .codec import Codec, CodecError
from .declarations import Operation
from .errors import STATUS_ERRORS, APIStatusError, ResponseDecodeError, family_error
from .retry import Exchange, asked_pause
from .styles import is_json
from .transport import Response, without_query

_REQUEST_ID: Final = (
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-correlation-id",
    "apim-request-id",
)


def value_of(
    response: Response, operation: Operation, codec: Codec, *, strict: bool
) -> Any:
    """The decoded value of a successful answer; None when the description gives it no
    content.

    Raises ResponseDecodeError when the body is not of the described kind, or with
    `strict` departs from it at all.
    """
    content = _described(operation.responses, response.status)
    if not content or operation.method == "HEAD" or response.status in (204, 205):
        return None
    got = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    media_type = _matching(content, got)
    if media_type is None:
        wanted = ", ".join(content)
        raise _undecodable(
            response, f"the answer is {got or 'of no declared type'}, not {wanted}"
        )
    annotation = content[media_type]
    if annotation == "raw":
        return response.content
    if is_json(media_type):
        try:
            raw = json.loads(response.content)
        except (ValueError, RecursionError):
            what = (
                "is empty"
                if not response.content.strip()
                else f"({got or 'of no declared type'}) is no JSON"
            )
            raise _undecodable(
                response, f"the answer {what}, but {media_type} was expected"
            ) from None
        return _decoded(raw, annotation, response, operation, codec, strict)
    if annotation == "bytes":
        return response.content
    return _decoded(_text(response), annotation, response, operation, codec, strict)


def error_for(
    exchange: Exchange,
    operation: Operation,
    codec: Codec,
    classes: Mapping[int, type[APIStatusError]],
) -> APIStatusError:
    """The error of an answer that is no success; never fails, whatever the body
    holds."""
    response = exchange.response
    raw: object = None
    with suppress(ValueError, RecursionError):
        raw = json.loads(response.content)
    body: object = None
    content = _described(operation.responses, response.status)
    annotation = next(
        (kind for media, kind in content.items() if is_json(media) and kind != "raw"),
        None,
    )
    if raw is not None and annotation is not None:
        try:
            body = codec.decode(annotation, raw, strict=False, where=operation.id)
        except (
            Exception
        ):  # a warning made an error included: nothing may hide the status
            body = None
    error_class = (
        classes.get(response.status)
        or STATUS_ERRORS.get(response.status)
        or family_error(response.status)
    )
    code, message, request_id = _common(raw)
    return error_class(
        response,
        body=body,
        raw=raw,
        error_code=code,
        message=(
            message
            if raw is not None
            else _one_line(response.text) if _is_plain(response) else None
        ),
        request_id=next(
            (
                response.headers[name]
                for name in _REQUEST_ID
                if name in response.headers
            ),
            request_id,
        ),
        retry_after=asked_pause(response),
        outcome_unknown=exchange.outcome_unknown,
    )


def _described(
    responses: Mapping[str, Mapping[str, str]], status: int
) -> Mapping[str, str]:
    family = f"{status // 100}XX"
    for key in (str(status), family, family.lower()):
        if key in responses:
            return responses[key]
    if family == "2XX":
        for key, content in responses.items():
            if key.startswith("2"):
                return content
    return responses.get("default", {})


def _matching(content: Mapping[str, str], got: str) -> str | None:
    """The declared media type that an answer of type `got` is read as; None when it is
    something else altogether."""
    if got in content:
        return got
    plain = {
        media_type: media_type.partition(";")[0].strip().lower()
        for media_type in content
    }
    patterns = (
        got,
        f"application/*{got[got.find('+') :]}" if "+" in got else got,
        f"{got.partition('/')[0]}/*",
        "*/*",
    )
    for pattern in patterns:
        for media_type, kind in plain.items():
            if kind == pattern:
                return media_type
    declared_json = next(
        (media_type for media_type in content if is_json(media_type)), None
    )
    if declared_json is not None:
        # many servers send JSON as text/plain or without a type; parsing will tell
        return declared_json
    first = next(iter(content))
    if "html" in got or (
        is_json(got)
        and content[first] == "bytes"
        and plain[first] != "application/octet-stream"
    ):
        return None
    return first


def _decoded(
    raw: object,
    annotation: str,
    response: Response,
    operation: Operation,
    codec: Codec,
    strict: bool,
) -> Any:
    try:
        return codec.decode(annotation, raw, strict=strict, where=operation.id)
    except CodecError as error:
        message = f"{operation.id}: {error.message} at {error.pointer or 'the root'}"
        raise ResponseDecodeError(
            message, path=error.pointer, body=raw, response=response
        ) from None


def _undecodable(response: Response, message: str) -> ResponseDecodeError:
    text = f"{response.status} {without_query(response.url)}: {message}"
    return ResponseDecodeError(text, path="", body=response.content, response=response)


def _text(response: Response) -> str:
    charset = (
        response.headers.get("content-type", "")
        .lower()
        .partition("charset=")[2]
        .partition(";")[0]
        .strip(' "')
    )
    try:
        return response.content.decode(charset or "utf-8", "replace")
    except LookupError:
        return response.text


def _is_plain(response: Response) -> bool:
    return response.headers.get("content-type", "").startswith("text/plain")


def _common(raw: object) -> tuple[str | None, str | None, str | None]:
    """Code, message and request id where APIs usually have them, RFC 9457 and
    `{"error": {...}}` included."""
    if not isinstance(raw, dict):
        return None, None, None
    outer = cast("dict[str, object]", raw)
    error: object = outer.get("error")
    inner = cast("dict[str, object]", error) if isinstance(error, dict) else {}
    places = (inner, outer)
    code = _first(places, ("error_code", "code", "errorCode")) or _first(
        (inner,), ("type",)
    )
    if code is None and isinstance(error, str) and " " not in error:
        code = error
    if code is None and (kind := _first((outer,), ("type",))) not in (
        None,
        "about:blank",
    ):
        code = kind
    message = _first(
        places,
        (
            "message",
            "detail",
            "error_description",
            "error_message",
            "title",
            "msg",
            "description",
        ),
    )
    if message is None and isinstance(error, str):
        message = error
    return (
        code,
        message and _one_line(message),
        _first(places, ("request_id", "requestId")),
    )


def _first(
    places: tuple[Mapping[str, object], ...], names: tuple[str, ...]
) -> str | None:
    for place in places:
        for name in names:
            value = place.get(name)
            if isinstance(value, str) and value:
                return value
            if (
                isinstance(value, int)
                and not isinstance(value, bool)
                and "code" in name
            ):
                return str(value)
    return None


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 500 else line[:499] + "…"
