"""Texts: which free texts a report prints, and how those withheld are taken out beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.tools.assessment.model import Answer, Round
from fieldkit.tools.assessment.model.attachments import Attachment
from fieldkit.tools.assessment.rules.results import Results

PRINTED: Mapping[str, frozenset[str]] = {
    "engagement": frozenset({"agency", "place", "reference", "reference_reason",
                             "reference_role", "consent_role"}),
    "group": frozenset({"name"}),
    "round": frozenset({"title", "unit", "summary"}),
    "answer": frozenset({"reason", "na_reason", "dissent", "evidence_text", "comment"}),
    "attachment": frozenset({"file", "register_no"}),
}  # fmt: skip


class Withholding(Protocol):
    """What is needed to leave texts out."""

    @property
    def scope(self) -> ScopeId:
        """The scope of the round."""

    @property
    def withheld(self) -> frozenset[str]:
        """The ids of the texts left out."""

    def group_names(self) -> dict[str, str]:
        """Return the names of the groups as they may be printed."""


def free_text_id(kind: str, ent: EntityId, field: str) -> str:
    """Return the name a free text is ticked by."""
    return f"{kind}/{ent}/{field}"


def is_printed(kind: str, field: str) -> bool:
    """Say whether a report prints this field."""
    return field in PRINTED.get(kind, frozenset())


def shown_results(results: Results, paper: Withholding) -> Results:
    """Return the results without the texts withheld, so that nothing after this can print them."""
    names = {**results.group_names, **paper.group_names()}
    return replace(
        results,
        round=_round(results.round, paper),
        answers={q: _answer(a, paper) for q, a in results.answers.items()},
        attachments={q: _files(held, paper) for q, held in results.attachments.items()},
        group_names=names,
    )


def _kept(kind: str, ent: EntityId, field: str, text: str, paper: Withholding) -> str:
    return "" if free_text_id(kind, ent, field) in paper.withheld else text


def _round(held: Round, paper: Withholding) -> Round:
    ent = Round.id_in(paper.scope)
    return replace(
        held,
        title=_kept("round", ent, "title", held.title, paper),
        unit=_kept("round", ent, "unit", held.unit, paper),
        summary=_kept("round", ent, "summary", held.summary, paper),
    )


def _answer(held: Answer, paper: Withholding) -> Answer:
    ent = Answer.id_in(paper.scope, held.question)
    return replace(
        held,
        reason=_kept("answer", ent, "reason", held.reason, paper),
        na_reason=_kept("answer", ent, "na_reason", held.na_reason, paper),
        dissent=_kept("answer", ent, "dissent", held.dissent, paper),
        evidence_text=_kept("answer", ent, "evidence_text", held.evidence_text, paper),
        comment=_kept("answer", ent, "comment", held.comment, paper),
    )


def _files(held: Sequence[Attachment], paper: Withholding) -> list[Attachment]:
    return [
        replace(
            one,
            name=_kept("attachment", one.id, "file", one.name, paper),
            register_no=_kept("attachment", one.id, "register_no", one.register_no, paper),
        )
        for one in held
    ]
