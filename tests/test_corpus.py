"""Documents and pages of real providers: nothing is lost, and what comes out is sound.

They are not part of the repository. `CLIENTSMITH_CORPUS` names a folder with `specs/` and `docs/`; without it all of
this is skipped. `make corpus` runs it.
"""

from __future__ import annotations

import difflib
import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from agreement import disagreements
from refactorings import Before, before, changed_names

from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.pipeline import Built, build, document
from clientsmith.project.settings import Provider

_NAMED = os.environ.get("CLIENTSMITH_CORPUS", "")
CORPUS = Path(_NAMED)
pytestmark = pytest.mark.skipif(
    not (_NAMED and (CORPUS / "specs").is_dir() and (CORPUS / "docs").is_dir()),
    reason="CLIENTSMITH_CORPUS names no folder with specs/ and docs/",
)

DOCUMENTS = (
    "readme-oas-examples__3.1__train-travel.yaml",
    "listennotes.com__main__2.0.yaml",
    "xero.com__files.yaml",
    "assemblyai.com__assemblyai.yaml",
    "redocly.com__cafe.yaml",
    "scalar.com__galaxy.yaml",
    "paypal.com__invoicing-v2.json",
    "oxide.computer__propolis-server.json",
    "comfy.org__v2.yaml",
    "telegram.org__bot-api.json",
    "spotify.com__main__1.0.0.yaml",
    "mux.com__main__v1.json",
    "github.com__api.github.com.json",
)
LARGE = ("github.com__api.github.com.json",)
"""Too large for type checkers to be waited for."""

PAGES = (
    "pixelcut.ai__mintlify",
    "aigenstudio.app__mintlify",
    "assemblyai.com__mintlify-synthesised/pages",
    "kalshi.com__mintlify-new-and-legacy",
    "kie.ai__mintlify-one-path-many-bodies/new",
)

CASES = [*(f"specs/{name}" for name in DOCUMENTS), *(f"docs/{name}" for name in PAGES)]
CHECKED = [case for case in CASES if not case.endswith(LARGE)]

FENCE = re.compile(
    r"^(?P<fence> *(?:`{3,}|~{3,}))(?:ya?ml|json)\b[^\n]*\n(?P<text>.*?)^(?P=fence)", re.DOTALL | re.MULTILINE
)
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}


def inputs(case: str) -> list[Path]:
    path = CORPUS / case
    return [path] if path.is_file() else sorted(page for page in path.rglob("*") if page.is_file())


def package_of(case: str) -> str:
    return re.sub(r"\W+", "_", case.lower())


def provider_of(case: str) -> Provider:
    return Provider.for_spec(inputs(case), package_of(case))


@functools.cache
def built(case: str) -> Built:
    return build(provider_of(case), Report(), {})


def trees(case: str) -> Iterator[Any]:
    """The OpenAPI trees of a case as plain YAML readers see them; fences are found by their look alone."""
    for path in inputs(case):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            yield json.loads(text)
        elif path.suffix in (".yaml", ".yml"):
            yield yaml.load(text, yaml.CSafeLoader)
        else:
            yield from (yaml.load(m["text"], yaml.CSafeLoader) for m in FENCE.finditer(text) if "openapi" in m["text"])


def operations(case: str) -> set[tuple[str, str, str]]:
    """Path, method and, as pages may document several of one method on one path, the operation and where it is."""
    found: set[tuple[str, str, str]] = set()
    for tree in trees(case):
        if not (isinstance(tree, dict) and "openapi" in tree):
            continue
        root = cast("dict[str, Any]", tree)
        for path, item in root.get("paths", {}).items():
            assert "$ref" not in item, "this count does not follow references"
            for method, operation in {**item, **item.get("additionalOperations", {})}.items():
                if method in METHODS or method in item.get("additionalOperations", {}):
                    servers = [server["url"] for server in root.get("servers", [])]
                    content = "" if case.startswith("specs/") else json.dumps([operation, servers], default=str)
                    found.add((path, method, content))
    return found


@pytest.mark.parametrize("case", CASES)
def test_every_operation_has_a_method(case: str) -> None:
    expected = len(operations(case))
    assert expected > 0
    assert (built(case).operations, built(case).documented_operations) == (expected, expected)


@pytest.mark.parametrize("case", CASES)
def test_the_same_bytes_again(case: str) -> None:
    assert build(provider_of(case), Report(), {}).files == built(case).files


@pytest.mark.parametrize("case", CASES)
def test_black_changes_nothing(case: str) -> None:
    import black
    from black.mode import Mode, TargetVersion

    mode = Mode(target_versions={TargetVersion.PY311})
    changed = [
        name
        for name, text in built(case).files.items()
        if name.endswith(".py") and not name.startswith("_runtime/") and black.format_str(text, mode=mode) != text
    ]
    assert changed == []


def all_inputs() -> dict[str, list[Path]]:
    """Every document, and every set of pages, by its name; without Swagger 2.0 and what else is refused as a whole."""
    found = {
        f"{folder.name}/{path.name}": [path]
        for folder in (CORPUS / "specs", CORPUS / "peer")
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
    }
    for folder in sorted((CORPUS / "docs").iterdir()) if (CORPUS / "docs").is_dir() else ():
        pages = [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".mdx", ".txt")]
        found[f"docs/{folder.name}"] = pages
    return found


ALL = all_inputs() if _NAMED and (CORPUS / "specs").is_dir() else {}


@pytest.mark.parametrize("case", ALL)
def test_check_names_what_generate_named(case: str, tmp_path: Path) -> None:
    assert disagreements(ALL[case], tmp_path / "acme") == []


def test_pages_say_what_the_document_said_that_they_were_cut_from() -> None:
    pages = document(provider_of("docs/assemblyai.com__mintlify-synthesised/pages"), Report())
    oracle = CORPUS / "docs/assemblyai.com__mintlify-synthesised/oracle/expected-merged.openapi.json"
    whole = document(Provider.for_spec([oracle], "oracle"), Report())
    assert pages.version == whole.version
    # A tag that no operation has stands on no page.
    tags = [tag for tag in whole.root["tags"] if any(tag["name"] in tags for tags in tags_of(whole.root))]
    assert len(tags) < len(whole.root["tags"])
    expected, actual = sorted_lines({**whole.root, "tags": tags}), sorted_lines(pages.root)
    assert list(difflib.unified_diff(expected, actual, "document", "pages", lineterm="")) == []


def tags_of(root: Any) -> list[list[str]]:
    return [item[method].get("tags", []) for item in root["paths"].values() for method in item if method in METHODS]


def sorted_lines(tree: Any) -> list[str]:
    """A tree line by line; the order of keys is no matter."""
    return json.dumps(tree, indent=1, sort_keys=True, default=repr).splitlines()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    for case in CASES:
        for name, text in built(case).files.items():
            path = root / package_of(case) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("case", CASES)
def test_every_module_imports(case: str, packages: Path) -> None:
    names = [
        ".".join((package_of(case), *Path(name).with_suffix("").parts)).removesuffix(".__init__")
        for name in built(case).files
        # The one module that needs a library.
        if name.endswith(".py") and name != "_runtime/httpx_adapter.py"
    ]
    program = f"""
import importlib
for name in {sorted(names)!r}:
    module = importlib.import_module(name)
    for public in getattr(module, "__all__", ()):
        getattr(module, public)
"""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_mypy_strict(packages: Path) -> None:
    (packages / "mypy.ini").write_text("[mypy]\nstrict = True\npython_version = 3.11\n")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary"]
    command += [str(packages / package_of(case)) for case in CHECKED]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_pyright_strict(packages: Path) -> None:
    config = {
        "include": [package_of(case) for case in CHECKED],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "reportMissingModuleSource": "none",
    }
    (packages / "pyrightconfig.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "pyright", "--project", "pyrightconfig.json", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


REFACTORINGS = 1000
SMALL = 120_000
"""Bytes of a document that is refactored again and again."""


def test_no_public_name_changes_in_a_thousand_refactorings(tmp_path: Path) -> None:
    documents: dict[str, Before] = {}
    for file in sorted((CORPUS / "specs").iterdir()):
        if file.suffix in (".json", ".yaml", ".yml") and file.stat().st_size < SMALL:
            try:
                documents[file.name] = before(Provider.for_spec([file], "acme"), tmp_path)
            except ClientsmithError:
                continue  # Swagger 2.0, and what is invalid.
    assert len(documents) > 20
    names = list(documents)
    done, changed, seed = 0, list[str](), 0
    while done < REFACTORINGS:
        name = names[seed // 11 % len(names)]
        if (found := changed_names(documents[name], seed, tmp_path)) is not None:
            done += 1
            changed += [f"{name}, seed {seed}, {found[0]}: {found[1]}"] if found[1] else []
        seed += 1
    assert changed == []
