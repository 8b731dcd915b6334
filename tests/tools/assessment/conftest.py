"""A filled round, the lists of the profile, and the surroundings a page is handed."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copytree

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
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as ops
from fieldkit.tools.engagement.model import Lists
from fieldkit.workspace.pen import Clock
from fieldkit.workspace.workspace import Workspace
from tests.filled import Filled, fill


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> tuple[Path, Filled]:
    """Fill one home for all tests; writing 150 answers safely takes a while."""
    home = tmp_path_factory.mktemp("filled") / "home"
    with Workspace.open(Paths.at(home), schema(), clock=FixedNow()) as ws:
        return home, fill(ws, pack)


class FixedNow:
    """The time at which the home was filled."""

    def __call__(self) -> dt.datetime:
        return dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def filled(filled_home: tuple[Path, Filled], paths: Paths, clock: Clock) -> Iterator[Filled]:
    """Return a copy of the filled home, open."""
    home, made = filled_home
    copytree(home, paths.home)
    with Workspace.open(paths, schema(), clock=clock) as ws:
        yield replace(made, ws=ws, checklist=ops.checklist_of(ws, made.scope))


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
