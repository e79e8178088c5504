"""Runs the Spector conformance suite against our clients: `python tests/conformance/run.py FOLDER`.

FOLDER holds the suite. It is copied, because it writes beside itself, and set up by its own `setup.sh`, which fetches
the mock server from npm. Options of the suite's runner are passed on; without any, OpenAPI 3.1 and the blocking client.
Nothing fails for a scenario that fails: the score is printed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ADAPTER = Path(__file__).with_name("adapter.py")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path, help="the folder of the suite")
    parser.add_argument("--oas", default="3.1", choices=("3.0", "3.1", "3.2"), help="version of the documents")
    parser.add_argument("--mode", default="sync", choices=("sync", "async", "both"), help="which client")
    parser.add_argument("--only", help="regular expression: which scenarios")
    parser.add_argument("--workdir", type=Path, help="where to copy the suite, kept for the next run")
    options = parser.parse_args()
    if not (options.suite / "run_spector.py").is_file():
        parser.error(f"no run_spector.py in {options.suite}")
    if options.workdir is not None:
        return run(options, options.workdir)
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        return run(options, Path(folder) / "suite")


def run(options: argparse.Namespace, folder: Path) -> int:
    """Set the suite up in `folder`, run it there, and print the score. Its exit code."""
    # What the mock server needs stays; the packages are made again.
    shutil.rmtree(folder / "build", ignore_errors=True)
    shutil.copytree(options.suite, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    if not (folder / "node_modules").is_dir():
        done = subprocess.run(["bash", "setup.sh"], cwd=folder, check=False, capture_output=True, text=True)
        if done.returncode:
            print(f"setup.sh failed:\n{done.stdout}{done.stderr}", file=sys.stderr)
            return done.returncode
    report = folder.resolve() / "report.json"
    command = [sys.executable, "run_spector.py", "--adapter", str(ADAPTER), "--generate", "--quiet"]
    command += ["--oas", options.oas, "--mode", options.mode, "--report", str(report)]
    command += ["--only", options.only] if options.only else []
    code = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL).returncode
    if code == 0:
        print_score(json.loads(report.read_text(encoding="utf-8")))
    return code


def print_score(report: dict[str, Any]) -> None:
    """The scenarios that fail, with the reason, and how many pass, by group."""
    for document, reason in sorted(report["package_failures"].items()):
        print(f"no package of {document}: {reason}")
    for mode, results in report["results"].items():
        for scenario, result in sorted(results.items()):
            if result["verdict"] != "pass":
                print(f"{mode} {scenario}: {result['verdict']}: {result['detail'][:240]}")
    for group, (passed, total) in sorted(report["groups"].items()):
        print(f"{passed:4} of {total:4}  {group}")
    for mode, passed in report["pass"].items():
        print(f"{passed:4} of {report['total']:4}  OpenAPI {report['oas']}, {mode}")


if __name__ == "__main__":
    sys.exit(main())
