"""A small vocabulary for tests: a garden schema, laptops that write, and a path between them."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from fieldkit.core.changes import Changes
from fieldkit.core.ids import EntityId, ScopeId, WriterId, natural_id, new_id
from fieldkit.core.op import CHAIN_START, Dot, Op, Value, chain_after
from fieldkit.core.record import NewScope, Record, Removal
from fieldkit.core.tool import LATEST, PRESENT, TEXT3, Field, KindPlate, Schema
from fieldkit.store.checks import check_scope
from fieldkit.store.records import Interval, ScopeRow, Writer
from fieldkit.system.paths import Paths
from fieldkit.workspace.workspace import Workspace

GARDEN = "garden"

PLANT = KindPlate(
    "plant",
    GARDEN,
    "Plant",
    (
        Field("name", "Name", free=True),
        Field("height", "Height", together="height"),
        Field("why", "Why", free=True, together="height"),
        Field("story", "Story", free=True, long=True, policy=TEXT3),
        Field("tags", "Tags", member=True, policy=PRESENT),
        Field("pos", "Position", policy=LATEST),
    ),
)
ANSWER = KindPlate(
    "answer",
    GARDEN,
    "Answer",
    (
        Field("level", "Level", together="level"),
        Field("reason", "Reason", free=True, long=True, together="level"),
        Field("languages", "Languages"),
    ),
    by_nature=True,
)
HARVEST = KindPlate(
    "harvest",
    GARDEN,
    "Harvest",
    (Field("counts", "Counts", free=True), Field("pile", "Pile", free=True)),
    day_only=True,
)
SCHEMA = Schema.of((PLANT, ANSWER, HARVEST))


@dataclass
class Clock:
    """A claimed time that moves only when told."""

    now: dt.datetime = dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += dt.timedelta(**parts)


def places(home: Path, outside: Path | None = None) -> Paths:
    """Return the paths of a home; `outside` keeps the leases where a copy of the home leaves them."""
    paths = Paths.at(home)
    return paths if outside is None else replace(paths, leases=outside)


def plant(scope: ScopeId, ent: str | None = None, /, **fields: Value) -> Record:
    """Return a plant to write; without an id a new one."""
    return Record(scope, "plant", EntityId(ent or new_id()), fields)


def answer(scope: ScopeId, question: str, /, **fields: Value) -> Record:
    """Return an answer to write, named by its question."""
    return Record(scope, "answer", natural_id(scope, "answer", question), fields)


@dataclass
class Laptop:
    """One computer with a workspace; it can be closed and opened again."""

    name: str
    paths: Paths
    clock: Clock = field(default_factory=Clock)
    schema: Schema = SCHEMA
    patience: float | None = None
    ws: Workspace = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> Workspace:
        """Open the workspace."""
        self.ws = Workspace.open(
            self.paths,
            self.schema,
            clock=self.clock,
            label=self.name,
            patience=self.patience,
        )
        return self.ws

    def restart(self) -> Workspace:
        """Close and open again."""
        self.close()
        return self.open()

    def close(self) -> None:
        """Close the workspace."""
        self.ws.close()

    @property
    def writer(self) -> WriterId:
        """The name this laptop writes under now."""
        return self.ws.store.pen.writer.id

    def garden(self, scope: ScopeId | None = None) -> ScopeId:
        """Open a scope and return its id."""
        named = scope or ScopeId(new_id())
        self.ws.commit([NewScope(named, GARDEN)], label="garden")
        return named

    def plants(self, scope: ScopeId, ent: str | None = None, /, **fields: Value) -> EntityId:
        """Write a plant, new unless an id is given, and return its id."""
        record = plant(scope, ent, **fields)
        self.ws.commit([record], label=f"plant {fields}")
        return record.id

    def answers(self, scope: ScopeId, question: str, /, **fields: Value) -> EntityId:
        """Write an answer and return its id."""
        record = answer(scope, question, **fields)
        self.ws.commit([record], label=f"answer {fields}")
        return record.id

    def writes(self, scope: ScopeId, kind: str, ent: str, /, **fields: Value) -> Changes:
        """Write fields of one entity as one command."""
        record = Record(scope, kind, EntityId(ent), fields)
        return self.ws.commit([record], label=f"{kind} {fields}")

    def removes(self, scope: ScopeId, kind: str, ent: EntityId) -> Changes:
        """Delete one entity."""
        return self.ws.commit([Removal(scope, kind, ent)], label=f"remove {kind}")

    def reads(self, scope: ScopeId, kind: str, ent: EntityId, fld: str) -> Value:
        """Return the value shown for one field."""
        return self.ws.record(scope, kind, ent).fields.get(fld)

    def ops(self, scope: ScopeId | None = None) -> list[Op]:
        """Return every op held, by writer and number."""

        def work() -> list[Op]:
            log = self.ws.store.records
            scopes = [scope] if scope else [row.id for row in log.scopes()]
            return [
                op
                for s in scopes
                for run in log.intervals(s)
                for op in log.run(s, run.writer, run.lo, run.hi)
            ]

        return self.ws.run(work)

    def derived(self, scope: ScopeId) -> object:
        """Return seen, head and have of a scope."""
        return self.ws.run(lambda: self.ws.store.records.derived(scope))

    def rebuilt(self, scope: ScopeId) -> object:
        """Return seen, head and have derived afresh, leaving the store as it was."""

        class TakenBackError(Exception):
            pass

        found: list[object] = []

        def work() -> None:
            log = self.ws.store.records
            marks = {(r.writer, r.lo): r.prev for r in log.intervals(scope)}
            log.rebuild(scope)
            log._rebuild_have(log._sids[scope], marks)
            found.append(log.derived(scope))
            raise TakenBackError

        with suppress(TakenBackError):
            self.ws.transact(work)
        return found[0]

    def checks(self) -> None:
        """Walk every chain and compare what is derived with a rebuild (law I6)."""

        def work() -> None:
            for row in self.ws.store.records.scopes():
                check_scope(self.ws.store.records, row.id)

        self.ws.run(work)
        for row in self.ws.scopes():
            assert self.derived(row.id) == self.rebuilt(row.id)


def carry(
    source: Laptop, target: Laptop, wanted: Callable[[Op], bool] = lambda _: True
) -> list[Op]:
    """Take the wanted ops from one log into another, without any file; returns the new ones."""
    parts = source.ws.run(lambda: _parts(source, wanted))
    names = source.ws.run(lambda: dict(source.ws.store.records.writers()))
    rows = source.ws.run(source.ws.store.records.scopes)
    fresh: list[Op] = []

    def work() -> None:
        log = target.ws.store.records
        for row in rows:
            log.add_scope(ScopeRow(row.id, row.kind, row.parent))
        for writer in names.values():
            log.add_writer(writer)
        for scope, run, links in parts:
            fresh.extend(op for op, link in links if log.admit(op, link, 1))
            log.check_edges(scope, run, links[-1][1])
            log.join(scope, run)

    target.ws.transact(work)
    target.ws.forget_views()
    return fresh


Part = tuple[ScopeId, Interval, list[tuple[Op, bytes]]]


def _parts(source: Laptop, wanted: Callable[[Op], bool]) -> list[Part]:
    log = source.ws.store.records
    return [
        part
        for row in log.scopes()
        for run in log.intervals(row.id)
        for part in _wanted_parts(row.id, run, log.run(row.id, run.writer, run.lo, run.hi), wanted)
    ]


def _wanted_parts(
    scope: ScopeId, run: Interval, ops: Iterator[Op], wanted: Callable[[Op], bool]
) -> Iterator[Part]:
    prev, start, links = run.prev, run.prev, list[tuple[Op, bytes]]()
    for op in ops:
        if links and not wanted(op):
            yield scope, Interval(run.writer, links[0][0].seq, op.seq - 1, start), links
            links = []
        start = start if links else prev
        prev = chain_after(prev, op)
        if wanted(op):
            links.append((op, prev))
    if links:
        yield scope, Interval(run.writer, links[0][0].seq, links[-1][0].seq, start), links


def writer_of(text: str) -> WriterId:
    """Return a writer id made from a short text."""
    return WriterId(text.encode().hex().ljust(32, "0")[:32])


def beside(laptop: Laptop, op: Op) -> bytes:
    """Take in one op made by hand, as the first of its writer unless its seq says more."""

    def work() -> bytes:
        log = laptop.ws.store.records
        before = log.chain_at(op.scope, Dot(op.writer, op.seq - 1)) or CHAIN_START
        link = chain_after(before, op)
        log.add_writer(Writer(op.writer, None, None, "by hand"))
        for writer, _ in op.ctx:
            log.add_writer(Writer(writer, None, None, ""))
        log.admit(op, link, 1)
        log.join(op.scope, Interval(op.writer, op.seq, op.seq, before))
        return link

    link = laptop.ws.transact(work)
    laptop.ws.forget_views()
    return link


@contextmanager
def laptop(folder: Path, name: str = "laptop", **more: object) -> Iterator[Laptop]:
    """Open one laptop in a folder for the length of a block."""
    machine = Laptop(name, places(folder / name), **more)  # type: ignore[arg-type]
    try:
        yield machine
    finally:
        machine.close()


@contextmanager
def laptops(folder: Path, *names: str) -> Iterator[tuple[Laptop, ...]]:
    """Open several laptops for the length of a block."""
    with ExitStack() as open_ones:
        yield tuple(open_ones.enter_context(laptop(folder, name)) for name in names)
