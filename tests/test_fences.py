"""Fenced blocks: those at the left margin are found without the library for Markdown, and as it finds them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientsmith.load.fences import Fence, fences_anywhere, fences_at_margin, fences_of

PIECES = [
    *("```", "````", "~~~", "``", "`", "\n```\n", "\n~~~~\n"),
    *("- ", "1. ", "> ", " ", "    ", "\t", "\n", "\n\n", "\0", "\f", "a"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("- a\n```yaml b\nx\n  ```` \n")
@example("> a\n~~~\n```\n\n~~~~\n")
@example("```a`\n```\n```\n")
def test_both_ways_find_the_same(text: str) -> None:
    quickly = fences_at_margin(text)
    assert quickly is None or quickly == list(fences_anywhere(text))


@pytest.mark.parametrize("text", ["- ```\n  a\n  ```\n", "> ```\n> a\n> ```\n", "  ```\n  a\n  ```\n", "```\na\n"])
def test_other_fences_are_left_to_the_library(text: str) -> None:
    assert fences_at_margin(text) is None
    assert [fence.text for fence in fences_of(text)] == ["a\n"]


def test_a_fence_at_the_margin() -> None:
    assert fences_of("# A\n- b\n```yaml GET /a\nx: 1\n```\n") == [Fence("yaml GET /a", "x: 1\n", 2, 0)]


def test_the_library_is_not_imported_for_these() -> None:
    page = "from clientsmith.load.fences import fences_of; fences_of('```\\na\\n```\\n')"
    code = f"import sys; {page}; sys.exit('markdown_it' in sys.modules)"
    folder = Path(__file__).parents[1] / "generator"
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0
