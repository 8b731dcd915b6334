"""The door to the store file: identity, lock, settings and checks before anything is read."""

import json
import os
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from fieldkit.core.errors import N_, UserError
from fieldkit.store.tables import APPLICATION_ID, EXPECTED, TABLES, VERSION

QUICK_CHECK_LIMIT = 64 * 1024 * 1024
LENGTH_LIMIT = 64 * 1024 * 1024
T = TypeVar("T")
_HEADER = b"SQLite format 3\0"

_SETTINGS = (
    "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=FULL",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=OFF",
    "PRAGMA mmap_size=0",
)


def damaged(detail: str) -> UserError:
    """Return the refusal for a store whose content cannot be trusted; `detail` names the check."""
    return UserError(
        "E_STORE_DAMAGED",
        N_(
            "The data file on this computer is damaged ({detail}). It was opened for nothing and"
            " not written to. Restore the newest good backup."
        ),
        detail=detail,
    )


def told(error: sqlite3.Error | OSError) -> UserError:
    """Return the plain words for what the disk or the database refused."""
    text = str(error).lower()
    if "full" in text or "no space" in text or getattr(error, "errno", 0) == 28:
        return UserError(
            "E_NO_ROOM",
            N_("There is no room left on the disk. Free some space; your text is kept meanwhile."),
        )
    if "readonly" in text or "read-only" in text or "permission" in text:
        return UserError(
            "E_READ_ONLY",
            N_("The data folder cannot be written to. Choose a folder of your own and try again."),
        )
    if "locked" in text:
        return UserError("E_LOCKED", N_("Another program holds the data file. Close it first."))
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return damaged("structure")
    return UserError(
        "E_DISK",
        N_("The disk did not accept the change. Check the disk; your text is kept meanwhile."),
    )


def identify(path: Path) -> int:
    """Return the version of a store file from its header alone, before SQLite opens it."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_HEADER):
        raise UserError(
            "E_STORE_FOREIGN",
            N_("The file {name} is not a fieldkit data file. Nothing was changed."),
            name=path.name,
        )
    version, application = (
        struct.unpack(">I", header[60:64])[0],
        struct.unpack(">I", header[68:72])[0],
    )
    if application != APPLICATION_ID:
        raise UserError(
            "E_STORE_FOREIGN",
            N_("The file {name} belongs to another program. Nothing was changed."),
            name=path.name,
        )
    if version > VERSION:
        raise UserError(
            "E_STORE_NEWER",
            N_(
                "This data was written by a newer fieldkit (data version {version}). Update"
                " fieldkit on this computer. Nothing was changed."
            ),
            version=version,
        )
    return int(version)


class Database:
    """One open store file; used by one thread only."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take an open, checked connection; use `Database.open`."""
        self.path = path
        self.sql = connection

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open or create a store; refuses what is foreign, newer, damaged or held by another."""
        fresh = not path.exists() or path.stat().st_size == 0
        if not fresh:
            identify(path)
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(
                path, timeout=0.2, isolation_level=None, check_same_thread=False
            )
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LENGTH_LIMIT)
            for setting in _SETTINGS:
                connection.execute(setting)
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            database = cls(path, connection)
            database._create() if fresh else database._check()
        except (sqlite3.Error, OSError) as error:
            if connection is not None:
                connection.close()
            if "locked" in str(error):
                raise in_use(path) from error
            raise told(error) from error
        except UserError:
            if connection is not None:
                connection.close()
            raise
        _write_holder(path)
        return database

    def _create(self) -> None:
        with self.transaction():
            for statement in _statements(TABLES):
                self.sql.execute(statement)
            self.sql.execute(f"PRAGMA application_id={APPLICATION_ID}")
            self.sql.execute(f"PRAGMA user_version={VERSION}")

    def _check(self) -> None:
        found = {
            (str(kind), str(name))
            for kind, name in self.sql.execute("SELECT type, name FROM sqlite_schema")
            if not str(name).startswith("sqlite_autoindex")
        }
        if found != EXPECTED:
            raise damaged("tables")
        if self.path.stat().st_size <= QUICK_CHECK_LIMIT:
            answer = self.sql.execute("PRAGMA quick_check(1)").fetchone()
            if answer != ("ok",):
                raise damaged("structure")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block whole or not at all."""
        self.sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.sql.in_transaction:
                self.sql.execute("ROLLBACK")
            raise
        try:
            self.sql.execute("COMMIT")
        except sqlite3.Error:
            if self.sql.in_transaction:
                self.sql.execute("ROLLBACK")
            raise

    def transact(self, work: Callable[[], T]) -> T:
        """Run work in one transaction; what disk or database refuse comes back in plain words."""
        try:
            with self.transaction():
                return work()
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise
        except (sqlite3.Error, OSError) as error:
            raise told(error) from error

    def close(self) -> None:
        """Close the file and take the side note of the holder away."""
        self.sql.close()
        holder_file(self.path).unlink(missing_ok=True)


def _statements(script: str) -> list[str]:
    parts: list[str] = []
    held = ""
    for piece in script.split(";"):
        held += piece + ";"
        if sqlite3.complete_statement(held):
            parts.append(held.strip())
            held = ""
    return [p for p in parts if p != ";"]


def in_use(path: Path) -> UserError:
    """Return the refusal for a store another fieldkit holds, saying who does."""
    return UserError(
        "E_IN_USE",
        N_("This data is open already: {holder}. Close it there first. Nothing was changed."),
        holder=_read_holder(path),
    )


def holder_file(path: Path) -> Path:
    """Return the side file that says who holds a store; information only, never a reason."""
    return path.with_name(path.name + ".holder")


def _write_holder(path: Path) -> None:
    body = {"user": os.environ.get("USERNAME") or os.environ.get("USER") or "", "pid": os.getpid()}
    holder_file(path).write_text(json.dumps(body), encoding="utf-8")


def _read_holder(path: Path) -> str:
    try:
        body = json.loads(holder_file(path).read_text(encoding="utf-8"))
        return f"{body['user'] or '?'}, {int(body['pid'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"
