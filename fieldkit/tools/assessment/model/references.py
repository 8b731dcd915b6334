"""References: ids that name each other - none twice, none missing, none in a circle."""

from collections.abc import Iterable, Mapping

from fieldkit.core.errors import N_, UserError


def plain(name: str) -> str:
    """Return a foreign name as it may stand in a message: short, without invisible characters."""
    return "".join(c if c.isprintable() else "?" for c in name[:60])


def topological(requires: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the ids so that each follows what it requires, else in the given order."""
    waiting = {one: set(needs) for one, needs in requires.items()}
    order: list[str] = []
    while waiting:
        ready = [one for one, needs in waiting.items() if not needs]
        if not ready:
            raise UserError(
                "E_MODEL_CIRCLE",
                N_(
                    "The checklist cannot be used: {id} requires itself, directly or through "
                    "others. Take one requirement out. Nothing was changed."
                ),
                id=next(iter(waiting)),
            )
        for one in ready:
            del waiting[one]
        for needs in waiting.values():
            needs.difference_update(ready)
        order.extend(ready)
    return tuple(order)


def check_unique(ids: Iterable[str]) -> None:
    """Refuse an id that stands twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise UserError(
                "E_MODEL_TWICE",
                N_(
                    "The checklist cannot be used: {id} stands in it twice. "
                    "Rename one of them. Nothing was changed."
                ),
                id=one,
            )
        seen.add(one)


def check_known(
    known: Mapping[str, object], requirements: Iterable[tuple[str, tuple[str, ...]]]
) -> None:
    """Refuse a requirement that is not there."""
    for one, needs in requirements:
        missing = next((n for n in needs if n not in known), None)
        if missing is not None:
            raise UserError(
                "E_MODEL_UNKNOWN",
                N_(
                    "The checklist cannot be used: {id} requires {other}, which is not in it. "
                    "Correct the requirement. Nothing was changed."
                ),
                id=one,
                other=plain(missing),
            )
