"""What no honest computer makes: forks, tampered ops and withheld values, made by hand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import CHAIN_START, Dot, Op, chain_after
from fieldkit.exchange.errors import BundleError
from fieldkit.exchange.manifest import Range
from fieldkit.exchange.pack import _Packing
from fieldkit.exchange.pulse import Pulse
from fieldkit.exchange.unpack import open_bundle
from fieldkit.workspace import intake, transfer
from fieldkit.workspace.intake import Imported
from tests.world import Clock, Laptop, carry, places

FORKED = ScopeId("5c" * 16)
BEFORE, AFTER = ScopeId("11" * 16), ScopeId("ee" * 16)
PLANT = EntityId("a" * 32)
Bring = Callable[[str], Laptop]


@pytest.fixture
def bring(tmp_path: Path) -> Iterator[Bring]:
    with ExitStack() as brought:

        def new(name: str) -> Laptop:
            home = places(tmp_path / name, tmp_path / f"leases-{name}")
            machine = Laptop(name, home, clock=Clock())
            brought.callback(machine.close)
            return machine

        yield new


def sent(machine: Laptop, target: Path, *scopes: ScopeId, **more: object) -> Path:
    parcel = transfer.Parcel(scopes or (FORKED,), "by hand", **more)  # type: ignore[arg-type]
    transfer.export(machine.ws, parcel, target)
    return target


def taken_in(machine: Laptop, stick: Path) -> Imported:
    return intake.apply(machine.ws, intake.preview(machine.ws, stick))


def rewritten(source: Path, target: Path, bend: Callable[[Op], Op], *, honest: bool) -> Path:
    """Write a bundle again with other ops; `honest` gives their chains the ends that fit."""
    with open_bundle(source) as bundle:
        told = bundle.manifest
        ops = iter([bend(op) for op in bundle.ops()])
    runs = [(run, [next(ops) for _ in range(run.lo, run.hi + 1)]) for run in told.ranges]
    if honest:
        runs = [(_ended(run, some), some) for run, some in runs]
    # Not write_bundle: it would read the file back and refuse to name it.
    with target.open("wb+") as file:
        _Packing(file, told.header, Pulse()).write(runs, ())
    return target


def _ended(run: Range, ops: list[Op]) -> Range:
    end = run.prev
    for op in ops:
        end = chain_after(end, op)
    return replace(run, end=end)


def height(value: int, instead: int) -> Callable[[Op], Op]:
    """Say another height than was written."""
    return lambda op: replace(op, val=instead) if op.val == value and op.kind == 1 else op


def fork_place(machine: Laptop, value: int) -> int:
    return next(op.seq for op in machine.ops(FORKED) if op.val == value and op.kind == 1)


@pytest.mark.parametrize("forged_first", [False, True])
def test_a_fork_is_refused_by_name_and_number_and_the_rest_comes_in(
    bring: Bring, tmp_path: Path, forged_first: bool
) -> None:
    anna, berik = bring("Anna"), bring("Berik")
    for scope in (BEFORE, FORKED, AFTER):
        anna.garden(scope)
    anna.plants(FORKED, PLANT, height=1)
    anna.plants(FORKED, PLANT, height=2)
    anna.plants(FORKED, PLANT, height=3)
    true = sent(anna, tmp_path / "true.fkb")
    forged = rewritten(true, tmp_path / "forged.fkb", height(2, 9), honest=True)
    seq = fork_place(anna, 2)
    taken_in(berik, forged if forged_first else true)
    held = berik.ops(FORKED)
    anna.plants(BEFORE, PLANT, height=4)
    anna.plants(FORKED, EntityId("b" * 32), height=5)
    anna.plants(AFTER, PLANT, height=6)
    everything = sent(anna, tmp_path / "all.fkb", BEFORE, FORKED, AFTER)
    bent = everything
    if not forged_first:
        bent = rewritten(everything, tmp_path / "bent.fkb", height(2, 9), honest=True)

    done = taken_in(berik, bent)

    refused = {s.scope: s.refused for s in done.review.scopes}
    assert refused[BEFORE] == refused[AFTER] == ""
    assert refused[FORKED].startswith("E_FORK: Anna ")
    assert f"from change {seq} on" in refused[FORKED]
    assert berik.ops(FORKED) == held
    assert berik.ops(BEFORE) == anna.ops(BEFORE)
    assert berik.ops(AFTER) == anna.ops(AFTER)
    berik.checks()


@pytest.mark.parametrize("tail_first", [False, True])
def test_a_fork_is_found_where_two_runs_only_touch(
    bring: Bring, tmp_path: Path, tail_first: bool
) -> None:
    anna, berik, ceca = bring("Anna"), bring("Berik"), bring("Ceca")
    anna.garden(FORKED)
    anna.plants(FORKED, PLANT, height=1)
    start = sent(anna, tmp_path / "start.fkb")
    upto = max(op.seq for op in anna.ops(FORKED))
    anna.plants(FORKED, PLANT, height=2)
    basis = {FORKED: {anna.ops(FORKED)[0].writer: upto}}
    tail = sent(anna, tmp_path / "tail.fkb", basis=basis)
    forged = rewritten(start, tmp_path / "forged.fkb", height(1, 9), honest=True)
    order = (tail, forged) if tail_first else (forged, tail)
    taken_in(berik, order[0])
    held = berik.ops(FORKED)

    (told,) = taken_in(berik, order[1]).review.scopes

    assert told.refused.startswith("E_FORK: Anna ")
    assert f"from change {upto} on" in told.refused
    assert berik.ops(FORKED) == held
    berik.checks()
    taken_in(ceca, tail)
    assert not taken_in(ceca, start).review.scopes[0].refused


def test_an_op_tampered_with_inside_a_whole_bundle_is_refused_and_changes_nothing(
    bring: Bring, tmp_path: Path
) -> None:
    anna, berik = bring("Anna"), bring("Berik")
    anna.garden(FORKED)
    anna.plants(FORKED, PLANT, height=1)
    first = sent(anna, tmp_path / "first.fkb")
    taken_in(berik, first)
    anna.plants(FORKED, PLANT, height=2)
    stick = sent(anna, tmp_path / "second.fkb")
    before, disk = berik.ops(), berik.derived(FORKED)

    tampered = rewritten(stick, tmp_path / "tampered.fkb", height(2, 9), honest=False)

    with pytest.raises(BundleError) as caught:
        intake.preview(berik.ws, tampered)
    assert caught.value.code == "E_DAMAGED"
    assert berik.ops() == before
    assert berik.derived(FORKED) == disk
    assert not list(berik.paths.inbox.iterdir())


def test_a_stub_never_replaces_what_is_held_and_the_whole_op_fills_a_stub(
    bring: Bring, tmp_path: Path
) -> None:
    anna, berik, ceca = bring("Anna"), bring("Berik"), bring("Ceca")
    anna.garden(FORKED)
    anna.plants(FORKED, PLANT, name="Mira", story="Told in trust")
    whole = sent(anna, tmp_path / "whole.fkb")
    fields = frozenset((FORKED, PLANT, f"plant.{name}") for name in ("name", "story"))
    bare = sent(anna, tmp_path / "bare.fkb", withhold=fields)

    for machine, order in ((berik, (whole, bare)), (ceca, (bare, whole))):
        for stick in order:
            taken_in(machine, stick)
        assert machine.ops(FORKED) == anna.ops(FORKED)
        assert machine.reads(FORKED, "plant", PLANT, "name") == "Mira"
        assert machine.reads(FORKED, "plant", PLANT, "story") == "Told in trust"
        machine.checks()


def test_a_withheld_value_is_in_the_file_only_as_a_commitment(bring: Bring, tmp_path: Path) -> None:
    anna, berik = bring("Anna"), bring("Berik")
    anna.garden(FORKED)
    anna.plants(FORKED, PLANT, name="Mira")
    held = frozenset({(FORKED, PLANT, "plant.name")})
    taken_in(berik, sent(anna, tmp_path / "bare.fkb", withhold=held))

    (op,) = (o for o in berik.ops(FORKED) if o.fld == "plant.name")

    assert op.is_stub
    assert op.val is None
    true = next(o for o in anna.ops(FORKED) if o.fld == "plant.name")
    assert op.commit == true.commit
    assert berik.ws.run(lambda: berik.ws.store.records.chain_at(FORKED, op.dot)) == anna.ws.run(
        lambda: anna.ws.store.records.chain_at(FORKED, Dot(true.writer, true.seq))
    )
    assert berik.ws.run(lambda: berik.ws.store.records.chain_at(FORKED, op.dot)) != CHAIN_START


def heights(machine: Laptop) -> set[object]:
    heads = machine.ws.run(lambda: machine.ws.store.records.heads(FORKED, PLANT))
    return {op.val for op in heads[PLANT]["plant.height"]}


def test_undo_leaves_standing_what_another_said_beside_it(bring: Bring) -> None:
    anna, berik = bring("Anna"), bring("Berik")
    anna.garden(FORKED)
    carry(anna, berik)
    anna.plants(FORKED, PLANT, height=1)
    anna.plants(FORKED, PLANT, height=2)
    berik.plants(FORKED, PLANT, height=3)
    carry(berik, anna)

    anna.ws.undo()

    assert heights(anna) == {1, 3}


def test_undo_leaves_alone_what_another_wrote_over_it(bring: Bring) -> None:
    anna, berik = bring("Anna"), bring("Berik")
    anna.garden(FORKED)
    anna.plants(FORKED, PLANT, height=1)
    anna.plants(FORKED, PLANT, height=2)
    carry(anna, berik)
    berik.plants(FORKED, PLANT, height=3)
    carry(berik, anna)

    undone = anna.ws.undo()

    assert undone is not None
    assert undone.skipped
    assert heights(anna) == {3}


def test_who_deleted_saw_the_later_change_but_not_the_one_before(bring: Bring) -> None:
    anna, berik = bring("Anna"), bring("Berik")
    anna.garden(FORKED)
    carry(anna, berik)
    anna.plants(FORKED, PLANT, name="Mira")
    anna.plants(FORKED, PLANT, height=1)
    carry(anna, berik, lambda op: op.fld == "plant.height")
    berik.removes(FORKED, "plant", PLANT)

    carry(berik, anna)

    plant = anna.ws.record(FORKED, "plant", PLANT)
    assert plant.contested
    assert not plant.deleted
