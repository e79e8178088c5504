"""The verdict of openapi-spec-validator on a document, as diagnostics with locations.

Decides which of its errors are reported: not those that other stages report, and without the long values that it
quotes. The verdict is on the document as the provider wrote it, merged and corrected, before it is upgraded. It is
never an error: a fifth of all real documents are refused for reasons that no client depends on.

The validator is slow (a second for a megabyte, and more than in proportion), and slow to import; so it is imported when
it is called, its verdict is cached by the digest of its input, and large documents are not validated unless asked for.
It holds defaults against patterns, and a pattern can take for ever; so it runs in a process of its own.
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
from clientsmith.load.document import Document
from clientsmith.load.time_limit import in_time
from clientsmith.load.tree import Tree, escape, is_array, paused_gc

LARGEST: Final = 3 * 1024 * 1024
"""Characters of JSON that are validated by default; takes some seconds."""

LONGEST: Final = 300.0
"""Seconds after which the validator is stopped; it takes one minute for 13 MB."""

MOST: Final = 200
"""Problems that are reported; in a document with more, many have one cause."""

_REPORTED_ELSEWHERE: Final = frozenset(
    {"DuplicateOperationIDError", "UnresolvableParameterError", "ParameterDuplicateError", "ExtraParametersError"}
)
"""Kinds of errors that `parse` reports, with better places."""

_BASE: Final = "file:///"

_VERB: Final = re.compile(r".* ((?:is|does|has|was|are|must|should) )")
"""What follows a quoted value: `{"a": 1} is not of type 'string'`."""


class Problem(NamedTuple):
    """One error of the validator: a slug, a pointer into the document, a sentence."""

    slug: str
    pointer: str
    message: str


def validate(
    document: Document,
    report: Report,
    *,
    cache: Path | None = None,
    largest: int | None = LARGEST,
    longest: float = LONGEST,
) -> None:
    """Reports the errors of openapi-spec-validator, as `invalid-openapi`.

    Args:
        document: as `load` returned it.
        report: takes `invalid-openapi`, and `validation-incomplete` if the validator was not run or failed.
        cache: a folder for verdicts; created if needed. None: the validator runs in every call.
        largest: characters of JSON above which the validator is not run; None for no limit.
        longest: seconds after which it is stopped.
    """
    root = document.original() if document.original else document.root
    text = json.dumps(root, sort_keys=True, separators=(",", ":"))
    here = document.place("#")
    if largest is not None and len(text) > largest:
        message = f"not validated: the document has {len(text) / 2**20:.1f} MiB, the limit is {largest / 2**20:.1f} MiB"
        report.add("validation-incomplete", message, here)
        return
    files = json.dumps(document.files, sort_keys=True)
    stamp = f"{metadata.version('openapi-spec-validator')}\n{files}\n{text}"
    cached = cache / f"{hashlib.sha256(stamp.encode()).hexdigest()}.json" if cache else None
    verdict = _read_cached(cached)
    if verdict is None:
        try:
            verdict = in_time(longest, _problems, root, document.files, document.folder, document.version)
        except TimeoutError:
            message = f"the validator was stopped after {longest:g} seconds"
            hint = "a 'pattern' may take for ever to be searched in a default or an example"
            report.add("validation-incomplete", message, here, hint=hint)
            return
        except RuntimeError as error:
            report.add("validation-incomplete", f"the validator failed: {error}", here)
            return
        _write_cached(verdict, cached)
    for problem in verdict[:MOST]:
        report.add(problem.slug, problem.message, document.place(f"#{problem.pointer}"))
    if len(verdict) > MOST:
        message = f"{len(verdict) - MOST} more errors of the validator are left out"
        report.add("validation-incomplete", message, here)


def _problems(root: dict[str, Any], files: dict[str, Any], folder: str, version: tuple[int, int]) -> list[Problem]:
    with paused_gc():
        return [*_verdict(root, files, folder, version)]


def _verdict(
    root: dict[str, Any], files: dict[str, Any], folder: str, version: tuple[int, int]
) -> Iterator[Problem]:
    """Runs the validator: its schemas first, then its own rules, which stop at what they cannot resolve."""
    from jsonschema_path import SchemaPath
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
    from openapi_spec_validator.schemas.backend.jsonschema import create_validator
    from openapi_spec_validator.schemas.utils import get_schema_content
    from openapi_spec_validator.validation.registries import KeywordValidatorRegistry

    validators = {(3, 0): OpenAPIV30SpecValidator, (3, 1): OpenAPIV31SpecValidator, (3, 2): OpenAPIV32SpecValidator}

    def opened(uri: str) -> Any:
        """Returns the target of a reference: only what was read already, nothing is fetched or opened."""
        return files.get(unquote(urlsplit(uri).path).lstrip("/"), {})

    path = SchemaPath.from_dict(
        root,
        base_uri=f"{_BASE}{folder}{'/' if folder else ''}openapi",
        handlers=dict.fromkeys(("<all_urls>", "file", "http", "https", ""), opened),
    )
    validator: Any = validators[version](path)
    places: dict[int, tuple[Any, str]] = {}
    rules = {name: _locating(rule, places) for name, rule in validator.keyword_validators.items()}
    validator.keyword_validators_registry = KeywordValidatorRegistry(rules)
    # Its own choice of a library depends on what is installed, and so would the verdict.
    by_schema: Any = create_validator({**get_schema_content(".".join(map(str, version)))})
    seen: set[Problem] = set()
    for errors in (by_schema.iter_errors(root), validator.root_validator(path)):
        try:
            for error in errors:
                _, place = places.get(id(error), (None, ""))
                problem = _problem(error, place)
                if problem is not None and problem not in seen:
                    seen.add(problem)
                    yield problem
        except Exception as error:  # its own, of three libraries below it, KeyError: none of them is documented
            yield Problem("validation-incomplete", "", f"the validator failed with {type(error).__name__}")


def _locating(rule: Any, places: dict[int, tuple[Any, str]]) -> Any:
    """Returns a rule of the validator that also notes where it finds errors, which most of the errors do not state.

    `places` gets the pointers by `id` of the errors, and the errors themselves, so that the `id`s stay theirs.
    """

    def call(self: Any, where: Any, *others: Any, **named: Any) -> Iterator[Any]:
        for error in rule.__call__(self, where, *others, **named):
            parts: tuple[object, ...] = getattr(where, "parts", ())
            places.setdefault(id(error), (error, _pointer(parts)))
            yield error

    return type(rule.__name__, (rule,), {"__call__": call})


def _problem(error: Any, place: str) -> Problem | None:
    if type(error).__name__ in _REPORTED_ELSEWHERE:
        return None
    while getattr(error, "context", None):
        # The alternative that failed deepest is the one that was meant, and it was not a reference.
        error = max(error.context, key=lambda each: (not each.message.startswith("'$ref'"), len(each.absolute_path)))
    return Problem("invalid-openapi", place or _pointer(error.absolute_path), _sentence(error))


def _pointer(tokens: Iterable[object]) -> str:
    return "".join(f"/{escape(str(token))}" for token in tokens)


def _sentence(error: Any) -> str:
    """Returns the first line of the message, without the value at its start: it can be half of the document."""
    message = str(error.message).partition("\n")[0]
    verb = _VERB.match(message)
    if verb and verb.start(1) > 60:
        kind = "mapping" if message[0] == "{" else "list" if message[0] == "[" else "value"
        message = f"this {kind} {message[verb.start(1) :]}"
    return message if len(message) <= 300 else f"{message[:299]}…"


def _read_cached(cached: Path | None) -> list[Problem] | None:
    """Returns a cached verdict; None if there is none, or none that can be read."""
    try:
        rows: Tree = json.loads(cached.read_text("utf-8")) if cached else None
    except (OSError, ValueError):
        return None
    if not isinstance(rows, list):
        return None
    return [Problem(*map(str, row)) for row in rows if is_array(row) and len(row) == 3]


def _write_cached(verdict: Iterable[Problem], cached: Path | None) -> None:
    """Caches a verdict. A cache that cannot be written is ignored."""
    if cached is None:
        return
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        beside = cached.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps([*verdict]), "utf-8")
        beside.replace(cached)
    except OSError:
        return
