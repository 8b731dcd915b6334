"""From votes and what was recorded to one level for each question."""

from fractions import Fraction

import pytest

from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.model import Answer, Batch, Counts, Question
from fieldkit.tools.assessment.rules import Response, response_of_ballots, responses, say
from fieldkit.tools.assessment.rules.consolidate import consolidate

PLAIN = Question("Q", "DIM")
WITH_NA = Question("Q", "DIM", na_when="no such role")


def told(question, *choices, recorded=None, evidence=0):
    response = response_of_ballots(["g"] * len(choices), choices, recorded, evidence)
    held = consolidate(question, response)
    return held.status, held.level


@pytest.mark.parametrize(
    ("question", "choices", "result"),
    [
        (PLAIN, (3, 2, 2, None), ("answered", 2)),
        (WITH_NA, ("na", "na", 3, "na"), ("na", None)),
        (WITH_NA, ("na", 3), ("answered", 3)),
        (PLAIN, ("na", "na", 3), ("answered", 3)),
        (PLAIN, ("na", "na"), ("unanswered", None)),
        (PLAIN, (), ("unanswered", None)),
        (PLAIN, (None, None), ("unanswered", None)),
        (PLAIN, ("dk", None), ("unknown", None)),
        (PLAIN, ("dk", "dk", 3), ("unknown", None)),
        (PLAIN, ("dk", 3), ("answered", 3)),
    ],
)
def test_votes_give_a_status_and_a_level(question, choices, result):
    assert told(question, *choices) == result


def test_an_agreed_level_stands_above_the_votes():
    assert told(PLAIN, 4, 1, 2, "dk", recorded=1) == ("answered", 1)


def test_what_the_facilitator_recorded_without_votes_stands():
    assert told(PLAIN, recorded=4) == ("answered", 4)
    assert told(PLAIN, recorded="dk") == ("unknown", None)
    assert told(WITH_NA, 3, recorded="na") == ("na", None)


def test_not_applicable_is_only_an_answer_where_the_question_allows_it():
    assert told(PLAIN, 2, 2, recorded="na") == ("answered", 2)


def test_four_states_have_four_reasons():
    said = {
        say(consolidate(WITH_NA, response).steps[0], Words())
        for response in (
            Response({}, 3),
            Response({}, "dk"),
            Response({}, "na"),
            Response(),
            Response({"g": Counts.of([2, 2])}, 3),
            Response({"g": Counts.of([2, 2])}),
            Response({"g": Counts.of(["na", "na"])}),
            Response({"g": Counts.of(["dk"])}),
        )
    }
    assert said == {
        "Recorded level: 3, without a vote.",
        "Recorded as not known.",
        "Recorded as not applicable.",
        "Not answered yet.",
        "Agreed level: 3. The middle of the votes was 2.",
        "Middle of the votes: 2 (votes with a level: 2).",
        "Not applicable: 2 of 2 votes say so.",
        'Not known: votes for "don\'t know" 1, votes with a level 0.',
    }


def confidence(response):
    return consolidate(PLAIN, response).confidence


def test_confidence_weighs_evidence_agreement_and_known_share():
    votes = {"g": Counts.of([3, 2, 2, None])}
    expected = Fraction(1, 2) * Fraction(2, 3) + Fraction(3, 10) * Fraction(5, 6)
    assert confidence(Response(votes, None, 2)) == expected + Fraction(1, 5) * Fraction(3, 4)


def test_confidence_comes_from_the_votes_before_the_agreed_level():
    votes = {"g": Counts.of([1, 5, 3])}
    assert confidence(Response(votes, 3, 1)) == confidence(Response(votes, None, 1))


def test_a_level_recorded_without_votes_counts_as_one_voice():
    assert confidence(Response({}, 3, 0)) == confidence(Response({"g": Counts.of([3])}, None, 0))


def test_a_level_agreed_where_nobody_gave_one_rests_on_evidence_alone():
    assert confidence(Response({"g": Counts.of(["dk", "dk"])}, 3, 3)) == Fraction(1, 2)


def test_a_question_without_level_has_no_confidence():
    assert confidence(Response()) == 0


def test_answers_and_batches_come_together_by_question():
    answers = [Answer("A", level=3, evidence=2), Answer("B")]
    batches = [
        Batch("A", "x", Counts.of([1, 2, 3])),
        Batch("A", "x", Counts.of([5])),
        Batch("C", "y", Counts.of([4])),
    ]
    assert responses(answers, batches) == {
        "A": Response({"x": Counts.of([1, 2, 3, 5])}, 3, 2),
        "B": Response(),
        "C": Response({"y": Counts.of([4])}),
    }
