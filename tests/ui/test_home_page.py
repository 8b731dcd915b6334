"""The overview: one next step, where everything stands, what is not sent or backed up yet."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from fieldkit.content import load_pack
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.qt.host import Host
from fieldkit.store.local import ImportRow
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import Engagement, Group
from fieldkit.tools.sample.operations import load_sample
from fieldkit.tools.strategy import operations as strategies
from fieldkit.ui.home_facts import said_when
from fieldkit.ui.home_page import HomePage
from fieldkit.workspace.backup import back_up
from fieldkit.workspace.transfer import Parcel, export, family
from fieldkit.workspace.workspace import Workspace
from tests.conftest import FixedClock
from tests.pages import (
    Went,
    clipped,
    nameless,
    on_screen,
    prepared_host,
    press,
    seen,
    settle,
    speak,
)


@pytest.fixture
def ws(paths: Paths, clock: FixedClock) -> Iterator[Workspace]:
    with Workspace.open(paths, schema(), clock=clock) as opened:
        yield opened


@pytest.fixture
def went() -> Went:
    return Went()


@pytest.fixture
def host(qapp: QApplication, paths: Paths, went: Went) -> Iterator[Host]:
    with prepared_host(qapp, paths, went) as made:
        yield made


@pytest.fixture
def page(ws: Workspace, host: Host) -> Iterator[HomePage]:
    with on_screen(HomePage(ws, host), ws) as made:
        yield made


@pytest.fixture
def sample(ws: Workspace, paths: Paths) -> ScopeId:
    return load_sample(ws, paths.resources)


@pytest.fixture
def training(ws: Workspace) -> ScopeId:
    return engagements.create(ws, Engagement("Sample Police", training=True))[0]


def start(ws: Workspace, paths: Paths, scope: ScopeId) -> ScopeId:
    pack = load_pack(paths.resources / "content" / "assessment")
    return assessment.start_round(ws, scope, pack, assessment.RoundPlan("First", "quick"))[0]


def test_without_an_engagement_it_leads_to_the_list(page: HomePage, went: Went) -> None:
    assert "No engagement is open" in seen(page)
    assert "Export bundle..." not in seen(page)
    press(page, "Go to the engagements")
    assert went.to == [("engagements", "")]


def test_the_next_step_goes_along_as_the_work_proceeds(
    page: HomePage, ws: Workspace, paths: Paths, training: ScopeId, went: Went
) -> None:
    page.open(training)
    assert "Next: say who will be in the room" in seen(page)
    press(page, "Enter groups")
    engagements.add_group(ws, training, Group("Command", "leadership", 4))
    assert "Next: start the first round" in seen(page)
    assert "now: Assess" in seen(page)
    scope = start(ws, paths, training)
    assert "Next: go on with the questions" in seen(page)
    assert [to for to, _ in went.to] == ["engagement.groups"]
    press(page, "Continue the round")
    assert went.to[-1] == ("assessment.open", scope)


def test_there_is_one_primary_button(page: HomePage, sample: ScopeId) -> None:
    page.open(sample)
    settle()
    primary = [
        b for b in page.findChildren(QPushButton)
        if b.isVisible() and b.property("role") == "primary"
    ]  # fmt: skip
    assert len(primary) == 1


def test_before_the_first_answer_the_radar_says_how_to_get_there(
    page: HomePage, ws: Workspace, paths: Paths, training: ScopeId, went: Went
) -> None:
    page.open(training)
    assert "the profile of the twelve areas stands here" in seen(page)
    press(page.stands, "Start a round")
    scope = start(ws, paths, training)
    press(page.stands, "Continue the round")
    assert went.to == [("assessment.start", training), ("assessment.open", scope)]


def test_no_round_is_offered_before_request_and_consent(page: HomePage, ws: Workspace) -> None:
    page.open(engagements.create(ws, Engagement("Real police"))[0])
    assert "Next: request and consent" in seen(page)
    assert "Start a round" not in seen(page)


def test_the_radar_stands_with_its_table_and_ranks_nobody(
    page: HomePage, ws: Workspace, sample: ScopeId, went: Went
) -> None:
    page.open(sample)
    said = seen(page)
    assert "what people said" in said
    assert "no agency is ranked against another" in said
    press(page, "as a table")
    head = page.stands.chart.table.horizontalHeaderItem(0)
    assert head is not None
    assert head.text() == "Area"
    page.stands.chart.clicked.emit("DAT")
    assert went.to == [("results", ws.scopes("assessment")[0].id)]


def test_the_radar_is_drawn_anew_only_when_answers_change(
    page: HomePage, ws: Workspace, sample: ScopeId
) -> None:
    page.open(sample)
    settle()
    drawn = page._drawn
    frame = strategies.strategies(ws, sample)[0]
    strategies.write(ws, frame.scope, "vision", "Other words")
    assert page._drawn is drawn
    before = page.stands.chart.view._figure
    scope = ws.scopes("assessment")[0].id
    assessment.answer(ws, scope, "DAT.1", 5, reason="seen")
    settle()
    assert page.stands.chart.view._figure is not before


def test_the_strategy_card_counts_what_is_confirmed(
    page: HomePage, ws: Workspace, sample: ScopeId, went: Went
) -> None:
    page.open(sample)
    assert "2 of 3" in seen(page)
    assert "1 priority without an action" in seen(page)
    press(page, "Continue drafting")
    assert went.to == [("strategy", sample)]


def test_the_exchange_card_says_what_came_and_what_left(
    page: HomePage, ws: Workspace, sample: ScopeId, went: Went, clock: FixedClock, tmp_path: Path
) -> None:
    page.open(sample)
    assert "No bundle has been received yet." in seen(page)
    assert "changes were not handed on in a bundle yet." in seen(page)
    press(page, "Import a bundle...")
    export(ws, Parcel(family(ws, sample), "sample"), tmp_path / "out.fkb")
    minute = int(clock().timestamp()) // 60
    row = ImportRow(0, "ab" * 16, "cd" * 32, minute, "Mission laptop 3", 1, 0, 0, False)
    ws.transact(lambda: ws.store.local.log_import(row))
    page.refresh()
    said = seen(page).replace("\u2068", "").replace("\u2069", "")
    assert "from “Mission laptop 3”" in said
    assert "Last bundle made:" in said
    assert "Everything was handed on in a bundle." in said
    assert went.to == [("exchange.import", sample)]


def test_differences_come_first(page: HomePage, ws: Workspace, sample: ScopeId, went: Went) -> None:
    page.open(sample)
    standing = strategies.standing(ws, sample)
    page._show_way(replace(standing, differences=2))
    page._show_facts(replace(standing, differences=2), sample)
    assert "Next: settle differences" in seen(page)
    assert "differences to settle" in seen(page)
    press(page.exchange, "Settle differences")
    press(page.next, "Settle differences")
    assert went.to == [("exchange.settle", sample), ("exchange.settle", sample)]


def test_export_and_backup_lead_on(page: HomePage, ws: Workspace, sample: ScopeId, went) -> None:
    page.open(sample)
    page.export.click()
    press(page, "Back up now")
    assert went.to == [("exchange.export", sample), ("settings.backup", "")]
    assert "There is no backup yet" in seen(page)
    back_up(ws)
    page.refresh()
    assert "Last backup:" in seen(page)
    assert "Back up now" not in seen(page)
    strategies.write(ws, strategies.strategies(ws, sample)[0].scope, "vision", "More")
    assert "The next is made when Fieldkit closes." in seen(page)


def test_results_can_be_printed_once_the_round_is_closed(
    page: HomePage, ws: Workspace, sample: ScopeId, went: Went
) -> None:
    page.open(sample)
    assert "Print results for participants" not in seen(page)
    scope = ws.scopes("assessment")[0].id
    assessment.close_round(ws, scope)
    press(page, "Print results for participants")
    assert went.to == [("results.print", scope)]


def test_recent_joins_equal_lines_and_leaves_landing_out(
    page: HomePage, ws: Workspace, paths: Paths, training: ScopeId, clock: FixedClock
) -> None:
    scope = start(ws, paths, training)
    for question in ("DAT.1", "DAT.2", "DAT.3"):
        assessment.write(ws, scope, question, "comment", question)
        assessment.remember(ws, scope, question)
    clock.advance(days=1)
    engagements.add_group(ws, training, Group("Command", "leadership", 4))
    page.open(training)
    said = seen(page.recent)
    assert "Text written (3 times)" in said
    assert "Place remembered" not in said
    assert "Yesterday" in said
    assert said.index("Group added") < said.index("Text written")


def test_recent_can_be_switched_off(page: HomePage, host: Host, sample: ScopeId) -> None:
    host.settings = replace(host.settings, recent=False)
    page.open(sample)
    assert "Action added" not in seen(page)


def test_a_day_without_a_time_is_said_as_a_day() -> None:
    now = dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC)
    day = int(dt.datetime(2026, 3, 18, tzinfo=dt.UTC).timestamp()) // 60
    assert said_when(day, now, Words()) == "Today"
    assert said_when(day - 1440, now, Words()) == "Yesterday"
    assert said_when(day - 8 * 1440, now, Words()) == "Mar 10, 2026"


def test_showing_it_again_is_quick(page: HomePage, sample: ScopeId) -> None:
    page.open(sample)
    settle()
    took = []
    for _ in range(5):
        begun = time.process_time()
        page.refresh()
        took.append(time.process_time() - begun)
    assert min(took) < 0.1


@pytest.mark.parametrize("tag", ["en", "ru", "qps-long", "qps-rtl"])
def test_it_opens_in_every_language_with_names(
    page: HomePage, host: Host, sample: ScopeId, tag: str
) -> None:
    page.open(sample)
    speak(host, tag)
    assert nameless(page) == []
    assert page.stands.chart.isVisible()


@pytest.mark.parametrize("tag", ["en", "qps-long"])
@pytest.mark.parametrize("size", [(1072, 776), (816, 576)])
def test_nothing_is_clipped_at_150_percent(
    page: HomePage, host: Host, sample: ScopeId, tag: str, size: tuple[int, int]
) -> None:
    page.open(sample)
    page.resize(*size)
    host.look.use("light", 150)
    speak(host, tag)
    assert clipped(page) == []
