"""What importing a client costs: `python tests/benchmarks/bench_import.py`.

Each import runs in an interpreter of its own and is timed within it, by turns with what every HTTP client of the
standard library needs anyway; the fastest of several counts. What a client costs above that is its own. Nothing is
asserted.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GENERATED = Path(__file__).parents[2] / "generated"
ROUNDS = 15
LIBRARY = "import http.client, asyncio, json, dataclasses"
TIMED = """
import sys, time
sys.path.insert(0, {folder!r})
start = time.perf_counter()
{statement}
print(time.perf_counter() - start)
"""


def seconds_of(statement: str) -> float:
    program = TIMED.format(folder=str(GENERATED), statement=statement)
    done = subprocess.run([sys.executable, "-I", "-c", program], check=True, capture_output=True, text=True)
    return float(done.stdout)


def fastest(statements: dict[str, str]) -> dict[str, float]:
    """The fastest run of each statement; they take turns, so that a busy machine disturbs all alike."""
    found = dict.fromkeys(statements, float("inf"))
    for _ in range(ROUNDS):
        for name, statement in statements.items():
            found[name] = min(found[name], seconds_of(statement))
    return found


def main() -> None:
    packages = sorted(path.name for path in GENERATED.iterdir() if (path / "_client.py").is_file())
    statements = {"library": LIBRARY}
    for package in packages:
        statements[package] = f"import {package}"
        statements[f"{package}, client made"] = f"import {package}; {package}.Client()"
        statements[f"{package}, models"] = f"from {package}.models import *"
    found = fastest(statements)
    library = found.pop("library")
    print(f"{LIBRARY:52} {library * 1e3:7.1f} ms")
    for name, seconds in found.items():
        print(f"import {name:45} {seconds * 1e3:7.1f} ms {seconds / library:6.2f} x the library's")


if __name__ == "__main__":
    main()
