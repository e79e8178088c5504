"""The output folder: only what differs, only what is ours, all of it or nothing; and what a check distinguishes."""

from __future__ import annotations

import difflib
import errno
import os
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.project.digests import digest_of
from clientsmith.write import MOST_COMPARED, Place, Written, check, differences, write

FILES = {"__init__.py": "x = 1\n", "models/__init__.py": "y = 2\n", "models/_a.py": "z = 'é'\n"}


def digests(files: Mapping[str, str]) -> dict[str, str]:
    return {name: digest_of(text.encode()) for name, text in files.items()}


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "generated" / "acme", "generated/acme/", tmp_path)


def slugs(report: Report) -> list[str]:
    return [f"{d.slug} {d.location.file}: {d.message}" for d in report.diagnostics]


def refused(files: Mapping[str, str], place: Place, owned: Mapping[str, str]) -> list[str]:
    """What a write is refused for; the folder must not have changed."""
    before = tree(place.folder.parent.parent)
    report = Report()
    with pytest.raises(ClientsmithError):
        write(files, place, owned, report)
    assert tree(place.folder.parent.parent) == before
    return slugs(report)


# ------------------------------------------------------------------------------------------------------------ write


def test_a_first_run_writes_everything(place: Place) -> None:
    assert write(FILES, place, {}, Report()) == Written(tuple(sorted(FILES)))
    assert tree(place.folder) == FILES


def test_a_second_run_touches_nothing(place: Place) -> None:
    write(FILES, place, {}, Report())
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")}
    assert write(FILES, place, digests(FILES), Report()) == Written(unchanged=tuple(sorted(FILES)))
    assert {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")} == before


def test_only_what_differs_is_written(place: Place) -> None:
    write(FILES, place, {}, Report())
    new = FILES | {"models/_a.py": "z = 3\n", "b.py": ""}
    assert write(new, place, digests(FILES), Report()) == Written(
        ("b.py", "models/_a.py"), ("__init__.py", "models/__init__.py")
    )
    assert tree(place.folder) == new


def test_text_is_utf_8_with_lf(place: Place) -> None:
    write({"a.py": "é\n\r\n"}, place, {}, Report())
    assert (place.folder / "a.py").read_bytes() == b"\xc3\xa9\n\r\n"


def test_what_is_no_longer_generated_is_deleted_with_its_folder(place: Place) -> None:
    write(FILES, place, {}, Report())
    cache = place.folder / "models" / "__pycache__"
    cache.mkdir()
    (cache / "_a.cpython-311.pyc").touch()
    new = {"__init__.py": "x = 1\n"}
    assert write(new, place, digests(FILES), Report()).removed == ("models/__init__.py", "models/_a.py")
    assert [path.name for path in place.folder.iterdir()] == ["__init__.py"]


def test_a_folder_with_a_file_of_somebody_else_stays(place: Place) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "models" / "mine.txt").write_text("mine")
    write({"__init__.py": "x = 1\n"}, place, digests(FILES), Report())
    assert tree(place.folder) == {"__init__.py": "x = 1\n", "models/mine.txt": "mine"}


def test_a_cache_with_something_else_in_it_stays(place: Place) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "models" / "__pycache__").mkdir()
    (place.folder / "models" / "__pycache__" / "notes.txt").write_text("mine")
    write({"__init__.py": "x = 1\n"}, place, digests(FILES), Report())
    assert (place.folder / "models" / "__pycache__" / "notes.txt").exists()


def test_the_folder_goes_with_its_last_file(place: Place) -> None:
    write(FILES, place, {}, Report())
    write({}, place, digests(FILES), Report())
    assert not place.folder.exists()
    assert place.folder.parent.is_dir()


def test_the_folder_stays_with_a_file_that_is_not_ours(place: Place) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "mine.txt").write_text("mine")
    write({}, place, digests(FILES), Report())
    assert tree(place.folder) == {"mine.txt": "mine"}


def test_a_file_that_is_not_ours_is_not_overwritten(place: Place) -> None:
    place.folder.mkdir(parents=True)
    (place.folder / "__init__.py").write_text("mine")
    assert refused(FILES, place, {}) == [
        "output-foreign generated/acme/__init__.py: the file is in the way, and clientsmith did not write it "
        "(the lock does not list it)"
    ]


def test_a_file_that_is_the_same_anyway_is_taken_over(place: Place) -> None:
    place.folder.mkdir(parents=True)
    (place.folder / "__init__.py").write_text(FILES["__init__.py"])
    assert write(FILES, place, {}, Report()).unchanged == ("__init__.py",)


def test_an_edited_file_is_overwritten_with_a_warning(place: Place) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "__init__.py").write_text("edited")
    (place.folder / "models" / "_a.py").write_text("edited too")
    new = {name: FILES[name] for name in ("__init__.py", "models/__init__.py")}
    report = Report()
    assert write(new, place, digests(FILES), report).written == ("__init__.py",)
    assert slugs(report) == [
        "output-overwritten generated/acme/__init__.py: the file was edited by hand, and is overwritten",
        "output-overwritten generated/acme/models/_a.py: the file was edited by hand, and is deleted",
    ]
    assert tree(place.folder) == new


def test_a_strict_run_does_not_overwrite_edits(place: Place) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "__init__.py").write_text("edited")
    with pytest.raises(ClientsmithError):
        write(FILES, place, digests(FILES), Report(strict=True))
    assert (place.folder / "__init__.py").read_text() == "edited"


def test_what_is_beside_belongs_to_the_same_change(place: Place, tmp_path: Path) -> None:
    lock = tmp_path / "specs" / "clientsmith.lock"
    write(FILES, place, {}, Report(), beside={lock: "lock\n"})
    assert lock.read_text() == "lock\n"
    before = lock.stat().st_mtime_ns
    write(FILES, place, digests(FILES), Report(), beside={lock: "lock\n"})
    assert lock.stat().st_mtime_ns == before
    for _ in range(2):
        write(FILES, place, digests(FILES), Report(), beside={lock: None})
        assert not lock.exists()
    assert lock.parent.is_dir()


# ----------------------------------------------------------------------------------------------------------- safety


@pytest.mark.parametrize(
    "name",
    [
        "../x.py",
        "/etc/x.py",
        "a/../../x.py",
        "a//b.py",
        "a\\b.py",
        "C:x.py",
        "x\0.py",
        "x\n.py",
        "con",
        "CON.py",
        "a/lpt1.txt/b.py",
        "aux",
        "x.",
        "x ",
        "a?.py",
        "x\u202e.py",
        "x" * 101,
        "",
    ],
)
def test_names_that_are_no_names_everywhere_are_refused(place: Place, name: str) -> None:
    assert [line.split()[0] for line in refused({"__init__.py": "", name: ""}, place, {})] == ["unsafe-path"]


@pytest.mark.parametrize("name", ["console.py", "common.py", "a/b/c.py", "x" * 100, "é.py", ".gitignore", "comx"])
def test_names_that_are_names_everywhere(place: Place, name: str) -> None:
    assert write({name: "x"}, place, {}, Report()).written == (name,)


@pytest.mark.parametrize("pair", [("Job.py", "job.py"), ("Models/a.py", "models/b.py"), ("ﬁ.py", "FI.py")])
def test_names_that_fall_together_are_refused(place: Place, pair: tuple[str, str]) -> None:
    assert "differ only in case" in refused(dict.fromkeys(pair, ""), place, {})[0]


def test_a_link_to_a_folder_is_not_followed(place: Place, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place.folder.mkdir(parents=True)
    (place.folder / "models").symlink_to(elsewhere, target_is_directory=True)
    assert refused(FILES, place, {}) == [
        "unsafe-path generated/acme/models: a link or a file is in the place of a folder"
    ]
    with pytest.raises(ClientsmithError):
        check(FILES, place, {}, Report())
    assert not list(elsewhere.iterdir())


def test_a_link_to_a_file_is_not_followed(place: Place, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    place.folder.mkdir(parents=True)
    (place.folder / "__init__.py").symlink_to(tmp_path / "victim")
    assert refused(FILES, place, digests(FILES)) == [
        "unsafe-path generated/acme/__init__.py: a link or a folder is in the place of a file"
    ]
    assert refused({}, place, digests(FILES)) == [
        "unsafe-path generated/acme/__init__.py: a link or a folder is in the place of a file"
    ]
    assert (tmp_path / "victim").read_text() == "precious"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")
def test_a_fifo_is_not_opened(place: Place) -> None:
    place.folder.mkdir(parents=True)
    os.mkfifo(place.folder / "__init__.py")
    with pytest.raises(ClientsmithError, match="in the place of a file"):
        write(FILES, place, {}, Report())


def test_a_file_in_place_of_a_folder(place: Place) -> None:
    place.folder.mkdir(parents=True)
    (place.folder / "models").write_text("a file")
    assert refused(FILES, place, {}) == [
        "unsafe-path generated/acme/models: a link or a file is in the place of a folder"
    ]


def test_an_output_folder_that_leads_out_of_the_project(place: Place, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "generated").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (project / "generated" / "acme").symlink_to(tmp_path / "outside", target_is_directory=True)
    outside = Place(project / "generated" / "acme", "generated/acme/", project)
    report = Report()
    with pytest.raises(ClientsmithError):
        write(FILES, outside, {}, report)
    assert slugs(report)[0].startswith("unsafe-path generated/acme/: the output folder is outside the project")
    assert not list((tmp_path / "outside").iterdir())


def test_a_folder_that_the_user_named_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    write(FILES, Place(tmp_path / "link", "link/"), {}, Report())
    assert tree(tmp_path / "real") == FILES


# ------------------------------------------------------------------------------------------------- all or nothing


def test_a_full_disk_leaves_nothing_behind(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(FILES, place, {}, Report())
    real, calls = os.open, 0

    def full(path: os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", full)
    new = {name: f"{text}# new\n" for name, text in FILES.items()} | {"deep/er/new.py": ""}
    lines = refused(new, place, digests(FILES))
    assert calls == 3
    assert lines[0].startswith("cannot-write generated/acme/")
    assert "No space left" in lines[0]
    assert not (place.folder / "deep").exists()


@pytest.mark.skipif(os.geteuid() == 0 if sys.platform != "win32" else True, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(place: Place) -> None:
    place.folder.mkdir(parents=True)
    place.folder.chmod(0o555)
    try:
        assert refused(FILES, place, {})[0].startswith("cannot-write generated/acme/")
    finally:
        place.folder.chmod(0o755)


def test_a_file_in_place_of_the_output_folder(place: Place) -> None:
    place.folder.parent.mkdir()
    place.folder.write_text("a file")
    assert refused(FILES, place, {})[0].startswith("cannot-write ")


@pytest.mark.parametrize("failing", range(4))
def test_a_move_that_fails_half_way_is_undone(place: Place, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    write(FILES, place, {}, Report())
    calls = 0
    replace, unlink = os.replace, Path.unlink

    def step() -> None:
        nonlocal calls
        calls += 1
        if calls == failing + 1:
            raise PermissionError(errno.EACCES, "in use", str(place.folder / "__init__.py"))

    def replace_or_fail(source: Path, target: Path) -> None:
        step()
        replace(source, target)

    def unlink_or_fail(path: Path, missing_ok: bool = False) -> None:
        if not missing_ok:
            step()
        unlink(path, missing_ok)

    monkeypatch.setattr(os, "replace", replace_or_fail)
    monkeypatch.setattr(Path, "unlink", unlink_or_fail)
    new = {"__init__.py": "new\n", "models/__init__.py": "new\n", "added/x.py": "new\n"}
    assert refused(new, place, digests(FILES)) == [
        "cannot-write generated/acme/__init__.py: the file cannot be written: in use"
    ]
    assert calls == failing + 1
    assert not (place.folder / "added").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise there")
def test_ctrl_c_while_moving_waits_until_all_is_moved(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    write(FILES, place, {}, Report())
    real = os.replace

    def interrupted(source: Path, target: Path) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    new = {name: f"{text}# new\n" for name, text in FILES.items()}
    # Jobs in the background of a shell ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write(new, place, digests(FILES), Report())
        assert tree(place.folder) == new
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise there")
def test_ctrl_c_while_laying_down_leaves_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def interrupted(path: os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        descriptor = real(path, flags, mode)
        os.close(descriptor)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "open", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(FILES, place, {}, Report())
    assert not place.folder.parent.exists()


def test_files_have_the_usual_mode(place: Place) -> None:
    before = os.umask(0o022)
    try:
        write(FILES, place, {}, Report())
    finally:
        os.umask(before)
    assert stat.S_IMODE((place.folder / "__init__.py").stat().st_mode) in (0o644, 0o666)


# ------------------------------------------------------------------------------------------------------------ check


def test_a_folder_as_it_should_be(place: Place) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "__pycache__").mkdir()
    (place.folder / "__pycache__" / "__init__.cpython-311.pyc").touch()
    report = Report()
    assert check(FILES, place, digests(FILES), report) == []
    assert not report.diagnostics


def test_missing_extra_stale_and_edited_are_distinguished(place: Place) -> None:
    old = {"stale.py": "1\n", "edited.py": "1\n", "both.py": "1\n", "gone.py": "1\n", "missing.py": "1\n"}
    write(old, place, {}, Report())
    new = {"stale.py": "2\n", "edited.py": "1\n", "both.py": "2\n", "missing.py": "1\n", "new.py": "1\n"}
    (place.folder / "edited.py").write_text("hand\n")
    (place.folder / "both.py").write_text("hand\n")
    (place.folder / "missing.py").unlink()
    (place.folder / "foreign.py").write_text("mine\n")
    before = tree(place.folder)
    report = Report()
    names = check(new, place, digests(old), report)
    assert slugs(report) == [
        "output-edited generated/acme/both.py: the file was edited by hand, and is stale too",
        "output-edited generated/acme/edited.py: the file was edited by hand",
        "output-missing generated/acme/missing.py: the file is missing",
        "output-missing generated/acme/new.py: the file is missing",
        "output-stale generated/acme/stale.py: the file is stale: the inputs or clientsmith have changed",
        "output-extra generated/acme/foreign.py: clientsmith did not write this file",
        "output-extra generated/acme/gone.py: the file is no longer generated",
    ]
    assert names == ["both.py", "edited.py", "missing.py", "new.py", "stale.py", "foreign.py", "gone.py"]
    assert tree(place.folder) == before
    assert "\n".join(differences(new, place, ["edited.py", "new.py", "gone.py"])) == (
        "--- generated/acme/edited.py\n+++ generated/acme/edited.py (generated)\n@@ -1,2 +1,2 @@\n-hand\n+1\n \n"
        "--- generated/acme/new.py\n+++ generated/acme/new.py (generated)\n@@ -0,0 +1,2 @@\n+1\n+\n"
        "--- generated/acme/gone.py\n+++ generated/acme/gone.py (generated)\n@@ -1,2 +0,0 @@\n-1\n-"
    )


def test_without_a_lock_a_different_file_is_edited(place: Place) -> None:
    write(FILES, place, {}, Report())
    report = Report()
    check(FILES | {"__init__.py": "x = 2\n"}, place, {}, report)
    assert slugs(report) == ["output-edited generated/acme/__init__.py: the file was edited by hand, and is stale too"]


def test_a_link_that_is_not_ours_is_extra(place: Place, tmp_path: Path) -> None:
    write(FILES, place, {}, Report())
    (place.folder / "link").symlink_to(tmp_path, target_is_directory=True)
    report = Report()
    check(FILES, place, digests(FILES), report)
    assert slugs(report) == ["output-extra generated/acme/link: clientsmith did not write this file"]


def test_the_whole_folder_is_missing(place: Place) -> None:
    report = Report()
    assert check(FILES, place, digests(FILES), report) == sorted(FILES)
    assert {d.slug for d in report.diagnostics} == {"output-missing"}


LINES = [f"line {number % 7} of {number}" for number in range(60)]


@given(st.lists(st.tuples(st.integers(0, 59), st.sampled_from(["out", "in", "other"])), max_size=6))
def test_a_difference_is_that_of_the_whole_file(changes: list[tuple[int, str]]) -> None:
    old = list(LINES)
    for index, change in changes:
        old[index : index + 1] = {"out": [], "in": [old[index % len(old)], "new"], "other": ["changed"]}[change]
    expected = list(difflib.unified_diff(old, LINES, "a.py", "a.py (generated)", lineterm=""))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.py").write_text("\n".join(old), encoding="utf-8")
        place = Place(Path(folder), "", Path(folder))
        assert list(differences({"a.py": "\n".join(LINES)}, place, ["a.py"])) == expected


def test_the_difference_of_a_large_file_is_cut(place: Place) -> None:
    # Two hundred lines again and again in another order: to compare all of them takes more than a minute.
    new = ["first", *(f"line {number**2 % 997 % 211}" for number in range(30_000)), "last"]
    old = ["first", *(f"line {number**3 % 1009 % 211 + 1}" for number in range(30_000)), "last"]
    place.folder.mkdir(parents=True)
    (place.folder / "a.py").write_text("\n".join(old), encoding="utf-8")
    start = time.process_time()
    found = list(differences({"a.py": "\n".join(new)}, place, ["a.py"]))
    assert time.process_time() - start < 10
    assert found[-1] == "only 2,000 lines were compared, from line 2 on"
    assert len(found) < 2 * MOST_COMPARED + 10
