"""Answers, batches, rounds, targets and ratings go to records and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.ids import EntityId, ScopeId, WriterId, natural_id
from fieldkit.core.op import Dot
from fieldkit.core.record import Record, Version
from fieldkit.tools.assessment.model import (
    Answer,
    Ballot,
    Batch,
    Counts,
    ModelRef,
    Note,
    Rating,
    Round,
    Target,
    alternatives,
    answers_by_question,
    total,
)
from fieldkit.tools.assessment.tool import TOOL

SCOPE = ScopeId("0" * 32)


def test_an_answer_goes_to_a_record_and_back():
    held = Answer("LDR.1", 3, "why", "", "another view", 0, "seen", "said", True, True)
    record = held.as_record(SCOPE)
    assert record.id == natural_id(SCOPE, "answer", "LDR.1")
    assert Answer.from_record(record) == held


def test_an_empty_answer_writes_nothing_but_its_question():
    assert Answer("LDR.1").as_record(SCOPE).fields == {"question": "LDR.1"}


def test_named_fields_are_written_even_when_they_are_emptied():
    record = Answer("LDR.1", None, comment="kept").as_record(SCOPE, ("level", "reason"))
    assert record.fields == {"question": "LDR.1", "level": None, "reason": ""}


def test_evidence_of_nought_is_something_said():
    assert Answer("Q", evidence=0).as_record(SCOPE).fields["evidence"] == 0


@pytest.mark.parametrize("level", [0, 6, True, "3", "maybe", [], {}, 10**30, -1])
def test_a_level_that_cannot_be_is_no_level(level):
    record = Record(SCOPE, "answer", EntityId("1" * 32), {"question": "Q", "level": level})
    assert Answer.from_record(record).level is None


@pytest.mark.parametrize("grade", [4, -1, True, "2", []])
def test_an_evidence_grade_that_cannot_be_is_none(grade):
    record = Record(SCOPE, "answer", EntityId("1" * 32), {"question": "Q", "evidence": grade})
    assert Answer.from_record(record).evidence is None


def test_an_open_difference_leaves_every_pair_of_level_and_evidence_possible():
    held = Answer("Q", 3, evidence=1).as_record(SCOPE)

    def versions(*values):
        return tuple(
            Version(v, Dot(WriterId("2" * 32), n), n, 0, "", ours=False)
            for n, v in enumerate(values)
        )

    record = Record(
        SCOPE, "answer", held.id, held.fields,
        {"level": versions(1, "dk"), "evidence": versions(0, 3)},
    )  # fmt: skip
    found = [(a.level, a.evidence) for a in alternatives(record)]
    assert found == [(1, 0), (1, 3), ("dk", 0), ("dk", 3)]


def test_answers_are_found_by_question_and_forged_ones_are_left_out():
    real = Answer("Q", 3).as_record(SCOPE)
    forged = Record(SCOPE, "answer", EntityId("1" * 32), {"question": "Q", "level": 5})
    bare = Record(SCOPE, "answer", EntityId("3" * 32), {})
    assert answers_by_question([forged, real, bare]) == {"Q": real}


def test_a_batch_goes_to_a_record_and_back():
    held = Batch(
        "Q", "g", Counts.of([1, 5, 5, "dk", "na", None]), "Room A", "2026-03-18", EntityId("1" * 32)
    )
    record = held.as_record(SCOPE)
    assert record.fields["counts"] == {"1": 1, "5": 2, "dk": 1, "na": 1, "blank": 1}
    assert Batch.from_record(record) == held


@pytest.mark.parametrize("counts", [None, 3, "x", [], {"1": -4}, {"1": True}, {"2": 10**9}, {}])
def test_counts_that_cannot_be_count_as_none(counts):
    record = Record(SCOPE, "batch", EntityId("1" * 32), {"question": "Q", "counts": counts})
    held = Batch.from_record(record)
    assert not held.counts
    assert held.group == "other"


choice = st.one_of(st.integers(1, 5), st.sampled_from(["dk", "na", None]))


@given(st.lists(choice))
def test_counts_go_to_a_value_and_back(choices):
    counts = Counts.of(choices)
    assert Counts.from_value(counts.as_value()) == counts
    assert counts.votes + counts.blank == len(choices)


@given(st.lists(choice), st.lists(choice))
def test_counts_add_up(one, other):
    assert total([Counts.of(one), Counts.of(other)]) == Counts.of(one + other)


@given(st.lists(choice), choice)
def test_one_more_and_one_fewer_of_a_choice_cancel_out(choices, one):
    counts = Counts.of(choices)
    assert counts.changed(one).count(one) == counts.count(one) + 1
    assert counts.changed(one).changed(one, -1) == counts
    assert counts.changed(one, -100).count(one) == 0


def test_a_ballot_lives_in_a_draft_field_and_is_cleared_when_empty():
    held = Ballot("Q", "g1", Counts.of([3, "dk"]))
    assert held.field == "ballot/g1"
    assert held.as_draft() == {"3": 1, "dk": 1}
    assert Ballot.from_draft("Q", held.field, held.as_draft()) == held
    assert Ballot("Q", "g1").as_draft() is None
    assert Ballot.from_draft("Q", "reason", "half a text") is None


def test_a_round_goes_to_a_record_and_back():
    held = Round("First", "quick", "North", "closed", ModelRef("m", "1.0", "ab"), "2026-03-18", "Q")
    record = held.as_record(SCOPE)
    assert record.id == Round.id_in(SCOPE)
    assert Round.from_record(record) == held
    assert held.as_record(SCOPE, ("last",)).fields == {"last": "Q"}


def test_an_unknown_mode_state_or_model_of_a_round_falls_back():
    fields = {"mode": "huge", "state": "??", "model": {"id": 3}}
    held = Round.from_record(Record(SCOPE, "round", Round.id_in(SCOPE), fields))
    assert (held.mode, held.state, held.model) == ("full", "open", ModelRef())
    assert Round.from_record(Record(SCOPE, "round", Round.id_in(SCOPE), {"model": 7})) == Round()


def test_targets_and_ratings_go_to_records_and_back():
    target, rating = Target("Q", 4), Rating("Q", 5, None, 1)
    assert Target.from_record(target.as_record(SCOPE)) == target
    assert Rating.from_record(rating.as_record(SCOPE)) == rating
    assert rating.as_record(SCOPE).fields == {"question": "Q", "need": 5, "feasibility": 1}
    assert rating.as_record(SCOPE, ("harm",)).fields == {"question": "Q", "harm": None}


def test_a_target_taken_back_is_the_default():
    assert Target("Q").as_record(SCOPE).fields == {"question": "Q", "level": None}
    assert (
        Target.from_record(Record(SCOPE, "target", EntityId("1" * 32), {"level": 9})).level is None
    )


def test_a_note_belongs_to_one_question_of_one_round():
    private, first, second = ScopeId("a" * 32), ScopeId("b" * 32), ScopeId("c" * 32)
    note = Note(first, "Q", "ask again").as_record(private)
    assert note.fields == {"question": "Q", "text": "ask again"}
    assert note.id != Note(second, "Q").as_record(private).id


def test_every_written_field_is_declared_on_the_plate():
    written = [
        Answer("Q", 1, "r", "n", "d", 1, "t", "c", True, True).as_record(SCOPE),
        Batch("Q", "g", Counts.of([1]), "p", "2026-03-18", EntityId("1" * 32)).as_record(SCOPE),
        Round("t", "full", "u", "open", ModelRef("m"), "d", "Q", "s").as_record(SCOPE),
        Target("Q", 1).as_record(SCOPE),
        Rating("Q", 1, 1, 1).as_record(SCOPE),
        Note(SCOPE, "Q", "t").as_record(SCOPE),
    ]
    plates = {plate.name: plate for plate in TOOL.kinds}
    for record in written:
        assert {f.name for f in plates[record.kind].fields} == set(record.fields)


def test_free_texts_and_votes_are_committed_and_levels_are_not():
    free = {f"{p.name}.{f.name}" for p in TOOL.kinds for f in p.fields if f.free}
    assert free == {
        "round.title", "round.unit", "round.summary", "answer.reason", "answer.na_reason",
        "answer.dissent", "answer.evidence_text", "answer.comment", "batch.counts", "batch.pile",
        "attachment.file", "attachment.register_no", "note.text",
    }  # fmt: skip


def test_own_notes_live_in_the_private_scope_only():
    assert [p.name for p in TOOL.kinds if p.scope != "assessment"] == ["note"]
    assert {p.name: p.scope for p in TOOL.kinds}["note"] == "private"
