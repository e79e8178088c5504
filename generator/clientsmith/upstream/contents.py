"""What a text from a provider is: what it says to a client, apart from its form.

Decides the canonical digest (documents: apart from key order and white space; pages: apart from white space, and from
what platforms add around a page), the operations of a document or page, and whether a text is of its kind at all.
Whether it may replace an earlier edition is for `judging`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from html.parser import HTMLParser
from typing import assert_never, cast
from urllib.parse import unquote

from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.load.grammar import METHODS, VARIANTS
from clientsmith.load.pages import read_page
from clientsmith.load.source import decode, read_text
from clientsmith.load.tree import Tree, is_array, is_object, unescape
from clientsmith.load.upgrade import version_of
from clientsmith.project.digests import digest_of
from clientsmith.project.keys import SourceKind
from clientsmith.records import dataclass, replace

FEWEST_WORDS = 20
"""A page of HTML with fewer words is the shell of an application that writes its text by a script."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRONT_MATTER_TIMES = re.compile(r"(?:last_?)?(?:updated|modified)(?:_?at)?\s*:|date\s*:", re.IGNORECASE)
_ADDED_BLOCK = re.compile(r">\s*#+\s*(?:Documentation Index|Agent Instructions)\s*$", re.IGNORECASE)
_ADDED_LINE = re.compile(r"\W*(?:Built|Powered) (?:with|by) \[?\w+\b.{0,80}$", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Content:
    """What one edition of a source is.

    Attributes:
        raw: the sha256 of its bytes.
        canonical: the sha256 of what it says, see the module.
        problem: why it is not what its kind must be; empty if it is.
        is_html: whether it is a page of HTML.
        words: how many words its text has; 0 for documents.
        text: the sha256 of the text of a page without its OpenAPI; empty for documents.
        operations: method and path to the sha256 of the operation; webhooks too.
        ids: method and path to the operationId, of operations that have one.
        components: pointer to the sha256 of each component.
        rest: the sha256 of all other parts of a document, by key, without `info.version`.
        version: `info.version`.
        dangling: how many references in it lead nowhere in it.
    """

    raw: str
    canonical: str
    problem: str = ""
    is_html: bool = False
    words: int = 0
    text: str = ""
    operations: Mapping[str, str] = field(default_factory=dict[str, str])
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    components: Mapping[str, str] = field(default_factory=dict[str, str])
    rest: Mapping[str, str] = field(default_factory=dict[str, str])
    version: str = ""
    dangling: int = 0


def content_of(kind: SourceKind, body: bytes, name: str) -> Content:
    """Returns what a text is.

    Args:
        kind: of the source. What an `authored` one was written from is a page, as a `prose` one is.
        body: as it was published.
        name: of the file, whose suffix decides how a document is read.
    """
    raw = digest_of(body)
    if not body.strip():
        return Content(raw, raw, "it is empty")
    try:
        text = decode(body, Report(), name=name)
    except ClientsmithError as error:
        return Content(raw, raw, f"it is not a text: {error}")
    if _is_html(text):
        words = _html_words(text)
        problem = "it is a page of HTML" if kind in ("openapi", "page") else ""
        if not problem and len(words) < FEWEST_WORDS:
            problem = f"it is a page of HTML with {len(words)} words, the shell of an application"
        said = digest_of(" ".join(words).encode("utf-8", "surrogatepass"))
        return Content(raw, said, problem, is_html=True, words=len(words), text=said)
    match kind:
        case "openapi":
            return _document(raw, text, name)
        case "page":
            return _page(raw, text, name)
        case "prose" | "authored":
            words = page_words(text)
            said = digest_of(" ".join(words).encode("utf-8", "surrogatepass"))
            return Content(raw, said, words=len(words), text=said)
        case _:
            assert_never(kind)


def _is_html(text: str) -> bool:
    start = _after_space(text, 0)
    while text.startswith(("<!--", "<?xml"), start):
        mark = "-->" if text.startswith("<!--", start) else ">"
        end = text.find(mark, start)
        if end < 0:
            return False
        start = _after_space(text, end + len(mark))
    return _HTML.match(text, start) is not None


def _after_space(text: str, start: int) -> int:
    space = _SPACE.match(text, start)
    assert space is not None, "it matches nothing, too"
    return space.end()


# ------------------------------------------------------------------------------------------------------ documents


def _document(raw: str, text: str, name: str) -> Content:
    report = Report()
    try:
        value: Tree = read_text(text, report, name=name).value
    except ClientsmithError as error:
        place = error.report.errors[0].location
        return Content(raw, raw, f"it cannot be read: {error} (line {place.line})")
    canonical = canonical_digest(value)
    if value in ({}, []):
        return Content(raw, canonical, "it contains nothing")
    try:
        version_of(value, report, name)
    except ClientsmithError as error:
        return Content(raw, canonical, str(error))
    assert is_object(value)
    return _described(raw, canonical, [value])


def _page(raw: str, text: str, name: str) -> Content:
    fragments = read_page(text, name, Report())
    fences = [
        # From its opening line to its closing one.
        range(fragment.source.line_offset - 1, fragment.source.line_offset + fragment.source.text.count("\n") + 1)
        for fragment in fragments
        if fragment.source
    ]
    words = page_words(text, fences)
    said = digest_of(" ".join(words).encode("utf-8", "surrogatepass"))
    values = [fragment.value for fragment in fragments]
    canonical = digest_of(f"{canonical_digest(cast('Tree', values))} {said}".encode())
    problem = "" if fragments else "it contains no OpenAPI fragment"
    return replace(_described(raw, canonical, values), problem=problem, words=len(words), text=said)


def _described(raw: str, canonical: str, values: list[dict[str, Tree]]) -> Content:
    """Returns what documents, or the fragments of one page, describe together."""
    operations: dict[str, str] = {}
    ids: dict[str, str] = {}
    components: dict[str, str] = {}
    rest: dict[str, str] = {}
    versions: list[str] = []
    for index, value in enumerate(values):
        for name, operation, shared in _operations(value):
            operations[name] = canonical_digest([operation, shared])
            if is_object(operation) and isinstance(operation.get("operationId"), str):
                ids[name] = str(operation["operationId"])
        components.update(_components(value, f"{index}:" if index else ""))
        for key, part in value.items():
            if key == "info" and is_object(part):
                versions.append(str(part.get("version", "")))
                part = {inner: each for inner, each in part.items() if inner != "version"}
            if key not in ("paths", "webhooks", "components"):
                rest[f"{index}:{key}" if index else key] = canonical_digest(part)
    dangling = sum(_dangling(value) for value in values)
    version = ", ".join(dict.fromkeys(versions))
    return Content(
        raw, canonical, operations=operations, ids=ids, components=components, rest=rest, version=version,
        dangling=dangling,
    )  # fmt: skip


def canonical_digest(value: Tree) -> str:
    """Returns the sha256 of a value in a form that has no order of keys and no white space."""
    return digest_of(json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii"))


def _operations(value: Mapping[str, Tree]) -> Iterator[tuple[str, Tree, Tree]]:
    """Yields `("GET /jobs/{id}", operation, shared)`; what a path item states for all of its operations is `shared`."""
    for section, prefix in (("paths", ""), ("webhooks", "webhook ")):
        items = value.get(section)
        for path, item in items.items() if is_object(items) else ():
            if not is_object(item):
                continue
            shared = {key: part for key, part in item.items() if key not in METHODS and key != "additionalOperations"}
            extra = item.get("additionalOperations")
            found = {method.upper(): item[method] for method in METHODS if method in item}
            found |= extra if is_object(extra) else {}
            if "$ref" in item:
                found["*"] = item["$ref"]
            for method, operation in found.items():
                yield f"{prefix}{method} {path}", operation, shared
                variants = operation.get(VARIANTS) if is_object(operation) else None
                for number, variant in enumerate(variants if is_array(variants) else ()):
                    yield f"{prefix}{method} {path} [{number + 2}]", variant, shared


def _components(value: Mapping[str, Tree], prefix: str) -> Iterator[tuple[str, str]]:
    sections = value.get("components")
    for section, members in sections.items() if is_object(sections) else ():
        for name, member in members.items() if is_object(members) else ():
            yield f"{prefix}{section}/{name}", canonical_digest(member)


def _dangling(root: Mapping[str, Tree]) -> int:
    """Returns how many different references to the same document lead nowhere (RFC 6901)."""
    references: set[str] = set()
    stack: list[object] = [root]
    while stack:
        value = stack.pop()
        if is_object(value):
            reference = value.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                references.add(reference)
            stack += value.values()
        elif is_array(value):
            stack += value
    return sum(not _resolves(reference, root) for reference in references)


def _resolves(reference: str, root: Mapping[str, Tree]) -> bool:
    value: object = root
    for token in map(unescape, unquote(reference[2:]).split("/")):
        if is_object(value) and token in value:
            value = value[token]
        elif is_array(value) and token.isdecimal() and len(token) < 10 and int(token) < len(value):
            value = value[int(token)]
        else:
            # What is below a reference is looked for elsewhere: only what is certain counts.
            return is_object(value) and "$ref" in value
    return True


# ---------------------------------------------------------------------------------------------------------- pages


def page_words(text: str, left_out: Iterable[range] = ()) -> list[str]:
    """Returns the words of a page in Markdown, without what platforms add to it.

    Args:
        text: of the page.
        left_out: lines, counted from 0, that do not count.
    """
    lines = _LINE_END.split(text)
    skipped = {number for numbers in left_out for number in numbers}
    in_front_matter = lines[0].startswith("---") and not lines[0].strip("- \t")
    in_block = False
    words: list[str] = []
    for number, line in enumerate(lines):
        if number and in_front_matter and line.startswith("---"):
            in_front_matter = False
        in_block = (in_block and line.startswith(">")) or _ADDED_BLOCK.match(line) is not None
        is_added = in_block or (in_front_matter and _FRONT_MATTER_TIMES.match(line)) or _ADDED_LINE.match(line)
        if number not in skipped and not is_added:
            words += line.split()
    return words


class _VisibleText(HTMLParser):
    """Collects the words that a reader of a page sees."""

    _HIDDEN = frozenset({"script", "style", "template", "noscript", "svg"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self._HIDDEN

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


def _html_words(text: str) -> list[str]:
    parser = _VisibleText()
    parser.feed(text)
    parser.close()
    return parser.words
