import json
import logging
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldkit.content import Pack
from fieldkit.core.figure import Box, Text
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.reports.document import Document, FigureBlock
from fieldkit.reports.fonts import load_fonts
from fieldkit.reports.formats import FORMATS, write
from fieldkit.reports.pdf import Press
from fieldkit.reports.plain import as_text
from fieldkit.system.paths import Paths
from fieldkit.system.translations import words as words_of
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.model import Answer
from fieldkit.tools.assessment.report import Paper, free_text_id, results_document
from fieldkit.tools.assessment.rules.figures import agreement_figure, gap_figure, profile_figure
from fieldkit.tools.assessment.rules.ranges import ScoreRange
from fieldkit.tools.assessment.rules.results import Results
from fieldkit.tools.assessment.rules.wording import Wording
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement, Lists, Terms, profile_id
from fieldkit.workspace.workspace import Workspace
from tests.filled import Filled, answer_round

GOLDEN = Path(__file__).parents[2] / "golden" / "results.txt"
DECIMALS = re.compile(r"(?<![A-Z\d.])\d+\.\d+(?![\d.])")


def paper_of(made: Filled, lists: Lists, **changes: Any) -> Paper:
    paper = Paper(
        engagements.engagement(made.ws, made.engagement),
        made.scope,
        engagements.groups(made.ws, made.engagement),
        lists,
        printed="2026-03-19",
    )
    return replace(paper, **changes)


def results_in(made: Filled) -> Results:
    return ops.results(made.ws, made.scope, made.checklist)


def printed(made: Filled, lists: Lists, words: Words | None = None, **changes: Any) -> str:
    return as_text(document_of(made, lists, words, **changes), words or Words())


def document_of(made: Filled, lists: Lists, words: Words | None = None, **changes: Any) -> Document:
    return results_document(results_in(made), paper_of(made, lists, **changes), words or Words())


def second_round(made: Filled, pack: Pack, **changes: str) -> Filled:
    levels = {"LDR": "22222", "PRC": "222243", "DAT": "2222222", "LAW": "22223", "OVS": "222222",
              "RGT": "232222", **changes}  # fmt: skip

    plan = ops.RoundPlan("Second round", day="2026-09-01")
    scope = answer_round(made.ws, made.engagement, pack, plan, levels)
    return replace(made, scope=scope)


def test_the_report_reads_as_agreed(filled: Filled, lists: Lists) -> None:
    text = printed(filled, lists)
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("tag", ["en", "ru", "qps-long", "qps-rtl"])
def test_the_decision_maker_page_is_one_page_in_every_language(
    filled: Filled, lists: Lists, paths: Paths, tag: str, caplog: pytest.LogCaptureFixture
) -> None:
    words = words_of(tag, paths.translations)
    whole = document_of(filled, lists, words)
    front = replace(whole, blocks=(), sources=(), toc=False)
    with caplog.at_level(logging.WARNING, "fieldkit.reports"):
        press = Press(front, load_fonts(paths.resources / "fonts"), words, lambda: None)
        assert len(press.pages()) == 1
    assert caplog.messages == []


@pytest.mark.parametrize("tag", ["en", "qps-rtl"])
def test_it_prints_in_every_format(
    filled: Filled, lists: Lists, paths: Paths, tmp_path: Path, tag: str
) -> None:
    words = words_of(tag, paths.translations)
    document = document_of(filled, lists, words)
    for name, held in FORMATS.items():
        target = tmp_path / f"results{held.suffix}"
        made = write(document, name, target, words, paths.resources / "fonts")
        assert made.size == target.stat().st_size > 10_000
        assert made.missing == ""


def test_every_typed_text_of_the_answers_stands_in_the_annex(filled: Filled, lists: Lists) -> None:
    text = " ".join(printed(filled, lists).split())
    for said in (
        "Reason: Station records differ from the register",
        "A different view: In the capital the two agree",
        "Comment: Ask Sergeant Ivan Petrovich about case no. 123/2025",
        "What was seen: Two registers and one screen seen",
        "Records first, tools later.",
    ):
        assert said in text
    for question in filled.checklist.questions:
        assert f"{question.id}: {question.text}" in text


def test_a_not_applicable_answer_gives_its_reason(filled: Filled, lists: Lists) -> None:
    question = next(q for q in filled.checklist.questions if q.allows_na)
    ops.answer_not_applicable(filled.ws, filled.scope, question, "There is no such unit")
    assert "Why it does not apply: There is no such unit" in printed(filled, lists)


@pytest.mark.parametrize("name", ["json", "txt"])
def test_a_text_withheld_leaves_no_trace(
    filled: Filled, lists: Lists, paths: Paths, tmp_path: Path, name: str
) -> None:
    comment = free_text_id("answer", Answer.id_in(filled.scope, "DAT.1"), "comment")
    agency = free_text_id("engagement", profile(filled), "agency")
    group = free_text_id("group", EntityId(next(iter(filled.groups.values()))), "name")
    held = frozenset({comment, agency, group})
    document = document_of(filled, lists, withheld=held)
    write(document, name, tmp_path / "out", Words(), paths.resources / "fonts")
    text = (tmp_path / "out").read_text("utf-8")
    for gone in ("Petrovich", "Sample Regional Police", "Command:", "Command\n", '"Command"'):
        assert gone not in text
    assert "The assessed agency" in text
    assert "3 texts were left out" in text
    assert "Petrovich" in as_text(document_of(filled, lists), Words())


def profile(made: Filled) -> EntityId:
    return profile_id(made.engagement)


def test_a_note_of_ones_own_is_never_printed(filled: Filled, lists: Lists) -> None:
    ops.write_note(filled.ws, filled.scope, "DAT.1", "Only for me")
    assert "Only for me" not in printed(filled, lists)


def test_markup_in_typed_texts_stays_text(filled: Filled, lists: Lists) -> None:
    ops.write(filled.ws, filled.scope, "DAT.1", "comment", "<b>bold</b> {x} &amp; %s")
    assert "<b>bold</b> {x} &amp; %s" in printed(filled, lists)


def test_the_first_stage_shows_no_decimals(filled: Filled, lists: Lists) -> None:
    assert results_in(filled).scores.evidenced.stage == "A"
    body = printed(filled, lists).replace("version 1.0.0", "").split("Every answer")[0]
    assert DECIMALS.findall(body) == []


def test_later_stages_show_one_decimal(filled: Filled, lists: Lists, pack: Pack) -> None:
    later = second_round(filled, pack)
    text = printed(later, lists)
    assert results_in(later).scores.evidenced.stage != "A"
    assert DECIMALS.findall(text)
    assert all(len(found.split(".")[1]) == 1 for found in DECIMALS.findall(text))


def test_a_later_round_stands_beside_the_earlier_one(
    filled: Filled, lists: Lists, pack: Pack
) -> None:
    text = printed(second_round(filled, pack), lists)
    assert "Since First round, March 18, 2026" in text
    assert "dash and dot: evidence in First round" in " ".join(text.split())
    assert "LDR.1: Is there a clear" in text.split("What changed")[-1]


def test_every_page_bears_label_and_reference_state(
    ws: Workspace, pack: Pack, lists: Lists
) -> None:

    terms = Terms("pending", "", "announced by letter", "head of mission", True, "head of service")
    scope, _ = engagements.create(ws, Engagement("Police", place="Kosovo", terms=terms))
    held = answer_round(ws, scope, pack, ops.RoundPlan("First"), {"LDR": "22222"})
    made = Filled(ws, scope, held, ops.checklist_of(ws, held), {})
    document = document_of(made, lists)
    assert document.banner.startswith("RESTRICTED")
    assert document.banner.endswith("PROVISIONAL")
    assert len(document.footnotes) == 1
    assert "Kosovo" in document.footnotes[0]
    text = as_text(document, Words())
    assert "announced by letter; head of mission" in text
    assert "given by: head of service" in text


def test_model_source_and_status_are_acknowledged(filled: Filled, lists: Lists) -> None:
    document = document_of(filled, lists)
    assert "version 1.0.0" in document.sources[0]
    assert any("OSCE, Making Law Enforcement" in one for one in document.sources)
    assert any("neither an OSCE position" in one for one in document.sources)
    assert "version 1.0.0" in document.footer
    assert "TRAINING" in document.banner


def test_a_quick_scan_is_indicative_and_has_no_targets(
    ws: Workspace, training: ScopeId, pack: Pack, lists: Lists
) -> None:

    scope, _ = ops.start_round(ws, training, pack, ops.RoundPlan("Quick", "quick"))
    checklist = ops.checklist_of(ws, scope)
    for question in checklist.questions:
        ops.answer(ws, scope, question.id, 2)
    made = Filled(ws, training, scope, checklist, {})
    document = document_of(made, lists)
    text = as_text(document, Words())
    assert "Indicative: quick scan" in document.banner
    assert "Gaps to the targets" not in text
    assert "dashed" not in text


def test_groups_too_small_to_show_are_nowhere_in_the_votes(filled: Filled, lists: Lists) -> None:
    for key in "55":
        ops.type_ballot(filled.ws, filled.scope, "LDR.3", filled.groups["IT"], key)
    for name, keys in (("Command", "1111"), ("Shift leaders", "1112")):
        for key in keys:
            ops.type_ballot(filled.ws, filled.scope, "LDR.3", filled.groups[name], key)
    ops.reveal(filled.ws, filled.scope, "LDR.3")
    found = next(p for p in results_in(filled).agreements if p.question == "LDR.3")
    assert filled.groups["IT"] not in (found.room.groups or {})
    assert "IT: 5" not in printed(filled, lists)


def test_a_unanimous_room_is_shown_as_such(filled: Filled, lists: Lists) -> None:
    text = printed(filled, lists)
    assert "all the same" in text.split("LDR.1: Is there a clear")[-1][:400]


def test_page_and_paper_share_one_radar(filled: Filled, lists: Lists) -> None:
    results = results_in(filled)
    drawn = profile_figure(Wording(results, Words()))
    blocks = document_of(filled, lists).blocks
    assert next(b.figure for b in blocks if isinstance(b, FigureBlock)) == drawn
    refs = {s.ref for s in drawn.shapes if isinstance(s, Text) and s.ref}
    assert refs == set(filled.checklist.dimension_by_id)
    assert [row[0] for row in drawn.table.rows] == [d.short for d in filled.checklist.dimensions]


def test_every_bar_prints_its_number_and_its_table_says_the_same(filled: Filled) -> None:
    wording = Wording(results_in(filled), Words())
    figure = agreement_figure(wording)
    boxes = [s for s in figure.shapes if isinstance(s, Box)]
    texts = [s.text for s in figure.shapes if isinstance(s, Text)]
    assert len(texts) == len(boxes) + 2 * len(figure.table.rows)
    assert figure.table.rows[0][0] == wording.results.agreements[0].question
    assert len(gap_figure(wording).table.rows) == 12


def test_right_to_left_turns_bars_round_and_leaves_them_inside(
    filled: Filled, paths: Paths
) -> None:
    results = results_in(filled)
    plain = gap_figure(Wording(results, Words()))
    turned = gap_figure(Wording(results, words_of("qps-rtl", paths.translations)))
    firsts = [next(s for s in f.shapes if isinstance(s, Text) and s.ref) for f in (plain, turned)]
    assert [(s.x, s.anchor) for s in firsts] == [(0, "start"), (plain.width, "end")]
    assert all(0 <= s.x <= turned.width for s in turned.shapes if isinstance(s, Box))


def test_open_differences_are_said_and_shown_as_a_range(filled: Filled) -> None:
    results = results_in(filled)
    raised = ops.results(filled.ws, filled.scope, filled.checklist).scores
    lower = replace(
        raised.evidenced,
        dimensions={
            **raised.evidenced.dimensions,
            "CUL": replace(raised.evidenced.dimensions["CUL"], score=None),
        },
    )
    spread = ScoreRange(replace(raised, evidenced=lower), raised, ("CUL.1",))
    wording = Wording(replace(results, ranges=spread), Words())
    assert wording.open_differences().startswith("1 answer differs")
    assert wording.standing("evidenced", "CUL") == "2 or no score"


def test_the_json_report_is_complete(
    filled: Filled, lists: Lists, paths: Paths, tmp_path: Path
) -> None:
    target = tmp_path / "results.json"
    write(document_of(filled, lists), "json", target, Words(), paths.resources / "fonts")
    held = json.loads(target.read_text("utf-8"))
    assert "Digital maturity" in json.dumps(held)
    assert "In the capital the two agree" in json.dumps(held)
