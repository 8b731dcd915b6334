"""`fieldkit report`: the results of a round, or a strategy, on paper."""

from collections.abc import Callable
from pathlib import Path

from fieldkit.cli.call import Call, chosen_engagement, chosen_scope
from fieldkit.cli.menu import Menu, add_engagement, add_output
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.reports.document import Document
from fieldkit.reports.formats import FORMATS
from fieldkit.reports.formats import write as write_document
from fieldkit.reports.saving import Written
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.report import Paper, results_document
from fieldkit.tools.assessment.report.texts import is_printed as is_in_results
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.strategy import operations as strategy
from fieldkit.tools.strategy.report import Paper as StrategyPaper
from fieldkit.tools.strategy.report import is_printed as is_in_strategy
from fieldkit.tools.strategy.report import strategy_document
from fieldkit.workspace.workspace import Workspace

Maker = Callable[[Workspace, ScopeId, Words], Document]
Printed = Callable[[str, str], bool]


def add_to(menu: Menu) -> None:
    """Add the commands of this module."""
    words = menu.words
    group = menu.group("report", N_("write a report"))
    results = group.command("results", N_("the results of a round"), report_results)
    said = words(N_("the round, by its id or the start of it; else the newest"))
    results.add_argument("--round", metavar="ID", help=said)
    plan = group.command("strategy", N_("a strategy"), report_strategy)
    said = words(N_("the strategy, by its id or the start of it; else the newest"))
    plan.add_argument("--strategy", metavar="ID", help=said)
    for parser in (results, plan):
        add_engagement(parser, words)
        add_output(parser, words)
        said = words(N_("kind of file"))
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf", help=said)


def report_results(call: Call) -> int:
    """Write the results of a round."""
    with call.held_workspace() as ws:
        found = chosen_engagement(ws, call.args.engagement).scope
        held = [row.scope for row in assessment.rounds(ws, found)]
        scope = chosen_scope(held, call.args.round)
        return _report(call, ws, scope, results_paper, is_in_results)


def report_strategy(call: Call) -> int:
    """Write a strategy."""
    with call.held_workspace() as ws:
        found = chosen_engagement(ws, call.args.engagement).scope
        held = [one.scope for one in strategy.strategies(ws, found)]
        scope = chosen_scope(held, call.args.strategy)
        return _report(call, ws, scope, strategy_paper, is_in_strategy)


def _report(call: Call, ws: Workspace, scope: ScopeId, make: Maker, prints: Printed) -> int:
    warn_of_texts(call, ws, (scope, engagement.engagement_of(ws, scope)), prints)
    target: Path = call.args.output
    written = write(make(ws, scope, call.words), call.args.format, target, call.words, ws)
    if written.missing:
        call.tell(call.words(N_("No letter in the fonts for: {letters}"), letters=written.missing))
    document: dict[str, int | str] = {"file": str(target), "size": written.size}
    said = N_("Written: {file}, {size} bytes")
    if written.pages:
        document["pages"] = written.pages
        said = N_("Written: {file}, {pages} pages, {size} bytes")
    call.answer(document, [call.words(said, **document)])
    return 0


def write(document: Document, kind: str, target: Path, words: Words, ws: Workspace) -> Written:
    """Write a document with the fonts that come with the program."""
    return write_document(document, kind, target, words, ws.paths.resources / "fonts")


def results_paper(ws: Workspace, scope: ScopeId, words: Words) -> Document:
    """Return the report of a round."""
    found = engagement.engagement(ws, engagement.engagement_of(ws, scope))
    paper = Paper(
        found,
        scope,
        groups=engagement.groups(ws, found.scope),
        lists=engagement.lists(ws.paths.resources),
        printed=ws.store.clock().date().isoformat(),
    )
    results = assessment.results(ws, scope, assessment.checklist_of(ws, scope))
    return results_document(results, paper, words)


def strategy_paper(ws: Workspace, scope: ScopeId, words: Words) -> Document:
    """Return the paper of a strategy."""
    found = engagement.engagement(ws, engagement.engagement_of(ws, scope))
    draft = strategy.draft(ws, scope)
    source = draft.strategy.source
    paper = StrategyPaper(
        found,
        engagement.lists(ws.paths.resources),
        checklist=strategy.source_checklist(ws, source),
        round=strategy.source_round(ws, source),
        printed=ws.store.clock().date().isoformat(),
    )
    return strategy_document(draft, paper, words)


def everything_goes(kind: str, field: str) -> bool:  # noqa: ARG001  (as `is_printed` asks)
    """Say that a bundle takes every field along."""
    return True


def warn_of_texts(call: Call, ws: Workspace, scopes: tuple[ScopeId, ...], goes: Printed) -> None:
    """Tell how many free texts go out, and each that looks like a person or a case."""
    held = engagement.free_texts(ws, scopes, schema())
    texts = [text for text in held if goes(text.kind, text.field)]
    words = call.words
    count = len(texts)
    call.tell(words.plural("{n} free text goes out.", "{n} free texts go out.", count))
    for text in texts:
        if text.findings:
            shown = text.text[:80]
            where = words(text.label)
            text_of = N_("Looks like a name, a number or a case ({field}): {said}")
            call.tell(words(text_of, field=where, said=shown))
