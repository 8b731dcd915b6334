"""What never travels: imports, peers, what was sent, attachments known, the undo list."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.core.ids import ScopeId, WriterId
from fieldkit.core.op import Dot
from fieldkit.store.database import Database
from fieldkit.store.local import DEAD, DONE, UNDONE, ImportRow, Local
from fieldkit.store.records import Records, ScopeRow, Writer
from tests.world import writer_of

SCOPE = ScopeId("a" * 32)
WHO = writer_of("w")


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    database = Database.open(tmp_path / "workspace.db")
    records = Records(database)
    records.add_scope(ScopeRow(SCOPE, "garden", None))
    records.add_writer(Writer(WHO, None, None, ""))
    yield Local(database)
    database.close()


def dot(seq: int, writer: WriterId = WHO) -> tuple[ScopeId, Dot]:
    return SCOPE, Dot(writer, seq)


def test_a_setting_is_written_and_overwritten(local: Local) -> None:
    assert local.meta("k") is None
    local.set_meta("k", "1")
    local.set_meta("k", "2")
    assert local.meta("k") == "2"


def test_imports_are_listed_newest_first_with_what_they_brought(local: Local) -> None:
    row = ImportRow(0, "ab" * 16, "cd" * 32, 7, "Ana", 0, 0, 0, False)
    first, second = local.log_import(row), local.log_import(row)
    local.count_import(first, 3, 2, 1)
    local.mark_import_undone(second)
    newest, oldest = local.imports()
    assert (newest.id, newest.undone) == (second, True)
    assert oldest == ImportRow(first, row.bundle, row.sha, 7, "Ana", 3, 2, 1, False)


def test_the_undo_list_moves_between_done_undone_and_dead(local: Local) -> None:
    first = local.add_command(1, "first", [dot(1)])
    second = local.add_command(2, "second", [dot(2)])
    local.mark_command(second, UNDONE, [dot(3)])
    undone, done = local.last_command(UNDONE), local.last_command(DONE)
    assert undone is not None
    assert done is not None
    assert (undone.id, undone.ops, done.id) == (second, (dot(3),), first)
    assert [c.id for c in local.commands(9)] == [first]
    local.add_command(3, "third", [dot(4)])
    assert local.last_command(UNDONE) is None


def test_the_undo_list_follows_ops_that_were_written_again(local: Local) -> None:
    other = writer_of("new")
    kept = local.add_command(1, "kept", [dot(1), dot(2)])
    local.add_command(2, "untouched", [dot(9)])
    local.rename({dot(1): dot(1, other)[1], dot(2): None})
    command = next(c for c in local.commands(9) if c.id == kept)
    assert command.ops == (dot(1, other),)


def test_an_import_leaves_the_undo_list_and_a_restored_store_starts_a_new_one(
    local: Local,
) -> None:
    local.add_command(1, "came in", [dot(1)], imported=5)
    local.end_import(5)
    assert local.last_command(DONE) is None
    assert DEAD not in (DONE, UNDONE)
    local.add_command(2, "typed", [dot(2)])
    local.forget_commands()
    assert local.commands(9) == []
    assert local.imports() == []


def test_how_far_was_sent_only_grows(local: Local) -> None:
    assert local.last_sent() is None
    local.note_sent(SCOPE, WHO, 5, 10)
    local.note_sent(SCOPE, WHO, 3, 20)
    assert local.sent(SCOPE) == {WHO: 5}
    assert local.last_sent() == 20


def test_what_the_other_side_told_last_is_what_is_kept(local: Local) -> None:
    for have in ("{}", '{"a": 1}'):
        local.note_peer("ab" * 16, "Ana", have, "cd" * 16, 3)
    rows = local._db.sql.execute("SELECT have FROM peer").fetchall()
    assert rows == [('{"a": 1}',)]


def test_an_attachment_once_present_stays_present(local: Local) -> None:
    local.note_blob("ab" * 32, 10, False)
    assert local.blobs() == {"ab" * 32: (10, False)}
    local.note_blob("ab" * 32, 10, True)
    local.note_blob("ab" * 32, 10, False)
    assert local.blobs() == {"ab" * 32: (10, True)}
