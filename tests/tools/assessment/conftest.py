"""A filled round, the lists of the profile, and the surroundings a page is handed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from fieldkit.content import Pack, load_choices
from fieldkit.core.i18n import Words
from fieldkit.qt.dialogs import PreparedDialogs
from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.host import Host
from fieldkit.qt.jobs import Jobs
from fieldkit.qt.theme import LIGHT, look
from fieldkit.qt.translate import Language, use
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings
from fieldkit.tools.engagement.model import Lists
from fieldkit.workspace.workspace import Workspace
from tests.filled import Filled, fill


@pytest.fixture
def filled(ws: Workspace, pack: Pack) -> Filled:
    return fill(ws, pack)


@pytest.fixture(scope="session")
def lists() -> Lists:
    return Lists.of(load_choices(Paths.at(Path("/nowhere")).resources / "content" / "engagement"))


@dataclass
class Went:
    """Where pages led and what they said."""

    to: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture
def went() -> Went:
    return Went()


@pytest.fixture
def host(qapp: QApplication, paths: Paths, went: Went) -> Iterator[Host]:
    load_fonts(qapp, paths.resources / "fonts")
    force = look()
    force.use(LIGHT, 100)
    language = Language()
    jobs = Jobs(language)
    yield Host(
        language,
        force,
        PreparedDialogs(),
        jobs,
        paths,
        Settings(),
        lambda command, subject: went.to.append((command, subject)),
        went.said.append,
    )
    jobs.stop()
    use(qapp, language, Words())
    force.use(LIGHT, 100)
