"""Differences: kept until a person chooses, shown with who wrote what and where both began."""

import random
from pathlib import Path

import pytest

from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import LIFE_FIELD, Kind, Op, Value
from fieldkit.core.record import Record, Removal
from fieldkit.core.tool import Schema
from fieldkit.workspace.view import (
    Difference,
    Lens,
    differences_of,
    first_said,
    record_of,
    stood_for,
)
from tests.world import SCHEMA, Laptop, answer, beside, carry, laptop, laptops, plant, writer_of


def both(a: Laptop, b: Laptop) -> None:
    """Carry everything both ways."""
    carry(a, b)
    carry(b, a)


def test_two_values_are_both_kept_with_who_wrote_them_and_their_common_start(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, height=1, why="first", story="a\n\nb")
        carry(ana, bo)
        ana.plants(scope, rose, height=2)
        bo.clock.advance(days=-400)
        bo.plants(scope, rose, height=3, story="a\n\nc")
        both(ana, bo)
        for machine in (ana, bo):
            (difference,) = machine.ws.differences(scope)
            assert (difference.fld, difference.base, difference.texts) == ("height", (1,), False)
            assert difference.together == ("why",)
            said = [(v.value, v.writer_label, v.ours) for v in difference.versions]
            assert said == sorted(
                [(2, "Ana", machine is ana), (3, "Bo", machine is bo)],
                key=lambda s: [v.value for v in difference.versions].index(s[0]),
            )
            record = machine.ws.record(scope, "plant", rose)
            assert record.get("height") == difference.versions[-1].value
            assert record.differing["height"] == difference.versions
            assert record.get("story") == "a\n\nc"


def test_a_long_text_says_that_paragraphs_can_be_chosen(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, story="a\n\nb")
        carry(ana, bo)
        ana.plants(scope, rose, story="x\n\nb")
        bo.plants(scope, rose, story="a\n\ny")
        both(ana, bo)
        (difference,) = ana.ws.differences()
        assert (difference.texts, difference.base) == (True, ("a\n\nb",))
        assert difference.together == ()


@pytest.mark.parametrize(
    ("mine", "theirs"), [(2, 2), ("a b", "a b  "), ("a\r\nb", "a\nb\n"), ([1], [1])]
)
def test_equal_values_are_nothing_to_settle(tmp_path: Path, mine: Value, theirs: Value) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        bo.garden(scope)
        ana.answers(scope, "q", languages=mine)
        bo.answers(scope, "q", languages=theirs)
        both(ana, bo)
        assert ana.ws.differences() == bo.ws.differences() == []


def test_positions_and_tags_never_ask(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, pos="A", **{"tags/red": False})
        carry(ana, bo)
        ana.plants(scope, rose, pos="B", **{"tags/red": True})
        bo.plants(scope, rose, pos="C", **{"tags/red": None, "tags/old": True})
        both(ana, bo)
        assert ana.ws.differences() == bo.ws.differences() == []
        assert ana.reads(scope, "plant", rose, "pos") == bo.reads(scope, "plant", rose, "pos")
        for machine in (ana, bo):
            record = machine.ws.record(scope, "plant", rose)
            assert record.elements("tags") == frozenset({"red", "old"})


@pytest.mark.parametrize("choice", [2, 3, 4, None])
def test_settling_once_settles_everywhere(tmp_path: Path, choice: Value) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, height=1)
        carry(ana, bo)
        ana.plants(scope, rose, height=2)
        bo.plants(scope, rose, height=3)
        both(ana, bo)
        (difference,) = bo.ws.differences()
        changes = bo.ws.settle(difference, choice, by="page")
        assert (changes.entities, changes.by) == (frozenset({rose}), "page")
        assert bo.ws.undo_label == "Difference settled"
        both(ana, bo)
        for machine in (ana, bo):
            assert machine.ws.differences() == []
            assert machine.reads(scope, "plant", rose, "height") == choice
            machine.checks()


def test_two_who_settle_differently_differ_again_and_two_who_agree_do_not(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, height=1, why="a")
        carry(ana, bo)
        ana.plants(scope, rose, height=2, why="b")
        bo.plants(scope, rose, height=3, why="c")
        both(ana, bo)
        for machine, height in ((ana, 2), (bo, 3)):
            for difference in machine.ws.differences():
                machine.ws.settle(difference, "same" if difference.fld == "why" else height)
        both(ana, bo)
        (left,) = ana.ws.differences()
        assert (left.fld, [v.value for v in left.versions]) in [
            ("height", [2, 3]),
            ("height", [3, 2]),
        ]


def deleted_and_edited(ana: Laptop, bo: Laptop) -> tuple[ScopeId, EntityId, Difference]:
    scope = ana.garden()
    rose = ana.plants(scope, name="Rose", height=1)
    carry(ana, bo)
    ana.removes(scope, "plant", rose)
    bo.plants(scope, rose, height=2)
    both(ana, bo)
    (difference,) = ana.ws.differences()
    assert bo.ws.differences() != []
    return scope, rose, difference


def test_what_one_deleted_while_another_wrote_stays_visible_and_asks(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope, rose, difference = deleted_and_edited(ana, bo)
        assert (difference.fld, difference.base) == (LIFE_FIELD, (True,))
        assert [v.value for v in difference.versions] == [False]
        for machine in (ana, bo):
            record = machine.ws.record(scope, "plant", rose)
            assert (record.deleted, record.contested) == (False, True)
            assert [r.id for r in machine.ws.records(scope, "plant")] == [rose]


@pytest.mark.parametrize("keep", [True, False])
def test_a_contested_deletion_is_kept_or_deleted_as_settled_and_taken_back(
    tmp_path: Path, keep: bool
) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope, rose, difference = deleted_and_edited(ana, bo)
        for machine in (ana, bo):
            machine.ws.record(scope, "plant", rose)
        ana.ws.settle(difference, keep, by="page")
        both(ana, bo)
        for machine in (ana, bo):
            assert machine.ws.differences() == []
            record = machine.ws.record(scope, "plant", rose)
            assert (record.deleted, record.contested) == (not keep, False)
        ana.ws.undo()
        assert [d.fld for d in ana.ws.differences()] == [LIFE_FIELD]
        assert ana.ws.record(scope, "plant", rose).contested
        ana.ws.redo()
        assert ana.ws.differences() == []
        assert ana.ws.record(scope, "plant", rose).deleted is not keep
        ana.checks()


def test_two_who_delete_the_same_have_nothing_to_settle(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, name="Rose")
        carry(ana, bo)
        ana.removes(scope, "plant", rose)
        bo.removes(scope, "plant", rose)
        both(ana, bo)
        for machine in (ana, bo):
            assert machine.ws.differences() == []
            assert machine.ws.records(scope, "plant") == []


def test_an_edit_the_deleter_saw_is_deleted_quietly(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, name="Rose")
        carry(ana, bo)
        bo.plants(scope, rose, height=2)
        carry(bo, ana)
        ana.removes(scope, "plant", rose)
        both(ana, bo)
        assert ana.ws.differences() == bo.ws.differences() == []
        assert bo.ws.records(scope, "plant") == []


def test_a_deleter_who_missed_an_older_edit_on_another_field_is_told(tmp_path: Path) -> None:
    """What was seen is a list of dots: a later op on one field says nothing of an older one."""
    with laptops(tmp_path, "Ana", "Bo", "Cy") as (ana, bo, _):
        scope = ana.garden()
        rose = ana.plants(scope, name="Rose")
        carry(ana, bo)
        bo.plants(scope, rose, height=2)
        bo.plants(scope, rose, why="tall")
        carry(bo, ana, lambda op: op.fld != "plant.height")
        ana.removes(scope, "plant", rose)
        assert ana.ws.record(scope, "plant", rose).deleted
        carry(bo, ana)
        assert [d.fld for d in ana.ws.differences()] == [LIFE_FIELD]


def test_brought_back_by_one_and_edited_by_another_is_alive(tmp_path: Path) -> None:
    with laptops(tmp_path, "Ana", "Bo") as (ana, bo):
        scope = ana.garden()
        rose = ana.plants(scope, name="Rose", height=1)
        ana.removes(scope, "plant", rose)
        carry(ana, bo)
        ana.ws.undo()
        bo.plants(scope, rose, height=2)
        both(ana, bo)
        for machine in (ana, bo):
            assert machine.ws.differences() == []
            assert machine.reads(scope, "plant", rose, "height") == 2


def test_what_a_newer_version_wrote_is_kept_shown_raw_and_named(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        for seq, (fld, value) in enumerate((("plant.colour", "red"), ("weed.name", "x")), 1):
            ent = rose if seq == 1 else EntityId(new_id())
            beside(
                machine,
                Op(scope, writer_of(f"w{seq}"), 1, 9, 9, 1, ent, fld, Kind.VALUE, value, ()),
            )
            beside(
                machine,
                Op(scope, writer_of(f"v{seq}"), 1, 9, 9, 1, ent, fld, Kind.VALUE, "other", ()),
            )
        record = machine.ws.record(scope, "plant", rose)
        assert record.unknown == ("colour",)
        assert record.get("colour") in ("red", "other")
        assert dict(record.differing) == {}
        assert machine.ws.differences() == []
        assert [r.kind for r in machine.ws.records(scope, "weed")] == ["weed"]


def test_a_withheld_value_is_a_difference_nobody_can_read(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        scope = machine.garden()
        rose = machine.plants(scope, name="Rose")
        stub = Op(
            scope, writer_of("w"), 1, 9, 9, 1, rose, "plant.name", Kind.VALUE, None, (),
            None, None, "ab" * 32,
        )  # fmt: skip
        beside(machine, stub)
        (difference,) = machine.ws.differences()
        assert sorted(v.withheld for v in difference.versions) == [False, True]
        assert difference.base == ()
        machine.checks()


def test_a_link_back_that_is_nonsense_is_no_link() -> None:
    scope, rose = ScopeId("a" * 32), EntityId("b" * 32)

    def op(link: Value, seq: int = 1) -> Op:
        ext = {"undo": link}
        return Op(scope, writer_of("w"), seq, 1, 1, 1, rose, "plant.name", 1, "x", (), ext)

    wrong: list[Value] = [None, "ab", [1], ["w", "2"], {"a": 1}, 7]
    assert [stood_for(op(link)) for link in wrong] == [None] * len(wrong)
    around = [op([writer_of("w"), 2], 1), op([writer_of("w"), 1], 2)]
    assert first_said(around[0], around) in around
    assert first_said(op([writer_of("gone"), 9]), around).val == "x"


def test_a_field_read_together_with_others_names_them() -> None:
    scope, asked = ScopeId("a" * 32), EntityId("b" * 32)

    def op(who: str, value: Value) -> Op:
        return Op(scope, writer_of(who), 1, 1, 1, 1, asked, "answer.reason", Kind.TEXT, value, ())

    heads = {"answer.reason": [op("a", "x"), op("b", "y")]}
    lens = Lens(SCHEMA, {}, writer_of("i"))  # type: ignore[arg-type]
    record = record_of(scope, asked, heads, lens)
    (difference,) = differences_of(record, heads, lambda _: heads["answer.reason"], lens)
    assert difference.together == ("level",)
    assert [v.writer_label for v in difference.versions] == ["", ""]
    bare = Lens(Schema.of(()), {}, lens.install)
    assert record_of(scope, asked, heads, bare).unknown == ("reason",)


@pytest.mark.parametrize("seed", range(5))
def test_after_everything_was_carried_both_laptops_show_the_same(tmp_path: Path, seed: int) -> None:
    """Random work, undo, redo, restarts and half-carried sticks; what is derived always fits."""
    dice = random.Random(seed)
    with laptops(tmp_path, "Ana", "Bo") as machines:
        scope = machines[0].garden()
        known = [EntityId(new_id()) for _ in range(2)]
        ana, bo = machines
        carry(ana, bo)
        for _ in range(70):
            machine, other = machines if dice.random() < 0.5 else machines[::-1]
            move = dice.random()
            if move < 0.55:
                which = dice.choice(known)
                field = dice.choice(["name", "height", "story", "tags/red", "pos"])
                edit = plant(scope, which, **{field: dice.choice([1, 2, "a", None, True])})
                marked = answer(scope, "q", level=dice.choice([1, 2, None]))
                items: list[Record | Removal] = [edit, edit, marked, Removal(scope, "plant", which)]
                item = dice.choice(items)
                machine.ws.commit([item])
            elif move < 0.75:
                machine.ws.undo() if dice.random() < 0.6 else machine.ws.redo()
            elif move < 0.8:
                machine.restart()
            elif move < 0.9 and machine.ws.differences():
                difference = dice.choice(machine.ws.differences())
                machine.ws.settle(difference, dice.choice(difference.versions).value)
            else:
                carry(machine, other)
        both(ana, bo)
        carry(ana, bo)
        for machine in machines:
            machine.checks()
        shown = [
            {
                (r.kind, r.id): (dict(r.fields), sorted(r.differing), r.deleted, r.contested)
                for kind in ("plant", "answer")
                for r in (m.ws.record(scope, kind, e) for e in known)
            }
            for m in machines
        ]
        assert shown[0] == shown[1]
        dots = [{op.dot for op in m.ops(scope)} for m in machines]
        assert dots[0] == dots[1]
