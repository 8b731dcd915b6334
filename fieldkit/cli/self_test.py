"""`fieldkit --self-test`: open, answer, print, pack and verify, in a home that is empty yet."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fieldkit.cli.bundles import FULL, parcel
from fieldkit.cli.call import Call
from fieldkit.cli.menu import Menu
from fieldkit.cli.papers import results_paper, write
from fieldkit.core.errors import N_, BugError, UserError
from fieldkit.core.ids import ScopeId
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.sample.operations import load_sample
from fieldkit.workspace import backup, transfer
from fieldkit.workspace.workspace import Workspace

QUESTION, LEVEL = "PRC.2", 3


def add_to(menu: Menu) -> None:
    """Add the command of this module."""
    menu.command("self-test", N_("open, answer, print, pack and verify, to see it all works"), run)


def run(call: Call) -> int:
    """Walk the main job once and print a line for each step."""
    done: list[str] = []
    with empty_home(call) as paths:
        with Workspace.open(paths, schema()) as ws:
            found = load_sample(ws, paths.resources)
            done.append(call.words(N_("opened")))
            scope = assessment.rounds(ws, found)[0].scope
            assessment.answer(ws, scope, QUESTION, LEVEL, reason="Tried out by the self-test.")
        with Workspace.open(paths, schema()) as ws:
            _check_answer(ws, scope)
            done.append(call.words(N_("answered, closed and read again")))
            done.append(_print(call, ws, scope))
            done.append(_pack(call, ws, found))
            backup.back_up(ws)
            done.append(call.words(N_("backed up")))
    done.append(call.words(N_("Everything works.")))
    call.answer({"steps": done}, done)
    return 0


@contextmanager
def empty_home(call: Call) -> Iterator[Paths]:
    """Return the home that was named, if it holds nothing; else one that is thrown away."""
    if call.args.home is None:
        with tempfile.TemporaryDirectory(prefix="fieldkit-") as folder:
            yield replace(Paths.at(Path(folder)), shared=call.paths.shared)
        return
    if call.paths.workspace.exists():
        text = N_("{home} holds data already. Name an empty folder for the self-test.")
        raise UserError("E_HOME_HELD", text, home=str(call.paths.home))
    yield call.paths


def _check_answer(ws: Workspace, scope: ScopeId) -> None:
    if assessment.answer_of(ws, scope, QUESTION).level != LEVEL:
        raise BugError("the answer was not kept")


def _print(call: Call, ws: Workspace, scope: ScopeId) -> str:
    target = ws.paths.home / "self-test.pdf"
    written = write(results_paper(ws, scope, call.words), "pdf", target, call.words, ws)
    if written.pages < 2 or written.missing:
        raise BugError(f"the paper has {written.pages} pages and lacks {written.missing!r}")
    return call.words(N_("printed {pages} pages"), pages=written.pages)


def _pack(call: Call, ws: Workspace, found: ScopeId) -> str:
    chosen = [engagement.engagement(ws, found)]
    receipt = transfer.export(ws, parcel(ws, chosen, FULL), ws.paths.home / "self-test.fkb")
    held = transfer.inspect(receipt.path)
    if (held.ops, held.bundle) != (receipt.ops, receipt.bundle):
        raise BugError("the bundle reads back otherwise than it was written")
    return call.words(N_("packed and verified {changes} changes"), changes=held.ops)
