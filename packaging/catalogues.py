"""Catalogues: what stands behind `make strings` - extract, update, compile, check, merge.

python packaging/catalogues.py extract            fieldkit/** and resources/content/** -> *.pot
python packaging/catalogues.py update             extract, then *.pot -> every translations/<lang>
python packaging/catalogues.py compile            *.po -> *.mo, and each checklist as pack.json
python packaging/catalogues.py check [--complete LANG]
python packaging/catalogues.py merge LANG FILE.json    {context or source text: translation}
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from po_files import (
    Key,
    PlainCatalog,
    forms,
    is_done,
    messages,
    misfits,
    name,
    new_catalog,
    read,
    updated,
    write,
)
from source_texts import python_files, read_python

from fieldkit.content import build_pack
from fieldkit.content.extract import extract_toml

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = ("ui", "content")


def gather(root: Path, domain: str) -> PlainCatalog:
    """Return the template of a domain as the sources stand now."""
    catalog = new_catalog(domain)
    found = ui_texts(root) if domain == "ui" else content_texts(root)
    for place, context, text in found:
        message = catalog.add(text, locations=[(place, 0)], context=context)
        message.flags.discard("python-format")
    return catalog


def ui_texts(root: Path) -> Iterator[tuple[str, None, str | tuple[str, str]]]:
    """Yield place and text of everything the program itself says."""
    for path in python_files(root):
        for found in read_python(path).texts:
            yield path.relative_to(root).as_posix(), None, found.text


def content_texts(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield place, context and text of everything the content says."""
    for path in sorted((root / "resources" / "content").rglob("*.toml")):
        with path.open("rb") as file:
            for _, _, (context, text), _ in extract_toml(file, {}, (), {}):
                yield path.relative_to(root).as_posix(), context, text


def template_path(root: Path, domain: str) -> Path:
    """Return where the template of a domain lies."""
    return root / "translations" / f"{domain}.pot"


def catalogue_path(root: Path, lang: str, domain: str) -> Path:
    """Return where the translations of a domain into a language lie."""
    return root / "translations" / lang / "LC_MESSAGES" / f"{domain}.po"


def languages(root: Path) -> list[str]:
    """Return every language there is a folder for."""
    return sorted({p.parent.parent.name for p in root.glob("translations/*/LC_MESSAGES/*.po")})


def extract_all(root: Path) -> list[str]:
    """Write both templates."""
    for domain in DOMAINS:
        write(gather(root, domain), template_path(root, domain))
    return []


def update_all(root: Path) -> list[str]:
    """Extract, then bring every catalogue up to its template; keep translations, guess nothing."""
    extract_all(root)
    for lang in languages(root):
        for domain in DOMAINS:
            path = catalogue_path(root, lang, domain)
            template = read(template_path(root, domain))
            write(updated(template, read(path, lang), domain, lang), path)
    return []


def compile_all(root: Path) -> list[str]:
    """Build what the program reads: .mo files of whole translations, checklists as JSON."""
    for lang in languages(root):
        for domain in DOMAINS:
            path = catalogue_path(root, lang, domain)
            built = new_catalog(domain, lang)
            for message in messages(read(path, lang)).values():
                if is_done(message) and not list(misfits(message, built.num_plurals)):
                    built.add(message.id, message.string, context=message.context)
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, built)
    for model in sorted((root / "resources" / "content").glob("*/model.toml")):
        build_pack(model.parent)
    return []


def check_all(root: Path, complete: Iterable[str] = ()) -> list[str]:
    """Return every fault of sources, templates and catalogues."""
    faults = []
    for path in python_files(root):
        place = path.relative_to(root).as_posix()
        faults += [f"{place}:{line}: {text}" for line, text in read_python(path).faults]
    faults += check_natures(root)
    for domain in DOMAINS:
        fresh = messages(gather(root, domain))
        faults += check_template(root, domain, set(fresh))
        for lang in languages(root):
            faults += check_catalogue(root, domain, lang, set(fresh), lang in complete)
    return faults


def check_template(root: Path, domain: str, fresh: set[Key]) -> Iterator[str]:
    """Yield a fault where a template is not what the sources say."""
    held = set(messages(read(template_path(root, domain))))
    if held != fresh:
        yield (
            f"translations/{domain}.pot is stale: {len(fresh - held)} missing, "
            f"{len(held - fresh)} too many; run `make strings`"
        )


def check_natures(root: Path) -> Iterator[str]:
    """Yield the texts that are asked for in two ways, of which a catalogue can hold only one."""
    seen: dict[str, str | tuple[str, str]] = {}
    for place, _, text in ui_texts(root):
        held = seen.setdefault(forms(text)[0], text)
        if held != text:
            yield f"{place}: {forms(text)[0]!r} stands with another plural, or with none, elsewhere"


def check_catalogue(
    root: Path, domain: str, lang: str, fresh: set[Key], complete: bool
) -> Iterator[str]:
    """Yield the faults of one catalogue."""
    path = catalogue_path(root, lang, domain)
    place = path.relative_to(root).as_posix()
    catalog = read(path, lang)
    held = messages(catalog)
    for unknown in sorted(set(held) - fresh, key=str):
        yield f"{place}: {name(held[unknown])} is in no source; run `make strings`"
    if fresh - set(held):
        yield f"{place}: {len(fresh - set(held))} texts are not in it yet; run `make strings`"
    for message in held.values():
        yield from (
            f"{place}: {name(message)} {why}" for why in misfits(message, catalog.num_plurals)
        )
        if complete and not is_done(message):
            yield f"{place}: {name(message)} is not translated"


def merge(root: Path, lang: str, file: Path) -> list[str]:
    """Fill the catalogues of a language from {context or source text: translation or its forms}."""
    given: dict[str, Any] = json.loads(file.read_text("utf-8"))
    faults, left = [], dict(given)
    for domain in DOMAINS:
        path = catalogue_path(root, lang, domain)
        catalog = updated(read(template_path(root, domain)), read(path, lang), domain, lang)
        for message in messages(catalog).values():
            known = message.context or forms(message.id)[0]
            if known not in given:
                continue
            left.pop(known, None)
            faults += filled(message, given[known], catalog.num_plurals)
        write(catalog, path)
    return faults + [f"{file.name}: {known!r} is in no template" for known in left]


def filled(message: Message, said: Any, plurals: int) -> list[str]:
    """Give a message its translation unless it is unfit; return why it is."""
    before = message.string
    clean = tuple(unicodedata.normalize("NFC", str(form)).strip() for form in forms(said))
    message.string = clean if message.pluralizable else clean[0]
    faults = [f"{name(message)} {why}" for why in misfits(message, plurals)]
    if faults or not any(clean):
        message.string = before
        return faults or [f"{name(message)} is empty"]
    message.flags.discard("fuzzy")
    message.previous_id = []
    return []


def coverage(root: Path) -> Iterator[str]:
    """Yield how much of each domain is translated into each language."""
    for lang in languages(root):
        for domain in DOMAINS:
            held = messages(read(catalogue_path(root, lang, domain), lang)).values()
            yield f"{lang} {domain}: {sum(map(is_done, held))} of {len(held)}"


def arguments() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    parser = argparse.ArgumentParser(description="Extract, update, compile and check translations.")
    parser.add_argument("--root", type=Path, default=ROOT)
    commands = parser.add_subparsers(dest="command", required=True)
    for plain in ("extract", "update", "compile"):
        commands.add_parser(plain)
    commands.add_parser("check").add_argument("--complete", action="append", default=[])
    merging = commands.add_parser("merge")
    merging.add_argument("lang")
    merging.add_argument("file", type=Path)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; return 1 where there are faults."""
    said = arguments().parse_args(argv)
    plain: dict[str, Callable[[Path], list[str]]] = {
        "extract": extract_all,
        "update": update_all,
        "compile": compile_all,
    }
    if said.command == "check":
        faults = check_all(said.root, said.complete)
    elif said.command == "merge":
        faults = merge(said.root, said.lang, said.file)
    else:
        faults = plain[said.command](said.root)
    for fault in faults:
        print(fault, file=sys.stderr)
    for line in coverage(said.root):
        print(line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
