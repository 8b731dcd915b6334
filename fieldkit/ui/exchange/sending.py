"""Sending: which documents and texts make up a parcel for whom, without any widget."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.errors import N_
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import QUICK
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.operations import FreeText
from fieldkit.tools.engagement.rules import suspicious
from fieldkit.ui.exchange.naming import Naming
from fieldkit.workspace.transfer import PRIVATE, Parcel, family
from fieldkit.workspace.workspace import Workspace

OWN, AGENCY, PARTNERS = "full", "agency", "partners"
_PER_OP, _PER_FILE = 40, 4_000
Withheld = frozenset[tuple[ScopeId, EntityId, str]]
# Where a document's name comes from: withheld there, it must not travel as a title either.
_NAMED_BY = {"engagement": "engagement.agency", "assessment": "round.title",
             "strategy": "strategy.title"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent and to whom; quick scans stay with the agency (decisions 15)."""

    engagement: ScopeId
    receiver: str
    private: bool = False


def documents(ws: Workspace, plan: Plan) -> tuple[ScopeId, ...]:
    """Return the documents a plan sends."""
    private = plan.private and plan.receiver == OWN
    scopes = family(ws, plan.engagement, private=private)
    left_out = set(quick_scans(ws, plan)) if plan.receiver == PARTNERS else set()
    return tuple(s for s in scopes if s not in left_out)


def quick_scans(ws: Workspace, plan: Plan) -> list[ScopeId]:
    """Return the quick scans of an engagement, which are only indicative."""
    held = assessment.rounds(ws, plan.engagement)
    return [row.scope for row in held if row.round.mode == QUICK]


def texts(ws: Workspace, plan: Plan) -> list[FreeText]:
    """Return every free text a plan would send."""
    scopes = documents(ws, plan)
    found = list(engagements.free_texts(ws, scopes, ws.schema))
    kinds = {row.id: row.kind for row in ws.scopes()}
    for scope in scopes:
        if kinds.get(scope) == PRIVATE:
            found += _notes(ws, scope)
    return found


def _notes(ws: Workspace, scope: ScopeId) -> list[FreeText]:
    notes = [r for r in ws.records(scope, "note") if r.text("text")]
    found = ((r.id, r.text("text")) for r in notes)
    label = N_("Own note")
    return [FreeText(scope, "note", e, "text", label, t, suspicious(t)) for e, t in found]


def parcel(ws: Workspace, plan: Plan, withheld: Withheld, naming: Naming) -> Parcel:
    """Return what a plan sends, without the texts that stay here."""
    scopes = documents(ws, plan)
    hidden = {(scope, fld) for scope, _, fld in withheld}
    kinds = {row.id: row.kind for row in ws.scopes()}
    titles = {
        scope: _title(ws, scope, kinds[scope], naming)
        for scope in scopes
        if (scope, _NAMED_BY.get(kinds[scope], "")) not in hidden
    }
    own = plan.receiver == OWN
    name = titles.get(plan.engagement, "")
    return Parcel(scopes, name, titles, withhold=withheld, history=own, named=own)


def _title(ws: Workspace, scope: ScopeId, kind: str, naming: Naming) -> str:
    if kind == "engagement":
        return engagements.engagement(ws, scope).agency
    return naming.document(scope) if kind in _NAMED_BY else ""


def counts(ws: Workspace, scopes: Sequence[ScopeId], withheld: Withheld) -> Mapping[str, int]:
    """Return how many entries of each kind these documents hold; question sets are no files."""
    found: dict[str, int] = {}
    kinds = {row.id: row.kind for row in ws.scopes()}
    for scope in scopes:
        for plate in ws.schema.kinds.values():
            if plate.scope == kinds.get(scope):
                held = ws.records(scope, plate.name)
                if plate.name == "attachment":
                    held = [r for r in held if r.text("question")
                            and (scope, r.id, "attachment.file") not in withheld]  # fmt: skip
                found[plate.name] = found.get(plate.name, 0) + len(held)
    return found


def likely_size(ws: Workspace, scopes: Sequence[ScopeId]) -> int:
    """Return about how large the bundle will be: its files, and a little for every change."""
    files = 0
    for scope in scopes:
        for record in ws.records(scope, "attachment"):
            file = record.get("file")
            size = file.get("s") if isinstance(file, Mapping) else 0
            files += size if isinstance(size, int) else 0
    changes = ws.run(lambda: sum(ws.store.records.count(s) for s in scopes))
    return files + changes * _PER_OP + _PER_FILE


def free_space(folder: Path) -> int | None:
    """Return how much room a folder has; nothing where that cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
