"""The sample: complete, believable, harmless, and made once."""

import time
from pathlib import Path

import pytest

from fieldkit.core.ids import ScopeId
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.sample.operations import load_sample
from fieldkit.tools.strategy import operations as strategy
from fieldkit.workspace.workspace import Workspace


@pytest.fixture
def sample(ws: Workspace) -> ScopeId:
    return load_sample(ws, ws.paths.resources)


@pytest.fixture
def first_round(ws: Workspace, sample: ScopeId) -> ScopeId:
    return assessment.rounds(ws, sample)[0].scope


def test_nineteen_people_sit_in_four_groups_of_at_least_four_and_one_of_two(
    ws: Workspace, sample: ScopeId
) -> None:
    heads = sorted(g.heads for g in engagement.groups(ws, sample))
    assert sum(heads) == 19
    assert heads[0] == 2
    assert len(heads) == 5
    assert min(heads[1:]) >= 4


def test_all_questions_are_answered_and_nothing_is_left_to_settle(
    ws: Workspace, first_round: ScopeId
) -> None:
    checklist = assessment.checklist_of(ws, first_round)
    found = assessment.results(ws, first_round, checklist)
    assert (found.tally.total, found.tally.unanswered) == (69, 0)
    assert (found.tally.na, found.tally.unknown) == (1, 1)
    assert found.tally.split > 5
    assert found.perceptions
    assert not found.missing_reasons
    assert not assessment.to_settle(ws, first_round, checklist)
    assert set(found.to_rate) == set(found.ratings)
    assert sum(len(held) for held in found.attachments.values()) == 2


def test_the_votes_of_the_group_of_two_are_hidden_and_no_group_shrinks_to_show_them(
    ws: Workspace, sample: ScopeId, first_round: ScopeId
) -> None:
    small = next(str(g.id) for g in engagement.groups(ws, sample) if g.heads == 2)
    held = assessment.batches(ws, first_round)
    assert len({b.question for b in held}) == 69
    assert all(b.group != small and b.counts.votes >= 3 for b in held)


def test_the_strategy_has_three_priorities_from_answers_and_two_actions(
    ws: Workspace, sample: ScopeId
) -> None:
    begun = strategy.strategies(ws, sample)[0]
    priorities = strategy.priorities(ws, begun.scope)
    assert [p.confirmed for p in priorities] == [True, True, False]
    assert all(p.question and p.level for p in priorities)
    assert {a.priority for a in strategy.actions(ws, begun.scope)} == {p.id for p in priorities[:2]}
    assert begun.problem
    assert begun.vision


def test_loading_twice_makes_one_and_brings_an_archived_one_back(
    ws: Workspace, sample: ScopeId
) -> None:
    engagement.archive(ws, sample)
    assert load_sample(ws, ws.paths.resources) == sample
    assert [e.scope for e in engagement.engagements(ws)] == [sample]


def test_no_text_of_the_sample_looks_like_a_person_or_a_case(
    ws: Workspace, sample: ScopeId
) -> None:
    scopes = [sample, *(row.id for row in ws.scopes(parent=sample))]
    texts = engagement.free_texts(ws, scopes, schema())
    assert len(texts) > 50
    assert [(t.text, t.findings) for t in texts if t.findings] == []


def test_the_sample_keeps_to_its_words_of_training(ws: Workspace, sample: ScopeId) -> None:
    profile = engagement.engagement(ws, sample)
    assert profile.training
    assert not profile.terms.consent
    assert profile.non_attribution


def test_loading_takes_less_than_a_second(ws: Workspace, tmp_path: Path) -> None:
    started = time.perf_counter()
    load_sample(ws, ws.paths.resources)
    assert time.perf_counter() - started < 2, "a second, with room for a busy machine"
