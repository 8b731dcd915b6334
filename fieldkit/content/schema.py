"""Schema: which keys a content file has, what stands in them, and which are shown to people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from fieldkit.content.source import Tree

Shape = Literal["id", "text", "plain", "flag", "number", "texts", "ids", "plains"]

LEVELS = 5
REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its shape, what stands there when it is left out, and its limits.

    `text` and `texts` are shown to people and translated; every other shape is not.
    """

    name: str
    shape: Shape
    default: object = REQUIRED
    longest: int = 120
    count: int = 0

    @property
    def is_shown(self) -> bool:
        """Say whether people read it, so that it is translated."""
        return self.shape in {"text", "texts"}

    def left_out(self) -> Any:
        """Return what stands there when the file leaves the key out."""
        return list(self.default) if isinstance(self.default, tuple) else self.default


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its keys, the key that names an entry, its context in catalogues, its children.

    `label` makes the context of an entry; `{}` in it is the value of the key `mark`.
    """

    name: str
    label: str = ""
    mark: str = "id"
    keys: tuple[Key, ...] = ()
    children: tuple["Table", ...] = ()
    many: bool = True

    def context(self, entry: Tree) -> str:
        """Return the first part of the context of an entry's texts."""
        return self.label.format(entry.get(self.mark, ""))


NAME = Key("name", "text", longest=80)
MODEL = Table(
    "model",
    "model",
    keys=(
        Key("id", "id"),
        Key("version", "plain"),
        NAME,
        Key("unit", "text"),
        Key("status", "text", longest=300),
        Key("licence", "text", longest=300),
        Key("source", "text", longest=300),
    ),
    many=False,
)
LEVEL = Table(
    "levels", "levels.{}", keys=(Key("id", "number"), NAME, Key("meaning", "text", longest=160))
)
EVIDENCE = Table("evidence", "evidence.{}", "grade", (Key("grade", "number"), NAME))
GROUP = Table("groups", "groups.{}", keys=(Key("id", "id"), NAME))
QUESTION = Table(
    "questions",
    "{}",
    keys=(
        Key("id", "id"),
        Key("text", "text", longest=200),
        Key("gate", "flag"),
        Key("quick", "flag"),
        Key("ai", "flag", False),
        Key("na_when", "text", "", longest=200),
        Key("why", "text", longest=240),
        Key("levels", "texts", longest=240, count=LEVELS),
        Key("evidence", "texts", longest=160),
        Key("next", "text", longest=300),
        Key("sources", "ids"),
        Key("requires", "ids", ()),
    ),
)
DIMENSION = Table(
    "dimensions",
    "{}",
    keys=(
        Key("id", "id"),
        NAME,
        Key("short", "text", longest=20),
        Key("cluster", "id"),
        Key("order", "number"),
        Key("purpose", "text", longest=240),
        Key("requires", "ids", ()),
    ),
    children=(QUESTION,),
)
MODEL_FILE = Table("", children=(MODEL, LEVEL, EVIDENCE, GROUP), many=False)
PACK = Table("", children=(MODEL, LEVEL, EVIDENCE, GROUP, DIMENSION), many=False)
CHOICE_KEYS = (
    Key("id", "id"),
    NAME,
    Key("meaning", "text", "", longest=160),
    Key("footnote", "text", "", longest=300),
    Key("languages", "ids", ()),
    Key("match", "plains", ()),
)


def schema_of(tree: Tree) -> Table:
    """Return the schema of a file by what stands in it: model, dimension or lists of choices."""
    if "model" in tree:
        return MODEL_FILE
    if "questions" in tree:
        return DIMENSION
    lists = tuple(Table(name, f"{name}.{{}}", keys=CHOICE_KEYS) for name in tree)
    return Table("", children=lists, many=False)


def entries(table: Table, tree: Tree) -> list[Tree]:
    """Return the entries of a child table; what is no table is left out."""
    found = tree.get(table.name, [])
    listed = found if isinstance(found, list) else [found]
    return [entry for entry in listed if isinstance(entry, dict)]


def texts(table: Table, entry: Tree) -> Iterator[tuple[str, str]]:
    """Yield every text people read, with its context, in the order of the file."""
    start = table.context(entry)
    for key in table.keys:
        if key.is_shown:
            for end, text in numbered(entry.get(key.name)):
                yield f"{start}.{key.name}{end}", text
    for child in table.children:
        for found in entries(child, entry):
            yield from texts(child, found)


def numbered(value: object) -> Iterator[tuple[str, str]]:
    """Yield a text by itself, or every text of a list with its number."""
    if isinstance(value, str) and value:
        yield "", value
    elif isinstance(value, list):
        for number, text in enumerate(value, 1):
            if isinstance(text, str):
                yield f".{number}", text
