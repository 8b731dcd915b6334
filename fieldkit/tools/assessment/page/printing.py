"""Printing: the offer to print or export the results, with every typed text that would go out."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from fieldkit.content import load_choices
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.core.tool import Schema
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Progress
from fieldkit.qt.paper import PaperFormat, PaperMade, PaperOffer, PaperWish
from fieldkit.qt.ticks import PaperText
from fieldkit.reports.formats import FORMATS, write
from fieldkit.system.paths import Paths
from fieldkit.system.translations import available, words
from fieldkit.tools.assessment.report import Paper, free_text_id, results_document
from fieldkit.tools.assessment.report.texts import is_printed
from fieldkit.tools.assessment.rules.results import Results
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Lists
from fieldkit.tools.engagement.rules import finding_label
from fieldkit.workspace.workspace import Workspace


def paper_offer(ws: Workspace, host: Host, scope: ScopeId, results: Results) -> PaperOffer:
    """Return what can be printed of a round, ready for the print dialog."""
    parent = engagements.engagement_of(ws, scope)
    paper = Paper(
        engagements.engagement(ws, parent),
        scope,
        engagements.groups(ws, parent),
        Lists.of(load_choices(host.paths.resources / "content" / "engagement")),
        printed=ws.store.clock().date().isoformat(),
    )
    known = [(one.tag, one.name) for one in available(host.paths.translations)]
    tags = [tag for tag, _ in known]
    wanted = (paper.engagement.doc_language, host.language.words.language)
    said = host.language.words
    return PaperOffer(
        title=said(N_("Print or export the results")),
        stem=said(N_("Results {agency} {round}"), agency=paper.engagement.agency,
                  round=results.round.title),
        make=partial(make_paper, results, paper, host.paths),
        formats=[PaperFormat(name, held.name, held.suffix) for name, held in FORMATS.items()],
        languages=known,
        language=next((tag for tag in wanted if tag in tags), tags[0]),
        texts=list(paper_texts(ws, (parent, scope), ws.schema, said)),
    )  # fmt: skip


def make_paper(
    results: Results, paper: Paper, paths: Paths, wish: PaperWish, progress: Progress
) -> PaperMade:
    """Write the paper; runs on another thread and touches nothing but the file."""
    progress.phase(N_("Writing the paper"))
    tongue = words(wish.language, paths.translations)
    document = results_document(results, replace(paper, withheld=wish.withheld), tongue)
    fonts = paths.resources / "fonts"
    made = write(
        document, wish.format, wish.target, tongue, fonts, cancel=lambda: progress.is_cancelled
    )
    return PaperMade(made.size, made.pages, made.missing)


def paper_texts(
    ws: Workspace, scopes: tuple[ScopeId, ...], schema: Schema, said: Words
) -> Iterator[PaperText]:
    """Yield every typed text the paper would print, with what it looks like."""
    seen: set[str] = set()
    for one in engagements.free_texts(ws, scopes, schema):
        name = free_text_id(one.kind, one.id, one.field)
        if name in seen or not is_printed(one.kind, one.field):
            continue
        seen.add(name)
        question = ws.record(one.scope, one.kind, one.id).text("question")
        label = said(one.label)
        if question:
            label = said(N_("{question} · {label}"), question=question, label=label)
        text = N_("{looks}: {said}")
        warnings = (said(text, looks=said(finding_label(f.kind)), said=f.text)
                    for f in one.findings)  # fmt: skip
        yield PaperText(name, label, one.text, tuple(warnings))
