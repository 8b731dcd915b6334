"""Attachments: files kept once under the hash of their content, never under their own name."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from fieldkit.core.errors import N_, UserError
from fieldkit.store.database import told

PIECE = 1 << 20
SIZE_LIMIT = 512 * 1024 * 1024


def pieces(path: Path) -> Iterator[bytes]:
    """Stream a file in pieces of one mebibyte."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


class Attachments:
    """The blob folder: `ab/<sha256>`, written beside, flushed and renamed."""

    def __init__(self, folder: Path) -> None:
        """Work in one folder."""
        self._folder = folder

    def path(self, sha: str) -> Path:
        """Return where a blob lies or would lie."""
        return self._folder / sha[:2] / sha

    def has(self, sha: str) -> bool:
        """Say whether a blob is present."""
        return self.path(sha).is_file()

    def keep(self, content: Iterable[bytes], expected: str | None = None) -> tuple[str, int]:
        """Store content and return its hash and size; a wrong expected hash is refused."""
        part = self._folder / f"{secrets.token_hex(8)}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            sha, size = self._write(part, content)
            if expected is not None and sha != expected:
                raise UserError(
                    "E_ATTACHMENT",
                    N_("An attachment is damaged: its content does not fit its name."),
                )
            target = self.path(sha)
            target.parent.mkdir(exist_ok=True)
            part.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise told(error) from error
        finally:
            part.unlink(missing_ok=True)
        return sha, size

    def _write(self, part: Path, content: Iterable[bytes]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with part.open("wb") as file:
            for piece in content:
                size += len(piece)
                if size > SIZE_LIMIT:
                    raise UserError(
                        "E_ATTACHMENT_SIZE",
                        N_(
                            "The file is larger than {limit} MB. Attach a shorter extract."
                            " Nothing was changed."
                        ),
                        limit=SIZE_LIMIT // (1024 * 1024),
                    )
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest(), size

    def check(self, sha: str) -> bool:
        """Say whether a blob is present and its content fits its name (law I22)."""
        path = self.path(sha)
        if not path.is_file():
            return False
        digest = hashlib.sha256()
        for piece in pieces(path):
            digest.update(piece)
        return digest.hexdigest() == sha


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
