"""Responses that are described as more than one kind of JSON: which of the described
media types was received (the exact one, `+json`, `image/*`, `*/*`), and the content of
texts and files."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any, Final

from .operation import Call
from .params import is_json
from .response import json_of, undecodable
from .transport import Response

_NO_CHARSETS: Final = (
    *("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"),
    *("unicode-escape", "raw-unicode-escape"),
)
"""Codecs of Python's own, by which no server means anything."""


def content_of(
    response: Response, content: Mapping[str, str]
) -> tuple[str | None, object]:
    """Returns the annotation of what was received, None for a file, and what is to be
    decoded as it.

    `content`: annotations by media type. Raises ResponseDecodeError for a body of no
    described media type.
    """
    received = _media_type(response.headers.get("content-type", ""))
    media_type = _matching(content, received)
    if media_type is None:
        raise undecodable(
            response,
            f"is {received or 'of no declared type'}, not {', '.join(content)}",
        )
    annotation = content[media_type]
    if annotation == "raw" or (annotation == "bytes" and not is_json(media_type)):
        return None, response.content
    if is_json(media_type):
        is_empty = not response.content.strip()
        return annotation, None if is_empty else json_of(response, media_type)
    return annotation, _text(response)


def is_download(call: Call[Any]) -> bool:
    """Returns whether a success is given as bytes, if it is of what is asked for."""
    asked = (call.accept or call.operation.accept or "").split(", ")
    contents = call.operation.contents
    successes = [contents[status] for status in contents if status[0] in "2d"]
    return any(
        annotation == "raw" or (annotation == "bytes" and not is_json(media_type))
        for content in successes
        for media_type, annotation in content.items()
        if media_type in asked
    )


def _matching(content: Mapping[str, str], received: str) -> str | None:
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


def _text(response: Response) -> str:
    header = response.headers.get("content-type", "").lower()
    charset = header.partition("charset=")[2].partition(";")[0].strip(' "')
    try:
        known = codecs.lookup(charset or "utf-8").name not in _NO_CHARSETS
        return response.content.decode(
            charset or "utf-8" if known else "utf-8", "replace"
        )
    except (LookupError, ValueError):  # unheard of, and names that hold NUL
        return response.text
