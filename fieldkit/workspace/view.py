"""From standing ops to records, versions and differences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.core.ids import EntityId, InstallId, ScopeId, WriterId
from fieldkit.core.op import LIFE_FIELD, Dot, Op, Value
from fieldkit.core.record import Record, Version
from fieldkit.core.register import (
    ASK,
    PRESENT,
    bases,
    is_difference,
    is_present,
    life,
    shown,
)
from fieldkit.core.tool import Schema
from fieldkit.store.records import Writer


@dataclass(frozen=True, slots=True)
class Difference:
    """A register with several standing values, or a deletion somebody wrote over (field `_life`).

    `versions` hold every standing value; `base` the common start, empty where there was none;
    `texts` says that paragraph proposals make sense; `together` lists the fields read as one and
    `beside` what stands in each of them.
    """

    scope: ScopeId
    kind: str
    ent: EntityId
    fld: str
    versions: tuple[Version, ...]
    base: tuple[Value, ...]
    texts: bool = False
    together: tuple[str, ...] = ()
    beside: tuple[tuple[str, tuple[Version, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Lens:
    """What is needed to turn ops into what people see: declarations, names and who we are."""

    schema: Schema
    writers: Mapping[WriterId, Writer]
    install: InstallId

    def version(self, op: Op) -> Version:
        """Return one standing op as a version people can read; an undo names its first author."""
        origin = origin_of(op)
        writer = self.writers.get(origin)
        return Version(
            op.val,
            op.dot,
            op.lam,
            op.wall,
            writer.label if writer else "",
            writer is not None and writer.install == self.install,
            op.is_stub,
        )


def origin_of(op: Op) -> WriterId:
    """Return the writer a value came from first; undo names it in `ext.of`."""
    of = (op.ext or {}).get("of")
    return WriterId(of) if isinstance(of, str) else op.writer


def stood_for(op: Op) -> Dot | None:
    """Return the op whose value this one only put back; undo names it in `ext.undo`."""
    link = (op.ext or {}).get("undo")
    if not isinstance(link, Sequence) or isinstance(link, str) or len(link) != 2:
        return None
    return Dot(WriterId(str(link[0])), link[1]) if isinstance(link[1], int) else None


def first_said(op: Op, history: Sequence[Op]) -> Op:
    """Return the op a value was first said in, however often it was put back since."""
    held = {o.dot: o for o in history}
    passed = {op.dot}
    while (link := stood_for(op)) in held and link not in passed:
        op = held[link]
        passed.add(link)
    return op


def kind_of(fld: str) -> str:
    """Return the entity kind in an op's field."""
    return fld.split(".", 1)[0]


def bare(fld: str) -> str:
    """Return an op's field without the entity kind."""
    return fld.split(".", 1)[-1]


def entity_kind(fields: Iterable[str]) -> str:
    """Return the kind of an entity from the fields held of it."""
    return kind_of(min(fields))


def record_of(
    scope: ScopeId, ent: EntityId, heads: Mapping[str, Sequence[Op]], lens: Lens
) -> Record:
    """Return an entity as tools read it."""
    kind = entity_kind(heads)
    named = {bare(fld): ops for fld, ops in heads.items()}
    values: dict[str, Value] = {}
    differing: dict[str, tuple[Version, ...]] = {}
    unknown: list[str] = []
    for name, ops in named.items():
        if name == LIFE_FIELD:
            continue
        plate = lens.schema.field(kind, name)
        policy = plate.policy if plate else ASK
        values[name] = is_present(ops) if policy == PRESENT else shown(ops).val
        if plate is None:
            unknown.append(name)
        if plate is not None and is_difference(ops, policy):
            differing[name] = _versions(ops, lens)
    judged = life(named)
    return Record(
        scope, kind, ent, values, differing, judged.deleted, judged.contested, tuple(unknown)
    )


def differences_of(
    record: Record,
    heads: Mapping[str, Sequence[Op]],
    history: Callable[[str], list[Op]],
    lens: Lens,
) -> list[Difference]:
    """Return what a person has to settle on one entity; `history` reads a register's ops."""
    found = []
    for name, versions in sorted(record.differing.items()):
        fld = f"{record.kind}.{name}"
        past = history(fld)
        starts = bases([first_said(op, past) for op in heads[fld]], past)
        plate = lens.schema.field(record.kind, name)
        read_as_one = _together(
            record.kind, plate.together or name if plate else "", name, lens.schema
        )
        found.append(
            Difference(
                record.scope,
                record.kind,
                record.id,
                name,
                versions,
                tuple(op.val for op in starts if not op.is_stub),
                plate is not None and plate.long,
                read_as_one,
                tuple((n, _standing(record.kind, n, heads, lens)) for n in read_as_one),
            )
        )
    if record.contested:
        fld = f"{record.kind}.{LIFE_FIELD}"
        votes = _versions(heads[fld], lens)
        found.append(Difference(record.scope, record.kind, record.id, LIFE_FIELD, votes, (True,)))
    return found


def _versions(heads: Sequence[Op], lens: Lens) -> tuple[Version, ...]:
    """Return what stands in the order of (lam, writer), which is the same on every computer."""
    return tuple(lens.version(op) for op in sorted(heads, key=lambda o: (o.lam, o.writer, o.seq)))


def _standing(
    kind: str, name: str, heads: Mapping[str, Sequence[Op]], lens: Lens
) -> tuple[Version, ...]:
    return _versions(heads.get(f"{kind}.{name}", ()), lens)


def _together(kind: str, group: str, name: str, schema: Schema) -> tuple[str, ...]:
    plate = schema.kinds.get(kind)
    fields = plate.fields if plate and group else ()
    return tuple(f.name for f in fields if f.name != name and group in (f.together, f.name))


def dots_of(heads: Mapping[str, Sequence[Op]]) -> tuple[Dot, ...]:
    """Return the dots of every standing op of an entity but its life: what a deleter sees."""
    return tuple(
        sorted(op.dot for fld, ops in heads.items() if bare(fld) != LIFE_FIELD for op in ops)
    )
