"""Cards, levels, cells, outline, wizard and table: seen, named, reached by keys, large enough."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from fieldkit.core.flow import Flow, Step
from fieldkit.core.i18n import Words
from fieldkit.qt.buttons import Button, KeyCap, Tile
from fieldkit.qt.cards import Badge, Band, Banner, Card, EmptyState, Header, StatusWord
from fieldkit.qt.cells import Cell, CellGrid, CellRow
from fieldkit.qt.form import Check, Choices, ComboBox, SpinBox
from fieldkit.qt.journey import AHEAD, DONE, NOW, JourneyBar, Outline, OutlineRow, RailItem
from fieldkit.qt.layouts import Columns, FlowLayout, Rule, ScrollPage, empty, row
from fieldkit.qt.levels import Count, CountBars, LevelCard, LevelDot, LevelPicker
from fieldkit.qt.tables import Table, share
from fieldkit.qt.text import Label, LineEdit, PlainEdit
from fieldkit.qt.theme import DARK, LIGHT, Look
from fieldkit.qt.translate import Language, use
from fieldkit.qt.wizard import Wizard

ROWS = [
    OutlineRow("a", "Summary", "ready", "ok"),
    OutlineRow("b", "Priorities", "writing", "writing"),
    OutlineRow("c", "Objectives", "2 errors", "error"),
]
GRID = [
    CellRow("Data", (Cell("D1", "1", 1, "Data 1"), Cell("D2", "?", None, "Data 2"))),
    CellRow("Law", (Cell("L1", "n/a", None, "Law 1"), Cell("L2", "5", 5), Cell("L3", "3", 3))),
]


def spoken(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def card_in_two_languages() -> LevelCard:
    card = LevelCard(2)
    card.set_texts("Temeljni", "Glavni registri su digitalni.", "Foundational", "Main registers.")
    return card


def everything(language: Language) -> QWidget:
    """Every widget of the floor in one column."""
    home = QWidget()
    column = QVBoxLayout(home)
    header, band, banner = Header(), Band(), Banner()
    header.set_texts("Results", "First round")
    header.add(Button("Print", icon="print"), Button("Start", "primary"))
    band.set_text("RESTRICTED")
    banner.show_message("warning", "Not sent for two days", "Export")
    empty_state, outline, grid = EmptyState("folder"), Outline(), CellGrid()
    empty_state.set_texts("No bundles yet", "Bundles carry work.", "Export")
    outline.show_rows(ROWS, "b")
    grid.show_rows(GRID)
    picker, bars, bar = LevelPicker(), CountBars(), JourneyBar(language)
    picker.set_names(["Starting", "Foundational", "Established", "Integrated", "Learning"])
    bars.show_counts([Count("1", 2, "level-1"), Count("2", 8, "level-2")])
    bar.show_steps([("Prepare", DONE), ("Assess", NOW), ("Draft", AHEAD)])
    item, combo, choices = RailItem("results"), ComboBox(), Choices()
    item.set_texts("Results", "2")
    combo.offer([(1, "One")])
    combo.setAccessibleName("Kind")
    choices.offer([(1, "said only"), (2, "seen")])
    line, text, number = LineEdit(), PlainEdit(language), SpinBox()
    for field, name in ((line, "Line"), (text, "Text"), (number, "Number")):
        field.setAccessibleName(name)
    card = Card(stripe="warning")
    card.set_title("Card", "hint")
    card.add(Label("text"), row(Button("Vote", key="D"), KeyCap("F6"), None), Rule())
    for one in (
        header, band, banner, empty_state, outline, grid, picker, bars, bar, item, combo, choices,
        line, text, number, card, card_in_two_languages(), Check("Agreed"), Badge("2", "ok"),
        LevelDot(3),
    ):  # fmt: skip
        column.addWidget(one)
    return home


@pytest.mark.parametrize("mode", [LIGHT, DARK])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_everything_is_named_and_large_enough_and_paints(
    qtbot, language: Language, screen: Look, turn: Callable[[], None], mode: str, percent: int
) -> None:
    screen.use(mode, percent)
    home = everything(language)
    qtbot.addWidget(home)
    home.show()
    turn()
    for one in home.findChildren(QWidget):
        takes_keys = one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not takes_keys or not one.isVisible() or one.focusProxy():
            continue
        if one.objectName().startswith("qt_") or isinstance(one, ScrollPage):
            continue
        assert spoken(one), type(one)
        if percent >= 100:
            assert min(one.width(), one.parentWidget().width()) >= 16, type(one)
            assert one.height() >= 28, (type(one), one.height())
    assert not home.grab().isNull()


def test_targets_are_at_least_32_pixels(qtbot, language: Language, turn) -> None:
    home = everything(language)
    qtbot.addWidget(home)
    home.show()
    turn()
    buttons = [b for b in home.findChildren(QAbstractButton) if b.isVisible()]
    assert len(buttons) > 15
    small = [
        (type(b).__name__, b.text(), b.size().toTuple())
        for b in buttons
        if b.height() < 32 or (b.width() < 32 and not b.parentWidget().findChildren(Label))
    ]
    assert small == []


def test_every_widget_mirrors_without_clipping(
    qtbot, language: Language, dressed: QApplication, turn
) -> None:
    home = everything(language)
    qtbot.addWidget(home)
    home.show()
    use(dressed, language, Words("he"))
    turn()
    assert not home.grab().isNull()
    item = home.findChild(RailItem)
    assert item.layoutDirection() == Qt.LayoutDirection.RightToLeft
    button = home.findChild(Header).findChildren(Button)[0]
    assert button.x() < home.width() / 2


def test_focus_always_shows(qtbot, language: Language, turn) -> None:
    home = everything(language)
    qtbot.addWidget(home)
    home.show()
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)
    turn()
    seen = set()
    for one in home.findChildren(QAbstractButton):
        if not one.isVisible() or type(one) in seen:
            continue
        seen.add(type(one))
        elsewhere = home.findChild(LineEdit)
        elsewhere.setFocus()
        before = one.grab().toImage()
        one.setFocus()
        turn()
        assert one.grab().toImage() != before, type(one)
    assert len(seen) >= 6


def test_a_button_shows_its_key_and_is_wide_enough_for_both(qtbot, screen: Look) -> None:
    plain, capped = Button("Projector"), Button("Projector", key="F5")
    qtbot.addWidget(plain)
    qtbot.addWidget(capped)
    assert capped.sizeHint().width() > plain.sizeHint().width()
    assert capped.minimumSizeHint() == capped.sizeHint()
    capped.set_text("Salt & pepper")
    assert spoken(capped) == "Salt & pepper"


def test_an_icon_button_without_text_has_a_name(qtbot, screen: Look) -> None:
    button = Button(icon="undo", name="Undo")
    qtbot.addWidget(button)
    assert spoken(button) == "Undo"


def test_a_level_card_is_chosen_by_the_page_not_by_the_click(qtbot, screen: Look) -> None:
    card, said = card_in_two_languages(), []
    qtbot.addWidget(card)
    card.picked.connect(said.append)
    card.show()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert said == [2]
    assert [card.is_chosen] == [False]
    card.choose(True)
    assert card.is_chosen
    assert spoken(card) == "2 Temeljni"
    state = QAccessible.queryAccessibleInterface(card).state()
    assert state.checkable
    assert state.checked


def test_a_level_card_grows_with_its_text(qtbot, screen: Look, turn) -> None:
    card = LevelCard(1)
    qtbot.addWidget(card)
    card.set_texts("Starting", "Short.")
    card.show()
    turn()
    short = card.heightForWidth(400)
    card.set_texts("Starting", "A text that goes on and on. " * 12)
    turn()
    assert card.heightForWidth(400) > short + 60


def test_the_picker_tells_the_level_and_shows_the_chosen_one(qtbot, screen: Look) -> None:
    picker, said = LevelPicker(), []
    qtbot.addWidget(picker)
    picker.picked.connect(said.append)
    picker.set_names(["a", "b", "c", "d", "e"])
    picker.show()
    fourth = picker.findChildren(Tile)[3]
    qtbot.mouseClick(fourth, Qt.MouseButton.LeftButton)
    assert said == [4]
    assert picker.chosen() is None
    picker.choose(4)
    assert picker.chosen() == 4
    assert spoken(fourth) == "4 d"


def test_cells_are_walked_by_arrows_and_picked_by_enter(qtbot, screen: Look) -> None:
    grid, said = CellGrid(), []
    qtbot.addWidget(grid)
    grid.picked.connect(said.append)
    grid.show_rows(GRID)
    grid.show()
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    cells = grid.findChildren(QAbstractButton)
    assert [spoken(c) for c in cells] == ["Data 1: 1", "Data 2: ?", "Law 1: n/a", "5", "3"]
    cells[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(QApplication.focusWidget(), key)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said == ["D2"]
    qtbot.mouseClick(cells[3], Qt.MouseButton.LeftButton)
    assert said == ["D2", "L2"]


def test_showing_cells_again_replaces_them(qtbot, screen: Look, turn) -> None:
    grid = CellGrid()
    qtbot.addWidget(grid)
    grid.show_rows(GRID)
    grid.show_rows(GRID[:1])
    turn()
    assert len(grid.findChildren(QAbstractButton)) == 2


def test_the_outline_says_state_in_sign_and_word_and_keeps_focus(qtbot, screen: Look) -> None:
    outline, said = Outline(), []
    qtbot.addWidget(outline)
    outline.picked.connect(said.append)
    outline.show_rows(ROWS, "b")
    outline.show()
    outline.activateWindow()
    qtbot.waitUntil(outline.isActiveWindow)
    words = [w.text() for w in outline.findChildren(StatusWord)]
    assert words == ["✓ ready", "writing", "✕ 2 errors"]
    tiles = outline.findChildren(Tile)
    assert [t.is_chosen for t in tiles] == [False, True, False]
    tiles[1].setFocus()
    qtbot.keyClick(tiles[1], Qt.Key.Key_Down)
    outline.show_rows(ROWS, "c")
    assert tiles[2].hasFocus()
    qtbot.keyClick(tiles[2], Qt.Key.Key_Return)
    assert said == ["c"]
    assert spoken(tiles[2]) == "Objectives 2 errors"


def test_the_journey_says_done_now_and_ahead_in_words(qtbot, language: Language) -> None:
    bar = JourneyBar(language)
    qtbot.addWidget(bar)
    bar.show_steps([("Prepare", DONE), ("Assess", NOW), ("Draft", AHEAD)])
    assert [x.text() for x in bar.findChildren(Label)] == ["✓ Prepare", "now: Assess", "Draft"]


def test_a_banner_speaks_only_when_it_has_something_to_say(qtbot, screen: Look) -> None:
    banner, acted = Banner(), []
    qtbot.addWidget(banner)
    banner.acted.connect(lambda: acted.append(True))
    assert banner.isHidden()
    banner.show_message("error", "Not saved", "Try again")
    assert banner.isVisible()
    assert [x.text() for x in banner.findChildren(Label)] == ["✕", "Not saved"]
    banner.findChild(Button).click()
    assert acted == [True]
    banner.show_message("ok", "")
    assert banner.isHidden()


def test_chips_wrap_where_there_is_no_room(qtbot, screen: Look, turn) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    flow = FlowLayout(home)
    for n in range(6):
        flow.addWidget(Badge(f"badge number {n}"))
    assert flow.heightForWidth(1000) < flow.heightForWidth(150)
    home.resize(150, 300)
    home.show()
    turn()
    assert all(c.geometry().right() <= 150 for c in home.findChildren(Badge))
    empty(flow)
    assert flow.count() == 0


def test_columns_go_below_each_other_when_narrow_or_large(qtbot, screen: Look, turn) -> None:
    columns = Columns(600)
    qtbot.addWidget(columns)
    columns.add(Label("one"))
    columns.add(Label("two"))
    columns.resize(700, 200)
    columns.show()
    turn()
    assert not columns.is_stacked
    columns.resize(500, 200)
    turn()
    assert columns.is_stacked


def test_a_scrolling_page_shows_all_of_a_long_text(qtbot, screen: Look, turn) -> None:
    page = ScrollPage()
    qtbot.addWidget(page)
    label = Label("words and words " * 200)
    page.body.addWidget(label)
    page.resize(300, 200)
    page.show()
    turn()
    assert label.height() >= label.heightForWidth(label.width())
    assert page.verticalScrollBar().maximum() > 0


def test_a_table_shows_every_row_wrapped_and_tells_which_was_picked(
    qtbot, screen: Look, turn
) -> None:
    table, said = Table(), []
    qtbot.addWidget(table)
    table.picked.connect(said.append)
    long = "Foundation that several others stand on, so it comes first"
    table.show_rows(("Area", "Why"), [("Data <b>", long), ("Law", "")], ("a", ""))
    table.resize(260, 100)
    table.show()
    turn()
    assert table.item(0, 0).text() == "Data <b>"
    assert table.rowHeight(0) > table.rowHeight(1) >= 32
    assert table.minimumSizeHint().height() >= table.rowHeight(0) + table.rowHeight(1)
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    table.setCurrentCell(1, 0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert said == ["a"]


@pytest.mark.parametrize(
    ("room", "result"),
    [(300, [50, 250]), (150, [50, 100]), (100, [40, 60]), (60, [30, 40])],
)
def test_columns_share_the_room_but_never_break_a_word(room: int, result: list[int]) -> None:
    shared = share(room, [30, 40], [50, 100], 1)
    assert shared == result or (room == 100 and sum(shared) <= 100 and shared[0] >= 30)


def test_the_wizard_says_where_to_go_and_only_paints(qtbot, language: Language) -> None:
    steps = (Step("a"), Step("skip", applies=lambda _: False), Step("b"), Step("c"))
    wizard, said, done = Wizard(language), [], []
    qtbot.addWidget(wizard)
    wizard.went.connect(said.append)
    wizard.finished.connect(lambda: done.append(True))
    for step in "abc":
        wizard.add_page(step, Label(step))
    flow = Flow(steps, {}, "a")
    wizard.show_flow(flow, [*ROWS, OutlineRow("skip", "Skipped")])
    assert not wizard.back.isEnabled()
    wizard.next.click()
    assert said == ["b"]
    wizard.show_flow(flow.jump("c"), ROWS)
    assert wizard.next.text() == "Finish"
    wizard.next.click()
    wizard.back.click()
    assert done == [True]
    assert said == ["b", "b"]
