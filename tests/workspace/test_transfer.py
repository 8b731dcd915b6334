"""Transfer: what leaves, what comes in, and what a refusal leaves behind."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import LIFE_FIELD, Kind, Op, Value
from fieldkit.core.record import NewScope
from fieldkit.exchange.errors import BundleError
from fieldkit.workspace.intake import Choice, apply, discard, preview
from fieldkit.workspace.transfer import Parcel, export, family, inspect
from tests.workspace.conftest import Disk
from tests.world import Laptop, beside, laptop, laptops, writer_of


def stick(tmp_path: Path) -> Path:
    """Return the folder of a stick."""
    folder = tmp_path / "stick"
    folder.mkdir(exist_ok=True)
    return folder


def left(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def refused(work: object) -> str:
    with pytest.raises(UserError) as caught:
        work()  # type: ignore[operator]
    return caught.value.code


def test_a_family_is_a_scope_with_its_children_and_private_notes_only_when_asked(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path) as machine:
        scope, bed, note = machine.garden(), ScopeId(new_id()), ScopeId(new_id())
        machine.ws.commit([NewScope(bed, "bed", scope), NewScope(note, "private", scope)])
        machine.garden()
        assert family(machine.ws, scope) == (scope, bed)
        assert family(machine.ws, scope, private=True) == (scope, bed, note)


def test_into_a_folder_a_bundle_gets_a_name_of_its_own(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        folder = stick(tmp_path)
        receipt = export(machine.ws, Parcel((scope,), "Врт 1"), folder)
        assert left(folder) == [receipt.path.name]
        assert receipt.path.name.endswith(f"_20260318_{receipt.bundle[:8]}.fkb")
        told = inspect(receipt.path)
        assert (told.bundle, told.ops, told.install) == (
            receipt.bundle,
            2,
            machine.ws.store.install,
        )


def test_where_the_name_is_taken_by_a_folder_nothing_is_left(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        folder = stick(tmp_path)
        name = export(machine.ws, Parcel((scope,), "Garden"), folder).path
        name.unlink()
        name.mkdir()
        assert refused(lambda: export(machine.ws, Parcel((scope,), "Garden"), folder)) == "E_DISK"
        assert left(folder) == []


def test_every_export_to_others_draws_a_new_lease_and_notes_how_far_was_sent(
    tmp_path: Path,
) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        before = machine.ws.run(lambda: machine.ws.store.local.meta("lease"))
        export(machine.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb")
        assert machine.ws.run(lambda: machine.ws.store.local.meta("lease")) != before
        sent = machine.ws.run(lambda: machine.ws.store.local.sent(scope))
        assert sent == {machine.writer: 2}


def test_attachments_travel_with_what_names_them_and_missing_ones_are_named(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path, "Ana", "Bo", "Cy") as (ana, bo, cy):
        scope = ana.garden()
        hashes = []
        for name in ("photo.png", "lost.png"):
            (tmp_path / name).write_bytes(name.encode() * 100)
            value = ana.ws.attach(tmp_path / name)
            hashes.append(str(value["h"]))
            ana.writes(scope, "answer", new_id(), languages=value)
        lost = ana.ws.blob(hashes[1])
        assert lost is not None
        lost.unlink()
        receipt = export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb")
        assert (receipt.blobs, receipt.missing) == (1, (hashes[1],))
        made = preview(bo.ws, receipt.path)
        assert (made.review.attachments_in, made.review.attachments_missing) == (1, 1)
        assert bo.ws.blob(hashes[0]) is None
        apply(bo.ws, made)
        held = bo.ws.blob(hashes[0])
        assert held is not None
        assert held.read_bytes() == b"photo.png" * 100
        known = bo.ws.run(bo.ws.store.local.blobs)
        assert known == {hashes[0]: (900, True), hashes[1]: (800, False)}
        again = preview(bo.ws, receipt.path)
        assert again.review.already_imported
        apply(bo.ws, again)
        bare = export(ana.ws, Parcel((scope,), "Garden", with_blobs=False), tmp_path / "b.fkb")
        assert len(bare.missing) == 2
        apply(cy.ws, preview(cy.ws, bare.path))
        assert left(cy.paths.blobs) == []


def test_a_preview_changes_nothing_and_says_what_the_import_then_does(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, name="Rose", height=1)
        export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb")
        apply(bo.ws, preview(bo.ws, tmp_path / "a.fkb"))
        bo.plants(scope, rose, height=2)
        ana.plants(scope, rose, height=3)
        ana.plants(scope, name="Weed")
        export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "b.fkb")
        before = (bo.ops(), bo.ws.records(scope, "plant"), bo.derived(scope))
        made = preview(bo.ws, tmp_path / "b.fkb")
        assert (bo.ops(), bo.ws.records(scope, "plant"), bo.derived(scope)) == before
        assert bo.ws.run(lambda: len(bo.ws.store.local.imports())) == 1
        done = apply(bo.ws, made, by="page")
        assert done.review == made.review
        assert [d.fld for d in made.differences] == ["height"]
        assert list(made.differences) == bo.ws.differences()
        assert done.changes.by == "page"
        assert left(bo.paths.inbox) == []
        bo.checks()


@pytest.mark.parametrize("keep", [True, False])
def test_choices_made_in_the_preview_are_written_with_the_import(
    tmp_path: Path, keep: bool
) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose, weed = ana.plants(scope, height=1), ana.plants(scope, name="Weed")
        export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb")
        apply(bo.ws, preview(bo.ws, tmp_path / "a.fkb"))
        ana.plants(scope, rose, height=3)
        ana.removes(scope, "plant", weed)
        bo.plants(scope, rose, height=2)
        bo.plants(scope, weed, height=9)
        export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "b.fkb")
        choices: Mapping[Choice, Value] = {
            (scope, rose, "height"): 3,
            (scope, weed, LIFE_FIELD): keep,
            (scope, EntityId(new_id()), "height"): 7,
        }
        apply(bo.ws, preview(bo.ws, tmp_path / "b.fkb"), choices=choices)
        assert bo.ws.differences() == []
        assert bo.reads(scope, "plant", rose, "height") == 3
        assert bo.ws.record(scope, "plant", weed).deleted is not keep
        bo.checks()


def test_a_scope_left_out_stays_out_and_may_come_later(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        first, second = ana.garden(), ana.garden()
        export(ana.ws, Parcel((first, second), "Gardens"), tmp_path / "a.fkb")
        apply(bo.ws, preview(bo.ws, tmp_path / "a.fkb"), skip=frozenset({second}))
        assert [r.id for r in bo.ws.scopes()] == [first]
        apply(bo.ws, preview(bo.ws, tmp_path / "a.fkb"))
        assert {r.id for r in bo.ws.scopes()} == {first, second}


def test_what_only_a_newer_version_knows_is_counted_kept_and_sent_on(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo", "Cy") as (ana, bo, cy):
        scope = ana.garden()
        rose = ana.plants(scope, name="Rose")
        newer = Op(scope, writer_of("n"), 1, 9, 9, 1, rose, "plant.scent", Kind.VALUE, "sweet", ())
        beside(ana, newer)
        export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb")
        made = preview(bo.ws, tmp_path / "a.fkb")
        assert made.review.scopes[0].unknown == 1
        apply(bo.ws, made)
        export(bo.ws, Parcel((scope,), "Garden"), tmp_path / "b.fkb")
        apply(cy.ws, preview(cy.ws, tmp_path / "b.fkb"))
        assert newer in cy.ops(scope)


def spoiled(tmp_path: Path, ana: Laptop) -> Path:
    scope = ana.garden()
    ana.plants(scope, name="Rose" * 100)
    file = export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb").path
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3] ^= 4
    file.write_bytes(whole)
    return file


def test_a_refused_bundle_leaves_nothing_behind(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        file = spoiled(tmp_path, ana)
        before = bo.paths.workspace.read_bytes()
        with pytest.raises(BundleError):
            preview(bo.ws, file)
        assert refused(lambda: preview(bo.ws, tmp_path / "gone.fkb")) == "E_DISK"
        assert refused(lambda: preview(bo.ws, tmp_path)) == "E_DISK"
        assert left(bo.paths.inbox) == []
        assert bo.paths.workspace.read_bytes() == before


@pytest.mark.parametrize("after", range(6))
def test_a_stop_asked_for_at_any_moment_leaves_everything_as_it_was(
    tmp_path: Path, after: int
) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        ana.plants(scope, name="Rose")
        file = export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb").path
        asked = iter([False] * after)

        def stop() -> bool:
            return next(asked, True)

        assert refused(lambda: apply(bo.ws, preview(bo.ws, file, cancel=stop), cancel=stop)) == (
            "E_CANCELLED"
        )
        assert bo.ops() == []
        assert bo.ws.scopes() == []
        apply(bo.ws, preview(bo.ws, file))
        assert bo.ops() == ana.ops()


def test_a_preview_nobody_wants_is_thrown_away(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        file = export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb").path
        made = preview(bo.ws, file)
        assert len(left(bo.paths.inbox)) == 1
        discard(made)
        discard(made)
        assert left(bo.paths.inbox) == []


def test_without_room_an_import_has_not_happened_and_then_happens(
    disk: Disk, tmp_path: Path
) -> None:
    with laptop(tmp_path, "Ana") as ana, laptop(disk.folder, "Bo") as bo:
        scope = ana.garden()
        for number in range(40):
            ana.plants(scope, name=f"plant {number}", story=f"{number} grows" * 30)
        file = export(ana.ws, Parcel((scope,), "Garden"), tmp_path / "a.fkb").path
        for left_over in (0, 8, 32, 64):
            disk.fill(left_over * 1024)
            assert refused(lambda: apply(bo.ws, preview(bo.ws, file))) in ("E_DISK", "E_NO_ROOM")
            assert bo.ops() == []
        disk.free()
        apply(bo.ws, preview(bo.ws, file))
        assert len(bo.ws.records(scope, "plant")) == 40
        bo.checks()
