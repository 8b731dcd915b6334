"""Op lines bent by hand: every shape is checked, every chain is followed."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.op import canonical, commitment
from fieldkit.exchange import limits
from fieldkit.exchange.manifest import Range
from tests.exchange.bundles import (
    ANNA,
    MARK,
    ROUND,
    SALT,
    Part,
    accepted,
    archive_of,
    bundle_of,
    code_of,
    op,
    ops_member,
    pack,
    run_of,
    unpacked,
)

GOOD = '[0,1,1,0,1,0,"a.b",1,"x",[]]'
RUN, _ = run_of([op(1, "x", wall=0, fld="a.b")])


def lines(file: Path, *written: str | bytes, run: Range = RUN) -> str:
    return code_of(file, bundle_of([ops_member(written)], [run]))


def test_a_plain_line_is_read(file: Path) -> None:
    found = accepted(file, bundle_of([ops_member([GOOD])], [RUN]))
    assert found == [op(1, "x", wall=0, fld="a.b")]


@pytest.mark.parametrize(
    "line",
    [
        "", "{}", "[]", "null", GOOD[:-1], GOOD + " []", GOOD.replace("[0,1,", "[1,1,"),
        GOOD.replace("[0,1,", "[true,1,"), GOOD.replace("[0,1,", "[0,2,"),
        GOOD.replace("[0,1,", "[false,1,"), GOOD.replace("[0,1,", "[0,true,"),
        GOOD.replace("[0,1,1,", "[0,1,-1,"), GOOD.replace("[0,1,1,", f"[0,1,{2**40 + 1},"),
        GOOD.replace("[0,1,1,0,", '[0,1,1,"0",'), GOOD.replace("[0,1,1,0,1,", "[0,1,1,0,-1,"),
        GOOD.replace('0,"a.b"', '1,"a.b"'), GOOD.replace('0,"a.b"', '-1,"a.b"'),
        GOOD.replace('"a.b"', "7"), GOOD.replace('"a.b"', '"a\\nb"'),
        GOOD.replace('"a.b"', '"' + "a" * 1_001 + '"'), GOOD.replace('"a.b",1', '"a.b",0'),
        GOOD.replace('"a.b",1', '"a.b",6'), GOOD.replace('"a.b",1', '"a.b",9'),
        GOOD.replace('"a.b",1', f'"a.b",{2**31 + 1}'), GOOD.replace('"a.b",1', '"a.b","1"'),
        GOOD.replace('"a.b",1,"x"', '"a.b",2,1'), GOOD.replace('"a.b",1,"x"', '"a.b",3,1'),
        GOOD.replace('"a.b",1,"x"', '"a.b",4,null'), GOOD.replace('"x"', "1.5"),
        GOOD.replace('"x"', "NaN"), GOOD.replace('"x"', "-Infinity"), GOOD.replace('"x"', "1e999"),
        GOOD.replace('"x"', str(2**53 + 1)), GOOD.replace('"x"', "9" * 5_000),
        GOOD.replace('"x"', '{"a":1,"a":2}'), GOOD.replace('"x"', "[" * 16 + "]" * 16),
        GOOD.replace('"x"', "[" * 2_000 + "]" * 2_000), GOOD.replace('"x"', '"\\ud83d"'),
        GOOD.replace('"x"', '"\\u0000"'), GOOD.replace('"x"', '"\x00"'), GOOD.replace('"x"', '"\t"'),
        GOOD.replace("[]]", "{}]"), GOOD.replace("[]]", "[[]]]"), GOOD.replace("[]]", "[[0]]]"),
        GOOD.replace("[]]", "[[0,1]]]"), GOOD.replace("[]]", "[[2,1]]]"),
        GOOD.replace("[]]", "[[-1,1]]]"), GOOD.replace("[]]", "[[1,0]]]"),
        GOOD.replace("[]]", "[[1,1],[1,2]]]"), GOOD.replace("[]]", "[[1,true]]]"),
        GOOD.replace("[]]", "[],null]"), GOOD.replace("[]]", "[],[]]"),
        GOOD.replace("[]]", '[],null,"salt"]'), GOOD.replace("[]]", "[],null,null]"),
        GOOD.replace("[]]", "[],null,7]"), GOOD.replace("[]]", f'[],null,"{SALT}",1]'),
        GOOD.replace("[]]", '[],7,"' + SALT + '"]'), GOOD.replace("[]]", '[],{"obs":1}]'),
        GOOD.replace("[]]", '[],{"obs":[1]}]'), GOOD.replace("[]]", '[],{"obs":[["x",1]]}]'),
        GOOD.replace("[]]", f'[],{{"obs":[["{ANNA}","x"]]}}]'),
        GOOD.replace("[]]", f'[],{{"obs":[["{ANNA}"]]}}]'),
    ],
)  # fmt: skip
def test_a_bent_line_is_refused(file: Path, line: str) -> None:
    assert lines(file, line) == "E_CONTENT"


def test_bytes_that_are_not_utf8_are_refused(file: Path) -> None:
    assert lines(file, GOOD.encode().replace(b"x", b"\xff")) == "E_CONTENT"


def test_too_few_and_too_many_lines_are_refused(file: Path) -> None:
    assert lines(file) == "E_CONTENT"
    assert lines(file, GOOD, GOOD) == "E_CONTENT"
    assert lines(file, GOOD, run=replace(RUN, hi=2)) == "E_CONTENT"
    assert code_of(file, bundle_of([], [RUN])) == "E_CONTENT"


def test_a_last_line_without_end_and_an_endless_line_are_refused(file: Path) -> None:
    member = ops_member([GOOD])
    cut = replace(member, content=member.content[:-1])
    assert code_of(file, bundle_of([cut], [RUN])) == "E_CONTENT"
    long = ops_member([GOOD.replace("x", hashlib.shake_256(b"s").hexdigest(3_000_000))])
    assert code_of(file, bundle_of([long], [RUN])) == "E_CONTENT"


def test_a_line_just_over_its_size_is_refused(file: Path) -> None:
    filler = hashlib.shake_256(b"s").hexdigest((limits.LINE_SIZE + 2) // 2)
    assert lines(file, GOOD.replace("x", filler)) == "E_CONTENT"


@pytest.mark.parametrize(
    "table", [[ROUND, ROUND], ["ff" * 16, ROUND], ["x"], [1], "x", {"a": 1}, []]
)
def test_a_bent_entity_table_is_refused(file: Path, table: Any) -> None:
    member = ops_member([GOOD])
    _, rest = member.content.split(b"\n", 1)
    raw = json.dumps(table).encode() + b"\n" + rest
    assert code_of(file, bundle_of([replace(member, content=raw)], [RUN])) == "E_CONTENT"


def test_an_empty_ops_member_is_harmless(file: Path) -> None:
    assert accepted(file, bundle_of([Part("ops/0000.jsonl", b"")])) == []


@pytest.mark.parametrize(
    "line",
    [
        GOOD.replace('"x"', '"y"'), GOOD.replace("a.b", "a.c"), GOOD.replace("[0,1,1,", "[0,1,2,"),
        GOOD.replace("[]]", "[],{}]"), GOOD.replace("[]]", f'[],null,"{SALT}"]'),
        GOOD.replace("[]]", "[[1,4]]]"),
    ],
)  # fmt: skip
def test_a_changed_op_breaks_its_chain(file: Path, line: str) -> None:
    assert lines(file, line) == "E_DAMAGED"


def test_unknown_kinds_and_extra_keys_are_kept(file: Path) -> None:
    newer = op(1, {"deep": [[1]]}, wall=0, fld="a.b", kind=99, ext={"obs": 7, "from": "2.1"})
    run, _ = run_of([newer])
    line = GOOD.replace('1,"x",[]', '99,{"deep":[[1]]},[],{"from":"2.1","obs":7}')
    assert accepted(file, bundle_of([ops_member([line])], [run])) == [newer]


def test_a_stub_and_a_committed_value_are_told_apart(file: Path) -> None:
    commit = commitment(SALT, "x")
    full = op(1, "x", wall=0, fld="a.b", salt=SALT, commit=commit)
    run, _ = run_of([full])
    line = GOOD.replace("[]]", f'[],null,"{SALT}"]')
    assert accepted(file, bundle_of([ops_member([line])], [run])) == [full]
    stub = GOOD.replace('"x"', f'"{commit}"').replace("[]]", "[],null,null]")
    assert accepted(file, bundle_of([ops_member([stub])], [run])) == [full.as_stub()]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(st.lists(json_values, max_size=13))
def test_any_list_as_a_line_is_refused_or_is_an_op(
    tmp_path_factory: pytest.TempPathFactory, line: list[Any]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.fkb"
    code_of(file, bundle_of([ops_member([json.dumps(line)])], [RUN]))


@given(st.binary(max_size=200))
def test_any_bytes_after_the_mark_are_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.fkb"
    code_of(file, archive_of([MARK])[:67] + raw)


def test_a_clean_round_trip_of_the_hand_written_bundle(tmp_path: Path) -> None:
    run, ops = run_of([op(1, canonical({"a": 1}).decode()), op(2, None, writer=ANNA)])
    target = tmp_path / "b.fkb"
    pack(target, [(run, ops)])
    assert unpacked(target) == ops
