"""A package has the modules of the runtime that it needs, complete and no others."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_args

import black
import pytest
from black.mode import Mode, TargetVersion
from reachability import unreached

from clientsmith.diagnostics import Report
from clientsmith.pipeline import package
from clientsmith.project.settings import Provider, read_provider
from clientsmith.render import render
from clientsmith.render.plan import RUNTIME, Feature, features_of, runtime_files
from clientsmith.runtime.declarations import TransportName
from clientsmith.runtime.params import BodyKind
from clientsmith.view import Package

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "generator" / "clientsmith" / "runtime"
GOLDENS = sorted(folder.name for folder in (ROOT / "tests" / "golden").iterdir() if folder.is_dir())
PROVIDERS = ("aigenstudio", "pixelcut", "pixii")
BUDGETS = {"one_operation": (18, 3400), "jobs": (24, 4200)}
"""Files and lines of the runtime that a golden's package may have at most."""
WIDTH = 88
@cache
def package_of(name: str) -> Package:
    if name in PROVIDERS:
        return package(read_provider(name, ROOT / "specs" / name, "", Report()), Report())
    folder = ROOT / "tests" / "golden" / name
    provider = Provider.for_spec([folder / "spec.yaml"], name)
    if (folder / "provider.toml").is_file():
        provider = dataclasses.replace(provider, **tomllib.loads((folder / "provider.toml").read_text()))
    return package(provider, Report())


@cache
def files_of(name: str) -> dict[str, str]:
    return render(package_of(name))


@pytest.mark.parametrize("name", [*GOLDENS, *PROVIDERS])
def test_no_function_is_copied_that_cannot_be_reached(name: str) -> None:
    # What the generator reads of the declarations is in the same module, so that both sides share it.
    assert [function for function in unreached(files_of(name)) if not function.startswith("declarations.")] == []


def test_a_function_that_nobody_calls_is_named() -> None:
    files = {
        "_client.py": "from ._runtime.a import f\nf().used()\n",
        "_runtime/__init__.py": "",
        "_runtime/a.py": (
            "from .b import g as h\nfrom . import b\ndef f(): return _C(h, b.m)\ndef lost(): return f()\n"
            "class _C:\n  def used(self): pass\n  def unused(self): pass\n"
            "  def __len__(self): return feature('b', 'k')\n"
        ),
        "_runtime/b.py": "def g(): pass\ndef k(): pass\ndef m(): pass\ndef other(): pass\n",
    }
    assert unreached(files) == ["a._C.unused", "a.lost", "b.other"]


def test_what_only_type_checkers_know_is_not_imported() -> None:
    program = "import sys; from clientsmith.runtime import renamed; print('typing_extensions' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("name", [*GOLDENS, *PROVIDERS])
def test_modules_are_copied_byte_for_byte(name: str) -> None:
    for path, text in files_of(name).items():
        if path.startswith("_runtime/") and path.endswith(".py"):
            assert text == (SOURCE / path.removeprefix("_runtime/")).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted({path.name for path in SOURCE.glob("*.py")}))
def test_black_leaves_a_module_as_it_is(name: str) -> None:
    """With its usual width, so that a user's black changes nothing; docstrings and comments are as wide at most."""
    text = (SOURCE / name).read_text(encoding="utf-8")
    assert black.format_str(text, mode=Mode(target_versions={TargetVersion.PY311}, line_length=WIDTH)) == text
    assert [line for line in text.splitlines() if len(line) > WIDTH] == []


def test_every_feature_has_its_modules_and_some_golden() -> None:
    assert set(RUNTIME) == set(get_args(Feature))
    for names in RUNTIME.values():
        assert all((SOURCE / name).is_file() for name in names)
    used = {feature for name in GOLDENS for feature in features_of(package_of(name))}
    assert used | {"httpx"} == set(RUNTIME)


@pytest.mark.parametrize(
    ("name", "features"),
    [
        ("names", {"bodies", "given", "models", "wire_names"}),
        ("one_operation", {"credentials", "models"}),
        ("security", {"basic", "credentials"}),
        ("parameters", {"models", "styles", "times", "uuids"}),
        (
            "headers",
            {"encodings", "enums", "header_structures", "headers", "models", "times", "unions", "wire_names"},
        ),
        (
            "aigenstudio",
            {
                *("bodies", "credentials", "enums", "given", "headers", "job_items", "jobs", "models"),
                *("times", "uuids", "wire_names"),
            },
        ),
        ("responses", {"bodies", "files", "media", "models"}),
        ("bodies", {"bodies", "files", "given", "models", "multipart", "urlencoded"}),
        ("jobs", {"bodies", "enums", "given", "jobs", "models"}),
        ("pixii", {"bodies", "credentials", "enums", "given", "job_items", "jobs", "models", "times"}),
        (
            "pixelcut",
            {"bodies", "choices", "credentials", "enums", "given", "job_pace", "jobs", "media", "models", "multipart"},
        ),
    ],
)
def test_features_are_those_that_are_used(name: str, features: set[Feature]) -> None:
    assert features_of(package_of(name)) == features | {"stdlib"}


KINDS = """\
import importlib, sys
import {name}.models as models
from {name}._runtime.codec_kinds import Names, OneOf, Tag, plan_of

def holds_union(kind):
    if isinstance(kind, (OneOf, Tag)):
        return True
    return any(holds_union(part) for part in kind if isinstance(part, tuple) and hasattr(part, "_fields"))

names = Names("{name}.models")
kinds = [names.kind(text) for text in {annotations!r}]
for cls in [getattr(models, name) for name in models.__all__]:
    if hasattr(cls, "__dataclass_fields__") and cls.__name__ != "UnknownVariant":
        plan = plan_of(cls)
        kinds += [field.kind for field in plan.fields] + ([plan.extra] if plan.extra is not None else [])
print(any(map(holds_union, kinds)))
"""


@pytest.mark.parametrize("name", [*GOLDENS, *PROVIDERS])
def test_a_client_in_which_the_codec_finds_a_union_has_their_reader(name: str, tmp_path: Path) -> None:
    for path, text in files_of(name).items():
        file = tmp_path / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    view = package_of(name)
    calls = view.calls
    contents = [content for call in calls for content in call.operation.contents.values()]
    annotations = sorted({str(text) for content in contents for text in content.values()} - {"raw", "bytes"})
    program = KINDS.format(name=name, annotations=annotations)
    found = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.stderr == ""
    assert found.stdout == "False\n" or "unions" in features_of(view)


@pytest.mark.parametrize("transport", ["httpx", "httpx2"])
def test_a_client_has_the_transport_of_its_settings_alone(transport: TransportName) -> None:
    view = package_of("one_operation")
    settings = dataclasses.replace(view.client.settings, transport=transport)
    chosen = dataclasses.replace(view, client=dataclasses.replace(view.client, settings=settings))
    names = runtime_files(features_of(chosen)).keys()
    assert "httpx_adapter.py" in names
    assert "stdlib_http.py" not in names
    assert [function for function in unreached(render(chosen)) if not function.startswith("declarations.")] == []


MISSING = """\
import importlib, pkgutil, sys
import one_operation
for module in pkgutil.walk_packages(one_operation.__path__, "one_operation."):
    importlib.import_module(module.name)
for client in (one_operation.Client, one_operation.AsyncClient):
    assert client().transport_name == "stdlib"
    try:
        client(transport="httpx")
    except ValueError as error:
        print(error)
"""


def test_another_transport_is_refused_with_a_sentence(tmp_path: Path) -> None:
    for path, text in files_of("one_operation").items():
        file = tmp_path / "one_operation" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-W", "error", "-c", MISSING]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    sentence = (
        "transport 'httpx' is not part of this client: set transport = \"httpx\" in provider.toml and generate it "
        "again, or pass a transport object"
    )
    assert (done.stdout.splitlines(), done.stderr) == ([sentence, sentence], "")


@pytest.mark.parametrize("name", sorted(BUDGETS))
def test_the_runtime_is_within_its_budget(name: str) -> None:
    modules = [text for path, text in files_of(name).items() if path.startswith("_runtime/") and path.endswith(".py")]
    files, lines = BUDGETS[name]
    assert len(modules) <= files
    assert sum(text.count("\n") for text in modules) <= lines


def test_modules_that_not_all_have_are_called_as_they_are_written() -> None:
    """`feature` gives `Any`: what it is said to give is checked against the modules here, by mypy."""
    from clientsmith.runtime import (
        feature,
        files,
        header_structures,
        httpx_adapter,
        media,
        multipart,
        security,
        stdlib_http,
        styles,
        urlencoded,
    )
    from clientsmith.runtime.client import Authorise
    from clientsmith.runtime.headers import Parser
    from clientsmith.runtime.operation import BodyWriter, Call, ParamWriter
    from clientsmith.runtime.response import Reader

    authorise: Authorise = security.authorised
    param: ParamWriter = styles.expanded
    parse: Parser = header_structures.parsed
    read: Reader = media.content_of
    bodies: dict[str, BodyWriter] = {
        "files": files.body_of,
        "multipart": multipart.body_of,
        "urlencoded": urlencoded.body_of,
    }
    assert set(get_args(BodyKind)) == {"json", *bodies}
    assert all(feature(module, "body_of") is function for module, function in bodies.items())
    assert feature("security", "authorised") is authorise
    assert feature("styles", "expanded") is param
    assert feature("header_structures", "parsed") is parse
    assert feature("media", "content_of") is read
    is_download: Callable[[Call[Any]], bool] = media.is_download
    assert feature("media", "is_download") is is_download
    for module in (stdlib_http, httpx_adapter):
        opened: Callable[[str, bool], Any] = module.opened
        assert opened("httpx", False).name in ("stdlib", "httpx")
