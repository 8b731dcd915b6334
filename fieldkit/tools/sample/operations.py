"""Load the sample engagement into a workspace, through the operations of the tools."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fieldkit.content import load_pack
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import Answer, Counts, Rating
from fieldkit.tools.assessment.operations import Pile, RoundPlan
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement, Group, Terms
from fieldkit.tools.strategy import operations as strategy
from fieldkit.tools.strategy.model import Action
from fieldkit.workspace.workspace import Workspace

Tree = Mapping[str, Any]
KEYS: Mapping[str, int | str | None] = {"d": "dk", "n": "na", "b": None}
MARK = "SAMPLE-LINDMOOR"


def load_sample(ws: Workspace, resources: Path, *, by: object | None = None) -> ScopeId:
    """Return the sample engagement of this workspace, made where there is none yet.

    It is known by the mark that stands as its reference; an archived one is brought back.
    """
    held = find_sample(ws)
    if held is not None:
        if held.archived:
            engagement.unarchive(ws, held.scope, by=by)
        return held.scope
    folder = resources / "sample"
    profile = _read(folder / "engagement.toml")
    scope, _ = engagement.create(ws, _profile(profile), groups=_groups(profile), by=by)
    round_scope = _assess(ws, scope, resources, profile, by)
    _plan(ws, round_scope, _read(folder / "strategy.toml"), by)
    return scope


def find_sample(ws: Workspace) -> Engagement | None:
    """Return the sample engagement held, or nothing."""
    held = (*engagement.engagements(ws), *engagement.engagements(ws, archived=True))
    return next((e for e in held if e.training and e.terms.reference == MARK), None)


def _read(path: Path) -> Tree:
    return tomllib.loads(path.read_text("utf-8"))


def _profile(tree: Tree) -> Engagement:
    held = tree["engagement"]
    return Engagement(
        agency=held["agency"],
        kind=held["kind"],
        size=held["size"],
        place=held["place"],
        languages=tuple(held["languages"]),
        terms=Terms(reference=MARK),
        training=True,
        started=held["started"],
    )


def _groups(tree: Tree) -> Sequence[Group]:
    return [Group(g["name"], g["category"], g["heads"]) for g in tree["groups"]]


def _assess(
    ws: Workspace, parent: ScopeId, resources: Path, profile: Tree, by: object | None
) -> ScopeId:
    held = profile["round"]
    pack = load_pack(resources / "content" / "assessment")
    plan = RoundPlan(held["title"], day=held["day"])
    scope, _ = assessment.start_round(ws, parent, pack, plan, by=by)
    titled = replace(assessment.round_of(ws, scope), summary=held["summary"])
    assessment.change_round(ws, scope, titled, by=by)
    _answer(ws, scope, _read(resources / "sample" / "answers.toml"), held["pile"], by)
    _plan_ahead(ws, scope, profile, by)
    for one in profile["attachments"]:
        source = resources / "sample" / "attachments" / one["file"]
        assessment.attach(ws, scope, one["question"], source, one["register_no"], by=by)
    return scope


def _answer(ws: Workspace, scope: ScopeId, tree: Tree, pile: str, by: object | None) -> None:
    groups = tuple(assessment.respondents(ws, scope))
    rows: Sequence[Tree] = tree["answers"]
    votes = {row["question"]: _votes(groups, row["votes"]) for row in rows}
    assessment.enter_votes(ws, scope, votes, pile=Pile(pile), by=by)
    checklist = assessment.checklist_of(ws, scope)
    answers = [Answer(**{k: v for k, v in row.items() if k != "votes"}) for row in rows]
    assessment.enter_answers(ws, scope, checklist, answers, by=by)


def _votes(groups: Sequence[str], ballots: Sequence[str]) -> dict[str, Counts]:
    return {
        group: Counts.of(KEYS[key] if key in KEYS else int(key) for key in row)
        for group, row in zip(groups, ballots, strict=True)
    }


def _plan_ahead(ws: Workspace, scope: ScopeId, tree: Tree, by: object | None) -> None:
    for question, level in tree["targets"].items():
        assessment.set_target(ws, scope, question, level, by=by)
    for question, numbers in tree["ratings"].items():
        assessment.rate(ws, scope, Rating(question, *numbers), by=by)


def _plan(ws: Workspace, source: ScopeId, tree: Tree, by: object | None) -> None:
    held = tree["strategy"]
    plan = strategy.Plan(held["title"], Words(), held["period"])
    questions = [row["question"] for row in tree["priorities"]]
    scope, _ = strategy.start_from(ws, source, questions, plan, by=by)
    for field in ("problem", "vision"):
        strategy.write(ws, scope, field, held[field], by=by)
    made = {p.question: p for p in strategy.priorities(ws, scope)}
    for row in tree["priorities"]:
        if row.get("title"):
            changed = replace(made[row["question"]], title=row["title"], why=row["why"])
            strategy.edit_priority(ws, changed, by=by)
    for row in tree["actions"]:
        priority: EntityId = made[row["question"]].id
        action = Action(row["title"], priority, row["text"], row["owner"], row["due"])
        strategy.add_action(ws, scope, action, by=by)
