"""A made-up round with votes, reasons, evidence and ratings: enough to show all of its results."""

from dataclasses import dataclass, replace

from fieldkit.content import Pack
from fieldkit.core.ids import ScopeId
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.model import Checklist, Rating
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement, Group
from fieldkit.workspace.workspace import Workspace

GROUPS = (
    Group("Command", "leadership", 4),
    Group("Shift leaders", "operational", 5),
    Group("Investigators", "operational", 4),
    Group("IT", "technical", 2),
)
# By area, the level the room agreed on for each question in turn; ? and - as on the page.
LEVELS = {
    "LDR": "11211", "INN": "122212", "PRC": "222243", "DAT": "22112222", "ANI": "122?1n",
    "PPL": "133223", "CUL": "33322", "LAW": "22123", "OVS": "112122", "RGT": "231212",
    "ENG": "223233", "PAR": "2223",
}  # fmt: skip


@dataclass
class Filled:
    """A workspace with one engagement and its filled round."""

    ws: Workspace
    engagement: ScopeId
    scope: ScopeId
    checklist: Checklist
    groups: dict[str, str]


def fill(ws: Workspace, pack: Pack, levels: dict[str, str] = LEVELS) -> Filled:
    """Make the engagement and answer the round."""
    profile = Engagement(
        "Sample Regional Police", kind="police", place="Northern region", training=True
    )
    scope, _ = engagements.create(ws, profile, groups=GROUPS)
    held = answer_round(ws, scope, pack, ops.RoundPlan("First round", day="2026-03-18"), levels)
    names = {g.name: str(g.id) for g in engagements.groups(ws, scope)}
    made = Filled(ws, scope, held, ops.checklist_of(ws, held), names)
    speak(made)
    return made


def answer_round(
    ws: Workspace, parent: ScopeId, pack: Pack, plan: ops.RoundPlan, levels: dict[str, str]
) -> ScopeId:
    """Start a round and record a level for every question named."""
    scope, _ = ops.start_round(ws, parent, pack, plan)
    checklist = ops.checklist_of(ws, scope)
    for dimension in checklist.dimensions:
        for question, said in zip(dimension.questions, levels.get(dimension.id, ""), strict=False):
            if said == "?":
                ops.answer_unknown(ws, scope, question.id)
            elif said == "n" and question.allows_na:
                ops.answer_not_applicable(ws, scope, question, "No such unit in this service")
            elif said.isdigit():
                ops.answer(ws, scope, question.id, int(said))
                ops.grade_evidence(ws, scope, question.id, 2 if int(said) > 1 else 1)
    return scope


def speak(made: Filled) -> None:
    """Vote on a few questions, write texts, attach a file, set a target, rate."""
    ws, scope = made.ws, made.scope
    ballots = {
        "DAT.1": ("2233", "12111", "2222"),
        "DAT.2": ("4444", "21212", "2232"),
        "LDR.1": ("1111", "11111", "1111"),
        "OVS.2": ("3344", "11121", "22n2"),
    }
    for question, piles in ballots.items():
        for name, keys in zip(("Command", "Shift leaders", "Investigators"), piles, strict=True):
            for key in keys:
                ops.type_ballot(ws, scope, question, made.groups[name], key)
        ops.reveal(ws, scope, question)
    ops.answer(ws, scope, "DAT.2", 2, reason="Station records differ from the register")
    ops.answer(ws, scope, "OVS.2", 1, reason="The rule exists but nobody checks it")
    ops.write(ws, scope, "DAT.2", "dissent", "In the capital the two agree")
    ops.write(ws, scope, "DAT.1", "comment", "Ask Sergeant Ivan Petrovich about case no. 123/2025")
    ops.write(ws, scope, "DAT.1", "evidence_text", "Two registers and one screen seen")
    ops.grade_evidence(ws, scope, "LDR.2", 0)
    ops.set_target(ws, scope, "DAT.2", 4)
    ops.rate(ws, scope, Rating("DAT.1", need=5, harm=4, feasibility=4))
    ops.change_round(
        ws, scope, replace(ops.round_of(ws, scope), summary="Records first, tools later.")
    )
