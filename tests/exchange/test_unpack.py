"""Reading a bundle: damaged and foreign files are refused, each by its code."""

import hashlib
import os
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from fieldkit.exchange import limits
from fieldkit.exchange.blobs import Blob
from fieldkit.exchange.errors import BundleError
from fieldkit.exchange.unpack import open_bundle
from tests.exchange.bundles import (
    MARK,
    Part,
    accepted,
    archive_of,
    bundle_of,
    code_of,
    op,
    ops_member,
    pack,
    run_of,
    small,
    unpacked,
)


def test_every_flipped_bit_is_refused(tmp_path: Path, file: Path) -> None:
    raw = bytearray(small(tmp_path).read_bytes())
    assert len(raw) < 4_000
    for at in range(8 * len(raw)):
        raw[at // 8] ^= 1 << at % 8
        code_of(file, bytes(raw))
        raw[at // 8] ^= 1 << at % 8
    assert unpacked(tmp_path / "small.fkb")


def test_every_truncation_is_refused(tmp_path: Path, file: Path) -> None:
    raw = small(tmp_path).read_bytes()
    codes = {code_of(file, raw[:size]) for size in range(len(raw))}
    assert "E_NOT_READY" in codes
    assert code_of(file, b"") == "E_NOT_READY"
    assert code_of(file, raw[: len(raw) // 2]) == "E_NOT_READY"


def test_appended_prepended_doubled_and_inserted_bytes_are_refused(
    tmp_path: Path, file: Path
) -> None:
    raw = small(tmp_path).read_bytes()
    assert code_of(file, raw + b"x") == "E_UNSAFE"
    assert code_of(file, raw + bytes(40_000)) == "E_UNSAFE"
    assert code_of(file, b"x" + raw) == "E_NOT_BUNDLE"
    assert code_of(file, raw + raw) in {"E_DAMAGED", "E_UNSAFE"}
    for at in range(0, len(raw), 7):
        code_of(file, raw[:at] + b"\0" + raw[at:])


def test_swapped_reordered_and_left_out_members_are_refused(file: Path) -> None:
    one = ops_member(['[0,1,1,0,1,0,"a.b",1,1,[]]'])
    two = Part("ops/0001.jsonl", ops_member([], []).content)
    run, _ = run_of([op(1, 1, wall=0, fld="a.b")])
    assert len(accepted(file, bundle_of([one, two], [run]))) == 1
    manifest = bundle_of([one, two], [run])
    with zipfile.ZipFile(BytesIO(manifest)) as archive:
        tail = [Part(n, archive.read(n)) for n in ("manifest.json", "signatures.txt")]
    assert code_of(file, archive_of([MARK, two, one, *tail])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, *tail])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, two, *tail, Part("more", b"")])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, two, *tail[::-1]])) == "E_UNSAFE"
    assert code_of(file, archive_of([MARK, one, two, tail[0]])) == "E_NOT_BUNDLE"
    assert code_of(file, archive_of([MARK, one, two, tail[1]])) == "E_NOT_BUNDLE"
    swapped = [replace(one, name="ops/0001.jsonl"), replace(two, name="ops/0000.jsonl")]
    assert code_of(file, archive_of([MARK, *swapped[::-1], *tail])) == "E_DAMAGED"


# foreign files


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (
            b"hello, this is a letter and not a bundle at all, but long enough to be one",
            "E_NOT_BUNDLE",
        ),
        (b"SQLite format 3\0" + bytes(100), "E_NOT_BUNDLE"),
        (b"age-encryption.org/v1\n-> X25519 abc" + bytes(100), "E_NO_KEY"),
        (archive_of([MARK]), "E_NOT_BUNDLE"),
        (archive_of([Part("word/document.xml", b"x" * 100)]), "E_NOT_BUNDLE"),
    ],
)
def test_foreign_files_are_told_apart(file: Path, raw: bytes, code: str) -> None:
    assert code_of(file, raw) == code


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(BundleError, match="E_DISK"), open_bundle(path):
            pass


def test_a_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(BundleError, match="E_DISK"):
        open_bundle(Path("/proc/self/mem"))


def large(folder: Path) -> Path:
    noise = folder / "noise"
    noise.write_bytes(hashlib.shake_256(b"seed").digest(300_000))
    sha = hashlib.sha256(noise.read_bytes()).hexdigest()
    pack(folder / "large.fkb", [run_of([op(1)])], [Blob(sha, 300_000, noise)])
    return folder / "large.fkb"


def test_a_stick_pulled_while_reading_is_told(tmp_path: Path) -> None:
    path = large(tmp_path)
    with open_bundle(path) as bundle:
        path.write_bytes(b"")
        with pytest.raises(BundleError, match="E_DAMAGED"):
            bundle.verify()


def test_a_stick_that_stops_answering_is_told(tmp_path: Path) -> None:
    with open_bundle(large(tmp_path)) as bundle:
        folder = os.open(tmp_path, os.O_RDONLY)
        os.dup2(folder, bundle._file.fileno())
        os.close(folder)
        with pytest.raises(BundleError, match="E_DISK"):
            bundle.verify()


def test_checking_can_be_stopped_and_tells_how_far_it_is(tmp_path: Path) -> None:
    with open_bundle(small(tmp_path)) as bundle:
        told: list[tuple[int, int]] = []
        bundle.verify(lambda done, total: told.append((done, total)))
        assert told[-1] == (bundle.manifest.size, bundle.manifest.size)
        with pytest.raises(BundleError, match="E_CANCELLED"):
            bundle.verify(None, lambda: True)


def test_a_file_larger_than_a_fat_stick_can_hold_is_refused(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(limits.FILE_SIZE + 1)
    with pytest.raises(BundleError, match="E_TOO_BIG"):
        open_bundle(file)
