"""Naming: what documents, entries, fields and values are called on screen."""

from collections.abc import Callable, Mapping
from functools import partial

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words, isolate
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import LIFE_FIELD, Value
from fieldkit.qt.host import Host
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.engagement import operations as engagements
from fieldkit.tools.engagement.model import CATEGORIES, REFERENCE_STATES, choice, option_label
from fieldkit.workspace.cases import Case
from fieldkit.workspace.workspace import Workspace

LEVELS = frozenset({("answer", "level"), ("target", "level"), ("priority", "level"),
                    ("priority", "target")})  # fmt: skip
_QUESTIONS = frozenset({"answer", "target", "rating", "note"})
_TITLES = {"group": "name", "priority": "title", "action": "title", "strategy": "title",
           "round": "title", "engagement": "agency"}  # fmt: skip
_DOCUMENTS = {
    "engagement": N_("Agency profile and groups"),
    "assessment": N_("Round"),
    "strategy": N_("Strategy"),
    "private": N_("Own notes"),
}
_STATES = {
    ("round", "state"): {"open": N_("open"), "closed": N_("closed")},
    ("round", "mode"): {"full": N_("all questions"), "quick": N_("quick scan")},
}
_LISTS = {("engagement", "kind"): "kinds", ("engagement", "size"): "sizes",
          ("engagement", "classification"): "classifications",
          ("engagement", "place"): "places"}  # fmt: skip


class Naming:
    """Finds names in the workspace, in the screen's language."""

    def __init__(self, ws: Workspace, host: Host) -> None:
        """Read from one workspace."""
        self._ws = ws
        self._host = host
        self.language = host.language
        self._checklists: dict[ScopeId, Checklist | None] = {}

    @property
    def words(self) -> Words:
        """The words of the screen."""
        return self.language.words

    def document(self, scope: ScopeId, told: str = "", kind: str = "") -> str:
        """Return what a document is called; `told` is the name that came with a bundle."""
        row = next((r for r in self._ws.scopes() if r.id == scope), None)
        kind = row.kind if row else kind
        if kind in ("assessment", "strategy") and row is not None:
            held = self._ws.records(scope, "round" if kind == "assessment" else kind)
            told = next((r.text("title") for r in held if r.text("title")), told)
        if kind == "engagement":
            agency = self._agency(scope) if row else told
            if not agency:
                return self.words(_DOCUMENTS[kind])
            return self.words("{agency}: profile and groups", agency=isolate(agency))
        return told or self.words(_DOCUMENTS.get(kind, N_("Other document")))

    def _agency(self, scope: ScopeId) -> str:
        return engagements.engagement(self._ws, scope).agency

    def entry(self, scope: ScopeId, kind: str, ent: EntityId) -> str:
        """Return what one entry is called."""
        record = self._ws.record(scope, kind, ent)
        if kind in _QUESTIONS and record.text("question"):
            return self.question(scope, record.text("question"))
        title = record.text(_TITLES.get(kind, ""))
        if title:
            return title
        file = record.get("file")
        if isinstance(file, Mapping) and isinstance(file.get("n"), str):
            return str(file["n"])
        plate = self._ws.schema.kinds.get(kind)
        return self.words(plate.label if plate else N_("Entry"))

    def question(self, scope: ScopeId, question: str) -> str:
        """Return "Data quality, question 1"."""
        checklist = self._checklist(scope)
        found = checklist.by_id.get(question) if checklist else None
        if checklist is None or found is None:
            return question
        dimension = checklist.dimension_by_id[found.dimension]
        name = self.words.content(dimension.context("name"), dimension.name)
        number = [q.id for q in dimension.questions].index(question) + 1
        return self.words("{area}, question {number}", area=name, number=number)

    def question_text(self, case: Case) -> str:
        """Return the wording of the question a case is about, or nothing."""
        lead = case.lead
        name = self._ws.record(lead.scope, lead.kind, lead.ent).text("question")
        checklist = self._checklist(lead.scope)
        found = checklist.by_id.get(name) if checklist else None
        return self.words.content(found.context("text"), found.text) if found else ""

    def _checklist(self, scope: ScopeId) -> Checklist | None:
        if scope not in self._checklists:
            try:
                self._checklists[scope] = assessment.checklist_of(self._ws, scope)
            except UserError:
                self._checklists[scope] = None
        return self._checklists[scope]

    def field(self, kind: str, name: str) -> str:
        """Return what a field is called."""
        if name == LIFE_FIELD:
            return self.words("deleted or kept")
        plate = self._ws.schema.field(kind, name)
        return self.words(plate.label) if plate else name

    def is_text(self, kind: str, name: str) -> bool:
        """Say whether a field holds text people write."""
        plate = self._ws.schema.field(kind, name)
        return plate is not None and (plate.free or plate.long)

    def what(self, case: Case) -> tuple[str, str]:
        """Return what a case is about: the entry, and its field."""
        lead = case.lead
        return self.entry(lead.scope, lead.kind, lead.ent), self.field(lead.kind, case.fields[0])

    # values

    def level(self, value: Value) -> str:
        """Return the name of a level."""
        words = self.words
        if value == "dk":
            return words("don't know")
        if value == "na":
            return words("not applicable")
        if value is None:
            return words("no answer yet")
        names = self._any_checklist()
        found = next((lv for lv in names.levels if lv.id == value), None) if names else None
        return words.content(f"assessment:levels.{value}.name", found.name) if found else str(value)

    def level_names(self) -> list[str]:
        """Return the names of the five levels."""
        return [self.level(n) for n in range(1, 6)]

    def _any_checklist(self) -> Checklist | None:
        for row in self._ws.scopes("assessment"):
            found = self._checklist(row.id)
            if found is not None:
                return found
        return None

    def value(self, case: Case, name: str, value: Value) -> str:
        """Return a value in words."""
        key = (case.lead.kind, name)
        if key in LEVELS:
            return self.level(value)
        if value is None or value == "":
            return self.words("nothing yet")
        if isinstance(value, bool):
            return self.words("yes") if value else self.words("no")
        say = self._sayings().get(key)
        return say(case, value) if say else self._plain(value)

    def _sayings(self) -> Mapping[tuple[str, str], Callable[[Case, Value], str]]:
        found: dict[tuple[str, str], Callable[[Case, Value], str]] = {
            ("answer", "evidence"): self._evidence,
            ("group", "category"): partial(self._option, CATEGORIES),
            ("engagement", "reference_state"): partial(self._option, REFERENCE_STATES),
            ("action", "priority"): self._priority,
            ("batch", "group"): self._group,
        }
        found.update({key: partial(self._choice, name) for key, name in _LISTS.items()})
        found.update({key: partial(self._state, names) for key, names in _STATES.items()})
        return found

    def _evidence(self, case: Case, value: Value) -> str:
        checklist = self._checklist(case.lead.scope)
        grades = checklist.evidence if checklist else ()
        found = next((g for g in grades if g.grade == value), None)
        context = f"assessment:evidence.{value}.name"
        return self.words.content(context, found.name) if found else str(value)

    def _option(self, options: tuple[object, ...], _: Case, value: Value) -> str:
        return self.words(option_label(options, str(value)))  # type: ignore[arg-type]

    def _choice(self, name: str, _: Case, value: Value) -> str:
        listed = getattr(engagements.lists(self._host.paths.resources), name)
        found = choice(listed, str(value))
        return found.say(self.words) if found else str(value)

    def _state(self, names: Mapping[str, str], _: Case, value: Value) -> str:
        return self.words(names.get(str(value), str(value)))

    def _priority(self, case: Case, value: Value) -> str:
        return self.entry(case.lead.scope, "priority", EntityId(str(value)))

    def _group(self, case: Case, value: Value) -> str:
        engagement = engagements.engagement_of(self._ws, case.lead.scope)
        return self.entry(engagement, "group", EntityId(str(value)))

    def _plain(self, value: Value) -> str:
        if isinstance(value, str | int):
            return str(value)
        if isinstance(value, Mapping):
            named = value.get("n") or value.get("version")
            return str(named) if named else ", ".join(f"{k}: {v}" for k, v in value.items())
        return self.words.listing([str(v) for v in value]) if value else ""
