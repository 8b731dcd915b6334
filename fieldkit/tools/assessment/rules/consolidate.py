"""Consolidate: from what was voted and recorded to one level for each question (rules 1 to 4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fieldkit.core.errors import N_
from fieldkit.tools.assessment.model import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Answer,
    Batch,
    Choice,
    Counts,
    Question,
    Recorded,
    total,
)
from fieldkit.tools.assessment.rules.explain import Step, step
from fieldkit.tools.assessment.rules.votes import HALF, VoteSummary, by_group, summarise

ANSWERED, NA, UNKNOWN, UNANSWERED = "answered", "na", "unknown", "unanswered"
MOST_EVIDENCE = 3
EVIDENCE_SHARE, AGREEMENT_SHARE, KNOWN_SHARE = Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Response:
    """What is known about one question: votes by group, what was recorded, the evidence."""

    groups: Mapping[str, Counts] = field(default_factory=dict)
    recorded: Recorded = None
    evidence: int = 0


NO_RESPONSE = Response()


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One question after rules 1 to 3: its status, its level and how sure it is."""

    status: str
    level: int | None
    votes: VoteSummary
    evidence: int
    confidence: Fraction
    steps: tuple[Step, ...]
    confidence_steps: tuple[Step, ...]


def response_of_ballots(
    groups: Sequence[str], choices: Sequence[Choice], recorded: Recorded = None, evidence: int = 0
) -> Response:
    """Count single ballots, given beside the group of each respondent."""
    sorted_choices: dict[str, list[Choice]] = {}
    for group, choice in zip(groups, choices, strict=True):
        sorted_choices.setdefault(group, []).append(choice)
    counts = {group: Counts.of(chosen) for group, chosen in sorted_choices.items()}
    return Response(counts, recorded, evidence)


def responses(answers: Iterable[Answer], batches: Iterable[Batch]) -> dict[str, Response]:
    """Put the recorded answers and the live batches of a round together, by question."""
    voted: dict[str, list[Batch]] = {}
    for batch in batches:
        voted.setdefault(batch.question, []).append(batch)
    found = {question: Response(by_group(held)) for question, held in voted.items()}
    for answer in answers:
        groups = found.get(answer.question, NO_RESPONSE).groups
        found[answer.question] = Response(groups, answer.level, answer.evidence or 0)
    return found


def consolidate(question: Question, response: Response) -> Consolidated:
    """Return the level of one question: what was agreed, else what the votes give."""
    counts = total(response.groups.values())
    recorded = response.recorded
    if recorded == NOT_APPLICABLE and not question.allows_na:
        recorded = None
    votes = summarise(counts, agreed=recorded is not None)
    if recorded is None:
        status, level, reason = _voted(question, votes)
    else:
        status, level, reason = _agreed(recorded, votes)
    confidence, confidence_step = _confidence(question.id, level, votes, response.evidence)
    return Consolidated(
        status, level, votes, response.evidence, confidence, (reason,), (confidence_step,)
    )


def _agreed(recorded: int | str, votes: VoteSummary) -> tuple[str, int | None, Step]:
    if recorded == NOT_APPLICABLE:
        return NA, None, step(N_("Recorded as not applicable."))
    if recorded == DONT_KNOW or not isinstance(recorded, int):
        return UNKNOWN, None, step(N_("Recorded as not known."))
    if votes.median is None:
        text = N_("Recorded level: {level}, without a vote.")
        return ANSWERED, recorded, step(text, level=recorded)
    text = N_("Agreed level: {level}. The middle of the votes was {median}.")
    return ANSWERED, recorded, step(text, level=recorded, median=votes.median)


def _voted(question: Question, votes: VoteSummary) -> tuple[str, int | None, Step]:
    counts = votes.counts
    if question.allows_na and 2 * counts.na > counts.numeric + counts.na:
        text = N_("Not applicable: {na} of {count} votes say so.")
        return NA, None, step(text, na=counts.na, count=counts.numeric + counts.na)
    if votes.median is None and not counts.dk:
        return UNANSWERED, None, step(N_("Not answered yet."))
    if votes.median is None or counts.dk > counts.numeric:
        text = N_('Not known: votes for "don\'t know" {dk}, votes with a level {count}.')
        return UNKNOWN, None, step(text, dk=counts.dk, count=counts.numeric)
    text = N_("Middle of the votes: {level} (votes with a level: {count}).")
    return ANSWERED, votes.median, step(text, level=votes.median, count=counts.numeric)


def _confidence(
    question: str, level: int | None, votes: VoteSummary, evidence: int
) -> tuple[Fraction, Step]:
    if level is None:
        return Fraction(0), step(N_("{question}: 0, it has no level."), question=question)
    agreement, known = _voices(votes)
    parts = (
        EVIDENCE_SHARE * Fraction(evidence, MOST_EVIDENCE),
        AGREEMENT_SHARE * agreement,
        KNOWN_SHARE * known,
    )
    text = N_("{question}: evidence {evidence} + agreement {agreement} + known {known} = {sum}")
    whole = sum(parts, Fraction(0))
    return whole, step(
        text, question=question, evidence=parts[0], agreement=parts[1], known=parts[2], sum=whole
    )


def _voices(votes: VoteSummary) -> tuple[Fraction, Fraction]:
    """Return agreement and known share; a level recorded without a vote is one voice alone."""
    if not votes.counts:
        return HALF, Fraction(1)
    return votes.agreement or Fraction(0), votes.known
