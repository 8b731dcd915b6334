"""Pack: writing a bundle as a stream, reading it back, and only then giving it its name."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from fieldkit.core.errors import BugError
from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import CHAIN_START, Op, canonical
from fieldkit.exchange import limits
from fieldkit.exchange.archive import ArchiveWriter
from fieldkit.exchange.blobs import Blob, BlobGoneError, BlobReading
from fieldkit.exchange.errors import (
    E_CONTENT,
    E_DAMAGED,
    E_DISK,
    E_NOT_BUNDLE,
    E_NOT_READY,
    E_SIGNATURE,
    E_TOO_BIG,
    E_UNSAFE,
    BundleError,
    disk_error,
)
from fieldkit.exchange.files import file_hash, settle_file, settle_folder
from fieldkit.exchange.lines import Spelled, spell, spell_table
from fieldkit.exchange.manifest import (
    BlobEntry,
    Header,
    Manifest,
    Marks,
    Member,
    Range,
    WriterEntry,
)
from fieldkit.exchange.manifest_reading import follows
from fieldkit.exchange.pulse import Cancel, Progress, Pulse
from fieldkit.exchange.unpack import (
    MANIFEST,
    SIGNATURES,
    blob_name,
    bundle_id,
    open_bundle,
    ops_name,
    signature_text,
)

PART = ".part"
_PULSE = 1_000
_OTHER_BYTES = frozenset({E_DAMAGED, E_NOT_BUNDLE, E_NOT_READY, E_SIGNATURE, E_UNSAFE})
# Words of several languages fall apart without them.
_JOINERS = "\u200c\u200d"

Runs = Iterable[tuple[Range, Iterable[Op]]]


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle that was written, read back and found whole; `missing` names left-out blobs."""

    bundle: str
    size: int
    sha256: str
    ops: int
    scopes: int
    blobs: int
    missing: tuple[str, ...] = ()


def write_bundle(
    target: Path,
    header: Header,
    ranges: Runs,
    blobs: Iterable[Blob],
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> Packed:
    """Write a bundle beside its place, read it back, then rename; on failure nothing is left."""
    if len(header.scopes) > limits.SCOPES:
        raise BundleError(E_TOO_BIG, reason=f"> {limits.SCOPES}")
    part = target.with_name(target.name + PART)
    try:
        with part.open("wb+") as file:
            manifest = _Packing(file, header, Pulse(cancel, progress)).write(ranges, blobs)
            settle_file(file)
        size = _read_back(part, cancel, progress)
        packed = _packed(manifest, size, file_hash(part))
        part.replace(target)
    except OSError as error:
        _drop(part)
        raise disk_error(error) from error
    except BaseException:
        _drop(part)
        raise
    settle_folder(target.parent)
    return packed


def _drop(part: Path) -> None:
    # The stick may be gone; the first error is the one to tell.
    with contextlib.suppress(OSError):
        part.unlink()


def _packed(manifest: Manifest, size: int, sha256: str) -> Packed:
    missing = tuple(b.h for b in manifest.blobs if not b.present)
    blobs = len(manifest.blobs) - len(missing)
    return Packed(manifest.bundle, size, sha256, manifest.ops, len(manifest.scopes), blobs, missing)


def _read_back(part: Path, cancel: Cancel | None, progress: Progress | None) -> int:
    try:
        with open_bundle(part) as bundle:
            bundle.verify(progress, cancel)
    except BundleError as error:
        if error.code in _OTHER_BYTES:
            raise BundleError(E_DISK, reason=error.code) from error
        raise
    with open_bundle(part) as bundle:
        pulse = Pulse(cancel)
        for number, _ in enumerate(bundle.ops(), 1):
            if number % _PULSE == 0:
                pulse.step(_PULSE)
        return bundle.size


@dataclass(slots=True)
class _Sheet:
    """The ops of one member, until there are enough of them."""

    lines: list[Spelled] = field(default_factory=list)
    size: int = 0

    def add(self, line: Spelled) -> None:
        self.lines.append(line)
        self.size += len(line[0]) + len(line[2])

    @property
    def is_full(self) -> bool:
        return self.size >= limits.OPS_MEMBER_FILL or len(self.lines) >= limits.OPS_MEMBER_OPS

    def chunks(self) -> Iterator[bytes]:
        table: list[EntityId] = sorted({ent for _, ent, _ in self.lines})
        index = {ent: str(n).encode() for n, ent in enumerate(table)}
        yield spell_table(table)
        for start in range(0, len(self.lines), _PULSE):
            some = self.lines[start : start + _PULSE]
            yield b"".join(b"%b%b%b" % (head, index[ent], rest) for head, ent, rest in some)


class _Packing:
    """One bundle being written."""

    def __init__(self, file: BinaryIO, header: Header, pulse: Pulse) -> None:
        self._file = file
        self._header = header
        self._pulse = pulse
        self._archive = ArchiveWriter(file)
        self._known = {w.id: w for w in header.writers}
        self._writers: dict[WriterId, int] = {}
        self._ranges: list[Range] = []
        self._members: list[Member] = []
        self._sheet = _Sheet()

    def write(self, ranges: Runs, blobs: Iterable[Blob]) -> Manifest:
        for run, ops in ranges:
            self._begin(run)
            self._write_run(run, ops)
        self._flush()
        listed = tuple(self._blobs(blobs))
        manifest = Manifest(
            header=self._told(),
            bundle=bundle_id(self._members),
            ranges=tuple(self._ranges),
            blobs=listed,
            members=tuple(self._members),
        )
        self._close(canonical(manifest.tree()))
        return manifest

    def _begin(self, run: Range) -> None:
        if self._ranges and not follows(self._ranges[-1], run):
            raise BugError("ranges must come sorted by scope, writer and place")
        if run.lo == 1 and run.prev != CHAIN_START:
            raise BugError("a chain starts with the empty hash")
        self._ranges.append(run)
        self._count(run.w)

    def _write_run(self, run: Range, ops: Iterable[Op]) -> None:
        seq = run.lo
        for op in ops:
            if (op.scope, op.writer, op.seq) != (run.s, run.w, seq):
                raise BugError(f"op {op.seq} does not belong at {seq} of its range")
            self._sheet.add(self._line(op))
            if self._sheet.is_full:
                self._flush()
            if seq % _PULSE == 0:
                self._pulse.step(_PULSE)
            seq += 1
        if seq != run.hi + 1:
            raise BugError("ops are missing from a range")

    def _line(self, op: Op) -> Spelled:
        try:
            line = spell(op, len(self._ranges) - 1, self._count)
        except ValueError as error:
            raise BundleError(E_CONTENT, line=op.seq) from error
        if len(line[0]) + len(line[2]) > limits.LINE_SIZE - limits.KIB:
            raise BundleError(E_TOO_BIG, reason="> 4 MiB")
        return line

    def _count(self, writer: WriterId) -> int:
        return self._writers.setdefault(writer, len(self._writers))

    def _flush(self) -> None:
        if self._sheet.lines:
            name = ops_name(len(self._members))
            self._members.append(self._archive.add(name, self._sheet.chunks))
            self._sheet = _Sheet()

    def _blobs(self, blobs: Iterable[Blob]) -> Iterator[BlobEntry]:
        for sha, blob in sorted({b.hash: b for b in blobs}.items()):
            try:
                member = self._archive.add(blob_name(sha), BlobReading(blob, self._pulse).chunks)
            except BlobGoneError:
                yield BlobEntry(sha, blob.size, present=False)
            else:
                self._members.append(member)
                yield BlobEntry(sha, blob.size, present=True)

    def _told(self) -> Header:
        head = self._header
        if head.by.writer in self._known:
            self._count(head.by.writer)
        return replace(
            head,
            scopes=tuple(replace(s, title=one_line(s.title)) for s in head.scopes),
            writers=tuple(self._writer(w) for w in self._writers),
            note=head.note.replace("\0", "")[: limits.NOTE_LENGTH],
            basis=None if head.basis is None else _carried(head.basis, self._scopes()),
            have=_carried(head.have, self._scopes()),
        )

    def _scopes(self) -> frozenset[ScopeId]:
        return frozenset(s.id for s in self._header.scopes)

    def _writer(self, writer: WriterId) -> WriterEntry:
        entry = self._known.get(writer, WriterEntry(writer))
        return replace(entry, label=one_line(entry.label))

    def _close(self, manifest: bytes) -> None:
        if len(manifest) > limits.MANIFEST_SIZE:
            raise BundleError(E_TOO_BIG, reason="> 8 MiB")
        signatures = signature_text(manifest).encode()
        self._archive.add(MANIFEST, lambda: (manifest,), deflate=False)
        self._archive.add(SIGNATURES, lambda: (signatures,), deflate=False)
        self._archive.finish()


def one_line(text: str) -> str:
    """Return a title or label as it may stand in a manifest: one line, bounded."""
    plain = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(plain.split())[: limits.TITLE_LENGTH]


def _carried(marks: Marks, scopes: frozenset[ScopeId]) -> Marks:
    return {s: by for s, by in marks.items() if s in scopes}
