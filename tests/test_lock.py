"""The lock: what was written is read back, its text depends on its content alone, and what is no lock is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.project.digests import digest_of, files_present, input_digest, is_inside, tool_digest
from clientsmith.project.lock import (
    Counts,
    Lock,
    LockError,
    RuntimeLock,
    current_lock,
    is_current,
    parse_lock,
    parse_runtime_lock,
    read_lock,
    read_runtime_lock,
    spec_options,
)

LOCK = Lock(
    tool="t" * 64,
    inputs={"provider.toml": "a" * 64, "pages/é 'x'.md": "b" * 64},
    outputs={"__init__.py": "c" * 64},
    names={'class:#/components/schemas/"\\\u202e~1': "Job", "method:#/paths/~1jobs/get": "list"},
    counts=Counts(3, 3, 2, 1, 0),
)


RUNTIME_LOCK = RuntimeLock("t" * 64, ("jobs", "multipart"), {"client.py": "a" * 64, "py.typed": "b" * 64})


def test_what_is_written_is_read_back() -> None:
    assert parse_lock(LOCK.text()) == LOCK
    for features in ((), ("jobs",), ("jobs", "multipart")):
        lock = LOCK._replace(shared_runtime=features)
        assert parse_lock(lock.text()) == lock
    for names in ((), ("CreateRequest", "UpdateRequest")):
        lock = LOCK._replace(without_class=names)
        assert parse_lock(lock.text()) == lock
    lock = LOCK._replace(upstream={"openapi.yaml": {"raw": "a" * 64, "etag": 'W/"1"'}, "pages/a.md": {"raw": "b"}})
    assert parse_lock(lock.text()) == lock
    assert "upstream" not in LOCK.text()
    assert parse_runtime_lock(RUNTIME_LOCK.text()) == RUNTIME_LOCK


def test_a_client_with_its_own_runtime_records_no_features() -> None:
    assert "runtime" not in LOCK.text()
    assert LOCK._replace(shared_runtime=("b", "a")).text() == LOCK._replace(shared_runtime=("a", "b")).text()


def test_the_text_is_sorted_and_needs_no_order() -> None:
    turned = LOCK._replace(
        inputs=dict(sorted(LOCK.inputs.items(), reverse=True)), names=dict(sorted(LOCK.names.items(), reverse=True))
    )
    assert list(turned.inputs) != sorted(turned.inputs)
    assert turned.text() == LOCK.text()
    assert "\r" not in LOCK.text()
    assert LOCK.text().endswith("\n")


def test_the_text_hides_nothing_from_a_reviewer() -> None:
    assert "\u202e" not in LOCK.text()
    assert r"\U0000202E" in LOCK.text()


NAMES = st.dictionaries(st.text(), st.text(), max_size=5)


@given(NAMES)
def test_any_name_survives(names: dict[str, str]) -> None:
    lock = LOCK._replace(names=names)
    content = tomllib.loads(lock.text())
    assert content["names"] == names
    assert parse_lock(lock.text()) == lock


OPERATIONS = st.sampled_from(["GET /jobs", "POST /jobs/{}", "GET /a|b", "GET /a b", 'GET /"\\', "Job", ""])
PLACES = st.sampled_from(["query:limit", "query:a b", "body:x:file", "path:1", "200|text/plain; a=b", "|", ":", ""])


@given(st.dictionaries(st.tuples(st.sampled_from(["argument", "place", "class"]), OPERATIONS, PLACES), st.text()))
def test_the_names_of_arguments_and_places_survive(names: dict[tuple[str, str, str], str]) -> None:
    given_names = {f"{kind}:{user}|{place}": name for (kind, user, place), name in names.items()}
    plain = {"argument:GET /jobs|query:limit": "limit", "argument:GET /a|b|body:x": "x", "place:Job|x": "Y"}
    lock = LOCK._replace(names={**given_names, **plain})
    assert parse_lock(lock.text()) == lock
    assert '"GET /a|b" = "body:x"\n' in lock.text()


def test_a_lone_surrogate_is_replaced() -> None:
    names = {f"#/{chr(0xD800)}": "x", f"#/{chr(0xDFFF)}": "y"}
    assert parse_lock(LOCK._replace(names=names).text()).names == {"#/\ufffd": "y"}


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("<<<<<<< HEAD\nversion = 1\n=======\nversion = 1\n>>>>>>> other\n", "merge conflict", 1),
        (LOCK.text().replace("[inputs]", "<<<<<<< HEAD\n[inputs]"), "merge conflict", 15),
        ("version = \n", "invalid TOML", 1),
        ("", "version None", 0),
        (LOCK.text().replace("version = 1", "version = 2"), "version 2", 0),
        (LOCK.text().replace("[names]", "[nomes]"), "keys and tables", 0),
        (LOCK.text().replace("models = 2", 'models = "2"'), "keys and tables", 0),
        (LOCK.text().replace("models = 2\n", ""), "keys and tables", 0),
        (LOCK.text().replace('"__init__.py"', '"../__init__.py"'), "does not write", 0),
        (LOCK.text().replace('"__init__.py"', '"/etc/passwd"'), "does not write", 0),
        (LOCK.text().replace('"__init__.py"', '"C:/x"'), "does not write", 0),
    ],
)
def test_what_is_no_lock_is_refused_with_a_hint(text: str, message: str, line: int) -> None:
    with pytest.raises(LockError, match=message) as caught:
        parse_lock(text)
    assert caught.value.line == line
    assert "generate" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LOCK.text(), "keys and tables"),
        (RUNTIME_LOCK.text().replace('["jobs", "multipart"]', '"jobs"'), "keys and tables"),
        (RUNTIME_LOCK.text().replace('["jobs", "multipart"]', "[1]"), "keys and tables"),
        (RUNTIME_LOCK.text().replace("version = 1", "version = 2"), "version 2"),
        (RUNTIME_LOCK.text().replace('"client.py"', '"../client.py"'), "does not write"),
        (RUNTIME_LOCK.text() + "[", "invalid TOML"),
    ],
)
def test_what_is_no_lock_of_a_runtime_is_refused(text: str, message: str) -> None:
    with pytest.raises(LockError, match=message):
        parse_runtime_lock(text)
    with pytest.raises(LockError, match="keys and tables"):
        parse_lock(RUNTIME_LOCK.text())


def test_no_file_is_no_lock_and_no_text_is_an_error(tmp_path: Path) -> None:
    assert read_lock(str(tmp_path / "clientsmith.lock")) is None
    assert read_runtime_lock(str(tmp_path / "clientsmith.lock")) is None
    (tmp_path / "clientsmith.lock").write_bytes(b"\xff\xfe")
    with pytest.raises(LockError, match="UTF-8"):
        read_lock(str(tmp_path / "clientsmith.lock"))
    with pytest.raises(LockError, match="cannot be read"):
        read_lock(str(tmp_path))


@pytest.mark.parametrize("path", ["a", "a/b.py", "..a/b", "é"])
def test_names_inside(path: str) -> None:
    assert is_inside(path)


@pytest.mark.parametrize("path", ["", "/a", "a//b", "a/", ".", "a/../b", "..", "a\\b", "C:a", "a\0"])
def test_names_that_lead_elsewhere(path: str) -> None:
    assert not is_inside(path)


@pytest.fixture
def current(tmp_path: Path) -> tuple[Path, Lock]:
    (tmp_path / "in" / "pages").mkdir(parents=True)
    (tmp_path / "out" / "models").mkdir(parents=True)
    (tmp_path / "in" / "a.yaml").write_text("a")
    (tmp_path / "in" / "pages" / "b.md").write_text("b")
    (tmp_path / "out" / "__init__.py").write_text("x")
    (tmp_path / "out" / "models" / "m.py").write_text("y")
    lock = Lock(
        tool=tool_digest(),
        inputs={
            "a.yaml": digest_of(b"a"),
            "pages/b.md": digest_of(b"b"),
            "pages/": input_digest(f"{tmp_path}/in/pages/") or "",
            **spec_options("acme", ["a.yaml", "pages"]),
        },
        outputs={"__init__.py": digest_of(b"x"), "models/m.py": digest_of(b"y")},
        names={},
        counts=Counts(),
    )
    return tmp_path, lock


def is_still_current(folder: Path, lock: Lock) -> bool:
    return is_current(
        lock,
        tool=tool_digest(),
        inputs=str(folder / "in"),
        output=str(folder / "out"),
        options=spec_options("acme", ["pages", "a.yaml"]),
    )


def test_nothing_has_changed(current: tuple[Path, Lock]) -> None:
    assert is_still_current(*current)


@pytest.mark.parametrize(
    "change",
    ["in/a.yaml", "in/pages/b.md", "in/pages/new.md", "out/__init__.py", "out/models/m.py"],
)
def test_a_changed_or_new_file_is_seen(current: tuple[Path, Lock], change: str) -> None:
    folder, lock = current
    (folder / change).write_text("changed")
    assert not is_still_current(folder, lock)


@pytest.mark.parametrize("gone", ["in/a.yaml", "in/pages/b.md", "out/__init__.py", "out/models/m.py"])
def test_a_missing_file_is_seen(current: tuple[Path, Lock], gone: str) -> None:
    folder, lock = current
    (folder / gone).unlink()
    assert not is_still_current(folder, lock)


def test_other_options_or_another_tool_are_seen(current: tuple[Path, Lock]) -> None:
    folder, lock = current
    places = {"inputs": str(folder / "in"), "output": str(folder / "out")}
    options = spec_options("acme", ["a.yaml", "pages"])
    assert is_current(lock, tool=tool_digest(), options=options, **places)
    assert not is_current(lock, tool="another", options=options, **places)
    assert not is_current(lock, tool=tool_digest(), options=spec_options("other", ["a.yaml", "pages"]), **places)
    assert not is_current(lock, tool=tool_digest(), options=spec_options("acme", ["b.yaml"]), **places)
    assert not is_current(lock._replace(outputs={}), tool=tool_digest(), options=options, **places)


def test_the_current_lock_of_a_folder(current: tuple[Path, Lock]) -> None:
    folder, lock = current
    path = folder / "clientsmith.lock"
    options = spec_options("acme", ["pages", "a.yaml"])

    def current_one(*, shared: bool = False) -> Lock | None:
        inputs, output = str(folder / "in"), str(folder / "out")
        return current_lock(str(path), inputs=inputs, output=output, options=options, shared=shared)

    assert current_one() is None
    path.write_text(lock.text())
    assert current_one() == lock
    assert current_one(shared=True) is None
    path.write_text(lock._replace(shared_runtime=()).text())
    assert current_one() is None
    assert current_one(shared=True) is not None
    path.write_text("torn")
    assert current_one() is None


def test_the_tool_is_its_code_and_its_templates() -> None:
    assert len(tool_digest()) == 64
    assert tool_digest() == tool_digest.__wrapped__()


def test_what_lies_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.py", "b/c.py", "b/__pycache__/c.cpython-311.pyc", ".hidden", ".cache/x", "d.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to(tmp_path / "b", target_is_directory=True)
    assert sorted(files_present(str(tmp_path))) == ["a.py", "b/c.py", "link"]
