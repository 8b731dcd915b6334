"""Blobs: attachments on their way into a bundle."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldkit.exchange import limits
from fieldkit.exchange.pulse import Pulse


@dataclass(frozen=True, slots=True)
class Blob:
    """An attachment the ops refer to; without a path it is listed as not included."""

    hash: str
    size: int
    path: Path | None = None


class BlobGoneError(Exception):
    """An attachment's file is missing or no longer what its name says."""


@dataclass(frozen=True, slots=True)
class BlobReading:
    """Reads an attachment's file and makes sure it is still what its name says."""

    blob: Blob
    pulse: Pulse

    def chunks(self) -> Iterator[bytes]:
        """Yield the content; raise BlobGoneError where it is not there or not the same."""
        sha, size = hashlib.sha256(), 0
        for chunk in self._raw():
            sha.update(chunk)
            size += len(chunk)
            self.pulse.step(0)
            yield chunk
        if (sha.hexdigest(), size) != (self.blob.hash, self.blob.size):
            raise BlobGoneError(self.blob.hash)

    def _raw(self) -> Iterator[bytes]:
        if self.blob.path is None:
            raise BlobGoneError(self.blob.hash)
        try:
            with self.blob.path.open("rb") as file:
                while chunk := file.read(limits.CHUNK):
                    yield chunk
        except OSError as error:
            raise BlobGoneError(self.blob.hash) from error
