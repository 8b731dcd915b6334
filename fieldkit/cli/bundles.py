"""`fieldkit bundle`: hand work over as a file, look into one, take one in."""

from collections.abc import Sequence
from pathlib import Path

from fieldkit.cli.call import Call, Json, chosen_engagement
from fieldkit.cli.menu import Menu
from fieldkit.cli.papers import everything_goes, warn_of_texts
from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.exchange.review import ScopeReview
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import QUICK
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement
from fieldkit.tools.engagement.rules import send_obstacle
from fieldkit.tools.strategy import operations as strategy
from fieldkit.workspace import intake, transfer
from fieldkit.workspace.intake import Preview
from fieldkit.workspace.transfer import Inspection, Parcel, Receipt
from fieldkit.workspace.workspace import Workspace

FULL, AGENCY, PARTNERS = "full", "agency", "partners"
KINDS = {
    "engagement": N_("engagement"),
    "assessment": N_("assessment round"),
    "strategy": N_("strategy"),
    "private": N_("own notes"),
}


def add_to(menu: Menu) -> None:
    """Add the commands of this module."""
    words = menu.words
    group = menu.group("bundle", N_("hand work over as a file, look into one, take one in"))
    out = group.command("export", N_("write engagements into a bundle"), export)
    said = words(N_("the engagement to export, again for more; without it every one in use"))
    out.add_argument("--engagement", metavar="ID", action="append", help=said)
    said = words(N_("who gets it: full = own computers, agency = the assessed agency, partners"))
    out.add_argument("--preset", choices=[FULL, AGENCY, PARTNERS], default=FULL, help=said)
    said = words(N_("the file to write, or a folder"))
    out.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help=said)
    inspect = group.command("inspect", N_("say what is in a bundle"), look_into)
    verify = group.command("verify", N_("check that a bundle is whole"), check_whole)
    take = group.command("import", N_("say what taking a bundle in would do"), take_in)
    take.add_argument("--apply", action="store_true", help=words(N_("take it in")))
    for parser in (inspect, verify, take):
        parser.add_argument("file", type=Path, metavar="FILE")


# out


def export(call: Call) -> int:
    """Write engagements with their rounds and strategies into a bundle; never own notes."""
    with call.held_workspace() as ws:
        wanted: Sequence[str] = call.args.engagement or ()
        chosen = [chosen_engagement(ws, one) for one in wanted] or engagement.engagements(ws)
        made = parcel(ws, chosen, call.args.preset)
        warn_of_texts(call, ws, made.scopes, everything_goes)
        receipt = transfer.export(ws, made, call.args.output)
    call.answer(_receipt(receipt), _receipt_lines(receipt, call.words))
    return 0


def parcel(ws: Workspace, chosen: Sequence[Engagement], preset: str) -> Parcel:
    """Return what may leave for a receiver; refuse what needs consent it does not have."""
    if not chosen:
        text = N_("There is no engagement to export. Create one first.")
        raise UserError("E_NO_ENGAGEMENT", text)
    for one in chosen:
        obstacle = send_obstacle(one, preset)
        if obstacle:
            raise UserError("E_MAY_NOT_SEND", obstacle)
    scopes = tuple(s for one in chosen for s in _scopes(ws, one.scope, preset))
    return Parcel(
        scopes,
        chosen[0].agency,
        titles=titles(ws, chosen),
        history=preset == FULL,
        named=preset == FULL,
    )


def _scopes(ws: Workspace, scope: ScopeId, preset: str) -> Sequence[ScopeId]:
    """Return what leaves of an engagement; a quick scan goes to no partner (decisions 15)."""
    rows = assessment.rounds(ws, scope)
    kept = {row.scope for row in rows if row.round.mode == QUICK and preset == PARTNERS}
    return [one for one in transfer.family(ws, scope) if one not in kept]


def titles(ws: Workspace, chosen: Sequence[Engagement]) -> dict[ScopeId, str]:
    """Return what each part is called in the bundle."""
    found = {one.scope: one.agency for one in chosen}
    for one in chosen:
        found |= {row.scope: row.round.title for row in assessment.rounds(ws, one.scope)}
        found |= {held.scope: held.title for held in strategy.strategies(ws, one.scope)}
    return found


def _receipt(receipt: Receipt) -> Json:
    return {
        "file": str(receipt.path),
        "bundle": receipt.bundle,
        "sha256": receipt.sha256,
        "size": receipt.size,
        "scopes": receipt.scopes,
        "changes": receipt.ops,
        "attachments": receipt.blobs,
        "missing": list(receipt.missing),
    }


def _receipt_lines(receipt: Receipt, words: Words) -> list[str]:
    said = N_("Written and read back whole: {file}, {size} bytes. You can take the stick out.")
    lines = [words(said, file=str(receipt.path), size=receipt.size)]
    said = N_("Parts: {parts}, changes: {changes}, attachments: {files}")
    lines.append(words(said, parts=receipt.scopes, changes=receipt.ops, files=receipt.blobs))
    if receipt.missing:
        said = N_("Attachments not on this computer: {count}")
        lines.append(words(said, count=len(receipt.missing)))
    return lines


# looking


def look_into(call: Call) -> int:
    """Print what is in a bundle, after every byte of it was checked; writes nothing."""
    found = transfer.inspect(call.args.file)
    call.answer(_told(found), _told_lines(found, call.words))
    return 0


def check_whole(call: Call) -> int:
    """Say whether a bundle is whole; a damaged one is refused with its code."""
    found = transfer.inspect(call.args.file)
    document: Json = {"whole": True, "bundle": found.bundle, "signed": found.signed}
    call.answer(document, [call.words(N_("Whole. It is not signed."))])
    return 0


def _told(found: Inspection) -> Json:
    return {
        "bundle": found.bundle,
        "app": found.app,
        "created": found.created,
        "note": found.note,
        "size": found.size,
        "writers": found.writers,
        "changes": found.ops,
        "attachments": found.blobs,
        "missing": found.missing,
        "signed": found.signed,
        "scopes": [
            {
                "id": one.id,
                "kind": one.kind,
                "title": one.title,
                "parent": one.parent,
                "withheld": one.redaction != "none",
            }
            for one in found.scopes
        ],
    }


def _told_lines(found: Inspection, words: Words) -> list[str]:
    lines = [f"{named(one.kind, words)}: {one.title or one.id}" for one in found.scopes]
    said = N_("Changes: {changes}, attachments: {files}, not signed, {size} bytes")
    return [*lines, words(said, changes=found.ops, files=found.blobs, size=found.size)]


def named(kind: str, words: Words) -> str:
    """Return what a kind of part is called; one of a newer version by its own word."""
    return words(KINDS[kind]) if kind in KINDS else kind


# in


def take_in(call: Call) -> int:
    """Say what taking a bundle in would do; with --apply take it in; 1 where a part cannot come."""
    transfer.inspect(call.args.file)
    with call.workspace() as ws:
        made = intake.preview(ws, call.args.file)
        lines = preview_lines(made, call.words)
        document = _previewed(made)
        if call.args.apply:
            imported = intake.apply(ws, made)
            document["applied"] = True
            lines.append(_applied(imported.review.differences, call.words))
        else:
            intake.discard(made)
            lines.append(call.words(N_("Nothing was changed. Add --apply to take it in.")))
    call.answer(document, lines)
    return 1 if any(one.refused for one in made.review.scopes) else 0


def _applied(differences: int, words: Words) -> str:
    if not differences:
        return words(N_("Taken in. Nothing differs."))
    return words.plural(
        N_("Taken in. {n} difference to settle."),
        N_("Taken in. {n} differences to settle."),
        differences,
    )


def _previewed(made: Preview) -> dict[str, Json]:
    review = made.review
    return {
        "bundle": review.bundle,
        "by": review.by_label,
        "already_imported": review.already_imported,
        "older": review.older,
        "differences": review.differences,
        "changes": review.ops_new,
        "attachments": review.attachments_in,
        "missing": review.attachments_missing,
        "applied": False,
        "scopes": [_reviewed(one) for one in review.scopes],
    }


def _reviewed(one: ScopeReview) -> Json:
    return {
        "id": one.scope,
        "kind": one.kind,
        "title": one.title,
        "new": one.new,
        "changed": one.changed,
        "deleted": one.deleted,
        "differences": one.differences,
        "gaps": one.gaps,
        "unknown": one.unknown,
        "refused": one.refused,
    }


def preview_lines(made: Preview, words: Words) -> list[str]:
    """Return what taking a bundle in would do, part by part."""
    lines = []
    if made.review.already_imported:
        lines.append(words(N_("This bundle was taken in before.")))
    for one in made.review.scopes:
        said = N_("new {new}, changed {changed}, deleted {deleted}, to settle {differences}")
        what = one.refused or words(
            said,
            new=one.new,
            changed=one.changed,
            deleted=one.deleted,
            differences=one.differences,
        )
        lines.append(f"{named(one.kind, words)}: {one.title or one.scope}: {what}")
    return lines
