"""Opening a store: checks first, then the lease that decides under which name we write."""

from dataclasses import dataclass, field

from fieldkit.core.ids import InstallId, ScopeId, WriterId, new_id
from fieldkit.core.tool import Schema
from fieldkit.store.attachments import Attachments
from fieldkit.store.database import Database
from fieldkit.store.lease import lease_file, new_lease, read_lease, write_lease
from fieldkit.store.local import Local
from fieldkit.store.records import Records, Writer
from fieldkit.system.paths import Paths
from fieldkit.workspace.pen import Clock, Pen


@dataclass(slots=True)
class Opened:
    """An open store with its parts; only the store thread touches database, records and pen."""

    database: Database
    records: Records
    local: Local
    attachments: Attachments
    pen: Pen
    install: InstallId
    clock: Clock
    label: str
    paths: Paths
    checked: set[ScopeId] = field(default_factory=set)

    def rotate(self) -> None:
        """Draw a new lease: outside file first, then the store (exchange.md section 2)."""
        lease = new_lease()
        write_lease(lease_file(self.paths.leases, self.database.path), lease)
        with self.database.transaction():
            self.local.set_meta("lease", lease)

    def take_new_name(self) -> None:
        """Write under a new writer id from now on; call inside a transaction."""
        writer = Writer(WriterId(new_id()), self.install, None, self.label)
        self.local.set_meta("writer", writer.id)
        self.pen.writer = writer


def open_store(paths: Paths, schema: Schema, clock: Clock, label: str) -> Opened:
    """Open or make the store of a home; raises what `Database.open` raises."""
    paths.make()
    database = Database.open(paths.workspace)
    try:
        return _opened(database, paths, schema, clock, label)
    except BaseException:
        database.close()
        raise


def _opened(database: Database, paths: Paths, schema: Schema, clock: Clock, label: str) -> Opened:
    records, local = Records(database), Local(database)
    records.check_last()
    with database.transaction():
        install = local.meta("install")
        if install is None:
            install = new_id()
            local.set_meta("install", install)
    name = InstallId(install)
    outside = read_lease(lease_file(paths.leases, database.path))
    held, writer_id = local.meta("lease"), local.meta("writer")
    kept = held is not None and held == outside and writer_id is not None and not paths.portable
    writer = Writer(WriterId(writer_id if kept and writer_id else new_id()), name, None, label)
    pen = Pen(records, schema, writer, clock)
    opened = Opened(
        database, records, local, Attachments(paths.blobs), pen, name, clock, label, paths
    )
    with database.transaction():
        local.set_meta("writer", writer.id)
    opened.rotate()
    return opened
