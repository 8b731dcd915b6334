"""Manifests bent by hand: refused by name, or carried where they are only newer."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldkit.exchange.errors import BundleError
from fieldkit.exchange.unpack import open_bundle
from tests.exchange.bundles import (
    ANNA,
    BORA,
    MARK,
    SCOPE,
    Part,
    accepted,
    archive_of,
    bundle_of,
    code_of,
    op,
    ops_member,
    run_of,
    tail_of,
)

Bend = Callable[[dict[str, Any]], object]


def bent(file: Path, bend: Bend) -> str:
    one = ops_member(['[0,1,1,0,1,0,"a.b",1,1,[]]'])
    run, _ = run_of([op(1, 1, wall=0, fld="a.b")])
    return code_of(file, bundle_of([one], [run], bend))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("critical", None), ("critical", [1]), ("features", "x"), ("app", 1), ("app", "a\nb"),
        ("schema", []), ("schema", {"a": "b"}), ("bundle", "x"), ("bundle", None),
        ("created", -1), ("created", "now"), ("by", None), ("by", {"writer": 1}), ("to", "x"),
        ("note", None), ("note", "x" * 10_001), ("scopes", {}), ("scopes", [1]),
        ("writers", None), ("writers", [{}]), ("ranges", None), ("ranges", [[]]),
        ("basis", []), ("basis", {"x": {}}), ("have", None), ("have", {SCOPE: {ANNA: 0}}),
        ("have", {SCOPE: {"me": 1}}), ("attest", None), ("attest", [{}]), ("blobs", None),
        ("blobs", [{"h": "x"}]), ("members", []), ("members", {"ops/0000.jsonl": {}}),
        ("v", "1"), ("v", True), ("v", 0), ("min_reader", 2), ("min_reader", None),
    ],
)  # fmt: skip
def test_a_bent_key_of_the_manifest_is_refused(file: Path, key: str, value: Any) -> None:
    assert bent(file, lambda tree: tree.update({key: value})) == "E_CONTENT"


@pytest.mark.parametrize(
    "bend",
    [
        lambda t: t["scopes"].append(t["scopes"][0]),
        lambda t: t["writers"].append(t["writers"][0]),
        lambda t: t["scopes"][0].update(redaction="some"),
        lambda t: t["scopes"][0].update(id="X" * 32),
        lambda t: t["scopes"][0].update(title="x" * 201),
        lambda t: t["scopes"][0].update(parent="x"),
        lambda t: t["ranges"][0].update(s="00" * 16),
        lambda t: t["ranges"][0].update(w="00" * 16),
        lambda t: t["ranges"][0].update(lo=0),
        lambda t: t["ranges"][0].update(hi=0),
        lambda t: t["ranges"][0].update(prev="01" * 32),
        lambda t: t["ranges"][0].update(end="00"),
        lambda t: t["ranges"].append({**t["ranges"][0], "lo": 2, "hi": 2, "prev": "01" * 32}),
        lambda t: t["ranges"].append(t["ranges"][0]),
        lambda t: t["blobs"].extend(2 * [{"h": "0" * 64, "size": 1, "in": False}]),
        lambda t: t["blobs"].append({"h": "0" * 64, "size": 1, "in": 0}),
        lambda t: t["members"]["ops/0000.jsonl"].update(
            stored_sha256=t["members"]["ops/0000.jsonl"]["sha256"], stored_size=1
        ),
        lambda t: t["members"]["ops/0000.jsonl"].update(size=2**33),
        lambda t: t.pop("members"),
        lambda t: t.pop("scopes"),
        lambda t: t["ranges"].append({**t["ranges"][0], "w": BORA}),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(file: Path, bend: Bend) -> None:
    assert bent(file, bend) == "E_CONTENT"


@pytest.mark.parametrize(
    "bend",
    [
        lambda t: t.update(bundle="00" * 16),
        lambda t: t["members"]["ops/0000.jsonl"].update(stored_size=9),
        lambda t: t["members"]["ops/0000.jsonl"].update(stored_sha256="0" * 64),
        lambda t: t["ranges"][0].update(end="01" * 32),
        lambda t: (
            t.update(scopes=[{**t["scopes"][0], "id": "77" * 16}])
            or t["ranges"][0].update(s="77" * 16)
        ),
    ],
)
def test_a_manifest_that_contradicts_the_file_is_refused(file: Path, bend: Bend) -> None:
    assert bent(file, bend) == "E_DAMAGED"


def test_a_wrong_format_is_no_bundle(file: Path) -> None:
    assert bent(file, lambda tree: tree.update(format="other")) == "E_NOT_BUNDLE"


def test_members_and_entries_must_be_the_same(file: Path) -> None:
    assert bent(file, lambda tree: tree["members"].clear()) == "E_UNSAFE"
    blob = {"h": "0" * 64, "size": 0, "in": True}
    assert bent(file, lambda tree: tree["blobs"].append(blob)) == "E_UNSAFE"


def test_an_attachment_must_be_what_its_name_says(file: Path) -> None:
    sha = hashlib.sha256(b"content").hexdigest()
    good = Part(f"blobs/{sha[:2]}/{sha}", b"content")
    assert accepted(file, bundle_of([good])) == []
    assert code_of(file, bundle_of([replace(good, content=b"CONTENT")])) == "E_DAMAGED"
    lie = bundle_of([good], bend=lambda t: t["blobs"][0].update(size=6))
    assert code_of(file, lie) == "E_DAMAGED"


def test_a_newer_major_format_is_refused_by_name(file: Path) -> None:
    def newer(tree: dict[str, Any]) -> None:
        tree.update(v=2, min_reader=2, scopes="another shape")

    assert bent(file, newer) == "E_TOO_NEW"
    with pytest.raises(BundleError) as caught:
        open_bundle(file)
    assert caught.value.values["version"] == 2
    assert bent(file, lambda tree: tree.update(critical=["moon"])) == "E_TOO_NEW"
    with pytest.raises(BundleError) as caught:
        open_bundle(file)
    assert "moon" in str(caught.value)


def test_a_newer_minor_format_is_carried(file: Path) -> None:
    raw = bundle_of([], bend=lambda t: t.update(v=3, features=["moon"], later={"a": 1}, to=["key"]))
    file.write_bytes(raw)
    with open_bundle(file) as bundle:
        manifest = bundle.manifest
    assert (manifest.version, manifest.min_reader, manifest.to) == (3, 1, ("key",))
    assert manifest.header.extra == {"later": {"a": 1}}
    assert manifest.tree()["later"] == {"a": 1}


def test_signature_lines_must_be_well_formed(file: Path) -> None:
    line = f"fk1 ed25519 {'A' * 43}= {'B' * 86}==\n"
    assert accepted(file, bundle_of([], signatures=line)) == []
    for wrong in ("x", line[:-1], line + "\n", line.replace("A", "!"), "fk1 sha256 00\n"):
        assert code_of(file, bundle_of([], signatures=wrong)) == "E_SIGNATURE"
    other = tail_of(bundle_of([], bend=lambda t: t.update(note="other")))
    assert code_of(file, archive_of([MARK, tail_of(bundle_of([]))[0], other[1]])) == "E_SIGNATURE"


def test_attested_chain_heads_are_read(file: Path) -> None:
    told = {"s": SCOPE, "w": ANNA, "seq": 1, "chain": "0" * 64, "key": "k", "sig": "s"}
    file.write_bytes(bundle_of([], bend=lambda t: t["attest"].append(told)))
    with open_bundle(file) as bundle:
        assert bundle.manifest.header.attest[0].sig == "s"
        assert bundle.manifest.tree()["attest"] == [told]


@pytest.mark.parametrize(
    "spell",
    [
        lambda t: b"",
        lambda t: b"[]",
        lambda t: b"\xef\xbb\xbf" + json.dumps(t).encode(),
        lambda t: json.dumps(t).encode("utf-16"),
        lambda t: json.dumps(t).encode() + b"{}",
        lambda t: json.dumps({**t, "x": float("nan")}).encode(),
        lambda t: json.dumps(t)[:-1].encode() + b',"v":1}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":1e999}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":' + b"[" * 99_999 + b"]" * 99_999 + b"}",
        lambda t: json.dumps(t)[:-1].encode() + b',"x":' + b"9" * 5_000 + b"}",
        lambda t: json.dumps(t)[:-1].encode() + b',"x":"\\ud800"}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":"\xff"}',
        lambda t: json.dumps(t)[:-1].encode() + b',"x":"\0"}',
    ],
)
def test_a_manifest_in_hostile_json_is_refused(file: Path, spell: Any) -> None:
    assert code_of(file, bundle_of([], spell=spell)) == "E_CONTENT"
