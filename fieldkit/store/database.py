"""The door to the store file: identity, lock, settings and checks before anything is read."""

import errno
import json
import os
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar, TypeVar

from fieldkit.core.errors import N_, UserError
from fieldkit.store.tables import APPLICATION_ID, EXPECTED, TABLES, VERSION, statements

QUICK_CHECK_LIMIT = 64 * 1024 * 1024
LENGTH_LIMIT = 64 * 1024 * 1024
T = TypeVar("T")
_HEADER = b"SQLite format 3\0"
_ROLLBACK = b"\x01\x01"

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


_TOLD = {
    "E_NO_ROOM": N_(
        "There is no room left on the disk. Free some space; your text is kept meanwhile."
    ),
    "E_READ_ONLY": N_(
        "The data folder cannot be written to. Choose a folder of your own and try again."
    ),
    "E_LOCKED": N_("Another program holds the data file. Close it first."),
    "E_DISK": N_(
        "The disk did not accept the change. Check the disk; your text is kept meanwhile."
    ),
}
_REFUSALS = (sqlite3.Error, OSError, UnicodeDecodeError)
_BY_ERRNO = {
    errno.ENOSPC: "E_NO_ROOM",
    errno.EDQUOT: "E_NO_ROOM",
    errno.EROFS: "E_READ_ONLY",
    errno.EACCES: "E_READ_ONLY",
    errno.EPERM: "E_READ_ONLY",
}
_BY_RESULT = {
    sqlite3.SQLITE_FULL: "E_NO_ROOM",
    sqlite3.SQLITE_READONLY: "E_READ_ONLY",
    sqlite3.SQLITE_PERM: "E_READ_ONLY",
    sqlite3.SQLITE_CANTOPEN: "E_READ_ONLY",
    sqlite3.SQLITE_BUSY: "E_LOCKED",
    sqlite3.SQLITE_LOCKED: "E_LOCKED",
    sqlite3.SQLITE_CORRUPT: "E_STORE_DAMAGED",
    sqlite3.SQLITE_NOTADB: "E_STORE_DAMAGED",
}


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


def told(error: Exception) -> UserError:
    """Return the plain words for what the disk or the database refused."""
    code = _refusal(error)
    if code == "E_STORE_DAMAGED":
        return damaged("structure")
    return UserError(code, _TOLD[code])


def _refusal(error: Exception) -> str:
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, "E_DISK")
    # SQLite's words about a damaged file quote it, and may be no text at all.
    if isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode"):
        return "E_STORE_DAMAGED"
    return _BY_RESULT.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "E_DISK")


def identify(path: Path) -> int:
    """Return the version of a store file from its header alone, before SQLite opens it."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        raise damaged("empty")
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
    if header[18:20] != _ROLLBACK:
        raise damaged("journal")
    return int(version)


class Database:
    """One open store file; used by one thread only."""

    _held: ClassVar[set[Path]] = set()

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take an open, checked connection; use `Database.open`."""
        self.path = path
        self.sql = connection

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open or create a store; refuses what is foreign, newer, damaged or held by another."""
        real = path.resolve()
        # Reading the header of a file this process holds would let go of its lock (POSIX).
        if real in cls._held:
            raise in_use(path)
        try:
            if not path.exists():
                _make(path)
            identify(path)
            database = cls(path, _connected(path))
        except _REFUSALS as error:
            refused = told(error)
            raise (in_use(path) if refused.code == "E_LOCKED" else refused) from error
        try:
            database.ask(database._check)
        except BaseException:
            database.sql.close()
            raise
        cls._held.add(real)
        _tidy(path)
        _write_holder(path)
        return database

    def _check(self) -> None:
        found = self.sql.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        if set(found) != EXPECTED:
            raise damaged("tables")
        size = self.path.stat().st_size
        if size < self._pragma("page_count") * self._pragma("page_size"):
            raise damaged("size")
        if size <= QUICK_CHECK_LIMIT:
            answer = self.sql.execute("PRAGMA quick_check(1)").fetchone()
            if answer != ("ok",):
                raise damaged("structure")

    def _pragma(self, name: str) -> int:
        return int(self.sql.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block whole or not at all."""
        self.sql.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.sql.execute("COMMIT")
        except BaseException:
            if self.sql.in_transaction:
                self.sql.execute("ROLLBACK")
            raise

    def savepoint(self, name: str) -> None:
        """Mark a place inside a transaction to come back to."""
        self.sql.execute(f"SAVEPOINT {name}")

    def back_to(self, name: str) -> None:
        """Take back everything written since the newest mark of that name; the mark stays."""
        self.sql.execute(f"ROLLBACK TO {name}")

    def transact(self, work: Callable[[], T]) -> T:
        """Run work in one transaction; what disk or database refuse comes back in plain words."""

        def whole() -> T:
            with self.transaction():
                return work()

        return self.ask(whole)

    def ask(self, work: Callable[[], T]) -> T:
        """Run work; what disk or database refuse comes back in plain words."""
        try:
            return work()
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise
        except _REFUSALS as error:
            raise told(error) from error

    def close(self) -> None:
        """Take the side note of the holder away and close the file."""
        with suppress(OSError):
            holder_file(self.path).unlink(missing_ok=True)
        self.sql.close()
        self._held.discard(self.path.resolve())


def _connected(path: Path) -> sqlite3.Connection:
    """Open a file with our settings and take its lock."""
    connection = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LENGTH_LIMIT)
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Make an empty store beside its place and put it there whole, also after a kill."""
    part = path.with_name(path.name + ".new")
    connection = _connected(part)
    try:
        database = Database(part, connection)
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            with database.transaction():
                for statement in statements(TABLES):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={VERSION}")
    finally:
        connection.close()
    _put_in_place(part, path)


def _put_in_place(part: Path, path: Path) -> None:
    """Give a file its name, unless another fieldkit was faster."""
    try:
        os.link(part, path)
    except (FileExistsError, FileNotFoundError):
        pass
    except OSError:  # no hard links on this disk
        part.replace(path)


def _tidy(path: Path) -> None:
    """Take away what making the store left beside it."""
    for rest in (".new", ".new-journal"):
        with suppress(OSError):
            path.with_name(path.name + rest).unlink(missing_ok=True)


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
    # Information only: a disk without room for it is no reason to refuse.
    body = {"user": os.environ.get("USERNAME") or os.environ.get("USER") or "", "pid": os.getpid()}
    with suppress(OSError):
        holder_file(path).write_text(json.dumps(body), encoding="utf-8")


def _read_holder(path: Path) -> str:
    try:
        body = json.loads(holder_file(path).read_text(encoding="utf-8"))
        return f"{body['user'] or '?'}, {int(body['pid'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"
