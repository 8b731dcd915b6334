"""A checklist has one spelling and one fingerprint, whatever it was read from."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.content import ContentError, build_pack, load_pack, read_pack

Change = Callable[[str, str, str], None]


def test_the_shipped_model_has_all_dimensions_questions_and_levels(content: Path) -> None:
    tree = load_pack(content / "assessment").tree
    questions = [q for dimension in tree["dimensions"] for q in dimension["questions"]]
    assert len(tree["dimensions"]) == 12
    assert len(questions) == 69
    assert sum(len(question["levels"]) for question in questions) == 345
    assert sum(question["quick"] for question in questions) == 13
    assert sum(question["gate"] for question in questions) == 17
    assert [q["id"] for q in questions if q["ai"]] == ["ANI.5"]
    assert [q["id"] for q in questions if q["na_when"]] == ["DAT.6", "ANI.5"]
    assert {q["id"]: q["requires"] for q in questions if q["requires"]} == {
        "DAT.5": ["DAT.3"],
        "ANI.2": ["ANI.3"],
        "ANI.5": ["DAT.1", "LAW.4", "OVS.1", "OVS.2", "RGT.2"],
        "PPL.5": ["PPL.2"],
        "RGT.3": ["RGT.2"],
    }
    assert {d["id"]: d["requires"] for d in tree["dimensions"] if d["requires"]} == {
        "INN": ["LDR"],
        "DAT": ["PRC"],
        "ANI": ["DAT", "LAW"],
        "ENG": ["RGT"],
    }
    assert all(question["evidence"] and question["sources"] for question in questions)


def test_dimensions_come_in_their_order_with_everything_filled_in(pack: Path) -> None:
    (pack / "1_aaa.toml").rename(pack / "9_aaa.toml")
    tree = load_pack(pack).tree
    assert [dimension["id"] for dimension in tree["dimensions"]] == ["AAA", "BBB"]
    question = tree["dimensions"][0]["questions"][0]
    assert (question["ai"], question["na_when"], question["requires"]) == (False, "", [])
    assert tree["dimensions"][0]["requires"] == []


def test_the_canonical_bytes_say_the_whole_tree(pack: Path) -> None:
    found = load_pack(pack)
    assert (found.id, found.version) == ("tiny", "1.0")
    assert json.loads(found.canonical) == found.tree
    assert found.sha256 == hashlib.sha256(found.canonical).hexdigest()


def test_the_model_file_may_be_named_instead_of_its_folder(pack: Path) -> None:
    assert load_pack(pack / "model.toml") == load_pack(pack)


def test_the_build_product_gives_the_same_pack(pack: Path) -> None:
    parsed = load_pack(pack)
    path = build_pack(pack)
    assert path.name == "pack.json"
    assert load_pack(pack) == parsed


def test_the_build_product_is_what_is_read_while_it_is_fresh(pack: Path) -> None:
    path = build_pack(pack)
    path.write_bytes(path.read_bytes().replace(b"Because.", b"Cached.."))
    assert b"Cached.." in load_pack(pack).canonical


def test_a_changed_file_makes_the_build_product_stale(pack: Path, change: Change) -> None:
    build_pack(pack)
    change("1_aaa.toml", "Because.", "Changed.")
    assert b"Changed." in load_pack(pack).canonical


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"toml": 1, "tree": {}}', b"\xff"])
def test_a_damaged_build_product_is_passed_over(data: bytes, pack: Path) -> None:
    parsed = load_pack(pack)
    build_pack(pack).write_bytes(data)
    assert load_pack(pack) == parsed


def test_a_build_product_without_a_tree_is_passed_over(pack: Path) -> None:
    parsed = load_pack(pack)
    path = build_pack(pack)
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "tree": []}), "utf-8")
    assert load_pack(pack) == parsed


def test_a_pack_that_a_round_kept_is_the_same_pack(pack: Path) -> None:
    parsed = load_pack(pack)
    assert read_pack(parsed.canonical) == parsed


def test_keys_of_a_later_version_are_passed_over_but_stay_in_the_fingerprint(pack: Path) -> None:
    parsed = load_pack(pack)
    later = json.dumps({**parsed.tree, "colours": ["red"]}).encode()
    kept = read_pack(later)
    assert kept.tree == parsed.tree
    assert kept.canonical == later
    assert kept.sha256 == hashlib.sha256(later).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"7",
        b'{"model": {}}',
        b"[" * 100_000,
        b'{"a": "\\ud800"}',
        b'{"a": NaN}',
    ],
)
def test_bytes_that_are_no_checklist_are_refused(data: bytes) -> None:
    with pytest.raises(ContentError):
        read_pack(data)


def test_a_kept_pack_with_a_circle_is_refused(pack: Path) -> None:
    tree = load_pack(pack).tree
    tree["dimensions"][0]["questions"][0]["requires"] = ["AAA.1"]
    with pytest.raises(ContentError, match="by way of"):
        read_pack(json.dumps(tree).encode())


def test_a_kept_pack_without_questions_is_refused(pack: Path) -> None:
    tree = {**load_pack(pack).tree, "dimensions": []}
    with pytest.raises(ContentError, match="no questions"):
        read_pack(json.dumps(tree).encode())
