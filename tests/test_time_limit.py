"""Work in a process of its own: its result, its errors, and its end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from clientsmith.load.targets import selected_paths
from clientsmith.load.time_limit import in_time

TREE = {"paths": {"/a": {"get": {"description": "a" * 60 + "!"}}, "/b": {"get": {"description": "aaa"}}}}


def test_results_and_errors_are_those_of_the_work() -> None:
    assert in_time(60, os.path.basename, "a/b") == "b"
    assert in_time(60, os.getpid) != os.getpid()
    with pytest.raises(ValueError, match="invalid literal"):
        in_time(60, int, "x")


def test_a_process_that_ends_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="the process ended with 7"):
        in_time(60, os._exit, 7)


def test_a_process_that_does_not_end_is_stopped() -> None:
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        in_time(1, time.sleep, 600)
    assert time.monotonic() - start < 60


def test_modules_of_the_current_folder_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert in_time(60, os.path.basename, "a/b") == "b"


def test_regular_expressions_of_an_overlay_are_stopped() -> None:
    assert selected_paths("$.paths[?search(@.get.description, '^a+$')]", TREE) == [("paths", "/b")]
    with pytest.raises(ValueError, match="unexpected"):
        selected_paths("$.paths[?match(@.get.description, ]", TREE)
    with pytest.raises(TimeoutError):
        selected_paths("$.paths[?search(@.get.description, '^(a|a)+$')]", TREE, longest=3)
