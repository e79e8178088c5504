"""Whatever is in a public signature has a public name: nobody has to import from `_runtime`.

The annotations of everything public are followed through the classes of the runtime, and each class and alias of the
runtime that they name must be a member of the package, of its `errors` or of its `testing`.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from test_runtime_files import GOLDENS, PROVIDERS, files_of

Tree = Mapping[str, ast.Module]
PUBLIC = ("__init__", "errors", "testing")
"""Modules from which users import what is not a model."""
MADE_FOR_USERS = {"_Shared", "AnyClient", "_Handle", "Resource", "AsyncResource"}
"""Classes of the runtime that users do not call: the arguments of their constructors are nobody's business."""
NOT_NAMED = {
    # bases and descriptors, whose members are followed
    "AnyClient", "AsyncClientBase", "AsyncCore", "AsyncResource", "ClientBase", "Core", "HeadersBase", "ModelBase",
    "Renamed", "Resource", "ValueGuard",
    # parts of an alias that has a name, and what one transport says to another
    "Content", "DeclaredState", "Wire",
}  # fmt: skip
"""Classes and aliases of the runtime that stand in signatures, and that no user names."""
Place = tuple[str, str]
"""Module and name."""


@cache
def trees_of(name: str) -> Tree:
    return {path.removesuffix(".py"): ast.parse(text) for path, text in files_of(name).items() if path.endswith(".py")}


def exported(trees: Tree) -> set[str]:
    """Names that a user can import."""
    return {
        alias.asname or alias.name
        for module in PUBLIC
        for node in ast.walk(trees[module])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } | {
        name
        for module in (*PUBLIC, "_runtime/errors")
        for name in (node.name for node in trees[module].body if isinstance(node, (ast.ClassDef, ast.FunctionDef)))
    }


def scope_of(path: str, tree: ast.Module) -> dict[str, Place]:
    """Where the names of a module are defined: its classes and type aliases, and what it imports of the package."""
    found: dict[str, Place] = {}
    folder = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = folder[: len(folder) + 1 - node.level]
            module = "/".join([*above, *(node.module or "").split(".")]).strip("/")
            found |= {alias.asname or alias.name: (module, alias.name) for alias in node.names}
    return found | {name: (path, name) for name in defined(tree)}


def defined(tree: ast.Module) -> dict[str, ast.stmt]:
    """Classes and type aliases of a module, by name."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            found[ast.unparse(node.target)] = node
    return found


def annotations_of(node: ast.AST) -> Iterator[ast.expr]:
    """The annotations of what is public in a class or a function, its own bases included."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        arguments = node.args
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.kwarg]:
            if argument is not None and argument.annotation is not None:
                yield argument.annotation
        if node.returns is not None:
            yield node.returns
    elif isinstance(node, ast.ClassDef):
        yield from node.bases
        for inner in node.body:
            name = getattr(inner, "name", getattr(getattr(inner, "target", None), "id", ""))
            if not name.startswith("_") or (name == "__init__" and node.name not in MADE_FOR_USERS):
                yield from annotations_of(inner)
    elif isinstance(node, ast.AnnAssign):
        yield node.annotation
        if ast.unparse(node.annotation) == "TypeAlias" and node.value is not None:
            yield node.value


def names_in(annotation: ast.expr) -> Iterator[str]:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isprintable():
            try:
                yield from names_in(ast.parse(node.value, mode="eval").body)
            except SyntaxError:
                continue  # a value of a Literal


def reachable(trees: Tree) -> dict[str, str]:
    """The classes and aliases of the runtime that public signatures name, with where each is first."""
    scopes = {path: scope_of(path, tree) for path, tree in trees.items()}
    nodes: dict[Place, ast.stmt] = {
        (path, name): node for path, tree in trees.items() for name, node in defined(tree).items()
    }
    own = [path for path in trees if not path.startswith("_runtime/")]
    todo: list[tuple[str, ast.stmt]] = [(path, node) for path in own for node in defined(trees[path]).values()]
    todo += [(path, node) for path in own for node in trees[path].body if path == "testing"]
    found: dict[str, str] = {}
    seen: set[Place] = set()
    for path in PUBLIC:
        places = {place for place in scopes[path].values() if place in nodes}
        seen |= places
        todo += [(module, nodes[module, name]) for module, name in places]
    while todo:
        path, node = todo.pop()
        for name in (name for annotation in annotations_of(node) for name in names_in(annotation)):
            place = scopes[path].get(name, ("", ""))
            if place not in nodes or not place[0].startswith("_runtime/"):
                continue
            found.setdefault(place[1], path)
            if place not in seen and name not in ("Core", "AsyncCore"):
                seen.add(place)
                todo.append((place[0], nodes[place]))
    return found


@pytest.mark.parametrize("name", [*GOLDENS, *PROVIDERS])
def test_what_signatures_name_can_be_imported(name: str) -> None:
    trees = trees_of(name)
    found = reachable(trees)
    assert {"Timeout", "Transport", "ApiResponse", "Headers", "SentRequest"} <= found.keys()
    missing = {one: place for one, place in found.items() if one not in exported(trees) | NOT_NAMED}
    private = {one: place for one, place in missing.items() if not one.startswith("_")}
    assert private == {}


def test_a_name_that_is_not_exported_is_found() -> None:
    trees = dict(trees_of("jobs"))
    text = ast.unparse(trees["__init__"])
    for name in ("JobProgress", "Headers"):
        text = text.replace(f"{name} as {name}, ", "")
    trees["__init__"] = ast.parse(text)
    assert {"JobProgress", "Headers"} <= reachable(trees).keys() - exported(trees)


USER = """\
from __future__ import annotations

import ssl
from typing import assert_type

from pixelcut import (
    UNSET, ApiResponse, AsyncCancellableJob, AsyncClient, AsyncJob, AsyncStdlibTransport, AsyncTransport, AsyncTryOnJob,
    BodyStream, CancellableJob, Client, File, Headers, Job, JobError, JobProgress, JobResult, JobState, Request,
    RequestOptions, Response, StdlibTransport, Timeout, Transport, TransportError, TryOnJob, Unset, errors, models,
    testing,
)
from pixelcut.testing import Answer, ConnectionLost, FakeTransport, Outcome, SentRequest, Step, Steps, try_on_job

OPTIONS: RequestOptions = {"timeout": Timeout(total=5)}
SCRIPT: dict[str, Step | Steps] = try_on_job("completed", after=3)


class Traced:
    def __init__(self, inner: Transport) -> None:
        self.inner, self.headers = inner, list[Headers]()

    def send(self, request: Request) -> Response:
        try:
            response = self.inner.send(request)
        except TransportError as error:
            raise TransportError(f"again: {error}", error.sent) from error
        self.headers.append(response.headers)
        return response

    def close(self) -> None:
        self.inner.close()


def report(progress: JobProgress[models.TryOnJobStatus]) -> None:
    state: JobState = progress.state
    print(progress.snapshot.status, state)


async def pushed(progress: JobProgress[models.TryOnJobStatus]) -> None:
    report(progress)


def answer(request: SentRequest) -> Outcome:
    return ConnectionLost() if request.path == "/" else Answer(404)


def sync(image: File) -> JobResult[models.TryOnJobStatus, str, object]:
    context = ssl.create_default_context()
    own: Transport = Traced(StdlibTransport(ssl_context=context))
    client = Client(api_key="k", transport=own, max_content=2**20)
    job: TryOnJob = client.try_on.start(person_image=image, garment_image=image, options=OPTIONS)
    general: Job[models.TryOnJobStatus, str, object] = job
    cancellable: CancellableJob[models.TryOnJobStatus, str, object] = job
    assert_type(cancellable.cancel(), bool)
    raw: ApiResponse[models.TryOnJobStatus] = client.raw(client.try_on.get_job)(job.id)
    print(raw.headers)
    return general.wait(on_progress=report)


async def tasks(stream: BodyStream) -> None:
    own: AsyncTransport = AsyncStdlibTransport(max_connections=stream.length or 3)
    client = AsyncClient(api_key="k", transport=own)
    job: AsyncTryOnJob = client.try_on.job("j")
    cancellable: AsyncCancellableJob[models.TryOnJobStatus, str, object] = job
    general: AsyncJob[models.TryOnJobStatus, str, object] = cancellable
    timeout: float | Unset = UNSET
    await general.wait(timeout=timeout, on_progress=pushed)
    try:
        await job.wait(cancel_on_interrupt=True)
    except errors.JobTimeout as error:
        failure: JobError = error
        assert_type(failure.snapshot, models.TryOnJobStatus | None)
    except errors.JobPartiallyFailed as error:
        assert_type(error.result, str | None)


fake = FakeTransport(SCRIPT)
done = Client(api_key="k", transport=fake).try_on.start(person_image_url="u", garment_image_url="v").wait()
assert_type(done.result, str)
assert (done.polls, done.result[:8]) == (4, "https://"), done
assert FakeTransport([answer]).requests == []
lost = FakeTransport(try_on_job("failed"))
try:
    Client(api_key="k", transport=lost).try_on.job("j").wait()
except errors.JobFailed as error:
    assert (type(error), error.code) == (errors.JobFailed, "invalid_parameter")
assert testing.FakeTransport is FakeTransport
sync_transport: Transport = StdlibTransport()
sync_transport.close()
"""
"""A program of a user that imports every public type, and nothing of `_runtime`."""

WRONG = """\
from pixii import Client, JobProgres

job = Client(api_key="k").scale.job("j")
job.cancel()
job.wait(cancel_on_interrupt=True)
"""


def test_a_user_needs_public_names_alone(tmp_path: Path) -> None:
    for package in ("pixelcut", "pixii"):
        for path, text in files_of(package).items():
            file = tmp_path / package / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    assert "_runtime" not in USER
    (tmp_path / "user.py").write_text(USER)
    (tmp_path / "wrong.py").write_text(WRONG)
    config = {"include": ["user.py", "wrong.py"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))

    def said(*command: str) -> str:
        done = subprocess.run([sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert said("-W", "error", "user.py") == ""
    output = said("-m", "mypy", "--strict", "--no-error-summary", "user.py", "wrong.py")
    mypy = [line for line in output.splitlines() if ": note: " not in line]
    assert [line.rpartition("[")[2] for line in mypy] == ["attr-defined]", "attr-defined]", "call-arg]"]
    assert all(line.startswith("wrong.py:") for line in mypy)
    pyright = said("-m", "pyright", "--pythonpath", sys.executable)
    assert "user.py:" not in pyright
    for place in ("wrong.py:1:", "wrong.py:4:", "wrong.py:5:"):
        assert place in pyright
