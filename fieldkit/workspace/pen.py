"""The pen: turns what tools want written into ops, on the store thread, inside one transaction."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldkit.core.errors import N_, BugError, UserError
from fieldkit.core.ids import EntityId, InstallId, ScopeId, WriterId, natural_id, new_id
from fieldkit.core.op import (
    INT_CAP,
    LIFE_FIELD,
    Context,
    Dot,
    Kind,
    Op,
    Value,
    canonical,
    commitment,
    new_salt,
)
from fieldkit.core.record import NewScope, Record, Removal
from fieldkit.core.register import normal
from fieldkit.core.tool import Field, Schema
from fieldkit.store.records import Records, ScopeRow, Writer
from fieldkit.workspace.view import Lens, dots_of, record_of

VALUE_SIZE = 2 * 1024 * 1024
Written = list[tuple[ScopeId, Dot]]
Clock = Callable[[], dt.datetime]
SCOPE_KIND = "scope"


@dataclass(frozen=True, slots=True)
class Keep:
    """An order to keep an entity that one deleted while another wrote on."""

    scope: ScopeId
    kind: str
    id: EntityId


Item = Record | Removal | NewScope | Keep


def clean(value: Value) -> Value:
    """Return a value as it can be stored: half and null characters from elsewhere are marked."""
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", "\ufffd")
    if isinstance(value, Mapping):
        return {str(clean(k)): clean(v) for k, v in value.items()}
    return [clean(v) for v in value] if isinstance(value, Sequence) else value


def vetted(items: Sequence[Item], schema: Schema) -> tuple[Item, ...]:
    """Return the items as they can be written; what no tool declared is a bug of ours."""
    return tuple(_vetted(i, schema) if isinstance(i, Record) else i for i in items)


def _vetted(item: Record, schema: Schema) -> Record:
    if item.kind not in schema.kinds:
        raise BugError(f"no tool declares the kind {item.kind}")
    fields = {name: clean(value) for name, value in item.fields.items()}
    for name, value in fields.items():
        _declared(schema, item.kind, name)
        _fit(value)
    return replace(item, fields=fields)


def _declared(schema: Schema, kind: str, name: str) -> Field:
    field = schema.field(kind, name)
    if field is None:
        raise BugError(f"{kind} declares no field {name}")
    return field


def _fit(value: Value) -> None:
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > INT_CAP):
        raise BugError("a value is no float and within 2^53")
    if isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            _fit(part)
    if (
        isinstance(value, str)
        and len(value) * 4 > VALUE_SIZE
        and len(canonical(value)) > VALUE_SIZE
    ):
        raise UserError(
            "E_TOO_LONG",
            N_("The text is longer than {limit} MB. Split it. Nothing was changed."),
            limit=VALUE_SIZE // (1024 * 1024),
        )


def is_day_only(items: Sequence[Item], schema: Schema) -> bool:
    """Say whether any item carries no time finer than the day (decisions 7)."""
    plates = (schema.kinds.get(item.kind) for item in items)
    return any(plate is not None and plate.day_only for plate in plates)


def minutes(moment: dt.datetime, day_only: bool = False) -> int:
    """Return a claimed time in whole minutes since 1970, or in whole days counted in minutes."""
    whole = max(int(moment.timestamp()) // 60, 0)
    return whole // 1440 * 1440 if day_only else whole


class Pen:
    """Writes for one writer; collects the ops of the command in hand."""

    def __init__(self, records: Records, schema: Schema, writer: Writer, clock: Clock) -> None:
        """Take the log to write to and the name to write under."""
        self.records = records
        self.schema = schema
        self.writer = writer
        self._clock = clock
        self._groups: dict[tuple[ScopeId, WriterId], int] = {}
        self.written: Written = []

    def begin(self) -> None:
        """Start a new command."""
        self._groups = {}
        self.written = []

    def write(self, items: Sequence[Item]) -> Written:
        """Write the items as one command and return the dots; unchanged fields write nothing."""
        self.begin()
        for item in items:
            if isinstance(item, NewScope):
                self._open_scope(item)
            elif not isinstance(item, Removal) and not self.records.holds(item.scope):
                raise UserError(
                    "E_SCOPE_GONE",
                    N_(
                        "This is no longer on this computer: the import that brought it was taken"
                        " back. Import the file again to go on. Nothing was changed."
                    ),
                )
            elif isinstance(item, Removal):
                self.remove(item.scope, item.kind, item.id)
            elif isinstance(item, Keep):
                self.put(item.scope, item.id, f"{item.kind}.{LIFE_FIELD}", Kind.LIFE, True)
            else:
                self._set(item)
        return self.written

    def _open_scope(self, item: NewScope) -> None:
        if self.records.holds(item.scope):
            return
        self.records.add_scope(ScopeRow(item.scope, item.kind, item.parent))
        ent = natural_id(item.scope, SCOPE_KIND, "")
        told: Mapping[str, Value] = {"kind": item.kind, "parent": item.parent}
        for name, value in told.items():
            self.put(item.scope, ent, f"{SCOPE_KIND}.{name}", Kind.VALUE, value)

    def _set(self, item: Record) -> None:
        heads = self.records.heads(item.scope, item.id).get(item.id, {})
        if heads:
            self._revive(item, record_of(item.scope, item.id, heads, self._lens()))
        for name, value in item.fields.items():
            fld = f"{item.kind}.{name}"
            standing = heads.get(fld, [])
            if _says_already(standing, value):
                continue
            self._assign(item, name, value)

    def _revive(self, item: Record, now: Record) -> None:
        if now.deleted:
            self.put(item.scope, item.id, f"{item.kind}.{LIFE_FIELD}", Kind.LIFE, True)

    def _assign(self, item: Record, name: str, value: Value) -> None:
        field = _declared(self.schema, item.kind, name)
        free = field.free or field.long
        self.put(item.scope, item.id, f"{item.kind}.{name}", field.kind, value, salted=free)

    def remove(self, scope: ScopeId, kind: str, ent: EntityId) -> None:
        """Delete an entity and record what the deleter saw (exchange.md section 6)."""
        heads = self.records.heads(scope, ent).get(ent, {})
        if not heads or record_of(scope, ent, heads, self._lens()).deleted:
            return
        obs: Value = [[d.writer, d.seq] for d in dots_of(heads)]
        self.put(scope, ent, f"{kind}.{LIFE_FIELD}", Kind.LIFE, False, ext={"obs": obs})

    def put(  # noqa: PLR0913
        self,
        scope: ScopeId,
        ent: EntityId,
        fld: str,
        kind: int,
        value: Value,
        *,
        salted: bool = False,
        ext: Mapping[str, Value] | None = None,
        ctx: Context | None = None,
        aside: bool = False,
    ) -> Op:
        """Write one op; `aside` uses a fresh writer, so that the op stands beside the last one."""
        writer = Writer(WriterId(new_id()), self.writer.install, self.writer.person,
                        self.writer.label) if aside else self.writer  # fmt: skip
        self.records.add_writer(writer)
        if ctx is None:
            ctx = self.records.state(scope, ent, fld).context()
        seq = self.records.next_seq(scope, writer.id)
        grp = self._groups.setdefault((scope, writer.id), seq)
        salt = new_salt() if salted else None
        plate = self.schema.kinds.get(fld.split(".", 1)[0])
        op = Op(
            scope, writer.id, seq, self.records.next_lam(scope),
            minutes(self._clock(), plate is not None and plate.day_only), grp, ent, fld, kind,
            value, ctx, ext, salt, None if salt is None else commitment(salt, value),
        )  # fmt: skip
        self.records.append(op)
        self.written.append((scope, op.dot))
        return op

    def _lens(self) -> Lens:
        return Lens(self.schema, {}, self.writer.install or InstallId(""))


def _says_already(standing: Sequence[Op], value: Value) -> bool:
    if not standing:
        return value is None
    same = canonical(normal(standing[0].val)) == canonical(normal(value))
    return len(standing) == 1 and not standing[0].is_stub and same
