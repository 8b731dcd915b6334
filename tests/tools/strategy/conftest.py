"""A strategy begun from three answers, and its page on a screen that remembers where it led."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.qt.host import Host
from fieldkit.system.paths import Paths
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.strategy import operations as ops
from fieldkit.tools.strategy.model import Action
from fieldkit.tools.strategy.page import StrategyPage
from fieldkit.workspace.workspace import Workspace
from tests.pages import Went, on_screen, prepared_host

QUESTIONS = ["DAT.1", "OVS.2", "LAW.4"]


@pytest.fixture
def strategy(ws: Workspace, room: Any) -> ScopeId:
    """Return a strategy of three priorities: one confirmed with an action, two prefilled."""
    for question, level in zip(QUESTIONS, (2, 1, 1), strict=True):
        assessment.answer(ws, room.scope, question, level)
        assessment.grade_evidence(ws, room.scope, question, 2)
    assessment.set_target(ws, room.scope, "DAT.1", 4)
    plan = ops.Plan("Digital work that reaches every station", Words(), "2026 to 2028")
    scope, _ = ops.start_from(ws, room.scope, QUESTIONS, plan)
    ops.write(ws, scope, "problem", "Records are uneven.\nNobody sees the result of a check.")
    first = ops.priorities(ws, scope)[0]
    ops.confirm_priority(ws, first)
    action = Action("Spot checks", first.id, "Ten records a month.", "Deputy head", "June 2027")
    ops.add_action(ws, scope, action)
    return scope


@pytest.fixture
def went() -> Went:
    return Went()


@pytest.fixture
def host(qapp: QApplication, paths: Paths, went: Went) -> Iterator[Host]:
    with prepared_host(qapp, paths, went) as made:
        yield made


@pytest.fixture
def page(ws: Workspace, host: Host, strategy: ScopeId) -> Iterator[StrategyPage]:
    made = StrategyPage(ws, host)
    made.open(strategy)
    with on_screen(made, ws) as shown:
        assert isinstance(shown, StrategyPage)
        yield shown
