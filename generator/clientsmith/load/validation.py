"""The verdict of openapi-spec-validator on a document, as findings with places.

Decides what of it is worth saying: not what other stages report themselves, and without the values that it quotes at
length. The verdict is on the document as the provider wrote it, merged and corrected, before it is upgraded. It is
never an error: a fifth of all real documents are refused by it for reasons that no client needs to care about.

The validator is slow (a second for a megabyte, and more than in proportion), and slow to import; so it is imported when
it is called, its verdict is kept by the digest of what it was given, and what is large is left out unless asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from clientsmith.diagnostics import Report
from clientsmith.load.document import Document, escape
from clientsmith.load.text import Tree, paused_gc
from clientsmith.load.tree import is_array

LARGEST: Final = 3 * 1024 * 1024
"""Characters of JSON that are validated without being asked for; takes some seconds."""

MOST: Final = 200
"""Findings that are given; a document with more has one cause for many."""

_REPORTED_ELSEWHERE: Final = frozenset(
    {"DuplicateOperationIDError", "UnresolvableParameterError", "ParameterDuplicateError", "ExtraParametersError"}
)
"""Kinds of errors that `parse` reports, with better places."""

_BASE: Final = "file:///"

_VERB: Final = re.compile(r".* ((?:is|does|has|was|are|must|should) )")
"""What follows a quoted value: `{"a": 1} is not of type 'string'`."""


class Finding(NamedTuple):
    """One thing that is wrong: a slug, a pointer into the document, a sentence."""

    slug: str
    pointer: str
    message: str


def validate(document: Document, report: Report, *, cache: Path | None = None, largest: int | None = LARGEST) -> None:
    """Report what openapi-spec-validator finds, as `invalid-openapi`.

    Args:
        document: as `load` gave it.
        report: takes `invalid-openapi`, and `validation-incomplete` when the validator was not asked or gave up.
        cache: a folder for verdicts; made when it is not there. None: every call takes its time.
        largest: characters of JSON above which the validator is not asked; None for no limit.
    """
    root = document.original() if document.original else document.root
    text = json.dumps(root, sort_keys=True, separators=(",", ":"))
    here = document.place("#")
    if largest is not None and len(text) > largest:
        message = f"not validated: {len(text) / 2**20:.1f} MiB would take long, {largest / 2**20:.1f} MiB are allowed"
        report.add("validation-incomplete", message, here)
        return
    files = json.dumps(document.files, sort_keys=True)
    stamp = f"{metadata.version('openapi-spec-validator')}\n{files}\n{text}"
    kept = cache / f"{hashlib.sha256(stamp.encode()).hexdigest()}.json" if cache else None
    verdict = _recalled(kept)
    if verdict is None:
        with paused_gc():
            verdict = [*_verdict(root, document)]
        _keep(verdict, kept)
    for finding in verdict[:MOST]:
        report.add(finding.slug, finding.message, document.place(f"#{finding.pointer}"))
    if len(verdict) > MOST:
        message = f"{len(verdict) - MOST} more findings of the validator are left out"
        report.add("validation-incomplete", message, here)


def _verdict(root: dict[str, Any], document: Document) -> Iterator[Finding]:
    """Ask the validator. Its schemas first, then its own rules, which stop at what they cannot resolve."""
    from jsonschema_path import SchemaPath
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
    from openapi_spec_validator.schemas.backend.jsonschema import create_validator
    from openapi_spec_validator.schemas.utils import get_schema_content
    from openapi_spec_validator.validation.registries import KeywordValidatorRegistry

    validators = {(3, 0): OpenAPIV30SpecValidator, (3, 1): OpenAPIV31SpecValidator, (3, 2): OpenAPIV32SpecValidator}
    files: dict[str, Any] = document.files

    def opened(uri: str) -> Any:
        """What a reference of the document leads to: only what was read already, nothing is fetched or opened."""
        return files.get(unquote(urlsplit(uri).path).lstrip("/"), {})

    folder = f"{document.folder}/" if document.folder else ""
    path = SchemaPath.from_dict(
        root,
        base_uri=f"{_BASE}{folder}openapi",
        handlers=dict.fromkeys(("<all_urls>", "file", "http", "https", ""), opened),
    )
    validator: Any = validators[document.version](path)
    places: dict[int, tuple[Any, str]] = {}
    rules = {name: _placing(rule, places) for name, rule in validator.keyword_validators.items()}
    validator.keyword_validators_registry = KeywordValidatorRegistry(rules)
    # Its own choice of a library depends on what is installed, and so would the findings.
    by_schema: Any = create_validator({**get_schema_content(".".join(map(str, document.version)))})
    seen: set[Finding] = set()
    for errors in (by_schema.iter_errors(root), validator.root_validator(path)):
        try:
            for error in errors:
                _, place = places.get(id(error), (None, ""))
                finding = _finding(error, place)
                if finding is not None and finding not in seen:
                    seen.add(finding)
                    yield finding
        except Exception as error:  # of its own, of three libraries below it, KeyError: none of it is documented
            yield Finding("validation-incomplete", "", f"the validator gave up: {type(error).__name__}")


def _placing(rule: Any, places: dict[int, tuple[Any, str]]) -> Any:
    """A rule of the validator that notes where it was when it found something: its own errors mostly do not say.

    `places` gets the pointers by `id` of the errors, and the errors themselves, so that the `id`s stay theirs.
    """

    def call(self: Any, where: Any, *others: Any, **named: Any) -> Iterator[Any]:
        for error in rule.__call__(self, where, *others, **named):
            parts: tuple[object, ...] = getattr(where, "parts", ())
            places.setdefault(id(error), (error, _pointer(parts)))
            yield error

    return type(rule.__name__, (rule,), {"__call__": call})


def _finding(error: Any, place: str) -> Finding | None:
    if type(error).__name__ in _REPORTED_ELSEWHERE:
        return None
    while getattr(error, "context", None):
        # Why no alternative fits: the one that got furthest tells most, and that it could be a reference nothing.
        error = max(error.context, key=lambda each: (not each.message.startswith("'$ref'"), len(each.absolute_path)))
    return Finding("invalid-openapi", place or _pointer(error.absolute_path), _sentence(error))


def _pointer(tokens: Iterable[object]) -> str:
    return "".join(f"/{escape(str(token))}" for token in tokens)


def _sentence(error: Any) -> str:
    """The first line of the message, without the value that it begins with: that can be half of the document."""
    message = str(error.message).partition("\n")[0]
    verb = _VERB.match(message)
    if verb and verb.start(1) > 60:
        kind = "mapping" if message[0] == "{" else "list" if message[0] == "[" else "value"
        message = f"this {kind} {message[verb.start(1) :]}"
    return message if len(message) <= 300 else f"{message[:299]}…"


def _recalled(kept: Path | None) -> list[Finding] | None:
    """A verdict that was kept; None where there is none, or none that can be read."""
    try:
        rows: Tree = json.loads(kept.read_text("utf-8")) if kept else None
    except (OSError, ValueError):
        return None
    if not isinstance(rows, list):
        return None
    return [Finding(*map(str, row)) for row in rows if is_array(row) and len(row) == 3]


def _keep(verdict: Iterable[Finding], kept: Path | None) -> None:
    """Keep a verdict. A cache that cannot be written is no reason to fail."""
    if kept is None:
        return
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps([*verdict]), "utf-8")
        beside.replace(kept)
    except OSError:
        return
