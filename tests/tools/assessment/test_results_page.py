import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldkit.content import Pack
from fieldkit.core.ids import ScopeId
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.host import Host
from fieldkit.qt.paper import PaperDialog, can_preview
from fieldkit.qt.translate import use
from fieldkit.system.translations import words
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.page.choosing import RoundsDialog, StartDialog
from fieldkit.tools.assessment.page.results import ResultsPage
from fieldkit.workspace.workspace import Workspace
from tests.filled import LEVELS, Filled, answer_round

Opened = Callable[..., ResultsPage]
LONG = 60_000


@pytest.fixture
def opened(qtbot: QtBot, filled: Filled, host: Host) -> Iterator[Opened]:
    def _opened(
        subject: ScopeId | None = None, width: int = 1072, height: int = 776
    ) -> ResultsPage:
        page = ResultsPage(filled.ws, host)
        qtbot.addWidget(page)
        page.open(subject or filled.engagement)
        page.resize(width, height)
        with qtbot.waitExposed(page):
            page.show()
        return page

    yield _opened
    settle_down()


def settle_down() -> None:
    """Lay out what was built, show it, and delete what was replaced."""
    for _ in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    settle_down()


def cell(page: ResultsPage, question: str) -> QPushButton:
    settle_down()
    buttons = page.questions.grid.findChildren(QPushButton)
    return next(b for b in buttons if b.accessibleName().startswith(question))


def dialog(page: ResultsPage, kind: type[Any]) -> Any:
    return next(d for d in page.findChildren(kind) if d.isVisible())


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def second(filled: Filled, pack: Pack, title: str = "Second round") -> ScopeId:
    levels = {name: said.replace("1", "2") for name, said in LEVELS.items()}
    plan = ops.RoundPlan(title, day="2026-09-01")
    return answer_round(filled.ws, filled.engagement, pack, plan, levels)


def test_without_a_round_it_says_so_and_leads_to_the_assessment(
    qtbot: QtBot, ws: Workspace, training: ScopeId, host: Host, went: Any
) -> None:
    page = ResultsPage(ws, host)
    qtbot.addWidget(page)
    page.open(training)
    page.show()
    assert "No results yet" in texts(page)
    assert not page.paper.isEnabled()
    assert not page.start.isEnabled()
    press(qtbot, page.nothing.findChildren(QPushButton)[0])
    assert went.to == [("assess", training)]


def test_a_round_without_answers_is_empty_and_fills_with_the_first(
    qtbot: QtBot, room: Any, host: Host
) -> None:
    page = ResultsPage(room.ws, host)
    qtbot.addWidget(page)
    room.ws.listen(page.hear)
    page.open(room.scope)
    page.show()
    assert page.nothing.isVisible()
    ops.answer(room.ws, room.scope, "LDR.1", 2)
    assert not page.nothing.isVisible()
    assert cell(page, "LDR.1").text() == "2"


def test_it_shows_stage_counts_and_every_question(opened: Opened) -> None:
    page = opened()
    said = texts(page)
    assert "Stage A, build foundations" in said
    assert "66 of 69 questions have a level." in said
    assert len(page.questions.grid.findChildren(QPushButton)) == 69
    assert cell(page, "ANI.4").text() == "?"
    assert page.profile.chart.view.accessibleName() == "Profile of the areas"


def test_a_click_on_a_cell_explains_its_number(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    press(qtbot, cell(page, "DAT.2"))
    assert page.panel.isVisible()
    assert "Agreed level: 2. The middle of the votes was 2." in page.panel.said
    assert "Station records differ from the register" in page.panel.said


def test_the_keyboard_reaches_a_sum_and_comes_back(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    first = cell(page, "LDR.1")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    at = QApplication.focusWidget()
    assert at is cell(page, "LDR.2")
    qtbot.keyClick(at, Qt.Key.Key_Return)
    inside = QApplication.focusWidget()
    assert inside is not None
    assert page.panel.isAncestorOf(inside)
    qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert QApplication.focusWidget() is at


def test_the_radar_answers_to_arrows_and_enter(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    page.profile.chart.view.setFocus()
    qtbot.keyClick(page.profile.chart.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.profile.chart.view, Qt.Key.Key_Return)
    assert "Raw mean of 5 of 5 questions: 1.20." in page.panel.said


def test_the_stage_and_a_priority_explain_themselves(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    press(qtbot, page.profile.why)
    assert "Lowest foundation: Leadership, level 1." in page.panel.said
    way = next(b for b in page.first.findChildren(QPushButton) if b.isVisible())
    press(qtbot, way)
    assert "of 100" in page.panel.said
    assert "Quick win" in page.panel.said


def test_every_chart_turns_into_its_table(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    chart = page.profile.chart
    press(qtbot, chart.toggle)
    assert chart.table.isVisible()
    assert chart.table.rowCount() == 12
    head = [chart.table.horizontalHeaderItem(x).text() for x in range(4)]
    assert head == ["Area", "Said", "Seen", "Target"]
    press(qtbot, chart.toggle)
    assert chart.view.isVisible()


@pytest.mark.parametrize("name", ["rooms", "targets", "ratings", "limits", "steps", "rounds"])
def test_every_part_opens_by_its_button(qtbot: QtBot, opened: Opened, name: str) -> None:
    page = opened()
    press(qtbot, page.sections.tabs[name])
    assert page.sections.parts[name].isVisible()
    assert sum(part.isVisible() for part in page.sections.parts.values()) == 1
    assert page.sections.tabs[name].isChecked()


def test_groups_that_see_it_differently_are_named_without_the_small_one(opened: Opened) -> None:
    page = opened()
    table = page.sections.parts["rooms"].groups.table
    shown = {table.item(y, 2).text() for y in range(table.rowCount())}
    assert "Command: 4\nShift leaders: 2\nInvestigators: 2" in shown
    assert all("IT" not in text for text in shown)


def test_a_target_is_chosen_kept_and_counted(qtbot: QtBot, opened: Opened, filled: Filled) -> None:
    page = opened()
    press(qtbot, page.sections.tabs["targets"])
    box = page.targets.boxes["LDR.1"]
    box.setFocus()
    for _ in range(5):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert ops.targets(filled.ws, filled.scope)["LDR.1"] == 5
    assert page.targets.boxes["LDR.1"] is box
    assert box.hasFocus()
    settle_down()
    assert "LDR.1" in texts(page.first)


def test_a_rating_changes_the_index_and_stays_in_its_field(
    qtbot: QtBot, opened: Opened, filled: Filled
) -> None:
    page = opened()
    press(qtbot, page.sections.tabs["ratings"])
    asked = {question for question, _ in page.ratings.boxes}
    assert len(asked) == 12
    box = page.ratings.boxes["PRC.1", "need"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    held = ops.ratings(filled.ws, filled.scope)["PRC.1"]
    assert (held.need, held.harm) == (5, None)
    assert box.hasFocus()
    page.show_sum("priority:PRC.1")
    assert "Need 5: 20.00 of 20" in page.panel.said


def test_a_change_from_elsewhere_is_shown(opened: Opened, filled: Filled) -> None:
    page = opened()
    filled.ws.listen(page.hear)
    ops.answer(filled.ws, filled.scope, "LDR.5", 4)
    assert cell(page, "LDR.5").text() == "4"


def test_the_newest_round_is_shown_beside_the_one_before(
    qtbot: QtBot, opened: Opened, filled: Filled, pack: Pack
) -> None:
    later = second(filled, pack)
    page = opened()
    assert page.rounds.value() == later
    press(qtbot, page.sections.tabs["rounds"])
    table = page.sections.parts["rounds"].table
    rows = {table.item(y, 0).text(): table.item(y, 1).text() for y in range(table.rowCount())}
    assert any(name.startswith("LDR.1: ") and then == "1" for name, then in rows.items())
    assert "First round" in texts(page.sections)


def test_rounds_are_compared_as_chosen(
    qtbot: QtBot, opened: Opened, filled: Filled, pack: Pack
) -> None:
    later = second(filled, pack)
    page = opened(filled.scope)
    press(qtbot, page.compare)
    asked = dialog(page, RoundsDialog)
    asked.choices.put(later)
    press(qtbot, asked.yes)
    assert page.sections.at == "rounds"
    assert "Beside Second round, September 1, 2026." in texts(page.sections)


def test_a_quick_scan_beside_a_full_round_is_refused_in_words(
    qtbot: QtBot, opened: Opened, filled: Filled, pack: Pack, host: Host
) -> None:
    plan = ops.RoundPlan("Quick", "quick", day="2026-10-01")
    quick = answer_round(filled.ws, filled.engagement, pack, plan, {})
    page = opened(filled.scope)
    press(qtbot, page.compare)
    asked = dialog(page, RoundsDialog)
    asked.choices.put(quick)
    press(qtbot, asked.yes)
    assert isinstance(host.dialogs, PreparedDialogs)
    assert [error.code for error in host.dialogs.errors] == ["E_ROUNDS_MODE"]


def test_a_quick_scan_is_labelled_and_has_no_targets(
    qtbot: QtBot, opened: Opened, filled: Filled, pack: Pack
) -> None:
    plan = ops.RoundPlan("Quick", "quick", day="2026-10-01")
    quick = answer_round(filled.ws, filled.engagement, pack, plan, {"LDR": "2", "DAT": "2"})
    page = opened(quick)
    assert "indicative" in texts(page.header)
    press(qtbot, page.sections.tabs["targets"])
    assert page.targets.boxes == {}
    assert "has no targets" in texts(page.targets)
    assert "target" not in page.profile._legend.text()


def test_a_strategy_starts_from_the_ticked_questions(
    qtbot: QtBot, opened: Opened, filled: Filled, went: Any
) -> None:
    page = opened()
    press(qtbot, page.start)
    asked = dialog(page, StartDialog)
    chosen = asked.chosen
    assert len(chosen) == 3
    press(qtbot, asked.checks[chosen[2]].box)
    press(qtbot, asked.yes)
    assert went.to == [("strategy.create", f"{filled.scope}:{chosen[0]},{chosen[1]}")]


def test_commands_from_elsewhere_open_their_dialog(opened: Opened) -> None:
    page = opened()
    page.command("results.print", "")
    assert dialog(page, PaperDialog).isVisible()
    page.command("strategy.start", "")
    assert dialog(page, StartDialog).isVisible()
    page.command("assessment.open", "")


# printing


def saved(qtbot: QtBot, page: ResultsPage, host: Host, target: Path, kind: str) -> PaperDialog:
    asked: PaperDialog = dialog(page, PaperDialog)
    asked.formats.put(kind)
    assert isinstance(host.dialogs, PreparedDialogs)
    host.dialogs.paths.append(target)
    press(qtbot, asked.save)
    qtbot.waitUntil(lambda: not host.jobs.is_busy and asked.banner.isVisible(), timeout=LONG)
    return asked


def test_every_typed_text_has_a_tick_and_the_suspicious_stand_first(
    qtbot: QtBot, opened: Opened
) -> None:
    page = opened()
    press(qtbot, page.paper)
    asked = dialog(page, PaperDialog)
    said = [asked.ticks.item(n).text() for n in range(asked.ticks.count())]
    assert "DAT.1 · Comment for the report" in said[0]
    assert "! looks like a person's name" in said[0]
    assert "! looks like a case number: case no. 123/2025" in said[0]
    assert any("Agency: Sample Regional Police" in text for text in said)
    assert f"{len(said)} of {len(said)} texts go out." in texts(asked)
    asked.ticks.setFocus()
    qtbot.keyClick(asked.ticks, Qt.Key.Key_Space)
    assert len(asked.ticks.withheld) == 1
    assert f"{len(said) - 1} of {len(said)} texts go out." in texts(asked)


def test_what_is_unticked_does_not_leave(
    qtbot: QtBot, opened: Opened, host: Host, tmp_path: Path
) -> None:
    page = opened()
    press(qtbot, page.paper)
    asked = dialog(page, PaperDialog)
    press(qtbot, asked.marked)
    saved(qtbot, page, host, tmp_path / "r.txt", "txt")
    text = (tmp_path / "r.txt").read_text("utf-8")
    assert "Petrovich" not in text
    assert "In the capital the two agree" in text


class FileManager:
    """Stands where the system's file manager would open."""

    shown: ClassVar[list[Path]] = []

    @classmethod
    def openUrl(cls, url: QUrl) -> None:
        cls.shown.append(Path(url.toLocalFile()))


@pytest.mark.parametrize("kind", ["pdf", "docx", "json", "txt"])
def test_the_paper_is_written_in_its_language_and_shown_in_its_folder(
    qtbot: QtBot,
    opened: Opened,
    host: Host,
    tmp_path: Path,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened()
    press(qtbot, page.paper)
    dialog(page, PaperDialog).languages.put("ru")
    asked = saved(qtbot, page, host, tmp_path / f"r.{kind}", kind)
    assert (tmp_path / f"r.{kind}").stat().st_size > 10_000
    assert f"r.{kind} is written." in texts(asked.banner)
    if kind == "json":
        assert "Руководство" in json.dumps(
            json.loads((tmp_path / "r.json").read_text("utf-8")), ensure_ascii=False
        )
    monkeypatch.setattr("fieldkit.qt.paper.QDesktopServices", FileManager)
    press(qtbot, asked.banner.findChildren(QPushButton)[0])
    assert FileManager.shown.pop() == tmp_path


def test_closing_while_it_writes_stops_the_work(
    qtbot: QtBot, opened: Opened, host: Host, tmp_path: Path
) -> None:
    page = opened()
    press(qtbot, page.paper)
    asked = dialog(page, PaperDialog)
    asked.formats.put("docx")
    assert isinstance(host.dialogs, PreparedDialogs)
    host.dialogs.paths.append(tmp_path / "r.docx")
    asked.save.click()
    asked.close_button.click()
    with qtbot.waitSignal(asked.finished, timeout=LONG):
        pass
    assert not host.jobs.is_busy
    assert list(tmp_path.glob("*.docx*")) == []


def test_a_folder_that_is_gone_is_told_and_the_dialog_stays(
    qtbot: QtBot, opened: Opened, host: Host, tmp_path: Path
) -> None:
    page = opened()
    press(qtbot, page.paper)
    asked = dialog(page, PaperDialog)
    dialogs = host.dialogs
    assert isinstance(dialogs, PreparedDialogs)
    dialogs.paths.append(tmp_path / "gone" / "r.pdf")
    press(qtbot, asked.save)
    qtbot.waitUntil(lambda: bool(dialogs.errors), timeout=LONG)
    assert dialogs.errors[0].code == "E_NO_FOLDER"
    assert asked.save.isEnabled()


@pytest.mark.skipif(not can_preview(), reason="this installation has no QtPdf")
def test_the_preview_shows_the_pages_and_deletes_its_file(
    qtbot: QtBot, opened: Opened, host: Host
) -> None:
    from fieldkit.qt.preview import PreviewDialog

    page = opened()
    press(qtbot, page.paper)
    asked = dialog(page, PaperDialog)
    press(qtbot, asked.preview)
    qtbot.waitUntil(lambda: bool(asked.findChildren(PreviewDialog)), timeout=LONG)
    shown = asked.findChildren(PreviewDialog)[0]
    assert shown.page_count > 10
    assert len(list(host.paths.staging.glob("preview-*.pdf"))) == 1
    shown.reject()
    assert list(host.paths.staging.glob("preview-*.pdf")) == []


@pytest.mark.skipif(not can_preview(), reason="this installation has no QtPdf")
def test_the_pages_reach_the_printer(
    qtbot: QtBot, opened: Opened, host: Host, tmp_path: Path, went: Any
) -> None:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

    from fieldkit.qt.preview import PreviewDialog

    page = opened()
    press(qtbot, page.paper)
    asked = dialog(page, PaperDialog)
    press(qtbot, asked.preview)
    qtbot.waitUntil(lambda: bool(asked.findChildren(PreviewDialog)), timeout=LONG)
    shown = asked.findChildren(PreviewDialog)[0]
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(1, 3)
    with qtbot.waitSignal(shown.send(printer).ended, timeout=LONG):
        pass
    made = QPdfDocument()
    made.load(str(tmp_path / "printed.pdf"))
    assert made.pageCount() == 3
    assert went.said == ["Sent to the printer."]
    shown.reject()


# how it looks and reads


def test_every_control_has_a_name(opened: Opened) -> None:
    page = opened()
    for name in page.sections.tabs:
        page.sections.choose(name)
        controls = [*page.findChildren(QAbstractButton), *page.findChildren(QComboBox)]
        nameless = [c for c in controls if c.isVisible() and not c.accessibleName()]
        assert nameless == []


def clipped(page: QWidget) -> list[str]:
    """Return visible texts that have less room than they need."""
    found = []
    for label in page.findChildren(QLabel):
        if not label.isVisible() or not label.text() or getattr(label, "_elides", False):
            continue
        wide = (
            label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        )
        if label.height() < wide - 1 or (
            not label.wordWrap() and label.width() < label.sizeHint().width() - 1
        ):
            found.append(label.text())
    buttons = [b for b in page.findChildren(QPushButton) if b.isVisible()]
    return found + [b.text() for b in buttons if b.width() < b.sizeHint().width() - 1]


@pytest.mark.parametrize("tag", ["en", "ru", "qps-long", "qps-rtl"])
@pytest.mark.parametrize("size", [(1072, 776), (816, 576)])
def test_nothing_is_clipped_at_150_percent_in_any_language(
    opened: Opened, host: Host, qapp: QApplication, tag: str, size: tuple[int, int]
) -> None:
    host.look.use("light", 150)
    use(qapp, host.language, words(tag, host.paths.translations))
    page = opened(width=size[0], height=size[1])
    settle_down()
    assert page.width() == size[0]
    for name in page.sections.tabs:
        page.sections.choose(name)
        settle_down()
        assert clipped(page) == []


def test_a_change_of_language_keeps_round_part_and_direction(
    opened: Opened, host: Host, qapp: QApplication
) -> None:
    page = opened()
    page.sections.choose("steps")
    use(qapp, host.language, words("qps-rtl", host.paths.translations))
    settle_down()
    assert page.sections.at == "steps"
    assert page.layoutDirection() == Qt.LayoutDirection.RightToLeft
    first, last = (cell(page, name) for name in ("LDR.1", "LDR.5"))
    spot = QPoint(0, 0)
    assert first.mapTo(page, spot).x() > last.mapTo(page, spot).x()
    assert "Profile" not in texts(page.profile)


def test_a_round_whose_questions_are_missing_is_told(
    opened: Opened, filled: Filled, host: Host
) -> None:
    blob = filled.ws.blob(ops.round_of(filled.ws, filled.scope).model.sha256)
    assert blob is not None
    blob.unlink()
    page = opened()
    assert isinstance(host.dialogs, PreparedDialogs)
    assert host.dialogs.errors[0].code == "E_MODEL_MISSING"
    assert page.nothing.isVisible()


def test_the_page_scrolls_when_it_is_low(opened: Opened) -> None:
    page = opened(width=816, height=400)
    scroll = page.findChildren(QScrollArea)[0]
    assert scroll.verticalScrollBar().maximum() > 0
    assert scroll.horizontalScrollBar().maximum() == 0


def test_a_summary_changed_elsewhere_refreshes_the_head(opened: Opened, filled: Filled) -> None:
    page = opened()
    filled.ws.listen(page.hear)
    held = ops.round_of(filled.ws, filled.scope)
    ops.change_round(filled.ws, filled.scope, replace(held, title="Baseline"))
    assert "Baseline" in texts(page.header)
