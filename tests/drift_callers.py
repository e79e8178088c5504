"""A caller of a client that uses every public name, and what type checkers say of it against another edition.

    edition --caller--> a module that uses all of it        editions --broken--> the callers that no longer check

It is an independent judge of drift: it knows nothing of rules and documents, and asks mypy. What it cannot see is what
happens on the wire, and code that a new possibility surprises, such as a `match` that was exhaustive.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clientsmith.diagnostics import Report
from clientsmith.pipeline import Built, build, stages
from clientsmith.project.settings import Provider
from clientsmith.render.plan import runtime_files
from clientsmith.surface import ArgumentSurface, ModelSurface, OperationSurface, Surface, surface_of

_HEADER = """\
from __future__ import annotations

import builtins as builtins
import datetime as datetime
import decimal as decimal
import os as os
import uuid as uuid
from collections.abc import *
from os import PathLike as PathLike
from typing import *

import vendor.{package} as package
from vendor.{package} import errors, models
from vendor.{package}{names} import *
"""


@dataclass(frozen=True)
class Edition:
    """A client and its surface. `sent`, `received`: the addresses of models that callers make, and that they read."""

    built: Built
    surface: Surface
    sent: frozenset[str]
    received: frozenset[str]


def edition(root: Mapping[str, Any], folder: Path) -> Edition:
    """The client of a document, with the runtime beside it; made once of each document."""
    text = json.dumps(root)
    if text not in _MADE:
        file = folder / "edition.json"
        file.write_text(text, encoding="utf-8")
        _MADE[text] = _edition(replace(Provider.for_spec([str(file)], "client"), runtime="shared"))
    return _MADE[text]


_MADE: dict[str, Edition] = {}


def _edition(provider: Provider) -> Edition:
    _, api, package_view = stages(provider, Report())
    declared = api.declarations
    return Edition(
        build(provider, Report(), {}),
        surface_of(package_view),
        frozenset(key for key, one in declared.items() if one.sent or not one.received),
        frozenset(key for key, one in declared.items() if one.received or not one.sent),
    )


def callers(of: Edition, package: str) -> dict[str, str]:
    """The texts of modules that use all public names of an edition, of the client `vendor.<package>`.

    The annotations of models have the names of `models`, all others those of the package.
    """
    found: dict[str, str] = {}
    for part, names, blocks in (("calls", "", _of_client(of.surface)), ("models", ".models", _of_models(of))):
        numbered = [block.replace("def _(", f"def _{number}(") for number, block in enumerate(blocks)]
        found[part] = "\n".join([_HEADER.format(package=package, names=names), *numbered])
    return found


def _of_client(surface: Surface) -> Iterator[str]:
    yield _function((*surface.client.arguments, *surface.client.options), "None", "package.Client({})")
    for operation in surface.operations:
        yield from _calls(operation)
    for error in surface.errors:
        yield f"def _(x: errors.{error.name}) -> {error.body}:\n    return x.body\n"
    for job in surface.jobs:
        yield f"def _(x: package.Client) -> package.{job.handle}:\n    return x.{job.resume}('1')\n"
        yield f"def _(x: package.{job.handle}) -> object:\n    return x.{'cancel' if job.cancel else 'wait'}()\n"


def _of_models(of: Edition) -> Iterator[str]:
    for model in of.surface.models:
        yield f"def _() -> object:\n    return models.{model.name}\n"
        if model.address in of.sent:
            yield from _made(model)
        if model.address in of.received:
            for field in model.fields:
                yield f"def _(x: models.{model.name}) -> {field.annotation}:\n    return x.{field.name}\n"
    for alias in of.surface.aliases:
        if alias.old[:1].isupper():
            yield f"def _(x: models.{alias.old}) -> None: ...\n"


def _calls(operation: OperationSurface) -> Iterator[str]:
    arguments = [one for one in operation.arguments if one.name != "accept"]
    call = f"x.{operation.call}({{}})"
    yield _function(arguments, operation.returns, call, first="x: package.Client")
    needed = [argument for argument in arguments if argument.required]
    yield _function(needed, operation.returns, call, first="x: package.Client", positional=True)
    for accepted, returns in operation.accept.items():
        asked = ArgumentSurface("accept", accepted, "option")
        yield _function([*needed, asked], returns, call, first="x: package.Client")


def _function(
    arguments: Iterable[ArgumentSurface], returns: str, call: str, *, first: str = "", positional: bool = False
) -> str:
    """A function that takes all that a call needs, with the annotations of the surface, and makes it."""
    taken = [*filter(None, [first]), *(f"a_{one.name}: {one.annotation}" for one in arguments)]
    given = [f"a_{a.name}" if positional and a.positional else f"{a.name}=a_{a.name}" for a in arguments]
    text = call.format(", ".join(given))
    return f"def _({', '.join(taken)}) -> {returns}:\n    {'return ' if returns != 'None' else ''}{text}\n"


def _made(model: ModelSurface) -> Iterator[str]:
    """What callers make: a model with all of its fields and with those that it needs, the values of an enumeration."""
    match model.kind:
        case "model":
            for fields in (model.fields, tuple(field for field in model.fields if field.required)):
                taken = ", ".join(f"a_{field.name}: {field.annotation}" for field in fields)
                given = ", ".join(f"{field.name}=a_{field.name}" for field in fields)
                yield f"def _({taken}) -> models.{model.name}:\n    return models.{model.name}({given})\n"
        case "enum":
            values = ", ".join(map(repr, model.values))
            yield f"def _() -> list[models.{model.name}]:\n    return [{values}]\n"
        case "union":
            for arm in re.findall(r"\b[A-Z]\w*\b", model.annotation or ""):
                yield f"def _(x: {arm}) -> models.{model.name}:\n    return x\n"


def broken(folder: Path, pairs: Mapping[str, tuple[Edition, Edition]]) -> dict[str, list[str]]:
    """What mypy says of the caller of each old edition against the new one; nothing if it still works.

    Raises:
        AssertionError: A caller does not even check against the client that it was written for.
    """
    write(folder, pairs)
    return by_mypy(folder)


def write(folder: Path, pairs: Mapping[str, tuple[Edition, Edition]]) -> None:
    """Writes the clients of all pairs, and the callers of the old ones against both."""
    vendor = folder / "vendor"
    features: set[str] = set()
    for name, sides in pairs.items():
        for side, one in zip(("old", "new"), sides, strict=True):
            package = f"{name}_{side}"
            for path, text in one.built.files.items():
                if path.endswith(".py") and not path.startswith("testing"):
                    target = vendor / package / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8")
            features.update(one.built.features)
            for part, text in callers(sides[0], package).items():
                (folder / f"of_{package}_{part}.py").write_text(text, encoding="utf-8")
    for path, text in runtime_files(features).items():
        target = vendor / "_runtime" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (vendor / "__init__.py").touch()


def by_mypy(folder: Path) -> dict[str, list[str]]:
    """What mypy says of what was written."""
    (folder / "mypy.ini").write_text("[mypy]\npython_version = 3.11\n", encoding="utf-8")
    modules = sorted(path.stem for path in folder.glob("of_*.py"))
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary"]
    done = subprocess.run(
        [*command, "--follow-imports=silent", *(part for name in modules for part in ("-m", name))],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    wrong = [line for line in done.stdout.splitlines() if re.match(r"of_\w+_old_\w+\.py:\d+: error: ", line)]
    assert not wrong, "\n".join(["callers do not check against their own clients:", *wrong[:20]])
    for line in done.stdout.splitlines():
        if (at := re.match(r"of_(\w+)_new_\w+\.py:\d+: error: (.*)", line)) is not None:
            found[at[1]].append(at[2])
        else:
            assert ": note: " in line, line
    assert not done.stderr, done.stderr
    return found


def by_pyright(folder: Path, without: Container[str] = ()) -> dict[str, list[str]]:
    """What pyright says of what was written, in its basic mode: one process for all callers.

    Args:
        folder: Where it was written.
        without: Names of pairs that it need not look at.

    Raises:
        AssertionError: A caller does not even check against the client that it was written for.
    """
    names = [path.name for path in sorted(folder.glob("of_*_new_*.py")) if path.name.split("_")[1] not in without]
    old = [path.name for path in sorted(folder.glob("of_*_old_*.py"))]
    # Of all editions of one document, the callers are the same.
    own = [*{(folder / name).read_text(encoding="utf-8").partition("\ndef ")[2]: name for name in old}.values()]
    config = {"include": [*names, *own], "typeCheckingMode": "basic", "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(names) + len(own), done.stdout[-2000:]
    found: dict[str, list[str]] = defaultdict(list)
    for one in report["generalDiagnostics"]:
        _, pair, side, _ = Path(one["file"]).stem.split("_", 3)
        if one["severity"] == "error":
            assert side == "new", f"callers do not check against their own clients: {one}"
            found[pair].append(one["message"])
    return found
