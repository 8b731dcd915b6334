"""Writing a bundle: what goes in comes out, in the same bytes, or nothing is left behind."""

import hashlib
import os
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.core.errors import BugError
from fieldkit.core.ids import EntityId, ScopeId, WriterId
from fieldkit.core.op import LAM_CAP, Context, Kind, Op, Value, commitment
from fieldkit.exchange import limits
from fieldkit.exchange.blobs import Blob
from fieldkit.exchange.errors import BundleError
from fieldkit.exchange.manifest import By, ScopeEntry, WriterEntry
from fieldkit.exchange.pack import write_bundle
from fieldkit.exchange.unpack import open_bundle
from tests.exchange.bundles import (
    ANNA,
    BORA,
    ROUND,
    SCOPE,
    Run,
    committed,
    header,
    op,
    pack,
    run_of,
    small,
    unpacked,
)

ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=30)
names = st.from_regex(r"[a-z]{1,8}\.[a-z@/\-]{1,8}", fullmatch=True)
values: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
exts = st.none() | st.dictionaries(texts.filter(lambda k: k != "obs"), values, max_size=2)


@st.composite
def ops_of(draw: st.DrawFn, scope: ScopeId, writer: WriterId, seq: int) -> Op:
    kind = draw(st.sampled_from([1, 1, 2, 3, 4, 5, 10, 77, 2**31]))
    shapes = {2: texts | st.none(), 3: st.booleans(), 4: st.booleans()}
    others = draw(st.dictionaries(ids.map(WriterId), st.integers(1, 2**53), max_size=3))
    ctx: Context = tuple(sorted((w, n) for w, n in others.items() if w != writer or n < seq))
    plain = Op(
        scope, writer, seq, draw(st.integers(0, LAM_CAP)), draw(st.integers(-(2**53), 2**53)),
        draw(st.integers(0, seq)), EntityId(draw(ids)), draw(names), kind,
        draw(shapes.get(kind, values)), ctx, draw(exts),
    )  # fmt: skip
    how = draw(st.sampled_from(["plain", "plain", "committed", "stub"]))
    if how == "plain":
        return plain
    salt = draw(ids)
    full = replace(plain, salt=salt, commit=commitment(salt, plain.val))
    return full.as_stub() if how == "stub" else full


@st.composite
def runs(draw: st.DrawFn) -> list[Run]:
    places = draw(st.sets(st.tuples(ids, ids, st.integers(1, 50)), max_size=4))
    single = {(s, w): lo for s, w, lo in sorted(places)}
    found = []
    for (scope, writer), lo in sorted(single.items()):
        seqs = range(lo, lo + draw(st.integers(1, 6)))
        ops = [draw(ops_of(ScopeId(scope), WriterId(writer), seq)) for seq in seqs]
        prev = bytes(32) if lo == 1 else draw(st.binary(min_size=32, max_size=32))
        found.append(run_of(ops, prev))
    return found


@settings(max_examples=60)
@given(runs())
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, some: list[Run]) -> None:
    target = tmp_path_factory.mktemp("b") / "x.fkb"
    packed = pack(target, some)
    assert unpacked(target) == [o for _, ops in some for o in ops]
    assert packed.ops == sum(len(ops) for _, ops in some)
    with open_bundle(target) as bundle:
        assert list(bundle.manifest.ranges) == [run for run, _ in some]
        head = bundle.manifest.header
        again = target.with_name("again.fkb")
        write_bundle(again, head, some, ())
    assert again.read_bytes() == target.read_bytes()


def test_equal_state_and_arguments_give_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = small(tmp_path / "one"), small(tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()


def test_the_answer_tells_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 100)
    sha = hashlib.sha256(b"x" * 100).hexdigest()
    target = tmp_path / "b.fkb"
    packed = pack(target, [run_of([op(1), op(2)])], [Blob(sha, 100, file), Blob("0" * 64, 7)])
    assert (packed.ops, packed.scopes, packed.blobs) == (2, 1, 1)
    assert packed.missing == ("0" * 64,)
    assert packed.size == target.stat().st_size
    assert packed.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    with open_bundle(target) as bundle:
        assert bundle.manifest.bundle == packed.bundle
        assert bundle.size == packed.size
        assert b"".join(bundle.blob(sha)) == b"x" * 100
        with pytest.raises(BundleError, match="E_DAMAGED"):
            bundle.blob("0" * 64)


def test_the_file_begins_with_the_bytes_of_the_design(tmp_path: Path) -> None:
    raw = small(tmp_path).read_bytes()
    assert raw[:14] == bytes.fromhex("504b0304 1400 0000 0000 0000 2100")
    assert raw[14:18] == zlib.crc32(raw[38:67]).to_bytes(4, "little")
    assert raw[18:30] == bytes.fromhex("1d0000001d00000008000000")
    assert raw[30:67] == b"mimetypeapplication/x-fieldkit-bundle"
    assert raw[67:71] == b"PK\3\4"


def test_the_zip_library_of_python_reads_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(small(tmp_path)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "mimetype"
        assert archive.namelist()[-2:] == ["manifest.json", "signatures.txt"]
        signatures = archive.read("signatures.txt").decode()
        sha = hashlib.sha256(archive.read("manifest.json")).hexdigest()
        assert signatures == f"fk1 sha256 {sha}\n"


@pytest.mark.skipif(which("unzip") is None, reason="unzip is not installed")
def test_unzip_finds_no_fault(tmp_path: Path) -> None:
    done = subprocess.run(["unzip", "-t", small(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No errors detected" in done.stdout


def test_many_ops_spread_over_several_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPS_MEMBER_OPS", 700)
    ops = [op(n, n, ent=EntityId(f"{n % 7:032x}")) for n in range(1, 2_501)]
    target = tmp_path / "b.fkb"
    told: list[tuple[int, int]] = []
    write_bundle(target, header(), [run_of(ops)], (), None, lambda a, b: told.append((a, b)))
    with open_bundle(target) as bundle:
        assert [m.name for m in bundle.manifest.members] == [f"ops/000{n}.jsonl" for n in range(4)]
        assert list(bundle.ops()) == ops
        size = bundle.manifest.size
    assert told[:2] == [(1_000, 0), (2_000, 0)]
    assert told[-1] == (size, size)


def test_only_writers_the_ops_name_and_the_exporter_are_listed(tmp_path: Path) -> None:
    stranger = WriterId("cc" * 16)
    target = tmp_path / "b.fkb"
    writers = (WriterEntry(stranger, None, None, "CANARY"), WriterEntry(ANNA, None, None, "Anna"))
    ops = [op(1, 1, writer=BORA, ctx=((WriterId("d0" * 16), 3),))]
    pack(target, [run_of(ops)], (), header(writers=writers, have={"ca" * 16: {ANNA: 3}}))
    with open_bundle(target) as bundle:
        assert [w.id for w in bundle.manifest.writers] == [BORA, "d0" * 16, ANNA]
        assert bundle.manifest.header.have == {}
        assert bundle.manifest.writers[2].label == "Anna"
    assert b"CANARY" not in target.read_bytes()


def test_the_exporter_may_stay_unnamed(tmp_path: Path) -> None:
    target = tmp_path / "b.fkb"
    basis = {SCOPE: {ANNA: 1}, ScopeId("ca" * 16): {ANNA: 2}}
    pack(target, [run_of([op(1)])], (), header(by=By(), basis=basis, note="n\0ote"))
    with open_bundle(target) as bundle:
        assert bundle.manifest.header.by == By()
        assert bundle.manifest.header.basis == {SCOPE: {ANNA: 1}}
        assert bundle.manifest.header.note == "note"


def test_titles_are_brought_on_one_line(tmp_path: Path) -> None:
    target = tmp_path / "b.fkb"
    title = "Round\none\u202e  \x00two می\u200cخواهم " + "x" * 300
    pack(target, [run_of([op(1)])], (), header(scopes=(ScopeEntry(SCOPE, "assessment", title),)))
    with open_bundle(target) as bundle:
        assert bundle.manifest.scopes[0].title.startswith("Round one two می\u200cخواهم x")
        assert len(bundle.manifest.scopes[0].title) == limits.TITLE_LENGTH


def test_keys_of_a_newer_version_in_the_manifest_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "b.fkb"
    extra: dict[str, Value] = {"colour": {"of": ["sky"]}, "v": 9}
    pack(target, [run_of([op(1)])], (), header(extra=extra, features=("moon",)))
    with open_bundle(target) as bundle:
        assert bundle.manifest.header.extra == {"colour": {"of": ["sky"]}}
        assert bundle.manifest.version == 1
        assert bundle.manifest.header.features == ("moon",)


def test_a_very_regular_attachment_is_stored_rather_than_pressed_beyond_the_ratio(
    tmp_path: Path,
) -> None:
    file = tmp_path / "zeros"
    file.write_bytes(bytes(1_000_000))
    noise = tmp_path / "noise"
    noise.write_bytes(hashlib.shake_256(b"seed").digest(100_000))
    blobs = [
        Blob(hashlib.sha256(f.read_bytes()).hexdigest(), f.stat().st_size, f) for f in (file, noise)
    ]
    target = tmp_path / "b.fkb"
    pack(target, [run_of([op(1)])], blobs)
    unpacked(target)
    with zipfile.ZipFile(target) as archive:
        kinds = {i.file_size: i.compress_type for i in archive.infolist()}
    assert kinds[1_000_000] == zipfile.ZIP_STORED
    assert kinds[100_000] == zipfile.ZIP_STORED


def test_an_attachment_that_changed_or_went_is_listed_as_not_included(tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    changed.write_bytes(b"other " * 100)
    blobs = [Blob("1" * 64, 600, changed), Blob("2" * 64, 5, tmp_path / "nowhere")]
    target = tmp_path / "b.fkb"
    packed = pack(target, [run_of([op(1)])], blobs)
    assert packed.missing == ("1" * 64, "2" * 64)
    assert packed.blobs == 0
    assert b"other" not in target.read_bytes()
    assert len(unpacked(target)) == 1


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "b.fkb"
    ops = [op(n) for n in range(1, 1_001)]
    for calls in (0, 1, 2):
        answers = iter([False] * calls + [True] * 9)
        with pytest.raises(BundleError, match="E_CANCELLED"):
            write_bundle(target, header(), [run_of(ops)], (), answers.__next__)
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_reading_ops_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Op]:
        yield op(1)
        raise KeyboardInterrupt

    run, _ = run_of([op(1), op(2)])
    with pytest.raises(KeyboardInterrupt):
        write_bundle(tmp_path / "b.fkb", header(), [(run, broken())], ())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.fkb.part").symlink_to("/dev/full")
    with pytest.raises(BundleError, match="E_DISK") as caught:
        pack(tmp_path / "b.fkb", [run_of([op(1)])])
    assert "Nothing was changed." in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="E_DISK"):
        pack(tmp_path / "nowhere" / "b.fkb", [run_of([op(1)])])


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.fkb" / "inside").mkdir(parents=True)
    with pytest.raises(BundleError, match="E_DISK"):
        pack(tmp_path / "b.fkb", [run_of([op(1)])])
    assert [p.name for p in tmp_path.iterdir()] == ["b.fkb"]


def test_a_chain_broken_in_the_store_is_never_written(tmp_path: Path) -> None:
    run, ops = run_of([op(1, "one"), op(2, "two")])
    with pytest.raises(BundleError, match="E_DAMAGED"):
        pack(tmp_path / "b.fkb", [(run, [ops[0], replace(ops[1], val="bent")])])
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_gives_back_other_bytes_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad_stick(handle: int) -> None:
        size = os.fstat(handle).st_size
        os.pwrite(handle, b"\xff", 140) if size > 200 else None

    monkeypatch.setattr(os, "fsync", bad_stick)
    with pytest.raises(BundleError, match="E_DISK"):
        pack(tmp_path / "b.fkb", [run_of([op(n, "text " * n) for n in range(1, 9)])])
    assert list(tmp_path.iterdir()) == []


def test_without_advice_to_the_system_the_bundle_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fadvise", raising=False)
    assert pack(tmp_path / "b.fkb", [run_of([op(1)])]).ops == 1


@pytest.mark.parametrize(
    ("ops", "moved"),
    [
        ([op(1), op(3)], {}),
        ([op(1)], {"hi": 2}),
        ([op(2)], {}),
        ([op(1), op(2)], {"hi": 1}),
        ([op(1, writer=BORA)], {}),
        ([op(1)], {"prev": b"\1" * 32}),
    ],
)
def test_ranges_that_do_not_fit_their_ops_are_a_bug(
    tmp_path: Path, ops: list[Op], moved: dict[str, Any]
) -> None:
    run, _ = run_of([op(1)])
    with pytest.raises(BugError):
        write_bundle(tmp_path / "b.fkb", header(), [(replace(run, **moved), ops)], ())
    assert list(tmp_path.iterdir()) == []


def test_ranges_out_of_order_are_a_bug(tmp_path: Path) -> None:
    one, two = run_of([op(1)]), run_of([op(1, writer=BORA)])
    with pytest.raises(BugError):
        pack(tmp_path / "b.fkb", [two, one])


def test_a_hole_between_two_ranges_of_one_writer_is_fine(tmp_path: Path) -> None:
    one, two = run_of([op(1), op(2)]), run_of([op(7), op(8)], b"\7" * 32)
    three = run_of([op(9)], two[0].end)
    pack(tmp_path / "b.fkb", [one, two, three])
    assert [o.seq for o in unpacked(tmp_path / "b.fkb")] == [1, 2, 7, 8, 9]


def test_too_many_scopes_and_too_long_a_text_are_refused(tmp_path: Path) -> None:
    many = tuple(ScopeEntry(ScopeId(f"{n:032x}"), "x") for n in range(10_001))
    with pytest.raises(BundleError, match="E_TOO_BIG"):
        write_bundle(tmp_path / "b.fkb", header(scopes=many), (), ())
    with pytest.raises(BundleError, match="E_TOO_BIG"):
        pack(tmp_path / "b.fkb", [run_of([op(1, "x" * 4_200_000)])])
    with pytest.raises(BundleError, match="E_TOO_BIG"):
        pack(tmp_path / "b.fkb", [], (), header(extra={"x": "y" * 9_000_000}))
    assert list(tmp_path.iterdir()) == []


def test_too_much_for_one_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [run_of([op(n, str(n)) for n in range(1, 200)])]
    for name, most in (("FILE_SIZE", 1_000), ("ENTRIES", 2), ("INFLATED_TOTAL", 2_000)):
        with monkeypatch.context() as patch:
            patch.setattr(limits, name, most)
            with pytest.raises(BundleError, match="E_TOO_BIG"):
                pack(tmp_path / "b.fkb", runs)
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_cannot_be_written_as_utf8_is_refused(tmp_path: Path) -> None:
    run, _ = run_of([op(1)])
    with pytest.raises(BundleError, match="E_CONTENT"):
        write_bundle(tmp_path / "b.fkb", header(), [(run, [op(1, "\ud800")])], ())


def test_a_withheld_value_is_not_in_the_file(tmp_path: Path) -> None:
    target = tmp_path / "b.fkb"
    full = [committed(1, "CANARY", fld="answer.reason"), op(2, "kept", ent=ROUND)]
    run, _ = run_of(full)
    pack(target, [(run, [full[0].as_stub(), full[1]])])
    found = unpacked(target)
    assert found[0].is_stub
    assert found[0].commit == full[0].commit
    assert b"CANARY" not in target.read_bytes()
    with zipfile.ZipFile(target) as archive:
        assert all(b"CANARY" not in archive.read(name) for name in archive.namelist())
    assert int(Kind.VALUE) == found[0].kind
