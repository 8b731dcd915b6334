"""The assessment page, worked with keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from fieldkit.core.errors import UserError
from fieldkit.core.i18n import Words
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Jobs
from fieldkit.qt.theme import Look, look
from fieldkit.qt.translate import Language, use
from fieldkit.system.settings import Settings
from fieldkit.system.translations import words
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.assessment.page import AssessPage
from tests.tools.conftest import Room

EVDEV = {"1": 2, "2": 3, "3": 4, "4": 5, "5": 6, "N": 49, "D": 32, "R": 19, "V": 47, "L": 38}


@pytest.fixture
def page(qtbot, qapp: QApplication, room: Room) -> Iterator[AssessPage]:
    load_fonts(qapp, room.ws.paths.resources / "fonts")
    force: Look = look()
    force.use("light", 100)
    language = Language()
    use(qapp, language, Words())
    said: list[str] = []
    host = Host(
        language, force, PreparedDialogs(), Jobs(language), room.ws.paths, Settings(),
        lambda _command, _subject: None, said.append,
    )  # fmt: skip
    made = AssessPage(room.ws, host)
    made.said = said  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(1072, 776)
    made.open(room.engagement)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.go_to("DAT.1")
    yield made
    made.flush()
    host.jobs.stop()
    use(qapp, language, Words())
    force.use("light", 100)


def press(page: AssessPage, key: str) -> None:
    """Press a key by its Latin letter."""
    code = getattr(Qt.Key, f"Key_{key}")
    text = key if len(key) == 1 else ""
    page.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text))


def state(page: AssessPage, room: Room, question: str = "DAT.1"):
    return ops.board(room.ws, room.scope, room.checklist).by_id[question]


def test_a_number_key_records_the_agreed_level(page: AssessPage, room: Room) -> None:
    press(page, "3")
    assert (state(page, room).state, state(page, room).level) == ("level", 3)
    assert page.question.cards[2].is_chosen


def test_letters_work_by_their_place_under_a_cyrillic_layout(page: AssessPage, room: Room) -> None:
    event = QKeyEvent(
        QEvent.Type.KeyPress, 0x0412, Qt.KeyboardModifier.NoModifier, EVDEV["D"] + 8, 0, 0, "в"
    )
    page.keyPressEvent(event)
    assert state(page, room).state == "dk"


def test_enter_goes_on_and_shift_enter_goes_back(page: AssessPage) -> None:
    press(page, "Return")
    assert page.at == "DAT.2"
    page.keyPressEvent(
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    )
    assert page.at == "DAT.1"


def test_f6_goes_to_the_next_unanswered_question(qtbot, page: AssessPage) -> None:
    press(page, "2")
    press(page, "Return")
    press(page, "4")
    page.go_to("DAT.1")
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert page.at == "DAT.3"


def test_ballots_stay_hidden_until_reveal(page: AssessPage, room: Room) -> None:
    group = room.groups["command"]
    page.aside.votes.take(group)
    for key in "2233":
        press(page, key)
    held = state(page, room)
    assert held.waiting_votes == 4
    assert held.room.counts is None
    assert not page.aside.room.isVisible()
    assert not any(card.is_chosen for card in page.question.cards)
    assert "4 of 4" in texts_of(page)
    page.aside.votes.take("")
    press(page, "R")
    assert state(page, room).room.counts.votes == 4
    assert page.aside.room.isVisible()


def test_one_ballot_too_many_is_named_and_not_counted(page: AssessPage, room: Room) -> None:
    page.aside.votes.take(room.groups["it"])
    for key in "224":
        press(page, key)
    assert said_errors(page)[0].code == "E_MORE_VOTES_THAN_HEADS"
    assert state(page, room).waiting_votes == 2


def test_a_ballot_can_be_taken_back(page: AssessPage, room: Room) -> None:
    page.aside.votes.take(room.groups["command"])
    press(page, "5")
    page.aside.votes._on_less()
    assert state(page, room).waiting_votes == 0


def test_a_level_away_from_the_middle_asks_for_its_reason_first(
    page: AssessPage, room: Room
) -> None:
    room.vote("DAT.1", command="3333", shift="33333")
    page.refresh()
    page.reveal()
    press(page, "1")
    assert state(page, room).agreed is False
    assert "Not recorded yet" in texts_of(page)
    page.aside.agreed.reason.setPlainText("Two regions still send paper.")
    page.aside.agreed.reason.finish()
    held = state(page, room)
    assert (held.level, held.answer.reason) == (1, "Two regions still send paper.")


def test_escape_forgets_the_level_that_wanted_a_reason(page: AssessPage, room: Room) -> None:
    room.vote("DAT.1", command="3333", shift="33333")
    page.refresh()
    page.reveal()
    press(page, "1")
    press(page, "Escape")
    assert "Not recorded yet" not in texts_of(page)
    assert state(page, room).agreed is False


def test_a_room_too_small_keeps_no_votes(page: AssessPage, room: Room) -> None:
    room.vote("DAT.1", it="23")
    page.refresh()
    page.reveal()
    held = state(page, room)
    assert held.room.counts is None
    assert held.answer.revealed
    assert "only the agreed level is kept" in texts_of(page)


def test_not_applicable_needs_a_reason_and_only_where_it_may_be(
    page: AssessPage, room: Room
) -> None:
    press(page, "N")
    assert state(page, room).state == "unanswered"
    question = next(q.id for q in room.checklist.questions if q.allows_na)
    page.go_to(question)
    press(page, "N")
    assert state(page, room, question).state == "unanswered"
    page.aside.agreed.na_reason.setText("No such tool is used or planned.")
    page.aside.agreed.na_reason.textEdited.emit("No such tool is used or planned.")
    page.aside.agreed.na_reason.finish()
    held = state(page, room, question)
    assert (held.state, held.answer.na_reason) == ("na", "No such tool is used or planned.")


def test_half_typed_text_survives_leaving_the_question(page: AssessPage, room: Room) -> None:
    press(page, "2")
    page.aside.notes.comment.setPlainText("For the report")
    press(page, "Return")
    assert state(page, room).answer.comment == "For the report"


def test_a_paused_text_is_kept_as_a_draft_and_comes_back(
    qtbot, page: AssessPage, room: Room
) -> None:
    press(page, "2")
    page.aside.evidence.text.setPlainText("Half a sen")
    ent = ops.answer_of(room.ws, room.scope, "DAT.1").id_in(room.scope, "DAT.1")
    qtbot.waitUntil(
        lambda: room.ws.draft(room.scope, ent, "text/evidence_text") == "Half a sen", timeout=3000
    )
    assert state(page, room).answer.evidence_text == ""
    page.flush()
    assert state(page, room).answer.evidence_text == "Half a sen"
    assert room.ws.draft(room.scope, ent, "text/evidence_text") is None


def test_search_finds_a_question_by_number_and_by_word(qtbot, page: AssessPage) -> None:
    page.outline.search()
    qtbot.keyClicks(page.outline.field, "rgt.2")
    qtbot.keyClick(page.outline.field, Qt.Key.Key_Return)
    assert page.at == "RGT.2"


def test_closing_is_refused_while_the_room_is_far_apart(page: AssessPage, room: Room) -> None:
    room.vote("DAT.1", command="1155", shift="15151")
    page.refresh()
    page.reveal()
    page.outline.close_round.click()
    assert said_errors(page)[-1].code == "E_RECONCILE"
    assert page.board.round.state == "open"


def test_a_file_is_attached_after_its_register_number(
    page: AssessPage, room: Room, tmp_path: Path
) -> None:
    press(page, "2")
    file = tmp_path / "order.txt"
    file.write_text("order")
    page._attach(file, "12/2026")
    found = ops.attachments(room.ws, room.scope, "DAT.1")
    assert [(a.name, a.register_no) for a in found] == [("order.txt", "12/2026")]
    assert "order.txt (12/2026)" in texts_of(page)


def test_reopening_lands_where_one_was(page: AssessPage, room: Room, qtbot) -> None:
    page.go_to("LAW.3")
    again = AssessPage(room.ws, page.host)
    qtbot.addWidget(again)
    again.open(room.engagement)
    again.refresh()
    assert again.at == "LAW.3"


@pytest.mark.parametrize("tag", ["ru", "qps-long", "qps-rtl"])
def test_a_language_change_keeps_the_question_and_the_text(
    page: AssessPage, room: Room, qapp, tag: str
) -> None:
    press(page, "2")
    page.aside.agreed.dissent.setPlainText("still being written")
    use(qapp, page.host.language, words(tag, room.ws.paths.translations))
    for _ in range(3):
        qapp.processEvents()
    assert page.at == "DAT.1"
    assert page.aside.agreed.dissent.toPlainText() == "still being written"
    assert page.layoutDirection() == (
        Qt.LayoutDirection.RightToLeft if tag == "qps-rtl" else Qt.LayoutDirection.LeftToRight
    )


def test_every_control_has_a_name(page: AssessPage) -> None:
    press(page, "2")
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    nameless = [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
        for kind in kinds
        for w in page.findChildren(kind)
        if w.isVisible() and not name_of(w) and not w.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_nothing_is_clipped_at_150_percent(page: AssessPage, qapp) -> None:
    page.host.look.use("light", 150)
    page.resize(1072, 776)
    press(page, "2")
    for _ in range(4):
        qapp.processEvents()
    cut = [
        b.text() for b in page.findChildren(QAbstractButton)
        if b.isVisible() and b.text() and b.width() < b.minimumSizeHint().width()
    ]  # fmt: skip
    assert cut == []


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def texts_of(page: AssessPage) -> str:
    for _ in range(2):
        QApplication.processEvents()
    labels = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    return "\n".join(
        [*labels, *(b.text() for b in page.findChildren(QAbstractButton) if b.isVisible())]
    )


def said_errors(page: AssessPage) -> list[UserError]:
    dialogs = page.host.dialogs
    assert isinstance(dialogs, PreparedDialogs)
    return dialogs.errors
