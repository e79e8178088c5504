"""The contract between the generator and the runtime: what one side declares, the other prints and can do.

    ir.Type  --annotation-->  models  --codec-->  JSON         each kind there and back
    runtime declarations  <--view--  golden packages            each field of each of them is used
    match                                                       ends in assert_never, so that mypy names what is missing
"""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import datetime
import decimal
import importlib
import inspect
import json
import re
import shutil
import subprocess
import sys
import uuid
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast, get_args

import pytest
from parsing import document
from test_golden import FEATURES, provider_of

from clientsmith import ir
from clientsmith.diagnostics import Report
from clientsmith.parse import parse
from clientsmith.pipeline import package
from clientsmith.project.settings import read_provider
from clientsmith.render import render
from clientsmith.render.declarations import declaration
from clientsmith.render.layout import layout
from clientsmith.runtime import choices, declarations, errors, job_declarations, job_item_declarations, styles
from clientsmith.runtime.client import ClientBase
from clientsmith.runtime.codec import Codec
from clientsmith.runtime.declarations import UNSET, Operation
from clientsmith.runtime.operation import RequestOptions
from clientsmith.runtime.transport import LARGEST
from clientsmith.translate import Settings, translate
from clientsmith.translate.retries import retries_of
from clientsmith.view import PLAIN_ERRORS, Package

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "generator" / "clientsmith"

# ------------------------------------------------------------------------------------------------------- declarations


def declared_classes() -> dict[str, type[Any]]:
    """Everything that a package can declare: the dataclasses and named tuples of five modules, by name."""
    declaring = (choices, declarations, job_declarations, job_item_declarations, styles)
    modules = {module.__name__: vars(module) for module in declaring}
    named: list[tuple[str, Any]] = [item for names in modules.values() for item in names.items()]
    return {
        name: value
        for name, value in named
        if isinstance(value, type) and value.__module__ in modules
        and (dataclasses.is_dataclass(value) or issubclass(value, tuple)) and value is not declarations.SpecialParam
    }  # fmt: skip


@cache
def package_of(feature: str) -> Package:
    return package(provider_of(feature), Report())


def declared_in(value: object) -> Iterator[object]:
    """The declarations within a value, itself included."""
    if type(value).__name__ in declared_classes():
        yield value
    if isinstance(value, Mapping):
        children: list[object] = list(cast("Mapping[object, object]", value).values())
    elif isinstance(value, tuple):
        children = list(cast("tuple[object, ...]", value))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        children = [getattr(value, field.name) for field in dataclasses.fields(value)]
    else:
        return
    for child in children:
        yield from declared_in(child)


def field_defaults(kind: type[Any]) -> dict[str, object]:
    """The default of each field; MISSING where it has none."""
    if not dataclasses.is_dataclass(kind):
        names: tuple[str, ...] = getattr(kind, "_fields", ())
        return {name: getattr(kind, "_field_defaults", {}).get(name, dataclasses.MISSING) for name in names}
    return {
        field.name: field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
        for field in dataclasses.fields(kind)
    }


def test_each_field_of_each_declaration_is_set_by_a_golden() -> None:
    used: dict[str, set[str]] = {name: set() for name in declared_classes()}
    for feature in FEATURES:
        for found in declared_in(package_of(feature)):
            name = type(found).__name__
            defaults = field_defaults(declared_classes()[name])
            used[name] |= {field for field, default in defaults.items() if getattr(found, field) != default}
    unused = {
        f"{name}.{field}"
        for name, kind in declared_classes().items()
        for field in field_defaults(kind)
        if field not in used[name]
    }
    assert unused == set()


@pytest.mark.parametrize("feature", FEATURES)
def test_what_is_printed_makes_the_same_declaration(feature: str) -> None:
    namespace: dict[str, Any] = dict(declared_classes())
    for found in declared_in(package_of(feature)):
        made: object = eval(layout(declaration(found), 0), namespace)
        assert plain(made) == plain(found)


def test_what_the_errors_of_the_runtime_export_is_what_no_package_declares() -> None:
    exported: list[str] = vars(errors)["__all__"]
    assert tuple(exported) == PLAIN_ERRORS


def plain(value: object) -> object:
    """A declaration as data that compares by its content; operations compare by identity."""
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value


def test_the_constructor_has_the_options_of_the_runtime() -> None:
    options = package_of("one_operation").client.options
    parameters = inspect.signature(ClientBase.__init__).parameters.values()
    known = {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
    given = {str(o.name): eval(str(o.default), {"UNSET": UNSET}) for o in options}
    assert given.keys() == known | {"timeout", "deadline", "max_retries", "max_content", "max_download", "strict"}
    assert given.keys() - known <= RequestOptions.__annotations__.keys()
    assert (given["max_content"], given["max_retries"], given["strict"]) == (LARGEST, 2, False)


# -------------------------------------------------------------------------------------------------------------- retries


@pytest.mark.parametrize("feature", FEATURES)
def test_the_statement_about_retries_is_the_rule_of_the_runtime(feature: str) -> None:
    for found in declared_in(package_of(feature)):
        if not isinstance(found, Operation):
            continue
        safe = found.is_idempotent or found.idempotency_header is not None
        stated = retries_of(found)
        always = {429, *found.retry_statuses}
        assert set(stated.statuses) == ({408, 425, *range(500, 600)} | always if safe else always)
        assert stated.lost_connection == safe


SENTENCES: dict[str, tuple[str, dict[str, Any], set[int], bool]] = {
    "Sent again only if it did not arrive, or after 429.": ("POST", {}, {429}, False),
    "Sent again only if it did not arrive, or after 429 and 503.":
        ("POST", {"retry_statuses": (503,)}, {429, 503}, False),
    "Sent again after a lost connection, 408, 425, 429 and 5xx.": ("GET", {}, {408, 425, 429, 500, 502, 503}, True),
}  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_server_sees_what_is_stated_about_retries(sentence: str) -> None:
    from clientsmith.runtime.client import Core
    from clientsmith.runtime.declarations import ClientSettings
    from clientsmith.runtime.errors import APIError
    from clientsmith.runtime.operation import Call
    from clientsmith.runtime.testing import Answer, ConnectionLost, FakeTransport, Step

    method, options, statuses, lost = SENTENCES[sentence]
    operation = Operation("send", f"{method} /", {}, **cast("Any", options))
    assert retries_of(operation).sentence == sentence

    def attempts(first: Step) -> int:
        fake = FakeTransport([first, Answer(204)])
        core = Core(ClientSettings("acme_client", "https://acme.example"), {}, fake)
        with contextlib.suppress(APIError):
            call: Call[Any] = Call(operation)
            core.call(call)
        return len(fake.requests)

    repeated = {status for status in (400, 404, 408, 425, 429, 500, 502, 503) if attempts(Answer(status)) == 2}
    assert repeated == statuses
    assert (attempts(ConnectionLost(sent="maybe")) == 2) == lost
    assert attempts(ConnectionLost(sent="no")) == 2


RETRIED = """\
  - target: $.paths['/v1/upscale'].post
    description: The provider writes that 503 means nothing was done.
    update: {x-retry: [503]}
"""


def test_the_reason_is_that_of_the_overlay_action(tmp_path: Path) -> None:
    folder = tmp_path / "pixelcut"
    shutil.copytree(ROOT / "specs" / "pixelcut", folder)
    overlay = folder / "overlays" / "client.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8") + RETRIED, encoding="utf-8")
    made = package(read_provider("pixelcut", folder, "specs/pixelcut", Report()), Report())
    retries = {call.operation.id: call.retries for call in made.calls}
    assert retries["upscale"].statuses == (429, 503)
    assert retries["upscale"].reason == "The provider writes that 503 means nothing was done."
    assert retries["try-on-job-status"].reason == ""


@pytest.mark.parametrize("name", ["aigenstudio", "pixelcut", "pixii"])
def test_no_paid_request_of_a_provider_is_sent_again_on_the_word_of_an_unvendored_page(name: str) -> None:
    made = package(read_provider(name, ROOT / "specs" / name, f"specs/{name}", Report()), Report())
    for call in made.calls:
        if call.operation.method == "POST" and call.operation.idempotency_header is None:
            assert call.operation.retry_statuses == ()


# ---------------------------------------------------------------------------------------------------------------- prose


@pytest.mark.parametrize("feature", [f for f in FEATURES if f != "hostile"])
def test_no_prose_stands_twice_in_one_file(feature: str) -> None:
    assert repeated_prose(render(package_of(feature))) == []


@pytest.mark.parametrize("provider", sorted(path.parent.name for path in ROOT.glob("specs/*/provider.toml")))
def test_no_prose_stands_twice_in_a_file_of_a_provider(provider: str) -> None:
    read = read_provider(provider, ROOT / "specs" / provider, f"specs/{provider}", Report())
    assert repeated_prose(render(package(read, Report()))) == []


def repeated_prose(texts: Mapping[str, str]) -> list[str]:
    """Paragraphs of over 60 characters that one file has twice in its docstrings; models are as their document."""
    found: list[str] = []
    for name, text in texts.items():
        if not name.endswith(".py") or name.startswith(("models/", "_runtime/")):
            continue
        seen: set[str] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                for paragraph in paragraphs(ast.get_docstring(node) or ""):
                    if len(paragraph) > 60:
                        if paragraph in seen:
                            found.append(f"{name}: {paragraph}")
                        seen.add(paragraph)
    return found


def paragraphs(docstring: str) -> Iterator[str]:
    """The paragraphs of a docstring; of lists, what is said about each name; of what we say of any method, nothing."""
    for block in docstring.split("\n\n"):
        if block.startswith(("Args:", "Raises:", "Returns:")):
            entries = re.split(r"\n    (?:\w+(?:, \w+)*,?(?:\n|$|: ))", block)[1:]
            yield from (" ".join(entry.split()) for entry in entries)
        else:
            yield re.sub(r"(?:Raises|Sent again|For|See also) [^.]+(?:\.\w[^.]*)*\.", "", " ".join(block.split()))


# ---------------------------------------------------------------------------------------------------------------- types


@dataclasses.dataclass(frozen=True)
class Row:
    """One kind of type: a schema of it, a document that fits, its value in Python, and a document that does not fit."""

    schema: str
    document: object
    value: object
    wrong: object


def made(name: str, **fields: object) -> str:
    """An instance of a generated class, to compare with by `repr`."""
    return f"{name}({', '.join(f'{k}={v!r}' for k, v in fields.items())})"


KINDS: dict[str, Row] = {
    "string": Row("{type: string}", "a", "a", 1),
    "integer": Row("{type: integer}", 3, 3, "3"),
    "number": Row("{type: number}", 1.5, 1.5, "x"),
    "boolean": Row("{type: boolean}", True, True, "yes"),
    "date-time": Row(
        "{type: string, format: date-time}",
        "2026-01-02T03:04:05Z",
        datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        "yesterday",
    ),
    "date": Row("{type: string, format: date}", "2026-01-02", datetime.date(2026, 1, 2), "today"),
    "http-date": Row(
        "{type: string, format: http-date}",
        "Fri, 02 Jan 2026 03:04:05 GMT",
        datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        "2026-01-02T03:04:05Z",
    ),
    "duration": Row("{type: string, format: duration}", "PT1H30M", datetime.timedelta(minutes=90), "P1M"),
    "uuid": Row(
        "{type: string, format: uuid}",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        "no",
    ),
    "decimal": Row("{type: string, format: decimal}", "1.10", decimal.Decimal("1.10"), "x"),
    "base64": Row("{type: string, contentEncoding: base64}", "AAE=", b"\x00\x01", 1),
    "base64url": Row("{type: string, contentEncoding: base64url}", "_-8", b"\xff\xef", "/+8="),
    "null": Row("{type: 'null'}", None, None, 1),
    "Const": Row("{const: card}", "card", "card", "cash"),
    "ListOf": Row("{type: array, items: {type: integer}}", [1, 2], [1, 2], {"a": 1}),
    "MapOf": Row("{type: object, additionalProperties: {type: integer}}", {"a": 1}, {"a": 1}, [1]),
    "Ref": Row(
        "{$ref: '#/components/schemas/Leaf'}", {"leaf": 1}, made("Leaf", leaf=1), [1]
    ),
    "Union": Row("{anyOf: [{type: string}, {type: array, items: {type: integer}}]}", [1], [1], {"a": 1}),
    "Nullable": Row("{type: [integer, 'null']}", None, None, "x"),
    "Anything": Row("{}", {"a": [1]}, {"a": [1]}, ...),
}  # fmt: skip
"""Every kind of `ir.Type`, the scalars by their own kind. `...`: no document is wrong."""

ELSEWHERE = {"binary": "raw bytes: bodies and parts of forms, which the codec never sees (goldens bodies, responses)"}


def kind_names() -> set[str]:
    kinds = {member.__name__ for member in get_args(ir.Type)} - {"Scalar"}
    return kinds | set(get_args(ir.ScalarKind))


def test_each_kind_of_type_has_a_row() -> None:
    assert kind_names() == KINDS.keys() | ELSEWHERE.keys()


SPEC = """
components:
  schemas:
    Leaf: {type: object, properties: {leaf: {type: integer}}}
    Holder:
      type: object
      required: [it]
      properties: {it: %s}
"""


def codec_of(kind: str, root: Path) -> tuple[ModuleType, Codec]:
    """The generated models of a document with one field of a kind, and a codec for them.

    The one place that knows how the codec is reached.
    """
    import yaml

    name = f"kind_{''.join(c if c.isalnum() else '_' for c in kind.lower())}"
    tree = yaml.safe_load(SPEC % KINDS[kind].schema)
    tree["paths"] = {"/": {"get": {"responses": {"200": {"description": "", "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Holder"}}}}}}}}  # fmt: skip
    tree["servers"] = [{"url": "https://example.com"}]
    report = Report()
    api = parse(document(tree), report)
    holder = api.declarations["#/components/schemas/Holder"]
    assert isinstance(holder, ir.Model)
    found = holder.fields[0].type
    assert (found.kind if isinstance(found, ir.Scalar) else type(found).__name__) == kind
    files = render(translate(api, Settings(name), report, document(tree).place))
    for path, text in files.items():
        (root / name / path).parent.mkdir(parents=True, exist_ok=True)
        (root / name / path).write_text(text, encoding="utf-8")
    # The runtime of the package is the generator's own, byte for byte.
    codec: Any = importlib.import_module(f"{name}._runtime.codec")
    return importlib.import_module(f"{name}.models"), codec.Codec(f"{name}.models")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_type_goes_through_the_codec(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    row = KINDS[kind]
    _, codec = codec_of(kind, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        holder = codec.decode("Holder", {"it": row.document}, strict=True, where="test")
        value = holder.it
        assert (repr(value) if kind == "Ref" else value) == row.value
        assert type(value) is type(row.value) or kind == "Ref"
        assert json.loads(json.dumps(codec.encode(holder))) == {"it": row.document}
        assert json.loads(codec.json(holder)) == {"it": row.document}
    if row.wrong is not ...:
        # A kind that the codec does not know would let everything through.
        with pytest.raises(Exception, match="it") as caught:
            codec.decode("Holder", {"it": row.wrong}, strict=True, where="test")
        assert type(caught.value).__name__ == "CodecError"


# ------------------------------------------------------------------------------------------------------- assert_never

OPEN = {
    "cli.commands.explained": "words of the command line",
    "drift.differences._joined_by": "words of subjects: most are joined by themselves",
    "drift.packages._alias": "nodes of a syntax tree",
    "drift.packages._class_aliases": "nodes of a syntax tree",
    "drift.packages._fields": "nodes of a syntax tree",
    "drift.packages._handle_types": "nodes of a syntax tree",
    "drift.packages._models": "nodes of a syntax tree",
    "drift.packages._of": "nodes of a syntax tree",
    "drift.packages._resources": "nodes of a syntax tree",
    "drift.packages._routes": "nodes of a syntax tree",
    "drift.schemas._declared": "pairs of declarations: those of two kinds are another type",
    "drift.schemas.types": "pairs of types: those of two kinds are another type",
    "drift.wire._body": "pairs of bodies, of which mypy does not see that they are all",
    "escape.literal": "any JSON value",
    "load.pages.target_of": "words of a page",
    "parse.contents.content_of": "a kind with conditions: most contents stay as they are",
    "parse.names.step": "tokens of a pointer",
    "parse.reading.kind_name": "any JSON value",
    "parse.security._scheme": "words of a document",
    "project.docs._table_inside": "a structure that is not a table has none inside",
    "project.keys._kind_name": "any TOML value",
    "project.toml_positions._value": "characters",
    "render.structure._check": "nodes of a syntax tree",
    "render.texts._readable": "tokens of a pointer",
    "run.code_of": "slugs of diagnostics: most lead to one code",
    "runtime.codec_compile.converter": "kinds that need no conversion",
    "runtime.headers._is_unlisted": "kinds that list no values",
    "runtime.headers._kept": "kinds that list no values",
    "sdks.classes._class": "nodes of a syntax tree",
    "sdks.requests.text": "nodes of a syntax tree",
}
"""Matches over open values, which no `assert_never` can end."""


def test_each_match_over_a_closed_union_ends_in_assert_never() -> None:
    unguarded = [
        f"{name}:{line}"
        for path in sorted(SOURCES.rglob("*.py"))
        for name, line, guarded in matches_in(path)
        if not guarded and name not in OPEN
    ]
    assert unguarded == [], "end it in `case _: assert_never(...)`, or name it in OPEN with what it is open over"


def matches_in(path: Path) -> Iterator[tuple[str, int, bool]]:
    """The matches of a module: the function, the line, and whether mypy checks what is left for the last case.

    It does so in `assert_never`, and where the last case gives the rest a name, which has a type.
    """
    module = ".".join(path.relative_to(SOURCES).with_suffix("").parts)

    def visit(node: ast.AST, name: str) -> Iterator[tuple[str, int, bool]]:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else name
            if isinstance(child, ast.Match):
                last = child.cases[-1]
                named = isinstance(last.pattern, ast.MatchAs) and last.pattern.name is not None
                ends = ast.unparse(last.body[0]).startswith("assert_never(")
                yield f"{module}.{inner}", child.lineno, ends or named
            yield from visit(child, inner)

    return visit(ast.parse(path.read_text(encoding="utf-8")), "")


TYPE_KINDS = {member.__name__ for member in get_args(ir.Type)}


def dispatching_on_types() -> set[str]:
    """The files with a match over all kinds of `ir.Type`."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Match) and set(classes_in(node)) >= TYPE_KINDS
    }


def classes_in(node: ast.Match) -> Iterator[str]:
    for case in node.cases:
        for pattern in ast.walk(case.pattern):
            if isinstance(pattern, ast.MatchClass):
                yield ast.unparse(pattern.cls).rpartition(".")[2]


def test_mypy_names_each_place_that_a_new_kind_of_type_touches(tmp_path: Path) -> None:
    text = (SOURCES / "ir.py").read_text(encoding="utf-8")
    union = "Nullable | Anything\n"
    assert union in text
    new = "\n\n@dataclass(frozen=True, slots=True)\nclass Tuple_:\n    items: tuple[Type, ...]\n\n\nType: TypeAlias = "
    changed = text.replace(union, "Nullable | Anything | Tuple_\n").replace("\n\nType: TypeAlias = ", new)
    assert changed.count("Tuple_") == 2
    (tmp_path / "ir.py").write_text(changed, encoding="utf-8")
    command = [
        sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", str(ROOT / ".mypy_cache" / "contract"),
        "--shadow-file", "generator/clientsmith/ir.py", str(tmp_path / "ir.py"), "generator/clientsmith",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    named = {line.partition(":")[0] for line in done.stdout.splitlines() if "Tuple_" in line}
    assert "generator/clientsmith/translate/annotations.py" in named
    assert named >= dispatching_on_types(), done.stdout
    assert len(dispatching_on_types()) >= 3
