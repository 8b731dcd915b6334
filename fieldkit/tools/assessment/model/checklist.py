"""Checklist: the questions, dimensions and levels an assessment is made with, as typed nouns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from fieldkit.core.errors import N_, UserError
from fieldkit.tools.assessment.model.references import check_known, check_unique, topological
from fieldkit.tools.assessment.model.shape import Node

FOUNDATION, SAFEGUARD = "foundation", "safeguard"
CONTEXT = "assessment:"
MOST_ENTRIES = 5000


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the scale: its number, its name and what it means."""

    id: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class EvidenceGrade:
    """How well an answer is supported, in a few words."""

    grade: int
    name: str


@dataclass(frozen=True, slots=True)
class RespondentGroup:
    """A category of people who answer."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its five level texts and the rules it follows."""

    id: str
    dimension: str
    text: str = ""
    gate: bool = False
    quick: bool = False
    ai: bool = False
    na_when: str = ""
    why: str = ""
    levels: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    next: str = ""
    sources: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    weight: Fraction = Fraction(1)

    @property
    def allows_na(self) -> bool:
        """Say whether "not applicable" is an answer here."""
        return bool(self.na_when)

    def context(self, part: str) -> str:
        """Return the content id of one of its texts, such as "text" or "levels.3"."""
        return f"{CONTEXT}{self.id}.{part}"

    def is_same_as(self, other: "Question") -> bool:
        """Say whether an answer to the other question answers this one, scored alike."""
        return _essence(self) == _essence(other)


def _essence(question: Question) -> tuple[object, ...]:
    return (
        question.text, question.levels, question.na_when, question.requires, question.gate,
        question.weight,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dimension:
    """One area of the model: its questions, its cluster and the dimensions it stands on."""

    id: str
    cluster: str
    name: str = ""
    short: str = ""
    order: int = 0
    purpose: str = ""
    requires: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def context(self, part: str) -> str:
        """Return the content id of one of its texts: "name", "short" or "purpose"."""
        return f"{CONTEXT}{self.id}.{part}"


@dataclass(frozen=True)
class Checklist:
    """A whole model of questions; knows its order and what depends on what."""

    id: str
    version: str
    dimensions: tuple[Dimension, ...]
    name: str = ""
    unit: str = ""
    status: str = ""
    licence: str = ""
    source: str = ""
    levels: tuple[Level, ...] = ()
    evidence: tuple[EvidenceGrade, ...] = ()
    groups: tuple[RespondentGroup, ...] = ()

    @classmethod
    def from_tree(cls, tree: Mapping[str, object]) -> "Checklist":
        """Type the tree of a content pack; refuse unknown references, doubles and circles."""
        root = Node(tree, "")
        head = root.node("model")
        made = cls(
            id=head.text("id"),
            version=head.text("version"),
            name=head.text("name"),
            unit=head.text("unit"),
            status=head.text("status"),
            licence=head.text("licence"),
            source=head.text("source"),
            levels=tuple(
                Level(n.whole("id", 0), n.text("name"), n.text("meaning"))
                for n in root.nodes("levels")
            ),
            evidence=tuple(
                EvidenceGrade(n.whole("grade", 0), n.text("name")) for n in root.nodes("evidence")
            ),
            groups=tuple(RespondentGroup(n.id(), n.text("name")) for n in root.nodes("groups")),
            dimensions=_dimensions(root if "dimensions" in tree else head),
        )
        _check_whole(made)
        return made

    @classmethod
    def from_json(cls, data: object) -> "Checklist":
        """Type the plain shape of the command line: dimensions, or a model that holds them."""
        if not isinstance(data, Mapping):
            raise UserError(
                "E_MODEL_SHAPE",
                N_(
                    "This is not a checklist: a table with dimensions was expected. "
                    "Choose another file. Nothing was changed."
                ),
            )
        return cls.from_tree(data)

    def quick(self) -> "Checklist":
        """Return the quick scan: only the questions marked quick; the result is indicative."""
        kept = {q.id for q in self.questions if q.quick}
        kept |= {q.dimension for q in self.questions if q.quick}
        return replace(
            self, dimensions=tuple(_cut(d, kept) for d in self.dimensions if d.id in kept)
        )

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in model order."""
        return tuple(q for d in self.dimensions for q in d.questions)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {q.id: q for q in self.questions}

    @cached_property
    def dimension_by_id(self) -> Mapping[str, Dimension]:
        """Every dimension by its id."""
        return {d.id: d for d in self.dimensions}

    @cached_property
    def question_order(self) -> tuple[str, ...]:
        """Question ids, each after the questions that limit it."""
        return topological({q.id: q.requires for q in self.questions})

    @cached_property
    def dimension_order(self) -> tuple[str, ...]:
        """Dimension ids, each after the dimensions it stands on."""
        return topological({d.id: d.requires for d in self.dimensions})

    @property
    def major(self) -> str:
        """The part of the version within which rounds can be compared."""
        return self.version.split(".", 1)[0]

    def context(self, part: str) -> str:
        """Return the content id of a text of the model, such as "levels.1.name"."""
        return CONTEXT + part


def _dimensions(holder: Node) -> tuple[Dimension, ...]:
    made = [_dimension(n) for n in holder.nodes("dimensions")]
    return tuple(sorted(made, key=lambda d: d.order))


def _dimension(node: Node) -> Dimension:
    name = node.id()
    return Dimension(
        id=name,
        cluster=node.text("cluster"),
        name=node.text("name"),
        short=node.text("short"),
        order=node.whole("order", 0),
        purpose=node.text("purpose"),
        requires=node.texts("requires"),
        questions=tuple(_question(n, name) for n in node.nodes("questions")),
    )


def _question(node: Node, dimension: str) -> Question:
    return Question(
        id=node.id(),
        dimension=dimension,
        text=node.text("text"),
        gate=node.flag("gate"),
        quick=node.flag("quick"),
        ai=node.flag("ai"),
        na_when=node.text("na_when"),
        why=node.text("why"),
        levels=node.texts("levels"),
        evidence=node.texts("evidence"),
        next=node.text("next"),
        sources=node.texts("sources"),
        requires=node.texts("requires"),
        weight=node.weight(),
    )


def _cut(dimension: Dimension, kept: set[str]) -> Dimension:
    questions = tuple(
        replace(q, requires=tuple(r for r in q.requires if r in kept))
        for q in dimension.questions
        if q.id in kept
    )
    requires = tuple(r for r in dimension.requires if r in kept)
    return replace(dimension, questions=questions, requires=requires)


def _check_whole(made: Checklist) -> None:
    if len(made.questions) + len(made.dimensions) > MOST_ENTRIES:
        raise UserError(
            "E_MODEL_LARGE",
            N_("The checklist has more than {most} entries. Use a smaller one."),
            most=MOST_ENTRIES,
        )
    if not made.questions:
        raise UserError(
            "E_MODEL_EMPTY",
            N_("The checklist has no questions. Choose another file. Nothing was changed."),
        )
    for ids in ([d.id for d in made.dimensions], [q.id for q in made.questions]):
        check_unique(ids)
    check_known(made.dimension_by_id, ((d.id, d.requires) for d in made.dimensions))
    check_known(made.by_id, ((q.id, q.requires) for q in made.questions))
    _ = made.question_order, made.dimension_order  # refuses circles
