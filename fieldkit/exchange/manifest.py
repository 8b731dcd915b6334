"""Manifest: what a bundle says about itself, typed, checked and in one spelling."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.core.ids import InstallId, PersonId, ScopeId, WriterId
from fieldkit.core.op import Value
from fieldkit.exchange.limits import FORMAT, VERSION

Marks = Mapping[ScopeId, Mapping[WriterId, int]]


@dataclass(frozen=True, slots=True)
class ScopeEntry:
    """One scope the bundle carries; `redaction` is "values" where texts were withheld."""

    id: ScopeId
    kind: str
    title: str = ""
    parent: ScopeId | None = None
    redaction: str = "none"


@dataclass(frozen=True, slots=True)
class WriterEntry:
    """One writer named in the bundle, as far as the sender tells."""

    id: WriterId
    install: InstallId | None = None
    person: PersonId | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A run of ops of one writer in one scope; `prev` and `end` are the chain hashes around it."""

    s: ScopeId
    w: WriterId
    lo: int
    hi: int
    prev: bytes
    end: bytes


@dataclass(frozen=True, slots=True)
class By:
    """Who exported, as far as told."""

    writer: WriterId | None = None
    install: InstallId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Attest:
    """An author's signature on a chain head, carried along."""

    s: ScopeId
    w: WriterId
    seq: int
    chain: str
    key: str
    sig: str


@dataclass(frozen=True, slots=True)
class BlobEntry:
    """One attachment the ops refer to, and whether its content is in the bundle."""

    h: str
    size: int
    present: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One part of the file: hash and size of its content and of its stored bytes."""

    name: str
    sha256: str
    size: int
    stored_sha256: str
    stored_size: int

    @property
    def is_stored(self) -> bool:
        """Say whether the content lies in the file as it is, not deflated."""
        return self.sha256 == self.stored_sha256


@dataclass(frozen=True, slots=True)
class Header:
    """What the exporter says about a bundle; the rest of the manifest follows from the content.

    `writers` may name more than are used: only those the ops name are written down.
    """

    scopes: tuple[ScopeEntry, ...]
    created: int
    by: By = field(default_factory=By)
    writers: tuple[WriterEntry, ...] = ()
    app: str = ""
    schema: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    basis: Marks | None = None
    have: Marks = field(default_factory=dict)
    features: tuple[str, ...] = ()
    critical: tuple[str, ...] = ()
    attest: tuple[Attest, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a bundle says about itself; `extra` keeps what a newer version added."""

    header: Header
    bundle: str
    ranges: tuple[Range, ...]
    blobs: tuple[BlobEntry, ...]
    members: tuple[Member, ...]
    to: tuple[str, ...] | None = None
    version: int = VERSION
    min_reader: int = VERSION

    @property
    def scopes(self) -> tuple[ScopeEntry, ...]:
        """The scopes carried."""
        return self.header.scopes

    @property
    def writers(self) -> tuple[WriterEntry, ...]:
        """The writers named by the ops, in the order the op lines count them."""
        return self.header.writers

    @property
    def ops(self) -> int:
        """How many ops the bundle carries."""
        return sum(r.hi - r.lo + 1 for r in self.ranges)

    @property
    def size(self) -> int:
        """How many bytes of content the bundle carries."""
        return sum(m.size for m in self.members)

    def tree(self) -> dict[str, Value]:
        """Return the manifest as the JSON object it is written as."""
        head = self.header
        return {
            **head.extra,
            "format": FORMAT,
            "v": self.version,
            "min_reader": self.min_reader,
            "critical": head.critical,
            "features": head.features,
            "app": head.app,
            "schema": head.schema,
            "bundle": self.bundle,
            "created": head.created,
            "by": {"writer": head.by.writer, "install": head.by.install, "person": head.by.person},
            "to": self.to,
            "note": head.note,
            "scopes": [_scope_tree(s) for s in head.scopes],
            "writers": [
                {"id": w.id, "install": w.install, "person": w.person, "label": w.label}
                for w in head.writers
            ],
            "ranges": [_range_tree(r) for r in self.ranges],
            "basis": _marks_tree(head.basis),
            "have": _marks_tree(head.have),
            "attest": [_attest_tree(a) for a in head.attest],
            "blobs": [{"h": b.h, "size": b.size, "in": b.present} for b in self.blobs],
            "members": {m.name: _member_tree(m) for m in self.members},
        }


def _scope_tree(scope: ScopeEntry) -> Value:
    return {
        "id": scope.id,
        "kind": scope.kind,
        "title": scope.title,
        "parent": scope.parent,
        "redaction": scope.redaction,
    }


def _range_tree(run: Range) -> Value:
    return {
        "s": run.s,
        "w": run.w,
        "lo": run.lo,
        "hi": run.hi,
        "prev": run.prev.hex(),
        "end": run.end.hex(),
    }


def _attest_tree(attest: Attest) -> Value:
    return {
        "s": attest.s,
        "w": attest.w,
        "seq": attest.seq,
        "chain": attest.chain,
        "key": attest.key,
        "sig": attest.sig,
    }


def _member_tree(member: Member) -> Value:
    return {
        "sha256": member.sha256,
        "size": member.size,
        "stored_sha256": member.stored_sha256,
        "stored_size": member.stored_size,
    }


def _marks_tree(marks: Marks | None) -> Value:
    return None if marks is None else {s: dict(by.items()) for s, by in marks.items()}
