"""The keys of `provider.toml`: one table from which the file is checked, documented and published as a JSON Schema.

Decides what may be written there and what it means. Reading the file is `settings`, its documentation is `docs`.
A key is added only when two providers need different values.

    kinds of values    String, PathString, Choice, Date, ListOf, MapOf, TableOf
    the table          PROVIDER
    the check          problems(table, PROVIDER), contradictions(table)
"""

from __future__ import annotations

import datetime
import difflib
import keyword
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeAlias, assert_never, cast, get_args

from clientsmith.diagnostics import SEVERITY, Location, Report, Severity
from clientsmith.project.digests import is_inside
from clientsmith.project.toml_positions import Keys
from clientsmith.records import dataclass
from clientsmith.runtime.declarations import TransportName

# ------------------------------------------------------------------------------------------------ kinds of values


@dataclass(frozen=True, slots=True)
class String:
    """A string. `pattern` must match all of it; `rule` says in words what `pattern` and `refused` demand."""

    rule: str = ""
    pattern: str = r"[\s\S]*\S[\s\S]*"
    refused: Callable[[str], bool] | None = None
    """Whether a string that matches the pattern is refused all the same."""

    def accepts(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None and not (self.refused and self.refused(value))


@dataclass(frozen=True, slots=True)
class PathString:
    """The path of a file inside the provider's folder, with `/`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few strings."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A local date of TOML: `until = 2026-12-31`."""


@dataclass(frozen=True, slots=True)
class ListOf:
    item: ValueKind
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class MapOf:
    """A table whose keys the author chooses."""

    key: String | PathString
    value: ValueKind


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table with known keys. At least one of the keys in `one_of` is required."""

    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()


ValueKind: TypeAlias = String | PathString | Choice | Date | ListOf | MapOf | TableOf


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the kind of its value, its meaning (one paragraph of Markdown), and what applies when it is absent."""

    name: str
    kind: ValueKind
    meaning: str
    required: bool = False
    default: str = ""


# ------------------------------------------------------------------------------------------------------ the table

IDENTIFIER = String(
    "a Python identifier of ASCII letters, digits and `_` that is not a keyword",
    r"[A-Za-z_][A-Za-z0-9_]*",
    lambda value: keyword.iskeyword(value) or (value.startswith("__") and value.endswith("__")),
)

CALL_PATH = String(
    "a Python identifier of ASCII letters, digits and `_` that is not a keyword, or a call path such as `jobs.stop`",
    r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*",
    lambda value: any(keyword.iskeyword(part) or part.startswith("__") for part in value.split(".")),
)

PACKAGE = String(
    "a package name in lower case: letters, digits and `_`, not a keyword",
    r"[a-z][a-z0-9_]*",
    keyword.iskeyword,
)

POINTER = String("a JSON Pointer such as `/paths/~1jobs/get`", r"#?(/([^~]|~[01])*)?")

ADDRESS = String(
    "an address such as `#/components/schemas/Job` (a class), `GET /jobs/{id}` (a method) or "
    "`field:#/components/schemas/Job/properties/from`",
    r"([a-z-]+:)?([^#]*#)?/[^#]*|([a-z-]+:)?[A-Za-z]+ /.*|[a-z-]+:[^/#]+",
)

COMPONENT = String("a component such as `schemas/Error`", r"[A-Za-z]+/[^/]+")

MERGED = String("a component such as `schemas/Error`, an operation such as `get /jobs/{id}`, or a key such as `info`")

SourceKind: TypeAlias = Literal["openapi", "page", "prose", "authored"]

ALLOWABLE = tuple(
    sorted(
        slug
        for slug, severity in SEVERITY.items()
        # An edited file that was overwritten does not depend on the inputs; the others are of `drift`.
        if severity is Severity.WARNING
        and slug not in ("output-overwritten", "acceptance-unused", "acceptance-expired")
    )
)

SOURCE = TableOf(
    (
        Key(
            "path",
            PathString(),
            "The file, inside the provider's folder. It is kept byte for byte as it was published.",
            required=True,
        ),
        Key(
            "kind",
            Choice(get_args(SourceKind)),
            "`openapi`: an OpenAPI document. `page`: a documentation page that contains OpenAPI fragments. "
            "`prose`: a page that contains none; what it states is compared with the rest. "
            "`authored`: a document written by hand for what the provider publishes in no other form; "
            "it inherits `info`, `servers` and `security` from the others.",
            required=True,
        ),
        Key(
            "address",
            String(),
            "The URL where it was published. `clientsmith upstream` looks there for changes ([Upstream](upstream.md)); "
            "nothing else does. It must not contain a user name or a password.",
        ),
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
            "Where the warning is reported: the JSON Pointer inside its file. The allowance also covers everything "
            "below it.",
        ),
        Key("file", PathString(), "The file in which it is reported, inside the provider's folder."),
        Key("reason", String(), "Why the warning is acceptable. Reviewers read this.", required=True),
    ),
    one_of=("pointer", "file"),
)

MERGE = TableOf(
    (
        Key(
            "prefer",
            MapOf(MERGED, PathString()),
            "Which source wins where two sources differ: `\"schemas/Error\" = \"pages/status.md\"`. Besides "
            "components, this resolves conflicts of operations (`\"get /jobs/{id}\"`) and of keys of the document "
            "(`info`). In a page that contains several documents, `pages/all.md[2]` is the second.",
        ),
        Key(
            "rename",
            MapOf(PathString(), MapOf(COMPONENT, String("the new name", r"[A-Za-z0-9._-]+"))),
            "New names for components of one source, where both versions are wanted: "
            "`{\"pages/billing.md\" = {\"schemas/Error\" = \"BillingError\"}}`. References are updated.",
        ),
    )
)

Level: TypeAlias = Literal["safe", "risk", "break"]
"""`break`: a correct caller stops working. `risk`: some callers do; look at it. `safe`: no caller can notice."""

RULE = String("a rule of drift such as `D511`", r"D\d{3}")

ACCEPTANCE = TableOf(
    (
        Key("rule", RULE, "The rule, as it is printed before the name of the change.", required=True),
        Key(
            "what",
            String(),
            "What changed: an operation (`get /v1/jobs/{id}`), a class (`Job`) or a field of it (`Job: state`), as the "
            "report names it. Accepted is every change of it by this rule.",
        ),
        Key("fingerprint", String("12 digits", r"[0-9a-f]{12}"), "One change, by its `fingerprint` in a JSON report."),
        Key("until", Date(), "The last day on which it is accepted. A date keeps an exception from being forgotten."),
        Key("reason", String(), "Why callers can live with it. Reviewers read this.", required=True),
    ),
    one_of=("what", "fingerprint"),
)

DRIFT = TableOf(
    (
        Key(
            "levels",
            MapOf(RULE, Choice(get_args(Level))),
            "Another level for all changes by a rule: `D511 = \"break\"`.",
        ),
        Key("accept", ListOf(ACCEPTANCE), "Changes that were reviewed and accepted; they do not fail the command."),
    )
)

UnusedSchemas: TypeAlias = Literal["drop", "keep"]
"""Whether schemas that no operation uses become models."""

Style: TypeAlias = Literal["path", "tag"]
"""What resources are made of where the author of a document chose no names."""

PROVIDER = TableOf(
    (
        Key(
            "package",
            PACKAGE,
            "The name of the client in its documentation and in the names of environment variables.",
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
            ListOf(PathString()),
            "OpenAPI Overlays (1.0 or 1.1), applied in this order after the sources were merged. Corrections, and "
            "facts about the API such as `x-job`, belong here.",
            default="none",
        ),
        Key(
            "witnesses",
            ListOf(PathString()),
            "Further editions of the pages. Nothing is generated from them; what they state is compared with the rest.",
            default="none",
        ),
        Key(
            "transport",
            Choice(get_args(TransportName)),
            "The library that sends the requests: the standard library, or one that users of the client then have to "
            "install.",
            default="`stdlib`",
        ),
        Key(
            "names",
            MapOf(ADDRESS, CALL_PATH),
            "Pinned names: what is named, and the name it gets. An operation is written as its method and path "
            "(`POST /v1/jobs/{id}/cancel`), and its name is the whole call path (`jobs.stop`) or that of the method; a "
            "schema is written as its address in the document, and its name is that of the class. Everything else "
            "starts with its kind: `field:#/components/schemas/Job/properties/from`, "
            "`argument:GET /jobs/{id}|query:from`, `resource:jobs`. A pinned name overrides the lock.",
            default="none",
        ),
        Key(
            "aliases",
            MapOf(CALL_PATH, CALL_PATH),
            "Old names that go on working, and what they are called now: `\"jobs.stop\" = \"jobs.cancel\"` for a "
            "method, `OldName = \"NewName\"` for a class of the models. Whoever uses one gets a `DeprecationWarning` "
            "that states the new name. An alias of something that does not exist, or by a name that is taken, is an "
            "error.",
            default="none",
        ),
        Key(
            "style",
            Choice(get_args(Style)),
            "How operations are called where the author of the document chose no names (see [Names](names.md)). "
            "`path`: the segments of the path are resources, one below the other. `tag`: the first tag is the "
            "resource, and the method is called as the operationId, without the words of the tag. Names that the lock "
            "holds stay; `clientsmith generate --rename` gives them anew.",
            default="`path`",
        ),
        Key(
            "only",
            ListOf(String("tag:NAME, resource:NAME, or a method and a path", r"(tag|resource):.+|[A-Za-z]+ /.*")),
            "The operations that the client has, where it needs few of many: those with a tag (`tag:Try On`), of a "
            "resource and those below it (`resource:images`), or one (`get /v1/jobs/{id}`); with an operation that "
            "starts a job come those that poll and cancel it. Names are those of the whole client, and the lock has "
            "them all. An entry that matches nothing is an error. What is new in a resource of which others are "
            "selected, and is not selected itself, is noted.",
            default="all",
        ),
        Key(
            "unused_schemas",
            Choice(get_args(UnusedSchemas)),
            "Whether schemas that no operation and no webhook uses become models too.",
            default="`drop`",
        ),
        Key(
            "allow",
            ListOf(ALLOWANCE),
            "Warnings that were reviewed and accepted; all others fail `clientsmith check`. An allowance that matches "
            "no warning is an error.",
            default="none",
        ),
        Key("merge", MERGE, "How conflicts between sources are resolved.", default="a conflict is an error"),
        Key(
            "drift",
            DRIFT,
            "How `clientsmith drift` grades what changed ([Drift](drift.md)), where the provider is its new side. An "
            "acceptance that matches no change, and one that has expired, is a warning.",
            default="the levels of the rules, and nothing is accepted",
        ),
    )
)
"""Every key of `provider.toml`."""

# ------------------------------------------------------------------------------------------------------ the check


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a table, with the keys that lead to it."""

    keys: Keys
    message: str
    hint: str = ""
    slug: str = "settings-invalid"

    def add(self, report: Report, location: Location) -> None:
        report.add(self.slug, self.message, location, hint=self.hint)


def problems(value: object, kind: ValueKind, keys: Keys) -> Iterator[Problem]:
    """Returns every way in which a value is not of its kind. `keys` lead to the value."""
    label = _label(keys)
    match kind:
        case String():
            if not isinstance(value, str):
                yield Problem(keys, f"{label} must be a string, not {_kind_name(value)}")
            elif not kind.accepts(value):
                rule = f"must be {kind.rule}" if kind.rule else "must not be empty"
                yield Problem(keys, f"{label} {rule}: {value!r}")
        case PathString():
            if not isinstance(value, str):
                yield Problem(keys, f"{label} must be a path, as a string, not {_kind_name(value)}")
            else:
                yield from _path_problems(value, keys)
        case Choice():
            if not isinstance(value, str) or value not in kind.values:
                yield Problem(keys, f"{label} cannot be {value!r}", _alternatives(str(value), kind.values))
        case Date():
            if type(value) is not datetime.date:
                yield Problem(keys, f"{label} must be a date such as 2026-12-31, not {_kind_name(value)}")
        case ListOf():
            if not isinstance(value, list):
                yield Problem(keys, f"{label} must be a list, not {_kind_name(value)}")
            else:
                items = cast("list[object]", value)
                if len(items) < kind.at_least:
                    yield Problem(keys, f"{label} is empty")
                for index, item in enumerate(items):
                    yield from problems(item, kind.item, (*keys, index))
        case MapOf():
            if not isinstance(value, dict):
                yield Problem(keys, f"{label} must be a table, not {_kind_name(value)}")
            else:
                for key, item in cast("dict[str, object]", value).items():
                    yield from problems(key, kind.key, (*keys, key))
                    yield from problems(item, kind.value, (*keys, key))
        case TableOf():
            if not isinstance(value, dict):
                yield Problem(keys, f"{label} must be a table, not {_kind_name(value)}")
            else:
                yield from _table_problems(cast("dict[str, object]", value), kind, keys)
        case _:
            assert_never(kind)


def _table_problems(table: dict[str, object], kind: TableOf, keys: Keys) -> Iterator[Problem]:
    known = {key.name: key for key in kind.keys}
    for name, value in table.items():
        if name in known:
            yield from problems(value, known[name].kind, (*keys, name))
        else:
            yield Problem((*keys, name), f"unknown key {name!r}{_inside(keys)}", _alternatives(name, known))
    for key in kind.keys:
        if key.required and key.name not in table:
            yield Problem(keys, f"{key.name!r} is missing{_inside(keys)}")
    if kind.one_of and not any(name in table for name in kind.one_of):
        yield Problem(keys, f"one of {' and '.join(map(repr, kind.one_of))} is required{_inside(keys)}")


def _path_problems(value: str, keys: Keys) -> Iterator[Problem]:
    if not value:
        yield Problem(keys, f"{_label(keys)} is empty")
    elif not is_inside(value):
        hint = "write it relative to the folder of this file, with / and without . or .."
        yield Problem(keys, f"{_label(keys)} is outside the provider's folder: {value!r}", hint, "unsafe-path")


def contradictions(table: dict[str, Any]) -> Iterator[Problem]:
    """Returns what is wrong with a table whose values are all of their kind."""
    paths = [source["path"] for source in table["sources"]]
    for index, path in enumerate(paths):
        if path in paths[:index]:
            yield Problem(("sources", index, "path"), f"{path!r} is listed twice as a source")
    for key in ("overlays", "witnesses"):
        listed = table.get(key, [])
        for index, path in enumerate(listed):
            if path in paths or path in listed[:index]:
                yield Problem((key, index), f"{path!r} is listed twice", f"list it once, in sources or in {key}")
    merge = table.get("merge", {})
    named = [(("merge", "prefer", merged), path) for merged, path in merge.get("prefer", {}).items()]
    named += [(("merge", "rename", path), path) for path in merge.get("rename", {})]
    for keys, path in named:
        if file_of(path) not in paths:
            yield Problem(keys, f"{path!r} is not a source", _alternatives(path, paths))
    pinned: dict[str, str] = {}
    for key in table.get("names", {}):
        if address_of(key) in pinned:
            yield Problem(("names", key), f"{key!r} and {pinned[address_of(key)]!r} are the same address")
        pinned[address_of(key)] = key


def _alternatives(value: str, known: Iterable[str]) -> str:
    """Returns a hint: the nearest of the known values, or else all of them."""
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(value, names, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"one of: {', '.join(names)}" if len(names) < 13 else "only warnings can be allowed, by their slug"


def _label(keys: Keys) -> str:
    """`sources[0].path` for `("sources", 0, "path")`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return repr(text.removeprefix(".")) if text else "the file"


def _inside(keys: Keys) -> str:
    return f" in {_label(keys)}" if keys else ""


def _kind_name(value: object) -> str:
    match value:
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


_OPERATION = re.compile(r"([a-z-]+:)?([A-Za-z]+) (/.*)", re.DOTALL)


def address_of(key: str) -> str:
    """Returns the address that a pinned name belongs to: `field:#/x/y` for `field:/x/y`, and for an operation its
    method and path without the names of parameters, `method:GET /v1/jobs/{}`."""
    if operation := _OPERATION.fullmatch(key):
        kind, method, rest = operation.groups()
        return f"{kind or 'method:'}{method.upper()} {re.sub(r'{[^}]*}', '{}', rest)}"
    return key if "#" in key else key.replace("/", "#/", 1)


def file_of(fragment: str) -> str:
    """Returns the file that contains a document: `pages/all.md` for `pages/all.md[2]`, the second of its page."""
    return re.sub(r"\[\d+\]$", "", fragment)
