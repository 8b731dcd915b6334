"""The whole window on the sample: every room by name, by Tab, in every language, at every size."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QTableWidget,
    QWidget,
)

from fieldkit.qt.figure import FigureView
from fieldkit.qt.text import PlainEdit
from fieldkit.system.translations import name_of
from fieldkit.tools.engagement import operations as engagements
from tests.pages import clipped, nameless, settle, speak
from tests.ui.house import VIEWS, House, differ, furnish, house_in

MOST_TABS = 400
MOMENT = re.compile(r"[A-Z][a-z]+ \d+, \d{4}|\d+:\d\d\W[AP]M")
WIDE, SMALL = (1280, 800), (1024, 600)


@pytest.fixture(scope="module")
def house(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("whole")
    with house_in(qapp, folder / "home") as made:
        furnish(made)
        differ(made, folder)
        yield made


def tell(widget: QWidget) -> str:
    """Return how a person would find a widget in the code."""
    inside = widget.parentWidget()
    name = widget.accessibleName()[:40]
    return f"{type(widget).__name__} {name!r} in {type(inside).__name__}"


def focusable(window: QWidget) -> list[QWidget]:
    """Return what Tab has to reach, as it is shown now."""
    tab = Qt.FocusPolicy.TabFocus.value
    return [
        w for w in window.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy().value & tab
        and w.focusProxy() is None and w.window() is window
    ]  # fmt: skip


def walked(house: House) -> list[QWidget]:
    """Press Tab from the first control until it comes round; return what had the keyboard."""
    start = focusable(house.window)[0]
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = [start]
    for _ in range(MOST_TABS):
        at = house.app.focusWidget()
        assert at is not None, f"nothing has the keyboard after {[tell(w) for w in seen[-3:]]}"
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = house.app.focusWidget()
        assert now is not None, f"Tab leads out of the window after {tell(at)}"
        if now is start:
            return seen
        seen.append(now)
    pytest.fail(f"Tab never comes round: {[tell(w) for w in seen[-5:]]}")


def tab_offences(house: House) -> list[str]:
    """Return what Tab reaches twice, and what it never reaches."""
    wanted = focusable(house.window)
    seen = walked(house)
    twice = [f"twice: {tell(w)}" for n, w in enumerate(seen) if w in seen[:n]]
    missed = [w for w in wanted if w not in seen and w.isVisible() and not is_beside(w, seen)]
    return twice + [f"never: {tell(w)}" for w in missed]


def is_beside(widget: QWidget, seen: list[QWidget]) -> bool:
    """Say whether the arrows reach it: radio buttons are one stop, at the chosen one."""
    if not isinstance(widget, QRadioButton):
        return False
    group = widget.group()
    return any(isinstance(w, QRadioButton) and w.group() is group for w in seen)


def mute(window: QWidget) -> list[str]:
    """Return what Tab reaches that tells a screen reader neither what nor which it is."""
    nothing = (QAccessible.Role.NoRole, QAccessible.Role.Client)
    found = []
    for widget in focusable(window):
        held = QAccessible.queryAccessibleInterface(widget)
        if held is None or not held.text(QAccessible.Text.Name):
            found.append(f"no name: {tell(widget)}")
        elif held.role() in nothing and not isinstance(widget, QScrollArea | FigureView):
            found.append(f"no role: {tell(widget)}")
    return found


@pytest.mark.parametrize(
    ("tag", "percent", "size"),
    [
        ("en", 100, SMALL),
        ("ru", 150, WIDE),
        ("qps-long", 150, WIDE),
        ("qps-rtl", 150, WIDE),
        ("en", 100, WIDE),
    ],
)
def test_every_room_has_names_room_for_its_texts_and_a_way_round_by_tab(
    house: House, tag: str, percent: int, size: tuple[int, int]
) -> None:
    house.host.look.use("light", percent)
    speak(house.host, tag)
    house.window.resize(*size)
    found: dict[str, list[str]] = {}
    for view in VIEWS:
        house.show(view)
        window = house.window
        offences = [f"nameless: {one}" for one in nameless(window)]
        offences += mute(window)
        offences += [f"cut: {one}" for one in clipped(window)]
        offences += tab_offences(house)
        if (window.width(), window.height()) != size:
            offences.append(f"the window became {window.width()} x {window.height()}")
        if offences:
            found[view] = offences
    assert found == {}


def said(window: QWidget) -> list[str]:
    """Return every text the window shows, names for screen readers and empty fields' hints too."""
    texts = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        texts += [widget.accessibleName(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        elif isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        elif isinstance(widget, QComboBox):
            texts += [widget.itemText(i) for i in range(widget.count())]
        elif isinstance(widget, QTableWidget):
            heads = [widget.horizontalHeaderItem(i) for i in range(widget.columnCount())]
            texts += [head.text() for head in heads if head is not None]
    return [text for text in texts if any(char.isalpha() for char in text)]


def written(house: House) -> str:
    """Return every text that is a person's or the machine's own, in one."""
    places = engagements.lists(house.ws.paths.resources).places
    offered = ["en", "ru", "qps-rtl", *(tag for place in places for tag in place.languages)]
    kept = [
        "Mission laptop 3",
        "Seen in two stations",
        "Seen in one station",
        "One thing more",
        str(house.ws.paths.home),
    ]
    kept += [file.read_text("utf-8") for file in house.ws.paths.resources.glob("sample/*.toml")]
    kept += [name_of(tag) for tag in offered]
    for row in house.ws.scopes():
        for kind in house.ws.schema.kinds:
            for record in house.ws.records(row.id, kind):
                kept += [str(value) for value in record.fields.values()]
    return "\n".join(kept)


def is_ours(text: str, own: str) -> bool:
    """Say whether a text holds a word of the program's."""
    plain = MOMENT.sub("", text.replace("\u2068", "").replace("\u2069", ""))
    parts = (part.strip(" ✓") for part in plain.replace("/backups", "").split(" · "))
    return any(part not in own and any("a" <= c <= "z" for c in part) for part in parts)


def test_no_english_is_left_when_the_language_changes(house: House) -> None:
    house.host.look.use("light", 100)
    profile = engagements.engagement(house.ws, house.sample)
    engagements.update(house.ws, replace(profile, doc_language="qps-rtl"))
    own = written(house)
    english = {}
    speak(house.host, "en")
    for view in VIEWS:
        house.show(view)
        english[view] = set(said(house.window))
    left: dict[str, list[str]] = {}
    speak(house.host, "qps-long")
    for view in reversed(VIEWS):
        house.show(view)
        both = english[view] & set(said(house.window))
        stale = sorted(text for text in both if is_ours(text, own))
        if stale:
            left[view] = stale
    engagements.update(house.ws, profile)
    assert left == {}, left


@pytest.mark.parametrize("tag", ["ru", "qps-rtl", "en"])
def test_changing_the_language_keeps_the_room_and_what_is_half_typed(
    house: House, tag: str
) -> None:
    house.host.look.use("light", 100)
    house.show("assess")
    field = next(f for f in house.window.findChildren(PlainEdit) if f.isVisible())
    field.setFocus()
    held = field.text()
    QTest.keyClicks(field, "half typed ")
    begun = time.process_time()
    house.window.go("settings.language", tag)
    settle()
    took = time.process_time() - begun
    print(f"language {tag}: {took * 1000:.0f} ms")
    assert house.window.at == "assess"
    assert field.isVisible()
    assert "half typed " in field.text()
    assert house.host.settings.language == tag
    assert took < 0.3
    field.setPlainText(held)
    field.finish()
