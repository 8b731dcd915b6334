"""What one does with an engagement: create, list, change, archive; consent; groups; free texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fieldkit.content import load_choices
from fieldkit.core.changes import Changes
from fieldkit.core.errors import N_, UserError
from fieldkit.core.fractional import placed, spread
from fieldkit.core.ids import EntityId, ScopeId, new_id
from fieldkit.core.op import Value
from fieldkit.core.record import NewScope, Record, Removal
from fieldkit.core.tool import Schema
from fieldkit.tools.engagement.model import (
    CATEGORIES,
    GROUP,
    KIND,
    PRIVATE_SCOPE,
    SCOPE,
    Engagement,
    Group,
    Lists,
    Terms,
    profile_id,
)
from fieldkit.tools.engagement.rules import Finding, consent_obstacle, suspicious, terms_obstacles
from fieldkit.workspace.pen import Item
from fieldkit.workspace.workspace import Workspace

MOST_HEADS = 100_000


@lru_cache(4)
def lists(resources: Path) -> Lists:
    """Return what can be chosen in a profile: kinds, sizes, classifications and places."""
    return Lists.of(load_choices(resources / "content" / "engagement"))


def create(
    ws: Workspace, profile: Engagement, *, groups: Sequence[Group] = (), by: object | None = None
) -> tuple[ScopeId, Changes]:
    """Open an engagement with its profile and groups; a real one may get its consent later."""
    scope = ScopeId(new_id())
    check_name(profile.agency)
    for group in groups:
        _check_group(group)
    places = spread(len(groups))
    rows = [
        replace(group, scope=scope, id=EntityId(new_id()), pos=pos).record()
        for group, pos in zip(groups, places, strict=True)
    ]
    started = profile.started or ws.store.clock().date().isoformat()
    written = replace(profile, scope=scope, started=started).record()
    items: list[Item] = [NewScope(scope, SCOPE), written, *rows]
    return scope, ws.commit(items, by=by, label=N_("Engagement created"))


def engagement(ws: Workspace, scope: ScopeId) -> Engagement:
    """Return the profile of an engagement."""
    return Engagement.of(ws.record(scope, KIND, profile_id(scope)))


def engagements(ws: Workspace, *, archived: bool = False) -> list[Engagement]:
    """Return the engagements held, those in use or those archived."""
    found = (engagement(ws, row.id) for row in ws.scopes(SCOPE))
    return [e for e in found if e.archived == archived]


def update(ws: Workspace, changed: Engagement, *, by: object | None = None) -> Changes:
    """Write the fields of a profile that differ from what is held."""
    check_name(changed.agency)
    held = engagement(ws, changed.scope)
    if held.training and not changed.training and terms_obstacles(changed.terms):
        _refuse_terms()
    now, then = changed.record(), held.record()
    fields = {name: v for name, v in now.fields.items() if v != then.fields[name]}
    return ws.commit([replace(now, fields=fields)], by=by, label=N_("Profile changed"))


def archive(ws: Workspace, scope: ScopeId, *, by: object | None = None) -> Changes:
    """Put an engagement aside; nothing of it is lost."""
    return _set(ws, scope, {"archived": True}, N_("Engagement archived"), by)


def unarchive(ws: Workspace, scope: ScopeId, *, by: object | None = None) -> Changes:
    """Bring an archived engagement back."""
    return _set(ws, scope, {"archived": False}, N_("Engagement brought back"), by)


def set_terms(ws: Workspace, scope: ScopeId, terms: Terms, *, by: object | None = None) -> Changes:
    """Write request and consent as far as they are known."""
    changed = replace(engagement(ws, scope), terms=terms)
    return update(ws, changed, by=by)


def give_consent(ws: Workspace, scope: ScopeId, role: str, *, by: object | None = None) -> Changes:
    """Record that the agency consents, stated by a role."""
    if consent_obstacle(Terms(consent=True, consent_role=role)):
        raise UserError(
            "E_ROLE_NEEDED",
            N_("Enter the role that gave consent, for example head of the service, not a name."),
        )
    fields: dict[str, Value] = {"consent": True, "consent_role": role.strip()}
    return _set(ws, scope, fields, N_("Consent recorded"), by)


def withdraw_consent(ws: Workspace, scope: ScopeId, *, by: object | None = None) -> Changes:
    """Record that the agency takes its consent back."""
    return _set(ws, scope, {"consent": False}, N_("Consent withdrawn"), by)


def make_real(ws: Workspace, scope: ScopeId, terms: Terms, *, by: object | None = None) -> Changes:
    """Turn a training engagement into a real one; asks for request and consent."""
    if terms_obstacles(terms):
        _refuse_terms()
    changed = replace(engagement(ws, scope), training=False, terms=terms)
    return update(ws, changed, by=by)


def _set(
    ws: Workspace, scope: ScopeId, fields: Mapping[str, Value], label: str, by: object | None
) -> Changes:
    return ws.commit([Record(scope, KIND, profile_id(scope), fields)], by=by, label=label)


def _refuse_terms() -> None:
    raise UserError(
        "E_CONSENT_NEEDED",
        N_(
            "A real assessment needs the reference of the request, or why it is pending, and the "
            "agency's consent with the role that gave it. Enter them, or keep the engagement as "
            "training. Nothing was changed."
        ),
    )


def check_name(agency: str) -> None:
    """Refuse an agency without a name."""
    if not agency.strip():
        raise UserError(
            "E_AGENCY_NEEDED",
            N_("Enter the name of the agency; it stands on every paper. Nothing was changed."),
        )


# groups


def groups(ws: Workspace, scope: ScopeId) -> list[Group]:
    """Return the groups of participants, in their order."""
    return [Group.of(r) for r in ws.records(scope, GROUP)]


def add_group(
    ws: Workspace, scope: ScopeId, group: Group, *, by: object | None = None
) -> tuple[EntityId, Changes]:
    """Add a group at the end."""
    _check_group(group)
    ent = EntityId(new_id())
    held = [(g.id, g.pos) for g in groups(ws, scope)]
    pos = placed(held, ent)
    items = [replace(group, scope=scope, id=ent, pos=pos.pop(ent)).record()]
    items += _moves(scope, GROUP, pos)
    return ent, ws.commit(items, by=by, label=N_("Group added"))


def edit_group(ws: Workspace, group: Group, *, by: object | None = None) -> Changes:
    """Write the name, category and head count of a group that differ from what is held."""
    _check_group(group)
    held = Group.of(ws.record(group.scope, GROUP, group.id)).record().fields
    now = group.record()
    fields = {n: v for n, v in now.fields.items() if n != "pos" and v != held[n]}
    return ws.commit([replace(now, fields=fields)], by=by, label=N_("Group changed"))


def remove_group(ws: Workspace, group: Group, *, by: object | None = None) -> Changes:
    """Take a group out; votes already revealed keep their numbers."""
    removal = Removal(group.scope, GROUP, group.id)
    return ws.commit([removal], by=by, label=N_("Group removed"))


def move_group(
    ws: Workspace, group: Group, before: EntityId | None = None, *, by: object | None = None
) -> Changes:
    """Put a group before another one, or last."""
    held = [(g.id, g.pos) for g in groups(ws, group.scope)]
    items = _moves(group.scope, GROUP, placed(held, group.id, before))
    return ws.commit(items, by=by, label=N_("Groups put in order"))


def _moves(scope: ScopeId, kind: str, positions: Mapping[str, str]) -> list[Record]:
    return [Record(scope, kind, EntityId(e), {"pos": pos}) for e, pos in positions.items()]


def _check_group(group: Group) -> None:
    if not group.name.strip() or group.category not in {c.id for c in CATEGORIES}:
        raise UserError(
            "E_GROUP_NEEDED",
            N_("Give the group a name and a category, for example Shift leaders, operational."),
        )
    if not 0 <= group.heads <= MOST_HEADS:
        raise UserError(
            "E_HEADS",
            N_("Enter how many people the group has, from 0 to {most}. Nothing was changed."),
            most=MOST_HEADS,
        )


# scopes and free texts


def engagement_of(ws: Workspace, scope: ScopeId) -> ScopeId:
    """Return the engagement a round, strategy or private scope belongs to."""
    row = next((r for r in ws.scopes() if r.id == scope), None)
    if row is None or row.parent is None:
        return scope
    return row.parent


def children(ws: Workspace, scope: ScopeId, kind: str) -> list[ScopeId]:
    """Return the scopes of a kind that belong to an engagement."""
    return [row.id for row in ws.scopes(kind, scope)]


def private_scope(ws: Workspace, scope: ScopeId) -> tuple[ScopeId, list[NewScope]]:
    """Return the private scope of an engagement, and the order that opens it where it is new."""
    held = children(ws, scope, PRIVATE_SCOPE)
    if held:
        return held[0], []
    made = ScopeId(new_id())
    return made, [NewScope(made, PRIVATE_SCOPE, scope)]


@dataclass(frozen=True, slots=True)
class FreeText:
    """One free text that would go out: where it stands, what it says, what looks suspicious."""

    scope: ScopeId
    kind: str
    id: EntityId
    field: str
    label: str
    text: str
    findings: tuple[Finding, ...]


def free_texts(ws: Workspace, scopes: Iterable[ScopeId], schema: Schema) -> tuple[FreeText, ...]:
    """Return every free text of these scopes that would go out; private ones never do."""
    rows = {row.id: row.kind for row in ws.scopes()}
    shared = [s for s in scopes if rows.get(s) != PRIVATE_SCOPE]
    return tuple(
        found
        for scope in shared
        for plate in schema.kinds.values()
        if plate.scope == rows.get(scope)
        for record in ws.records(scope, plate.name)
        if not _is_question_set(record)
        for found in _texts_of(record, schema)
    )


def _is_question_set(record: Record) -> bool:
    """Say whether a file is the question set kept with a round: nobody's text."""
    return record.kind == "attachment" and not record.text("question")


def _texts_of(record: Record, schema: Schema) -> Iterable[FreeText]:
    for name, value in sorted(record.fields.items()):
        field = schema.field(record.kind, name)
        if field is None or not (field.free or field.long):
            continue
        standing = [value, *(v.value for v in record.differing.get(name, ()))]
        for text in dict.fromkeys(t for one in standing if (t := _said(one))):
            yield FreeText(record.scope, record.kind, record.id, name, field.label, text,
                           suspicious(text))  # fmt: skip


def _said(value: Value) -> str:
    """Return the text of a value, or the name of an attached file."""
    if isinstance(value, Mapping):
        value = value.get("n")
    return value.strip() if isinstance(value, str) else ""
