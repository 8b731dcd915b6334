"""Lint: what a translator, a police officer or a lawyer would object to in content that loads."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from fieldkit.content.choices import check_choices
from fieldkit.content.complaint import Complaint
from fieldkit.content.loader import read_folder
from fieldkit.content.pack import MODEL_NAME, check_presence
from fieldkit.content.schema import Table, entries, schema_of
from fieldkit.content.source import Source, Spot, Tree
from fieldkit.content.structure import check_structure, questions
from fieldkit.core.errors import N_

BLAME = re.compile(
    r"\b(incompeten\w*|laz(?:y|iness)|careless\w*|negligen\w*|ignoran\w*|useless|backward\w*"
    r"|primitive|stupid\w*|fail(?:s|ed|ing|ures?)?|faults?|guilt\w*|blame\w*|corrupt\w*|chao\w+"
    r"|wrong(?:ly)?|bad(?:ly)?|poor(?:ly)?|disgrace\w*|shame\w*)\b",
    re.IGNORECASE,
)
MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|&#?\w+;|\*\*|__|`|\]\(|[{}]")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
STATEMENT = re.compile(r"S[12]-\d{3}")
MOST_QUICK = 2


def lint(folder: Path) -> list[Complaint]:
    """Return everything to complain about in a folder of content and the folders below it."""
    if not folder.is_dir():
        text, cure = N_("There is no such folder."), N_("Name a folder with content files.")
        return [Complaint(folder.name, 1, text, cure)]
    homes = sorted({path.parent for path in folder.rglob("*.toml")})
    if not homes:
        text, cure = N_("There is no content in this folder."), N_("Content files end in .toml.")
        return [Complaint(folder.name, 1, text, cure)]
    return [
        replace(complaint, file=(home.relative_to(folder) / complaint.file).as_posix())
        for home in homes
        for complaint in lint_folder(home)
    ]


def lint_folder(folder: Path) -> list[Complaint]:
    """Return what is wrong in one folder; quality is looked at once everything loads."""
    sources, complaints = read_folder(folder)
    if complaints:
        return complaints
    if (
        any("questions" in s.tree or "model" in s.tree for s in sources)
        or (folder / MODEL_NAME).exists()
    ):
        complaints = [*check_presence(sources), *check_structure(sources), *quality(sources)]
    else:
        complaints = check_choices(sources)
    return [*complaints, *(c for source in sources for c in check_texts(source))]


def quality(sources: Sequence[Source]) -> Iterator[Complaint]:
    """Yield what is badly made in the questions of a checklist."""
    dimensions = [source for source in sources if "questions" in source.tree]
    for source in dimensions:
        yield from check_quick(source)
    for source, spot, question in questions(dimensions):
        yield from check_blame(source, spot, question)
        yield from check_statements(source, spot, question)


def check_quick(source: Source) -> Iterator[Complaint]:
    """Yield a complaint unless the quick scan asks one or two questions of a dimension."""
    count = sum(question["quick"] for question in source.tree["questions"])
    if not 1 <= count <= MOST_QUICK:
        yield source.complain(
            Spot(key="id"),
            N_("{id} marks {count} questions as quick."),
            N_("Mark one question as quick, two at most."),
            id=source.tree["id"],
            count=count,
        )


def check_blame(source: Source, spot: Spot, question: Tree) -> Iterator[Complaint]:
    """Yield a complaint where the lowest level blames people instead of saying what is seen."""
    lowest = question["levels"][0]
    for word in BLAME.findall(lowest):
        yield source.complain(
            Spot(spot.table, spot.index, "levels", lowest),
            N_("{id}: the lowest level says {word}, which blames."),
            N_("Say what can be observed instead."),
            id=question["id"],
            word=word,
        )


def check_statements(source: Source, spot: Spot, question: Tree) -> Iterator[Complaint]:
    """Yield complaints about missing evidence examples and misspelt source statements."""
    if not question["evidence"]:
        yield source.complain(
            Spot(spot.table, spot.index, "evidence"),
            N_("{id}: no evidence is named."),
            N_("Name at least one document, screen or practice to ask for."),
            id=question["id"],
        )
    if not question["sources"]:
        yield source.complain(
            Spot(spot.table, spot.index, "sources"),
            N_("{id}: no source statement is named."),
            N_("Name at least one statement, such as S1-019."),
            id=question["id"],
        )
    for name in question["sources"]:
        if not STATEMENT.fullmatch(name):
            yield source.complain(
                Spot(spot.table, spot.index, "sources"),
                N_("{id}: {name} is no source statement."),
                N_("Write it as S1- or S2- and three digits, such as S1-019."),
                id=question["id"],
                name=name,
            )


def check_texts(source: Source) -> Iterator[Complaint]:
    """Yield complaints about markup, unseen characters, loose spaces and length."""
    for table, spot, entry in walk(schema_of(source.tree), source.tree, Spot()):
        for key in table.keys:
            value = entry.get(key.name, "") if key.is_shown else ""
            for text in value if isinstance(value, list) else [value]:
                at = Spot(spot.table, spot.index, key.name, text.splitlines()[0] if text else "")
                yield from check_text(source, at, text, key.longest)


def walk(table: Table, entry: Tree, spot: Spot) -> Iterator[tuple[Table, Spot, Tree]]:
    """Yield an entry and everything below it, each with its table and its place."""
    yield table, spot, entry
    for child in table.children:
        for index, one in enumerate(entries(child, entry)):
            yield from walk(child, one, Spot(child.name, index))


def check_text(source: Source, spot: Spot, text: str, longest: int) -> Iterator[Complaint]:
    """Yield what is wrong with one text people read."""
    if MARKUP.search(text):
        wrong = N_("{key}: the text contains markup or braces.")
        yield source.complain(spot, wrong, N_("Write plain words."), key=spot.key)
    if UNSEEN.search(text):
        wrong = N_("{key}: the text contains characters nobody sees.")
        yield source.complain(spot, wrong, N_("Type the text again on one line."), key=spot.key)
    if text != unicodedata.normalize("NFC", " ".join(text.split())):
        wrong = N_("{key}: the text has loose spaces or is not in normal form.")
        yield source.complain(spot, wrong, N_("Remove them; save it in form NFC."), key=spot.key)
    if len(text) > longest:
        yield source.complain(
            spot,
            N_("{key}: the text has {count} characters, {longest} at most."),
            N_("Say it in fewer words."),
            key=spot.key,
            count=len(text),
            longest=longest,
        )
