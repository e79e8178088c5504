"""What is printed: the exact form of a diagnostic, and that no text of a document acts on a terminal or a CI log."""

from __future__ import annotations

import io
import json
import re
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.cli.console import (
    MOST_OF_A_SLUG,
    WIDTH,
    FileLines,
    diagnostic_json,
    limited,
    progress,
    render_diagnostic,
    source_lines,
    wants_colour,
)
from clientsmith.cli.safe_text import safe_json, visible
from clientsmith.diagnostics import Diagnostic, Location, Severity

CODE = [
    "components:",
    "  schemas:",
    "    Job:",
    "      cover:",
    "        $ref: '#/components/schemas/Imgae'",
    "      size: {type: string}",
    "",
]


def lines(file: str) -> Sequence[str]:
    return CODE if file == "specs/acme/openapi.yaml" else ()


def diagnostic(**changes: object) -> Diagnostic:
    values: dict[str, object] = {
        "slug": "unresolved-ref",
        "message": "nothing at '#/components/schemas/Imgae'",
        "location": Location("specs/acme/openapi.yaml", "/components/schemas/Job/cover", 5, 15),
        "severity": Severity.WARNING,
        "hint": "did you mean '#/components/schemas/Image' (line 88)?",
    }
    return Diagnostic(**(values | changes))  # type: ignore[arg-type]  # the values of a keyword table have no one type


def test_a_diagnostic_is_printed_with_its_line_between_its_neighbours() -> None:
    assert render_diagnostic(diagnostic(), lines) == (
        "specs/acme/openapi.yaml:5:15: warning: nothing at '#/components/schemas/Imgae' [unresolved-ref]\n"
        "   4 |       cover:\n"
        "-> 5 |         $ref: '#/components/schemas/Imgae'\n"
        "   6 |       size: {type: string}\n"
        "hint: did you mean '#/components/schemas/Image' (line 88)?"
    )


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (1, "the same at a.yaml:1:2"),
        (3, "the same at a.yaml:1:2, a.yaml:2:2, a.yaml:3:2"),
        (4, "the same at a.yaml:1:2, a.yaml:2:2, a.yaml:3:2 and in 1 more place"),
        (9, "the same at a.yaml:1:2, a.yaml:2:2, a.yaml:3:2 and in 6 more places"),
    ],
)
def test_further_places_are_counted(count: int, line: str) -> None:
    repeated = tuple(Location("a.yaml", f"/{number}", number, 2) for number in range(1, count + 1))
    printed = render_diagnostic(diagnostic(repeated=repeated), lines).split("\n")
    assert printed[-2:] == [line, "hint: did you mean '#/components/schemas/Image' (line 88)?"]


def test_the_first_and_the_last_line_have_one_neighbour() -> None:
    first = diagnostic(location=Location("specs/acme/openapi.yaml", "", 1, 1), hint="")
    assert render_diagnostic(first, lines).split("\n")[1:] == ["-> 1 | components:", "   2 |   schemas:"]
    last = diagnostic(location=Location("specs/acme/openapi.yaml", "", 7, 1), hint="")
    assert render_diagnostic(last, lines).split("\n")[1:] == ["   6 |       size: {type: string}", "-> 7 |"]


def test_line_numbers_are_aligned() -> None:
    many = ["x"] * 12
    shown = render_diagnostic(diagnostic(location=Location("a.yaml", "", 10, 1), hint=""), lambda file: many)
    assert shown.split("\n")[1:] == ["    9 | x", "-> 10 | x", "   11 | x"]


def test_further_places_are_frames_with_their_label() -> None:
    other = ("first defined here", Location("specs/acme/openapi.yaml", "", 3, 5))
    shown = render_diagnostic(diagnostic(also=(other,), hint=""), lines)
    assert shown.split("\n")[4:] == [
        "specs/acme/openapi.yaml:3:5: first defined here",
        "   2 |   schemas:",
        "-> 3 |     Job:",
        "   4 |       cover:",
    ]


def test_without_a_line_the_pointer_is_shown() -> None:
    shown = render_diagnostic(diagnostic(location=Location("a.yaml", "/paths/~1jobs"), hint=""), lines)
    assert shown == "a.yaml#/paths/~1jobs: warning: nothing at '#/components/schemas/Imgae' [unresolved-ref]"


def test_a_line_beyond_the_end_of_the_file_gives_no_frame() -> None:
    shown = render_diagnostic(diagnostic(location=Location("specs/acme/openapi.yaml", "", 99, 1), hint=""), lines)
    assert "\n" not in shown


def test_colours_only_where_they_are_asked_for() -> None:
    assert "\x1b" not in render_diagnostic(diagnostic(), lines)
    painted = render_diagnostic(diagnostic(), lines, colour=True)
    assert "\x1b[1;33mwarning\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == render_diagnostic(diagnostic(), lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain: é 漢字 …", "plain: é 漢字 …"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b31m", r"\x9b31m"),
        ("\x00\x7f", r"\x00\x7f"),
        ("a\u202eb\u2066c\u200f", r"a\u202eb\u2066c\u200f"),
        ("a\u2028b\u2029c\x85", r"a\u2028b\u2029c\x85"),
        ("\ud800", r"\ud800"),
        ("a\xa0b\u3000c", "a b c"),
        ("::error::x", r"\x3a:error::x"),
        ("  ::set-output name=x::y", r"  \x3a:set-output name=x::y"),
        ("std::vector", "std::vector"),
        ("##[error]x", r"#\x23[error]x"),
        ("a ##vso[task.setvariable]x", r"a #\x23vso[task.setvariable]x"),
        ("## heading", "## heading"),
    ],
)
def test_every_character_is_shown_and_none_acts(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(), max_size=60))
def test_visible_text_is_one_harmless_line(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in shown)
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown
    assert visible(shown) == shown


@given(st.text(max_size=60) | st.just("half \ud800"))
def test_json_for_readers_is_the_same_json_and_does_nothing_else(text: str) -> None:
    shown = safe_json({"a": [text, "é 日本"], f"b{text}": 1})
    assert json.loads(shown) == {"a": [text, "é 日本"], f"b{text}": 1}
    assert "é 日本" in shown
    for line in shown.split("\n"):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@given(st.text(st.characters(), max_size=30), st.text(st.characters(), max_size=30), st.text(max_size=30))
def test_no_line_of_a_diagnostic_is_a_command(message: str, file: str, hint: str) -> None:
    place = Location(file, message, 1, 1)
    hostile = diagnostic(message=message, location=place, hint=hint, also=((hint, Location(file)),))
    for line in render_diagnostic(hostile, lambda file: [message, hint]).split("\n"):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


def test_long_lines_are_cut_around_the_column() -> None:
    code = ["x" * 500 + "HERE" + "y" * 500]
    shown = render_diagnostic(diagnostic(location=Location("a.json", "", 1, 501), hint=""), lambda file: code)
    frame = shown.split("\n")[1]
    assert "HERE" in frame
    assert len(frame) <= WIDTH + 10
    assert frame.startswith("-> 1 | …x")
    assert frame.endswith("y…")


def test_long_messages_are_cut() -> None:
    assert len(render_diagnostic(diagnostic(message="x" * 5000, hint="y" * 5000), lines)) < 3000


def test_diagnostics_of_a_slug_are_limited_and_the_others_counted() -> None:
    many = [diagnostic(message=str(number)) for number in range(MOST_OF_A_SLUG + 3)]
    shown, more = limited([*many, diagnostic(slug="untyped")])
    assert shown == [*many[:MOST_OF_A_SLUG], diagnostic(slug="untyped")]
    assert more == {"unresolved-ref": 3}
    assert limited(many[:MOST_OF_A_SLUG]) == (many[:MOST_OF_A_SLUG], {})


def test_only_lines_of_files_that_the_user_named_are_quoted(tmp_path: Path) -> None:
    for name in ("page.md", "token.json", "other.yaml"):
        (tmp_path / name).write_text("secret: 1\n")
    (tmp_path / "utf16.yaml").write_bytes("a: 1\n".encode("utf-16"))
    read = source_lines(tmp_path, {"page.md", "utf16.yaml", "absent.yaml", "page.md/x\0"})
    assert list(read("page.md")) == ["secret: 1", ""]
    assert read("utf16.yaml")
    for name in ("token.json", "other.yaml", "absent.yaml", "page.md/x\0"):
        assert read(name) == ()


def test_only_a_newline_ends_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("a: \u2028\x0cb\r\nc: 1".encode())
    assert len(source_lines(tmp_path, {"a.yaml"})("a.yaml")) == 2


@pytest.mark.parametrize(
    "text", ["", "\n", "a", "a\nb\n", "\n".join(map(str, range(50_000))), "x" * 70_000 + "\ny", "\n" * 65_536]
)
def test_lines_of_a_file_are_those_of_split(text: str) -> None:
    lines = FileLines(text.encode())
    assert len(lines) == len(text.split("\n"))
    assert lines[:30] == text.split("\n")[:30]
    assert lines[-30:] == text.split("\n")[-30:]
    assert [lines[number] for number in range(0, len(lines), 7_000)] == text.split("\n")[::7_000]


def test_json_holds_all_of_a_diagnostic() -> None:
    place = ("first defined here", Location("b.yaml", "/x", 1, 2))
    row = json.loads(json.dumps(diagnostic_json(diagnostic(also=(place,), repeated=(Location("c.yaml", "/y", 3, 4),)))))
    assert row == {
        "slug": "unresolved-ref",
        "rule": None,
        "severity": "warning",
        "message": "nothing at '#/components/schemas/Imgae'",
        "file": "specs/acme/openapi.yaml",
        "pointer": "/components/schemas/Job/cover",
        "line": 5,
        "column": 15,
        "also": [{"label": "first defined here", "file": "b.yaml", "pointer": "/x", "line": 1, "column": 2}],
        "hint": "did you mean '#/components/schemas/Image' (line 88)?",
        "repeated": [{"file": "c.yaml", "pointer": "/y", "line": 3, "column": 4}],
    }


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_need_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert wants_colour(Terminal())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Terminal())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(Terminal())


def test_progress_shows_itself_after_a_while_and_goes_away() -> None:
    stream = Terminal()
    with progress("generating acme", stream, after=0.0):
        deadline = time.monotonic() + 10
        while not stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.001)
        assert stream.getvalue() == "generating acme ..."
    assert stream.getvalue() == "generating acme ...\r" + " " * 19 + "\r"


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_short_work_and_pipes_see_no_progress(stream: io.StringIO) -> None:
    with progress("generating acme", stream, after=60.0 if stream.isatty() else 0.0):
        time.sleep(0.02)
    assert stream.getvalue() == ""
