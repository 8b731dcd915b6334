"""Undo: the old value comes back for what we did, never over what others wrote."""

import random
from pathlib import Path

import pytest

from fieldkit.core.changes import Changes
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import Kind, Op, Value
from fieldkit.core.record import NewScope, Record, Removal
from fieldkit.workspace.workspace import Undone
from tests.world import GARDEN, Laptop, answer, beside, carry, laptop, laptops, plant, writer_of


def undo(machine: Laptop) -> Undone:
    undone = machine.ws.undo()
    assert undone is not None
    return undone


def redo(machine: Laptop) -> Undone:
    redone = machine.ws.redo()
    assert redone is not None
    return redone


def shown(machine: Laptop, scope: ScopeId) -> dict[tuple[str, str], dict[str, Value]]:
    """Return everything people see: living entities with the fields that say something."""
    return {
        (kind, r.id): {k: v for k, v in r.fields.items() if v is not None and v is not False}
        for kind in ("plant", "answer", "harvest")
        for r in machine.ws.records(scope, kind)
        if any(v is not None and v is not False for v in r.fields.values())
    }


def test_typing_deleting_and_creating_are_taken_back_and_done_again(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        states = [shown(machine, scope)]

        def done() -> None:
            states.append(shown(machine, scope))

        rose = machine.plants(scope, name="Rose", height=1, story="a\n\nb")
        done()
        machine.plants(scope, rose, height=2, **{"tags/red": True})
        done()
        machine.plants(scope, rose, story="a\n\nc", why="measured")
        done()
        asked = machine.answers(scope, "LDR.1", level=3, reason="seen")
        done()
        machine.writes(scope, "answer", asked, level="dk", reason=None)
        done()
        machine.removes(scope, "plant", rose)
        done()
        machine.plants(scope, rose, height=9)
        done()
        machine.ws.commit(
            [plant(scope, name="b"), Removal(scope, "plant", rose), answer(scope, "q", level=1)]
        )
        done()
        for _ in range(2):
            for state in reversed(states[:-1]):
                machine.restart()
                assert undo(machine).skipped == ()
                assert shown(machine, scope) == state
                assert machine.ws.differences() == []
            for state in states[1:]:
                machine.restart()
                assert redo(machine).skipped == ()
                assert shown(machine, scope) == state
                assert machine.ws.differences() == []
        machine.checks()


def test_two_hundred_and_fifty_commands_are_taken_back_one_by_one(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=0)
        for height in range(1, 250):
            machine.plants(scope, rose, height=height)
        machine.restart()
        for height in reversed(range(249)):
            assert undo(machine).label.startswith("plant")
            assert machine.reads(scope, "plant", rose, "height") == height
        for height in range(1, 250):
            redo(machine)
            assert machine.reads(scope, "plant", rose, "height") == height
        machine.checks()


@pytest.mark.parametrize("seed", range(8))
def test_undo_always_shows_the_state_before_and_redo_the_state_after(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        known = [EntityId(new_id()) for _ in range(3)]
        past, future = [shown(machine, scope)], list[object]()
        for _ in range(60):
            move = dice.random()
            if move < 0.3 and len(past) > 1:
                future.append(past.pop())
                undo(machine)
                assert shown(machine, scope) == past[-1]
            elif move < 0.5 and future:
                redo(machine)
                past.append(shown(machine, scope))
                assert past[-1] == future.pop()
            else:
                before = machine.ws.run(lambda: machine.ws.store.local.commands(1)[0].id)
                items = [_random_item(dice, scope, known) for _ in range(dice.choice([1, 1, 3]))]
                machine.ws.commit(items)
                after = machine.ws.run(lambda: machine.ws.store.local.commands(1)[0].id)
                if after != before:
                    past.append(shown(machine, scope))
                    future.clear()
            if dice.random() < 0.1:
                machine.restart()
        machine.checks()
        assert machine.ws.differences() == []


def _random_item(dice: random.Random, scope: ScopeId, known: list[EntityId]) -> Record | Removal:
    which = dice.choice(known)
    if dice.random() < 0.2:
        return Removal(scope, "plant", which)
    if dice.random() < 0.3:
        return answer(scope, dice.choice("qr"), level=dice.choice([1, 2, None]))
    field = dice.choice(["name", "height", "story", "tags/red", "pos"])
    return plant(scope, which, **{field: dice.choice([1, 2, "a", None, True])})


def test_a_scope_once_opened_stays_and_undoing_it_takes_nothing_away(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = ScopeId(new_id())
        machine.ws.commit([NewScope(scope, GARDEN), plant(scope, name="a")], label="both")
        assert undo(machine).label == "both"
        assert machine.ws.records(scope, "plant") == []
        assert [r.id for r in machine.ws.scopes()] == [scope]
        redo(machine)
        assert len(machine.ws.records(scope, "plant")) == 1


def test_with_nothing_done_there_is_nothing_to_take_back(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        assert (machine.ws.undo(), machine.ws.redo()) == (None, None)
        assert (machine.ws.undo_label, machine.ws.redo_label) == (None, None)
        assert machine.ws.last_import() is None


def test_what_was_undone_cannot_be_redone_once_something_else_was_done(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        machine.plants(scope, name="a")
        undo(machine)
        labels = [machine.ws.redo_label]
        machine.plants(scope, name="b")
        labels.append(machine.ws.redo_label)
        assert labels == ["plant {'name': 'a'}", None]
        assert machine.ws.redo() is None


def test_undo_tells_pages_what_was_touched_and_who_asked(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="a")
        machine.plants(scope, rose, name="b")
        heard: list[Changes] = []
        machine.ws.listen(heard.append)
        done = machine.ws.undo(by="page")
        assert done is not None
        assert heard == [done.changes]
        assert (done.changes.entities, done.changes.by) == (frozenset({rose}), "page")


def other_op(scope: ScopeId, rose: EntityId, fld: str, value: Value, covers: Op | None) -> Op:
    ctx = ((covers.writer, covers.seq),) if covers else ()
    return Op(scope, writer_of("other"), 1, 99, 5, 1, rose, fld, Kind.VALUE, value, ctx)


def head(machine: Laptop, scope: ScopeId, fld: str) -> Op:
    ops = [op for op in machine.ops(scope) if op.fld == fld]
    return max(ops, key=lambda op: op.lam)


def test_what_others_wrote_over_is_left_alone_and_named(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose", height=1, pos="A")
        machine.plants(scope, rose, height=2, pos="B")
        over = other_op(scope, rose, "plant.height", 7, head(machine, scope, "plant.height"))
        beside(machine, over)
        done = undo(machine)
        assert done.skipped == ("plant.height",)
        assert machine.reads(scope, "plant", rose, "height") == 7
        assert machine.reads(scope, "plant", rose, "pos") == "A"
        assert machine.ws.differences() == []
        redo(machine)
        assert machine.reads(scope, "plant", rose, "pos") == "B"
        assert machine.reads(scope, "plant", rose, "height") == 7


def test_undoing_one_side_of_a_difference_leaves_the_other_side_standing(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, height=1)
        first = head(machine, scope, "plant.height")
        machine.plants(scope, rose, height=2)
        beside(machine, other_op(scope, rose, "plant.height", 7, first))
        assert [v.value for v in machine.ws.differences()[0].versions] == [2, 7]
        assert undo(machine).skipped == ()
        values = {v.value for d in machine.ws.differences() for v in d.versions}
        assert values == {1, 7}


def test_a_plant_others_wrote_on_is_not_deleted_by_undoing_its_planting(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        beside(machine, other_op(scope, rose, "plant.height", 7, None))
        undo(machine)
        record = machine.ws.record(scope, "plant", rose)
        assert not record.deleted
        assert (record.get("name"), record.get("height")) == (None, 7)


def test_undoing_a_settlement_brings_both_values_back_with_their_first_authors(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, height=1, story="one")
        carry(ana, bo)
        ana.plants(scope, rose, height=2, story="two")
        bo.plants(scope, rose, height=3, story="three")
        carry(bo, ana)
        before = {(d.fld, d.base, _said(d.versions)) for d in ana.ws.differences()}
        assert len(before) == 2
        for difference in ana.ws.differences():
            ana.ws.settle(difference, difference.versions[0].value)
        assert ana.ws.differences() == []
        for _ in range(2):
            ana.restart()
            undo(ana)
            undo(ana)
            assert {(d.fld, d.base, _said(d.versions)) for d in ana.ws.differences()} == before
            redo(ana)
            redo(ana)
            assert ana.ws.differences() == []
        ana.checks()
        carry(ana, bo)
        bo.checks()
        assert bo.ws.differences() == []
        assert bo.reads(scope, "plant", rose, "height") == ana.reads(scope, "plant", rose, "height")


def _said(versions: object) -> frozenset[tuple[Value, str, bool]]:
    return frozenset((v.value, v.writer_label, v.ours) for v in versions)  # type: ignore[attr-defined]


def test_undoing_what_was_done_after_a_settlement_was_undone_still_works(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, height=1)
        carry(ana, bo)
        ana.plants(scope, rose, height=2)
        bo.plants(scope, rose, height=3)
        carry(bo, ana)
        ana.ws.settle(ana.ws.differences()[0], 4)
        undo(ana)
        undo(ana)
        assert {v.value for d in ana.ws.differences() for v in d.versions} == {1, 3}
        redo(ana)
        assert {v.value for d in ana.ws.differences() for v in d.versions} == {2, 3}
        redo(ana)
        assert ana.reads(scope, "plant", rose, "height") == 4
        assert ana.ws.differences() == []


def test_undoing_a_deletion_that_was_brought_back_deletes_again_without_a_quarrel(
    tmp_path: Path,
) -> None:
    """Life is put back last, and what the deleter saw then is what stands now."""
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose", height=1)
        machine.removes(scope, "plant", rose)
        machine.plants(scope, rose, height=2, name="Rosa")
        undo(machine)
        assert machine.ws.record(scope, "plant", rose).deleted
        assert not machine.ws.record(scope, "plant", rose).contested
        undo(machine)
        assert machine.reads(scope, "plant", rose, "height") == 1
        assert machine.ws.differences() == []
