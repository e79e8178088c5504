"""The keys of `provider.toml`: the one table from which they are checked, documented and published as a schema.

Decides what may be written there and what it means. Reading is `settings`, the documents made of it `settings_docs`.
A key is added only when two providers want different answers.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from clientsmith.diagnostics import SEVERITY, Severity

# ------------------------------------------------------------------------------------------- what a value may be


@dataclass(frozen=True, slots=True)
class Text:
    """A text. `pattern` is matched against the whole; `rule` says in words what it and `refused` ask for."""

    rule: str = ""
    pattern: str = r"[\s\S]*\S[\s\S]*"
    refused: Callable[[str], bool] = bool
    """Whether a text that matches the pattern is refused all the same; the default refuses none (see `accepts`)."""

    def accepts(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None and (self.refused is bool or not self.refused(value))


@dataclass(frozen=True, slots=True)
class PathText:
    """A file by its path inside the provider's folder, with `/`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few texts."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Shape
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class MapOf:
    """A table with keys of the author's own."""

    key: Text | PathText
    value: Shape


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table with known keys. Of the names in `one_of`, at least one must be there."""

    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()


Shape: TypeAlias = Text | PathText | Choice | ListOf | MapOf | TableOf


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its shape, its meaning (one paragraph of Markdown), and what it is when left out."""

    name: str
    shape: Shape
    meaning: str
    required: bool = False
    default: str = ""


# ------------------------------------------------------------------------------------------------------ the table

IDENTIFIER = Text(
    "a Python identifier of ASCII letters, digits and `_`, no keyword",
    r"[A-Za-z_][A-Za-z0-9_]*",
    lambda value: keyword.iskeyword(value) or (value.startswith("__") and value.endswith("__")),
)

PACKAGE = Text(
    "a package name in lower case: letters, digits and `_`, no keyword",
    r"[a-z][a-z0-9_]*",
    keyword.iskeyword,
)

POINTER = Text("a JSON Pointer such as `/paths/~1jobs/get`", r"#?(/([^~]|~[01])*)?")

ADDRESS = Text(
    "an address such as `#/components/schemas/Job` (a class), `#/paths/~1jobs/get` (a method) or "
    "`field:#/components/schemas/Job/properties/from`",
    r"([a-z-]+:)?([^#]*#)?/[^#]*",
)

COMPONENT = Text("a component such as `schemas/Error`", r"[A-Za-z]+/[^/]+")

TRANSPORTS = ("stdlib", "httpx2", "httpx")

KINDS = ("openapi", "page", "prose", "authored")

ALLOWABLE = tuple(
    sorted(
        slug
        for slug, severity in SEVERITY.items()
        # Edits that were overwritten are no matter of the inputs.
        if severity is Severity.WARNING and slug != "output-overwritten"
    )
)

SOURCE = TableOf(
    (
        Key(
            "path",
            PathText(),
            "The file, inside the provider's folder. Kept byte for byte as it was published.",
            required=True,
        ),
        Key(
            "kind",
            Choice(KINDS),
            "`openapi`: an OpenAPI document. `page`: a documentation page that carries OpenAPI fragments. "
            "`prose`: a page without any; what it says is held against the rest. "
            "`authored`: a document written by hand for what the provider publishes in no other form; "
            "it inherits `info`, `servers` and `security` from the others.",
            required=True,
        ),
        Key("address", Text(), "Where it was published. For people; nothing is fetched from there."),
    )
)

ALLOWANCE = TableOf(
    (
        Key(
            "slug",
            Choice(ALLOWABLE),
            "The warning, by the name in brackets at the end of its first line.",
            required=True,
        ),
        Key(
            "pointer",
            POINTER,
            "Where it stands: the JSON Pointer inside its file. It covers everything below it.",
        ),
        Key("file", PathText(), "The file it stands in, inside the provider's folder."),
        Key("reason", Text(), "Why it is no matter. Reviewers read this.", required=True),
    ),
    one_of=("pointer", "file"),
)

THING = Text("a component such as `schemas/Error`, an operation such as `get /jobs/{id}`, or a key such as `info`")

MERGE = TableOf(
    (
        Key(
            "prefer",
            MapOf(THING, PathText()),
            "Which source wins where two say different things: `\"schemas/Error\" = \"pages/status.md\"`. Besides "
            "components, operations (`\"get /jobs/{id}\"`) and keys of the document (`info`) can be settled so. Of a "
            "page that holds several documents, `pages/all.md[2]` is the second.",
        ),
        Key(
            "rename",
            MapOf(PathText(), MapOf(COMPONENT, Text("the new name", r"[A-Za-z0-9._-]+"))),
            "What a component of one source is called instead, when both are wanted: "
            "`{\"pages/billing.md\" = {\"schemas/Error\" = \"BillingError\"}}`. References follow.",
        ),
    )
)

PROVIDER = TableOf(
    (
        Key(
            "package",
            PACKAGE,
            "What the client calls itself, in its documentation and in the names of environment variables.",
            default="the name of the provider's folder",
        ),
        Key(
            "sources",
            ListOf(SOURCE, at_least=1),
            "What the provider publishes. The order does not matter.",
            required=True,
        ),
        Key(
            "overlays",
            ListOf(PathText()),
            "OpenAPI Overlays (1.0 or 1.1), applied in this order after the sources were merged. Corrections, and "
            "facts about the API such as `x-job`, belong here.",
            default="none",
        ),
        Key(
            "witnesses",
            ListOf(PathText()),
            "Further editions of the pages. Nothing is generated from them; what they say is held against the rest.",
            default="none",
        ),
        Key(
            "transport",
            Choice(TRANSPORTS),
            "What sends the requests: the standard library, or a library that the client's users then must have.",
            default="`stdlib`",
        ),
        Key(
            "names",
            MapOf(ADDRESS, IDENTIFIER),
            "Names pinned by hand: where the thing stands in the document, and what it is to be called. An address "
            "alone means a class or a method; what else has a name is told by its kind (`field:`, `argument:`, "
            "`resource:`), as in the lock, which lists them all. A pinned name wins over the one in the lock.",
            default="none",
        ),
        Key(
            "allow",
            ListOf(ALLOWANCE),
            "Warnings that were looked at and accepted; all others fail `clientsmith check`. An allowance that matches "
            "nothing is an error.",
            default="none",
        ),
        Key("merge", MERGE, "How conflicts between sources are settled.", default="a conflict is an error"),
    )
)
"""Everything that `provider.toml` may hold."""
