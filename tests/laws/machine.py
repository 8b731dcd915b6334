"""The machine: laptops that write, delete, undo, export, import, crash and are restored at random."""

import random
import secrets
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fieldkit.core.errors import UserError
from fieldkit.core.ids import EntityId, ScopeId, natural_id
from fieldkit.core.op import LIFE_FIELD, Dot, Kind, Op
from fieldkit.core.record import Record
from fieldkit.core.register import is_applied, normal
from fieldkit.exchange.unpack import open_bundle
from fieldkit.store.local import DONE, UNDONE
from fieldkit.store.records import Heads
from fieldkit.workspace import intake, takeback, transfer
from tests.world import Clock, Laptop, carry, places

SCOPE = ScopeId("5c" * 16)
PLANTS = tuple(EntityId(c * 32) for c in "ab")
FIELDS = ("name", "height")
NAMES = ("Anna", "Berik", "Ceca")

who = st.sampled_from(range(3))
# Narrow domains bite: one plant and one field most of the time.
plants = st.sampled_from((PLANTS[0], PLANTS[0], PLANTS[0], PLANTS[1]))
fields = st.sampled_from(("height", "height", "height", "name"))
values = st.sampled_from((1, 2, 3))


# What is proved here is what is held, not what survives a power cut: memory is quick and enough.
SHELF = Path("/dev/shm")


class CrashError(Exception):
    """The power goes in the middle of a command."""


class Laws(RuleBasedStateMachine):
    """Ground truth beside real workspaces: who held what when each op was written."""

    def __init__(self) -> None:
        super().__init__()
        draw = random.Random(0)
        self.folder = Path(tempfile.mkdtemp(prefix="laws-", dir=SHELF if SHELF.is_dir() else None))
        self.touched: set[int] = set()
        self.fresh: set[Dot] = set()
        self.laptops: list[Laptop] = []
        self.ancestors: dict[Dot, frozenset[Dot]] = {}
        self.saw: dict[Dot, frozenset[Dot]] = {}
        self.said: dict[Dot, Op] = {}
        self.held_then: dict[Dot, int] = {}
        self.sticks: list[Path] = []
        self.copies: list[tuple[int, Path]] = []
        self.count = 0
        # Names drawn alike each time, so that a history told twice goes the same way.
        self.names = patch.object(secrets, "token_hex", lambda n=16: draw.randbytes(n).hex())
        self.names.start()

    @initialize()
    def begin(self) -> None:
        for name in NAMES:
            self._bring(name)
        self.laptops[0].garden(SCOPE)
        self._note(0, set(), {})
        stick = self._export(0)
        for other in (1, 2):
            self._import(other, stick)

    def teardown(self) -> None:
        try:
            if self.laptops and sys.exc_info()[0] is None:
                self._meet()
        finally:
            self._end()

    def _end(self) -> None:
        self.names.stop()
        for machine in self.laptops:
            machine.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # what people do

    @rule(i=who, ent=plants, fld=fields, value=values)
    def writes(self, i: int, ent: EntityId, fld: str, value: int) -> None:
        said = f"n{value}" if fld == "name" else value
        self._act(i, lambda m: m.writes(SCOPE, "plant", ent, **{fld: said}))

    @rule(i=who, question=st.sampled_from(("Q1", "Q2")), level=values)
    def answers(self, i: int, question: str, level: int) -> None:
        ent = natural_id(SCOPE, "answer", question)
        self._act(i, lambda m: m.writes(SCOPE, "answer", ent, level=level, reason=f"r{level}"))

    @rule(i=who, ent=plants)
    def deletes(self, i: int, ent: EntityId) -> None:
        if self.laptops[i].ws.record(SCOPE, "plant", ent).fields:
            self._act(i, lambda m: m.removes(SCOPE, "plant", ent))

    @rule(i=who)
    def settles(self, i: int) -> None:
        opened = self.laptops[i].ws.differences(SCOPE)
        if opened:
            first = opened[0]
            chosen = True if first.fld == LIFE_FIELD else first.versions[0].value
            self._act(i, lambda m: m.ws.settle(first, chosen))

    @rule(i=who)
    def undoes(self, i: int) -> None:
        if self.laptops[i].ws.last_import() is None:
            self._turn_back(i, DONE, lambda m: m.ws.undo())

    @rule(i=who)
    def redoes(self, i: int) -> None:
        self._turn_back(i, UNDONE, lambda m: m.ws.redo())

    def _turn_back(self, i: int, state: int, work: object) -> None:
        machine = self.laptops[i]
        command = machine.ws.run(lambda: machine.ws.store.local.last_command(state))
        own = {dot for _, dot in command.ops} if command else set()
        before = self._standing(machine)
        self._act(i, work, is_undo=True)
        after = self._standing(machine)
        for key, dots in before.items():
            for dot in dots - after.get(key, set()):
                assert own & self._line(dot), "I4: undo takes back only what it wrote"

    @rule(i=who, ent=plants)
    def writes_what_only_a_newer_version_knows(self, i: int, ent: EntityId) -> None:
        def write(machine: Laptop) -> None:
            store = machine.ws.store

            def work() -> None:
                store.pen.begin()
                store.pen.put(SCOPE, ent, "plant.later", 12, "x")

            machine.ws.transact(work)

        self._act(i, write)

    @rule(i=who, year=st.sampled_from((1970, 2026, 2099)))
    def sets_a_wrong_clock(self, i: int, year: int) -> None:
        clock = self.laptops[i].clock
        clock.now = clock.now.replace(year=year)

    @rule(i=who, ent=plants)
    def crashes_in_the_middle(self, i: int, ent: EntityId) -> None:
        machine = self.laptops[i]
        if not self._holds(machine):
            return
        self.touched.add(i)
        before = machine.ops()

        def work() -> None:
            machine.ws.store.pen.write([Record(SCOPE, "plant", ent, {"height": 99})])
            raise CrashError

        with suppress(CrashError):
            machine.ws.transact(work)
        assert machine.ops() == before
        machine.ws.forget_views()

    # sticks

    @rule(i=who)
    def exports(self, i: int) -> None:
        self.sticks.append(self._export(i))

    @rule(i=who, j=who)
    def exports_the_tail(self, i: int, j: int) -> None:
        """Send only what the other has not told us it holds; made for somebody else it gaps."""
        self.sticks.append(self._export(i, self._frontier(j)))

    @rule(i=who, j=who, ent=plants, fld=fields)
    def writes_over_and_sends_only_the_last(self, i: int, j: int, ent: EntityId, fld: str) -> None:
        """The stick with what was said in between is lost."""
        for value in (4, 5):
            self.writes(i, ent, fld, value)
        if i != j:
            self.exports_only_the_newest(i)
            self._import(j, self.sticks[-1])

    @rule(i=who, j=who)
    def hands_over(self, i: int, j: int) -> None:
        """Bring the ops of one to another without an import that undo would meet."""
        if i != j and self._holds(self.laptops[i]) and self._holds(self.laptops[j]):
            self.touched.add(j)
            carry(self.laptops[i], self.laptops[j])

    @rule(i=who, j=who, ent=plants, over=st.booleans())
    def undoes_after_another_wrote(self, i: int, j: int, ent: EntityId, over: bool) -> None:
        """The other wrote over it, having seen it, or beside it."""
        self.writes(i, ent, "height", 6)
        if over:
            self.hands_over(i, j)
        self.writes(j, ent, "height", 7)
        self.hands_over(j, i)
        self.undoes(i)

    @rule(i=who, j=who, ent=plants)
    def deletes_without_having_seen_all(self, i: int, j: int, ent: EntityId) -> None:
        """The name was said before the height, but only the height came over."""
        for value in (1, 2):
            self.writes(i, ent, "name", value)
        self.writes_over_and_sends_only_the_last(i, j, ent, "height")
        self.deletes(j, ent)
        self.hands_over(j, i)

    @rule(i=who)
    def exports_only_the_newest(self, i: int) -> None:
        """Send one op of each writer: what came before it is a gap for everybody else."""
        runs = self.laptops[i].ws.run(lambda: self.laptops[i].ws.store.records.intervals(SCOPE))
        self.sticks.append(self._export(i, {SCOPE: {r.writer: r.hi - 1 for r in runs if r.hi > 1}}))

    @rule(i=who, j=who)
    def passes_on(self, i: int, j: int) -> None:
        if i != j:
            self._import(j, self._export(i))

    @rule(j=who, data=st.data())
    def imports(self, j: int, data: st.DataObject) -> None:
        if self.sticks:
            self._import(j, data.draw(st.sampled_from(self.sticks)))

    @rule(j=who)
    def takes_an_import_back(self, j: int) -> None:
        machine = self.laptops[j]
        number = machine.ws.last_import()
        if number is None:
            return
        self.touched.add(j)
        before = {op.dot: op for op in machine.ops()}
        try:
            takeback.undo_import(machine.ws, number)
        except UserError as error:
            assert error.code in {"E_IMPORT_SENT", "E_IMPORT_ORDER"}  # noqa: PT017
            assert {op.dot: op for op in machine.ops()} == before
            return
        now = machine.ops()
        for op in sorted(now, key=lambda o: o.lam):
            if op.dot not in before:
                self._learn(op, self._covered(op, now), now)

    @rule(i=who)
    def closes_and_opens(self, i: int) -> None:
        machine = self.laptops[i]
        self.touched.add(i)
        writer = machine.writer
        machine.restart()
        assert machine.writer == writer, "a store nobody copied keeps its name"

    @rule(i=who)
    def copies_the_store(self, i: int) -> None:
        target = self.folder / f"copy-{len(self.copies)}.db"
        shutil.copyfile(self.laptops[i].paths.workspace, target)
        self.copies.append((i, target))

    @rule(data=st.data())
    def restores_a_copy(self, data: st.DataObject) -> None:
        if not self.copies:
            return
        i, copy = data.draw(st.sampled_from(self.copies))
        machine = self.laptops[i]
        self.touched.add(i)
        self._export(i)
        machine.close()
        shutil.copyfile(copy, machine.paths.workspace)
        machine.open()

    # laws

    @invariant()
    def every_law_holds(self) -> None:
        """Ask those whom the last rule touched; nothing else can have changed."""
        touched, self.touched = self.touched, set()
        for i in sorted(touched):
            machine = self.laptops[i]
            ops = machine.ops(SCOPE)
            self._a_name_means_one_op_for_ever(ops)
            heads = machine.ws.run(partial(machine.ws.store.records.heads, SCOPE))
            self._nothing_is_lost_and_nothing_clashes_falsely(ops, heads)
            self._what_is_held_is_what_is_claimed(machine, ops)
            self._what_is_derived_can_be_derived_again(machine)
            self._only_unequal_values_are_differences(machine, heads)

    def _a_name_means_one_op_for_ever(self, ops: list[Op]) -> None:
        """I15: no dot is issued twice."""
        for op in ops:
            assert self.said[op.dot] == op, "I15: no name is given twice"

    def _nothing_is_lost_and_nothing_clashes_falsely(self, ops: list[Op], heads: Heads) -> None:
        """I4 and I5: an op stands exactly if no held op was written by somebody who held it."""
        dots = {op.dot for op in ops if is_applied(op)}
        covered = set().union(*(self.ancestors[d] for d in dots)) if dots else set()
        standing = {o.dot for f in heads.values() for ops in f.values() for o in ops}
        assert standing >= dots - covered, "I4: nothing is lost"
        assert standing <= dots - covered, "I5: nothing clashes falsely"

    def _what_is_held_is_what_is_claimed(self, machine: Laptop, ops: list[Op]) -> None:
        """I9: held runs and ops agree, and runs that touch are one."""
        runs = machine.ws.run(lambda: machine.ws.store.records.intervals(SCOPE))
        claimed = {Dot(r.writer, s) for r in runs for s in range(r.lo, r.hi + 1)}
        assert claimed == {op.dot for op in ops}, "I9: nothing is claimed that is not held"
        ordered = sorted((r.writer, r.lo, r.hi) for r in runs)
        for (w, _, hi), (next_w, lo, _) in pairwise(ordered):
            assert w != next_w or lo > hi + 1, "I9: touching runs are one"

    def _what_is_derived_can_be_derived_again(self, machine: Laptop) -> None:
        """I6 and the chains."""
        machine.checks()

    def _only_unequal_values_are_differences(self, machine: Laptop, heads: Heads) -> None:
        """I21, and I18: deletions are flagged exactly when something was not seen."""
        for ent in PLANTS:
            record = machine.ws.record(SCOPE, "plant", ent)
            named = {f.split(".")[1]: ops for f, ops in heads.get(ent, {}).items()}
            for fld in FIELDS:
                distinct = {repr(normal(o.val)) for o in named.get(fld, [])}
                assert (fld in record.differing) == (len(distinct) > 1), "I21"
            self._check_life(record, named)

    def _check_life(self, record: Record, named: dict[str, list[Op]]) -> None:
        votes = named.get(LIFE_FIELD, [])
        dead = [o for o in votes if o.val is False]
        others = {o.dot for f, ops in named.items() if f != LIFE_FIELD for o in ops}
        seen = set().union(*(self.saw.get(o.dot, frozenset()) for o in dead)) if dead else set()
        all_dead = bool(dead) and len(dead) == len(votes)
        assert record.deleted == (all_dead and others <= seen), "I18: quiet only if all was seen"
        assert record.contested == (bool(dead) and not record.deleted), "I18: flagged otherwise"

    # the ground truth

    def _act(self, i: int, work: object, *, is_undo: bool = False) -> None:
        machine = self.laptops[i]
        if not self._holds(machine):
            return
        self.touched.add(i)
        before = {op.dot for op in machine.ops()}
        heads = self._standing(machine)
        work(machine)  # type: ignore[operator]
        self._note(i, before, heads, is_undo=is_undo)

    def _holds(self, machine: Laptop) -> bool:
        """Say whether the scope is there; an import that brought it may have been taken back."""
        return machine.ws.run(lambda: machine.ws.store.records.holds(SCOPE))

    def _standing(self, machine: Laptop) -> dict[tuple[str, str], set[Dot]]:
        heads = machine.ws.run(lambda: machine.ws.store.records.heads(SCOPE))
        return {(e, f): {o.dot for o in ops} for e, fs in heads.items() for f, ops in fs.items()}

    def _note(
        self,
        i: int,
        before: set[Dot],
        stood: dict[tuple[str, str], set[Dot]],
        *,
        is_undo: bool = False,
    ) -> None:
        machine = self.laptops[i]
        now = machine.ops()
        fresh = sorted((op for op in now if op.dot not in before), key=lambda o: o.lam)
        self.fresh = {op.dot for op in fresh}
        after = self._standing(machine)
        highest = max((op.lam for op in now if op.dot in before and op.scope == SCOPE), default=0)
        for op in fresh:
            assert op.lam > highest, "I20: above everything its author held"
            key = (op.ent, op.fld)
            old = stood.get(key, set())
            mine = {o.dot for o in fresh if (o.ent, o.fld) == key and o.lam < op.lam}
            if is_undo:
                old = old - after.get(key, set())
                mine = set()
            self._learn(op, old | mine, now)

    def _learn(self, op: Op, heads: set[Dot], now: list[Op]) -> None:
        assert op.dot not in self.said, "I15: a new op has a new name"
        past = set(heads)
        for dot in heads:
            past |= self.ancestors.get(dot, frozenset())
        self.ancestors[op.dot] = frozenset(past) if is_applied(op) else frozenset()
        self.said[op.dot] = op
        if op.kind == Kind.LIFE and op.val is False:
            self.saw[op.dot] = self._obs(op, now)

    def _obs(self, op: Op, now: list[Op]) -> frozenset[Dot]:
        """Return what a deleter saw; who deletes again by undo saw what stands for it now, too."""
        older = {o.dot: o for o in now if o.ent == op.ent and o.lam < op.lam}
        past = set().union(*(self.ancestors.get(d, frozenset()) for d in older))
        stood = older.keys() - past
        undone = (op.ext or {}).get("undo")
        if not undone:
            return frozenset(stood)
        saw = self.saw.get(Dot(*undone), frozenset())  # type: ignore[misc]
        known = {d for d in stood if d in self.fresh or _clears(older[d]) or saw & self._line(d)}
        return saw | known

    def _line(self, dot: Dot) -> set[Dot]:
        """Return an op and those whose value it only put back."""
        line: set[Dot] = set()
        while dot in self.said and dot not in line:
            line.add(dot)
            link = (self.said[dot].ext or {}).get("undo")
            dot = Dot(*link) if link else dot  # type: ignore[misc]
        return line

    def _covered(self, op: Op, now: list[Op]) -> set[Dot]:
        ctx = dict(op.ctx)
        same = (o for o in now if (o.ent, o.fld) == (op.ent, op.fld))
        return {o.dot for o in same if o.seq <= ctx.get(o.writer, 0)}

    # exchange

    def _frontier(self, j: int) -> dict[ScopeId, dict[object, int]]:
        ws = self.laptops[j].ws
        runs = ws.run(lambda: ws.store.records.intervals(SCOPE))
        return {SCOPE: {r.writer: r.hi for r in runs if r.lo == 1}}

    def _bring(self, name: str) -> Laptop:
        home, outside = self.folder / name, self.folder / f"leases-{name}"
        machine = Laptop(name, places(home, outside), clock=Clock())
        self.laptops.append(machine)
        return machine

    def _export(self, i: int, basis: object = None) -> Path:
        machine = self.laptops[i]
        self.count += 1
        target = self.folder / f"stick-{self.count}.fkb"
        parcel = transfer.Parcel((SCOPE,), "laws", basis=basis or {})  # type: ignore[arg-type]
        transfer.export(machine.ws, parcel, target)
        held = {op.dot for op in machine.ops(SCOPE)}
        with open_bundle(target) as bundle:
            for writer, hi in bundle.manifest.header.have.get(SCOPE, {}).items():
                assert {Dot(writer, s) for s in range(1, hi + 1)} <= held, "I9: honest frontier"
        return target

    def _import(self, j: int, stick: Path) -> None:
        machine = self.laptops[j]
        self.touched.add(j)
        before = {op.dot for op in machine.ops()}
        made = intake.preview(machine.ws, stick)
        assert {op.dot for op in machine.ops()} == before, "I14: a preview changes nothing"
        done = intake.apply(machine.ws, made)
        assert done.review.scopes == made.review.scopes, "I14: it does what it said"
        opened = {(d.ent, d.fld) for d in machine.ws.differences(SCOPE)}
        if made.review.scopes:
            assert {(d.ent, d.fld) for d in made.differences} == opened, "I14: what it said"
        now = machine.ops()
        again = intake.preview(machine.ws, stick)
        assert again.review.ops_new == 0, "I1: the second time nothing is new"
        intake.discard(again)
        with open_bundle(stick) as bundle:
            brought = {op.dot for op in bundle.ops()}
        assert {op.dot for op in now} == before | brought, "nothing dropped, nothing invented"

    def _meet(self) -> None:
        """I2, I3, I10, I13: after everybody met everybody, all read the same."""
        full = [self._export(i) for i in range(3)]
        for j in range(3):
            order = full if j % 2 == 0 else list(reversed(full))
            for stick in order:
                self._import(j, stick)
        first = self._state(self.laptops[0])
        for machine in self.laptops[1:]:
            assert self._state(machine) == first, "I3: all read the same"
        newcomer = self._bring("Dana")
        self._import(3, self._export(0))
        assert self._state(newcomer) == first, "I10: a newcomer reads the same"
        self._check_tail(newcomer, first)

    def _check_tail(self, newcomer: Laptop, first: object) -> None:
        other = self._bring("Emin")
        self._import(4, self._export(3))
        for value in (7, 8):
            self._act(3, lambda m, v=value: m.writes(SCOPE, "plant", PLANTS[0], height=v))
            self._import(4, self._export(3, self._frontier(4)))
        assert self._state(other) == self._state(newcomer) != first, "I13: the tail is enough"

    def _state(self, machine: Laptop) -> object:
        ws = machine.ws
        records = [ws.record(SCOPE, "plant", ent) for ent in PLANTS]
        told = [(r.fields, sorted(r.differing), r.deleted, r.contested) for r in records]
        heads = {k: frozenset(v) for k, v in self._standing(machine).items()}
        opened = {(d.ent, d.fld, tuple(v.dot for v in d.versions)) for d in ws.differences(SCOPE)}
        return {op.dot for op in machine.ops(SCOPE)}, heads, told, opened


def _clears(op: Op) -> bool:
    """Say whether an op puts back that nothing was there."""
    return op.ext is not None and op.ext.get("undo", "") is None
