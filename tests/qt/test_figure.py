"""A figure on screen: clicked, walked by keys, told to screen readers, twinned by a table."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from fieldkit.core.figure import (
    Axis,
    Box,
    DataTable,
    Figure,
    Line,
    Polygon,
    Series,
    Text,
    radar_shapes,
)
from fieldkit.qt.figure import FigureView, FigureWithTable, targets
from fieldkit.qt.theme import DARK, LIGHT, Look
from fieldkit.qt.translate import Language

TABLE = DataTable(("Area", "Said"), (("Data", "1.3"), ("Law", "2.0")))


def boxes() -> Figure:
    shapes = (
        Line(0, 0, 100, 0),
        Polygon(((0, 0), (10, 0), (5, 5)), fill="primary", opacity=0.5, dash=(4.0, 2.0)),
        Box(10, 10, 30, 20, fill="level-2", ref="one"),
        Box(60, 10, 30, 20, fill="level-5", ref="two"),
        Text(75, 60, "two", anchor="middle", ref="two"),
        Text(10, 90, "end", anchor="end", bold=True),
    )
    return Figure(100, 100, shapes, "Boxes", "Two boxes.", TABLE)


@pytest.fixture
def view(qtbot, screen: Look) -> FigureView:
    made = FigureView()
    qtbot.addWidget(made)
    made.show_figure(boxes())
    made.resize(200, 200)
    made.show()
    return made


def test_a_click_says_what_was_clicked(qtbot, view: FigureView) -> None:
    said = []
    view.clicked.connect(said.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 40))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 40))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 190))
    assert said == ["one", "two"]


def test_arrows_walk_round_and_enter_picks(qtbot, view: FigureView) -> None:
    said = []
    view.clicked.connect(said.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert said == []
    for key, at in ((Qt.Key.Key_Right, "one"), (Qt.Key.Key_Down, "two"), (Qt.Key.Key_Right, "one")):
        qtbot.keyClick(view, key)
        assert view.at == at
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert said == ["two"]


def test_shapes_are_painted_in_theme_colours(qtbot, view: FigureView, screen: Look) -> None:
    for name in (LIGHT, DARK):
        screen.use(name)
        image = view.grab().toImage()
        assert image.pixelColor(50, 40) == screen.theme.colour("level-2")
        assert image.pixelColor(150, 40) == screen.theme.colour("level-5")


def test_the_focus_shows_where_the_keyboard_is(qtbot, view: FigureView) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.clearFocus()
    before = view.grab().toImage()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.grab().toImage() != before


def test_screen_readers_hear_title_and_description(view: FigureView) -> None:
    spoken = QAccessible.queryAccessibleInterface(view)
    assert spoken.text(QAccessible.Text.Name) == "Boxes"
    assert spoken.text(QAccessible.Text.Description) == "Two boxes."


def test_a_radar_is_painted_with_its_axes_as_targets(qtbot, screen: Look) -> None:
    axes = [Axis(f"axis {n}", f"A{n}") for n in range(12)]
    values = tuple(Fraction(n % 5 + 1) for n in range(12))
    gaps = (None, *values[1:])
    series = [Series("said", values, "primary", fill="primary"), Series("seen", gaps, "ok", (2, 3))]
    figure = Figure(400, 400, radar_shapes(axes, series, 400), "Radar", "", TABLE)
    view = FigureView()
    qtbot.addWidget(view)
    view.show_figure(figure)
    assert list(targets(figure)) == [f"A{n}" for n in range(12)]
    assert view.heightForWidth(300) == 300
    assert not view.grab().isNull()


def test_the_table_twin_holds_the_same_numbers_one_press_away(qtbot, language: Language) -> None:
    both = FigureWithTable(language)
    qtbot.addWidget(both)
    both.show_figure(boxes())
    both.show()
    assert both.toggle.text() == "as a table"
    both.toggle.click()
    assert both.table.isVisible()
    assert not both.view.isVisible()
    assert both.toggle.text() == "as a picture"
    assert [both.table.item(y, 1).text() for y in range(2)] == ["1.3", "2.0"]
    both.toggle.click()
    assert both.view.isVisible()
