"""Pack: a whole checklist as one tree with one spelling and one fingerprint."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.content.complaint import Complaint, ContentError
from fieldkit.content.loader import check_entry, fill, read_folder
from fieldkit.content.schema import DIMENSION, MODEL_FILE, PACK
from fieldkit.content.source import Source, Spot, Tree
from fieldkit.content.structure import check_structure
from fieldkit.core.errors import N_
from fieldkit.core.op import canonical

MODEL_NAME = "model.toml"
CACHE_NAME = "pack.json"


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a checklist; a round keeps `canonical`, so it scores the same for ever."""

    id: str
    version: str
    sha256: str
    canonical: bytes
    tree: Tree


def load_pack(folder: Path) -> Pack:
    """Return the checklist of a folder (or of its model file), from its build product if fresh."""
    home = folder.parent if folder.name == MODEL_NAME else folder
    tree = cached_tree(home)
    return pack_of(parse_pack(home) if tree is None else tree)


def parse_pack(folder: Path) -> Tree:
    """Return the checked tree of a folder, read from its TOML files."""
    sources, complaints = read_folder(folder)
    complaints = complaints or [*check_presence(sources), *check_structure(sources)]
    if complaints:
        raise ContentError(folder, complaints)
    model = next(source for source in sources if "model" in source.tree)
    dimensions = [fill(DIMENSION, s.tree) for s in sources if "questions" in s.tree]
    dimensions.sort(key=lambda dimension: int(dimension["order"]))
    return {**fill(MODEL_FILE, model.tree), "dimensions": dimensions}


def check_presence(sources: Sequence[Source]) -> list[Complaint]:
    """Return complaints about the parts a checklist cannot be without."""
    missing = []
    if sum("model" in source.tree for source in sources) != 1:
        missing.append(
            Complaint(
                MODEL_NAME,
                1,
                N_("A checklist needs exactly one file with a table [model]."),
                N_("Put the version, the levels and the groups into model.toml."),
            )
        )
    if not any(source.tree.get("questions") for source in sources):
        missing.append(
            Complaint(
                MODEL_NAME,
                1,
                N_("The checklist has no questions."),
                N_("Put one TOML file for each dimension beside model.toml."),
            )
        )
    return missing


def pack_of(tree: Tree) -> Pack:
    """Return the pack of a checked tree."""
    data = canonical(tree)
    model = tree["model"]
    return Pack(model["id"], model["version"], hashlib.sha256(data).hexdigest(), data, tree)


def read_pack(data: bytes) -> Pack:
    """Return the pack a round kept as canonical bytes; later versions may have added keys."""
    name = "model.json"
    tree = json_tree(data)
    if tree is None:
        text, cure = N_("This is no checklist."), N_("Ask the sender for the file again.")
        raise ContentError(Path(name), [Complaint(name, 1, text, cure)])
    complaints = list(check_entry(Source(name), PACK, tree, Spot(), strict=False))
    parts = [] if complaints else split(name, tree)
    complaints = complaints or [*check_presence(parts), *check_structure(parts)]
    if complaints:
        raise ContentError(Path(name), complaints)
    return replace(
        pack_of(fill(PACK, tree)), sha256=hashlib.sha256(data).hexdigest(), canonical=data
    )


def json_tree(data: bytes) -> Tree | None:
    """Return the tree of JSON bytes, or nothing where they hold none that can be written again."""
    try:
        tree = json.loads(data)
        canonical(tree)
    except (ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) else None


def split(name: str, tree: Tree) -> list[Source]:
    """Return a whole tree as the files it was made of."""
    model = {key: value for key, value in tree.items() if key != "dimensions"}
    return [Source(name, "", model), *(Source(name, "", one) for one in tree["dimensions"])]


def build_pack(folder: Path) -> Path:
    """Write the checked tree of a folder beside its TOML files; return where."""
    target = folder / CACHE_NAME
    body: Tree = {"toml": fingerprint(folder), "tree": parse_pack(folder)}
    part = target.with_suffix(".part")
    part.write_bytes(canonical(body))
    part.replace(target)
    return target


def cached_tree(folder: Path) -> Tree | None:
    """Return the tree the build wrote, if it was made of exactly these TOML files."""
    try:
        body = json.loads((folder / CACHE_NAME).read_bytes())
        is_fresh = body["toml"] == fingerprint(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(body["tree"]) if is_fresh and isinstance(body.get("tree"), dict) else None


def fingerprint(folder: Path) -> str:
    """Return one hash over the names and bytes of the TOML files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
