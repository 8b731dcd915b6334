"""The bytes of a canonical ZIP: every header follows from an entry, nothing is left to choose."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
SAFE_NAME = re.compile(r"[a-z0-9]+(?:[/.][a-z0-9]+)*")
END_MARK = b"PK\5\6"
AGE_MARK = b"age-encryption.org/v1"

MIMETYPE = "mimetype"
MIME = b"application/x-fieldkit-bundle"

_NEEDED = 20
_NO_FLAGS = 0
_NO_TIME = 0
_FIRST_DAY = 0x21
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
END_SIZE = _END.size
CENTRAL_SIZE = _CENTRAL.size


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive and where its header starts."""

    name: str
    method: int
    crc: int
    stored: int
    size: int
    offset: int

    @property
    def start(self) -> int:
        """Where the stored bytes begin."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next header begins."""
        return self.start + self.stored


def local_header(entry: Entry) -> bytes:
    """Return the only header that may stand before the stored bytes of an entry."""
    name = entry.name.encode("ascii")
    fixed = _LOCAL.pack(
        b"PK\3\4", _NEEDED, _NO_FLAGS, entry.method, _NO_TIME, _FIRST_DAY,
        entry.crc, entry.stored, entry.size, len(name), 0,
    )  # fmt: skip
    return fixed + name


def central_header(entry: Entry) -> bytes:
    """Return the only line that may stand for an entry in the central directory."""
    name = entry.name.encode("ascii")
    fixed = _CENTRAL.pack(
        b"PK\1\2", _NEEDED, _NEEDED, _NO_FLAGS, entry.method, _NO_TIME, _FIRST_DAY,
        entry.crc, entry.stored, entry.size, len(name), 0, 0, 0, 0, 0, entry.offset,
    )  # fmt: skip
    return fixed + name


def end_record(count: int, size: int, offset: int) -> bytes:
    """Return the end of the file for a central directory."""
    return _END.pack(END_MARK, 0, 0, count, count, size, offset, 0)


def read_end(raw: bytes) -> tuple[int, int, int]:
    """Take number of entries, size and offset of the central directory from an end record."""
    fields = _END.unpack(raw)
    return fields[3], fields[5], fields[6]


def read_central(raw: bytes, at: int) -> Entry | None:
    """Take the entry whose central header starts here; None where there is none."""
    if len(raw) - at < CENTRAL_SIZE:
        return None
    fields = _CENTRAL.unpack_from(raw, at)
    name = raw[at + CENTRAL_SIZE : at + CENTRAL_SIZE + fields[10]]
    crc, stored, size = fields[7:10]
    return Entry(name.decode("ascii", "replace"), fields[4], crc, stored, size, fields[16])


def central_directory(entries: Sequence[Entry]) -> bytes:
    """Return the whole central directory."""
    return b"".join(map(central_header, entries))
