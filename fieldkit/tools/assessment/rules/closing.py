"""Closing: what still stands in the way of closing a round, and what a quick scan may not do."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import NOT_APPLICABLE, QUICK, Answer, Checklist, Round
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.scores import Scores
from fieldkit.tools.assessment.rules.votes import RECONCILE

INDICATIVE = N_("Indicative: quick scan")


@dataclass(frozen=True, slots=True)
class Missing:
    """A recorded level that needs a reason: the question, and why one is asked for."""

    question: str
    why: Step


def may_close(scores: Scores) -> list[str]:
    """Return the questions whose votes are too far apart to close the round; none means it may."""
    return [name for name, held in scores.base.items() if held.votes.flag == RECONCILE]


def missing_reasons(
    checklist: Checklist, scores: Scores, answers: Mapping[str, Answer]
) -> list[Missing]:
    """Return the recorded levels that differ from the middle, and the n/a, without a reason."""
    found: list[Missing] = []
    for question in checklist.questions:
        answer = answers.get(question.id)
        median = scores.base[question.id].votes.median
        why = _why_asked(answer, median) if answer else None
        if why is not None:
            found.append(Missing(question.id, why))
    return found


def _why_asked(answer: Answer, median: int | None) -> Step | None:
    if answer.level == NOT_APPLICABLE:
        text = N_("Not applicable: say why.")
        return None if answer.na_reason.strip() else step(text)
    if not isinstance(answer.level, int) or median is None or answer.level == median:
        return None
    text = N_("Agreed {level}, while the middle of the votes is {median}: say why.")
    return None if answer.reason.strip() else step(text, level=answer.level, median=median)


def is_indicative(held: Round) -> bool:
    """Say whether the result is only indicative: a quick scan has no targets and stays at home."""
    return held.mode == QUICK


def asked(checklist: Checklist, held: Round) -> Checklist:
    """Return the questions a round asks: all, or those of the quick scan."""
    return checklist.quick() if held.mode == QUICK else checklist
