"""Cases: what one decision settles, and what belongs to which side of it."""

from pathlib import Path

from fieldkit.core.op import LIFE_FIELD
from fieldkit.workspace.cases import Case, cases, settling
from tests.world import SCHEMA, Laptop, carry, laptops


def only(machine: Laptop) -> Case:
    (found,) = cases(machine.ws.differences(), SCHEMA)
    return found


def test_a_level_and_its_reason_are_one_case_and_the_level_leads(tmp_path: Path) -> None:
    with laptops(tmp_path, "one", "two") as (one, two):
        scope = one.garden()
        carry(one, two)
        one.answers(scope, "Q1", reason="low", level=1)
        two.answers(scope, "Q1", reason="high", level=4)
        carry(two, one)
        case = only(one)
        assert case.fields == ("level", "reason")
        assert case.lead.fld == "level"
        assert [dict(s.values) for s in case.sides] == [
            {"level": 1, "reason": "low"},
            {"level": 4, "reason": "high"},
        ]
        assert [s.version.ours for s in case.sides] == [True, False]


def test_a_reason_only_one_side_gave_is_not_the_other_sides(tmp_path: Path) -> None:
    with laptops(tmp_path, "one", "two") as (one, two):
        scope = one.garden()
        carry(one, two)
        one.answers(scope, "Q1", level=1)
        two.answers(scope, "Q1", level=4, reason="high")
        carry(two, one)
        mine, theirs = only(one).sides
        assert mine.values == {"level": 1, "reason": None}
        assert theirs.values == {"level": 4, "reason": "high"}


def test_a_reason_from_before_belongs_to_both_sides(tmp_path: Path) -> None:
    with laptops(tmp_path, "one", "two", "three") as (one, two, three):
        scope = three.garden()
        three.answers(scope, "Q1", level=2, reason="seen together")
        for machine in (one, two):
            carry(three, machine)
        one.answers(scope, "Q1", level=1)
        two.answers(scope, "Q1", level=4)
        carry(two, one)
        case = only(one)
        assert [s.values["reason"] for s in case.sides] == ["seen together"] * 2
        assert case.base["level"] == (2,)


def test_a_case_is_settled_as_one_command_and_undone_as_one(tmp_path: Path) -> None:
    with laptops(tmp_path, "one", "two") as (one, two):
        scope = one.garden()
        carry(one, two)
        ent = one.answers(scope, "Q1", level=1, reason="low")
        two.answers(scope, "Q1", level=4, reason="high")
        carry(two, one)
        case = only(one)
        one.ws.commit([settling(case, case.sides[1].values)], label="settled")
        assert not one.ws.differences()
        assert one.reads(scope, "answer", ent, "reason") == "high"
        one.ws.undo()
        assert only(one).fields == case.fields
        assert [dict(s.values) for s in only(one).sides] == [dict(s.values) for s in case.sides]


def test_a_deletion_is_a_case_of_its_own(tmp_path: Path) -> None:
    with laptops(tmp_path, "one", "two") as (one, two):
        scope = one.garden()
        ent = one.plants(scope, name="Rose")
        carry(one, two)
        one.removes(scope, "plant", ent)
        two.plants(scope, ent, name="Tea rose")
        carry(two, one)
        case = only(one)
        assert case.is_life
        one.ws.commit([settling(case, {LIFE_FIELD: True})])
        assert one.reads(scope, "plant", ent, "name") == "Tea rose"
        assert not one.ws.differences()
