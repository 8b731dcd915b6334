"""One command as it was given: its arguments, the language it answers in, the home it works on."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings
from fieldkit.tools import schema
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement
from fieldkit.workspace.backup import close_with_backup
from fieldkit.workspace.workspace import Workspace

Json = float | str | Sequence["Json"] | Mapping[str, "Json"] | None
UNSEEN = {
    code: "\ufffd"
    for code in (
        *range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
    if code != 0x0A
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """A command with everything it needs to do its work and to answer."""

    args: argparse.Namespace
    words: Words
    paths: Paths

    def answer(self, document: Json, lines: Sequence[str]) -> None:
        """Print the result: one JSON document where it was asked for, else lines for people."""
        if self.args.json:
            print(json.dumps(document, ensure_ascii=False, indent=1))
        elif lines:
            print("\n".join(as_seen(line) for line in lines))

    def tell(self, line: str) -> None:
        """Print a message beside the result."""
        print(as_seen(line), file=sys.stderr)

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """Open the workspace of the home, and back it up at the end where something changed."""
        label = Settings.read(self.paths.settings).person
        ws = Workspace.open(self.paths, schema(), label=label)
        try:
            yield ws
        except BaseException:
            ws.close()
            raise
        close_with_backup(ws)

    @contextmanager
    def held_workspace(self) -> Iterator[Workspace]:
        """Open the workspace of the home; refuse where there is none rather than making one."""
        self.must_be_held()
        with self.workspace() as ws:
            yield ws

    def must_be_held(self) -> None:
        """Refuse where the home holds no workspace."""
        if not self.paths.workspace.exists():
            text = N_("There is no fieldkit data in {home} yet. Name another folder with --home.")
            raise UserError("E_NO_DATA", text, home=str(self.paths.home))


def as_seen(line: str) -> str:
    """Return a line without signs that would steer the screen it is printed on."""
    return line.translate(UNSEEN)


def chosen_engagement(ws: Workspace, wanted: str | None) -> Engagement:
    """Return the engagement an id or its start means; the only one where none is named."""
    held = [*engagement.engagements(ws), *engagement.engagements(ws, archived=True)]
    if not wanted:
        held = [e for e in held if not e.archived]
    found = [e for e in held if e.scope.startswith(wanted or "")]
    if len(found) == 1:
        return found[0]
    if found:
        text = N_("Several engagements are meant. Name one with --engagement and its id.")
        raise UserError("E_ENGAGEMENT_UNCLEAR", text)
    text = N_("There is no such engagement. `fieldkit engagement list` shows them with their ids.")
    raise UserError("E_NO_ENGAGEMENT", text)


def chosen_scope(held: Sequence[ScopeId], wanted: str | None) -> ScopeId:
    """Return the scope meant by an id or the start of one; the newest where none is named."""
    found = [scope for scope in held if scope.startswith(wanted or "")]
    if not found:
        text = N_("The engagement has nothing of this kind yet, or none with this id.")
        raise UserError("E_NOTHING_HELD", text)
    return found[-1]
