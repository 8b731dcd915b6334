"""Printing: the offer to print or export a strategy, with every typed text that would go out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Progress
from fieldkit.qt.paper import PaperFormat, PaperMade, PaperOffer, PaperWish
from fieldkit.qt.ticks import PaperText
from fieldkit.reports.formats import FORMATS, write
from fieldkit.system.paths import Paths
from fieldkit.system.translations import available, words
from fieldkit.tools.assessment.report import free_text_id
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.operations import FreeText
from fieldkit.tools.engagement.rules import finding_label
from fieldkit.tools.strategy import operations
from fieldkit.tools.strategy.report import Paper, is_printed, strategy_document
from fieldkit.tools.strategy.rules import Draft, action_code, priority_code
from fieldkit.workspace.workspace import Workspace


def paper_offer(ws: Workspace, host: Host, scope: ScopeId) -> PaperOffer:
    """Return what can be printed of a strategy, ready for the print dialog."""
    draft = operations.draft(ws, scope)
    source = draft.strategy.source
    paper = Paper(
        engagements.engagement(ws, engagements.engagement_of(ws, scope)),
        engagements.lists(host.paths.resources),
        operations.source_checklist(ws, source),
        operations.source_round(ws, source),
        printed=ws.store.clock().date().isoformat(),
    )
    known = [(one.tag, one.name) for one in available(host.paths.translations)]
    tags = [tag for tag, _ in known]
    said = host.language.words
    wanted = (paper.engagement.doc_language, said.language)
    return PaperOffer(
        title=said(N_("Print or export the strategy")),
        stem=draft.strategy.title,
        make=partial(make_paper, draft, paper, host.paths),
        formats=[PaperFormat(name, held.name, held.suffix) for name, held in FORMATS.items()],
        languages=known,
        language=next((tag for tag in wanted if tag in tags), tags[0]),
        texts=list(paper_texts(ws, draft, paper, said)),
    )


def make_paper(
    draft: Draft, paper: Paper, paths: Paths, wish: PaperWish, progress: Progress
) -> PaperMade:
    """Write the paper; runs on another thread and touches nothing but the file."""
    progress.phase(N_("Writing the paper"))
    tongue = words(wish.language, paths.translations)
    document = strategy_document(draft, replace(paper, withheld=wish.withheld), tongue)
    fonts = paths.resources / "fonts"
    made = write(
        document, wish.format, wish.target, tongue, fonts, cancel=lambda: progress.is_cancelled
    )
    return PaperMade(made.size, made.pages, made.missing)


def paper_texts(ws: Workspace, draft: Draft, paper: Paper, said: Words) -> Iterator[PaperText]:
    """Yield every typed text the paper would print, with what it looks like."""
    frame = draft.strategy
    round_scope = (frame.source,) if paper.round else ()
    scopes = (paper.engagement.scope, *round_scope, frame.scope)
    codes = _codes(draft)
    seen: set[str] = set()
    for one in engagements.free_texts(ws, scopes, ws.schema):
        name = free_text_id(one.kind, one.id, one.field)
        if name in seen or not is_printed(one.kind, one.field):
            continue
        seen.add(name)
        label = said(one.label)
        if one.id in codes:
            label = said(N_("{code} · {label}"), code=codes[one.id], label=label)
        yield PaperText(name, label, one.text, tuple(_warnings(one, said)))


def _warnings(one: FreeText, said: Words) -> Iterator[str]:
    for found in one.findings:
        looks = said(finding_label(found.kind))
        yield said(N_("{looks}: {said}"), looks=looks, said=found.text)


def _codes(draft: Draft) -> Mapping[EntityId, str]:
    codes = {one.id: priority_code(n) for n, one in enumerate(draft.priorities, start=1)}
    codes |= {one.id: action_code(n) for n, one in enumerate(draft.ordered_actions, start=1)}
    return codes
