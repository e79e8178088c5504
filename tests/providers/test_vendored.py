"""The committed clients as somebody else's code: copied, renamed, and checked strictly with and without the libraries.

A client that passes here only in this repository's environment would be a burden to those who vendor it.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from loopback import running
from played_pixelcut import KEY, RESULT, Pixelcut

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build
from clientsmith.project.settings import read_provider

GENERATED = Path(__file__).resolve().parents[2] / "generated"
SPECS = GENERATED.parent / "specs"
PACKAGES = ("aigenstudio", "pixelcut", "pixii")

USE = """\
from pathlib import Path
from typing import assert_type

from deep.my_aigenstudio import Client as Studio
from deep.my_aigenstudio.models import ProductPhotoImage, ProductPhotoJob
from deep.my_pixelcut import APIError, AsyncClient, Client, JobFailed, JobTimeout, NotFoundError
from deep.my_pixelcut.models import Error404, TryOnJobStatus, TryOnState, is_try_on_state
from deep.my_pixii import Client as Pixii


def waits(client: Client) -> str | None:
    job = client.try_on.start(person_image=Path("me.jpg"), garment_image_url="https://example.com/shirt.png")
    assert_type(job.id, str)
    try:
        done = job.wait(timeout=120, on_progress=lambda status: print(status.status))
    except JobTimeout as late:
        return late.job_id
    except JobFailed as failed:
        return failed.code
    assert_type(done.result, str)
    assert_type(done.snapshot, TryOnJobStatus)
    return done.result


async def waits_async(client: AsyncClient) -> str:
    job = await client.try_on.start(person_image=b"...", garment_image_url="https://example.com/shirt.png")
    done = await job.wait()
    assert_type(done.result, str)
    return done.result


def looks(client: Client) -> TryOnState | None:
    try:
        status = client.try_on.get_job("job")
    except NotFoundError as error:
        if isinstance(error.body, Error404):
            assert_type(error.body.error, str | None)
        return None
    except APIError:
        return None
    assert_type(status, TryOnJobStatus)
    assert_type(client.raw(client.try_on.get_job)("job").value, TryOnJobStatus)
    return status.status if is_try_on_state(status.status) else None


def items(studio: Studio, pixii: Pixii) -> list[str]:
    photos = [ProductPhotoImage(source_url="https://example.com/a.jpg")]
    done = studio.product_photo_jobs.start(images=photos, operation="studio_packshot").wait()
    assert_type(done.snapshot.job, ProductPhotoJob)
    listing = pixii.listing_builder.start(asin="B0", country_code="US", listing_type="amazon_listing").wait()
    return [*done.result, *listing.result]
"""

MISTAKES = {
    "from deep.my_aigenstudio.models import ProductPhotoJbo": "ProductPhotoJbo",
    "from deep.my_pixelcut.models import TryOnJobStatsu": "TryOnJobStatsu",
    "from deep.my_pixii.models import Jbo": "Jbo",
    "from deep.my_pixelcut import Cleint": "Cleint",
    "import deep.my_pixii; deep.my_pixii.Client().jbos": "jbos",
    "import deep.my_pixii; deep.my_pixii.Client().jobs.get()": "job_id",
    "import deep.my_pixelcut; deep.my_pixelcut.Client().try_on.create(garment_mode='uper')": "uper",
}
"""A line of code, and what a type checker must say about it."""


@pytest.fixture(scope="module")
def vendored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has the clients in a package of its own, under other names."""
    project = tmp_path_factory.mktemp("project")
    (project / "deep").mkdir()
    (project / "deep" / "__init__.py").touch()
    for package in PACKAGES:
        shutil.copytree(
            GENERATED / package, project / "deep" / f"my_{package}", ignore=shutil.ignore_patterns("__pycache__")
        )
    chosen = dataclasses.replace(read_provider("pixelcut", SPECS / "pixelcut", "", Report()), transport="httpx")
    for path, text in build(chosen, Report(), {}).files.items():
        file = project / "deep" / "over_httpx" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (project / "use.py").write_text(USE)
    for number, line in enumerate(MISTAKES):
        (project / f"mistake_{number}.py").write_text(f"{line}\n")
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "include": ["."]}
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    return project


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter with the standard library alone."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"


@pytest.fixture(params=["bare", "all libraries"])
def interpreter(request: pytest.FixtureRequest, bare: Path) -> Path:
    return bare if request.param == "bare" else Path(sys.executable)


def test_mypy(vendored: Path, interpreter: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary", "--no-pretty"]
    command += [f"--python-executable={interpreter}", "--cache-dir=.mypy_cache", "."]
    _expect_only_the_mistakes(_output(command, vendored, codes=(1,)))


def test_pyright(vendored: Path, interpreter: Path) -> None:
    output = _output(
        [sys.executable, "-m", "pyright", f"--pythonpath={interpreter}", "--outputjson"], vendored, codes=(1,)
    )
    diagnostics = json.loads(output)["generalDiagnostics"]
    lines = [f"{Path(one['file']).relative_to(vendored)}: {one['severity']}: {one['message']}" for one in diagnostics]
    _expect_only_the_mistakes("\n".join(line.replace("\n", " ") for line in lines))


RUN = """\
import asyncio, sys
import deep.over_httpx
from deep.my_pixelcut import AsyncClient, Client

def absent(Client, library):
    try:
        with Client(api_key=key, base_url=address, transport=library) as client:
            client.try_on.get_job("job/1")
    except (ImportError, ValueError) as error:
        return str(error)

address, key = sys.argv[1:]
with Client(api_key=key, base_url=address) as client:
    print(client.try_on.get_job("job/1").result_url)
    job = client.try_on.start(person_image=("fine.jpg", b"...", "image/jpeg"), garment_image_url="https://example.com/shirt.png")
    print(job.refresh().status)

async def main():
    async with AsyncClient(api_key=key, base_url=address) as client:
        print((await client.try_on.get_job("job/1")).result_url)

asyncio.run(main())
print(absent(deep.over_httpx.Client, "httpx"))
print(absent(deep.over_httpx.Client, "httpx2"))
print(absent(deep.over_httpx.Client, "stdlib"))
"""


def test_runs_on_the_standard_library_alone(vendored: Path, bare: Path) -> None:
    """Under another name, where a library or a transport that is asked for is missing: the error says how to get it."""
    provider = Pixelcut()
    provider.begin("fine", 2)
    with running(provider):
        command = [
            str(bare),
            "-I",
            "-W",
            "error",
            "-c",
            f"import sys; sys.path.insert(0, '.')\n{RUN}",
            provider.url,
            KEY,
        ]
        output = _output(command, vendored)
    final = RESULT.format("final")
    install = "transport='{0}' needs the library: pip install {0}"
    lines = output.splitlines()
    assert lines[:-1] == [final, "pending", final, install.format("httpx"), install.format("httpx2")]
    assert lines[-1].startswith("transport 'stdlib' is not part of this client: set transport = ")


def _output(command: list[str], folder: Path, *, codes: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout


def _expect_only_the_mistakes(output: str) -> None:
    diagnostics = [line for line in output.splitlines() if " error: " in line or " warning: " in line]
    assert [line for line in diagnostics if not line.startswith("mistake_")] == []
    for number, (line, named) in enumerate(MISTAKES.items()):
        said = [diagnostic for diagnostic in diagnostics if re.match(rf"mistake_{number}\.py\b", diagnostic)]
        assert any(named in diagnostic for diagnostic in said), f"nothing about: {line}"
