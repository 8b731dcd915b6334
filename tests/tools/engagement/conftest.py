"""The pages of an engagement on a screen, with surroundings that remember."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from fieldkit.core.ids import ScopeId
from fieldkit.qt.host import Host
from fieldkit.system.paths import Paths
from fieldkit.tools.engagement.page import EngagementsPage, ProfilePage
from fieldkit.workspace.workspace import Workspace
from tests.pages import Went, on_screen, prepared_host


@pytest.fixture
def went() -> Went:
    return Went()


@pytest.fixture
def host(qapp: QApplication, paths: Paths, went: Went) -> Iterator[Host]:
    with prepared_host(qapp, paths, went) as made:
        yield made


@pytest.fixture
def listed(ws: Workspace, host: Host) -> Iterator[EngagementsPage]:
    with on_screen(EngagementsPage(ws, host), ws) as page:
        yield page


@pytest.fixture
def profile(ws: Workspace, host: Host, training: ScopeId) -> Iterator[ProfilePage]:
    made = ProfilePage(ws, host)
    made.open(training)
    with on_screen(made, ws) as page:
        yield page
