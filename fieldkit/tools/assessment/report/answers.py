"""The answers: every question with its level, reason, dissent, evidence and comment."""

from fieldkit.core.errors import N_
from fieldkit.reports.document import Block, Bullets, Heading, LevelCell, PageBreak, Para, Table
from fieldkit.tools.assessment.model import Answer
from fieldkit.tools.assessment.model.attachments import Attachment
from fieldkit.tools.assessment.rules.wording import Wording

NO_ANSWER = Answer("")


def answer_blocks(wording: Wording) -> list[Block]:
    """Return the annex: each area with its questions, then what still lacks a reason."""
    words = wording.words
    blocks: list[Block] = [PageBreak(), Heading(words(N_("Every answer")))]
    for dimension in wording.results.checklist.dimensions:
        blocks.append(Heading(wording.name(dimension.id), 2))
        purpose = wording.purpose(dimension.id)
        if purpose:
            blocks.append(Para(purpose, "small"))
        for question in dimension.questions:
            blocks += _question(wording, question.id)
    return blocks + _missing(wording)


def _question(wording: Wording, question: str) -> list[Block]:
    answer = wording.results.answers.get(question, NO_ANSWER)
    blocks: list[Block] = [Heading(wording.titled(question), 3), _standing(wording, question)]
    meaning = wording.level_text(question, wording.results.scores.base[question].level)
    if meaning:
        blocks.append(Para(meaning))
    return blocks + _texts(wording, question, answer)


def _standing(wording: Wording, question: str) -> Table:
    words, scores = wording.words, wording.results.scores
    base, counted = scores.base[question], scores.evidenced.questions[question].effective
    head = (N_("Said"), N_("Counts as"), N_("Evidence"), N_("Votes"))
    grade = wording.evidence(base.evidence) if base.level is not None else ""
    row = (
        LevelCell(wording.cell(question), base.level),
        LevelCell("–" if counted is None else str(counted), counted),
        grade or wording.status(question),
        _votes(wording, question),
    )
    return Table(tuple(words(text) for text in head), (row,), (0.8, 1, 3, 3.4))


def _votes(wording: Wording, question: str) -> str:
    room, words = wording.results.rooms.get(question), wording.words
    if room is None or room.counts is None:
        return words(N_("none shown"))
    if room.agreed:
        return words(N_("all the same"))
    counts = room.counts
    parts = [f"{n} × {count}" for n, count in enumerate(counts.levels, start=1) if count]
    if counts.dk:
        parts.append(words(N_("don't know × {n}"), n=counts.dk))
    if counts.na:
        parts.append(words(N_("n/a × {n}"), n=counts.na))
    return ", ".join(parts)


def _texts(wording: Wording, question: str, answer: Answer) -> list[Block]:
    words = wording.words
    labelled = (
        (N_("Why it does not apply: {said}"), answer.na_reason),
        (N_("Reason: {said}"), answer.reason),
        (N_("What was seen: {said}"), answer.evidence_text),
        (N_("Comment: {said}"), answer.comment),
    )
    blocks: list[Block] = [Para(words(t, said=said)) for t, said in labelled if said.strip()]
    if answer.dissent.strip():
        said = words(N_("A different view: {said}"), said=answer.dissent)
        blocks.append(Para(said, "quote"))
    files = [_file(wording, one) for one in wording.results.attachments.get(question, ())]
    shown = tuple(text for text in files if text)
    return [*blocks, Bullets(shown)] if shown else blocks


def _file(wording: Wording, one: Attachment) -> str:
    words = wording.words
    if not one.name:
        return words(N_("Attached: a file")) if not one.register_no else one.register_no
    if not one.register_no:
        return words(N_("Attached: {file}"), file=one.name)
    text = N_("Attached: {file}, register number {number}")
    return words(text, file=one.name, number=one.register_no)


def _missing(wording: Wording) -> list[Block]:
    held = wording.results.missing_reasons
    if not held:
        return []
    lines = tuple(
        wording.words(N_("{question}: {why}"), question=one.question, why=wording.say(one.why, 0))
        for one in held
    )
    return [Heading(wording.words(N_("Reasons still missing")), 2), Bullets(lines)]
