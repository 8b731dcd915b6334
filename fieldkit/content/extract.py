"""Extract: every content text with its id as context, for the catalogues (a Babel method)."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from fieldkit.content.schema import schema_of, texts
from fieldkit.content.source import Source, Tree, parse_source

Extracted = tuple[int, str, tuple[str, str], list[str]]


def content_texts(tool: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the context and the text of everything people read in one file of a tool."""
    for context, text in texts(schema_of(tree), tree):
        yield f"{tool}:{context}", text


def extract_toml(
    fileobj: BinaryIO,
    keywords: Mapping[str, object],  # noqa: ARG001  (Babel hands four arguments to a method)
    comment_tags: Sequence[str],  # noqa: ARG001
    options: Mapping[str, str],
) -> Iterator[Extracted]:
    """Yield line, function, (context, text) and comments as Babel's extraction asks for them."""
    path = Path(getattr(fileobj, "name", "content.toml"))
    tool = options.get("tool") or path.parent.name
    source, _ = parse_source(fileobj.read(), path.name)
    for context, text in content_texts(tool, source.tree):
        yield line_of(source, text), "pgettext", (context, text), []


def line_of(source: Source, text: str) -> int:
    """Return the line a text is first written in."""
    return source.text.count("\n", 0, max(0, source.text.find(text))) + 1
