from dataclasses import replace

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as ops
from fieldkit.tools.engagement.model import Engagement, Group, Terms
from fieldkit.tools.engagement.rules import may_assess
from fieldkit.workspace.workspace import Workspace

GIVEN = Terms("given", "No. 5", consent=True, consent_role="Head of service")


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.raises(UserError, match=code)


def test_a_new_engagement_holds_its_profile_and_groups_in_order(ws: Workspace) -> None:
    rooms = [Group(n, "operational", 4) for n in ("A", "B", "C")]
    scope, changes = ops.create(ws, Engagement("  Police ", languages=("bs",)), groups=rooms)
    held = ops.engagement(ws, scope)
    assert (held.agency, held.languages, held.started) == ("Police", ("bs",), "2026-03-18")
    assert held.non_attribution
    assert [g.name for g in ops.groups(ws, scope)] == ["A", "B", "C"]
    assert changes.touched({"engagement", "group"})
    assert [e.scope for e in ops.engagements(ws)] == [scope]


def test_one_undo_takes_a_whole_engagement_back(ws: Workspace) -> None:
    scope, _ = ops.create(ws, Engagement("Police"), groups=[Group("A", "operational", 4)])
    ws.undo()
    assert ops.groups(ws, scope) == []


def test_an_agency_needs_a_name(ws: Workspace, training: ScopeId) -> None:
    with refused("E_AGENCY_NEEDED"):
        ops.create(ws, Engagement(" "))
    with refused("E_AGENCY_NEEDED"):
        ops.update(ws, replace(ops.engagement(ws, training), agency=""))


def test_only_what_changed_is_written(ws: Workspace, training: ScopeId) -> None:
    held = ops.engagement(ws, training)
    ops.update(ws, replace(held, place="Town"))
    ent = held.record().id
    assert len(ws.history(training, ent, "place", "engagement")) == 2
    assert len(ws.history(training, ent, "agency", "engagement")) == 1


def test_an_archived_engagement_leaves_the_list_and_comes_back(
    ws: Workspace, training: ScopeId
) -> None:
    ops.archive(ws, training)
    assert ops.engagements(ws) == []
    assert [e.scope for e in ops.engagements(ws, archived=True)] == [training]
    ops.unarchive(ws, training)
    assert [e.scope for e in ops.engagements(ws)] == [training]


def test_turning_training_real_asks_for_consent(ws: Workspace, training: ScopeId) -> None:
    with refused("E_CONSENT_NEEDED"):
        ops.make_real(ws, training, Terms())
    with refused("E_CONSENT_NEEDED"):
        ops.update(ws, replace(ops.engagement(ws, training), training=False))
    assert ops.engagement(ws, training).training
    ops.make_real(ws, training, GIVEN)
    held = ops.engagement(ws, training)
    assert not held.training
    assert held.terms == GIVEN


def test_consent_is_given_by_a_role_and_can_be_taken_back(ws: Workspace) -> None:
    scope, _ = ops.create(ws, Engagement("Police"))
    ops.set_terms(ws, scope, Terms("given", "No. 5"))
    with refused("E_ROLE_NEEDED"):
        ops.give_consent(ws, scope, " ")
    ops.give_consent(ws, scope, "Head of service")
    assert may_assess(ops.engagement(ws, scope))
    ops.withdraw_consent(ws, scope)
    assert not may_assess(ops.engagement(ws, scope))


def test_groups_are_added_changed_moved_and_removed(ws: Workspace, training: ScopeId) -> None:
    ops.add_group(ws, training, Group("Community", "external", 6))
    first, *_, last = ops.groups(ws, training)
    ops.move_group(ws, last, first.id)
    ops.edit_group(ws, replace(last, heads=7))
    names = [g.name for g in ops.groups(ws, training)]
    assert names == ["Community", "Command", "Shift leaders", "IT"]
    assert ops.groups(ws, training)[0].heads == 7
    ops.remove_group(ws, first)
    assert "Command" not in [g.name for g in ops.groups(ws, training)]


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (Group(" ", "operational", 3), "E_GROUP_NEEDED"),
        (Group("A", "friends", 3), "E_GROUP_NEEDED"),
        (Group("A", "operational", -1), "E_HEADS"),
    ],
)
def test_a_group_needs_name_category_and_a_number(
    ws: Workspace, training: ScopeId, group: Group, code: str
) -> None:
    with refused(code):
        ops.add_group(ws, training, group)


def test_every_free_text_that_would_go_out_is_listed_and_private_ones_never(
    ws: Workspace, room: object, training: ScopeId
) -> None:
    scope = ops.children(ws, training, "assessment")[0]
    assessment.write(ws, scope, "DAT.1", "comment", "Ivan Petrov showed it")
    assessment.write_note(ws, scope, "DAT.1", "I doubt it")
    private, opening = ops.private_scope(ws, training)
    assert opening == []
    found = ops.free_texts(ws, [training, scope, private], schema())
    texts = {(t.kind, t.field): t for t in found}
    assert texts["answer", "comment"].findings[0].text == "Ivan Petrov"
    assert texts["answer", "comment"].label == "Comment for the report"
    assert texts["engagement", "agency"].text == "Sample Police"
    assert {t.kind for t in found} == {"engagement", "group", "round", "answer"}
    assert all("doubt" not in t.text for t in found)


def test_a_scope_without_a_parent_is_its_own_engagement(ws: Workspace, training: ScopeId) -> None:
    assert ops.engagement_of(ws, training) == training
    assert ops.engagement_of(ws, ScopeId("f" * 32)) == "f" * 32
    assert ops.groups(ws, training)[0].id != EntityId("")
