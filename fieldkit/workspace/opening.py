"""Opening a store: checks first, then the lease that decides under which name we write."""

from dataclasses import dataclass, field

from fieldkit.core.ids import InstallId, ScopeId, WriterId, is_id, new_id
from fieldkit.core.tool import Schema
from fieldkit.store.attachments import Attachments
from fieldkit.store.checks import check_last
from fieldkit.store.database import Database, damaged, told
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
    proved: set[ScopeId] = field(default_factory=set)

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
    try:
        paths.make()
    except OSError as error:
        raise told(error) from error
    database = Database.open(paths.workspace)
    try:
        return database.ask(lambda: _opened(database, paths, schema, clock, label))
    except BaseException:
        database.close()
        raise


def _opened(database: Database, paths: Paths, schema: Schema, clock: Clock, label: str) -> Opened:
    records, local = Records(database), Local(database)
    check_last(records)
    with database.transaction():
        install = local.meta("install")
        if install is None:
            install = new_id()
            local.set_meta("install", install)
    if not is_id(install):
        raise damaged("install")
    name = InstallId(install)
    writer = Writer(_kept_writer(local, paths) or WriterId(new_id()), name, None, label)
    pen = Pen(records, schema, writer, clock)
    opened = Opened(
        database, records, local, Attachments(paths.blobs), pen, name, clock, label, paths
    )
    with database.transaction():
        local.set_meta("writer", writer.id)
    opened.rotate()
    return opened


def _kept_writer(local: Local, paths: Paths) -> WriterId | None:
    """Return the name we wrote under last, if no copy of this store can be writing under it.

    A lease inside the home is copied and restored with it, so it proves nothing.
    """
    outside = read_lease(lease_file(paths.leases, paths.workspace))
    held, writer = local.meta("lease"), local.meta("writer")
    if paths.portable or paths.leases.is_relative_to(paths.home):
        return None
    return WriterId(str(writer)) if held is not None and held == outside and is_id(writer) else None
