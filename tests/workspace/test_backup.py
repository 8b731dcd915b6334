"""Backups: proven when written, thinned by generation; the restore drill."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import ScopeId, new_id
from fieldkit.core.record import NewScope
from fieldkit.exchange.errors import BundleError
from fieldkit.workspace.backup import (
    back_up,
    backups,
    close_with_backup,
    is_damaged,
    newest_good,
    restore,
    thinned,
)
from fieldkit.workspace.workspace import Workspace
from tests.world import SCHEMA, Laptop, laptop


def worked(machine: Laptop) -> ScopeId:
    """Write a garden with a difference in nothing, an attachment and a private note's scope."""
    scope = machine.garden()
    machine.plants(scope, name="Rose", story="a\n\nb")
    machine.ws.commit([NewScope(ScopeId(new_id()), "private", scope)])
    return scope


def test_a_backup_holds_everything_also_private_notes(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        receipt = back_up(machine.ws)
        assert receipt.path == machine.paths.backups / "000001.fkb"
        assert receipt.scopes == 2
        assert back_up(machine.ws).path.name == "000002.fkb"
        good = newest_good(machine.paths.backups)
        assert good is not None
        assert (good[0].number, good[1].ops) == (2, len(machine.ops()))


def test_a_backup_has_not_left_and_keeps_nothing_from_being_taken_back(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = worked(machine)
        back_up(machine.ws)
        assert machine.ws.run(lambda: machine.ws.store.local.sent(scope)) == {}


def test_closing_backs_up_only_what_changed(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        assert close_with_backup(machine.ws) is not None
        machine.open()
        assert close_with_backup(machine.ws) is None
    with laptop(tmp_path, "empty") as machine:
        assert close_with_backup(machine.ws) is None


def test_a_backup_that_fails_closes_the_store_all_the_same(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        shutil.rmtree(machine.paths.backups)
        machine.paths.backups.write_text("a file in its place")
        with pytest.raises(UserError) as caught:
            close_with_backup(machine.ws)
        assert caught.value.code == "E_DISK"
        machine.paths.backups.unlink()
        machine.open()


def test_old_backups_are_thinned_by_generation_whatever_the_clock_says() -> None:
    kept: list[int] = []
    for number in range(1, 2000):
        kept.append(number)
        gone = set(thinned(kept))
        kept = [n for n in kept if n not in gone]
    assert kept[-12:] == list(range(1988, 2000))
    assert len(kept) <= 12 + 10 + 9
    assert [n for n in kept if n % 64 == 0][-3:] == [1856, 1920, 1984]


def test_a_thirteenth_backup_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        for _ in range(14):
            back_up(machine.ws)
        assert [b.number for b in backups(machine.paths.backups)] == list(range(14, 2, -1))


def test_a_damaged_backup_is_passed_over(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        back_up(machine.ws)
        newest = back_up(machine.ws).path
        newest.write_bytes(newest.read_bytes()[:-1])
        (machine.paths.backups / "notes.txt").write_text("not a backup")
        good = newest_good(machine.paths.backups)
        assert good is not None
        assert good[0].number == 1
        assert [b.number for b in backups(machine.paths.backups)] == [2, 1]
    assert backups(tmp_path / "nowhere") == []
    assert newest_good(tmp_path / "nowhere") is None


def held(machine: Laptop) -> list[str]:
    """Return everything held, in an order of its own."""
    return sorted(map(str, machine.ops()))


def harmed(machine: Laptop) -> UserError:
    """Damage the store file so that it is refused, and return the refusal."""
    machine.close()
    whole = machine.paths.workspace.read_bytes()
    machine.paths.workspace.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError) as caught:
        machine.open()
    assert is_damaged(caught.value)
    return caught.value


def test_the_restore_drill(tmp_path: Path) -> None:
    """Work, back up, lose the store, restore: everything is there, under a new name."""
    with laptop(tmp_path) as machine:
        scope = worked(machine)
        photo = tmp_path / "photo.png"
        photo.write_bytes(b"picture")
        sha = str(machine.ws.attach(photo)["h"])
        before, install, writer = held(machine), machine.ws.store.install, machine.writer
        source = back_up(machine.ws).path
        for expected in ("workspace.damaged-1.db", "workspace.damaged-2.db"):
            harmed(machine)
            aside = restore(machine.paths, SCHEMA, source)
            assert aside is not None
            assert aside.name == expected
            machine.open()
            assert held(machine) == before
            assert machine.ws.store.install == install
            assert machine.writer != writer
            assert machine.ws.undo() is None
            assert machine.ws.blob(sha) is not None
            assert list(machine.paths.staging.iterdir()) == []
            machine.checks()
            machine.ws.commit([])
        machine.plants(scope, name="work goes on")


def test_a_journal_left_by_a_crash_is_not_played_back_into_the_restored_store(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        before = held(machine)
        source = back_up(machine.ws).path
        machine.close()
        crashed = hot_journal(machine.paths.workspace)
        machine.paths.workspace.write_bytes(b"damaged beyond knowing" * 400)
        with pytest.raises(UserError) as caught:
            machine.open()
        assert is_damaged(caught.value)
        aside = restore(machine.paths, SCHEMA, source)
        assert aside is not None
        assert aside.with_name(aside.name + "-journal").read_bytes() == crashed
        machine.open()
        assert held(machine) == before
        machine.checks()


def hot_journal(store: Path) -> bytes:
    """Leave beside a store the journal of a transaction that was cut short."""
    sql = sqlite3.connect(store, isolation_level=None)
    sql.execute("PRAGMA cache_size=1")
    sql.execute("BEGIN")
    sql.execute("UPDATE meta SET v = v || hex(zeroblob(9000))")
    sql.execute("DELETE FROM head")
    journal = store.with_name(store.name + "-journal")
    crashed, whole = journal.read_bytes(), store.read_bytes()
    sql.execute("ROLLBACK")
    sql.close()
    store.write_bytes(whole)
    journal.write_bytes(crashed)
    assert len(crashed) > 4096
    return crashed


def test_a_store_that_is_gone_is_restored_too(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        source = back_up(machine.ws).path
        machine.close()
        machine.paths.workspace.unlink()
        assert restore(machine.paths, SCHEMA, source) is None
        assert len(machine.open().scopes()) == 2


def test_a_damaged_backup_is_not_restored_and_everything_stays(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        source = back_up(machine.ws).path
        source.write_bytes(source.read_bytes()[:-1])
        machine.close()
        before = machine.paths.workspace.read_bytes()
        with pytest.raises(BundleError):
            restore(machine.paths, SCHEMA, source)
        assert machine.paths.workspace.read_bytes() == before
        machine.open()


def test_a_restore_cut_short_leaves_nothing_in_the_way_of_the_next(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        source = back_up(machine.ws).path
        machine.close()
        left = machine.paths.staging / "restore" / "blobs"
        left.mkdir(parents=True)
        (left / "half").write_text("left by a crash")
        assert restore(machine.paths, SCHEMA, source) is not None
        assert list(machine.paths.staging.iterdir()) == []


def test_a_store_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        source = back_up(machine.ws).path
        machine.close()
        before = machine.paths.workspace.read_bytes()
        replace = Path.replace

        def refuse(self: Path, target: Path) -> Path:
            if "staging" in self.parts and Path(target).name == "workspace.db":
                raise PermissionError(13, "held by a virus scanner")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(UserError) as caught:
            restore(machine.paths, SCHEMA, source)
        assert caught.value.code == "E_RESTORE"
        monkeypatch.undo()
        assert machine.paths.workspace.read_bytes() == before
        assert not machine.paths.workspace.with_name("workspace.damaged-1.db").exists()


def test_only_what_a_backup_can_mend_is_called_damaged() -> None:
    codes = ("E_STORE_DAMAGED", "E_STORE_FOREIGN", "E_STORE_NEWER", "E_IN_USE")
    assert [is_damaged(UserError(code, "x")) for code in codes] == [True, True, False, False]


def test_an_empty_home_restores_into_a_store(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        worked(machine)
        source = back_up(machine.ws).path
    with laptop(tmp_path, "new") as other:
        other.close()
        restore(other.paths, SCHEMA, source)
        with Workspace.open(other.paths, SCHEMA) as ws:
            assert len(ws.scopes()) == 2
