"""Documentation pages as sources: the OpenAPI fragments in the code fences of Markdown.

Decides which fences contain a fragment and what the page states about it (operation, file, title, address). What a
platform adds to a page for other readers (an index, instructions) is ignored, and no text of a page is ever acted on.
Does not combine fragments (`merge`).

Known forms:

    ````yaml /openapi.json GET /v1/jobs/{jobId}      Mintlify: the fence names operation, and file if several
    ```json                                          ReadMe, Fern, Apidog, GitBook: a whole OpenAPI object follows
    ````yaml GET /v1/jobs  paths: {path: ...}        Mintlify until 2025, not OpenAPI: refused, fetch the page again

Pages come from outside, so that every search in them must take linear time: the patterns cannot backtrack far.
"""

from __future__ import annotations

import bisect
import re
from typing import Literal, NamedTuple

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.document import Fragment
from clientsmith.load.fences import fences_of
from clientsmith.load.source import Source, read_text
from clientsmith.load.tree import Tree, is_object

_LANGUAGES: dict[str, Literal["json", "yaml"]] = {"json": "json", "yaml": "yaml", "yml": "yaml"}
_LINE_END = re.compile(r"\r\n|\n|\r")
_MARKER = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_METHOD = re.compile(r"[A-Za-z]+\Z")
_ROOT_KEY = re.compile(r"""^[ \t]*(?:\{\s*)?["']?(?:openapi|swagger)["']?\s*:|["'](?:openapi|swagger)["']\s*:""", re.M)
_LEGACY = re.compile(r"^paths:(\s++)path:\s", re.M)
_URL = re.compile(r"""(?:#+\s*)?(?:source|url)\s*:\s*["']?(https?://[^\s"'>]+)""", re.I)
_COMMENT_URL = re.compile(r"(?:(?:source|url)\s*+:\s*+)?+(https?://[^\s>]++)\Z", re.I)
_HEADING = re.compile(r" {0,3}#[ \t]++(.*)")
_NOT_TITLES = frozenset({"openapi definition", "openapi specification", "openapi"})
_EMBEDDED = re.compile(r"\{% openapi\b")


class Target(NamedTuple):
    """What a fence announces behind its language: `[FILE] METHOD PATH`, or `[FILE] webhook NAME`."""

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
    """Returns the fragments of one file of documentation pages, in their order.

    Args:
        text: of the file: one page, or several one after the other.
        name: the file as it is shown to the user.
        report: takes `page-without-fragment`, `page-legacy-form`, `page-operation-mismatch`, and errors in the text of
            a fragment. A fence that announces no operation and is not an OpenAPI object is ignored: pages show code
            of all kinds.
    """
    scanned = _Scanned(text)
    fragments: list[Fragment] = []
    explained = False
    for fence in fences_of(scanned.text):
        words = fence.info.split()
        language = _LANGUAGES.get(words[0].lower()) if words else None
        if language is None:
            continue
        line = scanned.numbers[fence.line]
        target = target_of(fence.info)
        if _ROOT_KEY.search(fence.text) is None:
            if any("\n" in match[1][:-1] for match in _LEGACY.finditer(fence.text)):
                explained = True
                _report_legacy(name, line, report)
            continue
        unique = f"{name}[{len(fragments) + 1}]" if fragments else name
        diagnostics = report if target.method else Report()
        try:
            source = read_text(
                fence.text,
                diagnostics,
                name=unique,
                file=name,
                language=language,
                line_offset=line,
                column_offset=fence.indent,
            )
        except ClientsmithError:
            explained = explained or diagnostics is report
            continue
        value: Tree = source.value
        if not is_object(value) or not ("swagger" in value or _is_fragment(value)):
            continue
        title, url = scanned.identity(fence.line)
        fragments.append(_fragment(value, source, target, title, url))
        _check_operation(value, target, Location(name, "", line, 1), report)
    if not fragments and not explained:
        report.add(
            "page-without-fragment",
            "the page contains no OpenAPI fragment",
            Location(name),
            hint=_without_fragment(scanned.text),
        )
    return fragments


def _without_fragment(text: str) -> str:
    """Returns how a page without a fragment can be used all the same."""
    document = _front_matter(text, "openapi")
    if document:
        return f"its front matter refers to openapi: {document}; use that document as a source instead"
    if _EMBEDDED.search(text):
        return "it embeds operations of another document with {% openapi %}; use that document as a source instead"
    return 'fetch its Markdown form, or declare it with kind = "prose"'


def _front_matter(text: str, key: str) -> str:
    """Returns the value of a key in the front matter of a page; empty if there is none."""
    first, *lines = text.split("\n")
    if not first.startswith("---") or first.strip("- \t"):
        return ""
    value = ""
    for line in lines:
        if line.startswith("---"):
            return value
        if line.startswith(f"{key}:") and not value:
            value = line.partition(":")[2].strip(" \t\"'")
    return ""


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
        "the fragment has an older form that is not OpenAPI ('paths' with one 'path'); it is ignored",
        Location(name, "", line, 1),
        hint="fetch the page again: the platform exports OpenAPI now",
    )


def _check_operation(value: dict[str, Tree], target: Target, here: Location, report: Report) -> None:
    """Reports an operation that the fence announces and the fragment does not contain."""
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
        f"the fence announces {named}, but the fragment does not contain it",
        here,
        hint="fetch the page again",
    )


class _Scanned:
    """A file of pages, line by line.

    Attributes:
        text: with LF, and with the end of each fence on a line of its own: in pages that were joined without a newline,
            the next page begins right behind the closing fence.
        numbers: the line in the file, from 1, of each line of `text`.
    """

    def __init__(self, text: str) -> None:
        self.numbers: list[int] = []
        self._since: list[int] = []
        self._identities: list[tuple[str, str]] = []
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
                    self.numbers.append(number)
                    line = marker[2]
            if not opened:
                self._note_identity(line, len(lines))
            lines.append(line)
            self.numbers.append(number)
        self.text = "\n".join(lines)

    def identity(self, line: int) -> tuple[str, str]:
        """Returns title and address of the page that contains a line of `text` (from 0): the nearest before it."""
        at = bisect.bisect_right(self._since, line)
        return self._identities[at - 1] if at else ("", "")

    def _note_identity(self, line: str, index: int) -> None:
        title, url = self._identities[-1] if self._identities else ("", "")
        address, heading = _address_in(line), _heading_in(line)
        if address:
            url = address
        elif heading and heading.lower() not in _NOT_TITLES:
            title = heading
        else:
            return
        self._since.append(index)
        self._identities.append((title, url))


def _address_in(line: str) -> str:
    """Returns the address of a page in a line like `Source: URL` or `<!-- URL -->`; empty if there is none."""
    match = _URL.match(line)
    end = 0
    while match is None and (start := line.find("<!--", end)) >= 0:
        end = line.find("-->", start + 4)
        if end < 0:
            return ""
        match = _COMMENT_URL.match(line[start + 4 : end].strip())
    return match[1] if match else ""


def _heading_in(line: str) -> str:
    """Returns the text of a heading of the first level (CommonMark 0.31.2, section 4.2); empty for other lines."""
    match = _HEADING.match(line)
    if match is None:
        return ""
    text = match[1].rstrip(" \t")
    without_closing = text.rstrip("#")
    if without_closing and not without_closing.endswith((" ", "\t")):
        return text
    return without_closing.rstrip(" \t")
