"""Documentation pages as sources: the OpenAPI fragments in the code fences of Markdown.

Decides which fences hold a fragment and what the page says about it (operation, file, title, address). What a platform
puts around a page for other readers (an index, instructions) is not looked at; nothing that a page says is ever acted
on. Does not combine fragments (`merge`).

Known forms, by what they are:

    ````yaml /openapi.json GET /v1/jobs/{jobId}      Mintlify: the fence names operation, and file if several
    ```json                                          ReadMe, Fern, Apidog, GitBook: a whole OpenAPI object follows
    ````yaml GET /v1/jobs  paths: {path: ...}        Mintlify until 2025, no OpenAPI: refused, fetch the page again
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.document import Fragment
from clientsmith.load.source import Source, read_text
from clientsmith.load.text import Tree
from clientsmith.load.tree import is_object

_LANGUAGES: dict[str, Literal["json", "yaml"]] = {"json": "json", "yaml": "yaml", "yml": "yaml"}
_LINE_END = re.compile(r"\r\n|\n|\r")
_MARKER = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_METHOD = re.compile(r"[A-Za-z]+\Z")
_ROOT_KEY = re.compile(r"""^[ \t]*(?:\{\s*)?["']?(?:openapi|swagger)["']?\s*:|["'](?:openapi|swagger)["']\s*:""", re.M)
_LEGACY = re.compile(r"^paths:\s*\n\s+path:\s", re.M)
_URL = re.compile(r"""(?:#+\s*)?(?:source|url)\s*:\s*["']?(https?://[^\s"'>]+)""", re.I)
_COMMENT_URL = re.compile(r"<!--\s*(?:(?:source|url)\s*:)?\s*(https?://[^\s>]+)\s*-->", re.I)
_HEADING = re.compile(r" {0,3}#[ \t]+(.+?)[ \t]*#*[ \t]*$")
_NOT_TITLES = frozenset({"openapi definition", "openapi specification", "openapi"})
_FRONT_MATTER = re.compile(r"""\A---\s*\n(?:.*\n)*?openapi:[ \t]*["']?([^\n"']+)["']?[ \t]*\n(?:.*\n)*?---""")


class Target(NamedTuple):
    """What a fence says behind its language: `[FILE] METHOD PATH`, or `[FILE] webhook NAME`."""

    file: str = ""
    method: str = ""
    path: str = ""


def target_of(info: str) -> Target:
    """`target_of("yaml /openapi.json GET /v1/jobs") == Target("/openapi.json", "get", "/v1/jobs")`."""
    match info.split()[1:]:
        case [method, path] if _METHOD.match(method) and (path.startswith("/") or method.lower() == "webhook"):
            return Target("", method.lower(), path)
        case [file, method, path] if _METHOD.match(method):
            return Target(file, method.lower(), path)
        case _:
            return Target()


def read_page(text: str, name: str, report: Report) -> list[Fragment]:
    """The fragments of one file of documentation pages, in the order in which they stand.

    Args:
        text: of the file: one page, or several one after the other.
        name: how the user knows the file.
        report: takes `page-without-fragment`, `page-legacy-form`, `page-operation-mismatch`, and what is wrong with the
            text of a fragment. A fence that announces no operation and is no OpenAPI object is left alone: pages show
            code of all kinds.
    """
    scanned = _Scanned.of(text)
    fragments: list[Fragment] = []
    explained = False
    for fence in _fences(scanned.text):
        words = fence.info.split()
        language = _LANGUAGES.get(words[0].lower()) if words else None
        if language is None:
            continue
        line = scanned.numbers[fence.line]
        target = target_of(fence.info)
        if _ROOT_KEY.search(fence.text) is None:
            if _LEGACY.search(fence.text) is not None:
                explained = True
                _report_legacy(name, line, report)
            continue
        unique = f"{name}[{len(fragments) + 1}]" if fragments else name
        findings = report if target.method else Report()
        try:
            source = read_text(
                fence.text,
                findings,
                name=unique,
                file=name,
                language=language,
                line_offset=line,
                column_offset=fence.indent,
            )
        except ClientsmithError:
            explained = explained or findings is report
            continue
        value: Tree = source.value
        if not is_object(value) or not ("swagger" in value or _is_fragment(value)):
            continue
        title, url = scanned.identity(fence.line)
        fragments.append(_fragment(value, source, target, title, url))
        _check_operation(value, target, Location(name, "", line, 1), report)
    if not fragments and not explained:
        named = _FRONT_MATTER.match(scanned.text)
        hint = 'fetch its Markdown form, or declare it with kind = "prose"'
        if named:
            hint = f"its front matter says openapi: {named[1].strip()}; name that document as a source instead"
        report.add("page-without-fragment", "no OpenAPI fragment in this page", Location(name), hint=hint)
    return fragments


def _is_fragment(value: dict[str, Tree]) -> bool:
    return "openapi" in value and bool({"info", "paths", "webhooks", "components"} & value.keys())


def _fragment(value: dict[str, Tree], source: Source, target: Target, title: str, url: str) -> Fragment:
    return Fragment(
        name=source.name,
        value=value,
        kind="page",
        source=source,
        method=target.method,
        path=target.path,
        title=title,
        url=url,
        file=target.file,
        digest=source.digest,
    )


def _report_legacy(name: str, line: int, report: Report) -> None:
    report.add(
        "page-legacy-form",
        "this fragment is no OpenAPI but an older form ('paths' holds one 'path'), and contributes nothing",
        Location(name, "", line, 1),
        hint="fetch the page again: the platform exports OpenAPI today",
    )


def _check_operation(value: dict[str, Tree], target: Target, here: Location, report: Report) -> None:
    """What the fence announces must be in the fragment."""
    if not target.method:
        return
    hooks = target.method == "webhook"
    items = value.get("webhooks" if hooks else "paths")
    item = items.get(target.path) if isinstance(items, dict) else None
    if isinstance(item, dict):
        others = item.get("additionalOperations")
        methods = [*item, *(others if isinstance(others, dict) else {})]
        if hooks or target.method in (method.lower() for method in methods):
            return
    named = f"the webhook {target.path!r}" if hooks else f"'{target.method.upper()} {target.path}'"
    report.add(
        "page-operation-mismatch",
        f"the fence announces {named}, which is not in the fragment",
        here,
        hint="fetch the page again",
    )


class _Fence(NamedTuple):
    info: str
    text: str
    line: int
    indent: int


def _fences(text: str) -> Iterator[_Fence]:
    """All fenced blocks by the rules of CommonMark 0.31.2 (section 4.5); `line` from 0."""
    # Loaded here: documents that are no pages need no Markdown.
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    # Fences only, and what they may stand in. Left out are indented code and HTML: fences inside of them are meant.
    parser = MarkdownIt("zero").enable(["fence", "list", "blockquote"])
    for token in parser.parse(text):
        if token.type == "fence" and token.map:
            first = lines[token.map[0]]
            yield _Fence(token.info.strip(), token.content, token.map[0], len(first) - len(first.lstrip(" ")))


@dataclass(slots=True)
class _Scanned:
    """A file of pages, line by line.

    Attributes:
        text: with LF, and with the end of each fence on a line of its own: where pages were joined without a newline,
            the next page begins right behind the closing fence.
        numbers: the line in the file, from 1, of each line of `text`.
    """

    text: str = ""
    numbers: list[int] = field(default_factory=list[int])
    _since: list[int] = field(default_factory=list[int])
    _identities: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @classmethod
    def of(cls, text: str) -> _Scanned:
        scanned = cls()
        lines: list[str] = []
        opened = ""
        for number, whole in enumerate(_LINE_END.split(text), 1):
            line = whole
            marker = _MARKER.match(line)
            if marker and not opened:
                opened = "" if marker[1][0] == "`" and "`" in marker[2] else marker[1]
            elif marker and marker[1][0] == opened[0] and len(marker[1]) >= len(opened):
                if not marker[2].strip():
                    opened = ""
                elif len(marker[1]) == len(opened) > 3:
                    opened = ""
                    lines.append(line[: marker.start(2)])
                    scanned.numbers.append(number)
                    line = marker[2]
            if not opened:
                scanned._note_identity(line, len(lines))
            lines.append(line)
            scanned.numbers.append(number)
        scanned.text = "\n".join(lines)
        return scanned

    def identity(self, line: int) -> tuple[str, str]:
        """Title and address of the page that a line of `text` (from 0) belongs to: the nearest before it."""
        at = bisect.bisect_right(self._since, line)
        return self._identities[at - 1] if at else ("", "")

    def _note_identity(self, line: str, index: int) -> None:
        title, url = self._identities[-1] if self._identities else ("", "")
        address = _URL.match(line) or _COMMENT_URL.search(line)
        heading = None if address else _HEADING.match(line)
        if address:
            url = address[1]
        elif heading and heading[1].lower() not in _NOT_TITLES:
            title = heading[1]
        else:
            return
        self._since.append(index)
        self._identities.append((title, url))
