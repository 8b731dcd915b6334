"""Who we work with: the agency's profile, the request and consent, the groups of participants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldkit.content import Choice
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId, ScopeId, natural_id
from fieldkit.core.op import Value
from fieldkit.core.record import Record

SCOPE, KIND, GROUP = "engagement", "engagement", "group"
PRIVATE_SCOPE = "private"
GIVEN, PENDING, NONE = "given", "pending", "none"
PUBLIC, PARTNERS, RESTRICTED = "public", "partners", "restricted"
SMALLEST_LIMIT = 3
NO_SCOPE, NO_ID = ScopeId(""), EntityId("")


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from; `label` is a source text."""

    id: str
    label: str


CATEGORIES = (
    Option("leadership", N_("Leadership")),
    Option("operational", N_("Operational")),
    Option("technical", N_("Technical")),
    Option("administrative", N_("Administrative")),
    Option("external", N_("External")),
)
REFERENCE_STATES = (
    Option(GIVEN, N_("Request received")),
    Option(PENDING, N_("Request announced, not yet received")),
    Option(NONE, N_("No request")),
)


def option_label(options: Sequence[Option], chosen: str) -> str:
    """Return the source text of an option, or its id where the list does not know it."""
    return next((c.label for c in options if c.id == chosen), chosen)


@dataclass(frozen=True, slots=True)
class Lists:
    """What can be chosen in the profile; edited in the content, not here."""

    kinds: tuple[Choice, ...] = ()
    sizes: tuple[Choice, ...] = ()
    classifications: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()

    @classmethod
    def of(cls, held: Mapping[str, tuple[Choice, ...]]) -> "Lists":
        """Collect the lists of the engagement content (`content.load_choices`)."""
        names = ("kinds", "sizes", "classifications", "places")
        return cls(*(held.get(name, ()) for name in names))

    def place_name(self, place: str, words: Words) -> str:
        """Return a place as a language writes it; one typed by hand stays as it is."""
        known = choice(self.places, place)
        return place if known is None else known.say(words)


def choice(choices: Sequence[Choice], chosen: str) -> Choice | None:
    """Return the entry with this id, or nothing where the list does not know it."""
    return next((c for c in choices if c.id == chosen), None)


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return tuple(one for one in listed if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class Terms:
    """What an assessment opens with: the request's reference, and consent stated by a role."""

    reference_state: str = NONE
    reference: str = ""
    reference_reason: str = ""
    reference_role: str = ""
    consent: bool = False
    consent_role: str = ""


@dataclass(frozen=True, slots=True)
class Engagement:
    """One agency we work with; `size`, `kind` and `classification` are ids of content entries."""

    agency: str = ""
    kind: str = ""
    size: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    doc_language: str = "en"
    second_language: str = ""
    terms: Terms = field(default_factory=Terms)
    training: bool = False
    classification: str = RESTRICTED
    non_attribution: bool = True
    small_limit: int = SMALLEST_LIMIT
    archived: bool = False
    started: str = ""
    scope: ScopeId = NO_SCOPE
    differing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> "Engagement":
        """Read the profile from its record."""
        return cls(
            agency=record.text("agency"),
            kind=record.text("kind"),
            size=record.text("size"),
            place=record.text("place"),
            languages=_texts(record.get("languages")),
            doc_language=record.text("doc_language") or "en",
            second_language=record.text("second_language"),
            terms=_terms(record),
            training=record.flag("training"),
            classification=record.text("classification") or RESTRICTED,
            non_attribution=record.get("non_attribution") is not False,
            small_limit=max(record.whole("small_limit", SMALLEST_LIMIT), SMALLEST_LIMIT),
            archived=record.flag("archived"),
            started=record.text("started"),
            scope=record.scope,
            differing=frozenset(record.differing),
        )

    def record(self) -> Record:
        """Return the record that writes the whole profile; unchanged fields write nothing."""
        terms = self.terms
        fields: dict[str, Value] = {
            "agency": self.agency.strip(),
            "kind": self.kind,
            "size": self.size,
            "place": self.place.strip(),
            "languages": list(self.languages),
            "doc_language": self.doc_language,
            "second_language": self.second_language,
            "reference": terms.reference.strip(),
            "reference_state": terms.reference_state,
            "reference_reason": terms.reference_reason.strip(),
            "reference_role": terms.reference_role.strip(),
            "consent": terms.consent,
            "consent_role": terms.consent_role.strip(),
            "training": self.training,
            "classification": self.classification,
            "non_attribution": self.non_attribution,
            "small_limit": max(self.small_limit, SMALLEST_LIMIT),
            "archived": self.archived,
            "started": self.started,
        }
        return Record(self.scope, KIND, profile_id(self.scope), fields)


def profile_id(scope: ScopeId) -> EntityId:
    """Return the id of the one profile of an engagement."""
    return natural_id(scope, KIND, "")


def _terms(record: Record) -> Terms:
    return Terms(
        record.text("reference_state") or NONE,
        record.text("reference"),
        record.text("reference_reason"),
        record.text("reference_role"),
        record.flag("consent"),
        record.text("consent_role"),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Participants of one kind: a name and how many there are, never who they are."""

    name: str
    category: str
    heads: int
    id: EntityId = NO_ID
    scope: ScopeId = NO_SCOPE
    pos: str = ""

    @classmethod
    def of(cls, record: Record) -> "Group":
        """Read a group from its record."""
        return cls(
            record.text("name"), record.text("category"), record.whole("heads"),
            record.id, record.scope, record.text("pos"),
        )  # fmt: skip

    def record(self) -> Record:
        """Return the record that writes the group."""
        fields: dict[str, Value] = {
            "name": self.name.strip(), "category": self.category, "heads": self.heads,
            "pos": self.pos,
        }  # fmt: skip
        return Record(self.scope, GROUP, self.id, fields)
