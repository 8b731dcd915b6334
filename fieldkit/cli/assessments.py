"""`fieldkit assessment`: a round's answers as JSON, out of a workspace and into a new round."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fieldkit.cli.answers_file import Sheet, document_of, named_groups, read_sheet
from fieldkit.cli.call import Call, chosen_engagement, chosen_scope
from fieldkit.cli.menu import Menu, add_engagement, add_output
from fieldkit.cli.papers import warn_of_texts
from fieldkit.content import Pack, load_pack
from fieldkit.core.errors import N_
from fieldkit.core.ids import ScopeId
from fieldkit.reports.saving import save
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import NO_COUNTS, OTHER, Checklist, Counts
from fieldkit.tools.assessment.operations import RoundPlan
from fieldkit.tools.assessment.report.texts import is_printed
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement
from fieldkit.workspace.workspace import Workspace


def add_to(menu: Menu) -> None:
    """Add the commands of this module."""
    words = menu.words
    group = menu.group("assessment", N_("answers of a round as a file"))
    take = group.command("import", N_("enter an answers file as a new round"), take_in)
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--title", default="", help=words(N_("title of the new round")))
    out = group.command("export", N_("write the answers of a round"), write_out)
    out.add_argument("--format", choices=["json"], default="json", help=words(N_("kind of file")))
    said = words(N_("the round, by its id or the start of it; else the newest"))
    out.add_argument("--round", metavar="ID", help=said)
    add_output(out, words)
    for parser in (take, out):
        add_engagement(parser, words)


def write_out(call: Call) -> int:
    """Write the answers of a round; votes leave as counts of groups only."""
    with call.held_workspace() as ws:
        found = chosen_engagement(ws, call.args.engagement).scope
        held = [row.scope for row in assessment.rounds(ws, found)]
        scope = chosen_scope(held, call.args.round)
        warn_of_texts(call, ws, (scope,), is_printed)
        document = document_of(ws, scope)
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    size = save(call.args.output, text.encode("utf-8", "replace"))
    told: dict[str, int | str] = {"file": str(call.args.output), "size": size}
    call.answer(told, [call.words(N_("Written: {file}, {size} bytes"), **told)])
    return 0


def take_in(call: Call) -> int:
    """Enter an answers file as a new round, after trying the whole of it on a copy."""
    pack = load_pack(call.paths.resources / "content" / "assessment")
    sheet = read_sheet(call.args.file, Checklist.from_tree(pack.tree))
    title = call.args.title or sheet.round.title or Path(call.args.file).stem
    sheet = replace(sheet, round=replace(sheet.round, title=title))
    with call.held_workspace() as ws:
        found = chosen_engagement(ws, call.args.engagement)
        _rehearse(ws, found, pack, sheet)
        scope = enter(ws, found.scope, pack, sheet)
    said = N_("Entered as a new round: {title}, questions answered: {count}")
    line = call.words(said, title=title, count=len(sheet.answers))
    call.answer({"id": scope, "answers": len(sheet.answers)}, [line, scope])
    return 0


def _rehearse(ws: Workspace, found: Engagement, pack: Pack, sheet: Sheet) -> None:
    """Enter everything into a throw-away workspace first: what is refused there changes nothing."""
    with tempfile.TemporaryDirectory(prefix="fieldkit-") as folder:
        paths = replace(Paths.at(Path(folder)), shared=ws.paths.shared)
        with Workspace.open(paths, schema(), clock=ws.store.clock) as trial:
            groups = engagement.groups(ws, found.scope)
            scope, _ = engagement.create(trial, found, groups=groups)
            enter(trial, scope, pack, sheet)


def enter(ws: Workspace, parent: ScopeId, pack: Pack, sheet: Sheet) -> ScopeId:
    """Start a round and write everything a sheet says into it."""
    held = sheet.round
    plan = RoundPlan(held.title, held.mode, held.unit, held.day)
    scope, _ = assessment.start_round(ws, parent, pack, plan)
    if held.summary:
        written = replace(assessment.round_of(ws, scope), summary=held.summary)
        assessment.change_round(ws, scope, written)
    ids = {name: ent for ent, name in named_groups(engagement.groups(ws, parent)).items()}
    votes = {question: _by_id(groups, ids) for question, groups in sheet.votes.items()}
    if votes:
        assessment.enter_votes(ws, scope, votes)
    assessment.enter_answers(ws, scope, assessment.checklist_of(ws, scope), sheet.answers)
    for question, level in sheet.targets.items():
        assessment.set_target(ws, scope, question, level)
    for rating in sheet.ratings.values():
        assessment.rate(ws, scope, rating)
    return scope


def _by_id(votes: Mapping[str, Counts], ids: Mapping[str, str]) -> dict[str, Counts]:
    """Return votes by the ids of our groups; those of groups we do not have count as others."""
    found: dict[str, Counts] = {}
    for name, counts in votes.items():
        group = ids.get(name, OTHER)
        found[group] = found.get(group, NO_COUNTS) + counts
    return found
