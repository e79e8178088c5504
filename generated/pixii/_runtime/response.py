"""What a response means: the value of a successful one, the error of any other.

Its description is found by status: the exact one, `2XX`, another declared success (a
server that says 200 where 201 is written means the same thing), `default`. Then by
media type: the exact one, `+json`, `image/*`, `*/*`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, cast

from .codec import Codec, CodecError
from .declarations import ClientSettings, Operation
from .errors import (
    STATUS_ERRORS,
    APIStatusError,
    ResponseDecodeError,
    SchemaDriftWarning,
)
from .params import is_json
from .retry import Exchange, asked_pause
from .transport import Response, without_query

_Content = Mapping[str, str]
# Names that APIs use, the most telling first.
_ID_HEADERS: Final = (
    "x-request-id request-id x-amzn-requestid x-correlation-id apim-request-id"
)
_CODES: Final = "error_code code errorCode"
_TEXTS: Final = "message detail error_description error_message title msg description"


def value_of(
    response: Response, operation: Operation, codec: Codec, *, strict: bool
) -> Any:
    """Returns the decoded value of a successful response; None when the description
    gives it no content.

    Raises ResponseDecodeError when the body is not of the described kind, or with
    `strict` departs from it at all.
    """
    content = _described(operation.responses, response.status)
    if not content or operation.method == "HEAD" or response.status in (204, 205):
        return None
    received = _media_type(response.headers.get("content-type", ""))
    shown = received or "of no declared type"
    media_type = _matching(content, received)
    if media_type is None:
        raise _undecodable(response, f"is {shown}, not {', '.join(content)}")
    annotation = content[media_type]
    if annotation == "raw" or (annotation == "bytes" and not is_json(media_type)):
        return response.content
    raw: object
    if is_json(media_type):
        try:
            raw = json.loads(response.content)
        except (ValueError, RecursionError):
            what = f"({shown}) is no JSON" if response.content.strip() else "is empty"
            message = f"{what}, but {media_type} was expected"
            raise _undecodable(response, message) from None
    else:
        raw = _text(response)
    try:
        return codec.decode(annotation, raw, strict=strict, where=operation.id)
    except CodecError as error:
        place = error.pointer or "the root"
        message, path = f"{operation.id}: {error.message} at {place}", error.pointer
        raise ResponseDecodeError(message, path, raw, response) from None


def error_for(
    exchange: Exchange,
    operation: Operation,
    codec: Codec,
    settings: ClientSettings,
) -> APIStatusError:
    """Returns the error of a response that is no success, whatever its body holds."""
    response = exchange.response
    raw: object = None
    with suppress(ValueError, RecursionError):
        raw = json.loads(response.content)
    body: object = None
    content = _described(operation.responses, response.status)
    kinds = (kind for media, kind in content.items() if is_json(media))
    annotation = next((kind for kind in kinds if kind != "raw"), None)
    if not content:
        annotation = settings.error_bodies.get(response.status)
    if raw is not None and annotation is not None:
        # What a body can cause, a warning made an error too, must not hide the status.
        with suppress(CodecError, SchemaDriftWarning, RecursionError):
            body = codec.decode(annotation, raw, strict=False, where=operation.id)
    status = response.status
    family = STATUS_ERRORS.get(status // 100, APIStatusError)
    error_class = settings.errors.get(status) or STATUS_ERRORS.get(status, family)
    code, message, request_id = _common(raw)
    media_type = response.headers.get("content-type", "")
    if raw is None and media_type.startswith("text/plain"):
        message = _one_line(response.text)
    request_ids = (response.headers.get(name) for name in _ID_HEADERS.split())
    return error_class(
        response,
        body=body,
        raw=raw,
        error_code=code,
        message=message,
        request_id=next(filter(None, request_ids), request_id),
        retry_after=asked_pause(response),
        outcome_unknown=exchange.outcome_unknown,
    )


def _described(responses: Mapping[str, _Content], status: int) -> _Content:
    family = f"{status // 100}XX"
    for key in (str(status), family, family.lower()):
        if key in responses:
            return responses[key]
    if family == "2XX":
        for key, content in responses.items():
            if key.startswith("2"):
                return content
    return responses.get("default", {})


def _matching(content: _Content, received: str) -> str | None:
    """Returns the declared media type as which `received` is read, None if as none."""
    if received in content:
        return received
    essences = {_media_type(declared): declared for declared in reversed([*content])}
    main, _, sub = received.partition("/")
    _, plus, suffix = sub.partition("+")
    patterns = [received, f"{main}/*", "*/*"]
    if plus:
        patterns.insert(1, f"application/*+{suffix}")
    for pattern in patterns:
        if pattern in essences:
            return essences[pattern]
    for declared in content:
        if is_json(declared):  # often sent as text/plain or without a type
            return declared
    first = next(iter(content))
    is_file = content[first] == "bytes"
    is_any_file = _media_type(first) == "application/octet-stream"
    if "html" in received or (is_json(received) and is_file and not is_any_file):
        return None
    return first


def _media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def _undecodable(response: Response, message: str) -> ResponseDecodeError:
    place = f"{response.status} {without_query(response.url)}"
    text = f"{place}: the response {message}"
    return ResponseDecodeError(text, "", response.content, response)


def _text(response: Response) -> str:
    header = response.headers.get("content-type", "").lower()
    charset = header.partition("charset=")[2].partition(";")[0].strip(' "')
    try:
        return response.content.decode(charset or "utf-8", "replace")
    except LookupError:
        return response.text


def _common(raw: object) -> tuple[str | None, str | None, str | None]:
    """Returns code, message and request id from their usual places (RFC 9457)."""
    if not isinstance(raw, dict):
        return None, None, None
    outer = cast("dict[str, object]", raw)
    error: object = outer.get("error")
    inner = cast("dict[str, object]", error) if isinstance(error, dict) else {}
    places = [inner, outer]
    code = _first(places, _CODES) or _first([inner], "type")
    if code is None and isinstance(error, str) and " " not in error:
        code = error
    if code is None and outer.get("type") != "about:blank":
        code = _first([outer], "type")
    message = _first(places, _TEXTS)
    if message is None and isinstance(error, str):
        message = error
    request_id = _first(places, "request_id requestId")
    return code, message and _one_line(message), request_id


def _first(places: list[dict[str, object]], names: str) -> str | None:
    found = ((name, place.get(name)) for place in places for name in names.split())
    for name, value in found:
        if isinstance(value, str) and value:
            return value
        if type(value) is int and "code" in name:
            return str(value)
    return None


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 500 else line[:499] + "…"
