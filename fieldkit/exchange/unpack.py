"""Unpack: reading a bundle as a stream, trusting nothing in it."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from fieldkit.core.op import Op
from fieldkit.exchange import limits
from fieldkit.exchange.archive import ArchiveReader
from fieldkit.exchange.errors import (
    E_CONTENT,
    E_DAMAGED,
    E_NOT_BUNDLE,
    E_SIGNATURE,
    E_TOO_BIG,
    E_UNSAFE,
    BundleError,
    disk_error,
)
from fieldkit.exchange.lines import OpsReader
from fieldkit.exchange.manifest import Manifest, Member
from fieldkit.exchange.manifest_reading import read_manifest
from fieldkit.exchange.pulse import Cancel, Progress, Pulse
from fieldkit.exchange.strictjson import ContentError
from fieldkit.exchange.zipformat import DEFLATED, MIMETYPE, STORED, Entry

MANIFEST = "manifest.json"
SIGNATURES = "signatures.txt"
OPS = "ops/"
_ED25519 = r"fk1 ed25519 [A-Za-z0-9+/]{43}= [A-Za-z0-9+/]{86}==\n"


def ops_name(index: int) -> str:
    """Return the name of the n-th ops member."""
    return f"{OPS}{index:04d}.jsonl"


def blob_name(sha: str) -> str:
    """Return the name of an attachment's member."""
    return f"blobs/{sha[:2]}/{sha}"


def bundle_id(members: Sequence[Member]) -> str:
    """Return the bundle's id, which follows from the content of its members."""
    digest = hashlib.sha256(b"".join(bytes.fromhex(m.sha256) for m in members))
    return digest.hexdigest()[:32]


def signature_text(manifest: bytes) -> str:
    """Return the first line of the signatures member."""
    return f"fk1 sha256 {hashlib.sha256(manifest).hexdigest()}\n"


def open_bundle(path: Path) -> "Bundle":
    """Open a bundle and check its layout and manifest; raise only BundleError."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise disk_error(error) from error
    try:
        return Bundle(file)
    except BaseException:
        file.close()
        raise


class Bundle:
    """An open bundle; every member is checked again whenever it is read."""

    def __init__(self, file: BinaryIO) -> None:
        """Check layout, manifest and hashes of the file; its content is read later."""
        self._file = file
        self._archive = ArchiveReader(file)
        self._entries = {entry.name: entry for entry in self._archive.entries}
        raw = self._archive.whole(self._named(MANIFEST), limits.MANIFEST_SIZE)
        self._check_signatures(raw)
        self.manifest = _in_file_order(read_manifest(raw))
        self._members = {member.name: member for member in self.manifest.members}
        _check_entries(self._archive.entries, self.manifest)

    def __enter__(self) -> Self:
        """Hand out the bundle."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self._archive.size

    def verify(self, progress: Progress | None = None, cancel: Cancel | None = None) -> None:
        """Read every member once and check its size, checksum and hashes."""
        pulse = Pulse(cancel, progress, self.manifest.size)
        for name in self._members:
            for chunk in self._stream(name):
                pulse.step(len(chunk))

    def ops(self) -> Iterator[Op]:
        """Yield every op, checked; a chain that does not end as promised is E_DAMAGED."""
        reader = OpsReader(self.manifest.ranges, [w.id for w in self.manifest.writers])
        for name in self._members:
            if name.startswith(OPS):
                yield from self._ops_of(name, reader)
        try:
            reader.finish()
        except ContentError as error:
            raise BundleError(E_CONTENT, line="end") from error

    def blob(self, sha: str) -> Iterator[bytes]:
        """Yield the content of one attachment; its hash was checked when the last part comes."""
        if blob_name(sha) not in self._members:
            raise BundleError(E_DAMAGED, member=sha[:8])
        return self._stream(blob_name(sha))

    def _named(self, name: str) -> Entry:
        entry = self._entries.get(name)
        if entry is None:
            raise BundleError(E_NOT_BUNDLE)
        return entry

    def _stream(self, name: str) -> Iterator[bytes]:
        return self._archive.stream(self._entries[name], self._members[name])

    def _check_signatures(self, manifest: bytes) -> None:
        raw = self._archive.whole(self._named(SIGNATURES), limits.SIGNATURES_SIZE)
        wanted = re.escape(signature_text(manifest)) + f"(?:{_ED25519})*"
        if not re.fullmatch(wanted.encode(), raw):
            raise BundleError(E_SIGNATURE)

    def _ops_of(self, name: str, reader: OpsReader) -> Iterator[Op]:
        for number, line in enumerate(self._lines(name), 1):
            try:
                if number == 1:
                    reader.begin(line)
                else:
                    yield reader.read(line)
            except ContentError as error:
                raise BundleError(E_CONTENT, line=f"{name}:{number}") from error

    def _lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for chunk in self._stream(name):
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()
            yield from lines
            if len(rest) > limits.LINE_SIZE:
                raise BundleError(E_CONTENT, line=name)
        if rest:
            raise BundleError(E_CONTENT, line=name)


def _in_file_order(manifest: Manifest) -> Manifest:
    members = sorted(manifest.members, key=lambda m: (not m.name.startswith(OPS), m.name))
    return replace(manifest, members=tuple(members))


def _check_entries(entries: Sequence[Entry], manifest: Manifest) -> None:
    members = manifest.members
    count = sum(m.name.startswith(OPS) for m in members)
    blobs = {blob_name(b.h): b for b in manifest.blobs if b.present}
    names = [*map(ops_name, range(count)), *blobs]
    if [m.name for m in members] != names:
        raise BundleError(E_UNSAFE, reason="members")
    if [e.name for e in entries] != [MIMETYPE, *names, MANIFEST, SIGNATURES]:
        raise BundleError(E_UNSAFE, reason="members")
    if bundle_id(members) != manifest.bundle:
        raise BundleError(E_DAMAGED, member=MANIFEST)
    for entry, member in zip(entries[1:], members, strict=False):
        _check_member(entry, member)
        blob = blobs.get(member.name)
        if blob is not None and (blob.h, blob.size) != (member.sha256, member.size):
            raise BundleError(E_DAMAGED, member=member.name)


def _check_member(entry: Entry, member: Member) -> None:
    method = STORED if member.is_stored else DEFLATED
    said = (member.size, member.stored_size, method)
    if (entry.size, entry.stored, entry.method) != said:
        raise BundleError(E_DAMAGED, member=member.name)
    if member.name.startswith(OPS) and member.size > limits.OPS_MEMBER_SIZE:
        raise BundleError(E_TOO_BIG, reason=member.name)
