"""The exchange page on two real workspaces: export, preview, settle, undo."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from fieldkit.qt.text import Label
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.strategy import operations as strategies
from fieldkit.ui.exchange.marked import MarkedText
from fieldkit.ui.exchange_page import ExchangePage
from fieldkit.workspace import intake, transfer
from fieldkit.workspace.backup import backups
from fieldkit.workspace.ledger import sent_list
from tests.ui.pairs import STEP, TEXT, Desk, Pair, desk_for, pair_in

FORBIDDEN = ("conflict", "merge", "scope")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with pair_in(tmp_path) as made:
        yield made


@pytest.fixture
def desk(qapp: QApplication, pair: Pair) -> Iterator[Desk]:
    with desk_for(qapp, pair.one, pair.engagement) as made:
        yield made


@pytest.fixture
def page(pair: Pair, desk: Desk) -> Iterator[ExchangePage]:
    made = ExchangePage(pair.one, desk.host)
    made.resize(1072, 776)
    made.show()
    made.activateWindow()
    desk.wait()
    yield made
    made.close()
    made.deleteLater()
    desk.wait()


def texts_of(widget: QWidget) -> str:
    labels = [w.text() for w in widget.findChildren(Label) if w.isVisible()]
    buttons = [w.text() for w in widget.findChildren(QAbstractButton) if w.isVisible()]
    read = [w.toPlainText() for w in widget.findChildren(QPlainTextEdit) if w.isVisible()]
    return "\n".join([*labels, *buttons, *read])


def preview(page: ExchangePage, desk: Desk, path: Path) -> None:
    page.command("exchange.import", str(path))
    desk.wait()


def press_import(page: ExchangePage, desk: Desk) -> None:
    page.preview.take.click()
    desk.wait()


def fill_export(page: ExchangePage, desk: Desk, receiver: str, folder: Path) -> None:
    page.command("exchange.export", "")
    page.exporting.whom.put(receiver)
    page.exporting.whom.chosen.emit(receiver)
    desk.dialogs.paths.append(folder)
    page.exporting.choose.click()


# the start


def test_the_start_counts_differences_and_makes_settling_the_one_primary_way(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    assert page.start.export.button.property("role") == "primary"
    pair.disagree()
    pair.hand(pair.two, pair.one)
    page.refresh()
    assert "1 difference to settle" in texts_of(page.start)
    roles = [w.button.property("role") for w in (page.start.export, page.start.take_in)]
    assert roles == ["", ""]
    assert page.start.settle.button.property("role") == "primary"


def test_the_log_says_from_whom_and_takes_the_last_import_back(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    pair.hand(pair.two, pair.one)
    page.refresh()
    table = page.start.arrivals
    assert [table.item(0, x).text() for x in (1, 2, 3)] == ["Laptop two", "First round", "imported"]
    page.start.take_back.click()
    assert table.item(0, 3).text() == "taken back"
    assert pair.answer(pair.one)["level"] == 1
    assert not pair.one.differences()
    assert not page.start.take_back.isVisible()


def test_an_import_somebody_worked_upon_and_sent_on_is_not_taken_back(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    pair.hand(pair.two, pair.one)
    difference = pair.one.differences()[0]
    pair.one.settle(difference, difference.versions[0].value)
    pair.bundle(pair.one)
    page.refresh()
    page.start.take_back.click()
    assert [e.code for e in desk.dialogs.errors] == ["E_IMPORT_SENT"]


def test_a_backup_is_written_checked_and_its_day_shown(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    assert "There is no backup yet." in texts_of(page.start)
    page.start.backups.now.click()
    desk.wait()
    assert len(backups(pair.one.paths.backups)) == 1
    assert "Last backup:" in texts_of(page.start)


# export


def test_export_waits_for_a_receiver_and_a_folder(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    page.command("exchange.export", "")
    assert page.exporting.whom.value() is None
    assert not page.exporting.write.isEnabled()
    fill_export(page, desk, "agency", pair.stick)
    assert page.exporting.write.isEnabled()


def test_a_training_engagement_does_not_leave_for_partners_and_says_why(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    fill_export(page, desk, "partners", pair.stick)
    assert "training engagement" in texts_of(page.exporting)
    assert not page.exporting.write.isEnabled()


def test_a_marked_text_without_its_tick_stays_here(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    said = "Ask Inspector John Smith about case 2024/1187."
    assessment.answer(pair.one, pair.round, "DAT.2", 3)
    assessment.write(pair.one, pair.round, "DAT.2", "comment", said)
    assessment.write(pair.one, pair.round, "DAT.2", "dissent", "One group sees it lower.")
    fill_export(page, desk, "agency", pair.stick)
    table = page.exporting.texts.table
    assert table.item(0, 1).text() == said
    assert "John Smith" in table.item(0, 2).text()
    page.exporting.texts.keep_marked.click()
    page.exporting.write.click()
    desk.wait()
    file = next(p for p in pair.stick.iterdir() if p.stat().st_mtime and "sample-police" in p.name)
    intake.apply(pair.two, intake.preview(pair.two, file))
    got = pair.answer(pair.two, "DAT.2")
    assert (got["level"], got["dissent"]) == (3, "One group sees it lower.")
    assert got["comment"] is None


def test_the_space_bar_takes_a_tick_away(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    fill_export(page, desk, "agency", pair.stick)
    table = page.exporting.texts.table
    table.setCurrentCell(1, 1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not table.is_on(1)
    assert len(page.exporting.texts.withheld) == 1
    assert "1 text stays here." in texts_of(page.exporting)


def test_a_title_that_stays_here_does_not_travel_as_a_title_either(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    fill_export(page, desk, "agency", pair.stick)
    table = page.exporting.texts.table
    rows = [y for y in range(table.rowCount()) if table.item(y, 1).text() == "Sample Police"]
    table.tick(rows[0], on=False)
    before = set(pair.stick.iterdir())
    page.exporting.write.click()
    desk.wait()
    (file,) = set(pair.stick.iterdir()) - before
    told = transfer.inspect(file)
    assert "Sample Police" not in {scope.title for scope in told.scopes}
    assert "sample" not in file.name


def test_to_the_agency_goes_what_stands_and_not_what_was_taken_back(
    pair: Pair, desk: Desk, page: ExchangePage, tmp_path: Path
) -> None:
    strategies.write(pair.one, pair.strategy, "vision", "CANARY first wording")
    strategies.write(pair.one, pair.strategy, "vision", "What stands")
    for receiver, wordings in (("agency", 1), ("full", 2)):
        folder = tmp_path / receiver
        folder.mkdir()
        fill_export(page, desk, receiver, folder)
        page.exporting.write.click()
        desk.wait()
        assert _wordings(next(folder.iterdir()), "strategy.vision") == wordings


def _wordings(file: Path, fld: str) -> int:
    from fieldkit.exchange.unpack import open_bundle

    with open_bundle(file) as bundle:
        bundle.verify()
        return sum(op.fld == fld and not op.is_stub for op in bundle.ops())


def test_names_travel_between_own_computers_only(
    pair: Pair, desk: Desk, page: ExchangePage, tmp_path: Path
) -> None:
    from fieldkit.exchange.unpack import open_bundle

    for receiver, named in (("full", True), ("agency", False)):
        folder = tmp_path / receiver
        folder.mkdir()
        fill_export(page, desk, receiver, folder)
        page.exporting.write.click()
        desk.wait()
        with open_bundle(next(folder.iterdir())) as bundle:
            labels = {w.label for w in bundle.manifest.header.writers}
        assert ("Laptop one" in labels) is named


def test_own_notes_leave_only_by_their_own_tick(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    assessment.write_note(pair.one, pair.round, "DAT.1", "Only for me")
    fill_export(page, desk, "full", pair.stick)
    assert "Only for me" not in _listed(page)
    page.exporting.private.box.click()
    assert "Only for me" in _listed(page)
    page.exporting.whom.put("agency")
    page.exporting.whom.chosen.emit("agency")
    assert "Only for me" not in _listed(page)
    assert not page.exporting.private.isVisible()


def _listed(page: ExchangePage) -> list[str]:
    table = page.exporting.texts.table
    return [table.item(y, 1).text() for y in range(table.rowCount())]


def test_the_receipt_counts_checks_and_lets_the_stick_go(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    assessment.answer(pair.one, pair.round, "DAT.1", 2)
    before = set(pair.stick.iterdir())
    fill_export(page, desk, "full", pair.stick)
    page.exporting.write.click()
    desk.wait()
    (file,) = set(pair.stick.iterdir()) - before
    said = texts_of(page.exporting)
    assert "1 answer" in said
    assert "read again and checked" in said
    assert "The stick may be pulled now." in said
    assert [(s.receiver, s.file) for s in sent_list(pair.one)] == [("full", file.name)]
    page.exporting.write.click()
    assert page.stack.currentWidget() is page.start
    assert page.start.sent.item(0, 1).text() == "My own computers and my team's"


def test_a_folder_that_is_gone_is_told_and_leaves_nothing(
    pair: Pair, desk: Desk, page: ExchangePage, tmp_path: Path
) -> None:
    fill_export(page, desk, "full", tmp_path / "pulled" / "out")
    page.exporting.write.click()
    desk.wait()
    assert [e.code for e in desk.dialogs.errors] == ["E_DISK"]
    assert sent_list(pair.one) == []


# preview


def test_the_preview_says_who_when_and_what_and_preselects_nothing(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    preview(page, desk, pair.bundle(pair.two))
    said = texts_of(page.preview)
    for expected in ("Laptop two", "not signed", "complete and undamaged", "Difference 1 of 1",
                     "On this computer · March 19, 2026", "In the bundle · March 20, 2026",
                     "Both started from", "no answer yet", "Starting", "Foundational",
                     "“Two regions send sheets.”", "“Standards were adopted.”"):  # fmt: skip
        assert expected in said
    assert not any(b.isChecked() for b in page.preview.card.buttons.values())
    table = page.preview.brings.table
    row = [table.item(1, x).text() for x in range(4)]
    assert row == ["First round", "none", "1 answer", "1"]


def test_cancelling_leaves_the_store_byte_for_byte(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    file = pair.bundle(pair.two)
    before = pair.one.paths.workspace.read_bytes()
    preview(page, desk, file)
    page.preview.card.choose("side-1")
    page.preview.cancel.click()
    assert pair.one.paths.workspace.read_bytes() == before
    assert list(pair.one.paths.inbox.iterdir()) == []
    assert page.stack.currentWidget() is page.start


def test_by_keyboard_alone_a_difference_is_chosen_and_the_bundle_imported(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    preview(page, desk, pair.bundle(pair.two))
    card = page.preview.card
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert page.preview.decisions == {}
    QTest.keyClick(card, Qt.Key.Key_2)
    assert card.buttons["side-1"].isChecked()
    assert pair.answer(pair.one)["level"] == 1
    page.preview.take.setFocus()
    QTest.keyClick(page.preview.take, Qt.Key.Key_Space)
    desk.wait()
    got = pair.answer(pair.one)
    assert (got["level"], got["reason"]) == (2, "Standards were adopted.")
    assert not pair.one.differences()


def test_a_side_takes_its_reason_along_or_the_lack_of_one(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    assessment.answer(pair.one, pair.round, "DAT.1", 1)
    assessment.answer(pair.two, pair.round, "DAT.1", 2, reason="Standards were adopted.")
    preview(page, desk, pair.bundle(pair.two))
    page.preview.card.choose("side-0")
    press_import(page, desk)
    got = pair.answer(pair.one)
    assert (got["level"], got["reason"]) == (1, None)


def test_a_new_answer_is_written_with_the_import_and_undone_with_it(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    preview(page, desk, pair.bundle(pair.two))
    page.preview.card.choose("new")
    writing = page.preview.card.writing
    writing.use.click()
    assert page.preview.decisions == {}
    assert "Choose a level first." in texts_of(writing)
    writing._level.put(3)
    writing._text.setPlainText("Agreed by telephone.")
    writing.use.click()
    press_import(page, desk)
    got = pair.answer(pair.one)
    assert (got["level"], got["reason"]) == (3, "Agreed by telephone.")
    page.start.take_back.click()
    assert pair.answer(pair.one)["level"] == 1


def test_later_keeps_both_and_leads_to_settling(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    pair.disagree()
    preview(page, desk, pair.bundle(pair.two))
    page.preview.card.choose("later")
    press_import(page, desk)
    assert len(page.start.settle.button.text()) > 0
    assert "1 difference to settle" in texts_of(page.start)


def test_a_document_without_its_tick_stays_out(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    pair.disagree()
    strategies.write(pair.two, pair.strategy, "vision", "Every report once")
    preview(page, desk, pair.bundle(pair.two))
    page.preview.brings.table.tick(1, on=False)
    assert not page.preview.card.isVisible()
    press_import(page, desk)
    assert pair.answer(pair.one)["level"] == 1
    assert strategies.strategy(pair.one, pair.strategy).vision == "Every report once"


def test_a_bundle_that_came_before_says_so(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    pair.disagree()
    file = pair.bundle(pair.two)
    intake.apply(pair.one, intake.preview(pair.one, file))
    preview(page, desk, file)
    assert "was imported before" in texts_of(page.preview)
    page.preview.put_away()
    pair.clock.now += STEP
    older = pair.bundle(pair.two)
    preview(page, desk, older)
    assert "older than what you have" in texts_of(page.preview)


def test_a_damaged_bundle_is_refused_with_its_code(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    file = pair.bundle(pair.two)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    preview(page, desk, file)
    assert desk.dialogs.errors
    assert desk.dialogs.errors[0].code.startswith("E_")
    assert page.stack.currentWidget() is page.start
    assert list(pair.one.paths.inbox.iterdir()) == []


def test_what_is_written_meanwhile_asks_to_look_again(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    preview(page, desk, pair.bundle(pair.two))
    page.preview.card.choose("side-1")
    page.hear(assessment.answer(pair.one, pair.round, "DAT.1", 4, reason="Seen again."))
    press_import(page, desk)
    assert "Look again" in texts_of(page.preview)
    assert pair.answer(pair.one)["level"] == 4
    assert "Integrated" in texts_of(page.preview)


def test_a_dropped_bundle_is_previewed(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(pair.bundle(pair.two)))])
    event = QDropEvent(
        QPointF(QPoint(50, 50)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(event)
    desk.wait()
    assert page.stack.currentWidget() is page.preview


def test_a_new_engagement_can_be_opened_after_its_import(
    qapp: QApplication, pair: Pair, tmp_path: Path
) -> None:
    from fieldkit.system.paths import Paths
    from fieldkit.tools import schema
    from fieldkit.workspace.workspace import Workspace

    file = pair.bundle(pair.one)
    with (
        Workspace.open(Paths.at(tmp_path / "three"), schema()) as third,
        desk_for(qapp, third) as desk,
    ):
        page = ExchangePage(third, desk.host)
        page.show()
        desk.dialogs.paths.append(file)
        page.command("exchange.import", "")
        desk.wait()
        assert "Sample Police" in page.preview.brings.table.item(0, 0).text()
        press_import(page, desk)
        page.start.notice.acted.emit()
        assert desk.went == [("engagement.open", pair.engagement)]
        assert engagements.engagement(third, pair.engagement).agency == "Sample Police"
        page.close()


# settling


def settle(pair: Pair, page: ExchangePage) -> None:
    pair.hand(pair.two, pair.one)
    page.command("exchange.settle", "")


def test_settling_writes_at_once_and_undo_brings_both_back(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    settle(pair, page)
    assert [c.fields[0] for c in page.settling.cases] == ["level"]
    QTest.keyClick(page.settling.card, Qt.Key.Key_Return)
    assert len(pair.one.differences()) == 2
    QTest.keyClick(page.settling.card, Qt.Key.Key_2)
    got = pair.answer(pair.one)
    assert (got["level"], got["reason"]) == (2, "Standards were adopted.")
    assert "Nothing to settle" in texts_of(page.settling)
    pair.one.undo()
    page.refresh()
    assert len(page.settling.cases) == 1
    assert {s.version.value for s in page.settling.cases[0].sides} == {1, 2}


def test_all_from_one_person_is_one_step_back(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    pair.disagree()
    pair.disagree_in_text("Mine.", "Theirs.")
    settle(pair, page)
    page.settling.take_all.click()
    assert desk.said[-1] == "Choose whose answers to take."
    assert len(pair.one.differences()) == 3
    page.settling._people.put((False, "Laptop two"))
    page.settling.take_all.click()
    assert not pair.one.differences()
    assert pair.answer(pair.one)["level"] == 2
    assert strategies.strategy(pair.one, pair.strategy).problem == "Theirs."
    pair.one.undo()
    assert len(pair.one.differences()) == 3


def test_two_texts_are_put_together_paragraph_by_paragraph(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree_in_text(
        TEXT.replace("late", "very late").replace("retype", "copy"),
        TEXT.replace("owns it", "owns the data").replace("retype", "type"),
    )
    settle(pair, page)
    page.settling.card.choose("proposal")
    proposal = page.settling.card.proposal
    (clash,) = proposal.clashes
    assert clash.choices.value() is None
    assert not proposal.accept.isEnabled()
    clash.choices.put("right")
    clash.choices.chosen.emit("right")
    proposal.accept.click()
    wanted = "Data arrives very late.\n\nNobody owns the data.\n\nStaff type everything."
    assert strategies.strategy(pair.one, pair.strategy).problem == wanted
    pair.one.undo()
    assert len(pair.one.differences()) == 1


def test_both_versions_of_a_paragraph_can_stand(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    pair.disagree_in_text(TEXT.replace("late", "Monday"), TEXT.replace("late", "Friday"))
    settle(pair, page)
    page.settling.card.choose("proposal")
    proposal = page.settling.card.proposal
    proposal.clashes[0].choices.put("both")
    proposal.clashes[0].choices.chosen.emit("both")
    text = proposal.text.text()
    assert "Monday" in text
    assert "Friday" in text


@pytest.mark.parametrize(("way", "names"), [("keep", ["Front office"]), ("delete", [])])
def test_what_one_deleted_and_the_other_wrote_on_is_kept_or_deleted_in_words(
    pair: Pair, desk: Desk, page: ExchangePage, way: str, names: list[str]
) -> None:
    from dataclasses import replace

    group = engagements.groups(pair.one, pair.engagement)[0]
    engagements.remove_group(pair.one, group)
    theirs = engagements.groups(pair.two, pair.engagement)[0]
    engagements.edit_group(pair.two, replace(theirs, name="Front office"))
    settle(pair, page)
    desk.wait()
    said = texts_of(page.settling)
    assert "Keep it" in said
    assert "Delete it" in said
    page.settling.card.choose(way)
    assert [g.name for g in engagements.groups(pair.one, pair.engagement)] == names
    assert not pair.one.differences()


def test_a_deletion_can_be_decided_in_the_preview(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    from dataclasses import replace

    theirs = engagements.groups(pair.two, pair.engagement)[0]
    engagements.remove_group(pair.two, theirs)
    group = engagements.groups(pair.one, pair.engagement)[0]
    engagements.edit_group(pair.one, replace(group, name="Front office"))
    preview(page, desk, pair.bundle(pair.two))
    page.preview.card.choose("delete")
    press_import(page, desk)
    assert engagements.groups(pair.one, pair.engagement) == []
    assert not pair.one.differences()


def test_a_new_number_settles_a_head_count(pair: Pair, desk: Desk, page: ExchangePage) -> None:
    from dataclasses import replace

    for ws, heads in ((pair.one, 5), (pair.two, 6)):
        group = engagements.groups(ws, pair.engagement)[0]
        engagements.edit_group(ws, replace(group, heads=heads))
    settle(pair, page)
    page.settling.card.choose("new")
    page.settling.card.writing._number.put(7)
    page.settling.card.writing.use.click()
    assert [g.heads for g in engagements.groups(pair.one, pair.engagement)] == [7]


def test_ctrl_page_down_leads_through_the_differences(
    pair: Pair, desk: Desk, page: ExchangePage
) -> None:
    pair.disagree()
    pair.disagree_in_text("Mine.", "Theirs.")
    settle(pair, page)
    first = page.settling.card.case
    QTest.keyClick(page.settling, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.settling.card.case != first
    page.settling._list.picked.emit("0")
    assert page.settling.card.case == first


# how it looks


def every_view(page: ExchangePage, pair: Pair, desk: Desk) -> Iterator[QWidget]:
    """Show every view, with a difference about a level and one about a text."""
    yield page.start
    fill_export(page, desk, "full", pair.stick)
    yield page.exporting
    preview(page, desk, pair.bundle(pair.two))
    yield page.preview
    page.preview.card.choose("new")
    yield page.preview
    press_import(page, desk)
    page.command("exchange.settle", "")
    yield page.settling
    page.settling.go(1)
    page.settling.card.choose("proposal" if "proposal" in page.settling.card.buttons else "new")
    yield page.settling


@pytest.mark.parametrize(
    ("tag", "percent"), [("en", 100), ("ru", 100), ("qps-long", 150), ("qps-rtl", 100)]
)
def test_every_view_names_its_controls_and_cuts_nothing(
    pair: Pair, desk: Desk, page: ExchangePage, tag: str, percent: int
) -> None:
    pair.disagree()
    pair.disagree_in_text(TEXT.replace("late", "Monday"), TEXT.replace("late", "Friday"))
    desk.host.look.use("light", percent)
    desk.speak(tag)
    page.resize(816, 576)
    for view in every_view(page, pair, desk):
        desk.wait()
        for control in view.findChildren(QWidget):
            if control.isVisible() and isinstance(
                control,
                QAbstractButton | QComboBox | QPlainTextEdit | QLineEdit | QAbstractItemView,
            ):
                assert _named(control), f"{control} in {view}"
                if isinstance(control, QAbstractButton) and control.text():
                    assert control.width() >= control.minimumSizeHint().width(), control.text()
        for read in view.findChildren(MarkedText):
            if read.isVisible():
                assert read.verticalScrollBar().maximum() == 0, read.toPlainText()
        assert view.width() <= page.width()
        if tag == "en":
            said = texts_of(view).lower()
            assert not any(word in said for word in FORBIDDEN)


def _named(control: QWidget) -> bool:
    inner = control.parent()
    is_part = isinstance(inner, QComboBox | QAbstractItemView) or "qt_" in control.objectName()
    in_spin = inner is not None and inner.metaObject().className() in ("SpinBox", "QSpinBox")
    named = bool(control.accessibleName())
    return named or is_part or in_spin or control.metaObject().className().startswith("QComboBox")
