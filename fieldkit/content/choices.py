"""Choices: short lists people pick from - places, labels, kinds and sizes of an agency."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.complaint import Complaint, ContentError
from fieldkit.content.loader import fill, read_folder
from fieldkit.content.schema import Table, schema_of
from fieldkit.content.source import Source, Spot, Tree
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list; `context` leads to its translations."""

    id: str
    name: str
    context: str
    meaning: str = ""
    footnote: str = ""
    languages: tuple[str, ...] = ()
    match: tuple[str, ...] = ()

    def say(self, words: Words) -> str:
        """Return the name in a language."""
        return words.content(f"{self.context}.name", self.name)

    def say_meaning(self, words: Words) -> str:
        """Return what the choice means in a language."""
        return words.content(f"{self.context}.meaning", self.meaning)

    def say_footnote(self, words: Words) -> str:
        """Return the footnote in a language."""
        return words.content(f"{self.context}.footnote", self.footnote)

    def is_meant(self, place: str) -> bool:
        """Say whether a place, picked or typed by hand, is this one."""
        said = place.casefold()
        return said in {self.id, self.name.casefold()} or any(part in said for part in self.match)


def load_choices(folder: Path) -> dict[str, tuple[Choice, ...]]:
    """Return every list of a folder by its name: places, classifications, kinds, sizes."""
    sources, complaints = read_folder(folder)
    complaints = complaints or check_choices(sources)
    if complaints:
        raise ContentError(folder, complaints)
    found: dict[str, tuple[Choice, ...]] = {}
    for source in sources:
        for table in schema_of(source.tree).children:
            made = (choice_of(table, entry, folder.name) for entry in source.tree[table.name])
            found[table.name] = (*found.get(table.name, ()), *made)
    return found


def choice_of(table: Table, entry: Tree, tool: str) -> Choice:
    """Return one entry as people pick it."""
    whole = fill(table, entry)
    return Choice(
        whole["id"],
        whole["name"],
        f"{tool}:{table.context(entry)}",
        whole["meaning"],
        whole["footnote"],
        tuple(whole["languages"]),
        tuple(part.casefold() for part in whole["match"]),
    )


def check_choices(sources: Sequence[Source]) -> list[Complaint]:
    """Return a complaint for each id that one list gives twice."""
    complaints: list[Complaint] = []
    seen: set[tuple[str, str]] = set()
    for source in sources:
        for table in schema_of(source.tree).children:
            for index, entry in enumerate(source.tree[table.name]):
                name = (table.name, entry["id"])
                if name in seen:
                    text = N_("The id {id} was already given in the list {table}.")
                    cure = N_("Give each entry of a list an id of its own.")
                    spot = Spot(table.name, index, "id")
                    complaints.append(
                        source.complain(spot, text, cure, id=entry["id"], table=table.name)
                    )
                seen.add(name)
    return complaints


def footnote_for(place: str, places: Iterable[Choice]) -> Choice | None:
    """Return the place whose footnote must stand on every paper about `place`, if any."""
    return next((one for one in places if one.footnote and one.is_meant(place)), None)
