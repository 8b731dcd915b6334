"""Archive: writing and reading the canonical ZIP, a chunk at a time."""

import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from fieldkit.exchange import limits, zipformat
from fieldkit.exchange.errors import (
    E_DAMAGED,
    E_NO_KEY,
    E_NOT_BUNDLE,
    E_NOT_READY,
    E_TOO_BIG,
    E_UNSAFE,
    BundleError,
    disk_error,
)
from fieldkit.exchange.manifest import Member
from fieldkit.exchange.zipformat import DEFLATED, MIME, MIMETYPE, SAFE_NAME, STORED, Entry

Source = Callable[[], Iterable[bytes]]
_LEVEL = 7
_RAW = -zlib.MAX_WBITS
_MEMORY = 9
_WORTH = 0.97
_TAIL = 64 * limits.KIB


class ArchiveWriter:
    """Appends members to an empty file that can be read back; `finish` closes the archive."""

    def __init__(self, file: BinaryIO) -> None:
        """Write the mark that every bundle begins with."""
        self._file = file
        self._entries: list[Entry] = []
        self._inflated = 0
        self.add(MIMETYPE, lambda: (MIME,), deflate=False)

    def add(self, name: str, source: Source, *, deflate: bool = True) -> Member:
        """Write one member; a source that raises leaves the file as it was before."""
        start = self._file.tell()
        try:
            pressed = deflate and _shrinks(source)
            entry, member = self._put(name, source, start, pressed)
            if pressed and entry.size > limits.RATIO * entry.stored:
                self._back_to(start)
                entry, member = self._put(name, source, start, False)
        except BaseException:
            self._back_to(start)
            raise
        self._entries.append(entry)
        self._inflated += entry.size
        self._check_size()
        return member

    def finish(self) -> None:
        """Write the directory and the end record."""
        offset = self._file.tell()
        directory = zipformat.central_directory(self._entries)
        self._file.write(directory)
        self._file.write(zipformat.end_record(len(self._entries), len(directory), offset))
        self._check_size()

    def _put(self, name: str, source: Source, start: int, pressed: bool) -> tuple[Entry, Member]:
        entry = Entry(name, DEFLATED if pressed else STORED, 0, 0, 0, start)
        self._file.write(zipformat.local_header(entry))
        press = _Press(pressed)
        for chunk in source():
            self._file.write(press.feed(chunk))
        self._file.write(press.last())
        entry = replace(entry, crc=press.crc, stored=press.stored_size, size=press.size)
        self._file.seek(start)
        self._file.write(zipformat.local_header(entry))
        self._file.seek(entry.end)
        return entry, press.member(name)

    def _back_to(self, start: int) -> None:
        self._file.seek(start)
        self._file.truncate()

    def _check_size(self) -> None:
        if len(self._entries) > limits.ENTRIES:
            raise BundleError(E_TOO_BIG, reason=f"> {limits.ENTRIES}")
        if self._file.tell() > limits.FILE_SIZE or self._inflated > limits.INFLATED_TOTAL:
            raise BundleError(E_TOO_BIG, reason="> 4 GiB")


class _Press:
    """Hashes and, where wanted, deflates what passes through."""

    def __init__(self, pressed: bool) -> None:
        self._deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY) if pressed else None
        self._sha = hashlib.sha256()
        self._stored_sha = hashlib.sha256()
        self.crc = self.size = self.stored_size = 0

    def feed(self, chunk: bytes) -> bytes:
        self._sha.update(chunk)
        self.crc = zlib.crc32(chunk, self.crc)
        self.size += len(chunk)
        return self._out(chunk if self._deflate is None else self._deflate.compress(chunk))

    def last(self) -> bytes:
        return self._out(b"" if self._deflate is None else self._deflate.flush())

    def _out(self, stored: bytes) -> bytes:
        self._stored_sha.update(stored)
        self.stored_size += len(stored)
        return stored

    def member(self, name: str) -> Member:
        return Member(
            name,
            self._sha.hexdigest(),
            self.size,
            self._stored_sha.hexdigest(),
            self.stored_size,
        )


def _shrinks(source: Source) -> bool:
    first = next(iter(source()), b"")
    return len(zlib.compress(first, 1)) < _WORTH * len(first)


class ArchiveReader:
    """Reads an archive that a stranger made; nothing but the canonical spelling is accepted."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the directory and rebuild every header; refuse a file that has others."""
        self._file = file
        try:
            self.size = file.seek(0, os.SEEK_END)
        except OSError as error:
            raise disk_error(error) from error
        if self.size > limits.FILE_SIZE:
            raise BundleError(E_TOO_BIG, reason="> 4 GiB")
        self._check_start()
        self.entries = self._index()

    def stream(self, entry: Entry, member: Member | None = None) -> Iterator[bytes]:
        """Yield the content of an entry; at its end, everything said about it was checked."""
        check = _Check(entry)
        at = entry.start
        while at < entry.end:
            stored = self._read(at, min(limits.CHUNK, entry.end - at))
            at += len(stored)
            yield from check.feed(stored)
        check.finish(member)

    def whole(self, entry: Entry, limit: int) -> bytes:
        """Return the content of a small stored entry."""
        if entry.method != STORED or entry.size > limit:
            raise BundleError(E_UNSAFE, reason=entry.name)
        return b"".join(self.stream(entry))

    def _read(self, at: int, size: int) -> bytes:
        try:
            self._file.seek(at)
            raw = self._file.read(size)
        except OSError as error:
            raise disk_error(error) from error
        if len(raw) < size:
            raise BundleError(E_DAMAGED, member="end")
        return raw

    def _check_start(self) -> None:
        entry = Entry(MIMETYPE, STORED, zlib.crc32(MIME), len(MIME), len(MIME), 0)
        wanted = zipformat.local_header(entry) + MIME
        found = self._read(0, min(self.size, len(wanted)))
        if found.startswith(zipformat.AGE_MARK):
            raise BundleError(E_NO_KEY)
        if found != wanted:
            raise BundleError(E_NOT_READY if wanted.startswith(found) else E_NOT_BUNDLE)

    def _index(self) -> tuple[Entry, ...]:
        end_at = self.size - zipformat.END_SIZE
        raw = self._read(end_at, zipformat.END_SIZE)
        if not raw.startswith(zipformat.END_MARK):
            raise self._unfinished()
        count, size, offset = zipformat.read_end(raw)
        if raw != zipformat.end_record(count, size, offset) or offset + size != end_at:
            raise BundleError(E_DAMAGED, member="end")
        if count > limits.ENTRIES or size > count * (zipformat.CENTRAL_SIZE + limits.NAME_LENGTH):
            raise BundleError(E_UNSAFE, reason="directory")
        entries = _entries(self._read(offset, size), count)
        self._check_layout(entries, offset)
        return entries

    def _unfinished(self) -> BundleError:
        start = max(self.size - _TAIL, 0)
        if zipformat.END_MARK in self._read(start, self.size - start):
            return BundleError(E_UNSAFE, reason="end")
        return BundleError(E_NOT_READY)

    def _check_layout(self, entries: tuple[Entry, ...], directory: int) -> None:
        at = 0
        for entry in entries:
            if entry.offset != at or entry.end > directory:
                raise BundleError(E_UNSAFE, reason="layout")
            header = zipformat.local_header(entry)
            if self._read(at, len(header)) != header:
                raise BundleError(E_DAMAGED, member=entry.name)
            at = entry.end
        if at != directory:
            raise BundleError(E_UNSAFE, reason="layout")
        if sum(entry.size for entry in entries) > limits.INFLATED_TOTAL:
            raise BundleError(E_TOO_BIG, reason="> 4 GiB")


def _entries(raw: bytes, count: int) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    at = 0
    for _ in range(count):
        entry = zipformat.read_central(raw, at)
        if entry is None:
            raise BundleError(E_DAMAGED, member="directory")
        _check_entry(entry)
        at += zipformat.CENTRAL_SIZE + len(entry.name)
        if entry.name in found:
            raise BundleError(E_UNSAFE, reason="name")
        found[entry.name] = entry
    entries = tuple(found.values())
    if zipformat.central_directory(entries) != raw:
        raise BundleError(E_DAMAGED, member="directory")
    return entries


def _check_entry(entry: Entry) -> None:
    if len(entry.name) > limits.NAME_LENGTH or not SAFE_NAME.fullmatch(entry.name):
        raise BundleError(E_UNSAFE, reason="name")
    if entry.method == STORED:
        sound = entry.size == entry.stored
    else:
        sound = entry.method == DEFLATED and entry.size <= limits.RATIO * entry.stored
    if not sound:
        raise BundleError(E_UNSAFE, reason="ratio")


class _Check:
    """Inflates an entry and compares everything that was promised about it."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._inflate = zlib.decompressobj(_RAW) if entry.method == DEFLATED else None
        self._sha = hashlib.sha256()
        self._stored_sha = hashlib.sha256()
        self._crc = self._size = 0

    def feed(self, stored: bytes) -> Iterator[bytes]:
        self._stored_sha.update(stored)
        if self._inflate is None:
            yield self._taken(stored)
            return
        more = True
        while more:
            try:
                content = self._inflate.decompress(stored, limits.CHUNK)
            except zlib.error as error:
                raise self._damaged() from error
            if self._inflate.unused_data:
                raise self._damaged()
            stored = self._inflate.unconsumed_tail
            more = len(content) == limits.CHUNK or bool(stored)
            yield self._taken(content)

    def _taken(self, content: bytes) -> bytes:
        self._size += len(content)
        if self._size > self._entry.size:
            raise self._damaged()
        self._sha.update(content)
        self._crc = zlib.crc32(content, self._crc)
        return content

    def finish(self, member: Member | None) -> None:
        if self._inflate is not None and not self._inflate.eof:
            raise self._damaged()
        if (self._size, self._crc) != (self._entry.size, self._entry.crc):
            raise self._damaged()
        hashes = (self._sha.hexdigest(), self._stored_sha.hexdigest())
        if member is not None and hashes != (member.sha256, member.stored_sha256):
            raise self._damaged()

    def _damaged(self) -> BundleError:
        return BundleError(E_DAMAGED, member=self._entry.name)
