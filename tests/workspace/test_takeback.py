"""Taking an import back: what it brought goes, what stood on it goes, the rest stays as it was."""

import shutil
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.workspace.intake import Imported, apply, preview
from fieldkit.workspace.takeback import undo_import
from fieldkit.workspace.transfer import Parcel, export
from tests.world import Laptop, laptop, laptops


def sent(source: Laptop, scope: ScopeId, folder: Path, name: str = "stick") -> Path:
    """Write a bundle of one scope onto a stick."""
    return export(source.ws, Parcel((scope,), "Garden"), folder / f"{name}.fkb").path


def taken(target: Laptop, file: Path) -> Imported:
    """Take a bundle in."""
    return apply(target.ws, preview(target.ws, file))


def names(machine: Laptop, scope: ScopeId) -> list[str]:
    return sorted(r.text("name") for r in machine.ws.records(scope, "plant"))


def meeting(tmp_path: Path, ana: Laptop, bo: Laptop) -> tuple[ScopeId, EntityId, Imported]:
    """Bo holds Ana's garden and then takes in what Ana wrote on it since."""
    scope = ana.garden()
    rose = ana.plants(scope, name="Rose", height=3)
    taken(bo, sent(ana, scope, tmp_path))
    ana.plants(scope, rose, height=4)
    ana.plants(scope, name="Ana's second")
    return scope, rose, taken(bo, sent(ana, scope, tmp_path, "second"))


def test_what_came_in_goes_and_the_same_file_may_come_again(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope, rose, done = meeting(tmp_path, ana, bo)
        assert names(bo, scope) == ["Ana's second", "Rose"]
        before = bo.writer
        changes = undo_import(bo.ws, done.number, by="page")
        assert (changes.by, changes.scopes) == ("page", frozenset({scope}))
        assert names(bo, scope) == ["Rose"]
        assert bo.reads(scope, "plant", rose, "height") == 3
        assert bo.writer != before
        bo.checks()
        again = preview(bo.ws, tmp_path / "second.fkb")
        assert not again.review.already_imported
        apply(bo.ws, again)
        assert bo.reads(scope, "plant", rose, "height") == 4
        bo.checks()


def test_own_work_beside_the_import_stays_as_it_was_also_what_was_deleted(tmp_path: Path) -> None:
    """Work after a value that stood on the import is written again; its links follow."""
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope, rose, done = meeting(tmp_path, ana, bo)
        bo.plants(scope, rose, height=5)
        gone = bo.plants(scope, name="planted and deleted")
        bo.removes(scope, "plant", gone)
        kept = bo.plants(scope, name="first name")
        bo.plants(scope, kept, name="second name")
        bo.ws.undo()
        undo_import(bo.ws, done.number)
        assert names(bo, scope) == ["Rose", "first name"]
        assert bo.reads(scope, "plant", rose, "height") == 3
        assert bo.ws.record(scope, "plant", gone).deleted
        assert bo.ws.differences() == []
        bo.checks()
        bo.ws.redo()
        assert names(bo, scope) == ["Rose", "second name"]
        for _ in range(3):
            bo.ws.undo()
        assert names(bo, scope) == ["Rose", "planted and deleted"]


def test_two_values_standing_side_by_side_are_still_two_afterwards(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, height=1, why="a")
        taken(bo, sent(ana, scope, tmp_path))
        ana.plants(scope, rose, height=2)
        bo.plants(scope, rose, height=3)
        taken(bo, sent(ana, scope, tmp_path, "second"))
        ana.plants(scope, rose, why="b")
        done = taken(bo, sent(ana, scope, tmp_path, "third"))
        bo.plants(scope, rose, why="c")
        bo.ws.settle(bo.ws.differences()[0], 2)
        bo.ws.undo()
        assert {v.value for d in bo.ws.differences() for v in d.versions} == {2, 3}
        undo_import(bo.ws, done.number)
        assert {v.value for d in bo.ws.differences() for v in d.versions} == {2, 3}
        assert bo.reads(scope, "plant", rose, "why") == "a"
        bo.checks()


def test_a_scope_the_import_brought_goes_with_it(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        ana.plants(scope, name="Rose")
        done = taken(bo, sent(ana, scope, tmp_path))
        assert bo.ws.last_import() == done.number
        assert bo.ws.undo() is None
        undo_import(bo.ws, done.number)
        assert bo.ws.scopes() == []
        assert bo.ws.last_import() is None


def test_only_the_last_import_goes_and_only_once(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        ana.plants(scope, name="Rose")
        first = taken(bo, sent(ana, scope, tmp_path))
        ana.plants(scope, name="Weed")
        second = taken(bo, sent(ana, scope, tmp_path, "second"))
        for number, code in ((first.number, "E_IMPORT_ORDER"), (99, "E_IMPORT_GONE")):
            with pytest.raises(UserError) as caught:
                undo_import(bo.ws, number)
            assert caught.value.code == code
        undo_import(bo.ws, second.number)
        undo_import(bo.ws, first.number)
        assert bo.ws.scopes() == []


def test_what_was_built_on_it_and_sent_on_keeps_the_import_in_place(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope, rose, done = meeting(tmp_path, ana, bo)
        bo.plants(scope, rose, height=5)
        sent(bo, scope, tmp_path, "third")
        before = bo.ops()
        with pytest.raises(UserError) as caught:
            undo_import(bo.ws, done.number)
        assert caught.value.code == "E_IMPORT_SENT"
        assert bo.ops() == before
        bo.checks()


def test_deleting_what_came_in_stood_on_it(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope, rose, done = meeting(tmp_path, ana, bo)
        bo.removes(scope, "plant", rose)
        undo_import(bo.ws, done.number)
        assert names(bo, scope) == ["Rose"]
        assert bo.ws.differences() == []
        bo.checks()


def test_own_work_from_a_copy_of_this_store_goes_with_the_import_that_brought_it(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path, "Ana") as ana:
        scope = ana.garden()
        ana.plants(scope, name="Rose")
        ana.close()
        shutil.copytree(ana.paths.home, tmp_path / "copy")
        ana.open()
        with laptop(tmp_path, "copy") as copy:
            assert copy.ws.store.install == ana.ws.store.install
            copy.plants(scope, name="written in the copy")
            file = sent(copy, scope, tmp_path)
        done = taken(ana, file)
        assert names(ana, scope) == ["Rose", "written in the copy"]
        undo_import(ana.ws, done.number)
        assert names(ana, scope) == ["Rose"]
        ana.checks()
