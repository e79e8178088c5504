"""What a call costs above the transport: `python tests/benchmarks/bench_call.py`.

The client of one JSON operation, over a transport that returns the same response at once. Instructions are counted by
valgrind where it is installed, as the difference of two runs; the time is told as a multiple of what `json.loads` takes
for the body of the response. Nothing is asserted.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build
from clientsmith.project.settings import Provider

SPEC = Path(__file__).parents[1] / "golden" / "one_operation" / "spec.yaml"
FEW, MANY = 500, 1500
PROGRAM = """
import json, sys, time
sys.path.insert(0, {folder!r})
from one_operation import Client
from one_operation._runtime.transport import Headers, Response

CONTENT = b'{{"id": "j1", "result_url": "https://example.com/1.png", "state": "done"}}'
RESPONSE = Response(200, Headers([("Content-Type", "application/json")]), CONTENT, "https://api.example.com/v1/jobs/j1")

class Constant:
    def send(self, request):
        return RESPONSE
    def close(self):
        pass

calls = {calls}
client = Client(api_key="key", transport=Constant())
client.jobs.get("warm")
start = time.perf_counter()
for number in range(calls):
    client.jobs.get(str(number))
seconds = time.perf_counter() - start
start = time.perf_counter()
for _ in range(calls):
    json.loads(CONTENT)
print(seconds / calls * 1e6, seconds / (time.perf_counter() - start))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        built = build(Provider.for_spec([SPEC], "one_operation"), Report(), {})
        for path, text in built.files.items():
            file = Path(folder) / "one_operation" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

        def command(calls: int) -> list[str]:
            return [sys.executable, "-c", PROGRAM.format(folder=folder, calls=calls)]

        done = subprocess.run(command(20_000), check=True, capture_output=True, text=True)
        microseconds, ratio = map(float, done.stdout.split())
        print(f"{'a call above the transport':52} {microseconds:7.1f} us {ratio:7.1f} x json.loads")
        if shutil.which("valgrind"):
            few, many = (instructions(command(calls)) for calls in (FEW, MANY))
            print(f"{'instructions':52} {(many - few) / (MANY - FEW) / 1000:7.1f} k")


def instructions(command: list[str]) -> int:
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run([*valgrind, *command], check=True, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    assert found is not None, done.stderr
    return int(found[1])


if __name__ == "__main__":
    main()
