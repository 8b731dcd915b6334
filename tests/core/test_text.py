"""The paragraph proposal: symmetric, exact, loses nothing, invents nothing."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.core.text import Proposal, paragraphs, proposal, propose, words_marked

bodies = st.sampled_from(["a", "b", "c", "d", "e e", "  indented", "ж", ""])
tails = st.sampled_from(["\n", "\n", "\n\n", " \n", "\r\n", ""])
texts = st.lists(st.tuples(bodies, tails), max_size=8).map(
    lambda parts: "".join(body + tail for body, tail in parts)
)
edits = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["x", "y", ""])), max_size=3)


def bodies_of(text: str) -> Counter[str]:
    return Counter(p.body for p in paragraphs(text))


def merged(base: str, left: str, right: str) -> Proposal:
    found = propose(base, left, right)
    assert found is not None
    return found


def sides(base: str, changes: list[tuple[int, str]]) -> str:
    lines = base.split("\n")
    for at, new in changes:
        if at < len(lines):
            lines[at] = new
    return "\n".join(lines)


@given(texts)
def test_paragraphs_put_together_are_the_text(text: str) -> None:
    assert "".join(p.text for p in paragraphs(text)) == text


@given(texts, texts, texts)
def test_swapping_the_sides_mirrors_the_chunks_and_keeps_the_text(
    base: str, left: str, right: str
) -> None:
    one, two = merged(base, left, right), merged(base, right, left)
    mirror = {"left": "right", "right": "left"}
    assert [(mirror.get(c.mark, c.mark), c.base, c.right, c.left, c.text) for c in one.chunks] == [
        (c.mark, c.base, c.left, c.right, c.text) for c in two.chunks
    ]
    assert one.clean == two.clean


@given(texts, texts)
def test_one_side_unchanged_gives_the_other_exactly(base: str, side: str) -> None:
    assert merged(base, side, base).clean == side
    assert merged(base, base, side).clean == side


@given(texts, texts)
def test_both_sides_equal_give_that_text_exactly(base: str, side: str) -> None:
    found = merged(base, side, side)
    assert found.clean == side
    assert "clash" not in {c.mark for c in found.chunks}


@given(texts, texts, texts)
def test_the_chunks_hold_all_three_texts_whole(base: str, left: str, right: str) -> None:
    chunks = merged(base, left, right).chunks
    assert "".join(c.base for c in chunks) == base
    assert "".join(c.left for c in chunks) == left
    assert "".join(c.right for c in chunks) == right


@settings(max_examples=300)
@given(texts, edits, edits)
def test_a_clean_text_loses_nothing_added_and_invents_nothing(
    base: str, left_edits: list[tuple[int, str]], right_edits: list[tuple[int, str]]
) -> None:
    left, right = sides(base, left_edits), sides(base, right_edits)
    clean = merged(base, left, right).clean
    if clean is None:
        return
    result = bodies_of(clean)
    added = bodies_of(left) - bodies_of(base) | bodies_of(right) - bodies_of(base)
    for body in added:
        assert not body or result[body] > 0
    assert set(result) <= set(bodies_of(left)) | set(bodies_of(right))


def test_edits_in_different_paragraphs_merge() -> None:
    found = merged("one\n\ntwo\n\nthree\n", "ONE\n\ntwo\n\nthree\n", "one\n\ntwo\n\nTHREE\n")
    assert found.clean == "ONE\n\ntwo\n\nTHREE\n"
    assert [c.mark for c in found.chunks] == ["left", "same", "right"]


def test_edits_in_neighbouring_paragraphs_merge_pair_by_pair() -> None:
    found = merged("one\ntwo\n", "ONE\ntwo\n", "one\nTWO\n")
    assert found.clean == "ONE\nTWO\n"


def test_two_wordings_of_one_paragraph_clash_and_neither_is_chosen() -> None:
    found = merged("start\nmiddle\nend", "start\nleft words\nend", "start\nright words\nend")
    assert found.clean is None
    assert [(c.mark, c.text) for c in found.chunks] == [
        ("same", "start\n"),
        ("clash", None),
        ("same", "end"),
    ]


def test_a_paragraph_put_after_a_text_without_line_end_is_not_glued_to_it() -> None:
    assert merged("m\n", "m", "m\nq").clean == "m\nq"
    assert merged("m", "m\nq", "m").clean == "m\nq"


def test_a_change_both_made_alike_is_no_clash() -> None:
    found = merged("old\nkept\n", "new\nkept\n", "new \nkept\n")
    assert [c.mark for c in found.chunks] == ["both", "same"]
    assert found.clean == "new \nkept\n"


def test_texts_beyond_the_caps_are_not_compared() -> None:
    assert propose("x\n" * 2_001, "", "") is None
    assert propose("", "я" * (512 * 1024 + 1), "") is None


def test_the_hostile_text_of_equal_paragraphs_stays_within_seconds() -> None:
    assert merged("same\n" * 400, "same\n" * 401, "same\n" * 399).chunks


def test_two_heads_and_one_start_give_chunks_even_where_they_clash() -> None:
    found = proposal(["a\n"], ["b\n", "c\n"])
    assert found is not None
    assert found.clean is None


def test_several_starts_must_agree_on_one_clean_text() -> None:
    heads = ["one\ntwo\nTHREE\n", "ONE\ntwo\nthree\n"]
    agreed = proposal(["one\ntwo\nthree\n", "one\ntwo\nthree \n"], heads)
    assert agreed is not None
    assert agreed.clean == "ONE\ntwo\nTHREE\n"
    assert proposal(["one\ntwo\nthree\n", "ONE\ntwo\nTHREE\n"], heads) is None
    assert proposal(["p\n", "q\n"], ["a\n", "b\n"]) is None


def test_without_start_or_with_three_heads_there_is_no_proposal() -> None:
    assert proposal([], ["a", "b"]) is None
    assert proposal(["a"], ["a"]) is None
    assert proposal(["a"], ["a", "b", "c"]) is None
    assert proposal(["x\n" * 2_001], ["a", "b"]) is None


@given(texts, texts)
def test_marked_words_hold_both_texts_whole(old: str, new: str) -> None:
    marked = words_marked(old, new)
    assert "".join(t for mark, t in marked if mark != "new") == old
    assert "".join(t for mark, t in marked if mark != "gone") == new
    assert all(t for _, t in marked)


def test_marked_words_show_the_changed_word_only() -> None:
    assert words_marked("The old plan.", "The new plan.") == [
        ("same", "The "),
        ("gone", "old"),
        ("new", "new"),
        ("same", " plan."),
    ]


def test_very_long_texts_are_marked_as_a_whole() -> None:
    old = "w " * 2_001
    assert words_marked(old, "x") == [("gone", old), ("new", "x")]
    assert words_marked(old, "") == [("gone", old)]
