"""Forms and files, read back by the standard library's MIME parser."""

from __future__ import annotations

import email.parser
import email.policy
import io
import os
from pathlib import Path
from typing import Any

import pytest

from clientsmith.runtime.file_content import File, is_file
from clientsmith.runtime.files import raw_body
from clientsmith.runtime.multipart import form_data
from clientsmith.runtime.transport import BodyStream


def content_of(body: bytes | BodyStream) -> bytes:
    return body if isinstance(body, bytes) else b"".join(body)


def parts_of(
    fields: dict[str, Any], encodings: dict[str, str] | None = None
) -> list[tuple[str, str | None, str | None, bytes]]:
    """Name, file name, declared type and content of every part."""
    body, content_type = form_data(fields, encodings=encodings or {})
    content = content_of(body)
    if not isinstance(body, bytes):
        assert body.length == len(content)
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    message: Any = parser.parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + content)
    assert message.get_content_type() == "multipart/form-data"
    assert not message.defects
    return [
        (
            part.get_param("name", header="Content-Disposition"),
            part.get_filename(),
            part["Content-Type"],
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "me.png"
    path.write_bytes(b"\x89PNG\r\n")
    return path


def test_every_form_of_a_file(picture: Path) -> None:
    with open(picture, "rb") as opened:
        fields = {
            "path": picture,
            "bytes": b"raw",
            "opened": opened,
            "memory": io.BytesIO(b"mem"),
            "named": ("a.txt", b"text", "text/x-thing"),
            "nested": ("b.bin", picture, ""),
        }
        assert parts_of(fields) == [
            ("path", "me.png", "image/png", b"\x89PNG\r\n"),
            ("bytes", "bytes", "application/octet-stream", b"raw"),
            ("opened", "me.png", "image/png", b"\x89PNG\r\n"),
            ("memory", "memory", "application/octet-stream", b"mem"),
            ("named", "a.txt", "text/x-thing", b"text"),
            ("nested", "b.bin", "application/octet-stream", b"\x89PNG\r\n"),
        ]


def test_scalars_objects_and_lists() -> None:
    fields = {
        "s": "é",
        "n": 1.0,
        "b": True,
        "none": None,
        "o": {"k": [1]},
        "l": ["a", "b"],
        "f": [b"1", ("x", b"2", "")],
    }
    assert parts_of(fields) == [
        ("s", None, None, "é".encode()),
        ("n", None, None, b"1"),
        ("b", None, None, b"true"),
        ("o", None, "application/json", b'{"k":[1]}'),
        ("l", None, None, b"a"),
        ("l", None, None, b"b"),
        ("f", "f", "application/octet-stream", b"1"),
        ("f", "x", "application/octet-stream", b"2"),
    ]
    body, content_type = form_data({"empty": []}, encodings={})
    assert body == f"--{content_type.partition('=')[2]}--\r\n".encode()


def test_declared_media_types() -> None:
    encodings = {
        "meta": "application/x+json",
        "image": "image/png, image/jpeg",
        "any": "image/*",
        "text": "text/csv",
    }
    fields = {"meta": {"a": 1}, "image": b"1", "any": b"2", "text": "a,b"}
    assert [(name, kind) for name, _, kind, _ in parts_of(fields, encodings=encodings)] == [
        ("meta", "application/x+json"),
        ("image", "image/png"),
        ("any", "application/octet-stream"),
        ("text", "text/csv"),
    ]


def test_names_are_escaped_as_browsers_do() -> None:
    body, _ = form_data({'a"\r\nb': ('x"; y="\r\né.txt', b"", "text/plain")}, encodings={})
    assert 'name="a%22%0D%0Ab"; filename="x%22; y=%22%0D%0Aé.txt"\r\n'.encode() in content_of(body)


def test_a_media_type_cannot_hold_a_header() -> None:
    with pytest.raises(ValueError, match="line break"):
        form_data({"f": ("n", b"", "text/plain\r\nX-Evil: 1")}, encodings={})


def test_text_where_a_file_belongs() -> None:
    with pytest.raises(TypeError, match=r"image: .* not str: a path is written Path\('me.png'\)"):
        form_data({"image": "me.png"}, encodings={}, files=("image",))
    with pytest.raises(TypeError, match=r"image: .* not int"):
        form_data({"image": [b"", 3]}, encodings={}, files=("image",))
    with pytest.raises(TypeError, match="mode 'rb'"):
        form_data({"image": io.StringIO("text")}, encodings={})


@pytest.mark.parametrize("value", [("a", "b", "c"), ("a", b""), "text", 3, None, [b""], ("a", 1, "b")])
def test_what_is_no_file(value: object) -> None:
    assert not is_file(value)


def test_boundaries_are_random() -> None:
    assert form_data({}, encodings={})[1] != form_data({}, encodings={})[1]


def test_a_missing_file_is_found_out_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        form_data({"f": tmp_path / "missing"}, encodings={})


def test_large_files_are_read_in_chunks(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"x" * 1_000_000)
    body, _ = form_data({"f": path}, encodings={})
    assert not isinstance(body, bytes)
    chunks = list(body)
    assert max(map(len, chunks)) <= 65536
    assert sum(map(len, chunks)) == body.length


def streams(picture: Path) -> list[File]:
    """Six bytes each."""
    moved = io.BytesIO(b"skipped\x89PNG\r\n")
    moved.seek(7)
    return [picture, moved, ("x", io.BytesIO(b"\x89PNG\r\n"), "image/png")]


def test_streams_rewind_to_where_they_stood(picture: Path) -> None:
    for file in streams(picture):
        body, _ = raw_body(file)
        assert not isinstance(body, bytes)
        assert body.length == 6
        for _ in range(3):
            assert body.rewind()
            assert b"".join(body) == b"\x89PNG\r\n"


def test_a_pipe_is_sent_once() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"once")
    os.close(writing)
    with open(reading, "rb") as pipe:
        body, media_type = raw_body(pipe)
        assert not isinstance(body, bytes)
        assert (body.length, media_type) == (None, "application/octet-stream")
        assert body.rewind()  # nothing was read yet
        assert b"".join(body) == b"once"
        assert not body.rewind()
