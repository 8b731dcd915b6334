import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.reports.document import Document, Heading, Note, Table
from fieldkit.reports.fonts import load_fonts
from fieldkit.reports.formats import FORMATS, write
from fieldkit.reports.pdf import Press
from fieldkit.reports.plain import as_text
from fieldkit.system.paths import Paths
from fieldkit.system.translations import words as words_of
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.report import free_text_id
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement, Terms, profile_id
from fieldkit.tools.strategy import operations as ops
from fieldkit.tools.strategy.model import Action, Priority, Strategy, frame_id
from fieldkit.tools.strategy.report import Paper, is_printed, strategy_document
from fieldkit.tools.strategy.report.document import shortened
from fieldkit.tools.strategy.rules import Draft
from fieldkit.workspace.workspace import Workspace

GOLDEN = Path(__file__).parents[2] / "golden" / "strategy.txt"


@pytest.fixture
def paper(ws: Workspace, room: Any, strategy: ScopeId, paths: Paths) -> Paper:
    source = ops.strategy(ws, strategy).source
    return Paper(
        engagements.engagement(ws, room.engagement),
        engagements.lists(paths.resources),
        ops.source_checklist(ws, source),
        ops.source_round(ws, source),
        printed="2026-03-19",
    )


@pytest.fixture
def draft(ws: Workspace, strategy: ScopeId) -> Draft:
    return ops.draft(ws, strategy)


def said(draft: Draft, paper: Paper, words: Words | None = None) -> str:
    words = words or Words()
    return as_text(strategy_document(draft, paper, words), words)


def real(paper: Paper, **changes: Any) -> Paper:
    return replace(paper, engagement=replace(paper.engagement, training=False, **changes))


def pages(document: Document, paths: Paths) -> list[Any]:
    return Press(document, load_fonts(paths.resources / "fonts"), Words(), lambda: None).pages()


def test_the_paper_reads_as_before(draft: Draft, paper: Paper) -> None:
    text = said(draft, paper)
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_every_page_bears_the_label_the_state_of_the_reference_and_that_it_is_a_draft(
    draft: Draft, paper: Paper
) -> None:
    banner = strategy_document(draft, paper, Words()).banner
    assert "RESTRICTED" in banner
    assert "TRAINING" in banner
    assert banner.endswith("DRAFT")
    pending = real(paper, terms=Terms("pending", reference_reason="r", reference_role="x"))
    assert "PROVISIONAL" in strategy_document(draft, pending, Words()).banner
    given = real(paper, terms=Terms("given", "12-7"))
    assert "PROVISIONAL" not in strategy_document(draft, given, Words()).banner


def test_each_priority_names_the_answer_it_came_from_and_whether_it_is_confirmed(
    draft: Draft, paper: Paper
) -> None:
    text = said(draft, paper)
    assert "From Data, question 1: level 2, target 4." in text
    assert text.count("Prefilled from the answers. Nobody has confirmed this text yet.") == 2
    assert "Confirmed by people: 1 of 3 priorities." in text


def test_a_changed_answer_is_told_on_paper(
    ws: Workspace, room: Any, strategy: ScopeId, paper: Paper
) -> None:
    assessment.answer_unknown(ws, room.scope, "DAT.1")
    text = said(ops.draft(ws, strategy), paper)
    assert "The answer this came from has changed since; it now says: don't know." in text


def test_actions_stand_under_their_priority_and_those_without_one_are_not_lost(
    draft: Draft, paper: Paper
) -> None:
    orphan = Action("Left over", EntityId("gone"), id=EntityId("a" * 32))
    text = said(replace(draft, actions=[*draft.actions, orphan]), paper)
    planned = text[text.index("\nActions\n=") :]
    assert planned.index("P-01") < planned.index("A-01") < planned.index("P-02")
    assert "Deputy head" in planned
    assert "June 2027" in planned
    assert planned.count("No action is planned yet.") == 2
    assert planned.index("Without a priority") < planned.index("Left over")


def test_own_priorities_and_a_strategy_without_an_assessment_say_so(paper: Paper) -> None:
    own = Priority("Mine", confirmed=True, id=EntityId("b" * 32))
    text = said(Draft(Strategy(title="S"), [own]), replace(paper, checklist=None, round=None))
    assert "Added by the drafters." in text
    assert "This strategy was started without an assessment." in text
    assert "Not written yet." in text
    assert "Sources" not in text


def test_an_empty_strategy_can_be_printed(paper: Paper) -> None:
    text = said(Draft(Strategy()), paper)
    assert text.count("No priority is chosen yet.") == 2
    assert "No action is planned yet." in text


def test_a_question_set_that_is_not_here_leaves_the_number_of_the_question(
    draft: Draft, paper: Paper
) -> None:
    text = said(draft, replace(paper, checklist=None, round=None))
    assert "From DAT.1: level 2, target 4." in text


def test_withheld_texts_leave_no_trace(draft: Draft, paper: Paper) -> None:
    first, action = draft.priorities[0], draft.actions[0]
    profile = profile_id(paper.engagement.scope)
    frame = frame_id(draft.strategy.scope)
    hidden = [
        ("engagement", profile, "agency"),
        ("strategy", frame, "problem"),
        ("strategy", frame, "title"),
        ("priority", first.id, "title"),
        ("priority", first.id, "why"),
        ("action", action.id, "owner"),
        ("action", action.id, "title"),
    ]
    withheld = frozenset(free_text_id(*one) for one in hidden)
    text = said(draft, replace(paper, withheld=withheld))
    for gone in ("Sample Police", "uneven", "every station", first.title, "Deputy head", "Spot"):
        assert gone not in text
    assert "The assessed agency" in text
    assert "June 2027" in text


def test_what_is_printed_is_what_is_asked_about() -> None:
    assert is_printed("priority", "why")
    assert is_printed("action", "owner")
    assert not is_printed("answer", "comment")
    assert not is_printed("strategy", "state")


def test_open_differences_are_counted(draft: Draft, paper: Paper) -> None:
    differing = replace(draft.strategy, differing=frozenset({"problem", "vision"}))
    front = strategy_document(replace(draft, strategy=differing), paper, Words()).front
    notes = [block.text for block in front if isinstance(block, Note)]
    assert "2 texts differ between two copies and are to settle" in notes[0]


def test_the_decision_maker_page_is_one_page_whatever_was_typed(
    draft: Draft, paper: Paper, paths: Paths
) -> None:
    long = "Records are uneven and nobody sees it. " * 400
    frame = replace(draft.strategy, problem=long, vision=long, title="A long title " * 8)
    many = [
        replace(draft.priorities[0], id=EntityId(str(n)), title="Long words " * 30, why=long)
        for n in range(20)
    ]
    document = strategy_document(replace(draft, strategy=frame, priorities=many), paper, Words())
    alone = replace(document, blocks=(), sources=(), toc=False)
    assert len(pages(alone, paths)) == 1
    assert "13 more priorities stand inside." in as_text(alone, Words())
    tables = [b for b in document.front if isinstance(b, Table)]
    assert len(tables[0].rows) == 7


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("short", 10, "short"),
        ("one\n two  three", 20, "one two three"),
        ("one two three four", 10, "one two…"),
        ("x" * 40, 10, "xxxxxxxxx…"),
    ],
)
def test_texts_are_shortened_at_whole_words(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


@pytest.mark.parametrize("tag", ["ru", "qps-long", "qps-rtl"])
def test_the_paper_speaks_its_own_language(
    draft: Draft, paper: Paper, paths: Paths, tag: str
) -> None:
    words = words_of(tag, paths.translations)
    document = strategy_document(draft, paper, words)
    assert document.language == tag
    assert document.rtl is (tag == "qps-rtl")
    headings = [b.text for b in document.blocks if isinstance(b, Heading)]
    assert len(headings) > 8


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_paper_is_written_in_every_format(
    draft: Draft, paper: Paper, paths: Paths, tmp_path: Path, name: str
) -> None:
    hostile = replace(draft.strategy, problem="<b>x</b> & \u202egnp\u0000", vision="a" * 200)
    target = tmp_path / f"strategy{FORMATS[name].suffix}"
    document = strategy_document(replace(draft, strategy=hostile), paper, Words())
    made = write(document, name, target, Words(), paths.resources / "fonts")
    assert made.size == target.stat().st_size > 500


def test_a_footnote_of_the_place_stands_on_every_page(draft: Draft, paper: Paper) -> None:
    place = next(p for p in paper.lists.places if p.footnote)
    changed = replace(paper, engagement=Engagement("Agency", place=place.id, training=True))
    assert strategy_document(draft, changed, Words()).footnotes
