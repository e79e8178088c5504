"""Which files a package has: its templates, and the modules of the runtime that its features need.

A module of the runtime that no feature names is in every package. Modules are copied byte for byte.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path
from typing import Any, Literal, TypeAlias, assert_never

from clientsmith.records import dataclass
from clientsmith.runtime.params import body_kind, is_one_json
from clientsmith.view import AliasView, CallView, EnumView, FieldView, ModelView, Package


@dataclass(frozen=True, slots=True)
class Step:
    """A template: rendered once for each of `parts(package)`, into `path(part)`."""

    template: str
    parts: Callable[[Package], Iterable[Any]]
    path: Callable[[Any], str]


TEMPLATES: tuple[Step, ...] = (
    Step("__init__.py.j2", lambda package: [package], lambda _: "__init__.py"),
    Step("_client.py.j2", lambda package: [package.client], lambda _: "_client.py"),
    Step("_options.py.j2", lambda package: package.client.with_own_options, lambda _: "_options.py"),
    Step("resource.py.j2", lambda package: package.modules, lambda module: f"{module.module}.py"),
    Step("_jobs.py.j2", lambda package: [package] if package.jobs else [], lambda _: "_jobs.py"),
    Step("models/__init__.py.j2", lambda package: [package], lambda _: "models/__init__.py"),
    Step("models/module.py.j2", lambda package: package.models, lambda module: f"models/{module.name}.py"),
    Step("errors.py.j2", lambda package: [package], lambda _: "errors.py"),
    Step("testing.py.j2", lambda package: [package], lambda _: "testing.py"),
    Step("API.md.j2", lambda package: [package], lambda _: "API.md"),
)

Feature: TypeAlias = Literal[
    "basic", "bodies", "choices", "credentials", "durations", "encodings", "enums", "files", "formats", "given",
    "headers", "header_structures", "httpx", "job_items", "job_pace", "jobs", "media", "model_aliases", "models",
    "multipart", "renamed", "sent_as", "stdlib", "styles", "times", "unions", "urlencoded", "uuids", "wire_names",
]
"""What only some packages need: a kind of credential, body, parameter, response or type, a transport, jobs, old names.
"""

RUNTIME: Mapping[Feature, tuple[str, ...]] = {
    "basic": ("basic.py", "security.py"),
    "bodies": ("forms.py",),
    "choices": ("choices.py",),
    "credentials": ("security.py",),
    "durations": ("codec_durations.py",),
    "encodings": ("codec_encodings.py",),
    "files": ("file_content.py", "files.py"),
    "formats": ("codec_formats.py",),
    "given": ("given.py",),
    "headers": ("headers.py",),
    "header_structures": ("header_structures.py",),
    "httpx": ("httpx_adapter.py",),
    "enums": ("enums.py",),
    "job_items": ("job_item_declarations.py", "job_items.py"),
    "job_pace": ("job_pace.py",),
    "jobs": ("job_declarations.py", "job_outcomes.py", "jobs.py", "testing_jobs.py"),
    "media": ("media.py",),
    "model_aliases": ("model_aliases.py",),
    "models": ("model.py",),
    "multipart": ("file_content.py", "multipart.py"),
    "renamed": ("renamed.py",),
    "sent_as": ("sent_as.py",),
    "stdlib": ("stdlib_http.py",),
    "styles": ("styles.py",),
    "times": ("codec_times.py",),
    "unions": ("codec_unions.py",),
    "urlencoded": ("urlencoded.py",),
    "uuids": ("codec_uuids.py",),
    "wire_names": ("wire_names.py",),
}
"""The modules of each feature."""


def features_of(package: Package) -> frozenset[Feature]:
    """Returns the features that a package uses."""
    features: set[Feature] = {"stdlib" if package.client.settings.transport == "stdlib" else "httpx"}
    if package.client.credentials:
        features.add("credentials")
    if any(package.client.settings.security):
        features.add("credentials")
    if "basic_credential" in package.client.runtime_names:
        features.add("basic")
    if package.class_aliases:
        features.add("model_aliases")
    if any(resource.renamed for resource in package.resources):
        features.add("renamed")
    if package.jobs:
        features.add("jobs")
    if any(job.spec.items or job.spec.done or job.spec.total for job in package.jobs):
        features.add("job_items")
    if any(job.spec.schedule.rate for job in package.jobs):
        features.add("job_pace")
    if package.models:
        features.add("models")
    definitions = [one for module in package.models for one in module.definitions]
    if any(isinstance(one, EnumView) and one.guard for one in definitions):
        features.add("enums")
    headers = [one for one in definitions if isinstance(one, ModelView) and one.base == "HeadersBase"]
    if headers:
        features.add("headers")
    if not all(_is_scalar_header(field) for one in headers for field in one.fields):
        features.add("header_structures")
    if any("wire(" in field.default for one in definitions if isinstance(one, ModelView) for field in one.fields):
        features.add("wire_names")
    texts = _decoded_annotations(package)
    if _has_unions(package, texts):
        features.add("unions")
    sent = {argument.annotation for call in package.calls for argument in call.arguments}
    written = {*texts, *(text for text in sent if "IO[" not in text)}
    for feature, is_in in _FORMATS.items():
        if any(map(is_in, written)):
            features.add(feature)
    for call in package.calls:
        features |= _features_of_call(call)
    return frozenset(features)


_FORMATS: Mapping[Feature, Callable[[str], object]] = {
    "durations": re.compile(r"\bdatetime\.timedelta\b").search,
    "encodings": re.compile(r'\bAnnotated\[[\w.]+, "').search,
    "formats": re.compile(r"\b(bytes|decimal\.Decimal)\b").search,
    "times": re.compile(r"\bdatetime\.date(time)?\b").search,
    "uuids": re.compile(r"\buuid\.UUID\b").search,
}
"""What finds a scalar of a module of rarer ones, such as `codec_times`, in an annotation."""
_is_scalar = re.compile(r"(str|int|float|bool|datetime\.\w+|uuid\.UUID)( \| None)?").fullmatch


def _is_scalar_header(field: FieldView) -> bool:
    """Returns whether a header is one scalar, written as it is, for which `headers` is enough."""
    return _is_scalar(field.annotation) is not None and '"form": ' not in field.default


def _decoded_annotations(package: Package) -> frozenset[str]:
    """Returns the annotations of fields and responses, those apart that are read as bytes."""
    texts: set[str] = set()
    for definition in (one for module in package.models for one in module.definitions):
        match definition:
            case ModelView():
                texts.update(field.annotation for field in definition.lines)
            case EnumView():
                texts.add(definition.base)
            case AliasView():
                texts.add(definition.annotation)
            case _:
                assert_never(definition)
    for call in package.calls:
        contents = call.operation.contents.values()
        texts.update(text for content in contents for text in content.values() if text != "bytes")
    return frozenset(texts)


def _has_unions(package: Package, texts: Iterable[str]) -> bool:
    """Returns whether anything that is decoded has members to choose from; `State | str | None` has none."""
    alone: set[str] = {"None", "Unset"}
    for definition in (one for module in package.models for one in module.definitions):
        match definition:
            case EnumView():
                alone |= {definition.name, f"models.{definition.name}"} if definition.literal else set()
            case AliasView():
                return True
            case ModelView():
                pass
            case _:
                assert_never(definition)
    return any(_holds_union(ast.parse(text, mode="eval").body, alone) for text in texts if "|" in text)


def _holds_union(node: ast.AST, alone: Set[str]) -> bool:
    """Returns whether an annotation has a union of several members, those that are `alone` not counted."""
    if isinstance(node, ast.BinOp):
        arms = [arm for arm in _arms_of(node) if ast.unparse(arm) not in alone]
        return len(arms) > 1 or any(_holds_union(arm, alone) for arm in arms)
    if isinstance(node, ast.Constant) and "|" in str(node.value):
        return True  # an annotation in quotes, or a value; what is not needed does no harm
    return any(_holds_union(child, alone) for child in ast.iter_child_nodes(node))


def _arms_of(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [*_arms_of(node.left), *_arms_of(node.right)]
    return [node]


def _features_of_call(call: CallView) -> set[Feature]:
    features: set[Feature] = {"encodings", "sent_as"} if call.encoded else set()
    operation = call.operation
    if any(operation.security or ()):
        features.add("credentials")
    if operation.params:
        features.add("styles")
    if operation.choices:
        features.add("choices")
    if not all(is_one_json(content) for content in operation.contents.values() if content):
        features.add("media")
    if call.media_types:
        features.add("bodies")
    if any(payload.sifted for payload in call.payloads):
        features.add("given")
    for media_type in call.media_types:
        kind = "files" if "" in operation.files else body_kind(media_type)
        match kind:
            case "json":
                pass
            case "urlencoded":
                features |= {"urlencoded", "styles"} if operation.encodings else {"urlencoded"}
            case "multipart" | "files":
                features.add(kind)
            case _:
                assert_never(kind)
    return features


def runtime_files(features: Iterable[str]) -> dict[str, str]:
    """Returns the modules of the runtime that packages with these features need, by name.

    Features that this version does not have (of a lock that another one wrote) need nothing.
    """
    folder = Path(__file__).parent.parent / "runtime"
    known = frozenset(features)
    optional = {name for names in RUNTIME.values() for name in names}
    needed = {name for feature, names in RUNTIME.items() if feature in known for name in names}
    modules = (path for path in sorted(folder.glob("*.py")) if path.name in needed or path.name not in optional)
    return {path.name: path.read_text(encoding="utf-8") for path in modules} | {"py.typed": ""}
