import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.fractional import DIGITS, between, is_position, placed, spread

positions = st.text(DIGITS, min_size=1, max_size=8).filter(is_position)


@given(positions, positions)
def test_there_is_always_room_between_two_positions(a: str, b: str) -> None:
    if a == b:
        return
    low, high = sorted((a, b))
    found = between(low, high)
    assert low < found < high
    assert is_position(found)


@pytest.mark.parametrize(
    ("low", "high"),
    [("V", "V1"), ("V", "V01"), ("Vz", "W"), ("Vzz", "W"), ("A", "z"), ("V", "V0V"), ("01", "02")],
)
def test_there_is_room_between_close_positions(low: str, high: str) -> None:
    found = between(low, high)
    assert low < found < high
    assert is_position(found)


@pytest.mark.parametrize("one", ["1", "01", "001V", "z", "zz"])
def test_there_is_room_at_the_ends(one: str) -> None:
    assert between("", one) < one < between(one, "")


@given(positions)
def test_there_is_always_room_before_and_after(one: str) -> None:
    assert between("", one) < one < between(one, "")
    assert is_position(between("", one))
    assert is_position(between(one, ""))


def test_spread_rises_and_stays_short() -> None:
    found = spread(100)
    assert list(found) == sorted(found)
    assert len(set(found)) == 100
    assert max(map(len, found)) <= 5


@pytest.mark.parametrize(
    ("before", "expected"), [("a", "dabc"), ("b", "adbc"), (None, "abcd"), ("gone", "abcd")]
)
def test_a_row_is_placed_before_another_with_one_write(before: str | None, expected: str) -> None:
    held = dict(zip("abcd", spread(4), strict=True))
    written = placed(list(held.items()), "d", before)
    assert set(written) == {"d"}
    now = {**held, **written}
    assert "".join(sorted(now, key=lambda i: now[i])) == expected


@pytest.mark.parametrize("bad", [["V", "V"], ["", "V"], ["V", "é"], ["X", "V"], ["V", "W0"]])
def test_where_positions_do_not_sort_the_whole_list_is_numbered_afresh(bad: list[str]) -> None:
    rows = list(zip("ab", bad, strict=True))
    written = placed(rows, "c", "b")
    assert "".join(sorted(written, key=lambda i: written[i])) == "acb"


def test_the_first_row_gets_a_position_and_the_last_follows_it() -> None:
    assert placed([], "a") == {"a": "V"}
    assert placed([("a", "V")], "b") == {"b": "W"}
    assert placed([("a", "")], "b").keys() == {"a", "b"}
