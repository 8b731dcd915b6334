"""Answers file: what a round says, as JSON that `fieldkit score` reads too."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldkit.cli.call import Json
from fieldkit.cli.score_input import read_answers, read_json
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import (
    FULL,
    OTHER,
    QUICK,
    Answer,
    Checklist,
    Counts,
    Rating,
    Round,
)
from fieldkit.tools.assessment.rules import Response
from fieldkit.tools.assessment.rules.votes import visible_groups
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Group
from fieldkit.workspace.workspace import Workspace

FORMAT = "fieldkit-answers/1"
TEXTS = ("reason", "na_reason", "dissent", "evidence_text", "comment")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole answers file: the round it speaks of, counted votes by question, and the rest."""

    round: Round
    votes: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    answers: Sequence[Answer] = ()
    targets: Mapping[str, int | None] = field(default_factory=dict)
    ratings: Mapping[str, Rating] = field(default_factory=dict)


def read_sheet(path: Path, checklist: Checklist) -> Sheet:
    """Read an answers file, trusting nothing in it."""
    tree = read_json(path)
    root: Mapping[str, object] = tree if isinstance(tree, Mapping) else {}
    held = _round(root.get("round"))
    asked = checklist.quick() if held.mode == QUICK else checklist
    given = read_answers(path, asked)
    said = root.get("answers")
    named: Mapping[str, object] = said if isinstance(said, Mapping) else {}
    answers = [_read_answer(q, value, given.responses[q]) for q, value in named.items()]
    votes = {q: counted for q in named if (counted := _counted(given.responses[q]))}
    return Sheet(held, votes, answers, given.targets, given.ratings)


def _round(value: object) -> Round:
    held = value if isinstance(value, Mapping) else {}
    title, unit, day, summary = (
        str(held.get(name) or "") for name in ("title", "unit", "day", "summary")
    )
    mode = QUICK if held.get("mode") == QUICK else FULL
    return Round(title, mode, unit, day=day if _is_day(day) else "", summary=summary)


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _counted(response: Response) -> dict[str, Counts]:
    return {group: counts for group, counts in response.groups.items() if counts.votes}


def _read_answer(question: str, value: object, response: Response) -> Answer:
    held: Mapping[str, object] = value if isinstance(value, Mapping) else {}
    reason, na_reason, dissent, evidence_text, comment = (
        _text(question, name, held.get(name)) for name in TEXTS
    )
    return Answer(
        question,
        response.recorded,
        reason,
        na_reason,
        dissent,
        None if held.get("e") is None else response.evidence,
        evidence_text,
        comment,
        held.get("review") is True,
    )


def _text(question: str, name: str, value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    text = N_("{name} of {question} must be a text. Correct it and try again.")
    raise UserError("E_ANSWERS_TEXT", text, name=name, question=question)


def document_of(ws: Workspace, scope: ScopeId) -> dict[str, Json]:
    """Return a round as an answers file: votes as counts of groups, never as single ballots."""
    parent = engagement.engagement_of(ws, scope)
    groups = engagement.groups(ws, parent)
    limit = engagement.engagement(ws, parent).small_limit
    held = assessment.round_of(ws, scope)
    batches = assessment.batches(ws, scope)
    names = named_groups(groups)
    answers = {
        q.id: _answer(
            assessment.answer_of(ws, scope, q.id),
            visible_groups([b for b in batches if b.question == q.id], limit),
            names,
        )
        for q in assessment.checklist_of(ws, scope).questions
    }
    return {
        "format": FORMAT,
        "round": _about(held),
        "groups": [{"name": g.name, "category": g.category, "heads": g.heads} for g in groups],
        "answers": {question: said for question, said in answers.items() if said},
        "targets": {q: level for q, level in assessment.targets(ws, scope).items() if level},
        "ratings": {
            q: [r.need, r.harm, r.feasibility]
            for q, r in assessment.ratings(ws, scope).items()
        },
    }  # fmt: skip


def named_groups(groups: Sequence[Group]) -> dict[str, str]:
    """Return a name for each group id; where two groups bear one name, the later keeps its id."""
    found: dict[str, str] = {}
    for group in groups:
        taken = group.name in found.values() or group.name == OTHER
        found[str(group.id)] = str(group.id) if taken else group.name
    return found


def _about(held: Round) -> Json:
    return {
        "title": held.title,
        "mode": held.mode,
        "unit": held.unit,
        "day": held.day,
        "summary": held.summary,
        "model": {"id": held.model.id, "version": held.model.version},
    }


def _answer(held: Answer, votes: Mapping[str, Counts], names: Mapping[str, str]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if votes:
        found["votes"] = {
            names.get(group, OTHER): dict(_plain(counts)) for group, counts in votes.items()
        }
    if held.level is not None:
        found["consensus"] = held.level
    if held.evidence is not None:
        found["e"] = held.evidence
    found |= {name: text for name in TEXTS if (text := getattr(held, name))}
    return found | ({"review": True} if held.review else {})


def _plain(counts: Counts) -> dict[str, int]:
    return {name: count for name, count in counts.as_value().items() if isinstance(count, int)}
