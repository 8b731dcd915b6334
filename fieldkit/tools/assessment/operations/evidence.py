"""Evidence and planning: files with their register number, targets, ratings."""

import shutil
from pathlib import Path

from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.fractional import placed
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record, Removal
from fieldkit.tools.assessment.model import LEVELS, QUICK, Answer, Rating, Round, Target
from fieldkit.tools.assessment.model.attachments import Attachment
from fieldkit.tools.assessment.operations.reading import check_open
from fieldkit.tools.engagement.rules import Finding, suspicious
from fieldkit.workspace.workspace import Workspace

KIND = "attachment"
REGISTER_LABEL = N_(
    "Number in the agency's register. Attach documents about the service, never case files."
)


def attach(
    ws: Workspace,
    scope: ScopeId,
    question: str,
    source: Path,
    register_no: str,
    *,
    by: object | None = None,
) -> tuple[Changes, tuple[Finding, ...]]:
    """Keep a file as evidence; returns what in its name looks like a person or a case."""
    check_open(ws, scope)
    _check_readable(source)
    file = ws.attach(source)
    ent = EntityId(new_id())
    held = [(a.id, a.pos) for a in attachments(ws, scope, question)]
    positions = placed(held, ent)
    fields: dict[str, Value] = {
        "parent": Answer.id_in(scope, question),
        "question": question,
        "file": file,
        "register_no": register_no.strip(),
        "pos": positions.pop(ent),
    }
    moved = [Record(scope, KIND, EntityId(e), {"pos": pos}) for e, pos in positions.items()]
    changes = ws.commit(
        [Record(scope, KIND, ent, fields), *moved], by=by, label=N_("File attached")
    )
    return changes, suspicious(f"{source.stem}\n{register_no}")


def _check_readable(source: Path) -> None:
    try:
        source.open("rb").close()
    except OSError as why:
        raise UserError(
            "E_FILE",
            N_("The file {name} cannot be read ({why}). Choose another. Nothing was changed."),
            name=source.name,
            why=why.strerror or type(why).__name__,
        ) from why


def copy_out(ws: Workspace, attachment: Attachment) -> Path:
    """Copy a file under a safe name into a folder of its own, to be opened by another program."""
    source = ws.blob(attachment.sha)
    if source is None:
        raise UserError("E_FILE_MISSING", N_("This file is not on this computer."))
    folder = ws.paths.staging / "open" / attachment.sha[:16]
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(c if c.isalnum() or c in "-_. " else "_" for c in attachment.name).strip(". ")
    target = folder / (safe[-80:] or "file")
    shutil.copyfile(source, target)
    return target


def detach(ws: Workspace, attachment: Attachment, *, by: object | None = None) -> Changes:
    """Take an attached file off an answer."""
    check_open(ws, attachment.scope)
    removal = Removal(attachment.scope, KIND, attachment.id)
    return ws.commit([removal], by=by, label=N_("File taken off"))


def attachments(ws: Workspace, scope: ScopeId, question: str | None = None) -> list[Attachment]:
    """Return the files kept as evidence in a round, or for one question."""
    found = (Attachment.from_record(r) for r in ws.records(scope, KIND))
    return [a for a in found if a.question and question in (None, a.question)]


def set_target(
    ws: Workspace, scope: ScopeId, question: str, level: int | None, *, by: object | None = None
) -> Changes:
    """Set the level to reach on a question; None goes back to one level more than now."""
    held = Round.from_record(ws.record(scope, "round", Round.id_in(scope)))
    if held.mode == QUICK:
        raise UserError(
            "E_QUICK_NO_TARGETS",
            N_("A quick scan is indicative and has no targets. Run all questions to set them."),
        )
    if level is not None and level not in LEVELS:
        raise UserError("E_LEVEL", N_("A level is a number from 1 to 5. Nothing was changed."))
    written = Target(question, level).as_record(scope)
    return ws.commit([written], by=by, label=N_("Target set"))


def rate(ws: Workspace, scope: ScopeId, rating: Rating, *, by: object | None = None) -> Changes:
    """Write how needed, harmful if left and feasible a step is; None takes one back."""
    parts = (rating.need, rating.harm, rating.feasibility)
    if any(part is not None and part not in LEVELS for part in parts):
        raise UserError("E_RATING", N_("A rating is a number from 1 to 5. Nothing was changed."))
    written = rating.as_record(scope, ("need", "harm", "feasibility"))
    return ws.commit([written], by=by, label=N_("Rated"))


def targets(ws: Workspace, scope: ScopeId) -> dict[str, int | None]:
    """Return the targets set, by question."""
    found = (Target.from_record(r) for r in ws.records(scope, "target"))
    return {t.question: t.level for t in found if t.question}


def ratings(ws: Workspace, scope: ScopeId) -> dict[str, Rating]:
    """Return the ratings given, by question."""
    found = (Rating.from_record(r) for r in ws.records(scope, "rating"))
    return {r.question: r for r in found if r.question}
