"""The merge law: commutes, repeats harmlessly, loses nothing, and never disagrees falsely."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import LIFE_FIELD, Context, Dot, Kind, Op, Value, commitment
from fieldkit.core.register import (
    LATEST,
    PRESENT,
    TEXT3,
    RegisterState,
    bases,
    is_applied,
    is_covered,
    is_difference,
    is_present,
    life,
    normal,
    observed,
    shown,
    standing,
)

SCOPE, ENT = ScopeId("5c" * 16), EntityId("e1" * 16)
A, B, C = (WriterId(x * 32) for x in "abc")


def op(writer: WriterId, seq: int, val: Value = None, ctx: Context = (), lam: int = 0) -> Op:
    return Op(SCOPE, writer, seq, lam or seq, 0, seq, ENT, "answer.level", Kind.VALUE, val, ctx)


def dots(ops: list[Op]) -> set[Dot]:
    return {o.dot for o in ops}


class Replica:
    """One laptop in the ground truth: what it holds, and what the author of each op held."""

    def __init__(self, writer: WriterId) -> None:
        self.writer = writer
        self.held: dict[Dot, Op] = {}
        self.state = RegisterState()
        self.seq = 0

    def write(self, value: int) -> Op:
        self.seq += 1
        new = op(self.writer, self.seq, value, self.state.context())
        self.take(new)
        return new

    def take(self, new: Op) -> None:
        self.held[new.dot] = new
        self.state.absorb(new)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Op], dict[Dot, set[Dot]], list[Replica]]:
    """Return ops of three laptops that pass single ops on, with the ancestors of each op."""
    replicas = [Replica(w) for w in (A, B, C)]
    ops: list[Op] = []
    before: dict[Dot, set[Dot]] = {}
    for who, other, share in draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 9)), max_size=14)
    ):
        one, two = replicas[who], replicas[other]
        if share < 4:
            known: set[Dot] = set()
            for dot in one.held:
                known |= before[dot] | {dot}
            new = one.write(share)
            before[new.dot] = known
            ops.append(new)
        else:
            moved = sorted(one.held.values(), key=lambda o: (o.writer, o.seq))
            for some in moved[share % 3 :: 1 + share % 2]:
                two.take(some)
    return ops, before, replicas


@given(histories(), st.randoms())
def test_order_and_repetition_of_arrival_do_not_matter(history: tuple, chance) -> None:  # type: ignore[type-arg]
    ops = history[0]
    shuffled = ops * 2
    chance.shuffle(shuffled)
    assert standing(shuffled) == standing(ops)


@given(histories())
def test_heads_are_never_related_and_every_op_is_a_head_or_was_seen(history: tuple) -> None:  # type: ignore[type-arg]
    _, before, replicas = history
    for replica in replicas:
        heads = replica.state.heads
        for one, two in itertools.permutations(heads, 2):
            assert one not in before[two]
        for dot in replica.held:
            assert dot in heads or any(dot in before[later] for later in replica.held)


@given(histories())
def test_full_exchange_brings_everybody_to_the_same_heads(history: tuple) -> None:  # type: ignore[type-arg]
    ops, _, replicas = history
    for replica in replicas:
        for some in reversed(ops):
            replica.take(some)
    assert len({frozenset(r.state.heads) for r in replicas}) == 1
    settled = replicas[0].write(0)
    replicas[1].take(settled)
    assert replicas[1].state.heads == {settled.dot}


def test_a_later_op_covers_an_earlier_one_across_a_lost_middle() -> None:
    first = op(A, 1, 1)
    last = op(B, 2, 3, ((A, 1), (B, 1)))
    assert standing([first, last]).heads == {last.dot}
    assert standing([last, first]).heads == {last.dot}


def test_a_context_joins_what_was_seen_and_what_stands() -> None:
    state = standing([op(A, 1), op(B, 4, 1, ((A, 1), (C, 7)))])
    assert state.context() == ((A, 1), (B, 4), (C, 7))
    assert RegisterState().context() == ()


def test_two_ops_nobody_saw_together_both_stand() -> None:
    assert standing([op(A, 1, 1), op(B, 1, 2)]).heads == {Dot(A, 1), Dot(B, 1)}


def test_unknown_kinds_are_carried_but_not_applied() -> None:
    newer = replace(op(B, 1, 9, ((A, 1),)), kind=10)
    assert not is_applied(newer)
    assert standing([op(A, 1, 1), newer]).heads == {Dot(A, 1)}
    assert all(is_applied(replace(newer, kind=kind)) for kind in range(1, 6))


def test_the_shown_head_is_the_greatest_by_lam_then_writer() -> None:
    heads = [op(A, 1, "a", lam=5), op(B, 1, "b", lam=5), op(C, 9, "c", lam=4)]
    assert shown(heads).val == "b"
    assert shown(heads[::-1]).val == "b"


@pytest.mark.parametrize("policy", [LATEST, PRESENT])
def test_fields_settled_by_rule_never_differ(policy: str) -> None:
    assert not is_difference([op(A, 1, 1), op(B, 1, 2)], policy)


def test_heads_differ_by_their_values_only() -> None:
    assert is_difference([op(A, 1, 1), op(B, 1, 2)])
    assert is_difference([op(A, 1, "x"), op(B, 1, "y")], TEXT3)
    assert not is_difference([op(A, 1, 1), op(B, 1, 1)])
    assert not is_difference([op(A, 1, 1)])
    assert not is_difference([])
    assert not is_difference([op(A, 1, "one \r\ntwo\n"), op(B, 1, "one\ntwo")])


def test_a_withheld_value_may_differ_and_is_asked_about() -> None:
    salt = "00" * 16
    full = replace(op(A, 1, "x"), salt=salt, commit=commitment(salt, "x"))
    assert is_difference([full.as_stub(), op(B, 1, "x")])


def test_texts_are_compared_without_trailing_space() -> None:
    assert normal(" a \r\n b  \n") == "a\n b"
    assert normal(7) == 7


def test_one_vote_for_it_is_enough_to_be_in_a_set() -> None:
    assert is_present([op(A, 1, False), op(B, 1, True)])
    assert not is_present([op(A, 1, False)])
    assert not is_present([])


def dead(writer: WriterId, obs: Value, value: bool = False) -> Op:
    return replace(
        op(writer, 5, value), fld=f"answer.{LIFE_FIELD}", kind=Kind.LIFE, ext={"obs": obs}
    )


def test_an_entity_is_gone_when_the_deleter_saw_everything() -> None:
    heads = {LIFE_FIELD: [dead(A, [[B, 1]])], "level": [op(B, 1, 3)]}
    found = life(heads)
    assert (found.deleted, found.contested) == (True, False)


def test_an_edit_the_deleter_had_not_seen_is_contested() -> None:
    heads = {LIFE_FIELD: [dead(A, [[B, 1]])], "level": [op(B, 2, 3)]}
    found = life(heads)
    assert (found.deleted, found.contested) == (False, True)


def test_two_deleters_together_may_have_seen_everything() -> None:
    heads = {
        LIFE_FIELD: [dead(A, [[B, 1]]), dead(C, [[B, 2]])],
        "level": [op(B, 1, 3)],
        "reason": [op(B, 2, "x")],
    }
    assert life(heads).deleted


def test_deleting_against_bringing_back_is_contested() -> None:
    found = life({LIFE_FIELD: [dead(A, []), dead(B, [], value=True)]})
    assert (found.deleted, found.contested) == (False, True)


def test_what_nobody_deleted_lives() -> None:
    for heads in ({}, {"level": [op(A, 1, 1)]}, {LIFE_FIELD: [dead(A, [], value=True)]}):
        found = life(heads)
        assert (found.deleted, found.contested) == (False, False)


def test_what_a_deleter_saw_is_a_list_of_dots() -> None:
    assert observed(dead(A, [[B, 1], [C, 2]])) == {Dot(B, 1), Dot(C, 2)}
    assert observed(dead(A, "text")) == frozenset()
    assert observed(dead(A, 7)) == frozenset()
    assert observed(dead(A, [[B], "xyz", 4])) == frozenset()
    assert observed(op(A, 1)) == frozenset()


def test_cover_is_up_to_a_seq() -> None:
    ctx = ((A, 3),)
    assert is_covered(Dot(A, 3), ctx)
    assert is_covered(Dot(A, 1), ctx)
    assert not is_covered(Dot(A, 4), ctx)
    assert not is_covered(Dot(B, 1), ctx)


def test_the_start_of_a_difference_is_the_last_op_both_saw() -> None:
    start, middle = op(A, 1, "s"), op(A, 2, "m", ((A, 1),))
    one, two = op(B, 1, "1", ((A, 2),)), op(C, 1, "2", ((A, 2),))
    assert bases([one, two], [start, middle, one, two]) == [middle]
    assert bases([one, two], [start]) == [start]
    assert bases([one, two], []) == []


def test_a_criss_cross_has_several_starts() -> None:
    left, right = op(A, 1, "l"), op(B, 1, "r")
    both = ((A, 1), (B, 1))
    one, two = op(C, 1, "1", both), op(B, 2, "2", both)
    found = bases([one, two], [left, right, one, two])
    assert dots(found) == {left.dot, right.dot}
