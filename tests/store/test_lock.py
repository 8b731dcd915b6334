"""One store, one fieldkit: the second is refused at once and told who was first."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.store.database import Database, holder_file, in_use
from fieldkit.workspace.workspace import Workspace
from tests.world import SCHEMA, laptop, places

Start = Callable[[Path], "subprocess.Popen[str]"]


def said(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split(maxsplit=3)


def test_a_second_fieldkit_is_refused_in_less_than_a_second_and_told_who_holds_it(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USERNAME", "amara")
    with laptop(tmp_path, "a") as machine:
        machine.garden()
        before = machine.paths.workspace.stat()
        answer = said(start(machine.paths.home))
        assert answer[:2] == ["refused", "E_IN_USE"]
        assert float(answer[2]) < 1
        assert answer[3].strip() == f"amara, {os.getpid()}"
        assert machine.paths.workspace.stat().st_mtime_ns == before.st_mtime_ns
        assert holder_file(machine.paths.workspace).exists()
        machine.garden()


def test_when_the_first_is_killed_the_second_opens(tmp_path: Path, start: Start) -> None:
    with laptop(tmp_path, "a") as machine:
        machine.garden()
        home = machine.paths.home
    first = start(home)
    assert said(first) == ["opened", "1"]
    assert said(start(home))[:2] == ["refused", "E_IN_USE"]
    assert str(first.pid) in holder_file(machine.paths.workspace).read_text()
    first.kill()
    first.wait()
    assert holder_file(machine.paths.workspace).exists()
    assert said(start(home)) == ["opened", "1"]


def test_when_the_first_closes_the_second_opens(tmp_path: Path, start: Start) -> None:
    first = start(tmp_path)
    assert said(first) == ["opened", "0"]
    first.communicate("\n")
    assert not holder_file(tmp_path / "workspace.db").exists()
    assert said(start(tmp_path)) == ["opened", "0"]


def test_a_second_try_in_the_same_window_does_not_let_a_third_fieldkit_in(
    tmp_path: Path, start: Start
) -> None:
    with laptop(tmp_path, "a") as machine:
        for _ in range(3):
            with pytest.raises(UserError) as caught:
                Workspace.open(machine.paths, SCHEMA)
            assert caught.value.code == "E_IN_USE"
        assert said(start(machine.paths.home))[:2] == ["refused", "E_IN_USE"]
        machine.garden()


def test_six_fieldkits_started_at_once_on_an_empty_folder_make_one_store(
    tmp_path: Path, start: Start
) -> None:
    processes = [start(tmp_path) for _ in range(6)]
    answers = [said(p) for p in processes]
    opened = [a for a in answers if a[0] == "opened"]
    refused = [a for a in answers if a[:2] == ["refused", "E_IN_USE"]]
    assert len(opened) <= 1
    assert len(opened) + len(refused) == 6
    for process in processes:
        process.kill()
        process.wait()
    assert said(start(tmp_path)) == ["opened", "0"]


@pytest.mark.parametrize("note", ["", "{", "[]", "null", '{"user": 1}', '{"user":"a","pid":"x"}'])
def test_a_side_note_nobody_can_read_is_no_reason_for_anything(tmp_path: Path, note: str) -> None:
    store = tmp_path / "workspace.db"
    holder_file(store).write_text(note)
    assert in_use(store).values["holder"] == "?"
    Database.open(store).close()
    assert not holder_file(store).exists()


def test_a_side_note_that_cannot_be_written_is_no_reason_to_refuse(tmp_path: Path) -> None:
    store = tmp_path / "workspace.db"
    holder_file(store).mkdir()
    Database.open(store).close()
    assert in_use(store).values["holder"] == "?"


def test_a_holder_without_a_name_is_still_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("USERNAME", raising=False)
    monkeypatch.delenv("USER", raising=False)
    with laptop(tmp_path, "a") as machine:
        note = json.loads(holder_file(machine.paths.workspace).read_text())
        assert note == {"user": "", "pid": os.getpid()}
        assert in_use(machine.paths.workspace).values["holder"] == f"?, {os.getpid()}"


READ_ONLY = """
import os, sys
from pathlib import Path
from fieldkit.core.errors import UserError
from fieldkit.workspace.workspace import Workspace
from tests.world import SCHEMA, places

if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Workspace.open(places(Path(sys.argv[1])), SCHEMA)
except UserError as error:
    print(error.code)
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_one_may_not_write_to_is_told_in_plain_words(tmp_path: Path, there: bool) -> None:
    if os.name != "posix":
        pytest.skip("folder modes are a matter of POSIX")
    home = tmp_path / "home"
    home.mkdir()
    if there:
        with laptop(tmp_path, "home"):
            pass
    before = {p: p.stat().st_mtime_ns for p in home.rglob("*")}
    for folder in (*tmp_path.parents[:2], tmp_path):
        folder.chmod(0o755)
    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    answer = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(home)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert answer.stdout.strip() == "E_READ_ONLY", answer.stderr
    assert {p: p.stat().st_mtime_ns for p in home.rglob("*")} == before
    home.chmod(0o755)
    assert places(home).workspace.exists() is there
