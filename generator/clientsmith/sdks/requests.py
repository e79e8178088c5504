"""The requests that a function of an SDK sends, read off its syntax tree: HTTP method and path.

    self._post("/chat/completions", body=...)                           POST /chat/completions
    self._get(path_template("/files/{file_id}", file_id=file_id))       GET /files/{}
    httpx_client.request(f"v1/voices/{jsonable_encoder(voice_id)}", method="DELETE")
    self._build_request(method="GET", path="/users/{user_id}")
    self._request("post", "/v1/accounts/{account}/reject".format(account=...))

Parameters are blanked. A path that is not written in the function is not found.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

Request: TypeAlias = tuple[str, str]
"""HTTP method and path: `("GET", "/files/{}")`."""

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})
_BY_NAME = {
    **{name.lower(): name for name in METHODS},
    **{f"_{name.lower()}": name for name in METHODS},
    "_get_api_list": "GET",
    "get_api_list": "GET",
}
"""Functions that are called as the method of the request they send."""
_PATH_KEYWORDS = ("path", "url", "endpoint", "route", "uri")
DEEPEST = 40
"""Expressions below each other in a path."""
LONGEST = 2_000
"""Characters of the value of a local name."""
_PATH = re.compile(r"/?[^\s/:]+(/[^\s]*)?|/")


def requests_of(nodes: Iterable[ast.AST]) -> list[Request]:
    """Returns the requests that a function of these nodes sends, in the order of the source."""
    nodes = list(nodes)
    texts = _Texts(nodes)
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    found = (_request(call, texts) for call in calls)
    return list(dict.fromkeys(request for request in found if request is not None))


def blanked(path: str) -> str:
    """Returns `/files/{}/content` for `files/{file_id}/content?x=1`."""
    path = re.sub(r"\{[^{}]*\}", "{}", path.partition("?")[0].partition("#")[0])
    path = re.sub(r"^(https?://[^/]*|\{\})(?=/)", "", path)
    return "/" + path.strip("/")


class _Texts:
    """The texts of expressions of one function, with `{}` for what is not known."""

    def __init__(self, nodes: Iterable[ast.AST]) -> None:
        self._values: dict[str, ast.expr] = {}
        """What local names are first assigned."""
        self._known: dict[str, str | None] = {}
        for node in nodes:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self._values.setdefault(node.targets[0].id, node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                self._values.setdefault(node.target.id, node.value)

    def text(self, node: ast.expr, depth: int = 0) -> str | None:
        """Returns the text of an expression; None if nothing of it is known."""
        if depth > DEEPEST:
            return None
        match node:
            case ast.Constant(value=str() as value):
                return value
            case ast.JoinedStr(values=parts):
                return _joined(self.text(part, depth + 1) for part in parts)
            case ast.FormattedValue(value=ast.Name() as name):
                return self.text(name, depth + 1)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _joined((self.text(left, depth + 1), self.text(right, depth + 1)))
            case ast.BinOp(left=left, op=ast.Mod()):
                text = self.text(left, depth + 1)
                return None if text is None else re.sub(r"%[sdr]", "{}", text)
            case ast.IfExp(body=one, orelse=other):
                text = self.text(one, depth + 1)
                return self.text(other, depth + 1) if text is None else text
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=""), attr="join"), args=[ast.List(elts=parts)]
            ):
                return _joined(self.text(part, depth + 1) for part in parts)
            case ast.Name(id=name):
                return self._value(name, depth)
            case ast.Call(func=ast.Attribute(value=template, attr="format")):
                return self.text(template, depth + 1)
            case ast.Call(args=arguments):
                texts = (self.text(argument, depth + 1) for argument in arguments)
                return next((text for text in texts if text is not None and "/" in text), None)
            case _:
                return None

    def _value(self, name: str, depth: int) -> str | None:
        if name not in self._known and name in self._values:
            # A name that is made of itself is not followed into itself.
            self._known[name] = None
            text = self.text(self._values[name], depth + 1)
            self._known[name] = text if text is None or len(text) <= LONGEST else None
        return self._known.get(name)


def _joined(parts: Iterable[str | None]) -> str | None:
    texts = list(parts)
    return None if all(text is None for text in texts) else "".join("{}" if text is None else text for text in texts)


def _request(call: ast.Call, texts: _Texts) -> Request | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    positional = list(call.args)
    method = _method(keywords.get("method"))
    by_position = _method(positional[0]) if positional else None
    if method is None and by_position is not None and len(positional) > 1:
        method, positional = by_position, positional[1:]
    elif method is None and by_position is not None and any(key in keywords for key in _PATH_KEYWORDS):
        method, positional = by_position, []
    elif method is None:
        method = _BY_NAME.get(name)
    if method is None:
        return None
    given = next((keywords[key] for key in _PATH_KEYWORDS if key in keywords), positional[0] if positional else None)
    path = None if given is None else texts.text(given)
    if path is None or not _is_path(path, strict=name in _BY_NAME and "method" not in keywords):
        return None
    return method, blanked(path)


def _method(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.upper() in METHODS:
        return node.value.upper()
    return None


def _is_path(text: str, *, strict: bool) -> bool:
    """Returns whether a text is a path; `strict`: the function alone does not say so (`headers.get("accept")`)."""
    if strict:
        return text.startswith(("/", "{}/", "https://", "http://"))
    return _PATH.fullmatch(re.sub(r"^https?://[^/]*", "", text)) is not None and text.strip("/") != "{}"


def delegations_of(nodes: Iterable[ast.AST]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields what a method of these nodes calls of its own private members, as attributes and a method:
    `self._raw_client.get(...)` is `("_raw_client",), "get"`, `self._send(...)` is `(), "_send"`."""
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        chain = chain_of(node.func)
        if chain and chain[0] == "self" and len(chain) in (2, 3) and chain[1].startswith("_"):
            yield tuple(chain[1:-1]), chain[-1]


def chain_of(node: ast.expr) -> tuple[str, ...]:
    """Returns `("self", "v1", "accounts")` for `self.v1.accounts`; nothing for what is no chain of names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()
