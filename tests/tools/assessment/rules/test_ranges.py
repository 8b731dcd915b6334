"""While differences are open, results run from lowest to highest."""

from fractions import Fraction

import pytest

from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import Dot
from fieldkit.core.record import Record, Version
from fieldkit.tools.assessment.model import Answer, Batch, Counts
from fieldkit.tools.assessment.rules import Response, possible_responses, say, score, score_range
from fieldkit.tools.assessment.rules.ranges import Range

SCOPE = ScopeId("0" * 32)
WRITER = WriterId("1" * 32)


def version(value, seq=1, withheld=False):
    return Version(value, Dot(WRITER, seq), seq, 0, "Writer 1", ours=True, withheld=withheld)


def answer(question, level, evidence=3, differing=None):
    held = Answer(question, level, evidence=evidence).as_record(SCOPE)
    versions = {
        name: tuple(version(v, i) for i, v in enumerate(values))
        for name, values in (differing or {}).items()
    }
    return Record(held.scope, held.kind, held.id, held.fields, versions)


def batch(question, counts, *standing):
    held = Batch(question, "g", counts, id=EntityId("2" * 32)).as_record(SCOPE)
    differing = {"counts": tuple(version(c.as_value()) for c in standing)} if standing else {}
    return Record(held.scope, held.kind, held.id, held.fields, differing)


def two(make):
    return make({"A": ("foundation", [], {"a": {}}), "B": ("safeguard", [], {"b": {}})})


def test_an_open_level_gives_a_range_and_no_stage(make):
    checklist = two(make)
    records = [answer("a", 3, differing={"level": (1, 3)}), answer("b", 3)]
    found = score_range(checklist, possible_responses(records, []))
    assert found.is_open
    assert found.open_questions == ("a",)
    assert found.dimension("stated", "A") == Range(Fraction(1), Fraction(3))
    assert found.overall("stated") == Range(Fraction(2), Fraction(3))
    assert found.stage("stated") is None
    assert say(found.overall("stated").step(), Words()) == "2.00 to 3.00"


def test_the_stage_stands_where_both_runs_agree(make):
    checklist = two(make)
    records = [answer("a", 3, differing={"level": (3, 4)}), answer("b", 3)]
    assert score_range(checklist, possible_responses(records, [])).stage("stated") == "C"


def test_an_open_evidence_grade_moves_the_evidenced_track_only(make):
    checklist = two(make)
    records = [answer("a", 5, 0, {"evidence": (0, 3)}), answer("b", 3)]
    found = score_range(checklist, possible_responses(records, []))
    assert found.dimension("evidenced", "A") == Range(Fraction(2), Fraction(5))
    assert found.dimension("stated", "A").is_single


def test_a_level_against_not_known_may_leave_no_score(make):
    checklist = two(make)
    found = score_range(
        checklist, possible_responses([answer("a", 2, differing={"level": ("dk", 2)})], [])
    )
    assert say(found.dimension("stated", "A").step(), Words()) == "2.00 or no score"
    assert say(found.dimension("stated", "B").step(), Words()) == "no score"


def test_a_taken_back_level_falls_to_the_votes(make):
    checklist = two(make)
    votes = batch("a", Counts.of([4, 4, 4]))
    found = score_range(
        checklist, possible_responses([answer("a", 2, differing={"level": (None, 2)})], [votes])
    )
    assert found.dimension("stated", "A") == Range(Fraction(2), Fraction(4))


def test_counts_that_differ_give_a_range_too(make):
    checklist = two(make)
    low, high = Counts.of([1, 1, 1]), Counts.of([4, 4, 4])
    found = score_range(checklist, possible_responses([], [batch("a", high, high, low)]))
    assert found.dimension("stated", "A") == Range(Fraction(1), Fraction(4))


def test_without_differences_there_is_one_run(make):
    checklist = two(make)
    records = [answer("a", 2), answer("b", 3)]
    found = score_range(checklist, possible_responses(records, []))
    assert not found.is_open
    assert found.lowest is found.highest
    assert found.lowest == score(checklist, {"a": Response({}, 2, 3), "b": Response({}, 3, 3)})
    assert say(found.dimension("stated", "A").step(), Words()) == "2.00"


def test_a_withheld_version_counts_for_nothing(make):
    held = answer("a", 2)
    differing = {"level": (version(None, withheld=True), version(2, 2))}
    record = Record(held.scope, held.kind, held.id, held.fields, differing)
    assert possible_responses([record], []) == {"a": [Response({}, 2, 3)]}


def test_an_answer_that_claims_another_question_is_left_out():
    held = answer("a", 5)
    forged = Record(held.scope, held.kind, held.id, {**held.fields, "question": "b"})
    assert possible_responses([forged], []) == {}


def test_a_range_is_always_told_from_low_to_high(make):
    """A question that drops out can raise the mean of the rest."""
    checklist = make({"A": ("use", [], {q: {} for q in "abc"})})
    records = [answer("a", 1, differing={"level": ("dk", 1)}), answer("b", 5), answer("c", 5)]
    found = score_range(checklist, possible_responses(records, []))
    assert found.dimension("stated", "A") == Range(Fraction(11, 3), Fraction(5))


@pytest.mark.parametrize(
    ("low", "high", "single"), [(None, None, True), (1, None, False), (2, 2, True)]
)
def test_a_range_is_single_where_both_ends_agree(low, high, single):
    ends = [None if v is None else Fraction(v) for v in (low, high)]
    assert Range(*ends).is_single == single
