"""The middle, the spread, the agreement; and who stays hidden."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.ids import EntityId
from fieldkit.tools.assessment.model import NO_COUNTS, OTHER, Batch, Counts, total
from fieldkit.tools.assessment.rules.votes import (
    DISCUSS,
    OK,
    RECONCILE,
    agreement_of,
    batches_to_write,
    flag_of,
    is_perception_gap,
    is_unanimous,
    known_share,
    lower_median,
    more_votes_than_heads,
    perception_gap,
    pile_duplicates,
    room_view,
    same_pile,
    spread_of,
    summarise,
    visible_groups,
)


def votes(*choices):
    return Counts.of(choices)


def batch(group, counts, question="Q", pile="", name="b"):
    return Batch(question, group, counts, pile, "2026-03-18", EntityId(name))


@pytest.mark.parametrize(
    ("choices", "middle"),
    [((), None), ((4,), 4), ((2, 4), 2), ((5, 1, 3), 3), ((1, 1, 5, 5), 1), (("dk", None), None)],
)
def test_an_even_split_gives_the_lower_level(choices, middle):
    assert lower_median(votes(*choices)) == middle


@given(st.lists(st.integers(1, 5), min_size=1))
def test_the_middle_is_the_sorted_vote_at_half_rounded_down(levels):
    assert lower_median(Counts.of(levels)) == sorted(levels)[(len(levels) - 1) // 2]


@given(st.lists(st.integers(1, 5), min_size=1))
def test_agreement_stays_between_nought_and_one(levels):
    agreement = agreement_of(Counts.of(levels))
    assert agreement is not None
    assert 0 <= agreement <= 1


def test_a_single_voice_agrees_by_half():
    assert agreement_of(votes(3)) == Fraction(1, 2)


def test_without_levels_there_is_no_spread_and_no_agreement():
    assert spread_of(votes("dk")) is None
    assert agreement_of(votes("dk")) is None


def test_a_room_torn_in_two_does_not_agree_at_all():
    assert agreement_of(votes(1, 1, 5, 5)) == 0


def test_known_share_counts_blanks_and_unknowns_against_levels_but_not_na():
    assert known_share(votes(3, "dk", None, "na")) == Fraction(1, 3)
    assert known_share(votes("na", "na")) == 0


@pytest.mark.parametrize(
    ("spread", "agreement", "flag"),
    [
        (3, Fraction(1), RECONCILE),
        (2, Fraction(49, 100), RECONCILE),
        (2, Fraction(1, 2), DISCUSS),
        (1, Fraction(1, 2), OK),
    ],
)
def test_flags_follow_spread_and_agreement(spread, agreement, flag):
    assert flag_of(spread, agreement) == flag


def test_an_agreed_level_takes_the_flag_away():
    assert summarise(votes(1, 5)).flag == RECONCILE
    assert summarise(votes(1, 5), agreed=True).flag is None
    assert summarise(NO_COUNTS).flag is None


def test_a_group_under_three_goes_into_other_with_the_next_smallest():
    written = batches_to_write(
        {"big": votes(1, 2, 3, 4, 5), "mid": votes(2, 2, 3), "two": votes(1, 5)}
    )
    assert written == {"big": votes(1, 2, 3, 4, 5), OTHER: votes(2, 2, 3, 1, 5)}


def test_two_small_groups_that_reach_three_together_need_nobody_else():
    written = batches_to_write({"a": votes(1, 2, 3), "b": votes(4, 4), "c": votes(5)})
    assert written == {"a": votes(1, 2, 3), OTHER: votes(4, 4, 5)}


def test_groups_of_three_or_more_stay_as_they_are():
    groups = {"a": votes(1, 2, 3), "b": votes("dk", "na", 3)}
    assert batches_to_write(groups) == groups


def test_a_room_under_three_writes_nothing():
    assert batches_to_write({"a": votes(1), "b": votes(5, None, None, None)}) == {}
    assert batches_to_write({}) == {}


def test_blanks_are_no_votes_but_are_kept():
    written = batches_to_write({"a": votes(1, 2, 3), "b": votes(None, None)})
    assert written == {"a": votes(1, 2, 3), OTHER: votes(None, None)}


def test_the_limit_can_be_raised_but_not_lowered():
    groups = {"a": votes(1, 2, 3, 4, 5), "b": votes(1, 2, 3, 4)}
    assert batches_to_write(groups, limit=5) == {OTHER: votes(1, 2, 3, 4, 5, 1, 2, 3, 4)}
    assert batches_to_write({"a": votes(1, 2)}, limit=1) == {}


rooms = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e", OTHER]),
    st.lists(st.one_of(st.integers(1, 5), st.sampled_from(["dk", "na", None])), max_size=7).map(
        Counts.of
    ),
)


@given(rooms, st.integers(1, 6))
def test_no_group_under_the_limit_is_ever_written_and_nobody_is_lost(groups, limit):
    written = batches_to_write(groups, limit)
    if not written:
        assert total(groups.values()).votes < max(limit, 3)
        return
    assert total(written.values()) == total(groups.values())
    assert all(c.votes == 0 or c.votes >= max(limit, 3) for c in written.values())


def test_batches_of_two_rooms_add_up_before_they_are_shown():
    held = [batch("a", votes(1, 2, 3)), batch("a", votes(4)), batch(OTHER, votes(5, 5, 5))]
    assert visible_groups(held) == {"a": votes(1, 2, 3, 4), OTHER: votes(5, 5, 5)}


def test_a_unanimous_room_is_shown_as_agreed_without_groups():
    view = room_view([batch("a", votes(2, 2, 2)), batch("b", votes(2, 2, 2))])
    assert (view.agreed, view.groups, view.perception_gap) == (True, None, 0)
    assert view.counts == votes(2, 2, 2, 2, 2, 2)


def test_a_room_that_does_not_know_as_one_has_no_gap():
    view = room_view([batch("a", votes("dk", "dk", "dk"))])
    assert (view.agreed, view.perception_gap) == (True, None)


def test_a_room_that_differs_is_shown_by_groups():
    view = room_view([batch("a", votes(1, 1, 1)), batch("b", votes(3, 3, 4))])
    assert not view.agreed
    assert view.groups == {"a": votes(1, 1, 1), "b": votes(3, 3, 4)}
    assert view.perception_gap == 2


def test_a_room_too_small_shows_nothing():
    assert room_view([batch("a", votes(1, 5))]).counts is None


def test_unanimity_needs_a_vote():
    assert not is_unanimous(votes(None, None))
    assert is_unanimous(votes(3, 3, None))
    assert not is_unanimous(votes(3, "dk"))


def test_groups_with_fewer_than_three_levels_do_not_count_in_the_perception_gap():
    assert perception_gap({"a": votes(1, 1, 1), "b": votes(5, "dk", "dk")}) is None
    assert perception_gap({"a": votes(1, 1, 1), "b": votes(2, 2, 2), "c": votes(4, 4, 4)}) == 3


def test_a_perception_gap_is_pointed_out_from_two():
    assert [is_perception_gap(gap) for gap in (None, 0, 1, 2, 3)] == [
        False, False, False, True, True,
    ]  # fmt: skip


def test_more_votes_than_heads_names_the_batches():
    held = [
        batch("a", votes(1, 2, 3), name="one"),
        batch("a", votes(4, 5), name="two"),
        batch("b", votes(1, 1, 1), name="three"),
    ]
    found = more_votes_than_heads(held, {"a": 4, "b": 5})
    assert [(e.group, e.votes, e.heads, e.batches) for e in found] == [("a", 5, 4, ("one", "two"))]


def test_more_votes_than_heads_is_found_for_the_whole_room_too():
    held = [batch("a", votes(1, 2, 3)), batch(OTHER, votes(4, 4, 4))]
    assert [e.group for e in more_votes_than_heads(held, {"a": 3, "b": 2})] == [""]


def test_a_block_of_questions_is_checked_question_by_question():
    held = [batch("a", votes(1, 2, 3), "Q1"), batch("a", votes(1, 2, 3), "Q2")]
    assert more_votes_than_heads(held, {"a": 3}) == []


def test_a_group_nobody_counted_is_not_accused():
    assert more_votes_than_heads([batch("gone", votes(1, 2, 3))], {"a": 1}) == []


def test_the_same_pile_is_found_again_whatever_its_spacing():
    held = [batch("a", votes(1), pile=" Room  A"), batch("a", votes(1), pile="")]
    assert same_pile(held, "Q", "room a") == [held[0]]
    assert same_pile(held, "Q", "") == []
    assert same_pile(held, "Z", "room a") == []


def test_a_pile_held_twice_is_told():
    one, two = batch("a", votes(1), pile="A"), batch("a", votes(2), pile="a")
    other, bare = batch("b", votes(1), pile="A"), batch("a", votes(1))
    assert pile_duplicates([one, two, other, bare, bare]) == [(one, two)]
