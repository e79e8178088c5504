"""What generating costs in CPU seconds: `python tests/benchmarks/bench_generate.py [DOCUMENT ...]`.

Each run is a process of its own, less a bare interpreter (`python -c pass`), which is also the unit of the ratios; the
fastest of several counts. Cold is a run into an empty folder, unchanged the same again. Documents named on the command
line are generated too, else those of CLIENTSMITH_CORPUS that stand in `DOCUMENTS`. Nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 7
DOCUMENTS = ("listennotes.com__main__2.0.yaml", "mux.com__main__v1.json", "github.com__api.github.com.json")


def cpu_of(command: list[str], folder: Path) -> float:
    """CPU seconds of one process and its children, user and system. Raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        # What failed at once would pass for fast.
        print(done.stdout + done.stderr, file=sys.stderr)
        done.check_returncode()
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def fastest(
    command: list[str], folder: Path, *, rounds: int = ROUNDS, before: Callable[[], None] = lambda: None
) -> float:
    """The fastest of several runs; `before` each of them, uncounted."""
    times: list[float] = []
    for _ in range(rounds):
        before()
        times.append(cpu_of(command, folder))
    return min(times)


def row(name: str, seconds: float, bare: float) -> str:
    above = seconds - bare
    return f"{name:44} {above:8.3f} s above bare {above / bare:8.1f} x bare"


def main() -> None:
    clientsmith = [sys.executable, "-m", "clientsmith"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = fastest([sys.executable, "-c", "pass"], folder, rounds=2 * ROUNDS)
        print(f"{'python -c pass':44} {bare:8.3f} s")
        project = folder / "project"
        shutil.copytree(ROOT / "specs", project / "specs")
        shutil.copyfile(ROOT / "pyproject.toml", project / "pyproject.toml")

        def emptied() -> None:
            shutil.rmtree(project / "generated", ignore_errors=True)

        for provider in sorted(p.name for p in (project / "specs").iterdir() if (p / "provider.toml").is_file()):
            command = [*clientsmith, "generate", provider]
            print(row(f"{provider}, cold", fastest(command, project, before=emptied), bare))
            print(row(f"{provider}, unchanged", fastest(command, project), bare))
        for document in documents():
            output = folder / "out"
            command = [*clientsmith, "generate", "--spec", str(document), "--output", str(output), "--package", "out"]
            seconds = fastest(command, folder, rounds=2, before=partial(shutil.rmtree, output, True))
            print(row(f"{document.name}, {document.stat().st_size / 1e6:.2f} MB, cold", seconds, bare))
            print(row(f"{document.name}, unchanged", fastest(command, folder, rounds=2), bare))


def documents() -> list[Path]:
    """Documents to generate besides the providers."""
    if sys.argv[1:]:
        return [Path(argument).resolve() for argument in sys.argv[1:]]
    named = os.environ.get("CLIENTSMITH_CORPUS", "")
    folders = [Path(named) / "specs", Path(named) / "corpus" / "specs"] if named else []
    return [path.resolve() for folder in folders for path in map(folder.joinpath, DOCUMENTS) if path.is_file()]


if __name__ == "__main__":
    main()
