"""Laws of scoring, on made-up models: better answers never harm, order never matters."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.tools.assessment.model import Checklist, Counts
from fieldkit.tools.assessment.rules import Response, priorities, score

CLUSTERS = ("foundation", "safeguard", "use", "enabler")
STAGES = " ABCD"


@st.composite
def models(draw):
    """Draw a model whose requirements only point backwards, then put in any order."""
    names: list[str] = []
    dimensions = []
    for d in range(draw(st.integers(2, 5))):
        questions = []
        for q in range(draw(st.integers(1, 4))):
            requires = draw(st.lists(st.sampled_from(names), max_size=2)) if names else []
            questions.append(
                {
                    "id": f"D{d}.{q}",
                    "gate": draw(st.booleans()),
                    "weight": draw(st.integers(1, 3)),
                    "requires": sorted(set(requires)),
                }
            )
            names.append(f"D{d}.{q}")
        below = [f"D{n}" for n in range(d)]
        dimensions.append(
            {
                "id": f"D{d}",
                "cluster": CLUSTERS[d % 4],
                "requires": draw(st.lists(st.sampled_from(below), unique=True)) if below else [],
                "questions": questions,
            }
        )
    return Checklist.from_json({"dimensions": draw(st.permutations(dimensions))})


@st.composite
def consensus_rounds(draw):
    """Draw a model with an agreed level and evidence for every question."""
    checklist = draw(models())
    given_levels = {
        q.id: Response({}, draw(st.integers(1, 5)), draw(st.integers(0, 3)))
        for q in checklist.questions
    }
    return checklist, given_levels


def numbers(track):
    questions = [q.effective for q in track.questions.values()]
    return [*questions, *(d.score for d in track.dimensions.values()), track.overall]


def stage(track):
    return STAGES.index(track.stage or " ")


@given(consensus_rounds(), st.data())
def test_a_better_answer_never_lowers_any_score(held, data):
    checklist, before = held
    name = data.draw(st.sampled_from(sorted(before)))
    was = before[name]
    better = Response({}, data.draw(st.integers(was.recorded, 5)), was.evidence)
    old, new = score(checklist, before), score(checklist, {**before, name: better})
    for track in ("stated", "evidenced"):
        one, other = old.track(track), new.track(track)
        assert all(a <= b for a, b in zip(numbers(one), numbers(other), strict=True))
        assert stage(one) <= stage(other)


@given(consensus_rounds(), st.data())
def test_better_evidence_never_lowers_a_score_and_never_moves_what_was_said(held, data):
    checklist, before = held
    name = data.draw(st.sampled_from(sorted(before)))
    was = before[name]
    better = Response({}, was.recorded, data.draw(st.integers(was.evidence, 3)))
    old, new = score(checklist, before), score(checklist, {**before, name: better})
    one, other = old.evidenced, new.evidenced
    assert all(a <= b for a, b in zip(numbers(one), numbers(other), strict=True))
    assert numbers(old.stated) == numbers(new.stated)


@given(consensus_rounds())
def test_evidence_never_supports_more_than_was_said_and_all_lies_on_the_scale(held):
    checklist, levels = held
    scores = score(checklist, levels)
    pairs = zip(numbers(scores.evidenced), numbers(scores.stated), strict=True)
    assert all(1 <= low <= high <= 5 for low, high in pairs)


@given(consensus_rounds(), st.randoms())
def test_the_order_of_the_model_never_changes_a_score(held, random):
    checklist, levels = held
    dimensions = list(checklist.dimensions)
    random.shuffle(dimensions)
    turned = dataclasses.replace(checklist, dimensions=tuple(dimensions))
    one, other = score(checklist, levels).evidenced, score(turned, levels).evidenced
    assert one.dimensions == other.dimensions
    assert (one.overall, one.stage) == (other.overall, other.stage)


@given(consensus_rounds())
def test_priority_indexes_lie_between_nought_and_a_hundred_in_falling_order(held):
    checklist, levels = held
    found = [p.index for p in priorities(checklist, score(checklist, levels).evidenced, {}, {})]
    assert found == sorted(found, reverse=True)
    assert all(0 < index <= 100 for index in found)


choices = st.lists(st.one_of(st.integers(1, 5), st.sampled_from(["dk", "na", None])), max_size=9)


@given(choices, st.lists(st.sampled_from("abc"), min_size=9, max_size=9))
def test_how_votes_are_split_over_groups_never_changes_a_score(votes, groups):
    checklist = Checklist.from_json(
        {"dimensions": [{"id": "D", "questions": [{"id": "Q", "na_when": "x"}]}]}
    )
    split: dict[str, Counts] = {}
    for group, choice in zip(groups, votes, strict=False):
        split[group] = split.get(group, Counts()) + Counts.of([choice])
    one = score(checklist, {"Q": Response(split, None, 2)})
    assert one == score(checklist, {"Q": Response({"all": Counts.of(votes)}, None, 2)})
