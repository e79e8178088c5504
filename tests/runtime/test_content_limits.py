"""What a response may cost: its size once unpacked, memory and time, on every transport."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from press_client.runs import PRINT, SETTINGS
from transport_rig import NAMES, Rig, job, transport_of
from unruly_server import Loopback, packed_zeros

from clientsmith.runtime.client import Core
from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import APITimeoutError, BadRequestError, ResponseTooLargeError
from clientsmith.runtime.jobs import Job
from clientsmith.runtime.operation import Call
from clientsmith.runtime.transport import LARGEST, Content, Headers, Request, TooLargeError, TransportError

MEBIBYTE = 2**20


def file_call(path: str) -> Call[bytes]:
    operation: Operation = Operation("file", f"GET /{path}", {"200": {"application/octet-stream": "bytes"}})
    return Call(operation)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["bomb/3000000", "zeros/3000000"])
def test_a_response_larger_than_allowed_is_refused_once(rig: Rig, server: Loopback, path: str, method: str) -> None:
    with pytest.raises(ResponseTooLargeError, match=f"{method} .*: the response has more than 2000000 bytes"):
        rig.core(server.url)(job(path, method), {"max_content": 2_000_000})
    assert server.seen[f"/{path}"] == 1


def test_what_is_decoded_has_another_limit_than_bytes(rig: Rig, server: Loopback) -> None:
    call, large = rig.core(server.url), LARGEST + MEBIBYTE
    assert len(call(file_call(f"zeros/{large}"))) == large
    with pytest.raises(ResponseTooLargeError, match=f"more than {LARGEST} bytes"):
        call(job(f"zeros/{large}"))
    with pytest.raises(ResponseTooLargeError, match=f"more than {LARGEST} bytes"):
        call(file_call(f"refusal/{large}"))
    with pytest.raises(BadRequestError):
        call(file_call("refusal/1000"))
    with pytest.raises(ResponseTooLargeError, match="more than 1000 bytes"):
        call(file_call("zeros/1001"), {"max_download": 1000})


def test_a_deadline_ends_unpacking(rig: Rig, server: Loopback) -> None:
    packed_zeros(1000 * MEBIBYTE)
    call, started = rig.core(server.url), time.monotonic()
    with pytest.raises(APITimeoutError):
        call(file_call(f"bomb/{1000 * MEBIBYTE}"), {"deadline": 0.2, "max_retries": 5})
    assert time.monotonic() - started < 0.7


BOMB = """\
import json, resource, sys, time
url, kind, *sys.path[:0] = sys.argv[1:]
from transport_rig import Rig, job
from clientsmith.runtime.errors import ResponseTooLargeError
rig = Rig(kind)
call = rig.core(url)
assert call(job("ok")).id == "j1"
before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
try:
    call(job(f"bomb/{2**30}"))
except ResponseTooLargeError:
    after = resource.getrusage(resource.RUSAGE_SELF)
    rig.close()
    print(json.dumps([(after.ru_maxrss - before.ru_maxrss) / 1024, after.ru_utime - before.ru_utime]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count the memory of a process in other units")
@pytest.mark.parametrize("kind", [f"{world} {name}" for world in ("blocking", "asyncio") for name in NAMES])
def test_a_bomb_costs_little_memory_and_time(server: Loopback, kind: str) -> None:
    assert len(packed_zeros(2**30)) < 1.1 * MEBIBYTE
    command = [sys.executable, "-c", BOMB, server.url, kind, str(Path(__file__).parent), *sys.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    mebibytes, seconds = json.loads(done.stdout)
    assert mebibytes < 120
    assert seconds < 2
    assert server.seen[f"/bomb/{2**30}"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_poll_that_is_too_large_ends_the_wait(server: Loopback, name: str) -> None:
    core = Core(SETTINGS, {}, transport_of(name), base_url=f"{server.url}/zeros")
    core = core.with_options({"max_content": 10})
    with pytest.raises(ResponseTooLargeError):
        Job(core, PRINT, "3000").wait(timeout=30)
    core.transport.close()
    assert len(server.requests) == 1


def unpacked(pieces: list[bytes], encoding: str, **limits: Any) -> bytes:
    request = Request("GET", "https://api.example.test/", **limits)
    content = Content(request, 200, Headers([("Content-Encoding", encoding)]), time.monotonic() + 60)
    for piece in pieces:
        content.feed(piece)
    return content.whole()


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


TEXT = bytes(range(256)) * 40
PACKED = {
    "gzip": gzip.compress(TEXT),
    "members": gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:]),
    "padded": gzip.compress(TEXT) + bytes(5),
    "zlib": zlib.compress(TEXT),
    "raw": raw_deflate(TEXT),
}


@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
@pytest.mark.parametrize("how", PACKED)
def test_packed_content_in_pieces_of_any_size(how: str, size: int) -> None:
    packed = PACKED[how]
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpacked(pieces, "deflate" if how in ("zlib", "raw") else "gzip") == TEXT


@pytest.mark.parametrize("more", [-1, 0, 1, 258, 259])
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, raw_deflate])
def test_content_that_ends_where_a_piece_does(pack: Any, more: int) -> None:
    text = bytes(MEBIBYTE + more)
    assert unpacked([pack(text)], "deflate") == text
    assert unpacked([pack(text)], "deflate", max_content=len(text)) == text
    with pytest.raises(TooLargeError):
        unpacked([pack(text)], "deflate", max_content=len(text) - 1)


@pytest.mark.parametrize("how", PACKED)
def test_packed_content_that_is_cut_off(how: str) -> None:
    with pytest.raises(TransportError, match="cut off") as caught:
        unpacked([PACKED[how][:-20]], "deflate" if how in ("zlib", "raw") else "gzip")
    assert caught.value.sent == "maybe"


@pytest.mark.parametrize("broken", [PACKED["gzip"][:-8] + bytes(8), PACKED["zlib"][:-4] + bytes(4), b"\x07\xff"])
def test_packed_content_that_is_broken(broken: bytes) -> None:
    with pytest.raises(TransportError, match="Error -3") as caught:
        unpacked([broken], "deflate")
    assert caught.value.sent == "maybe"


def test_content_that_is_packed_twice_stays_so() -> None:
    """Each layer would multiply by a thousand; nobody asked for them."""
    packed = gzip.compress(gzip.compress(TEXT))
    assert unpacked([packed], "gzip, gzip") == packed
