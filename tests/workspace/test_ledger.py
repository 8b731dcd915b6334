"""The ledger: what left and what came in."""

from functools import partial
from pathlib import Path

from fieldkit.workspace import intake, transfer
from fieldkit.workspace.ledger import KEY, MOST, Sent, arrivals, note_sent, sent_list
from fieldkit.workspace.takeback import undo_import
from tests.world import laptop, laptops


def test_what_left_is_kept_newest_first_and_survives_a_restart(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        for number in range(MOST + 2):
            note_sent(machine.ws, Sent(number, "e", "agency", f"{number}.fkb", 10))
        machine.restart()
        held = sent_list(machine.ws)
        assert [s.at for s in held] == list(range(MOST + 1, 1, -1))


def test_a_ledger_nobody_understands_is_an_empty_one(tmp_path: Path) -> None:
    with laptop(tmp_path) as machine:
        for text in ("{", "[1, 2]", '[{"at": "x", "new": 1}]'):
            machine.ws.transact(partial(machine.ws.store.local.set_meta, KEY, text))
            assert sent_list(machine.ws) in ([], [Sent()])


def test_arrivals_say_what_they_brought_until_they_are_taken_back(tmp_path: Path) -> None:
    with laptops(tmp_path, "one", "two") as (one, two):
        scope = one.garden()
        one.plants(scope, name="Rose")
        file = transfer.export(one.ws, transfer.Parcel((scope,), "garden"), tmp_path / "g.fkb").path
        number = intake.apply(two.ws, intake.preview(two.ws, file)).number
        (came,) = arrivals(two.ws)
        assert (came.by, came.scopes, came.undone) == ("one", (scope,), False)
        undo_import(two.ws, number)
        assert [(a.scopes, a.undone) for a in arrivals(two.ws)] == [((), True)]
