"""A workspace with every tool, a training engagement with groups, a first round."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldkit.content import Pack, load_pack
from fieldkit.core.ids import ScopeId
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement, Group
from fieldkit.workspace.pen import Clock
from fieldkit.workspace.workspace import Workspace

GROUPS = (
    Group("Command", "leadership", 4),
    Group("Shift leaders", "operational", 5),
    Group("IT", "technical", 2),
)


@pytest.fixture
def ws(paths: Paths, clock: Clock) -> Iterator[Workspace]:
    with Workspace.open(paths, schema(), clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(Paths.at(Path("/nowhere")).resources / "content" / "assessment")


@pytest.fixture
def training(ws: Workspace) -> ScopeId:
    return engagement.create(ws, Engagement("Sample Police", training=True), groups=GROUPS)[0]


@dataclass
class Room:
    """A round and its groups by name."""

    ws: Workspace
    engagement: ScopeId
    scope: ScopeId
    checklist: Checklist
    groups: dict[str, str]

    def vote(self, question: str, **votes: str) -> None:
        """Type ballots: `room.vote("DAT.1", command="2233")`."""
        for name, keys in votes.items():
            for key in keys:
                assessment.type_ballot(self.ws, self.scope, question, self.groups[name], key)


@pytest.fixture
def room(ws: Workspace, training: ScopeId, pack: Pack) -> Room:
    plan = assessment.RoundPlan("First round")
    scope, _ = assessment.start_round(ws, training, pack, plan)
    names = {g.name.split()[0].lower(): str(g.id) for g in engagement.groups(ws, training)}
    return Room(ws, training, scope, assessment.checklist_of(ws, scope), names)
