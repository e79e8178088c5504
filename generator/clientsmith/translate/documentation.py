"""Docstrings of methods, by their parts: what the document states, and when a call is sent again.

No text is given twice in one module: what an earlier method states is referred to by that method's name, and what the
class of an error states is left to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from clientsmith import ir
from clientsmith.records import dataclass, replace
from clientsmith.translate.errors import error_name
from clientsmith.translate.operations import ordinary_success
from clientsmith.translate.plain_text import plain
from clientsmith.translate.retries import ORDINARY
from clientsmith.translate.words import says_more
from clientsmith.view import Argument, CallView, Code, Documentation, Identifier

LONGEST_REPEATED = 60
"""Characters of a text that may be repeated in one module: a reference to the first would be no shorter."""

LONGEST_SUMMARY = 74
"""Characters of a first paragraph of a description that may take the summary's place: as many as fit on one line."""

FEWEST_ERRORS = 2
"""As many errors are always named: a reference would be no shorter."""
_WORD = re.compile(r"\w+")
_NOTHING = frozenset(
    [
        "a", "an", "code", "default", "error", "http", "ok", "operation", "request", "response", "result", "status",
        "success", "successful", "successfully", "the"
    ]
)  # fmt: skip
"""Words that say nothing of a response that its status does not say."""
_STATUSES = {
    "200": "ok",
    "201": "created",
    "202": "accepted",
    "400": "bad request",
    "401": "unauthorized unauthenticated not authenticated",
    "402": "payment required",
    "403": "forbidden permission denied",
    "404": "not found",
    "409": "conflict",
    "410": "gone",
    "413": "payload content too large",
    "422": "unprocessable entity content",
    "429": "too many requests rate limit exceeded",
    "500": "internal server",
    "502": "bad gateway",
    "503": "service unavailable",
    "504": "gateway timeout",
}
"""Words of the statuses themselves (RFC 9110, section 15)."""


def says_nothing(text: str, status: str) -> bool:
    """Returns whether a description of a response states no more than its status."""
    known = {*_NOTHING, status, *_STATUSES.get(status, "").split()}
    return all(word in known for word in _WORD.findall(text.lower()))


def documentation_of(
    operation: ir.Operation, call: CallView, errors: Mapping[int, tuple[str, ...]]
) -> Documentation:
    """Returns the docstring of the method of an operation.

    Args:
        operation: as it was read.
        call: its arguments.
        errors: the descriptions of each error status in the whole API; the class of an error states the only one.
    """
    success = ordinary_success(operation)
    raises: dict[Identifier, str] = {}
    for response in operation.responses:
        if response.status.isdecimal() and int(response.status) >= 400:
            status = int(response.status)
            text = plain(response.description.strip())
            stated = len(errors.get(status, ())) < 2 or says_nothing(text, response.status)
            raises.setdefault(error_name(status), "" if stated else f"{status}: {text}")
    summary, description = _summary(operation)
    returns = plain(success.description) if success is not None and success.contents else ""
    return Documentation(
        summary=summary,
        description=description,
        arguments=_arguments(call.arguments),
        returns="" if success is None or says_nothing(returns, success.status) else returns,
        headers=tuple(dict.fromkeys(name for status, name in call.headers if status[0] in "2d")),
        raises=tuple(raises.items()),
        retries=ORDINARY if call.retries.is_ordinary else call.retries.sentence,
        retry_reason=call.retries.reason,
        deprecated=operation.deprecated,
    )


def start_documentation(method: Identifier, fixed: Iterable[tuple[Identifier, Code]]) -> Documentation:
    """Returns the docstring of a method that starts a job by another `method` with `fixed` arguments."""
    given = ", ".join(f"{name}={value}" for name, value in fixed)
    return Documentation(
        summary=f"Start a job by `{method}({given})`; arguments as there.",
    )


def without_repetition(methods: Iterable[tuple[str, Documentation]]) -> dict[str, Documentation]:
    """Returns the docstrings of a module's methods, in their order, with references in place of repeated texts.

    Methods are called as a reader finds them in the module: `create`, `jobs.create`.
    """
    texts = _Texts()
    return {method: texts.referring(method, doc) for method, doc in methods}


@dataclass(slots=True)
class _Texts:
    """The texts of a module, and where each is given first: a method, or an argument of one."""

    first: dict[str, tuple[str, Code | None]] = field(default_factory=dict[str, tuple[str, Code | None]])
    arguments: dict[tuple[Code, str], str] = field(default_factory=dict[tuple[Code, str], str])
    """The method that has an argument of a name with a text first."""
    raises: dict[tuple[Identifier, ...], str] = field(default_factory=dict[tuple[Identifier, ...], str])
    """The method that raises some errors first of which it has nothing to say."""

    def referring(self, method: str, doc: Documentation) -> Documentation:
        """Returns a docstring with references to earlier ones; paragraphs that were given before are left out."""
        elsewhere: dict[str, list[Code]] = {}
        paragraphs: list[str] = []
        for paragraph in [*doc.description.split("\n\n"), doc.retry_reason]:
            earlier, _ = self._first(paragraph, method)
            if earlier != method:
                elsewhere[earlier] = []
                paragraph = ""
            paragraphs.append(paragraph)
        *description, reason = paragraphs
        arguments: list[tuple[Code, str]] = []
        for name, text in doc.arguments:
            earlier = self.arguments.setdefault((name, " ".join(text.split())), method)
            if earlier != method:
                elsewhere.setdefault(earlier, []).append(name)
            else:
                arguments.append((name, self._entry(text, method, name)))
        unsaid = tuple(name for name, text in doc.raises if not text)
        raises_as = self.raises.setdefault(unsaid, method) if len(unsaid) > FEWEST_ERRORS else method
        return replace(
            doc,
            description="\n\n".join(filter(None, description)),
            retry_reason=reason,
            arguments=tuple(arguments),
            raises=tuple((name, self._entry(text, method, name)) for name, text in doc.raises),
            raises_as="" if raises_as == method else raises_as,
            returns=self._entry(doc.returns, method, None),
            elsewhere=tuple((earlier, tuple(names)) for earlier, names in elsewhere.items()),
        )

    def _entry(self, text: str, method: str, name: Code | None) -> str:
        earlier, argument = self._first(text, method, name)
        if (earlier, argument) == (method, name):
            return text
        return f"As `{argument}`." if earlier == method and argument is not None else f"See `{earlier}`."

    def _first(
        self, text: str, method: str, name: Code | None = None
    ) -> tuple[str, Code | None]:
        if len(text) <= LONGEST_REPEATED:
            return method, name
        return self.first.setdefault(" ".join(text.split()), (method, name))


def _summary(operation: ir.Operation) -> tuple[str, str]:
    description = plain(operation.description.strip())
    if not operation.summary:
        first, _, rest = description.partition("\n")
        return first or f"{operation.method} {operation.template}", rest
    summary = plain(operation.summary)
    first, _, rest = description.partition("\n\n")
    if "\n" in first:
        return summary, "" if description == summary.strip() else description
    if _is_within(first, summary):
        return summary, rest
    return (first, rest) if len(first) <= LONGEST_SUMMARY and _is_within(summary, first) else (summary, description)


def _is_within(text: str, other: str) -> bool:
    """Returns whether another text has all words of a text, in their order, so that it states as much."""
    words = iter(_WORD.findall(other.casefold()))
    return all(word in words for word in _WORD.findall(text.casefold()))


def _arguments(arguments: Iterable[Argument]) -> tuple[tuple[Code, str], ...]:
    documented: list[tuple[Code, str]] = []
    for argument in arguments:
        text = argument.doc.strip()
        if not says_more(text, argument.wire):
            text = ""
        if argument.has_api_default:
            shown = json.dumps(argument.api_default, ensure_ascii=False)
            text = f"{text}{' ' if text else ''}The API's default is `{shown}`."
        if text:
            documented.append((argument.name, text))
    return tuple(documented)
