"""How large clients are: `python tests/benchmarks/bench_lines.py`.

Lines of the runtime by the feature that needs them, then of each provider's client as it is generated now: its runtime,
and its resource modules per operation. Nothing is asserted; budgets of the runtime are in `test_runtime_files`.
"""

from __future__ import annotations

from pathlib import Path

from clientsmith.diagnostics import Report
from clientsmith.pipeline import package
from clientsmith.project.settings import read_provider
from clientsmith.render import render
from clientsmith.render.plan import RUNTIME, features_of, runtime_files
from clientsmith.view import Package

SPECS = Path(__file__).parents[2] / "specs"


def line(name: str, files: dict[str, str], note: str = "") -> str:
    """Files and lines of Python."""
    texts = [text for path, text in files.items() if path.endswith(".py")]
    return f"{name:52} {len(texts):4} files {sum(text.count(chr(10)) for text in texts):6} lines{note}"


def of_provider(name: str) -> Package:
    return package(read_provider(name, SPECS / name, "", Report()), Report())


def main() -> None:
    core = runtime_files(frozenset())
    print(line("runtime, every client", core))
    for feature in RUNTIME:
        modules = {name: text for name, text in runtime_files({feature}).items() if name not in core}
        print(line(f"runtime, {feature}", modules, f"  {', '.join(sorted(modules))}"))
    for name in sorted(folder.name for folder in SPECS.iterdir() if folder.is_dir()):
        view = of_provider(name)
        files = render(view)
        runtime = {path: text for path, text in files.items() if path.startswith("_runtime/")}
        resources = {path: files[path] for path in (f"{module.module}.py" for module in view.modules)}
        operations = len(view.calls)
        lines = sum(text.count("\n") for text in resources.values())
        print(line(f"{name}, runtime", runtime, f"  {', '.join(sorted(features_of(view)))}"))
        print(line(f"{name}, all others", {path: text for path, text in files.items() if path not in runtime}))
        print(line(f"{name}, resource modules", resources, f"  {lines / operations:.0f} an operation"))


if __name__ == "__main__":
    main()
