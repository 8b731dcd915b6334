"""Loader: reads a folder of content, checks every table against its schema, fills what is left out.

What it complains about makes content unusable; what is merely badly written is the lint's matter.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldkit.content.complaint import Complaint
from fieldkit.content.schema import REQUIRED, Key, Shape, Table, schema_of
from fieldkit.content.source import Source, Spot, Tree, read_source
from fieldkit.core.errors import N_

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
EXAMPLES: dict[Shape, str] = {
    "id": '"LDR.1"',
    "text": '"Some words."',
    "plain": '"Some words"',
    "flag": "true",
    "number": "1",
    "texts": '["Some words.", "More words."]',
    "ids": '["LDR.1", "DAT.3"]',
    "plains": '["some", "words"]',
}


def is_text(value: object) -> bool:
    """Say whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_id(value: object) -> bool:
    """Say whether a value may name an entry."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


def is_number(value: object) -> bool:
    """Say whether a value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def all_of(is_right: Callable[[object], bool]) -> Callable[[object], bool]:
    """Return the test for a list whose every entry passes a test."""
    return lambda value: isinstance(value, list) and all(map(is_right, value))


FITS: dict[Shape, Callable[[object], bool]] = {
    "id": is_id,
    "text": is_text,
    "plain": is_text,
    "flag": lambda value: isinstance(value, bool),
    "number": is_number,
    "texts": all_of(is_text),
    "ids": all_of(is_id),
    "plains": all_of(is_text),
}


def read_folder(folder: Path) -> tuple[list[Source], list[Complaint]]:
    """Read and check every TOML file of a folder, in the order of their names."""
    sources: list[Source] = []
    complaints: list[Complaint] = []
    for path in sorted(folder.glob("*.toml")):
        source, unread = read_source(path, path.name)
        sources.append(source)
        complaints += unread or check_source(source)
    return sources, complaints


def check_source(source: Source) -> list[Complaint]:
    """Return what the schema has against a file."""
    return list(check_entry(source, schema_of(source.tree), source.tree, Spot()))


def check_entry(
    source: Source, table: Table, entry: Tree, spot: Spot, strict: bool = True
) -> Iterator[Complaint]:
    """Yield what the schema has against one table and those below it; strict: unknown keys too."""
    where = str(entry.get(table.mark) or f"{spot.table or source.name} {spot.index + 1}")
    for key in table.keys:
        at = Spot(spot.table, spot.index, key.name)
        yield from check_key(source, key, entry, at, where)
    if strict:
        yield from check_names(source, table, entry, spot, where)
    for child in table.children:
        yield from check_child(source, child, entry.get(child.name), strict)


def check_names(
    source: Source, table: Table, entry: Tree, spot: Spot, where: str
) -> Iterator[Complaint]:
    """Yield a complaint for each key the schema does not know."""
    known = [key.name for key in table.keys] + [child.name for child in table.children]
    for name in entry:
        if name not in known:
            yield source.complain(
                Spot(spot.table, spot.index, name),
                N_("{where}: the key {key} is not known."),
                N_("Remove it or correct its spelling; known keys: {known}."),
                where=where,
                key=name,
                known=", ".join(known),
            )


def check_child(source: Source, child: Table, found: Any, strict: bool) -> Iterator[Complaint]:
    """Yield what the schema has against the tables of one name."""
    listed = found if child.many else [found]
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        yield source.complain(
            Spot(key=child.name),
            N_("There is no proper table {table}."),
            N_("Start each of its entries with a line {head}."),
            table=child.name,
            head=f"[[{child.name}]]" if child.many else f"[{child.name}]",
        )
        return
    for index, one in enumerate(listed):
        yield from check_entry(source, child, one, Spot(child.name, index), strict)


def check_key(source: Source, key: Key, entry: Tree, spot: Spot, where: str) -> Iterator[Complaint]:
    """Yield what the schema has against one key."""
    value = entry.get(key.name)
    if value is None:
        if key.default is REQUIRED:
            yield source.complain(
                spot,
                N_("{where}: the key {key} is missing."),
                N_("Add a line such as {example}."),
                where=where,
                key=key.name,
                example=f"{key.name} = {EXAMPLES[key.shape]}",
            )
    elif value != key.left_out() and not FITS[key.shape](value):
        yield source.complain(
            spot,
            N_("{where}: what stands at {key} is empty or of the wrong kind."),
            N_("Write it like this: {example}."),
            where=where,
            key=key.name,
            example=f"{key.name} = {EXAMPLES[key.shape]}",
        )
    elif key.count and len(value) != key.count:
        yield source.complain(
            spot,
            N_("{where}: {key} has {count} texts instead of {wanted}."),
            N_("Write one text for each of the {wanted} levels, the lowest first."),
            where=where,
            key=key.name,
            count=len(value),
            wanted=key.count,
        )


def fill(table: Table, entry: Tree) -> Tree:
    """Return an entry with everything it left out written in."""
    whole = {key.name: entry.get(key.name, key.left_out()) for key in table.keys}
    for child in table.children:
        found = entry[child.name]
        one_or_many = found if isinstance(found, list) else [found]
        filled = [fill(child, one) for one in one_or_many]
        whole[child.name] = filled if child.many else filled[0]
    return whole
