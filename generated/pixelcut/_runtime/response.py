"""What a response means: the value of a successful one, the error of any other.

Its description is found by status: the exact one, `2XX`, another declared success (a
server that says 200 where 201 is written means the same thing), `default`. Then by
media type, which is in `media` where it can be anything but one kind of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final, TypeAlias

from . import feature
from .codec import Codec, CodecError, warn_of_drift
from .declarations import ClientSettings, Operation
from .errors import STATUS_ERRORS, APIStatusError, ResponseDecodeError, one_line
from .operation import Call
from .params import is_json, is_one_json, object_of
from .retry import Exchange, asked_pause
from .transport import Response

_Content = Mapping[str, str]
Reader: TypeAlias = Callable[[Response, _Content], tuple[str | None, object]]
# Names that APIs use, the most telling first.
_ID: Final = "x-request-id request-id x-amzn-requestid x-correlation-id apim-request-id"
_CODES: Final = "error_code code errorCode"
_TEXTS: Final = "message detail error_description error_message title msg description"


def value_of(response: Response, call: Call[Any], codec: Codec, strict: bool) -> Any:
    """Returns the decoded value of a successful response, of the media types that were
    asked for; None when the description gives it no content.

    Raises ResponseDecodeError when the body is not of the described kind, or with
    `strict` departs from it at all."""
    operation = call.operation
    content = _described(operation.contents, response.status)
    asked = (call.accept or operation.accept or "").split(", ")
    content = {kind: content[kind] for kind in content if kind in asked} or content
    if not content or operation.method == "HEAD":
        return None
    if is_one_json(content):
        ((media_type, annotation),) = content.items()
        empty = response.content.strip() in (b"", b"null")
        raw = None if empty and not strict else json_of(response, media_type)
    else:
        read: Reader = feature("media", "content_of")
        known, raw = read(response, content)
        if known is None:
            return raw
        annotation = known
    try:
        if raw is None and not strict:
            value = codec.empty(annotation)
            if value is not None:
                text = f"{operation.id}: the response is empty, but it is described"
                warn_of_drift(text, codec.package)
            return value
        return codec.decode(annotation, raw, strict=strict, where=operation.id)
    except CodecError as error:
        place = error.pointer or "the root"
        message, path = f"{error.message} at {place}", error.pointer
        body = response.content if raw is None else raw
        raise ResponseDecodeError(message, path, body, response) from None


def json_of(response: Response, media_type: str) -> object:
    """Returns the JSON that a response holds. Raises ResponseDecodeError."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        shown = response.headers.get("content-type", "").partition(";")[0].strip()
        shown = shown.lower() or "of no declared type"
        what = f"({shown}) is no JSON" if response.content.strip() else "is empty"
        message = f"{what}, but {media_type} was expected"
        raise undecodable(response, message) from None


def error_for(
    exchange: Exchange, operation: Operation, codec: Codec, settings: ClientSettings
) -> APIStatusError:
    """Returns the error of a response that is no success, whatever its body holds."""
    response = exchange.response
    raw: object = None
    with suppress(ValueError, RecursionError):
        raw = json.loads(response.content)
    body: object = None
    content = _described(operation.contents, response.status)
    kinds = (kind for media, kind in content.items() if is_json(media))
    annotation = next((kind for kind in kinds if kind != "raw"), None)
    if not content:
        bodies = settings.error_bodies
        keys = str(response.status), f"{response.status // 100}XX", "default"
        annotation = next((bodies[key] for key in keys if key in bodies), None)
    if raw is not None and annotation is not None:
        # What a body can cause, a warning made an error too, must not hide the status.
        with suppress(CodecError, Warning, RecursionError):
            body = codec.decode(annotation, raw, strict=False, where=operation.id)
    status = response.status
    own = STATUS_ERRORS.get(f"{settings.package}.errors", {})
    known = {**STATUS_ERRORS[APIStatusError.__module__], **own}
    error_class = known.get(status) or known.get(min(status // 100, 5), APIStatusError)
    code, message, request_id = _common(raw)
    media_type = response.headers.get("content-type", "")
    if raw is None and media_type.startswith("text/plain"):
        message = _shortened(response.text)
    request_ids = (response.headers.get(name) for name in _ID.split())
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
    keys = [str(status), family, family.lower()]
    if family == "2XX":
        keys += (key for key in responses if key.startswith("2"))
    keys.append("default")
    found = next((key for key in keys if key in responses), None)
    return {} if found is None else responses[found]


def undecodable(response: Response, message: str) -> ResponseDecodeError:
    """Returns the error of a response that is not of the described kind at all."""
    text = f"{response.status}: the response {message}"
    return ResponseDecodeError(text, "", response.content, response)


def _common(raw: object) -> tuple[str | None, str | None, str | None]:
    """Returns code, message and request id from their usual places (RFC 9457)."""
    outer = object_of(raw) or {}
    error = outer.get("error")
    inner = object_of(error) or {}
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
    return code, message and _shortened(message), request_id


def _first(places: list[Mapping[str, object]], names: str) -> str | None:
    for place in places:
        for name in names.split():
            value = place.get(name)
            is_number = "code" in name and type(value) is int
            if is_number or (value and isinstance(value, str)):
                return str(value)
    return None


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 500 else line[:499] + "…"
