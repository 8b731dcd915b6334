"""A vocabulary for bundle tests: authors whose chains hold, and files bent by hand."""

import datetime as dt
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fieldkit.core.ids import EntityId, InstallId, PersonId, ScopeId, WriterId
from fieldkit.core.op import CHAIN_START, Context, Kind, Op, Value, chain_after, commitment
from fieldkit.exchange import zipformat
from fieldkit.exchange.blobs import Blob
from fieldkit.exchange.errors import BundleError
from fieldkit.exchange.manifest import By, Header, Range, ScopeEntry, WriterEntry
from fieldkit.exchange.pack import Packed, write_bundle
from fieldkit.exchange.unpack import open_bundle
from fieldkit.exchange.zipformat import DEFLATED, STORED, Entry

SCOPE = ScopeId("5c" * 16)
ANNA = WriterId("aa" * 16)
BORA = WriterId("bb" * 16)
ROUND = EntityId("e1" * 16)
CREATED = 1_773_824_400_000
DAY = dt.date(2026, 3, 18)
SALT = "0f" * 16

Run = tuple[Range, list[Op]]


def op(seq: int, val: Value = None, **parts: Any) -> Op:
    """Return an op of Anna's on the round's title, unless told otherwise."""
    plain: dict[str, Any] = {
        "scope": SCOPE, "writer": ANNA, "seq": seq, "lam": seq, "wall": 29_563_740, "grp": seq,
        "ent": ROUND, "fld": "round.title", "kind": Kind.VALUE, "val": val, "ctx": (),
    }  # fmt: skip
    return Op(**(plain | parts))


def committed(seq: int, val: Value, **parts: Any) -> Op:
    """Return an op whose value enters the chain as a commitment."""
    return op(seq, val, salt=SALT, commit=commitment(SALT, val), **parts)


def run_of(ops: Sequence[Op], prev: bytes = CHAIN_START) -> Run:
    """Return the ops of one writer in one scope with the range that describes them."""
    chain = prev
    for one in ops:
        chain = chain_after(chain, one)
    first, last = ops[0], ops[-1]
    return Range(first.scope, first.writer, first.seq, last.seq, prev, chain), list(ops)


def header(runs: Iterable[Run] = (), **parts: Any) -> Header:
    """Return a header that lists the scopes of the runs."""
    scopes = sorted({run.s for run, _ in runs}) or [SCOPE]
    plain = Header(
        scopes=tuple(ScopeEntry(s, "assessment", "Round one") for s in scopes),
        created=CREATED,
        by=By(ANNA, InstallId("11" * 16), PersonId("12" * 16)),
        writers=(WriterEntry(ANNA, InstallId("11" * 16), None, "Anna"), WriterEntry(BORA)),
        app="0.1.0",
    )
    return replace(plain, **parts)


def pack(
    target: Path, runs: Sequence[Run], blobs: Iterable[Blob] = (), head: Header | None = None
) -> Packed:
    """Write the runs as a bundle."""
    return write_bundle(target, head or header(runs), runs, blobs)


def unpacked(path: Path) -> list[Op]:
    """Check a bundle whole and return its ops."""
    with open_bundle(path) as bundle:
        bundle.verify()
        for entry in bundle.manifest.blobs:
            if entry.present:
                assert sum(map(len, bundle.blob(entry.h))) == entry.size
        return list(bundle.ops())


def small(folder: Path) -> Path:
    """Return a bundle with every kind of thing in it, about 3 KB long."""
    texts = [committed(n, f"Answer {n}", fld="answer.reason", ctx=_earlier(n)) for n in (1, 2)]
    rest = [
        op(3, "A long text\nof two lines", kind=Kind.TEXT, fld="round.summary"),
        op(4, False, kind=Kind.LIFE, fld="round._life", ext={"obs": [[ANNA, 3]]}),
        op(5, {"new": [1, 2]}, kind=12, fld="round.later", ext={"from": "1.9"}),
        committed(6, "gone", fld="answer.comment").as_stub(),
    ]
    other = [op(1, True, writer=BORA, kind=Kind.MEMBER, fld="round.tags/x", ctx=((ANNA, 4),))]
    file = folder / "attached"
    file.write_bytes(b"an attachment " * 30)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    target = folder / "small.fkb"
    pack(target, [run_of([*texts, *rest]), run_of(other)], [Blob(sha, 420, file)])
    return target


def _earlier(seq: int) -> Context:
    return ((ANNA, seq - 1),) if seq > 1 else ()


@dataclass
class Part:
    """One file of a bundle taken apart; changes here are written by `assemble`."""

    name: str
    content: bytes
    pressed: bool = False

    @property
    def stored(self) -> bytes:
        press = zlib.compressobj(9, zlib.DEFLATED, -15)
        return press.compress(self.content) + press.flush() if self.pressed else self.content


def archive_of(parts: Iterable[Part]) -> bytes:
    """Return a canonical archive of the parts, whatever they are."""
    raw, entries = b"", []
    for part in parts:
        stored = part.stored
        entry = Entry(
            part.name, DEFLATED if part.pressed else STORED, zlib.crc32(part.content),
            len(stored), len(part.content), len(raw),
        )  # fmt: skip
        entries.append(entry)
        raw += zipformat.local_header(entry) + stored
    directory = zipformat.central_directory(entries)
    return raw + directory + zipformat.end_record(len(entries), len(directory), len(raw))


MARK = Part(zipformat.MIMETYPE, zipformat.MIME)


def bundle_of(
    members: Sequence[Part],
    runs: Iterable[Range] = (),
    bend: Callable[[dict[str, Any]], object] = lambda tree: None,
    spell: Callable[[dict[str, Any]], bytes] = lambda tree: json.dumps(tree).encode(),
    signatures: str = "",
) -> bytes:
    """Return a bundle of these members with a manifest that fits them, then bent by hand."""
    digests = b"".join(hashlib.sha256(m.content).digest() for m in members)
    tree: dict[str, Any] = {
        "format": "fieldkit-bundle", "v": 1, "min_reader": 1, "critical": [], "features": [],
        "app": "0.1.0", "schema": {}, "bundle": hashlib.sha256(digests).hexdigest()[:32],
        "created": CREATED, "by": {"writer": ANNA, "install": None, "person": None}, "to": None,
        "note": "",
        "scopes": [{"id": SCOPE, "kind": "assessment", "title": "", "parent": None,
                    "redaction": "none"}],
        "writers": [{"id": w, "install": None, "person": None, "label": ""} for w in (ANNA, BORA)],
        "ranges": [{"s": r.s, "w": r.w, "lo": r.lo, "hi": r.hi, "prev": r.prev.hex(),
                    "end": r.end.hex()} for r in runs],
        "basis": None, "have": {}, "attest": [],
        "blobs": [{"h": m.name[-64:], "size": len(m.content), "in": True} for m in members
                  if m.name.startswith("blobs/")],
        "members": {m.name: _member(m) for m in members},
    }  # fmt: skip
    bend(tree)
    manifest = spell(tree)
    lines = f"fk1 sha256 {hashlib.sha256(manifest).hexdigest()}\n" + signatures
    tail = [Part("manifest.json", manifest), Part("signatures.txt", lines.encode())]
    return archive_of([MARK, *members, *tail])


def _member(part: Part) -> Mapping[str, Any]:
    return {
        "sha256": hashlib.sha256(part.content).hexdigest(),
        "size": len(part.content),
        "stored_sha256": hashlib.sha256(part.stored).hexdigest(),
        "stored_size": len(part.stored),
    }


def ops_member(lines: Iterable[str | bytes], table: Sequence[str] = (ROUND,)) -> Part:
    """Return an ops member of hand-written lines."""
    written = [json.dumps(list(table), separators=(",", ":")), *lines]
    raw = b"".join((x if isinstance(x, bytes) else x.encode()) + b"\n" for x in written)
    return Part("ops/0000.jsonl", raw, pressed=True)


def code_of(path: Path, raw: bytes) -> str:
    """Return the code this file is refused with, reading all of it."""
    path.write_bytes(raw)
    with pytest.raises(BundleError) as caught:
        unpacked(path)
    assert str(caught.value).startswith(caught.value.code)
    assert str(caught.value).endswith("Nothing was changed.")
    return caught.value.code


def accepted(path: Path, raw: bytes) -> list[Op]:
    """Return the ops of a bundle written from these bytes."""
    path.write_bytes(raw)
    return unpacked(path)


def tail_of(raw: bytes) -> list[Part]:
    """Return the manifest and the signatures of a bundle, taken out of it."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return [Part(n, archive.read(n)) for n in ("manifest.json", "signatures.txt")]
