"""Cases: differences as people settle them, a level with its reason, each side as one whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import LIFE_FIELD, Value
from fieldkit.core.record import Record, Removal, Version
from fieldkit.core.tool import Schema
from fieldkit.workspace.pen import Item, Keep
from fieldkit.workspace.view import Difference


@dataclass(frozen=True, slots=True)
class Side:
    """One standing value with what is read as one with it; `values` go by field."""

    version: Version
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Case:
    """What one decision settles: the open fields of one entity that are read as one.

    `fields` lists everything read as one, the leading field first; `base` what all sides started
    from, by field, empty where there was nothing.
    """

    differences: tuple[Difference, ...]
    fields: tuple[str, ...]
    sides: tuple[Side, ...]
    base: Mapping[str, tuple[Value, ...]]

    @property
    def lead(self) -> Difference:
        """The difference the case is named by."""
        return self.differences[0]

    @property
    def key(self) -> tuple[ScopeId, EntityId, str]:
        """What names the case, whatever stands in it."""
        return self.lead.scope, self.lead.ent, self.fields[0]

    @property
    def is_life(self) -> bool:
        """Say whether one deleted what another wrote on."""
        return self.lead.fld == LIFE_FIELD


def cases(differences: Iterable[Difference], schema: Schema) -> list[Case]:
    """Group differences into cases, in their order."""
    found: dict[tuple[ScopeId, EntityId, tuple[str, ...]], list[Difference]] = {}
    for one in differences:
        found.setdefault((one.scope, one.ent, _fields(one, schema)), []).append(one)
    return [_case(fields, group) for (_, _, fields), group in found.items()]


def _fields(one: Difference, schema: Schema) -> tuple[str, ...]:
    """Return the fields read as one: the one the group is called by first, then as declared."""
    plate = schema.kinds.get(one.kind)
    names = {one.fld, *one.together}
    if plate is None or len(names) == 1:
        return (one.fld,)
    declared = [f for f in plate.fields if f.name in names]
    return tuple(f.name for f in sorted(declared, key=lambda f: f.name != f.together))


def _case(fields: tuple[str, ...], group: Sequence[Difference]) -> Case:
    ordered = tuple(sorted(group, key=lambda d: fields.index(d.fld)))
    lead = ordered[0]
    standing = dict(lead.beside) | {d.fld: d.versions for d in ordered}
    ours_first = sorted(lead.versions, key=lambda v: not v.ours)
    sides = tuple(Side(v, _side(v, lead.versions, fields, standing)) for v in ours_first)
    return Case(ordered, fields, sides, {d.fld: d.base for d in ordered})


def _side(
    version: Version,
    leading: Sequence[Version],
    fields: Sequence[str],
    standing: Mapping[str, Sequence[Version]],
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name in fields:
        held = counterpart(version, leading, standing.get(name, ()))
        if held is None or not held.withheld:
            values[name] = held.value if held else None
    return values


def counterpart(
    version: Version, leading: Sequence[Version], held: Sequence[Version]
) -> Version | None:
    """Return what the writer of one version had in another field; a shared value is everybody's."""
    if version in held:
        return version
    for same in (_same_writer, _same_person):
        mine = [v for v in held if same(v, version)]
        if mine:
            return mine[-1]
    others = [v for v in held if any(_same_writer(v, o) for o in leading)]
    shared = [v for v in held if v not in others]
    return shared[-1] if shared else None


def _same_writer(one: Version, other: Version) -> bool:
    return one.dot.writer == other.dot.writer


def _same_person(one: Version, other: Version) -> bool:
    return (one.ours, one.writer_label) == (other.ours, other.writer_label)


def settling_item(scope: ScopeId, kind: str, ent: EntityId, values: Mapping[str, Value]) -> Item:
    """Return the order that writes values over every standing one; `_life` True keeps."""
    if LIFE_FIELD not in values:
        return Record(scope, kind, ent, values)
    return Keep(scope, kind, ent) if values[LIFE_FIELD] is True else Removal(scope, kind, ent)


def settling(case: Case, values: Mapping[str, Value]) -> Item:
    """Return the order that settles a case with these values."""
    lead = case.lead
    return settling_item(lead.scope, lead.kind, lead.ent, values)
