"""Answers: the agreed level, why, what else is said about a question; one's own note."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.core.op import Value
from fieldkit.core.record import Record
from fieldkit.tools.assessment.model import (
    DONT_KNOW,
    GRADES,
    LEVELS,
    NOT_APPLICABLE,
    Answer,
    Checklist,
    Note,
    Question,
    plain,
)
from fieldkit.tools.assessment.operations.reading import answer_of, check_open, votes_on
from fieldkit.tools.assessment.rules.votes import lower_median
from fieldkit.tools.engagement.operations import engagement_of, private_scope
from fieldkit.workspace.workspace import Workspace

TEXTS = frozenset({"reason", "na_reason", "dissent", "evidence_text", "comment"})
NOTE_LABEL = N_("Your own note: it stays on this computer and is never printed, shown or sent.")
COMMENT_LABEL = N_("Comment for the report: it is printed and sent.")


def middle(ws: Workspace, scope: ScopeId, question: str) -> int | None:
    """Return the middle of the revealed votes on a question."""
    return lower_median(votes_on(ws, scope, question))


def needs_reason(ws: Workspace, scope: ScopeId, question: str, level: int) -> bool:
    """Say whether an agreed level differs from the middle of the votes, so that it needs one."""
    median = middle(ws, scope, question)
    return median is not None and abs(level - median) >= 1


def answer(
    ws: Workspace,
    scope: ScopeId,
    question: str,
    level: int,
    *,
    reason: str | None = None,
    by: object | None = None,
) -> Changes:
    """Record the agreed level; where it differs from the middle it needs a reason."""
    check_open(ws, scope)
    if level not in LEVELS:
        raise UserError("E_LEVEL", N_("A level is a number from 1 to 5. Nothing was changed."))
    held = answer_of(ws, scope, question)
    said = held.reason if reason is None else reason
    if not said.strip() and needs_reason(ws, scope, question, level):
        _refuse_without_reason(level, middle(ws, scope, question))
    now = replace(held, level=level, reason=said)
    fields = ("level",) if reason is None else ("level", "reason")
    return _commit(ws, scope, now, fields, N_("Level agreed"), by)


def answer_unknown(
    ws: Workspace, scope: ScopeId, question: str, *, by: object | None = None
) -> Changes:
    """Record that the room does not know."""
    check_open(ws, scope)
    now = replace(answer_of(ws, scope, question), level=DONT_KNOW)
    return _commit(ws, scope, now, ("level",), N_("Answered: don't know"), by)


def answer_not_applicable(
    ws: Workspace, scope: ScopeId, question: Question, reason: str, *, by: object | None = None
) -> Changes:
    """Record that a question does not apply, and why."""
    check_open(ws, scope)
    _check_not_applicable(question, reason)
    now = replace(answer_of(ws, scope, question.id), level=NOT_APPLICABLE, na_reason=reason.strip())
    return _commit(ws, scope, now, ("level", "na_reason"), N_("Answered: not applicable"), by)


def enter_answers(
    ws: Workspace,
    scope: ScopeId,
    checklist: Checklist,
    answers: Sequence[Answer],
    *,
    by: object | None = None,
) -> Changes:
    """Write many whole answers as one command; each owes the reasons that one alone would owe."""
    check_open(ws, scope)
    for one in answers:
        _check_whole(ws, scope, checklist, one)
    return ws.commit([one.as_record(scope) for one in answers], by=by, label=N_("Answers entered"))


def _check_whole(ws: Workspace, scope: ScopeId, checklist: Checklist, one: Answer) -> None:
    question = checklist.by_id.get(one.question)
    if question is None:
        raise UserError(
            "E_ANSWERS_QUESTION",
            N_("The answers speak of {question}, which this round does not ask."),
            question=plain(one.question),
        )
    if one.level == NOT_APPLICABLE:
        _check_not_applicable(question, one.na_reason)
    elif isinstance(one.level, int) and not one.reason.strip():
        median = middle(ws, scope, one.question)
        if median is not None and one.level != median:
            raise UserError(
                "E_REASON_NEEDED",
                N_(
                    "{question}: the agreed level is {level}, the middle of the votes {median}. "
                    "Say in a few words why they differ."
                ),
                question=one.question,
                level=one.level,
                median=median,
            )


def _check_not_applicable(question: Question, reason: str) -> None:
    if not question.allows_na:
        raise UserError(
            "E_ALWAYS_APPLIES",
            N_(
                "{question} applies to every agency. Choose the level that fits, also if it is the "
                "first, or don't know. Nothing was changed."
            ),
            question=question.id,
        )
    if not reason.strip():
        raise UserError(
            "E_REASON_NEEDED",
            N_("Say in a few words why the question does not apply. The report lists it."),
        )


def clear_answer(
    ws: Workspace, scope: ScopeId, question: str, *, by: object | None = None
) -> Changes:
    """Take the answer back to unanswered; what was written about it stays."""
    check_open(ws, scope)
    now = replace(answer_of(ws, scope, question), level=None)
    return _commit(ws, scope, now, ("level",), N_("Answer cleared"), by)


def write(
    ws: Workspace,
    scope: ScopeId,
    question: str,
    field: str,
    text: str,
    *,
    by: object | None = None,
) -> Changes:
    """Write one text of an answer: reason, na_reason, dissent, evidence_text or comment."""
    check_open(ws, scope)
    if field not in TEXTS:
        raise KeyError(field)
    held = answer_of(ws, scope, question)
    if not text.strip():
        _check_may_be_empty(ws, scope, held, field)
    fields: dict[str, Value] = {"question": question, field: text}
    written = Record(scope, "answer", Answer.id_in(scope, question), fields)
    return ws.commit([written], by=by, label=N_("Text written"))


def _check_may_be_empty(ws: Workspace, scope: ScopeId, held: Answer, field: str) -> None:
    if field == "na_reason" and held.level == NOT_APPLICABLE:
        raise UserError(
            "E_REASON_NEEDED",
            N_("Say in a few words why the question does not apply. The report lists it."),
        )
    if field != "reason" or not isinstance(held.level, int):
        return
    if needs_reason(ws, scope, held.question, held.level):
        _refuse_without_reason(held.level, middle(ws, scope, held.question))


def _refuse_without_reason(level: int, median: int | None) -> None:
    raise UserError(
        "E_REASON_NEEDED",
        N_(
            "The agreed level is {level}, the middle of the votes {median}. "
            "Say in a few words why they differ."
        ),
        level=level,
        median=median or 0,
    )


def grade_evidence(
    ws: Workspace, scope: ScopeId, question: str, grade: int | None, *, by: object | None = None
) -> Changes:
    """Record how well an answer is supported, from 0 to 3; None takes it back."""
    check_open(ws, scope)
    if grade is not None and grade not in GRADES:
        raise UserError("E_EVIDENCE", N_("Choose one of the four kinds of evidence."))
    now = replace(answer_of(ws, scope, question), evidence=grade)
    return _commit(ws, scope, now, ("evidence",), N_("Evidence recorded"), by)


def mark(
    ws: Workspace, scope: ScopeId, question: str, on: bool, *, by: object | None = None
) -> Changes:
    """Mark a question for review, or take the mark away."""
    now = replace(answer_of(ws, scope, question), review=on)
    label = N_("Marked for review") if on else N_("Mark taken away")
    return _commit(ws, scope, now, ("review",), label, by)


def _commit(
    ws: Workspace,
    scope: ScopeId,
    now: Answer,
    fields: Collection[str],
    label: str,
    by: object | None,
) -> Changes:
    return ws.commit([now.as_record(scope, fields)], by=by, label=label)


def note(ws: Workspace, scope: ScopeId, question: str) -> str:
    """Return one's own note on a question."""
    private, _ = private_scope(ws, engagement_of(ws, scope))
    return ws.record(private, "note", Note.id_in(private, scope, question)).text("text")


def write_note(
    ws: Workspace, scope: ScopeId, question: str, text: str, *, by: object | None = None
) -> Changes:
    """Write one's own note into the private scope, which never leaves this computer."""
    private, opening = private_scope(ws, engagement_of(ws, scope))
    written = Note(scope, question, text).as_record(private)
    return ws.commit([*opening, written], by=by, label=N_("Own note written"))
