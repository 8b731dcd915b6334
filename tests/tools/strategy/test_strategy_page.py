"""The strategy page by clicks and keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.host import Host
from fieldkit.qt.journey import Outline
from fieldkit.qt.paper import PaperDialog
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement
from fieldkit.tools.strategy import operations as ops
from fieldkit.tools.strategy.model import Action, frame_id
from fieldkit.tools.strategy.page import StrategyPage
from fieldkit.tools.strategy.page.entries import EntryCard
from fieldkit.tools.strategy.page.starting import WhereTo
from fieldkit.workspace.workspace import Workspace
from tests.pages import (
    Went,
    button,
    choose,
    clipped,
    named,
    nameless,
    on_screen,
    press,
    retype,
    seen,
    settle,
    speak,
)
from tests.world import Laptop, carry, laptops

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def go(page: StrategyPage, section: str) -> None:
    """Click a section in the outline."""
    tiles = page.outline.findChildren(QWidget)
    found = next(t for t in tiles if f" {section} " in f" {t.accessibleName()} ")
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    settle()


def states(page: StrategyPage) -> dict[str, str]:
    """Return what a screen reader says of each section: its title and its state."""
    names = [t.accessibleName() for t in page.outline.findChildren(QWidget) if t.accessibleName()]
    return {name[0]: name for name in names}


def type_in(field: QWidget, text: str) -> None:
    """Click into a field, replace what stands there and leave it."""
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    settle()


def leave(page: StrategyPage) -> None:
    """Leave the field for the outline."""
    page.outline.findChildren(QWidget)[0].setFocus()
    page.print.setFocus()
    settle()


def titles(ws: Workspace, scope: ScopeId) -> list[str]:
    return [p.title for p in ops.priorities(ws, scope)]


# seeing


def test_the_page_opens_at_the_title_and_says_how_far_each_section_is(page: StrategyPage) -> None:
    assert "Digital work that reaches every station" in seen(page)
    found = states(page)
    assert found["1"] == "1 Title and period ready"
    assert found["2"] == "2 The problem ready"
    assert found["3"] == "3 The vision open"
    assert found["4"] == "4 Priorities check"
    assert found["6"] == "6 Paper last"
    go(page, "Priorities")
    assert states(page)["4"] == "4 Priorities writing"


def test_each_section_has_its_guidance_and_an_example(page: StrategyPage) -> None:
    for section in ("The problem", "The vision", "Priorities", "Actions", "Paper"):
        go(page, section)
        words = seen(page)
        assert "What to write" in words
        assert "An example" in words


def test_a_priority_shows_the_answer_it_came_from_and_leads_there(
    page: StrategyPage, went: Went, room: Any
) -> None:
    go(page, "Priorities")
    assert "P-01" in seen(page)
    press(page, "from Data, question 1: level 2")
    assert went.to == [("assess", room.scope), ("assessment.question", "DAT.1")]


def test_advice_stands_beside_too_few_priorities(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "Priorities")
    assert "Three to five priorities carry a strategy." not in seen(page)
    ops.delete_priority(ws, ops.priorities(ws, strategy)[2])
    page.refresh()
    assert "Three to five priorities carry a strategy." in seen(page)


def test_what_is_open_leads_to_where_it_is(page: StrategyPage) -> None:
    go(page, "Paper")
    held = page.guidance.findChild(Outline)
    assert held is not None
    point = next(t for t in held.findChildren(QWidget) if "P-02 is pre" in t.accessibleName())
    QTest.mouseClick(point, Qt.MouseButton.LeftButton)
    settle()
    assert page.at == "priorities"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Edit P-02"


def test_an_open_action_leads_to_the_line_that_adds_one(page: StrategyPage) -> None:
    go(page, "Actions")
    held = page.guidance.findChild(Outline)
    assert held is not None
    point = next(t for t in held.findChildren(QWidget) if "P-03 has no" in t.accessibleName())
    QTest.mouseClick(point, Qt.MouseButton.LeftButton)
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Add an action to P-03"


def test_an_open_text_leads_to_its_field(page: StrategyPage) -> None:
    page._on_point("vision/")
    assert page.frame["vision"].editor.fields["vision"].hasFocus()


# the frame


def test_the_frame_saves_itself_when_a_field_is_left(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "The vision")
    type_in(named(page, "The vision", QPlainTextEdit), "Every station records once.")
    leave(page)
    assert ops.strategy(ws, strategy).vision == "Every station records once."
    go(page, "Title and period")
    retype(named(page, "Period", QLineEdit), "2027 to 2029")
    assert ops.strategy(ws, strategy).period == "2027 to 2029"
    assert "2027 to 2029" in seen(page)
    assert states(page)["3"] == "3 The vision ready"


def test_an_empty_title_is_refused_beside_the_field(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    field = named(page, "Title", QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "✕ Enter a title. Nothing was changed." in seen(page)
    assert ops.strategy(ws, strategy).title == "Digital work that reaches every station"
    assert field.text() == "Digital work that reaches every station"
    retype(field, "Better")
    assert "✕" not in seen(page)
    assert ops.strategy(ws, strategy).title == "Better"


def test_half_typed_text_is_kept_and_comes_back(
    page: StrategyPage, ws: Workspace, host: Host, strategy: ScopeId, qtbot: Any
) -> None:
    go(page, "The vision")
    type_in(named(page, "The vision", QPlainTextEdit), "Half a")
    draft = (frame_id(strategy), "text/vision")
    qtbot.waitUntil(lambda: draft in ws.drafts(strategy), timeout=3000)
    second = StrategyPage(ws, host)
    second.open(strategy)
    second.refresh()
    assert second.frame["vision"].editor.fields["vision"].text() == "Half a"
    second.flush()
    assert ops.strategy(ws, strategy).vision == "Half a"
    assert draft not in ws.drafts(strategy)
    second.deleteLater()


def test_leaving_the_page_writes_what_is_half_typed(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "The vision")
    type_in(named(page, "The vision", QPlainTextEdit), "Written")
    page.flush()
    assert ops.strategy(ws, strategy).vision == "Written"


# priorities


def test_a_prefilled_priority_is_confirmed(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "Priorities")
    assert seen(page).count("! prefilled, not yet confirmed") == 2
    press(page, "Confirm P-02")
    assert [p.confirmed for p in ops.priorities(ws, strategy)] == [True, True, False]
    assert seen(page).count("! prefilled, not yet confirmed") == 1


def test_editing_a_priority_confirms_it(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "Priorities")
    press(page, "Edit P-02")
    field = QApplication.focusWidget()
    assert field is not None
    assert field.accessibleName() == "The problem this priority solves"
    retype(field, "Nobody signs off")
    type_in(named(page, "Why, and what comes first", QPlainTextEdit), "A standing review")
    choose(named(page, "Level to reach", QComboBox), "level 4")
    press(page, "Done with P-02")
    second = ops.priorities(ws, strategy)[1]
    assert (second.title, second.why) == ("Nobody signs off", "A standing review")
    assert (second.target, second.confirmed) == (4, True)
    assert "level to reach: 4" in seen(page)
    press(page, "Edit P-02")
    choose(named(page, "Level to reach", QComboBox), "not set")
    assert ops.priorities(ws, strategy)[1].target is None


def test_an_empty_priority_title_is_refused_beside_the_field(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    before = titles(ws, strategy)
    go(page, "Priorities")
    press(page, "Edit P-02")
    retype(named(page, "The problem this priority solves", QLineEdit), " ")
    assert "✕ Enter a title. Nothing was changed." in seen(page)
    assert titles(ws, strategy) == before


def test_a_half_typed_priority_is_open_when_one_comes_back(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    second = ops.priorities(ws, strategy)[1]
    ws.set_draft(strategy, second.id, "text/title", "Half a ti")
    go(page, "Priorities")
    assert named(page, "The problem this priority solves", QLineEdit).text() == "Half a ti"


def test_priorities_are_put_in_order_by_buttons_and_keys(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    one, two, three = titles(ws, strategy)
    go(page, "Priorities")
    assert not button(page, "Move P-01 up (Alt+Up)").isEnabled()
    assert not button(page, "Move P-03 down (Alt+Down)").isEnabled()
    press(page, "Move P-03 up (Alt+Up)")
    assert titles(ws, strategy) == [one, three, two]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Edit P-02"
    QTest.keyClick(focus, Qt.Key.Key_Up, ALT)
    assert titles(ws, strategy) == [three, one, two]
    QTest.keyClick(focus, Qt.Key.Key_Up, ALT)
    assert titles(ws, strategy) == [three, one, two]
    for _ in range(2):
        QTest.keyClick(focus, Qt.Key.Key_Down, ALT)
    assert titles(ws, strategy) == [one, two, three]
    assert focus.hasFocus()


def test_after_reordering_the_tab_key_follows_the_eye(page: StrategyPage) -> None:
    go(page, "Priorities")
    press(page, "Move P-03 up (Alt+Up)")
    button(page, "Edit P-01").setFocus()
    found: list[str] = []
    for _ in range(14):
        focus = QApplication.focusWidget()
        assert focus is not None
        found.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    edits = [name for name in found if name.startswith("Edit")]
    assert edits == ["Edit P-01", "Edit P-02", "Edit P-03"]


def test_deleting_a_priority_can_be_undone(
    page: StrategyPage, ws: Workspace, strategy: ScopeId, went: Went
) -> None:
    before = titles(ws, strategy)
    go(page, "Priorities")
    press(page, "Delete P-01")
    assert titles(ws, strategy) == before[1:]
    assert ops.actions(ws, strategy) == []
    assert went.said == ["Deleted. Ctrl+Z brings it back."]
    ws.undo()
    settle()
    assert titles(ws, strategy) == before
    assert before[0] in seen(page)
    assert len(ops.actions(ws, strategy)) == 1


def test_a_priority_of_ones_own_is_added_by_enter(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "Priorities")
    field = named(page, "Add a priority", QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Write a few words first." in seen(page)
    retype(field, "Cars have no radio")
    assert titles(ws, strategy)[-1] == "Cars have no radio"
    assert ops.priorities(ws, strategy)[-1].confirmed
    assert field.text() == ""
    assert "Write a few words first." not in seen(page)
    assert not [name for _, name in ws.drafts(strategy)]


def test_a_half_typed_new_priority_is_not_added_by_leaving_and_is_kept(
    page: StrategyPage, ws: Workspace, host: Host, strategy: ScopeId
) -> None:
    go(page, "Priorities")
    type_in(named(page, "Add a priority", QLineEdit), "Cars have")
    leave(page)
    assert "Cars have" not in titles(ws, strategy)
    assert ws.draft(strategy, frame_id(strategy), "text/new") == "Cars have"
    second = StrategyPage(ws, host)
    second.open(strategy)
    second.refresh()
    assert second.priority_list.adding.field.text() == "Cars have"
    second.deleteLater()


def test_a_changed_answer_is_offered_never_taken_silently(
    page: StrategyPage, ws: Workspace, room: Any, strategy: ScopeId
) -> None:
    go(page, "Priorities")
    assessment.answer(ws, room.scope, "DAT.1", 3)
    settle()
    assert "It now says: level 3. The text stays as it is." in seen(page)
    assert ops.priorities(ws, strategy)[0].level == 2
    press(page, "Take what it says now P-01")
    first = ops.priorities(ws, strategy)[0]
    assert (first.level, first.confirmed) == (3, False)
    assert "It now says" not in seen(page)


# actions


def test_an_action_is_added_to_a_priority_and_opened_for_writing(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "Actions")
    retype(named(page, "Add an action to P-02", QLineEdit), "Workshop")
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    QTest.keyClicks(field, "Half a day")
    retype(named(page, "Who is responsible", QLineEdit), "Legal office")
    retype(named(page, "Until when", QLineEdit), "June 2027")
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    settle()
    made = ops.actions(ws, strategy)[1]
    assert made.priority == ops.priorities(ws, strategy)[1].id
    assert (made.title, made.text) == ("Workshop", "Half a day")
    assert (made.owner, made.due) == ("Legal office", "June 2027")
    assert "Responsible: Legal office\nUntil: June 2027" in seen(page)


def test_a_name_where_a_role_belongs_is_pointed_out(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    go(page, "Actions")
    press(page, "Edit A-01")
    retype(named(page, "Who is responsible", QLineEdit), "Ivan Petrovic")
    assert "A role is enough." in seen(page)
    assert ops.actions(ws, strategy)[0].owner == "Ivan Petrovic"
    retype(named(page, "Who is responsible", QLineEdit), "Deputy head")
    assert "A role is enough." not in seen(page)


def test_an_action_moves_to_another_priority_and_in_order(
    page: StrategyPage, ws: Workspace, strategy: ScopeId
) -> None:
    first, second, _ = ops.priorities(ws, strategy)
    ops.add_action(ws, strategy, Action("Second", first.id))
    page.refresh()
    go(page, "Actions")
    press(page, "Move A-02 up (Alt+Up)")
    assert [a.title for a in ops.actions(ws, strategy)] == ["Second", "Spot checks"]
    press(page, "Edit A-01")
    choose(named(page, "Which priority it answers", QComboBox), f"P-02 {second.title}")
    moved = next(a for a in ops.actions(ws, strategy) if a.title == "Second")
    assert moved.priority == second.id
    assert page.action_list.card(moved.id) is not None
    press(page, "Delete A-01")
    assert [a.title for a in ops.actions(ws, strategy)] == ["Second"]


def test_actions_wait_for_a_priority(page: StrategyPage, ws: Workspace, strategy: ScopeId) -> None:
    for one in ops.priorities(ws, strategy):
        ops.delete_priority(ws, one)
    go(page, "Actions")
    assert "An action answers a problem." in seen(page)
    press(page, "Go to the priorities")
    assert page.at == "priorities"


# two drafters


@contextmanager
def two_drafters(folder: Path) -> Iterator[tuple[Laptop, Laptop, ScopeId]]:
    """Open two laptops that hold the same strategy of one priority with one action."""
    with laptops(folder, "one", "two") as (one, two):
        for each in (one, two):
            each.schema = schema()
            each.restart()
        parent, _ = engagements.create(one.ws, Engagement("Sample Police", training=True))
        scope, _ = ops.start_empty(one.ws, parent, ops.Plan("Plan", Words()))
        ent, _ = ops.add_priority(one.ws, scope, "Records")
        ops.add_action(one.ws, scope, Action("Check", ent))
        carry(one, two)
        yield one, two, scope


@pytest.fixture
def drafters(tmp_path: Path) -> Iterator[tuple[Workspace, ScopeId]]:
    """Let two drafters write different texts; give the workspace of the first."""
    with two_drafters(tmp_path) as (one, two, scope):
        for each, text in ((one, "ours"), (two, "theirs")):
            ops.write(each.ws, scope, "problem", text)
            priority = ops.priorities(each.ws, scope)[0]
            ops.edit_priority(each.ws, replace(priority, title=f"Records {text}"))
            action = ops.actions(each.ws, scope)[0]
            ops.edit_action(each.ws, replace(action, title=f"Check {text}"))
        carry(two, one)
        yield one.ws, scope


def test_texts_of_two_drafters_are_marked_and_wait_for_settling(
    drafters: tuple[Workspace, ScopeId], host: Host, went: Went
) -> None:
    ws, scope = drafters
    page = StrategyPage(ws, host)
    page.open(scope)
    with on_screen(page, ws):
        assert states(page)["2"] == "2 The problem to settle"
        go(page, "The problem")
        assert "Two drafters wrote different texts here." in seen(page)
        field = page.frame["problem"].editor.fields["problem"]
        assert field.isReadOnly()
        press(page, "Look at both")
        go(page, "Priorities")
        press(page, "Look at both P-01")
        press(page, "Edit P-01")
        card = page.priority_list.card(ops.priorities(ws, scope)[0].id)
        assert card is not None
        assert card.editor.fields["title"].isReadOnly()
        go(page, "Actions")
        press(page, "Look at both A-01")
        assert went.to == [("exchange.settle", scope)] * 3


def test_an_action_whose_priority_another_drafter_deleted_is_not_lost(
    tmp_path: Path, host: Host
) -> None:
    with two_drafters(tmp_path) as (one, two, scope):
        priority = ops.priorities(one.ws, scope)[0]
        ops.delete_priority(one.ws, priority)
        ops.add_priority(one.ws, scope, "Another")
        ops.add_action(two.ws, scope, Action("Kept", priority.id))
        carry(two, one)
        page = StrategyPage(one.ws, host)
        page.open(scope)
        with on_screen(page, one.ws):
            go(page, "Actions")
            assert "Without a priority\n" in seen(page)
            action = next(a for a in ops.actions(one.ws, scope) if a.title == "Kept")
            card = page.action_list.card(action.id)
            assert card is not None
            card.edit.click()
            choose(card.editor.choices["priority"], "P-01 Another")
            kept = next(a for a in ops.actions(one.ws, scope) if a.title == "Kept")
            assert kept.priority == ops.priorities(one.ws, scope)[0].id
            assert "Without a priority\n" not in seen(page)


# starting


def test_without_a_strategy_the_page_says_what_one_is_for(
    ws: Workspace, host: Host, training: ScopeId, went: Went
) -> None:
    page = StrategyPage(ws, host)
    page.open(training)
    with on_screen(page, ws):
        assert "From problems to a plan" in seen(page)
        assert not page.print.isVisible()
        press(page, "Choose priorities")
        assert went.to == [("results", "")]
        press(page, "Start without an assessment")
        held = ops.strategies(ws, training)
        assert [s.title for s in held] == ["Digital strategy"]
        assert page.scope == held[0].scope
        assert page.at == "title"
        go(page, "Priorities")
        assert page.stations()[0] == ("Strategy: Title and period", "strategy.section", "title")


def test_chosen_priorities_start_a_strategy(ws: Workspace, host: Host, room: Any) -> None:
    assessment.answer(ws, room.scope, "DAT.1", 2)
    page = StrategyPage(ws, host)
    page.open(room.engagement)
    with on_screen(page, ws):
        page.command("strategy.create", f"{room.scope}:DAT.1,LAW.4")
        held = ops.strategies(ws, room.engagement)[0]
        assert held.source == room.scope
        assert page.at == "priorities"
        assert "from Data, question 1: level 2" in [
            b.accessibleName() for b in page.findChildren(QWidget)
        ]


def test_prefilled_texts_are_in_the_language_of_the_papers(
    ws: Workspace, host: Host, pack: Any
) -> None:
    parent, _ = engagements.create(ws, Engagement("Agency", training=True, doc_language="qps-rtl"))
    scope, _ = assessment.start_round(ws, parent, pack, assessment.RoundPlan("First"))
    page = StrategyPage(ws, host)
    page.open(parent)
    page.command("strategy.create", f"{scope}:DAT.1")
    one = ops.priorities(ws, ops.strategies(ws, parent)[0].scope)[0]
    assert any("\u05d0" <= char <= "\u05ea" for char in one.title)
    page.deleteLater()


@pytest.mark.parametrize("another", [False, True])
def test_priorities_chosen_later_join_the_strategy_or_start_another(
    page: StrategyPage, ws: Workspace, room: Any, strategy: ScopeId, another: bool
) -> None:
    page.command("strategy.create", f"{room.scope}:DAT.1,LDR.1")
    settle()
    dialog = page.findChild(WhereTo)
    assert dialog is not None
    if another:
        dialog.where.put("")
    press(dialog, "Go on")
    held = ops.strategies(ws, room.engagement)
    assert len(held) == (2 if another else 1)
    assert len(ops.priorities(ws, strategy)) == (3 if another else 4)
    assert page.strategies.isVisible() is another
    assert page.at == "priorities"


def test_closing_the_question_starts_nothing(
    page: StrategyPage, ws: Workspace, room: Any, strategy: ScopeId
) -> None:
    page.command("strategy.create", f"{room.scope}:LDR.1")
    settle()
    dialog = page.findChild(WhereTo)
    assert dialog is not None
    press(dialog, "Cancel")
    assert len(ops.strategies(ws, room.engagement)) == 1
    assert len(ops.priorities(ws, strategy)) == 3


def test_another_strategy_is_chosen_in_the_header(
    page: StrategyPage, ws: Workspace, room: Any, strategy: ScopeId
) -> None:
    other, _ = ops.start_empty(ws, room.engagement, ops.Plan("Second plan", Words()))
    settle()
    choose(page.strategies, "Second plan")
    assert page.scope == other
    page.open(room.engagement)
    assert page.scope == other
    page.command("strategy.open", strategy)
    assert page.scope == strategy


def test_a_source_that_is_not_here_is_told(
    ws: Workspace, host: Host, training: ScopeId, went: Went
) -> None:
    scope, _ = ops.start_empty(ws, training, ops.Plan("Plan", Words()))
    ops.add_priority(ws, scope, "Mine")
    page = StrategyPage(ws, host)
    page.open(scope)
    page.refresh()
    page._on_source(ops.priorities(ws, scope)[0].id)
    assert went.said == ["The assessment this came from is not on this computer."]
    page.deleteLater()


# on paper


def test_the_strategy_is_printed_without_what_is_unticked(
    page: StrategyPage, host: Host, tmp_path: Path, qtbot: Any
) -> None:
    go(page, "The vision")
    type_in(named(page, "The vision", QPlainTextEdit), "Written last")
    press(page, "Print or export…")
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    labels = [dialog.ticks.item(i).text() for i in range(dialog.ticks.count())]
    assert "The vision: Written last" in labels
    assert any(text.startswith("A-01 · Who is responsible") for text in labels)
    at = next(i for i, text in enumerate(labels) if text.startswith("The problem"))
    dialog.ticks.item(at).setCheckState(Qt.CheckState.Unchecked)
    dialog.formats.put("txt")
    target = tmp_path / "plan.txt"
    assert isinstance(host.dialogs, PreparedDialogs)
    host.dialogs.paths = [target]
    press(dialog, "Save as a file…")
    qtbot.waitUntil(target.exists, timeout=5000)
    text = target.read_text("utf-8")
    assert "Written last" in text
    assert "Records are uneven" not in text
    qtbot.waitUntil(lambda: "plan.txt is written." in seen(dialog), timeout=5000)
    dialog.close()


def test_the_command_opens_the_print_dialog(page: StrategyPage) -> None:
    page.command("strategy.section", "paper")
    assert page.at == "paper"
    page.command("strategy.section", "nowhere")
    assert page.at == "paper"
    page.command("strategy.print", "")
    settle()
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    dialog.close()


# languages, sizes, names


@pytest.mark.parametrize("tag", ["en", "ru", "qps-long", "qps-rtl"])
def test_everything_has_a_name_and_room_in_every_language(
    page: StrategyPage, host: Host, tag: str
) -> None:
    host.look.use("light", 150)
    speak(host, tag)
    for section in page.sections:
        page.go_to(section)
        for card in page.findChildren(EntryCard):
            card.write(True)
        assert nameless(page) == []
        assert clipped(page) == []


def test_the_page_fits_the_smallest_screen(page: StrategyPage, host: Host) -> None:
    page.resize(1024 - 208, 600 - 24)
    host.look.use("light", 150)
    settle()
    assert page.width() == 1024 - 208
    for section in page.sections:
        page.go_to(section)
        assert clipped(page) == []


def test_the_language_changes_under_half_typed_text(page: StrategyPage, host: Host) -> None:
    go(page, "The vision")
    field = named(page, "The vision", QPlainTextEdit)
    type_in(field, "Half a")
    speak(host, "qps-long")
    assert page.at == "vision"
    assert field.toPlainText() == "Half a"
