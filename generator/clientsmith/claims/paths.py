"""How pages write operations: a method and a path, in the spellings that people use.

    POST /v1/x/<uuid>     **Endpoint:** `POST /v1/x/:id`     **post** `/v1/x/{id}`     - URL: POST https://host/v1/x
    Send a `POST` request to `/v1/x`     curl -X POST https://host/v1/x/42 -d '{"a": 1}'

Decides what is an operation, and gives every parameter one form: `{id}`. Which operation of a document is meant, where
a page has an example's id in the place of a parameter, is for `lookup` to find.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")

_METHOD = "|".join(METHODS)
_LABEL = r"(?:(?:api |http )?(?:endpoint|url|uri|request|route|path|method|call)s? ?: ?)?"
_LEADING = re.compile(rf"[\s#>+|-]*(?:\d+\. ?)?{_LABEL}\[?({_METHOD})\b\]?:?\s{{0,4}}", re.I)
_TO = r"(?:requests?|calls?) (?:to|at|on|against)(?: the)?(?: (?:endpoint|url|path|route)| following)?:?"
_IN_SENTENCE = re.compile(rf"\b({_METHOD})\s{_TO}\s")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.{}:_-]+")
_LITERAL = re.compile(r"[A-Za-z0-9_~%.@+$=!-]+")
_PARAMETER = re.compile(r"\{\{?\s?([A-Za-z_$][\w$.-]*)\s?\}?\}|<([A-Za-z_][\w .-]*)>|\[([A-Za-z_]\w*)\]")
_COLON = re.compile(r":([A-Za-z_]\w*)")


class Spelled(NamedTuple):
    """An operation as a line states it: method in lower case, path with `{name}`, `https://host` or nothing, and where
    the statement ends in the line without its emphasis."""

    method: str
    path: str
    origin: str
    rest: str

    @property
    def name(self) -> str:
        """`get /v1/jobs/{id}`, as claims name an operation."""
        return f"{self.method} {self.path}"


def operation_at(line: str) -> Spelled | None:
    """Returns the operation that a line begins with, after marks of headings, lists and emphasis, and a label.

    A method in lower case counts only if it is emphasised (`**post** `/v1/x``): "get /x" is a sentence too.
    """
    text = line.translate(_NO_EMPHASIS)
    found = _LEADING.match(text)
    if found is None or (not found[1].isupper() and not re.match(r"[\s#>+-]*[*`]", line)):
        return None
    return _spelled(found[1], text, found.end())


def operation_in(sentence: str) -> Spelled | None:
    """Returns the operation that a sentence tells to call: "Send a `POST` request to `/v1/jobs`"."""
    text = sentence.translate(_NO_EMPHASIS)
    found = _IN_SENTENCE.search(text)
    return _spelled(found[1], text, found.end()) if found else None


def operation_of(method: str, address: str) -> Spelled | None:
    """Returns the operation of a method and an address that stand apart, as in two cells of a table."""
    if method.strip("`* ").upper() not in METHODS:
        return None
    return _spelled(method.strip("`* "), address.translate(_NO_EMPHASIS).strip(), 0)


_NO_EMPHASIS = str.maketrans(dict.fromkeys("`*", None))


def _spelled(method: str, text: str, start: int) -> Spelled | None:
    if origin := _ORIGIN.match(text, start):
        start = origin.end()
    path, end = _path(text, start)
    if not path:
        return None
    return Spelled(method.lower(), path, origin[0] if origin else "", text[end:])


def _path(text: str, start: int) -> tuple[str, int]:
    """Returns the path that begins at an index, and where it ends.

    After a parameter, text needs a dot, a colon or a hyphen before it: pages glue the next heading on,
    `/jobs/{job_id}Response`.
    """
    parts: list[str] = []
    index, length = start, len(text)
    after_parameter = False
    while index < length:
        character = text[index]
        if character == "/":
            parts.append("/")
            index, after_parameter = index + 1, False
        elif not parts:
            break
        elif found := _PARAMETER.match(text, index):
            name = re.sub(r"\W", "_", (found[1] or found[2] or found[3]).strip())
            parts.append(f"{{{name}}}")
            index, after_parameter = found.end(), True
        elif character == ":" and (named := _COLON.match(text, index)):
            # `/jobs/:id` has a parameter, `/jobs/{id}:cancel` a verb.
            parts.append(f"{{{named[1]}}}" if parts[-1] == "/" else named[0])
            index, after_parameter = named.end(), parts[-1].startswith("{")
        elif (literal := _LITERAL.match(text, index)) and not (after_parameter and character not in ".-"):
            parts.append(literal[0])
            index, after_parameter = literal.end(), False
        else:
            break
    path = "".join(parts)
    bare = path.rstrip(".")
    end = index - (len(path) - len(bare))
    if end < length and text[end] == "?":
        # The query is no part of the path.
        end = next((at for at in range(end, length) if text[at].isspace()), length)
    return bare.rstrip("/"), end


# ------------------------------------------------------------------------------------------------------------ curl


class Curl(NamedTuple):
    """A call of curl: what it requests, the headers and the body that it sends."""

    operation: Spelled
    headers: tuple[str, ...]
    body: str


def curl_of(command: str) -> Curl | None:
    """Returns what a command line of curl requests; None if it is none, or has no address."""
    words = _words(command)
    if not words or words[0] != "curl":
        return None
    method, address, body = "", "", ""
    headers: list[str] = []
    waiting = iter(words[1:])
    for word in waiting:
        option, joined, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if option in ("-X", "--request"):
            method = value or next(waiting, "")
        elif option in ("-H", "--header"):
            headers.append(value if joined else next(waiting, ""))
        elif option in ("-d", "--data", "--data-raw", "--data-binary", "--json"):
            body = value if joined else next(waiting, "")
            method = method or "POST"
        elif option in ("-F", "--form", "-T", "--upload-file"):
            next(waiting, "")
            method = method or ("POST" if option in ("-F", "--form") else "PUT")
        elif option in ("-u", "--user"):
            headers.append("Authorization: Basic")
            next(waiting, "")
        elif option in ("-G", "--get"):
            method = "GET"
        elif option in ("-o", "--output", "-w", "--write-out", "-A", "-e", "-m", "--max-time", "--url-query"):
            next(waiting, "")
        elif option == "--url":
            address = value or next(waiting, "")
        elif not word.startswith("-"):
            address = address or word
    found = operation_of(method or "GET", re.sub(r"\$\{?\w+\}?(?=/)", "", address) if address[:1] == "$" else address)
    return Curl(found, tuple(headers), body) if found else None


def _words(command: str) -> Sequence[str]:
    try:
        return shlex.split(command.replace("\\\n", " "))
    except ValueError:
        # A quotation mark is left open, as in a sample that was cut short.
        return command.replace("\\\n", " ").split()


def fits(template: str, path: str) -> bool:
    """Whether a path may be what a template gives with some values of its parameters, by segments."""
    wanted, given = template.strip("/").split("/"), path.strip("/").split("/")
    return len(wanted) == len(given) and all(
        one == other or "{" in one for one, other in zip(wanted, given, strict=True)
    )


def host_of(url: str) -> str:
    """The scheme and the host of a URL, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
