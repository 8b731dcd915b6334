"""Structure: what the files of a checklist must be to each other for a score to mean anything."""

from collections.abc import Iterator, Mapping, Sequence

from fieldkit.content.complaint import Complaint
from fieldkit.content.schema import LEVELS
from fieldkit.content.source import Source, Spot, Tree
from fieldkit.core.errors import N_

GRADES = 4

Place = tuple[Source, Spot, Tree]


def check_structure(sources: Sequence[Source]) -> list[Complaint]:
    """Return what is wrong between the files of one checklist, each right by itself."""
    model = [source for source in sources if "model" in source.tree]
    dimensions = [source for source in sources if "questions" in source.tree]
    others = [s for s in sources if s not in model and s not in dimensions]
    return [
        *check_scales(model),
        *check_strangers(others),
        *check_ids(dimensions),
        *check_orders(dimensions),
        *check_requires(areas(dimensions)),
        *check_requires(questions(dimensions)),
    ]


def areas(dimensions: Sequence[Source]) -> list[Place]:
    """Return every dimension with the place it is written in."""
    return [(source, Spot(), source.tree) for source in dimensions]


def questions(dimensions: Sequence[Source]) -> list[Place]:
    """Return every question with the place it is written in."""
    return [
        (source, Spot("questions", index), question)
        for source in dimensions
        for index, question in enumerate(source.tree["questions"])
    ]


def check_scales(models: Sequence[Source]) -> Iterator[Complaint]:
    """Yield what is wrong with the levels and the evidence grades."""
    wanted = {
        "levels": ("id", list(range(1, LEVELS + 1))),
        "evidence": ("grade", list(range(GRADES))),
    }
    for source in models:
        for table, (mark, numbers) in wanted.items():
            found = [entry[mark] for entry in source.tree[table]]
            if found != numbers:
                yield source.complain(
                    Spot(table, 0),
                    N_("The table {table} names {found} instead of {wanted}."),
                    N_("Give each number one entry, in this order."),
                    table=table,
                    found=", ".join(map(str, found)) or "-",
                    wanted=", ".join(map(str, numbers)),
                )


def check_strangers(others: Sequence[Source]) -> Iterator[Complaint]:
    """Yield the files that are neither the model nor a dimension."""
    for source in others:
        yield source.complain(
            Spot(),
            N_("The file is neither a model nor a dimension."),
            N_("Give it [[questions]], or move it to another folder."),
        )


def check_ids(dimensions: Sequence[Source]) -> Iterator[Complaint]:
    """Yield every id that was given before."""
    seen: dict[str, str] = {}
    for source, spot, entry in [*areas(dimensions), *questions(dimensions)]:
        name = entry["id"]
        if name in seen:
            yield source.complain(
                Spot(spot.table, spot.index, "id"),
                N_("The id {id} was already given in {file}."),
                N_("Give each dimension and question an id of its own."),
                id=name,
                file=seen[name],
            )
        seen.setdefault(name, source.name)


def check_orders(dimensions: Sequence[Source]) -> Iterator[Complaint]:
    """Yield every place in the order that was taken before."""
    taken: dict[int, str] = {}
    for source in dimensions:
        order = source.tree["order"]
        if order in taken:
            yield source.complain(
                Spot(key="order"),
                N_("The order {order} is already taken by {id}."),
                N_("Number the dimensions 1, 2, 3 and so on."),
                order=order,
                id=taken[order],
            )
        taken.setdefault(order, source.tree["id"])


def check_requires(places: Sequence[Place]) -> Iterator[Complaint]:
    """Yield requirements nobody can meet: unknown ones and circles."""
    graph = {entry["id"]: tuple(entry.get("requires", ())) for _, _, entry in places}
    for source, spot, entry in places:
        at = Spot(spot.table, spot.index, "requires")
        for name in graph[entry["id"]]:
            if name not in graph:
                yield source.complain(
                    at,
                    N_("{id} requires {name}, which does not exist."),
                    N_("Correct the id or remove it from the list."),
                    id=entry["id"],
                    name=name,
                )
        circle = circle_from(entry["id"], graph)
        if circle:
            yield source.complain(
                at,
                N_("{id} requires itself by way of {circle}."),
                N_("Remove one of these requirements."),
                id=entry["id"],
                circle=" > ".join(circle),
            )


def circle_from(start: str, graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the way along which an id requires itself, shortest first, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for name in graph.get(way[-1], ()):
            if name == start:
                return (*way, name)
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
