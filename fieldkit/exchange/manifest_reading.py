"""Reading a manifest that a stranger wrote: every key checked, what is newer kept or refused."""

from itertools import pairwise

from fieldkit.core.ids import InstallId, PersonId, ScopeId, WriterId
from fieldkit.core.op import CHAIN_START, LAM_CAP, Value
from fieldkit.exchange import limits
from fieldkit.exchange.errors import E_CONTENT, E_NOT_BUNDLE, E_TOO_NEW, BundleError
from fieldkit.exchange.manifest import (
    Attest,
    BlobEntry,
    By,
    Header,
    Manifest,
    Marks,
    Member,
    Range,
    ScopeEntry,
    WriterEntry,
)
from fieldkit.exchange.shape import (
    Tree,
    flag_of,
    hash_of,
    id_of,
    list_of,
    name_of,
    names_of,
    text_of,
    tree_of,
    whole_of,
)
from fieldkit.exchange.strictjson import ContentError, parse

KNOWN_KEYS = frozenset({
    "format", "v", "min_reader", "critical", "features", "app", "schema", "bundle", "created", "by",
    "to", "note", "scopes", "writers", "ranges", "basis", "have", "attest", "blobs", "members",
})  # fmt: skip
REDACTIONS = ("none", "values")
_SHORT = 80
_MANY = 1_000


def read_manifest(raw: bytes) -> Manifest:
    """Return the manifest; raise E_TOO_NEW for what only a newer fieldkit may read."""
    try:
        tree = tree_of(parse(raw, limits.MANIFEST_SIZE, limits.MANIFEST_DEPTH))
        _check_version(tree)
        return _manifest(tree)
    except ContentError as error:
        raise BundleError(E_CONTENT, line="manifest") from error


def _check_version(tree: Tree) -> None:
    if tree.get("format") != limits.FORMAT:
        raise BundleError(E_NOT_BUNDLE)
    version = whole_of(tree.get("v"), 1)
    needed = whole_of(tree.get("min_reader"), 1, version)
    if needed > limits.VERSION:
        raise BundleError(E_TOO_NEW, version=needed)
    unknown = set(names_of(tree.get("critical"), _MANY, _SHORT)) - limits.KNOWN_FEATURES
    if unknown:
        raise BundleError(E_TOO_NEW, version=f"{version} + {', '.join(sorted(unknown))}")


def _manifest(tree: Tree) -> Manifest:
    header = _header(tree)
    ranges = tuple(_range(r) for r in list_of(tree.get("ranges"), limits.RANGES))
    _check_ranges(header, ranges)
    blobs = tuple(_blob(b) for b in list_of(tree.get("blobs"), limits.RANGES))
    if [b.h for b in blobs] != sorted({b.h for b in blobs}):
        raise ContentError("attachments")
    members = tree_of(tree.get("members"))
    return Manifest(
        header=header,
        bundle=id_of(tree.get("bundle")),
        ranges=ranges,
        blobs=blobs,
        members=tuple(_member(name, value) for name, value in members.items()),
        to=None if tree.get("to") is None else names_of(tree.get("to"), _MANY, _SHORT),
        version=whole_of(tree.get("v")),
        min_reader=whole_of(tree.get("min_reader")),
    )


def _header(tree: Tree) -> Header:
    scopes = tuple(_scope(s) for s in list_of(tree.get("scopes"), limits.SCOPES))
    writers = tuple(_writer(w) for w in list_of(tree.get("writers"), limits.WRITERS))
    if len({s.id for s in scopes}) < len(scopes) or len({w.id for w in writers}) < len(writers):
        raise ContentError("listed twice")
    schema = tree_of(tree.get("schema"))
    basis = tree.get("basis")
    return Header(
        scopes=scopes,
        created=whole_of(tree.get("created")),
        by=_by(tree_of(tree.get("by"))),
        writers=writers,
        app=name_of(tree.get("app"), _SHORT),
        schema={name_of(k, _SHORT): whole_of(v) for k, v in schema.items()},
        note=text_of(tree.get("note"), limits.NOTE_LENGTH),
        basis=None if basis is None else _marks(basis, scopes),
        have=_marks(tree.get("have"), scopes),
        features=names_of(tree.get("features"), _MANY, _SHORT),
        critical=names_of(tree.get("critical"), _MANY, _SHORT),
        attest=tuple(_attest(a) for a in list_of(tree.get("attest"), limits.RANGES)),
        extra={k: v for k, v in tree.items() if k not in KNOWN_KEYS},
    )


def _by(tree: Tree) -> By:
    writer, install, person = (_id_or_none(tree.get(k)) for k in ("writer", "install", "person"))
    return By(
        None if writer is None else WriterId(writer),
        None if install is None else InstallId(install),
        None if person is None else PersonId(person),
    )


def _id_or_none(value: Value) -> str | None:
    return None if value is None else id_of(value)


def _scope(value: Value) -> ScopeEntry:
    tree = tree_of(value)
    parent = _id_or_none(tree.get("parent"))
    redaction = name_of(tree.get("redaction"), _SHORT)
    if redaction not in REDACTIONS:
        raise ContentError("redaction")
    return ScopeEntry(
        ScopeId(id_of(tree.get("id"))),
        name_of(tree.get("kind"), _SHORT),
        name_of(tree.get("title"), limits.TITLE_LENGTH),
        None if parent is None else ScopeId(parent),
        redaction,
    )


def _writer(value: Value) -> WriterEntry:
    tree = tree_of(value)
    install, person = _id_or_none(tree.get("install")), _id_or_none(tree.get("person"))
    return WriterEntry(
        WriterId(id_of(tree.get("id"))),
        None if install is None else InstallId(install),
        None if person is None else PersonId(person),
        name_of(tree.get("label"), limits.TITLE_LENGTH),
    )


def _range(value: Value) -> Range:
    tree = tree_of(value)
    low = whole_of(tree.get("lo"), 1)
    run = Range(
        ScopeId(id_of(tree.get("s"))),
        WriterId(id_of(tree.get("w"))),
        low,
        whole_of(tree.get("hi"), low),
        bytes.fromhex(hash_of(tree.get("prev"))),
        bytes.fromhex(hash_of(tree.get("end"))),
    )
    if run.lo == 1 and run.prev != CHAIN_START:
        raise ContentError("chain start")
    return run


def _check_ranges(header: Header, ranges: tuple[Range, ...]) -> None:
    scopes, writers = {s.id for s in header.scopes}, {w.id for w in header.writers}
    if any(r.s not in scopes or r.w not in writers for r in ranges):
        raise ContentError("range of nobody")
    for one, two in pairwise(ranges):
        if not follows(one, two):
            raise ContentError("ranges out of order")


def follows(one: Range, two: Range) -> bool:
    """Say whether a range may stand after another: sorted, apart, and joined where they touch."""
    if (one.s, one.w) != (two.s, two.w):
        return (one.s, one.w) < (two.s, two.w)
    return one.hi < two.lo - 1 or (one.hi == two.lo - 1 and one.end == two.prev)


def _marks(value: Value, scopes: tuple[ScopeEntry, ...]) -> Marks:
    known = {s.id for s in scopes}
    found: dict[ScopeId, dict[WriterId, int]] = {}
    for scope, marks in tree_of(value).items():
        if scope not in known:
            raise ContentError("marks of a scope not carried")
        found[ScopeId(scope)] = {
            WriterId(id_of(writer)): whole_of(upto, 1) for writer, upto in tree_of(marks).items()
        }
    return found


def _attest(value: Value) -> Attest:
    tree = tree_of(value)
    return Attest(
        ScopeId(id_of(tree.get("s"))),
        WriterId(id_of(tree.get("w"))),
        whole_of(tree.get("seq"), 1),
        hash_of(tree.get("chain")),
        name_of(tree.get("key"), _SHORT),
        name_of(tree.get("sig"), 2 * _SHORT),
    )


def _blob(value: Value) -> BlobEntry:
    tree = tree_of(value)
    size = whole_of(tree.get("size"), 0, LAM_CAP)
    return BlobEntry(hash_of(tree.get("h")), size, flag_of(tree.get("in")))


def _member(name: str, value: Value) -> Member:
    tree = tree_of(value)
    member = Member(
        name,
        hash_of(tree.get("sha256")),
        whole_of(tree.get("size"), 0, limits.FILE_SIZE),
        hash_of(tree.get("stored_sha256")),
        whole_of(tree.get("stored_size"), 0, limits.FILE_SIZE),
    )
    if member.is_stored and member.size != member.stored_size:
        raise ContentError("member sizes")
    return member
