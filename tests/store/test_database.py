"""The door to the store file: what is refused stays as it is, byte for byte."""

import errno
import hashlib
import os
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.store import database as door
from fieldkit.store.database import Database, told
from fieldkit.store.tables import APPLICATION_ID, VERSION
from tests.world import laptop

Harm = Callable[[Path], object]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with laptop(tmp_path, "a") as machine:
        scope = machine.garden()
        for number in range(30):
            machine.plants(scope, name=f"plant {number}", story="tall\n\nold " * 40)
    return machine.paths.workspace


def everything(folder: Path) -> dict[str, str]:
    """Return every file of a folder with the hash of its content."""
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        Database.open(path)
    assert str(caught.value)
    return caught.value.code


def write(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def run(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def cut(path: Path, size: int) -> None:
    os.truncate(path, size)


def foreign(path: Path) -> None:
    path.unlink()
    run(path, "CREATE TABLE other(a)", "PRAGMA application_id=7")


HARMS: dict[str, tuple[str, Harm]] = {
    "another program's database": ("E_STORE_FOREIGN", foreign),
    "a text file": ("E_STORE_FOREIGN", lambda p: p.write_text("Dear all, " * 50)),
    "a short text file": ("E_STORE_FOREIGN", lambda p: p.write_text("Dear all")),
    "an empty file": ("E_STORE_DAMAGED", lambda p: cut(p, 0)),
    "a newer version": ("E_STORE_NEWER", lambda p: write(p, 60, struct.pack(">I", VERSION + 1))),
    "a file cut in the middle": ("E_STORE_DAMAGED", lambda p: cut(p, p.stat().st_size // 2)),
    "a file cut inside a page": ("E_STORE_DAMAGED", lambda p: cut(p, p.stat().st_size - 100)),
    "a file cut to its header": ("E_STORE_DAMAGED", lambda p: cut(p, 4096)),
    "a write-ahead file": ("E_STORE_DAMAGED", lambda p: write(p, 18, b"\2\2")),
    "a view too many": ("E_STORE_DAMAGED", lambda p: run(p, "CREATE VIEW extra AS SELECT 1")),
    "a table too many": ("E_STORE_DAMAGED", lambda p: run(p, "CREATE TABLE extra(a)")),
    "an index too many": ("E_STORE_DAMAGED", lambda p: run(p, "CREATE INDEX extra ON op(lam)")),
    "a trigger too many": (
        "E_STORE_DAMAGED",
        lambda p: run(p, "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM meta; END"),
    ),
    "a trigger that lets everything pass": (
        "E_STORE_DAMAGED",
        lambda p: run(
            p,
            "DROP TRIGGER op_is_append_only",
            "CREATE TRIGGER op_is_append_only BEFORE UPDATE ON op BEGIN SELECT 1; END",
        ),
    ),
    "a table too few": ("E_STORE_DAMAGED", lambda p: run(p, "DROP TABLE draft")),
    "a view in a table's place": (
        "E_STORE_DAMAGED",
        lambda p: run(p, "DROP TABLE draft", "CREATE VIEW draft AS SELECT 1 AS sid"),
    ),
    "a table with another column": (
        "E_STORE_DAMAGED",
        lambda p: run(p, "ALTER TABLE draft ADD COLUMN a"),
    ),
    "a page of zeros": ("E_STORE_DAMAGED", lambda p: write(p, 4096 * 3, bytes(4096))),
    "a schema page of zeros": ("E_STORE_DAMAGED", lambda p: write(p, 100, bytes(3996))),
    "a page of noise": ("E_STORE_DAMAGED", lambda p: write(p, 4096 * 2, bytes(range(256)) * 16)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_not_ours_or_not_whole_is_refused_and_left_byte_for_byte(
    store: Path, harm: str
) -> None:
    code, do = HARMS[harm]
    do(store)
    before = everything(store.parent)
    assert refused(store) == code
    assert everything(store.parent) == before
    assert refused(store) == code


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workspace.db").mkdir()
    assert refused(tmp_path / "workspace.db") == "E_DISK"


def test_a_missing_folder_is_told_and_not_made(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone" / "workspace.db") == "E_READ_ONLY"
    assert not (tmp_path / "gone").exists()


def test_a_store_too_large_to_be_looked_through_at_the_start_opens_all_the_same(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "QUICK_CHECK_LIMIT", 0)
    Database.open(store).close()


def test_a_fresh_store_says_what_it_is_and_is_kept_by_the_settings_we_chose(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "workspace.db")

    def setting(name: str) -> object:
        return database.sql.execute(f"PRAGMA {name}").fetchone()[0]

    assert setting("application_id") == APPLICATION_ID
    assert setting("user_version") == VERSION
    assert setting("locking_mode") == "exclusive"
    assert setting("journal_mode") == "truncate"
    assert setting("synchronous") == 2
    assert setting("secure_delete") == 1
    assert setting("trusted_schema") == 0
    assert setting("cell_size_check") == 1
    assert setting("mmap_size") == 0
    database.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["workspace.db"]


def test_a_store_half_made_by_a_kill_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "workspace.db.new").write_bytes(b"")
    Database.open(tmp_path / "workspace.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["workspace.db"]


def test_a_store_made_but_not_put_in_place_by_a_kill_is_put_in_place(tmp_path: Path) -> None:
    Database.open(tmp_path / "workspace.db").close()
    (tmp_path / "workspace.db").rename(tmp_path / "workspace.db.new")
    Database.open(tmp_path / "workspace.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["workspace.db"]


def test_two_first_starts_at_once_end_in_one_store(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    other = tmp_path / "workspace.db.new"
    Database.open(path).close()
    other.write_bytes(path.read_bytes())
    before = path.read_bytes()
    door._put_in_place(other, path)
    door._put_in_place(other, path)
    assert path.read_bytes() == before
    Database.open(path).close()
    assert not other.exists()


def test_a_disk_without_hard_links_gets_its_store_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    Database.open(tmp_path / "workspace.db").close()
    assert [p.name for p in tmp_path.iterdir()] == ["workspace.db"]


def test_the_log_of_ops_cannot_be_rewritten(store: Path) -> None:
    database = Database.open(store)
    columns = [
        row[1]
        for row in database.sql.execute("PRAGMA table_info(op)")
        if row[1] not in ("via", "val", "vref", "salt")
    ]
    for column in columns:
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            database.sql.execute(f"UPDATE op SET {column} = 77")
    plain = " WHERE cmt IS NULL"
    for column in ("val", "vref"):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            database.sql.execute(f"UPDATE op SET {column} = 'x'" + plain)
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            database.sql.execute(f"UPDATE op SET {column} = 'x' WHERE cmt IS NOT NULL")
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        database.sql.execute("UPDATE op SET salt = 'x' WHERE cmt IS NOT NULL")
    database.sql.execute("UPDATE op SET val=NULL, vref=NULL, salt=NULL WHERE cmt IS NOT NULL")
    database.close()


def test_a_block_runs_whole_or_not_at_all(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "workspace.db")

    def half() -> None:
        database.sql.execute("INSERT INTO meta VALUES('a', 1)")
        raise LookupError

    with pytest.raises(LookupError):
        database.transact(half)
    assert database.sql.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    database.close()


def test_a_broken_promise_of_ours_is_no_fault_of_the_disk(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "workspace.db")
    with pytest.raises(sqlite3.IntegrityError):
        database.transact(lambda: database.sql.execute("INSERT INTO draft VALUES(1,2,3,NULL)"))
    with pytest.raises(UserError):
        database.ask(lambda: database.sql.execute("SELECT no_such_function()"))
    database.close()


def test_room_comes_back_after_a_mark(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "workspace.db")
    with database.transaction():
        database.sql.execute("INSERT INTO meta VALUES('kept', 1)")
        database.savepoint("here")
        database.sql.execute("INSERT INTO meta VALUES('gone', 1)")
        database.back_to("here")
    assert database.sql.execute("SELECT k FROM meta").fetchall() == [("kept",)]
    database.close()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left", "/home/x"), "E_NO_ROOM"),
        (OSError(errno.EDQUOT, "Quota", "/home/x"), "E_NO_ROOM"),
        (OSError(errno.EROFS, "Read-only file system"), "E_READ_ONLY"),
        (PermissionError(errno.EACCES, "Permission denied"), "E_READ_ONLY"),
        (OSError(errno.EIO, "Input/output error", "/mnt/full/locked/readonly"), "E_DISK"),
        (OSError("without a number"), "E_DISK"),
        (sqlite3.OperationalError("Could not decode to UTF-8 column 'v'"), "E_STORE_DAMAGED"),
        (sqlite3.DatabaseError("whatever"), "E_DISK"),
    ],
)
def test_what_the_disk_said_is_told_by_its_number_not_by_words_in_a_path(
    error: OSError | sqlite3.Error, code: str
) -> None:
    assert told(error).code == code
